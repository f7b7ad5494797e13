/** Import files that are created from items and from the output of other nodes, and read back. */
import { decode } from 'iconv-lite';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RunResult } from '../harness';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

/** Runs without a credential, because these operations send no requests. */
async function run(
	operation: 'create' | 'read',
	parameters: IDataObject,
	items: Array<IDataObject | INodeExecutionData>,
	settings = {},
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource: 'importFile', operation, binaryPropertyName: 'data', ...parameters } as never,
		items,
		settings,
	});
}

const contentOf = (item: INodeExecutionData, field = 'data'): Buffer =>
	Buffer.from(item.binary?.[field].data ?? '', 'base64');
const textOf = (item: INodeExecutionData): string => decode(contentOf(item), 'windows-1252');

const entries = [
	{ account: '1910', description: 'Päivämyynti', accountingValue: 125.5 },
	{ account: '3000', description: 'Päivämyynti', accountingValue: -125.5, vatPercent: 0 },
];

describe('Import File: Create', () => {
	it('creates one file from all items without a credential or a request', async () => {
		const result = await run('create', { fileType: 'accountingEntries' }, entries);
		expect(result.error).toBeUndefined();
		expect(result.items[0]).toHaveLength(1);
		const [file] = result.items[0];
		expect(textOf(file)).toBe('1910;Päivämyynti;125,5;;;;\r\n3000;Päivämyynti;-125,5;;;0;\r\n');
		expect(file.binary?.data).toMatchObject({ fileName: 'accounting-entries.csv', mimeType: 'text/csv' });
		expect(file.json).toEqual({
			fileType: 'accountingEntries',
			fileName: 'accounting-entries.csv',
			fileSize: contentOf(file).length,
			records: 2,
			rows: 2,
			readIn: 'Management > Import data',
			warnings: ['If Procountor reads the file twice, it books all entries twice.'],
			leftOut: [],
		});
		expect(file.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(bench.sandbox.journal.entries).toEqual([]);
	});

	it('shows hints about duplicates, emptied fields and fields without a column', async () => {
		const result = await run('create', { fileType: 'businessPartners', options: { fileName: 'kumppanit.csv' } }, [
			{ type: 'CUSTOMER', name: 'Kahvila', language: 'fi', identifierType: 'FI', identifier: '1234567-1', tags: 'vip' },
		]);
		const messages = result.hints.map(({ message }) => message);
		expect(messages).toEqual([
			expect.stringMatching(/^If Procountor reads the file twice, it creates partners without/),
			'An empty field empties the value of an existing record. No record in this file fills the columns E–W, Y–AX, BA–BH.',
			'The file has no column for: tags',
		]);
		expect(result.items[0][0].json).toMatchObject({ fileName: 'kumppanit.csv', leftOut: ['tags'] });
	});

	it('reports item, field and column of an unsuitable value', async () => {
		const result = await run('create', { fileType: 'dimensions' }, [
			{ dimension: 'Projekti', codeName: 'P-1' },
			{ dimension: 'Projekti', codeName: 'P;2', description: 'x'.repeat(256) },
		]);
		expect(result.error?.message).toBe(
			'Item (column B) contains a semicolon, which an import file cannot hold; Information (column D) is longer than 255 characters (256)',
		);
		expect(result.error?.description).toBe(
			'Change it, or choose to replace what does not fit. Shorten it, or choose to replace what does not fit.',
		);
		expect(result.error?.context?.itemIndex).toBe(1);
	});

	it('replaces unsuitable characters if chosen', async () => {
		const result = await run('create', { fileType: 'dimensions', options: { unsuitable: 'replace' } }, [
			{ dimension: 'Projekti', codeName: 'P;2 "Žižkov" 😀' },
		]);
		expect(textOf(result.items[0][0])).toBe("Projekti;P,2 'Žižkov';;;\r\n");
	});

	it('skips and reports an invalid item if the workflow continues on errors', async () => {
		const result = await run(
			'create',
			{ fileType: 'dimensions' },
			[
				{ dimension: 'A;', codeName: '1' },
				{ dimension: 'B', codeName: '2' },
				{ dimension: 'C', codeName: '' },
			],
			{ onError: 'continueRegularOutput' },
		);
		const [refused, file, missing] = result.items[0];
		expect(refused.json.error).toMatch(/^Dimension \(column A\) contains a semicolon/);
		expect(missing.json).toMatchObject({
			error: 'Item (column B) is missing',
			message: expect.stringContaining("Add the field 'codeName' to the item"),
		});
		expect(textOf(file)).toBe('B;2;;;\r\n');
		expect(file.pairedItem).toEqual([{ item: 1 }]);
	});

	it('refuses entries that do not balance, unless Allow Difference is on', async () => {
		const [debit] = entries;
		const refused = await run('create', { fileType: 'accountingEntries' }, [debit]);
		expect(refused.error?.message).toBe('The file has debit and credit that differ by 125.50');
		expect(refused.error?.description).toMatch(/account 8450/);
		const allowed = await run('create', { fileType: 'accountingEntries', options: { allowDifference: true } }, [debit]);
		expect(allowed.error).toBeUndefined();
	});

	it('warns about invoice numbers that several records share, with their lines', async () => {
		const sale = (number: string, counterPartyName: string, type = 'SALES_INVOICE'): IDataObject => ({
			type,
			counterPartyName,
			originalInvoiceNumber: number,
			invoiceRows: [{ product: 'Coffee', quantity: 1, unitPrice: 10, vatPercent: 0 }],
		});
		const result = await run('create', { fileType: 'invoices' }, [
			sale('4711', 'A Oy'),
			sale('4712', 'A Oy'),
			sale('4711', 'B Oy', 'M'),
			sale('4711', 'A Oy', 'PURCHASE_INVOICE'),
			sale('4711', 'B Oy', 'PURCHASE_INVOICE'),
			sale('900', 'Café Oy', 'PURCHASE_INVOICE'),
			sale('900 ', 'CAFÉ  OY', 'O'),
		]);
		const warning =
			'Several invoices have the same Own Invoice Number (column AM): 4711 (lines 1, 5), 900 (lines 11, 13). Procountor creates all of them.';
		expect(result.items[0][0].json.warnings).toContain(warning);
		expect(result.hints.map(({ message }) => message)).toContain(warning);
	});

	it.each([
		[
			'products',
			[
				{ type: 'SALES', name: 'Coffee', code: 'kah 001', price: 9, vat: 14 },
				{ type: 'SALES', name: 'Tea', code: 'TEE', price: 9, vat: 14 },
				{ type: 'SALES', name: 'Dark coffee', code: 'KAH  001', price: 9, vat: 14 },
				{ type: 'PURCHASE', name: 'Tea', code: 'TEE', price: 5, vat: 14 },
			],
			['Several products have the same Code (column C): kah 001 (lines 1, 3). The last one replaces the others.'],
		],
		[
			'businessPartners',
			[
				{ type: 'GROUP', name: 'Cafés' },
				{
					type: 'CUSTOMER',
					name: 'A',
					language: 'fi',
					identifierType: 'FI',
					identifier: '1234567-1',
					customerNumber: 7,
				},
				{
					type: 'SUPPLIER',
					name: 'A',
					language: 'fi',
					identifierType: 'FI',
					identifier: '1234567-1',
					customerNumber: 7,
				},
				{
					type: 'CUSTOMER',
					name: 'B',
					language: 'fi',
					identifierType: 'FI',
					identifier: '12345671',
					customerNumber: '7.0',
				},
			],
			[
				'Several business partners have the same ID (column B): 1234567-1 (lines 2, 4). The last one overwrites the others.',
				'Several business partners have the same Customer Number (column BA): 7 (lines 2, 4). The last one overwrites the others.',
			],
		],
		[
			'dimensions',
			[
				{ name: 'Project', items: [{ codeName: 'P1' }, { codeName: 'P2' }, { codeName: 'p1' }] },
				{ dimension: 'Place', codeName: 'P1' },
			],
			['Several dimension items have the same Item (column B): P1 (lines 1, 3). The last one overwrites the others.'],
		],
	])('warns about repeated numbers in a file of %s', async (fileType, items, expected) => {
		const result = await run('create', { fileType }, items as IDataObject[]);
		const warnings = result.items[0][0].json.warnings as string[];
		expect(warnings.filter((warning) => warning.startsWith('Several'))).toEqual(expected);
	});

	it('lists at most ten repeated numbers and ten lines of each', async () => {
		const codes = [
			...Array.from({ length: 12 }, () => 'X'),
			...Array.from({ length: 22 }, (_, index) => `C${index % 11}`),
		];
		const result = await run(
			'create',
			{ fileType: 'products' },
			codes.map((code) => ({ type: 'SALES', name: 'Coffee', code, price: 9, vat: 14 })),
		);
		const [, warning] = result.items[0][0].json.warnings as string[];
		expect(warning).toContain('X (lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more), C0 (lines 13, 24)');
		expect(warning).toContain('C8 (lines 21, 32) and 2 more. The last');
	});

	it('refuses an empty first cell', async () => {
		const result = await run('create', { fileType: 'businessPartners' }, [
			{ type: 'SUPPLIER', name: 'Uusi', language: 'fi' },
		]);
		expect(result.error?.message).toBe(
			'ID Type (column A) of the first record is empty, but the first cell of an import file must not be',
		);
		expect(result.error?.description).toBe('Put a record that has it first.');
	});
});

describe('Import file from records of other nodes', () => {
	it('contains sales invoices with their totals', async () => {
		const invoices = await bench.json('invoice', 'getAll', {
			returnAll: true,
			includeDetails: true,
			simple: false,
			filters: { types: ['SALES_INVOICE'] },
		});
		const result = await run('create', { fileType: 'invoices' }, invoices);
		expect(result.error).toBeUndefined();
		const back = await run('read', { fileType: 'invoices' }, [result.items[0][0]]);
		expect(back.items[0]).toHaveLength(invoices.length);
		const totals = (list: IDataObject[], total: (one: IDataObject) => unknown): unknown[] =>
			list.map((one) => [
				(one.paymentInfo as IDataObject).dueDate,
				total(one),
				((one.invoiceRows ?? []) as IDataObject[]).map(({ product, quantity, unitPrice }) => [
					product,
					quantity,
					unitPrice,
				]),
			]);
		expect(
			totals(
				back.items[0].map(({ json }) => json),
				({ sum }) => sum,
			),
		).toEqual(
			totals(
				invoices,
				({ invoiceSumInfo }) =>
					(invoiceSumInfo as IDataObject[]).find(({ currency }) => currency !== 'EUR')?.invoiceSumTotal ??
					(invoiceSumInfo as IDataObject[])[0].invoiceSumTotal,
			),
		);
	});

	it.each([
		['businessPartner', 'businessPartners', { includeDetails: true, simple: false, filters: { type: 'CUSTOMER' } }],
		['product', 'products', { simple: false, filters: { type: 'SALES' } }],
		['dimension', 'dimensions', {}],
	])('contains the records of %s: Get Many as %s', async (resource, fileType, parameters) => {
		const records = await bench.json(resource, 'getAll', { returnAll: true, ...parameters });
		expect(records.length).toBeGreaterThan(1);
		const result = await run(
			'create',
			{ fileType, options: { unsuitable: 'replace' } },
			records.map((json) =>
				fileType === 'businessPartners'
					? { ...json, invoicingInfo: { language: 'FINNISH', ...(json.invoicingInfo as IDataObject) } }
					: json,
			),
		);
		expect(result.error).toBeUndefined();
		const back = await run('read', { fileType }, [result.items[0][0]]);
		expect(back.items[0].map(({ json }) => json.name ?? json.codeName)).toEqual(
			records.flatMap(({ name, items }) =>
				fileType === 'dimensions' ? (items as IDataObject[]).map(({ codeName }) => codeName) : [name],
			),
		);
	});

	it('contains the transactions of ledger receipts as entries', async () => {
		const receipts = await bench.json('ledgerReceipt', 'getAll', {
			returnAll: true,
			includeDetails: true,
			simple: false,
			filters: { types: ['SALARY'] },
		});
		const result = await run('create', { fileType: 'accountingEntries' }, receipts);
		expect(result.items[0][0].json.records).toBe(
			receipts.flatMap(({ transactions }) => transactions as IDataObject[]).length,
		);
	});
});

describe('Attachments in an import file', () => {
	const bill = (name: string, fileName?: string): INodeExecutionData => ({
		json: { type: 'PURCHASE_INVOICE', counterPartyName: name, sum: 10 },
		...(fileName
			? {
					binary: {
						kuva: { data: Buffer.from(`%PDF ${name}`).toString('base64'), mimeType: 'application/pdf', fileName },
					},
				}
			: {}),
	});

	it('are stored in one archive with the invoices and named in them', async () => {
		const result = await run('create', { fileType: 'invoices', options: { attachmentField: 'kuva' } }, [
			bill('A', 'lasku.pdf'),
			bill('B'),
			bill('C', 'Lasku.pdf'),
		]);
		const [file] = result.items[0];
		expect(file.binary?.data).toMatchObject({ fileName: 'invoices.zip', mimeType: 'application/zip' });
		expect(file.json).toMatchObject({ attachments: 2, records: 3 });
		const back = await run('read', { fileType: 'invoices' }, [file]);
		expect(
			back.items[0].map(({ json, binary }) => [
				json.attachmentName,
				binary && contentOf({ json: {}, binary }, 'attachment').toString(),
			]),
		).toEqual([
			['lasku.pdf', '%PDF A'],
			[undefined, undefined],
			['Lasku-2.pdf', '%PDF C'],
		]);
	});

	it('are refused or renamed if their names contain other than plain letters', async () => {
		const refused = await run('create', { fileType: 'invoices', options: { attachmentField: 'kuva' } }, [
			bill('A', 'hyväksytty lasku.pdf'),
		]);
		expect(refused.error?.message).toBe(
			"Attachment has a name with other than plain letters and digits: 'hyväksytty lasku.pdf'",
		);
		const renamed = await run(
			'create',
			{ fileType: 'invoices', options: { attachmentField: 'kuva', unsuitable: 'replace' } },
			[bill('A', 'hyväksytty lasku.pdf')],
		);
		const back = await run('read', { fileType: 'invoices' }, [renamed.items[0][0]]);
		expect(back.items[0][0].json.attachmentName).toBe('hyvaksytty-lasku.pdf');
	});
});

describe('Import File: Read', () => {
	const file = (text: string): INodeExecutionData => ({
		json: {},
		binary: { data: { data: Buffer.from(text, 'latin1').toString('base64'), mimeType: 'text/csv', fileName: 'x.csv' } },
	});

	it('returns one item for each record, paired to its file', async () => {
		const result = await run('read', { fileType: 'dimensions' }, [
			file('Projekti;P-1\r\nProjekti;P-2'),
			file('Alue;Etelä'),
		]);
		expect(result.items[0].map(({ json, pairedItem }) => [json.codeName, pairedItem])).toEqual([
			['P-1', { item: 0 }],
			['P-2', { item: 0 }],
			['Etelä', { item: 1 }],
		]);
	});

	it('reports line and column of an invalid value', async () => {
		const result = await run('read', { fileType: 'accountingEntries' }, [file('3000;Myynti;1\r\n30;Myynti;x')]);
		expect(result.error?.message).toBe(
			'Line 2, Ledger Account (column A) should have 4 digits, and has 2; Line 2, Sum (column C) is not a number of an import file: "x"',
		);
	});

	it('reports a binary field that does not exist', async () => {
		const result = await run('read', { fileType: 'dimensions', binaryPropertyName: 'tiedosto' }, [{ nothing: true }]);
		expect(result.error?.message).toMatch(/tiedosto/);
	});
});
