import { sleep } from 'n8n-workflow';

/** How long a loop may hold n8n's event loop, in milliseconds: n8n serves everybody from it. */
const LONGEST_HOLD = 10;

/**
 * Lets other work run if this loop has held the event loop for a while; long loops await it in each round. If several
 * loops wait, they resume in time slices.
 */
export function yieldToEventLoop(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		while (performance.now() - since >= LONGEST_HOLD) {
			const held = since;
			await sleep(0);
			// The first one to wake begins a new while.
			if (since === held) since = performance.now();
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
