import { createHmac } from 'node:crypto';

import type { Clock } from '../clock';
import { badRequest, notFound } from '../errors';
import type { Switches } from '../switches';
import { uuidOf } from '../uuid';
import { defineRegister, type Entry } from '../world/register';
import type { Company } from '../world/world';
import { type Call, done, type Handlers, noContent, ok } from './handler';
import { listAnswer } from './lists';
import { needEdit } from './rights';

export type WebhookEvent =
	| 'DIRECTBANKDATATRANSFER_PAYMENT_CREATED'
	| 'DIRECT_SALARY_PAYMENTS_CANCELED'
	| 'DIRECT_SALARY_PAYMENTS_CREATED'
	| 'INVOICE_PAYMENTEVENTS_DELETED'
	| 'INVOICE_PAYMENT_CREATED'
	| 'PAYMENT_DELETED'
	| 'PAYMENT_UPDATED'
	| 'TRACKING_PERIOD_STATUS_UPDATED'
	| 'USER_UPDATED';

interface Webhook {
	uuid: string;
	url: string;
	authenticationType: 'HMAC' | 'NONE';
	authenticationMeta?: Record<string, unknown>;
	subscriptions: WebhookEvent[];
}

/** A notification on its way, or what became of it. */
export interface Delivery {
	no: number;
	url: string;
	body: {
		eventType: WebhookEvent;
		webhookUuid: string;
		payload: unknown;
		meta: { version: string; timestamp: string | number };
	};
	/** Key of the signature; none where the webhook wants no authentication. */
	key?: string;
	state: 'waiting' | 'delivered' | 'failed';
	attempts: number;
	/** HTTP status of the last attempt, if there was an answer. */
	status?: number;
	/** Why the last attempt got no answer. */
	error?: string;
	/** How long the last attempt took, in milliseconds. */
	tookMs?: number;
}

export const webhooks = defineRegister<Webhook>('webhooks', 1);

export const deliveriesOf = (company: Company): Delivery[] => company.fact<Delivery[]>('deliveries', () => []);

/** Where events happen: a call, or the admin API. */
export interface EventSource {
	company: Company;
	clock: Clock;
	switches: Switches;
}

/** When a notification was made, as the switch says (docs/procountor.md#webhook-notifications). */
function timestampOf({ clock, switches }: EventSource): string | number {
	if (switches.webhookTimestamp === 'text') return clock.text(clock.now());
	return switches.webhookTimestamp === 'seconds' ? Math.floor(clock.now() / 1000) : clock.now();
}

/** The notification of a call with a second factor: the transaction and the body of its result. */
export function publishResult(
	source: EventSource,
	eventType: WebhookEvent,
	transactionIdentifier: string,
	body: object,
): void {
	const nested = source.switches.webhookPayload === 'nested';
	publish(source, eventType, nested ? { transactionIdentifier, body } : { transactionIdentifier, ...body });
}

/** Puts a notification into the queue for every webhook that subscribes to the event. The admin API sends the queue. */
export function publish(source: EventSource, eventType: WebhookEvent, payload: unknown): void {
	const queue = deliveriesOf(source.company);
	for (const { record } of source.company.register(webhooks).all()) {
		if (!record.subscriptions.includes(eventType)) continue;
		const body = {
			eventType,
			webhookUuid: record.uuid,
			payload,
			meta: { version: '1', timestamp: timestampOf(source) },
		};
		queue.push({ no: queue.length + 1, url: record.url, body, key: keyOf(record), state: 'waiting', attempts: 0 });
	}
}

/** Which field of the free `authenticationMeta` holds the key is not settled: the first text in it. */
function keyOf({ authenticationType, authenticationMeta }: Webhook): string | undefined {
	if (authenticationType === 'NONE') return undefined;
	return Object.values(authenticationMeta ?? {}).find((value): value is string => typeof value === 'string');
}

/** How a signature is sent: see the switch `webhookSignature`. */
function signature(text: string, key: string, form: Switches['webhookSignature']): Record<string, string> {
	const hmac = createHmac('sha256', key).update(text);
	if (form === 'headerHex') return { 'x-procountor-signature': hmac.digest('hex') };
	if (form === 'headerBase64') return { 'x-procountor-signature': hmac.digest('base64') };
	return { authorization: `HMAC ${hmac.digest('base64')}` };
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** How notifications go out when something is wrong on the way. */
export interface SendOptions {
	/** Numbers of deliveries to send, also those that went out before; what waits if left out. */
	numbers?: number[];
	/** The newest first. */
	reversed?: boolean;
	/** How often each is sent; once if left out. */
	times?: number;
	/** How many are on their way at once; one if left out. */
	atOnce?: number;
	/** `wrong`: signed with another key. `missing`: not signed. */
	signature?: 'right' | 'wrong' | 'missing';
}

/** Sends what waits, to this machine only. @returns what was tried */
export async function sendDeliveries(
	company: Company,
	switches: Switches,
	{ numbers, reversed = false, times = 1, atOnce = 1, signature: signed = 'right' }: SendOptions = {},
): Promise<Delivery[]> {
	const due = deliveriesOf(company).filter(({ no, state }) =>
		numbers ? numbers.includes(no) : state === 'waiting' || (state === 'failed' && switches.webhookRetries),
	);
	if (reversed) due.reverse();
	const queue = due.flatMap((one) => Array.from({ length: times }, () => one));
	const sendNext = async (): Promise<void> => {
		for (let delivery = queue.shift(); delivery; delivery = queue.shift()) {
			if (!LOOPBACK.includes(new URL(delivery.url).hostname))
				throw badRequest(`Notifications go to this machine only, not to ${delivery.url}.`);
			await send(delivery, switches, signed);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, sendNext));
	return due;
}

async function send(
	delivery: Delivery,
	switches: Switches,
	signing: NonNullable<SendOptions['signature']>,
): Promise<void> {
	const text = JSON.stringify(delivery.body);
	const key = signing === 'wrong' ? `not ${delivery.key}` : delivery.key;
	const signed =
		delivery.key === undefined || key === undefined || signing === 'missing'
			? {}
			: signature(text, key, switches.webhookSignature);
	delivery.attempts++;
	delivery.status = undefined;
	delivery.error = undefined;
	const begin = performance.now();
	try {
		const headers = { 'content-type': 'application/json', ...signed };
		const answer = await fetch(delivery.url, {
			method: 'POST',
			headers,
			body: text,
			redirect: 'manual',
			signal: AbortSignal.timeout(20_000),
		});
		// A body that is not read would keep its connection from the next delivery.
		await answer.arrayBuffer();
		delivery.status = answer.status;
		delivery.state = answer.ok ? 'delivered' : 'failed';
	} catch (error) {
		delivery.state = 'failed';
		delivery.error = reasonOf(error);
	}
	delivery.tookMs = performance.now() - begin;
}

/** `fetch` hides the reason of a broken connection in its cause. */
function reasonOf(error: unknown): string {
	const { cause } = error as { cause?: unknown };
	return cause instanceof Error ? `${String(error)}: ${cause.message}` : String(error);
}

function find(call: Call): Entry<Webhook> {
	const entry = call.company
		.register(webhooks)
		.all()
		.find(({ record }) => record.uuid === call.params.uuid);
	if (!entry) throw notFound('Webhook');
	return entry;
}

function checked(call: Call): Omit<Webhook, 'uuid'> {
	needEdit(call.user, 'management.setUpACompany');
	const { url, authenticationType, authenticationMeta, subscriptions } = call.body as Webhook;
	const webhook: Webhook = {
		uuid: '',
		url,
		authenticationType,
		authenticationMeta,
		subscriptions: [...new Set(subscriptions)],
	};
	if (authenticationType === 'HMAC' && keyOf(webhook) === undefined)
		throw badRequest('HMAC needs a key.', 'authenticationMeta');
	return webhook;
}

export const webhookHandlers: Handlers = {
	getWebhooks: (call: Call) => {
		const { url } = call.query;
		const wanted = call.query.eventType as WebhookEvent[] | undefined;
		const found = call.company
			.register(webhooks)
			.all()
			.filter(({ record }) => {
				return (
					(url === undefined || record.url === url) &&
					(wanted === undefined || record.subscriptions.some((event) => wanted.includes(event)))
				);
			});
		return listAnswer(call, found, {
			show: ({ record }) => record,
			orders: { orderByCreatedDate: ({ created }) => created },
		});
	},
	addWebhook: (call: Call) => {
		const webhook = checked(call);
		const { record } = call.company
			.register(webhooks)
			.add((id) => ({ ...webhook, uuid: uuidOf(`${call.company.id} webhook ${id}`) }), call.user.id);
		return ok({ status: 200, uuid: record.uuid });
	},
	updateWebhook: (call: Call) => {
		const entry = find(call);
		call.company.register(webhooks).put(entry, { ...checked(call), uuid: entry.record.uuid });
		return done('Webhook was updated.');
	},
	deleteWebhook: (call: Call) => {
		needEdit(call.user, 'management.setUpACompany');
		call.company.register(webhooks).delete(find(call).id);
		return noContent();
	},
};
