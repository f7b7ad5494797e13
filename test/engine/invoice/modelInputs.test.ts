/** Values in the formats that AI models send. */
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

describe('Input from an AI model', () => {
	it.each([
		['a list', rows],
		['a list as text', JSON.stringify(rows)],
		['a list in an object', { rows }],
		['a list in an object as text', JSON.stringify({ invoiceRows: rows })],
		['JSON text that is encoded twice', JSON.stringify(JSON.stringify(rows))],
		['a single row', rows[0]],
	])('is accepted as rows of a sales invoice: %s', async (_, invoiceRowsJson) => {
		const [created] = await bench.json('invoice', 'create', { ...invoice, invoiceRowsJson } as never);
		expect(created.id).toEqual(expect.any(Number));
		expect(bench.sandbox.journal.to('POST /invoices')).toHaveLength(1);
	});

	it('leads to a hint about the name field if the customer ID is a name', async () => {
		const partnerId = { __rl: true, mode: 'id', value: 'Kahvila Aurinko' };
		const { error } = await bench.run('invoice', 'create', { ...invoice, partnerId, invoiceRowsJson: rows } as never);
		expect(error?.message).toBe('Customer is not an ID: "Kahvila Aurinko"');
		expect(error?.description).toContain("leave 'Customer' empty and enter the name in 'Customer Name'");
	});

	it('leads to an error with all allowed values if a value is unknown', async () => {
		const { error } = await bench.run('attachment', 'getAll', { filters: { type: 'INVOICE' } });
		expect(error?.description).toContain('REFERENCE_PAYMENT_EVENT');
	});
});
