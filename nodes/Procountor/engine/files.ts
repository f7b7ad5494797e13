import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { yieldToEventLoop } from '../n8n/yieldToEventLoop';
import { coerce } from './coerce';
import { toObject } from '../utils/objects';
import { fieldLabel } from '../labels/fieldLabel';
import {
	fileNameIn,
	header,
	InputError,
	jsonIn,
	type Part,
	partsOf,
	ProcountorError,
	type Response,
	safeFileName,
} from '../api';
import { checkName, contentOf, incomingFile, type IncomingFile, withExtension } from './incomingFiles';
import type { Input, Values } from './input';
import type { Output, OperationHandler } from './task';
import { requestFor } from './request';
import { renamed } from './simplify';

/** The largest attachment that Procountor accepts, in bytes (docs/procountor.md#attachments). */
export const MOST_BYTES = 10_000_000;

/** Files that arrive together, in whichever execution, are not all taken apart in one turn of the event loop. */
const pause = yieldToEventLoop();

/** A file of Procountor's, with its name and type from the response. */
export interface ReceivedFile {
	json: IDataObject;
	content: Buffer;
	fileName?: string;
	mimeType?: string;
}

/** Downloads a file: the file becomes a binary field, and the data about it becomes the item's JSON. */
export const prepareDownload: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const { noun, ...rest } = requestFor(operation, values);
	const { page } = values.query;
	// Where a page is missing, the record need not be.
	const request = { ...rest, noun: page === undefined ? noun : `page ${String(page)} of ${noun}`, bytes: true };
	return {
		readOnly: true,
		async run(client) {
			const file = fileIn(await client.request(request), values.ids);
			await pause();
			const fileName = file.fileName ?? operation.fileName?.(values);
			const json = renamed(file.json, operation.rename);
			return [await fileOutput(input, { ...file, json, fileName }, String(values.settings.binaryPropertyName))];
		},
	};
};

/**
 * Reads the file in a response: a multipart body of JSON and the file, or the bytes themselves. Which of the two is
 * uncertain for images.
 */
export function fileIn(answer: Response, ids: Values['ids']): ReceivedFile {
	const type = header(answer, 'content-type') ?? '';
	const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body as ArrayBuffer);
	if (!/^multipart\//i.test(type)) {
		const fileName = safeFileName(fileNameIn(header(answer, 'content-disposition')));
		return { json: { ...ids }, content: body, fileName, mimeType: mimeTypeOf(fileName, type) };
	}
	const [meta, file] = metaAndFile(partsOf(body, type));
	if (!file)
		throw new ProcountorError({
			message: 'Procountor returned a multipart response without a file in it',
			advice: 'Check in Procountor whether the file is there, then try again.',
		});
	const told = meta ? jsonIn(meta) : {};
	// The JSON part is UTF-8 for certain, a header's letters are not.
	const fileName = safeFileName(told.name) ?? safeFileName(fileNameIn(file.headers['content-disposition']));
	const mimeType = mimeTypeOf(fileName, told.mimeType, file.headers['content-type']);
	// The IDs that were asked for stay, whatever the response says.
	return { json: { ...told, ...ids }, content: file.content, fileName, mimeType };
}

/** The first JSON part describes the file, unless it is the only part: the file may be JSON itself. */
function metaAndFile(parts: Part[]): [meta: Part | undefined, file: Part | undefined] {
	const isJson = ({ headers }: Part): boolean => /json/i.test(headers['content-type'] ?? '');
	const meta = parts.find(isJson);
	return [meta, parts.find((part) => part !== meta)];
}

/** The first media type that is one, without its parameters. Without any, n8n takes it from the file's name. */
function mimeTypeOf(fileName: string | undefined, ...types: unknown[]): string | undefined {
	const known = types.map(
		(type) =>
			typeof type === 'string' &&
			/^\s{0,9}([\w.+-]{1,60}\/[\w.+-]{1,80})(?=\s{0,9}(?:;|$))/.exec(type)?.[1].toLowerCase(),
	);
	return (
		known.find((type) => typeof type === 'string') || (fileName?.includes('.') ? undefined : 'application/octet-stream')
	);
}

export async function fileOutput(input: Input, file: ReceivedFile, field: string): Promise<Output> {
	const binary = await input.context.helpers.prepareBinaryData(file.content, file.fileName, file.mimeType);
	return {
		json: { ...file.json, fileName: binary.fileName, mimeType: binary.mimeType, fileSize: file.content.length },
		binary: { [field]: binary },
	};
}

/** Uploads a file: builds the form of `meta` and `file`, and checks name and size before the request. */
export const prepareUpload: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const file = incomingFile(input, values.settings.binaryPropertyName);
	const meta: IDataObject = { sendWithInvoice: false, ...toObject(values.body) };
	const label = meta.name === undefined ? file.label : 'File Name';
	meta.name = withExtension(String(meta.name ?? file.name), file.data);
	checkName(label, String(meta.name));
	const { value, faults } = coerce({ $ref: 'Attachment' }, meta, '');
	if (faults.length) throw new InputError(fieldLabel(faults[0].path), faults[0].message);
	checkSize(file.label, knownSize(file.data));
	return {
		readOnly: false,
		together: values.settings.order === 'together',
		run: async (client) => [
			{
				json:
					(await client.requestJson({
						...requestFor(operation, values),
						body: await formOf(input, file, toObject(value)),
					})) ?? {},
			},
		],
	};
};

/** Returns the size of a binary field in bytes, if it is known without reading the file. */
export function knownSize({ id, data, bytes }: IBinaryData): number | undefined {
	return id === undefined ? Buffer.byteLength(data, 'base64') : bytes;
}

/**
 * Refuses a file that Procountor does not accept as an attachment (docs/procountor.md#attachments).
 * @param label names the file in the message
 * @param size in bytes; nothing is refused while it is not known
 * @throws {InputError} for an empty file and for one above 10,000,000 bytes
 */
export function checkSize(label: string, size: number | undefined): void {
	if (size === 0) throw new InputError(label, 'is an empty file', 'Attach a file with content.');
	if (size !== undefined && size > MOST_BYTES)
		throw new InputError(
			label,
			`is larger than the ${MOST_BYTES.toLocaleString('en')} bytes that Procountor accepts (${size.toLocaleString('en')})`,
			'Attach a smaller file.',
		);
}

/**
 * Checks the sizes of files before their record is saved, also if n8n has to be asked for a size.
 * @throws {InputError} as `checkSize`
 */
export async function checkSizes({ context }: Input, files: readonly IncomingFile[]): Promise<void> {
	for (const { label, data } of files) {
		const size = knownSize(data) ?? (await context.helpers.getBinaryMetadata(data.id as string)).fileSize;
		checkSize(label, size);
	}
}

/** Builds the form of an upload again for each item, so that only one file is in memory at a time. */
export async function formOf(input: Input, { label, data }: IncomingFile, meta: IDataObject): Promise<FormData> {
	const content = await contentOf(input, data);
	await pause();
	checkSize(label, content.length);
	const form = new FormData();
	form.append('meta', new Blob([JSON.stringify(meta)], { type: 'application/json' }));
	form.append('file', new Blob([content as Uint8Array<ArrayBuffer>], { type: data.mimeType }), String(meta.name));
	return form;
}
