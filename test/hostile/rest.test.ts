/** A server that tells its client to send nothing for an hour. */
import type { INode } from 'n8n-workflow';
import { byId } from '../engine/support';
import { rawBench } from './raw';
import { json, type Answerer } from './rawServer';

const bench = rawBench();
const session = ['company', 'getSession'] as const;
const approve = ['invoice', 'approve', { invoiceId: byId(5) }] as const;
const plainWrite = ['apiRequest', 'send', { method: 'PUT', path: '/invoices/5/approve' }] as const;
const goesOn: Partial<INode> = { onError: 'continueRegularOutput' };
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const HOUR = 3600;
/** How many requests may be under way when the first response arrives. */
const IN_FLIGHT = 16;
const TOLD = /send no requests until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;

const resting =
	(retryAfter: string | number, status = 429): Answerer =>
	(_, response) =>
		json(response, { errors: [{ status, message: 'No' }] }, status, { 'retry-after': String(retryAfter) });

/** Milliseconds from now to the time in a message. */
function restIn(message: string): number {
	const moment = /until (\S+) (\S+) UTC/.exec(message) ?? [];
	return Date.parse(`${moment[1]}T${moment[2]}Z`) - Date.now();
}

/** The process clock, set forward while the work runs. */
async function later<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
	const now = performance.now.bind(performance);
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds);
	try {
		return await work();
	} finally {
		clock.mockRestore();
	}
}

describe('Retry-After: 3600', () => {
	it('fails 300 items with the time to wait, after only the requests that were under way', async () => {
		bench.server.answer = resting(HOUR);
		const run = await bench.run(...session, {}, { items: many(300), settings: goesOn });
		const errors = run.items[0].map((item) => String(item.json.error));
		expect(errors).toHaveLength(300);
		expect(errors.filter((error) => !TOLD.test(error))).toEqual([]);
		expect(restIn(errors[299])).toBeGreaterThan((HOUR - 60) * 1000);
		expect(restIn(errors[299])).toBeLessThanOrEqual(HOUR * 1000);
		const { length } = bench.server.requests;
		process.stdout.write(`Requests of 300 items under Retry-After 3600: ${length}\n`);
		expect(length).toBeLessThanOrEqual(IN_FLIGHT);
	});

	it('stops all later executions, triggers, pickers and logins of the process from sending', async () => {
		bench.server.answer = resting(HOUR, 503);
		await bench.run(...session);
		bench.server.requests.length = 0;
		bench.server.tokenCalls.length = 0;
		bench.server.answer = (_, response) => json(response, {});
		const reads = await bench.run(...session, {}, { items: many(5), settings: goesOn });
		expect(reads.items[0].filter((item) => TOLD.test(String(item.json.error)))).toHaveLength(5);
		const other = await bench.run(...approve, { credential: bench.apiKey({ apiKey: 'another-key-2' }) });
		expect(other.error?.message).toMatch(TOLD);
		expect(other.error?.description).toMatch(/^This request was not sent\. Run the workflow again after that time/);
		const node = { type: 'procountorTrigger', credentials: { procountorApi: bench.apiKey() } };
		const poller = bench.engine.poller({ ...node, parameters: { event: 'invoiceCreated', includeDetails: false } });
		// The poll of an activation leaves a temporary failure to the next poll.
		expect(await poller.poll()).toBeNull();
		await expect(poller.poll()).rejects.toThrow(TOLD);
		expect(poller.staticData).toEqual({});
		const picked = bench.engine.listSearch('searchProduct', {
			type: 'procountor',
			parameters: { authentication: 'apiKey' },
			credentials: { procountorApi: bench.apiKey() },
		});
		await expect(picked).rejects.toThrow(TOLD);
		expect([bench.server.requests, bench.server.tokenCalls]).toEqual([[], []]);
	});

	it('also applies to a login', async () => {
		bench.server.token = resting(HOUR);
		const runs = [
			await bench.run(...session),
			await bench.run(...session, {}, { credential: bench.apiKey({ apiKey: 'b2' }) }),
		];
		for (const { error } of runs) expect(error?.message).toMatch(TOLD);
		expect(bench.server.tokenCalls).toHaveLength(1);
		expect(bench.server.requests).toEqual([]);
	});

	it('blocks a write before it is sent, so that a later retry sends it', async () => {
		bench.server.answer = (request, response) =>
			request.path === '/sessioninfo' ? resting(HOUR)(request, response) : json(response, {});
		await bench.run(...session);
		const trying = async (settings: Partial<INode>) => await bench.run(...plainWrite, { settings });
		const refused = await trying({ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(refused.error?.message).toMatch(TOLD);
		const done = await later((HOUR + 1) * 1000, async () => await trying({}));
		expect(done.error).toBeUndefined();
		expect(bench.server.requests.map(({ path }) => path)).toEqual(['/sessioninfo', '/invoices/5/approve']);
	});
});

describe('An absurd Retry-After', () => {
	it.each(['-1', 'NaN', '1e9', '', 'tomorrow', '0x10', '12 monkeys', 'Fri, 99 Foo 2026 99:99:99 GMT'])(
		'is ignored: %p',
		async (value) => {
			bench.server.answer = resting(value, 503);
			// A write that failed is not repeated, so that nothing waits.
			await bench.run(...plainWrite);
			bench.server.answer = (_, response) => json(response, { companyId: 7 });
			expect((await bench.run(...session)).error).toBeUndefined();
		},
	);

	it.each(['999999999999', '9'.repeat(400), 'Fri, 01 Jan 2100 00:00:00 GMT'])(
		'is limited to one day: %s',
		async (value) => {
			bench.server.answer = resting(value, 503);
			const run = await bench.run(...session);
			expect(restIn(run.error?.message ?? '')).toBeLessThanOrEqual(24 * HOUR * 1000);
			bench.server.answer = (_, response) => json(response, { companyId: 7 });
			expect((await bench.run(...session)).error?.message).toMatch(TOLD);
			const next = await later((24 * HOUR + 1) * 1000, async () => await bench.run(...session));
			expect(next.error).toBeUndefined();
		},
	);

	it("is relative to the server's clock if it is a date", async () => {
		bench.server.answer = (_, response) =>
			json(response, {}, 503, {
				date: 'Thu, 01 Jan 2015 00:00:00 GMT',
				'retry-after': 'Thu, 01 Jan 2015 01:00:00 GMT',
			});
		const { error } = await bench.run(...session);
		expect(restIn(error?.message ?? '')).toBeGreaterThan((HOUR - 60) * 1000);
	});
});
