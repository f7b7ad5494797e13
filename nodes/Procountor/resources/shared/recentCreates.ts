import { dropOldest } from '../../utils/maps';
import { Turns } from '../../utils/turns';

/** A record that this n8n posted under a name of its own: when, its ID where the answer came, and whether it was readable since. */
export interface RecentCreate {
	at: number;
	id?: number;
	seen?: boolean;
}

/** The most names that are kept; the oldest go first. */
const MAX_RECENT = 5000;

const recentCreates = new Map<string, RecentCreate>();

/**
 * Returns the names under which this n8n has created records lately, by credential and company. Procountor may list a
 * new record late, so the next run of a workflow may not find it; this memory knows it.
 */
export function getRecent(name: string | undefined): RecentCreate | undefined {
	return name === undefined ? undefined : recentCreates.get(name);
}

/** Remembers what was created under a name, or forgets it. Without a name, nothing is remembered. */
export function setRecent(name: string | undefined, one: RecentCreate | undefined): void {
	if (name === undefined) return;
	recentCreates.delete(name);
	if (!one) return;
	recentCreates.set(name, one);
	dropOldest(recentCreates, MAX_RECENT);
}

const turns = new Turns<string>();

/** Runs work that shares a name one after the other, also across executions of this n8n process. */
export async function withLock<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
	return await (name === undefined ? work() : turns.take(name, work));
}
