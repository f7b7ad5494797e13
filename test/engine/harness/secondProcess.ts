import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, scratchFolder } from './environment';
import { Engine } from './index';

/** An engine with a copy of the package, which has its own memory like another n8n process. */
export interface SecondProcess {
	engine: Engine;
	/** Deletes the copy. */
	close(): void;
}

export async function startSecondProcess(): Promise<SecondProcess> {
	const copy = join(scratchFolder, `second-process-${process.pid}`);
	mkdirSync(copy, { recursive: true });
	for (const part of ['package.json', 'index.js', 'dist'])
		cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
	return { engine: await Engine.start([copy]), close: () => rmSync(copy, { recursive: true, force: true }) };
}
