/** After a failure, no request is sent once the node has ended. */
import { byId, startBench, type Bench } from '../engine/support';
import { rawBench } from './raw';
import { json } from './rawServer';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1 }));
const aWhile = async () => await new Promise((resolve) => setTimeout(resolve, 700));

describe('A failed run that reads', () => {
	const raw = rawBench();
	const refused = { errors: [{ status: 403, message: 'Forbidden' }] };

	it('sends none of the batches that were still queued', async () => {
		raw.server.answer = (_, response) => json(response, refused, 403);
		const run = await raw.run(
			'invoice',
			'get',
			{ invoiceId: '={{ $json.id }}' },
			{ items: many(10_000), credential: raw.apiKey({ requestsPerSecond: 20 }) },
		);
		expect(run.error?.message).toMatch(/does not allow the request for invoice/);
		await aWhile();
		// Of the 50 batches, 16 were under way, and some took the place of the first ones that ended.
		expect(raw.server.requests.length).toBeLessThan(32);
	});

	it('requests no details of a list that it could not read', async () => {
		raw.server.answer = ({ path, query }, response) => {
			if (path !== '/invoices') return json(response, []);
			if (query.get('orderById') === 'DESC') return json(response, refused, 403);
			json(response, { results: many(100), meta: { pageSize: 100 } });
		};
		const run = await raw.run('invoice', 'getAll', { returnAll: true, includeDetails: true });
		expect(run.error?.message).toMatch(/does not allow/);
		await aWhile();
		// The rights explain why the list was rejected.
		expect(raw.server.requests.map(({ path }) => path)).toEqual(['/invoices', '/invoices', '/users/rights']);
	});
});

describe('A failed run with parallel writes', () => {
	let bench: Bench;
	beforeAll(async () => void (bench = await startBench()));
	afterAll(async () => await bench.close());

	it('ends only after all pending writes have ended', async () => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, message: 'refused' }] },
			method: 'POST',
			path: '/ledgerreceipts',
		});
		bench.sandbox.faults.add({ kind: 'latency', ms: 300, method: 'POST', path: '/ledgerreceipts', times: 0, after: 1 });
		const transactionsJson = JSON.stringify(
			[
				{ account: '8500', accountingValue: 10, vatPercent: 0 },
				{ account: '1910', accountingValue: -10, vatPercent: 0 },
			].map((row) => ({ transactionType: 'ENTRY', ...row })),
		);
		const run = await bench.run(
			'ledgerReceipt',
			'create',
			{
				name: '={{ "Kahvi " + $json.id }}',
				receiptDate: '2026-10-02',
				specifyRows: 'json',
				transactionsJson,
				safetyFields: { order: 'together' },
			},
			{ items: many(4) },
		);
		expect(run.error).toBeDefined();
		const asked = bench.sandbox.journal.entries.length;
		const made = bench.sandbox.journal
			.to('POST /ledgerreceipts')
			.filter(({ status }) => status === 201 || status === 200).length;
		await aWhile();
		expect(bench.sandbox.journal.to('POST /ledgerreceipts')).toHaveLength(4);
		expect(
			bench.sandbox.journal.to('POST /ledgerreceipts').filter(({ status }) => status === 201 || status === 200),
		).toHaveLength(made);
		expect(bench.sandbox.journal.entries).toHaveLength(asked);
	});
});

describe('A failure after which the workflow continues', () => {
	const raw = rawBench();
	beforeEach(
		() =>
			void (raw.server.answer = ({ path, method }, response) =>
				method === 'GET' ? json(response, { id: 1 }) : json(response, {}, path === '/invoices/2/approve' ? 502 : 200)),
	);
	const approve = async (onError: 'continueRegularOutput' | 'continueErrorOutput') =>
		(
			await raw.run(
				'invoice',
				'approve',
				{ invoiceId: byId('={{ $json.id }}') },
				{ items: many(3), settings: { onError } },
			)
		).items;
	const failure = {
		error: expect.stringMatching(/^It is unclear whether Procountor carried out the request for invoice 2/),
		message: expect.stringMatching(/Check in Procountor/),
	};

	it('reports what happened and what to do, in the place of its item', async () => {
		const [items] = await approve('continueRegularOutput');
		expect(items.map(({ json: made }) => made)).toEqual([
			expect.objectContaining({ changed: true }),
			failure,
			expect.objectContaining({ changed: true }),
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('goes to the error output with its item', async () => {
		const [good, bad] = await approve('continueErrorOutput');
		expect(good.map(({ json: made, pairedItem }) => [made.changed, pairedItem])).toEqual([
			[true, { item: 0 }],
			[true, { item: 2 }],
		]);
		expect(bad).toEqual([expect.objectContaining({ json: { id: 2, ...failure }, pairedItem: { item: 1 } })]);
	});
});
