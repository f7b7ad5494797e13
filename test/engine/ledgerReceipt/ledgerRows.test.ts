/** Ledger rows: they balance, match the reports, and can be read incrementally. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { login } from '../../sandbox/client';
import { rightsOf } from '../../sandbox/world/demo';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench({ journalLimit: 5000 })));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const YEAR = { startDate: '2026-01-01', endDate: '2026-12-31' };
const VAT = { vatAccountSales: '2939', vatAccountPurchases: '1763' };

const rows = async (parameters: INodeParameters = {}, key: keyof typeof DEMO.keys = 'admin') =>
	await bench.json(
		'ledgerReceipt',
		'getLedgerRows',
		{ ...YEAR, ...parameters },
		{ credential: bench.credential({ apiKey: DEMO.keys[key] }) },
	);
const hintsOf = async (parameters: INodeParameters = {}, key: keyof typeof DEMO.keys = 'admin') =>
	(
		await bench.run(
			'ledgerReceipt',
			'getLedgerRows',
			{ ...YEAR, ...parameters },
			{ credential: bench.credential({ apiKey: DEMO.keys[key] }) },
		)
	).hints.map(({ message }) => message);

/** Whole cents, so that sums are exact. */
const cents = (value: unknown): number => Math.round(Number(value) * 100);
const total = (list: IDataObject[], column: string): number => list.reduce((sum, row) => sum + cents(row[column]), 0);

function byAccount(list: IDataObject[]): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const { account, accountingValue } of list)
		sums[String(account)] = (sums[String(account)] ?? 0) + cents(accountingValue);
	return sums;
}

/** The sandbox's own report, requested over HTTP without the node and calculated from the receipts. */
async function reportSums(statuses?: string[]): Promise<Record<string, number>> {
	const http = await login(bench.sandbox);
	const { data } = await http.post<{
		reportData: { periods: Array<{ rows: Array<{ name: string; value: number }> }> };
	}>('/reports/ledgeraccounts', { ...YEAR, ...(statuses ? { receiptStatus: statuses } : {}) });
	return Object.fromEntries(
		data.reportData.periods[0].rows.map(({ name, value }) => [name.split(' ')[0], cents(value)]),
	);
}

const nonZero = (sums: Record<string, number>): Record<string, number> =>
	Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));

describe('Ledger rows', () => {
	it('have the same columns, with dimensions, names, and separate VAT rows', async () => {
		const [invoice] = await bench.json('invoice', 'getAll', {
			returnAll: true,
			sort: 'orderById:ASC',
			filters: { types: ['SALES_INVOICE'], status: 'SENT' },
		});
		const [{ ledgerReceiptId }] = await bench.json('invoice', 'get', { invoiceId: String(invoice.id), simple: false });
		const all = await rows({ options: VAT });
		const own = all.filter(({ receiptId }) => receiptId === ledgerReceiptId);
		expect(own.map(({ rowType }) => rowType)).toEqual(expect.arrayContaining(['REVERSING_ENTRY', 'ENTRY', 'VAT']));
		expect(own[0]).toMatchObject({
			date: invoice.date,
			receiptType: 'SALES_INVOICE',
			status: 'SENT',
			rowType: 'REVERSING_ENTRY',
			account: '1701',
			accountName: 'Myyntisaamiset',
			credit: 0,
			invoiceId: invoice.id,
			invoiceNumber: invoice.invoiceNumber,
			Kustannuspaikka: null,
			Projekti: null,
		});
		expect(own.find(({ rowType }) => rowType === 'VAT')).toMatchObject({
			account: '2939',
			accountName: 'Arvonlisäverovelka',
			debit: 0,
			vatType: 'SALES',
		});
		const { data: partner } = await (
			await login(bench.sandbox)
		).get<IDataObject>(`/businesspartners/${String(own[0].partnerId)}`);
		expect(own[0].partnerName).toBe(partner.name);
		// A table needs the same columns in the same order in every row.
		expect(new Set(all.map((row) => Object.keys(row).join())).size).toBe(1);
	});

	it('include every bookkeeping type, and exclude orders and void receipts', async () => {
		const all = await rows();
		expect([...new Set(all.map(({ receiptType }) => receiptType))].sort()).toEqual(
			[
				'BANK_STATEMENT_AS_RECEIPT',
				'BILL_OF_CHARGES',
				'EMPLOYER_CONTRIBUTION',
				'JOURNAL',
				'PERIODIC_TAX_RETURN',
				'PURCHASE_INVOICE',
				'RECEIPT_FOR_OPENING_ACCOUNTS',
				'REFERENCE_PAYMENT',
				'SALARY',
				'SALES_INVOICE',
				'TRAVEL_INVOICE',
				'VAT_FORM',
				'VAT_SUMMARY',
			].filter((type) => all.some((row) => row.receiptType === type)),
		);
		for (const type of [
			'SALARY',
			'EMPLOYER_CONTRIBUTION',
			'VAT_SUMMARY',
			'VAT_FORM',
			'JOURNAL',
			'SALES_INVOICE',
			'PURCHASE_INVOICE',
			'RECEIPT_FOR_OPENING_ACCOUNTS',
		])
			expect(all.map(({ receiptType }) => receiptType)).toContain(type);
		expect(all.map(({ receiptName }) => receiptName)).not.toContain('Väärä tosite');
		const onlySummaries = await rows({ options: { types: ['VAT_SUMMARY'] } });
		expect(onlySummaries.length).toBeGreaterThan(0);
		expect(new Set(onlySummaries.map(({ receiptType }) => receiptType))).toEqual(new Set(['VAT_SUMMARY']));
	});

	it('balance to the cent, for each receipt and in total', async () => {
		const all = await rows();
		const sums = new Map<unknown, number>();
		for (const { receiptId, accountingValue } of all)
			sums.set(receiptId, (sums.get(receiptId) ?? 0) + cents(accountingValue));
		expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
		expect(total(all, 'debit')).toBe(total(all, 'credit'));
		expect(total(all, 'debit')).toBeGreaterThan(0);
	});

	it('name a receipt that does not balance, or stop if the option is set', async () => {
		const wrong = bench.sandbox.backdoor.addJournal({ name: 'Vino' }, { status: 'APPROVED' });
		bench.sandbox.backdoor.change('ledgerReceipts', wrong.id, {
			transactions: wrong.record.transactions.map((one, index) => ({ ...one, accountingValue: index ? -9.99 : 10 })),
		});
		expect(await hintsOf()).toEqual([
			`Debit and credit differ: receipt ${wrong.record.receiptNumber} (ID ${wrong.id}) by 0.01.`,
		]);
		const { error } = await bench.run('ledgerReceipt', 'getLedgerRows', { ...YEAR, options: { onDoubt: 'stop' } });
		expect(error?.message).toBe(
			`Debit and credit differ: receipt ${wrong.record.receiptNumber} (ID ${wrong.id}) by 0.01`,
		);
	});

	it('keep VAT that cannot be deducted on the expense account', async () => {
		const entry = { transactionType: 'ENTRY' as const, vatStatus: 1, vatType: 'PURCHASE' as const };
		const journal = bench.sandbox.backdoor.addJournal(
			{
				vatStatus: 1,
				transactions: [
					{
						...entry,
						id: 1,
						account: '8500',
						accountingValue: 100,
						vatPercent: 25.5,
						vatDeductionPercent: 50,
					} as never,
					{ ...entry, id: 2, account: '1910', accountingValue: -125.5, vatPercent: 0 },
				],
			},
			{ status: 'APPROVED' },
		);
		const own = (await rows({ options: VAT })).filter(({ receiptId }) => receiptId === journal.id);
		expect(own.map(({ account, debit, credit, vatAmount }) => [account, debit, credit, vatAmount])).toEqual([
			['8500', 112.75, 0, 25.5],
			['1763', 12.75, 0, 12.75],
			['1910', 0, 125.5, 0],
		]);
	});

	it('can be split by a dimension, with the amount of each item', async () => {
		const values = [
			{ dimensionId: 1, itemId: 11, value: 6 },
			{ dimensionId: 1, itemId: 12, value: 4 },
			{ dimensionId: 2, itemId: 21, value: 10 },
		];
		const journal = bench.sandbox.backdoor.addJournal({}, { status: 'APPROVED' });
		bench.sandbox.backdoor.change('ledgerReceipts', journal.id, {
			transactions: journal.record.transactions.map((one, index) =>
				index ? one : { ...one, dimensionItemValues: values },
			),
		});
		const own = async (options = {}) =>
			(await rows({ options }))
				.filter(({ receiptId }) => receiptId === journal.id)
				.map((row) => [row.account, row.accountingValue, row.Kustannuspaikka, row.Projekti]);
		expect(await own()).toEqual([
			['8500', 10, 'Helsinki 6.00, Tampere 4.00', 'P-101 Kahvilaketju'],
			['1910', -10, null, null],
		]);
		expect(await own({ splitDimensionId: { __rl: true, mode: 'id', value: '1' } })).toEqual([
			['8500', 6, 'Helsinki', 'P-101 Kahvilaketju'],
			['8500', 4, 'Tampere', 'P-101 Kahvilaketju'],
			['1910', -10, null, null],
		]);
	});

	it('have no names if the user cannot see the registers', async () => {
		const user = bench.sandbox.world.company(DEMO.companyId).users.get(1002);
		if (user) user.rights = rightsOf('NO_ACCESS', { 'sales.salesInvoiceSearch': 'VIEWING_RIGHTS' });
		const all = await rows({}, 'sales');
		expect(all.length).toBeGreaterThan(0);
		expect(new Set(all.map(({ accountName, partnerName }) => `${String(accountName)} ${String(partnerName)}`))).toEqual(
			new Set(['null null']),
		);
	});

	it('are complete if there are more than 100,000', async () => {
		bench.sandbox.backdoor.seed({ journals: 50_000 });
		const all = await rows();
		expect(all.length).toBeGreaterThan(100_000);
		expect(total(all, 'debit')).toBe(total(all, 'credit'));
		expect(nonZero(byAccount(await rows({ options: VAT })))).toEqual(nonZero(await reportSums()));
	}, 120_000);
});

describe('Ledger rows and reports', () => {
	/** Deterministic, so that a failure can be reproduced. */
	function randomFrom(seed: number): () => number {
		let state = seed;
		return () => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return state / 2 ** 32;
		};
	}

	/** Makes random changes (new, changed, and void invoices and journals, payroll) and counts those that succeed. */
	async function change(times: number, random: () => number): Promise<Record<string, number>> {
		const http = await login(bench.sandbox);
		const { backdoor } = bench.sandbox;
		const slips = (await http.get<{ results: Array<{ id: number }> }>('/payrolls/salaryslips?size=200')).data.results;
		const [mine, journals]: [number[], number[]] = [[], []];
		const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)];
		const amount = (): number => Math.round(random() * 100_000) / 100;
		const day = (): string => `2026-10-${String(1 + Math.floor(random() * 14)).padStart(2, '0')}`;
		const invoiceRow = () => ({
			product: 'Tuote',
			quantity: 1 + Math.floor(random() * 9),
			unit: 'PIECE',
			unitPrice: amount(),
			discountPercent: pick([0, 10, 33.3]),
			vatPercent: pick([25.5, 13.5, 10, 0]),
		});
		const invoice = (type: 'SALES_INVOICE' | 'PURCHASE_INVOICE') =>
			mine.push(backdoor.addInvoice({ type, date: day(), invoiceRows: [invoiceRow(), invoiceRow()] }).id);
		const journal = (debit: string, credit: string, status = 'APPROVED') => {
			const [both, value] = [{ transactionType: 'ENTRY' as const, vatPercent: 0, vatStatus: 12 }, amount()];
			return backdoor.addJournal(
				{
					receiptDate: day(),
					transactions: [
						{ ...both, id: 0, account: debit, accountingValue: value },
						{ ...both, id: 0, account: credit, accountingValue: -value },
					],
				},
				{ status },
			);
		};
		/** A receipt that Procountor creates itself. */
		const own = (type: string, debit: string, credit: string) =>
			backdoor.change('ledgerReceipts', journal(debit, credit).id, { type, invoiceId: undefined });
		const put = async (path: string, body?: object): Promise<boolean> => (await http.put(path, body)).status < 300;
		const ways: Record<string, () => unknown> = {
			sale: () => invoice('SALES_INVOICE'),
			purchase: () => invoice('PURCHASE_INVOICE'),
			journal: () =>
				journals.push(journal(pick(['8500', '7230', '4000']), '1910', pick(['APPROVED', 'UNFINISHED'])).id),
			rows: async () => {
				const { data } = await http.get<IDataObject>(`/invoices/${String(pick(mine))}`);
				return await put(`/invoices/${String(data.id)}`, { ...data, invoiceRows: [invoiceRow()] });
			},
			voidInvoice: async () => await put(`/invoices/${String(pick(mine))}/invalidate`),
			voidJournal: async () => await put(`/ledgerreceipts/${String(pick(journals))}/invalidate`),
			slip: async () =>
				await put(`/payrolls/salaryslips/${String(pick(slips)?.id)}/${pick(['approve', 'cancelapproval'])}`),
			salary: () => own('SALARY', '5000', '2945'),
			contribution: () => own('EMPLOYER_CONTRIBUTION', '6100', '2923'),
			vatSummary: () => own('VAT_SUMMARY', '2939', '1763'),
		};
		const done: Record<string, number> = {};
		for (let count = 0; count < times;) {
			const what = pick(Object.keys(ways));
			if ((await ways[what]()) === false) continue;
			done[what] = (done[what] ?? 0) + 1;
			count++;
		}
		return done;
	}

	it('have the same trial balance before and after 500 random changes', async () => {
		const before = nonZero(byAccount(await rows({ options: VAT })));
		expect(before).toEqual(nonZero(await reportSums()));
		const done = await change(500, randomFrom(20261001));
		expect(Object.values(done).reduce((sum, count) => sum + count, 0)).toBe(500);
		for (const [what, least] of [
			['sale', 20],
			['purchase', 20],
			['rows', 20],
			['voidInvoice', 20],
			['voidJournal', 10],
			['salary', 20],
			['contribution', 20],
			['vatSummary', 20],
			['slip', 1],
		] as const)
			expect([what, Math.max(done[what] ?? 0, least)]).toEqual([what, done[what]]);
		const after = nonZero(byAccount(await rows({ options: VAT })));
		expect(after).toEqual(nonZero(await reportSums()));
		expect(after).not.toEqual(before);
		expect(Object.values(after).reduce((sum, value) => sum + value, 0)).toBe(0);
	}, 120_000);

	it('have the same totals for approved receipts only', async () => {
		const statuses = ['APPROVED', 'SENT', 'PAID'];
		expect(nonZero(byAccount(await rows({ options: { ...VAT, statuses } })))).toEqual(
			nonZero(await reportSums(statuses)),
		);
	});

	it('are compared by the node, which also finds the VAT accounts', async () => {
		const compared = { compareWithReport: true };
		expect(await hintsOf({ options: { ...compared, ...VAT } })).toEqual([]);
		expect(await hintsOf({ options: compared })).toEqual([
			'The rows add up to the ledger account report. By their sums, VAT rows without an account belong to sales 2939, purchases 1763. Enter these accounts in the options.',
		]);
	});

	it('differ by receipts that the user cannot see, and the node reports the difference', async () => {
		const user = bench.sandbox.world.company(DEMO.companyId).users.get(1001);
		if (!user) throw new Error('No user 1001');
		user.rights = rightsOf('ALL_RIGHTS', { 'salaries.payroll': 'NO_ACCESS' });
		const [missing, hint] = await hintsOf({ options: { ...VAT, compareWithReport: true } });
		expect(missing).toBe(
			'Rows are missing, so totals are wrong: the user of this credential cannot see Receipts of salaries (Management > Users and user rights: Salaries > Payroll). An administrator of Procountor grants the rights.',
		);
		const sums = byAccount(await rows({ options: VAT }));
		const report = await reportSums();
		const hidden = Object.keys(report).filter((account) => report[account] !== (sums[account] ?? 0));
		expect(hidden).toEqual(expect.arrayContaining(['1910', '2920', '2923', '5000', '6100', '6300']));
		for (const account of hidden)
			expect(hint).toContain(
				`${account}: ${((sums[account] ?? 0) / 100).toFixed(2)} in the rows, ${(report[account] / 100).toFixed(2)} in the report`,
			);
		expect(hint).toMatch(
			/^The rows do not add up to the ledger account report: .*\. The report also counts receipts that the user has no right to see\.$/,
		);
		const { error } = await bench.run('ledgerReceipt', 'getLedgerRows', {
			...YEAR,
			options: { ...VAT, compareWithReport: true, onDoubt: 'stop' },
		});
		expect(error?.message).toMatch(/^Rows are missing, so totals are wrong: .*Salaries > Payroll/);
	});

	it('differ by a single hidden receipt', async () => {
		const user = bench.sandbox.world.company(DEMO.companyId).users.get(1001);
		if (!user) throw new Error('No user 1001');
		const journal = bench.sandbox.backdoor.addJournal(
			{ receiptDate: '2026-10-01' },
			{ status: 'APPROVED', userId: 1002 },
		);
		bench.sandbox.backdoor.change('ledgerReceipts', journal.id, { type: 'SALARY', invoiceId: undefined });
		for (const { id, record } of bench.sandbox.world
			.company(DEMO.companyId)
			.registerByName('ledgerReceipts')
			?.all()
			.slice() ?? []) {
			if (id !== journal.id && ['SALARY', 'EMPLOYER_CONTRIBUTION'].includes((record as { type: string }).type))
				bench.sandbox.backdoor.remove('ledgerReceipts', id);
		}
		user.rights = rightsOf('ALL_RIGHTS', { 'salaries.payroll': 'NO_ACCESS' });
		const [, hint] = await hintsOf({ options: { ...VAT, compareWithReport: true } });
		const told = [...(hint ?? '').matchAll(/(\d{4}): (-?[\d.]+) in the rows, (-?[\d.]+) in the report/g)].map(
			([, account, own, report]) => [account, cents(report) - cents(own)],
		);
		expect(told).toEqual([
			['1910', -1000],
			['8500', 1000],
		]);
	});

	it('require a first and a last day for the comparison', async () => {
		const { error } = await bench.run('ledgerReceipt', 'getLedgerRows', { options: { compareWithReport: true } });
		expect(error?.message).toBe('Compare with Report needs a first and a last day');
	});
});

describe('Compare with Report', () => {
	const control = (list: IDataObject[]): IDataObject[] => list.filter(({ change }) => change === 'control');

	it('returns an item with the report total and the row total of each account', async () => {
		const items = control(await rows({ options: { ...VAT, compareWithReport: true } }));
		expect(Object.fromEntries(items.map(({ account, report }) => [account, cents(report)]))).toMatchObject(
			await reportSums(),
		);
		expect(items.length).toBeGreaterThan(10);
		expect(items.every(({ report, rows: own, difference }) => report === own && difference === 0)).toBe(true);
	});

	it('names the difference of an account and the missing right in the items', async () => {
		bench.sandbox.backdoor.setRights(1001, { 'salaries.payroll': 'NO_ACCESS' });
		const items = control(await rows({ options: { ...VAT, compareWithReport: true } }));
		expect(items.find(({ account }) => account === '5000')).toMatchObject({
			rows: 0,
			difference: expect.any(Number),
			missing: 'Receipts of salaries (Management > Users and user rights: Salaries > Payroll)',
		});
	});

	it('returns the totals of the whole period with Changed Since', async () => {
		const options = { ...VAT, compareWithReport: true, changedSince: '2099-01-01T00:00:00' };
		const all = await rows({ options });
		expect(all.length).toBeGreaterThan(10);
		expect(all.every(({ change }) => change === 'control')).toBe(true);
		expect(all.every(({ rows: own, difference }) => own === null && difference === null)).toBe(true);
		const target = byAccount(await rows({ options: VAT }));
		expect(nonZero(Object.fromEntries(all.map(({ account, report }) => [account, cents(report)])))).toEqual(
			nonZero(target),
		);
	});

	it('is not needed to report a missing right in an incremental run', async () => {
		bench.sandbox.backdoor.setRights(1001, { 'salaries.payroll': 'NO_ACCESS' });
		const changedSince = '2099-01-01T00:00:00';
		expect((await hintsOf({ options: { ...VAT, changedSince } }))[0]).toMatch(/^Rows are missing/);
		const { error } = await bench.run('ledgerReceipt', 'getLedgerRows', {
			...YEAR,
			options: { changedSince, onDoubt: 'stop' },
		});
		expect(error?.message).toMatch(/^Rows are missing, so totals are wrong: .*Salaries > Payroll/);
	});

	it('replaces the warning that rows may be missing if the rights cannot be read', async () => {
		bench.sandbox.faults.add({ kind: 'status', status: 500, path: '/users/rights', times: 0 });
		expect(await hintsOf({ options: VAT })).toEqual([
			"The user's rights cannot be read, so rows may be missing. Turn on Compare with Report to check.",
		]);
		expect(await hintsOf({ options: { ...VAT, compareWithReport: true } })).toEqual([]);
	});

	it('returns an item with the reason if the report cannot be read', async () => {
		bench.sandbox.backdoor.setRights(1001, { 'accounting.accountingReports': 'NO_ACCESS' });
		const options = { ...VAT, compareWithReport: true };
		const place = 'Accounting reports (Management > Users and user rights: Accounting > Accounting reports)';
		expect(control(await rows({ options }))).toEqual([
			{ change: 'control', account: null, report: null, rows: null, difference: null, ...YEAR, missing: place },
		]);
		expect(await hintsOf({ options })).toEqual([
			`The rows cannot be compared with the report: the user lacks the right to ${place}.`,
		]);
	});
});

describe('A user without a right', () => {
	type Taken = Record<string, 'NO_ACCESS' | 'ALL_RIGHTS' | boolean>;
	const singles = Object.entries(rightsOf('ALL_RIGHTS')).flatMap(([area, names]) =>
		Object.entries(names).map(([name, access]): Taken => ({
			[`${area}.${name}`]: typeof access === 'string' ? 'NO_ACCESS' : true,
		})),
	);
	// Either right of a pair shows the receipts, so both have to be removed.
	const pairs: Taken[] = [
		{ 'sales.salesInvoiceSearch': 'NO_ACCESS', 'sales.salesOrGroupInvoices': 'NO_ACCESS' },
		{ 'purchases.purchaseInvoiceSearch': 'NO_ACCESS', 'purchases.purchaseInvoices': 'NO_ACCESS' },
		{
			'travelAndExpenses.travelAndExpenseInvoiceSearch': 'NO_ACCESS',
			'travelAndExpenses.travelAndExpenseInvoices': 'NO_ACCESS',
		},
		{ 'accounting.journalReceiptSearch': 'NO_ACCESS', 'accounting.journalReceipts': 'NO_ACCESS' },
	];
	const given = (taken: Taken): Taken =>
		Object.fromEntries(
			Object.entries(taken).map(([right, value]) => [right, value === true ? false : ('ALL_RIGHTS' as const)]),
		);
	const keyOf = ({ receiptId, transactionId, rowType }: IDataObject): string =>
		[receiptId, transactionId, rowType].map(String).join();

	it.each([
		['as an empty list', true],
		['as an error', false],
	])(
		'receives the name of what is missing if Procountor shows a missing right %s',
		async (_, isEmpty) => {
			bench.sandbox.switches.missingRightShowsAsEmpty = isEmpty;
			const run = async (onDoubt: 'hint' | 'stop') =>
				await bench.run('ledgerReceipt', 'getLedgerRows', { ...YEAR, options: { ...VAT, onDoubt } });
			const all = await rows({ options: VAT });
			const full = new Map(all.map((row) => [keyOf(row), JSON.stringify(row)]));
			const wrong: string[] = [];
			const table: string[] = [];
			for (const taken of [...singles, ...pairs]) {
				bench.sandbox.backdoor.setRights(1001, taken);
				const { items, hints, error } = await run('hint');
				const seen = (items[0] ?? []).map(({ json }) => json);
				const missing = all.length - seen.length;
				const right = Object.keys(taken).join(' and ');
				const changed = seen.filter((row) => full.get(keyOf(row)) !== JSON.stringify(row)).length;
				const messages = [...hints.map(({ message }) => message), ...(error ? [error.message] : [])];
				const namesRows = messages.some((message) => /^Rows are missing|lacks the right/.test(message));
				const namesLimit = messages.some((message) => message.startsWith('Rows may be missing'));
				const isLimit = Object.values(taken).includes(true) && /nly$/.test(right);
				const namesColumns = messages.some((message) => message.startsWith('Some names and columns are empty'));
				const stopped = missing ? (await run('stop')).error?.message : undefined;
				if (
					(missing > 0 && !isLimit) !== namesRows ||
					(missing > 0 && isLimit && !namesLimit) ||
					(namesLimit && !isLimit) ||
					(missing === 0 && changed > 0 !== namesColumns) ||
					(missing > 0 && !/Management > Users and user rights|lacks the right/.test(stopped ?? ''))
				)
					wrong.push(`${right}: ${missing} rows missing, ${changed} changed. ${messages.join(' ')} / ${stopped ?? ''}`);
				if (missing || changed || messages.length)
					table.push(
						`${right.padEnd(60)} ${String(missing).padStart(4)} ${String(changed).padStart(4)}  ${messages.join(' ')}`,
					);
				bench.sandbox.backdoor.setRights(1001, given(taken));
			}
			expect(wrong).toEqual([]);
			expect(table.length).toBeGreaterThan(8);
			process.stdout.write(
				`${singles.length} rights and ${pairs.length} pairs taken away; of ${all.length} rows: missing, without names\n${table.join('\n')}\n`,
			);
		},
		300_000,
	);

	/** Options that must report the same: `stop` turns the warning into an error, `compared` requests the report. */
	const ways: Record<string, INodeParameters> = {
		stop: { onDoubt: 'stop' },
		'changed since': { changedSince: '2099-01-01T00:00:00' },
		'changed since, stop': { changedSince: '2099-01-01T00:00:00', onDoubt: 'stop' },
		compared: { compareWithReport: true },
		'compared, stop': { compareWithReport: true, onDoubt: 'stop' },
		'compared, changed since': { compareWithReport: true, changedSince: '2099-01-01T00:00:00' },
		'compared, changed since, stop': {
			compareWithReport: true,
			changedSince: '2099-01-01T00:00:00',
			onDoubt: 'stop',
		},
	};

	it('receives the same message with every combination of options', async () => {
		const run = async (options: INodeParameters) =>
			await bench.run('ledgerReceipt', 'getLedgerRows', { ...YEAR, options: { ...VAT, ...options } });
		const table: string[] = [];
		const wrong: string[] = [];
		for (const taken of [...singles, ...pairs]) {
			bench.sandbox.backdoor.setRights(1001, taken);
			const right = Object.keys(taken).join(' and ');
			const messagesOf = ({ hints, error }: Awaited<ReturnType<typeof run>>) => [
				...hints.map(({ message }) => message.replace(/\.$/, '')),
				...(error ? [error.message] : []),
			];
			const plain = messagesOf(await run({}));
			const cells: string[] = [];
			for (const [way, options] of Object.entries(ways)) {
				const isReport = right === 'accounting.accountingReports' && 'compareWithReport' in options;
				if (!plain.length && right !== 'accounting.accountingReports') continue;
				const result = await run(options);
				const messages = messagesOf(result);
				const expected = isReport
					? [
							'The rows cannot be compared with the report: the user lacks the right to Accounting reports (Management > Users and user rights: Accounting > Accounting reports)',
						]
					: plain;
				const isDoubt = expected.some((message) => !message.startsWith('Some names'));
				const stops = options.onDoubt === 'stop' && isDoubt;
				if (
					!expected.every((message) => messages.includes(message)) ||
					stops !== (result.error !== undefined && expected.includes(result.error.message))
				)
					wrong.push(`${right}, ${way}: ${messages.join(' | ') || 'nothing'}`);
				cells.push(messages.length ? (result.error ? 'error' : 'hint') : '-');
			}
			if (cells.length) table.push([right.padEnd(90), ...cells.map((cell) => cell.padEnd(6))].join(' '));
			bench.sandbox.backdoor.setRights(1001, given(taken));
		}
		expect(wrong).toEqual([]);
		expect(table).toHaveLength(15);
		process.stdout.write(`Columns: ${Object.keys(ways).join('; ')}\n${table.join('\n')}\n`);
	}, 300_000);
});

describe('Changed Since', () => {
	/** A target table that follows the documentation: deletes the returned receipts, then inserts the current rows. */
	function apply(table: IDataObject[], told: IDataObject[]): IDataObject[] {
		const receipts = new Set(told.map(({ receiptId }) => receiptId));
		const invoices = new Set(told.filter(({ invoiceId }) => invoiceId !== null).map(({ invoiceId }) => invoiceId));
		const kept = table.filter(
			({ receiptId, invoiceId }) => !receipts.has(receiptId) && !(invoiceId !== null && invoices.has(invoiceId)),
		);
		return [...kept, ...told.filter(({ change }) => change === 'current').map(({ change: _, ...row }) => row)];
	}

	const sorted = (list: IDataObject[]): string[] => list.map((row) => JSON.stringify(row)).sort();
	const since = (table: IDataObject[]): string =>
		table
			.map(({ version }) => String(version))
			.sort()
			.at(-1) as string;
	const ids = (table: IDataObject[]): number[] => [...new Set(table.map(({ receiptId }) => Number(receiptId)))];

	it.each([
		[true, true],
		[true, false],
		[false, true],
		[false, false],
	])(
		'keeps a table correct over every kind of change (receipts follow invoices %s, start included %s)',
		async (receiptVersionFollowsInvoice, versionStartDateInclusive) => {
			Object.assign(bench.sandbox.switches, { receiptVersionFollowsInvoice, versionStartDateInclusive });
			const { backdoor } = bench.sandbox;
			const replaced = backdoor.addInvoice({});
			const voided = backdoor.addInvoice({});
			const journal = backdoor.addJournal({}, { status: 'APPROVED' });
			const deleted = backdoor.addJournal({ name: 'Poistuva' }, { status: 'APPROVED' });
			let table = await rows();
			bench.sandbox.clock.advance(3 * 3_600_000);

			const http = await login(bench.sandbox);
			const { data: invoice } = await http.get<IDataObject>(`/invoices/${replaced.id}`);
			await http.put(`/invoices/${replaced.id}`, {
				...invoice,
				invoiceRows: [{ ...(invoice.invoiceRows as IDataObject[])[0], quantity: 7 }],
			});
			await http.put(`/invoices/${voided.id}/invalidate`);
			await http.put(`/ledgerreceipts/${journal.id}/invalidate`);
			backdoor.remove('ledgerReceipts', deleted.id);
			backdoor.addJournal({ name: 'Uusi' }, { status: 'APPROVED' });

			const told = await rows({ options: { changedSince: since(table), knownReceiptIds: ids(table).join(',') } });
			const removed = told
				.filter(({ change }) => change === 'removed')
				.map(({ receiptId, reason }) => [receiptId, reason]);
			expect(removed).toEqual(
				expect.arrayContaining([
					[journal.id, 'INVALIDATED'],
					[voided.record.ledgerReceiptId, 'INVALIDATED'],
					[deleted.id, 'deleted, or replaced by a receipt with a new ID'],
				]),
			);
			table = apply(table, told);
			expect(sorted(table)).toEqual(sorted(await rows()));

			// Again, with nothing new: the table stays as it is.
			table = apply(
				table,
				await rows({ options: { changedSince: since(table), knownReceiptIds: ids(table).join(',') } }),
			);
			expect(sorted(table)).toEqual(sorted(await rows()));
		},
	);

	it('needs no known receipt IDs for a replaced receipt', async () => {
		const replaced = bench.sandbox.backdoor.addInvoice({});
		const table = await rows();
		bench.sandbox.clock.advance(3 * 3_600_000);
		const http = await login(bench.sandbox);
		const { data: invoice } = await http.get<IDataObject>(`/invoices/${replaced.id}`);
		await http.put(`/invoices/${replaced.id}`, {
			...invoice,
			invoiceRows: [{ ...(invoice.invoiceRows as IDataObject[])[0], quantity: 7 }],
		});
		const told = await rows({ options: { changedSince: since(table) } });
		expect(new Set(told.map(({ invoiceId }) => invoiceId))).toEqual(new Set([replaced.id]));
		expect(sorted(apply(table, told))).toEqual(sorted(await rows()));
	});

	it('needs no known receipt IDs for void receipts, whose rows it returns as removed', async () => {
		const { backdoor } = bench.sandbox;
		const invoice = backdoor.addInvoice({});
		const journal = backdoor.addJournal({}, { status: 'APPROVED' });
		const table = await rows();
		const of = (list: IDataObject[]) =>
			list.filter(({ receiptId }) => [journal.id, invoice.record.ledgerReceiptId].includes(Number(receiptId)));
		expect(of(table).length).toBeGreaterThan(2);
		bench.sandbox.clock.advance(3 * 3_600_000);
		const http = await login(bench.sandbox);
		await http.put(`/invoices/${invoice.id}/invalidate`);
		await http.put(`/ledgerreceipts/${journal.id}/invalidate`);
		const told = await rows({ options: { changedSince: since(table) } });
		expect(of(told)).toHaveLength(2);
		for (const row of of(told)) expect(row).toMatchObject({ change: 'removed', reason: 'INVALIDATED' });
		expect(of(apply(table, told))).toEqual([]);
		expect(sorted(apply(table, told))).toEqual(sorted(await rows()));
	});

	it('needs fewer than ten requests if only one journal has changed', async () => {
		bench.sandbox.backdoor.seed({ journals: 5_000 });
		bench.sandbox.clock.advance(3 * 3_600_000);
		const now = bench.sandbox.clock.text(bench.sandbox.clock.now());
		bench.sandbox.backdoor.addJournal({}, { status: 'APPROVED' });
		bench.sandbox.journal.clear();
		const told = await rows({ options: { changedSince: now, partnerNames: false } });
		expect(told).toHaveLength(2);
		expect(bench.asked().length).toBeLessThan(10);
	});

	it('finds changes in the hour that repeats when daylight saving time ends', async () => {
		bench.sandbox.clock.set('2026-10-25T03:50:00');
		const first = bench.sandbox.backdoor.addJournal({ name: 'Ensimmäinen' }, { status: 'APPROVED' });
		const table = await rows();
		bench.sandbox.clock.set('2026-10-25T03:10:00', true);
		const second = bench.sandbox.backdoor.addJournal({ name: 'Toinen' }, { status: 'APPROVED' });
		expect(since(table)).toBe(bench.sandbox.clock.text(first.version));
		const told = await rows({ options: { changedSince: since(table) } });
		expect(told.map(({ receiptId }) => receiptId)).toEqual(expect.arrayContaining([first.id, second.id]));
	});
});
