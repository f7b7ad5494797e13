import type { IBinaryData, IDataObject, IPollFunctions } from 'n8n-workflow';
import { type Client, ProcountorError, type QueryOf } from '../../api';
import { fileFromResponse, type DownloadedFile } from '../../engine/files';
import { listAt } from '../../utils/objects';
import { raise } from '../../utils/raise';

/** A file of a record, and the binary field that receives it. */
export interface RecordFile extends DownloadedFile {
	field: string;
}

export type PictureFormat = NonNullable<QueryOf<'GET /invoices/{invoiceId}/image'>['format']>;

/** Limits the pages of one image, in case Procountor never reports the end. */
const MAX_PAGES = 200;

/**
 * Reads the pages of an invoice's image as `page_1`, `page_2` …; none if there is no image. The first missing page is the
 * end. Its status is uncertain (docs/procountor.md#invoice-images), so a 400 after the first page counts as missing too.
 * @throws {ProcountorError} for any other failure
 */
export async function readImagePages(
	client: Client,
	invoiceId: number | string,
	format: PictureFormat,
): Promise<RecordFile[]> {
	const pages: RecordFile[] = [];
	for (let page = 1; page <= MAX_PAGES; page++) {
		const request = {
			call: 'GET /invoices/{invoiceId}/image',
			path: { invoiceId },
			query: { page, format },
			bytes: true,
			noun: `page ${page} of invoice ${invoiceId}`,
		};
		const answer = await client
			.requestOptional(request)
			.catch((error: unknown) => (page > 1 && isRefused(error) ? undefined : raise(error)));
		if (!answer) return pages;
		const file = fileFromResponse(answer, {});
		// A server may return the only page for every number.
		if (pages.at(-1)?.content.equals(file.content)) return pages;
		const fileName = file.fileName ?? `invoice-${invoiceId}-${page}.${format.toLowerCase()}`;
		pages.push({ ...file, fileName, field: `page_${page}` });
	}
	return pages;
}

function isRefused(error: unknown): boolean {
	return error instanceof ProcountorError && error.problem.status === 400;
}

/**
 * Reads the attachments of a record as `attachment_1`, `attachment_2` … by their positions. The number of a deleted one is
 * left out. The record names its attachments even if the company cannot use the list of attachments.
 * @returns the files, and the names of deleted ones
 */
export async function readAttachments(
	client: Client,
	record: IDataObject,
): Promise<{ files: RecordFile[]; missing: string[] }> {
	const files: RecordFile[] = [];
	const missing: string[] = [];
	for (const [index, { id, name }] of listAt(record, 'attachments').entries()) {
		const file = await readAttachment(client, Number(id), `attachment_${index + 1}`, name as string | undefined);
		if (file) files.push(file);
		else missing.push(String(name ?? id));
	}
	return { files, missing };
}

/** Reads an attachment for a binary field; undefined if Procountor no longer has it. */
export async function readAttachment(
	client: Client,
	attachmentId: number,
	field: string,
	name?: string,
): Promise<RecordFile | undefined> {
	const answer = await client.requestOptional({
		call: 'GET /attachments/{attachmentId}',
		path: { attachmentId },
		bytes: true,
		noun: `attachment ${name ?? attachmentId}`,
	});
	if (!answer) return undefined;
	const file = fileFromResponse(answer, {});
	return { ...file, fileName: file.fileName ?? name, field };
}

/** Stores the files as binary data of an item, by field. */
export async function prepareBinaries(
	helpers: Pick<IPollFunctions['helpers'], 'prepareBinaryData'>,
	files: readonly RecordFile[],
): Promise<Record<string, IBinaryData>> {
	const binary: Record<string, IBinaryData> = {};
	for (const { field, content, fileName, mimeType } of files)
		binary[field] = await helpers.prepareBinaryData(content, fileName, mimeType);
	return binary;
}
