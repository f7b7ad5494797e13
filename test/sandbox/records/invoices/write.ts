import { badRequest, forbidden } from '../../errors';
import { reference, rfReference } from '../../finnish';
import type { Company } from '../../world/world';
import { factsOf } from '../company';
import { type Call, type Handlers, ok } from '../handler';
import { checkVersion } from '../lists';
import { needEdit, rightsForType } from '../rights';
import { addReceiptFor, followInvoice } from '../receipts/generate';
import { checkInvoice } from './checks';
import { type Invoice, type InvoiceFields, type InvoiceRow, invoices, isSales, nextNumber, showInvoice } from './model';
import { findInvoice } from './search';

/** What a body may name but the server decides. */
const SERVERS_OWN = [
	'id',
	'status',
	'paymentDate',
	'invoiceNumber',
	'ledgerReceiptId',
	'sum',
	'attachments',
	'version',
	'invoiceSumInfo',
	'creatorId',
	'invoiceOperatorInfo',
];

/** An invoice as it is stored, from a body: addresses copied, rows numbered, approvers by default. */
function stored(company: Company, body: InvoiceFields): InvoiceFields {
	const invoice = Object.fromEntries(
		Object.entries(body).filter(([name]) => !SERVERS_OWN.includes(name)),
	) as unknown as InvoiceFields;
	const { counterPartyAddress } = invoice.counterParty;
	// A copy gets the company's country where the counterparty has none, as an address without one is refused.
	const copy = { country: 'FINLAND', ...counterPartyAddress };
	if (isSales(invoice.type)) invoice.billingAddress ??= copy;
	if (isSales(invoice.type) || invoice.type === 'PURCHASE_INVOICE') invoice.deliveryAddress ??= copy;
	if (['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'].includes(invoice.type)) {
		const { verifiers, acceptors } = factsOf(company).circulation;
		const asCheckers = (users: number[]) => users.map((userId) => ({ userId }));
		invoice.invoiceApprovalInformation ??= { verifiers: asCheckers(verifiers), acceptors: asCheckers(acceptors) };
	}
	if (!isSales(invoice.type)) delete invoice.language;
	invoice.invoiceRows = invoice.invoiceRows.map((row): InvoiceRow => ({
		...row,
		id: nextNumber(company, 'invoiceRow', 400_001),
	}));
	return invoice;
}

/** An empty reference is filled by the server; one that is left out stays out. */
function withReference(invoice: InvoiceFields, number: number): InvoiceFields {
	const { bankReferenceCode, bankReferenceCodeType } = invoice.paymentInfo;
	if (bankReferenceCode !== '') return invoice;
	const finnish = reference(String(number).padStart(3, '1'));
	const made = bankReferenceCodeType === 'RF' ? rfReference(finnish) : finnish;
	return { ...invoice, paymentInfo: { ...invoice.paymentInfo, bankReferenceCode: made } };
}

/** Makes an invoice with its receipt. Also the way in for records behind the API's back. */
export function createInvoice(
	call: Pick<Call, 'company' | 'user' | 'switches'>,
	body: InvoiceFields,
	status: Invoice['status'] = 'UNFINISHED',
	at?: number,
) {
	const { company, user, switches } = call;
	const invoiceNumber = nextNumber(company, 'invoice', 1001);
	const fields = withReference(stored(company, body), invoiceNumber);
	const entry = company
		.register(invoices)
		.add((id): Invoice => ({ ...fields, id, status, invoiceNumber }), user.id, { at });
	addReceiptFor(company, entry, switches, at);
	return entry;
}

/** Statuses in which an invoice may be replaced. */
function isEditable({ type, status }: Invoice): boolean {
	if (type === 'PERIODIC_TAX_RETURN') return false;
	return status === 'UNFINISHED' || (!isSales(type) && status === 'RECEIVED');
}

export const invoiceWriteHandlers: Handlers = {
	saveInvoice: (call: Call) => {
		const body = call.body as InvoiceFields;
		needEdit(call.user, rightsForType(body.type).edit);
		if (call.query.addCollectionPenalCosts === true && body.type !== 'SALES_INVOICE') {
			throw badRequest('Collection costs are supported for sales invoices only.', 'addCollectionPenalCosts');
		}
		checkInvoice(call, body);
		return ok(showInvoice(call)(createInvoice(call, body)));
	},
	/** Replaces the invoice: what is left out is gone, but for the link to the partner, which never changes. */
	updateInvoice: (call: Call) => {
		const entry = findInvoice(call);
		const before = entry.record;
		const body = call.body as InvoiceFields & { version?: string; id?: number };
		needEdit(call.user, rightsForType(before.type).edit);
		if (!isEditable(before)) throw forbidden('Invoice cannot be changed in its status.');
		checkVersion(call, entry, body.version);
		if (body.id !== undefined && body.id !== entry.id) throw badRequest('Invoice id does not match.', 'id');
		if (body.type !== before.type) throw badRequest('Invoice type cannot be changed.', 'type');
		if (body.partnerId !== undefined && body.partnerId !== before.partnerId)
			throw badRequest('Business partner cannot be changed.', 'partnerId');
		checkInvoice(call, body);
		const fields = withReference(
			{ ...stored(call.company, body), partnerId: before.partnerId },
			before.invoiceNumber ?? entry.id,
		);
		const { id, status, invoiceNumber, ledgerReceiptId, paymentDate } = before;
		call.company
			.register(invoices)
			.put(entry, { ...fields, id, status, invoiceNumber, ledgerReceiptId, ...(paymentDate ? { paymentDate } : {}) });
		followInvoice(call.company, entry, before, call.switches);
		return ok(showInvoice(call)(entry));
	},
};
