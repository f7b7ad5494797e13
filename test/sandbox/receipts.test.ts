import type { AxiosInstance } from 'axios';

import { demoInvoice } from './client';
import { DEMO, type Sandbox, smallestJournal } from '.';
import { sum } from './money';
import { invoices } from './records/invoices/model';
import { gross } from './records/receipts/generate';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));

interface Transaction {
	id?: number;
	transactionType: string;
	account: string;
	accountingValue: number;
	vatPercent: number;
	vatStatus?: number;
	description?: string;
	dimensionItemValues?: Array<{ dimensionId: number; itemId: number; value: number }>;
}

const entry = (account: string, accountingValue: number, changes: Partial<Transaction> = {}): Transaction => ({
	transactionType: 'ENTRY',
	account,
	accountingValue,
	vatPercent: 0,
	vatStatus: 12,
	...changes,
});
const journal = (
	transactions: Transaction[] = [entry('8500', 10), entry('1910', -10)],
	changes: Record<string, unknown> = {},
) => ({ ...smallestJournal('2026-10-01'), transactions, ...changes });
const receiptOf = async (invoiceId: number) =>
	(await admin.get(`/ledgerreceipts/${(await admin.get(`/invoices/${invoiceId}`)).data.ledgerReceiptId}`)).data;
const sumOf = (transactions: Transaction[]) => sum(transactions.map(gross));
const row = (product: string, unitPrice: number, changes: Record<string, unknown> = {}) => ({
	product,
	quantity: 1,
	unit: 'PIECE',
	unitPrice,
	discountPercent: 0,
	vatPercent: 25.5,
	...changes,
});
const byRow = { extraInfo: { accountingByRow: true, unitPricesIncludeVat: false } };

async function created(body: unknown, query = '') {
	const { status, data } = await admin.post(`/ledgerreceipts${query}`, body);
	expect([status, data.errors]).toEqual([200, undefined]);
	return data;
}

async function refused(body: unknown, field: string, message?: string) {
	const { status, data } = await admin.post('/ledgerreceipts', body);
	expect([status, data.errors?.[0].field]).toEqual([400, field]);
	if (message) expect(data.errors[0].message).toBe(message);
}

describe('Receipt of an invoice', () => {
	it('balances, with a net entry for each row and the total on a balance sheet account', async () => {
		const { id } = sandbox.backdoor.addInvoice({
			...byRow,
			invoiceRows: [row('A', 100), row('B', 50, { quantity: 3, vatPercent: 13.5 }), row('C', 0)],
		});
		const receipt = await receiptOf(id);
		expect(
			receipt.transactions.map(
				({ transactionType, account, accountingValue, vatPercent, description }: Transaction) => [
					transactionType,
					account,
					accountingValue,
					vatPercent,
					description,
				],
			),
		).toEqual([
			['REVERSING_ENTRY', '1701', 295.75, 0, undefined],
			['ENTRY', '3000', -100, 25.5, 'A'],
			['ENTRY', '3000', -150, 13.5, 'B'],
			['ENTRY', '3000', 0, 25.5, 'C'],
		]);
		expect(sumOf(receipt.transactions)).toBe(0);
		expect(receipt).toMatchObject({
			type: 'SALES_INVOICE',
			status: 'UNFINISHED',
			invoiceId: id,
			vatType: 'SALES',
			vatStatus: 1,
			receiptDate: '2026-10-01',
		});
		expect(receipt.created).toBeUndefined();
	});

	it('uses the account of the product only with accounting by row', async () => {
		const accounts = async (changes: object) => {
			const { id } = sandbox.backdoor.addInvoice({
				invoiceRows: [row('Koulutus', 95, { productId: 307 }), row('Kuppi', 4)],
				...changes,
			});
			return (await receiptOf(id)).transactions.map(({ account }: Transaction) => account);
		};
		expect(await accounts(byRow)).toEqual(['1701', '3020', '3000']);
		expect(await accounts({})).toEqual(['1701', '3000']);
	});

	it('is reordered, merged or without zero rows depending on the switches', async () => {
		const values = async () => {
			const { id } = sandbox.backdoor.addInvoice({
				...byRow,
				invoiceRows: [row('A', 100), row('B', 0), row('C', 50), row('D', 10, { vatPercent: 10 })],
			});
			return (await receiptOf(id)).transactions.slice(1).map(({ accountingValue }: Transaction) => accountingValue);
		};
		expect(await values()).toEqual([-100, 0, -50, -10]);
		sandbox.switches.receiptOmitsZeroRows = true;
		expect(await values()).toEqual([-100, -50, -10]);
		sandbox.switches.receiptRowOrder = 'reversed';
		expect(await values()).toEqual([-10, -50, -100]);
		sandbox.switches.receiptMergesRows = true;
		expect(await values()).toEqual([-10, -150]);
	});

	it('has opposite signs for a purchase, and a reconciliation entry for cents of a foreign currency', async () => {
		const purchase = await receiptOf(
			sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE', invoiceRows: [row('A', 100)] }).id,
		);
		expect(
			purchase.transactions.map(({ account, accountingValue }: Transaction) => [account, accountingValue]),
		).toEqual([
			['2871', -125.5],
			['4000', 100],
		]);
		const { paymentInfo } = sandbox.backdoor.addInvoice().record;
		const foreign = await receiptOf(
			sandbox.backdoor.addInvoice({
				...byRow,
				paymentInfo: { ...paymentInfo, currency: 'SEK', currencyRate: 11.37 },
				invoiceRows: [row('A', 0.1), row('B', 0.1), row('C', 0.17)],
			}).id,
		);
		expect(sumOf(foreign.transactions)).toBe(0);
		expect(foreign.transactions.pop()).toMatchObject({
			transactionType: 'RECONCILIATION_ENTRY',
			account: '8450',
			vatPercent: 0,
		});
	});

	it('has the status of the invoice, and gets a new version with it if the switch is on', async () => {
		for (const follows of [true, false]) {
			sandbox.switches.receiptVersionFollowsInvoice = follows;
			const { id } = sandbox.backdoor.addInvoice();
			const before = await receiptOf(id);
			await admin.put(`/invoices/${id}/approve`, {});
			const after = await receiptOf(id);
			expect(after.status).toBe('APPROVED');
			expect(after.version !== before.version).toBe(follows);
			expect((await admin.get('/ledgerreceipts?status=APPROVED&types=SALES_INVOICE&size=1')).data.results[0].id).toBe(
				after.id,
			);
		}
	});

	it('accepts accounts and dimensions for its entries, but no other total or type', async () => {
		const { id } = sandbox.backdoor.addInvoice({ ...byRow, invoiceRows: [row('A', 100), row('B', 50)] });
		const before = await receiptOf(id);
		const transactions = before.transactions.map((one: Transaction) =>
			one.transactionType === 'ENTRY'
				? { ...one, account: '3020', dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: one.accountingValue }] }
				: one,
		);
		const { status, data } = await admin.put(`/ledgerreceipts/${before.id}`, { ...before, transactions });
		expect(status).toBe(200);
		expect(data.transactions).toEqual(transactions);
		expect(data.version).not.toBe(before.version);
		expect((await admin.put(`/ledgerreceipts/${before.id}`, before)).data.errors[0].field).toBe('version');
		const shifted = transactions.map((one: Transaction) => ({
			...one,
			dimensionItemValues: [],
			...(one.transactionType === 'REVERSING_ENTRY' ? { accountingValue: one.accountingValue - 1 } : {}),
		}));
		expect(
			(await admin.put(`/ledgerreceipts/${before.id}?createReconciliation=true`, { ...data, transactions: shifted }))
				.status,
		).toBe(400);
		expect((await admin.put(`/ledgerreceipts/${before.id}`, { ...data, type: 'JOURNAL' })).data.errors[0].field).toBe(
			'type',
		);
	});

	it('can be updated only if the invoice type and status allow it', async () => {
		const change = async (id: number) => {
			const receipt = await receiptOf(id);
			return (await admin.put(`/ledgerreceipts/${receipt.id}`, receipt)).status;
		};
		expect(await change(demoInvoice(sandbox, 'SALES_INVOICE', 'UNFINISHED').id)).toBe(200);
		expect(await change(demoInvoice(sandbox, 'SALES_INVOICE', 'APPROVED').id)).toBe(200);
		expect(await change(demoInvoice(sandbox, 'SALES_ORDER', 'STARTED').id)).toBe(400);
		expect(await change(demoInvoice(sandbox, 'SALES_INVOICE', 'INVALIDATED').id)).toBe(403);
		expect(await change(demoInvoice(sandbox, 'SALES_INVOICE', 'PARTLY_PAID').id)).toBe(400);
	});

	it('accepts new dimensions for a single transaction', async () => {
		const receipt = await receiptOf(demoInvoice(sandbox, 'SALES_INVOICE', 'NOT_SENT').id);
		const one = receipt.transactions[1];
		const put = (dimensionItemValues: unknown) =>
			admin.put(`/ledgerreceipts/${receipt.id}/transactions/${one.id}/dimensions`, { dimensionItemValues });
		const halves = [
			{ dimensionId: 2, itemId: 21, value: one.accountingValue + 1 },
			{ dimensionId: 2, itemId: 22, value: -1 },
		];
		expect((await put(halves)).data.transactions[1].dimensionItemValues).toEqual(halves);
		expect((await put([])).data.transactions[1].dimensionItemValues).toEqual([]);
		expect((await put([{ dimensionId: 2, itemId: 21, value: 1 }])).status).toBe(400);
		expect(
			(await admin.put(`/ledgerreceipts/${receipt.id}/transactions/1/dimensions`, { dimensionItemValues: [] })).status,
		).toBe(404);
	});
});

describe('Journal', () => {
	it('is created as a draft with a hidden invoice that no search returns', async () => {
		const made = await created(journal());
		expect(made).toMatchObject({
			type: 'JOURNAL',
			status: 'UNFINISHED',
			invoiceId: expect.any(Number),
			receiptNumber: expect.any(Number),
		});
		expect((await admin.get(`/invoices/${made.invoiceId}`)).status).toBe(404);
		expect((await admin.get('/invoices?size=1')).data.results[0].id).not.toBe(made.invoiceId);
		expect(sandbox.world.company(DEMO.companyId).register(invoices).get(made.invoiceId)?.record.type).toBe('JOURNAL');
	});

	it('must add up to zero including VAT', async () => {
		await refused(journal([entry('8500', 10), entry('1910', -9)]), 'transactions');
		await refused(
			journal([entry('8500', 100, { vatPercent: 25.5, vatStatus: 1 }), entry('1910', -100)]),
			'transactions',
		);
		await created(journal([entry('8500', 100, { vatPercent: 25.5, vatStatus: 1 }), entry('1910', -125.5)]));
		const { transactions } = await created(
			journal([entry('8500', 10), entry('1910', -9.99)]),
			'?createReconciliation=true',
		);
		expect(transactions[2]).toMatchObject({
			transactionType: 'RECONCILIATION_ENTRY',
			account: '8450',
			accountingValue: -0.01,
			vatPercent: 0,
		});
		expect(sumOf(transactions)).toBe(0);
		const exact = await created(journal(), '?createReconciliation=true');
		expect(exact.transactions).toHaveLength(2);
	});

	it('rounds amounts to cents', async () => {
		const { transactions } = await created(journal([entry('8500', 10.004), entry('1910', -10.001)]));
		expect(transactions.map(({ accountingValue }: Transaction) => accountingValue)).toEqual([10, -10]);
	});

	const refusals: Array<[string, () => unknown, string, string?]> = [
		['another type', () => journal(undefined, { type: 'SALES_INVOICE' }), 'type'],
		['a closed period', () => journal(undefined, { receiptDate: '2026-06-30' }), 'receiptDate', 'CLOSED_FISCAL_PERIOD'],
		['an unknown account', () => journal([entry('8501', 10), entry('1910', -10)]), 'transactions[0].account'],
		['an inactive account', () => journal([entry('8500', 10), entry('3999', -10)]), 'transactions[1].account'],
		['an unknown VAT status', () => journal(undefined, { vatStatus: 5 }), 'vatStatus'],
		[
			'a VAT status of sales in a purchase',
			() => journal([entry('8500', 10, { vatStatus: 22 }), entry('1910', -10)]),
			'transactions[0].vatStatus',
		],
		[
			'VAT without a domestic status',
			() => journal([entry('8500', 10, { vatPercent: 25.5 }), entry('1910', -12.55)]),
			'transactions[0].vatPercent',
			'ERROR_VATSTATUS_VATPERC',
		],
		[
			'VAT on a bank account',
			() => journal([entry('8500', 10), entry('1910', -10, { vatPercent: 25.5, vatStatus: 1 })]),
			'transactions[1].vatPercent',
			'ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION',
		],
		[
			'a reversing entry with a VAT status',
			() => journal([entry('8500', 10), entry('1910', -10, { transactionType: 'REVERSING_ENTRY' })]),
			'transactions[1].vatStatus',
		],
		[
			'two reversing entries',
			() =>
				journal(
					['8500', '1910'].map((account, side) => ({
						transactionType: 'REVERSING_ENTRY',
						account,
						accountingValue: side ? -10 : 10,
						vatPercent: 0,
					})),
				),
			'transactions',
		],
		[
			'an unknown dimension',
			() =>
				journal([
					entry('8500', 10, { dimensionItemValues: [{ dimensionId: 1, itemId: 21, value: 10 }] }),
					entry('1910', -10),
				]),
			'transactions[0].dimensionItemValues',
			'DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE',
		],
		[
			'a dimension that does not add up',
			() =>
				journal([
					entry('8500', 10, { dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: 9 }] }),
					entry('1910', -10),
				]),
			'transactions[0].dimensionItemValues',
		],
		[
			'a duplicate dimension item',
			() =>
				journal([
					entry('8500', 10, {
						dimensionItemValues: [
							{ dimensionId: 1, itemId: 11, value: 5 },
							{ dimensionId: 1, itemId: 11, value: 5 },
						],
					}),
					entry('1910', -10),
				]),
			'transactions[0].dimensionItemValues',
		],
		['an unknown partner', () => journal(undefined, { partnerId: 1 }), 'partnerId'],
		['a foreign VAT country', () => journal(undefined, { vatProcessing: 'SWEDEN' }), 'vatProcessing'],
		[
			'a period that ends before its start',
			() => journal(undefined, { periodStartDate: '2026-10-02', periodEndDate: '2026-10-01' }),
			'periodEndDate',
		],
		['a name that is too long', () => journal(undefined, { name: 'x'.repeat(81) }), 'name'],
		['an empty list of transactions', () => journal([]), 'transactions'],
	];
	it.each(refusals.map(([name, body, field, message]) => ({ name, body, field, message })))(
		'rejects $name',
		async ({ body, field, message }) => {
			await refused(body(), field, message);
		},
	);

	it('can be updated as a draft and keeps the IDs of its transactions', async () => {
		const before = await created(journal());
		const transactions = [...before.transactions, entry('7680', 5), entry('1920', -5)];
		const { data } = await admin.put(`/ledgerreceipts/${before.id}`, { ...before, transactions });
		expect(data.transactions.slice(0, 2)).toEqual(before.transactions);
		expect(data.transactions).toHaveLength(4);
		expect(new Set(data.transactions.map(({ id }: Transaction) => id)).size).toBe(4);
		await admin.put(`/ledgerreceipts/${before.id}/approve`);
		const approved = (await admin.get(`/ledgerreceipts/${before.id}`)).data;
		expect((await admin.put(`/ledgerreceipts/${before.id}`, approved)).status).toBe(403);
	});

	it('can be approved, reopened and invalidated, unlike the receipt of an invoice', async () => {
		const { id } = await created(journal());
		const step = async (name: string, receipt = id) => (await admin.put(`/ledgerreceipts/${receipt}/${name}`)).status;
		const status = async () => (await admin.get(`/ledgerreceipts/${id}`)).data.status;
		expect([await step('unfinished'), await status()]).toEqual([403, 'UNFINISHED']);
		expect([await step('approve'), await status()]).toEqual([200, 'APPROVED']);
		expect([await step('approve'), await status()]).toEqual([403, 'APPROVED']);
		expect([await step('invalidate'), await status()]).toEqual([200, 'INVALIDATED']);
		expect([await step('invalidate'), await status()]).toEqual([403, 'INVALIDATED']);
		expect([await step('unfinished'), await status()]).toEqual([200, 'UNFINISHED']);
		const foreign = demoInvoice(sandbox, 'SALES_INVOICE', 'UNFINISHED').record.ledgerReceiptId;
		expect([
			await step('approve', foreign),
			await step('unfinished', foreign),
			await step('invalidate', foreign),
		]).toEqual([403, 400, 400]);
		const closed = (await admin.get('/journals?startDate=2026-03-31&endDate=2026-03-31')).data[0].ledgerReceiptId;
		expect([await step('unfinished', closed), await step('invalidate', closed)]).toEqual([403, 403]);
		expect(await step('approve', 1)).toBe(404);
	});
});

describe('Ledger receipt list', () => {
	it('returns receipts of every type, although it rejects VAT_SUMMARY as a filter', async () => {
		const { results } = (await admin.get('/ledgerreceipts?size=200')).data;
		const types = new Set(results.map(({ type }: { type: string }) => type));
		for (const type of [
			'JOURNAL',
			'SALARY',
			'EMPLOYER_CONTRIBUTION',
			'VAT_SUMMARY',
			'VAT_FORM',
			'REFERENCE_PAYMENT',
			'BANK_STATEMENT_AS_RECEIPT',
			'RECEIPT_FOR_OPENING_ACCOUNTS',
			'SALES_ORDER',
		])
			expect(types).toContain(type);
		expect((await admin.get('/ledgerreceipts?types=VAT_SUMMARY')).status).toBe(400);
	});

	it('is filtered, ordered and paged like the invoice list', async () => {
		const found = async (query: string) =>
			(await admin.get(`/ledgerreceipts?size=200&${query}`)).data.results as Array<Record<string, string>>;
		const types = (await found('types=SALARY,JOURNAL')).map(({ type }) => type);
		expect(new Set(types)).toEqual(new Set(['SALARY', 'JOURNAL']));
		expect((await found('startDate=2026-09-15&endDate=2026-09-15')).map(({ type }) => type).sort()).toEqual([
			'EMPLOYER_CONTRIBUTION',
			'SALARY',
		]);
		const dates = (await found('orderByDate=ASC')).map(({ receiptDate }) => receiptDate);
		expect(dates).toEqual([...dates].sort());
		const { id } = await created(journal());
		expect((await found('createdStartDate=2026-10-01T09:00:00'))[0].id).toBe(id);
		expect(
			(await admin.get('/ledgerreceipts?size=3&orderById=ASC&previousId=200010')).data.results.map(
				({ id: one }: { id: number }) => one,
			),
		).toEqual([200_011, 200_012, 200_013]);
	});

	it('returns all journals, or a single one as a bare object if the switch says so', async () => {
		const journals = (await admin.get('/journals')).data;
		expect(journals.map(({ status }: { status: string }) => status).sort()).toEqual([
			'APPROVED',
			'APPROVED',
			'INVALIDATED',
			'UNFINISHED',
			'UNFINISHED',
		]);
		expect((await admin.get('/journals?statuses=INVALIDATED')).data).toHaveLength(1);
		sandbox.switches.singleReplyForm = 'object';
		expect((await admin.get('/journals?statuses=INVALIDATED')).data).toMatchObject({
			type: 'JOURNAL',
			status: 'INVALIDATED',
			counterParty: { counterPartyAddress: { name: 'Väärä tosite' } },
		});
		expect((await admin.get('/journals')).data).toHaveLength(5);
		expect((await admin.get('/journals?startDate=2030-01-01')).data).toEqual([]);
		expect((await admin.get('/company/einvoiceaddresses')).data.operator).toBe('Maventa');
		expect((await admin.get('/company/invoicetemplates')).data).toHaveLength(2);
	});
});
