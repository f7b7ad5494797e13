import { type FileContent, readFileSteps } from '../../../../nodes/Procountor/resources/importFile/reader';
import type { FileKind } from '../../../../nodes/Procountor/resources/importFile/types';

/** The content that the reader finds in a file, with all steps run at once. */
export function readFile(kind: FileKind, bytes: Uint8Array): FileContent {
	const steps = readFileSteps(kind, bytes);
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}
