import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { yieldToEventLoop } from '../n8n/yieldToEventLoop';
import { coerce } from './coerce';
import { toObject } from '../utils/objects';
import { fieldLabel } from '../labels/fieldLabel';
import {
	fileNameFromDisposition,
	header,
	InputError,
	partJson,
	type Part,
	parseMultipart,
	ProcountorError,
	type Response,
	safeFileName,
} from '../api';
import { checkName, contentOf, incomingFile, type IncomingFile, withExtension } from './incomingFiles';
import type { Input, Values } from './input';
import type { Output, OperationHandler } from './task';
import { requestFor } from './request';
import { renameFields } from './simplify';

/** The largest attachment that Procountor accepts, in bytes (docs/procountor.md#attachments). */
export const MAX_ATTACHMENT_BYTES = 10_000_000;

/** Yields to the event loop between files, since several executions can process many files at once. */
const pause = yieldToEventLoop();

/** A downloaded file, with its name and type from the response. */
export interface DownloadedFile {
	json: IDataObject;
	content: Buffer;
	fileName?: string;
	mimeType?: string;
}

/** Downloads a file. The file becomes a binary field, and the data about it becomes the item's JSON. */
export const prepareDownload: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const { noun, ...rest } = requestFor(operation, values);
	const { page } = values.query;
	// If a page is not found, the record can still exist.
	const request = { ...rest, noun: page === undefined ? noun : `page ${String(page)} of ${noun}`, bytes: true };
	return {
		readOnly: true,
		async run(client) {
			const file = fileFromResponse(await client.request(request), values.ids);
			await pause();
			const fileName = file.fileName ?? operation.fileName?.(values);
			const json = renameFields(file.json, operation.rename);
			return [await fileOutput(input, { ...file, json, fileName }, String(values.settings.binaryPropertyName))];
		},
	};
};

/**
 * Returns the file of a response, which is a multipart body of JSON and the file, or the file's bytes. For images it is
 * uncertain which of the two Procountor returns.
 */
export function fileFromResponse(response: Response, ids: Values['ids']): DownloadedFile {
	const type = header(response, 'content-type') ?? '';
	const body = Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.body as ArrayBuffer);
	if (!/^multipart\//i.test(type)) {
		const fileName = safeFileName(fileNameFromDisposition(header(response, 'content-disposition')));
		return { json: { ...ids }, content: body, fileName, mimeType: mimeTypeOf(fileName, type) };
	}
	const [meta, file] = findMetaAndFile(parseMultipart(body, type));
	if (!file)
		throw new ProcountorError({
			message: 'Procountor returned a multipart response without a file in it',
			advice: 'Check in Procountor whether the file is there, then try again.',
		});
	const metaJson = meta ? partJson(meta) : {};
	// The JSON part is always UTF-8; the encoding of a header is uncertain.
	const fileName =
		safeFileName(metaJson.name) ?? safeFileName(fileNameFromDisposition(file.headers['content-disposition']));
	const mimeType = mimeTypeOf(fileName, metaJson.mimeType, file.headers['content-type']);
	// The requested IDs take precedence over those of the response.
	return { json: { ...metaJson, ...ids }, content: file.content, fileName, mimeType };
}

/** Returns the first JSON part as the data about the file, and another part as the file. */
function findMetaAndFile(parts: Part[]): [meta: Part | undefined, file: Part | undefined] {
	const isJson = ({ headers }: Part): boolean => /json/i.test(headers['content-type'] ?? '');
	const meta = parts.find(isJson);
	return [meta, parts.find((part) => part !== meta)];
}

/** Returns the first valid media type without its parameters. If there is none, n8n derives it from the file's name. */
function mimeTypeOf(fileName: string | undefined, ...types: unknown[]): string | undefined {
	const mediaTypes = types.map(
		(type) =>
			typeof type === 'string' &&
			/^\s{0,9}([\w.+-]{1,60}\/[\w.+-]{1,80})(?=\s{0,9}(?:;|$))/.exec(type)?.[1].toLowerCase(),
	);
	return (
		mediaTypes.find((type) => typeof type === 'string') ||
		(fileName?.includes('.') ? undefined : 'application/octet-stream')
	);
}

export async function fileOutput(input: Input, file: DownloadedFile, field: string): Promise<Output> {
	const binary = await input.context.helpers.prepareBinaryData(file.content, file.fileName, file.mimeType);
	return {
		json: { ...file.json, fileName: binary.fileName, mimeType: binary.mimeType, fileSize: file.content.length },
		binary: { [field]: binary },
	};
}

/** Uploads a file in a form of `meta` and `file`. It checks name and size before the request. */
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
		concurrent: values.settings.order === 'together',
		run: async (client) => [
			{
				json:
					(await client.requestJson({
						...requestFor(operation, values),
						body: await uploadForm(input, file, toObject(value)),
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
 * @param label the file's name in the message
 * @param size in bytes; undefined if it is not known yet, which is not refused
 * @throws {InputError} for an empty file and for one above 10,000,000 bytes
 */
export function checkSize(label: string, size: number | undefined): void {
	if (size === 0) throw new InputError(label, 'is an empty file', 'Attach a file with content.');
	if (size !== undefined && size > MAX_ATTACHMENT_BYTES)
		throw new InputError(
			label,
			`is larger than the ${MAX_ATTACHMENT_BYTES.toLocaleString('en')} bytes that Procountor accepts (${size.toLocaleString('en')})`,
			'Attach a smaller file.',
		);
}

/**
 * Checks the sizes of files before their record is saved. Asks n8n for a size that is not known.
 * @throws {InputError} as `checkSize`
 */
export async function checkSizes({ context }: Input, files: readonly IncomingFile[]): Promise<void> {
	for (const { label, data } of files) {
		const size = knownSize(data) ?? (await context.helpers.getBinaryMetadata(data.id as string)).fileSize;
		checkSize(label, size);
	}
}

/** Builds the form of an upload, for one item at a time, so that only one file is in memory. */
export async function uploadForm(input: Input, { label, data }: IncomingFile, meta: IDataObject): Promise<FormData> {
	const content = await contentOf(input, data);
	await pause();
	checkSize(label, content.length);
	const form = new FormData();
	form.append('meta', new Blob([JSON.stringify(meta)], { type: 'application/json' }));
	form.append('file', new Blob([content as Uint8Array<ArrayBuffer>], { type: data.mimeType }), String(meta.name));
	return form;
}
