import { changeStatus } from '../shared/changeStatus';
import {
	approveInvoice,
	callsOfStep,
	circulateInvoice,
	invalidateInvoice,
	rejectInvoice,
	reopenInvoice,
	sendInvoice,
	verifyInvoice,
} from './statusSteps';
import { callsOfBookkeeping } from '../shared/bookkeeping/withBookkeeping';
import { getInvoices, includeBookkeeping } from './getInvoices';
import { callsOfBill, getWithFiles } from './getWithFiles';
import { callsOfCreate, callsOfEntries } from './callsOfCreate';
import { callsOfCredit, creditInvoice } from './credit';
import {
	createExpenseClaim,
	createOrder,
	createPurchaseInvoice,
	createSalesInvoice,
	createTravelInvoice,
} from './create';
import { getOpenInvoices, openStatuses } from './openInvoices';
import { postingSettings } from './postingsForm';
import { callsOfSetAccounts, setAccounts } from './setAccounts';
import { callsOfWaiting, circulating, waitingForMe } from './waitingForMe';
import {
	download,
	job,
	list,
	resource,
	send,
	update,
	type FieldSpec,
	type FieldOptions,
	type ExtraField,
} from '../../engine/declare';
import { whenFilterIsEmpty } from '../../engine/emptyFilter';
import { creditSettings } from './creditForm';
import { flatInvoice, fullInvoice } from './flatInvoice';
import { groups, layout } from './formLayout';
import { forms } from './forms';
import { FEE, SENT_FOR_GOOD } from '../shared/formSettings';
import { accountOwner, checkChangedAccount } from './ownAccount';

const invoiceId: FieldOptions = { label: 'Invoice', listSearch: 'invoice' };
const comment: FieldSpec = [
	'comment',
	{ label: 'Comment', description: 'Shown in the history of the invoice, at most 100 characters' },
];
const reviewed = 'purchase invoice, travel invoice or expense claim';

const openInvoiceSettings: ExtraField[] = [
	[
		'side',
		{ type: 'string', enum: ['receivables', 'payables', 'both'] },
		{
			label: 'Show',
			choices: { receivables: 'Receivables', payables: 'Payables', both: 'Both' },
			default: 'receivables',
		},
	],
	[
		'per',
		{ type: 'string', enum: ['invoice', 'partner'] },
		{ label: 'One Item Per', choices: { invoice: 'Invoice', partner: 'Partner' }, default: 'invoice' },
	],
	[
		'allPayments',
		{ type: 'boolean' },
		{
			label: 'Ask for Payments of All',
			description:
				'Whether to read the payments of every invoice, one request each, and not of those alone whose status tells of payments',
			optional: true,
		},
	],
	[
		'day',
		{ type: 'string', format: 'date' },
		{ label: 'Overdue On', description: 'Day that days overdue are counted to; today when left out', optional: true },
	],
	whenFilterIsEmpty,
	[
		'onlyOverdue',
		{ type: 'boolean' },
		{ label: 'Overdue Only', description: 'Whether to leave out what is not due yet', optional: true },
	],
	[
		'statuses',
		{ type: 'array', items: { type: 'string', enum: [...new Set(Object.values(openStatuses).flat())] } },
		{ label: 'Statuses', description: 'All that money is still to come or go for when empty', optional: true },
	],
];

/** What all operations that create an invoice have in common. */
const creating = {
	calls: [...callsOfCreate],
	partial: true,
	bodyFirst: true,
	groups,
	layout,
	simple: fullInvoice,
	notice: FEE,
};

const changeable: FieldSpec[] = [
	['additionalInformation', { label: 'Additional Information', description: 'Printed on the invoice' }],
	['counterParty.contactPersonName', { name: 'contactPerson', label: 'Contact Person' }],
	['counterParty.counterPartyAddress.city', { name: 'counterPartyCity', label: 'City' }],
	[
		'counterParty.counterPartyAddress.country',
		{ name: 'counterPartyCountry', label: 'Country', placeholder: 'e.g. Finland' },
	],
	['counterParty.counterPartyAddress.name', { name: 'counterPartyName', label: 'Customer or Supplier Name' }],
	['counterParty.counterPartyAddress.street', { name: 'counterPartyStreet', label: 'Street' }],
	['counterParty.counterPartyAddress.zip', { name: 'counterPartyZip', label: 'Zip Code' }],
	['counterParty.email', { name: 'counterPartyEmail', label: 'Email', placeholder: 'e.g. name@example.com' }],
	['date', { label: 'Invoice Date' }],
	['discountPercent', { label: 'Discount %' }],
	['invoiceChannel', { choices: { MAIL: 'Post', NO_SENDING: 'No Sending' } }],
	['language', { label: 'Language' }],
	['notes', { label: 'Notes', description: 'Not printed on the invoice' }],
	['orderReference', { label: 'Order Reference' }],
	['originalInvoiceNumber', { label: 'Own Invoice Number' }],
	[
		'paymentInfo.bankAccount.accountNumber',
		{ name: 'bankAccount', label: 'Bank Account (IBAN)', placeholder: 'e.g. FI2112345600000785' },
	],
	['paymentInfo.bankReferenceCode', { label: 'Reference Number' }],
	['paymentInfo.dueDate', { label: 'Due Date' }],
	['penaltyPercent', { label: 'Penal Interest %' }],
	['vatStatus', { listSearch: 'vatStatus' }],
];

export const invoice = resource('invoice', 'Invoice', ['invoice', 'invoices'], {
	approve: job(
		changeStatus(approveInvoice),
		'PUT /invoices/{invoiceId}/approve',
		'Approve',
		'Approves an unfinished sales invoice or a verified purchase, travel or expense invoice; returns whether it changed',
		{
			calls: [...callsOfStep],
			fields: [],
			more: [comment],
			parameters: {
				invoiceId,
				updateInventory: { label: 'Update Inventory', description: 'Whether the stock of the products is changed too' },
			},
		},
	),
	create: job(
		createSalesInvoice,
		'POST /invoices',
		'Create Sales Invoice',
		'Saves a sales invoice with accounts and dimensions on its rows, approves and sends it if wanted; safe to repeat with an own number',
		{
			...creating,
			calls: [...callsOfCreate, ...callsOfEntries],
			action: 'Create sales invoice',
			...forms.sales,
			parameters: {
				addCollectionPenalCosts: {
					label: 'Add Collection Costs',
					description: 'Whether to add unpaid collection and penal costs to the invoice',
				},
			},
		},
	),
	createExpenseClaim: job(
		createExpenseClaim,
		'POST /invoices',
		'Create Expense Claim',
		'Saves the expenses that a person claims, and sends the claim to circulation if wanted',
		{ ...creating, action: 'Create expense claim', hidden: ['addCollectionPenalCosts'], ...forms.expense },
	),
	createOrder: job(
		createOrder,
		'POST /invoices',
		'Create Order or Offer',
		'Saves a sales order, an offer, or a purchase order',
		{
			...creating,
			action: 'Create order or offer',
			notice: undefined,
			hidden: ['addCollectionPenalCosts'],
			...forms.order,
		},
	),
	createPurchase: job(
		createPurchaseInvoice,
		'POST /invoices',
		'Create Purchase Invoice',
		'Saves a bill with accounts and dimensions on its rows, and sends it to circulation if wanted',
		{ ...creating, action: 'Create purchase invoice', hidden: ['addCollectionPenalCosts'], ...forms.purchase },
	),
	createTravelInvoice: job(
		createTravelInvoice,
		'POST /invoices',
		'Create Travel Invoice',
		'Saves what a person claims for a journey, and sends the claim to circulation if wanted',
		{ ...creating, action: 'Create travel invoice', hidden: ['addCollectionPenalCosts'], ...forms.travel },
	),
	credit: job(
		creditInvoice,
		undefined,
		'Credit',
		'Credits a sales invoice, all of it or chosen rows and amounts, and sets both off if wanted; safe to repeat',
		{
			action: 'Credit invoice',
			notice: FEE,
			calls: ['POST /invoices', ...callsOfCredit],
			extraFields: [
				[
					'invoiceId',
					{ type: 'string' },
					{ ...invoiceId, description: 'The sales invoice that is credited', required: true },
				],
				[
					'date',
					{ type: 'string', format: 'date' },
					{ label: 'Credit Date', placeholder: 'Today', description: 'Today when empty', refuseEmptyExpression: true },
				],
				...creditSettings,
			],
			simple: creating.simple,
		},
	),
	downloadImage: download(
		'GET /invoices/{invoiceId}/image',
		'Download Image',
		'Fetches a page of the picture of an invoice',
		{
			action: 'Download invoice image',
			fileName: ({ ids, query }) =>
				`invoice-${ids.invoiceId}-${String(query.page ?? 1)}.${String(query.format ?? 'png').toLowerCase()}`,
			parameters: { invoiceId, page: { label: 'Page', default: 1 }, format: { label: 'Format' } },
		},
	),
	get: job(getInvoices, 'GET /invoices/{invoiceId}', 'Get', 'Reads one or more invoices with their rows', {
		calls: [...callsOfBookkeeping],
		extraFields: [includeBookkeeping],
		parameters: {
			invoiceId: {
				label: 'Invoice ID',
				listSearch: 'invoice',
				description: 'One ID, or several separated by commas',
				placeholder: 'e.g. 12345',
			},
		},
		simple: fullInvoice,
	}),
	getAll: list('GET /invoices', 'Searches invoices of every type', {
		details: 'GET /invoices/{invoiceId}',
		variants: {
			parameter: 'isOffer',
			label: 'Show',
			description: 'Procountor leaves offers out of its list unless it is asked for them',
			choices: [
				{ name: 'Invoices and Orders', value: 'invoices', values: [undefined] },
				{ name: 'Invoices, Orders and Offers', value: 'all', values: [undefined, true] },
				{ name: 'Offers', value: 'offers', values: [true] },
			],
		},
		simple: flatInvoice,
		simpleDetails: fullInvoice,
	}),
	getHistories: list(
		'GET /invoices/transactions',
		'Lists what has happened to several invoices, at most 200 at a time',
		{
			name: 'Get Many Histories',
			action: 'Get many invoice histories',
			parameters: { invoiceIds: { label: 'Invoice IDs', placeholder: 'e.g. 12345, 12346' } },
		},
	),
	getHistory: list(
		'GET /invoices/{invoiceId}/transactions',
		'Lists what has happened to an invoice, when and by whom',
		{ name: 'Get History', action: 'Get invoice history', parameters: { invoiceId } },
	),
	getOpenInvoices: job(
		getOpenInvoices,
		undefined,
		'Get Open Invoices',
		'Lists receivables or payables with what is paid, open and overdue, an item for each invoice or partner',
		{
			action: 'Get open invoices',
			extraFields: openInvoiceSettings,
			calls: ['GET /invoices', 'GET /invoices/{invoiceId}/paymentevents'],
		},
	),
	getWaiting: job(
		waitingForMe,
		undefined,
		'Get Many Waiting for Me',
		"Lists the invoices that the credential's user is to verify or to approve, whole",
		{
			action: 'Get many invoices waiting for me',
			calls: [...callsOfWaiting],
			extraFields: [
				[
					'waitingFor',
					{ type: 'string', enum: ['both', 'verification', 'approval'] },
					{ label: 'Waiting For', choices: { both: 'Verification or Approval' }, default: 'both' },
				],
				[
					'types',
					{ type: 'array', items: { type: 'string', enum: circulating } },
					{ label: 'Invoice Types', optional: true, description: 'All when empty' },
				],
				whenFilterIsEmpty,
			],
			simple: fullInvoice,
		},
	),
	getWithFiles: job(
		getWithFiles,
		'GET /invoices/{invoiceId}/image',
		'Get with Files',
		'Reads an invoice with the pages of its picture and its attachments as binary fields',
		{
			action: 'Get invoice with files',
			calls: [...callsOfBill],
			hidden: ['page'],
			parameters: { invoiceId, format: { label: 'Picture Format' } },
			extraFields: [
				[
					'pages',
					{ type: 'boolean' },
					{
						label: 'Picture',
						default: true,
						optional: true,
						description: 'Whether to fetch the pages of the picture, as page_1, page_2 and so on',
					},
				],
				[
					'attachments',
					{ type: 'boolean' },
					{
						label: 'Attachments',
						default: true,
						optional: true,
						description: 'Whether to fetch the attachments, as attachment_1, attachment_2 and so on',
					},
				],
			],
			simple: fullInvoice,
		},
	),
	invalidate: job(
		changeStatus(invalidateInvoice),
		'PUT /invoices/{invoiceId}/invalidate',
		'Invalidate',
		'Makes an invoice void if its day is in an open period; returns whether it changed',
		{
			calls: [...callsOfStep],
			parameters: { invoiceId },
			notice: 'An invalidated invoice cannot be restored through the API.',
		},
	),
	markAsUnfinished: job(
		changeStatus(reopenInvoice),
		'PUT /invoices/{invoiceId}/unfinished',
		'Mark as Unfinished',
		'Sets an invoice back to Unfinished so that it can be edited; returns whether it changed',
		{ calls: [...callsOfStep], action: 'Mark invoice as unfinished', parameters: { invoiceId } },
	),
	reject: job(
		changeStatus(rejectInvoice),
		'PUT /invoices/{invoiceId}/reject',
		'Reject',
		'Rejects a bill or a sales invoice if its day is in an open period; returns whether it changed',
		{ calls: [...callsOfStep], fields: [], more: [comment], parameters: { invoiceId } },
	),
	send: job(
		changeStatus(sendInvoice),
		'PUT /invoices/{invoiceId}/send',
		'Send',
		'Sends an approved sales invoice to the customer by its channel, once; returns whether it changed',
		{
			calls: [...callsOfStep],
			notice: SENT_FOR_GOOD,
			extraFields: [
				[
					'again',
					{ type: 'boolean' },
					{
						label: 'Send Again',
						optional: true,
						description:
							'Whether to send an invoice that was sent earlier; otherwise it stays as it is, so that a repeated run sends nothing twice',
					},
				],
			],
			parameters: { invoiceId },
		},
	),
	sendToCirculation: job(
		changeStatus(circulateInvoice),
		'PUT /invoices/{invoiceId}/sendToCirculation',
		'Send to Circulation',
		`Sends an unfinished ${reviewed} to its verifiers and approvers; returns whether it changed`,
		{ calls: [...callsOfStep], action: 'Send invoice to circulation', parameters: { invoiceId } },
	),
	setAccounts: job(
		setAccounts,
		undefined,
		'Set Accounts and Dimensions',
		'Posts the rows of an unfinished or received invoice to accounts and dimensions; safe to repeat',
		{
			action: 'Set accounts and dimensions of invoice',
			calls: [...callsOfSetAccounts],
			extraFields: [['invoiceId', { type: 'string' }, { ...invoiceId, required: true }], ...postingSettings],
		},
	),
	setNotes: send('PUT /invoices/{invoiceId}/notes', 'Set Notes', 'Replaces the notes of an invoice, in any status', {
		action: 'Set invoice notes',
		fields: [['notes', { label: 'Notes', description: 'Not printed on the invoice' }]],
		parameters: { invoiceId },
	}),
	update: update(
		'PUT /invoices/{invoiceId}',
		'Changes an unfinished invoice; changed rows, VAT or currency can give it a new receipt',
		{
			more: [...changeable, ['invoiceRows', { label: 'Rows' }]],
			extraFields: [accountOwner],
			checkUpdate: checkChangedAccount,
			parameters: { invoiceId },
			simple: fullInvoice,
		},
	),
	verify: job(
		changeStatus(verifyInvoice),
		'PUT /invoices/{invoiceId}/verify',
		'Verify',
		`Verifies a received ${reviewed}; returns whether it changed`,
		{ calls: [...callsOfStep], fields: [], more: [comment], parameters: { invoiceId } },
	),
});
