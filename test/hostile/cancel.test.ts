/** A cancelled execution ends at once: it writes nothing more and does not delay others. */
import { byId } from '../engine/support';
import { rawBench } from './raw';
import { json } from './rawServer';

const bench = rawBench();
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index + 1 }));

/** Cancels after this number of requests. */
function cancelAfter(requests: number): AbortSignal {
	const controller = new AbortController();
	bench.server.answer = (_, response) => {
		if (bench.server.requests.length === requests) controller.abort();
		setTimeout(() => json(response, { results: [] }), 5);
	};
	return controller.signal;
}

describe('A cancelled execution', () => {
	it.each([
		['reading', 'getHistory'],
		['writing', 'approve'],
	])('sends no further requests even if failed items continue: %s', async (_, operation) => {
		const run = await bench.run(
			'invoice',
			operation,
			{ invoiceId: '={{ $json.id }}' },
			{ items: many(500), cancel: cancelAfter(20), settings: { onError: 'continueRegularOutput' } },
		);
		expect(run.status).toBe('canceled');
		// Up to 16 requests that are already under way still arrive.
		expect(bench.server.requests.length).toBeLessThanOrEqual(20 + 16);
	});

	it('frees the request queue for others', async () => {
		const slow = bench.apiKey({ requestsPerSecond: 20 });
		const cancelled = bench.run(
			'invoice',
			'getHistory',
			{ invoiceId: '={{ $json.id }}' },
			{ items: many(500), credential: slow, cancel: cancelAfter(3), settings: { onError: 'continueRegularOutput' } },
		);
		while (bench.server.requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
		const ended: string[] = [];
		// 30 requests at 20 a second; the other 500 would take longer if they were still queued.
		const other = bench.run(
			'invoice',
			'getHistory',
			{ invoiceId: '={{ $json.id }}' },
			{ items: many(30), credential: slow },
		);
		await Promise.all([cancelled.then(() => ended.push('cancelled')), other.then(() => ended.push('other'))]);
		expect(ended).toEqual(['cancelled', 'other']);
	});

	it('does not wait for Retry-After', async () => {
		const controller = new AbortController();
		bench.server.answer = (_, response) => {
			setTimeout(() => controller.abort(), 20);
			json(response, {}, 429, { 'retry-after': '100' });
		};
		const run = await bench.run('invoice', 'approve', { invoiceId: byId(5) }, { cancel: controller.signal });
		expect(run.status).toBe('canceled');
		expect(bench.server.requests).toHaveLength(1);
	});
});
