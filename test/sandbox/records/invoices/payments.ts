import { badRequest, forbidden, notFound } from '../../errors';
import { round2, sum } from '../../money';
import { defineRegister, type Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { type Call, type Handlers, idOf, ok } from '../handler';
import { listAnswer } from '../lists';
import { checkOpenDay } from '../periods';
import { needEdit } from '../rights';
import { inEuros, type Invoice, type InvoiceStatus, isSales, sumsOf } from './model';
import { findInvoice } from './search';
import { moveTo } from './status';

export interface PaymentEvent {
	id: number;
	invoiceId: number;
	type: string;
	paymentDate: string;
	status: InvoiceStatus;
	/** In euros. */
	amount: number;
	currency: string;
	description?: string;
	/** In the invoice's currency. */
	paidAmount: number;
	paidCurrency: string;
}

export const paymentEvents = defineRegister<PaymentEvent>('paymentEvents', 800_001);

/** Payment events of an invoice, by rising id. */
export function paymentsOf(company: Company, invoiceId: number): Array<Entry<PaymentEvent>> {
	return company.register(paymentEvents).select(`invoice ${invoiceId}`, ({ record }) => record.invoiceId === invoiceId);
}

const EVENT_TYPES: Record<string, string> = {
	ADJUSTMENT: 'ADJUSTMENT',
	BANK_STATEMENT: 'BANKSTATEMENT',
	CASH: 'CASH',
	CHARGE_CARD: 'CHARGECARD',
	CORRECTION: 'CORRECTION',
	CREDIT_LOSS: 'CREDITLOSS',
	CREDIT_NOTE: 'COMPENSATIONINVOICE',
	EXTERNAL_BANK_TRANSFER: 'BANKTRANSFERELSEWHERE',
	SET_OFF: 'SETOFF',
};

const PAYABLE_TYPES = ['SALES_INVOICE', 'PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES', 'PERIODIC_TAX_RETURN'];
const UNPAYABLE: InvoiceStatus[] = [
	'EMPTY',
	'UNSAVED',
	'UNFINISHED',
	'INVALIDATED',
	'DELETED',
	'OVERRIDDEN',
	'PAYMENT_DENIED',
	'PAID',
	'MARKED_PAID',
];

interface MarkAsPaid {
	paymentDate: string;
	amount: number;
	currency: string;
	description?: string;
	paymentMethodType?: string;
}

/** Adds a payment to an invoice and gives the event; the invoice's status is the caller's business. */
export function addPayment(
	company: Company,
	invoice: Invoice,
	payment: MarkAsPaid,
	status: InvoiceStatus,
	creatorId: number,
	at?: number,
): Entry<PaymentEvent> {
	return company.register(paymentEvents).add(
		(id) => ({
			id,
			invoiceId: invoice.id,
			type: EVENT_TYPES[payment.paymentMethodType ?? ''] ?? 'ELSEWHERE',
			paymentDate: payment.paymentDate,
			status,
			amount: inEuros(invoice, payment.amount),
			currency: 'EUR',
			...(payment.description === undefined ? {} : { description: payment.description }),
			paidAmount: payment.amount,
			paidCurrency: payment.currency,
		}),
		creatorId,
		{ at },
	);
}

/** Whether an invoice is paid in full, in its own currency. A credit note is paid by negative amounts. */
export function isPaidInFull(company: Company, invoice: Invoice): boolean {
	const paid = sum(paymentsOf(company, invoice.id).map(({ record }) => record.paidAmount));
	return Math.abs(paid) >= Math.abs(round2(sumsOf(invoice).total));
}

export const invoicePaymentHandlers: Handlers = {
	searchPaymentEvents: (call: Call) =>
		listAnswer(call, paymentsOf(call.company, findInvoice(call).id), { show: ({ record }) => record }),
	getPaymentEventByIdAndInvoiceId: (call: Call) => {
		const found = paymentsOf(call.company, findInvoice(call).id).find(({ id }) => id === idOf(call, 'paymentEventId'));
		if (!found) throw notFound('Payment event');
		return ok(found.record);
	},
	markInvoiceAsPaid: (call: Call) => {
		const entry = findInvoice(call);
		const { record } = entry;
		const body = call.body as MarkAsPaid;
		needEdit(call.user, 'payments.markAsPaid');
		if (!PAYABLE_TYPES.includes(record.type)) throw badRequest('Invoice type is not supported.');
		if (UNPAYABLE.includes(record.status)) throw forbidden('Invoice is in a wrong status.');
		if (call.query.addPenalExpense === true && record.type !== 'SALES_INVOICE')
			throw badRequest('Supported for sales invoices only.', 'addPenalExpense');
		if (body.currency !== record.paymentInfo.currency)
			throw badRequest('Currency must be the currency of the invoice.', 'currency');
		if (body.amount === 0) throw badRequest('Amount must not be zero.', 'amount');
		if (!isSales(record.type) && body.paymentMethodType !== undefined)
			throw badRequest('Supported for sales invoices only.', 'paymentMethodType');
		checkOpenDay(call.company, body.paymentDate, 'paymentDate');
		const event = addPayment(call.company, record, body, 'MARKED_PAID', call.user.id);
		moveTo(call, entry, isPaidInFull(call.company, record) ? 'MARKED_PAID' : 'PARTLY_PAID', 'MARKED_PAID', {
			paymentDate: body.paymentDate,
		});
		return ok(event.record);
	},
};
