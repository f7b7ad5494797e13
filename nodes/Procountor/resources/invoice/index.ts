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
import { invoiceId } from './formFields';
import { readOperations } from './readOperations';
import { callsOfCreate, callsOfEntries } from './callsOfCreate';
import { callsOfCredit, creditInvoice } from './credit';
import {
	createExpenseClaim,
	createOrder,
	createPurchaseInvoice,
	createSalesInvoice,
	createTravelInvoice,
} from './create';
import { postingSettings } from './postingsForm';
import { callsOfSetAccounts, setAccounts } from './setAccounts';
import { job, resource, send, update, type FieldSpec } from '../../engine/declare';
import { creditSettings } from './creditForm';
import { fullInvoice } from './flatInvoice';
import { groups, layout } from './formLayout';
import { forms } from './forms';
import { FEE, SENT_FOR_GOOD } from '../shared/formSettings';
import { checkChangedJourneys } from './checks';
import { accountOwner, checkChangedAccount } from './ownAccount';

const comment: FieldSpec = ['comment', { description: 'Shown in the history of the invoice, at most 100 characters' }];
const circulatingTypes = 'purchase invoice, travel invoice or expense claim';

/** The options that all operations that create an invoice share. */
const createOptions = {
	calls: [...callsOfCreate],
	partial: true,
	bodyFirst: true,
	groups,
	layout,
	simple: fullInvoice,
	notice: FEE,
};

const updatableFields: FieldSpec[] = [
	['additionalInformation', { label: 'Additional Information', description: 'Printed on the invoice' }],
	['counterParty.contactPersonName', { name: 'contactPerson', label: 'Contact Person' }],
	['counterParty.counterPartyAddress.city', { name: 'counterPartyCity', label: 'City' }],
	[
		'counterParty.counterPartyAddress.country',
		{ name: 'counterPartyCountry', label: 'Country', placeholder: 'e.g. Finland' },
	],
	['counterParty.counterPartyAddress.name', { name: 'counterPartyName', label: 'Customer or Supplier Name' }],
	['counterParty.counterPartyAddress.street', { name: 'counterPartyStreet', label: 'Street' }],
	['counterParty.counterPartyAddress.zip', { name: 'counterPartyZip' }],
	['counterParty.email', { name: 'counterPartyEmail', placeholder: 'e.g. name@example.com' }],
	['date', { label: 'Invoice Date' }],
	'discountPercent',
	['invoiceChannel', { choices: { MAIL: 'Post', NO_SENDING: 'No Sending' } }],
	['language', { label: 'Language' }],
	['notes', { label: 'Notes', description: 'Not printed on the invoice' }],
	'orderReference',
	'originalInvoiceNumber',
	[
		'paymentInfo.bankAccount.accountNumber',
		{ name: 'bankAccount', label: 'Bank Account (IBAN)', placeholder: 'e.g. FI2112345600000785' },
	],
	'paymentInfo.bankReferenceCode',
	['paymentInfo.dueDate', { label: 'Due Date' }],
	'penaltyPercent',
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
				updateInventory: { label: 'Update Inventory', description: 'Whether to change the stock of the products too' },
			},
		},
	),
	create: job(
		createSalesInvoice,
		'POST /invoices',
		'Create Sales Invoice',
		'Creates a sales invoice with accounts and dimensions; optionally approves and sends it; safe to repeat with an own number',
		{
			...createOptions,
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
		'Creates an expense claim of a person; optionally sends it to circulation',
		{ ...createOptions, action: 'Create expense claim', hidden: ['addCollectionPenalCosts'], ...forms.expense },
	),
	createOrder: job(
		createOrder,
		'POST /invoices',
		'Create Order or Offer',
		'Creates a sales order, an offer, or a purchase order',
		{
			...createOptions,
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
		'Creates a bill with accounts and dimensions on its rows; optionally sends it to circulation',
		{ ...createOptions, action: 'Create purchase invoice', hidden: ['addCollectionPenalCosts'], ...forms.purchase },
	),
	createTravelInvoice: job(
		createTravelInvoice,
		'POST /invoices',
		'Create Travel Invoice',
		'Creates a travel invoice of a person; optionally sends it to circulation',
		{ ...createOptions, action: 'Create travel invoice', hidden: ['addCollectionPenalCosts'], ...forms.travel },
	),
	credit: job(
		creditInvoice,
		undefined,
		'Credit',
		'Credits all or part of a sales invoice; optionally sets both off; safe to repeat',
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
			simple: createOptions.simple,
		},
	),
	...readOperations,
	invalidate: job(
		changeStatus(invalidateInvoice),
		'PUT /invoices/{invoiceId}/invalidate',
		'Invalidate',
		'Invalidates an invoice whose date is in an open period; returns whether it changed',
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
		'Rejects a bill or a sales invoice whose date is in an open period; returns whether it changed',
		{ calls: [...callsOfStep], fields: [], more: [comment], parameters: { invoiceId } },
	),
	send: job(
		changeStatus(sendInvoice),
		'PUT /invoices/{invoiceId}/send',
		'Send',
		'Sends an approved sales invoice to the customer, once; returns whether it changed',
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
						description: 'Whether to send an invoice that was sent before; off, a repeated run sends nothing twice',
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
		`Sends an unfinished ${circulatingTypes} to its verifiers and approvers; returns whether it changed`,
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
			more: [...updatableFields, 'invoiceRows'],
			extraFields: [accountOwner],
			checkUpdate: async (client, invoice, changes, settings) => {
				checkChangedJourneys(changes);
				await checkChangedAccount(client, invoice, changes, settings);
			},
			parameters: { invoiceId },
			simple: fullInvoice,
		},
	),
	verify: job(
		changeStatus(verifyInvoice),
		'PUT /invoices/{invoiceId}/verify',
		'Verify',
		`Verifies a received ${circulatingTypes}; returns whether it changed`,
		{ calls: [...callsOfStep], fields: [], more: [comment], parameters: { invoiceId } },
	),
});
