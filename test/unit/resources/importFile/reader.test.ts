/** Reads valid and invalid files. */
import { fileKind } from '../../../../nodes/Procountor/resources/importFile/kinds';
import { readFile } from './readFile';

function read(kindName: string, text: string): unknown {
	const content = readFile(fileKind(kindName), Buffer.from(text, 'latin1'));
	return 'records' in content ? content.records : content.faults.map(({ where, message }) => `${where} ${message}`);
}

function hintsOf(kindName: string, text: string): string[] {
	const content = readFile(fileKind(kindName), Buffer.from(text, 'latin1'));
	return 'records' in content ? [] : content.faults.flatMap(({ advice }) => advice ?? []);
}

describe('Valid file', () => {
	it('can have any line ending, and the padding of Excel', () => {
		const entry = { account: '3000', description: 'Myynti', accountingValue: 1 };
		for (const text of [
			'3000;Myynti;1;;;;\r\n3000;Myynti;1',
			'3000;Myynti;1\n3000;Myynti;1\n',
			'3000;Myynti;1;;;;;;;;;\r\n;;;;;;\r\n3000;Myynti;1,00',
		])
			expect(read('accountingEntries', text)).toEqual([entry, entry]);
	});

	it('can have a decimal point in its numbers', () => {
		expect(read('products', 'S;Kahvi;;kpl;;14.90;13,5')).toEqual([
			{ type: 'SALES', name: 'Kahvi', unit: 'PIECE', price: 14.9, vat: 13.5 },
		]);
	});

	it('distinguishes rows from shares, and shares of rows from those of the invoice', () => {
		const lines = [
			`M;;;;;;Ostaja;;;;f;;;;;;;;;;;;;-3${';'.repeat(23)}`,
			';Kahvi;;1;h',
			';DIMENSION;R;D;a;40,00',
			';DIMENSION;R;D;b;60,00',
			';DIMENSION;L;E;c;100,00',
			';Tee',
			`K;;;;;;Toinen;;;;t;;;;;;;;;;;;;0${';'.repeat(23)}`,
		];
		expect(read('invoices', lines.join('\n'))).toEqual([
			{
				type: 'SALES_INVOICE',
				counterParty: { counterPartyAddress: { name: 'Ostaja' } },
				isCredit: true,
				sum: -3,
				invoiceRows: [
					{
						product: 'Kahvi',
						quantity: 1,
						unit: 'HOUR',
						dimensions: [
							{ dimension: 'D', item: 'a', percent: 40 },
							{ dimension: 'D', item: 'b', percent: 60 },
						],
					},
					{ product: 'Tee' },
				],
				dimensions: [{ dimension: 'E', item: 'c', percent: 100 }],
			},
			{ type: 'BILL_OF_CHARGES', counterParty: { counterPartyAddress: { name: 'Toinen' } }, sum: 0 },
		]);
	});

	it('keeps an unknown unit', () => {
		expect(read('products', 'S;Kahvi;;rullakko;;1;0')).toEqual([
			{ type: 'SALES', name: 'Kahvi', unit: 'rullakko', price: 1, vat: 0 },
		]);
	});
});

describe('Invalid file', () => {
	it.each([
		[
			'accountingEntries',
			'Tili;Nimi;Summa\r\n3000;Myynti;1',
			[
				'Line 1, Ledger Account (column A) has other characters than digits: "Tili"',
				'Line 1, Sum (column C) is not a number of an import file: "Summa"',
			],
		],
		[
			'accountingEntries',
			'3000;Myynti;1 000,50',
			['Line 1, Sum (column C) is not a number of an import file: "1 000,50"'],
		],
		[
			'accountingEntries',
			'3000;Myynti;1;;;;P;liikaa',
			['Line 1, column H has a value, but this kind of row has no such column'],
		],
		['accountingEntries', '3000;;1', ['Line 1, Name (column B) is missing']],
		['dimensions', ';P-1', ['Line 1, Dimension (column A) is missing']],
		['dimensions', `${'x'.repeat(256)};P-1`, ['Line 1, Dimension (column A) is longer than 255 characters (256)']],
		['dimensions', '', ['The file contains no record']],
		['invoices', ';Kahvi;;1', ['Line 1 is a row below a record, and no record stands above it']],
		[
			'invoices',
			'X;EUR',
			[
				'Line 1, Invoice Type (column A) is not one of M, O, T, K, N: "X"',
				'Line 1, Customer or Supplier Name (column G) is missing',
				'Line 1, Total (column X) is missing',
			],
		],
		[
			'invoices',
			`M;;;;;;Ostaja${';'.repeat(17)}1\n;DIMENSION;R;D;a;100,00`,
			['Line 2 does not belong to the row above it'],
		],
		[
			'invoices',
			`M;;;;;;Ostaja;;;;;;2026-10-01${';'.repeat(11)}1`,
			['Line 1, Invoice Date (column M) is not a day of the form dd.mm.yyyy: "2026-10-01"'],
		],
		[
			'invoices',
			`M;;;;;;Ostaja;;;;;;31.2.2026${';'.repeat(11)}1`,
			['Line 1, Invoice Date (column M) is not a day of the form dd.mm.yyyy: "31.2.2026"'],
		],
		[
			'businessPartners',
			';;C;Oy A;;;;;Suomi;;;;;;14;;;;;;;;;2',
			[
				'Line 1, Country (column I) is not the two-letter code of a country: "Suomi"',
				'Line 1, Payment Term (column O) is not a payment term such as 14P: "14"',
			],
		],
		[
			'products',
			'S;Kahvi;;;;-1;0;;;;;;;1',
			[
				'Line 1, Unit Price (column F) is below 0: -1',
				'Line 1, VAT Status (column N) is not a VAT status such as vat_1: "1"',
			],
		],
		['salaryData', 'P;131052-308T;1;;2', ['Line 1, Row Type (column A) is not E: "P"']],
	])('is rejected for %s: %j', (kind, text, faults) => {
		expect(read(kind, text)).toEqual(faults);
	});

	it('is rejected with a hint if it has a header', () => {
		expect(hintsOf('accountingEntries', 'Tili;Nimi;Summa\r\n3000;Myynti;1')[0]).toMatch(/no header row/);
	});

	it.each([
		['with a byte order mark', '\ufeff3000;Myynti;1'],
		['without a byte order mark', '3000;Määrä;1'],
	])('is rejected in UTF-8 %s', (_, text) => {
		const content = readFile(fileKind('accountingEntries'), Buffer.from(text, 'utf8'));
		expect(content).toEqual({
			faults: [
				{
					where: 'The file',
					message: 'is in UTF-8, which Procountor does not read',
					advice: 'Save it in Windows-1252 (ANSI)',
				},
			],
		});
	});

	it('is reported with fewer than 30 faults', () => {
		expect((read('accountingEntries', 'a;b;c\n'.repeat(1000)) as string[]).length).toBeLessThan(30);
	});
});
