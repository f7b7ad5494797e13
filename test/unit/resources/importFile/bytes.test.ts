/**
 * Tests files as bytes. The expected text was written by hand, cell by cell, from the description of the files; an independent decoder reads
 * the bytes.
 */
import { decode } from 'iconv-lite';
import type { IDataObject } from 'n8n-workflow';
import { fileKind } from '../../../../nodes/Procountor/resources/importFile/kinds';
import {
	fileBytes,
	writeRecord,
	sortRecords,
	recordsInItem,
	type WrittenRecord,
	type WriteOptions,
} from '../../../../nodes/Procountor/resources/importFile/writer';

function file(kindName: string, items: IDataObject[], options: WriteOptions = {}): Uint8Array {
	const kind = fileKind(kindName);
	const all = items
		.flatMap((item) => recordsInItem(kind, item))
		.map((record): WrittenRecord => {
			const lines = writeRecord(kind, record, options);
			if ('faults' in lines) throw new Error(JSON.stringify(lines.faults));
			return lines;
		});
	return fileBytes(sortRecords(all, options) ?? []);
}

const asText = (bytes: Uint8Array): string => decode(Buffer.from(bytes), 'windows-1252');

/** Lines as a person types them, with the line endings of Excel. */
const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

describe('Bytes of an import file', () => {
	it('are Windows-1252 without a byte order mark', () => {
		const bytes = file('dimensions', [{ dimension: 'Å', codeName: 'ä€ö' }]);
		//                       Å     ;     ä     €     ö     ;     ;     ;     CR    LF
		expect([...bytes]).toEqual([0xc5, 0x3b, 0xe4, 0x80, 0xf6, 0x3b, 0x3b, 0x3b, 0x0d, 0x0a]);
	});

	it('contain no header, no quotation marks and no thousands separators', () => {
		const text = asText(
			file('accountingEntries', [
				{ account: '1700', description: 'Kahvi, suuri erä', accountingValue: 1234567.5 },
				{ account: 3000, description: 'Kahvi', accountingValue: '-1234567,50' },
			]),
		);
		expect(text).toBe(lines('1700;Kahvi, suuri erä;1234567,5;;;;', '3000;Kahvi;-1234567,5;;;;'));
	});
});

it('Accounting entries are written as account, name, sum, dimension, item, VAT rate and VAT type', () => {
	const entries = [
		{ account: '1910', description: 'Päivämyynti', accountingValue: 125.5, vatPercent: 0 },
		{
			account: '3000',
			description: 'Päivämyynti',
			accountingValue: -100,
			dimension: 'Kustannuspaikka',
			item: 'Myymälä',
			vatPercent: 25.5,
			vatType: 'SALES',
		},
		{ account: '4000', description: 'Pesuaine', accountingValue: -25.5, vatPercent: 0, vatType: 'PURCHASE' },
	];
	expect(asText(file('accountingEntries', entries))).toBe(
		lines(
			'1910;Päivämyynti;125,5;;;0;',
			'3000;Päivämyynti;-100;Kustannuspaikka;Myymälä;25,5;S',
			'4000;Pesuaine;-25,5;;;0;P',
		),
	);
});

it('Accounting entries are written from a receipt that another node returned', () => {
	const receipt = {
		id: 200001,
		type: 'JOURNAL',
		name: 'Muistiotosite',
		vatType: 'PURCHASE',
		version: '2026-10-01T09:00:00',
		transactions: [
			{
				id: 1,
				transactionType: 'ENTRY',
				account: '8500',
				accountingValue: 10,
				vatPercent: 0,
				description: 'Pankin kulut',
			},
			{ id: 2, transactionType: 'ENTRY', account: '1910', accountingValue: -10, vatPercent: 0 },
		],
	};
	expect(asText(file('accountingEntries', [receipt]))).toBe(
		lines('8500;Pankin kulut;10;;;0;P', '1910;Muistiotosite;-10;;;0;P'),
	);
});

it('Dimensions are written as dimension, item, P, information and external ID', () => {
	const items = [
		{ dimension: 'Projekti', codeName: 'P-1', description: 'Käynnissä', externalId: 'crm-17' },
		{
			name: 'Kustannuspaikka',
			items: [
				{ id: 5, codeName: 'Hallinto' },
				{ id: 6, codeName: 'Vanha', status: 'P', description: 'Ei käytössä' },
			],
		},
	];
	expect(asText(file('dimensions', items))).toBe(
		lines('Projekti;P-1;;Käynnissä;crm-17', 'Kustannuspaikka;Hallinto;;;', 'Kustannuspaikka;Vanha;P;Ei käytössä;'),
	);
});

it('Products are written in 14 columns, from B or S to the VAT status', () => {
	const products = [
		{
			type: 'SALES',
			name: 'Kahvi tumma paahto 1 kg',
			code: 'KAH-001',
			unit: 'KILOGRAM',
			discount: 0,
			price: 14.9,
			vat: 13.5,
			currency: 'EUR',
			defaultAccount: '3010',
			productGroup: 'Kahvit',
			vatStatus: 1,
			information: 'Tumma',
			advertisement: 'Uusi',
			instructions: 'Kuivassa',
		},
		{ type: 'PURCHASE', name: 'Rahti', price: 0, vat: 0 },
	];
	//  A B    C       D  E F    G    H     I   J    K        L    M      N
	expect(asText(file('products', products))).toBe(
		lines(
			'S;Kahvi tumma paahto 1 kg;KAH-001;kg;0;14,9;13,5;Tumma;EUR;Uusi;Kuivassa;3010;Kahvit;vat_1',
			'B;Rahti;;;;0;0;;;;;;;',
		),
	);
});

it('Salary data are written with identity code, salary type, amount, rate and dimension pairs', () => {
	const rows = [
		{
			ssn: '131052-308T',
			salaryTypeCode: 1010,
			customName: 'Tuntipalkka',
			quantity: 37.5,
			unitValue: 15.25,
			dimensions: [
				{ dimension: 'Projekti', item: 'P-1' },
				{ dimension: 'Kustannuspaikka', item: 'Myymälä' },
			],
		},
		{ ssn: '131052-308T', salaryTypeCode: '2020', quantity: 2 },
	];
	expect(asText(file('salaryData', rows))).toBe(
		//     A B           C    D           E    F     G        H   I               J       K L M N O P Q R
		lines(
			'E;131052-308T;1010;Tuntipalkka;37,5;15,25;Projekti;P-1;Kustannuspaikka;Myymälä;;;;;;;;',
			'E;131052-308T;2020;;2;;;;;;;;;;;;;',
		),
	);
});

describe('Invoice file', () => {
	const sales = {
		type: 'SALES_INVOICE',
		date: '2026-10-01',
		counterParty: {
			identifier: '1234567-1',
			customerNumber: '1001',
			email: 'laskut@example.fi',
			contactPersonName: 'Aino Koivuranta',
			counterPartyAddress: {
				name: 'Kahvila Äyräs Oy',
				specifier: 'c/o Koti',
				street: 'Katu 1',
				zip: '00100',
				city: 'HELSINKI',
				country: 'FINLAND',
			},
			einvoiceAddress: { address: '003712345671', operator: '003721291126', ediId: '003712345671' },
		},
		billingAddress: {
			name: 'Kahvila Äyräs Oy',
			street: 'Laskukuja 2',
			zip: '00200',
			city: 'HELSINKI',
			country: 'Suomi',
		},
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			currency: 'EUR',
			bankReferenceCode: '1232',
			bankAccount: { accountNumber: 'FI21 1234 5600 0007 85', bic: 'NDEAFIHH' },
			dueDate: '2026-10-15',
			currencyRate: 1,
			cashDiscount: { optionList: [{ numberOfDays: 7, discountPercentage: 2 }] },
		},
		extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
		discountPercent: 0,
		penaltyPercent: 11.5,
		invoiceChannel: 'ELECTRONIC_INVOICE',
		orderReference: 'Tilaus 7',
		originalInvoiceNumber: 'S-1',
		language: 'SWEDISH',
		afterImport: 'SEND',
		additionalInformation: 'Kiitos',
		notes: 'Huom',
		dimensions: [{ dimension: 'Alue', item: 'Etelä', percent: 100 }],
		invoiceRows: [
			{
				product: 'Kahvi',
				productCode: 'KAH-001',
				quantity: 2,
				unit: 'KILOGRAM',
				unitPrice: 14.9,
				discountPercent: 10,
				vatPercent: 13.5,
				comment: 'Tumma',
				account: '3010',
				dimensions: [
					{ dimension: 'Kustannuspaikka', item: 'Myymälä', percent: 60 },
					{ dimension: 'Kustannuspaikka', item: 'Verkko', percent: 40 },
				],
			},
			{ product: 'Rahti', quantity: 1, unit: 'PIECE', unitPrice: 5, discountPercent: 0, vatPercent: 25.5 },
		],
	};

	it('contains a sales invoice with rows and shares', () => {
		// 2 × 14.90 − 10 % = 26.82, VAT 13.5 % = 3.62 → 30.44; 5.00 + 25.5 % = 6.28 (1.275 rounds up); together 36.72.
		const invoice = [
			'M',
			'EUR',
			'1232',
			'FI2112345600000785',
			'1234567-1',
			'tilisiirto',
			'Kahvila Äyräs Oy',
			'',
			'0',
			'f', // A–J
			't',
			'11,5',
			'01.10.2026',
			'',
			'15.10.2026',
			'c/o Koti\\Katu 1\\00100\\HELSINKI\\FI',
			'Kahvila Äyräs Oy\\\\Laskukuja 2\\00200\\HELSINKI\\FI',
			'',
			'Kiitos',
			'Huom', // K–T
			'laskut@example.fi',
			'',
			'1',
			'36,72',
			'',
			'3',
			'003712345671',
			'Tilaus 7',
			't',
			'', // U–AD
			'',
			'1001',
			'X',
			'',
			'Aino Koivuranta',
			'NDEAFIHH',
			'003721291126',
			'003712345671',
			'S-1',
			'', // AE–AN
			'',
			'3',
			'7',
			'2',
			'',
			'',
			'', // AO–AU
		];
		expect(invoice).toHaveLength(47);
		expect(asText(file('invoices', [sales]))).toBe(
			lines(
				invoice.join(';'),
				';DIMENSION;L;Alue;Etelä;100,00',
				';Kahvi;KAH-001;2;kg;14,9;10;13,5;Tumma;;;;;3010;;;',
				';DIMENSION;R;Kustannuspaikka;Myymälä;60,00',
				';DIMENSION;R;Kustannuspaikka;Verkko;40,00',
				';Rahti;;1;kpl;5;0;25,5;;;;;;;;;',
			),
		);
	});

	it('contains a credit invoice with an f and negative sums', () => {
		const credit = {
			type: 'SALES_INVOICE',
			counterPartyName: 'Ostaja',
			invoiceRows: [{ product: 'Hyvitys', quantity: -1, unitPrice: 10, vatPercent: 0 }],
		};
		expect(asText(file('invoices', [credit]))).toBe(
			lines(`M;;;;;;Ostaja;;;;f;;;;;;;;;;;;;-10${';'.repeat(23)}`, ';Hyvitys;;-1;;10;;0;;;;;;;;;'),
		);
	});

	it('contains the VAT deduction, type and status of a journal in the last columns', () => {
		const journal = {
			type: 'JOURNAL',
			counterPartyName: 'Muistio',
			sum: 0,
			vatDeductionPercent: 50,
			vatType: 'PURCHASE',
			vatStatus: 12,
			invoiceRows: [
				{
					product: 'Kulu',
					quantity: 1,
					unitPrice: 80,
					vatPercent: 0,
					account: '7000',
					vatDeductionPercent: 100,
					vatType: 'SALES',
					vatStatus: 'vat_1',
				},
			],
		};
		expect(asText(file('invoices', [journal]))).toBe(
			lines(
				`N;;;;;;Muistio;;;;t${';'.repeat(13)}0${';'.repeat(21)}50;P;vat_12`,
				';Kulu;;1;;80;;0;;;;;;7000;100;S;vat_1',
			),
		);
	});

	it.each([
		['PURCHASE_INVOICE', 'O'],
		['TRAVEL_INVOICE', 'T'],
		['BILL_OF_CHARGES', 'K'],
	])('contains %s as %s, and accepts the flat field names of a spreadsheet', (type, letter) => {
		const flat = {
			type,
			counterPartyName: 'Toimittaja Oy',
			currency: 'SEK',
			date: '1.2.2026',
			dueDate: '2026-02-15',
			'counterParty.counterPartyAddress.city': 'STOCKHOLM',
			counterPartyCountry: 'SE',
			sum: '1 234,5',
			invoiceChannel: '6',
		};
		const cells = [
			letter,
			'SEK',
			'',
			'',
			'',
			'',
			'Toimittaja Oy',
			'',
			'',
			'',
			't',
			'',
			'01.02.2026',
			'',
			'15.02.2026',
			'\\\\\\STOCKHOLM\\SE',
			'',
			'',
			'',
			'',
			'',
			'',
			'',
			'1234,5',
			'',
			'6',
		];
		expect(asText(file('invoices', [flat]))).toBe(lines(cells.join(';') + ';'.repeat(47 - cells.length)));
	});
});

describe('Business partner file', () => {
	it('contains a customer, a person and groups in sixty columns', () => {
		const customer = {
			type: 'CUSTOMER',
			name: 'Kahvila Aamurusko Oy',
			address: {
				name: 'Kahvila Aamurusko Oy',
				specifier: 'Sisäpiha',
				street: 'Mannerheimintie 12',
				zip: '00100',
				city: 'HELSINKI',
				country: 'FINLAND',
			},
			billingAddress: {
				name: 'Kirjanpito',
				street: 'Satamakuja 4',
				zip: '00160',
				city: 'HELSINKI',
				country: 'FINLAND',
			},
			invoicingInfo: {
				identifierType: 'FI',
				identifier: '2137672-8',
				customerNumber: '1001',
				invoiceChannel: 'ELECTRONIC_INVOICE',
				language: 'FINNISH',
				einvoiceAddress: '003721376728',
				einvoiceOperator: '003721291126',
				email: 'a@example.fi',
			},
			paymentInfo: { paymentMethod: 'BANK_TRANSFER', currency: 'EUR', paymentTermDays: '14', penalInterestRate: 10.5 },
			registryInfo: {
				active: true,
				phone: '+358912345',
				reportGroup: 'Avainasiakkaat',
				partnerGroups: [{ id: 1, name: 'Avainasiakkaat', type: 'CUSTOMER', active: true }],
			},
			salesInvoiceAccounts: { debitAccount: { code: '1700' }, creditAccount: { code: '3000' } },
			defaultDimensionItems: ['Myymälä'],
		};
		const person = {
			type: 'PERSON',
			lastName: 'Myllymäki',
			firstName: 'Eero',
			invoicingInfo: { identifierType: 'SSN', identifier: '131052-308T', language: 'fi' },
			paymentInfo: { bankAccount: 'FI2112345600000785', paymentTermDays: 0 },
			registryInfo: { section: 'Myynti', active: false },
		};
		const ofCustomer = [
			'FI',
			'2137672-8',
			'C',
			'Kahvila Aamurusko Oy',
			'',
			'Mannerheimintie 12',
			'HELSINKI',
			'00100',
			'FI',
			'+358912345', // A–J
			'',
			'',
			'',
			'',
			'14P',
			'tilisiirto',
			'EUR',
			'a@example.fi',
			'',
			'', // K–T
			'',
			'',
			'10,5',
			'2',
			'',
			'3',
			'',
			'Myymälä',
			'',
			'', // U–AD
			'',
			'',
			'',
			'',
			'',
			'',
			'1700',
			'3000',
			'',
			'', // AE–AN
			'',
			'',
			'',
			'',
			'',
			'',
			'',
			'Kirjanpito\\\\Satamakuja 4\\00160\\HELSINKI\\FI',
			'',
			'003721376728', // AO–AX
			'',
			'',
			'1001',
			'Sisäpiha',
			'',
			'003721291126',
			'',
			'',
			'',
			'', // AY–BH
		];
		const ofPerson = [
			'SSN',
			'131052-308T',
			'P',
			'Myllymäki',
			'Eero',
			'',
			'',
			'',
			'',
			'', // A–J
			'',
			'',
			'Myynti',
			'FI2112345600000785',
			'0P',
			'',
			'',
			'',
			'',
			'', // K–T
			'',
			'',
			'',
			'2',
			'',
			'',
			'I', // U–AA
			...new Array<string>(33).fill(''), // AB–BH
		];
		expect([ofCustomer.length, ofPerson.length]).toEqual([60, 60]);
		expect(
			asText(file('businessPartners', [customer, person, { type: 'GROUP', name: 'Uudet', mainGroup: 'Asiakkaat' }])),
		).toBe(lines('GROUP;Uudet;Asiakkaat;', ofCustomer.join(';'), 'GROUP;Avainasiakkaat;;X', ofPerson.join(';')));
	});

	it('begins with a partner that has an ID type, so that the first cell is not empty', () => {
		const plain = { type: 'SUPPLIER', name: 'Uusi Oy', language: 'FINNISH' };
		const known = { ...plain, name: 'Vanha Oy', identifierType: 'FI', identifier: '1234567-1' };
		const first = asText(file('businessPartners', [plain, known], { adapt: true })).split('\r\n')[0];
		expect(first.startsWith('FI;1234567-1;S;Vanha Oy;')).toBe(true);
		const kind = fileKind('businessPartners');
		expect(
			sortRecords(
				[plain, known]
					.flatMap((item) => recordsInItem(kind, item))
					.map((record) => writeRecord(kind, record) as WrittenRecord),
			),
		).toBeUndefined();
	});
});

it('Unsupported characters and long texts are replaced on request', () => {
	const [item] = [
		{
			dimension: 'Kust;paikka',
			codeName: 'Łódź "kävely" 😀',
			description: `rivi 1\r\nrivi 2\t${'x'.repeat(300)}`,
			externalId: 'Москва',
		},
	];
	expect(asText(file('dimensions', [item], { adapt: true }))).toBe(
		lines(`Kust,paikka;Lódz 'kävely';;rivi 1 rivi 2 ${'x'.repeat(241)};??????`),
	);
});

it('A backslash in an address is replaced because it separates the parts of the address', () => {
	const text = asText(
		file(
			'invoices',
			[
				{
					type: 'SALES_INVOICE',
					counterPartyName: 'A',
					sum: 1,
					billingAddress: { name: 'A\\B', city: 'Pori; keskus' },
				},
			],
			{ adapt: true },
		),
	);
	expect(text.split(';')[16]).toBe('A/B\\\\\\\\Pori, keskus\\');
});
