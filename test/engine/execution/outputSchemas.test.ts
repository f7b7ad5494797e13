import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Procountor/resources';
import { outputSchemaOf, schemaFaults, schemaFolder } from '../outputSchema';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

/** Operations whose fields the contract does not tell. */
const UNKNOWN = ['businessPartner/updateIfUnchanged', 'dimension/updateItem'];

/** Resources of the most used operations: the package has room for their schemas alone. */
const used = resources.filter(({ value }) => existsSync(join(schemaFolder, value)));

/** Lists that need nothing but their name. */
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
			'businessPartner',
			'dimension',
			'invoice',
			'ledgerReceipt',
			'payment',
			'person',
			'product',
		]);
		const without = used.flatMap(({ value, operations }) =>
			Object.entries(operations)
				.filter(([key, { kind }]) => !['job', 'download', 'delete'].includes(kind) && !outputSchemaOf(value, key))
				.map(([key]) => `${value}/${key}`),
		);
		expect(without).toEqual(UNKNOWN);
	});

	it.each([...lists, ...others])('of %s: %s fits real items', async (resource, operation, parameters) => {
		const schema = outputSchemaOf(resource, operation);
		const { items, error } = await bench.run(resource, operation, parameters);
		expect(error?.message).toBeUndefined();
		expect(schema).toBeDefined();
		const records = items[0].map(({ json }) => json);
		if (schema) expect(schemaFaults(schema, records)).toEqual([]);
	});
});
