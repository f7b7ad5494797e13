import { type Client, problemIn, ProcountorError, messageOf } from '../../api';
import { raise } from '../../utils/raise';

/** One step of a job: what is tried, in a few words, and its doing, which tells what exists when it is through. */
export interface Step {
	/** `approve`, `set accounts and dimensions`. */
	name: string;
	/** Gives what is done now, `invoice 4711 approved`; undefined where there was nothing to do. */
	run(): Promise<string | undefined>;
}

/**
 * Does the steps one after the other and adds to `done` what each has brought about. When one fails, the error tells
 * which, and what exists already; each step looks at the record first, so that the next run goes on from there. `again`
 * says how, where another run would not find the record.
 */
export async function runSteps(
	steps: Step[],
	done: string[],
	again = 'Then run it again: finished steps are not repeated.',
): Promise<void> {
	for (const step of steps) {
		try {
			const told = await step.run();
			if (told !== undefined) done.push(told);
		} catch (error) {
			throw stepError(step, error, done, again);
		}
	}
}

function stepError({ name }: Step, error: unknown, done: string[], again: string): ProcountorError {
	const problem = problemIn(error);
	const goesOn = done.length ? ` ${again}` : '';
	return new ProcountorError({
		...problem,
		message: `Could not ${name}: ${messageOf(problem)}`,
		field: undefined,
		advice: `${problem.advice ?? ''}${goesOn}`.trim() || undefined,
		completed: [...done, ...(problem.completed ?? [])],
	});
}

/** How often a write that moves a record to a fixed state is sent, when its outcome stays unclear. */
const MAX_TRIES = 3;
const PAUSE_MS = 1000;

/**
 * Sends a write that brings a record into a state that can be read. If the outcome is unclear, it reads the record, and
 * sends the write again if the state was not reached. Only for writes that can be sent twice without harm.
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
			if (!(error instanceof ProcountorError) || !error.problem.outcomeUnknown) return raise(error);
			if (await isReached()) return;
			if (tries === MAX_TRIES) return raise(error);
		}
		await client.pause(PAUSE_MS * tries);
	}
}
