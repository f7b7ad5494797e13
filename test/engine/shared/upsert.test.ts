/** Create or Update of partners, products and persons: no duplicates of a number, and no lost fields. */
import type { INodeParameters } from 'n8n-workflow';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const street = { street: 'Kauppakatu 1', zip: '00100', city: 'HELSINKI', country: 'FINLAND' };
const customer = (
	matchBy: string,
	matchValue: string,
	name: string,
	additionalFields: INodeParameters = street,
): INodeParameters => ({ matchBy, matchValue, type: 'CUSTOMER', name, additionalFields });
const writes = () => bench.asked().filter((call) => !call.startsWith('GET'));

describe('Business Partner: Create or Update', () => {
	it('updates the partner with the business ID in any spelling and keeps all other fields', async () => {
		const [before] = await bench.json('businessPartner', 'get', { businessPartnerId: '502', simple: false });
		const { identifier } = before.invoicingInfo as { identifier: string };
		const [after] = await bench.json('businessPartner', 'upsert', {
			...customer('businessId', `FI${identifier.replace('-', '')}`, 'Pohjantähti uusi nimi', { phone: '+358 3 1' }),
			simple: false,
		});
		expect(after).toEqual({
			...before,
			name: 'Pohjantähti uusi nimi',
			address: { ...(before.address as object), name: 'Pohjantähti uusi nimi' },
			billingAddress: { ...(before.billingAddress as object), name: 'Pohjantähti uusi nimi' },
			version: after.version,
			registryInfo: { ...(before.registryInfo as object), phone: '+358 3 1' },
		});
		expect(writes()).toEqual(['PUT /businesspartners/{id}']);
	});

	it('creates a partner whose business ID is not in the register', async () => {
		const [made] = await bench.json('businessPartner', 'upsert', customer('businessId', '12345671', 'Uusi Oy'));
		expect(made).toMatchObject({ name: 'Uusi Oy', identifier: '1234567-1', active: true });
		const [whole] = await bench.json('businessPartner', 'get', { businessPartnerId: String(made.id), simple: false });
		expect(whole).toMatchObject({
			invoicingInfo: { identifierType: 'FI' },
			paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
			address: { street: 'Kauppakatu 1' },
		});
	});

	it('updates an inactive partner instead of creating a duplicate', async () => {
		const [inactive] = await bench.json('businessPartner', 'getAll', { show: 'off', filters: { type: 'CUSTOMER' } });
		const [updated] = await bench.json(
			'businessPartner',
			'upsert',
			customer('customerNumber', String(inactive.customerNumber), 'Lopettanut Kahvio Oy', { active: true }),
		);
		expect(updated).toMatchObject({ id: inactive.id, active: true });
	});

	it('creates a customer if only a supplier has the business ID', async () => {
		const [{ identifier }] = await bench.json('businessPartner', 'getAll', { filters: { type: 'SUPPLIER' } });
		const [made] = await bench.json(
			'businessPartner',
			'upsert',
			customer('businessId', String(identifier), 'Myös asiakas Oy'),
		);
		expect(made.type).toBe('CUSTOMER');
		expect(writes()).toEqual(['POST /businesspartners']);
	});

	it('compares customer numbers exactly if the search also finds parts', async () => {
		bench.sandbox.switches.customerNumberSearchExact = false;
		const [made] = await bench.json('businessPartner', 'upsert', customer('customerNumber', '100', 'Sata Oy'));
		expect(made).toMatchObject({ name: 'Sata Oy', customerNumber: '100' });
		expect(writes()).toEqual(['POST /businesspartners']);
	});

	it('refuses to choose between several partners', async () => {
		for (const name of ['Kaksonen 1', 'Kaksonen 2'])
			await bench.json('businessPartner', 'create', {
				type: 'CUSTOMER',
				name,
				paymentMethod: 'BANK_TRANSFER',
				...street,
				additionalFields: { identifier: '1234567-1', identifierType: 'FI' },
			});
		bench.sandbox.journal.clear();
		const { error } = await bench.run('businessPartner', 'upsert', customer('businessId', '1234567-1', 'Kumpi'));
		expect(error?.message).toMatch(
			/^Several records have the business ID 1234567-1 \(business partner \d+, \d+\), so none was changed$/,
		);
		expect(writes()).toEqual([]);
	});

	it('refuses a business ID with a wrong digit before any request', async () => {
		const { error } = await bench.run('businessPartner', 'upsert', customer('businessId', '1234567-8', 'Väärä Oy'));
		expect(error?.message).toMatch(/check digit should be 1/);
		expect(bench.asked()).toEqual([]);
	});

	it('creates one record if a number occurs twice in a run, even if lists show it late', async () => {
		bench.sandbox.clock.flowing = true;
		bench.sandbox.faults.late.push({ register: 'partners', delayMs: 3_000 });
		const items = ['Eka', 'Toka'].map((name) => ({ name }));
		const both = await bench.json(
			'businessPartner',
			'upsert',
			customer('businessId', '1234567-1', '={{ $json.name }}'),
			{ items },
		);
		expect(both.map(({ name }) => name)).toEqual(['Eka', 'Toka']);
		expect(both[1].id).toBe(both[0].id);
		expect(writes()).toEqual(['POST /businesspartners', 'PUT /businesspartners/{id}']);
	}, 20_000);

	it('looks up the record after a lost connection and creates no duplicate', async () => {
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/businesspartners' });
		const [made] = await bench.json('businessPartner', 'upsert', customer('businessId', '1234567-1', 'Katkos Oy'));
		expect(made).toMatchObject({ name: 'Katkos Oy', identifier: '1234567-1' });
		expect(writes()).toEqual(['POST /businesspartners']);
		expect(await bench.json('businessPartner', 'getAll', { filters: { identifier: '1234567-1' } })).toHaveLength(1);
	});
});

describe('Lost connection', () => {
	const upsert = async (seconds: number) =>
		await bench.run(
			'businessPartner',
			'upsert',
			customer('businessId', '1234567-1', 'Katkos Oy', { ...street, lookUp: seconds }),
		);

	it('is reported as unclear if nothing was saved, and causes no duplicate', async () => {
		bench.sandbox.faults.add({ kind: 'cutBefore', method: 'POST', path: '/businesspartners' });
		const { error } = await upsert(1);
		expect(error?.message).toMatch(
			/^It is unclear whether Procountor saved the business partner with the business ID 1234567-1/,
		);
		expect(error?.description).toMatch(/Look for it in the register in Procountor before you run this again/);
		expect(writes()).toEqual(['POST /businesspartners']);
		// A run with another credential does not know of that, so it finds nothing and creates the record.
		expect((await upsert(1)).items[0][0].json).toMatchObject({ name: 'Katkos Oy' });
		expect(await bench.json('businessPartner', 'getAll', { filters: { identifier: '1234567-1' } })).toHaveLength(1);
	});

	it('is followed by another look-up if a search fails too', async () => {
		bench.sandbox.faults.add(
			{ kind: 'cutAfter', method: 'POST', path: '/businesspartners' },
			{ kind: 'htmlError', method: 'GET', path: '/businesspartners', after: 6 },
		);
		expect((await upsert(10)).items[0][0].json).toMatchObject({ name: 'Katkos Oy' });
		expect(writes()).toEqual(['POST /businesspartners']);
	}, 20_000);
});

describe('Product: Create or Update', () => {
	const product = (code: string, name: string, additionalFields: INodeParameters = {}): INodeParameters => ({
		code,
		type: 'SALES',
		name,
		additionalFields,
	});

	it('updates the product with exactly that code and keeps its price', async () => {
		const [updated] = await bench.json('product', 'upsert', product('KAH-001', 'Kahvi uusi nimi'));
		expect(updated).toMatchObject({ id: 301, name: 'Kahvi uusi nimi', price: 14.9, currency: 'EUR' });
		expect(
			(
				await bench.json('product', 'get', { productId: '301', simple: false, options: { includeLocalizations: true } })
			)[0],
		).toMatchObject({ defaultAccount: '3010', productGroupId: 21 });
	});

	it('creates a product whose code is part of other codes', async () => {
		const [made] = await bench.json('product', 'upsert', product('KAH', 'Kahvi', { price: 5 }));
		expect(made).toMatchObject({ code: 'KAH', price: 5, active: true, currency: 'EUR' });
		expect(writes()).toEqual(['POST /products']);
	});

	it('requires the price of a new product', async () => {
		const { error } = await bench.run('product', 'upsert', product('UUSI-1', 'Uusi'));
		expect(error?.message).toBe('Price is missing');
		expect(writes()).toEqual([]);
	});

	it('ignores spaces around a code and does not save them', async () => {
		expect((await bench.json('product', 'upsert', product(' KAH-001\u00a0', 'Kahvi')))[0]).toMatchObject({
			id: 301,
			code: 'KAH-001',
		});
		expect((await bench.json('product', 'upsert', product(' UUSI-7 ', 'Uusi', { price: 5 })))[0]).toMatchObject({
			code: 'UUSI-7',
		});
		expect((await bench.json('person', 'upsert', { personNumber: ' 9100 ', lastName: 'Uusitalo' }))[0]).toMatchObject({
			personNumber: '9100',
		});
	});

	it('updates an inactive product', async () => {
		expect(
			(await bench.json('product', 'upsert', product('VAN-001', 'Vanha tuote', { active: true })))[0],
		).toMatchObject({ id: 309, active: true });
	});
});

describe('Person: Create or Update', () => {
	it('creates a person, then updates it by its number', async () => {
		const number = { personNumber: '9100', lastName: 'Uusitalo' };
		const [made] = await bench.json('person', 'upsert', {
			...number,
			additionalFields: { firstName: 'Ilona', email: 'ilona@example.fi' },
		});
		const [updated] = await bench.json('person', 'upsert', {
			...number,
			additionalFields: { mobilePhone: '+358 40 1' },
		});
		expect(updated).toMatchObject({
			id: made.id,
			firstName: 'Ilona',
			lastName: 'Uusitalo',
			email: 'ilona@example.fi',
			mobilePhone: '+358 40 1',
		});
		expect(writes()).toEqual(['POST /persons', 'PUT /persons/{id}']);
	});

	it('creates a person whose number is part of other numbers', async () => {
		const [made] = await bench.json('person', 'upsert', { personNumber: '900', lastName: 'Osa' });
		expect(made.personNumber).toBe('900');
		expect(writes()).toEqual(['POST /persons']);
	});
});
