import type { IPollFunctions } from 'n8n-workflow';

/**
 * Why n8n runs a poll: by schedule; as part of a registration that a person waits for; or as part of one at a start of n8n.
 * n8n starts the schedule only after the registration's poll has returned, and gives up after a few failed tries.
 */
export type Occasion = 'schedule' | 'activation' | 'start';

/** Contexts with which a poll has run: n8n makes one for each registration, and passes it to all scheduled polls as well. */
const known = new WeakSet<IPollFunctions>();

/** What n8n says of polls that it does not limit. Only its durable polling limits them, and makes a context for each poll. */
const UNLIMITED = 5 * 60_000;

/** The occasion of a poll. The poll itself calls this once. */
export function occasionOf(context: IPollFunctions): Occasion {
	const isFirst = !known.has(context);
	known.add(context);
	if (!isFirst || limitOf(context) !== undefined) return 'schedule';
	return ['init', 'leadershipChange'].includes(context.getActivationMode()) ? 'start' : 'activation';
}

/**
 * Returns how long n8n lets a poll run, in milliseconds; undefined if it sets no limit. Versions before 2.41 set none.
 */
export function limitOf(context: IPollFunctions): number | undefined {
	const milliseconds = (context as Partial<IPollFunctions>).getPollBudgetMs?.();
	return milliseconds === UNLIMITED ? undefined : milliseconds;
}
