/** Two companies with the same record IDs and one credential each: data of one must never appear in the other. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { searchMethodName, type ListSearchName } from '../../../nodes/Procountor/listSearch/names';
import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const FIRST = 'Koivurannan Kahvitukku Oy';
const SECOND = 'Meritien Muotoilu Oy';

const saved = (key: keyof typeof DEMO.keys) =>
	bench.engine.saveCredential('procountorApi', bench.credential({ apiKey: DEMO.keys[key] }));

async function read(
	credential: ReturnType<typeof saved>,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
): Promise<IDataObject[]> {
	const run = await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource, operation, ...parameters },
		credentials: { procountorApi: credential },
	});
	if (run.error) throw new Error(run.error.message);
	return run.items[0].map(({ json }) => json);
}

it('The sandbox has different records with the same IDs in both companies', async () => {
	const [first, second] = [saved('admin'), saved('second')];
	const ids = async (credential: ReturnType<typeof saved>, resource: string) =>
		(await read(credential, resource, 'getAll', { returnAll: true })).map(({ id }) => id);
	for (const resource of ['businessPartner', 'product', 'invoice', 'ledgerReceipt']) {
		const [a, b] = [await ids(first, resource), await ids(second, resource)];
		expect(b.filter((id) => a.includes(id)).length).toBeGreaterThan(5);
	}
	const partner = async (credential: ReturnType<typeof saved>) =>
		(await read(credential, 'businessPartner', 'getAll', { limit: 1 }))[0];
	const [a, b] = [await partner(first), await partner(second)];
	expect(a.id).toBe(b.id);
	expect(a.name).not.toBe(b.name);
});

it('Concurrent runs for two companies return only records of their own company', async () => {
	const [first, second] = [saved('admin'), saved('second')];
	const names = await Promise.all(
		Array.from(
			{ length: 20 },
			async (_, index) => (await read(index % 2 ? second : first, 'company', 'getSession'))[0].name,
		),
	);
	expect(names).toEqual(Array.from({ length: 20 }, (_, index) => (index % 2 ? SECOND : FIRST)));
	const partners = await Promise.all(
		[first, second, first, second].map(
			async (credential) => (await read(credential, 'businessPartner', 'getAll', { limit: 1 }))[0].name,
		),
	);
	expect(new Set(partners.slice(0, 2)).size).toBe(2);
	expect(partners.slice(2)).toEqual(partners.slice(0, 2));
});

it.each(['ledgerRows', 'openInvoices', 'checkAccess'])(
	'%s of one company contains no data of the other',
	async (what) => {
		const operations: Record<string, [string, string, INodeParameters]> = {
			ledgerRows: ['ledgerReceipt', 'getLedgerRows', { startDate: '2026-01-01', endDate: '2026-12-31' }],
			openInvoices: ['invoice', 'getOpenInvoices', { side: 'both', per: 'invoice' }],
			checkAccess: ['company', 'checkAccess', {}],
		};
		const [resource, operation, parameters] = operations[what];
		const alone = {
			first: await read(saved('admin'), resource, operation, parameters),
			second: await read(saved('second'), resource, operation, parameters),
		};
		const [first, second] = [saved('admin'), saved('second')];
		const together = await Promise.all(
			[first, second, first, second].map(async (credential) => await read(credential, resource, operation, parameters)),
		);
		expect(together).toEqual([alone.first, alone.second, alone.first, alone.second]);
		expect(alone.first).not.toEqual(alone.second);
		if (what === 'ledgerRows')
			expect(alone.first.every(({ partnerName }) => !String(partnerName).endsWith(' II'))).toBe(true);
	},
);

describe('Picker', () => {
	const search = async (name: ListSearchName, key: keyof typeof DEMO.keys, parameters: INodeParameters = {}) => {
		const { results } = await bench.engine.listSearch(searchMethodName(name), {
			type: 'procountor',
			parameters: { resource: 'invoice', operation: 'getAll', authentication: 'apiKey', ...parameters },
			credentials: { procountorApi: saved(key) },
		});
		return results;
	};

	it.each<ListSearchName>(['businessPartner', 'product', 'invoice', 'ledgerReceipt', 'person', 'bankAccount'])(
		"shows only the %s records of the credential's company",
		async (name) => {
			const before = await search(name, 'admin');
			const other = await search(name, 'second');
			const after = await search(name, 'admin');
			expect(after).toEqual(before);
			expect(other.length).toBeGreaterThan(0);
			expect(other).not.toEqual(before);
			// Only receipts of salaries have the same names in both companies.
			const shared = other.filter(({ value, name: label }) =>
				before.some((one) => one.value === value && one.name === label),
			);
			expect(shared.filter(() => name !== 'ledgerReceipt')).toEqual([]);
		},
	);

	it("finds only records of the credential's company", async () => {
		const found = async (key: keyof typeof DEMO.keys) =>
			(
				await bench.engine.listSearch('searchBusinessPartner', {
					type: 'procountor',
					parameters: { authentication: 'apiKey' },
					credentials: { procountorApi: saved(key) },
					filter: 'Kahvila',
				})
			).results.map(({ name }) => name);
		const [first, second] = await Promise.all([found('admin'), found('second')]);
		expect(first.length).toBeGreaterThan(0);
		expect(first.every((name) => !name.includes(' II'))).toBe(true);
		expect(second.length).toBeGreaterThan(0);
		expect(second.every((name) => name.includes(' II'))).toBe(true);
	});
});

it('A credential whose key changes from item to item is refused before any request', async () => {
	const items = [{ user: 'admin' }, { user: 'second-company' }];
	for (const [resource, operation, parameters] of [
		['invoice', 'getAll', {}],
		['ledgerReceipt', 'getLedgerRows', {}],
		['company', 'checkAccess', {}],
	] as const) {
		const { error } = await bench.run(resource, operation, parameters, {
			credential: bench.credential({ apiKey: '={{ "demo-key-" + $json.user }}' }),
			items,
		});
		expect(error?.message).toBe(
			'The credential is not the same for all items: item 1 would go to another company than item 0',
		);
		expect(error?.description).toMatch(/a sub-workflow for each company/);
	}
	expect(bench.sandbox.journal.entries).toEqual([]);
});

describe('Credential for 5,000 items', () => {
	const COUNT = 5000;
	const items = (other: number | undefined) =>
		Array.from({ length: COUNT }, (_, index) => ({ user: index === other ? 'second-company' : 'admin' }));
	const lookUp = async (apiKey: string, other?: number) => {
		const before = bench.engine.credentialReads;
		const { error } = await bench.run(
			'businessPartner',
			'get',
			{ businessPartnerId: '501' },
			{ credential: bench.credential({ apiKey }), items: items(other) },
		);
		return { error, reads: bench.engine.credentialReads - before };
	};

	it.each([
		['first', 0],
		['last', COUNT - 1],
		['random', 1 + Math.floor(Math.random() * (COUNT - 2))],
	])('is refused before any request if the %s item (%i) has another key', async (_, other) => {
		const { error } = await lookUp('={{ "demo-key-" + $json.user }}', other);
		expect(error?.message).toMatch(/The credential is not the same for all items/);
		expect(bench.sandbox.journal.entries).toEqual([]);
	});

	it('is accepted if its expression returns the same key for all items', async () => {
		expect((await lookUp('={{ "demo-key-" + $json.user }}')).error).toBeUndefined();
	});

	it('is read fewer than ten times if it contains no expression', async () => {
		const { error, reads } = await lookUp(DEMO.keys.admin);
		expect(error).toBeUndefined();
		expect(reads).toBeLessThan(10);
	});
});

it('Tokens of two companies are not mixed up if both are renewed at the same time', async () => {
	const [first, second] = [saved('admin'), saved('second')];
	await Promise.all([read(first, 'company', 'getSession'), read(second, 'company', 'getSession')]);
	bench.sandbox.state.auth.revokeTokens();
	const [a, b] = await Promise.all([read(first, 'company', 'getSession'), read(second, 'company', 'getSession')]);
	expect([a[0].companyId, b[0].companyId]).toEqual([DEMO.companyId, DEMO.secondCompanyId]);
});
