/** What test files expect of jest, so that single tests can run again and again in one process. */
import { ModernFakeTimers } from '@jest/fake-timers';
import { expect } from 'expect';
import { ModuleMocker } from 'jest-mock';

type Work = (...values: unknown[]) => unknown;
const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const;

interface Suite {
	name: string;
	hooks: Record<(typeof HOOKS)[number], Work[]>;
	parent?: Suite;
}

export interface Test {
	name: string;
	/** Runs the test with all hooks around it, as if it were the only one. Throws what the test or a hook throws. */
	run(): Promise<void>;
}

const suiteOf = (name: string, parent?: Suite): Suite => ({
	name,
	parent,
	hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
});

/** The suite that is being declared, and the tests of the file so far. */
let current = suiteOf('');
let tests: Test[] = [];

/** Loads a test file. @returns its tests */
export async function loadTests(file: string): Promise<Test[]> {
	current = suiteOf(file);
	tests = [];
	await import(file);
	return tests;
}

/** The suite and those around it, the outermost first. */
function chainOf(suite: Suite): Suite[] {
	return [...(suite.parent ? chainOf(suite.parent) : []), suite];
}

async function runWithHooks(chain: Suite[], work: Work): Promise<void> {
	const inward = chain.flatMap(({ hooks }) => hooks.beforeAll).concat(chain.flatMap(({ hooks }) => hooks.beforeEach));
	const reversed = [...chain].reverse();
	const outward = reversed
		.flatMap(({ hooks }) => hooks.afterEach)
		.concat(reversed.flatMap(({ hooks }) => hooks.afterAll));
	try {
		for (const hook of inward) await hook();
		await work();
	} finally {
		for (const hook of outward) await hook();
	}
}

function describe(name: string, declare: Work): void {
	const outer = current;
	current = suiteOf(name, outer);
	declare();
	current = outer;
}

function it(name: string, work: Work): void {
	const chain = chainOf(current);
	tests.push({
		name: [...chain.map((suite) => suite.name), name].join(' > '),
		run: async () => await runWithHooks(chain, work),
	});
}

type Declare = (name: string, work: Work) => void;

function withEach(declare: Declare): Declare & { each: unknown } {
	const each = (rows: unknown[]) => (name: string, work: Work) => {
		for (const [index, row] of rows.entries())
			declare(`${name} #${index}`, () => work(...(Array.isArray(row) ? (row as unknown[]) : [row])));
	};
	return Object.assign(declare, { each });
}

/** Sets the globals of jest. Its fake timers and mocks are jest's own. */
export function setGlobals(): void {
	const mocker = new ModuleMocker(globalThis);
	const timers = new ModernFakeTimers({
		config: { fakeTimers: {}, rootDir: __dirname } as never,
		global: globalThis,
	});
	const hooks = HOOKS.map((name) => [name, (work: Work) => void current.hooks[name].push(work)]);
	Object.assign(globalThis, {
		describe: withEach(describe),
		it: withEach(it),
		expect,
		...Object.fromEntries(hooks),
		jest: {
			fn: mocker.fn.bind(mocker),
			spyOn: mocker.spyOn.bind(mocker),
			restoreAllMocks: () => mocker.restoreAllMocks(),
			useFakeTimers: () => timers.useFakeTimers(),
			useRealTimers: () => timers.useRealTimers(),
			advanceTimersByTime: (milliseconds: number) => timers.advanceTimersByTime(milliseconds),
			advanceTimersByTimeAsync: async (milliseconds: number) => await timers.advanceTimersByTimeAsync(milliseconds),
			setTimeout: () => undefined,
		},
	});
}
