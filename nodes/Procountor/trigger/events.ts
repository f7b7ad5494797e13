import type { Operation, Resource } from '../engine/types';
import { resources } from '../resources';
import type { Fields, StrategyName } from './step';

/** An event that can start a workflow. Its list declares everything else (filters, details, fields). */
export interface Event {
	/** The value that workflows store. It must not change once published. */
	value: string;
	name: string;
	description: string;
	resource: string;
	strategy: StrategyName;
	fields: Fields;
	/**
	 * Filters, by the API's names, whose result never changes for a record. The others are applied when a record is
	 * found.
	 */
	immutableFilters?: string[];
	createdUntil?: { parameter: string; day: boolean };
	/** How many of the last records are read again if the list has no time of creation. */
	margin?: number;
	/** Query values that the event sets, by the API's names. */
	fixed?: Operation['fixed'];
	/** The statuses to react to; undefined if the user selects them. */
	targets?: string[];
	/** Whether items can contain the invoice's bookkeeping. */
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
		// A statement has many events, and there is only one per day and account.
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

/** Filters that users cannot set, because the trigger sets them. */
const TIME_FILTERS = /^(created|version)(Start|End)Date$/;

function resourceOf({ resource }: Event): Resource {
	const found = resources.find(({ value }) => value === resource);
	if (found === undefined) throw new RangeError(`No resource '${resource}'`);
	return found;
}

/** Returns the list that an event watches, with the filters that a user can set. */
export function listOf(event: Event): Operation {
	const list = resourceOf(event).operations.getAll;
	const { fixed, strategy } = event;
	const optional = list.optional.filter(
		({ path }) =>
			!TIME_FILTERS.test(path) && fixed?.[path] === undefined && !(strategy === 'status' && path === 'status'),
	);
	// Offers have no statuses of interest, and no type of their own.
	return {
		...list,
		optional,
		fixed: { ...list.fixed, ...fixed },
		variants: strategy === 'status' ? undefined : list.variants,
	};
}

/** Whether the list has times, so that the trigger can start from a date. */
export function canStartFromDate({ strategy, createdUntil }: Event): boolean {
	return createdUntil !== undefined || strategy !== 'created';
}

/** Returns the filter by status if the user selects the statuses. */
export function statusFieldOf(event: Event): Operation['optional'][number] | undefined {
	return event.strategy === 'status' && event.targets === undefined
		? resourceOf(event).operations.getAll.optional.find(({ path }) => path === 'status')
		: undefined;
}

/** Returns the fields of a simplified item: those of the full record if it is read, otherwise those of the list. */
export function simpleFieldsOf(event: Event, isDetailed: boolean): Operation['simple'] {
	const { simple, simpleDetails } = listOf(event);
	return isDetailed ? (simpleDetails ?? simple) : simple;
}
