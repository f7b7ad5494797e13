import type { IDataObject } from 'n8n-workflow';
import { decimal, sum, toText } from '../../validation/money';
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

/** Lists of payments that came to nothing. */
const NOT_PAID = ['PAYMENT_TRANSACTION_CANCELLED', 'PAYMENT_TRANSACTION_REMOVED'];

type SalaryList = BodyOf<'POST /payments/directsalarypayments'>;

/**
 * Orders a list of salary payments once, however often the run is repeated. The list is identified by its own list ID,
 * or by its content.
 */
export const createSalaryPayment: OperationHandler = (operation, input) => {
	const { body } = input.values(operation);
	const given = body as SalaryList;
	const payments = given.payments.map((one, row) => checkPayment('DirectSalaryPayment', one, `Payment ${row + 1}`));
	const list: SalaryList = { ...given, payments };
	return {
		readOnly: false,
		async run(client) {
			const { companyId, userId } = await readSession(client);
			return await withPaymentOrders(input.context, client, companyId, async (orders) => [
				{ json: await once(client, orders, userId, list) },
			]);
		},
	};
};

async function once(client: Client, orders: PaymentOrders, userId: number, list: SalaryList): Promise<IDataObject> {
	const { customId } = list;
	const shown = await shownList(client, list);
	if (shown) return { transactionIdentifier: null, result: 'EXISTS', ordered: false, ...shown };
	const key = `salary list ${customId ?? fingerprint(list)}`;
	const before = orders.of(key);
	const state = before && (await orderStateReader(client, userId)(before));
	const name = customId === undefined ? `'${String(list.listName)}'` : `with the Own List ID '${customId}'`;
	if (state === 'UNCLEAR')
		throw new ProcountorError({
			message: `It is unclear whether the salary payment ${name} waits for confirmation, so nothing was ordered`,
			advice: 'Look in the Procountor Key app. If nothing waits there, order it with another Own List ID.',
		});
	// Without an own ID, the list of a confirmed order may show late.
	if (customId === undefined && (state === 'CONFIRMED' || state === 'PROCESSED'))
		return { transactionIdentifier: null, result: 'EXISTS', ordered: false };
	const isWaiting = before !== undefined && state === 'WAITING';
	const order = isWaiting
		? before
		: await sendOrder(orders, new Map([[key, undefined]]), userId, async () => {
				const noun = `salary payment '${list.listName}'`;
				return await client.post('POST /payments/directsalarypayments', { body: list, noun });
			});
	const { transactionIdentifier, confirmationApp } = order;
	const own = customId === undefined ? {} : { customId };
	return { transactionIdentifier, confirmationApp, result: 'WAITING', ordered: !isWaiting, ...own };
}

/** The list as Procountor shows it after its confirmation; cancelled ones do not count. */
async function shownList(client: Client, wanted: SalaryList): Promise<IDataObject | undefined> {
	const { customId, listName, paymentDate } = wanted;
	const total = toText(sum(wanted.payments.map(({ amount }) => unwrap('Amount', decimal(amount)))), 2);
	const isIt = (list: IDataObject): boolean =>
		customId === undefined
			? list.listName === listName &&
				String(list.paymentDate).slice(0, 10) === paymentDate &&
				toText(unwrap('Total', decimal(list.totalSum ?? 0)), 2) === total
			: list.customId === customId;
	const query = customId === undefined ? { name: String(listName) } : { customId };
	for await (const page of pages(client, {
		call: 'GET /payments/directsalarypayments',
		query,
		noun: 'salary payments',
		confirmEmpty: true,
	})) {
		const found = page.find((list) => isIt(list) && !NOT_PAID.includes(String(list.status)));
		if (found) return found;
	}
	return undefined;
}
