/**
 * A server that returns everything that a network, a proxy, a broken server or an attacker can return. Each kind
 * is sent to the node, the trigger, a picker and the credential test; each run ends in time, with the right result or with a
 * message that a person can act on.
 */
import { Engine } from '../engine/harness';
import { bodies } from './suite/bodies';
import { errors } from './suite/errors';
import { files } from './suite/files';
import { framing } from './suite/framing';
import { SURFACES, type AnswerKind, type Expected, type Surface } from './suite/kind';
import { lists } from './suite/lists';
import { statuses } from './suite/statuses';
import { meet, type Seen } from './suite/surfaces';
import { faultsOf } from './suite/text';

/** The longest deadline of a request in milliseconds, so that an endless response does not delay the test. */
const SHORT = 8_000;
/** The time limit of a run, in milliseconds. */
const LONGEST = 90_000;
const AT_ONCE = 32;
/** Kinds that only a deadline ends. The others keep the real deadlines, so that a busy machine causes no failure. */
const ENDLESS = /without end$|that stops$|never ends$|^a 101$/;

const only = new RegExp(process.env.HOSTILE_KINDS ?? '');
const kinds = [...statuses, ...bodies, ...framing, ...lists, ...errors, ...files].filter(({ name }) => only.test(name));
const surfacesOf = ({ only: few = SURFACES }: AnswerKind): readonly Surface[] =>
	few.filter((surface) => new RegExp(process.env.HOSTILE_SURFACES ?? '').test(surface));
const expectedAt = (kind: AnswerKind, surface: Surface): Expected => kind.at?.[surface] ?? kind.expected;

const seen = new Map<string, Seen>();
const nameOf = (kind: AnswerKind, surface: Surface): string => `${kind.name} | ${surface}`;

beforeAll(async () => {
	const engine = await Engine.start();
	await meetAll(
		engine,
		kinds.filter(({ name }) => !ENDLESS.test(name)),
	);
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => timeout(Math.min(milliseconds, SHORT)));
	await meetAll(
		engine,
		kinds.filter(({ name }) => ENDLESS.test(name)),
	);
}, 1_800_000);

async function meetAll(engine: Engine, some: AnswerKind[]): Promise<void> {
	const runs = some.flatMap((kind) => surfacesOf(kind).map((surface) => ({ kind, surface })));
	const worker = async (): Promise<void> => {
		for (let run = runs.shift(); run; run = runs.shift())
			seen.set(nameOf(run.kind, run.surface), await meet(engine, run.kind, run.surface, LONGEST));
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

afterAll(() => {
	jest.restoreAllMocks();
	process.stdout.write(`${summary()}\n`);
});

/** Everything wrong with what a person saw; empty for a good run. */
function faults(kind: AnswerKind, surface: Surface): string[] {
	const run = seen.get(nameOf(kind, surface)) as Seen;
	const expected = expectedAt(kind, surface);
	const found: string[] = [];
	if (run.outcome === 'endless') found.push(`does not end within ${LONGEST} ms`);
	if (run.outcome === 'wrong' && expected !== 'either')
		found.push(`gives ${JSON.stringify(run.result)?.slice(0, 200)}`);
	if (run.outcome === 'right' && expected === 'fails') found.push('succeeds');
	if (run.outcome === 'failed' && expected === 'right') found.push(`fails: ${run.message}`);
	if (run.outcome === 'failed') {
		if (run.message.trim() === '') found.push('says nothing');
		// n8n words the failure of its own test request, so only secrets count there.
		const isToken = (fault: string): boolean => fault === 'a secret';
		for (const fault of faultsOf(`${run.message}\n${run.advice}`.trim()).filter(
			(one) => surface !== 'test' || isToken(one),
		))
			found.push(`tells ${fault}: ${`${run.message} | ${run.advice}`.slice(0, 300)}`);
	}
	if (expected === 'fails' && surface !== 'write' && run.writes.length) found.push(`writes ${run.writes.join(', ')}`);
	if (surface === 'write' && run.writes.length > 1 && !/^(401|429) /.test(kind.name) && run.outcome !== 'right')
		found.push(`writes ${run.writes.length} times`);
	return found.map((fault) => `${surface}: ${fault}`);
}

describe('A hostile server', () => {
	it('answers in at least 150 different ways', () => {
		expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
		if (only.source === '(?:)') expect(kinds.length).toBeGreaterThanOrEqual(150);
	});

	it.each(kinds.map((kind) => [kind.name.replaceAll('%', '%%'), kind] as const))(
		'is handled as expected when it answers: %s',
		(_, kind) => {
			expect(surfacesOf(kind).flatMap((surface) => faults(kind, surface))).toEqual([]);
		},
	);

	it('pollutes no object prototype', () => {
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
});

/** How many runs there were at each surface, and how they ended. */
function summary(): string {
	const rows = SURFACES.map((surface) => {
		const here = kinds
			.filter((kind) => surfacesOf(kind).includes(surface))
			.map((kind) => seen.get(nameOf(kind, surface)));
		const count = (outcome: Seen['outcome']): number => here.filter((run) => run?.outcome === outcome).length;
		return [surface, here.length, count('right'), count('failed'), count('wrong'), count('endless')]
			.map((cell) => String(cell).padStart(11))
			.join('');
	});
	const head = ['surface', 'runs', 'right', 'told', 'other data', 'endless'].map((cell) => cell.padStart(11)).join('');
	return [`Kinds of answers: ${kinds.length}`, head, ...rows].join('\n');
}
