import { create, get, list, resource } from '../operation/declare';

export const ledgerReceipt = resource('ledgerReceipt', 'Ledger Receipt', ['ledger receipt', 'ledger receipts'], {
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
		more: [
			['accountantsNotes', { label: 'Accountant\'s Notes' }],
			['invoiceNotes', { label: 'Notes' }],
			['transactionDescription', { label: 'Description of Transactions' }],
		],
		fixed: { type: 'JOURNAL' },
		words: { createReconciliation: { label: 'Balance Automatically', hint: 'Whether Procountor adds a row for what debit and credit differ by' } },
		simple: ['id', 'type', 'status', 'name', 'receiptDate', 'receiptNumber', 'invoiceId', 'version'],
	}),
	get: get('GET /ledgerreceipts/{receiptId}', 'Reads one or more receipts with their transactions', {
		words: { receiptId: { label: 'Receipt ID', hint: 'One ID, or several separated by commas', placeholder: 'e.g. 12345' } },
		simple: ['id', 'type', 'status', 'name', 'receiptDate', 'receiptNumber', 'invoiceId', 'invoiceNumber', 'partnerId', 'transactions'],
	}),
	getAll: list('GET /ledgerreceipts', 'Searches receipts of the ledger', {
		details: 'GET /ledgerreceipts/{receiptId}',
		simple: ['id', 'type', 'status', 'name', 'receiptDate', 'receiptNumber', 'invoiceNumber', 'created', 'version'],
	}),
});
