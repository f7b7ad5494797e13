import { PauseTooLongError, RateLimiter, rateFor, rateLimiterFor } from '../../../nodes/Procountor/api/rateLimiter';

/** The largest number of these times within any second. */
function mostInASecond(times: number[]): number {
	return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));
}

async function departures(pace: RateLimiter, count: number): Promise<number[]> {
	const times: number[] = [];
	await Promise.all(
		Array.from({ length: count }, async () => await pace.run(async () => void times.push(performance.now()))),
	);
	return times.sort((a, b) => a - b);
}

/** Runs work on a fake clock, so that the load of the machine does not shift its times. */
async function byStillClock<T>(work: () => Promise<T>): Promise<T> {
	jest.useFakeTimers();
	try {
		const done = work();
		await jest.advanceTimersByTimeAsync(10_000);
		return await done;
	} finally {
		jest.useRealTimers();
	}
}

describe('Rate limiter', () => {
	it('sends no more requests in any second than the limit', async () => {
		const times = await byStillClock(
			async () => await departures(new RateLimiter({ perSecond: 40, burst: 0, inFlight: 16 }), 100),
		);
		expect(times).toHaveLength(100);
		expect(mostInASecond(times)).toBeLessThanOrEqual(40);
	});

	it('runs a limited number of requests at once', async () => {
		const pace = new RateLimiter({ perSecond: 1000, burst: 50, inFlight: 16 });
		let underWay = 0;
		let most = 0;
		await Promise.all(
			Array.from(
				{ length: 40 },
				async () =>
					await pace.run(async () => {
						most = Math.max(most, ++underWay);
						await new Promise((resolve) => setTimeout(resolve, 5));
						underWay--;
					}),
			),
		);
		expect(most).toBe(16);
	});

	it('frees its slot when a request fails', async () => {
		const pace = new RateLimiter({ perSecond: 1000, burst: 50, inFlight: 16 });
		const failures = await Promise.allSettled(
			Array.from({ length: 20 }, async () => await pace.run(async () => await Promise.reject(new Error('no')))),
		);
		expect(failures.every(({ status }) => status === 'rejected')).toBe(true);
		expect(await departures(pace, 10)).toHaveLength(10);
	});

	it('pauses on request and spaces the requests again afterwards', async () => {
		const times = await byStillClock(async () => {
			const pace = new RateLimiter({ perSecond: 50, burst: 0, inFlight: 16 });
			const began = performance.now();
			pace.pauseAll(300);
			return (await departures(pace, 5)).map((time) => time - began);
		});
		expect(times[0]).toBeGreaterThanOrEqual(299);
		for (let index = 1; index < times.length; index++)
			expect(times[index] - times[0]).toBeGreaterThanOrEqual(index * 20 - 6);
	});

	it('halves its rate once for simultaneous 429s and recovers within a minute', async () => {
		jest.useFakeTimers();
		try {
			const pace = new RateLimiter({ perSecond: 50, burst: 0, inFlight: 16 });
			const gap = async (): Promise<number> => {
				const left = departures(pace, 2);
				await jest.advanceTimersByTimeAsync(1000);
				const [first, second] = await left;
				return second - first;
			};
			const before = await gap();
			for (let refusal = 0; refusal < 5; refusal++) pace.slowDown();
			const slow = await gap();
			await jest.advanceTimersByTimeAsync(15_000);
			const between = await gap();
			await jest.advanceTimersByTimeAsync(30_000);
			expect(slow).toBeGreaterThan(before * 1.8);
			expect(slow).toBeLessThan(before * 2.2);
			expect(between).toBeGreaterThan(before * 1.2);
			expect(between).toBeLessThan(slow);
			expect(await gap()).toBe(before);
		} finally {
			jest.useRealTimers();
		}
	});

	it('keeps a sixteenth of its rate after many 429s', async () => {
		jest.useFakeTimers();
		try {
			const pace = new RateLimiter({ perSecond: 64, burst: 0, inFlight: 16 });
			for (let refusal = 0; refusal < 6; refusal++) {
				pace.slowDown();
				await jest.advanceTimersByTimeAsync(1000);
			}
			const left = departures(pace, 3);
			await jest.advanceTimersByTimeAsync(5000);
			const times = await left;
			expect(times[2] - times[1]).toBeGreaterThan(200);
			expect(times[2] - times[1]).toBeLessThan(300);
		} finally {
			jest.useRealTimers();
		}
	});

	it('keeps the limit after the process was blocked', async () => {
		jest.useFakeTimers();
		try {
			const left = departures(new RateLimiter({ perSecond: 10, burst: 0, inFlight: 100 }), 60);
			await jest.advanceTimersByTimeAsync(500);
			// All timers fire before anything else runs, so all requests are late when the process is free again.
			jest.advanceTimersByTime(5000);
			await jest.advanceTimersByTimeAsync(10_000);
			const times = await left;
			expect(mostInASecond(times)).toBe(10);
			// Afterwards they are sent at the full rate.
			expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(11_500);
		} finally {
			jest.useRealTimers();
		}
	});

	it('sends a first burst at once and the rest at the limit', async () => {
		const times = await byStillClock(async () => {
			const pace = new RateLimiter({ perSecond: 1, burst: 5, inFlight: 16 });
			await new Promise((resolve) => setTimeout(resolve, 6000));
			return await departures(pace, 8);
		});
		expect(times.map((time) => Math.round((time - times[0]) / 1000))).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
	});

	it('waits one interval after a 429, also if it was idle before', async () => {
		const waited = await byStillClock(async () => {
			const pace = new RateLimiter({ perSecond: 2, burst: 0, inFlight: 16 });
			await new Promise((resolve) => setTimeout(resolve, 5000));
			const refused = performance.now();
			pace.slowDown();
			const [next] = await departures(pace, 1);
			return next - refused;
		});
		// Half of two requests a second.
		expect(Math.round(waited / 100)).toBe(10);
	});

	it('does not end a pause early because of a shorter one', async () => {
		const waited = await byStillClock(async () => {
			const pace = new RateLimiter({ perSecond: 1000, burst: 0, inFlight: 16 });
			const began = performance.now();
			pace.pauseAll(5000);
			pace.pauseAll(10);
			const [next] = await departures(pace, 1);
			return next - began;
		});
		expect(Math.round(waited / 1000)).toBe(5);
	});

	it('rejects a wait of more than three minutes and reports when it ends', async () => {
		const pace = new RateLimiter({ perSecond: 1000, burst: 0, inFlight: 16 });
		pace.pauseAll(3_600_000);
		const error: unknown = await pace.run(async () => await Promise.resolve('sent')).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(PauseTooLongError);
		const inMinutes = ((error as PauseTooLongError).until - Date.now()) / 60_000;
		expect(Math.round(inMinutes)).toBe(60);
	});

	it('releases an aborted request from the queue', async () => {
		const pace = new RateLimiter({ perSecond: 1, burst: 0, inFlight: 1 });
		const given = new AbortController();
		const kept = new AbortController();
		let end = (): void => undefined;
		const order: string[] = [];
		const first = pace.run(async () => await new Promise<void>((resolve) => (end = resolve)));
		const others = [
			pace.run(async () => await Promise.resolve(void order.push('kept')), kept.signal),
			pace.run(async () => await Promise.resolve(void order.push('given up')), given.signal),
			pace.run(async () => await Promise.resolve(void order.push('without a signal'))),
		];
		pace.releaseAborted();
		await new Promise((resolve) => setImmediate(resolve));
		expect(order).toEqual([]);
		given.abort();
		pace.releaseAborted();
		await others[1];
		expect(order).toEqual(['given up']);
		kept.abort();
		pace.releaseAborted();
		await others[0];
		expect(order).toEqual(['given up', 'kept']);
		end();
		await Promise.all([first, ...others]);
		expect(order).toHaveLength(3);
	});

	it('starts no request while more are running than a lowered limit allows', async () => {
		const pace = new RateLimiter({ perSecond: 10_000, burst: 50, inFlight: 4 });
		let underWay = 0;
		const most: number[] = [];
		const ends: Array<() => void> = [];
		const request = async (): Promise<void> => {
			underWay++;
			most.push(underWay);
			await new Promise<void>((resolve) => ends.push(resolve));
			underWay--;
		};
		const all = Array.from({ length: 8 }, async () => await pace.run(request));
		const turn = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 5));
		await turn();
		expect(underWay).toBe(4);
		pace.setRate({ perSecond: 10_000, burst: 50, inFlight: 2 });
		while (ends.length) {
			ends.shift()?.();
			await turn();
		}
		await Promise.all(all);
		expect(most.slice(0, 4)).toEqual([1, 2, 3, 4]);
		expect(most.slice(4).every((count) => count <= 2)).toBe(true);
		expect(most).toHaveLength(8);
	});

	it('is shared per client and host, at the latest rate', async () => {
		const [fast, slow] = [1000, 1].map((perSecond) => ({ perSecond, burst: 0, inFlight: 16 }));
		const pace = rateLimiterFor('https://one.example.com', 'client', fast);
		expect(rateLimiterFor('https://one.example.com', 'client', slow)).toBe(pace);
		for (const [host, client] of [
			['https://one.example.com', 'other'],
			['https://other.example.com', 'client'],
		])
			expect(rateLimiterFor(host, client, fast)).not.toBe(pace);
		const [first, second] = await byStillClock(async () => await departures(pace, 2));
		expect(Math.round((second - first) / 1000)).toBe(1);
	});

	it('leaves room below the limit for three processes by default', () => {
		for (const login of ['key', 'login'] as const) {
			const { perSecond, inFlight } = rateFor('production', 0, login);
			const pastTheRate = login === 'login' ? 2 * inFlight : 0;
			expect(3 * (perSecond + pastTheRate)).toBeLessThanOrEqual(57);
		}
	});

	it('is slower on the test server, and uses the rate in the credential if there is one', () => {
		expect(rateFor('production', 0, 'key')).toEqual({ perSecond: 17, burst: 0, inFlight: 16 });
		expect(rateFor('test', '', 'key')).toEqual({ perSecond: 1.1, burst: 20, inFlight: 16 });
		expect(rateFor('test', 10, 'key')).toEqual({ perSecond: 10, burst: 0, inFlight: 16 });
		expect(rateFor('production', 20, 'login')).toEqual({ perSecond: 20, burst: 0, inFlight: 6 });
		expect(rateFor('production', 600, 'key')).toEqual({ perSecond: 60, burst: 0, inFlight: 16 });
		for (const none of [undefined, null, '', 'many', -5, 0, Infinity, NaN])
			expect(rateFor('custom', none, 'key').perSecond).toBe(17);
		expect(rateFor('custom', '5', 'key').perSecond).toBe(5);
	});
});
