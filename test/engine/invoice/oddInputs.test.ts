/** Unusual inputs from shops, project tools, and users: each works or is reported before anything is saved. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { asJson, type Books, fromItem, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const date = '2026-10-01';
const row = { product: 'Kuppi', quantity: 2, unitPrice: 3.5, vatPercent: 25.5 };
const run = async (parameters: INodeParameters, rows: IDataObject[], operation = 'create') =>
	await bench.run('invoice', operation, { date, counterPartyName: 'Kahvila', ...asJson(rows), ...parameters });
const create = async (
	rows: IDataObject[],
	parameters: INodeParameters = {},
	operation = 'create',
): Promise<IDataObject> => {
	const { error, items } = await run(parameters, rows, operation);
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return items[0][0].json;
};
/** The error message; also checks that nothing was saved. */
const refusal = async (
	rows: IDataObject[],
	parameters: INodeParameters = {},
	operation = 'create',
): Promise<string> => {
	const before = books.size;
	const { error } = await run(parameters, rows, operation);
	expect(books.size).toBe(before);
	return `${error?.message} | ${error?.description ?? ''}`;
};
const half = (amount: number) => [
	{ dimensionId: 1, itemId: 11, amount },
	{ dimensionId: 1, itemId: 12, amount: 3.5 },
];

describe('Checks before saving', () => {
	it.each([
		[
			'dimension amounts that differ by a cent',
			[{ ...row, dimensions: half(3.49) }],
			'Row 1, Dimensions adds up to 6.99, not to 7.00 | The difference of 0.01 must go to one of them.',
		],
		[
			'dimension amounts on a zero row',
			[row, { ...row, quantity: 0, dimensions: half(3.5) }],
			'Row 2, Dimensions adds up to 7.00, not to 0.00',
		],
		[
			'shares that differ by 0.01 percent',
			[
				{
					...row,
					dimensions: [
						{ dimensionId: 1, itemId: 11, percent: 50 },
						{ dimensionId: 1, itemId: 12, percent: 49.99 },
					],
				},
			],
			'Row 1, Dimensions has shares that add up to 99.99 %, not 100',
		],
		[
			'an account outside the chart of accounts',
			[row, { ...row, account: '3333' }],
			'Row 2, Ledger Account is not in the chart of accounts: 3333 | Enter the number of an active account.',
		],
		[
			'an inactive account',
			[{ ...row, account: '3999' }],
			'Row 1, Ledger Account is out of use: 3999 | Enter the number of an active account.',
		],
		[
			'a negative row discount',
			[{ ...row, discountPercent: -10 }],
			'Row 1, Discount % is below 0 | Enter a surcharge in a row of its own.',
		],
		[
			'a VAT rate given as a fraction',
			[{ ...row, vatPercent: 0.255 }],
			'Row 1, VAT % is 0.255, which is not among the VAT rates in use',
		],
		['a quantity with its unit', [{ ...row, quantity: '2 kpl' }], 'Row 1, Quantity is not a number: "2 kpl"'],
		[
			'a comment that is too long',
			[row, { ...row, comment: 'x'.repeat(513) }],
			'Row 2, Comment is longer than 512 characters (513)',
		],
		[
			'a text instead of a row',
			['Kuppi' as unknown as IDataObject],
			'Row 1 is not an object: "Kuppi" | Give an object, such as {"name": "value"}',
		],
	])('refuse %s', async (_what, rows, message) => {
		expect(await refusal(rows)).toContain(message);
		expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
	});

	it('refuse an invoice discount below 0 or above 100 percent', async () => {
		expect(await refusal([row], { additionalFields: { discountPercent: -5 } })).toContain('Discount % is below 0');
		expect(await refusal([row], { additionalFields: { discountPercent: 110 } })).toContain('Discount % is above 100');
	});

	test.each<[string, INodeParameters, string, string?]>([
		[
			'penal interest with three decimals',
			{ additionalFields: { penaltyPercent: 10.555 } },
			'Penal Interest % has 3 decimals, and at most 2 are allowed',
		],
		[
			'a delivery method that sales invoices do not support',
			{ additionalFields: { bodyJson: '{"deliveryMethod":"OTHER"}' } },
			"Delivery Method cannot be 'Other' on sales invoices and orders",
		],
		[
			'a BIC on a sales invoice',
			{ additionalFields: { bodyJson: '{"paymentInfo":{"bankAccount":{"bic":"OKOYFIHH"}}}' } },
			'BIC cannot be given on sales invoices and orders',
		],
		[
			'a read-only payment method',
			{ additionalFields: { paymentMethod: 'DKLMPKRE' } },
			'Payment Method can only be read, not given',
		],
		[
			'a payment method that the API does not accept',
			{ additionalFields: { paymentMethod: 'DIRECT_DEBIT' } },
			'Payment Method is not one of Procountor\'s values: "DIRECT_DEBIT"',
		],
		[
			'travel information on a sales invoice',
			{ additionalFields: { bodyJson: '{"travelInformationItems":[{"places":"Pori"}]}' } },
			'belongs to travel invoices only',
		],
		[
			'an invalid email for a channel that does not need it',
			{ additionalFields: { counterPartyEmail: 'a@b', invoiceChannel: 'NO_SENDING' } },
			'Email is not an email address: "a@b"',
		],
		[
			'a payment term of 1,000 days',
			{ additionalFields: { termDays: 1000 } },
			'Payment Term (Days) should be a whole number of days from 0 to 999',
		],
		['a date that does not exist', { date: '31.2.2026' }, 'Invoice Date is not a day of the calendar: "31.2.2026"'],
		[
			'a date after all fiscal years',
			{ date: '2031-05-04', additionalFields: { closedPeriod: 'move' } },
			'Invoice Date is in a closed period, and no open day follows 2031-05-04 | Have a period opened in Procountor.',
		],
		[
			'a currency without an exchange rate',
			{ additionalFields: { currency: 'ISK' } },
			'Exchange Rate is empty, and Procountor has none for ISK on 2026-10-01',
		],
		[
			'a person instead of a customer',
			{ counterPartyName: '', partnerId: byId(519) },
			'Customer is in another register: Koivuranta Aino is a person',
		],
		[
			'a customer name of only spaces',
			{ counterPartyName: '   ' },
			'Customer is empty | Choose one from the register, or enter a name.',
		],
		[
			'a customer that is not in the register',
			{ partnerId: byId(999_999) },
			'Customer is not in the register: 999999 | Check the ID, and that the credential is of the company that the register belongs to.',
		],
	])('refuse %s', async (_what, parameters, message) => {
		expect(await refusal([row], parameters)).toContain(message);
		expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
	});

	it('refuse an item without rows', async () => {
		for (const rows of [undefined, null, []]) {
			const { error } = await bench.run(
				'invoice',
				'create',
				{ date, counterPartyName: 'Kahvila', ...fromItem },
				{ items: [{ rows } as IDataObject] },
			);
			expect(error?.message).toBe('Rows are empty');
		}
	});

	it('accept an account if the user cannot read the chart of accounts', async () => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 403,
			body: { errors: [{ status: 403, message: 'Forbidden' }] },
			method: 'GET',
			path: '/coa',
			times: 0,
		});
		const { id } = await create([{ ...row, account: '3020' }]);
		expect(books.entries(id)).toMatchObject([{ account: '3020' }]);
		// The same applies if the chart does not show which accounts are active.
		bench.sandbox.faults.clear();
		bench.sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: { ledgerAccounts: [{ ledgerAccountCode: '3900', name: 'Muut' }] },
			method: 'GET',
			path: '/coa',
			times: 0,
		});
		expect(books.entries((await create([{ ...row, account: '3900' }])).id)).toMatchObject([{ account: '3900' }]);
		bench.sandbox.faults.clear();
	});
});

it('The chart of accounts is read once for all items, and only if a row has an account', async () => {
	await create([row]);
	expect(bench.sandbox.journal.to('GET /coa')).toHaveLength(0);
	const items = Array.from({ length: 4 }, (_, index) => ({
		rows: [{ ...row, unitPrice: index + 1, account: '3020' }],
	}));
	expect(
		await bench.json('invoice', 'create', { date, counterPartyName: 'Kahvila', ...fromItem }, { items }),
	).toHaveLength(4);
	expect(bench.sandbox.journal.to('GET /coa')).toHaveLength(1);
});

it('Empty texts in a row count as missing values', async () => {
	const empty = {
		productCode: '',
		comment: null,
		unit: null,
		discountPercent: '',
		vatStatus: '',
		account: '',
		startDate: null,
		headerText: '',
		productId: '',
		dimensions: [{ dimensionId: 1, itemId: 11, percent: '', amount: '' }],
	};
	const { id } = await create([{ ...empty, ...row }]);
	expect(books.invoice(id).invoiceRows).toMatchObject([{ product: 'Kuppi', unit: 'PIECE', discountPercent: 0 }]);
	expect(books.entries(id)).toMatchObject([
		{ account: '3000', dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: -7 }] },
	]);
});

it('Zero quantities, returns, full discounts, and three-decimal prices are posted to the cent', async () => {
	const { id } = await create([
		{ ...row, product: 'Nolla', quantity: 0, account: '3010' },
		{
			...row,
			product: 'Palautus',
			quantity: -1,
			account: '3500',
			dimensions: [{ dimensionId: 1, itemId: 11, amount: -3.5 }],
		},
		{ ...row, product: 'Ilmainen', discountPercent: 100 },
		{
			...row,
			product: 'Ruuvi',
			quantity: 1001,
			unitPrice: 0.125,
			account: '3020',
			dimensions: [
				{ dimensionId: 1, itemId: 11, percent: 33.33 },
				{ dimensionId: 1, itemId: 12, percent: 66.67 },
			],
		},
	]);
	// 1001 × 0.125 = 125.125, rounded 125.13, a third of which is 41.705….
	expect(books.sums(id).net).toBe(121.63);
	expect(books.entries(id).filter(({ accountingValue }) => accountingValue !== 0)).toMatchObject([
		{ account: '3500', accountingValue: 3.5, dimensionItemValues: [{ itemId: 11, value: 3.5 }] },
		{
			account: '3020',
			accountingValue: -125.13,
			dimensionItemValues: [
				{ itemId: 11, value: -41.71 },
				{ itemId: 12, value: -83.42 },
			],
		},
	]);
});

it('VAT rates, prices, and quantities are accepted with commas, spaces, and percent signs', async () => {
	const { id } = await create([
		{ ...row, vatPercent: '25,5 %' },
		{ ...row, vatPercent: '25.5', unitPrice: '1 234,50' },
		{ ...row, vatPercent: 25.5, quantity: '1,5' },
	]);
	expect(books.invoice(id).invoiceRows).toMatchObject([
		{ vatPercent: 25.5 },
		{ vatPercent: 25.5, unitPrice: 1234.5 },
		{ vatPercent: 25.5, quantity: 1.5 },
	]);
});

it('A heading has the VAT and the VAT status of the row below it', async () => {
	const { id } = await create(
		[
			{ header: 'Kotimaassa' },
			{ ...row, vatStatus: '1' },
			{ header: 'Vienti' },
			{ ...row, vatPercent: 0, unitPrice: 9 },
		],
		{ additionalFields: { vatStatus: '22' } },
	);
	expect(books.invoice(id)).toMatchObject({
		vatStatus: 22,
		invoiceRows: [
			{ product: 'Kotimaassa', vatPercent: 25.5, vatStatus: 1 },
			{ vatPercent: 25.5, vatStatus: 1 },
			{ product: 'Vienti', vatPercent: 0 },
			{ vatPercent: 0 },
		],
	});
	expect(books.invoice(id).invoiceRows[2]).not.toHaveProperty('vatStatus');
});

it('A row can have its own VAT status, by number, code, or name', async () => {
	const { id } = await create([
		row,
		...['12', 'vat_12', 'Ei arvonlisäveroa'].map((vatStatus, index) => ({
			product: `Panttimaksu ${index}`,
			unitPrice: 5 + index,
			vatStatus,
		})),
	]);
	expect(books.invoice(id)).toMatchObject({
		vatStatus: 1,
		invoiceRows: [
			{ vatPercent: 25.5 },
			{ vatPercent: 0, vatStatus: 12 },
			{ vatPercent: 0, vatStatus: 12 },
			{ vatPercent: 0, vatStatus: 12 },
		],
	});
	expect(books.sums(id)).toEqual({ net: 25, vat: 1.79, total: 26.79 });
	expect(await refusal([row, { ...row, vatStatus: 'Vienti' }])).toContain(
		'Row 2, VAT Status is not a VAT status: "Vienti"',
	);
	expect(await refusal([{ ...row, vatStatus: 12 }])).toContain(
		'Row 1, VAT % is 25.5, but the VAT status 12 (Ei arvonlisäveroa) allows 0 only',
	);
});

it('A product code with spaces around it is found', async () => {
	const { id } = await create([{ productCode: ' KUP-200 ' }]);
	expect(books.invoice(id).invoiceRows).toMatchObject([{ productCode: 'KUP-200', product: 'Kuppi valkoinen 2 dl' }]);
});

describe('VAT in special cases', () => {
	const statuses = [
		{ vatStatus: 1, description: 'Kotimaa', sales: true, purchase: true, domestic: true },
		{ vatStatus: 5, description: 'Tavaroiden myynti EU-maihin', sales: true, purchase: false, domestic: false },
		{
			vatStatus: 47,
			description: 'Rakennuspalvelun myynti, käännetty verovelvollisuus',
			sales: true,
			purchase: false,
			domestic: false,
		},
	];
	beforeEach(() => bench.sandbox.world.company(DEMO.companyId).setFact('vatStatuses', statuses));

	it.each([
		['reverse-charge construction by name', 'Rakennuspalvelun myynti, käännetty verovelvollisuus', 47],
		['reverse-charge construction by number', 47, 47],
		['goods sold to the EU', 5, 5],
	])('is 0 percent for products from the register with %s', async (_what, vatStatus, expected) => {
		const { id } = await create(
			[
				{ productId: books.product('KUP-200'), account: '3900' },
				{ product: 'Työ', unitPrice: 100 },
			],
			{ additionalFields: { vatStatus, identifier: '1234567-1' } },
		);
		expect(books.invoice(id)).toMatchObject({
			vatStatus: expected,
			invoiceRows: [{ vatPercent: 0, unitPrice: 3.5 }, { vatPercent: 0 }],
		});
		expect(books.sums(id)).toEqual({ net: 103.5, vat: 0, total: 103.5 });
		expect(books.entries(id)).toMatchObject([
			{ account: '3900', accountingValue: -3.5, vatPercent: 0 },
			{ accountingValue: -100 },
		]);
	});

	it.each(['SE', 'Sweden', 'SWEDEN', 'Ruotsi'])('uses the foreign VAT country given as %s', async (vatCountry) => {
		const { settings } = bench.sandbox.world.company(DEMO.companyId);
		Object.assign(settings, { foreignVat: true, vatPercents: [...settings.vatPercents, 25] });
		try {
			const { id } = await create([{ ...row, vatPercent: 25, account: '3020' }], {
				additionalFields: { vatCountry, counterPartyCountry: vatCountry, vatStatus: 1 },
			});
			expect(books.invoice(id)).toMatchObject({
				vatCountry: 'SWEDEN',
				counterParty: { counterPartyAddress: { country: 'SWEDEN' } },
			});
			expect(books.sums(id)).toEqual({ net: 7, vat: 1.75, total: 8.75 });
			expect(books.entries(id)).toMatchObject([{ account: '3020', accountingValue: -7, vatPercent: 25 }]);
		} finally {
			Object.assign(settings, {
				foreignVat: false,
				vatPercents: settings.vatPercents.filter((percent) => percent !== 25),
			});
		}
	});

	it('is domestic by default in a company that uses foreign VAT', async () => {
		const { settings } = bench.sandbox.world.company(DEMO.companyId);
		settings.foreignVat = true;
		const percentages = (list: number[]) => list.map((vatPercent) => ({ vatPercent, sales: true, purchase: true }));
		bench.sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: {
				vatInformation: [
					{ country: 'FINLAND', percentages: percentages([25.5, 13.5, 0]) },
					{ country: 'SWEDEN', percentages: percentages([25, 12, 0]) },
				],
				vatStatuses: [{ vatStatus: 1, description: 'Kotimaa', sales: true, purchase: true }],
			},
			method: 'GET',
			path: '/vats/default',
			times: 0,
		});
		try {
			const { id } = await create([row]);
			expect(books.invoice(id)).toMatchObject({ vatCountry: 'FINLAND', invoiceRows: [{ vatPercent: 25.5 }] });
			expect(await refusal([{ ...row, vatPercent: 25 }])).toContain(
				'Row 1, VAT % is 25, which is not among the VAT rates in use | Use one of 25.5, 13.5, 0.',
			);
			expect(await refusal([row], { additionalFields: { vatCountry: 'Sweden' } })).toContain(
				'Row 1, VAT % is 25.5, which is not among the VAT rates in use | Use one of 25, 12, 0.',
			);
		} finally {
			settings.foreignVat = false;
			bench.sandbox.faults.clear();
		}
	});

	it('is refused for a foreign country if the company does not use foreign VAT', async () => {
		expect(await refusal([{ ...row, vatPercent: 25 }], { additionalFields: { vatCountry: 'SE' } })).toContain(
			'VAT Country: Foreign VAT is not in use.',
		);
	});
});

describe('Language', () => {
	it.each(['en', 'English', 'ENGLISH', 'Englanti'])('is English for %s', async (language) => {
		const { id } = await create([row], { additionalFields: { language } });
		expect(books.invoice(id).language).toBe('ENGLISH');
	});

	it('is refused if Procountor does not support it', async () => {
		expect(await refusal([row], { additionalFields: { language: 'Klingon' } })).toContain(
			'Language is not a language that can be used here: "Klingon"',
		);
	});
});

describe('Reference number', () => {
	it.each([
		['00 1234 53', '123453'],
		[123453, '123453'],
		['rf81 1234 53', 'RF81123453'],
	])('is normalized: %s is stored as %s', async (given, stored) => {
		const { id } = await create([row], { reference: 'given', additionalFields: { bankReferenceCode: given } });
		expect(books.invoice(id).paymentInfo.bankReferenceCode).toBe(stored);
	});
});

it('An invoice in dollars at a given rate is posted in euros, including dimension amounts', async () => {
	const rows = [
		{
			...row,
			unitPrice: 1000.01,
			account: '3020',
			dimensions: [
				{ dimensionId: 1, itemId: 11, percent: 50 },
				{ dimensionId: 1, itemId: 12, percent: 50 },
			],
		},
		{
			...row,
			quantity: 1,
			unitPrice: 50,
			account: '3900',
			dimensions: [{ dimensionId: 1, itemId: 13, amount: 46.15 }],
		},
	];
	const { id } = await create(rows, { additionalFields: { currency: 'usd', currencyRate: 1.0834 } });
	expect(books.invoice(id).paymentInfo).toMatchObject({ currency: 'USD', currencyRate: 1.0834 });
	expect(books.sums(id).net).toBe(2050.02);
	// 2000.02 / 1.0834 = 1846.06…; 50 / 1.0834 = 46.15….
	expect(books.entries(id)).toMatchObject([
		{ account: '3020', accountingValue: -1846.06, dimensionItemValues: [{ value: -923.03 }, { value: -923.03 }] },
		{ account: '3900', accountingValue: -46.15, dimensionItemValues: [{ itemId: 13, value: -46.15 }] },
	]);
});

it('Items that Procountor sets on other dimensions are kept', async () => {
	bench.sandbox.faults.add({
		kind: 'status',
		status: 400,
		body: { errors: [{ status: 400, field: 'version', message: 'Version does not match.' }] },
		method: 'PUT',
		path: '/ledgerreceipts/{receiptId}',
	});
	const rows = [{ ...row, account: '3020', dimensions: [{ dimensionId: 1, itemId: 11 }] }];
	expect((await run({ originalInvoiceNumber: 'D-1' }, rows)).error?.message).toContain(
		'Could not set accounts and dimensions',
	);
	// The partner's default project, set when the invoice was saved.
	const [{ ledgerReceiptId }] = books.numbered('D-1');
	const { transactions } = books.receipt(ledgerReceiptId);
	const byDefault = [
		{ dimensionId: 1, itemId: 12, value: -7 },
		{ dimensionId: 2, itemId: 21, value: -7 },
	];
	bench.sandbox.backdoor.change('ledgerReceipts', Number(ledgerReceiptId), {
		transactions: transactions.map((one) =>
			one.transactionType === 'ENTRY' ? { ...one, dimensionItemValues: byDefault } : one,
		),
	});
	const { id } = await create(rows, { originalInvoiceNumber: 'D-1' });
	expect(books.entries(id)).toMatchObject([
		{
			account: '3020',
			dimensionItemValues: expect.arrayContaining([
				{ dimensionId: 1, itemId: 11, value: -7 },
				{ dimensionId: 2, itemId: 21, value: -7 },
			]),
		},
	]);
	expect(books.entries(id)[0].dimensionItemValues).toHaveLength(2);
	bench.sandbox.journal.clear();
	await create(rows, { originalInvoiceNumber: 'D-1' });
	expect(bench.sandbox.journal.to('PUT /ledgerreceipts/{receiptId}')).toHaveLength(0);
});

it('A person number with spaces around it is found', async () => {
	const { id } = await create(
		[{ ...row, vatPercent: 13.5 }],
		{ counterPartyName: '', additionalFields: { personNumber: ' 9002 ' } },
		'createExpenseClaim',
	);
	expect(books.invoice(id).partnerId).toBe(books.partner('9002'));
});

it('Two customers with the same name are distinguished by ID', async () => {
	const first = books.partner('1002');
	const [{ id: second }] = await bench.json('businessPartner', 'create', {
		name: 'Ravintola Pohjantähti Ky',
		type: 'CUSTOMER',
		paymentMethod: 'BANK_TRANSFER',
		street: 'Kauppakatu 1',
		zip: '00100',
		city: 'HELSINKI',
		country: 'FINLAND',
	});
	const parameters = (partnerId: unknown, number: string) => ({
		partnerId: byId(partnerId),
		counterPartyName: '',
		originalInvoiceNumber: number,
	});
	const made = async (partnerId: unknown, number: string) => await create([row], parameters(partnerId, number));
	const [one, other] = [await made(first, 'N-1'), await made(second, 'N-2')];
	expect([one.wasCreated, other.wasCreated]).toEqual([true, true]);
	expect([books.invoice(one.id).partnerId, books.invoice(other.id).partnerId]).toEqual([first, second]);
	expect((await made(second, 'N-2')).id).toBe(other.id);
	// Sales numbers are unique in the company, so the same number for another customer is an error.
	expect((await run(parameters(second, 'N-1'), [row])).error?.message).toContain(
		`differs from this item: it is for 'Ravintola Pohjantähti Ky' (ID ${first}), not for 'Ravintola Pohjantähti Ky' (ID ${Number(second)})`,
	);
	expect(books.numbered('N-1')).toHaveLength(1);
});
