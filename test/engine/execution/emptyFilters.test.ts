/** Filters whose expression returns nothing, in every operation with filters, and fields that mean 'today' if they are empty. */
import type { INodeParameters, IPairedItemData } from 'n8n-workflow';
import { collectionOf } from '../../../nodes/Procountor/engine/collections';
import type { Field, Operation } from '../../../nodes/Procountor/engine/types';
import { resources } from '../../../nodes/Procountor/resources';
import { fillingsOf } from '../reach/parameters';
import { byId, startBench, type Bench } from '../support';

let samples: Bench;
let rules: Bench;
beforeAll(async () => {
	samples = await startBench({ samplesOnly: true });
	rules = await startBench();
});
beforeEach(() => rules.sandbox.reset());
afterAll(async () => {
	await samples.close();
	await rules.close();
	process.stdout.write(`empty filters: ${JSON.stringify(counts)}\n`);
});

const counts = { operations: 0, filters: 0, refused: 0, ignored: 0, nothing: 0 };

/** Expressions that return nothing. */
const NOTHING = ['={{ $json.missing }}', '={{ null }}', "={{ '' }}", '={{ [] }}', "={{ ' ' }}", '={{ [null, ""] }}'];

const operations = resources.flatMap(({ value, operations: all }) =>
	Object.entries(all)
		.filter(([, { optional }]) => optional.some(({ name }) => name === 'emptyFilter'))
		.map(([key, operation]): [string, string, Operation] => [value, key, operation]),
);

/** The operation's parameters with a value in one filter. */
function withFilter(
	operation: Operation,
	{ name, listSearch: pick }: Field,
	value: string,
	emptyFilter?: string,
): INodeParameters {
	const required = fillingsOf(operation)[0].parameters;
	const stored = pick ? { __rl: true, mode: 'id', value } : value;
	const choice = emptyFilter === undefined ? {} : { emptyFilter };
	if (operation.fields.some((field) => field.name === name))
		return { ...required, [name]: stored, [collectionOf(operation).name]: choice };
	return { ...required, [collectionOf(operation).name]: { [name]: stored, ...choice } };
}

const filtersOf = ({ fields, optional }: Operation): Field[] =>
	[...fields, ...optional].filter(({ name, required }) => !required && name !== 'emptyFilter');

describe('Empty filter', () => {
	it('has an option in every list with filters', () => {
		const lists = resources.flatMap(({ value, operations: all }) =>
			Object.entries(all)
				.filter(([, { kind, optional }]) => kind === 'list' && optional.some(({ in: place }) => place !== 'setting'))
				.map(([key]) => `${value} ${key}`),
		);
		const names = operations.map(([resource, key]) => `${resource} ${key}`);
		expect(lists.filter((name) => !names.includes(name))).toEqual([]);
		expect(names).toEqual(
			expect.arrayContaining(['invoice getOpenInvoices', 'ledgerReceipt getLedgerRows', 'report getAccounting']),
		);
	});

	it.each(operations)('makes %s: %s stop, ignore it or return no items', async (resource, key, operation) => {
		counts.operations++;
		for (const [index, field] of filtersOf(operation).entries()) {
			counts.filters++;
			const value = NOTHING[index % NOTHING.length];
			samples.sandbox.journal.clear();
			const stopped = await samples.run(resource, key, withFilter(operation, field, value));
			expect(stopped.error?.message).toContain(`${field.label} is empty: its expression returned nothing`);
			counts.refused++;
			const nothing = await samples.run(resource, key, withFilter(operation, field, value, 'nothing'));
			expect([nothing.error?.message, nothing.items[0] ?? []]).toEqual([undefined, []]);
			expect(samples.asked()).toEqual([]);
			counts.nothing++;
			const ignored = await samples.run(resource, key, withFilter(operation, field, value, 'ignore'));
			expect(ignored.error?.message).toBeUndefined();
			expect(samples.asked().length).toBeGreaterThan(0);
			counts.ignored++;
		}
	});

	it.each(NOTHING)('is refused if its expression is %s', async (value) => {
		for (const filters of [{ status: value }, { searchTerm: value }, { startDate: value }, { types: value }]) {
			const run = await rules.run('invoice', 'getAll', { returnAll: true, filters });
			expect(run.error?.message).toMatch(/ is empty: its expression returned nothing/);
		}
		expect(rules.asked()).toEqual([]);
	});

	it('fails only its own item if the workflow continues on errors', async () => {
		const items = [{ term: 'Kahvi' }, {}, { term: 'Paahtimo' }];
		const parameters = { filters: { searchTerm: '={{ $json.term }}' } };
		const run = await rules.run('invoice', 'getAll', parameters, {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		const errors = run.items[0].filter(({ json }) => json.error !== undefined);
		expect(errors.map(({ pairedItem, json }) => [pairedItem, json.error])).toEqual([
			[{ item: 1 }, expect.stringContaining('is empty: its expression returned nothing')],
		]);
		const found = (item: number) =>
			run.items[0].filter(
				({ pairedItem, json }) => (pairedItem as IPairedItemData).item === item && json.id !== undefined,
			);
		expect(found(0).length).toBeGreaterThan(0);
		expect(found(2).length).toBeGreaterThan(0);
		expect(rules.sandbox.journal.to('GET /invoices').map(({ query }) => query.searchTerm)).toEqual([
			'Kahvi',
			'Paahtimo',
		]);
	});

	it('is ignored if nothing was entered or an AI agent left it empty', async () => {
		const all = await rules.json('invoice', 'getAll', { returnAll: true });
		const blank = await rules.json('invoice', 'getAll', {
			returnAll: true,
			filters: { searchTerm: '', startDate: '' },
		});
		const agent = await rules.json('invoice', 'getAll', {
			returnAll: true,
			filters: { searchTerm: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('term', '', 'string', '') }}" },
		});
		expect([blank.length, agent.length]).toEqual([all.length, all.length]);
	});

	it('is not confused with the value false', async () => {
		await rules.json('businessPartnerGroup', 'getAll', { filters: { active: '={{ false }}' } });
		expect(rules.sandbox.journal.entries.at(-1)?.query).toMatchObject({ active: 'false' });
	});

	it('is not confused with the value zero', async () => {
		expect(await rules.json('attachment', 'getAll', { filters: { maxSize: '={{ 0 }}' } })).toEqual([]);
		expect(rules.sandbox.journal.entries.at(-1)?.query).toMatchObject({ maxSize: '0' });
		await rules.json('attachment', 'getAll', { filters: { minSize: '={{ 0 }}' } });
		expect(rules.sandbox.journal.entries.at(-1)?.query).toMatchObject({ minSize: '0' });
	});

	it('is also refused in the fields Show and Limit', async () => {
		const show = await rules.run('product', 'getAll', { show: '={{ $json.type }}' });
		expect(show.error?.message).toContain('is empty: its expression returned nothing');
		const unknown = await rules.run('product', 'getAll', { show: '={{ "SAILS" }}' });
		expect(unknown.error?.message).toContain("has no choice 'SAILS'");
		const limit = await rules.run('invoice', 'getAll', { limit: '={{ $json.limit }}' });
		expect(limit.error?.message).toContain('Limit is empty: its expression returned nothing');
	});
});

describe('Field whose empty value means today, all or the open amount', () => {
	const rows = { invoiceRows: { row: [{ product: 'Kahvi', quantity: '1', unitPrice: '10', vatPercent: '25.5' }] } };
	const sale = { counterPartyName: 'Kahvila', ...rows };
	const transactions = { row: [{ account: byId('1910'), accountingValue: '0', vatPercent: '0' }] };
	const cases: Array<[string, string, string, INodeParameters]> = [
		['Invoice Date', 'invoice', 'create', { ...sale, date: '={{ $json.day }}' }],
		['Invoice Date', 'invoice', 'createOrder', { ...sale, date: '={{ $json.day }}' }],
		['Receipt Date', 'ledgerReceipt', 'create', { name: 'Myynti', transactions, receiptDate: '={{ $json.day }}' }],
		['Credit Date', 'invoice', 'credit', { invoiceId: byId(1), date: '={{ $json.day }}' }],
		['Payment Date', 'paymentEvent', 'markAsPaid', { invoiceId: byId(1), paymentDate: '={{ $json.day }}' }],
		['Amount', 'paymentEvent', 'markAsPaid', { invoiceId: byId(1), amount: '={{ $json.sum }}' }],
		['Files From Fields', 'attachment', 'uploadMany', { recordId: '1', files: '={{ $json.field }}' }],
		['Overdue On', 'invoice', 'getOpenInvoices', { options: { day: '={{ $json.day }}' } }],
		['First Day', 'ledgerReceipt', 'getLedgerRows', { startDate: '={{ $json.day }}' }],
		['Last Day', 'ledgerReceipt', 'getLedgerRows', { endDate: '={{ $json.day }}' }],
		['Changed Since', 'ledgerReceipt', 'getLedgerRows', { options: { changedSince: '={{ $json.moment }}' } }],
	];

	it.each(cases)(
		'refuses an expression that returns nothing in %s of %s: %s',
		async (label, resource, operation, parameters) => {
			const run = await rules.run(resource, operation, parameters);
			expect(run.error?.message).toContain(`${label} is empty: its expression returned nothing`);
			expect(rules.asked()).toEqual([]);
		},
	);
});
