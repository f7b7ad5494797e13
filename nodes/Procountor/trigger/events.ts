import type { Operation, Resource } from '../engine/types';
import { resources } from '../resources';
import type { Fields, StrategyName } from './step';

/** What a workflow can be started by. Everything else about it (filters, details, fields) is its list's declaration. */
export interface Event {
	/** The value in workflows; never changed once published. */
	value: string;
	name: string;
	description: string;
	resource: string;
	strategy: StrategyName;
	fields: Fields;
	/** Filters by the API's names whose outcome stays for a record. All others are asked once a record is found. */
	immutableFilters?: string[];
	createdUntil?: { parameter: string; day: boolean };
	/** How many of the last records are read again, where a list tells no time of creation. */
	margin?: number;
	/** Values that the event itself fixes, by the API's names. */
	fixed?: Operation['fixed'];
	/** The statuses whose reaching is the event; the person's choice when left out. */
	targets?: string[];
	/** Its items can contain the bookkeeping of the invoice. */
	hasBookkeeping?: boolean;
}

const CREATED_UNTIL = { parameter: 'createdEndDate', day: false };

const invoice = {
	resource: 'invoice',
	fields: { id: 'id', created: 'created', version: 'version', status: 'status' },
	immutableFilters: ['types'],
};
const invoiceStatus = { ...invoice, strategy: 'status' as const };
const ledgerReceipt = { ...invoice, resource: 'ledgerReceipt' };

export const events: Event[] = [
	{
		...invoice,
		value: 'invoiceCreated',
		name: 'New Invoice',
		description: 'When an invoice of any type is new; a draft that somebody has just opened counts once it is saved',
		strategy: 'created',
		createdUntil: CREATED_UNTIL,
	},
	{
		...invoice,
		value: 'invoiceUpdated',
		name: 'Invoice Updated',
		description: 'When an invoice is new or has changed in any way',
		strategy: 'changed',
	},
	{
		...invoiceStatus,
		value: 'invoiceStatusChanged',
		name: 'Invoice Status Changed',
		description: 'When an invoice gets one of the chosen statuses',
	},
	{
		...invoiceStatus,
		value: 'billReceived',
		name: 'Bill Received',
		description: 'When a purchase invoice has arrived and is waiting for verification',
		fixed: { types: 'PURCHASE_INVOICE' },
		targets: ['RECEIVED'],
		hasBookkeeping: true,
	},
	{
		...invoiceStatus,
		value: 'billApproved',
		name: 'Bill Approved',
		description: 'When a purchase invoice has been approved for payment',
		fixed: { types: 'PURCHASE_INVOICE' },
		targets: ['APPROVED'],
		hasBookkeeping: true,
	},
	{
		...invoiceStatus,
		value: 'salesInvoiceSent',
		name: 'Sales Invoice Sent',
		description: 'When a sales invoice has been sent',
		fixed: { types: 'SALES_INVOICE' },
		targets: ['SENT'],
	},
	{
		...invoiceStatus,
		value: 'invoicePaid',
		name: 'Invoice Paid',
		description: 'When an invoice of any type has been paid in full, or marked as paid',
		targets: ['PAID', 'MARKED_PAID'],
	},
	{
		...ledgerReceipt,
		value: 'ledgerReceiptCreated',
		name: 'New Ledger Receipt',
		description: 'When a receipt of any type is new; a draft that somebody has just opened counts once it is saved',
		strategy: 'created',
		createdUntil: CREATED_UNTIL,
	},
	{
		...ledgerReceipt,
		value: 'ledgerReceiptUpdated',
		name: 'Ledger Receipt Updated',
		description: 'When a receipt is new or has changed in any way',
		strategy: 'changed',
	},
	{
		value: 'businessPartnerSaved',
		name: 'New or Updated Business Partner',
		description: 'When a customer or supplier is new or has changed in any way',
		resource: 'businessPartner',
		strategy: 'changed',
		fields: { id: 'id', version: 'version' },
	},
	{
		value: 'productUpdated',
		name: 'Product Updated',
		description: 'When a product is new or has changed in any way',
		resource: 'product',
		strategy: 'changed',
		fields: { id: 'id', version: 'version' },
	},
	{
		value: 'bankStatementCreated',
		name: 'New Bank Statement',
		description: 'When a bank statement with its events has arrived',
		resource: 'bankStatement',
		strategy: 'created',
		fields: { id: 'id', day: 'endDate' },
		// A statement brings its events, and there is one a day and account.
		margin: 20,
	},
	{
		value: 'referencePaymentCreated',
		name: 'New Reference Payment',
		description: 'When a payment with a reference number has arrived',
		resource: 'referencePayment',
		strategy: 'created',
		fields: { id: 'id', day: 'paymentDate' },
		margin: 50,
	},
	{
		value: 'paymentCreated',
		name: 'New Payment',
		description: 'When a payment of an invoice has been made or entered',
		resource: 'payment',
		strategy: 'created',
		fields: { id: 'id', day: 'paymentDate' },
		margin: 50,
	},
	{
		value: 'attachmentCreated',
		name: 'New Attachment',
		description: 'When a file has been attached to a record',
		resource: 'attachment',
		strategy: 'created',
		fields: { id: 'attachmentId', created: 'attached' },
		createdUntil: { parameter: 'createdEndDate', day: true },
	},
];

/** The times of creation and change belong to the trigger. */
const OWN = /^(created|version)(Start|End)Date$/;

function resourceOf({ resource }: Event): Resource {
	const found = resources.find(({ value }) => value === resource);
	if (found === undefined) throw new RangeError(`No resource '${resource}'`);
	return found;
}

/** Returns the list that an event watches, with the filters that a person can choose. */
export function listOf(event: Event): Operation {
	const list = resourceOf(event).operations.getAll;
	const { fixed, strategy } = event;
	const optional = list.optional.filter(
		({ path }) => !OWN.test(path) && fixed?.[path] === undefined && !(strategy === 'status' && path === 'status'),
	);
	// Offers have no statuses of interest, and no type of their own.
	return {
		...list,
		optional,
		fixed: { ...list.fixed, ...fixed },
		variants: strategy === 'status' ? undefined : list.variants,
	};
}

/** Whether records have a time by which a start can be decided. */
export function hasDate({ strategy, createdUntil }: Event): boolean {
	return createdUntil !== undefined || strategy !== 'created';
}

/** Returns the filter by status, if a person chooses the statuses. */
export function statusFieldOf(event: Event): Operation['optional'][number] | undefined {
	return event.strategy === 'status' && event.targets === undefined
		? resourceOf(event).operations.getAll.optional.find(({ path }) => path === 'status')
		: undefined;
}

/** Returns the fields of a simplified item: those of the whole record if it is read, otherwise those of the list. */
export function simpleOf(event: Event, isWhole: boolean): Operation['simple'] {
	const { simple, simpleDetails } = listOf(event);
	return isWhole ? (simpleDetails ?? simple) : simple;
}
