/**
 * Interrupts code that hangs on a hostile text. Jest cannot do that: its time limit never fails a test that is synchronous.
 */
import { createContext, Script } from 'node:vm';

/** The length of hostile texts, in characters. Linear code ends within a second, a quadratic pattern takes minutes. */
export const LENGTH = 500_000;
const HANG_MS = 30_000;

const context = createContext({ work: () => undefined });
const script = new Script('work()');

/** Runs synchronous work. Throws if it hangs: the limit is for code that does not end, and measures nothing. */
export function interruptIfHanging(work: () => unknown, limitMs = HANG_MS): void {
	context.work = work;
	script.runInContext(context, { timeout: limitMs });
}
