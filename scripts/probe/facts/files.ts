import type { Response } from '../connection';
import type { Probe } from '../probe';
import { listAt, numberAt, textAt } from '../values';
import { search } from './lists';
import { cannotTell, type Fact, type Finding, found } from './types';

const FAR_PAGE = 9999;

async function image(probe: Probe, page: number): Promise<Response | undefined> {
	const id = await probe.once('salesInvoice', async () => {
		const { rows } = await search(probe, '/invoices', { types: 'SALES_INVOICE', size: 1 });
		return rows[0] && numberAt(rows[0], 'id');
	});
	if (id === undefined) return undefined;
	return probe.api.get('/invoices/{invoiceId}/image', {
		path: { invoiceId: id },
		query: { page, format: 'PNG' },
		headers: { Accept: '*/*' },
	});
}

const NO_INVOICE = 'the company has no sales invoice';

async function imageForm(probe: Probe): Promise<Finding> {
	const response = await image(probe, 1);
	if (!response) return cannotTell(NO_INVOICE);
	const type = response.headers['content-type'] ?? '';
	if (response.status === 200 && type.startsWith('multipart/')) return found('multipart');
	if (response.status === 200 && type.startsWith('image/')) return found('picture');
	return cannotTell(`the first page returned ${response.status}, neither multipart nor an image`);
}

async function imageBeyondLastPage(probe: Probe): Promise<Finding> {
	const response = await image(probe, FAR_PAGE);
	if (!response) return cannotTell(NO_INVOICE);
	const { status } = response;
	if (status === 200) return found('lastPage');
	return status === 404 || status === 400 ? found(status) : cannotTell(`page ${FAR_PAGE} returned ${status}`);
}

interface Part {
	disposition: string;
	isMeta: boolean;
}

/** The parts of a multipart body, in their order. */
export function partsOf({ headers, bytes }: Pick<Response, 'headers' | 'bytes'>): Part[] {
	const boundary = /boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
	if (boundary === undefined) return [];
	return bytes
		.toString('latin1')
		.split(`--${boundary}`)
		.slice(1, -1)
		.map((text) => {
			const [head = '', ...body] = text.replace(/^\r?\n/, '').split(/\r?\n\r?\n/);
			const disposition = /^content-disposition:\s*(.*)$/im.exec(head)?.[1] ?? '';
			return { disposition, isMeta: isMeta(body.join('\r\n\r\n')) };
		});
}

/** The JSON part names the record that the file belongs to. */
function isMeta(text: string): boolean {
	try {
		return textAt(JSON.parse(text), 'referenceType') !== undefined;
	} catch {
		return false;
	}
}

/** The parts of an attachment of the company. */
function attachmentParts(probe: Probe): Promise<Part[]> {
	return probe.once('attachmentParts', async () => {
		const listed = await search(probe, '/attachments', { size: 1 });
		let id = listed.rows[0] && numberAt(listed.rows[0], 'attachmentId');
		if (id === undefined) id = await attachmentOfInvoices(probe);
		if (id === undefined) return [];
		const path = { attachmentId: id };
		return partsOf(await probe.api.get('/attachments/{attachmentId}', { path, headers: { Accept: '*/*' } }));
	});
}

/** Where the list of attachments is closed, the newest invoices tell theirs. */
async function attachmentOfInvoices(probe: Probe): Promise<number | undefined> {
	const { rows } = await search(probe, '/invoices', { size: 200 });
	const ids = rows.map((row) => numberAt(row, 'id')).filter((id) => id !== undefined);
	if (ids.length < 2) return undefined;
	const { json } = await probe.api.get('/invoices/{invoiceId}', { path: { invoiceId: ids.join(',') } });
	return listAt(json, '')
		.flatMap((invoice) => listAt(invoice, 'attachments'))
		.map((one) => numberAt(one, 'id'))
		.find((id) => id !== undefined);
}

const NO_ATTACHMENT = 'no attachment was found, or its response has not two parts';

async function attachmentFileFirst(probe: Probe): Promise<Finding> {
	const parts = await attachmentParts(probe);
	const meta = parts.findIndex(({ isMeta }) => isMeta);
	return parts.length < 2 || meta < 0 ? cannotTell(NO_ATTACHMENT) : found(meta > 0);
}

async function attachmentPartHeaders(probe: Probe): Promise<Finding> {
	const parts = await attachmentParts(probe);
	if (parts.length < 2) return cannotTell(NO_ATTACHMENT);
	const dispositions = parts.map(({ disposition }) => disposition.toLowerCase());
	if (dispositions.some((text) => text.startsWith('form-data'))) return found('formData');
	return found(dispositions.some((text) => text.startsWith('attachment')) ? 'attachment' : 'bare');
}

export const fileFacts: Fact[] = [
	{
		name: 'imageForm',
		need: 'read',
		question: 'Is an invoice image multipart/mixed or the picture itself?',
		ask: imageForm,
	},
	{
		name: 'imageBeyondLastPage',
		need: 'read',
		question: 'Which status has an image page that does not exist?',
		ask: imageBeyondLastPage,
	},
	{
		name: 'attachmentFileFirst',
		need: 'read',
		question: 'Does the file come before the JSON part?',
		ask: attachmentFileFirst,
	},
	{
		name: 'attachmentPartHeaders',
		need: 'read',
		question: 'Which headers do the parts of an attachment have?',
		ask: attachmentPartHeaders,
	},
];
