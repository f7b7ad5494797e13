import { sleep } from 'n8n-workflow';

/** How long a loop may block n8n's event loop. */
const MAX_BLOCK_MS = 10;

/**
 * Lets other work run if this loop has held the event loop for a while; long loops await it in each round. If several
 * loops wait, they resume in time slices.
 */
export function yieldToEventLoop(): () => Promise<void> {
	let sliceStartedAt = performance.now();
	return async () => {
		while (performance.now() - sliceStartedAt >= MAX_BLOCK_MS) {
			const waitedFrom = sliceStartedAt;
			await sleep(0);
			// The first waiter to resume starts a new time slice.
			if (sliceStartedAt === waitedFrom) sliceStartedAt = performance.now();
		}
	};
}

/** Runs all steps of long work, yields to the event loop in between, and returns the result of the last step. */
export async function runSteps<T>(steps: Iterator<unknown, T>): Promise<T> {
	const pause = yieldToEventLoop();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		await pause();
	}
}
