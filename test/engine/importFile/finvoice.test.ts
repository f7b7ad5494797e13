/** Finvoice files of other systems: valid files are read and created as invoices, invalid files are refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../harness';
import { type Books, useBooks } from '../invoice/state';
import { type Bench } from '../support';

const folder = join(__dirname, '..', '..', 'fixtures', 'finvoice');
const fileNames = readdirSync(folder);

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const itemOf = (name: string): INodeExecutionData => ({
	json: { name },
	binary: {
		data: { data: readFileSync(join(folder, name)).toString('base64'), mimeType: 'application/xml', fileName: name },
	},
});

async function read(name: string, options: INodeParameters = {}): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: {
			resource: 'importFile',
			operation: 'read',
			fileType: 'finvoice',
			binaryPropertyName: 'data',
			options,
		},
		items: [itemOf(name)],
	});
}

/** Fields of a Create operation, each filled from the item's field of the same name. */
const additional = (names: string[]): IDataObject =>
	Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
const both = [
	...['additionalInformation', 'bankAccount', 'bankReferenceCode', 'counterPartyCity', 'counterPartyCountry'],
	...[
		'counterPartySpecifier',
		'counterPartyStreet',
		'counterPartyZip',
		'currency',
		'customerNumber',
		'deliveryEndDate',
	],
	...['deliveryStartDate', 'dueDate', 'files', 'identifier', 'orderReference', 'taxCode'],
];
const salesOnly = [
	...['bankReferenceCodeType', 'contactPersonName', 'counterPartyEmail', 'einvoiceAddress', 'einvoiceOperator'],
	...['language', 'penaltyPercent'],
];
const fields = {
	counterPartyName: '={{ $json.counterPartyName }}',
	date: '={{ $json.date }}',
	originalInvoiceNumber: '={{ $json.originalInvoiceNumber }}',
	unitPricesIncludeVat: '={{ $json.unitPricesIncludeVat }}',
	reference: '={{ $json.reference }}',
	specifyRows: 'json',
	invoiceRowsJson: '={{ $json.invoiceRows }}',
};

async function create(items: INodeExecutionData[], more: IDataObject = {}): Promise<IDataObject[]> {
	const isSale = items[0].json.type === 'SALES_INVOICE';
	return await bench.json(
		'invoice',
		isSale ? 'create' : 'createPurchase',
		{
			...fields,
			additionalFields: {
				...additional(isSale ? [...both, ...salesOnly] : both),
				bodyJson: '={{ $json.otherFields }}',
				...more,
			},
		} as INodeParameters,
		{ items },
	);
}

interface Good {
	/** Totals of the invoices in the file, with VAT. */
	totals: number[];
	/** Further fields of the first item. */
	item?: object;
	options?: INodeParameters;
	/** Fields that Create requires and no file contains. */
	create?: IDataObject;
}

const foreign = { counterPartyCountry: 'SWEDEN', taxCode: 'SE556677889901', identifier: '556677-8899' };
const withRows = (...rows: object[]): object => ({
	invoiceRows: rows.map((row): unknown => expect.objectContaining(row)),
});

const good: Record<string, Good> = {
	'1.3-minimal.xml': {
		totals: [15.06],
		item: { counterPartyName: 'Kopiopalvelu Mäkelä', ...withRows({ quantity: 120, unitPrice: 0.1, vatPercent: 25.5 }) },
	},
	'1.3-soap-frame.xml': { totals: [527.1], item: { bankReferenceCode: '30025', bankReferenceCodeType: 'FI' } },
	'2.0-direct-payment.xml': {
		totals: [84.07],
		item: withRows({ quantity: 812, unit: 'KILOWATT_HOUR', unitPrice: 0.0825 }),
	},
	'2.01-delivered-quantity.xml': { totals: [52.71], item: withRows({ quantity: 10, unit: 'BOX' }) },
	'2.01-iso-8859-15.xml': {
		totals: [127.38],
		item: {
			bankReferenceCode: '20019',
			...withRows(
				{ product: 'Käsittelymaksu €' },
				{ product: 'Öljynvaihto, Škoda' },
				{ quantity: -1, unitPrice: 0.01 },
			),
		},
	},
	'3.0-attachments.xml': { totals: [106.68], item: { files: 'data, attachment_1, attachment_2' } },
	'3.0-credit-note.xml': {
		totals: [-106.68],
		item: { isCredit: true, ...withRows({ quantity: -1, unitPrice: 85 }) },
	},
	'3.0-department-and-long-texts.xml': {
		totals: [376.5],
		item: {
			counterPartySpecifier: 'Laskutus, 2. kerros',
			...withRows({ comment: expect.stringMatching(/^Kuukausittainen laitteiden .* toimipisteisiin$/) }),
		},
	},
	'3.0-discount-and-charge.xml': {
		totals: [487.05],
		item: withRows(
			{ quantity: 4, unitPrice: 95 },
			{ unitPrice: 20, vatPercent: 13.5 },
			{ product: 'Kausialennus', quantity: -1, unitPrice: 15, vatPercent: 25.5 },
			{ product: 'Toimitus', quantity: 1, unitPrice: 5 },
		),
	},
	'3.0-discounts.xml': {
		totals: [415.88],
		item: withRows(
			{ unitPrice: 120, discountPercent: 10 },
			{ quantity: 2, unitPrice: 78, discountPercent: 14.5 },
			{ quantity: 1, unitPrice: 90, unit: 'PIECE', comment: '7 x 13,33' },
		),
	},
	'3.0-domestic.xml': {
		totals: [382.47],
		item: {
			type: 'PURCHASE_INVOICE',
			originalInvoiceNumber: 'F-1001',
			date: '2026-10-01',
			dueDate: '2026-10-15',
			currency: 'EUR',
			counterPartyName: 'Rahtipalvelu Kivelä Oy',
			counterPartyStreet: 'Terminaalitie 12',
			counterPartyZip: '01530',
			counterPartyCity: 'VANTAA',
			counterPartyCountry: 'FINLAND',
			identifier: '2322671-5',
			taxCode: 'FI23226715',
			bankAccount: 'FI2112345600000785',
			bankReferenceCode: '10016',
			reference: 'given',
			orderReference: 'PO-77',
			additionalInformation: 'Kiitos tilauksesta',
			deliveryStartDate: '2026-09-30',
			files: 'data',
			...withRows(
				{
					product: 'Rahti Vantaa-Tampere',
					productCode: 'RAHTI-1',
					quantity: 2,
					unit: 'PIECE',
					unitPrice: 85,
					vatPercent: 25.5,
				},
				{ unit: 'KILOGRAM', unitPrice: 14.9, vatPercent: 13.5, comment: 'Erä 7' },
			),
			otherFields: {
				paymentInfo: { bankAccount: { bic: 'NDEAFIHH' } },
				deliveryAddress: expect.objectContaining({ name: 'Koivurannan varasto', city: 'TAMPERE' }),
			},
		},
		options: { ownBusinessId: '2345670-5', readAs: 'businessId' },
	},
	'3.0-gross-prices.xml': {
		totals: [34.47],
		item: {
			unitPricesIncludeVat: true,
			bankReferenceCodeType: 'RF',
			...withRows({ quantity: 3, unitPrice: 9.99 }, { unitPrice: 4.5 }),
		},
	},
	'3.0-links-and-entities.xml': {
		totals: [54.48],
		item: {
			...withRows({ product: 'Kahvi & tee – lajitelma 1', comment: 'Maku < hinta & laatu' }),
			finvoice: expect.objectContaining({
				links: [
					{ name: 'Laskun kuva', url: 'https://example.com/invoices/F-1015.pdf?a=1&b=2' },
					{ name: 'Rahtikirja', url: 'https://example.com/waybill/4711' },
				],
			}),
		},
	},
	'3.0-own-sale.xml': {
		totals: [338.23],
		item: {
			type: 'SALES_INVOICE',
			counterPartyName: 'Kahvila Aamurusko Oy',
			customerNumber: 'A-77',
			einvoiceAddress: '003719876547',
			einvoiceOperator: 'NDEAFIHH',
			language: 'SWEDISH',
			penaltyPercent: 8,
			otherFields: expect.objectContaining({ billingAddress: expect.objectContaining({ street: 'PL 5' }) }),
		},
		options: { ownBusinessId: '23456705', readAs: 'businessId' },
	},
	'3.0-plus-and-minus.xml': { totals: [0], item: withRows({ quantity: 4 }, { quantity: -4 }) },
	'3.0-price-of-a-hundred.xml': {
		totals: [202.61],
		item: withRows({ quantity: 2500, unitPrice: 0.036 }, { quantity: 43.21, unit: 'LITER', unitPrice: 1.65322 }),
	},
	'3.0-reverse-charge.xml': {
		totals: [450],
		item: {
			...foreign,
			...withRows({ vatPercent: 0, unit: 'MONTH', startDate: '2026-10-01', endDate: '2026-10-31' }),
			finvoice: expect.objectContaining({ vatCodes: ['AE'] }),
		},
		create: { vatStatus: { __rl: true, mode: 'id', value: '12' } },
	},
	'3.0-roundoff.xml': {
		totals: [11.8],
		item: withRows({ unitPrice: 10.38 }, { product: 'Pyöristys / Rounding', unitPrice: 0.02, vatPercent: 0 }),
	},
	'3.0-sub-rows.xml': {
		totals: [28.61],
		item: withRows({ product: 'Puhelinliittymä' }, { quantity: 42, unitPrice: 0.069 }),
	},
	'3.0-swedish-krona.xml': {
		totals: [2394],
		item: { ...foreign, currency: 'SEK' },
		create: { vatStatus: { __rl: true, mode: 'id', value: '12' }, currencyRate: 11.2 },
	},
	'3.0-text-rows.xml': {
		totals: [251.25],
		item: withRows(
			{ header: 'Työmaa Satamakuja 4' },
			{ comment: 'Ti 29.9.\nTekijä: Eero' },
			{ header: 'Yhteenveto\nTakuu 2 vuotta' },
			{ unitPrice: 14.2 },
		),
	},
	'3.0-two-invoices.xml': { totals: [106.68, 77.81] },
	'3.0-vat-by-group.xml': {
		totals: [6.97],
		item: withRows(...Array.from({ length: 5 }, () => ({ unitPrice: 1.11 })), {
			quantity: 1,
			unitPrice: 0.02,
			vatPercent: 0,
		}),
	},
};

const own = { ownBusinessId: '2345670-5' };
const broken: Record<string, string | { options: INodeParameters; message: string }> = {
	'broken-base64.xml': 'Attachment 2 is not in Base64',
	'broken-bytes.xml': 'The file is declared as UTF-8, but contains other bytes',
	'broken-date.xml': 'InvoiceDate is not a day of the form 20261001: "20260231"',
	'broken-declared-latin.xml': 'The file declares the encoding ISO-8859-15, but is in UTF-8',
	'broken-half.xml': 'ends inside an end tag',
	'broken-iban.xml': 'EpiAccountID "FI2112345600000786" is not an IBAN',
	'broken-no-vat-percent.xml': 'Row 1, RowVatRatePercent is missing, and the invoice has more than one VAT rate',
	'broken-not-closed.xml': 'closes "Finvoice" where "BuyerPartyDetails" is open',
	'broken-number.xml': 'Row 1, UnitPriceAmount is not a number of the form 1234,50: "1.085,00"',
	'broken-positive-credit-note.xml':
		'InvoiceTotalVatIncludedAmount is 106.68, but the amounts of a credit note (INV02) are negative',
	'broken-reference.xml': 'EpiRemittanceInfoIdentifier "12345" is not a Finnish reference number',
	'broken-roundoff.xml': 'InvoiceTotalRoundoffAmount is 500.00, which is too much for a rounding',
	'broken-rows-make-another-total.xml':
		'InvoiceTotalVatExcludedAmount is 95.00, but the rows without VAT add up to 85.00',
	'broken-two-currencies.xml': 'Row 1, RowVatExcludedAmount is in "SEK", but the invoice\'s total is in "EUR"',
	'broken-vat-does-not-add-up.xml':
		'InvoiceTotalVatIncludedAmount is 106.69, but the total without VAT and the VAT add up to 106.68',
	'broken-vat-groups.xml': 'InvoiceTotalVatAmount is 21.68, but the VAT amounts by rate add up to 21.67',
	'hostile-attributes.xml': 'has more than 30 attributes in one element',
	'hostile-character-number.xml': 'uses the entity "&#0;", which XML does not have by itself',
	'hostile-control-character.xml': 'contains a control character, which XML does not allow',
	'hostile-deep.xml': 'has elements more than 40 levels deep',
	'hostile-doctype.xml': 'The file (line 2) contains a DOCTYPE, which could load other files or expand without end',
	'hostile-element-in-attribute.xml': 'has a faulty tag of the element "Finvoice"',
	'hostile-entity-bomb.xml': 'contains a DOCTYPE',
	'hostile-external-entity.xml': 'uses the entity "&xxe;", which XML does not have by itself',
	'hostile-two-encodings.xml': 'declares two encodings, iso-8859-15 and utf-8',
	'hostile-utf-16.xml': 'The file is in UTF-16',
	'other-cancellation.xml': 'OriginCode is "Cancel"',
	'other-company.xml': {
		options: own,
		message:
			'The file is an invoice from Rahtipalvelu Kivelä Oy (2322671-5) to Kahvila Aamurusko Oy (1987654-7), not one of 2345670-5',
	},
	'other-empty.xml': 'The file is empty',
	'other-reminder.xml': 'InvoiceTypeCode is "INV08", a reminder, which does not become an invoice',
	'other-ubl.xml': "The file is not a Finvoice file: its root element is 'Invoice'",
	'other-version.xml': 'Version is "4.0"',
};

it('Every file in the folder has a test case', () => {
	expect([...Object.keys(good), ...Object.keys(broken)].sort()).toEqual(fileNames.sort());
	expect(fileNames.length).toBeGreaterThanOrEqual(30);
});

describe('Finvoice file', () => {
	it.each(Object.entries(good))(
		'%s becomes invoices with exact totals',
		async (name, { totals, item = {}, options, create: more }) => {
			const result = await read(name, options);
			expect(result.error?.message).toBeUndefined();
			const [items] = result.items;
			expect(items.map(({ json }) => json.sum)).toEqual(totals);
			expect(items[0].json).toMatchObject(item);
			expect(items[0].binary?.data).toMatchObject({ fileName: name });
			const made = await create(items, more);
			expect(made.map(({ id }) => books.sums(id).total)).toEqual(totals);
			expect(made.map(({ wasCreated }) => wasCreated)).toEqual(totals.map(() => true));
			// A second run of the same file finds the invoices of the first run.
			const again = await create(items, more);
			expect(again.map(({ id, wasCreated }) => [id, wasCreated])).toEqual(made.map(({ id }) => [id, false]));
		},
	);

	it.each(Object.entries(broken))('%s is refused with a description of its fault', async (name, expected) => {
		const { options, message } = typeof expected === 'string' ? { options: {}, message: expected } : expected;
		const { error } = await read(name, options);
		expect(error?.message).toContain(message);
	});
});

it('Files of an attachment message are attached under their own names without folders', async () => {
	const [[item]] = (await read('3.0-attachments.xml')).items;
	expect(
		Object.entries(item.binary ?? {}).map(([field, { fileName, mimeType }]) => [field, fileName, mimeType]),
	).toEqual([
		['data', '3.0-attachments.xml', 'application/xml'],
		['attachment_1', 'F-1008.pdf', 'application/pdf'],
		['attachment_2', 'rahtikirja.txt', 'text/plain'],
	]);
	expect(Buffer.from(item.binary?.attachment_2.data ?? '', 'base64').toString()).toBe('Rahtikirja 4711');
	const [{ id }] = await create([item]);
	const [{ attachments }] = await bench.json('invoice', 'get', { invoiceId: String(id), simple: false });
	expect((attachments as IDataObject[]).map(({ name }) => name)).toEqual([
		'3.0-attachments.xml',
		'F-1008.pdf',
		'rahtikirja.txt',
	]);
});
