/** Tests every limit of the files with a record that breaks it and the expected message. */
import type { IDataObject } from 'n8n-workflow';
import { fileKind, fileKinds } from '../../../../nodes/Procountor/resources/importFile/kinds';
import { assignPath } from '../../../../nodes/Procountor/resources/importFile/record';
import type { Column, FileKind, ChildRow } from '../../../../nodes/Procountor/resources/importFile/types';
import { writeRecord, recordsInItem } from '../../../../nodes/Procountor/resources/importFile/writer';

/** The smallest valid record of each file, with one row of each kind below it. */
const good: Record<string, IDataObject> = {
	accountingEntries: { account: '3000', description: 'Myynti', accountingValue: 1 },
	businessPartners: {
		type: 'PERSON',
		name: 'Ostaja',
		invoicingInfo: { language: 'FINNISH' },
		registryInfo: { partnerGroups: [{ name: 'Kaikki' }] },
	},
	dimensions: { dimension: 'Projekti', codeName: 'P-1' },
	invoices: {
		type: 'JOURNAL',
		counterParty: { counterPartyAddress: { name: 'Ostaja' } },
		sum: 0,
		dimensions: [{ dimension: 'D', item: 'I', percent: 100 }],
		invoiceRows: [{ product: 'Kahvi', dimensions: [{ dimension: 'D', item: 'I', percent: 100 }] }],
	},
	products: { type: 'SALES', name: 'Kahvi', price: 1, vat: 0 },
	salaryData: { ssn: '131052-308T', salaryTypeCode: '1010', quantity: 1 },
};

function faultsOf(kindName: string, record: IDataObject): string[] {
	const kind = fileKind(kindName);
	return recordsInItem(kind, record).flatMap((one) => {
		const lines = writeRecord(kind, one);
		return 'faults' in lines ? lines.faults.map(({ where, message }) => `${where} ${message}`) : [];
	});
}

/** The valid record with one value changed; undefined removes it. */
function broken(kindName: string, path: string, value: unknown): IDataObject {
	const record = structuredClone(good[kindName]);
	assignPath(record, path, value);
	return record;
}

interface Place {
	column: Column;
	path: string;
	/** `Row 1, ` before the column's name. */
	where: string;
}

function placesOf(kind: FileKind): Place[] {
	const own = (columns: Column[], path: string, where: string): Place[] =>
		columns
			.filter(({ path: ownPath }) => ownPath !== '')
			.map((column) => ({ column, path: path + column.path, where }));
	const below = (parts: ChildRow[], path: string, where: string): Place[] =>
		parts.flatMap((part) => [
			...own(part.row.columns, `${path}${part.path}.0.`, `${where}${part.row.name} 1, `),
			...below(part.children ?? [], `${path}${part.path}.0.`, `${where}${part.row.name} 1, `),
		]);
	return [...own(kind.row.columns, '', ''), ...below(kind.children, '', '')];
}

const named = ({ column: { label, letter }, where }: Place): string => `${where}${label} (column ${letter})`;

/** Values that break a format, with the faults. */
function breaks({ format }: Column): Array<[value: unknown, problem: RegExp]> {
	const { name, length, range: [least, most] = [], codes } = format;
	const tooLong: Array<[unknown, RegExp]> =
		name === 'text' && length !== undefined
			? [['x'.repeat(length + 1), new RegExp(`^is longer than ${length} characters \\(${length + 1}\\)$`)]]
			: [];
	switch (name) {
		case 'text':
			return [
				...tooLong,
				['a;b', /^contains a semicolon/],
				['a"b', /^contains a quotation mark/],
				['a\nb', /^contains a line break/],
				['Łódź', /^contains "Ł" at character 1, which Procountor does not accept$/],
				[{}, /^is an object where a text belongs/],
			];
		case 'digits':
			return [
				['1'.repeat((least as number) - 1), /^should have \d/],
				['1'.repeat((most as number) + 1), /^should have \d/],
				['12a4', /^has other characters than digits/],
			];
		case 'decimal':
			return [
				['1,234.50', /^can be read in several ways/],
				...(Number.isFinite(least) ? [[(least as number) - 1, /^is below/] as [unknown, RegExp]] : []),
				...(Number.isFinite(most) ? [[(most as number) + 1, /^is above/] as [unknown, RegExp]] : []),
			];
		case 'date':
			return [['2026-02-30', /^is not a day of the calendar/]];
		case 'flag':
			return [['ehkä', /^is neither true nor false/]];
		case 'choice':
			return [['SOMETHING_ELSE', /^is not one of the values that this file can hold/]];
		case 'word':
			return codes?.BANK_TRANSFER
				? [
						['CASH', /^has no known word in import files: CASH$/],
						['a;b', /^contains a semicolon/],
					]
				: [['a;b', /^contains a semicolon/]];
		case 'country':
			return [['Narnia', /^is not a country that Procountor knows/]];
		case 'currency':
			return [['Euro', /^is not a currency/]];
		case 'address':
			return [
				[{ street: 'x'.repeat(256) }, /^is longer than 255 characters/],
				[{ street: 'a\\b' }, /^has a street that contains a backslash/],
				[{ city: 'a;b' }, /^has a city that contains a semicolon/],
				[{ country: 'Narnia' }, /^has a country that is not a country/],
			];
		case 'days':
			return [['1000', /^is not a number of days from 0 to 999/]];
		case 'vatStatus':
			return [['vat_x', /^is not a VAT status/]];
		case 'email':
			return [
				['Aino <a@example.fi>', /^is not an email address/],
				[`${'a'.repeat(80)}@example.fi`, /^is longer than 80 characters/],
			];
		case 'account':
			return [['FI2112345600000786', /^is not an IBAN: its check digits/]];
		case 'personalId':
			return [
				['rubbish', /^is not a Finnish personal identity code/],
				['131052-308U', /^is not a Finnish personal identity code: its check character/],
			];
		case 'bic':
			return [['NDEA', /^is not a BIC/]];
		default:
			return [];
	}
}

it.each(Object.entries(good))('The smallest valid record of %s is accepted', (name, record) => {
	expect(faultsOf(name, record)).toEqual([]);
});

describe.each(fileKinds.map((kind) => [kind.name, kind] as const))('Import file: %s', (_, kind) => {
	const places = placesOf(kind);

	it.each(
		places.flatMap((place) =>
			breaks(place.column).map(
				([value, problem]) => [named(place), JSON.stringify(value).slice(0, 40), place, value, problem] as const,
			),
		),
	)('rejects a wrong %s: %s', (_name, _shown, place, value, problem) => {
		const [fault] = faultsOf(kind.value, broken(kind.value, place.path, value)).filter((one) =>
			one.startsWith(named(place)),
		);
		expect(fault?.slice(named(place).length + 1)).toMatch(problem);
	});

	it.each(places.filter(({ column: { required } }) => required).map((place) => [named(place), place] as const))(
		'requires %s',
		(_name, place) => {
			expect(faultsOf(kind.value, broken(kind.value, place.path, undefined))).toContain(`${named(place)} is missing`);
		},
	);
});

describe('File description', () => {
	/** Lengths by file, row and letter, copied by hand from the description of the files. */
	const lengths: Record<string, Record<string, string>> = {
		'accountingEntries Entry': { B: '70', D: '255', E: '255' },
		'dimensions Dimension Item': { A: '255', B: '255', D: '255', E: '255' },
		'products Product': { B: '100', C: '40', M: '80' },
		'invoices Invoice': {
			E: '40',
			G: '80',
			P: '255',
			Q: '255',
			R: '255',
			S: '500',
			T: '500',
			U: '80',
			AB: '70',
			AF: '40',
			AI: '255',
		},
		'invoices Row': { B: '80', C: '80', I: '255' },
		'invoices Dimension of a Row': { D: '255', E: '255' },
		'invoices Dimension of the Invoice': { D: '255', E: '255' },
		'businessPartners Business Partner': {
			B: '40',
			D: '80',
			F: '255',
			G: '80',
			H: '20',
			I: '2',
			R: '80',
			AV: '255',
			AW: '255',
			BA: '40',
			BB: '80',
		},
	};
	const required: Record<string, string> = {
		'accountingEntries Entry': 'A B C',
		'dimensions Dimension Item': 'A B',
		'products Product': 'A B F G',
		'invoices Invoice': 'A G X',
		'invoices Dimension of a Row': 'D E F',
		'invoices Dimension of the Invoice': 'D E F',
		'businessPartners Business Partner': 'C D X',
		'businessPartners Group': 'B',
		'salaryData Salary Row': 'B C E',
	};
	const rowsOf = (kind: FileKind): Array<[string, Column[]]> => {
		const below = (parts: ChildRow[]): Array<[string, Column[]]> =>
			parts.flatMap((part): Array<[string, Column[]]> => [
				[`${kind.value} ${part.row.name}`, part.row.columns],
				...below(part.children ?? []),
			]);
		return [[`${kind.value} ${kind.row.name}`, kind.row.columns], ...below(kind.children)];
	};

	it.each(fileKinds.flatMap(rowsOf))('matches the lengths and required columns of %s', (name, columns) => {
		expect(
			Object.fromEntries(
				columns.flatMap(({ letter, format: { length } }) =>
					length === undefined || letter === 'AO' ? [] : [[letter, String(length)]],
				),
			),
		).toEqual(lengths[name] ?? {});
		expect(
			columns
				.filter((column) => column.required)
				.map(({ letter }) => letter)
				.join(' '),
		).toBe(required[name] ?? '');
	});

	it('has no column letter twice', () => {
		for (const [name, columns] of fileKinds.flatMap(rowsOf))
			expect([name, new Set(columns.map(({ letter }) => letter)).size]).toEqual([name, columns.length]);
	});
});

describe('Rules between cells', () => {
	const invoice = { type: 'SALES_INVOICE', counterPartyName: 'Ostaja', sum: 10 };
	it.each<[string, string, IDataObject, string]>([
		[
			'a due date before the invoice date',
			'invoices',
			{ ...invoice, date: '2026-10-15', dueDate: '2026-10-14' },
			'Due Date (column O) is before the invoice date 15.10.2026',
		],
		[
			'a credit invoice with a positive sum',
			'invoices',
			{ ...invoice, isCredit: true },
			'Total (column X) is 10, but the sums of a credit invoice are negative',
		],
		[
			'a negative sum without credit',
			'invoices',
			{ ...invoice, sum: -10, isCredit: false },
			'Credit Invoice (column K) is false, but the total is -10',
		],
		[
			'a total that differs from its rows',
			'invoices',
			{ ...invoice, invoiceRows: [{ quantity: 1, unitPrice: 10, vatPercent: 25.5 }] },
			'Total (column X) is 10, but the rows make 12.55',
		],
		['no total and no rows', 'invoices', { ...invoice, sum: undefined }, 'Total (column X) is missing'],
		[
			'mail without a billing address',
			'invoices',
			{ ...invoice, invoiceChannel: 'MAIL' },
			'Billing Address (column Q) is missing, and an invoice by mail needs it',
		],
		[
			'an e-invoice without its address',
			'invoices',
			{ ...invoice, invoiceChannel: 'ELECTRONIC_INVOICE' },
			'E-Invoice Address (column AA) is missing, and an e-invoice needs it',
		],
		[
			'a VAT status other than domestic',
			'invoices',
			{ ...invoice, vatStatus: 22 },
			'VAT Status (column AU) is 22, which this file can contain for JOURNAL only',
		],
		[
			'a VAT status other than domestic on a row',
			'invoices',
			{ ...invoice, invoiceRows: [{ product: 'Kahvi', vatStatus: 5 }] },
			'Row 1, VAT Status (column Q) is 5, which this file can contain for JOURNAL only',
		],
		[
			'shares that add up to 99.99 percent',
			'invoices',
			{
				...invoice,
				invoiceRows: [
					{ product: 'A' },
					{
						product: 'B',
						dimensions: [
							{ dimension: 'D', item: '1', percent: 50 },
							{ dimension: 'D', item: '2', percent: 49.99 },
						],
					},
				],
			},
			"Row 2, Dimension of a Row 2, Share % (column F) adds up to 99.99 % for 'D', not 100",
		],
		[
			'shares of the invoice that add up to 50 percent',
			'invoices',
			{
				...invoice,
				dimensions: [
					{ dimension: 'D', item: '1', percent: 50 },
					{ dimension: 'E', item: '2', percent: 100 },
				],
			},
			"Dimension of the Invoice 1, Share % (column F) adds up to 50 % for 'D', not 100",
		],
		[
			'a share with three decimals',
			'invoices',
			{ ...invoice, dimensions: [{ dimension: 'D', item: '1', percent: 33.333 }] },
			'Dimension of the Invoice 1, Share % (column F) has more than 2 decimals: 33.333',
		],
		[
			'a product called DIMENSION',
			'invoices',
			{ ...invoice, invoiceRows: [{ product: 'DIMENSION' }] },
			'Row 1, Product (column B) is DIMENSION, which marks another kind of row',
		],
		['rows that are not a list', 'invoices', { ...invoice, invoiceRows: 'Kahvi' }, 'invoiceRows is not a list of rows'],
		[
			'an item without its dimension',
			'accountingEntries',
			{ ...good.accountingEntries, item: 'A' },
			'Dimension (column D) is empty, though the entry has a dimension item',
		],
		[
			'a dimension without an item',
			'accountingEntries',
			{ ...good.accountingEntries, dimension: 'A' },
			'Dimension Item (column E) is empty, though the entry has a dimension',
		],
		[
			'seven dimensions of a salary row',
			'salaryData',
			{
				...good.salaryData,
				dimensions: Array.from({ length: 7 }, (_, index) => ({ dimension: `D${index}`, item: 'I' })),
			},
			'Dimension Item 6 (column R) is the last that fits, and there are 7',
		],
		[
			'a salary dimension without an item',
			'salaryData',
			{ ...good.salaryData, dimensions: [{ dimension: 'D' }] },
			'Dimension Item 1 (column H) and its dimension belong together: one of them is empty',
		],
		[
			'a customer with Danish as language',
			'businessPartners',
			{ type: 'CUSTOMER', name: 'A', language: 'DANISH' },
			'Language (column X) is not one of the values that this file can hold: "DANISH"',
		],
	])('reject %s', (_, kind, record, message) => {
		expect(faultsOf(kind, record)).toContain(message);
	});

	it('reject a file whose debit and credit differ', () => {
		const kind = fileKind('accountingEntries');
		expect(kind.fileFault?.([{ accountingValue: 100 }, { accountingValue: '-99,99' }])).toEqual({
			message: 'has debit and credit that differ by 0.01',
			advice: expect.stringContaining('account') as string,
		});
		expect(
			kind.fileFault?.([{ accountingValue: 0.1 }, { accountingValue: 0.2 }, { accountingValue: -0.3 }]),
		).toBeUndefined();
	});
});

describe('Fields without a column', () => {
	const leftOut = (kindName: string, record: IDataObject): string[] => {
		const kind = fileKind(kindName);
		return recordsInItem(kind, record).flatMap((one) => {
			const lines = writeRecord(kind, one);
			return 'faults' in lines ? lines.faults.map(({ message }) => message) : lines.leftOut;
		});
	};
	const invoice = { type: 'SALES_INVOICE', counterPartyName: 'Ostaja', sum: 10 };

	it('are reported by name, except IDs and versions', () => {
		expect(
			leftOut('invoices', {
				...invoice,
				id: 5,
				version: 'x',
				ledgerReceiptId: 7,
				vatStatus: 1,
				vatDeductionPercent: 50,
				dueDat: '2026-10-01',
				invoiceRows: [{ product: 'A', headerText: 'Otsikko' }],
			}),
		).toEqual(['vatDeductionPercent', 'dueDat', 'invoiceRows.headerText']);
		expect(
			leftOut('products', {
				...good.products,
				active: false,
				productLocalizations: [{ language: 'ENGLISH', productName: 'Coffee' }],
			}),
		).toEqual(['active', 'productLocalizations.language', 'productLocalizations.productName']);
		expect(
			leftOut('businessPartners', {
				type: 'CUSTOMER',
				name: 'A',
				language: 'fi',
				bankAccount: 'FI2112345600000785',
				firstName: 'X',
			}),
		).toEqual(['firstName', 'paymentInfo.bankAccount']);
	});

	it('cannot change the prototype of all objects', () => {
		leftOut(
			'invoices',
			JSON.parse(
				'{"type":"SALES_INVOICE","counterPartyName":"A","sum":1,"__proto__.polluted":"yes","constructor.prototype.polluted":"yes"}',
			) as IDataObject,
		);
		expect(({} as IDataObject).polluted).toBeUndefined();
	});
});

it('A Finnish OVT identifier with a mistyped business ID is reported, and foreign identifiers are not', () => {
	const ovt = 'invoicingInfo.ovt';
	expect(faultsOf('businessPartners', broken('businessPartners', ovt, '003712345678'))).toEqual([
		expect.stringMatching(/OVT Identifier.* the digits after 0037 should be a business ID/),
	]);
	for (const good of ['0037 1234567-1', '0007:5567321707', 'SE556732170701'])
		expect(faultsOf('businessPartners', broken('businessPartners', ovt, good))).toEqual([]);
	const invoice = {
		...broken('invoices', 'counterParty.einvoiceAddress.ediId', '003712345678'),
		type: 'SALES_INVOICE',
	};
	expect(faultsOf('invoices', invoice).join()).toMatch(/OVT Identifier.* the digits after 0037/);
});
