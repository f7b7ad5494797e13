import {
	create,
	get,
	job,
	list,
	remove,
	resource,
	send,
	type FieldNote,
	type FieldWords,
	type Setting,
} from '../../engine/declare';
import { getConfirmation } from '../shared/confirmation';
import { choice, optional } from '../shared/formSettings';
import { callsOfTransfers, createTransfers } from './createTransfers';
import { callsOfPayInvoices, payInvoices } from './payInvoices';

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

const ACCOUNT: FieldWords = { placeholder: 'e.g. FI2112345600000785' };

const payInvoicesSettings: Setting[] = [
	[
		'invoiceIds',
		{ type: 'string' },
		{
			label: 'Invoice IDs',
			required: true,
			default: '={{ $json.invoiceId ?? $json.id }}',
			hint: 'One ID for each item, or several separated by commas',
		},
	],
	choice(
		'paymentDay',
		{ dueDate: 'Due Date', next: 'Next Bank Day', given: 'Given Date' },
		{ label: 'Payment Date', hint: 'A due date that has passed or is no bank day becomes the next bank day' },
	),
	[
		'date',
		{ type: 'string', format: 'date' },
		{ label: 'Given Date', optional, hint: "Day on which the bank pays if Payment Date is 'Given Date'" },
	],
	[
		'message',
		{ type: 'string', maxLength: 140 },
		{ label: 'Message', optional, hint: 'The invoice number when left out; reference numbers go before messages' },
	],
	[
		'payerBankAccount',
		{ type: 'string' },
		{
			label: 'Payer Account (IBAN)',
			...ACCOUNT,
			optional,
			hint: "One of the company's accounts; the default for payments when left out",
		},
	],
	[
		'serviceCharge',
		{ type: 'string', enum: ['BOTH_PAY_OWN_FEES', 'PAYER_PAY_BOTH_FEES'] },
		{ label: 'Service Charge', optional, hint: 'For foreign payments' },
	],
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

/** The recipient's address, in the fields that banks ask for. */
const recipientAddress: [string, FieldNote[]] = [
	'Address',
	[
		['recipientNameAndAddress.street', { name: 'street', label: 'Street' }],
		['recipientNameAndAddress.zip', { name: 'zip', label: 'Zip Code' }],
		['recipientNameAndAddress.city', { name: 'city', label: 'Town' }],
		[
			'recipientNameAndAddress.country',
			{
				name: 'country',
				label: 'Country',
				placeholder: 'e.g. Finland',
				hint: 'An address needs town and country; a foreign payment needs all of it',
			},
		],
	],
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
						folded: recipientAddress,
					},
				],
			],
		},
	),
	createBankTransfers: job(
		createTransfers,
		'POST /payments/directbanktransfers',
		'Create Bank Transfers',
		'Orders transfers without an invoice, one order for all items; a user confirms it in the Procountor Key app',
		{
			action: 'Create direct bank transfers',
			about: 'bank transfers',
			calls: [...callsOfTransfers],
			bodyFirst: true,
			settings: [
				choice(
					'ifExists',
					{ return: 'Leave It Out', create: 'Create Anyway' },
					{
						label: 'If It Already Exists',
						optional,
						hint: 'What to do with a transfer whose Own ID was ordered before, or that shows among the payments',
					},
				),
			],
			fields: [
				[
					'directBankTransfers',
					{
						name: 'transfers',
						label: 'Transfers',
						columns: [
							['currencyCode', { label: 'Currency', default: 'EUR' }],
							['customId', { label: 'Own ID', hint: 'Your own reference; with it a transfer is ordered only once' }],
							...recipient,
						],
						folded: recipientAddress,
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
	payInvoices: job(
		payInvoices,
		undefined,
		'Pay Invoices',
		'Orders the payment of the bills of all items; a user confirms it once in the Procountor Key app; safe to repeat',
		{ action: 'Pay invoices', calls: [...callsOfPayInvoices], settings: payInvoicesSettings },
	),
	waitForConfirmation: job(
		getConfirmation,
		'GET /mfatransactionresult/{transactionIdentifier}',
		'Wait for Confirmation',
		'Waits for the decision in the Procountor Key app; returns CONFIRMED with the payments, REJECTED, EXPIRED, or WAITING',
		{
			action: 'Wait for confirmation of payment',
			about: 'confirmation',
			words: {
				transactionIdentifier: {
					label: 'Transaction Identifier',
					default: '={{ $json.transactionIdentifier }}',
					hint: 'From the operation that waits for the confirmation; payments, deletions, and changes of user data alike',
				},
			},
			settings: [
				[
					'wait',
					{ type: 'integer', minimum: 0, maximum: 3600 },
					{
						label: 'Wait (Seconds)',
						hint: 'How long to wait for a decision; for longer waits, repeat this after a Wait node',
						default: 300,
					},
				],
			],
		},
	),
});
