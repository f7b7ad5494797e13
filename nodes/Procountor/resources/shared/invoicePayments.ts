import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, negate, subtract, sum, toNumber, toText, type Decimal } from '../../validation/money';
import { type Client, type CurrencyCode, type MarkAsPaidMethod, pages, ProcountorError, writeOrFind } from '../../api';
import { pollUntil } from './createOnce';
import { nameOfInvoice, totalOf } from './invoiceRecord';
import { unwrap } from './bookkeeping/rows';
import { toObject } from '../../utils/objects';

/** Statuses of an invoice whose payment is on its way to the bank. */
export const QUEUED = ['PAYMENT_QUEUED', 'PAYMENT_SENT_TO_BANK'];

/** Statuses of payment events without a payment. */
const NOT_PAID = ['PAYMENT_DENIED', 'PAYMENT_TRANSACTION_REMOVED', 'INVALIDATED', 'DELETED', 'OVERRIDDEN'];

/** Reads the payments of an invoice, by rising ID. */
export async function readPayments(client: Client, invoiceId: number): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const page of pages(client, { call: 'GET /invoices/{invoiceId}/paymentevents', path: { invoiceId } }))
		found.push(...page);
	return found.filter(({ status }) => !NOT_PAID.includes(String(status)));
}

/**
 * Returns the open amount of an invoice in its own currency; below zero for a credit note.
 * @throws {ProcountorError} if Procountor gives the amount of a payment only in other currencies
 */
export function openAmount(invoice: IDataObject, payments: readonly IDataObject[]): Decimal {
	const total = totalOf(invoice);
	if (total === undefined)
		throw new ProcountorError({
			message: `Procountor returned no total for ${nameOfInvoice(invoice)}`,
			advice: 'Enter the amount.',
		});
	const foreign = payments.find((payment) => amountInInvoiceCurrency(invoice, payment) === undefined);
	if (foreign)
		throw new ProcountorError({
			message: `The open amount of ${nameOfInvoice(invoice)} cannot be calculated, because its payment of ${String(foreign.paymentDate)} was in another currency`,
			advice: 'Enter the amount, or do it in Procountor.',
		});
	return subtract(
		toDecimal(total),
		sum(payments.map((payment) => toDecimal(amountInInvoiceCurrency(invoice, payment)))),
	);
}

/** Whether `openAmount` can calculate the open amount. */
export const isOpenAmountKnown = (invoice: IDataObject, payments: readonly IDataObject[]): boolean =>
	totalOf(invoice) !== undefined &&
	payments.every((payment) => amountInInvoiceCurrency(invoice, payment) !== undefined);

/** Returns a payment's amount in its invoice's currency, as paid or as posted; undefined if it has neither. */
function amountInInvoiceCurrency(
	{ paymentInfo }: IDataObject,
	{ paidAmount, paidCurrency, amount, currency }: IDataObject,
): unknown {
	const own = toObject(paymentInfo).currency;
	const isOwn = (code: unknown): boolean => code === undefined || own === undefined || code === own;
	if (paidAmount !== undefined && isOwn(paidCurrency)) return paidAmount;
	return amount !== undefined && isOwn(currency) ? amount : undefined;
}

function toDecimal(value: unknown): Decimal {
	return unwrap('Amount', parseDecimal(value));
}

/** A payment outside Procountor. */
export interface PaymentMark {
	paymentDate: string;
	amount: Decimal;
	currency: CurrencyCode;
	description?: string;
	paymentMethodType?: MarkAsPaidMethod;
}

/**
 * Marks an invoice as paid once, and returns the payment. If the outcome is unknown, it looks for a new payment with the
 * same day and amount.
 */
export async function markPaid(
	client: Client,
	invoice: IDataObject,
	before: readonly IDataObject[],
	{ amount, ...mark }: PaymentMark,
	lookUpSeconds: number,
	query: Record<string, boolean> = {},
): Promise<IDataObject> {
	const id = Number(invoice.id);
	const value = unwrap('Amount', toNumber(amount));
	const path = { invoiceId: id };
	const body = { ...mark, amount: value };
	const noun = nameOfInvoice(invoice);
	const known = new Set(before.map((payment) => payment.id));
	const isSamePayment = (payment: IDataObject): boolean =>
		!known.has(payment.id) &&
		payment.paymentDate === mark.paymentDate &&
		toText(toDecimal(payment.paidAmount ?? payment.amount), 2) === toText(amount, 2);
	return await writeOrFind<IDataObject>(
		async () => await client.put('PUT /invoices/{invoiceId}/paymentevents/markpaid', { path, query, body, noun }),
		async () =>
			await pollUntil({ client, lookUpSeconds }, async () => (await readPayments(client, id)).find(isSamePayment)),
	);
}

/** Returns the amount of a credit that is set off: all of it, or at most the open amount of the invoice. */
export function setOffAmount(open: Decimal, credit: Decimal): Decimal {
	const opposite = negate(credit);
	return subtract(opposite, open).digits > 0n ? open : opposite;
}
