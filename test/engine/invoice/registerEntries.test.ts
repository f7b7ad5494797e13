/** Create Sales Invoice with register entries for the customer and the products: each is created once, none halfway. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Engine, RunResult, SavedCredential } from '../harness';
import { startSecondProcess } from '../harness/secondProcess';
import { byId, outputOf, type Bench } from '../support';
import { asJson, type Books, fromItem, useBooks } from './state';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const row = { product: 'Kuppi', productCode: 'KUP-1', quantity: 2, unitPrice: 3.5, vatPercent: 25.5, unit: 'PIECE' };
const party = {
	counterPartyStreet: 'Kauppakatu 1',
	counterPartyZip: '00100',
	counterPartyCity: 'HELSINKI',
	counterPartyCountry: 'Finland',
	counterPartyEmail: 'laskut@example.fi',
};
const fields = { ...party, customerNumber: '={{ $json.customer }}', lookUp: 0.3 };
const both = { customerRegister: 'update', productRegister: 'update' };
const order = (more: IDataObject = {}, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'invoice',
	operation: 'create',
	date: '2026-10-01',
	counterPartyName: '={{ $json.name ?? "Uusi Kahvila Oy" }}',
	originalInvoiceNumber: '={{ $json.number }}',
	...fromItem,
	...rest,
	additionalFields: { ...fields, ...both, ...more } as INodeParameters,
});
const item = (number: string, more: IDataObject = {}): IDataObject => ({
	number,
	customer: 'V-77',
	rows: [row],
	...more,
});

async function run(parameters: INodeParameters, items: IDataObject[], settings?: Partial<INode>): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters,
		credentials: { procountorApi: saved },
		items,
		settings,
	});
}
const writes = () => bench.asked().filter((call) => !call.startsWith('GET'));
const registered = async (customerNumber: string) =>
	await bench.json('businessPartner', 'getAll', { show: 'both', filters: { type: 'CUSTOMER', customerNumber } });
const productsOf = async (code: string) => await bench.json('product', 'getAll', { filters: { code } });
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 4, waitBetweenTries: 1 };

describe('A new customer with a new product', () => {
	it('is created together with the invoice', async () => {
		const [made] = outputOf(await run(order(), [item('T-1')]));
		const id = books.partner('V-77');
		expect(made.done).toEqual([
			`business partner V-77 (ID ${id}) created`,
			`product KUP-1 (ID ${books.product('KUP-1')}) created`,
			expect.stringMatching(/^invoice .* saved$/),
		]);
		const invoice = books.invoice(made.id);
		expect(invoice).toMatchObject({ partnerId: id, originalInvoiceNumber: 'T-1' });
		expect(invoice.invoiceRows[0]).toMatchObject({
			productId: books.product('KUP-1'),
			product: 'Kuppi',
			unitPrice: 3.5,
		});
		expect(
			(await bench.json('businessPartner', 'get', { businessPartnerId: String(id), simple: false }))[0],
		).toMatchObject({
			type: 'CUSTOMER',
			name: 'Uusi Kahvila Oy',
			address: { name: 'Uusi Kahvila Oy', street: 'Kauppakatu 1', zip: '00100', city: 'HELSINKI', country: 'FINLAND' },
			invoicingInfo: { customerNumber: 'V-77', email: 'laskut@example.fi' },
			registryInfo: { active: true },
		});
		expect((await productsOf('KUP-1'))[0]).toMatchObject({
			name: 'Kuppi',
			price: 3.5,
			vat: 25.5,
			currency: 'EUR',
			unit: 'PIECE',
		});
	});

	it('is created once for three items and not written again by the next run', async () => {
		const items = [item('T-1'), item('T-2'), item('T-3')];
		const made = outputOf(await run(order(), items));
		expect(made.map(({ wasCreated }) => wasCreated)).toEqual([true, true, true]);
		const counts = (call: string): number => writes().filter((one) => one === call).length;
		expect([counts('POST /businesspartners'), counts('POST /products'), counts('POST /invoices')]).toEqual([1, 1, 3]);
		bench.sandbox.journal.clear();
		expect(outputOf(await run(order(), items)).map(({ wasCreated }) => wasCreated)).toEqual([false, false, false]);
		expect(writes()).toEqual([]);
	});

	it.each(['inTurn', 'together'])('is created once even if lists show it late (%s)', async (way) => {
		bench.sandbox.clock.flowing = true;
		for (const register of ['partners', 'products', 'invoices'])
			bench.sandbox.faults.late.push({ register, delayMs: 300 });
		const items = ['T-1', 'T-2', 'T-3', 'T-4'].map((number) => item(number));
		expect(outputOf(await run(order({ order: way, lookUp: 2 }), items))).toHaveLength(4);
		const posts = writes()
			.filter((call) => call.startsWith('POST'))
			.sort();
		expect(posts.filter((call) => call !== 'POST /invoices')).toEqual(['POST /businesspartners', 'POST /products']);
	});

	it('is created from the rows of a list too', async () => {
		const list = { lines: [{ sku: 'KUP-1', title: 'Kuppi', price: '3,50', count: 2, vat: '25,5' }] };
		const rows: INodeParameters = {
			specifyRows: 'list',
			list: 'lines',
			listColumns: {
				mappingMode: 'defineBelow',
				value: { product: 'title', productCode: 'sku', unitPrice: 'price', quantity: 'count', vatPercent: 'vat' },
				matchingColumns: [],
				schema: [],
			},
		};
		const result = await run(order({}, rows), [{ number: 'T-1', customer: 'V-77', ...list }]);
		outputOf(result);
		expect((await productsOf('KUP-1'))[0]).toMatchObject({ name: 'Kuppi', price: 3.5 });
	});
});

describe('An existing customer', () => {
	const known = (more: IDataObject = {}) => item('T-1', { customer: '1001', ...more });
	const customer = async () =>
		(
			await bench.json('businessPartner', 'get', { businessPartnerId: String(books.partner('1001')), simple: false })
		)[0];

	it('receives a changed address with Create or Update and keeps all other fields', async () => {
		const before = await customer();
		outputOf(await run(order({ productRegister: 'leave' }), [known({ name: before.name as string })]));
		const after = await customer();
		expect(after).toEqual({
			...before,
			version: after.version,
			address: {
				...(before.address as object),
				street: 'Kauppakatu 1',
				zip: '00100',
				city: 'HELSINKI',
				country: 'FINLAND',
			},
			invoicingInfo: { ...(before.invoicingInfo as object), email: 'laskut@example.fi' },
		});
		expect(writes()).toEqual(['PUT /businesspartners/{id}', 'POST /invoices']);
	});

	it('stays unchanged with Create If Missing and needs no name', async () => {
		const before = await customer();
		const parameters = order({ customerRegister: 'create', productRegister: 'create' }, { counterPartyName: '' });
		const [made] = outputOf(await run(parameters, [known()]));
		expect(await customer()).toEqual(before);
		expect(books.invoice(made.id)).toMatchObject({
			partnerId: books.partner('1001'),
			counterParty: { counterPartyAddress: { name: before.name, street: 'Kauppakatu 1' } },
		});
	});

	const businessIdOf = async (): Promise<string> =>
		((await customer()).invoicingInfo as { identifier: string }).identifier;

	it.each<[string, (identifier: string) => string]>([
		['without its hyphen', (identifier) => identifier.replace('-', '')],
		['as a VAT number', (identifier) => `FI${identifier.replace('-', '')}`],
		['as a VAT number in lower case with spaces', (identifier) => ` fi ${identifier.replace('-', ' ')} `],
		['with its Finnish name', (identifier) => `Y-tunnus: ${identifier}`],
	])('is found by the business ID %s', async (_, spell) => {
		const parameters = order({
			customerNumber: '',
			identifier: spell(await businessIdOf()),
			customerRegister: 'create',
		});
		bench.sandbox.journal.clear();
		const [{ id }] = outputOf(await run(parameters, [known()]));
		expect(books.invoice(id).partnerId).toBe(books.partner('1001'));
		expect(writes()).toEqual(['POST /products', 'POST /invoices']);
	});

	it('is found by the business ID first if the customer number belongs to another customer', async () => {
		const identifier = await businessIdOf();
		const other = known({ customer: '1002' });
		const { error } = await run(order({ identifier }), [other]);
		expect(error?.message).toBe(
			`Customer Register cannot be updated: the customer with the business ID ${identifier} (ID ${books.partner('1001')}) has the customer number 1001, not 1002`,
		);
		expect(writes()).toEqual([]);
		const [{ id }] = outputOf(await run(order({ identifier, customerRegister: 'create' }), [other]));
		expect(books.invoice(id).partnerId).toBe(books.partner('1001'));
	});

	it('is refused if its customer number or business ID conflicts with the register', async () => {
		const { invoicingInfo } = await customer();
		const { identifier } = invoicingInfo as { identifier: string };
		const { error } = await run(order({ identifier }), [known({ customer: 'V-88' })]);
		expect(error?.message).toBe(
			`Customer Register cannot be updated: the customer with the business ID ${identifier} (ID ${books.partner('1001')}) has the customer number 1001, not V-88`,
		);
		const other = await run(order({ identifier: '1234567-1' }), [known()]);
		expect(other.error?.message).toContain(`has the business ID ${identifier}, not 1234567-1`);
		expect(writes()).toEqual([]);
	});

	it('cannot be chosen from the list and updated by number at the same time', async () => {
		const { error } = await run(order({}, { partnerId: byId(books.partner('1001')) }), [known()]);
		expect(error?.message).toBe("Customer Register is 'Create or Update', and Customer is chosen too");
		expect(bench.asked()).toEqual([]);
	});
});

describe('A guest customer', () => {
	it.each(['', '0', ' 000 '])(
		'stays out of the register, with a warning, if the customer number is "%s"',
		async (customer) => {
			const [made] = outputOf(await run(order(), [item('T-1', { customer })]));
			expect(made.warnings).toEqual([
				'A customer without business ID and customer number is not in the customer register: the invoice has the name and address alone',
			]);
			expect(books.invoice(made.id).partnerId).toBeUndefined();
			expect(writes()).toEqual(['POST /products', 'POST /invoices']);
		},
	);

	it('is refused if the customer number is the text "undefined"', async () => {
		const { error } = await run(order(), [item('T-1', { customer: 'undefined' })]);
		expect(error?.message).toBe('The customer number is "undefined"');
		expect(bench.asked()).toEqual([]);
	});
});

describe('A product in the register', () => {
	it('receives the name and the net price of the row with Create or Update', async () => {
		const rows = [{ product: 'Kahvi 500 g', productCode: 'kah-001', unitPrice: 12.55, vatPercent: 25.5 }];
		const made = outputOf(
			await run(order({}, { 'extraInfo.unitPricesIncludeVat': true, unitPricesIncludeVat: true }), [
				item('T-1', { rows }),
			]),
		);
		expect((await productsOf('KAH-001'))[0]).toMatchObject({ id: 301, name: 'Kahvi 500 g', price: 10 });
		expect(books.invoice(made[0].id).invoiceRows[0]).toMatchObject({ productId: 301, unitPrice: 12.55 });
	});

	it('stays unchanged with Create If Missing and keeps its price if the currency differs', async () => {
		const rows = [{ product: 'Coffee', productCode: 'KAH-001', unitPrice: 20, vatPercent: 25.5 }];
		const before = (await bench.json('product', 'get', { productId: '301', simple: false }))[0];
		outputOf(await run(order({ productRegister: 'create' }), [item('T-1', { rows })]));
		expect((await bench.json('product', 'get', { productId: '301', simple: false }))[0]).toEqual(before);
		outputOf(await run(order({ currency: 'SEK', currencyRate: 11 }), [item('T-2', { rows })]));
		expect((await productsOf('KAH-001'))[0]).toMatchObject({ name: 'Coffee', price: before.price, currency: 'EUR' });
	});

	it('is created once for two rows with the same code, and never for a row without a code', async () => {
		const rows = [row, { ...row, unitPrice: 0 }, { product: 'Toimitus', unitPrice: 5, vatPercent: 25.5 }];
		outputOf(await run(order(), [item('T-1', { rows })]));
		expect(writes().filter((call) => call === 'POST /products')).toHaveLength(1);
		expect((await productsOf('KUP-1'))[0]).toMatchObject({ price: 3.5 });
	});
});

describe('Customer and product registers', () => {
	it.each<[string, IDataObject, IDataObject, string | RegExp]>([
		['a wrong business ID', { identifier: '1234567-8' }, {}, /check digit should be 1/],
		['a country that does not exist', { counterPartyCountry: 'Atlantis' }, {}, /Country/],
		['an email address without @', { counterPartyEmail: 'laskut' }, {}, /Email/],
		[
			'a new customer without a name',
			{},
			{ name: '' },
			/^Customer Name is empty, and the register has no customer with the customer number V-77/,
		],
		[
			'a new product without a name',
			{},
			{ rows: [{ productCode: 'KUP-1', unitPrice: 3.5, vatPercent: 25.5 }] },
			/Product Code is not in the product register/,
		],
		['a new product without a price', {}, { rows: [{ ...row, unitPrice: '' }] }, /Unit Price is empty/],
		['a product code that is too long', {}, { rows: [{ ...row, productCode: 'x'.repeat(41) }] }, /Product Code/],
		['a VAT rate that does not exist', {}, { rows: [{ ...row, vatPercent: 99 }] }, /VAT %/],
		['a due date before the invoice date', { dueDate: '2026-09-01' }, {}, /Due Date/],
		[
			'an invoice number that is in use with other rows',
			{},
			{ number: 'T-0', rows: [{ ...row, unitPrice: 4 }] },
			/already in use/,
		],
	])('stay unchanged if the invoice has %s', async (_what, more, change, message) => {
		outputOf(await run(order({ customerRegister: 'leave', productRegister: 'leave' }), [item('T-0')]));
		bench.sandbox.journal.clear();
		const { error } = await run(order(more), [item('T-1', change)]);
		expect(error?.message).toEqual(expect.stringMatching(message));
		expect(writes()).toEqual([]);
	});

	it('keep a newer address if the invoice already exists', async () => {
		outputOf(await run(order(), [item('T-1')]));
		outputOf(await run(order({ counterPartyStreet: 'Uusi katu 2' }), [item('T-2')]));
		bench.sandbox.journal.clear();
		expect(outputOf(await run(order(), [item('T-1')]))[0].wasCreated).toBe(false);
		expect(writes()).toEqual([]);
		expect((await run(order({}, { ifExists: 'stop' }), [item('T-1')])).error?.message).toMatch(/already/);
		expect(writes()).toEqual([]);
	});

	it('are named in the error if they were changed before Procountor rejected the invoice', async () => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, message: 'NO' }] },
			method: 'POST',
			path: '/invoices',
		});
		const { error } = await run(order(), [item('T-1')]);
		expect(error?.description).toMatch(
			/Done already: business partner V-77 \(ID \d+\) created, product KUP-1 \(ID \d+\) created\./,
		);
		bench.sandbox.journal.clear();
		outputOf(await run(order(), [item('T-1')]));
		expect(writes()).toEqual(['POST /invoices']);
	});
});

describe('Retry On Fail', () => {
	const kinds = ['cutBefore', 'cutAfter', 'htmlError', 'badGateway'] as const;
	const calls = ['/businesspartners', '/products', '/invoices'];
	it.each(calls.flatMap((path) => kinds.map((kind) => [kind, path] as const)))(
		'creates each record at most once after %s at POST %s',
		async (kind, path) => {
			bench.sandbox.faults.add({ kind, method: 'POST', path });
			const { error } = await run(order(), [item('T-1')], retrying);
			for (const one of calls) expect(writes().filter((call) => call === `POST ${one}`).length).toBeLessThanOrEqual(1);
			if (kind === 'cutAfter') expect(error).toBeUndefined();
			else expect(error?.message).toMatch(/^It is unclear whether Procountor saved/);
		},
	);

	it('ends with one customer, one product, and one invoice, whichever request fails once', async () => {
		outputOf(await run(order(), [item('T-0')]));
		const requests = bench.sandbox.journal.entries.filter(({ contractPath }) => contractPath !== '/oauth/token').length;
		let tried = 0;
		for (let at = 0; at < requests; at++) {
			bench.sandbox.reset();
			saved = bench.engine.saveCredential('procountorApi', bench.credential());
			bench.sandbox.faults.add({
				kind: 'status',
				status: 400,
				body: { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] },
				after: at,
			});
			const customer = `R-${at}`;
			const code = `RP-${at}`;
			outputOf(await run(order(), [item(`R-${at}`, { customer, rows: [{ ...row, productCode: code }] })], retrying));
			expect([
				(await registered(customer)).length,
				(await productsOf(code)).length,
				books.numbered(`R-${at}`).length,
			]).toEqual([1, 1, 1]);
			tried++;
		}
		process.stdout.write(
			`one request of ${tried} failed at a time: each time one customer, one product, one invoice\n`,
		);
	}, 120_000);
});

it('Two processes that create the same customer report the duplicate before the invoice is saved', async () => {
	const second = await startSecondProcess();
	try {
		const engines: Engine[] = [bench.engine, second.engine];
		let doubled = 0;
		for (let pair = 1; pair <= 6; pair++) {
			bench.sandbox.journal.clear();
			bench.sandbox.faults.add({ kind: 'latency', ms: 250, method: 'POST', path: '/businesspartners', times: 2 });
			const results = await Promise.all(
				engines.map(
					async (engine, index) =>
						await engine.runNode({
							type: 'procountor',
							parameters: order(),
							credentials: { procountorApi: engine.saveCredential('procountorApi', bench.credential()) },
							items: [item(`P${index}-${pair}`, { customer: `P-${pair}` })],
						}),
				),
			);
			const errors = results.flatMap(({ error }) => error?.message ?? []);
			if (writes().filter((call) => call === 'POST /businesspartners').length === 2) {
				doubled++;
				expect(errors.length).toBeGreaterThan(0);
				for (const message of errors) expect(message).toMatch(/ more than once \(IDs \d+ and \d+\): another execution/);
			} else expect(errors).toEqual([]);
			expect(writes().filter((call) => call === 'POST /invoices')).toHaveLength(2 - errors.length);
		}
		process.stdout.write(`doubled ${doubled} of 6 pairs, each reported before the invoice\n`);
		expect(doubled).toBeGreaterThan(0);
	} finally {
		second.close();
	}
});

it('Rows given as JSON text create their products too', async () => {
	outputOf(await run(order({}, asJson([row])), [item('T-1')]));
	expect(await productsOf('KUP-1')).toHaveLength(1);
});
