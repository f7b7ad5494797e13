/** Values in the forms in which AI models hand them over. */
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const rows = [{ product: 'Kahvi', quantity: 1, unit: 'PIECE', unitPrice: 12.5, vatPercent: 25.5, discountPercent: 0 }];
const invoice = {
	counterPartyName: 'Kahvila Aurinko',
	date: '2026-10-01',
	dueDate: '2026-10-15',
	bankAccount: 'FI2112345600000785',
	specifyRows: 'json',
};

describe('A sales invoice of an AI model', () => {
	it.each([
		['a list', rows],
		['a list as text', JSON.stringify(rows)],
		['a list in an object', { rows }],
		['a list in an object as text', JSON.stringify({ invoiceRows: rows })],
		['a text of a text', JSON.stringify(JSON.stringify(rows))],
		['one row', rows[0]],
	])('has its rows read from %s', async (_, invoiceRowsJson) => {
		const [created] = await bench.json('invoice', 'create', { ...invoice, invoiceRowsJson } as never);
		expect(created.id).toEqual(expect.any(Number));
		expect(bench.sandbox.journal.to('POST /invoices')).toHaveLength(1);
	});

	it('says what to enter instead of a name', async () => {
		const partnerId = { __rl: true, mode: 'id', value: 'Kahvila Aurinko' };
		const { error } = await bench.run('invoice', 'create', { ...invoice, partnerId, invoiceRowsJson: rows } as never);
		expect(error?.message).toBe('Customer is not an ID: "Kahvila Aurinko"');
		expect(error?.description).toContain("leave 'Customer' empty and enter the name in 'Customer Name'");
	});

	it('names all values of a long list', async () => {
		const { error } = await bench.run('attachment', 'getAll', { filters: { type: 'INVOICE' } });
		expect(error?.description).toContain('REFERENCE_PAYMENT_EVENT');
	});
});
