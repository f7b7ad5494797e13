import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type Client, isOutcomeUnknown, ProcountorError, type TransactionIdentifier } from '../../../api';
import { readConfirmation, type ConfirmationResult } from '../confirmation';
import { withLock } from '../recentCreates';
import { dropOldest } from '../../../utils/maps';
import { raise } from '../../../utils/raise';

/** Payments that a user was asked to confirm. Without an identifier it is unclear whether Procountor received them. */
export interface PaymentOrder {
	/** When it was sent, in milliseconds since 1970. */
	at: number;
	transactionIdentifier?: string;
	confirmationApp?: string;
	/** The version of the invoice that was to be paid. */
	version?: string;
	/** The user who asked: Procountor shows the confirmation to no other. */
	userId: number;
}

/** Orders are forgotten after this time, because no confirmation stays open that long. */
const KEPT_MS = 30 * 24 * 3600 * 1000;
const MOST_KEPT = 5000;
/**
 * After this time, in milliseconds, an order of unknown outcome no longer blocks the next one: its confirmation has
 * expired.
 */
export const UNCLEAR_MS = 60 * 60 * 1000;
const STATIC_DATA_KEY = 'paymentOrders';

/** Returns the key under which the payment of an invoice is remembered. */
export const invoiceKey = (id: unknown): string => `invoice ${String(id)}`;

/** Orders that this n8n process sent, by company and payment. */
const sentOrders = new Map<string, PaymentOrder>();

/**
 * Remembers payment orders. Procountor shows a payment only after its confirmation, so another run would order it again.
 * The orders are kept in this n8n process and, across restarts, in the workflow's static data, which n8n saves for active
 * workflows.
 */
export class PaymentOrders {
	private readonly company: string;

	constructor(
		private readonly context: IExecuteFunctions,
		client: Client,
		companyId: number,
	) {
		this.company = `${client.address.base} ${companyId}`;
	}

	/** Returns the last order under a key, such as `invoice 4711`. */
	of(key: string): PaymentOrder | undefined {
		const name = `${this.company} ${key}`;
		const [here, saved] = [sentOrders.get(name), this.saved[name]];
		return here && (!saved || here.at >= saved.at) ? here : saved;
	}

	/** Remembers an order under several keys. */
	set(orders: ReadonlyMap<string, PaymentOrder>): void {
		this.change((saved) => {
			for (const [key, order] of orders) {
				const name = `${this.company} ${key}`;
				sentOrders.delete(name);
				sentOrders.set(name, order);
				delete saved[name];
				saved[name] = order;
			}
		});
	}

	/** Forgets orders that Procountor rejected. */
	forget(keys: Iterable<string>): void {
		this.change((saved) => {
			for (const key of keys) {
				sentOrders.delete(`${this.company} ${key}`);
				delete saved[`${this.company} ${key}`];
			}
		});
	}

	private get saved(): Record<string, PaymentOrder> {
		const kept = this.context.getWorkflowStaticData('node')[STATIC_DATA_KEY];
		return { ...(kept as Record<string, PaymentOrder> | undefined) };
	}

	/** Replaces the whole value, because n8n does not notice changes inside it. */
	private change(update: (saved: Record<string, PaymentOrder>) => void): void {
		const saved = this.saved;
		update(saved);
		const recent = Object.entries(saved).filter(([, { at }]) => Date.now() - at < KEPT_MS);
		const kept: IDataObject = JSON.parse(JSON.stringify(Object.fromEntries(recent.slice(-MOST_KEPT))));
		this.context.getWorkflowStaticData('node')[STATIC_DATA_KEY] = kept;
		dropOldest(sentOrders, MOST_KEPT);
	}
}

/** The state of an order: `UNCLEAR` if this user cannot read it, `GONE` if nobody can confirm it any more. */
export type OrderState = ConfirmationResult | 'UNCLEAR' | 'GONE';

/** Reads the state of an order. @throws {ProcountorError} if Procountor cannot be asked */
async function readState(client: Client, order: PaymentOrder, ownId: number): Promise<OrderState> {
	const { transactionIdentifier, userId } = order;
	if (transactionIdentifier === undefined || userId !== ownId) return 'UNCLEAR';
	try {
		return (await readConfirmation(client, transactionIdentifier)).result;
	} catch (error) {
		// It was confirmed, but Procountor could not carry it out.
		if (error instanceof ProcountorError && [403, 404].includes(error.problem.status ?? 0)) return 'GONE';
		return raise(error);
	}
}

/** Returns a function that reads the state of orders for the credential's user, each order once. */
export function orderStateReader(client: Client, ownId: number): (order: PaymentOrder) => Promise<OrderState> {
	const states = new Map<string, Promise<OrderState>>();
	return async (order) => {
		const { transactionIdentifier: id } = order;
		if (id === undefined) return 'UNCLEAR';
		const state = states.get(id) ?? readState(client, order, ownId);
		states.set(id, state);
		return await state;
	};
}

/**
 * Sends an order and remembers it under the keys of what it pays. It is remembered before it is sent, because its outcome
 * may stay unknown.
 * @param keys with the version of the invoice if an invoice is paid
 * @param send sends the request of the order
 * @throws {ProcountorError} if Procountor rejected it, which is forgotten again, or if its outcome is unknown
 */
export async function sendOrder(
	orders: PaymentOrders,
	keys: ReadonlyMap<string, string | undefined>,
	userId: number,
	send: () => Promise<TransactionIdentifier>,
): Promise<PaymentOrder> {
	const at = Date.now();
	const entries = (order: PaymentOrder): Map<string, PaymentOrder> =>
		new Map([...keys].map(([key, version]) => [key, { ...order, version }]));
	orders.set(entries({ at, userId }));
	try {
		const { transactionIdentifier, confirmationApp } = await send();
		const order = { at, userId, transactionIdentifier, confirmationApp };
		orders.set(entries(order));
		return order;
	} catch (error) {
		if (!isOutcomeUnknown(error)) orders.forget(keys.keys());
		return raise(error);
	}
}

/**
 * Runs work on a company's payments exclusively, with the earlier orders, so that two executions of this n8n process do
 * not order the same payment.
 */
export async function withPaymentOrders<T>(
	context: IExecuteFunctions,
	client: Client,
	companyId: number,
	work: (orders: PaymentOrders) => Promise<T>,
): Promise<T> {
	return await withLock(JSON.stringify([client.address.base, companyId, 'payments']), async () =>
		work(new PaymentOrders(context, client, companyId)),
	);
}
