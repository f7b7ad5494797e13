/** A poll that hangs: it ends by itself and fails visibly, and the next one is not held up. */
import { DEMO } from '../../sandbox';
import type { Poller } from '../harness';
import { startBench, type Bench } from '../support';

let bench: Bench;
const inReality = AbortSignal.timeout.bind(AbortSignal);
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => void jest.restoreAllMocks());
afterAll(async () => {
	expect(bench.sandbox.state.problems).toEqual([]);
	await bench.close();
});

/** From now on, until the mocks are restored, deadlines come three hundred times sooner. */
const hurry = (): void =>
	void jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => inReality(milliseconds / 300));
const saved = () => bench.engine.saveCredential('procountorApi', bench.credential({ apiKey: DEMO.keys.admin }));
const trigger = (credential = saved()): Poller =>
	bench.engine.poller({
		type: 'procountorTrigger',
		parameters: { event: 'invoiceCreated', includeDetails: false },
		credentials: { procountorApi: credential },
	});
const ids = async (poller: Poller): Promise<number[]> =>
	((await poller.poll()) ?? []).map(({ json }) => Number(json.id));
const invoices = (count: number): number[] =>
	Array.from({ length: count }, () => bench.sandbox.backdoor.addInvoice().id);

describe('A poll that takes too long', () => {
	it('fails, keeps the memory, and does not hold up the next one, which catches up', async () => {
		const poller = trigger();
		await poller.poll();
		const first = invoices(1);
		expect(await ids(poller)).toEqual(first);
		const made = invoices(2);
		const before = JSON.stringify(poller.staticData);
		bench.sandbox.faults.add({ kind: 'latency', ms: 3000, path: '/invoices', times: 1 });
		hurry();
		const hanging = poller.poll();
		expect(await poller.poll()).toBeNull();
		await expect(hanging).rejects.toThrow(/took longer than 900 seconds|within \d+ seconds/);
		jest.restoreAllMocks();
		expect(JSON.stringify(poller.staticData)).toBe(before);
		expect(await ids(poller)).toEqual(made);
		expect(await poller.poll()).toBeNull();
	});

	it('is stopped earlier in a registration, and left to the next one', async () => {
		// The login is not to be hurried.
		const credential = saved();
		await trigger(credential).poll();
		const poller = trigger(credential);
		bench.sandbox.faults.add({ kind: 'latency', ms: 3000, path: '/invoices', times: 1 });
		hurry();
		const logged = bench.engine.logs.entries.length;
		expect(await poller.poll()).toBeNull();
		expect(bench.engine.logs.since(logged).map(({ message }) => message)).toContainEqual(
			expect.stringMatching(/first poll failed.*(took longer than 45|within \d+) seconds/),
		);
		jest.restoreAllMocks();
		expect(await poller.poll()).toBeNull();
		const made = invoices(1);
		expect(await ids(poller)).toEqual(made);
	});

	it('emits and remembers nothing when its response comes after all', async () => {
		const poller = trigger();
		await poller.poll();
		const made = invoices(1);
		bench.sandbox.faults.add({ kind: 'latency', ms: 1500, path: '/invoices', times: 1 });
		hurry();
		await expect(poller.poll()).rejects.toThrow();
		jest.restoreAllMocks();
		await new Promise((resolve) => {
			setTimeout(resolve, 1000);
		});
		expect(await ids(poller)).toEqual(made);
	});
});
