import type { IDataObject } from 'n8n-workflow';
import { decimal, equal } from '../../validation/money';
import { bodyObject, type Client, pages, ProcountorError } from '../../api';
import type { Input } from '../../engine/input';
import type { Output, OperationHandler } from '../../engine/task';
import { sessionOf } from '../shared/companyData';
import { foldedName } from '../shared/invoiceRecord';
import { alone, type PaymentOrder, PaymentOrders, sendOrder, stateOf } from '../shared/payments/orders';
import { checkedPayment, referenceOf } from '../shared/payments/transferChecks';
import { oneOrder, pairedTo, type Part } from './batch';
import { itemOf, tell } from './orderItem';

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
	/** What it is remembered by: its own ID, or its place in this run for 'Retry On Fail'. */
	key: string;
	customId?: string;
	body: IDataObject;
}

/**
 * Orders bank transfers without an invoice, those of all items with one confirmation. A transfer with an own ID is ordered
 * once: one that waits, was confirmed or shows in Procountor is not ordered again.
 */
export const createTransfers: OperationHandler = (operation, input, execution) => {
	const { body, settings } = input.values(operation);
	const given = (body as { directBankTransfers: IDataObject[] }).directBankTransfers;
	const transfers = given.map((one, row) => transferOf(one, row, input));
	const again = settings.ifExists === 'create';
	return oneOrder('bank transfers', input, execution, transfers, async (client, parts) => {
		const { companyId, userId } = await sessionOf(client);
		return await alone(client, companyId, async () => {
			const orders = new PaymentOrders(input.context, client, companyId);
			return await order(client, parts, orders, userId, again, input);
		});
	});
};

function transferOf(given: IDataObject, row: number, input: Input): Transfer {
	const label = `Item ${input.index + 1}, Transfer ${row + 1}`;
	const { bankReferenceCode, bankReferenceCodeType, message, ...rest } = given;
	const reference =
		bankReferenceCodeType === undefined || bankReferenceCodeType === 'FI' || bankReferenceCodeType === 'RF'
			? referenceOf(bankReferenceCode, bankReferenceCode && 'FI', message as string | undefined, label)
			: { bankReferenceCode, bankReferenceCodeType };
	const both = { ...(message === undefined ? {} : { message }), ...reference };
	const body = checkedPayment('DirectBankTransfer', { ...rest, ...both }, label);
	const customId = body.customId as string | undefined;
	return { label, customId, body, key: customId === undefined ? placeOf(input, row) : `transfer ${customId}` };
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
	again: boolean,
	{ context }: Input,
): Promise<Output[]> {
	const transfers = parts.flatMap(({ value }) => value);
	refuseTwice(transfers);
	const leftOut: IDataObject[] = [];
	const earlier = new Map<PaymentOrder, Transfer[]>();
	const fresh: Transfer[] = [];
	for (const transfer of transfers) {
		const known = await earlierOf(client, transfer, orders, userId, again);
		if (known === undefined) fresh.push(transfer);
		else if ('reason' in known) leftOut.push({ ...rowOf(transfer), ...known });
		else earlier.set(known, [...(earlier.get(known) ?? []), transfer]);
	}
	const outputs = [...earlier].map(([waiting, all]) => itemOf(waiting, all.map(rowOf), false));
	if (fresh.length) {
		const body = { directBankTransfers: fresh.map((one) => one.body) };
		const about = `the order of ${fresh.length} bank transfers`;
		const keys = new Map(fresh.map(({ key }) => [key, undefined]));
		const sent = await sendOrder(client, orders, keys, userId, {
			call: 'POST /payments/directbanktransfers',
			body,
			noun: about,
		});
		outputs.push(itemOf(sent, fresh.map(rowOf), true));
	}
	if (outputs.length === 0)
		outputs.push({ transactionIdentifier: null, result: 'NOTHING_TO_PAY', ordered: false, payments: [] });
	outputs[0].leftOut = leftOut;
	tell(context, leftOut);
	return outputs.map((json) => ({ json, pairedItem: pairedTo(parts) }));
}

function refuseTwice(transfers: readonly Transfer[]): void {
	const twice = transfers.find(({ key }, index) => transfers.findIndex((other) => other.key === key) < index);
	if (twice)
		throw new ProcountorError({
			message: `${twice.label}: Own ID '${String(twice.customId)}' is given twice, so nothing was ordered`,
			advice: 'Give each transfer its own.',
		});
}

/** The order that a transfer waits in, or why it is not ordered; undefined if it may be ordered. */
async function earlierOf(
	client: Client,
	transfer: Transfer,
	orders: PaymentOrders,
	userId: number,
	again: boolean,
): Promise<PaymentOrder | { reason: string } | undefined> {
	const before = orders.of(transfer.key);
	const state = before && (await stateOf(client, before, userId));
	if (before && state === 'WAITING') return before;
	if (again) return undefined;
	if (state === 'CONFIRMED' || state === 'PROCESSED') return { reason: 'was ordered and confirmed before' };
	if (transfer.customId === undefined && state !== 'UNCLEAR') return undefined;
	const paymentId = await shownPayment(client, transfer.body);
	if (paymentId !== undefined) return { reason: `is in Procountor already (payment ${paymentId})` };
	if (state === 'UNCLEAR')
		throw new ProcountorError({
			message: `${transfer.label}: it is unclear whether an order of this transfer waits for confirmation, so nothing was ordered`,
			advice:
				"Look in the Procountor Key app and among the payments in Procountor. To order it anyway, choose 'Create Anyway' under 'If It Already Exists'.",
		});
	return undefined;
}

/** A payment that pays the same amount to the same account on the same day with the same message: no list tells own IDs. */
async function shownPayment(client: Client, wanted: IDataObject): Promise<number | undefined> {
	const day = wanted.paymentDate as string;
	const { name } = wanted.recipientNameAndAddress as IDataObject;
	const query = { startDate: day, endDate: day };
	for await (const page of pages(client, { call: 'GET /payments', query, noun: 'payments', confirmEmpty: true })) {
		for (const { id, amount, receiverName, status } of page) {
			if (NOT_PAID.includes(String(status)) || !isSame(amount, wanted.amount)) continue;
			if (foldedName(String(receiverName)) !== foldedName(String(name))) continue;
			const request = { call: 'GET /payments/{paymentId}' as const, path: { paymentId: Number(id) } };
			const whole = bodyObject(await client.request({ ...request, noun: `payment ${String(id)}` })) ?? {};
			const sameAccount = whole.receiverAccount === wanted.recipientBankAccount;
			if (sameAccount && (whole.message ?? '') === (wanted.message ?? '')) return Number(id);
		}
	}
	return undefined;
}

function isSame(a: unknown, b: unknown): boolean {
	const [first, second] = [decimal(a), decimal(b)];
	return first.ok && second.ok && equal(first.value, second.value);
}

function rowOf({ body }: Transfer): IDataObject {
	const { amount, currencyCode, paymentDate, paymentMethod, recipientBankAccount, bankReferenceCode, message } = body;
	const { name } = body.recipientNameAndAddress as IDataObject;
	const reference = { recipient: name, recipientBankAccount, bankReferenceCode, message };
	return { customId: body.customId, amount, currency: currencyCode, paymentDate, paymentMethod, ...reference };
}
