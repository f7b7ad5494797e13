import { create, get, list, remove, resource, send, type FieldNote, type FieldWords } from '../engine/declare';

const paymentId: FieldWords = { label: 'Payment ID', placeholder: 'e.g. 12345' };
const simple = [
	'id',
	'invoiceId',
	'status',
	'paymentDate',
	'amount',
	'currency',
	'receiverName',
	'receiverAccount',
	'payerAccount',
	'message',
];

/** To whom a transfer goes, and with which reference; the parts that payments of all kinds share. */
const recipient: FieldNote[] = [
	['amount', { label: 'Amount' }],
	['paymentDate', { label: 'Payment Date', hint: 'Day on which the bank pays; later than today' }],
	['recipientNameAndAddress.name', { name: 'recipientName', label: 'Recipient' }],
	['recipientBankAccount', { label: 'Recipient Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
	['recipientBicCode', { label: 'Recipient BIC' }],
	['paymentMethod', { label: 'Payment Method', default: 'FINNISH_BANK_TRANSFER' }],
	['bankReferenceCode', { label: 'Reference Number' }],
	['bankReferenceCodeType', { label: 'Reference Type' }],
	['message', { label: 'Message', hint: 'Where there is no reference number' }],
	[
		'payerBankAccount',
		{ label: 'Payer Account (IBAN)', hint: "One of the company's accounts; the default for payments when empty" },
	],
	['serviceCharge', { label: 'Service Charge' }],
];

export const payment = resource('payment', 'Payment', ['payment', 'payments'], {
	cancel: send(
		'PUT /payments/{paymentId}/cancel',
		'Cancel',
		'Asks for a queued payment to be cancelled; a person confirms it in the Procountor Key app',
		{ words: { paymentId } },
	),
	create: create(
		'POST /payments',
		'Asks for approved invoices to be paid, all of them or none; a person confirms it in the Procountor Key app',
		{
			fields: [
				[
					'payments',
					{
						label: 'Payments',
						columns: [
							['invoiceId', { label: 'Invoice ID', placeholder: 'e.g. 12345' }],
							[
								'invoiceVersion',
								{
									label: 'Invoice Version',
									hint: 'The version of the invoice, so that nothing is paid that has changed since',
								},
							],
							...recipient,
						],
					},
				],
			],
		},
	),
	createBankTransfers: send(
		'POST /payments/directbanktransfers',
		'Create Bank Transfers',
		'Asks for transfers without an invoice; a person confirms them in the Procountor Key app',
		{
			action: 'Create direct bank transfers',
			about: 'bank transfers',
			fields: [
				[
					'directBankTransfers',
					{
						name: 'transfers',
						label: 'Transfers',
						columns: [
							['currencyCode', { label: 'Currency', default: 'EUR' }],
							['customId', { label: 'Own ID', hint: 'A mark of your own, found again in the confirmation' }],
							...recipient,
						],
					},
				],
			],
		},
	),
	delete: remove(
		'DELETE /payments/{paymentId}',
		'Asks for a payment of an invoice to be removed before it is queued; a person confirms it in the Procountor Key app',
		{ words: { paymentId } },
	),
	get: get('GET /payments/{paymentId}', 'Reads one payment with the accounts of payer and receiver', {
		words: { paymentId },
		simple,
	}),
	getAll: list('GET /payments', 'Searches payments by their date or invoice', {
		words: { invoiceId: { label: 'Invoice IDs', hint: 'Several separated by commas' } },
	}),
	getErrors: list('GET /payments/errormessages', 'Lists what banks refused or reported as faulty', {
		name: 'Get Many Error Messages',
		action: 'Get many payment error messages',
		words: {
			createdStartDate: { label: 'Created From', hint: 'First day of the messages' },
			createdEndDate: { label: 'Created Until', hint: 'Last day of the messages' },
			status: { hint: undefined, choices: { HANDLED: 'Handled', UNHANDLED: 'Not Handled' } },
			type: { label: 'Type' },
		},
	}),
	getEvents: list(
		'GET /payments/paymentevents',
		'Lists the payments that several invoices have had, also those made elsewhere',
		{
			name: 'Get Many Events',
			action: 'Get many payment events of invoices',
			words: { invoiceId: { label: 'Invoice IDs', hint: 'Several separated by commas' } },
		},
	),
});
