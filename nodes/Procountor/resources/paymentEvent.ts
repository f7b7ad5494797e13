import { get, list, remove, resource, send, type FieldWords } from '../operation/declare';

const invoiceId: FieldWords = { label: 'Invoice', pick: 'invoice' };
const paymentEventId: FieldWords = { label: 'Payment Event ID', placeholder: 'e.g. 12345' };

export const paymentEvent = resource('paymentEvent', 'Payment Event', ['payment event', 'payment events'], {
	delete: remove('DELETE /invoices/{invoiceId}/paymentevents/{paymentEventId}', 'Asks for a mark as paid to be taken off an invoice; a person confirms it in the Procountor Key app', { words: { invoiceId, paymentEventId } }),
	get: get('GET /invoices/{invoiceId}/paymentevents/{paymentEventId}', 'Reads one payment of an invoice', { words: { invoiceId, paymentEventId } }),
	getAll: list('GET /invoices/{invoiceId}/paymentevents', 'Lists the payments that an invoice has had', { words: { invoiceId } }),
	markAsPaid: send('PUT /invoices/{invoiceId}/paymentevents/markpaid', 'Mark as Paid', 'Marks an invoice as paid elsewhere, in full or in part', {
		action: 'Mark invoice as paid',
		about: 'invoice',
		fields: [
			['paymentDate', { label: 'Payment Date', hint: 'In an open period' }],
			['amount', { label: 'Amount' }],
			['currency', { label: 'Currency', default: 'EUR', hint: 'The currency of the invoice' }],
		],
		more: [
			['description', { label: 'Description', hint: 'Sales invoices only' }],
			['paymentMethodType', { label: 'Payment Method', hint: 'Sales invoices only' }],
		],
		words: { invoiceId, addPenalExpense: { label: 'Add Penal Expenses', hint: 'Whether penal expenses are added; sales invoices only' } },
	}),
});
