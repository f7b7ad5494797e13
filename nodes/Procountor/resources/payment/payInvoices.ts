import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseDate } from '../../validation/dates';
import { parseDecimal, type Decimal } from '../../validation/money';
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
import { orderOutput, paymentRow, billSummary, hintLeftOut } from './orderItem';
import { orderForAllItems, pairedItems, type BatchItem } from './batch';
import { buildInvoicePayment, reasonToLeaveOut, type PaymentDay, type PaymentOptions } from './invoicePayment';
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
import { counted } from '../../utils/texts';

export const callsOfPayInvoices = [
	'POST /payments',
	'GET /invoices/{invoiceId}',
	'GET /invoices/{invoiceId}/paymentevents',
	'GET /payments/paymentevents',
	'GET /mfatransactionresult/{transactionIdentifier}',
	'GET /sessioninfo',
] as const;

/** The maximum number of IDs in `GET /payments/paymentevents`. */
const MAX_IDS = 200;

type StateReader = (order: PaymentOrder) => Promise<OrderState>;

/** The bills that one item pays. */
interface PayRequest {
	invoiceIds: number[];
	options: PaymentOptions;
}

/** A bill and how to pay it. */
interface Bill {
	invoice: IDataObject;
	/** The index of the first item that contains it. */
	index: number;
	options: PaymentOptions;
	openAmount: Decimal;
}

/**
 * Pays bills with one order for all items, which a user confirms once. Bills that need no payment are left out with the
 * reason. If an order for a bill waits for its confirmation, that order is returned. If one bill cannot be paid, none is.
 */
export const payInvoices: OperationHandler = (operation, input, execution) => {
	const { settings } = input.values(operation);
	const request: PayRequest = {
		invoiceIds: parseIds(settings.invoiceIds),
		options: {
			day: settings.paymentDay as PaymentDay,
			date: settings.date as string | undefined,
			payerBankAccount: settings.payerBankAccount as string | undefined,
			message: settings.message as string | undefined,
			serviceCharge: settings.serviceCharge as string | undefined,
		},
	};
	return orderForAllItems('pay invoices', input, execution, request, async (client, items) => {
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
			async (orders) => await payBills(client, items, orders, userId, input.context),
		);
	});
};

function parseIds(value: unknown): number[] {
	return String(value)
		.split(',')
		.map((id) => recordId('Invoice IDs', id));
}

async function payBills(
	client: Client,
	items: ReadonlyArray<BatchItem<PayRequest>>,
	orders: PaymentOrders,
	userId: number,
	context: IExecuteFunctions,
): Promise<Output[]> {
	const today = unwrap('Today', parseDate(new Date()));
	const bills = await readBills(client, items);
	const { leftOut, waiting, toOrder } = await sortBills(bills, orders, orderStateReader(client, userId));
	const outputs = [...waiting.values()].map(({ order, bills: waitingBills }) =>
		orderOutput(
			order,
			waitingBills.map((bill) => paymentRow(bill.invoice, buildPayment(bill, today))),
			false,
		),
	);
	// All payments are checked before anything is sent.
	const payments = buildPayments(toOrder, today);
	if (payments.length) {
		const keys = new Map(toOrder.map((bill) => [billKey(bill), String(bill.invoice.version)]));
		const noun = `the payment of ${counted(toOrder.length, 'invoice')}`;
		const send = async (): Promise<TransactionIdentifier> =>
			await client.post('POST /payments', { body: { payments }, noun });
		const order = await sendOrder(orders, keys, userId, send);
		outputs.push(
			orderOutput(
				order,
				payments.map((payment, index) => paymentRow(toOrder[index].invoice, payment)),
				true,
			),
		);
	}
	if (outputs.length === 0)
		outputs.push({ transactionIdentifier: null, result: 'NOTHING_TO_PAY', ordered: false, payments: [] });
	outputs[0].leftOut = leftOut;
	hintLeftOut(context, leftOut);
	return outputs.map((json) => ({ json, pairedItem: pairedItems(items) }));
}

/** Bills by what happens to them. */
interface SortedBills {
	/** Bills that need no payment, with the reason, as shown in the output. */
	leftOut: IDataObject[];
	/** Earlier orders that wait for their confirmation, by transaction identifier. */
	waiting: Map<string, { order: PaymentOrder; bills: Bill[] }>;
	toOrder: Bill[];
}

async function sortBills(bills: readonly Bill[], orders: PaymentOrders, readState: StateReader): Promise<SortedBills> {
	const leftOut: IDataObject[] = [];
	const unpaid: Bill[] = [];
	const leaveOut = ({ invoice }: Bill, reason: string): void => void leftOut.push({ ...billSummary(invoice), reason });
	for (const bill of bills) {
		const reason = reasonToLeaveOut(bill.invoice, bill.openAmount, billLabel(bill));
		if (reason === undefined) unpaid.push(bill);
		else leaveOut(bill, reason);
	}
	const waiting: SortedBills['waiting'] = new Map();
	const toOrder: Bill[] = [];
	// Orders are read after all bills were checked, because each takes a request.
	for (const bill of unpaid) {
		const order = await findEarlierOrder(bill, orders, readState);
		if (order === undefined) toOrder.push(bill);
		else if (order === 'confirmed') leaveOut(bill, 'has a confirmed payment that Procountor does not show yet');
		else {
			const id = String(order.transactionIdentifier);
			waiting.set(id, { order, bills: [...(waiting.get(id)?.bills ?? []), bill] });
		}
	}
	return { leftOut, waiting, toOrder };
}

/**
 * Reads the invoices of all items, each once, with their open amounts.
 * @throws {InputError} if an invoice does not exist, or two items name it with different settings
 */
async function readBills(client: Client, items: ReadonlyArray<BatchItem<PayRequest>>): Promise<Bill[]> {
	const requested = new Map<number, { index: number; options: PaymentOptions }>();
	for (const { index, value } of items) {
		for (const id of value.invoiceIds) {
			const earlier = requested.get(id);
			if (earlier && JSON.stringify(earlier.options) !== JSON.stringify(value.options))
				throw new InputError(
					`Item ${index + 1}`,
					`names invoice ${id} with other settings than item ${earlier.index + 1}`,
					'Name each invoice once.',
				);
			if (!earlier) requested.set(id, { index, options: value.options });
		}
	}
	const invoices = await loadRecords(client, 'GET /invoices/{invoiceId}', [...requested.keys()], { noun: 'invoice' });
	const invoicesById = new Map(invoices.map((invoice) => [Number(invoice.id), invoice]));
	const idsWithPayments = await findInvoicesWithPayments(client, [...invoicesById.keys()]);
	const bills: Bill[] = [];
	for (const [id, { index, options }] of requested) {
		const invoice = invoicesById.get(id);
		if (!invoice)
			throw new ProcountorError({
				message: `Item ${index + 1}: invoice ${id} was not found, so nothing was paid`,
				advice: 'Check the ID, the company of the credential, and the rights of its user.',
				refused: { call: 'GET /invoices/{invoiceId}', ids: [id] },
			});
		const open = idsWithPayments.has(id)
			? openAmount(invoice, await readPayments(client, id))
			: unwrap(`Item ${index + 1}, Amount`, parseDecimal(totalOf(invoice) ?? 0));
		bills.push({ invoice, index, options, openAmount: open });
	}
	return bills;
}

/** Returns the IDs of invoices that have payments, with one request per 200 invoices. */
async function findInvoicesWithPayments(client: Client, ids: readonly number[]): Promise<Set<number>> {
	const found = new Set<number>();
	for (let start = 0; start < ids.length; start += MAX_IDS) {
		const query = { invoiceId: ids.slice(start, start + MAX_IDS) };
		for await (const page of pages(client, {
			call: 'GET /payments/paymentevents',
			query,
			noun: 'payments',
			confirmEmpty: true,
		}))
			for (const { invoiceId } of page) found.add(Number(invoiceId));
	}
	return found;
}

const billKey = ({ invoice }: Bill): string => invoiceKey(invoice.id);
const billLabel = ({ index, invoice }: Pick<Bill, 'index' | 'invoice'>): string =>
	`Item ${index + 1}: ${nameOfInvoice(invoice)}`;

/** Returns the order in which a bill waits, or that its payment is confirmed; undefined if it can be ordered. */
async function findEarlierOrder(
	bill: Bill,
	orders: PaymentOrders,
	readState: StateReader,
): Promise<PaymentOrder | 'confirmed' | undefined> {
	const order = orders.of(billKey(bill));
	if (!order) return undefined;
	const state = await readState(order);
	if (state === 'WAITING') return order;
	// If the bill has changed since the order, its payment was cancelled, or the bank rejected it.
	if (state === 'CONFIRMED' || state === 'PROCESSED')
		return order.version === bill.invoice.version ? 'confirmed' : undefined;
	if (state === 'UNCLEAR' && Date.now() - order.at < UNCLEAR_MS)
		throw new ProcountorError({
			message: `It is unclear whether a payment of ${nameOfInvoice(bill.invoice)} waits for confirmation, so nothing was paid`,
			advice: 'Confirm or reject what waits in the Procountor Key app. If nothing waits, run this again after an hour.',
		});
	return undefined;
}

const buildPayment = ({ invoice, index, openAmount: open, options }: Bill, today: string): InvoicePayment =>
	buildInvoicePayment(invoice, open, options, today, billLabel({ index, invoice }));

/**
 * Returns the payments of bills.
 * @throws {ProcountorError} with every bill that cannot be paid
 */
function buildPayments(bills: readonly Bill[], today: string): InvoicePayment[] {
	const payments: InvoicePayment[] = [];
	const refused: ProcountorError[] = [];
	for (const bill of bills) {
		try {
			payments.push(buildPayment(bill, today));
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
