import type { Client } from '../transport/client';
import { ProcountorError } from '../transport/problem';

/** How long a write of unknown outcome is looked for, and how long between two looks, in milliseconds. */
const LONGEST_LOOK = 30_000;
const BETWEEN_LOOKS = 2000;

/**
 * Sends a write once, and where its outcome is unclear looks whether it took effect: records may become visible late, and
 * Procountor may be out of reach, so it looks for a while. Gives what `look` found; throws the first error when it was not unclear, or nothing was found.
 */
export async function onceOrFound<T>(client: Client, write: () => Promise<T>, look: () => Promise<T | undefined>, longest = LONGEST_LOOK): Promise<T> {
	try {
		return await write();
	} catch (error) {
		const found = error instanceof ProcountorError && error.problem.unclear ? await sought(client, async () => await look().catch(() => undefined), longest) : undefined;
		if (found === undefined) return thrown(error);
		return found;
	}
}

/** Looks again and again, until something is found or the time is over. */
export async function sought<T>(client: Client, look: () => Promise<T | undefined>, longest = LONGEST_LOOK): Promise<T | undefined> {
	const until = performance.now() + longest;
	for (;;) {
		const found = await look();
		if (found !== undefined || performance.now() + BETWEEN_LOOKS > until) return found;
		await client.pause(BETWEEN_LOOKS);
	}
}

function thrown(error: unknown): never {
	throw error;
}
