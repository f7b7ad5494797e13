import { type Client, isOutcomeUnknown, messageOf, problemIn, ProcountorError } from '../../api';
import { raise } from '../../utils/raise';

/** One step of an operation that takes several. */
export interface Step {
	/** Completes the sentence 'Could not …': `approve`, `set accounts and dimensions`. */
	name: string;
	/** Returns what it did, such as `invoice 4711 approved`; undefined if there was nothing to do. */
	run(): Promise<string | undefined>;
}

/**
 * Runs the steps in order and adds the result of each to `done`. If a step fails, the error names the step and lists what
 * was done. Each step checks the record first, so another run continues from there.
 * @param advice how to continue if another run would not find the record
 */
export async function runSteps(
	steps: Step[],
	done: string[],
	advice = 'Then run it again: finished steps are not repeated.',
): Promise<void> {
	for (const step of steps) {
		try {
			const result = await step.run();
			if (result !== undefined) done.push(result);
		} catch (error) {
			throw stepError(step, error, done, advice);
		}
	}
}

function stepError({ name }: Step, error: unknown, done: string[], advice: string): ProcountorError {
	const problem = problemIn(error);
	return new ProcountorError({
		...problem,
		message: `Could not ${name}: ${messageOf(problem)}`,
		field: undefined,
		advice: [problem.advice ?? '', done.length ? advice : ''].join(' ').trim() || undefined,
		completed: [...done, ...(problem.completed ?? [])],
	});
}

/** How often a write is sent if its outcome stays unknown. */
const MAX_TRIES = 3;
const PAUSE_MS = 1000;

/**
 * Sends a write whose effect can be read from the record. If the outcome is unknown, it reads the record and sends the
 * write again if there was no effect. Use it only for writes that can be sent twice without harm.
 */
export async function ensureState(
	client: Client,
	write: () => Promise<unknown>,
	isReached: () => Promise<boolean>,
): Promise<void> {
	for (let tries = 1; ; tries++) {
		try {
			await write();
			return;
		} catch (error) {
			if (!isOutcomeUnknown(error)) return raise(error);
			// Without the record, the outcome stays unknown.
			if (await isReached().catch(() => raise(error))) return;
			if (tries === MAX_TRIES) return raise(error);
		}
		await client.pause(PAUSE_MS * tries);
	}
}
