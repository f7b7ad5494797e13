import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, equal, toText } from '../../validation/money';
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
import { orderForAllItems, pairedItems, type BatchItem } from './batch';
import { orderOutput, hintLeftOut } from './orderItem';
import { objectAt } from '../../utils/objects';
import { counted } from '../../utils/texts';

export const callsOfTransfers = [
	'GET /payments',
	'GET /payments/{paymentId}',
	'GET /mfatransactionresult/{transactionIdentifier}',
	'GET /sessioninfo',
] as const;

/** Statuses of payments that were not executed. */
const NOT_PAID = ['PAYMENT_DENIED', 'PAYMENT_TRANSACTION_REMOVED', 'INVALIDATED', 'DELETED', 'OVERRIDDEN'];

interface Transfer {
	/** `Item 2, Transfer 1`. */
	label: string;
	/** Keys of earlier orders of this transfer. The first one is stored with a new order. */
	keys: [string, ...string[]];
	/** Another key to store, by which a transfer with the same content finds the order. */
	alias: string;
	customId?: string;
	/** Whether to order a transfer that was confirmed or is in Procountor. */
	orderAgain: boolean;
	body: DirectBankTransfer;
}

/**
 * Orders bank transfers without an invoice, with one confirmation for all items. A transfer that waits, was confirmed, or is
 * in Procountor is not ordered again, unless the user chose that. It is identified by its own ID, or else by its content.
 */
export const createTransfers: OperationHandler = (operation, input, execution) => {
	const { body, settings } = input.values(operation);
	const rows = (body as { directBankTransfers: IDataObject[] }).directBankTransfers;
	const transfers = rows.map((fields, row) => readTransfer(fields, row, input, settings.ifExists === 'create'));
	return orderForAllItems('bank transfers', input, execution, transfers, async (client, items) => {
		const { companyId, userId } = await readSession(client);
		return await withPaymentOrders(
			input.context,
			client,
			companyId,
			async (orders) => await orderTransfers(client, items, orders, userId, input),
		);
	});
};

function readTransfer(fields: IDataObject, row: number, input: Input, orderAgain: boolean): Transfer {
	const label = `Item ${input.index + 1}, Transfer ${row + 1}`;
	const { bankReferenceCode, bankReferenceCodeType, message, ...rest } = fields;
	const reference =
		bankReferenceCodeType === undefined || bankReferenceCodeType === 'FI' || bankReferenceCodeType === 'RF'
			? referenceFields(bankReferenceCode, bankReferenceCode && 'FI', message as string | undefined, label)
			: { bankReferenceCode, bankReferenceCodeType };
	const payment = { ...(message === undefined ? {} : { message }), ...reference };
	const body = checkPayment('DirectBankTransfer', { ...rest, ...payment }, label);
	const { customId } = body;
	const content = `transfer ${contentKey(body)}`;
	const anonymous = `${content} without own ID`;
	// Without an own ID, only its position identifies a transfer that is ordered again.
	const [first, ...others] =
		customId === undefined
			? [orderAgain ? positionKey(input, row) : anonymous, content]
			: [`transfer ${customId}`, anonymous];
	return { label, customId, orderAgain, body, keys: [first, ...(orderAgain ? [] : others)], alias: content };
}

/** Returns a key of recipient, amount, date, and reference or message, which identify a transfer without own ID. */
function contentKey(body: IDataObject): string {
	const { name } = objectAt(body, 'recipientNameAndAddress');
	const amount = parseDecimal(body.amount);
	return fingerprint([
		body.recipientBankAccount,
		foldName(String(name)),
		amount.ok ? toText(amount.value, 2) : body.amount,
		body.currencyCode,
		body.paymentDate,
		body.bankReferenceCode ?? body.message ?? '',
	]);
}

/** Returns a key of the transfer's position in this execution. It stays the same if n8n retries the node. */
function positionKey({ context, index }: Input, row: number): string {
	const { $runIndex } = context.getWorkflowDataProxy(index);
	const nodeContext = context.getContext('node') as { startedAt?: string };
	nodeContext.startedAt ??= `${Date.now()} ${Math.random()}`;
	return `transfer of run ${nodeContext.startedAt} ${String($runIndex)}.${index}.${row}`;
}

async function orderTransfers(
	client: Client,
	items: ReadonlyArray<BatchItem<Transfer[]>>,
	orders: PaymentOrders,
	userId: number,
	{ context }: Input,
): Promise<Output[]> {
	const transfers = items.flatMap(({ value }) => value);
	refuseRepeated(transfers);
	const leftOut: IDataObject[] = [];
	const waiting = new Map<string, { order: PaymentOrder; transfers: Transfer[] }>();
	const toOrder: Transfer[] = [];
	const lookup: TransferLookup = {
		orders,
		readState: orderStateReader(client, userId),
		paymentsOn: paymentsByDay(client),
	};
	for (const transfer of transfers) {
		const known = await findEarlierOrder(client, transfer, lookup);
		if (known === undefined) toOrder.push(transfer);
		else if ('reason' in known) leftOut.push({ ...transferRow(transfer), ...known });
		else {
			const id = String(known.transactionIdentifier);
			waiting.set(id, { order: known, transfers: [...(waiting.get(id)?.transfers ?? []), transfer] });
		}
	}
	const outputs = [...waiting.values()].map((group) =>
		orderOutput(group.order, group.transfers.map(transferRow), false),
	);
	if (toOrder.length) {
		const body = { directBankTransfers: toOrder.map((transfer) => transfer.body) };
		const noun = `the order of ${counted(toOrder.length, 'bank transfer')}`;
		const keys = new Map(toOrder.flatMap(({ keys: [own], alias }) => [own, alias].map((key) => [key, undefined])));
		const send = async (): Promise<TransactionIdentifier> =>
			await client.post('POST /payments/directbanktransfers', { body, noun });
		const sent = await sendOrder(orders, keys, userId, send);
		outputs.push(orderOutput(sent, toOrder.map(transferRow), true));
	}
	if (outputs.length === 0)
		outputs.push({ transactionIdentifier: null, result: 'NOTHING_TO_PAY', ordered: false, payments: [] });
	outputs[0].leftOut = leftOut;
	hintLeftOut(context, leftOut);
	return outputs.map((json) => ({ json, pairedItem: pairedItems(items) }));
}

function refuseRepeated(transfers: readonly Transfer[]): void {
	const labels = new Map<string, string>();
	for (const { label, customId, keys } of transfers) {
		const other = labels.get(keys[0]);
		labels.set(keys[0], label);
		if (other === undefined) continue;
		const reason =
			customId === undefined ? `it is the same transfer as ${other}` : `Own ID '${customId}' is that of ${other}`;
		throw new ProcountorError({
			message: `${label}: ${reason}, so nothing was ordered`,
			advice: 'If both are to be paid, give each its own Own ID.',
		});
	}
}

/** Finds earlier orders and payments of transfers. */
interface TransferLookup {
	orders: PaymentOrders;
	readState: ReturnType<typeof orderStateReader>;
	paymentsOn: ReturnType<typeof paymentsByDay>;
}

/** Returns the order in which a transfer waits, or why it is not ordered again; undefined if it may be ordered. */
async function findEarlierOrder(
	client: Client,
	transfer: Transfer,
	{ orders, readState, paymentsOn }: TransferLookup,
): Promise<PaymentOrder | { reason: string } | undefined> {
	const earlier = transfer.keys.map((key) => orders.of(key)).find((order) => order !== undefined);
	const state = earlier && (await readState(earlier));
	if (earlier && state === 'WAITING') return earlier;
	if (transfer.orderAgain) return undefined;
	if (state === 'CONFIRMED' || state === 'PROCESSED') return { reason: 'was ordered and confirmed before' };
	const paymentId = await findPayment(client, transfer.body, paymentsOn);
	if (paymentId !== undefined) return { reason: `is in Procountor already (payment ${paymentId})` };
	if (state === 'UNCLEAR')
		throw new ProcountorError({
			message: `${transfer.label}: it is unclear whether an order of this transfer waits for confirmation, so nothing was ordered`,
			advice:
				"Check the Procountor Key app and the payments in Procountor. To order it anyway, choose 'Create Anyway' under 'If It Already Exists'.",
		});
	return undefined;
}

/** Returns a function that reads the payments of a day that were not cancelled or rejected, each day once. */
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

/** Returns the ID of a payment with the same amount, account, date, and message. No list contains own IDs. */
async function findPayment(
	client: Client,
	wanted: IDataObject,
	paymentsOn: TransferLookup['paymentsOn'],
): Promise<number | undefined> {
	const { name } = objectAt(wanted, 'recipientNameAndAddress');
	for (const { id, amount, receiverName } of await paymentsOn(wanted.paymentDate as string)) {
		if (!isSameAmount(amount, wanted.amount) || foldName(String(receiverName)) !== foldName(String(name))) continue;
		const options = { path: { paymentId: Number(id) }, noun: `payment ${String(id)}` };
		const details = await client.get('GET /payments/{paymentId}', options);
		const sameAccount = details.receiverAccount === wanted.recipientBankAccount;
		if (sameAccount && (details.message ?? '') === (wanted.message ?? '')) return Number(id);
	}
	return undefined;
}

function isSameAmount(a: unknown, b: unknown): boolean {
	const [first, second] = [parseDecimal(a), parseDecimal(b)];
	return first.ok && second.ok && equal(first.value, second.value);
}

function transferRow({ body }: Transfer): IDataObject {
	const { amount, currencyCode, paymentDate, paymentMethod, recipientBankAccount, bankReferenceCode, message } = body;
	const { name } = objectAt(body, 'recipientNameAndAddress');
	const reference = { recipient: name, recipientBankAccount, bankReferenceCode, message };
	return { customId: body.customId, amount, currency: currencyCode, paymentDate, paymentMethod, ...reference };
}
