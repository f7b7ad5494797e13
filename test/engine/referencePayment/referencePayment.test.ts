import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { vatStatusesOf } from '../../sandbox/records/accounts';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const rows = {
	specifyRows: 'fields',
	rows: {
		row: [{ sum: 150, vatPercentage: 25.5, vatStatus: '1', ledgerAccountCode: '3000', comment: 'Käteismyynti' }],
	},
};

it('A payment with an unknown reference is posted with rows, and the rows are removed again', async () => {
	const all = await bench.json('referencePayment', 'getAll', { returnAll: true });
	const unknown = all.find(({ allocated }) => allocated === false);
	expect(unknown).toMatchObject({ name: 'Tuntematon Maksaja', sum: 150 });
	const referencePaymentId = String(unknown?.id);

	expect(await bench.json('referencePayment', 'setRows', { referencePaymentId, ...rows })).toMatchObject([
		{ referencePaymentId: unknown?.id, message: expect.any(String) },
	]);
	const read = async () =>
		(await bench.json('referencePayment', 'getAll', { returnAll: true, simple: false })).find(
			({ id }) => id === unknown?.id,
		);
	expect((await read())?.allocationMetadataRows).toMatchObject([
		{ sum: 150, vatPercentage: 25.5, ledgerAccount: { ledgerAccountCode: '3000' } },
	]);
	expect(await bench.json('referencePayment', 'removeRows', { referencePaymentId })).toEqual([{ deleted: true }]);
	expect((await read())?.allocationMetadataRows).toEqual([]);
});

it('The account filter is sent both as a header and as a query parameter', async () => {
	const [{ accountNumber }] = await bench.json('referencePayment', 'getAll', { limit: 1 });
	expect(
		(
			await bench.json('referencePayment', 'getAll', {
				returnAll: true,
				filters: { accountNumber: String(accountNumber), startDate: '2026-09-01', endDate: '2026-09-30' },
			})
		).length,
	).toBeGreaterThan(0);
	const { headers, query } = bench.sandbox.journal.to('GET /referencepayments').at(-1) ?? {};
	expect([headers?.accountnumber, query?.accountNumber]).toEqual([accountNumber, accountNumber]);
	expect(
		await bench.json('referencePayment', 'getAll', {
			returnAll: true,
			filters: { accountNumber: 'FI2112345600000785' },
		}),
	).toEqual([]);
});

it('Rows for a missing payment and rows with an unknown account are rejected with the reason', async () => {
	expect((await bench.run('referencePayment', 'setRows', { referencePaymentId: '1', ...rows })).error).toMatchObject({
		message: 'Procountor has no such record: reference payment 1',
		httpCode: '404',
	});
	const [{ id }] = await bench.json('referencePayment', 'getAll', { limit: 1 });
	const unknownAccount = { specifyRows: 'json', rowsJson: [{ sum: 1, vatPercentage: 0, ledgerAccountCode: '0001' }] };
	expect(
		(await bench.run('referencePayment', 'setRows', { referencePaymentId: String(id), ...unknownAccount })).error
			?.message,
	).toMatch(/^Row 1, .*Ledger account does not exist/);
});

it.each([
	['a VAT status for purchases only', { vatStatus: 29 }, /^Row 1, VAT Status: VAT status is not in use/],
	['an unknown VAT status', { vatStatus: 99 }, /^Row 1, VAT Status: VAT status is not in use/],
	['a VAT rate with a VAT status that allows none', { vatStatus: 22, vatPercentage: 25.5 }, /^Row 1, VAT %/],
])('Rows with %s are rejected with the reason, and nothing is posted', async (_, change, message) => {
	vatStatusesOf(bench.sandbox.world.company(DEMO.companyId)).push({
		vatStatus: 29,
		description: 'Ostot',
		sales: false,
		purchase: true,
		domestic: true,
	});
	const [{ id }] = await bench.json('referencePayment', 'getAll', { limit: 1 });
	const rowsJson = [{ sum: 1, vatPercentage: 0, ledgerAccountCode: '3000', ...change }];
	const set = async (given: IDataObject[]) =>
		await bench.run('referencePayment', 'setRows', {
			referencePaymentId: String(id),
			specifyRows: 'json',
			rowsJson: given as unknown as INodeParameters,
		});
	expect((await set(rowsJson)).error?.message).toMatch(message);
	const [read] = await bench.json('referencePayment', 'getAll', { limit: 1, simple: false });
	expect(read.allocationMetadataRows).toEqual([]);
	// The same row with a status for sales is accepted.
	expect((await set([{ ...rowsJson[0], vatStatus: 1 }])).error).toBeUndefined();
});
