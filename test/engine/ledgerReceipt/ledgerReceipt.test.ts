import type { IDataObject } from 'n8n-workflow';
import { type Books, useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const json = async (operation: string, parameters: Parameters<Bench['json']>[2]) =>
	await bench.json('ledgerReceipt', operation, parameters);

it('A journal is found, changed, approved, reopened, and invalidated', async () => {
	const { id } = bench.sandbox.backdoor.addJournal({ name: 'Kassaero' });
	expect(
		(await json('getAll', { returnAll: true, filters: { types: ['JOURNAL'], startDate: '2026-10-01' } })).filter(
			({ name }) => name === 'Kassaero',
		),
	).toMatchObject([{ id, status: 'UNFINISHED' }]);
	const [changed] = await json('update', {
		receiptId: byId(id),
		updateFields: { name: 'Kassaero lokakuu', accountantsNotes: 'Tarkistettu' },
	});
	expect(changed).toMatchObject({ id, name: 'Kassaero lokakuu' });
	expect(books.receipt(id).transactions).toHaveLength(2);
	await json('approve', { receiptId: byId(id) });
	expect(
		(await json('getJournals', { returnAll: true, filters: { statuses: 'APPROVED', startDate: '2026-10-01' } })).map(
			({ ledgerReceiptId }) => ledgerReceiptId,
		),
	).toContain(id);
	await json('markAsUnfinished', { receiptId: byId(id) });
	await json('invalidate', { receiptId: byId(id) });
	expect((await json('get', { receiptId: String(id) }))[0]).toMatchObject({
		status: 'INVALIDATED',
		name: 'Kassaero lokakuu',
	});
	const { error } = await bench.run('ledgerReceipt', 'approve', { receiptId: byId(id) });
	expect(error?.message).toMatch(/is Invalidated; approving needs Unfinished$/);
});

it('Dimensions of a transaction are set and removed, and wrong amounts and items are rejected', async () => {
	const { id, record } = bench.sandbox.backdoor.addJournal();
	const transactionId = record.transactions[0].id;
	const set = (values: IDataObject[]) => ({
		receiptId: byId(id),
		transactionId: String(transactionId),
		specifyDimensionItemValues: 'json',
		dimensionItemValuesJson: JSON.stringify(values),
	});
	await json(
		'setDimensions',
		set([
			{ dimensionId: 1, itemId: 11, value: 6 },
			{ dimensionId: 1, itemId: 12, value: 4 },
		]),
	);
	expect(books.receipt(id).transactions[0].dimensionItemValues).toEqual([
		{ dimensionId: 1, itemId: 11, value: 6 },
		{ dimensionId: 1, itemId: 12, value: 4 },
	]);
	expect(
		(await bench.run('ledgerReceipt', 'setDimensions', set([{ dimensionId: 1, itemId: 11, value: 6 }]))).error?.message,
	).toContain('The sum of dimension item values must equal the accounting value.');
	const unknown = await bench.run('ledgerReceipt', 'setDimensions', set([{ dimensionId: 1, itemId: 99, value: 10 }]));
	expect(unknown.error?.message).toContain(
		'The dimension or dimension item does not exist in this company, or is closed',
	);
	await json('setDimensions', set([]));
	expect(books.receipt(id).transactions[0].dimensionItemValues).toEqual([]);
});

it('The receipt of an invoice accepts another account, and a balancing row if the option is on', async () => {
	const invoice = bench.sandbox.backdoor.addInvoice().id;
	const receiptId = books.invoice(invoice).ledgerReceiptId;
	const [{ transactions }] = await json('get', { receiptId: String(receiptId), simple: false });
	const moved = (transactions as IDataObject[]).map((one) =>
		one.transactionType === 'ENTRY' ? { ...one, account: '3900' } : one,
	);
	await json('update', { receiptId: byId(receiptId), updateFields: { transactions: JSON.stringify(moved) } });
	expect(books.entries(invoice)).toMatchObject([{ account: '3900', accountingValue: -7 }]);
	const off = moved.map((one) => (one.transactionType === 'ENTRY' ? { ...one, accountingValue: -6.99 } : one));
	expect(
		(
			await bench.run('ledgerReceipt', 'update', {
				receiptId: byId(receiptId),
				updateFields: { transactions: JSON.stringify(off) },
			})
		).error?.message,
	).toContain('does not reconcile');
	await json('update', {
		receiptId: byId(receiptId),
		updateFields: { transactions: JSON.stringify(off), createReconciliation: true },
	});
	expect(books.receipt(receiptId).transactions.at(-1)).toMatchObject({
		transactionType: 'RECONCILIATION_ENTRY',
		account: '8450',
	});
});
