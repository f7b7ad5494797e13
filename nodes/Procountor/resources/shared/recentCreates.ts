import { dropOldest } from '../../utils/maps';
import { KeyedQueue } from '../../utils/turns';

/** A record that this n8n process posted. */
export interface RecentCreate {
	/** When it was posted, in milliseconds since 1970. */
	at: number;
	/** Missing while the outcome is unknown. */
	id?: number;
	/** Whether Procountor has shown it since. */
	seen?: boolean;
}

/** The oldest records beyond this number are forgotten. */
const MAX_RECENT = 5000;

const recentCreates = new Map<string, RecentCreate>();

/**
 * Returns the record that this n8n process posted most recently under a key. Procountor may list a new record late, so the
 * next run of a workflow may not find it there.
 */
export function getRecent(key: string | undefined): RecentCreate | undefined {
	return key === undefined ? undefined : recentCreates.get(key);
}

/** Remembers a record under a key, or forgets it. Without a key, nothing is remembered. */
export function setRecent(key: string | undefined, record: RecentCreate | undefined): void {
	if (key === undefined) return;
	recentCreates.delete(key);
	if (!record) return;
	recentCreates.set(key, record);
	dropOldest(recentCreates, MAX_RECENT);
}

const turns = new KeyedQueue<string>();

/** Runs work that shares a key one after the other, across all executions of this n8n process. */
export async function withLock<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
	return await (key === undefined ? work() : turns.run(key, work));
}
