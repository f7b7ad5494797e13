import { sleep } from 'n8n-workflow';

/** How long a loop may hold n8n's event loop, in milliseconds: n8n serves everybody from it. */
const LONGEST_HOLD = 10;

/**
 * For long loops, to be awaited in each round: lets others have the event loop when this one has held it for a while. Of
 * several that wait, which all wake at once, those go on that fit into the next while.
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

/** Takes all steps of a long piece of work, lets others have the event loop in between, and returns what the last step gives. */
export async function runSteps<T>(steps: Iterator<unknown, T>): Promise<T> {
	const pause = yieldToEventLoop();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		await pause();
	}
}
