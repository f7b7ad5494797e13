import type { IDataObject } from 'n8n-workflow';
import { decimal, equal, toText } from '../../validation/money';
import { type Client, type DirectBankTransfer, pages, ProcountorError, type TransactionIdentifier } from '../../api';
import type { Input } from '../../engine/input';
import type { Output, OperationHandler } from '../../engine/task';
import { readSession } from '../shared/companyData';
import { foldName } from '../shared/invoiceRecord';
import { fingerprint } from '../../utils/fingerprint';
import {
	withPaymentOrders,
	type PaymentOrder,
	type PaymentOrders,
	sendOrder,
	orderStateReader,
} from '../shared/payments/orders';
import { checkPayment, referenceFields } from '../shared/payments/transferChecks';
import { oneOrder, pairedTo, type Part } from './batch';
import { itemOf, tell } from './orderItem';
import { objectAt } from '../../utils/objects';

export const callsOfTransfers = [
	'GET /payments',
	'GET /payments/{paymentId}',
	'GET /mfatransactionresult/{transactionIdentifier}',
	'GET /sessioninfo',
] as const;

/** Payments that came to nothing. */
const NOT_PAID = ['PAYMENT_DENIED', 'PAYMENT_TRANSACTION_REMOVED', 'INVALIDATED', 'DELETED', 'OVERRIDDEN'];

interface Transfer {
	/** `Item 2, Transfer 1`. */
	label: string;
	/** What an earlier order of it is remembered by; the first key is its own. */
	keys: [string, ...string[]];
	/** Under what else it is remembered: another transfer of the same content finds it there. */
	alias: string;
	customId?: string;
	/** Whether the person chose to order what shows in Procountor. */
	again: boolean;
	body: DirectBankTransfer;
}

/**
 * Orders bank transfers without an invoice, those of all items with one confirmation. A transfer is ordered once: one that
 * waits, was confirmed or shows in Procountor is not ordered again, unless the person chose that. It is known by its own ID,
 * or without one by its content.
 */
export const createTransfers: OperationHandler = (operation, input, execution) => {
	const { body, settings } = input.values(operation);
	const given = (body as { directBankTransfers: IDataObject[] }).directBankTransfers;
	const transfers = given.map((one, row) => transferOf(one, row, input, settings.ifExists === 'create'));
	return oneOrder('bank transfers', input, execution, transfers, async (client, parts) => {
		const { companyId, userId } = await readSession(client);
		return await withPaymentOrders(
			input.context,
			client,
			companyId,
			async (orders) => await order(client, parts, orders, userId, input),
		);
	});
};

function transferOf(given: IDataObject, row: number, input: Input, again: boolean): Transfer {
	const label = `Item ${input.index + 1}, Transfer ${row + 1}`;
	const { bankReferenceCode, bankReferenceCodeType, message, ...rest } = given;
	const reference =
		bankReferenceCodeType === undefined || bankReferenceCodeType === 'FI' || bankReferenceCodeType === 'RF'
			? referenceFields(bankReferenceCode, bankReferenceCode && 'FI', message as string | undefined, label)
			: { bankReferenceCode, bankReferenceCodeType };
	const both = { ...(message === undefined ? {} : { message }), ...reference };
	const body = checkPayment('DirectBankTransfer', { ...rest, ...both }, label);
	const { customId } = body;
	const content = `transfer ${contentOf(body)}`;
	const plain = `${content} without own ID`;
	// Without an own ID, a transfer that is ordered again is known by its place alone.
	const [first, ...others] =
		customId === undefined ? [again ? placeOf(input, row) : plain, content] : [`transfer ${customId}`, plain];
	return { label, customId, again, body, keys: [first, ...(again ? [] : others)], alias: content };
}

/** What makes two transfers without own IDs the same: recipient, sum, day, and reference or message. */
function contentOf(body: IDataObject): string {
	const { name } = objectAt(body, 'recipientNameAndAddress');
	const amount = decimal(body.amount);
	return fingerprint([
		body.recipientBankAccount,
		foldName(String(name)),
		amount.ok ? toText(amount.value, 2) : body.amount,
		body.currencyCode,
		body.paymentDate,
		body.bankReferenceCode ?? body.message ?? '',
	]);
}

/** The place of a transfer in this execution: n8n's 'Retry On Fail' runs the node again for all items. */
function placeOf({ context, index }: Input, row: number): string {
	const { $runIndex } = context.getWorkflowDataProxy(index);
	const kept = context.getContext('node') as { startedAt?: string };
	kept.startedAt ??= `${Date.now()} ${Math.random()}`;
	return `transfer of run ${kept.startedAt} ${String($runIndex)}.${index}.${row}`;
}

async function order(
	client: Client,
	parts: ReadonlyArray<Part<Transfer[]>>,
	orders: PaymentOrders,
	userId: number,
	{ context }: Input,
): Promise<Output[]> {
	const transfers = parts.flatMap(({ value }) => value);
	refuseTwice(transfers);
	const leftOut: IDataObject[] = [];
	const earlier = new Map<string, { order: PaymentOrder; transfers: Transfer[] }>();
	const fresh: Transfer[] = [];
	const search: Search = { orders, stateNow: orderStateReader(client, userId), paymentsOn: paymentsByDay(client) };
	for (const transfer of transfers) {
		const known = await earlierOf(client, transfer, search);
		if (known === undefined) fresh.push(transfer);
		else if ('reason' in known) leftOut.push({ ...rowOf(transfer), ...known });
		else {
			const id = String(known.transactionIdentifier);
			earlier.set(id, { order: known, transfers: [...(earlier.get(id)?.transfers ?? []), transfer] });
		}
	}
	const outputs = [...earlier.values()].map((one) => itemOf(one.order, one.transfers.map(rowOf), false));
	if (fresh.length) {
		const body = { directBankTransfers: fresh.map((one) => one.body) };
		const about = `the order of ${fresh.length} bank transfers`;
		const keys = new Map(fresh.flatMap(({ keys: [own], alias }) => [own, alias].map((key) => [key, undefined])));
		const send = async (): Promise<TransactionIdentifier> =>
			await client.post('POST /payments/directbanktransfers', { body, noun: about });
		const sent = await sendOrder(orders, keys, userId, send);
		outputs.push(itemOf(sent, fresh.map(rowOf), true));
	}
	if (outputs.length === 0)
		outputs.push({ transactionIdentifier: null, result: 'NOTHING_TO_PAY', ordered: false, payments: [] });
	outputs[0].leftOut = leftOut;
	tell(context, leftOut);
	return outputs.map((json) => ({ json, pairedItem: pairedTo(parts) }));
}

function refuseTwice(transfers: readonly Transfer[]): void {
	const labels = new Map<string, string>();
	for (const { label, customId, keys } of transfers) {
		const other = labels.get(keys[0]);
		labels.set(keys[0], label);
		if (other === undefined) continue;
		const what =
			customId === undefined ? `it is the same transfer as ${other}` : `Own ID '${customId}' is that of ${other}`;
		throw new ProcountorError({
			message: `${label}: ${what}, so nothing was ordered`,
			advice: 'If both are to be paid, give each its own Own ID.',
		});
	}
}

/** How earlier orders and payments of transfers are found. */
interface Search {
	orders: PaymentOrders;
	stateNow: ReturnType<typeof orderStateReader>;
	paymentsOn: ReturnType<typeof paymentsByDay>;
}

/** The order that a transfer waits in, or why it is not ordered; undefined if it may be ordered. */
async function earlierOf(
	client: Client,
	transfer: Transfer,
	{ orders, stateNow, paymentsOn }: Search,
): Promise<PaymentOrder | { reason: string } | undefined> {
	const before = transfer.keys.map((key) => orders.of(key)).find((one) => one !== undefined);
	const state = before && (await stateNow(before));
	if (before && state === 'WAITING') return before;
	if (transfer.again) return undefined;
	if (state === 'CONFIRMED' || state === 'PROCESSED') return { reason: 'was ordered and confirmed before' };
	const paymentId = await shownPayment(client, transfer.body, paymentsOn);
	if (paymentId !== undefined) return { reason: `is in Procountor already (payment ${paymentId})` };
	if (state === 'UNCLEAR')
		throw new ProcountorError({
			message: `${transfer.label}: it is unclear whether an order of this transfer waits for confirmation, so nothing was ordered`,
			advice:
				"Check the Procountor Key app and the payments in Procountor. To order it anyway, choose 'Create Anyway' under 'If It Already Exists'.",
		});
	return undefined;
}

/** Reads the payments of a day that came to something, each day once. */
function paymentsByDay(client: Client): (day: string) => Promise<IDataObject[]> {
	const days = new Map<string, Promise<IDataObject[]>>();
	const read = async (day: string): Promise<IDataObject[]> => {
		const found: IDataObject[] = [];
		const query = { startDate: day, endDate: day };
		for await (const page of pages(client, { call: 'GET /payments', query, noun: 'payments', confirmEmpty: true }))
			found.push(...page.filter(({ status }) => !NOT_PAID.includes(String(status))));
		return found;
	};
	return async (day) => {
		const payments = days.get(day) ?? read(day);
		days.set(day, payments);
		return await payments;
	};
}

/** A payment that pays the same amount to the same account on the same day with the same message: no list tells own IDs. */
async function shownPayment(
	client: Client,
	wanted: IDataObject,
	paymentsOn: Search['paymentsOn'],
): Promise<number | undefined> {
	const { name } = objectAt(wanted, 'recipientNameAndAddress');
	for (const { id, amount, receiverName } of await paymentsOn(wanted.paymentDate as string)) {
		if (!isSame(amount, wanted.amount) || foldName(String(receiverName)) !== foldName(String(name))) continue;
		const options = { path: { paymentId: Number(id) }, noun: `payment ${String(id)}` };
		const whole = await client.get('GET /payments/{paymentId}', options);
		const sameAccount = whole.receiverAccount === wanted.recipientBankAccount;
		if (sameAccount && (whole.message ?? '') === (wanted.message ?? '')) return Number(id);
	}
	return undefined;
}

function isSame(a: unknown, b: unknown): boolean {
	const [first, second] = [decimal(a), decimal(b)];
	return first.ok && second.ok && equal(first.value, second.value);
}

function rowOf({ body }: Transfer): IDataObject {
	const { amount, currencyCode, paymentDate, paymentMethod, recipientBankAccount, bankReferenceCode, message } = body;
	const { name } = objectAt(body, 'recipientNameAndAddress');
	const reference = { recipient: name, recipientBankAccount, bankReferenceCode, message };
	return { customId: body.customId, amount, currency: currencyCode, paymentDate, paymentMethod, ...reference };
}
