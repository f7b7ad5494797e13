import { list, remove, resource, send, type FieldOptions } from '../engine/declare';
import { allocationRows } from './referencePayment';

const parameters: Record<string, FieldOptions> = {
	statementId: { label: 'Statement ID', placeholder: 'e.g. 12345' },
	eventId: {
		label: 'Event ID',
		description: 'The event of the statement, from its list of events',
		placeholder: 'e.g. 67890',
	},
};

export const bankStatement = resource('bankStatement', 'Bank Statement', ['bank statement', 'bank statements'], {
	allocateInvoice: send(
		'PUT /bankstatements/{statementId}/events/{eventId}/invoices',
		'Allocate to Invoice',
		'Allocates a bank statement event to an invoice; replaces an earlier choice',
		{
			action: 'Allocate bank statement event to invoice',
			fields: [['', { name: 'invoiceId', label: 'Invoice', listSearch: 'invoice' }]],
			parameters: {
				...parameters,
				addPenalExpense: {
					label: 'Add Penal Expenses',
					description: 'Whether to add penal expenses; sales invoices only',
				},
			},
		},
	),
	allocateProduct: send(
		'PUT /bankstatements/{statementId}/events/{eventId}/products',
		'Allocate to Product',
		'Allocates a bank statement event to a product; replaces an earlier choice',
		{
			action: 'Allocate bank statement event to product',
			fields: [['', { name: 'productId', label: 'Product', listSearch: 'product' }]],
			parameters,
		},
	),
	getAll: list('GET /bankstatements', 'Searches bank statements with their events', {
		parameters: { accountNumber: { label: 'Account Number' } },
		simple: [
			'id',
			'accountNumber',
			'statementNumber',
			'startDate',
			'endDate',
			'currency',
			'startBalance',
			'endBalance',
			'events',
		],
	}),
	removeInvoice: remove(
		'DELETE /bankstatements/{statementId}/events/{eventId}/invoices',
		'Removes the invoice from a bank statement event; the payment on the invoice stays',
		{
			name: 'Remove Invoice',
			action: 'Remove invoice from bank statement event',
			parameters,
		},
	),
	removeProduct: remove(
		'DELETE /bankstatements/{statementId}/events/{eventId}/products',
		'Removes the product from a bank statement event',
		{ name: 'Remove Product', action: 'Remove product from bank statement event', parameters },
	),
	removeRows: remove(
		'DELETE /bankstatements/{statementId}/events/{eventId}/metadata',
		'Removes all posting rows from a bank statement event',
		{ name: 'Remove Posting Rows', action: 'Remove posting rows from bank statement event', parameters },
	),
	setRows: send(
		'PUT /bankstatements/{statementId}/events/{eventId}/metadata',
		'Set Posting Rows',
		'Sets the accounts and VAT of a bank statement event; replaces earlier rows',
		{
			action: 'Set posting rows of bank statement event',
			fields: [allocationRows],
			parameters,
		},
	),
});
