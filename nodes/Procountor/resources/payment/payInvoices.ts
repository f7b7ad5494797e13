import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { date as dayIn } from '../../validation/dates';
import { decimal, type Decimal } from '../../validation/money';
import {
	type Client,
	InputError,
	type InvoicePayment,
	loadRecords,
	pages,
	ProcountorError,
	type TransactionIdentifier,
} from '../../api';
import { recordId } from '../../engine/recordId';
import type { Output, OperationHandler } from '../../engine/task';
import { unwrap } from '../shared/bookkeeping/rows';
import { readSession } from '../shared/companyData';
import { openAmount, readPayments } from '../shared/invoicePayments';
import { nameOfInvoice, totalOf } from '../shared/invoiceRecord';
import { itemOf, rowOf, summaryOf, tell } from './orderItem';
import { oneOrder, pairedTo, type Part } from './batch';
import { paymentOf, reasonToLeaveOut, type PaymentDay, type PaymentOptions } from './invoicePayment';
import {
	withPaymentOrders,
	invoiceKey,
	type OrderState,
	type PaymentOrder,
	type PaymentOrders,
	sendOrder,
	orderStateReader,
	UNCLEAR_MS,
} from '../shared/payments/orders';
import { raise } from '../../utils/raise';

export const callsOfPayInvoices = [
	'POST /payments',
	'GET /invoices/{invoiceId}',
	'GET /invoices/{invoiceId}/paymentevents',
	'GET /payments/paymentevents',
	'GET /mfatransactionresult/{transactionIdentifier}',
	'GET /sessioninfo',
] as const;

/** Most IDs of `GET /payments/paymentevents`. */
const MOST_IDS = 200;

/** What one item asks for. */
interface Wanted {
	invoiceIds: number[];
	options: PaymentOptions;
}

/** A bill of the order. */
interface Bill {
	invoice: IDataObject;
	/** The first item that names it. */
	index: number;
	options: PaymentOptions;
	open: Decimal;
}

/**
 * Pays bills: one order for all items, confirmed once. Bills that need no payment are left out with the reason; an order that
 * waits for its confirmation is returned instead of a second one. A bill that nobody can pay stops all of them.
 */
export const payInvoices: OperationHandler = (operation, input, execution) => {
	const { settings } = input.values(operation);
	const wanted: Wanted = {
		invoiceIds: idsIn(settings.invoiceIds),
		options: {
			day: settings.paymentDay as PaymentDay,
			date: settings.date as string | undefined,
			payerBankAccount: settings.payerBankAccount as string | undefined,
			message: settings.message as string | undefined,
			serviceCharge: settings.serviceCharge as string | undefined,
		},
	};
	return oneOrder('pay invoices', input, execution, wanted, async (client, parts) => {
		const { companyId, country, userId } = await readSession(client);
		if (country !== undefined && country !== 'FINLAND')
			throw new ProcountorError({
				message: `Pay Invoices knows the payment methods of Finland only, and the company is in ${country}`,
				advice: "Use 'Create' and choose the payment method for each payment.",
			});
		return await withPaymentOrders(
			input.context,
			client,
			companyId,
			async (orders) => await pay(client, parts, orders, userId, input.context),
		);
	});
};

function idsIn(value: unknown): number[] {
	return String(value)
		.split(',')
		.map((id) => recordId('Invoice IDs', id));
}

async function pay(
	client: Client,
	parts: ReadonlyArray<Part<Wanted>>,
	orders: PaymentOrders,
	userId: number,
	context: IExecuteFunctions,
): Promise<Output[]> {
	const today = unwrap('Today', dayIn(new Date()));
	const leftOut: IDataObject[] = [];
	const bills: Bill[] = [];
	for (const bill of await billsOf(client, parts)) {
		const reason = reasonToLeaveOut(bill.invoice, bill.open, labelOf(bill));
		if (reason === undefined) bills.push(bill);
		else leftOut.push({ ...summaryOf(bill.invoice), reason });
	}
	const earlier = new Map<string, { order: PaymentOrder; bills: Bill[] }>();
	const fresh: Bill[] = [];
	const stateNow = orderStateReader(client, userId);
	for (const bill of bills) {
		const order = await waitingFor(bill, orders, stateNow);
		if (order === 'confirmed')
			leftOut.push({ ...summaryOf(bill.invoice), reason: 'has a confirmed payment that Procountor does not show yet' });
		else if (order === undefined) fresh.push(bill);
		else {
			const id = String(order.transactionIdentifier);
			earlier.set(id, { order, bills: [...(earlier.get(id)?.bills ?? []), bill] });
		}
	}
	const outputs = [...earlier.values()].map(({ order, bills: waiting }) =>
		itemOf(
			order,
			waiting.map((bill) => rowOf(bill.invoice, paymentFor(bill, today))),
			false,
		),
	);
	// All payments are checked before anything is sent.
	const payments = paymentsFor(fresh, today);
	if (payments.length) {
		const keys = new Map(fresh.map((bill) => [keyOf(bill), String(bill.invoice.version)]));
		const about = `the payment of ${fresh.length} invoices`;
		const send = async (): Promise<TransactionIdentifier> =>
			await client.post('POST /payments', { body: { payments }, noun: about });
		const order = await sendOrder(orders, keys, userId, send);
		outputs.push(
			itemOf(
				order,
				payments.map((payment, index) => rowOf(fresh[index].invoice, payment)),
				true,
			),
		);
	}
	if (outputs.length === 0)
		outputs.push({ transactionIdentifier: null, result: 'NOTHING_TO_PAY', ordered: false, payments: [] });
	outputs[0].leftOut = leftOut;
	tell(context, leftOut);
	return outputs.map((json) => ({ json, pairedItem: pairedTo(parts) }));
}

/**
 * The invoices of all items, each once, with what is open. @throws {InputError} for one that does not exist or is named
 * with two settings
 */
async function billsOf(client: Client, parts: ReadonlyArray<Part<Wanted>>): Promise<Bill[]> {
	const asked = new Map<number, { index: number; options: PaymentOptions }>();
	for (const { index, value } of parts) {
		for (const id of value.invoiceIds) {
			const known = asked.get(id);
			if (known && JSON.stringify(known.options) !== JSON.stringify(value.options))
				throw new InputError(
					`Item ${index + 1}`,
					`names invoice ${id} with other settings than item ${known.index + 1}`,
					'Name each invoice once.',
				);
			if (!known) asked.set(id, { index, options: value.options });
		}
	}
	const invoices = await loadRecords(client, 'GET /invoices/{invoiceId}', [...asked.keys()], { noun: 'invoice' });
	const found = new Map(invoices.map((invoice) => [Number(invoice.id), invoice]));
	const paid = await paidAmong(client, [...found.keys()]);
	const bills: Bill[] = [];
	for (const [id, { index, options }] of asked) {
		const invoice = found.get(id);
		if (!invoice)
			throw new ProcountorError({
				message: `Item ${index + 1}: invoice ${id} was not found, so nothing was paid`,
				advice: 'Check the ID, the company of the credential, and the rights of its user.',
				refused: { call: 'GET /invoices/{invoiceId}', ids: [id] },
			});
		const open = paid.has(id)
			? openAmount(invoice, await readPayments(client, id))
			: unwrap(`Item ${index + 1}, Amount`, decimal(totalOf(invoice) ?? 0));
		bills.push({ invoice, index, options, open });
	}
	return bills;
}

/** Which invoices have payments: one request for 200 of them. */
async function paidAmong(client: Client, ids: readonly number[]): Promise<Set<number>> {
	const paid = new Set<number>();
	for (let start = 0; start < ids.length; start += MOST_IDS) {
		const query = { invoiceId: ids.slice(start, start + MOST_IDS) };
		for await (const page of pages(client, {
			call: 'GET /payments/paymentevents',
			query,
			noun: 'payments',
			confirmEmpty: true,
		}))
			for (const { invoiceId } of page) paid.add(Number(invoiceId));
	}
	return paid;
}

const keyOf = ({ invoice }: Bill): string => invoiceKey(invoice.id);
const labelOf = ({ index, invoice }: Pick<Bill, 'index' | 'invoice'>): string =>
	`Item ${index + 1}: ${nameOfInvoice(invoice)}`;

/** The order that a bill waits in; undefined if it may be ordered. */
async function waitingFor(
	bill: Bill,
	orders: PaymentOrders,
	stateNow: (order: PaymentOrder) => Promise<OrderState>,
): Promise<PaymentOrder | 'confirmed' | undefined> {
	const order = orders.of(keyOf(bill));
	if (!order) return undefined;
	const state = await stateNow(order);
	if (state === 'WAITING') return order;
	// The bill has changed since then: its payment was cancelled or refused by the bank.
	if (state === 'CONFIRMED' || state === 'PROCESSED')
		return order.version === bill.invoice.version ? 'confirmed' : undefined;
	if (state === 'UNCLEAR' && Date.now() - order.at < UNCLEAR_MS)
		throw new ProcountorError({
			message: `It is unclear whether a payment of ${nameOfInvoice(bill.invoice)} waits for confirmation, so nothing was paid`,
			advice: 'Confirm or reject what waits in the Procountor Key app. If nothing waits, run this again after an hour.',
		});
	return undefined;
}

const paymentFor = ({ invoice, index, open, options }: Bill, today: string): InvoicePayment =>
	paymentOf(invoice, open, options, today, labelOf({ index, invoice }));

/** The payments of bills. @throws {ProcountorError} that names every bill that cannot be paid */
function paymentsFor(bills: readonly Bill[], today: string): InvoicePayment[] {
	const payments: InvoicePayment[] = [];
	const refused: ProcountorError[] = [];
	for (const bill of bills) {
		try {
			payments.push(paymentFor(bill, today));
		} catch (error) {
			if (!(error instanceof ProcountorError)) return raise(error);
			refused.push(error);
		}
	}
	if (refused.length === 0) return payments;
	const advice = [...new Set(refused.flatMap(({ problem }) => problem.advice ?? []))].join(' ');
	throw new ProcountorError({
		message: `${refused.map(({ message }) => message).join('; ')}. Nothing was paid`,
		advice: advice || undefined,
	});
}
