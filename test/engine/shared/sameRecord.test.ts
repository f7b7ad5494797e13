/** Create or Update with numbers as people type them: one record of one number, whatever its spelling. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const address = { street: 'Kauppakatu 1', zip: '00100', city: 'HELSINKI', country: 'FINLAND' };
const create = async (name: string, more: INodeParameters): Promise<number> =>
	Number(
		(
			await bench.json('businessPartner', 'create', {
				type: 'CUSTOMER',
				name,
				paymentMethod: 'BANK_TRANSFER',
				...address,
				additionalFields: more,
			})
		)[0].id,
	);
const upsert = async (matchBy: string, matchValue: string, name: string, more: INodeParameters = {}) =>
	await bench.run('businessPartner', 'upsert', {
		matchBy,
		matchValue,
		type: 'CUSTOMER',
		name,
		additionalFields: { ...address, ...more },
		simple: false,
	});
const posts = () => bench.asked().filter((call) => call.startsWith('POST'));

describe('A business ID', () => {
	const forms = ['0112038-9', '01120389', 'FI01120389', ' fi 0112038-9 '];
	const cases = ['0112038-9', '01120389', 'FI01120389'].flatMap((stored) =>
		forms.flatMap((given) => (['asWritten', 'eitherForm'] as const).map((search) => [stored, given, search] as const)),
	);

	it.each(cases)('%s in the register is found by "%s" (search: %s)', async (stored, given, search) => {
		bench.sandbox.switches.partnerIdentifierSearch = search;
		const id = bench.sandbox.world
			.company(10101)
			.registerByName('partners')
			?.all()
			.find(({ record }) => (record as { type?: string }).type === 'CUSTOMER')?.id as number;
		const before = bench.sandbox.world.company(10101).registerByName('partners')?.get(id)?.record as IDataObject;
		bench.sandbox.backdoor.change('partners', id, {
			invoicingInfo: { ...(before.invoicingInfo as object), identifier: stored, identifierType: 'FI' },
		});
		bench.sandbox.journal.clear();
		const { items, error } = await upsert('businessId', given, String(before.name));
		expect(error?.message).toBeUndefined();
		expect(items[0][0].json).toMatchObject({ id, invoicingInfo: { identifier: '0112038-9' } });
		expect(posts()).toEqual([]);
	});
});

describe('A code', () => {
	it.each(['as 1', 'AS  1', 'As\u00a01', ' AS 1 '])('"AS 1" of a customer is found by "%s"', async (given) => {
		const id = await create('Asiakas Oy', { customerNumber: 'AS 1' });
		bench.sandbox.journal.clear();
		expect((await upsert('customerNumber', given, 'Asiakas Oy')).items[0][0].json).toMatchObject({
			id,
			invoicingInfo: { customerNumber: 'AS 1' },
		});
		expect(posts()).toEqual([]);
	});

	it('of a product is found with other spaces and in the other case, and keeps its spelling', async () => {
		const [made] = await bench.json('product', 'upsert', {
			code: 'KAH 900',
			type: 'SALES',
			name: 'Kahvi',
			additionalFields: { price: 1 },
		});
		bench.sandbox.journal.clear();
		for (const code of ['kah 900', 'KAH  900', 'KAH\u00a0900'])
			expect(
				await bench.json('product', 'upsert', { code, type: 'SALES', name: 'Kahvi', additionalFields: { price: 2 } }),
			).toMatchObject([{ id: made.id, code: 'KAH 900' }]);
		expect(posts()).toEqual([]);
	});

	it('that differs by more than spaces and case is another one', async () => {
		await create('Yksi Oy', { customerNumber: '12 3' });
		expect((await upsert('customerNumber', '1 23', 'Kaksi Oy')).items[0][0].json.name).toBe('Kaksi Oy');
		expect(posts()).toHaveLength(2);
	});

	it('is taken exactly where two records differ by the case alone', async () => {
		await create('Pieni Oy', { customerNumber: 'ab1' });
		const id = await create('Suuri Oy', { customerNumber: 'AB1' });
		expect((await upsert('customerNumber', 'AB1', 'Suuri Oy')).items[0][0].json.id).toBe(id);
	});
});

describe('A guest of a shop', () => {
	it.each(['0', '00', '000000'])('with the customer number %s gets no shared register entry', async (number) => {
		const { error } = await upsert('customerNumber', number, 'Vieras');
		expect(error?.message).toBe(
			`Number is "${number}", as shops write it for guests: all guests would share one register entry`,
		);
		expect(bench.asked()).toEqual([]);
	});

	it.each(['undefined', 'null', 'NaN'])('whose number is the text "%s" is refused', async (number) => {
		expect((await upsert('customerNumber', number, 'Vieras')).error?.message).toBe(
			`The customer number is "${number}"`,
		);
		expect(bench.asked()).toEqual([]);
	});
});

describe('A new name', () => {
	const address1 = async (id: number): Promise<unknown> =>
		(
			(await bench.json('businessPartner', 'get', { businessPartnerId: String(id), simple: false }))[0]
				.address as IDataObject
		).name;

	it('is also that of the address, which invoices print', async () => {
		const id = await create('Vanha Oy', { customerNumber: 'N1', bodyJson: '{"address":{"name":"Vanha Oy"}}' });
		await upsert('customerNumber', 'N1', 'Uusi Oy');
		expect(await address1(id)).toBe('Uusi Oy');
		await bench.json('businessPartner', 'update', { businessPartnerId: byId(id), updateFields: { name: 'Uusin Oy' } });
		expect(await address1(id)).toBe('Uusin Oy');
	});

	it('leaves an address with a name of its own', async () => {
		const id = await create('Konserni Oy', {
			customerNumber: 'N2',
			bodyJson: '{"address":{"name":"Konserni Oy / Laskut"}}',
		});
		await upsert('customerNumber', 'N2', 'Konserni Oyj');
		expect(await address1(id)).toBe('Konserni Oy / Laskut');
	});
});

describe('Two items with one number', () => {
	it('update one record, and the second one says so', async () => {
		const run = await bench.run(
			'businessPartner',
			'upsert',
			{
				matchBy: 'customerNumber',
				matchValue: 'T1',
				type: 'CUSTOMER',
				name: '={{ $json.name }}',
				additionalFields: address,
			},
			{ items: [{ name: 'Eka' }, { name: 'Toka' }] },
		);
		expect(run.items[0].map(({ json }) => json.note)).toEqual([
			undefined,
			expect.stringMatching(/^Item 1 of this run created this business partner \(ID \d+\); this item updated it$/),
		]);
		expect(run.hints.map(({ message }) => message).join()).toContain('give each its own number');
	});
});
