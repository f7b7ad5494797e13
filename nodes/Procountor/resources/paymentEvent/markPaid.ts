import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseDate } from '../../validation/dates';
import { absolute, compare, parseDecimal, decimalWithin, toText, type Decimal } from '../../validation/money';
import {
	type Client,
	type CurrencyCode,
	InputError,
	type Invoice,
	isOutcomeUnknown,
	type MarkInvoiceAsPaid,
	problemIn,
	ProcountorError,
} from '../../api';
import { titleOf } from '../../labels/terms';
import type { Values } from '../../engine/input';
import type { OperationHandler } from '../../engine/task';
import { ItemMemory } from '../../engine/itemMemory';
import { capitalized } from '../../utils/texts';
import { isOpenAmountKnown, markPaid, openAmount, readPayments, QUEUED } from '../shared/invoicePayments';
import { nameOfInvoice } from '../shared/invoiceRecord';
import { isOrder } from '../shared/invoiceTypes';
import { creationNote } from '../shared/createOnce';
import { lookUpSecondsOf } from '../shared/formSettings';
import { unwrap, restoreNumber } from '../shared/bookkeeping/rows';
import { withWarnings } from '../shared/warnings';

export const callsOfMarkPaid = ['GET /invoices/{invoiceId}', 'GET /invoices/{invoiceId}/paymentevents'] as const;

/** Statuses in which an invoice cannot be paid (docs/procountor.md#mark-as-paid). */
const UNPAYABLE = ['UNFINISHED', 'INVALIDATED', 'DELETED', 'PAYMENT_DENIED', 'OVERRIDDEN', 'INVOICED'];
const PAID = ['PAID', 'MARKED_PAID'];

/** The name of the write in the item's memory. */
const STEP = 'mark as paid';

/** Marks an invoice as paid outside Procountor, by default its open amount and today. */
export const markAsPaid: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const { amount: given } = values.settings;
	const amount = given === undefined ? undefined : unwrap('Amount', decimalWithin(restoreNumber(given), 2));
	if (amount?.digits === 0n) throw new InputError('Amount', 'is zero');
	const memory = new ItemMemory(input);
	return {
		readOnly: false,
		resumable: true,
		run: async (client) => [{ json: await mark(client, values, amount, memory, input.context) }],
	};
};

/** The fields that the user entered. */
type PaymentFields = Omit<MarkInvoiceAsPaid, 'amount'>;

async function mark(
	client: Client,
	{ ids, body, query, settings }: Values,
	given: Decimal | undefined,
	memory: ItemMemory,
	context: IExecuteFunctions,
): Promise<IDataObject> {
	const fields = (body ?? {}) as PaymentFields;
	const invoiceId = Number(ids.invoiceId);
	const options = { path: { invoiceId }, noun: `invoice ${invoiceId}` };
	const invoice = await client.get('GET /invoices/{invoiceId}', options);
	const currency = checkCurrency(invoice, fields);
	const payments = await readPayments(client, invoiceId);
	const earlier = findOwnPayment(invoice, payments, memory, given);
	if (earlier) return { invoiceId, ...earlier, marked: true, changed: true };
	const status = payableStatus(invoice);
	if (PAID.includes(status)) return { invoiceId, status, openSum: 0, marked: false, changed: false };
	const paymentDate = fields.paymentDate ?? unwrap('Payment Date', parseDate(new Date()));
	const same =
		given && settings.ifExists !== 'create'
			? findSamePayment(invoice, payments, { ...fields, amount: given })
			: undefined;
	if (same) {
		const created = { record: same, isNew: false, createdByItem: memory.createdByItem(STEP, Number(same.id)) };
		const note = creationNote(context, created, 'payment');
		return { invoiceId, ...same, marked: false, changed: false, ...note };
	}
	const warnings = warningsFor(invoice, payments, given);
	const amount = given ?? openAmount(invoice, payments);
	// If nothing is open, an earlier run has marked the invoice, or more was paid.
	if (given === undefined && amount.digits * openAmount(invoice, []).digits <= 0n)
		return { invoiceId, status, openSum: 0, marked: false, changed: false };
	const before = payments.map(({ id }) => Number(id));
	memory.setStep(STEP, { before });
	const event = await markPaid(
		client,
		invoice,
		payments,
		{ ...fields, paymentDate, amount, currency },
		lookUpSecondsOf(settings),
		query as Record<string, boolean>,
	).catch((error: unknown) => forgetIfRefused(error, memory));
	memory.setStep(STEP, { id: Number(event.id), before });
	if (settings.ifExists !== 'create')
		await refuseDuplicates(client, invoice, before, { ...event, paymentDate, amount });
	const left = isOpenAmountKnown(invoice, payments)
		? { openSum: Number(toText(openAmount(invoice, [...payments, { paidAmount: Number(toText(amount)) }]))) }
		: {};
	return { invoiceId, ...event, ...left, marked: true, changed: true, ...withWarnings(context, warnings) };
}

/**
 * Returns warnings if a payment is in the queue, or the amount exceeds the open amount.
 * @throws {InputError} if the amount has the wrong sign, which would increase the open amount (docs/procountor.md#mark-as-paid)
 */
function warningsFor(invoice: IDataObject, payments: readonly IDataObject[], given: Decimal | undefined): string[] {
	const warnings: string[] = [];
	if (QUEUED.includes(String(invoice.status)))
		warnings.push(
			`${capitalized(nameOfInvoice(invoice))} has a payment that is ${titleOf(String(invoice.status))}: cancel it, or the invoice is paid twice`,
		);
	if (given === undefined || !isOpenAmountKnown(invoice, payments)) return warnings;
	const open = openAmount(invoice, payments);
	if (given.digits * open.digits < 0n)
		throw new InputError(
			'Amount',
			`is ${toText(given, 2)}, but ${toText(open, 2)} of ${nameOfInvoice(invoice)} is open`,
			`Enter an amount ${open.digits > 0n ? 'above zero. To undo a payment, use Payment Event: Delete' : 'below zero, because the invoice is a credit'}.`,
		);
	if (compare(absolute(given), absolute(open)) > 0)
		warnings.push(
			`${toText(given, 2)} was marked as paid, but only ${toText(open, 2)} of ${nameOfInvoice(invoice)} was open`,
		);
	return warnings;
}

/**
 * Returns the currency of the invoice.
 * @throws {InputError} if the user entered another one
 */
function checkCurrency({ paymentInfo }: Invoice, given: PaymentFields): CurrencyCode {
	const currency = paymentInfo?.currency ?? given.currency;
	if (currency === undefined)
		throw new InputError('Currency', 'is empty, and Procountor returned none for the invoice', 'Enter it.');
	if (given.currency === undefined || given.currency === currency) return currency;
	throw new InputError(
		'Currency',
		`is ${given.currency}, and the invoice's is ${currency}`,
		'Payments are marked in the currency of the invoice: leave it out.',
	);
}

/**
 * Reads the payments again, because another n8n process may have marked the same payment at the same moment.
 * @throws {ProcountorError} with all IDs if there are several
 */
async function refuseDuplicates(
	client: Client,
	invoice: IDataObject,
	before: readonly number[],
	own: PaymentFields & { amount: Decimal; id?: unknown },
): Promise<void> {
	const completed = [`${nameOfInvoice(invoice)} marked as paid`];
	const payments = await readPayments(client, Number(invoice.id)).catch((error: unknown) => {
		throw new ProcountorError({ ...problemIn(error), completed });
	});
	const same = withSameAmount(payments, own).filter(
		({ id, paymentDate }) => !before.includes(Number(id)) && datePart(paymentDate) === own.paymentDate,
	);
	const ids = [
		...new Set([own.id, ...same.map(({ id }) => id)].flatMap((id) => (id === undefined ? [] : [Number(id)]))),
	];
	if (ids.length < 2) return;
	throw new ProcountorError({
		message: `${capitalized(nameOfInvoice(invoice))} has the payment of ${toText(own.amount, 2)} more than once (IDs ${ids.sort((a, b) => a - b).join(' and ')}): another execution marked it at the same moment`,
		advice:
			'Keep one and delete the others with Payment Event: Delete. To prevent this, let only one execution mark payments at a time.',
		completed,
	});
}

/**
 * Returns the payment that this item marked in an earlier try: by its ID, or a new payment with the same amount.
 * @throws {ProcountorError} if it is unclear whether there is one
 */
function findOwnPayment(
	invoice: IDataObject,
	payments: readonly IDataObject[],
	memory: ItemMemory,
	given: Decimal | undefined,
): IDataObject | undefined {
	const done = memory.getStep(STEP);
	if (!done) return undefined;
	const isOld = ({ id }: IDataObject): boolean => (done.before ?? []).includes(Number(id));
	const amount = given ?? openAmount(invoice, payments.filter(isOld));
	const found =
		payments.find(({ id }) => id === done.id) ??
		withSameAmount(payments, { amount }).find((payment) => !isOld(payment));
	if (found) return found;
	throw new ProcountorError({
		message: `It is unclear whether ${nameOfInvoice(invoice)} was marked as paid`,
		advice: 'Look at its payments in Procountor before you run this again.',
		outcomeUnknown: true,
	});
}

/**
 * Returns the status of the invoice.
 * @throws {ProcountorError} if the invoice cannot be marked as paid
 */
function payableStatus(invoice: IDataObject): string {
	const status = String(invoice.status);
	if (isOrder(String(invoice.type)))
		throw new ProcountorError({
			message: `${capitalized(nameOfInvoice(invoice))} is a ${titleOf(String(invoice.type)).toLowerCase()}; only invoices can be marked as paid`,
		});
	if (!UNPAYABLE.includes(status)) return status;
	throw new ProcountorError({
		message: `${capitalized(nameOfInvoice(invoice))} is ${titleOf(status)}; marking as paid needs an invoice that is approved or in circulation${status === 'UNFINISHED' ? '. Approve it first, or send it to circulation' : ''}`,
	});
}

/**
 * Returns the payment of an earlier run: with the same amount and date, and no other description.
 * @throws {ProcountorError} if no date is given and a payment with that amount has another date, because it may be the same
 */
function findSamePayment(
	invoice: IDataObject,
	payments: readonly IDataObject[],
	wanted: PaymentFields & { amount: Decimal },
): IDataObject | undefined {
	const candidates = withSameAmount(payments, wanted);
	const day = wanted.paymentDate ?? unwrap('Payment Date', parseDate(new Date()));
	const same = candidates.find(({ paymentDate }) => datePart(paymentDate) === day);
	if (same || wanted.paymentDate !== undefined || candidates.length === 0) return same;
	const [other] = candidates;
	throw new ProcountorError({
		message: `${capitalized(nameOfInvoice(invoice))} has a payment of ${toText(wanted.amount, 2)} on ${String(other.paymentDate)} (ID ${String(other.id)}). It may be the same one, because Payment Date is empty`,
		advice: "Enter the Payment Date. To mark it in any case, choose 'Create Anyway' under 'If It Already Exists'.",
	});
}

/** Returns the payments with an amount, without those with another description. */
function withSameAmount(
	payments: readonly IDataObject[],
	{ amount, description }: { amount: Decimal; description?: string },
): IDataObject[] {
	const text = toText(amount, 2);
	return payments.filter(
		(payment) =>
			paidAmountText(payment) === text &&
			(description === undefined || !payment.description || payment.description === description),
	);
}

const datePart = (paymentDate: unknown): string => String(paymentDate).slice(0, 10);

/** Returns the amount of a payment with two decimals. */
function paidAmountText({ paidAmount, amount }: IDataObject): string | undefined {
	const value = parseDecimal(paidAmount ?? amount);
	return value.ok ? toText(value.value, 2) : undefined;
}

/** Forgets a write that was refused, and rethrows the error. */
function forgetIfRefused(error: unknown, memory: ItemMemory): never {
	if (!isOutcomeUnknown(error)) memory.setStep(STEP, undefined);
	throw error;
}
