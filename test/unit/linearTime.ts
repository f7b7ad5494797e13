/**
 * Tells linear code from quadratic code by the CPU time that it takes for a long text. Other work on the machine does not
 * count. Jest's own time limit cannot be used, because it never fails a test that is synchronous.
 */
import { createContext, Script } from 'node:vm';

/** The length of the texts, in characters. */
export const LENGTH = 200_000;
/** For texts of this length, linear code takes up to 0.3 seconds of CPU time, and a quadratic pattern 6 or more. */
const CPU_LIMIT_MS = 2_000;
/** The time after which code that would run for minutes is interrupted. */
const HANG_MS = 60_000;

const context = createContext({ work: () => undefined });
const script = new Script('work()');

/** Returns the CPU time of synchronous work in milliseconds. Throws if it does not end in time. */
export function cpuTimeOf(work: () => unknown, limit = HANG_MS): number {
	context.work = work;
	const start = process.cpuUsage();
	script.runInContext(context, { timeout: limit });
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}

/** Fails if the work takes more CPU time than linear code. */
export function expectLinearTime(name: string, work: () => unknown, limit = CPU_LIMIT_MS): void {
	// A garbage collection can make one run slow.
	const times = [cpuTimeOf(work)];
	if (times[0] > limit) times.push(cpuTimeOf(work));
	const isLinear = Math.min(...times) <= limit;
	expect(isLinear ? [] : [`${name}: ${times.map(Math.round).join(' and ')} ms of CPU time`]).toEqual([]);
}
