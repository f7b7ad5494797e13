import { badRequest, forbidden, notFound } from '../../errors';
import type { Entry } from '../../world/register';
import { without } from '../fields';
import { invoices, type Invoice } from '../invoices/model';
import { paymentEvents, type PaymentEvent, paymentsOf } from '../invoices/payments';
import { findInvoice, seesInvoice } from '../invoices/search';
import { type Answer, type Call, type Handlers, idOf, ok } from '../handler';
import { inDays, listAnswer, oneOf } from '../lists';
import { mayEdit, mayView, needEdit, type Right } from '../rights';
import { askSecondFactor } from '../secondFactor';
import type { WebhookEvent } from '../webhooks';
import { checkOwnTransfer, type OwnTransfer } from './checks';
import {
	addPaymentOf,
	deletePayment,
	followPayments,
	movePayment,
	type Payment,
	paymentEntries,
	paymentErrors,
	paymentMap,
} from './model';

interface InvoicePayment extends OwnTransfer {
	invoiceId: number;
	invoiceVersion: string;
}

interface DirectTransfer extends OwnTransfer {
	currencyCode: string;
	customId?: string;
}

const RIGHTS: Record<Payment['kind'], Right> = {
	invoice: 'payments.payment',
	transfer: 'payments.directBankTransfer',
	salary: 'payments.salaryPayments',
};

const PAYABLE = ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'];

function findPayment(call: Call): Payment {
	const payment = paymentMap(call.company).get(idOf(call, 'paymentId'));
	if (!payment || !mayView(call.user, RIGHTS[payment.kind])) throw notFound('Payment');
	return payment;
}

const showBasic =
	(call: Call) =>
	({ id }: Entry<PaymentEvent>): unknown => {
		const payment = paymentMap(call.company).get(id);
		if (!payment) return undefined;
		const { invoiceId, paymentDate, amount, receiverName, status, serviceCharge, currency } = payment;
		return {
			id,
			invoiceId,
			paymentDate,
			amount,
			receiverName,
			status,
			serviceCharge,
			paidAmount: amount,
			paidCurrency: currency,
		};
	};

/** A payment event in the form of a payment, whether it was made in Procountor or only marked. */
const showEvent =
	(call: Call) =>
	(entry: Entry<PaymentEvent>): unknown => {
		const { id, invoiceId, paymentDate, status, paidAmount, paidCurrency } = entry.record;
		const invoice = call.company.register(invoices).get(invoiceId)?.record;
		return (
			showBasic(call)(entry) ?? {
				id,
				invoiceId,
				paymentDate,
				amount: paidAmount,
				receiverName: invoice?.counterParty.counterPartyAddress.name,
				status,
				paidAmount,
				paidCurrency,
			}
		);
	};

const showRow = (payment: Payment): unknown => without(payment, 'kind', 'listId', 'customId', 'held');

/** What a payment keeps of its request. */
function fieldsOf(
	call: Call,
	transfer: OwnTransfer,
	payer: { iban: string; bic?: string },
	currency: string,
): Omit<Payment, 'id' | 'kind'> {
	const foreign = transfer.paymentMethod === 'FINNISH_FOREIGN_PAYMENT';
	return {
		paymentDate: transfer.paymentDate,
		amount: transfer.amount,
		currency,
		receiverName: transfer.recipientNameAndAddress.name,
		receiverAccount: transfer.recipientBankAccount,
		receiverBic: transfer.recipientBicCode,
		payerAccount: payer.iban,
		payerBic: payer.bic,
		message: transfer.message,
		serviceCharge: transfer.serviceCharge ?? (foreign ? 'BOTH_PAY_OWN_FEES' : undefined),
		createdBy: `${call.user.firstName} ${call.user.lastName}`,
		status: 'PAYMENT_QUEUED',
	};
}

/** The invoice of a payment, ready to be paid. @throws Refusal 400, 403, 404 */
function payableInvoice(call: Call, { invoiceId, invoiceVersion }: InvoicePayment, at: string): Entry<Invoice> {
	const entry = call.company.register(invoices).get(invoiceId);
	if (!entry || entry.record.type === 'JOURNAL' || !seesInvoice(call.user, entry)) throw notFound('Invoice');
	if (!PAYABLE.includes(entry.record.type)) throw badRequest('Invoice type is not supported.', `${at}.invoiceId`);
	if (entry.record.status !== 'APPROVED') throw forbidden('Invoice is in a wrong status.');
	if (invoiceVersion !== call.clock.text(entry.version))
		throw badRequest('The record has been changed by someone else.', `${at}.invoiceVersion`);
	return entry;
}

function payInvoices(call: Call): Answer {
	const { payments } = call.body as { payments: InvoicePayment[] };
	if (new Set(payments.map(({ invoiceId }) => invoiceId)).size < payments.length)
		throw badRequest('An invoice is given more than once.', 'payments');
	// Checked when it is asked, and again when it is confirmed: meanwhile the invoices may have changed.
	const ready = () =>
		payments.map((payment, index) => {
			const at = `payments[${index}]`;
			const { record } = payableInvoice(call, payment, at);
			const { currency } = record.paymentInfo;
			return {
				invoiceId: record.id,
				fields: fieldsOf(call, payment, checkOwnTransfer(call, payment, currency, at), currency),
			};
		});
	ready();
	return askSecondFactor(call, 'INVOICE_PAYMENT_CREATED', () => {
		const transactions = ready().map(({ invoiceId, fields }) => {
			const { id } = addPaymentOf(call.company, { kind: 'invoice', invoiceId, ...fields }, call.user.id);
			followPayments(call, invoiceId);
			return { paymentId: id, invoiceId };
		});
		return { result: { invoicePayments: { transactions } } };
	});
}

function transferDirectly(call: Call): Answer {
	const { directBankTransfers } = call.body as { directBankTransfers: DirectTransfer[] };
	const fields = directBankTransfers.map((transfer, index) => {
		const payer = checkOwnTransfer(call, transfer, transfer.currencyCode, `directBankTransfers[${index}]`);
		return {
			kind: 'transfer' as const,
			customId: transfer.customId,
			...fieldsOf(call, transfer, payer, transfer.currencyCode),
		};
	});
	return askSecondFactor(call, 'DIRECTBANKDATATRANSFER_PAYMENT_CREATED', () => {
		const transactions = fields.map((one) => {
			const { id, customId } = addPaymentOf(call.company, one, call.user.id);
			return { paymentId: id, ...(customId === undefined ? {} : { customId }) };
		});
		return { result: { directBankTransfers: { transactions } } };
	});
}

/** Only what is queued can be cancelled, and no salary payment. */
function checkCancellable({ kind, status }: Payment): void {
	if (kind === 'salary') throw forbidden('Salary payments are cancelled by their list.');
	if (status !== 'PAYMENT_QUEUED') throw forbidden('Payment is in a wrong status.');
}

/** Only an invoice's payment can be removed, while it is neither queued nor paid. */
function checkRemovable({ kind, status }: Payment): void {
	if (kind !== 'invoice') throw forbidden('Only the payment of an invoice can be removed.');
	if (status === 'PAYMENT_QUEUED' || status === 'PAID') throw forbidden('Payment is in a wrong status.');
}

/** Asks for the second factor of a step that must be allowed now and when it is confirmed. */
function step(
	call: Call,
	event: WebhookEvent,
	allowed: (payment: Payment) => void,
	act: (payment: Payment) => void,
	message: string,
): Answer {
	const payment = findPayment(call);
	if (!mayEdit(call.user, RIGHTS[payment.kind])) throw forbidden();
	allowed(payment);
	return askSecondFactor(call, event, () => {
		if (!paymentMap(call.company).has(payment.id)) throw notFound('Payment');
		allowed(payment);
		act(payment);
		return { result: { info: { message } } };
	});
}

export const paymentHandlers: Handlers = {
	getPaymentRows: (call: Call) => {
		const found = paymentEntries(
			call.company,
			(payment) =>
				mayView(call.user, RIGHTS[payment.kind]) &&
				inDays(call, 'startDate', 'endDate', payment.paymentDate) &&
				oneOf(call, 'invoiceId', payment.invoiceId),
		);
		return listAnswer(call, found, { show: showBasic(call) });
	},
	getPaymentRowById: (call: Call) => ok(showRow(findPayment(call))),
	payInvoices,
	createDirectBankTransfers: transferDirectly,
	cancelPayment: (call: Call) =>
		step(
			call,
			'PAYMENT_UPDATED',
			checkCancellable,
			(payment) => movePayment(call, payment, 'PAYMENT_TRANSACTION_REMOVED'),
			'Payment was cancelled.',
		),
	removePayment: (call: Call) =>
		step(call, 'PAYMENT_DELETED', checkRemovable, (payment) => deletePayment(call, payment), 'Payment was removed.'),

	getPaymentEvents: (call: Call) => {
		const ids = call.query.invoiceId as number[];
		if (ids.length > 200) throw badRequest('At most 200 invoices.', 'invoiceId');
		const seen = ids.filter((id) => {
			const invoice = call.company.register(invoices).get(id);
			return invoice !== undefined && seesInvoice(call.user, invoice);
		});
		const found = call.company
			.register(paymentEvents)
			.all()
			.filter(({ record }) => seen.includes(record.invoiceId));
		return listAnswer(call, found, { show: showEvent(call) });
	},
	/** Takes away what was only marked as paid; a payment made in Procountor has its own way. */
	removePaymentEvent: (call: Call) => {
		const invoice = findInvoice(call);
		needEdit(call.user, 'payments.markAsPaid');
		const find = () => {
			const event = paymentsOf(call.company, invoice.id).find(({ id }) => id === idOf(call, 'paymentEventId'));
			if (!event) throw notFound('Payment event');
			if (paymentMap(call.company).has(event.id) || event.record.status !== 'MARKED_PAID')
				throw forbidden('Payment is in a wrong status.');
			return event;
		};
		find();
		return askSecondFactor(call, 'INVOICE_PAYMENTEVENTS_DELETED', () => {
			const { id } = find();
			call.company.register(paymentEvents).delete(id);
			followPayments(call, invoice.id);
			return { result: { info: { message: 'Payment event was removed.' } } };
		});
	},

	getErrorMessages: (call: Call) => {
		const { type, status } = call.query;
		const found = call.company
			.register(paymentErrors)
			.all()
			.filter(({ record }) => {
				const asked = status === undefined || status === 'ALL' || record.status === status;
				return (
					asked &&
					(type === undefined || record.type === type) &&
					inDays(call, 'createdStartDate', 'createdEndDate', record.createdDate)
				);
			});
		return listAnswer(call, found, { show: ({ record }) => record });
	},
};
