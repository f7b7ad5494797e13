import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, sum, toText } from '../../validation/money';
import { type BodyOf, type Client, pages, ProcountorError } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { fingerprint } from '../../utils/fingerprint';
import { unwrap } from '../shared/bookkeeping/rows';
import { readSession } from '../shared/companyData';
import { withPaymentOrders, type PaymentOrders, sendOrder, orderStateReader } from '../shared/payments/orders';
import { checkPayment } from '../shared/payments/transferChecks';

export const callsOfSalaryPayment = [
	'GET /payments/directsalarypayments',
	'GET /mfatransactionresult/{transactionIdentifier}',
	'GET /sessioninfo',
] as const;

/** Statuses of lists that were not paid. */
const NOT_PAID = ['PAYMENT_TRANSACTION_CANCELLED', 'PAYMENT_TRANSACTION_REMOVED'];

/** The body of a list of salary payments. */
type SalaryList = BodyOf<'POST /payments/directsalarypayments'>;

/** Orders a list of salary payments once, also in repeated runs. It is identified by its own list ID, or by its content. */
export const createSalaryPayment: OperationHandler = (operation, input) => {
	const { body } = input.values(operation);
	const fields = body as SalaryList;
	const payments = fields.payments.map((payment, row) =>
		checkPayment('DirectSalaryPayment', payment, `Payment ${row + 1}`),
	);
	const list: SalaryList = { ...fields, payments };
	return {
		readOnly: false,
		async run(client) {
			const { companyId, userId } = await readSession(client);
			return await withPaymentOrders(input.context, client, companyId, async (orders) => [
				{ json: await orderOnce(client, orders, userId, list) },
			]);
		},
	};
};

async function orderOnce(
	client: Client,
	orders: PaymentOrders,
	userId: number,
	list: SalaryList,
): Promise<IDataObject> {
	const { customId } = list;
	const existing = await findExistingList(client, list);
	if (existing) return { transactionIdentifier: null, result: 'EXISTS', ordered: false, ...existing };
	const key = `salary list ${customId ?? fingerprint(list)}`;
	const earlier = orders.of(key);
	const state = earlier && (await orderStateReader(client, userId)(earlier));
	const name = customId === undefined ? `'${String(list.listName)}'` : `with the Own List ID '${customId}'`;
	if (state === 'UNCLEAR')
		throw new ProcountorError({
			message: `It is unclear whether the salary payment ${name} waits for confirmation, so nothing was ordered`,
			advice: 'Look in the Procountor Key app. If nothing waits there, order it with another Own List ID.',
		});
	// Procountor may show the list of a confirmed order late.
	if (customId === undefined && (state === 'CONFIRMED' || state === 'PROCESSED'))
		return { transactionIdentifier: null, result: 'EXISTS', ordered: false };
	const isWaiting = earlier !== undefined && state === 'WAITING';
	const order = isWaiting
		? earlier
		: await sendOrder(orders, new Map([[key, undefined]]), userId, async () => {
				const noun = `salary payment '${list.listName}'`;
				return await client.post('POST /payments/directsalarypayments', { body: list, noun });
			});
	const { transactionIdentifier, confirmationApp } = order;
	const ownId = customId === undefined ? {} : { customId };
	return { transactionIdentifier, confirmationApp, result: 'WAITING', ordered: !isWaiting, ...ownId };
}

/** Returns the list that Procountor shows after a confirmation, unless it was cancelled. */
async function findExistingList(client: Client, wanted: SalaryList): Promise<IDataObject | undefined> {
	const { customId, listName, paymentDate } = wanted;
	const total = toText(sum(wanted.payments.map(({ amount }) => unwrap('Amount', parseDecimal(amount)))), 2);
	const isSameList = (list: IDataObject): boolean =>
		customId === undefined
			? list.listName === listName &&
				String(list.paymentDate).slice(0, 10) === paymentDate &&
				toText(unwrap('Total', parseDecimal(list.totalSum ?? 0)), 2) === total
			: list.customId === customId;
	const query = customId === undefined ? { name: String(listName) } : { customId };
	for await (const page of pages(client, {
		call: 'GET /payments/directsalarypayments',
		query,
		noun: 'salary payments',
		confirmEmpty: true,
	})) {
		const found = page.find((list) => isSameList(list) && !NOT_PAID.includes(String(list.status)));
		if (found) return found;
	}
	return undefined;
}
