import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Client } from '../api';
import { isPlainObject } from '../utils/objects';
import { nameOfEvent } from './parameters';
import { recordsOf } from './records';
import { open, registrationOf } from './registration';
import { isSigned, secretFor } from './secret';
import { isNew } from './seen';

/** Longer deliveries are refused, in bytes. */
const MOST_BYTES = 1_000_000;

/** A notification as Procountor sends it (docs/procountor.md#webhook-notifications). */
interface Notification {
	eventType: string;
	webhookUuid: string;
	payload?: unknown;
	meta?: unknown;
}

const UNVERIFIED = 'The signature could not be verified, so the payload is left out and the records come from the API';
const UNKNOWN = 'The payload has an unknown form, so no record could be read for it';

/**
 * Receives a delivery: answers it, then emits it once, with the records as the API returns them. The payload is emitted
 * only if the signature is right. Deliveries for another registration are refused.
 * @throws ProcountorError for a credential that cannot be used
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	const body = rawBody ?? Buffer.alloc(0);
	if (body.length > MOST_BYTES) return answer(context, 413, 'Too large');
	const notification = notificationIn(body);
	if (!notification) return answer(context, 400, 'Not a notification of Procountor');
	const { client, credential } = await open(context);
	const own = await registrationOf(context, client).catch(() => null);
	if (own === null) return answer(context, 503, 'Try again later');
	if (own?.uuid !== notification.webhookUuid) return answer(context, 404, 'Unknown webhook');
	const headers = context.getHeaderData() as Record<string, unknown>;
	const isVerified = isSigned(body, headers, secretFor(credential, own.url));
	const response = answer(context, 200, 'OK');
	if (!isNew(context, body)) return response;
	return { ...response, workflowData: [[{ json: await itemOf(client, notification, isVerified) }]] };
}

function notificationIn(body: Buffer): Notification | undefined {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		if (!isPlainObject(value)) return undefined;
		const { eventType, webhookUuid, payload, meta } = value;
		return typeof eventType === 'string' && typeof webhookUuid === 'string'
			? { eventType, webhookUuid, payload, meta }
			: undefined;
	} catch {
		return undefined;
	}
}

async function itemOf(client: Client, notification: Notification, isVerified: boolean): Promise<IDataObject> {
	const { eventType, payload, meta } = notification;
	const { records, isKnown, warnings } = await recordsOf(client, eventType, payload);
	if (!isVerified) warnings.push(UNVERIFIED);
	else if (!isKnown) warnings.push(UNKNOWN);
	return {
		eventType,
		event: nameOfEvent(eventType),
		verified: isVerified,
		records,
		...(isVerified ? { ...sentWith(payload, meta), payload: payload as IDataObject } : {}),
		...(warnings.length ? { warnings } : {}),
	};
}

/** The fields of a notification that a workflow can use, as they were sent. */
function sentWith(payload: unknown, meta: unknown): IDataObject {
	const timestamp = isPlainObject(meta) ? meta.timestamp : undefined;
	const transactionIdentifier = isPlainObject(payload) ? payload.transactionIdentifier : undefined;
	return {
		...(timestamp === undefined ? {} : { timestamp }),
		...(transactionIdentifier === undefined ? {} : { transactionIdentifier }),
	} as IDataObject;
}

/** Answers the request at once; what n8n returns later is not sent. */
function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(text).end();
	return { noWebhookResponse: true };
}
