import { dropOldest } from '../../utils/maps';
import { Turns } from '../../utils/turns';

/** A record that this n8n posted under a name of its own: when, its ID where the answer came, and whether it was readable since. */
export interface Recent {
	at: number;
	id?: number;
	seen?: boolean;
}

/** The most names that are kept; the oldest go first. */
const MOST = 5000;

const recent = new Map<string, Recent>();

/**
 * Names under which this n8n posted records lately, by credential and company. A new record may show late, so that the next
 * run of a workflow does not find it: then this tells that it is on its way.
 */
export function recentOf(name: string | undefined): Recent | undefined {
	return name === undefined ? undefined : recent.get(name);
}

/** Remembers what was posted under a name, or forgets it; without a name nothing can be remembered. */
export function setRecent(name: string | undefined, one: Recent | undefined): void {
	if (name === undefined) return;
	recent.delete(name);
	if (!one) return;
	recent.set(name, one);
	dropOldest(recent, MOST);
}

const turns = new Turns<string>();

/** Works that share a name are done one after the other, those of other executions of this n8n too. */
export async function withLock<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
	return await (name === undefined ? work() : turns.take(name, work));
}
