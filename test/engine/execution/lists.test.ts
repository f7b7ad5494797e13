/** Reading many records: pages, details, order, and the possible responses to a search. */
import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench({ checkAnswers: false })));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const seed = (invoices: number) => bench.sandbox.backdoor.seed({ companyId: DEMO.companyId, invoices });
const ids = (records: Array<{ id?: unknown }>) => records.map(({ id }) => Number(id));
const rising = (numbers: number[]) => numbers.every((id, index) => index === 0 || id > numbers[index - 1]);

describe('Simplified record with details', () => {
	it.each([
		['invoice', 'getAll', 'invoiceRows'],
		['ledgerReceipt', 'getAll', 'transactions'],
		['salary', 'getAllSlips', 'rows'],
		['businessPartner', 'getAll', 'address'],
	])('keeps its rows in %s: %s (%s)', async (resource, operation, rows) => {
		const list = async (includeDetails: boolean) =>
			await bench.json(resource, operation, { limit: 5, includeDetails, simple: true });
		const whole = await list(true);
		expect(whole.length).toBeGreaterThan(0);
		expect(whole.every((record) => typeof record[rows] === 'object' && record[rows] !== null)).toBe(true);
		const without = await list(false);
		expect(without).toHaveLength(whole.length);
		expect(without.every((record) => !(rows in record))).toBe(true);
	});

	it.each(['get', 'getWithFiles'])('keeps its rows in invoice: %s', async (operation) => {
		const [{ id }] = await bench.json('invoice', 'getAll', { limit: 1 });
		const [invoice] = await bench.json('invoice', operation, { invoiceId: String(id), simple: true });
		expect(Object.keys(invoice)).toEqual(expect.arrayContaining(['invoiceNumber', 'partnerName', 'invoiceRows']));
	});
});

describe('Get Many', () => {
	it('returns 1,000 invoices with all details in at most 12 requests, including the token', async () => {
		const before = (await bench.json('invoice', 'getAll', { returnAll: true })).length;
		seed(1000 - before);
		bench.sandbox.journal.clear();
		const invoices = await bench.json('invoice', 'getAll', { returnAll: true, includeDetails: true, simple: false });
		expect(invoices).toHaveLength(1000);
		expect(new Set(ids(invoices)).size).toBe(1000);
		expect(rising(ids(invoices).reverse())).toBe(true);
		expect(invoices.every(({ invoiceRows, created }) => Array.isArray(invoiceRows) && created !== undefined)).toBe(
			true,
		);
		expect(bench.sandbox.journal.entries.length).toBeLessThanOrEqual(12);
	});

	it('stops at the limit without unnecessary requests', async () => {
		seed(1000);
		expect(await bench.json('invoice', 'getAll', { limit: 250 })).toHaveLength(250);
		expect(bench.asked()).toEqual(['GET /invoices', 'GET /invoices']);
		expect(bench.sandbox.journal.to('GET /invoices').map(({ query }) => query.size)).toEqual(['200', '200']);
	});

	it('returns the newest records first, or the oldest if that order is chosen', async () => {
		seed(500);
		const newest = ids(await bench.json('invoice', 'getAll', { returnAll: true }));
		expect(rising([...newest].reverse())).toBe(true);
		expect(ids(await bench.json('invoice', 'getAll', { limit: 60 }))).toEqual(newest.slice(0, 60));
		const oldest = await bench.json('invoice', 'getAll', { limit: 60, sort: 'orderById:ASC' });
		expect(ids(oldest)).toEqual([...newest].reverse().slice(0, 60));
	});

	it('keeps the requested order', async () => {
		seed(500);
		const newest = await bench.json('invoice', 'getAll', { limit: 300, sort: 'orderById:DESC' });
		expect(newest).toHaveLength(300);
		expect(rising(ids(newest).reverse())).toBe(true);
		const byDate = await bench.json('invoice', 'getAll', { limit: 300, sort: 'orderByDate:ASC' });
		const dates = byDate.map(({ date }) => String(date));
		expect(dates).toEqual([...dates].sort());
	});

	it('loses and repeats no record while new invoices arrive', async () => {
		seed(900);
		const before = new Set(ids(await bench.json('invoice', 'getAll', { returnAll: true })));
		const arriving = setInterval(() => bench.sandbox.backdoor.addInvoice(), 5);
		bench.sandbox.faults.add({ kind: 'latency', ms: 20, path: '/invoices', times: 0 });
		const read = ids(await bench.json('invoice', 'getAll', { returnAll: true }));
		clearInterval(arriving);
		expect(new Set(read).size).toBe(read.length);
		expect([...before].filter((id) => !read.includes(id))).toEqual([]);
	});

	it.each([
		['a 404', { emptyListAs404: true }],
		['an empty list', { emptyListAs404: false }],
	] as const)('returns no items if Procountor finds nothing and returns %s', async (_, switches) => {
		Object.assign(bench.sandbox.switches, switches);
		expect(await bench.json('invoice', 'getAll', { filters: { searchTerm: 'no such thing' } })).toEqual([]);
	});

	it.each(['exact', 'absent', 'pageOnly'] as const)('does not rely on totalCount (%s)', async (totalCount) => {
		bench.sandbox.switches.totalCount = totalCount;
		seed(450);
		expect((await bench.json('invoice', 'getAll', { returnAll: true })).length).toBeGreaterThanOrEqual(450);
	});

	it('sends every filter of the API', async () => {
		const filters = {
			businessPartnerId: '1',
			createdStartDate: '2026-09-01T00:00:00',
			createdEndDate: '2026-10-01T23:59:59',
			dueStartDate: '2026-01-01',
			dueEndDate: '2026-12-31',
			endDate: '2026-12-31',
			factoringContractId: '1',
			invoiceChannel: ['EMAIL', 'NO_SENDING'],
			invoiceNumber: 1,
			originalInvoiceNumber: 'A-1',
			productId: '1,2',
			searchTerm: 'kahvi',
			startDate: '2026-01-01',
			status: ['UNFINISHED', 'SENT'],
			types: ['SALES_ORDER'],
			versionStartDate: '2026-09-01T00:00:00',
			versionEndDate: '2026-10-01T23:59:59',
		};
		await bench.run('invoice', 'getAll', { show: 'offers', filters });
		const [{ query, valid }] = bench.sandbox.journal.to('GET /invoices');
		expect(valid).toBe(true);
		expect(
			Object.keys(query)
				.filter((name) => !['size', 'orderById', 'previousId'].includes(name))
				.sort(),
		).toEqual([...Object.keys(filters), 'isOffer'].sort());
		expect(query).toMatchObject({ status: 'UNFINISHED,SENT', isOffer: 'true', productId: '1,2' });
	});
});

describe('Get', () => {
	it('combines up to 200 items into one request, and keeps their order and pairing', async () => {
		seed(450);
		const wanted = ids(await bench.json('invoice', 'getAll', { returnAll: true })).reverse();
		bench.sandbox.journal.clear();
		const run = await bench.run(
			'invoice',
			'get',
			{ invoiceId: '={{ $json.id }}' },
			{ items: wanted.map((id) => ({ id })) },
		);
		expect(ids(run.items[0].map(({ json }) => json))).toEqual(wanted);
		expect(run.items[0].map(({ pairedItem }) => pairedItem)).toEqual(wanted.map((_, item) => ({ item })));
		expect(bench.asked()).toEqual(
			Array.from({ length: Math.ceil(wanted.length / 200) }, () => 'GET /invoices/{invoiceId}'),
		);
	});

	it('returns several IDs of one item in the given order', async () => {
		const [first, second] = ids(await bench.json('invoice', 'getAll', { limit: 2 }));
		expect(ids(await bench.json('invoice', 'get', { invoiceId: `${second}, ${first}` }))).toEqual([second, first]);
	});

	it('reports a missing record and returns the others if the workflow continues on errors', async () => {
		const [id] = ids(await bench.json('invoice', 'getAll', { limit: 1 }));
		const run = await bench.run(
			'invoice',
			'get',
			{ invoiceId: '={{ $json.id }}' },
			{ items: [{ id }, { id: 987654 }], settings: { onError: 'continueRegularOutput' } },
		);
		expect(run.items[0][0].json.id).toBe(id);
		expect(run.items[0][1].json.error).toBe('Procountor has no such record: invoice 987654');
	});
});
