import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { asJson, type Books, fromItem, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const date = '2026-10-01';
const row = { product: 'Kuppi', quantity: 2, unitPrice: 3.5, vatPercent: 25.5 };
const create = async (parameters: INodeParameters, items?: IDataObject[]) =>
	await bench.json('invoice', 'create', { date, ...parameters }, items ? { items } : {});
const failing = async (parameters: INodeParameters, operation = 'create') => {
	const { error } = await bench.run('invoice', operation, { date, ...parameters });
	return `${error?.message} | ${error?.description ?? ''}`;
};

it("a shop's orders become sales invoices with account and cost centre on each row, approved and sent, their numbers in the order of the items", async () => {
	const orders = [1001, 1002, 1003].map((number, index) => ({
		number: `WEB-${number}`,
		customer: books.partner(String(number)),
		rows: [
			{
				productCode: 'KAH-001',
				quantity: '3',
				unitPrice: '14,90',
				account: '3010',
				dimensions: [{ dimensionId: 'Kustannuspaikka', itemId: 'Verkkokauppa' }],
			},
			{
				product: 'Toimitus',
				quantity: 1,
				unitPrice: 4.9 + index,
				vatPercent: 25.5,
				account: '3900',
				dimensions: [
					{ dimensionId: 1, itemId: 13, percent: 70 },
					{ dimensionId: 1, itemId: 'Helsinki', percent: 30 },
					{ dimensionId: 'Projekti', itemId: 'P-102 Messut 2026', amount: 4.9 + index },
				],
			},
		],
	}));
	const made = await create(
		{ partnerId: '={{ $json.customer }}', originalInvoiceNumber: '={{ $json.number }}', after: 'send', ...fromItem },
		orders,
	);
	expect(
		made.map(({ originalInvoiceNumber, status, wasCreated }) => ({ originalInvoiceNumber, status, wasCreated })),
	).toEqual(orders.map(({ number }) => ({ originalInvoiceNumber: number, status: 'SENT', wasCreated: true })));
	const numbers = made.map(({ invoiceNumber }) => Number(invoiceNumber));
	expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
	expect(new Set(numbers).size).toBe(3);
	for (const [index, { id }] of made.entries()) {
		const delivery = 4.9 + index;
		// 44.70 at 13.5 % and the delivery at 25.5 %, each row's VAT rounded.
		const vat = 6.03 + Math.round(delivery * 25.5) / 100;
		expect(books.sums(id)).toEqual({
			net: expect.closeTo(44.7 + delivery, 8),
			vat: expect.closeTo(vat, 8),
			total: expect.closeTo(44.7 + delivery + vat, 8),
		});
		expect(books.entries(id)).toMatchObject([
			{
				account: '3010',
				accountingValue: -44.7,
				vatPercent: 13.5,
				dimensionItemValues: [{ dimensionId: 1, itemId: 13, value: -44.7 }],
			},
			{ account: '3900', accountingValue: -delivery, vatPercent: 25.5 },
		]);
		const [helsinki, shop] = [11, 13].map(
			(item) => books.entries(id)[1].dimensionItemValues?.find(({ itemId }) => itemId === item)?.value ?? 0,
		);
		expect(Math.round((helsinki + shop) * 100)).toBe(Math.round(-delivery * 100));
		expect(books.entries(id)[1].dimensionItemValues).toContainEqual({ dimensionId: 2, itemId: 22, value: -delivery });
	}
	expect(made[0].done).toEqual([
		expect.stringMatching(/^invoice \d+ \(ID \d+\) saved$/),
		expect.stringMatching(/^accounts and dimensions set in receipt \d+$/),
		expect.stringMatching(/approved$/),
		expect.stringMatching(/sent$/),
	]);
});

it('the shortest invoice needs a customer and one row: the rest comes from the register and the company', async () => {
	const [{ id }] = await create({
		partnerId: byId(books.partner('1002')),
		...asJson([{ productId: books.product('KUP-200') }]),
	});
	expect(books.invoice(id)).toMatchObject({
		type: 'SALES_INVOICE',
		status: 'UNFINISHED',
		invoiceChannel: 'EMAIL',
		language: 'FINNISH',
		vatStatus: 1,
		penaltyPercent: 10.5,
		discountPercent: 0,
		counterParty: {
			customerNumber: '1002',
			email: 'laskut1002@example.fi',
			counterPartyAddress: {
				name: 'Ravintola Pohjantähti Ky',
				street: 'Hämeenkatu 5',
				zip: '33100',
				city: 'TAMPERE',
				country: 'FINLAND',
			},
		},
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			currency: 'EUR',
			currencyRate: 1,
			dueDate: '2026-10-15',
			bankAccount: { accountNumber: 'FI2150000120000101' },
		},
		invoiceRows: [
			{
				product: 'Kuppi valkoinen 2 dl',
				productCode: 'KUP-200',
				quantity: 1,
				unit: 'PIECE',
				unitPrice: 3.5,
				discountPercent: 0,
				vatPercent: 25.5,
			},
		],
	});
	// Made by Procountor, as its standard has it: with a check digit.
	expect(books.invoice(id).paymentInfo.bankReferenceCode).toMatch(/^\d{4,20}$/);
	// The product's own account is used, since the invoice is posted row by row.
	expect(books.entries(id)).toMatchObject([{ account: '3000', accountingValue: -3.5 }]);
});

it('rows filled in in the editor mean the same as a list', async () => {
	const empty = {
		productId: byId(''),
		productCode: '',
		unit: byId(''),
		discountPercent: '',
		vatStatus: byId(''),
		comment: '',
		startDate: '',
		endDate: '',
		headerText: '',
		explanationText: '',
		header: '',
	};
	const { productId, ...folded } = empty;
	const filled = {
		productId,
		product: 'Kuppi',
		quantity: '2',
		unitPrice: '3.50',
		vatPercent: '25.5',
		dimensions: {
			row: [
				{ dimensionId: byId(1), itemId: byId(11), percent: '60', amount: '' },
				{ dimensionId: byId(1), itemId: byId(12), percent: '40', amount: '' },
			],
		},
		account: byId('3020'),
		moreFields: folded,
	};
	const [{ id }] = await create({
		partnerId: byId(books.partner('1007')),
		specifyRows: 'fields',
		invoiceRows: { row: [filled] },
	});
	expect(books.entries(id)).toMatchObject([
		{
			account: '3020',
			accountingValue: -7,
			dimensionItemValues: [
				{ dimensionId: 1, itemId: 11, value: -4.2 },
				{ dimensionId: 1, itemId: 12, value: -2.8 },
			],
		},
	]);
});

describe('A heading', () => {
	const words = 'sana '.repeat(40).trim();
	it.each([
		['one line', { header: 'Vaihe 1' }, 'Vaihe 1', undefined],
		['two lines', { header: 'Vaihe 1\nMäärittely' }, 'Vaihe 1', 'Määrittely'],
		['more than a name holds', { header: words }, words.slice(0, 79), words.slice(80)],
		['a long word', { header: 'x'.repeat(100) }, 'x'.repeat(80), 'x'.repeat(20)],
		['a comment of its own', { header: 'Vaihe 1', comment: 'Syyskuu' }, 'Vaihe 1', 'Syyskuu'],
		['lines and a comment', { header: 'Vaihe 1\r\nTyöt', comment: 'Syyskuu' }, 'Vaihe 1', 'Työt\\Syyskuu'],
	])('of %s prints each text once', async (_, heading, product, comment) => {
		const [{ id }] = await create({ counterPartyName: 'Ostaja Oy', ...asJson([heading, row]) });
		const [made] = books.invoice(id).invoiceRows;
		expect([made.product, made.comment]).toEqual([product, comment]);
	});
});

it("a project tool's invoice: headings, comments, accruals, names of countries and languages, left as a draft", async () => {
	const rows = [
		{ header: 'Vaihe 1\nMäärittely' },
		{
			product: 'Suunnittelu',
			quantity: '7,5',
			unit: 'tunti',
			unitPrice: 95,
			vatPercent: '25,5 %',
			discountPercent: 10,
			comment: 'Työpajat\nja raportti',
			startDate: '1.9.2026',
			endDate: '2026-09-30',
			account: '3020',
			dimensions: [{ dimensionId: 'projekti', itemId: 'p-101 kahvilaketju' }],
		},
		{
			product: 'Matkat',
			quantity: 120,
			unit: 'km',
			unitPrice: 0.55,
			vatPercent: 25.5,
			headerText: 'Kulut',
			explanationText: 'Helsinki–Tampere',
		},
	];
	const [{ id, status }] = await create({
		counterPartyName: 'Svensk Kund AB',
		originalInvoiceNumber: 'P-7',
		...asJson(rows),
		additionalFields: {
			counterPartyStreet: 'Drottninggatan 1',
			counterPartyZip: '11151',
			counterPartyCity: 'Stockholm',
			counterPartyCountry: 'Sweden',
			language: 'SWEDISH',
			vatStatus: 'Kotimaa',
			termDays: 30,
			notes: 'Projekti 7',
		},
	});
	expect(status).toBe('UNFINISHED');
	expect(books.invoice(id)).toMatchObject({
		language: 'SWEDISH',
		invoiceChannel: 'NO_SENDING',
		vatStatus: 1,
		notes: 'Projekti 7',
		counterParty: { counterPartyAddress: { name: 'Svensk Kund AB', country: 'SWEDEN' } },
		paymentInfo: { dueDate: '2026-10-31' },
		invoiceRows: [
			{
				product: 'Vaihe 1',
				comment: 'Määrittely',
				quantity: 0,
				unitPrice: 0,
				unit: 'NO_UNIT',
				vatPercent: 25.5,
			},
			{
				product: 'Suunnittelu',
				quantity: 7.5,
				unit: 'HOUR',
				unitPrice: 95,
				discountPercent: 10,
				vatPercent: 25.5,
				comment: 'Työpajat\\ja raportti',
				startDate: '2026-09-01',
				endDate: '2026-09-30',
			},
			{ product: 'Matkat', quantity: 120, unit: 'KILOMETER', headerText: 'Kulut', explanationText: 'Helsinki–Tampere' },
		],
	});
	// 7.5 × 95.00 − 10 % = 641.25, 120 × 0.55 = 66.00.
	expect(books.sums(id)).toEqual({ net: 707.25, vat: 180.35, total: 887.6 });
	expect(books.entries(id).find(({ accountingValue }) => accountingValue === -641.25)).toMatchObject({
		account: '3020',
		dimensionItemValues: [{ dimensionId: 2, itemId: 21, value: -641.25 }],
	});
});

it('prices with VAT and a discount of the whole invoice are posted to the cent', async () => {
	const rows = [
		{ product: 'A', quantity: 3, unitPrice: 9.99, vatPercent: 25.5, account: '3000' },
		{
			product: 'B',
			quantity: 1,
			unitPrice: 19.95,
			vatPercent: 13.5,
			account: '3010',
			dimensions: [
				{ dimensionId: 1, itemId: 11, percent: 33.33 },
				{ dimensionId: 1, itemId: 12, percent: 33.33 },
				{ dimensionId: 1, itemId: 13, percent: 33.34 },
			],
		},
	];
	const [{ id }] = await create({
		counterPartyName: 'Kahvila',
		unitPricesIncludeVat: true,
		...asJson(rows),
		additionalFields: { discountPercent: 5 },
	});
	const [a, b] = books.entries(id);
	// 29.97 − 5 % = 28.4715 with VAT, 22.69 without; 19.95 − 5 % = 18.9525 with, 16.70 without.
	expect([a, b]).toMatchObject([
		{ account: '3000', accountingValue: -22.69 },
		{ account: '3010', accountingValue: -16.7 },
	]);
	expect((b.dimensionItemValues ?? []).map(({ value }) => value).sort()).toEqual([-5.56, -5.57, -5.57]);
});

it("another currency takes Procountor's rate of the day, and the books are in euros", async () => {
	const [{ id }] = await create({
		counterPartyName: 'Svensk Kund AB',
		...asJson([
			{ product: 'A', quantity: 1, unitPrice: 1000, vatPercent: 25.5, account: '3020' },
			{ product: 'B', quantity: 2, unitPrice: 33.33, vatPercent: 25.5 },
		]),
		additionalFields: { currency: 'SEK' },
	});
	expect(books.invoice(id).paymentInfo).toMatchObject({ currency: 'SEK', currencyRate: 11.2 });
	expect(books.entries(id)).toMatchObject([
		{ account: '3020', accountingValue: -89.29 },
		{ account: '3000', accountingValue: -5.95 },
	]);
});

describe('VAT', () => {
	it('services to the EU have no VAT, by their status', async () => {
		const [{ id }] = await create({
			counterPartyName: 'Kunde GmbH',
			additionalFields: { counterPartyCountry: 'DE', vatStatus: 'Palvelujen myynti EU-maihin', taxCode: 'DE123456789' },
			...asJson([{ product: 'Neuvonta', unitPrice: 100 }]),
		});
		expect(books.invoice(id)).toMatchObject({
			vatStatus: 22,
			counterParty: { taxCode: 'DE123456789' },
			invoiceRows: [{ vatPercent: 0 }],
		});
		expect(books.sums(id)).toEqual({ net: 100, vat: 0, total: 100 });
	});

	it.each([
		[
			'a customer abroad without a status',
			{ counterPartyName: 'Kunde', ...asJson([row]), additionalFields: { counterPartyCountry: 'Saksa' } },
			'VAT Status is empty, and the customer is in another country (Germany)',
		],
		[
			'a status that the company does not use',
			{ counterPartyName: 'K', ...asJson([row]), additionalFields: { vatStatus: '41' } },
			'VAT Status is 41, which the company does not use for sales',
		],
		[
			'a per cent that the status does not have',
			{ counterPartyName: 'K', ...asJson([row]), additionalFields: { vatStatus: '22' } },
			'Row 1, VAT % is 25.5, but the VAT status 22 (Palvelujen myynti EU-maihin) allows 0 only',
		],
		[
			'a per cent that the company does not use',
			{ counterPartyName: 'K', ...asJson([row, { ...row, vatPercent: 20 }]) },
			'Row 2, VAT % is 20, which is not among the VAT per cents in use | Use one of 25.5, 13.5, 10, 0.',
		],
		[
			'no per cent anywhere',
			{ counterPartyName: 'K', ...asJson([{ product: 'A', unitPrice: 1 }]) },
			'Row 1, VAT % is empty',
		],
	])('%s is refused before anything is sent', async (_what, parameters, message) => {
		expect(await failing(parameters as INodeParameters)).toContain(message);
		expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
	});
});

describe('reference number', () => {
	const parameters = { counterPartyName: 'Kahvila', ...asJson([row]) };
	it.each([
		['made by Procountor', { reference: 'procountor' }, /^\d+$/],
		['given', { reference: 'given', additionalFields: { bankReferenceCode: '1234 53' } }, /^123453$/],
		['RF', { reference: 'given', additionalFields: { bankReferenceCode: 'RF18539007547034' } }, /^RF18539007547034$/],
	])('%s', async (_what, more, expected) => {
		const [{ id }] = await create({ ...parameters, ...more } as INodeParameters);
		expect(books.invoice(id).paymentInfo.bankReferenceCode).toMatch(expected);
	});

	it('none, and what does not fit', async () => {
		const [{ id }] = await create({ ...parameters, reference: 'none' });
		expect(books.invoice(id).paymentInfo).not.toHaveProperty('bankReferenceCode');
		expect(
			await failing({ ...parameters, reference: 'given', additionalFields: { bankReferenceCode: '123454' } }),
		).toMatch(/^Reference Number is not a Finnish reference number: its last digit, the check digit, should be 3/);
		expect(await failing({ ...parameters, reference: 'given' })).toContain('Reference Number (Given) is empty');
		expect(
			await failing({
				...parameters,
				reference: 'procountor',
				additionalFields: { bodyJson: '{"paymentInfo":{"bankReferenceCode":"123453"}}' },
			}),
		).toContain('Reference Number is set to another choice');
	});
});

it('a date in a closed period stops with a message, or moves to the first open day where that is chosen', async () => {
	const parameters = { counterPartyName: 'Kahvila', ...asJson([row]), date: '2026-05-04' };
	expect(await failing(parameters)).toContain('The date is in a fiscal year or tracking period that is closed');
	const [{ id }] = await create({ ...parameters, additionalFields: { closedPeriod: 'move', termDays: 7 } });
	expect(books.invoice(id)).toMatchObject({ date: '2026-07-01', paymentInfo: { dueDate: '2026-07-08' } });
	expect(await failing({ ...parameters, additionalFields: { closedPeriod: 'move', dueDate: '2026-06-01' } })).toContain(
		'Due Date is before the invoice date 2026-07-01',
	);
});

describe('checks before sending, each with its own message', () => {
	const party = { counterPartyName: 'Kahvila' };
	const cases: Array<[string, INodeParameters, string]> = [
		[
			'business ID',
			{ ...party, additionalFields: { identifier: '1234567-2' } },
			'Business ID is not a Finnish business ID: its check digit should be 1',
		],
		[
			'VAT number',
			{ ...party, additionalFields: { taxCode: 'DE12345' } },
			'VAT Number is not a VAT number: after DE should come 9 digits',
		],
		[
			'IBAN',
			{ ...party, additionalFields: { bankAccount: 'FI2112345600000786' } },
			'Bank Account (IBAN) is not an IBAN: its check digits do not match',
		],
		[
			'OVT',
			{
				...party,
				additionalFields: {
					invoiceChannel: 'ELECTRONIC_INVOICE',
					einvoiceAddress: '003712345672',
					einvoiceOperator: '003721291126',
					counterPartyStreet: 'Katu 1',
					counterPartyZip: '00100',
					counterPartyCity: 'Helsinki',
				},
			},
			'E-Invoice Address is not an OVT identifier',
		],
		[
			'operator',
			{
				...party,
				additionalFields: {
					invoiceChannel: 'ELECTRONIC_INVOICE',
					einvoiceAddress: '003712345671',
					counterPartyStreet: 'Katu 1',
					counterPartyZip: '00100',
					counterPartyCity: 'Helsinki',
				},
			},
			'E-Invoice Operator is missing, and an e-invoice in Finland needs it',
		],
		[
			'address for an e-invoice',
			{
				...party,
				additionalFields: {
					invoiceChannel: 'ELECTRONIC_INVOICE',
					einvoiceAddress: '003712345671',
					einvoiceOperator: '003721291126',
				},
			},
			'Customer Address, Street is missing, and an e-invoice needs it',
		],
		[
			'email for a channel',
			{ ...party, additionalFields: { invoiceChannel: 'EMAIL' } },
			'Email is missing, and an invoice by email needs it',
		],
		[
			'a wrong email',
			{ ...party, additionalFields: { invoiceChannel: 'EMAIL', counterPartyEmail: 'ei-osoite' } },
			'Email is not an email address: "ei-osoite"',
		],
		[
			'due date before',
			{ ...party, additionalFields: { dueDate: '2026-09-30' } },
			'Due Date is before the invoice date 2026-10-01',
		],
		['due date too far', { ...party, additionalFields: { dueDate: '2029-10-01' } }, 'Procountor takes at most 999'],
		[
			'letters',
			{ ...party, additionalFields: { notes: 'Kiitos 🙂' } },
			'Notes contains "🙂" at character 8, which Procountor does not accept',
		],
		[
			'lengths',
			{ ...party, additionalFields: { orderReference: 'x'.repeat(71) } },
			'Order Reference is longer than 70 characters (71)',
		],
		[
			'decimals',
			{ ...party, additionalFields: { discountPercent: 1.23456 } },
			'Discount % has 5 decimals, and at most 4 are allowed',
		],
		['nobody', { ...asJson([row]) }, 'Customer is empty'],
		[
			'sending without a channel',
			{ ...party, after: 'send' },
			"Invoice Channel is 'No Sending', so the invoice cannot be sent",
		],
	];
	it.each(cases)('%s', async (_what, parameters, message) => {
		expect(await failing({ ...asJson([row]), ...parameters })).toContain(message);
		expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
	});

	const rows: Array<[string, IDataObject[], string]> = [
		['no rows', [], 'Rows are empty'],
		['a quantity that is none', [row, { ...row, quantity: 'kaksi' }], 'Row 2, Quantity is not a number: "kaksi"'],
		['an ambiguous price', [{ ...row, unitPrice: '1,234' }], 'Row 1, Unit Price can be read in several ways'],
		['a unit', [{ ...row, unit: 'tusinat' }], 'Row 1, Unit is not a unit'],
		['no product', [{ quantity: 1, unitPrice: 1 }], 'Row 1, Product is empty'],
		[
			'a code that is not in the register',
			[{ productCode: 'EI-OLE' }],
			'Row 1, Product Code is not in the product register: EI-OLE',
		],
		[
			'a product out of use',
			[{ productCode: 'VAN-001' }],
			'Row 1, Product Code is not in the product register as an active product',
		],
		['letters', [{ ...row, product: 'Кофе' }], 'Row 1, Product Name contains "К" at character 1'],
		[
			'an accrual that ends before it begins',
			[{ ...row, startDate: '2026-02-01', endDate: '2026-01-01' }],
			'Row 1, Accrual End is before the accrual start',
		],
		['a field that is none', [{ ...row, hinta: 1 }], 'Row 1, Hinta is not a field of Procountor'],
		[
			'a dimension that is not there',
			[{ ...row, dimensions: [{ dimensionId: 'Osasto', itemId: 1 }] }],
			"Row 1, Dimension 1 names 'Osasto', which is not there",
		],
		[
			'a closed dimension item',
			[{ ...row, dimensions: [{ dimensionId: 1, itemId: 'Turku' }] }],
			"Row 1, Dimension 1 names 'Turku', which is closed",
		],
		[
			'shares of more than all',
			[
				{
					...row,
					dimensions: [
						{ dimensionId: 1, itemId: 11, percent: 60 },
						{ dimensionId: 1, itemId: 12, percent: 50 },
					],
				},
			],
			'Row 1, Dimensions has shares of 110 per cent together, not 100',
		],
		[
			'a heading with a price',
			[row, { header: 'Otsikko', unitPrice: 5 }],
			'Row 2, Heading stands in a row with a product, a sum or an account',
		],
	];
	it.each(rows)('rows: %s', async (_what, given, message) => {
		expect(await failing({ counterPartyName: 'Kahvila', ...asJson(given) })).toContain(message);
		expect(bench.sandbox.journal.to('POST /invoices')).toEqual([]);
	});

	it('unsupported characters are replaced where that is chosen', async () => {
		const [{ id }] = await create({
			counterPartyName: 'Kahvila',
			...asJson([{ ...row, product: 'Žižkov – kahvi ☕' }]),
			additionalFields: { notes: 'Dvořák 🙂', letters: 'nearest' },
		});
		expect(books.invoice(id)).toMatchObject({ notes: 'Dvorák ', invoiceRows: [{ product: 'Žižkov – kahvi ' }] });
	});
});

it('what Procountor refuses is told in words, with the row', async () => {
	bench.sandbox.world.company(10101).settings.accountingByRow = false;
	expect(await failing({ counterPartyName: 'Kahvila', ...asJson([{ ...row, account: '3000' }]) })).toContain(
		'Accounting by Row is not in use in this company, and accounts or dimensions of rows need it',
	);
	bench.sandbox.world.company(10101).settings.accountingByRow = true;
	// An account of the balance sheet does not go with VAT: the invoice is saved, its account refused.
	const message = await failing({
		counterPartyName: 'Kahvila',
		originalInvoiceNumber: 'T-1',
		...asJson([
			{ ...row, unitPrice: 9 },
			{ ...row, account: '1910' },
		]),
	});
	expect(message).toMatch(
		/^Could not set accounts and dimensions: Row 2, VAT %: The ledger account cannot be used with this VAT per cent/,
	);
	expect(message).toMatch(/Done already: invoice \d+ \(ID \d+\) saved\./);
	expect(message).toContain('ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION');
	const [{ wasCreated, id }] = await create({
		counterPartyName: 'Kahvila',
		originalInvoiceNumber: 'T-1',
		...asJson([
			{ ...row, unitPrice: 9 },
			{ ...row, account: '3900' },
		]),
		after: 'approve',
	});
	expect(wasCreated).toBe(false);
	expect(books.numbered('T-1')).toHaveLength(1);
	expect(books.entries(id)).toMatchObject([{ account: '3000' }, { account: '3900' }]);
	expect(books.invoice(id).status).toBe('APPROVED');
});

it('files of the item are attached before the invoice is sent, and travel along', async () => {
	const binary = {
		data: { data: Buffer.from('%PDF-1.4').toString('base64'), mimeType: 'application/pdf', fileName: 'tilaus.pdf' },
		kuva: { data: Buffer.from('GIF89a').toString('base64'), mimeType: 'image/gif', fileName: 'kuva.gif' },
	};
	const parameters = {
		partnerId: byId(books.partner('1002')),
		originalInvoiceNumber: 'F-1',
		after: 'send',
		...asJson([row]),
		additionalFields: { files: 'data, kuva', sendFiles: true },
	};
	const run = await bench.run('invoice', 'create', { date, ...parameters }, { items: [{ json: {}, binary }] });
	expect(run.error).toBeUndefined();
	const order = bench.asked().filter((call) => /^(POST|PUT)/.test(call));
	expect(order).toEqual([
		'POST /invoices',
		'POST /attachments',
		'POST /attachments',
		'PUT /invoices/{invoiceId}/approve',
		'PUT /invoices/{invoiceId}/send',
	]);
	const [{ attachments }] = await bench.json('invoice', 'get', {
		invoiceId: String(run.items[0][0].json.id),
		simple: false,
	});
	expect(attachments).toMatchObject([
		{ name: 'tilaus.pdf', sendWithInvoice: true },
		{ name: 'kuva.gif', sendWithInvoice: true },
	]);
});

it('the noise of binary arithmetic in an incoming number is none of the price', async () => {
	const [{ id }] = await create({ counterPartyName: 'Kahvila', ...fromItem }, [
		{
			rows: [
				{
					...row,
					quantity: 0.1 + 0.2,
					unitPrice: 256.84000000000003,
					dimensions: [{ dimensionId: 1, itemId: 11, amount: 77.05000000000001 }],
				},
			],
		},
	]);
	expect(books.invoice(id).invoiceRows).toMatchObject([{ quantity: 0.3, unitPrice: 256.84 }]);
	expect(books.entries(id)).toMatchObject([{ accountingValue: -77.05, dimensionItemValues: [{ value: -77.05 }] }]);
});

it('fields that no form has are given as JSON; an empty address means none', async () => {
	const more = {
		billingAddress: {},
		deliveryMethod: 'COURIER',
		paymentInfo: { newDueDate: '2026-11-30' },
		counterParty: { bccAddresses: ['kopio@example.fi'] },
	};
	const [{ id }] = await create({
		partnerId: byId(books.partner('1002')),
		originalInvoiceNumber: ' J-1 ',
		...asJson([row]),
		additionalFields: { bodyJson: JSON.stringify(more) },
	});
	expect(books.invoice(id)).toMatchObject({
		originalInvoiceNumber: 'J-1',
		billingAddress: {},
		deliveryMethod: 'COURIER',
		paymentInfo: { newDueDate: '2026-11-30', dueDate: '2026-10-15' },
		counterParty: { bccAddresses: ['kopio@example.fi'], email: 'laskut1002@example.fi' },
	});
	expect(Object.keys(books.invoice(id).billingAddress ?? {})).toEqual([]);
	expect(
		await failing({
			counterPartyName: 'K',
			...asJson([row]),
			additionalFields: { bodyJson: '{"duedate":"2026-10-31"}' },
		}),
	).toContain('Duedate is not a field of Procountor');
});

it('several partners and products are read in one request for all items', async () => {
	const items = ['1001', '1002', '1003', '1007'].map((number) => ({
		partner: books.partner(number),
		rows: [{ productId: books.product('KUP-200') }, { productId: books.product('KOU-001') }],
	}));
	await create({ partnerId: '={{ $json.partner }}', ...fromItem }, items);
	expect(bench.sandbox.journal.to('GET /businesspartners/{id}')).toHaveLength(1);
	expect(bench.sandbox.journal.to('GET /products/{productId}')).toHaveLength(1);
	expect(bench.sandbox.journal.to('GET /bankaccounts')).toHaveLength(1);
});
