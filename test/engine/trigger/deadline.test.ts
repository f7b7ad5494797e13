/** A poll that hangs ends with a visible error and does not delay the next poll. */
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

/** Makes deadlines three hundred times shorter until the mocks are restored. */
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

describe('Poll that takes too long', () => {
	it('fails, keeps the static data, and does not delay the next poll', async () => {
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

	it('is stopped earlier during activation and left to the next poll', async () => {
		// The login must keep its normal deadline.
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

	it('emits and stores nothing if its response arrives later', async () => {
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
