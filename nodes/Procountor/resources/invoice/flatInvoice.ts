import type { IDataObject } from 'n8n-workflow';
import type { FlatRecord } from '../../engine/simplify';
import { fieldsOrNull, listAt, objectAt } from '../../utils/objects';
import { mayHavePayments, openStatuses, TYPES } from './openInvoices';

/** The fields of a simplified invoice, in the order of its columns. Get Open Invoices uses the same names. */
const fields = {
	id: 'number',
	invoiceNumber: 'number',
	originalInvoiceNumber: 'string',
	type: 'string',
	status: 'string',
	date: 'string',
	dueDate: 'string',
	partnerName: 'string',
	net: 'number',
	vat: 'number',
	total: 'number',
	open: 'number',
	currency: 'string',
	referenceNumber: 'string',
};

/** Returns an invoice without nested objects: the same columns in every operation, null for values that the response lacks. */
export const flatInvoice: FlatRecord = { fields, compute: flatten };

/** Returns an invoice that was read in full: the same columns, its receipt ID, and its rows. */
export const fullInvoice: FlatRecord = {
	fields: { ...fields, ledgerReceiptId: 'number', invoiceRows: 'array' },
	compute: (invoice) => ({ ...flatten(invoice), ...fieldsOrNull(invoice, ['ledgerReceiptId', 'invoiceRows']) }),
};

function flatten(invoice: IDataObject): IDataObject {
	const sums = listAt(invoice, 'invoiceSumInfo');
	const own = sums.find(({ inAccountingCurrency }) => inAccountingCurrency === false) ?? sums[0] ?? {};
	const payment = objectAt(invoice, 'paymentInfo');
	const total = own.invoiceSumTotal ?? null;
	const names = ['id', 'invoiceNumber', 'originalInvoiceNumber', 'type', 'status', 'date'];
	const { id, invoiceNumber, originalInvoiceNumber, type, status, date } = fieldsOrNull(invoice, names);
	// Without spread syntax: it makes the objects take three times the memory, which counts in lists of 100,000.
	return {
		id,
		invoiceNumber,
		originalInvoiceNumber,
		type,
		status,
		date,
		dueDate: invoice.newDueDate ?? invoice.dueDate ?? payment.newDueDate ?? payment.dueDate ?? null,
		partnerName: objectAt(invoice, 'counterParty.counterPartyAddress').name ?? null,
		net: own.excludingVatTotal ?? null,
		vat: own.vatSumTotal ?? null,
		total,
		open: openAmountFromStatus(invoice, total as number | null),
		currency: own.currency ?? payment.currency ?? null,
		referenceNumber: payment.bankReferenceCode ?? null,
	};
}

/**
 * Returns the open amount if the status shows it: the total, or 0 for paid invoices and drafts. Null if it depends on the
 * payments, which only Get Open Invoices reads.
 */
function openAmountFromStatus({ type, status }: IDataObject, total: number | null): number | null {
	const side = (['receivables', 'payables'] as const).find((name) => TYPES[name].some((known) => known === type));
	if (side === undefined || mayHavePayments(status)) return null;
	return openStatuses[side].some((known) => known === status) ? total : 0;
}
