import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { dropOldest } from '../utils/maps';

/**
 * Received deliveries by trigger, with false for a delivery whose execution n8n could not start, because it may be sent again.
 * They are kept in memory because n8n handles several deliveries at once, each with its own copy of the stored data.
 */
const receivedByTrigger = new Map<string, Map<string, boolean>>();
const MAX_IN_MEMORY = 5000;
/** How many of the newest deliveries are stored, so that they are recognized after a restart. */
const MAX_STORED = 500;
const STORED_KEY = 'deliveries';

/**
 * Records a delivery, unless n8n answers it with an error.
 * @returns whether it was received for the first time
 */
export function recordDelivery(context: IWebhookFunctions, body: Buffer): boolean {
	const key = createHash('sha256').update(body).digest('base64').slice(0, 22);
	const trigger = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const data = context.getWorkflowStaticData('node');
	const stored = Array.isArray(data[STORED_KEY]) ? (data[STORED_KEY] as string[]) : [];
	const received = receivedByTrigger.get(trigger) ?? new Map(stored.map((known) => [known, true]));
	receivedByTrigger.set(trigger, received);
	if (received.get(key) ?? stored.includes(key)) return false;
	received.delete(key);
	received.set(key, true);
	dropOldest(received, MAX_IN_MEMORY);
	// n8n stores a change only if the whole value is replaced.
	data[STORED_KEY] = [...received].flatMap(([known, isStarted]) => (isStarted ? [known] : [])).slice(-MAX_STORED);
	const response = context.getResponseObject();
	response.once('finish', () => void (response.statusCode >= 400 && received.set(key, false)));
	return true;
}
