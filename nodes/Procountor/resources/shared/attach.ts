import type { IDataObject } from 'n8n-workflow';
import { windows1252 } from '../../validation/charset';
import { bodyObject, type Client, InputError, ProcountorError } from '../../api';
import { checkSize, checkSizes, formOf, knownSize } from '../../engine/files';
import type { Input } from '../../engine/input';
import { raise } from '../../utils/raise';
import { listAt } from '../../utils/objects';

/** A file of an incoming item: the binary field that holds it, and the name that it gets in Procountor. */
export interface OutgoingFile {
	field: string;
	name: string;
}

/** Which record the files go to. */
export interface Holder {
	referenceType: string;
	referenceId: number;
	sendWithInvoice?: boolean;
}

/** Refuses files that Procountor does not accept, before their record is saved. @throws {InputError} for an empty or too large file */
export async function checkFiles(input: Input, files: readonly OutgoingFile[]): Promise<void> {
	await checkSizes(
		input,
		files.map(({ field }) => field),
	);
}

/** Kinds of files that travel along with an invoice to its receiver. */
const SENT_ALONG = ['gif', 'jpeg', 'jpg', 'pdf', 'png', 'txt'];

/**
 * The files of an item from binary fields, named with commas, or all where none is named. Throws an InputError for a
 * field that is not there, a name without extension or with unsupported characters, and two files of one name.
 */
export function outgoingFiles(input: Input, fields: unknown, sendAlong: boolean): OutgoingFile[] {
	const named = String(fields ?? '')
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== '');
	const all = named.length ? named : Object.keys(input.context.getInputData()[input.index].binary ?? {});
	const files = all.map((field) => fileIn(input, field, sendAlong));
	const twice = files.find(({ name }, index) => files.findIndex((other) => other.name === name) < index);
	if (twice)
		throw new InputError(
			`Binary field '${twice.field}'`,
			`has the same file name as another: ${twice.name}`,
			'Files are known by their names: give each its own.',
		);
	return files;
}

function fileIn(input: Input, field: string, sendAlong: boolean): OutgoingFile {
	const label = `Binary field '${field}'`;
	const data = input.context.getInputData()[input.index].binary?.[field];
	if (!data) throw new InputError(label, 'is not in the item', 'Check the name of the field in the node before.');
	// A Mac writes letters and their dots apart, which Procountor does not take.
	const name = (data.fileName ?? (data.fileExtension ? `${field}.${data.fileExtension}` : field)).normalize('NFC');
	const extension = /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1].toLowerCase();
	if (extension === undefined)
		throw new InputError(label, `has a file name without extension: '${name}'`, 'Name it such as receipt.pdf.');
	const storable = windows1252(name);
	if (!storable.ok)
		throw new InputError(label, `has a file name that ${storable.message}`, storable.advice && `${storable.advice}.`);
	if (sendAlong && !SENT_ALONG.includes(extension))
		throw new InputError(
			label,
			`cannot be sent with an invoice: ${name}`,
			`Files that travel along are ${SENT_ALONG.join(', ')}; attach others without sending them.`,
		);
	checkSize(field, knownSize(data));
	return { field, name };
}

/**
 * Attaches a file, once: an upload of unknown outcome is looked for among the record's files by its name.
 * @param names reads the names of the files that the record has
 * @param known what they were before, where that has been read already
 */
export async function attach(
	client: Client,
	input: Input,
	file: OutgoingFile,
	holder: Holder,
	names: () => Promise<string[]>,
	known?: readonly string[],
): Promise<IDataObject> {
	const meta = { name: file.name, sendWithInvoice: false, ...holder };
	const before = known ?? (await names());
	try {
		const answer = await client.request({
			call: 'POST /attachments',
			body: await formOf(input, file.field, meta),
			noun: `file ${file.name}`,
		});
		return bodyObject(answer) ?? meta;
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

/** The names of the files in a record's `attachments`. */
export function fileNames(record: IDataObject | undefined): string[] {
	return listAt(record, 'attachments').map(({ name }) => String(name));
}
