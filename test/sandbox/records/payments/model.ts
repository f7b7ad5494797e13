import { instantOf, type Clock } from '../../clock';
import { round2, sum } from '../../money';
import type { Switches } from '../../switches';
import { defineRegister, type Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { inEuros, type Invoice, invoices, type InvoiceStatus, isSales, sumsOf } from '../invoices/model';
import { paymentEvents, type PaymentEvent, paymentsOf } from '../invoices/payments';
import { receipts } from '../receipts/model';
import { publish } from '../webhooks';

export type PaymentStatus = Extract<
	InvoiceStatus,
	'PAYMENT_QUEUED' | 'PAYMENT_SENT_TO_BANK' | 'PAID' | 'PAYMENT_DENIED' | 'PAYMENT_TRANSACTION_REMOVED'
>;

/** A payment made in Procountor. Its id is that of the payment event, as both are one and the same to the API. */
export interface Payment {
	id: number;
	kind: 'invoice' | 'transfer' | 'salary';
	invoiceId?: number;
	/** List of salary payments that it belongs to. */
	listId?: number;
	customId?: string;
	paymentDate: string;
	/** In its own currency. */
	amount: number;
	currency: string;
	receiverName: string;
	receiverAccount: string;
	receiverBic?: string;
	payerAccount: string;
	payerBic?: string;
	message?: string;
	serviceCharge?: string;
	createdBy: string;
	status: PaymentStatus;
	/** Stays as it is until the steering moves it. */
	held?: boolean;
}

/** Where payments happen: a call, or the steering. */
export interface Place {
	company: Company;
	clock: Clock;
	switches: Switches;
}

/** No invoice stands behind the event. */
const NO_INVOICE = 0;

export const paymentMap = (company: Company): Map<number, Payment> =>
	company.fact('payments', () => new Map<number, Payment>());

/** A company's payments by rising id, as entries of the register that their ids come from. */
export function paymentEntries(company: Company, fulfils: (payment: Payment) => boolean): Array<Entry<PaymentEvent>> {
	const all = paymentMap(company);
	return company
		.register(paymentEvents)
		.all()
		.filter(({ id }) => {
			const payment = all.get(id);
			return payment !== undefined && fulfils(payment);
		});
}

/** Adds a payment, and to its invoice the payment event. */
export function addPaymentOf(company: Company, fields: Omit<Payment, 'id'>, creatorId: number, at?: number): Payment {
	const invoice = company.register(invoices).get(fields.invoiceId ?? NO_INVOICE);
	const event = company.register(paymentEvents).add(
		(id) => ({
			id,
			invoiceId: fields.invoiceId ?? NO_INVOICE,
			type: 'TRANSACTION_FOCUSED',
			paymentDate: fields.paymentDate,
			status: fields.status,
			amount: invoice ? inEuros(invoice.record, fields.amount) : fields.amount,
			currency: 'EUR',
			paidAmount: fields.amount,
			paidCurrency: fields.currency,
		}),
		creatorId,
		{ at },
	);
	const payment = { ...fields, id: event.id };
	paymentMap(company).set(payment.id, payment);
	return payment;
}

/** The status that an invoice has by its payments: under way, paid, in part or not at all. */
function statusByPayments(company: Company, invoice: Invoice): InvoiceStatus {
	const events = paymentsOf(company, invoice.id).map(({ record }) => record);
	for (const underWay of ['PAYMENT_SENT_TO_BANK', 'PAYMENT_QUEUED'] as const) {
		if (events.some(({ status }) => status === underWay)) return underWay;
	}
	const paid = sum(events.map(({ paidAmount }) => paidAmount));
	if (paid === 0) return isSales(invoice.type) && invoice.invoiceChannel !== 'NO_SENDING' ? 'SENT' : 'APPROVED';
	if (Math.abs(paid) < Math.abs(round2(sumsOf(invoice).total))) return 'PARTLY_PAID';
	return events.some(({ status }) => status === 'PAID') ? 'PAID' : 'MARKED_PAID';
}

/** Brings an invoice's status in line with its payments. */
export function followPayments(
	{ company, switches }: Pick<Place, 'company' | 'switches'>,
	invoiceId: number | undefined,
): void {
	const entry = company.register(invoices).get(invoiceId ?? NO_INVOICE);
	if (!entry) return;
	const paidOn = paymentsOf(company, entry.id)
		.filter(({ record }) => ['PAID', 'MARKED_PAID'].includes(record.status))
		.pop()?.record.paymentDate;
	company
		.register(invoices)
		.put(entry, { ...entry.record, status: statusByPayments(company, entry.record), paymentDate: paidOn });
	const receipt = company.register(receipts).get(entry.record.ledgerReceiptId ?? 0);
	if (receipt && switches.receiptVersionFollowsInvoice) company.register(receipts).touch(receipt);
}

/** Moves a payment on, its event and its invoice with it. A payment that comes to nothing leaves its invoice. */
export function movePayment(place: Place, payment: Payment, status: PaymentStatus, paidAmount = payment.amount): void {
	const register = place.company.register(paymentEvents);
	const event = register.get(payment.id);
	payment.status = status;
	if (event) {
		const gone = status === 'PAYMENT_DENIED' || status === 'PAYMENT_TRANSACTION_REMOVED';
		const { amount, paidAmount: before } = event.record;
		const inAccounting = paidAmount === before ? amount : round2((amount * paidAmount) / before);
		register.put(event, {
			...event.record,
			status,
			amount: inAccounting,
			paidAmount,
			...(gone ? { invoiceId: NO_INVOICE } : {}),
		});
	}
	followPayments(place, payment.invoiceId);
}

/** A payment moves on in the bank. Whether that causes an event is the switch `bankMovesNotify`. */
export function moveInBank(place: Place, payment: Payment, status: PaymentStatus, paidAmount = payment.amount): void {
	movePayment(place, payment, status, paidAmount);
	if (place.switches.bankMovesNotify) publish(place, 'PAYMENT_UPDATED', { paymentId: payment.id, status });
}

/** Removes a payment for good. */
export function deletePayment(place: Place, payment: Payment): void {
	paymentMap(place.company).delete(payment.id);
	place.company.register(paymentEvents).delete(payment.id);
	followPayments(place, payment.invoiceId);
}

/** What the bank does by itself: at midnight of the payment's day it has the payment, at six in the evening it has paid. */
export function passTime(place: Place): void {
	const now = place.clock.now();
	for (const payment of paymentMap(place.company).values()) {
		if (payment.held) continue;
		if (payment.status === 'PAYMENT_QUEUED' && now >= instantOf(payment.paymentDate))
			moveInBank(place, payment, 'PAYMENT_SENT_TO_BANK');
		if (payment.status === 'PAYMENT_SENT_TO_BANK' && now >= instantOf(`${payment.paymentDate}T18:00:00`))
			moveInBank(place, payment, 'PAID');
	}
}

/** Something about a payment that a person must look at. */
export interface PaymentError {
	id: number;
	createdDate: string;
	type: 'PAYMENT_ERROR' | 'NETS_COLLECTION_ERROR';
	status: 'UNHANDLED' | 'HANDLED';
	errorCode: string;
	referenceId: number;
	referenceType: 'INVOICE' | 'DIRECT_BANK_TRANSFER' | 'DIRECT_SALARY_PAYMENT';
	invoiceType?: string;
	errorHandlingInfo?: { date: string; userId: number; firstName: string; lastName: string; comment: string };
}

export const paymentErrors = defineRegister<PaymentError>('paymentErrors', 951_001);

const REFERENCE_TYPES = {
	invoice: 'INVOICE',
	transfer: 'DIRECT_BANK_TRANSFER',
	salary: 'DIRECT_SALARY_PAYMENT',
} as const;

/** The bank refuses a payment: it is denied, and an error message tells so. */
export function refusePayment(place: Place, payment: Payment, errorCode: string): PaymentError {
	moveInBank(place, payment, 'PAYMENT_DENIED');
	const { company, clock } = place;
	const invoice = company.register(invoices).get(payment.invoiceId ?? NO_INVOICE);
	return company.register(paymentErrors).add((id) => ({
		id,
		createdDate: clock.today(),
		type: 'PAYMENT_ERROR',
		status: 'UNHANDLED',
		errorCode,
		referenceId: invoice?.id ?? payment.id,
		referenceType: REFERENCE_TYPES[payment.kind],
		...(invoice ? { invoiceType: invoice.record.type } : {}),
	})).record;
}
