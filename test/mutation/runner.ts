/**
 * Runs in a process of its own: the tests once, to see what each of them reaches, then for each mutant the tests that reach it, the
 * fastest first, until one notices. Everything is told to the parent, which ends a process that has become endless.
 */
import { join } from 'node:path';
import { loadTests, setGlobals, type Test } from './testGlobals';

/** By test: how often it passes each mutant's place, and how long it takes in milliseconds. */
export interface Reach {
	hits: Array<Record<string, number>>;
	times: number[];
	/** Tests that fail without any mutant when they run alone, such as those that build on others of their file. */
	unfit: string[];
	/** Mutants in what runs when a file is loaded: no test can switch them on. */
	loaded: string[];
}

export interface Task {
	folder: string;
	/** Test files, relative to the folder. */
	files: string[];
	mutants: string[];
	/** What an earlier process found out. */
	reach?: Reach;
}

export type Status = 'noticed' | 'endless' | 'survived' | 'not reached' | 'data';
export type Message =
	| { reach: Reach }
	/** A test or a mutant, and how long it may be silent, in milliseconds. */
	| { begun: string; limit?: number }
	| { mutant: string; status: Status; by?: string }
	| { isDone: true };

/** What the mutation library's code reads and writes. */
interface Switchboard {
	activeMutant?: string;
	currentTestId?: string;
	hitCount?: number;
	hitLimit?: number;
	mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

/** A mutant that passes its place so many times more often than usual, or makes a test so many times slower, has made it endless. */
const ENDLESS = 20;
const ENDLESS_AT_LEAST = 10_000;
const SLOW_AT_LEAST_MS = 2_000;
/** How much later than the test's own limit the parent ends a process whose loop leaves no turn to timers, in milliseconds. */
const GRACE_MS = 1_000;
/** The clock of the machine, also while a test has set its own. */
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

const board: Switchboard = ((globalThis as unknown as { __stryker__: Switchboard }).__stryker__ = {});
const tell = (message: Message): void => void process.send?.(message);

async function passes(test: Test): Promise<boolean> {
	try {
		await test.run();
		return true;
	} catch {
		return false;
	}
}

/** As `passes`; undefined when the test still waits after a time in milliseconds. */
async function passesWithin(test: Test, milliseconds: number): Promise<boolean | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<undefined>((settle) => (timer = startTimer(() => settle(undefined), milliseconds)));
	const passed = await Promise.race([passes(test), tooLong]);
	stopTimer(timer);
	return passed;
}

async function reachOf(tests: Test[]): Promise<Reach> {
	const reach: Reach = { hits: [], times: [], unfit: [], loaded: [] };
	reach.loaded = Object.keys(board.mutantCoverage?.static ?? {});
	for (const [index, test] of tests.entries()) {
		tell({ begun: test.name });
		board.currentTestId = String(index);
		const began = performance.now();
		// Twice: what passes only once leaves something behind.
		const isFit = (await passes(test)) && (await passes(test));
		board.currentTestId = undefined;
		reach.times[index] = (performance.now() - began) / 2;
		reach.hits[index] = isFit ? (board.mutantCoverage?.perTest[index] ?? {}) : {};
		if (!isFit) reach.unfit.push(test.name);
	}
	return reach;
}

/** @returns how the mutant fared, and whether the process still works as before */
async function tried(
	mutant: string,
	tests: Test[],
	reach: Reach,
): Promise<{ status: Status; by?: string; isSound: boolean }> {
	const reaching = tests
		.map((test, index) => ({ test, hits: reach.hits[index][mutant] ?? 0, time: reach.times[index] }))
		.filter(({ hits }) => hits > 0)
		.sort((one, other) => one.time - other.time);
	for (const { test, hits, time } of reaching) {
		Object.assign(board, { activeMutant: mutant, hitCount: 0, hitLimit: hits * ENDLESS + ENDLESS_AT_LEAST });
		const limit = time * ENDLESS + SLOW_AT_LEAST_MS;
		tell({ begun: mutant, limit: limit + GRACE_MS });
		const passed = await passesWithin(test, limit);
		Object.assign(board, { activeMutant: undefined, hitCount: undefined });
		if (passed === undefined) jest.useRealTimers();
		if (passed === undefined) return { status: 'endless', by: test.name, isSound: false };
		// A test that now fails without the mutant as well has met what an earlier mutant left behind.
		if (!passed) return { status: 'noticed', by: test.name, isSound: await passes(test) };
	}
	const isData = reaching.length === 0 && reach.loaded.includes(mutant);
	return { status: isData ? 'data' : reaching.length ? 'survived' : 'not reached', isSound: true };
}

async function main({ folder, files, mutants, reach: known }: Task): Promise<void> {
	setGlobals();
	board.mutantCoverage = { static: {}, perTest: {} };
	await import(join(folder, 'test/propertySeed.ts'));
	const { default: fc } = await import('fast-check');
	// Each mutant runs the properties again, so few inputs have to do; one that notices is not to be narrowed down.
	fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 40, endOnFailure: true });
	const tests: Test[] = [];
	for (const file of files) tests.push(...(await loadTests(join(folder, file))));
	const reach = known ?? (await reachOf(tests));
	tell({ reach });
	let isFresh = true;
	for (const mutant of mutants) {
		tell({ begun: mutant });
		const { status, by, isSound } = await tried(mutant, tests, reach);
		// The parent starts a fresh process, which tries the mutant first.
		if (isSound || isFresh || status === 'endless') tell({ mutant, status, by });
		if (!isSound) break;
		isFresh = false;
	}
	tell({ isDone: true });
	process.disconnect();
}

// What a mutant breaks behind a test's back says nothing about the test.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
// As long as it listens, a test that waits for nothing but a signal does not end the process.
process.on('message', (task: Task) => void main(task));
