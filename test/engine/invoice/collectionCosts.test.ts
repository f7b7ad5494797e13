/**
 * Options that are sent as query parameters: collection costs, penal expenses, and a balancing row. The sandbox adds no
 * costs, because no source describes them; the tests check that the node does not add them itself.
 */
import { byId, startBench, type Bench } from '../support';
import { Books } from './state';

let bench: Bench;
let books: Books;
beforeAll(async () => {
	bench = await startBench();
	books = new Books(bench.sandbox);
});
afterAll(async () => await bench.close());

const date = '2026-10-01';
const queryOf = (call: string): unknown => bench.sandbox.journal.to(call).at(-1)?.query;

it('A new invoice requests collection costs if the option is on', async () => {
	const [partner] = await bench.json('businessPartner', 'getAll', { limit: 1, filters: { type: 'CUSTOMER' } });
	const rows = JSON.stringify([{ product: 'Kahvi', quantity: 1, unitPrice: 10 }]);
	const [invoice] = await bench.json('invoice', 'create', {
		date,
		partnerId: byId(partner.id),
		specifyRows: 'json',
		invoiceRowsJson: rows,
		additionalFields: { addCollectionPenalCosts: true },
	});
	expect(invoice.status).toBe('UNFINISHED');
	expect(queryOf('POST /invoices')).toMatchObject({ addCollectionPenalCosts: 'true' });
	expect(books.invoice(invoice.id).invoiceRows).toMatchObject([{ product: 'Kahvi', quantity: 1, unitPrice: 10 }]);
});

it('A payment requests penal expenses if the option is on', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' });
	const [payment] = await bench.json('paymentEvent', 'markAsPaid', {
		invoiceId: byId(id),
		paymentDate: date,
		additionalFields: { addPenalExpense: true },
	});
	expect(queryOf('PUT /invoices/{invoiceId}/paymentevents/markpaid')).toMatchObject({ addPenalExpense: 'true' });
	expect([payment.paidAmount, books.invoice(id).status]).toEqual([books.sums(id).total, 'MARKED_PAID']);
});

it('An unbalanced journal is created if Balance Automatically is on', async () => {
	const entry = { transactionType: 'ENTRY', vatPercent: 0, vatStatus: 12 };
	const transactions = JSON.stringify([
		{ ...entry, account: '1910', accountingValue: 10.01 },
		{ ...entry, account: '8500', accountingValue: -10 },
	]);
	const [receipt] = await bench.json('ledgerReceipt', 'create', {
		name: 'Kassaero',
		receiptDate: date,
		vatType: 'PURCHASE',
		vatStatus: 12,
		specifyRows: 'json',
		transactionsJson: transactions,
		additionalFields: { createReconciliation: true },
	});
	expect(receipt.id).toBeGreaterThan(0);
	expect(queryOf('POST /ledgerreceipts')).toMatchObject({ createReconciliation: 'true' });
	expect(books.receipt(receipt.id).transactions).toMatchObject([
		{ transactionType: 'ENTRY', account: '1910', accountingValue: 10.01 },
		{ transactionType: 'ENTRY', account: '8500', accountingValue: -10 },
		{ transactionType: 'RECONCILIATION_ENTRY', account: '8450', accountingValue: -0.01 },
	]);
});
