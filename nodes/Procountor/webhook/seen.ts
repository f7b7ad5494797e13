import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { dropOldest } from '../utils/maps';

/**
 * Received deliveries by trigger: false for one that n8n could not start, which may come again. n8n handles several at once,
 * each with its own copy of the stored data.
 */
const deliveries = new Map<string, Map<string, boolean>>();
const MAX_KEPT = 5000;
/** The newest of them are stored, for after a restart. */
const MAX_STORED = 500;
const STORED = 'deliveries';

/** Remembers a delivery, unless n8n answers it with an error. @returns whether it was received for the first time */
export function recordDelivery(context: IWebhookFunctions, body: Buffer): boolean {
	const key = createHash('sha256').update(body).digest('base64').slice(0, 22);
	const trigger = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const data = context.getWorkflowStaticData('node');
	const stored = Array.isArray(data[STORED]) ? (data[STORED] as string[]) : [];
	const received = deliveries.get(trigger) ?? new Map(stored.map((known) => [known, true]));
	deliveries.set(trigger, received);
	if (received.get(key) ?? stored.includes(key)) return false;
	received.delete(key);
	received.set(key, true);
	dropOldest(received, MAX_KEPT);
	// n8n notices changes of whole values only.
	data[STORED] = [...received].flatMap(([known, isStarted]) => (isStarted ? [known] : [])).slice(-MAX_STORED);
	const response = context.getResponseObject();
	response.once('finish', () => void (response.statusCode >= 400 && received.set(key, false)));
	return true;
}
