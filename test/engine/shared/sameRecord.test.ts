/** Create or Update with numbers as people type them: all spellings of a number match one record. */
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

describe('Business ID', () => {
	const forms = [
		'0112038-9',
		'01120389',
		'FI01120389',
		' fi 0112038-9 ',
		'FI-0112038\u20139',
		'Y-tunnus: 0112038-9',
		'112038-9',
	];
	const cases = ['0112038-9', '01120389', 'FI01120389'].flatMap((stored) =>
		forms.flatMap((given) =>
			(['asWritten', 'eitherForm', 'parts'] as const).map((search) => [stored, given, search] as const),
		),
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

describe('Search that finds more than the requested number', () => {
	const searches = ['asWritten', 'eitherForm', 'parts'] as const;
	const customer = async (name: string, identifier: string): Promise<number> => {
		const id = await create(name, { customerNumber: name });
		bench.sandbox.backdoor.change('partners', id, { invoicingInfo: { identifier } });
		return id;
	};

	it.each(searches)('does not match a longer business ID (search: %s)', async (search) => {
		bench.sandbox.switches.partnerIdentifierSearch = search;
		const longer = await customer('Pidempi', '0112038-90');
		const prefixed = await customer('Etuliite', '90112038-9');
		const [made] = (await upsert('businessId', '01120389', 'Oikea Oy')).items[0];
		expect([longer, prefixed]).not.toContain(made.json.id);
		const again = await upsert('businessId', '0112038-9', 'Oikea Oy');
		expect(again.items[0][0].json.id).toBe(made.json.id);
	});

	it.each(searches)('returns only the requested business ID in any spelling (search: %s)', async (search) => {
		bench.sandbox.switches.partnerIdentifierSearch = search;
		await customer('Pidempi', '0112038-90');
		const id = await customer('Oikea', '01120389');
		const swedish = await customer('Ruotsi', '556677-8899');
		await customer('Ruotsi 2', '1556677-8899');
		const found = async (identifier: string) =>
			(await bench.json('businessPartner', 'getAll', { show: 'both', limit: 1, filters: { identifier } })).map(
				(one) => one.id,
			);
		for (const form of ['0112038-9', '01120389', 'FI01120389', 'fi 0112038-9']) expect(await found(form)).toEqual([id]);
		for (const form of ['5566778899', '556677-8899', 'SE556677889901']) expect(await found(form)).toEqual([swedish]);
		expect(await found('2322671-5')).toEqual([]);
	});

	it.each([true, false])(
		'does not match a longer customer number, product code or person number (exact search: %s)',
		async (exact) => {
			bench.sandbox.switches.customerNumberSearchExact = exact;
			const numbers = ['A10', 'BA1', 'A-1'];
			for (const number of numbers) {
				await create(number, { customerNumber: number });
				const product = { code: number, type: 'SALES', name: number, additionalFields: { price: 1 } };
				await bench.json('product', 'upsert', product);
				await bench.json('person', 'upsert', { personNumber: number, lastName: number });
			}
			bench.sandbox.journal.clear();
			await upsert('customerNumber', 'A1', 'Uusi Oy');
			await bench.json('product', 'upsert', {
				code: 'A1',
				type: 'SALES',
				name: 'Uusi',
				additionalFields: { price: 1 },
			});
			await bench.json('person', 'upsert', { personNumber: 'A1', lastName: 'Uusi' });
			expect(posts()).toEqual(['POST /businesspartners', 'POST /products', 'POST /persons']);
			expect(bench.asked().filter((call) => call.startsWith('PUT'))).toEqual([]);
		},
	);
});

describe('Business ID of a foreign company', () => {
	it.each([
		['SE556677889901', ['SE 556677-8899 01', 'se556677889901', '556677-8899', '5566778899']],
		['556677-8899', ['5566778899', '556677 - 8899', 'SE556677889901']],
		['DE123456789', ['DE 123 456 789', 'de123456789', 'DE-123456789']],
		['12345678', ['12345678', ' 1234 5678 ', '1234-5678']],
	])('matches one partner in all spellings and keeps the stored one: %s', async (stored, forms) => {
		const abroad = { country: 'SWEDEN' };
		const { items } = await upsert('businessId', stored, 'Ulkomaa AB', abroad);
		bench.sandbox.journal.clear();
		for (const form of forms)
			expect((await upsert('businessId', form, 'Ulkomaa AB', abroad)).items[0][0].json).toMatchObject({
				id: items[0][0].json.id,
				invoicingInfo: { identifier: stored },
			});
		expect(posts()).toEqual([]);
	});

	it.each(['1120389', '0112038-90', '01120380'])('is refused if the address is in Finland: %s', async (number) => {
		const { error } = await upsert('businessId', number, 'Väärä Oy');
		expect(error?.message).toMatch(/^Business ID is not a Finnish business ID: /);
		expect(posts()).toEqual([]);
		const abroad = await upsert('businessId', number, 'Ulkomaa AB', { country: 'DENMARK' });
		expect(abroad.error).toBeUndefined();
	});
});

describe('Code', () => {
	it.each(['1001.0', '1001,0', '1001.00', '1001'])(
		'matches 1001 of a customer and 9001 of a person despite decimals: %s',
		async (given) => {
			const { items } = await upsert('customerNumber', given, 'Asiakas Oy');
			expect(items[0][0].json).toMatchObject({ id: 501, invoicingInfo: { customerNumber: '1001' } });
			expect(
				(await bench.json('person', 'upsert', { personNumber: given.replace('1', '9'), lastName: 'Y' }))[0],
			).toMatchObject({ id: 519, personNumber: '9001' });
			expect(posts()).toEqual([]);
		},
	);

	it.each(['as 1', 'AS  1', 'As\u00a01', ' AS 1 '])('matches "AS 1" of a customer: "%s"', async (given) => {
		const id = await create('Asiakas Oy', { customerNumber: 'AS 1' });
		bench.sandbox.journal.clear();
		expect((await upsert('customerNumber', given, 'Asiakas Oy')).items[0][0].json).toMatchObject({
			id,
			invoicingInfo: { customerNumber: 'AS 1' },
		});
		expect(posts()).toEqual([]);
	});

	it('matches a product despite other spaces and case, and keeps its spelling', async () => {
		const [made] = await bench.json('product', 'upsert', {
			code: 'KAH 900',
			type: 'SALES',
			name: 'Kahvi',
			additionalFields: { price: 1 },
		});
		bench.sandbox.journal.clear();
		for (const code of ['kah 900', 'KAH  900', 'KAH\u00a0900', ' KAH 900 '])
			expect(
				await bench.json('product', 'upsert', { code, type: 'SALES', name: 'Kahvi', additionalFields: { price: 2 } }),
			).toMatchObject([{ id: made.id, code: 'KAH 900' }]);
		expect(posts()).toEqual([]);
	});

	it.each(['KAH\u2013001', 'kah-001', 'KAH\u2014001', ' kah\u2013001'])(
		'matches KAH-001 of a product with any hyphen: "%s"',
		async (code) => {
			expect(
				await bench.json('product', 'upsert', { code, type: 'SALES', name: 'Kahvi', additionalFields: { price: 2 } }),
			).toMatchObject([{ id: 301, code: 'KAH-001' }]);
			expect(posts()).toEqual([]);
		},
	);

	it('does not match a code with a space in another place', async () => {
		await create('Yksi Oy', { customerNumber: '12 3' });
		expect((await upsert('customerNumber', '1 23', 'Kaksi Oy')).items[0][0].json.name).toBe('Kaksi Oy');
		expect(posts()).toHaveLength(2);
	});

	it('matches the exact spelling if two records differ only in case', async () => {
		await create('Pieni Oy', { customerNumber: 'ab1' });
		const id = await create('Suuri Oy', { customerNumber: 'AB1' });
		expect((await upsert('customerNumber', 'AB1', 'Suuri Oy')).items[0][0].json.id).toBe(id);
	});
});

describe('Guest of a shop', () => {
	it.each(['0', '00', '000000', '0.0', '0,00', '-', '\u2013', '0-0'])(
		'gets no shared register entry for the customer number %s',
		async (number) => {
			const { error } = await upsert('customerNumber', number, 'Vieras');
			expect(error?.message).toBe(
				`Number is "${number}", as shops write it for guests: all guests would share one register entry`,
			);
			expect(bench.asked()).toEqual([]);
		},
	);

	it.each(['undefined', 'null', 'NaN', 'None', '[object Object]', '{}', '#REF!', '#PUUTTUU!', 'WEB-undefined'])(
		'is refused if the customer number is the text "%s"',
		async (number) => {
			expect((await upsert('customerNumber', number, 'Vieras')).error?.message).toBe(
				`The customer number is "${number}"`,
			);
			expect(bench.asked()).toEqual([]);
		},
	);
});

describe('Placeholder instead of a number', () => {
	it.each(['0', '000', '-'])('creates no person: %s', async (personNumber) => {
		const { error } = await bench.run('person', 'upsert', { personNumber, lastName: 'Kaikki' });
		expect(error?.message).toContain(`Person Number is "${personNumber}"`);
		expect(bench.asked()).toEqual([]);
	});

	it.each([
		['product', { code: 'undefined', type: 'SALES', name: 'Tuote', additionalFields: { price: 1 } }],
		['product', { code: '[object Object]', type: 'SALES', name: 'Tuote', additionalFields: { price: 1 } }],
		['person', { personNumber: 'null', lastName: 'Kaikki' }],
		['person', { personNumber: '#ARVO!', lastName: 'Kaikki' }],
	])('creates no %s: %j', async (resource, parameters) => {
		const { error } = await bench.run(resource, 'upsert', parameters as INodeParameters);
		expect(error?.message).toMatch(/^The (product code|person number) is "/);
		expect(bench.asked()).toEqual([]);
	});
});

describe('New name of a business partner', () => {
	const address1 = async (id: number): Promise<unknown> =>
		(
			(await bench.json('businessPartner', 'get', { businessPartnerId: String(id), simple: false }))[0]
				.address as IDataObject
		).name;

	it('is also saved in the address, which invoices print', async () => {
		const id = await create('Vanha Oy', { customerNumber: 'N1', bodyJson: '{"address":{"name":"Vanha Oy"}}' });
		await upsert('customerNumber', 'N1', 'Uusi Oy');
		expect(await address1(id)).toBe('Uusi Oy');
		await bench.json('businessPartner', 'update', { businessPartnerId: byId(id), updateFields: { name: 'Uusin Oy' } });
		expect(await address1(id)).toBe('Uusin Oy');
	});

	it('does not change an address with another name', async () => {
		const id = await create('Konserni Oy', {
			customerNumber: 'N2',
			bodyJson: '{"address":{"name":"Konserni Oy / Laskut"}}',
		});
		await upsert('customerNumber', 'N2', 'Konserni Oyj');
		expect(await address1(id)).toBe('Konserni Oy / Laskut');
	});
});

describe('Two items with the same number', () => {
	it('update one record, and the second item reports it', async () => {
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
