import { type IDataObject, type IWebhookFunctions, type IWebhookResponseData, sleep } from 'n8n-workflow';
import { parseJson, type Client } from '../api';
import { isPlainObject } from '../utils/objects';
import { withSharedCredential } from './credential';
import { nameOfEvent } from './parameters';
import { readRecords } from './records';
import { openTriggerClient, findRegistration } from './registration';
import { isSigned, secretFor } from './secret';
import { recordDelivery } from './seen';

/** Larger deliveries are refused. */
const MAX_BODY_BYTES = 1_000_000;

/** How long reading records can delay the response to Procountor. */
const MAX_RESPONSE_DELAY_MS = 3000;

/** A notification as Procountor sends it (docs/procountor.md#webhook-notifications). */
interface Notification {
	eventType: string;
	webhookUuid: string;
	payload?: IDataObject[string];
	meta?: unknown;
}

const UNVERIFIED_WARNING =
	'The signature could not be verified, so the payload is left out and the records come from the API';
const UNKNOWN_FORM_WARNING = 'The payload has an unknown form, so no record could be read for it';

/**
 * Receives a delivery and emits it once, with the records as the API returns them. The payload is emitted only if the
 * signature is valid. Deliveries for another registration are refused. n8n answers a delivery when it has stored the
 * execution, so that no answered event is lost, and the sender cannot send faster than n8n can store. If reading the records
 * takes longer than three seconds, the delivery is answered before they are read.
 * @throws ProcountorError for a credential that cannot be used
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	const body = rawBody ?? Buffer.alloc(0);
	if (body.length > MAX_BODY_BYTES) return respond(context, 413, 'Too large');
	const notification = notificationIn(body);
	if (!notification) return respond(context, 400, 'Not a notification of Procountor');
	const { client, credential } = await openTriggerClient(withSharedCredential(context));
	const registration = await findRegistration(context, client).catch(() => null);
	if (registration === null) return respond(context, 503, 'Try again later');
	if (registration?.uuid !== notification.webhookUuid) return respond(context, 404, 'Unknown webhook');
	const headers = context.getHeaderData() as Record<string, unknown>;
	const isVerified = isSigned(body, headers, secretFor(credential, registration.url));
	if (!recordDelivery(context, body)) return respond(context, 200, 'OK');
	const item = buildItem(client, notification, isVerified);
	const inTime = await Promise.race([item.then(() => true), sleep(MAX_RESPONSE_DELAY_MS).then(() => false)]);
	const response = inTime ? { webhookResponse: 'OK' } : respond(context, 200, 'OK');
	return { ...response, workflowData: [[{ json: await item }]] };
}

function notificationIn(body: Buffer): Notification | undefined {
	try {
		const value = parseJson(body.toString('utf8'));
		if (!isPlainObject(value)) return undefined;
		const { eventType, webhookUuid, payload, meta } = value;
		return typeof eventType === 'string' && typeof webhookUuid === 'string'
			? { eventType, webhookUuid, payload, meta }
			: undefined;
	} catch {
		return undefined;
	}
}

async function buildItem(client: Client, notification: Notification, isVerified: boolean): Promise<IDataObject> {
	const { eventType, payload, meta } = notification;
	const { records, isKnown, warnings } = await readRecords(client, eventType, payload);
	if (!isVerified) warnings.push(UNVERIFIED_WARNING);
	else if (!isKnown) warnings.push(UNKNOWN_FORM_WARNING);
	return {
		eventType,
		event: nameOfEvent(eventType),
		verified: isVerified,
		records,
		...(isVerified ? { ...pickNotificationFields(payload, meta), payload } : {}),
		...(warnings.length ? { warnings } : {}),
	};
}

/** Returns the fields of a notification that are useful in a workflow. */
function pickNotificationFields(payload: unknown, meta: unknown): IDataObject {
	const timestamp = isPlainObject(meta) ? meta.timestamp : undefined;
	const transactionIdentifier = isPlainObject(payload) ? payload.transactionIdentifier : undefined;
	return {
		...(timestamp === undefined ? {} : { timestamp }),
		...(transactionIdentifier === undefined ? {} : { transactionIdentifier }),
	};
}

/** Sends the response now. n8n then sends none. */
function respond(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(text).end();
	return { noWebhookResponse: true };
}
