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

/** Parts of a multipart answer, with their headers. */
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

describe('attachments', () => {
	it('a file comes back byte by byte, with its type by the extension', async () => {
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

	it('the parts come in other forms by switch', async () => {
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

	it('ten million bytes are the most', async () => {
		const id = salesInvoice();
		expect((await upload(meta(id), Buffer.alloc(10_000_000, 1))).status).toBe(200);
		const { status, data } = await upload(meta(id), Buffer.alloc(10_000_001, 1));
		expect(status).toBe(400);
		expect(data).toMatchObject({ errors: [{ field: 'file' }] });
	});

	it.each([
		['without an extension', { name: 'kuitti' }, 'name'],
		['without sendWithInvoice', { sendWithInvoice: undefined }, 'meta.sendWithInvoice'],
		['with a reference type that is none', { referenceType: 'DREAM' }, 'meta.referenceType'],
		['of a record that is not there', { referenceId: 999_999 }, 'referenceId'],
		['with a field that is none', { colour: 'red' }, 'meta.colour'],
	])('%s it is refused', async (_, changes, field) => {
		const { status, data } = await upload(meta(salesInvoice(), changes));
		expect(status).toBe(400);
		expect(data).toMatchObject({ errors: [{ field }] });
	});

	it('without a file or without what it is, or not as multipart, it is refused', async () => {
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

	it('only sales invoices and orders send their attachments', async () => {
		const purchase = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }).id;
		expect((await upload(meta(purchase, { sendWithInvoice: true }))).status).toBe(400);
		expect((await upload(meta(purchase))).status).toBe(200);
		const order = sandbox.backdoor.addInvoice({ type: 'PURCHASE_ORDER' }).id;
		expect((await upload(meta(order, { sendWithInvoice: true }))).status).toBe(200);
	});

	it('a journal takes them through its invoice, other receipts by themselves', async () => {
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

	it('a partner lists its attachments', async () => {
		const customer = (await http.get('/businesspartners', { params: { type: 'CUSTOMER' } })).data.results[0].id;
		const { data } = await upload(meta(customer, { referenceType: 'CUSTOMER_BUSINESS_PARTNER_REGISTER' }));
		expect((await http.get(`/businesspartners/${customer}`)).data.attachments).toContainEqual(data);
		expect((await upload(meta(customer, { referenceType: 'SUPPLIER_BUSINESS_PARTNER_REGISTER' }))).status).toBe(400);
	});

	it('the list is filtered, ordered and paged', async () => {
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

	it('the list needs Documents, and shows what the user may see', async () => {
		const sales = await login(sandbox, 'sales');
		const { data } = await sales.get('/attachments');
		expect(data.results.map(({ referenceType }: { referenceType: string }) => referenceType).sort()).toEqual([
			'CUSTOMER_BUSINESS_PARTNER_REGISTER',
			'INVOICE',
		]);
		await plain(sandbox, '/_sandbox').patch(`/companies/${DEMO.companyId}/settings`, { documentsActivated: false });
		expect((await http.get('/attachments')).status).toBe(403);
	});

	it('the name is changed, its extension never', async () => {
		const { data } = await upload(meta(salesInvoice()));
		expect((await http.patch(`/attachments/${data.id}`, { name: 'uusi.txt' })).data).toEqual({
			...data,
			name: 'uusi.txt',
		});
		expect((await http.patch(`/attachments/${data.id}`, { name: 'uusi.pdf' })).status).toBe(400);
		expect((await http.patch('/attachments/999999', { name: 'uusi.txt' })).status).toBe(404);
	});

	it('deletes attachments, but keeps those of an e-invoice', async () => {
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

describe('invoice images', () => {
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

	it('a page for every twenty rows, each its own picture, then 404', async () => {
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

	it('the picture itself by switch, and as JPEG', async () => {
		sandbox.switches.imageForm = 'picture';
		const { data, headers } = await image(salesInvoice(), { format: 'JPG' });
		expect(headers['content-type']).toBe('image/jpeg');
		expect(Buffer.from(data).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
	});
});

/** Sends a form slowly, in pieces, as a client with a large file does; resolves to the status of the answer. */
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

it('a form that is refused for its token is read to its end, so that its sender meets the answer', async () => {
	const headers = { authorization: 'Bearer ended', 'content-type': 'multipart/form-data; boundary=line' };
	expect(await sendSlowly('/attachments', 10, headers)).toBe(401);
});
