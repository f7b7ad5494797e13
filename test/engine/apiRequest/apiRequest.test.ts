/** Requests that the user composes: they use the same transport as all others and reach no other server. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const send = async (parameters: INodeParameters) => await bench.json('apiRequest', 'send', parameters);
const refused = async (parameters: INodeParameters) => (await bench.run('apiRequest', 'send', parameters)).error;

describe('API request', () => {
	it('creates, reads, updates and deletes a record', async () => {
		const [made] = await send({
			method: 'POST',
			path: '/products/groups',
			requestBody: '{"name":"Teet","type":"SALES"}',
		});
		expect(await send({ method: 'GET', path: `/products/groups/${String(made.id)}` })).toEqual([made]);
		await send({
			method: 'PUT',
			path: `/products/groups/${String(made.id)}`,
			requestBody: { name: 'Teet ja kaakaot' },
		});
		expect(await send({ method: 'DELETE', path: `/products/groups/${String(made.id)}` })).toEqual([{ success: true }]);
		const error = await refused({ method: 'GET', path: `/products/groups/${String(made.id)}` });
		expect(error?.message).toBe(`Procountor does not know /products/groups/${String(made.id)}`);
		expect(error?.httpCode).toBe('404');
	});

	it('sends query parameters and headers, and joins lists with commas', async () => {
		await send({ method: 'GET', path: '/invoices', query: '{"types":["SALES_INVOICE","PURCHASE_INVOICE"],"size":3}' });
		expect(bench.sandbox.journal.entries.at(-1)?.query).toEqual({ types: 'SALES_INVOICE,PURCHASE_INVOICE', size: '3' });
		const [list] = await send({
			method: 'GET',
			path: '/businesspartners',
			options: { headers: '{"name":"Pohjantähti"}' },
		});
		expect(list.results).toHaveLength(1);
	});

	it('never sends a rounded number', async () => {
		await refused({ method: 'POST', path: '/products/groups', requestBody: '{"name":9007199254740993,"type":1e999}' });
		expect(bench.sandbox.journal.entries.at(-1)?.body).toEqual({ name: '9007199254740993', type: '1e999' });
		const before = bench.sandbox.journal.entries.length;
		for (const [value, shown] of [
			['2 ** 53', '9007199254740992'],
			['-1e999', '-Infinity'],
			['0 / 0', 'NaN'],
		]) {
			const error = await refused({ method: 'POST', path: '/x', requestBody: `={{ { rows: [{ id: ${value} }] } }}` });
			expect(error?.message).toContain(`Body (JSON) holds a number that cannot be sent exactly: id ${shown}`);
		}
		expect(bench.sandbox.journal.entries).toHaveLength(before);
	});

	it('accepts a path that contains a query', async () => {
		await send({
			method: 'GET',
			path: '/invoices?status=PAID&types=SALES_INVOICE&types=PURCHASE_INVOICE',
			query: '{"size":3}',
		});
		expect(bench.sandbox.journal.entries.at(-1)?.query).toEqual({
			status: 'PAID',
			types: 'SALES_INVOICE,PURCHASE_INVOICE',
			size: '3',
		});
	});

	it('repeats a query parameter if the contract requires it', async () => {
		const ids = [bench.sandbox.backdoor.addInvoice().id, bench.sandbox.backdoor.addInvoice().id];
		for (const id of ids) await send({ method: 'PUT', path: `/invoices/${id}/approve`, requestBody: '{}' });
		await send({ method: 'GET', path: '/invoices/transactions', query: { invoiceIds: ids } });
		expect(bench.sandbox.journal.entries.at(-1)).toMatchObject({ valid: true, query: { invoiceIds: ids.map(String) } });
	});

	it('reads all pages of a list and returns one item for each record', async () => {
		bench.sandbox.backdoor.seed({ companyId: DEMO.companyId, invoices: 450 });
		const all = await bench.json('invoice', 'getAll', { returnAll: true, sort: 'orderById:ASC' });
		bench.sandbox.journal.clear();
		const read = await send({ method: 'GET', path: '/invoices', options: { allPages: true } });
		expect(read.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
		expect(bench.asked().length).toBeGreaterThan(2);
		const sales = await send({
			method: 'GET',
			path: '/invoices',
			query: { types: 'SALES_INVOICE', orderByDate: 'DESC' },
			options: { allPages: true },
		});
		expect(new Set(sales.map(({ type }) => type))).toEqual(new Set(['SALES_INVOICE']));
		const dates = sales.map(({ date }) => String(date));
		expect(dates).toEqual([...dates].sort().reverse());
	});

	it('reads all pages of a list that the contract does not contain', async () => {
		const records = Array.from({ length: 450 }, (_, index) => ({ id: index + 1 }));
		const server = createServer((request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
			const [size, page] = [Number(searchParams.get('size')), Number(searchParams.get('page') ?? 0)];
			const answer = pathname.endsWith('/oauth/token')
				? { access_token: 'token', expires_in: 3600 }
				: { results: records.slice(page * size, (page + 1) * size), meta: { pageSize: size } };
			response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const read = await bench.json(
			'apiRequest',
			'send',
			{ method: 'GET', path: '/somethingnew', options: { allPages: true } },
			{ credential: bench.credential({ baseUrl }) },
		);
		server.close();
		expect(read).toEqual(records);
	});

	it('returns one item for each record of a plain list and of a request for several IDs', async () => {
		expect((await send({ method: 'GET', path: '/dimensions' })).map(({ name }) => name)).toEqual([
			'Kustannuspaikka',
			'Projekti',
		]);
		expect((await send({ method: 'GET', path: '/products/301,302' })).map(({ code }) => code)).toEqual([
			'KAH-001',
			'KAH-002',
		]);
	});

	it('returns a file as binary data', async () => {
		const [purchase] = await bench.json('invoice', 'getAll', { limit: 1, filters: { types: ['PURCHASE_INVOICE'] } });
		const run = await bench.run('apiRequest', 'send', {
			method: 'GET',
			path: `/invoices/${String(purchase.id)}/image`,
			query: { page: 1, format: 'PNG' },
			options: { binaryPropertyName: 'page' },
		});
		expect(run.error?.message).toBeUndefined();
		expect(run.items[0][0].binary?.page.mimeType).toBe('image/png');
	});

	it('repeats a failed read and never a failed write', async () => {
		bench.sandbox.faults.add({ kind: 'badGateway', path: '/currencies/company' });
		expect(await send({ method: 'GET', path: '/currencies/company' })).toEqual([{ companyCurrency: 'EUR' }]);
		bench.sandbox.faults.add({ kind: 'badGateway', path: '/products/groups' });
		const run = await bench.run('apiRequest', 'send', {
			method: 'POST',
			path: '/products/groups',
			requestBody: { name: 'Teet', type: 'SALES' },
		});
		expect(run.error?.message).toMatch(/^It is unclear whether Procountor carried out POST \/products\/groups/);
		expect(bench.sandbox.journal.to('POST /products/groups')).toHaveLength(1);
	});

	it.each([
		['the URL of another server', { path: 'https://example.com/invoices' }, 'Path is not a path of the API'],
		['a path that leaves the API', { path: '/invoices/../../oauth/token' }, 'Path is not a path of the API'],
		['an encoded path that leaves the API', { path: '/invoices/%2e%2e/users' }, 'Path is not a path of the API'],
		['a fragment in the path', { path: '/invoices#size=1' }, 'Path is not a path of the API'],
		['a token request', { path: '/oauth/token' }, 'Path is a call for tokens, which belong to the credential'],
		[
			'a token in the headers',
			{ path: '/invoices', options: { headers: { Authorization: 'Bearer x' } } },
			"Headers hold 'Authorization', which the node sets by itself",
		],
		[
			'characters that a header cannot contain',
			{ path: '/businesspartners', options: { headers: { name: 'Łódź' } } },
			"Header 'name' contains",
		],
		[
			'an object in the query',
			{ path: '/invoices', query: { a: { b: 1 } } },
			"Query Parameters contain an object under 'a'",
		],
		['broken JSON', { method: 'POST', path: '/products', requestBody: '{"name"' }, 'Body (JSON) is not valid JSON'],
	])('refuses %s before it sends anything', async (_, parameters, message) => {
		const error = await refused({ method: 'GET', ...parameters });
		expect(error?.message).toContain(message);
		expect(bench.sandbox.journal.entries).toEqual([]);
	});
});
