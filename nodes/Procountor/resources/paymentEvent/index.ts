import { callsOfMarkPaid, markAsPaid } from './markPaid';
import { get, job, list, remove, resource, type FieldOptions } from '../../engine/declare';
import { ifPaymentExists, lookUp, NUMBER_TEXT } from '../shared/formSettings';

const invoiceId: FieldOptions = { label: 'Invoice', listSearch: 'invoice' };
const paymentEventId: FieldOptions = { label: 'Payment Event ID', placeholder: 'e.g. 12345' };

export const paymentEvent = resource('paymentEvent', 'Payment Event', ['payment event', 'payment events'], {
	delete: remove(
		'DELETE /invoices/{invoiceId}/paymentevents/{paymentEventId}',
		'Deletes a payment event of an invoice; a user confirms it in the Procountor Key app',
		{ parameters: { invoiceId, paymentEventId } },
	),
	get: get('GET /invoices/{invoiceId}/paymentevents/{paymentEventId}', 'Reads one payment of an invoice', {
		parameters: { invoiceId, paymentEventId },
	}),
	getAll: list('GET /invoices/{invoiceId}/paymentevents', 'Lists the payments of an invoice', {
		parameters: { invoiceId },
	}),
	markAsPaid: job(
		markAsPaid,
		'PUT /invoices/{invoiceId}/paymentevents/markpaid',
		'Mark as Paid',
		"Marks all or part of an invoice's open amount as paid outside Procountor; safe to repeat",
		{
			action: 'Mark invoice as paid',
			noun: 'invoice',
			calls: [...callsOfMarkPaid],
			partial: true,
			extraFields: [
				[
					'amount',
					NUMBER_TEXT,
					{
						label: 'Amount',
						placeholder: 'e.g. 120.50',
						description: 'What is still open when empty; in the currency of the invoice',
						refuseEmptyExpression: true,
					},
				],
				ifPaymentExists('What to do if the invoice has a payment of the same amount and date'),
				lookUp,
			],
			fields: [
				[
					'paymentDate',
					{ label: 'Payment Date', description: 'In an open period; today when empty', refuseEmptyExpression: true },
				],
				['currency', { label: 'Currency', description: "The invoice's when empty; another is refused" }],
			],
			more: [
				['description', { label: 'Description', description: 'Sales invoices only' }],
				['paymentMethodType', { label: 'Payment Method', description: 'Sales invoices only' }],
			],
			parameters: {
				invoiceId,
				addPenalExpense: {
					label: 'Add Penal Expenses',
					description: 'Whether to add penal expenses; sales invoices only',
				},
			},
		},
	),
});
