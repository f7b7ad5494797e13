import type { IDataObject } from 'n8n-workflow';
import { type Client, InputError, ProcountorError, type TransactionIdentifier } from '../../api';
import { requestFor } from '../../engine/request';
import type { OperationHandler } from '../../engine/task';
import { readSession } from '../shared/companyData';
import {
	withPaymentOrders,
	invoiceKey,
	type PaymentOrders,
	sendOrder,
	orderStateReader,
	UNCLEAR_MS,
} from '../shared/payments/orders';

export const callsOfCreatePayments = ['GET /mfatransactionresult/{transactionIdentifier}', 'GET /sessioninfo'] as const;

/**
 * Orders the given payments of invoices. If an earlier payment of an invoice still waits for its confirmation, the order is
 * refused, because Procountor would accept a second one. After a confirmation, the invoice has another version and status.
 */
export const createPayments: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const { payments } = values.body as { payments: IDataObject[] };
	refuseRepeated(payments);
	return {
		readOnly: false,
		async run(client) {
			const { companyId, userId } = await readSession(client);
			return await withPaymentOrders(input.context, client, companyId, async (orders) => {
				await refuseIfWaiting(client, payments, orders, userId);
				const keys = new Map(
					payments.map(({ invoiceId, invoiceVersion }) => [invoiceKey(invoiceId), String(invoiceVersion)]),
				);
				const send = async (): Promise<TransactionIdentifier> =>
					(await client.requestJson(requestFor(operation, values))) ?? {};
				const { transactionIdentifier, confirmationApp } = await sendOrder(orders, keys, userId, send);
				return [{ json: { transactionIdentifier, confirmationApp } }];
			});
		},
	};
};

/** @throws {InputError} if a payment is repeated */
function refuseRepeated(payments: readonly IDataObject[]): void {
	const texts = payments.map((payment) => JSON.stringify(payment));
	const repeated = texts.findIndex((text, index) => texts.indexOf(text) < index);
	if (repeated >= 0)
		throw new InputError(
			`Payment ${repeated + 1}`,
			`is the same as payment ${texts.indexOf(texts[repeated]) + 1}`,
			'Enter each payment once.',
		);
}

/** @throws {ProcountorError} if a payment of one of the invoices waits for its confirmation, or may wait */
async function refuseIfWaiting(
	client: Client,
	payments: readonly IDataObject[],
	orders: PaymentOrders,
	userId: number,
): Promise<void> {
	const stateNow = orderStateReader(client, userId);
	for (const { invoiceId } of payments) {
		const order = orders.of(invoiceKey(invoiceId));
		const state = order && (await stateNow(order));
		if (order && state === 'WAITING')
			throw new ProcountorError({
				message: `A payment of invoice ${String(invoiceId)} waits for confirmation already (${String(order.transactionIdentifier)}), so nothing was ordered`,
				advice: 'Confirm or reject it in the Procountor Key app first.',
			});
		if (order && state === 'UNCLEAR' && Date.now() - order.at < UNCLEAR_MS)
			throw new ProcountorError({
				message: `It is unclear whether a payment of invoice ${String(invoiceId)} waits for confirmation, so nothing was ordered`,
				advice:
					'Confirm or reject what waits in the Procountor Key app. If nothing waits, run this again after an hour.',
			});
	}
}
