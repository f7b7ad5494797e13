import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Procountor/resources';
import { outputSchemaOf, schemaFaults, schemaFolder } from '../outputSchema';
import { JOB_FIELDS } from '../../../scripts/jobFields';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

/** Operations whose response fields the contract does not define. */
const UNKNOWN = ['businessPartner/updateIfUnchanged', 'dimension/updateItem'];

/** The most used resources. Only they have schemas, which limits the size of the package. */
const used = resources.filter(({ value }) => existsSync(join(schemaFolder, value)));

/** Lists without required fields. */
const lists = used.flatMap(({ value, operations }) =>
	Object.entries(operations)
		.filter(([, { kind, fields }]) => kind === 'list' && !fields.some(({ required }) => required))
		.map(([key]): [string, string, INodeParameters] => [value, key, { limit: 30 }]),
);

const partner = { name: 'Uusi Oy', type: 'CUSTOMER', street: 'Tie 1' };
const others: Array<[string, string, INodeParameters]> = [
	['invoice', 'get', { invoiceId: '100001' }],
	['ledgerReceipt', 'get', { receiptId: '200061' }],
	['businessPartner', 'get', { businessPartnerId: byId(501) }],
	['product', 'get', { productId: byId(301) }],
	['person', 'get', { personId: byId(519) }],
	[
		'invoice',
		'create',
		{
			partnerId: byId(501),
			specifyRows: 'json',
			invoiceRowsJson: '[{"product":"Koulutus","quantity":2,"unitPrice":95,"vatPercent":25.5}]',
		},
	],
	['businessPartner', 'create', partner],
];

describe('Output schema', () => {
	it('exists for every plain operation of the most used resources', () => {
		expect(used.map(({ value }) => value).sort()).toEqual([
			'attachment',
			'bankStatement',
			'businessPartner',
			'dimension',
			'invoice',
			'ledgerAccount',
			'ledgerReceipt',
			'payment',
			'paymentEvent',
			'person',
			'product',
			'referencePayment',
			'report',
		]);
		const without = used.flatMap(({ value, operations }) =>
			Object.entries(operations)
				.filter(([key, { kind }]) => !['job', 'download', 'delete'].includes(kind) && !outputSchemaOf(value, key))
				.map(([key]) => `${value}/${key}`),
		);
		expect(without).toEqual(UNKNOWN);
	});

	it.each([...lists, ...others])('fits real items of %s: %s', async (resource, operation, parameters) => {
		const schema = outputSchemaOf(resource, operation);
		const { items, error } = await bench.run(resource, operation, parameters);
		expect(error?.message).toBeUndefined();
		expect(schema).toBeDefined();
		const records = items[0].map(({ json }) => json);
		if (schema) expect(schemaFaults(schema, records)).toEqual([]);
	});

	const days = { startDate: '2026-09-01', endDate: '2026-09-30' };
	const jobs: Record<string, () => INodeParameters> = {
		'invoice/approve': () => ({ invoiceId: byId(bench.sandbox.backdoor.addInvoice().id) }),
		'invoice/getOpenInvoices': () => ({}),
		'invoice/getWaiting': () => ({}),
		'invoice/getWithFiles': () => ({ invoiceId: '100001' }),
		'invoice/send': () => ({ invoiceId: byId(bench.sandbox.backdoor.addInvoice({}, { status: 'NOT_SENT' }).id) }),
		'ledgerReceipt/getLedgerRows': () => days,
		'paymentEvent/markAsPaid': () => ({
			invoiceId: byId(bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' }).id),
			paymentDate: '2026-10-01',
		}),
		'report/getAccounting': () => ({ reportType: 'BALANCE_SHEET', endDate: '2026-09-30' }),
		'report/getGeneralLedger': () => ({ ledgerAccount: byId(3000), ...days }),
		'report/getLedgerAccounts': () => days,
	};

	it.each(Object.keys(JOB_FIELDS))('has exactly the fields of real items of the job %s', async (name) => {
		const [resource, operation] = name.split('/');
		const { items, error } = await bench.run(resource, operation, jobs[name]());
		expect(error?.message).toBeUndefined();
		// A company names its dimensions itself.
		const records = items[0].map(({ json: { Kustannuspaikka: _, Projekti: _other, ...json } }) => json);
		expect(schemaFaults(outputSchemaOf(resource, operation) ?? { type: 'none' }, records)).toEqual([]);
		const seen = new Set(records.flatMap((record) => Object.keys(record)));
		expect(Object.keys(JOB_FIELDS[name]).filter((field) => !seen.has(field))).toEqual([]);
	});
});
