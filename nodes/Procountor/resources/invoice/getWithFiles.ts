import type { IDataObject } from 'n8n-workflow';
import { type Client } from '../../api';
import type { Input } from '../../engine/input';
import type { Output, OperationHandler } from '../../engine/task';
import { outputShaper } from '../../engine/simplify';
import { readAttachments, prepareBinaries, readImagePages, type PictureFormat } from '../shared/recordFiles';

export const callsOfBill = ['GET /invoices/{invoiceId}', 'GET /attachments/{attachmentId}'] as const;

interface FileOptions {
	invoiceId: string;
	format: PictureFormat;
	pages: boolean;
	attachments: boolean;
}

/** Reads an invoice with the pages of its image and its attachments as binary fields `page_1`, `page_2`, `attachment_1` … */
export const getWithFiles: OperationHandler = (operation, input) => {
	const { ids, query, settings } = input.values(operation);
	const wanted: FileOptions = {
		invoiceId: String(ids.invoiceId),
		format: (query.format ?? 'PNG') as PictureFormat,
		pages: settings.pages !== false,
		attachments: settings.attachments !== false,
	};
	const shape = outputShaper(operation, input);
	return { readOnly: true, run: async (client) => [await readWithFiles(client, input, wanted, shape)] };
};

async function readWithFiles(
	client: Client,
	{ context }: Input,
	{ invoiceId, format, pages, attachments }: FileOptions,
	shape: (record: IDataObject) => IDataObject,
): Promise<Output> {
	const options = { path: { invoiceId }, noun: `invoice ${invoiceId}` };
	const invoice = await client.get('GET /invoices/{invoiceId}', options);
	const images = pages ? await readImagePages(client, invoiceId, format) : [];
	const attached = attachments ? await readAttachments(client, invoice) : { files: [], missing: [] };
	const received = [...images, ...attached.files];
	const binary = await prepareBinaries(context.helpers, received);
	const files = received.map(({ field, content }) => ({
		field,
		name: binary[field].fileName ?? field,
		mimeType: binary[field].mimeType,
		fileSize: content.length,
	}));
	if (attached.missing.length === 0) return { json: { ...shape(invoice), files }, binary };
	context.addExecutionHints({
		message: `Invoice ${invoiceId} was returned without ${attached.missing.join(', ')}: Procountor no longer has these attachments.`,
		type: 'warning',
		location: 'outputPane',
	});
	return { json: { ...shape(invoice), files, missingFiles: attached.missing }, binary };
}
