import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { RunResult, SavedCredential } from '../harness';
import { type Books, useBooks } from '../invoice/state';
import { byId, outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const receiptDate = '2026-10-01';
const rows = (transactions: IDataObject[]) => ({
	specifyRows: 'json',
	transactionsJson: JSON.stringify(transactions),
});

async function run(
	parameters: INodeParameters,
	{ items = [{}], settings }: { items?: IDataObject[]; settings?: Partial<INode> } = {},
): Promise<RunResult> {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: {
			resource: 'ledgerReceipt',
			operation: 'create',
			name: 'Päivän myynti',
			receiptDate,
			vatType: 'SALES',
			...parameters,
		},
		credentials: { procountorApi: saved },
		items,
		settings,
	});
}

/** A cash register's day: sales including VAT by rate, and payments. */
const day = [
	{
		account: '3000',
		accountingValue: -125.5,
		vatPercent: 25.5,
		description: 'Myynti 25,5 %',
		dimensions: [{ dimensionId: 'Kustannuspaikka', itemId: 'Helsinki' }],
	},
	{
		account: '3010',
		accountingValue: -227,
		vatPercent: 13.5,
		description: 'Myynti 13,5 %',
		dimensions: [
			{ dimensionId: 1, itemId: 11, percent: 50 },
			{ dimensionId: 1, itemId: 12, percent: 50 },
		],
	},
	{ account: '1900', accountingValue: 52.5, description: 'Käteinen' },
	{ account: '1930', accountingValue: 300, description: 'Kortit' },
];

it("A day's sales become a balanced, approved journal with dimensions and an attached report", async () => {
	const binary = {
		data: { data: Buffer.from('%PDF-1.4').toString('base64'), mimeType: 'application/pdf', fileName: 'z-raportti.pdf' },
	};
	const result = await bench.run(
		'ledgerReceipt',
		'create',
		{
			name: 'Päivän myynti',
			receiptDate,
			vatType: 'SALES',
			...rows(day),
			after: 'approve',
			additionalFields: { amountsIncludeVat: true, files: 'data' },
		},
		{ items: [{ json: {}, binary }] },
	);
	const [{ id, wasCreated, status, done, transactions }] = outputOf(result);
	expect(transactions).toHaveLength(books.receipt(id).transactions.length);
	expect({ wasCreated, status, done }).toEqual({
		wasCreated: true,
		status: 'APPROVED',
		done: [
			expect.stringMatching(/^journal \d+ \(ID \d+\) saved$/),
			'z-raportti.pdf attached',
			expect.stringMatching(/approved$/),
		],
	});
	expect(books.receipt(id).transactions).toMatchObject([
		{
			account: '3000',
			accountingValue: -100,
			vatPercent: 25.5,
			dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: -100 }],
		},
		{
			account: '3010',
			accountingValue: -200,
			vatPercent: 13.5,
			dimensionItemValues: [
				{ itemId: 11, value: -100 },
				{ itemId: 12, value: -100 },
			],
		},
		{ account: '1900', accountingValue: 52.5, vatPercent: 0 },
		{ account: '1930', accountingValue: 300, vatPercent: 0 },
	]);
});

it('A journal entered in the editor is posted with its amounts', async () => {
	const filled = (account: string, accountingValue: string): IDataObject => ({
		account: byId(account),
		accountingValue,
		vatPercent: '',
		description: '',
		dimensions: {},
		moreFields: {
			vatStatus: byId(''),
			vatType: '',
			startDate: '',
			endDate: '',
			transactionType: 'ENTRY',
		},
	});
	const [{ id }] = outputOf(
		await run({
			specifyRows: 'fields',
			transactions: { row: [filled('1910', '250,00'), filled('1900', '-250')] },
		} as unknown as INodeParameters),
	);
	expect(books.receipt(id).transactions).toMatchObject([
		{ account: '1910', accountingValue: 250 },
		{ account: '1900', accountingValue: -250 },
	]);
});

it('Debit and credit are accepted in separate columns, even from two lists', async () => {
	const report = {
		sold: [
			{ name: 'Myynti', account: '3000', sold: '125,50', vat: 25.5 },
			{ name: 'Palautus', account: '3000', sold: -25.1, vat: 25.5 },
		],
		paid: [{ name: 'Kortit', account: '1930', paid: 100.4 }],
	};
	const value = { account: 'account', credit: 'sold', debit: 'paid', vatPercent: 'vat', description: 'name' };
	const [{ id }] = outputOf(
		await run(
			{
				specifyRows: 'list',
				list: '={{ $json.sold.concat($json.paid) }}',
				listColumns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
				bookkeepingFields: { amountsIncludeVat: true },
			} as unknown as INodeParameters,
			{ items: [report] },
		),
	);
	expect(books.receipt(id).transactions).toMatchObject([
		{ account: '3000', accountingValue: -100, vatPercent: 25.5 },
		{ account: '3000', accountingValue: 20, vatPercent: 25.5 },
		{ account: '1930', accountingValue: 100.4, vatPercent: 0 },
	]);
	const { error } = await run(rows([{ account: '1910', accountingValue: 5, credit: '5' }]));
	expect(error?.message).toContain('Transaction 1, Amount stands beside Debit or Credit');
});

it('Empty optional cells count as missing, and empty required cells are reported', async () => {
	const empty = { vatPercent: '', vatStatus: '', vatType: '', description: '', startDate: null, dimensions: [] };
	const [{ id }] = outputOf(
		await run(
			rows([
				{ account: '1910', accountingValue: '1 250,00', ...empty },
				{ account: '3900', accountingValue: -1250, ...empty },
			]),
		),
	);
	expect(books.receipt(id).transactions).toMatchObject([
		{ account: '1910', accountingValue: 1250, vatPercent: 0 },
		{ account: '3900', accountingValue: -1250, vatPercent: 0 },
	]);
	expect((await run(rows([{ account: '', accountingValue: 1 }]))).error?.message).toBe(
		'Transaction 1, Ledger Account is empty',
	);
	expect((await run(rows([{ account: '1910', accountingValue: '' }]))).error?.message).toBe(
		'Transaction 1, Amount is empty',
	);
});

describe('A repeated journal', () => {
	const net = rows([
		{ account: '1910', accountingValue: 100 },
		{ account: '3900', accountingValue: -100 },
	]);

	it('is identified by name, date, and total, ignoring void journals', async () => {
		const [first] = outputOf(await run(net));
		expect(outputOf(await run(net))[0]).toMatchObject({ id: first.id, wasCreated: false });
		expect(outputOf(await run({ ...net, name: 'Päivän myynti 2' }))[0].wasCreated).toBe(true);
		expect(outputOf(await run({ ...net, receiptDate: '2026-10-02' }))[0].wasCreated).toBe(true);
		expect(
			outputOf(
				await run(
					rows([
						{ account: '1910', accountingValue: 100.01 },
						{ account: '3900', accountingValue: -100.01 },
					]),
				),
			)[0].wasCreated,
		).toBe(true);
		const stopped = await run({ ...net, ifExists: 'stop' });
		expect(stopped.error?.message).toContain("There is the journal 'Päivän myynti' of 2026-10-01 over 100.00 already");
		await bench.json('ledgerReceipt', 'invalidate', { receiptId: byId(first.id) });
		expect(outputOf(await run(net))[0].wasCreated).toBe(true);
		expect(outputOf(await run({ ...net, ifExists: 'create' }))[0].wasCreated).toBe(true);
		expect(books.journals('Päivän myynti')).toHaveLength(5);
	});

	it.each([
		['cutAfter', 0],
		['cutAfter', 400],
		['htmlError', 0],
	] as const)(
		'is looked up after an unclear response, and sent once in a run (%s, visible %i ms later)',
		async (kind, delayMs) => {
			bench.sandbox.clock.flowing = true;
			if (delayMs) bench.sandbox.faults.late.push({ register: 'ledgerReceipts', delayMs });
			bench.sandbox.faults.add({ kind, method: 'POST', path: '/ledgerreceipts' });
			const result = await run(
				{ ...net, after: 'approve', additionalFields: { lookUp: 1 } },
				{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
			);
			expect(bench.sandbox.journal.to('POST /ledgerreceipts')).toHaveLength(1);
			if (kind === 'cutAfter') expect(outputOf(result)[0]).toMatchObject({ wasCreated: true, status: 'APPROVED' });
			else
				expect(result.error?.message).toMatch(
					/^It is unclear whether Procountor saved the journal 'Päivän myynti' of 2026-10-01 over 100\.00/,
				);
			expect(books.journals('Päivän myynti')).toHaveLength(kind === 'cutAfter' ? 1 : 0);
		},
	);

	it('is created once for several equal items of a run', async () => {
		const made = outputOf(await run({ ...net, additionalFields: { order: 'together' } }, { items: [{}, {}, {}] }));
		expect(new Set(made.map(({ id }) => id)).size).toBe(1);
		expect(made.filter(({ wasCreated }) => wasCreated)).toHaveLength(1);
	});
});

it.each([
	['no transactions', rows([]), 'Transactions are empty'],
	['no account', rows([{ accountingValue: 1 }]), 'Transaction 1, Ledger Account is empty'],
	[
		'an amount that is not a number',
		rows([{ account: '1910', accountingValue: 'sata' }]),
		'Transaction 1, Amount is not a number: "sata"',
	],
	[
		'fractions of a cent',
		rows([{ account: '1910', accountingValue: 1.005 }]),
		'Transaction 1, Amount has 3 decimals, and at most 2 are allowed: 1.005',
	],
	[
		'transactions that do not balance',
		rows([
			{ account: '1910', accountingValue: 10 },
			{ account: '3900', accountingValue: -9.99 },
		]),
		'Transactions do not balance: debit and credit differ by 0.01 with VAT',
	],
	[
		'VAT that the VAT status does not allow',
		{
			...rows([
				{ account: '3900', accountingValue: -10, vatPercent: 25.5, vatStatus: 12 },
				{ account: '1910', accountingValue: 12.55 },
			]),
		},
		'Transaction 1, VAT % is 25.5, but the VAT status 12 (Ei arvonlisäveroa) allows 0 only',
	],
	[
		'dimension amounts above the transaction',
		rows([
			{ account: '3900', accountingValue: -10, dimensions: [{ dimensionId: 1, itemId: 11, amount: 11 }] },
			{ account: '1910', accountingValue: 10 },
		]),
		'Transaction 1, Dimensions adds up to -11.00, not to -10.00',
	],
	[
		'a name that is too long',
		{
			...rows([
				{ account: '1910', accountingValue: 10 },
				{ account: '3900', accountingValue: -10 },
			]),
			name: 'x'.repeat(81),
		},
		'Name is longer than 80 characters (81)',
	],
])('A journal with %s is refused before sending', async (_what, parameters, message) => {
	expect((await run(parameters)).error?.message).toBe(message);
	expect(bench.sandbox.journal.to('POST /ledgerreceipts')).toEqual([]);
});

it('A journal in a closed period is refused, or moved to an open day if the option is set', async () => {
	const net = rows([
		{ account: '1910', accountingValue: 10 },
		{ account: '3900', accountingValue: -10 },
	]);
	expect((await run({ ...net, receiptDate: '2025-12-31' })).error?.message).toBe(
		'Receipt Date: The date is in a fiscal year or tracking period that is closed',
	);
	const [{ id }] = outputOf(
		await run({ ...net, receiptDate: '2025-12-31', additionalFields: { closedPeriod: 'move' } }),
	);
	expect(books.receipt(id).receiptDate).toBe('2026-07-01');
	expect(
		(
			await run(
				rows([
					{ account: '1910', accountingValue: 10 },
					{ account: '9999', accountingValue: -10 },
				]),
			)
		).error?.message,
	).toContain('Transaction 2, Ledger Account: Ledger account does not exist.');
});
