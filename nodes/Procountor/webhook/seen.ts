import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

/** Received deliveries by trigger. n8n handles several at once, each with its own copy of the stored data. */
const seen = new Map<string, Set<string>>();
const MOST_KEPT = 5000;
/** The newest of them are stored, for after a restart. */
const MOST_STORED = 500;
const STORED = 'deliveries';

/** Remembers a delivery. @returns whether it was received for the first time */
export function isNew(context: IWebhookFunctions, body: Buffer): boolean {
	const key = createHash('sha256').update(body).digest('base64').slice(0, 22);
	const trigger = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const data = context.getWorkflowStaticData('node');
	const stored = Array.isArray(data[STORED]) ? (data[STORED] as string[]) : [];
	const here = seen.get(trigger) ?? new Set(stored);
	seen.set(trigger, here);
	if (here.has(key) || stored.includes(key)) return false;
	here.add(key);
	for (const oldest of here) {
		if (here.size <= MOST_KEPT) break;
		here.delete(oldest);
	}
	// n8n notices changes of whole values only.
	data[STORED] = [...here].slice(-MOST_STORED);
	return true;
}
