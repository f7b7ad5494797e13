import type { IDataObject } from 'n8n-workflow';
import { date as dayOf } from '../../validation/dates';
import { decimalWithin, toText, type Decimal } from '../../validation/money';
import { bodyObject, type Client, InputError, ProcountorError } from '../../api';
import { titleOf } from '../../labels/terms';
import type { Values } from '../../engine/input';
import type { OperationHandler } from '../../engine/task';
import { ItemMemory } from '../../engine/itemMemory';
import { capitalized } from '../../utils/texts';
import { isOpenKnown, marked, openSum, paymentsOf } from '../shared/invoicePayments';
import { nameOfInvoice } from '../shared/invoiceRecord';
import { passed, typed } from '../shared/bookkeeping/rows';

export const callsOfMarkPaid = ['GET /invoices/{invoiceId}', 'GET /invoices/{invoiceId}/paymentevents'] as const;

/** Statuses in which there is nothing to pay yet, or no more (docs/procountor.md#mark-as-paid). */
const NEVER = ['UNFINISHED', 'INVALIDATED', 'DELETED'];
const PAID = ['PAID', 'MARKED_PAID'];

/** Marks an invoice as paid elsewhere: the open sum, today and the invoice's currency where nothing else is given. */
export const markAsPaid: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const { amount: given } = values.settings;
	const amount = given === undefined ? undefined : passed('Amount', decimalWithin(typed(given), 2));
	if (amount?.digits === 0n) throw new InputError('Amount', 'is zero');
	const memory = new ItemMemory(input);
	return {
		readOnly: false,
		resumes: true,
		run: async (client) => [{ json: await mark(client, values, amount, memory) }],
	};
};

async function mark(
	client: Client,
	{ ids, body, query, settings }: Values,
	given: Decimal | undefined,
	memory: ItemMemory,
): Promise<IDataObject> {
	const fields = (body ?? {}) as {
		paymentDate?: string;
		currency?: string;
		description?: string;
		paymentMethodType?: string;
	};
	const invoiceId = Number(ids.invoiceId);
	const invoice =
		bodyObject(await client.request({ call: 'GET /invoices/{invoiceId}', path: ids, noun: `invoice ${invoiceId}` })) ??
		{};
	const currency = String((invoice.paymentInfo as IDataObject | undefined)?.currency ?? '');
	if (fields.currency !== undefined && fields.currency !== currency)
		throw new InputError(
			'Currency',
			`is ${fields.currency}, and the invoice's is ${currency}`,
			'Payments are marked in the currency of the invoice: leave it out.',
		);
	const payments = await paymentsOf(client, invoiceId);
	const done = memory.of('mark as paid');
	const earlier =
		done &&
		(payments.find(({ id }) => id === done.id) ?? payments.find(({ id }) => !(done.before ?? []).includes(Number(id))));
	if (earlier) return { invoiceId, ...earlier, marked: true, changed: true };
	if (done)
		throw new ProcountorError({
			message: `It is unclear whether ${nameOfInvoice(invoice)} was marked as paid`,
			advice: 'Look at its payments in Procountor before you run this again.',
			outcomeUnknown: true,
		});
	const status = String(invoice.status);
	if (NEVER.includes(status))
		throw new ProcountorError({
			message: `${capitalized(nameOfInvoice(invoice))} is ${titleOf(status)}; marking as paid needs an invoice that is approved or in circulation${status === 'UNFINISHED' ? '. Approve it first, or send it to circulation' : ''}`,
		});
	if (PAID.includes(status)) return { invoiceId, status, openSum: 0, marked: false, changed: false };
	const amount = given ?? openSum(invoice, payments);
	// Nothing is open any more, or more was paid than asked for: a repeated run finds its work done.
	if (given === undefined && amount.digits * openSum(invoice, []).digits <= 0n)
		return { invoiceId, status, openSum: 0, marked: false, changed: false };
	const paymentDate = fields.paymentDate ?? passed('Payment Date', dayOf(new Date()));
	memory.set('mark as paid', { before: payments.map(({ id }) => Number(id)) });
	const event = await marked(
		client,
		invoice,
		payments,
		{ ...fields, paymentDate, amount, currency },
		Number(settings.lookUp ?? 30),
		query as Record<string, boolean>,
	).catch((error: unknown) => forgotten(error, memory));
	memory.set('mark as paid', { id: Number(event.id) });
	const left = isOpenKnown(invoice, payments)
		? { openSum: Number(toText(openSum(invoice, [...payments, { paidAmount: Number(toText(amount)) }]))) }
		: {};
	return { invoiceId, ...event, ...left, marked: true, changed: true };
}

/** What was refused was not done. */
function forgotten(error: unknown, memory: ItemMemory): never {
	if (!(error instanceof ProcountorError) || !error.problem.outcomeUnknown) memory.set('mark as paid', undefined);
	throw error;
}
