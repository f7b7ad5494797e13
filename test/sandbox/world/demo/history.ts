import { addDays } from '../../money';
import { instantOf } from '../../clock';
import { addHistory } from '../../records/invoices/history';
import { type Invoice, isSales } from '../../records/invoices/model';
import type { Company } from '../world';

/** A step: what happened, how many days after the invoice's date, and who did it. */
type Step = [action: string, day: number, userId: number];

const APPROVER = 1001;
const VERIFIER = 1004;

const SALES_STEPS: Partial<Record<Invoice['status'], Step[]>> = {
	APPROVED: [],
	NOT_SENT: [],
	SENT: [['SEND', 0, APPROVER]],
	STARTED: [['SEND', 0, APPROVER]],
	INVOICED: [['CONVERTED_TO_INVOICE', 1, APPROVER]],
	PAID: [
		['SEND', 0, APPROVER],
		['ALLOCATE_INVOICE_TO_REFERENCE_PAYMENT', 14, APPROVER],
	],
	PARTLY_PAID: [
		['SEND', 0, APPROVER],
		['ALLOCATE_INVOICE_TO_REFERENCE_PAYMENT', 14, APPROVER],
	],
	MARKED_PAID: [
		['SEND', 0, APPROVER],
		['MARKED_PAID', 14, APPROVER],
	],
	PAYMENT_TRANSACTION_REMOVED: [
		['SEND', 0, APPROVER],
		['DELETED_PAYMENT_TRANSACTION', 10, APPROVER],
	],
	INVALIDATED: [['UNFINISHED', 1, APPROVER]],
	OVERRIDDEN: [['UNFINISHED', 1, APPROVER]],
	DELETED: [['UNFINISHED', 1, APPROVER]],
};

const VERIFIED: Step = ['VERIFICATION', 2, VERIFIER];
const APPROVED: Step[] = [VERIFIED, ['APPROVAL', 2, APPROVER]];
const PAYMENT: Step[] = [...APPROVED, ['SENT_FOR_PAYMENT', 3, APPROVER]];

const PURCHASE_STEPS: Partial<Record<Invoice['status'], Step[]>> = {
	RECEIVED: [],
	VERIFIED: [VERIFIED],
	APPROVED,
	PAYMENT_DENIED: [['DENY_PAYMENT', 2, APPROVER]],
	PAYMENT_QUEUED: PAYMENT,
	PAYMENT_SENT_TO_BANK: PAYMENT,
	PAID: [...PAYMENT, ['ALLOCATE_INVOICE_TO_BANK_STATEMENT', 14, APPROVER]],
	MARKED_PAID: [...APPROVED, ['MARKED_PAID', 14, APPROVER]],
};

/** How an invoice came into circulation. */
function arrival({ type, invoiceChannel }: Invoice): Step {
	if (type !== 'PURCHASE_INVOICE') return ['SEND_TO_CIRCULATION', 0, APPROVER];
	const byNetwork = invoiceChannel === 'ELECTRONIC_INVOICE';
	return [byNetwork ? 'RECEIVED_AS_EINVOICE' : 'RECEIVED_AS_SCANNED_INVOICE', 0, APPROVER];
}

function stepsOf(invoice: Invoice): Step[] {
	const { type, status, invoiceChannel } = invoice;
	if (type === 'PURCHASE_ORDER') return [['SEND', 0, APPROVER]];
	const steps = (isSales(type) ? SALES_STEPS : PURCHASE_STEPS)[status];
	if (!steps) return [];
	if (!isSales(type)) return [arrival(invoice), ...steps];
	const sent = steps.filter(([action]) => action !== 'SEND' || invoiceChannel !== 'NO_SENDING');
	return type === 'SALES_ORDER' ? sent : [['APPROVAL', 0, APPROVER], ...sent];
}

/** Gives a demo invoice the history that its status tells; drafts and unfinished invoices have none. */
export function fillHistory(company: Company, invoice: Invoice): void {
	const owner = [...company.users.values()][0];
	stepsOf(invoice).forEach(([action, day, userId], index) => {
		const { firstName, lastName } = company.users.get(userId) ?? owner;
		const at = instantOf(`${addDays(invoice.date, day)}T11:00:00`) + index * 60_000;
		addHistory(company, invoice.id, { action, name: `${firstName} ${lastName}`, at });
	});
}
