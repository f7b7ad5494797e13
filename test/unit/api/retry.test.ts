import fc from 'fast-check';
import { retryAfterMs, planRetry } from '../../../nodes/Procountor/api/retry';
import type { Outcome } from '../../../nodes/Procountor/api/response';

const answer = (statusCode: number, headers: Record<string, string> = {}): Outcome => ({
	statusCode,
	headers,
	body: '',
});
const lost: Outcome = { failure: 'lost', reason: 'ECONNRESET' };
const unreachable: Outcome = { failure: 'unreachable', reason: 'ECONNREFUSED' };
const read = { call: 'GET /invoices' };
const write = { call: 'POST /invoices' };

describe('Retry plan', () => {
	it.each([502, 503, 504])('retries a reading call after %i', (status) => {
		expect(planRetry(answer(status), read, 1, 0)).toMatchObject({ shouldRetry: true, pausesClient: false });
		expect(planRetry(answer(status), { call: 'POST /invoices', readOnly: true }, 1, 0)).toMatchObject({
			shouldRetry: true,
		});
	});

	it('never retries a write whose outcome is unknown', () => {
		const outcomes = fc.oneof(
			fc
				.integer({ min: 200, max: 599 })
				.filter((status) => status !== 429)
				.map((status) => answer(status, { 'Retry-After': '1' })),
			fc.constant(lost),
		);
		fc.assert(
			fc.property(
				outcomes,
				fc.constantFrom('POST /invoices', 'PUT /invoices', 'PATCH /invoices', 'DELETE /invoices'),
				fc.integer({ min: 1, max: 9 }),
				(outcome, call, tries) => {
					expect(planRetry(outcome, { call }, tries, 0).shouldRetry).toBe(false);
				},
			),
		);
	});

	it('retries a write that was rejected with 429 or was never sent', () => {
		expect(planRetry(answer(429), write, 1, 0).shouldRetry).toBe(true);
		expect(planRetry(unreachable, write, 1, 0).shouldRetry).toBe(true);
	});

	it('pauses the client as long as Retry-After requires, in seconds or as a date', () => {
		expect(planRetry(answer(429, { 'retry-after': '7' }), write, 1, 0)).toEqual({
			delayMs: 7000,
			shouldRetry: true,
			pausesClient: true,
		});
		const inTen = new Date(Date.now() + 10_000).toUTCString();
		const wait = planRetry(answer(503, { 'Retry-After': inTen }), write, 1, 0);
		expect(wait).toMatchObject({ shouldRetry: false, pausesClient: true });
		expect(wait.delayMs).toBeGreaterThan(8000);
		expect(wait.delayMs).toBeLessThanOrEqual(10_000);
	});

	it.each(['0', '-5', new Date(0).toUTCString()])(
		'does not use up its tries at once if Retry-After is not in the future: %s',
		(value) => {
			for (const tries of [1, 2, 3])
				expect(planRetry(answer(429, { 'retry-after': value }), write, tries, 0).delayMs).toBeGreaterThanOrEqual(
					250 * 2 ** (tries - 1),
				);
		},
	);

	it('ends after a limited number of tries and a limited time', () => {
		expect(planRetry(lost, read, 6, 0)).toMatchObject({ shouldRetry: false, pausesClient: false });
		expect(planRetry(unreachable, read, 3, 0)).toMatchObject({ shouldRetry: false, pausesClient: false });
		expect(planRetry(lost, read, 1, 179_900)).toMatchObject({ shouldRetry: false, pausesClient: false });
	});

	it('retries after a Retry-After of up to three minutes, for which the rate limiter holds back the others too', () => {
		expect(planRetry(answer(429, { 'retry-after': '180' }), read, 1, 200)).toMatchObject({ shouldRetry: true });
		expect(planRetry(answer(429, { 'retry-after': '181' }), read, 1, 200)).toMatchObject({ shouldRetry: false });
		expect(planRetry(answer(429, { 'retry-after': '1' }), read, 2, 180_000)).toMatchObject({ shouldRetry: false });
	});

	it('does not retry after a very long Retry-After, but pauses the client', () => {
		expect(planRetry(answer(429, { 'retry-after': '3600' }), read, 1, 0)).toEqual({
			delayMs: 3_600_000,
			shouldRetry: false,
			pausesClient: true,
		});
		expect(planRetry({ failure: 'paused', reason: '' }, read, 1, 0)).toMatchObject({
			shouldRetry: false,
			pausesClient: false,
		});
	});

	it.each([
		['86401', 86_400_000],
		['9'.repeat(400), 86_400_000],
		[' 7 ', 7000],
		['7.5', undefined],
		['NaN', undefined],
		['tomorrow', undefined],
		['Fri, 99 Foo 2026 99:99:99 GMT', undefined],
		['Thu, 01 Jan 2015 00:01:00 GMT', 60_000],
		['Wed, 31 Dec 2014 00:01:00 GMT', 0],
	])('reads Retry-After %s', (value, remainingMs) => {
		const headers = { 'retry-after': value, date: 'Thu, 01 Jan 2015 00:00:00 GMT' };
		expect(retryAfterMs({ statusCode: 503, headers, body: '' })).toBe(remainingMs);
		expect(retryAfterMs({ statusCode: 500, headers, body: '' })).toBeUndefined();
	});

	it('waits longer with each try, up to a limit', () => {
		const longest = (tries: number) =>
			Math.max(...Array.from({ length: 50 }, () => planRetry(lost, read, tries, 0).delayMs));
		expect(longest(1)).toBeLessThanOrEqual(500);
		expect(longest(2)).toBeGreaterThan(500);
		expect(longest(5)).toBeLessThanOrEqual(20_000);
	});

	it.each([400, 401, 403, 404, 409, 500])('does not retry after %i', (status) => {
		expect(planRetry(answer(status), read, 1, 0)).toMatchObject({ shouldRetry: false, pausesClient: false });
	});
});
