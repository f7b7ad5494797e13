/** Reports as flat rows for a table, with the levels of statements. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { statementRows } from '../../../nodes/Procountor/resources/report/rows';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const year = { endDate: '2026-12-31', startDate: '2026-01-01', additionalFields: { reportLanguage: 'en' } };
const report = async (operation: string, parameters: INodeParameters = {}) =>
	await bench.json('report', operation, { ...year, ...parameters });
const byName = (rows: IDataObject[], name: string): IDataObject => rows.find((row) => row.name === name) ?? {};

describe('Statements', () => {
	it('have one row for each line, with its level below the total that includes it', async () => {
		const rows = await report('getAccounting', { type: 'INCOME_STATEMENT' });
		expect(rows.map(({ level, isTotal, name }) => [level, isTotal, name])).toEqual([
			[4, false, 'Net sales'],
			[4, false, 'Other operating income'],
			[4, false, 'Materials and services'],
			[4, false, 'Staff expenses'],
			[4, false, 'Depreciation'],
			[4, false, 'Other operating expenses'],
			[3, true, 'Operating profit (loss)'],
			[3, false, 'Financial income and expenses'],
			[2, true, 'Profit (loss) before appropriations and taxes'],
			[2, false, 'Appropriations'],
			[2, false, 'Income taxes'],
			[1, true, 'Profit (loss) for the period'],
		]);
		expect(rows[0]).toMatchObject({
			startDate: '2026-01-01',
			endDate: '2026-12-31',
			rowNumber: 1,
			rowId: 1,
			parentRowId: 7,
			formula: null,
		});
	});

	it.each(['INCOME_STATEMENT', 'BALANCE_SHEET', 'CASH_FLOW'])(
		'have totals that equal the sum of the lines below them (%s)',
		async (type) => {
			const rows = await report('getAccounting', { type });
			const totals = rows.filter(({ isTotal }) => isTotal);
			expect(totals.length).toBeGreaterThan(0);
			for (const total of totals) {
				const below = rows.filter(({ parentRowId }) => parentRowId === total.rowId);
				expect(below.reduce((sum, { value }) => sum + Math.round(Number(value) * 100), 0)).toBe(
					Math.round(Number(total.value) * 100),
				);
			}
		},
	);

	it('agree on the result, and assets equal equity and liabilities', async () => {
		const sheet = await report('getAccounting', { type: 'BALANCE_SHEET' });
		const income = await report('getAccounting', { type: 'INCOME_STATEMENT' });
		expect(byName(sheet, 'Total assets').value).toBe(byName(sheet, 'Total equity and liabilities').value);
		expect(byName(sheet, 'Profit (loss) for the period').value).toBe(
			byName(income, 'Profit (loss) for the period').value,
		);
	});

	it('ignore circular and unknown formulas', () => {
		const rows = (formula: unknown[]): unknown[] =>
			statementRows({
				reportData: {
					periods: [
						{
							rows: formula.map((one, index) => ({
								rowId: 100 + index,
								name: `  Rivi ${index}`,
								value: 1,
								formula: one as string,
							})),
						},
					],
				},
			}).map(({ level, parentRowId, name }) => [level, parentRowId, name]);
		expect(rows([undefined, 'SUM(100;100)', 'row(101) - 7'])).toEqual([
			[3, 101, 'Rivi 0'],
			[2, 102, 'Rivi 1'],
			[1, null, 'Rivi 2'],
		]);
		expect(rows(['101', '100'])).toEqual([
			[3, 101, 'Rivi 0'],
			[3, 100, 'Rivi 1'],
		]);
		expect(rows([undefined, 'everything above'])).toEqual([
			[1, null, 'Rivi 0'],
			[1, null, 'Rivi 1'],
		]);
	});
});

it('Ledger accounts have separate numbers and names, and debit equals credit', async () => {
	const rows = await report('getLedgerAccounts');
	expect(rows[0]).toEqual({
		startDate: '2026-01-01',
		endDate: '2026-12-31',
		rowNumber: 1,
		level: 2,
		account: '1120',
		accountName: 'Machinery and equipment',
		value: 18000,
		debit: 18000,
		credit: 0,
	});
	const sum = (column: string): number => rows.reduce((total, row) => total + Math.round(Number(row[column]) * 100), 0);
	expect(sum('debit')).toBe(sum('credit'));
	expect(sum('value')).toBe(0);
});

it('The general ledger has a running balance that ends at the account total', async () => {
	const rows = await report('getGeneralLedger', { ledgerAccount: { __rl: true, mode: 'id', value: '1910' } });
	expect(rows.length).toBeGreaterThan(10);
	expect(rows[0]).toMatchObject({
		account: '1910',
		accountName: 'Bank account 1',
		receiptName: 'Tilinavaus 2026',
		debit: 42350.6,
		credit: 0,
		balance: 42350.6,
		type: 'RECEIPT_FOR_OPENING_ACCOUNTS',
	});
	expect(rows.at(-1)?.balance).toBe(rows[0].accountTotal);
	const accounts = await report('getLedgerAccounts');
	expect(accounts.find(({ account }) => account === '1910')?.value).toBe(rows[0].accountTotal);
});

it('An account without transactions returns no rows, or the original response without Simplify', async () => {
	expect(await report('getGeneralLedger', { ledgerAccount: { __rl: true, mode: 'id', value: '9900' } })).toEqual([]);
	const [raw] = await report('getGeneralLedger', {
		ledgerAccount: { __rl: true, mode: 'id', value: '9900' },
		simple: false,
	});
	expect(raw).toMatchObject({ ledgerAccount: { id: '9900', ledgerReceiptTransactions: [] } });
});

it('A report without the right to it returns an error that refers to Check Access', async () => {
	const { error } = await bench.run('report', 'getLedgerAccounts', year, {
		credential: bench.credential({ apiKey: 'demo-key-sales' }),
	});
	expect(error?.message).toMatch(/does not allow/);
	expect(error?.description).toMatch(/Check Access/);
});
