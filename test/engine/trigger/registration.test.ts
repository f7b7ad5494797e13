/** The poll that n8n runs at activation or at its own start: a temporary fault must not stop the schedule. */
import { DEMO } from '../../sandbox';
import type { Poller } from '../harness';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => {
	expect(bench.sandbox.state.problems).toEqual([]);
	await bench.close();
});

const trigger = (apiKey: string = DEMO.keys.admin, event = 'invoiceCreated'): Poller =>
	bench.engine.poller({
		type: 'procountorTrigger',
		parameters: { event, includeDetails: false },
		credentials: { procountorApi: bench.credential({ apiKey }) },
	});
const ids = async (poller: Poller): Promise<number[]> =>
	((await poller.poll()) ?? []).map(({ json }) => Number(json.id));
const invoices = (count: number): number[] =>
	Array.from({ length: count }, () => bench.sandbox.backdoor.addInvoice().id);
const outage = (path?: string): void => bench.sandbox.faults.add({ kind: 'status', status: 500, path, times: 0 });
const warnings = (since: number): string[] =>
	bench.engine.logs
		.since(since)
		.filter(({ level }) => level === 'warn')
		.map(({ message }) => message);

describe('First poll after activation', () => {
	it.each([['/invoices'], ['/sessioninfo'], ['/oauth/token']])(
		'leaves an outage of %s to the next poll, which fails visibly until the outage ends',
		async (path) => {
			const poller = trigger();
			outage(path);
			const logged = bench.engine.logs.entries.length;
			expect(await poller.poll()).toBeNull();
			expect(warnings(logged)).toEqual([expect.stringMatching(/first poll failed; .*\(500/)]);
			expect(poller.staticData).toEqual({});
			await expect(poller.poll()).rejects.toThrow('(500');
			bench.sandbox.faults.clear();
			expect(await poller.poll()).toBeNull();
			const made = invoices(2);
			expect(await ids(poller)).toEqual(made);
		},
	);

	it('leaves a server that cannot be reached to the next poll', async () => {
		const poller = bench.engine.poller({
			type: 'procountorTrigger',
			parameters: { event: 'invoiceCreated', includeDetails: false },
			credentials: { procountorApi: bench.credential({ baseUrl: 'http://127.0.0.1:9' }) },
		});
		expect(await poller.poll()).toBeNull();
		await expect(poller.poll()).rejects.toThrow('cannot be reached');
	});

	it('fails with advice if the key is wrong', async () => {
		const poller = trigger('no such key');
		await expect(poller.poll()).rejects.toThrow(/refused the login .*Check/);
		await expect(poller.poll()).rejects.toThrow(/refused the login .*Check/);
	});
});

describe('First poll after a start of n8n', () => {
	it.each([
		['an outage', () => outage()],
		['a revoked key', () => bench.sandbox.faults.add({ kind: 'status', status: 401, path: '/oauth/token', times: 0 })],
	])('keeps the static data during %s, and a later poll catches up', async (_, strike) => {
		const poller = trigger();
		await poller.poll();
		const first = invoices(1);
		expect(await ids(poller)).toEqual(first);
		const before = JSON.stringify(poller.storedData);
		const made = invoices(3);
		bench.sandbox.state.auth.revokeTokens();
		strike();
		poller.restart();
		expect(await poller.poll()).toBeNull();
		expect(JSON.stringify(poller.storedData)).toBe(before);
		await expect(poller.poll()).rejects.toThrow();
		bench.sandbox.faults.clear();
		expect(await ids(poller)).toEqual(made);
		expect(await poller.poll()).toBeNull();
	});
});

describe('Manual test of the trigger', () => {
	it('fails visibly during an outage', async () => {
		const poller = trigger();
		outage();
		await expect(poller.poll('manual')).rejects.toThrow('(500');
	});
});
