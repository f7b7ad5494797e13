import { raise } from '../utils/raise';
import { ProcountorError } from './errors';

/** Whether a write may have taken effect although it failed. */
export function isOutcomeUnknown(error: unknown): error is ProcountorError {
	return error instanceof ProcountorError && error.problem.outcomeUnknown === true;
}

/**
 * Runs a write. If its outcome is unknown, it looks for the effect of the write.
 * @param findEffect returns what the write would have returned; undefined if there is no effect
 * @throws the error of the write, also if the effect cannot be read: the outcome then stays unknown
 */
export async function writeOrFind<T>(write: () => Promise<T>, findEffect: () => Promise<T | undefined>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		const found = isOutcomeUnknown(error) ? await findEffect().catch(() => undefined) : undefined;
		return found ?? raise(error);
	}
}
