import { create, get, list, resource, send, update, type FieldNote, type FieldWords } from '../operation/declare';

const receiptId: FieldWords = { label: 'Receipt', pick: 'ledgerReceipt' };

const notes: FieldNote[] = [
	['accountantsNotes', { label: 'Accountant\'s Notes' }],
	['invoiceNotes', { label: 'Notes' }],
	['transactionDescription', { label: 'Description of Transactions' }],
];

const basics = ['id', 'type', 'status', 'name', 'receiptDate', 'receiptNumber'];

export const ledgerReceipt = resource('ledgerReceipt', 'Ledger Receipt', ['ledger receipt', 'ledger receipts'], {
	approve: send('PUT /ledgerreceipts/{receiptId}/approve', 'Approve', 'Approves an unfinished journal', { words: { receiptId } }),
	create: create('POST /ledgerreceipts', 'Saves a new journal receipt', {
		fields: [
			['name', { label: 'Name' }],
			['receiptDate', { label: 'Receipt Date' }],
			['vatType', { label: 'VAT Type', default: 'SALES' }],
			['vatStatus', { default: 1 }],
			[
				'transactions',
				{
					label: 'Transactions',
					columns: [
						['transactionType', { label: 'Type', default: 'ENTRY' }],
						['account', { label: 'Ledger Account', placeholder: 'e.g. 3000' }],
						['accountingValue', { label: 'Amount', hint: 'Net amount: debit positive, credit negative' }],
						['vatPercent', { label: 'VAT %' }],
						'vatStatus',
						['vatType', { label: 'VAT Type' }],
						['description', { label: 'Description' }],
						['startDate', { label: 'Accrual Start' }],
						['endDate', { label: 'Accrual End' }],
					],
				},
			],
		],
		more: notes,
		fixed: { type: 'JOURNAL' },
		words: { createReconciliation: { label: 'Balance Automatically', hint: 'Whether Procountor adds a row for what debit and credit differ by' } },
		simple: [...basics, 'invoiceId', 'version'],
	}),
	get: get('GET /ledgerreceipts/{receiptId}', 'Reads one or more receipts with their transactions', {
		words: { receiptId: { label: 'Receipt ID', hint: 'One ID, or several separated by commas', placeholder: 'e.g. 12345' } },
		simple: [...basics, 'invoiceId', 'invoiceNumber', 'partnerId', 'transactions'],
	}),
	getAll: list('GET /ledgerreceipts', 'Searches receipts of the ledger', {
		details: 'GET /ledgerreceipts/{receiptId}',
		simple: [...basics, 'invoiceNumber', 'created', 'version'],
	}),
	getJournals: list('GET /journals', 'Lists journals by status, day and time of saving or change', {
		name: 'Get Many Journals',
		action: 'Get many journals',
		words: { statuses: { label: 'Statuses', hint: 'All when empty' } },
		simple: ['id', 'ledgerReceiptId', 'status', 'invoiceNumber', 'date', 'counterParty.counterPartyAddress.name', 'created', 'version'],
	}),
	invalidate: send('PUT /ledgerreceipts/{receiptId}/invalidate', 'Invalidate', 'Makes a journal void; its day must be in an open period', { words: { receiptId } }),
	markAsUnfinished: send('PUT /ledgerreceipts/{receiptId}/unfinished', 'Mark as Unfinished', 'Takes a journal back to unfinished, so that it can be changed', { action: 'Mark ledger receipt as unfinished', words: { receiptId } }),
	setDimensions: send('PUT /ledgerreceipts/{receiptId}/transactions/{transactionId}/dimensions', 'Set Dimensions', 'Replaces the dimensions of one transaction of a receipt', {
		action: 'Set dimensions of ledger receipt transaction',
		fields: [
			[
				'dimensionItemValues',
				{
					label: 'Dimensions',
					hint: 'For each dimension the amounts add up to the amount of the transaction; no rows take all dimensions away',
					required: false,
					columns: [
						['dimensionId', { label: 'Dimension ID' }],
						['itemId', { label: 'Dimension Item ID' }],
						['value', { label: 'Amount' }],
					],
				},
			],
		],
		words: { receiptId, transactionId: { label: 'Transaction ID', placeholder: 'e.g. 12345' } },
		simple: [...basics, 'transactions', 'version'],
	}),
	update: update('PUT /ledgerreceipts/{receiptId}', 'Changes a journal, or the accounts and dimensions in the receipt of an invoice', {
		more: [['name', { label: 'Name' }], ['receiptDate', { label: 'Receipt Date' }], ['vatStatus', { default: 1 }], ['transactions', { label: 'Transactions', hint: 'All transactions of the receipt; those with an ID stay, the others are new' }], ...notes],
		words: { receiptId, createReconciliation: { label: 'Balance Automatically', hint: 'Whether Procountor adds a row for what debit and credit differ by' } },
		simple: [...basics, 'invoiceId', 'transactions', 'version'],
	}),
});
