import { RateLimiter, rateFor } from '../../../nodes/Procountor/api/rateLimiter';

/** Most of these times that fall into any half-open span of a second. */
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

/** Runs something by a clock that stands still while it works: what else the machine is busy with shifts nothing. */
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

describe('the pace', () => {
	it('lets no more requests leave in any second than it is set to', async () => {
		const times = await byStillClock(
			async () => await departures(new RateLimiter({ perSecond: 40, burst: 0, inFlight: 16 }), 100),
		);
		expect(times).toHaveLength(100);
		expect(mostInASecond(times)).toBeLessThanOrEqual(40);
	});

	it('runs a bounded number of requests at once', async () => {
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

	it('gives its place back when a request fails', async () => {
		const pace = new RateLimiter({ perSecond: 1000, burst: 50, inFlight: 16 });
		const failures = await Promise.allSettled(
			Array.from({ length: 20 }, async () => await pace.run(async () => await Promise.reject(new Error('no')))),
		);
		expect(failures.every(({ status }) => status === 'rejected')).toBe(true);
		expect(await departures(pace, 10)).toHaveLength(10);
	});

	it('rests when asked to, and spaces the requests again afterwards', async () => {
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

	it('halves its speed after a 429, once for all that are refused together, and is back at full speed within a minute', async () => {
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

	it('keeps a sixteenth of its speed, however often it is refused', async () => {
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

	it('leaves room below the limit for three processes by default', () => {
		for (const login of ['key', 'login'] as const) {
			const { perSecond, inFlight } = rateFor('production', 0, login);
			const pastTheRate = login === 'login' ? 2 * inFlight : 0;
			expect(3 * (perSecond + pastTheRate)).toBeLessThanOrEqual(57);
		}
	});

	it('is gentler on the test server, and what the credential says elsewhere', () => {
		expect(rateFor('production', 0, 'key')).toEqual({ perSecond: 17, burst: 0, inFlight: 16 });
		expect(rateFor('test', '', 'key')).toEqual({ perSecond: 1.1, burst: 20, inFlight: 16 });
		expect(rateFor('test', 10, 'key')).toEqual({ perSecond: 10, burst: 0, inFlight: 16 });
		expect(rateFor('production', 20, 'login')).toEqual({ perSecond: 20, burst: 0, inFlight: 6 });
		expect(rateFor('production', 600, 'key')).toEqual({ perSecond: 60, burst: 0, inFlight: 16 });
		expect(rateFor('custom', undefined, 'key').perSecond).toBe(17);
	});
});
