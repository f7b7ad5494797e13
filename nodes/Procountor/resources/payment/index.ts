import {
	get,
	job,
	list,
	remove,
	resource,
	send,
	type FieldSpec,
	type FieldOptions,
	type ExtraField,
} from '../../engine/declare';
import { serialDates } from '../../engine/serialDates';
import { getConfirmation } from '../shared/confirmation';
import { choice, CANNOT_BE_UNDONE } from '../../engine/operationOptions';
import { ifPaymentExists, MOVES_MONEY, optional } from '../shared/formSettings';
import { callsOfCreatePayments, createPayments } from './createPayments';
import { callsOfTransfers, createTransfers } from './createTransfers';
import { callsOfPayInvoices, payInvoices } from './payInvoices';

const paymentId: FieldOptions = { label: 'Payment ID', placeholder: 'e.g. 12345' };
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

const ACCOUNT: FieldOptions = { placeholder: 'e.g. FI2112345600000785' };

const payInvoicesSettings: ExtraField[] = [
	[
		'invoiceIds',
		{ type: 'string' },
		{
			label: 'Invoice IDs',
			required: true,
			default: '={{ $json.invoiceId ?? $json.id }}',
			description: 'One ID for each item, or several separated by commas',
		},
	],
	choice(
		'paymentDay',
		{ dueDate: 'Due Date', next: 'Next Bank Day', given: 'Given Date' },
		{ label: 'Payment Date', description: 'A due date that has passed or is no bank day becomes the next bank day' },
	),
	[
		'date',
		{ type: 'string', format: 'date' },
		{
			label: 'Given Date',
			description: 'Day on which the bank pays',
			displayOptions: { show: { paymentDay: ['given'] } },
		},
	],
	serialDates,
	[
		'message',
		{ type: 'string', maxLength: 140 },
		{
			label: 'Message',
			optional,
			description: 'The invoice number when empty; a reference number is used first',
		},
	],
	[
		'payerBankAccount',
		{ type: 'string' },
		{
			label: 'Payer Account (IBAN)',
			...ACCOUNT,
			optional,
			description: "One of the company's accounts; the default for payments when empty",
		},
	],
	[
		'serviceCharge',
		{ type: 'string', enum: ['BOTH_PAY_OWN_FEES', 'PAYER_PAY_BOTH_FEES'] },
		{ label: 'Service Charge', optional, description: 'For foreign payments' },
	],
];

/** The fields that all kinds of payments share. */
const recipient: FieldSpec[] = [
	['amount', { label: 'Amount' }],
	['paymentDate', { label: 'Payment Date', description: 'Day on which the bank pays; later than today' }],
	['recipientNameAndAddress.name', { name: 'recipientName', label: 'Recipient' }],
	['recipientBankAccount', { label: 'Recipient Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
	['recipientBicCode', { label: 'Recipient BIC' }],
	['paymentMethod', { label: 'Payment Method', default: 'FINNISH_BANK_TRANSFER' }],
	'bankReferenceCode',
	['bankReferenceCodeType', { label: 'Reference Type' }],
	['message', { label: 'Message', description: 'If there is no reference number' }],
	[
		'payerBankAccount',
		{
			label: 'Payer Account (IBAN)',
			description: "One of the company's accounts; the default for payments when empty",
		},
	],
	['serviceCharge', { label: 'Service Charge' }],
];

/** The recipient's address. */
const recipientAddress: [string, FieldSpec[]] = [
	'Address',
	[
		['recipientNameAndAddress.street', { name: 'street', label: 'Street' }],
		['recipientNameAndAddress.zip', { name: 'zip' }],
		['recipientNameAndAddress.city', { name: 'city', label: 'Town' }],
		[
			'recipientNameAndAddress.country',
			{
				name: 'country',
				label: 'Country',
				placeholder: 'e.g. Finland',
				description: 'An address needs town and country; a foreign payment needs all of it',
			},
		],
	],
];

export const payment = resource('payment', 'Payment', ['payment', 'payments'], {
	cancel: send(
		'PUT /payments/{paymentId}/cancel',
		'Cancel',
		'Cancels a queued payment; a user confirms it in the Procountor Key app',
		{ notice: CANNOT_BE_UNDONE, parameters: { paymentId } },
	),
	create: job(
		createPayments,
		'POST /payments',
		'Create',
		'Creates payments for approved invoices (all or none); a user confirms them in the Procountor Key app',
		{
			notice: MOVES_MONEY,
			calls: [...callsOfCreatePayments],
			fields: [
				[
					'payments',
					{
						label: 'Payments',
						fromList: true,
						columns: [
							['invoiceId', { label: 'Invoice', listSearch: 'invoice' }],
							[
								'invoiceVersion',
								{
									label: 'Invoice Version',
									description: 'Version of the invoice, so that a changed invoice is not paid',
								},
							],
							...recipient,
						],
						collapsed: recipientAddress,
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
			action: 'Create bank transfers',
			notice: MOVES_MONEY,
			noun: 'bank transfers',
			calls: [...callsOfTransfers],
			bodyFirst: true,
			extraFields: [ifPaymentExists('What to do with a transfer that was ordered before or is among the payments')],
			fields: [
				[
					'directBankTransfers',
					{
						name: 'transfers',
						label: 'Transfers',
						fromList: true,
						columns: [
							['currencyCode', { label: 'Currency', default: 'EUR' }],
							[
								'customId',
								{
									label: 'Own ID',
									description:
										'Your own reference; without it, recipient, amount, date and message identify a transfer',
								},
							],
							...recipient,
						],
						collapsed: recipientAddress,
					},
				],
			],
		},
	),
	delete: remove(
		'DELETE /payments/{paymentId}',
		'Deletes a payment that is not queued yet; a user confirms it in the Procountor Key app',
		{ parameters: { paymentId } },
	),
	get: get('GET /payments/{paymentId}', 'Returns one payment with the accounts of payer and recipient', {
		parameters: { paymentId },
		simple,
	}),
	getAll: list('GET /payments', 'Searches payments by their date or invoice', {
		parameters: { invoiceId: { label: 'Invoice IDs', description: 'Several separated by commas' } },
	}),
	getErrors: list('GET /payments/errormessages', 'Lists the errors that banks reported for payments', {
		name: 'Get Many Error Messages',
		action: 'Get many payment error messages',
		parameters: {
			createdStartDate: { description: 'First day of the messages' },
			createdEndDate: { description: 'Last day of the messages' },
			status: { description: undefined, choices: { HANDLED: 'Handled', UNHANDLED: 'Not Handled' } },
			type: { label: 'Type' },
		},
	}),
	getEvents: list(
		'GET /payments/paymentevents',
		'Lists the payments of several invoices, also those made outside Procountor',
		{
			name: 'Get Many Events',
			action: 'Get many payment events by invoice',
			parameters: { invoiceId: { label: 'Invoice IDs', description: 'Several separated by commas' } },
		},
	),
	payInvoices: job(
		payInvoices,
		undefined,
		'Pay Invoices',
		'Orders the payment of the bills of all items; a user confirms it once in the Procountor Key app; safe to repeat',
		{ action: 'Pay invoices', notice: MOVES_MONEY, calls: [...callsOfPayInvoices], extraFields: payInvoicesSettings },
	),
	waitForConfirmation: job(
		getConfirmation,
		'GET /mfatransactionresult/{transactionIdentifier}',
		'Wait for Confirmation',
		'Waits for the decision in the Procountor Key app; returns CONFIRMED with the payments, REJECTED, EXPIRED, or WAITING',
		{
			action: 'Wait for payment confirmation',
			noun: 'confirmation',
			parameters: {
				transactionIdentifier: {
					label: 'Transaction Identifier',
					default: '={{ $json.transactionIdentifier }}',
					description:
						'From the operation that waits for the confirmation: a payment, a deletion, or a change of user data',
				},
			},
			extraFields: [
				[
					'wait',
					{ type: 'integer', minimum: 0, maximum: 3600 },
					{
						label: 'Wait (Seconds)',
						description: 'How long to wait for a decision; for longer waits, repeat this after a Wait node',
						default: 300,
					},
				],
			],
		},
	),
});
