/** Two n8n processes that create the same record at the same time: each duplicate is reported before it is approved. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Engine, RunResult, SavedCredential } from '../harness';
import { startSecondProcess, type SecondProcess } from '../harness/secondProcess';
import { startBench, type Bench } from '../support';
import { creatingKinds as kinds } from './creatingKinds';

let bench: Bench;
let second: SecondProcess;
let engines: Array<{ engine: Engine; saved: SavedCredential }>;
beforeAll(async () => {
	bench = await startBench();
	second = await startSecondProcess();
	engines = [bench.engine, second.engine].map((engine) => ({
		engine,
		saved: engine.saveCredential('procountorApi', bench.credential()),
	}));
});
beforeEach(() => bench.sandbox.reset());
afterAll(async () => {
	second.close();
	await bench.close();
});

const both = async (
	parameters: INodeParameters,
	items: [IDataObject[], IDataObject[]],
	settings?: Partial<INode>,
): Promise<RunResult[]> =>
	await Promise.all(
		engines.map(
			async ({ engine, saved }, index) =>
				await engine.runNode({
					type: 'procountor',
					parameters,
					credentials: { procountorApi: saved },
					items: items[index],
					settings,
				}),
		),
	);
const sent = (method: string, path: string) =>
	bench.sandbox.journal.entries.filter((entry) => entry.method === method && entry.contractPath === path);

describe.each(Object.keys(kinds))('Two processes that create one %s', (name) => {
	const { path, method = 'POST', approve, parameters, prepare } = kinds[name];

	it('report the duplicate with both IDs and do not approve it, now or in the next run', async () => {
		let doubled = 0;
		let last: IDataObject = {};
		for (let pair = 1; pair <= 6; pair++) {
			bench.sandbox.journal.clear();
			bench.sandbox.faults.add({ kind: 'latency', ms: 150, method, path, times: 2 });
			last = prepare?.(bench.sandbox) ?? {};
			const items = [{ number: `ZZ-${pair}`, ...last }];
			const results = await both(parameters, [items, items]);
			const posts = sent(method, path).filter(({ status }) => (status ?? 500) < 300).length;
			const errors = results.flatMap(({ error }) => error?.message ?? []);
			if (posts === 2) {
				doubled++;
				expect(errors.length).toBeGreaterThan(0);
				for (const message of errors) expect(message).toMatch(/ more than once \(IDs \d+ and \d+\): another execution/);
				if (approve) expect(sent('PUT', approve).length).toBe(2 - errors.length);
			} else expect(errors).toEqual([]);
		}
		// A payment has no number that could occur twice, so the next run finds one of the two.
		if (method === 'POST') {
			bench.sandbox.journal.clear();
			const items = [{ number: 'ZZ-6', ...last }];
			for (const { error } of await both(parameters, [items, items]))
				expect(error?.message).toMatch(/more than once \(IDs \d+ and \d+\), so nothing was|^Several records have/);
			expect(sent('POST', path)).toEqual([]);
			if (approve) expect(sent('PUT', approve)).toEqual([]);
		}
		process.stdout.write(`${name}: doubled ${doubled} of 6 pairs, each reported\n`);
		expect(doubled).toBeGreaterThan(0);
	});
});

it('One list request finds the duplicates of all items, and only the duplicated item fails', async () => {
	const { path, parameters } = kinds.invoice;
	bench.sandbox.faults.add({ kind: 'latency', ms: 300, method: 'POST', path, times: 0 });
	const numbers = (prefix: string): IDataObject[] => [`${prefix}-1`, 'ZZ', `${prefix}-3`].map((number) => ({ number }));
	const results = await both(parameters, [numbers('A'), numbers('B')], { onError: 'continueRegularOutput' });
	const failed = results.map(({ items }) => items[0].map(({ json }) => json.error !== undefined));
	expect(failed.flat().filter((one) => one).length).toBeGreaterThan(0);
	for (const [first, , third] of failed) expect([first, third]).toEqual([false, false]);
	expect(sent('GET', path).filter(({ query }) => query.orderById === 'DESC')).toHaveLength(2);
});

it('Two credits of different parts that together exceed the invoice are reported', async () => {
	const { path, parameters, prepare } = kinds.partialCredit;
	let exceeded = 0;
	for (let pair = 1; pair <= 6; pair++) {
		bench.sandbox.journal.clear();
		bench.sandbox.faults.add({ kind: 'latency', ms: 150, method: 'POST', path, times: 2 });
		const item = prepare?.(bench.sandbox) ?? {};
		const results = await both(parameters, [[{ ...item, quantity: 1 }], [{ ...item, quantity: 2 }]]);
		const errors = results.flatMap(({ error }) => error?.message ?? []);
		if (sent('POST', path).length === 2) {
			exceeded++;
			expect(errors.length).toBeGreaterThan(0);
			for (const message of errors)
				expect(message).toMatch(
					/^Procountor has credits of invoice \d+ \(ID \d+\) for more than its total \(IDs \d+ and \d+\): another execution/,
				);
		} else expect(errors.join()).toMatch(/^$|left to credit|credit of other parts/);
	}
	expect(exceeded).toBeGreaterThan(0);
});

it('Credits of different parts in successive executions are not reported as duplicates', async () => {
	const { parameters, prepare } = kinds.partialCredit;
	const item = prepare?.(bench.sandbox) ?? {};
	for (const note of ['first', 'second']) {
		const [result] = await both({ ...parameters, options: { number: note } }, [[{ ...item, quantity: 1 }], []]);
		expect(result.error?.message).toBeUndefined();
	}
});
