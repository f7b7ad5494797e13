/** Defaults of an invoice from the register and the company, and input values that override them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { asJson, type Books, fromItem, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const date = '2026-10-01';
const row = { product: 'Kuppi', quantity: 2, unitPrice: 3.5, vatPercent: 25.5 };
const run = async (operation: string, parameters: INodeParameters, rows: IDataObject[] = [row]) =>
	await bench.run('invoice', operation, { date, ...asJson(rows), ...parameters });
const create = async (parameters: INodeParameters, rows?: IDataObject[], operation = 'create') => {
	const { error, items } = await run(operation, parameters, rows);
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return books.invoice(items[0][0].json.id);
};
const failing = async (operation: string, parameters: INodeParameters, rows?: IDataObject[]) => {
	const { error } = await run(operation, parameters, rows);
	return `${error?.message} | ${error?.description ?? ''}`;
};
/** Makes the sandbox return another response for a path. */
const told = (path: string, body: object): void =>
	bench.sandbox.faults.add({ kind: 'status', status: 200, body, method: 'GET', path, times: 0 });

/** A customer with all register fields filled in. */
const customer = (): number => {
	const id = books.partner('1002');
	const address = (name: string, street: string) => ({ name, street, zip: '00100', city: 'HELSINKI' });
	bench.sandbox.backdoor.change('partners', id, {
		billingAddress: address('Laskut Oy', 'Laskukatu 1'),
		deliveryAddress: address('Varasto', 'Varastokatu 2'),
		invoicingInfo: {
			customerNumber: '1002',
			identifier: 'DE123456789',
			identifierType: 'DE',
			invoiceChannel: 'EMAIL',
			language: 'SWEDISH',
			email: 'laskut@example.fi',
			bccAddresses: ['kopio@example.fi'],
			contactPerson: 'Maija Meri',
			orderReference: 'PO-1',
			orderNumber: 'T-1',
			agreementNumber: 'S-1',
			accountingCode: 'KP-1',
			deliverySite: 'Ovi B',
			tenderReference: 'H-1',
			buyerReferenceIdentifier: 'OR-1',
			sellerReferenceIdentifier: 'MR-1',
			einvoiceAddress: '003712345671',
			einvoiceOperator: '003721291126',
		},
		paymentInfo: {
			paymentMethod: 'DIRECT_DEBIT',
			currency: 'SEK',
			paymentTermDays: '21',
			discountPercentage: 5,
			penalInterestRate: 8.5,
			cashDiscount: {
				optionList: [{ discountPercentage: 2, numberOfDays: 7 }],
				cashDiscountsTermType: 'FROM_INV_DATE',
			},
		},
	});
	return id;
};

describe('A sales invoice', () => {
	it("contains all values of the customer's register entry", async () => {
		const partnerId = customer();
		const made = await create({ partnerId: byId(partnerId) });
		expect(made).toMatchObject({
			partnerId,
			language: 'SWEDISH',
			invoiceChannel: 'EMAIL',
			discountPercent: 5,
			penaltyPercent: 8.5,
			counterParty: {
				customerNumber: '1002',
				identifier: 'DE123456789',
				taxCode: 'DE123456789',
				email: 'laskut@example.fi',
				bccAddresses: ['kopio@example.fi'],
				contactPersonName: 'Maija Meri',
				counterPartyAddress: { name: 'Ravintola Pohjantähti Ky', country: 'FINLAND' },
			},
			billingAddress: { name: 'Laskut Oy', street: 'Laskukatu 1', country: 'FINLAND' },
			deliveryAddress: { name: 'Varasto', street: 'Varastokatu 2', country: 'FINLAND' },
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				currency: 'SEK',
				currencyRate: 11.2,
				dueDate: '2026-10-22',
				cashDiscount: { optionList: [{ discountPercentage: 2, numberOfDays: 7 }] },
			},
			orderReference: 'PO-1',
			orderNumber: 'T-1',
			agreementNumber: 'S-1',
			accountingCode: 'KP-1',
			deliverySite: 'Ovi B',
			tenderReference: 'H-1',
			buyerReferenceIdentifier: 'OR-1',
			sellerReferenceIdentifier: 'MR-1',
		});
		// An invoice by email has no e-invoice address.
		expect(made.counterParty).not.toHaveProperty('einvoiceAddress');
		// 7.00 − 5 %.
		expect(books.sums(made.id).net).toBe(6.65);
	});

	it('uses the values of the item instead of those of the register', async () => {
		const more = {
			language: 'en',
			invoiceChannel: 'NO_SENDING',
			discountPercent: 0,
			penaltyPercent: 7,
			currency: 'EUR',
			termDays: 30,
			orderReference: 'PO-2',
			counterPartyEmail: 'uusi@example.fi',
			contactPersonName: 'Otto',
			paymentMethod: 'CASH',
			notes: 'Sisäinen',
			additionalInformation: 'Kiitos',
			deliveryStartDate: '1.9.2026',
			deliveryEndDate: '30.9.2026',
			invoiceTemplateId: byId(72),
		};
		const made = await create({ partnerId: byId(customer()), counterPartyName: 'Toinen nimi', additionalFields: more });
		expect(made).toMatchObject({
			language: 'ENGLISH',
			invoiceChannel: 'NO_SENDING',
			discountPercent: 0,
			penaltyPercent: 7,
			orderReference: 'PO-2',
			notes: 'Sisäinen',
			additionalInformation: 'Kiitos',
			deliveryStartDate: '2026-09-01',
			deliveryEndDate: '2026-09-30',
			invoiceTemplateId: 72,
			counterParty: {
				email: 'uusi@example.fi',
				contactPersonName: 'Otto',
				counterPartyAddress: { name: 'Toinen nimi', street: 'Hämeenkatu 5' },
			},
			paymentInfo: { paymentMethod: 'CASH', currency: 'EUR', currencyRate: 1, dueDate: '2026-10-31' },
		});
	});

	it("is an e-invoice with the register's address if the register has that channel", async () => {
		expect(await create({ partnerId: byId(books.partner('1001')) })).toMatchObject({
			invoiceChannel: 'ELECTRONIC_INVOICE',
			counterParty: { einvoiceAddress: { address: expect.stringMatching(/^0037/), operator: '003721291126' } },
		});
	});

	it('is an e-invoice for a customer outside the register only if it has an e-invoice address', async () => {
		const party = { counterPartyName: 'Uusi Oy' };
		const address = { counterPartyStreet: 'Katu 1', counterPartyZip: '00100', counterPartyCity: 'Helsinki' };
		expect((await create({ ...party, additionalFields: address })).invoiceChannel).toBe('NO_SENDING');
		expect(
			(
				await create({
					...party,
					additionalFields: { ...address, einvoiceAddress: '003712345671', einvoiceOperator: '003721291126' },
				})
			).invoiceChannel,
		).toBe('ELECTRONIC_INVOICE');
	});

	it("uses the company's term, interest, account, and currency for a customer outside the register", async () => {
		told('/company/expenses/collectionpenal/settings', {
			defaultSalesInvoiceInterest: 9.5,
			defaultSalesInvoicePaymentTerms: 10,
		});
		expect(await create({ counterPartyName: 'Uusi Oy' })).toMatchObject({
			penaltyPercent: 9.5,
			language: 'FINNISH',
			paymentInfo: { dueDate: '2026-10-11', currency: 'EUR', bankAccount: { accountNumber: 'FI2150000120000101' } },
		});
		bench.sandbox.faults.clear();
	});

	it('uses the bank account of its currency, or the default account', async () => {
		const accounts = [
			['FI2112345600000785', 'EUR'],
			['FI4250001510000023', 'SEK'],
		].map(([iban, currency], index) => ({ id: index + 1, iban, currency, status: 'ACTIVE', defaultForInvoice: true }));
		told('/bankaccounts', { results: accounts, meta: { pageNumber: 0, pageSize: 50, resultCount: 2, totalCount: 2 } });
		const accountFor = async (currency: string) =>
			(await create({ counterPartyName: 'Uusi Oy', additionalFields: { currency } })).paymentInfo.bankAccount
				?.accountNumber;
		expect([await accountFor('SEK'), await accountFor('EUR'), await accountFor('USD')]).toEqual([
			'FI4250001510000023',
			'FI2112345600000785',
			'FI2112345600000785',
		]);
		bench.sandbox.faults.clear();
	});

	it('is dated today in Finland if the item has no date', async () => {
		const { items } = await run('create', { date: '', counterPartyName: 'Uusi Oy' });
		expect(books.invoice(items[0][0].json.id).date).toBe(
			new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date()),
		);
	});

	it("uses the partner's default VAT status and rate if there are any", async () => {
		told('/businesspartners/{id}/defaults/accounts', { vatStatus: 22, vatPercent: 0 });
		const partnerId = byId(books.partner('1007'));
		expect(await create({ partnerId }, [{ product: 'Neuvonta', unitPrice: 10 }])).toMatchObject({
			vatStatus: 22,
			invoiceRows: [{ vatPercent: 0 }],
		});
		bench.sandbox.faults.clear();
		told('/businesspartners/{id}/defaults/accounts', { vatStatus: 1, vatPercent: 13.5 });
		// Another execution, so nothing is cached.
		expect(
			await create({ partnerId }, [{ product: 'Neuvonta', unitPrice: 10 }, { productId: books.product('KUP-200') }]),
		).toMatchObject({ vatStatus: 1, invoiceRows: [{ vatPercent: 13.5 }, { vatPercent: 25.5 }] });
		bench.sandbox.faults.clear();
	});

	it('updates the inventory on approval depending on the option', async () => {
		for (const updateInventory of [true, false]) {
			await create({ counterPartyName: 'Uusi Oy', after: 'approve', additionalFields: { updateInventory } });
			expect(bench.sandbox.journal.to('PUT /invoices/{invoiceId}/approve').at(-1)?.query).toMatchObject({
				updateInventory: String(updateInventory),
			});
		}
	});
});

describe('A row with a product from the register', () => {
	it('uses the product data in the invoice language unless the row has its own values', async () => {
		const product = books.product('KAH-001');
		bench.sandbox.backdoor.change('products', product, { discount: 10 });
		const made = await create({ counterPartyName: 'Uusi Oy', additionalFields: { language: 'English' } }, [
			{ productId: product },
			{
				productId: product,
				product: 'Kahvi',
				unit: 'kpl',
				unitPrice: 20,
				discountPercent: 0,
				vatPercent: 25.5,
				quantity: 3,
			},
		]);
		expect(made.invoiceRows).toMatchObject([
			{
				productId: product,
				product: 'Coffee tumma paahto 1 kg',
				productCode: 'KAH-001',
				unit: 'KILOGRAM',
				quantity: 1,
				unitPrice: 14.9,
				discountPercent: 10,
				vatPercent: 13.5,
			},
			{
				productId: product,
				product: 'Kahvi',
				unit: 'PIECE',
				quantity: 3,
				unitPrice: 20,
				discountPercent: 0,
				vatPercent: 25.5,
			},
		]);
		// 14.90 − 10 % = 13.41; 60.00. The register's account is used, because each row is posted separately.
		expect(books.entries(made.id)).toMatchObject([
			{ account: '3010', accountingValue: -13.41 },
			{ account: '3010', accountingValue: -60 },
		]);
	});

	it("needs a price if the register's price has another currency or excludes VAT", async () => {
		const rows = [{ ...row }, { productId: books.product('KUP-200') }];
		const rowless = { counterPartyName: 'Uusi Oy' };
		expect(await failing('create', { ...rowless, additionalFields: { currency: 'SEK' } }, rows)).toContain(
			"Row 2, Unit Price is empty, and the product's price is in EUR, not in SEK",
		);
		expect(await failing('create', { ...rowless, unitPricesIncludeVat: true }, rows)).toContain(
			'Row 2, Unit Price is empty, and the prices of the product register are without VAT, those of this invoice are not',
		);
		const made = await create({ ...rowless, unitPricesIncludeVat: true }, [{ ...rows[1], unitPrice: 4.39 }]);
		expect(books.sums(made.id).total).toBe(4.39);
		expect(bench.sandbox.journal.to('POST /invoices')).toHaveLength(1);
	});

	it('matches only the full product code', async () => {
		const { id } = bench.sandbox.backdoor.change('products', books.product('KAH-002'), { code: 'KUP-2001' });
		expect((await create({ counterPartyName: 'Uusi Oy' }, [{ productCode: 'KUP-200' }])).invoiceRows).toMatchObject([
			{ product: 'Kuppi valkoinen 2 dl' },
		]);
		bench.sandbox.backdoor.change('products', id, { code: 'KUP-200' });
		expect(await failing('create', { counterPartyName: 'Uusi Oy' }, [{ productCode: 'KUP-200' }])).toContain(
			'Row 1, Product Code belongs to several products: KUP-200 | Choose the product itself.',
		);
	});

	it('is refused if the product is not for sale or does not exist', async () => {
		expect(
			await failing('create', { counterPartyName: 'Uusi Oy' }, [row, { productId: books.product('OST-001') }]),
		).toContain('Row 2, Product is a product of the type PURCHASE, and this invoice takes SALES');
		expect(await failing('create', { counterPartyName: 'Uusi Oy' }, [{ productId: 'KUP-200' }])).toContain(
			'Row 1, Product is not an ID: "KUP-200"',
		);
		expect(await failing('create', { counterPartyName: 'Uusi Oy' }, [{ productId: 424242 }])).toContain(
			'Row 1, Product is not in the product register: 424242',
		);
	});

	it("uses Procountor's posting of the entire invoice if Accounting by Row is off", async () => {
		const rows = [{ productId: books.product('KAH-001') }];
		expect((await create({ counterPartyName: 'Uusi Oy' }, rows)).extraInfo.accountingByRow).toBe(true);
		const made = await create({ counterPartyName: 'Uusi Oy', additionalFields: { accountingByRow: false } }, rows);
		expect(made.extraInfo.accountingByRow).toBe(false);
		expect(books.entries(made.id)).toMatchObject([{ account: '3000' }]);
		expect(
			await failing('create', { counterPartyName: 'Uusi Oy', additionalFields: { accountingByRow: false } }, [
				{ ...row, account: '3020' },
			]),
		).toContain('Accounting by Row is switched off, and the rows have accounts or dimensions');
	});
});

describe('Other invoice types', () => {
	it("use the supplier's account, BIC, currency, and term for a bill", async () => {
		const id = books.partner('5001');
		bench.sandbox.backdoor.change('partners', id, {
			paymentInfo: {
				paymentMethod: 'FOREIGN_PAYMENT',
				bankAccount: 'DE89370400440532013000',
				bic: 'COBADEFF',
				currency: 'USD',
				paymentTermDays: '45',
			},
		});
		const made = await create(
			{ partnerId: byId(id), originalInvoiceNumber: 'B-1', additionalFields: { currencyRate: 1.08 } },
			undefined,
			'createPurchase',
		);
		expect(made).toMatchObject({
			type: 'PURCHASE_INVOICE',
			invoiceChannel: 'NO_SENDING',
			paymentInfo: {
				paymentMethod: 'FOREIGN_PAYMENT',
				currency: 'USD',
				dueDate: '2026-11-15',
				bankAccount: { accountNumber: 'DE89370400440532013000', bic: 'COBADEFF' },
			},
		});
		expect([made.language, made.paymentInfo.bankReferenceCode]).toEqual([undefined, undefined]);
		expect(made).not.toHaveProperty('penaltyPercent');
		expect(
			await failing('createPurchase', { partnerId: byId(id), additionalFields: { currencyRate: 1.08 } }, [
				{ ...row, headerText: 'Otsikko' },
			]),
		).toContain(
			'Row 1, Header Text or explanation text cannot stand on this type of invoice | Use the comment, or a heading row.',
		);
	});

	it("use the person's name, address, account, and term for a claim", async () => {
		const id = books.partner('9003');
		const entry = await bench.json('person', 'get', { personId: String(id), simple: false });
		told('/persons/{id}', {
			...entry[0],
			paymentInfo: {
				paymentMethod: 'DIRECT_DEBIT',
				accountNumber: 'FI2112345600000785',
				paymentTermDays: '3',
				penalInterestRate: 0,
			},
		});
		const rows = [{ product: 'Taksi', unitPrice: 24.5, vatPercent: 13.5 }];
		const made = await create({ partnerId: byId(id) }, rows, 'createExpenseClaim');
		expect(made).toMatchObject({
			type: 'BILL_OF_CHARGES',
			partnerId: id,
			counterParty: { counterPartyAddress: { name: 'Hyväri Onni', city: 'ESPOO' } },
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				dueDate: '2026-10-04',
				bankAccount: { accountNumber: 'FI2112345600000785' },
			},
			extraInfo: { unitPricesIncludeVat: true },
		});
		expect(books.sums(made.id)).toEqual({ net: 21.59, vat: 2.91, total: 24.5 });
		expect(made.vatStatus).toBeUndefined();
		const people = await bench.json('person', 'getAll', { returnAll: true, simple: false });
		const numberOf = (person: number) =>
			String((people.find((one) => one.id === person)?.invoicingInfo as IDataObject).personNumber);
		expect(
			(await create({ additionalFields: { personNumber: numberOf(id) } }, rows, 'createExpenseClaim')).partnerId,
		).toBe(id);
		bench.sandbox.faults.clear();
		// Part of a number does not match.
		expect(
			await failing('createExpenseClaim', { additionalFields: { personNumber: numberOf(id).slice(0, -1) } }, rows),
		).toContain('Person Number is not in the person register');
	});

	it('have no approvers if chosen, and refuse invalid approvers', async () => {
		const bill = { partnerId: byId(books.partner('5005')) };
		expect(
			(await create({ ...bill, additionalFields: { circulation: 'none' } }, undefined, 'createPurchase'))
				.invoiceApprovalInformation,
		).toEqual({});
		expect(await failing('createPurchase', { ...bill, additionalFields: { acceptors: 'Onni' } })).toContain(
			"Acceptor Names or IDs contain something other than IDs: 'Onni'",
		);
		expect(await failing('createPurchase', { ...bill, additionalFields: { acceptors: '99' } })).toContain(
			'User does not exist.',
		);
	});

	it('include offers, sales orders, and purchase orders with their rows and totals', async () => {
		const rows = [
			{ header: 'Kesäkampanja' },
			{ productCode: 'KAH-001', quantity: '10', comment: 'Viikko 40', explanationText: 'Toimitus sis. hintaan' },
		];
		for (const [orderType, isOffer] of [
			['SALES_ORDER', undefined],
			['OFFER', true],
		] as const) {
			const made = await create(
				{
					orderType,
					partnerId: byId(books.partner('1002')),
					originalInvoiceNumber: `O-${orderType}`,
					additionalFields: { language: 'sv', counterPartyCountry: 'Suomi' },
				},
				rows,
				'createOrder',
			);
			expect(made).toMatchObject({
				type: 'SALES_ORDER',
				language: 'SWEDISH',
				invoiceChannel: 'EMAIL',
				invoiceRows: [
					{ quantity: 0, product: 'Kesäkampanja' },
					{ quantity: 10, unitPrice: 14.9, comment: 'Viikko 40', explanationText: 'Toimitus sis. hintaan' },
				],
			});
			expect(made.isOffer).toBe(isOffer);
			expect(books.sums(made.id)).toEqual({ net: 149, vat: 20.12, total: 169.12 });
		}
		const bought = await create(
			{ orderType: 'PURCHASE_ORDER', partnerId: byId(books.partner('5001')), unitPricesIncludeVat: true },
			[
				{
					product: 'Kahvipavut',
					quantity: 4,
					unit: 'säkki',
					unitPrice: 351.85,
					vatPercent: 13.5,
					comment: 'Ennen joulua',
				},
			],
			'createOrder',
		);
		expect(bought).toMatchObject({
			type: 'PURCHASE_ORDER',
			partnerId: books.partner('5001'),
			extraInfo: { accountingByRow: false, unitPricesIncludeVat: true },
			invoiceRows: [{ unit: 'SACK' }],
		});
		expect(books.sums(bought.id)).toEqual({ net: 1240, vat: 167.4, total: 1407.4 });
		expect(
			await failing('createOrder', { orderType: 'PURCHASE_ORDER', partnerId: byId(books.partner('1001')) }),
		).toContain('Supplier is in another register: Kahvila Aamurusko Oy is a customer');
	});
});

it("A company in another country uses that country's language by default", async () => {
	told('/sessioninfo', { companyId: 10101, country: 'SWEDEN' });
	expect(
		(
			await create(
				{ counterPartyName: 'Kund AB', additionalFields: { vatStatus: 1, counterPartyCountry: 'Sverige' } },
				[{ ...row, vatPercent: 25.5 }],
			)
		).language,
	).toBe('SWEDISH');
	bench.sandbox.faults.clear();
});

it('Rows of different items are not mixed up when the items run at the same time', async () => {
	const items = Array.from({ length: 10 }, (_, index) => ({
		n: index,
		rows: [
			{
				product: `Tuote ${index}`,
				unitPrice: index + 1,
				vatPercent: 25.5,
				account: index % 2 ? '3020' : '3900',
				dimensions: [{ dimensionId: 1, itemId: index % 2 ? 11 : 13 }],
			},
		],
	}));
	const made = await bench.json(
		'invoice',
		'create',
		{
			date,
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: '={{ "S-" + $json.n }}',
			...fromItem,
			additionalFields: { order: 'together' },
		},
		{ items },
	);
	made.forEach(({ id, originalInvoiceNumber }, index) => {
		expect(originalInvoiceNumber).toBe(`S-${index}`);
		expect(books.entries(id)).toMatchObject([
			{
				description: `Tuote ${index}`,
				account: index % 2 ? '3020' : '3900',
				accountingValue: -(index + 1),
				dimensionItemValues: [{ itemId: index % 2 ? 11 : 13, value: -(index + 1) }],
			},
		]);
	});
});

it('Company data that the user cannot read is requested once for all items', async () => {
	const items = Array.from({ length: 4 }, (_, index) => ({
		rows: [{ ...row, unitPrice: index + 1, account: '3020' }],
	}));
	const made = await bench.run(
		'invoice',
		'create',
		{
			date,
			counterPartyName: 'Kahvila',
			...fromItem,
			additionalFields: { bankAccount: 'FI2112345600000785', termDays: 14 },
		},
		{ items, credential: bench.credential({ apiKey: DEMO.keys.sales }) },
	);
	expect(made.error).toBeUndefined();
	for (const { json } of made.items[0]) expect(books.entries(json.id)).toMatchObject([{ account: '3020' }]);
	const asked = bench.asked().filter((call) => call.startsWith('GET') && !call.includes('{'));
	expect(asked).toContain('GET /coa');
	expect(asked.filter((call, index) => asked.indexOf(call) !== index)).toEqual([]);
});

it('An invoice uses the currency of the company by default', async () => {
	told('/currencies/company', { companyCurrency: 'SEK' });
	expect((await create({ counterPartyName: 'Kund AB' })).paymentInfo).toMatchObject({
		currency: 'SEK',
		currencyRate: 1,
	});
	bench.sandbox.faults.clear();
});
