import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, ProcountorError } from '../../api';
import { checkSize, uploadForm, knownSize } from '../../engine/files';
import { checkName, extensionOf, type IncomingFile, incomingFiles } from '../../engine/incomingFiles';
import type { Input } from '../../engine/input';
import { raise } from '../../utils/raise';
import { listAt } from '../../utils/objects';

/** Which record the files go to. */
export interface Holder {
	referenceType: string;
	referenceId: number;
	sendWithInvoice?: boolean;
}

/** Kinds of files that can be sent with an invoice. */
const SENT_ALONG = ['gif', 'jpeg', 'jpg', 'pdf', 'png', 'txt'];

/**
 * Returns the files that an item sends with a record, from the setting 'Files From Fields'; all files of the item if
 * the setting is empty.
 * @throws {InputError} for a file that is not there, cannot be stored or cannot be sent along, and for two files of one
 * name
 */
export function outgoingFiles(input: Input, settings: IDataObject): IncomingFile[] {
	const taken = new Set<string>();
	return incomingFiles(input, settings.files).map((file) => {
		checkName(file.label, file.name);
		checkSize(file.label, knownSize(file.data));
		const isTaken = taken.has(file.name);
		if (isTaken && settings.sameNames !== 'number')
			throw new InputError(
				file.label,
				`has the same file name as another: ${file.name}`,
				"Files are identified by their names: give each its own, or choose 'Add a Number' under 'Files of the Same Name'.",
			);
		const name = isTaken ? numbered(file.name, taken) : file.name;
		taken.add(name);
		if (settings.sendFiles === true && !SENT_ALONG.includes(extensionOf(name) ?? ''))
			throw new InputError(
				file.label,
				`cannot be sent with an invoice: ${name}`,
				`Only ${SENT_ALONG.join(', ')} can be sent; attach others without sending them.`,
			);
		return { ...file, name };
	});
}

/**
 * Returns the files for a new record; none if 'Files From Fields' was not added.
 * @throws {InputError} as `outgoingFiles`
 */
export function filesToAttach(input: Input, settings: IDataObject): IncomingFile[] {
	return settings.files === undefined ? [] : outgoingFiles(input, settings);
}

/** The first free name with a number: image-2.png. */
function numbered(name: string, taken: ReadonlySet<string>): string {
	const dot = name.lastIndexOf('.');
	for (let number = 2; ; number++) {
		const free = `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
		if (!taken.has(free)) return free;
	}
}

/**
 * Attaches a file once. If the outcome of an upload is unknown, it looks for the file's name among the record's files.
 * @param names reads the names of the files that the record has
 * @param known what they were before, where that has been read already
 */
export async function attachFile(
	client: Client,
	input: Input,
	file: IncomingFile,
	holder: Holder,
	names: () => Promise<string[]>,
	known?: readonly string[],
): Promise<IDataObject> {
	const meta = { name: file.name, sendWithInvoice: false, ...holder };
	const before = known ?? (await names());
	try {
		const body = await uploadForm(input, file, meta);
		return (await client.requestJson({ call: 'POST /attachments', body, noun: `file ${file.name}` })) ?? meta;
	} catch (error) {
		if (
			!(error instanceof ProcountorError) ||
			!error.problem.outcomeUnknown ||
			before.includes(file.name) ||
			!(await names()).includes(file.name)
		)
			return raise(error);
		return meta;
	}
}

/** Returns the files in a record's `attachments`. */
export function filesIn(record: IDataObject | undefined): IDataObject[] {
	return listAt(record, 'attachments');
}

/** Returns the names of the files in a record's `attachments`. */
export function fileNames(record: IDataObject | undefined): string[] {
	return filesIn(record).map(({ name }) => String(name));
}
