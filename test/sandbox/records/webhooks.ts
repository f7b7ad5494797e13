import { createHmac } from 'node:crypto';

import type { Clock } from '../clock';
import { badRequest, notFound } from '../errors';
import type { Switches } from '../switches';
import { defineRegister, type Entry } from '../world/register';
import type { Company } from '../world/world';
import { type Call, done, type Handlers, noContent, ok } from './handler';
import { listAnswer } from './lists';
import { needEdit } from './rights';
import { uuidOf } from './secondFactor';

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
		meta: { version: string; timestamp: string };
	};
	/** Key of the signature; none where the webhook wants no authentication. */
	key?: string;
	state: 'waiting' | 'delivered' | 'failed';
	attempts: number;
	/** HTTP status of the last attempt, if there was an answer. */
	status?: number;
}

const webhooks = defineRegister<Webhook>('webhooks', 1);

export const deliveriesOf = (company: Company): Delivery[] => company.fact<Delivery[]>('deliveries', () => []);

/** Puts a notification into the queue for every webhook that wants the event. It goes out when the steering says so. */
export function publish(
	{ company, clock }: { company: Company; clock: Clock },
	eventType: WebhookEvent,
	payload: unknown,
): void {
	const queue = deliveriesOf(company);
	for (const { record } of company.register(webhooks).all()) {
		if (!record.subscriptions.includes(eventType)) continue;
		const body = {
			eventType,
			webhookUuid: record.uuid,
			payload,
			meta: { version: '1', timestamp: clock.text(clock.now()) },
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

/** Sends what waits, to this machine alone. Gives what was tried. */
export async function sendDeliveries(company: Company, switches: Switches): Promise<Delivery[]> {
	const due = deliveriesOf(company).filter(
		({ state }) => state === 'waiting' || (state === 'failed' && switches.webhookRetries),
	);
	for (const delivery of due) {
		if (!LOOPBACK.includes(new URL(delivery.url).hostname))
			throw badRequest(`Notifications go to this machine only, not to ${delivery.url}.`);
		await send(delivery, switches);
	}
	return due;
}

async function send(delivery: Delivery, switches: Switches): Promise<void> {
	const text = JSON.stringify(delivery.body);
	const signed = delivery.key === undefined ? {} : signature(text, delivery.key, switches.webhookSignature);
	delivery.attempts++;
	delivery.status = undefined;
	try {
		const headers = { 'content-type': 'application/json', ...signed };
		const answer = await fetch(delivery.url, {
			method: 'POST',
			headers,
			body: text,
			redirect: 'manual',
			signal: AbortSignal.timeout(5000),
		});
		delivery.status = answer.status;
		delivery.state = answer.ok ? 'delivered' : 'failed';
	} catch {
		delivery.state = 'failed';
	}
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
