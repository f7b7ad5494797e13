import type { IDataObject } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

/** The newest statement, and its first event that is not allocated yet. */
async function newest(): Promise<{
	statement: IDataObject;
	event: IDataObject;
	place: { statementId: string; eventId: string };
}> {
	const [statement] = await bench.json('bankStatement', 'getAll', {
		limit: 1,
		sort: 'orderByStartDate:DESC',
	});
	const event = (statement.events as IDataObject[]).find(({ allocated }) => allocated === false) as IDataObject;
	return { statement, event, place: { statementId: String(statement.id), eventId: String(event.id) } };
}

describe('Bank statement', () => {
	it('allocates an event to an invoice, which records the payment, and removes the allocation', async () => {
		const { event, place } = await newest();
		const { id: invoiceId } = bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' });
		expect(
			await bench.json('bankStatement', 'allocateInvoice', { ...place, invoiceId: byId(invoiceId) }),
		).toMatchObject([{ statementId: Number(place.statementId), eventId: event.id, message: expect.any(String) }]);
		expect(bench.sandbox.journal.to('PUT /bankstatements/{statementId}/events/{eventId}/invoices').at(-1)?.body).toBe(
			invoiceId,
		);
		expect((await newestEvent(event.id)).invoiceId).toBe(invoiceId);
		expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(invoiceId) })).toMatchObject([
			{ paidAmount: event.sum },
		]);

		expect(await bench.json('bankStatement', 'removeInvoice', place)).toEqual([{ deleted: true }]);
		expect((await newestEvent(event.id)).invoiceId).toBeUndefined();
	});

	it('posts an event with a product or with rows', async () => {
		const { event, place } = await newest();
		const [{ id: productId }] = await bench.json('product', 'getAll', { limit: 1, show: 'PURCHASE' });
		await bench.json('bankStatement', 'allocateProduct', { ...place, productId: byId(productId) });
		expect((await newestEvent(event.id)).productId).toBe(productId);
		await bench.json('bankStatement', 'removeProduct', place);
		expect((await newestEvent(event.id)).productId).toBeUndefined();

		await bench.json('bankStatement', 'setRows', {
			...place,
			specifyRows: 'fields',
			rows: {
				row: [{ sum: 12.4, vatPercentage: 0, vatStatus: '12', ledgerAccountCode: '8500', comment: 'Pankkikulut' }],
			},
		});
		expect((await newestEvent(event.id)).allocationMetadataRows).toMatchObject([
			{ sum: 12.4, vatPercentage: 0, comment: 'Pankkikulut', ledgerAccount: { ledgerAccountCode: '8500' } },
		]);
		await bench.json('bankStatement', 'removeRows', place);
		expect((await newestEvent(event.id)).allocationMetadataRows).toEqual([]);
	});

	it('is found by account and day, and the account is sent in a header', async () => {
		const all = await bench.json('bankStatement', 'getAll', { returnAll: true });
		expect(all.map(({ startDate }) => startDate)).toEqual(['2026-09-01', '2026-08-01']);
		const accountNumber = String(all[0].accountNumber);
		expect(
			await bench.json('bankStatement', 'getAll', {
				returnAll: true,
				filters: { accountNumber, startDate: '2026-09-01' },
			}),
		).toMatchObject([{ id: all[0].id }]);
		const { headers, query } = bench.sandbox.journal.to('GET /bankstatements').at(-1) ?? {};
		expect(headers).toMatchObject({ accountnumber: accountNumber });
		expect(query).not.toHaveProperty('accountNumber');
	});

	it('reports the row and the field that Procountor rejects', async () => {
		const { place } = await newest();
		const run = await bench.run('bankStatement', 'setRows', {
			...place,
			specifyRows: 'json',
			rowsJson: '[{"sum": 10, "vatPercentage": 25.5, "vatStatus": 12}]',
		});
		expect(run.error?.message).toBe('Row 1, VAT %: The VAT rate is not allowed with the VAT status');
		const missing = await bench.run('bankStatement', 'setRows', {
			...place,
			specifyRows: 'json',
			rowsJson: '[{"vatPercentage": 0}]',
		});
		expect(missing.error?.message).toContain('is missing');
		const wrong = await bench.run('bankStatement', 'allocateInvoice', { ...place, invoiceId: byId('1/../2') });
		expect(wrong.error?.message).toContain('Invoice');
		expect(bench.sandbox.journal.to('PUT /bankstatements/{statementId}/events/{eventId}/invoices')).toEqual([]);
	});
});

async function newestEvent(id: unknown): Promise<IDataObject> {
	const { statement } = await newest();
	return (statement.events as IDataObject[]).find((event) => event.id === id) as IDataObject;
}
