import type { IPollFunctions } from 'n8n-workflow';

/**
 * Why n8n runs a poll: on schedule, because a user activates the workflow, or because n8n starts.
 * n8n starts the schedule only after the registration's poll has returned, and gives up after a few failed tries.
 */
export type Occasion = 'schedule' | 'activation' | 'start';

/**
 * Contexts with which a poll has run: n8n creates one for each registration, and also passes it to all scheduled polls.
 */
const seenContexts = new WeakSet<IPollFunctions>();

/**
 * The value that n8n returns if it sets no limit. Only durable polling sets one, and it creates a context for each
 * poll.
 */
const UNLIMITED_BUDGET_MS = 5 * 60_000;

/** Returns why a poll runs. Each poll must call this exactly once. */
export function occasionOf(context: IPollFunctions): Occasion {
	const isFirst = !seenContexts.has(context);
	seenContexts.add(context);
	if (!isFirst || pollLimitMs(context) !== undefined) return 'schedule';
	return ['init', 'leadershipChange'].includes(context.getActivationMode()) ? 'start' : 'activation';
}

/**
 * Returns how long n8n lets a poll run, in milliseconds; undefined if it sets no limit. Versions before 2.41 set none.
 */
export function pollLimitMs(context: IPollFunctions): number | undefined {
	const milliseconds = (context as Partial<IPollFunctions>).getPollBudgetMs?.();
	return milliseconds === UNLIMITED_BUDGET_MS ? undefined : milliseconds;
}
