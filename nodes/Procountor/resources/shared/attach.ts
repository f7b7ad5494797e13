import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, writeOrFind } from '../../api';
import { checkSize, uploadForm, knownSize } from '../../engine/files';
import { checkName, extensionOf, type IncomingFile, incomingFiles } from '../../engine/incomingFiles';
import type { Input } from '../../engine/input';
import { listAt } from '../../utils/objects';

/** The record that files are attached to. */
export interface Holder {
	referenceType: string;
	referenceId: number;
	sendWithInvoice?: boolean;
}

/** File extensions that can be sent with an invoice. */
const SENT_ALONG = ['gif', 'jpeg', 'jpg', 'pdf', 'png', 'txt'];

/**
 * Returns the item's files from the setting 'Files From Fields'; all files of the item if the setting is empty.
 * @throws {InputError} for a file that is missing or cannot be stored or sent, and for two files with the same name
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
		const name = isTaken ? withNumber(file.name, taken) : file.name;
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
 * @throws {InputError} like `outgoingFiles`
 */
export function filesToAttach(input: Input, settings: IDataObject): IncomingFile[] {
	return settings.files === undefined ? [] : outgoingFiles(input, settings);
}

/** Returns the first free name with a number: `image-2.png`. */
function withNumber(name: string, taken: ReadonlySet<string>): string {
	const dot = name.lastIndexOf('.');
	for (let number = 2; ; number++) {
		const free = `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
		if (!taken.has(free)) return free;
	}
}

/**
 * Attaches a file once. If the outcome of the upload is unknown, it looks for the file's name among the record's files.
 * @param readNames reads the names of the files that the record has
 * @param known the names before the upload, if they have been read already
 */
export async function attachFile(
	client: Client,
	input: Input,
	file: IncomingFile,
	holder: Holder,
	readNames: () => Promise<string[]>,
	known?: readonly string[],
): Promise<IDataObject> {
	const meta = { name: file.name, sendWithInvoice: false, ...holder };
	const before = known ?? (await readNames());
	return await writeOrFind<IDataObject>(
		async () => {
			const body = await uploadForm(input, file, meta);
			return (await client.requestJson({ call: 'POST /attachments', body, noun: `file ${file.name}` })) ?? meta;
		},
		async () => (!before.includes(file.name) && (await readNames()).includes(file.name) ? meta : undefined),
	);
}

/** Returns a record's attachments. */
export function filesIn(record: IDataObject | undefined): IDataObject[] {
	return listAt(record, 'attachments');
}

/** Returns the file names of a record's attachments. */
export function fileNames(record: IDataObject | undefined): string[] {
	return filesIn(record).map(({ name }) => String(name));
}
