import type { AxiosInstance } from 'axios';
import { request } from 'node:http';
import { inflateSync } from 'node:zlib';

import { login, plain } from './client';
import { DEMO, type Sandbox } from '.';
import { useSandbox } from './hooks';

interface Meta {
	id: number;
	name: string;
	referenceType: string;
	referenceId: number;
	mimeType: string;
	sendWithInvoice: boolean;
}

let sandbox: Sandbox;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http } = given));

const salesInvoice = () => sandbox.backdoor.addInvoice().id;
const receipt = Buffer.from('Kuitti 12,40\r\nKäteinen');

function form(meta: unknown, bytes: Buffer | undefined = receipt, filename = 'whatever.bin'): FormData {
	const data = new FormData();
	data.append('meta', new Blob([JSON.stringify(meta)], { type: 'application/json' }));
	if (bytes) data.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), filename);
	return data;
}

const meta = (referenceId: number, changes: object = {}) => ({
	name: 'kuitti.txt',
	referenceType: 'INVOICE',
	referenceId,
	sendWithInvoice: false,
	...changes,
});
const upload = (value: unknown, bytes?: Buffer) => http.post<Meta>('/attachments', form(value, bytes));
const list = async (params: object = {}, headers: Record<string, string> = {}) =>
	(await http.get('/attachments', { params, headers })).data.results as Array<{
		attachmentId: number;
		name: string;
		size: number;
		user: string;
		attached: string;
	}>;

/** Parts of a multipart response, with their headers. */
function partsOf(data: ArrayBuffer, type: string): Array<{ headers: string; body: Buffer }> {
	const boundary = /boundary=(\S+)/.exec(type)?.[1] ?? '';
	const text = Buffer.from(data).toString('latin1');
	return text
		.split(`--${boundary}`)
		.slice(1, -1)
		.map((part) => {
			const end = part.indexOf('\r\n\r\n');
			return { headers: part.slice(2, end), body: Buffer.from(part.slice(end + 4, -2), 'latin1') };
		});
}

async function download(id: number) {
	const { status, data, headers } = await http.get(`/attachments/${id}`, { responseType: 'arraybuffer' });
	return { status, type: String(headers['content-type']), parts: partsOf(data, String(headers['content-type'])) };
}

describe('Attachments API', () => {
	it('returns an uploaded file byte for byte, with the MIME type of its extension', async () => {
		const id = salesInvoice();
		const bytes = Buffer.from([0, 13, 10, 45, 45, 255, 128, 13, 10]);
		const { status, data } = await upload(meta(id, { name: 'kuva ä.gif', sendWithInvoice: true }), bytes);
		expect(status).toBe(200);
		expect(data).toEqual({
			id: expect.any(Number),
			name: 'kuva ä.gif',
			referenceType: 'INVOICE',
			referenceId: id,
			mimeType: 'image/gif',
			sendWithInvoice: true,
		});
		const { type, parts } = await download(data.id);
		expect(type).toMatch(/^multipart\/mixed; boundary=/);
		expect(JSON.parse(parts[0].body.toString('utf8'))).toEqual(data);
		expect(parts[1].headers).toContain('image/gif');
		expect(parts[1].body).toEqual(bytes);
		expect((await http.get(`/invoices/${id}`)).data.attachments).toEqual([data]);
	});

	it('uses the part order and headers that the switches set', async () => {
		const { data } = await upload(meta(salesInvoice()));
		sandbox.switches.attachmentFileFirst = true;
		sandbox.switches.attachmentPartHeaders = 'formData';
		const { parts } = await download(data.id);
		expect(parts[0]).toEqual({
			headers: expect.stringMatching(/form-data; name="file"; filename="kuitti.txt"/),
			body: receipt,
		});
		expect(parts[1].headers).toMatch(/name="meta"/);
		sandbox.switches.attachmentPartHeaders = 'bare';
		expect((await download(data.id)).parts[0].headers).toBe('Content-Type: text/plain');
	});

	it('rejects a file of more than 10,000,000 bytes', async () => {
		const id = salesInvoice();
		expect((await upload(meta(id), Buffer.alloc(10_000_000, 1))).status).toBe(200);
		const { status, data } = await upload(meta(id), Buffer.alloc(10_000_001, 1));
		expect(status).toBe(400);
		expect(data).toMatchObject({ errors: [{ field: 'file' }] });
	});

	it.each([
		['without an extension', { name: 'kuitti' }, 'name'],
		['without sendWithInvoice', { sendWithInvoice: undefined }, 'meta.sendWithInvoice'],
		['with an unknown reference type', { referenceType: 'DREAM' }, 'meta.referenceType'],
		['for a record that does not exist', { referenceId: 999_999 }, 'referenceId'],
		['with an unknown field', { colour: 'red' }, 'meta.colour'],
	])('rejects an upload %s', async (_, changes, field) => {
		const { status, data } = await upload(meta(salesInvoice(), changes));
		expect(status).toBe(400);
		expect(data).toMatchObject({ errors: [{ field }] });
	});

	it('rejects an upload without a file, without meta, or in a form other than multipart', async () => {
		const fileOnly = new FormData();
		fileOnly.append('file', new Blob(['x']), 'x.txt');
		expect((await http.post('/attachments', fileOnly)).status).toBe(400);
		expect((await upload(['kuitti.txt'])).status).toBe(400);
		for (const [field, value] of [
			['meta', '{"name":'],
			['document', '{}'],
		]) {
			const other = new FormData();
			other.append(field, value);
			other.append('file', new Blob(['x']), 'x.txt');
			expect((await http.post('/attachments', other)).status).toBe(400);
		}
		const data = new FormData();
		data.append('meta', JSON.stringify(meta(salesInvoice())));
		expect((await http.post('/attachments', data)).status).toBe(400);
		expect((await http.post('/attachments', meta(salesInvoice()))).status).toBe(415);
	});

	it('rejects sendWithInvoice for a purchase invoice and accepts it for a purchase order', async () => {
		const purchase = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }).id;
		expect((await upload(meta(purchase, { sendWithInvoice: true }))).status).toBe(400);
		expect((await upload(meta(purchase))).status).toBe(200);
		const order = sandbox.backdoor.addInvoice({ type: 'PURCHASE_ORDER' }).id;
		expect((await upload(meta(order, { sendWithInvoice: true }))).status).toBe(200);
	});

	it('accepts the file of a journal on its hidden invoice, and of other receipts on the receipt', async () => {
		const { id, record } = sandbox.backdoor.addJournal();
		expect((await upload(meta(id, { referenceType: 'LEDGERRECEIPT' }))).status).toBe(400);
		const { data } = await upload(meta(Number(record.invoiceId)));
		expect((await http.get(`/ledgerreceipts/${id}`)).data.attachments).toEqual([data]);
		expect(
			(await list({ type: 'JOURNAL', referenceId: record.invoiceId })).map(({ attachmentId }) => attachmentId),
		).toEqual([data.id]);

		const { ledgerReceiptId } = sandbox.backdoor.addInvoice().record;
		const own = await upload(meta(Number(ledgerReceiptId), { referenceType: 'LEDGERRECEIPT' }));
		expect((await http.get(`/ledgerreceipts/${ledgerReceiptId}`)).data.attachments).toEqual([own.data]);
	});

	it('adds the attachment of a partner to the partner record', async () => {
		const customer = (await http.get('/businesspartners', { params: { type: 'CUSTOMER' } })).data.results[0].id;
		const { data } = await upload(meta(customer, { referenceType: 'CUSTOMER_BUSINESS_PARTNER_REGISTER' }));
		expect((await http.get(`/businesspartners/${customer}`)).data.attachments).toContainEqual(data);
		expect((await upload(meta(customer, { referenceType: 'SUPPLIER_BUSINESS_PARTNER_REGISTER' }))).status).toBe(400);
	});

	it('filters, orders and pages the list', async () => {
		const id = salesInvoice();
		await upload(meta(id, { name: 'b.txt' }), Buffer.alloc(300));
		await upload(meta(id, { name: 'a.txt' }), Buffer.alloc(200));
		await upload(meta(id, { name: 'c.txt' }), Buffer.alloc(100));
		const names = async (params: object, headers?: Record<string, string>) =>
			(await list({ referenceId: id, ...params }, headers)).map(({ name }) => name);
		expect(await names({ orderByName: 'ASC' })).toEqual(['a.txt', 'b.txt', 'c.txt']);
		expect(await names({ orderBySize: 'ASC' })).toEqual(['c.txt', 'a.txt', 'b.txt']);
		expect(await names({ orderById: 'ASC' })).toEqual(['b.txt', 'a.txt', 'c.txt']);
		expect(await names({ minSize: 200, maxSize: 299 })).toEqual(['a.txt']);
		expect(await names({ name: 'B.' })).toEqual(['b.txt']);
		expect(await names({ type: 'PURCHASE_INVOICE,JOURNAL' })).toEqual([]);
		expect(await names({ createdEndDate: '2026-09-30' })).toEqual([]);
		expect(
			await names({ createdStartDate: '2026-10-01', type: 'SALES_INVOICE', orderById: 'ASC', size: 1, page: 1 }),
		).toEqual(['a.txt']);
		expect(await names({}, { username: 'eero.myllymaki' })).toEqual([]);
		expect(await list({ orderByCreatedDate: 'ASC', size: 1 })).toMatchObject([
			{ name: 'sopimus.pdf', attached: '2026-01-02T11:00:00' },
		]);
	});

	it('lists only what the user may see, and returns 403 if Documents is off', async () => {
		const sales = await login(sandbox, 'sales');
		const { data } = await sales.get('/attachments');
		expect(data.results.map(({ referenceType }: { referenceType: string }) => referenceType).sort()).toEqual([
			'CUSTOMER_BUSINESS_PARTNER_REGISTER',
			'INVOICE',
		]);
		await plain(sandbox, '/_sandbox').patch(`/companies/${DEMO.companyId}/settings`, { documentsActivated: false });
		expect((await http.get('/attachments')).status).toBe(403);
	});

	it('renames a file but rejects another extension', async () => {
		const { data } = await upload(meta(salesInvoice()));
		expect((await http.patch(`/attachments/${data.id}`, { name: 'uusi.txt' })).data).toEqual({
			...data,
			name: 'uusi.txt',
		});
		expect((await http.patch(`/attachments/${data.id}`, { name: 'uusi.pdf' })).status).toBe(400);
		expect((await http.patch('/attachments/999999', { name: 'uusi.txt' })).status).toBe(404);
	});

	it('deletes an attachment, but rejects changes to one of an e-invoice', async () => {
		const id = salesInvoice();
		const { data } = await upload(meta(id));
		expect((await http.delete(`/attachments/${data.id}`)).status).toBe(204);
		expect((await download(data.id)).status).toBe(404);
		expect((await http.get(`/invoices/${id}`)).data.attachments).toEqual([]);
		const [locked] = await list({ name: 'MV-77120' });
		expect((await http.delete(`/attachments/${locked.attachmentId}`)).status).toBe(403);
		expect((await http.patch(`/attachments/${locked.attachmentId}`, { name: 'x.pdf' })).status).toBe(403);
	});
});

describe('Invoice image', () => {
	/** Width, height and pixels of a greyscale PNG. */
	function png(bytes: Buffer) {
		const length = bytes.readUInt32BE(33);
		return {
			width: bytes.readUInt32BE(16),
			height: bytes.readUInt32BE(20),
			pixels: inflateSync(bytes.subarray(41, 41 + length)),
		};
	}

	const image = (id: number, params: object = {}) =>
		http.get(`/invoices/${id}/image`, { params, responseType: 'arraybuffer' });

	it('returns a different page for every 20 rows, and 404 after the last page', async () => {
		const row = { product: 'Kuppi', quantity: 1, unit: 'PIECE', unitPrice: 1, discountPercent: 0, vatPercent: 25.5 };
		const { id } = sandbox.backdoor.addInvoice({ invoiceRows: Array.from({ length: 21 }, () => row) });
		const pictures = [];
		for (const page of [1, 2]) {
			const { data, headers } = await image(id, { page });
			const [about, picture] = partsOf(data, String(headers['content-type']));
			expect(JSON.parse(about.body.toString())).toMatchObject({ referenceId: id, mimeType: 'image/png' });
			const { width, height, pixels } = png(picture.body);
			expect(pixels).toHaveLength((width + 1) * height);
			pictures.push(pixels.toString('base64'));
		}
		expect(pictures[0]).not.toBe(pictures[1]);
		expect((await image(id, { page: 3 })).status).toBe(404);
		sandbox.switches.imageBeyondLastPage = 400;
		expect((await image(id, { page: 3 })).status).toBe(400);
	});

	it('is returned as a bare JPEG picture if the switch says so', async () => {
		sandbox.switches.imageForm = 'picture';
		const { data, headers } = await image(salesInvoice(), { format: 'JPG' });
		expect(headers['content-type']).toBe('image/jpeg');
		expect(Buffer.from(data).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
	});
});

/** Sends a form slowly, in pieces, as a client with a large file does; resolves to the status of the response. */
async function sendSlowly(path: string, pieces: number, headers: Record<string, string>): Promise<number | undefined> {
	const piece = Buffer.alloc(20_000, 'x');
	return await new Promise((resolve, reject) => {
		const outgoing = request(`${sandbox.url}/api${path}`, {
			method: 'POST',
			headers: { ...headers, 'content-length': pieces * piece.length, connection: 'close' },
		});
		outgoing.on('response', (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		outgoing.on('error', reject);
		const send = (left: number): void => {
			if (left === 0) outgoing.end();
			else outgoing.write(piece, () => setTimeout(send, 5, left - 1));
		};
		send(pieces);
	});
}

it('An upload with an expired token is read to its end, so that the client receives the 401', async () => {
	const headers = { authorization: 'Bearer ended', 'content-type': 'multipart/form-data; boundary=line' };
	expect(await sendSlowly('/attachments', 10, headers)).toBe(401);
});
