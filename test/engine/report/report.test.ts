import type { IDataObject } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

interface Row {
	name: string;
	value: number;
}
const rowsOf = (report: IDataObject): Row[] =>
	((report.reportData as IDataObject).periods as Array<{ rows: Row[] }>)[0].rows;

it('The income statement, balance sheet, and general ledger agree with the posted invoices', async () => {
	const english = {
		simple: false,
		endDate: '2026-12-31',
		startDate: '2026-01-01',
		additionalFields: { reportLanguage: 'en' },
	};
	const profit = async () => {
		const [report] = await bench.json('report', 'getAccounting', { type: 'INCOME_STATEMENT', ...english });
		return rowsOf(report).find(({ name }) => name === 'Net sales')?.value ?? 0;
	};
	const before = await profit();
	bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' });
	expect((await profit()) - before).toBeCloseTo(7, 2);

	const [sheet] = await bench.json('report', 'getAccounting', { type: 'BALANCE_SHEET', ...english });
	const value = (name: string) => rowsOf(sheet).find((row) => row.name === name)?.value;
	expect(value('Total assets')).toBeCloseTo(value('Total equity and liabilities') ?? NaN, 2);

	const [ledger] = await bench.json('report', 'getGeneralLedger', { ledgerAccount: byId(3000), ...english });
	const { totalAccountingValue, ledgerReceiptTransactions } = ledger.ledgerAccount as {
		totalAccountingValue: number;
		ledgerReceiptTransactions: Array<{ accountingValue: number }>;
	};
	expect(ledgerReceiptTransactions.reduce((sum, { accountingValue }) => sum + accountingValue, 0)).toBeCloseTo(
		totalAccountingValue,
		2,
	);
	const [accounts] = await bench.json('report', 'getLedgerAccounts', english);
	expect(rowsOf(accounts).find(({ name }) => name.startsWith('3000'))?.value).toBeCloseTo(totalAccountingValue, 2);
});

it('A report is requested again after a lost connection', async () => {
	bench.sandbox.faults.add({ kind: 'cutBefore', method: 'POST', path: '/reports/accounting' });
	expect(
		await bench.json('report', 'getAccounting', { type: 'CASH_FLOW', endDate: '2026-09-30', simple: false }),
	).toHaveLength(1);
	expect(bench.sandbox.journal.to('POST /reports/accounting')).toHaveLength(2);
});

it('An unknown account and a day outside all fiscal years are rejected', async () => {
	expect(
		(await bench.run('report', 'getGeneralLedger', { ledgerAccount: byId(1234), endDate: '2026-12-31' })).error
			?.message,
	).toContain('Ledger account does not exist');
	expect((await bench.run('report', 'getLedgerAccounts', { endDate: '2031-12-31' })).error?.message).toContain(
		'fiscal year',
	);
	expect((await bench.run('report', 'getSieAvailability')).error).toMatchObject({ httpCode: '403' });
});

it('The bookkeeping of a Swedish company is downloaded as a SIE file', async () => {
	Object.assign(bench.sandbox.world.company(DEMO.companyId).settings, { country: 'SWEDEN' });
	const [{ accountingPeriodStart, lastValidEndDate }] = await bench.json('report', 'getSieAvailability');
	const { items } = await bench.run('report', 'downloadSie', {
		accountingPeriodStart: (accountingPeriodStart as string[])[1],
		exportEndDate: String(lastValidEndDate),
		binaryPropertyName: 'data',
	});
	const text = Buffer.from(items[0][0].binary?.data.data ?? '', 'base64').toString('latin1');
	expect(text).toMatch(/^#FLAGGA 0/);
	expect(text).toContain('#KONTO 3000');
});

it('A report starts with the fiscal year unless a first day is given', async () => {
	const bodyOf = (): unknown => bench.sandbox.journal.to('POST /reports/accounting').at(-1)?.body;
	const rows = await bench.json('report', 'getAccounting', { type: 'INCOME_STATEMENT', endDate: '2026-09-30' });
	expect(bodyOf()).toMatchObject({ startDate: '2026-01-01', endDate: '2026-09-30' });
	expect(Object.keys(rows[0]).slice(0, 2)).toEqual(['name', 'value']);
	await bench.json('report', 'getAccounting', {
		type: 'INCOME_STATEMENT',
		startDate: '2026-09-01',
		endDate: '2026-09-30',
	});
	expect(bodyOf()).toMatchObject({ startDate: '2026-09-01' });
});
