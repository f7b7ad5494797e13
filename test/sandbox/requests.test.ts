import axios, { type AxiosInstance } from 'axios';
import { request as rawRequest } from 'node:http';

import { demoInvoice, login, plain } from './client';
import { DEMO, type Sandbox, smallestInvoice } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));

const cup = (changes: Record<string, unknown> = {}) => ({
	...smallestInvoice(sandbox.world.company(DEMO.companyId), '2026-10-01'),
	...changes,
});

/** Fields named by a rejection with status 400. */
async function refusedFields(
	answer: Promise<{ status: number; data: { errors: Array<{ field?: string; status: number; message: string }> } }>,
) {
	const { status, data } = await answer;
	expect(status).toBe(400);
	for (const line of data.errors) expect(line).toMatchObject({ status: 400, message: expect.stringMatching(/./) });
	return data.errors.map(({ field }) => field);
}

describe('Query', () => {
	it('rejects a parameter that is not in the contract', async () => {
		expect(await refusedFields(admin.get('/invoices?foo=1'))).toEqual(['foo']);
		expect(await refusedFields(admin.get('/products?page=1'))).toEqual(['page']);
		expect(await refusedFields(admin.get('/sessioninfo?access_token=x'))).toEqual(['access_token']);
	});

	it.each([
		['/invoices?size=201', 'size'],
		['/invoices?size=0', 'size'],
		['/invoices?size=ten', 'size'],
		['/invoices?page=-1', 'page'],
		['/invoices?page=1.5', 'page'],
		['/invoices?orderById=UP', 'orderById'],
		['/invoices?isOffer=1', 'isOffer'],
		['/invoices?startDate=2026-02-30', 'startDate'],
		['/invoices?startDate=01.10.2026', 'startDate'],
		['/invoices?versionStartDate=2026-10-01', 'versionStartDate'],
		['/invoices?versionStartDate=2026-10-01T10:00:00Z', 'versionStartDate'],
		['/invoices?versionStartDate=2026-10-01T10:00:00.000', 'versionStartDate'],
		['/invoices?types=SALES_INVOICE,SALARY', 'types[1]'],
		['/invoices?types=', 'types[0]'],
		['/invoices?types=SALES_INVOICE&types=PURCHASE_INVOICE', 'types'],
		['/ledgerreceipts?types=VAT_SUMMARY', 'types[0]'],
		['/invoices?size=10&size=20', 'size'],
		['/invoices/personalapprovals', 'types'],
		['/invoices/transactions?invoiceIds=100001,100002', 'invoiceIds[0]'],
	])('rejects %s', async (path, field) => {
		expect(await refusedFields(admin.get(path))).toContain(field);
	});

	it('accepts a list with raw or encoded commas', async () => {
		const raw = await admin.get('/invoices?types=TRAVEL_INVOICE,BILL_OF_CHARGES&orderById=ASC');
		const encoded = await admin.get('/invoices?types=TRAVEL_INVOICE%2CBILL_OF_CHARGES&orderById=ASC');
		expect(raw.status).toBe(200);
		expect(new Set(raw.data.results.map(({ type }: { type: string }) => type))).toEqual(
			new Set(['TRAVEL_INVOICE', 'BILL_OF_CHARGES']),
		);
		expect(encoded.data).toEqual(raw.data);
	});

	it('accepts up to 200 repeated invoiceIds', async () => {
		const { id } = demoInvoice(sandbox, 'SALES_INVOICE', 'UNFINISHED');
		await admin.put(`/invoices/${id}/approve`, {});
		const { status, data } = await admin.get(
			`/invoices/transactions?invoiceIds=${id}&invoiceIds=${id}&invoiceIds=999999`,
		);
		expect(status).toBe(200);
		expect(data.results).toEqual([
			{ invoiceId: id, transactions: [{ action: 'APPROVAL', name: 'Aino Koivuranta', date: '2026-10-01T09:00:01' }] },
		]);
		const many = Array.from({ length: 201 }, (_, index) => `invoiceIds=${index + 1}`).join('&');
		expect((await admin.get(`/invoices/transactions?${many}`)).status).toBe(400);
	});

	it('accepts milliseconds in times if the switch is on', async () => {
		sandbox.switches.timesWithMilliseconds = true;
		expect((await admin.get('/invoices?versionStartDate=2026-10-01T10:00:00.000')).status).toBe(200);
	});
});

describe('Path', () => {
	it('returns 404 for an unknown path, and 404 or 405 for an unknown method', async () => {
		for (const path of ['/nothing', '/invoices/100001/nothing', '/company/nothing'])
			expect((await admin.get(path)).status).toBe(404);
		expect([404, 405]).toContain((await admin.delete('/invoices/100001')).status);
		expect([404, 405]).toContain((await admin.patch('/invoices/100001', {})).status);
		expect((await plain(sandbox, '').get('/invoices')).status).toBe(404);
	});

	it('rejects an ID that is not a number', async () => {
		for (const path of [
			'/invoices/abc',
			'/invoices/1.5',
			'/invoices/-1',
			'/invoices/1,a',
			'/invoices/1,',
			'/dimensions/x',
			'/dimensions/1e1',
			'/businesspartners/501/defaults/dimensions/x',
		]) {
			expect([400, 404]).toContain((await admin.get(path)).status);
		}
		expect((await admin.get('/invoices/%31%30%30%30%30%31')).status).toBe(200);
	});

	it('serves every supported API version with its number in the status', async () => {
		for (const [base, version] of [
			['/v2604/api', '26.04'],
			['/v2601/api', '26.01'],
			['/latest/api', '26.04'],
			['/api', '26.04'],
		]) {
			const http = await login(sandbox, 'admin', base);
			expect((await http.get('/status')).data).toMatchObject({ version, status: 'OK' });
		}
		admin.defaults.baseURL = `${sandbox.url}/v1999/api`;
		expect((await admin.get('/status')).status).toBe(404);
	});
});

describe('Body', () => {
	it('reports every missing field by its path', async () => {
		const fields = await refusedFields(admin.post('/invoices', { invoiceRows: [{ product: 'x' }, {}] }));
		expect(fields).toEqual(
			expect.arrayContaining([
				'type',
				'date',
				'counterParty',
				'paymentInfo',
				'extraInfo',
				'discountPercent',
				'invoiceChannel',
				'invoiceRows[0].quantity',
				'invoiceRows[1].product',
			]),
		);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a wrong type', { discountPercent: '0' }, 'discountPercent'],
		['null', { notes: null }, 'notes'],
		['an unknown value', { invoiceChannel: 'PIGEON' }, 'invoiceChannel'],
		['a text that is too long', { originalInvoiceNumber: 'x'.repeat(41) }, 'originalInvoiceNumber'],
		['a number that is too big', { discountPercent: 101 }, 'discountPercent'],
		['an invalid date', { date: '2026-13-01' }, 'date'],
		['an unknown field', { comments: [] }, 'comments'],
		['a fraction instead of an integer', { vatStatus: 1.5 }, 'vatStatus'],
	])('rejects %s', async (_name, changes, field) => {
		expect(await refusedFields(admin.post('/invoices', cup(changes)))).toContain(field);
	});

	it('rejects unknown fields in rows, or ignores them if the switch says so', async () => {
		const body = cup();
		const rows = { invoiceRows: [{ ...body.invoiceRows[0], account: '3000' }] };
		expect(await refusedFields(admin.post('/invoices', { ...body, ...rows }))).toEqual(['invoiceRows[0].account']);
		sandbox.switches.unknownBodyFieldsRefused = false;
		const { status, data } = await admin.post('/invoices', { ...body, ...rows });
		expect(status).toBe(200);
		expect(data.type).toBe('SALES_INVOICE');
	});

	it('rejects characters outside Windows-1252 in any field, raw or escaped', async () => {
		for (const [path, body] of [
			['counterParty.counterPartyAddress.name', cup({ counterParty: { counterPartyAddress: { name: 'Кофе' } } })],
			['notes', cup({ notes: 'kiitos 😀' })],
			['notes', cup({ notes: 'a\u0308' })],
		] as const) {
			expect(await refusedFields(admin.post('/invoices', body))).toEqual([path]);
		}
		const escaped = JSON.stringify(cup({ notes: 'X' })).replace('"X"', '"\\u0416"');
		expect(
			await refusedFields(admin.post('/invoices', escaped, { headers: { 'Content-Type': 'application/json' } })),
		).toEqual(['notes']);
		const { status, data } = await admin.post('/invoices', cup({ notes: 'Åäö €5 – “œuvre” ™ ß' }));
		expect(status).toBe(200);
		expect(data.notes).toBe('Åäö €5 – “œuvre” ™ ß');
	});

	it('rejects other content types, broken JSON and broken UTF-8', async () => {
		const post = (body: string | Buffer, type: string) =>
			admin.post('/invoices', body, { headers: { 'Content-Type': type } });
		expect((await post(JSON.stringify(cup()), 'text/plain')).status).toBe(415);
		expect((await post('a=b', 'application/x-www-form-urlencoded')).status).toBe(415);
		expect((await post('{"type":', 'application/json')).status).toBe(400);
		expect((await post(Buffer.from('{"notes":"\xe4"}', 'latin1'), 'application/json')).status).toBe(400);
		expect((await post(JSON.stringify(cup()), 'application/json; charset=utf-8')).status).toBe(200);
	});

	it('requires or rejects a body as the contract says, unless the switch accepts an empty one', async () => {
		const path = `/invoices/${demoInvoice(sandbox, 'SALES_INVOICE', 'UNFINISHED').id}`;
		expect((await admin.put(`${path}/approve`)).status).toBe(400);
		sandbox.switches.emptyBodyRefused = false;
		expect((await admin.put(`${path}/approve`)).status).toBe(200);
		expect((await admin.post('/invoices')).status).toBe(400);
		expect((await admin.put(`${path}/unfinished`, { a: 1 })).status).toBe(400);
		expect((await admin.put(`${path}/unfinished`)).status).toBe(200);
	});

	it('rejects a GET with a body', async () => {
		const status = await new Promise<number | undefined>((resolve, reject) => {
			const { host, port } = new URL(sandbox.url);
			const headers = {
				host,
				authorization: String(admin.defaults.headers.common.Authorization),
				'content-type': 'application/json',
				'content-length': 2,
			};
			rawRequest({ host: '127.0.0.1', port, path: '/api/sessioninfo', method: 'GET', headers }, (answer) =>
				resolve(answer.resume().statusCode),
			)
				.on('error', reject)
				.end('{}');
		});
		expect(status).toBe(400);
	});

	it('requires the version if the contract marks it as required', async () => {
		const path = `/invoices/${demoInvoice(sandbox, 'SALES_INVOICE', 'UNFINISHED').id}`;
		const { data } = await admin.get(path);
		delete data.version;
		expect(await refusedFields(admin.put(path, data))).toContain('version');
	});
});

describe('Request journal', () => {
	it('shows each request without secrets', async () => {
		await admin.get('/invoices?types=SALES_INVOICE&size=5');
		await admin.get('/invoices?nonsense=1');
		const { data } = await axios.get(`${sandbox.url}/_sandbox/journal`);
		expect(data.map(({ operationId, status, valid }: Record<string, unknown>) => [operationId, status, valid])).toEqual(
			[
				['requestToken', 200, true],
				['searchInvoice', 200, true],
				['searchInvoice', 400, false],
			],
		);
		expect(data[1]).toMatchObject({
			method: 'GET',
			path: '/api/invoices',
			base: '/api',
			contractPath: '/invoices',
			query: { types: 'SALES_INVOICE', size: '5' },
			companyId: DEMO.companyId,
			userId: 1001,
		});
		const text = JSON.stringify(data);
		for (const secret of [
			DEMO.client.secret,
			DEMO.keys.admin,
			String(admin.defaults.headers.common.Authorization).slice(7),
		])
			expect(text).not.toContain(secret);
		expect(sandbox.journal.to('GET /invoices')).toHaveLength(2);
	});
});
