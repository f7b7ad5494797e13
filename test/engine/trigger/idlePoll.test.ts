/** The requests of a poll that finds nothing, which n8n runs every minute. */
import { events } from '../../../nodes/Procountor/trigger/events';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
afterAll(async () => {
	expect(bench.sandbox.state.problems).toEqual([]);
	await bench.close();
});

describe('Idle poll', () => {
	it.each(events.map(({ value }) => value))('sends one request: %s', async (event) => {
		bench.sandbox.reset();
		bench.sandbox.clock.advance(86_400_000);
		const poller = bench.engine.poller({
			type: 'procountorTrigger',
			parameters: { event, includeDetails: false },
			credentials: { procountorApi: bench.credential() },
		});
		await poller.poll();
		expect(await poller.poll()).toBeNull();
		bench.sandbox.journal.clear();
		expect(await poller.poll()).toBeNull();
		expect(bench.sandbox.journal.entries.map(({ method }) => method)).toEqual(['GET']);
	});
});
