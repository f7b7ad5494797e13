/** The registers of customers and suppliers. */
import { DEMO } from '../../sandbox';
import { contractOperations, type ContractOperation } from '../../contract/read';
import { partners, type Partner } from '../../sandbox/records/partners';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const PARTNER = 'businessPartner';
const names = (records: Array<{ name?: unknown }>) => records.map(({ name }) => name);
const street = { street: 'Kauppakatu 1', zip: '00100', city: 'HELSINKI', country: 'FI' };

describe('Business Partner: Create', () => {
	it('creates a customer from the form fields and returns the simplified record', async () => {
		const [made] = await bench.json(PARTNER, 'create', {
			type: 'CUSTOMER',
			name: 'Uusi Asiakas Oy',
			paymentMethod: 'BANK_TRANSFER',
			...street,
			additionalFields: {
				identifier: 'FI12345671',
				identifierType: 'FI',
				email: 'laskut@example.fi',
				invoiceChannel: 'EMAIL',
				language: 'fi',
				currency: { __rl: true, mode: 'list', value: 'EUR' },
			},
		});
		expect(made).toMatchObject({
			type: 'CUSTOMER',
			name: 'Uusi Asiakas Oy',
			identifier: '1234567-1',
			email: 'laskut@example.fi',
			active: true,
			address: { street: 'Kauppakatu 1', country: 'FINLAND' },
		});
		expect(Object.keys(made).length).toBeLessThanOrEqual(10);
		const [found] = await bench.json(PARTNER, 'get', { businessPartnerId: String(made.id), simple: false });
		expect(found).toMatchObject({
			id: made.id,
			paymentInfo: { paymentMethod: 'BANK_TRANSFER', currency: 'EUR' },
			invoicingInfo: { language: 'FINNISH' },
		});
	});

	it('accepts fields as JSON that the form does not contain', async () => {
		const [made] = await bench.json(PARTNER, 'create', {
			type: 'SUPPLIER',
			name: 'Toimittaja Oy',
			paymentMethod: 'BANK_TRANSFER',
			simple: false,
			additionalFields: { bodyJson: '{"additionalInfo":{"sector":"Kahvit"},"registryInfo":{"section":"Tukku"}}' },
		});
		expect(made).toMatchObject({
			additionalInfo: { sector: 'Kahvit' },
			registryInfo: { section: 'Tukku', active: true },
		});
	});

	it.each([
		[
			'a business ID with a wrong digit',
			{ additionalFields: { identifier: '1234567-8', identifierType: 'FI' } },
			'Business ID is not a Finnish business ID: its check digit should be 1',
		],
		[
			'an IBAN with a wrong digit',
			{ additionalFields: { bankAccount: 'FI2112345600000786' } },
			/^Bank Account \(IBAN\) is not an IBAN/,
		],
		['a name that is too long', { name: 'x'.repeat(81) }, 'Name is longer than 80 characters (81)'],
		['a character that Procountor does not support', { name: 'Кафе' }, /^Name contains/],
		['an unknown country', { country: 'Atlantis' }, /^Country is not a country that Procountor knows/],
		['an unknown field', { additionalFields: { bodyJson: { nmae: 'x' } } }, /is not a field of Procountor/],
	])('refuses %s before it sends anything', async (_, more, message) => {
		const { error } = await bench.run(PARTNER, 'create', {
			type: 'CUSTOMER',
			name: 'Asiakas Oy',
			paymentMethod: 'BANK_TRANSFER',
			...street,
			...more,
		});
		expect(error?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
		expect(bench.asked()).toEqual([]);
	});

	it('reports the label of the field that Procountor requires', async () => {
		const { error } = await bench.run(PARTNER, 'create', {
			type: 'CUSTOMER',
			name: 'Osoitteeton Oy',
			paymentMethod: 'BANK_TRANSFER',
		});
		expect(error?.message).toBe('Address: Address is required for a customer.');
	});
});

describe('Business Partner: Get Many', () => {
	it('returns active partners, inactive partners or all', async () => {
		const count = async (show: string) => (await bench.json(PARTNER, 'getAll', { returnAll: true, show })).length;
		const [on, off, both] = [await count('on'), await count('off'), await count('both')];
		expect(off).toBeGreaterThan(0);
		expect(both).toBe(on + off);
	});

	it('sends filters that contain personal data in headers', async () => {
		const [partner] = await bench.json(PARTNER, 'getAll', { filters: { type: 'CUSTOMER', customerNumber: '1002' } });
		expect(partner).toMatchObject({ name: 'Ravintola Pohjantähti Ky', customerNumber: '1002' });
		expect(
			names(
				await bench.json(PARTNER, 'getAll', {
					filters: { identifier: partner.identifier as string, identifierType: 'FI' },
				}),
			),
		).toEqual([partner.name]);
		expect(names(await bench.json(PARTNER, 'getAll', { filters: { name: 'Pohjantähti' } }))).toEqual([partner.name]);
		expect(bench.sandbox.journal.entries.at(-1)?.headers.name).toBe('Pohjantähti');
		expect(bench.sandbox.journal.entries.at(-1)?.query).not.toHaveProperty('name');
		expect(
			names(await bench.json(PARTNER, 'getAll', { filters: { partnerGroup: 'Päätoimittajat', type: 'SUPPLIER' } })),
		).toEqual(['Keittiölaite Nordlund Oy', 'Paahtimo Meriväylä Oy']);
	});

	/** What the call has for paging, and what the field Show sends. */
	const WITHOUT_FILTER = ['orderById', 'previousId', 'size', 'page', 'active'];
	const call = contractOperations.find((one) => one.call === 'GET /businesspartners') as ContractOperation;
	const filters = call.parameters.filter(({ name }) => !WITHOUT_FILTER.includes(name));
	/** For each filter of the call: a value, and the names of the partners of `threePartners` that it finds. */
	const FILTERS: Record<string, { value: string; found: string[] }> = {
		type: { value: 'SUPPLIER', found: ['Haku Kaksi Oy'] },
		name: { value: 'haku kaksi', found: ['Haku Kaksi Oy'] },
		customerNumber: { value: 'H-1', found: ['Haku Yksi Oy'] },
		identifier: { value: '1234567-1', found: ['Haku Yksi Oy'] },
		identifierType: { value: 'YHD', found: ['Haku Kaksi Oy'] },
		mainGroup: { value: 'Hakuryhmä', found: ['Haku Kaksi Oy'] },
		partnerGroup: { value: 'Hakuryhmä', found: ['Haku Kaksi Oy'] },
		versionStartDate: { value: '2027-06-01T00:00:00', found: ['Haku Kolme Oy'] },
		versionEndDate: { value: '2027-06-01T00:00:00', found: ['Haku Yksi Oy', 'Haku Kaksi Oy'] },
	};

	/** Three partners; the last one is changed after the others. */
	function threePartners(): void {
		const { clock, backdoor, world } = bench.sandbox;
		clock.set('2027-05-01T12:00:00');
		const register = world.company(DEMO.companyId).register(partners);
		const add = (name: string, more: Partial<Partner>): number =>
			register.add((id) => ({ id, name, type: 'CUSTOMER', paymentInfo: { paymentMethod: 'BANK_TRANSFER' }, ...more }))
				.id;
		add('Haku Yksi Oy', {
			invoicingInfo: { customerNumber: 'H-1', identifier: '1234567-1', identifierType: 'FI' },
		});
		add('Haku Kaksi Oy', {
			type: 'SUPPLIER',
			invoicingInfo: { identifierType: 'YHD' },
			registryInfo: { partnerGroups: [{ id: 99, name: 'Hakuryhmä', type: 'SUPPLIER' }] },
		});
		const last = add('Haku Kolme Oy', {});
		clock.set('2027-07-01T12:00:00');
		backdoor.change('partners', last, { invoicingInfo: {} });
	}

	it.each(filters.map(({ name, in: place }) => [name, place]))(
		'finds partners by the filter %s, sent in the %s',
		async (name, place) => {
			threePartners();
			const { value, found } = FILTERS[name];
			const all = names(await bench.json(PARTNER, 'getAll', { returnAll: true, filters: { [name]: value } }));
			const own = all.filter((one) => String(one).startsWith('Haku '));
			expect(own.sort()).toEqual([...found].sort());
			const { query, headers } = bench.sandbox.journal.to('GET /businesspartners')[0];
			expect((place === 'header' ? headers : query)[name]).toBe(value);
		},
	);

	it('refuses a name with characters that a header cannot contain', async () => {
		const { error } = await bench.run(PARTNER, 'getAll', { filters: { name: 'Łódź' } });
		expect(error?.message).toMatch(/^Name contains 'Ł'|^Name contains/);
		expect(error?.description).toMatch(/sent in a header/);
	});

	it('requests the details of several partners in one request', async () => {
		const partners = await bench.json(PARTNER, 'getAll', { returnAll: true, includeDetails: true, simple: false });
		expect(partners.length).toBeGreaterThan(10);
		expect(partners.every(({ paymentInfo }) => paymentInfo !== undefined)).toBe(true);
		expect(bench.asked()).toEqual(['GET /businesspartners', 'GET /businesspartners/{id}']);
	});

	it('returns no items if no partner matches', async () => {
		expect(await bench.json(PARTNER, 'getAll', { filters: { customerNumber: 'no such' } })).toEqual([]);
	});
});

describe('Business Partner: Get', () => {
	it('requests the partners of all items in one request and keeps the order of the items', async () => {
		const wanted = [503, 501, 502, 501];
		const partners = await bench.json(
			PARTNER,
			'get',
			{ businessPartnerId: '={{ $json.id }}' },
			{ items: wanted.map((id) => ({ id })) },
		);
		expect(partners.map(({ id }) => id)).toEqual(wanted);
		expect(bench.asked()).toEqual(['GET /businesspartners/{id}']);
	});

	it('reports the ID of a partner that does not exist', async () => {
		const { error } = await bench.run(PARTNER, 'get', { businessPartnerId: '501, 999999' });
		expect(error?.message).toBe('Procountor has no such record: business partner 999999');
	});
});

describe('Business Partner: Update', () => {
	it('keeps all other fields', async () => {
		const [before] = await bench.json(PARTNER, 'get', { businessPartnerId: '501', simple: false });
		await bench.json(PARTNER, 'update', { businessPartnerId: '501', updateFields: { phone: '+358 9 1234' } });
		const [after] = await bench.json(PARTNER, 'get', { businessPartnerId: '501', simple: false });
		expect(after).toEqual({
			...before,
			version: after.version,
			registryInfo: { ...(before.registryInfo as object), phone: '+358 9 1234' },
		});
	});

	it('removes a field that is null in the JSON', async () => {
		await bench.json(PARTNER, 'update', {
			businessPartnerId: '501',
			updateFields: { bodyJson: { registryInfo: { phone: null } } },
		});
		const [after] = await bench.json(PARTNER, 'get', { businessPartnerId: '501', simple: false });
		expect(after.registryInfo).not.toHaveProperty('phone');
		expect(after.registryInfo).toHaveProperty('active', true);
	});

	it('requires at least one change', async () => {
		const { error } = await bench.run(PARTNER, 'update', { businessPartnerId: '501' });
		expect(error?.message).toBe('Update Fields holds no change');
		expect(bench.asked()).toEqual([]);
	});

	it('deactivates a partner', async () => {
		expect(
			(await bench.json(PARTNER, 'update', { businessPartnerId: '501', updateFields: { active: false } }))[0],
		).toMatchObject({ id: 501, active: false });
		expect(names(await bench.json(PARTNER, 'getAll', { show: 'off' }))).toContain('Kahvila Aamurusko Oy');
	});

	it('reports a missing right', async () => {
		const { error } = await bench.run(
			PARTNER,
			'update',
			{ businessPartnerId: '501', updateFields: { phone: '1' } },
			{ credential: bench.credential({ apiKey: DEMO.keys.viewer }) },
		);
		expect(error?.message).toMatch(/lacks the right/);
		expect(error?.httpCode).toBe('403');
	});
});

describe('Business Partner: Update If Unchanged', () => {
	const patch = async (version: string, updateFields: Record<string, string>) =>
		await bench.run(PARTNER, 'updateIfUnchanged', { businessPartnerId: '502', version, updateFields });

	it('updates a partner whose version is the given one', async () => {
		const [{ version }] = await bench.json(PARTNER, 'get', { businessPartnerId: '502' });
		expect((await patch(String(version), { email: 'uusi@example.fi' })).error).toBeUndefined();
		expect((await bench.json(PARTNER, 'get', { businessPartnerId: '502' }))[0]).toMatchObject({
			email: 'uusi@example.fi',
			identifier: expect.any(String),
		});
		expect(bench.asked()).not.toContain('PUT /businesspartners/{id}');
	});

	it('keeps the record if somebody else changed it in the meantime', async () => {
		const [{ version }] = await bench.json(PARTNER, 'get', { businessPartnerId: '502' });
		bench.sandbox.clock.advance(60_000);
		await bench.json(PARTNER, 'update', { businessPartnerId: '502', updateFields: { phone: '1' } });
		const { error } = await patch(String(version), { email: 'uusi@example.fi' });
		expect(error?.httpCode).toBe('400');
		expect((await bench.json(PARTNER, 'get', { businessPartnerId: '502' }))[0].email).not.toBe('uusi@example.fi');
	});
});

describe('Defaults of a business partner', () => {
	it('include dimensions, which are set and read', async () => {
		const [set] = await bench.json(PARTNER, 'setDefaultDimension', {
			businessPartnerId: '501',
			dimensionId: '1',
			items: {
				row: [
					{ codeName: 'Helsinki', percent: 60 },
					{ codeName: 'Tampere', percent: 40 },
				],
			},
		});
		expect(set).toMatchObject({ id: 1, name: 'Kustannuspaikka' });
		expect(await bench.json(PARTNER, 'getDefaultDimensions', { businessPartnerId: '501' })).toEqual([
			{
				id: 1,
				name: 'Kustannuspaikka',
				items: [
					{ id: 11, codeName: 'Helsinki', percent: 60 },
					{ id: 12, codeName: 'Tampere', percent: 40 },
				],
			},
		]);
		const [one] = await bench.json(PARTNER, 'getDefaultDimension', { businessPartnerId: '501', dimensionId: '1' });
		expect((one.items as Array<{ percent: number }>).reduce((sum, { percent }) => sum + percent, 0)).toBe(100);
	});

	it('are rejected with an explanation of the error code', async () => {
		const { error } = await bench.run(PARTNER, 'setDefaultDimension', {
			businessPartnerId: '501',
			dimensionId: '1',
			specifyItems: 'json',
			itemsJson: '[{"codeName":"Oulu","percent":100}]',
		});
		expect(error?.message).toMatch(/dimension or dimension item does not exist/);
	});

	it('are returned for accounts and for products', async () => {
		expect((await bench.json(PARTNER, 'getDefaultAccounts', { businessPartnerId: '501' }))[0]).toMatchObject({
			id: 501,
			vatStatus: 1,
			salesInvoiceAccounts: { creditAccount: { code: '3000' } },
		});
		expect((await bench.json(PARTNER, 'getDefaultProducts', { businessPartnerId: '501' }))[0]).toMatchObject({
			productInfo: { code: 'KAH-001' },
		});
	});
});

it("Get Own Personal Details returns the register entry of the key's user", async () => {
	expect((await bench.json(PARTNER, 'getPersonalDetails'))[0]).toMatchObject({
		firstName: 'Aino',
		lastName: 'Koivuranta',
	});
});

describe('Picker of business partners and their fields', () => {
	it.each([
		['its name', 'aamurusko'],
		['its customer number', '1001'],
	])('finds a customer by %s', async (_how, filter) => {
		const { results } = await bench.engine.listSearch('searchCustomer', {
			type: 'procountor',
			parameters: { resource: 'invoice', operation: 'create' },
			credentials: { procountorApi: bench.credential() },
			filter,
		});
		expect(results.map(({ value }) => value)).toEqual([501]);
	});

	it('finds a customer by the business ID that its label shows', async () => {
		const search = async (filter: string) =>
			await bench.engine.listSearch('searchCustomer', {
				type: 'procountor',
				parameters: { resource: 'invoice', operation: 'create' },
				credentials: { procountorApi: bench.credential() },
				filter,
			});
		const [{ name }] = (await search('aamurusko')).results;
		const identifier = /, (.+)\)$/.exec(name)?.[1] ?? '';
		expect(identifier).not.toBe('');
		expect((await search(identifier)).results).toContainEqual({ name, value: 501 });
	});

	it('shows the customer number in the label', async () => {
		const { results } = await bench.engine.listSearch('searchBusinessPartner', {
			type: 'procountor',
			parameters: { resource: PARTNER, operation: 'get' },
			credentials: { procountorApi: bench.credential() },
			filter: 'aamurusko',
		});
		expect(results).toEqual([{ name: expect.stringMatching(/^Kahvila Aamurusko Oy \(1001, .+\)$/), value: 501 }]);
	});

	it.each([
		['searchCountry', 'swed', { name: 'Sweden (SE)', value: 'SWEDEN' }],
		['searchCountryCode', 'finland', { name: 'Finland (FI)', value: 'FI' }],
		['searchCurrency', 'krona', { name: 'SEK (Swedish Krona)', value: 'SEK' }],
		['searchUnit', 'kpl', { name: 'Piece', value: 'PIECE' }],
	])('offers fixed values in %s without a request', async (method, filter, result) => {
		const { results } = await bench.engine.listSearch(method, {
			type: 'procountor',
			parameters: { resource: PARTNER, operation: 'create' },
			credentials: { procountorApi: bench.credential() },
			filter,
		});
		expect(results).toContainEqual(result);
		expect(bench.sandbox.journal.entries).toEqual([]);
	});
});
