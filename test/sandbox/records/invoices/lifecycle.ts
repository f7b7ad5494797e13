import { badRequest, forbidden, notFound } from '../../errors';
import type { Entry } from '../../world/register';
import { type Call, done, type Handlers, idOf } from '../handler';
import { needOpenDay } from '../periods';
import { mayEdit, needEdit, rightsForType } from '../rights';
import { type Checker, type Invoice, type InvoiceStatus, type InvoiceType, invoices, isTravelOrExpense } from './model';
import { paymentsOf } from './payments';
import { findInvoice, seesInvoice } from './search';
import { moveTo } from './status';

const WITH_CIRCULATION: InvoiceType[] = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];
const WITH_SALES: InvoiceType[] = ['SALES_INVOICE', ...WITH_CIRCULATION];
const DRAFTS: InvoiceStatus[] = ['EMPTY', 'UNSAVED'];
const UNDER_PAYMENT: InvoiceStatus[] = ['PAID', 'PARTLY_PAID', 'MARKED_PAID', 'PAYMENT_QUEUED', 'PAYMENT_SENT_TO_BANK'];
const OVER: InvoiceStatus[] = ['INVALIDATED', 'DELETED', 'OVERRIDDEN', 'INVOICED'];

function needStatus({ record }: Entry<Invoice>, ...allowed: InvoiceStatus[]): void {
	if (!allowed.includes(record.status)) throw forbidden('Invalid invoice status.');
}

function needCirculation(call: Call, { record }: Entry<Invoice>): void {
	const { circulationForPurchases, circulationForTravelAndExpenses } = call.company.settings;
	const on = isTravelOrExpense(record.type) ? circulationForTravelAndExpenses : circulationForPurchases;
	if (!on) throw forbidden('Invoice circulation is not in use.');
}

/** Marks the user's own event; the step is complete once everybody on the list has done it. An empty list takes anybody. */
function checkedBy(call: Call, list: Checker[] | undefined): { list: Checker[]; complete: boolean } {
	const checkers = list ?? [];
	if (checkers.length === 0) return { list: [], complete: true };
	if (!checkers.some(({ userId, eventPerformed }) => userId === call.user.id && eventPerformed === undefined)) {
		throw forbidden('The invoice does not wait for this user.');
	}
	const marked = checkers.map((one) =>
		one.userId === call.user.id ? { ...one, eventPerformed: call.clock.today() } : one,
	);
	return { list: marked, complete: marked.every(({ eventPerformed }) => eventPerformed !== undefined) };
}

function approve(call: Call): void {
	const entry = findInvoice(call);
	const { type, invoiceChannel, invoiceApprovalInformation } = entry.record;
	if (!WITH_SALES.includes(type)) throw forbidden('Invoice type is not supported.');
	if (type === 'SALES_INVOICE') {
		needEdit(call.user, rightsForType(type).edit);
		needStatus(entry, 'UNFINISHED');
		moveTo(call, entry, invoiceChannel === 'NO_SENDING' ? 'APPROVED' : 'NOT_SENT', 'APPROVAL');
		return;
	}
	needEdit(call.user, 'invoiceCirculation.approval');
	needCirculation(call, entry);
	needStatus(entry, 'VERIFIED');
	const { list, complete } = checkedBy(call, invoiceApprovalInformation?.acceptors);
	moveTo(call, entry, complete ? 'APPROVED' : 'VERIFIED', 'APPROVAL', {
		invoiceApprovalInformation: { ...invoiceApprovalInformation, acceptors: list },
	});
}

function verify(call: Call): void {
	const entry = findInvoice(call);
	if (!WITH_CIRCULATION.includes(entry.record.type)) throw forbidden('Invoice type is not supported.');
	needEdit(call.user, 'invoiceCirculation.verification');
	needCirculation(call, entry);
	needStatus(entry, 'RECEIVED');
	const { list, complete } = checkedBy(call, entry.record.invoiceApprovalInformation?.verifiers);
	const invoiceApprovalInformation = { ...entry.record.invoiceApprovalInformation, verifiers: list };
	moveTo(call, entry, complete ? 'VERIFIED' : 'RECEIVED', 'VERIFICATION', { invoiceApprovalInformation });
}

function sendToCirculation(call: Call): void {
	const entry = findInvoice(call);
	const { type, invoiceApprovalInformation } = entry.record;
	if (!WITH_CIRCULATION.includes(type)) throw forbidden('Invoice type is not supported.');
	needEdit(call.user, rightsForType(type).edit);
	needCirculation(call, entry);
	needStatus(entry, 'UNFINISHED');
	if (!invoiceApprovalInformation?.acceptors?.length) throw forbidden('The invoice has no approvers.');
	moveTo(
		call,
		entry,
		isTravelOrExpense(type) ? 'RECEIVED' : call.switches.circulatedPurchaseStatus,
		'SEND_TO_CIRCULATION',
	);
}

/** What unfinished, invalidate and reject have in common. A missing right to reject shows as 404. */
function step(call: Call, unsupported: () => Error): Entry<Invoice> {
	const entry = findInvoice(call);
	if (!WITH_SALES.includes(entry.record.type)) throw unsupported();
	return entry;
}

function needUnpaid(call: Call, entry: Entry<Invoice>): void {
	if (UNDER_PAYMENT.includes(entry.record.status) || paymentsOf(call.company, entry.id).length > 0)
		throw forbidden('The invoice has payments.');
}

function unfinished(call: Call): void {
	const entry = step(call, () => badRequest('Invoice type is not supported.'));
	const { record } = entry;
	needEdit(call.user, rightsForType(record.type).edit);
	if ([...DRAFTS, 'UNFINISHED', 'DELETED', 'OVERRIDDEN', 'INVOICED'].includes(record.status))
		throw forbidden('Invalid invoice status.');
	needUnpaid(call, entry);
	needOpenDay(call.company, record.date);
	const cleared = (list: Checker[] | undefined) => list?.map(({ userId }) => ({ userId }));
	const { acceptors, verifiers } = record.invoiceApprovalInformation ?? {};
	const changes = record.invoiceApprovalInformation
		? { invoiceApprovalInformation: { acceptors: cleared(acceptors), verifiers: cleared(verifiers) } }
		: {};
	moveTo(call, entry, 'UNFINISHED', record.status === 'INVALIDATED' ? 'RESTORED_UNFINISHED' : 'UNFINISHED', changes);
}

function invalidate(call: Call): void {
	const entry = step(call, () => badRequest('Invoice type is not supported.'));
	needEdit(call.user, rightsForType(entry.record.type).edit);
	if ([...DRAFTS, ...OVER].includes(entry.record.status)) throw forbidden('Invalid invoice status.');
	needUnpaid(call, entry);
	needOpenDay(call.company, entry.record.date);
	moveTo(call, entry, 'INVALIDATED', undefined);
}

function reject(call: Call): void {
	const invoice = call.company.register(invoices).get(idOf(call, 'invoiceId'));
	if (!invoice || !seesInvoice(call.user, invoice)) throw notFound('Invoice');
	const entry = step(call, () => forbidden('Invoice status cannot be changed.'));
	const mayReject =
		mayEdit(call.user, rightsForType(entry.record.type).edit) || mayEdit(call.user, 'invoiceCirculation.approval');
	if (!mayReject) throw notFound('Invoice');
	if ([...DRAFTS, ...OVER, 'PAYMENT_DENIED'].includes(entry.record.status))
		throw forbidden('Invoice status cannot be changed.');
	needUnpaid(call, entry);
	needOpenDay(call.company, entry.record.date);
	moveTo(call, entry, 'PAYMENT_DENIED', 'DENY_PAYMENT');
}

function send(call: Call): void {
	const entry = findInvoice(call);
	if (entry.record.type !== 'SALES_INVOICE') throw forbidden('Invoice type is not supported.');
	needEdit(call.user, 'sales.salesOrGroupInvoices');
	needStatus(entry, 'NOT_SENT', 'SENT');
	moveTo(call, entry, 'SENT', 'SEND');
}

export const invoiceLifecycleHandlers: Handlers = {
	approveInvoice1: (call: Call) => (approve(call), done('Invoice was approved.')),
	verifyInvoice: (call: Call) => (verify(call), done('Invoice was verified.')),
	sendToCirculation: (call: Call) => (sendToCirculation(call), done('Invoice was sent to circulation.')),
	markInvoiceAsUnfinished: (call: Call) => (unfinished(call), done('Invoice was marked as unfinished.')),
	markInvoiceAsInvalidated: (call: Call) => (invalidate(call), done('Invoice was invalidated.')),
	rejectInvoice: (call: Call) => (reject(call), done('Invoice was rejected.')),
	send: (call: Call) => (send(call), done('Invoice is being sent.')),
	/** Notes may change in every status; a missing right shows as 404. */
	addNotesToInvoice: (call: Call) => {
		const entry = call.company.register(invoices).get(idOf(call, 'invoiceId'));
		const type = entry?.record.type;
		if (
			!entry ||
			!type ||
			type === 'JOURNAL' ||
			!seesInvoice(call.user, entry) ||
			!mayEdit(call.user, rightsForType(type).edit)
		)
			throw notFound('Invoice');
		if (!WITH_SALES.includes(type)) throw badRequest('Invoice type is not supported.');
		call.company.register(invoices).put(entry, { ...entry.record, notes: (call.body as { notes: string }).notes });
		return done('Invoice notes were updated.');
	},
};
