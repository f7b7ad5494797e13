/** A search response without a list must not count as an empty list, or the record would be created twice. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

interface Kind {
	resource: string;
	operation: string;
	/** The list that is searched, and the path of the create. */
	list: string;
	parameters: INodeParameters;
}
const kinds: Record<string, Kind> = {
	invoice: {
		resource: 'invoice',
		operation: 'create',
		list: '/invoices',
		parameters: {
			date: '2026-10-01',
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: 'ZZ-1',
			specifyRows: 'json',
			invoiceRowsJson: JSON.stringify([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
		},
	},
	journal: {
		resource: 'ledgerReceipt',
		operation: 'create',
		list: '/ledgerreceipts',
		parameters: {
			receiptDate: '2026-10-01',
			vatType: 'SALES',
			name: 'ZZ-1',
			specifyRows: 'json',
			transactionsJson: JSON.stringify([
				{ account: '1910', accountingValue: 100 },
				{ account: '3900', accountingValue: -100 },
			]),
		},
	},
	'business partner': {
		resource: 'businessPartner',
		operation: 'upsert',
		list: '/businesspartners',
		parameters: { matchBy: 'customerNumber', matchValue: 'ZZ-1', type: 'CUSTOMER', name: 'Kahvila' },
	},
	product: {
		resource: 'product',
		operation: 'upsert',
		list: '/products',
		parameters: {
			code: 'ZZ-1',
			name: 'Kuppi',
			type: 'SALES',
			additionalFields: { unit: 'PIECE', price: 3.5, vatPercent: 25.5 },
		},
	},
	person: {
		resource: 'person',
		operation: 'upsert',
		list: '/persons',
		parameters: { personNumber: 'ZZ-1', firstName: 'Maija', lastName: 'Virtanen', name: 'Maija Virtanen' },
	},
};
const answers: Record<string, { status: number; body: IDataObject }> = {
	'an empty object': { status: 200, body: {} },
	'a message': { status: 200, body: { message: 'Service break' } },
	'results: null': { status: 200, body: { results: null, meta: { totalCount: 0 } } },
	'a 404': { status: 404, body: { errors: [{ status: 404, message: 'Not found' }] } },
};

const posts = (list: string): number => bench.asked().filter((call) => call === `POST ${list}`).length;

describe.each(Object.keys(kinds))('Create of an existing %s', (name) => {
	const { resource, operation, list, parameters } = kinds[name];
	it.each(Object.keys(answers))('creates no duplicate if one search returns %s', async (answer) => {
		const [first] = await bench.json(resource, operation, parameters);
		bench.sandbox.faults.add({ kind: 'status', ...answers[answer], method: 'GET', path: list });
		const [second] = await bench.json(resource, operation, parameters);
		expect(second.id).toBe(first.id);
		expect(posts(list)).toBe(1);
	});
});

it('A search that never returns a list is an error, and nothing is created', async () => {
	const { resource, operation, list, parameters } = kinds.invoice;
	bench.sandbox.faults.add({ kind: 'status', ...answers['an empty object'], method: 'GET', path: list, times: 0 });
	const { error } = await bench.run(resource, operation, parameters);
	expect(error?.message).toBe('Procountor returned no list for GET /invoices: {}');
	expect(posts(list)).toBe(0);
});

it('Get Many reports a response without a list, also for lists without pages', async () => {
	for (const [resource, path] of [
		['invoice', '/invoices'],
		['dimension', '/dimensions'],
	]) {
		bench.sandbox.faults.add({ kind: 'status', ...answers['a message'], method: 'GET', path, times: 0 });
		const { error } = await bench.run(resource, 'getAll', { returnAll: true });
		expect(error?.message).toMatch(/^Procountor returned no list for .*: Service break$/);
	}
});
