import type { AxiosInstance } from 'axios';

import { login, newBankAccount } from './client';
import { type Sandbox } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));

const fieldOf = async (
	answer: Promise<{ status: number; data: { errors?: Array<{ field?: string; message: string }> } }>,
) => {
	const { status, data } = await answer;
	return [status, data.errors?.[0].field];
};

describe('Business partners API', () => {
	const list = async (query = '', headers: Record<string, string> = {}) =>
		(await admin.get(`/businesspartners?size=200${query}`, { headers })).data.results as Array<{
			id: number;
			name: string;
			type: string;
			registryInfo: { active: boolean };
		}>;
	const customer = (changes: Record<string, unknown> = {}) => ({
		name: 'Uusi Asiakas Oy',
		type: 'CUSTOMER',
		address: { name: 'Uusi Asiakas Oy', street: 'Tie 1', zip: '00100', city: 'HELSINKI' },
		paymentInfo: { paymentMethod: 'BANK_TRANSFER' },
		...changes,
	});

	it('lists inactive partners only on request', async () => {
		const shown = await list();
		expect(shown.length).toBeGreaterThan(0);
		expect(shown.every(({ registryInfo }) => registryInfo.active)).toBe(true);
		expect((await list('&active=false')).map(({ name }) => name).sort()).toEqual([
			'Entinen Toimittaja Oy',
			'Lopettanut Kahvio Oy',
			'Lähtenyt Sanna',
		]);
	});

	it('filters by type', async () => {
		const all = await list();
		const suppliers = await list('&type=SUPPLIER');
		expect(suppliers.length).toBeGreaterThan(0);
		expect(suppliers.length).toBeLessThan(all.length);
		expect(suppliers).toEqual(all.filter(({ type }) => type === 'SUPPLIER'));
	});

	it('filters by headers, and by the full or partial customer number depending on the switch', async () => {
		expect((await list('', { name: 'pohjant' })).map(({ name }) => name)).toEqual(['Ravintola Pohjantähti Ky']);
		const identifier = (await admin.get('/businesspartners/503')).data.invoicingInfo.identifier;
		expect((await list('', { identifier })).map(({ id }) => id)).toEqual([503]);
		expect((await list('&customerNumber=1003')).map(({ id }) => id)).toEqual([503]);
		expect(await list('&customerNumber=100')).toEqual([]);
		sandbox.switches.customerNumberSearchExact = false;
		expect((await list('&customerNumber=100')).length).toBe(9);
		expect((await list('&partnerGroup=Avainasiakkaat')).map(({ id }) => id)).toEqual([502, 501]);
	});

	it('decodes non-ASCII headers as the switch says', async () => {
		for (const [encoding, value] of [
			['latin1', 'Åkerlund'],
			['utf8', Buffer.from('Åkerlund').toString('latin1')],
			['percent', '%C3%85kerlund'],
		] as const) {
			sandbox.switches.headerEncoding = encoding;
			expect((await list('', { name: value })).map(({ name }) => name)).toEqual(['Konditoria Åkerlund Ab']);
		}
		sandbox.switches.headerEncoding = 'utf8';
		expect(await list('', { name: 'Åkerlund' })).toEqual([]);
	});

	it('creates and replaces partners, and filters them by version', async () => {
		const { data: made } = await admin.post(
			'/businesspartners',
			customer({ invoicingInfo: { customerNumber: '7', language: 'FINNISH' } }),
		);
		expect(made).toMatchObject({
			name: 'Uusi Asiakas Oy',
			registryInfo: { active: true },
			version: '2026-10-01T09:00:01',
		});
		expect((await list('&versionStartDate=2026-10-01T09:00:00')).map(({ id }) => id)).toEqual([made.id]);
		const { data: changed } = await admin.put(`/businesspartners/${made.id}`, customer({ name: 'Toinen Oy' }));
		expect(changed).toEqual({ ...made, name: 'Toinen Oy', invoicingInfo: undefined, version: '2026-10-01T09:00:02' });
	});

	it('rejects a partner with a wrong type, a missing address, or a duplicate customer number', async () => {
		expect(await fieldOf(admin.post('/businesspartners', customer({ type: 'PERSON' })))).toEqual([400, 'type']);
		expect(await fieldOf(admin.post('/businesspartners', customer({ address: undefined })))).toEqual([400, 'address']);
		expect(await fieldOf(admin.post('/businesspartners', customer({ paymentInfo: {} })))).toEqual([
			400,
			'paymentInfo.paymentMethod',
		]);
		expect(
			await fieldOf(
				admin.post('/businesspartners', customer({ invoicingInfo: { identifier: '1234567-8', identifierType: 'FI' } })),
			),
		).toEqual([400, 'invoicingInfo.identifier']);
		expect(
			await fieldOf(
				admin.post(
					'/businesspartners',
					customer({ invoicingInfo: { customerNumber: '1001', identifier: '9876543-2' } }),
				),
			),
		).toEqual([400, 'invoicingInfo.customerNumber']);
		expect(await fieldOf(admin.put('/businesspartners/501', customer({ type: 'SUPPLIER' })))).toEqual([400, 'type']);
	});

	it('updates only the given fields by PATCH, with the latest version in the body or query', async () => {
		const before = (await admin.get('/businesspartners/501')).data;
		const base = { name: before.name, type: before.type, paymentInfo: { paymentMethod: 'BANK_TRANSFER' } };
		expect(await fieldOf(admin.patch('/businesspartners/501', base))).toEqual([400, 'version']);
		const { status, data } = await admin.patch('/businesspartners/501', {
			...base,
			version: before.version,
			address: { street: 'Uusikatu 1' },
		});
		expect(status).toBe(200);
		expect(data).toEqual({
			...before,
			address: { ...before.address, street: 'Uusikatu 1' },
			version: '2026-10-01T09:00:01',
		});
		expect(await fieldOf(admin.patch(`/businesspartners/501?version=${before.version}`, base))).toEqual([
			400,
			'version',
		]);
		expect(
			(await admin.patch(`/businesspartners/501?version=${data.version}`, { ...base, name: 'Nimi Oy' })).status,
		).toBe(200);
		const { version } = (await admin.get('/businesspartners/501')).data;
		expect(await fieldOf(admin.patch('/businesspartners/501', { ...base, version, billingAddress: {} }))).toEqual([
			400,
			'billingAddress',
		]);
	});

	it('returns groups, default accounts and default products', async () => {
		const { data: group } = await admin.post('/businesspartners/groups', { name: 'Uudet', type: 'CUSTOMER' });
		expect((await admin.get(`/businesspartners/groups/${group.id}`)).data).toEqual({
			id: group.id,
			name: 'Uudet',
			type: 'CUSTOMER',
			active: true,
		});
		expect(
			(await admin.put(`/businesspartners/groups/${group.id}`, { name: 'Vanhat', type: 'CUSTOMER', active: false }))
				.data.active,
		).toBe(false);
		expect((await admin.get('/businesspartners/groups?active=false&name=vanha')).data.results).toHaveLength(2);
		expect(
			(await admin.get('/businesspartners/501/defaults/accounts')).data.salesInvoiceAccounts.debitAccount.code,
		).toBe('1701');
		expect((await admin.get('/businesspartners/519/defaults/accounts')).status).toBe(404);
		expect((await admin.get('/businesspartners/501/defaults/products')).data[0].productInfo.type).toBe('SALES');
		expect((await admin.get('/businesspartners/personaldetails')).data).toMatchObject({
			partnerId: 519,
			lastName: 'Koivuranta',
		});
		expect((await (await login(sandbox, 'sales')).get('/businesspartners/personaldetails')).status).toBe(404);
	});

	it('returns and replaces default dimensions, for each partner separately', async () => {
		const path = '/businesspartners/502/defaults/dimensions';
		const items = (...percents: number[]) => ({
			items: percents.map((percent, index) => ({ id: 11 + index, codeName: 'x', percent })),
		});
		expect((await admin.get(path)).data).toEqual([]);
		expect((await admin.put(`${path}/1`, items(60, 30))).status).toBe(400);
		expect((await admin.put(`${path}/1`, items(60, 40))).status).toBe(200);
		const saved = {
			id: 1,
			name: 'Kustannuspaikka',
			items: [
				{ id: 11, codeName: 'Helsinki', percent: 60 },
				{ id: 12, codeName: 'Tampere', percent: 40 },
			],
		};
		expect((await admin.get(path)).data).toEqual([saved]);
		expect((await admin.get('/businesspartners/503/defaults/dimensions')).data).toEqual([]);
		expect((await admin.get('/businesspartners/9999/defaults/dimensions')).status).toBe(404);
		expect((await admin.put(`${path}/1`, items(100))).status).toBe(200);
		expect((await admin.get(path)).data).toEqual([
			{ ...saved, items: [{ id: 11, codeName: 'Helsinki', percent: 100 }] },
		]);
	});
});

describe('Products API', () => {
	const list = async (query = '') =>
		(await admin.get(`/products?size=200${query}`)).data.results as Array<{
			id: number;
			type: string;
			name: string;
			active: boolean;
			productLocalizations?: unknown[];
		}>;
	const product = (changes: Record<string, unknown> = {}) => ({
		type: 'SALES',
		name: 'Muki',
		discount: 0,
		price: 5,
		vat: 25.5,
		vatStatus: 1,
		active: true,
		currency: 'EUR',
		...changes,
	});

	it('lists active and inactive products, but travel products only on request', async () => {
		expect(new Set((await list()).map(({ type }) => type))).toEqual(new Set(['SALES', 'PURCHASE']));
		expect(await list('&type=TRAVEL')).toHaveLength(2);
		expect(await list('&type=TRAVEL&startDate=2026-12-31')).toHaveLength(0);
		expect((await list('&active=false')).map(({ name }) => name)).toEqual(['Vanha tuote']);
	});

	it('filters by part of the name or code and by group, and returns translations on request', async () => {
		expect(await list('&name=kahvi')).toHaveLength(3);
		expect(await list('&code=KAH-')).toHaveLength(2);
		expect(await list('&group=21')).toHaveLength(3);
		expect((await list('&code=KAH-001'))[0].productLocalizations).toBeUndefined();
		expect((await list('&code=KAH-001&includeLocalizations=true'))[0].productLocalizations).toEqual([
			{ language: 'ENGLISH', productName: 'Coffee tumma paahto 1 kg' },
		]);
		expect((await admin.get('/products/301?includeLocalizations=true')).data.productLocalizations).toHaveLength(1);
	});

	it('lists products by descending or ascending ID depending on the switch', async () => {
		const ids = async (query: string) => (await list(query)).map(({ id }) => id);
		const rising = [...(await ids('&orderById=ASC'))];
		expect(await ids('')).toEqual([...rising].reverse());
		sandbox.switches.defaultListOrder = 'ASC';
		expect(await ids('')).toEqual(rising);
		expect(await ids('&previousId=305')).toEqual(rising.filter((id) => id > 305));
	});

	it('creates, updates and deletes products, except travel products', async () => {
		const { data: made } = await admin.post('/products', product({ productGroupId: 22, defaultAccount: '3000' }));
		expect((await admin.get(`/products/${made.id}`)).data).toMatchObject({
			name: 'Muki',
			version: '2026-10-01T09:00:01',
		});
		const { data: changed } = await admin.put(`/products/${made.id}`, product({ name: 'Isomuki' }));
		expect([changed.name, changed.defaultAccount, changed.productGroupId]).toEqual(['Isomuki', undefined, undefined]);
		expect((await admin.delete(`/products/${made.id}`)).status).toBe(204);
		expect((await admin.get(`/products/${made.id}`)).status).toBe(404);
		expect((await admin.delete('/products/314')).status).toBe(400);
		expect((await admin.delete('/products/9999')).status).toBe(404);
	});

	it.each<[string, Record<string, unknown>]>([
		['vat', { vat: 24 }],
		['vatStatus', { vatStatus: 9 }],
		['vat', { vatStatus: 12 }],
		['defaultAccount', { defaultAccount: '3999' }],
		['productGroupId', { productGroupId: 23 }],
		['productGroupId', { productGroupId: 999 }],
		['name', { name: 'x'.repeat(101) }],
		['discount', { discount: 101 }],
		['unit', { unit: 'HANDFUL' }],
	])('rejects a wrong %s: %o', async (field, changes) => {
		expect(await fieldOf(admin.post('/products', product(changes)))).toEqual([400, field]);
	});

	it('deletes a product group only if it is not in use', async () => {
		expect((await admin.get('/products/groups')).data.productGroups.map(({ type }: { type: string }) => type)).toEqual([
			'SALES',
			'SALES',
			'PURCHASE',
		]);
		expect((await admin.delete('/products/groups/21')).status).toBe(409);
		expect((await admin.delete('/products/groups/24')).status).toBe(400);
		const { data } = await admin.post('/products/groups', { name: 'Tyhjä', type: 'SALES' });
		expect((await admin.put(`/products/groups/${data.id}`, { name: 'Vielä tyhjä' })).data.name).toBe('Vielä tyhjä');
		expect((await admin.delete(`/products/groups/${data.id}`)).status).toBe(204);
		expect((await admin.get(`/products/groups/${data.id}`)).status).toBe(404);
	});

	it('requires default dimensions that add up to 100 percent', async () => {
		const path = '/products/301/defaults/dimensions';
		const items = (...percents: number[]) => ({
			items: percents.map((percent, index) => ({ id: 11 + index, codeName: 'x', percent })),
		});
		expect((await admin.put(`${path}/1`, items(60, 30))).status).toBe(400);
		expect((await admin.put(`${path}/1`, { items: [{ id: 21, codeName: 'x', percent: 100 }] })).status).toBe(400);
		expect((await admin.put(`${path}/1`, items(60, 40))).status).toBe(200);
		expect((await admin.get(path)).data).toEqual([
			{
				id: 1,
				name: 'Kustannuspaikka',
				items: [
					{ id: 11, codeName: 'Helsinki', percent: 60 },
					{ id: 12, codeName: 'Tampere', percent: 40 },
				],
			},
		]);
		expect((await admin.get(`${path}/1`)).data.items).toHaveLength(4);
		expect((await admin.get(`${path}/9`)).status).toBe(404);
		expect((await admin.get('/products/302/defaults/dimensions')).data).toEqual([]);
	});
});

describe('Dimensions API', () => {
	it('lists dimensions with their items, filters them by name, and updates them', async () => {
		expect(
			(await admin.get('/dimensions')).data.map(({ name, items }: { name: string; items: unknown[] }) => [
				name,
				items.length,
			]),
		).toEqual([
			['Kustannuspaikka', 4],
			['Projekti', 3],
		]);
		expect((await admin.get('/dimensions?name=proj')).data).toHaveLength(1);
		expect((await admin.get('/dimensions?codeName=messut')).data[0].id).toBe(2);
		expect((await admin.put('/dimensions/2', { name: 'Hanke' })).data).toEqual({ name: 'Hanke' });
		const { data: item } = await admin.post('/dimensions/2/items', { codeName: 'P-104', description: 'x' });
		expect(await fieldOf(admin.post('/dimensions/2/items', { codeName: 'P-104' }))).toEqual([400, 'codeName']);
		expect((await admin.put('/dimensions/2/items', { id: item.id, codeName: 'P-104', status: 'P' })).data).toEqual({
			id: item.id,
			codeName: 'P-104',
			status: 'P',
		});
		expect(await fieldOf(admin.put('/dimensions/2/items', { codeName: 'P-105' }))).toEqual([400, 'id']);
		expect((await admin.put('/dimensions/2/items', { id: 999, codeName: 'P-105' })).status).toBe(404);
		expect((await admin.get('/dimensions/2')).data).toMatchObject({
			name: 'Hanke',
			items: expect.arrayContaining([{ id: item.id, codeName: 'P-104', status: 'P' }]),
		});
		expect((await admin.get('/dimensions/9')).status).toBe(404);
	});
});

describe('Fiscal years API', () => {
	it('lists the newest year first, with its periods in order', async () => {
		const { fiscalYears } = (await admin.get('/fiscalyears')).data;
		expect(fiscalYears.map(({ startDate, isOpen }: Record<string, unknown>) => [startDate, isOpen])).toEqual([
			['2027-01-01', true],
			['2026-01-01', true],
			['2025-01-01', false],
		]);
		expect(fiscalYears[1].trackingPeriods.map(({ status }: { status: string }) => status)).toEqual([
			'CLOSED',
			'PENDING',
			'OPEN',
			'OPEN',
		]);
	});

	it('sets an open period to pending, which closes it to bookkeeping', async () => {
		const put = async (period: number, status: string) =>
			(await admin.put(`/fiscalyears/4/trackingPeriods/${period}`, { status })).status;
		expect([await put(44, 'CLOSED'), await put(41, 'PENDING'), await put(99, 'PENDING')]).toEqual([409, 409, 404]);
		const { id } = sandbox.backdoor.addInvoice();
		expect(await put(44, 'PENDING')).toBe(200);
		expect((await admin.put(`/invoices/${id}/invalidate`)).status).toBe(403);
		expect(await put(44, 'OPEN')).toBe(409);
	});
});

describe('Bank accounts API', () => {
	const account = newBankAccount();

	it('lists accounts by order number, and updates one only with its latest version', async () => {
		const order = async (query = '') =>
			(await admin.get(`/bankaccounts${query}`)).data.results.map(({ orderNo }: { orderNo: number }) => orderNo);
		expect([await order(), await order('?orderByOrderNo=DESC')]).toEqual([
			[1, 2, 3],
			[3, 2, 1],
		]);
		const { data: made } = await admin.post('/bankaccounts', account);
		expect(made.accountNumber).toBe('12345600000785');
		expect(await fieldOf(admin.post('/bankaccounts', account))).toEqual([409, 'iban']);
		expect(await fieldOf(admin.post('/bankaccounts', { ...account, iban: 'FI2212345600000785' }))).toEqual([
			400,
			'iban',
		]);
		expect(await fieldOf(admin.put(`/bankaccounts/${made.id}`, account))).toEqual([400, 'version']);
		const { data: closed } = await admin.put(`/bankaccounts/${made.id}`, {
			...account,
			defaultForInvoice: true,
			status: 'INACTIVE',
			version: made.version,
		});
		expect([closed.status, closed.defaultForInvoice]).toEqual(['INACTIVE', false]);
		expect(await fieldOf(admin.put(`/bankaccounts/${made.id}`, { ...account, version: made.version }))).toEqual([
			400,
			'version',
		]);
		expect(
			await fieldOf(admin.put(`/bankaccounts/${made.id}`, { ...account, currency: 'SEK', version: closed.version })),
		).toEqual([400, 'currency']);
	});
});

describe('Company and currencies API', () => {
	it('returns and updates company information, and returns verifiers and user profiles', async () => {
		const { data: company } = await admin.get('/company');
		expect(company).toMatchObject({ id: 10_101, name: 'Koivurannan Kahvitukku Oy', companyCurrency: 'EUR' });
		expect((await admin.put('/company', { ...company, name: 'Uusi Nimi Oy' })).status).toBe(200);
		expect((await admin.get('/sessioninfo')).data.name).toBe('Uusi Nimi Oy');
		expect(await fieldOf(admin.put('/company', { ...company, id: 1 }))).toEqual([400, 'id']);
		expect((await admin.get('/company/invoicecirculation/verifierlists/61')).data.verifiers[0]).toEqual({
			firstname: 'Onni',
			surname: 'Hyväri',
			userId: 1004,
			orderNo: 1,
		});
		expect((await admin.get('/company/invoicecirculation/verifierlists/62')).status).toBe(404);
		expect((await admin.get('/users/profiles/1004')).data).toEqual({ firstname: 'Onni', surname: 'Hyväri' });
		expect((await admin.get('/users/profiles/9')).status).toBe(404);
	});

	it('returns exchange rates and VAT lists', async () => {
		const rate = (query: string) =>
			admin.get(`/currencies/exchangerate?day=2026-10-01&rateType=PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE&${query}`);
		expect((await rate('baseCurrency=EUR&currency=SEK')).data).toMatchObject({ currency: 'SEK', rate: 11.2 });
		expect([
			(await rate('baseCurrency=XXX&currency=SEK')).status,
			(await rate('baseCurrency=EUR&currency=XXX')).status,
			(await rate('currency=SEK')).status,
		]).toEqual([400, 404, 400]);
		expect([
			(await admin.get('/currencies/latest?rateType=6')).status,
			(await admin.get('/currencies/latest?rateType=7')).status,
		]).toEqual([200, 400]);
		expect((await admin.get('/vats/country?countryCode=FI')).data.vatPercentages).toEqual([25.5, 13.5, 10, 0]);
		expect((await admin.get('/vats/country?countryCode=XX')).status).toBe(400);
		expect(
			(await admin.get('/vats/default')).data.vatStatuses.map(({ vatStatus }: { vatStatus: number }) => vatStatus),
		).toEqual([1, 12, 22]);
	});
});
