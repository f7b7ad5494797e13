import type { AxiosInstance } from 'axios';

import { login, plain } from './client';
import { DEMO, type Sandbox } from '.';
import { round2, sum } from './money';
import { useSandbox } from './hooks';

interface Row {
	rowId: number;
	type: string;
	name: string;
	value: number;
	formula?: string;
}

let sandbox: Sandbox;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http } = given));

const YEAR = { startDate: '2026-01-01', endDate: '2026-12-31' };

const accounting = (type: string, body: object = YEAR) => http.post('/reports/accounting', { type, ...body });
const rows = async (type: string, body: object = YEAR) =>
	(await accounting(type, body)).data.reportData.periods[0].rows as Row[];
const named = (all: Row[], name: string) => all.find((row) => row.name === name)?.value;
const generalLedger = (account: string, body: object = YEAR) => http.post(`/reports/generalledger/${account}`, body);

async function accountSums(body: object = YEAR): Promise<Map<string, number>> {
	const { data } = await http.post('/reports/ledgeraccounts', body);
	return new Map((data.reportData.periods[0].rows as Row[]).map(({ name, value }) => [name.split(' ')[0], value]));
}

/** Changes of every row or account between two reports. */
async function difference<K>(read: () => Promise<Map<K, number>>, act: () => unknown): Promise<Record<string, number>> {
	const before = await read();
	await act();
	const after = await read();
	return Object.fromEntries(
		[...after]
			.map(([key, value]) => [String(key), round2(value - (before.get(key) ?? 0))] as const)
			.filter(([, value]) => value !== 0),
	);
}

describe('Accounting report', () => {
	it('has a balance sheet that balances and shows the result of the income statement', async () => {
		const sheet = await rows('BALANCE_SHEET');
		const income = await rows('INCOME_STATEMENT');
		expect(named(sheet, 'Vastaavaa yhteensä')).toBeGreaterThan(0);
		expect(named(sheet, 'Vastattavaa yhteensä')).toBe(named(sheet, 'Vastaavaa yhteensä'));
		expect(named(sheet, 'Tilikauden voitto (tappio)')).toBe(named(income, 'Tilikauden voitto (tappio)'));
	});

	it.each(['INCOME_STATEMENT', 'BALANCE_SHEET', 'CASH_FLOW'])(
		'has formulas in %s that match its values',
		async (type) => {
			const all = await rows(type);
			const functions = all.filter(({ formula }) => formula !== undefined);
			expect(functions.length).toBeGreaterThan(1);
			for (const { formula = '', value } of functions)
				expect(sum(formula.split('+').map((part) => all[Number(part.slice(1)) - 1].value))).toBe(value);
			expect(all.map(({ rowId }) => rowId)).toEqual(all.map((_, index) => index + 1));
		},
	);

	it('ends the cash flow with the change in cash', async () => {
		const money = [...(await accountSums())].filter(([code]) => code.startsWith('19')).map(([, value]) => value);
		expect((await rows('CASH_FLOW')).at(-1)?.value).toBe(sum(money));
	});

	it('adds a sales invoice to sales, VAT debts and receivables', async () => {
		const add = () =>
			sandbox.backdoor.addInvoice({
				invoiceRows: [
					{ product: 'Kahvi', quantity: 10, unit: 'PIECE', unitPrice: 10, discountPercent: 0, vatPercent: 25.5 },
				],
			});
		const sheet = () => rows('BALANCE_SHEET').then((all) => new Map(all.map(({ name, value }) => [name, value])));
		expect(await difference(sheet, add)).toEqual({
			Saamiset: 125.5,
			'Vastaavaa yhteensä': 125.5,
			'Tilikauden voitto (tappio)': 100,
			'Lyhytaikainen vieras pääoma': 25.5,
			'Vastattavaa yhteensä': 125.5,
		});
		expect(await difference(accountSums, add)).toEqual({ 1701: 125.5, 2939: -25.5, 3000: -100 });
	});

	it('adds the non-deductible part of VAT to the cost', async () => {
		const journal = () =>
			sandbox.backdoor.addJournal({
				transactions: [
					{
						id: 0,
						transactionType: 'ENTRY',
						account: '8050',
						accountingValue: 100,
						vatPercent: 25.5,
						vatStatus: 1,
						vatDeductionPercent: 50,
					} as never,
					{ id: 0, transactionType: 'ENTRY', account: '1910', accountingValue: -125.5, vatPercent: 0, vatStatus: 12 },
				],
			});
		expect(await difference(accountSums, journal)).toEqual({ 1763: 12.75, 1910: -125.5, 8050: 112.75 });
	});

	it('excludes void invoices, and orders unless they are requested', async () => {
		expect(await difference(accountSums, () => sandbox.backdoor.addInvoice({ type: 'SALES_ORDER' }))).toEqual({});
		expect(
			await difference(
				() => accountSums({ ...YEAR, options: { receiptType: ['SALES_ORDER'] } }),
				() => sandbox.backdoor.addInvoice({ type: 'SALES_ORDER' }),
			),
		).toEqual({ 1701: 8.79, 2939: -1.79, 3000: -7 });
		expect(await difference(accountSums, () => sandbox.backdoor.addInvoice({}, { status: 'INVALIDATED' }))).toEqual({});
	});

	it('includes the requested statuses, by default all or only approved ones as the switch says', async () => {
		const draft = () => sandbox.backdoor.addInvoice();
		const changed = { 1701: 8.79, 2939: -1.79, 3000: -7 };
		expect(await difference(accountSums, draft)).toEqual(changed);
		expect(await difference(() => accountSums({ ...YEAR, receiptStatus: ['APPROVED', 'SENT'] }), draft)).toEqual({});
		sandbox.switches.reportDefaultStatuses = 'approved';
		expect(await difference(accountSums, draft)).toEqual({});
		expect(await difference(accountSums, () => sandbox.backdoor.addInvoice({}, { status: 'SENT' }))).toEqual(changed);
	});

	it('starts with the tracking period or the fiscal year if no start is given', async () => {
		expect((await accounting('INCOME_STATEMENT', { endDate: '2026-08-15' })).data).toMatchObject({
			reportParameters: { type: 'INCOME_STATEMENT', startDate: '2026-07-01', endDate: '2026-08-15' },
			reportData: { periods: [{ startDate: '2026-07-01' }] },
		});
		expect((await accounting('INCOME_STATEMENT', { endDate: '2027-02-01' })).data.reportData.periods[0].startDate).toBe(
			'2027-01-01',
		);
		const [first, second, both] = await Promise.all(
			[
				{ startDate: '2026-01-01', endDate: '2026-06-30' },
				{ startDate: '2026-07-01', endDate: '2026-12-31' },
				YEAR,
			].map((time) => rows('INCOME_STATEMENT', time)),
		);
		both.forEach((row, index) => expect(round2(first[index].value + second[index].value)).toBe(row.value));
	});

	it('moves the result of a year to retained earnings in the next year', async () => {
		const [old, next] = [await rows('BALANCE_SHEET'), await rows('BALANCE_SHEET', { endDate: '2027-03-31' })];
		const profit = named(old, 'Tilikauden voitto (tappio)') ?? 0;
		expect(profit).not.toBe(0);
		expect(named(next, 'Tilikauden voitto (tappio)')).toBe(0);
		expect(named(next, 'Edellisten tilikausien voitto (tappio)')).toBe(
			round2((named(old, 'Edellisten tilikausien voitto (tappio)') ?? 0) + profit),
		);
		expect(named(next, 'Vastattavaa yhteensä')).toBe(named(next, 'Vastaavaa yhteensä'));
	});

	it('uses the signs of the ledger if the switch says so, and English names on request', async () => {
		const before = await rows('INCOME_STATEMENT');
		sandbox.switches.reportSigns = 'ledger';
		const after = await rows('INCOME_STATEMENT', { ...YEAR, options: { reportLanguage: 'en' } });
		expect(after.map(({ value }) => -value + 0)).toEqual(before.map(({ value }) => value));
		expect(after[0]).toMatchObject({ name: 'Net sales', type: 'BALANCE' });
	});

	it.each([
		['an end outside all fiscal years', { endDate: '2031-01-01' }, 'endDate'],
		['a start after the end', { startDate: '2026-02-01', endDate: '2026-01-31' }, 'startDate'],
		['another company', { ...YEAR, options: { customerCompanyId: '1' } }, 'options.customerCompanyId'],
		['a missing end', { startDate: '2026-01-01' }, 'endDate'],
	])('rejects %s', async (_, body, field) => {
		const { status, data } = await accounting('BALANCE_SHEET', body);
		expect([status, data.errors[0].field]).toEqual([400, field]);
	});
});

describe('General ledger', () => {
	it('adds up to zero over all accounts, and to the total of each account', async () => {
		const sums = await accountSums();
		expect(sum([...sums.values()])).toBe(0);
		for (const [code, value] of [...sums].slice(0, 6)) {
			const { data } = await generalLedger(code);
			expect(data.ledgerAccount).toMatchObject({ id: code, totalAccountingValue: value });
			expect(
				sum(
					data.ledgerAccount.ledgerReceiptTransactions.map((one: { accountingValue: number }) => one.accountingValue),
				),
			).toBe(value);
		}
	});

	it('returns the receipt, VAT and status of each transaction', async () => {
		const { record } = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }, { status: 'APPROVED' });
		const { data } = await generalLedger('4000', { startDate: '2026-10-01', endDate: '2026-10-31' });
		const { data: receipt } = await http.get(`/ledgerreceipts/${record.ledgerReceiptId}`);
		expect(data.ledgerAccount.ledgerReceiptTransactions).toEqual([
			{
				id: receipt.transactions[1].id,
				name: 'Ostaja Oy',
				receiptNumber: receipt.receiptNumber,
				receiptDate: '2026-10-01',
				invoiceDate: '2026-10-01',
				type: 'PURCHASE_INVOICE',
				accountingValue: 7,
				status: 'APPROVED',
				vatPercent: 25.5,
				vatAmount: 1.79,
				vatDeductionPercent: 100,
				vatDeduction: 1.79,
				vatStatus: 1,
				transactionDescription: 'Kuppi',
			},
		]);
	});

	it('filters transactions by the report options', async () => {
		sandbox.backdoor.addJournal({
			name: 'Valittu tosite',
			transactions: [
				{
					id: 0,
					transactionType: 'ENTRY',
					account: '8500',
					accountingValue: 77,
					vatPercent: 0,
					vatStatus: 12,
					description: 'Paperi',
				},
				{ id: 0, transactionType: 'ENTRY', account: '1910', accountingValue: -77, vatPercent: 0, vatStatus: 12 },
			],
		});
		const { receiptNumber } = sandbox.backdoor.addJournal({
			periodStartDate: '2026-11-01',
			periodEndDate: '2026-12-31',
		}).record;
		const values = async (options: object) =>
			(await generalLedger('8500', { ...YEAR, options })).data.ledgerAccount.ledgerReceiptTransactions.map(
				(one: { accountingValue: number }) => one.accountingValue,
			);
		expect(await values({})).toEqual([77, 10]);
		expect(await values({ receiptName: 'valittu' })).toEqual([77]);
		expect(await values({ transactionDescription: 'PAP' })).toEqual([77]);
		expect(await values({ transactionValue: '77,00' })).toEqual([77]);
		expect(await values({ transactionValue: '77', transactionCurrency: 'SEK' })).toEqual([]);
		expect(await values({ receiptCurrency: 'SEK' })).toEqual([]);
		expect(await values({ receiptNumbers: `1, ${receiptNumber}-9999` })).toEqual([10]);
		expect(await values({ entryPeriodStart: '2026-12-15' })).toEqual([10]);
		expect(await values({ entryPeriodEnd: '2026-10-02' })).toEqual([77]);
		expect((await generalLedger('8500', { ...YEAR, options: { receiptNumbers: 'a' } })).status).toBe(400);
		expect((await generalLedger('8500', { ...YEAR, options: { transactionValue: 'x' } })).status).toBe(400);
		expect((await generalLedger('1234')).status).toBe(400);
	});

	it('requires at least viewing rights', async () => {
		const viewer = await login(sandbox, 'viewer');
		expect((await viewer.post('/reports/ledgeraccounts', YEAR)).status).toBe(200);
		const sales = await login(sandbox, 'sales');
		expect((await sales.post('/reports/ledgeraccounts', YEAR)).status).toBe(403);
	});
});

describe('SIE export', () => {
	const settings = (changes: object) =>
		plain(sandbox, '/_sandbox').patch(`/companies/${DEMO.companyId}/settings`, changes);
	const file = (params: object) => http.get('/sie/file', { params, responseType: 'arraybuffer' });

	it('returns 403 to a Finnish company', async () => {
		expect((await http.get('/sie/availability')).status).toBe(403);
		expect((await file({ accountingPeriodStart: '2026-01-01', exportEndDate: '2026-09-30' })).status).toBe(403);
	});

	it('lists the years that can be exported, and exports vouchers that balance', async () => {
		await settings({ country: 'SWEDEN' });
		expect((await http.get('/sie/availability')).data).toEqual({
			lastValidEndDate: '2026-10-01',
			accountingPeriodStart: ['2025-01-01', '2026-01-01'],
		});
		const { status, data, headers } = await file({ accountingPeriodStart: '2026-01-01', exportEndDate: '2026-09-30' });
		expect([status, headers['content-type']]).toEqual([200, 'application/octet-stream']);
		const text = Buffer.from(data).toString('latin1');
		expect(text).toMatch(/^#FLAGGA 0\r\n/);
		const vouchers = text
			.split('#VER ')
			.slice(1)
			.map((voucher) => [...voucher.matchAll(/#TRANS \d+ \{\} (-?[\d.]+)/g)].map(([, value]) => Number(value)));
		expect(vouchers.length).toBeGreaterThan(20);
		for (const values of vouchers) expect(sum(values)).toBe(0);
		expect((await file({ accountingPeriodStart: '2026-02-01', exportEndDate: '2026-09-30' })).status).toBe(400);
		expect((await file({ accountingPeriodStart: '2026-01-01', exportEndDate: '2026-10-02' })).status).toBe(400);
	});
});
