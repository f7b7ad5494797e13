import type { IDataObject } from 'n8n-workflow';
import { bodyObject, type Client, pages, ProcountorError, type Request } from '../../api';
import type { OperationHandler } from '../../engine/task';
import { sessionOf } from '../shared/companyData';
import { alone, PaymentOrders, sendOrder, stateOf } from '../shared/payments/orders';
import { checkedPayment } from '../shared/payments/transferChecks';

export const callsOfSalaryPayment = [
	'GET /payments/directsalarypayments',
	'GET /mfatransactionresult/{transactionIdentifier}',
	'GET /sessioninfo',
] as const;

/** Lists of payments that came to nothing. */
const NOT_PAID = ['PAYMENT_TRANSACTION_CANCELLED', 'PAYMENT_TRANSACTION_REMOVED'];

/** Orders a list of salary payments; with an own list ID once, however often it is asked for. */
export const createSalaryPayment: OperationHandler = (operation, input) => {
	const { body } = input.values(operation);
	const list = body as IDataObject & { payments: IDataObject[]; customId?: string };
	const payments = list.payments.map((one, row) => checkedPayment('DirectSalaryPayment', one, `Payment ${row + 1}`));
	const request: Request = {
		call: 'POST /payments/directsalarypayments',
		body: { ...list, payments },
		noun: `salary payment '${String(list.listName)}'`,
	};
	return {
		readOnly: false,
		async run(client) {
			const { companyId, userId } = await sessionOf(client);
			const { customId } = list;
			if (customId === undefined) return [{ json: bodyObject(await client.request(request)) ?? {} }];
			return await alone(client, companyId, async () => {
				const orders = new PaymentOrders(input.context, client, companyId);
				return [{ json: await once(client, orders, userId, customId, request) }];
			});
		},
	};
};

async function once(
	client: Client,
	orders: PaymentOrders,
	userId: number,
	customId: string,
	request: Request,
): Promise<IDataObject> {
	const shown = await listOf(client, customId);
	if (shown) return { transactionIdentifier: null, result: 'EXISTS', ordered: false, ...shown };
	const key = `salary list ${customId}`;
	const before = orders.of(key);
	const state = before && (await stateOf(client, before, userId));
	if (state === 'UNCLEAR')
		throw new ProcountorError({
			message: `It is unclear whether the salary payment with the Own List ID '${customId}' waits for confirmation, so nothing was ordered`,
			advice: 'Look in the Procountor Key app. If nothing waits there, order it with another Own List ID.',
		});
	const isWaiting = before !== undefined && state === 'WAITING';
	const order = isWaiting ? before : await sendOrder(client, orders, new Map([[key, undefined]]), userId, request);
	const { transactionIdentifier, confirmationApp } = order;
	return { transactionIdentifier, confirmationApp, result: 'WAITING', ordered: !isWaiting, customId };
}

/** The list with an own ID, as Procountor shows it after its confirmation; cancelled ones do not count. */
async function listOf(client: Client, customId: string): Promise<IDataObject | undefined> {
	const query = { customId };
	for await (const page of pages(client, {
		call: 'GET /payments/directsalarypayments',
		query,
		noun: 'salary payments',
		confirmEmpty: true,
	})) {
		const found = page.find((list) => list.customId === customId && !NOT_PAID.includes(String(list.status)));
		if (found) return found;
	}
	return undefined;
}
