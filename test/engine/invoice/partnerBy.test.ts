/** A customer or supplier identified by data of a shop or another system. */
import type { IDataObject } from 'n8n-workflow';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const by = async (mode: string, value: string, operation = 'create') =>
	await bench.run('invoice', operation, {
		partnerId: { __rl: true, mode, value },
		date: '2026-10-01',
		specifyRows: 'fields',
		invoiceRows: { row: [{ product: 'Kahvi', unitPrice: '10', vatPercent: '25,5' }] },
		simple: false,
	});
const customer = async (): Promise<IDataObject> =>
	(await bench.json('businessPartner', 'getAll', { simple: false, filters: { customerNumber: '1001' } }))[0];

describe('Customer of a new invoice', () => {
	it('is found by customer number, business ID, or name in different spellings', async () => {
		const { name, invoicingInfo } = await customer();
		const identifier = String((invoicingInfo as IDataObject).identifier);
		const digits = identifier.replace(/\D/g, '');
		const ways: Array<[string, string]> = [
			['customerNumber', ' 1001 '],
			['identifier', identifier],
			['identifier', `FI${digits}`],
			['name', String(name)],
			['name', String(name).toUpperCase()],
		];
		for (const [mode, value] of ways) {
			const { error, items } = await by(mode, value);
			expect({ mode, value, error: error?.message }).toEqual({ mode, value, error: undefined });
			expect(items[0][0].json).toMatchObject({ partnerId: 501 });
		}
	});

	it('is refused if no partner of the right type has exactly that number', async () => {
		for (const value of ['9999', '100']) {
			expect((await by('customerNumber', value)).error?.message).toBe(
				`Customer is not in the register: no customer has the customer number "${value}"`,
			);
		}
		expect((await by('customerNumber', '1001', 'createPurchase')).error?.message).toBe(
			'Supplier is not in the register: no supplier has the customer number "1001"',
		);
		expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
	});

	it('is refused if two customers have the same name', async () => {
		const { name } = await customer();
		const { id } = (
			await bench.json('businessPartner', 'upsert', {
				matchBy: 'customerNumber',
				matchValue: '1001-B',
				type: 'CUSTOMER',
				name: String(name),
			})
		)[0];
		expect((await by('name', String(name))).error?.message).toContain(
			`Customer is not clear: 2 have the name "${String(name)}" (IDs 501, ${String(id)})`,
		);
	});
});
