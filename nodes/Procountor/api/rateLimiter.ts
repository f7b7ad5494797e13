import { sleep } from 'n8n-workflow';

/** How fast requests may be sent: evenly spaced, except for a first burst. */
export interface Rate {
	perSecond: number;
	/** How many requests may be sent without spacing after an idle time. */
	burst: number;
	/** How many requests may be in flight at once. */
	inFlight: number;
}

/** With so many requests in flight, the full rate is reached even if each response takes a third of a second. */
const MAX_IN_FLIGHT = 16;
/** A margin that keeps each second on the network below the rate, because timers fire late and unevenly. */
const MARGIN = 0.96;
/** How often a waiting request checks whether it was cancelled. */
const CANCEL_CHECK_MS = 1000;
/**
 * The longest pause that a request waits for, and the time limit for all its other retries together. The trigger depends
 * on it (times.ts).
 */
export const MAX_WAIT_MS = 180_000;
/** Requests that are refused within this time slow the limiter down only once. */
const MIN_SLOWDOWN_GAP_MS = 1000;
/** The time that the limiter needs to return to full speed. */
const RECOVERY_MS = 60_000;
/** The lowest speed, as a fraction of the rate. */
const MIN_SPEED = 1 / 16;

/** Thrown if Procountor requested a pause that is too long for a request to wait. */
export class PauseTooLongError extends Error {
	/** @param until the end of the pause, in milliseconds since 1970 */
	constructor(readonly until: number) {
		super('Procountor requested a long pause');
		this.name = 'PauseTooLongError';
	}
}

interface QueueEntry {
	enter: () => void;
	signal?: AbortSignal;
}

/**
 * Limits the requests of one API client across all executions of this n8n process. It spaces requests evenly, limits
 * how many are in flight, and pauses all of them if Procountor returns Retry-After (docs/procountor.md#rate-limit: at
 * most 60 requests a second in production).
 */
export class RateLimiter {
	private inFlight = 0;
	private readonly queue: QueueEntry[] = [];
	/** When the next request may be sent if the burst is used up, in milliseconds of the process clock. */
	private nextSlot = 0;
	private pausedUntil = 0;
	/** When the last requests were sent, as many as `windowSize`. */
	private readonly sentAt: number[] = [];
	/** When Procountor last returned a 429, and the speed since then. */
	private slowdown = { at: -Infinity, speed: 1 };

	constructor(private rate: Rate) {}

	/** Replaces the rate. If two credentials give one client different rates, the one used last counts. */
	setRate(rate: Rate): void {
		this.rate = rate;
	}

	private get interval(): number {
		return 1000 / (this.rate.perSecond * MARGIN * this.speed(performance.now()));
	}

	/** Returns the fraction of the rate that is used: 1, or less for a while after a 429. */
	private speed(now: number): number {
		return Math.min(1, this.slowdown.speed + (now - this.slowdown.at) / RECOVERY_MS);
	}

	/**
	 * Halves the speed after a 429. The speed returns linearly within a minute, so that several n8n processes find a rate
	 * that together stays within the limit.
	 */
	slowDown(): void {
		const now = performance.now();
		if (now - this.slowdown.at < MIN_SLOWDOWN_GAP_MS) return;
		this.slowdown = { at: now, speed: Math.max(MIN_SPEED, this.speed(now) / 2) };
		this.nextSlot = Math.max(this.nextSlot, now + this.interval);
	}

	/** Sends a request as soon as the limits allow it. If `signal` is aborted, `request` runs at once, and must not send. */
	async run<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		if (this.inFlight < this.rate.inFlight) this.inFlight++;
		else await this.waitForFreeConnection(signal);
		try {
			await this.acquire(signal);
			return await request();
		} finally {
			this.inFlight--;
			if (this.inFlight < this.rate.inFlight) this.admit(this.queue.shift());
		}
	}

	/** Waits until another request has ended, or until this one is released after an abort. */
	private async waitForFreeConnection(signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => this.queue.push({ enter: resolve, signal }));
	}

	private admit(entry: QueueEntry | undefined): void {
		if (entry === undefined) return;
		this.inFlight++;
		entry.enter();
	}

	/** Releases requests whose signal is aborted, so that they do not wait for others to end. */
	releaseAborted(): void {
		const aborted = this.queue.filter(({ signal }) => signal?.aborted);
		for (const entry of aborted) {
			this.queue.splice(this.queue.indexOf(entry), 1);
			this.admit(entry);
		}
	}

	/** Pauses all requests of this client, as Retry-After demands. After the pause each request takes a new slot. */
	pauseAll(delayMs: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + delayMs);
		this.nextSlot = Math.max(this.nextSlot, this.pausedUntil);
	}

	/**
	 * Waits for the next free slot. Token calls and n8n's own repeats after a 401 need a slot too.
	 * @throws {PauseTooLongError} if Procountor requested a pause that is too long to wait for
	 */
	async acquire(signal?: AbortSignal): Promise<void> {
		let slot: number | undefined;
		while (!signal?.aborted) {
			const now = performance.now();
			if (this.pausedUntil - now > MAX_WAIT_MS) throw new PauseTooLongError(Date.now() + this.pausedUntil - now);
			// A slot from before the pause would let the waiting requests out at once after it.
			if (this.pausedUntil > now) slot = undefined;
			else slot ??= this.reserveSlot(now);
			const wait = (slot === undefined ? this.pausedUntil : Math.max(slot, this.earliestByWindow())) - now;
			if (wait <= 0) return this.recordSend(now);
			// Timers can fire early, so the loop checks again.
			await sleep(Math.min(Math.ceil(wait), CANCEL_CHECK_MS));
		}
	}

	private reserveSlot(now: number): number {
		const slot = Math.max(this.nextSlot, now - this.rate.burst * this.interval);
		this.nextSlot = slot + this.interval;
		return slot;
	}

	private recordSend(now: number): void {
		this.sentAt.push(now);
		if (this.sentAt.length > this.windowSize) this.sentAt.splice(0, this.sentAt.length - this.windowSize);
	}

	/** How many requests may be sent within the window of about a second. */
	private get windowSize(): number {
		return wholeRate(this.rate) + this.rate.burst;
	}

	/** When the window allows the next request: after a busy event loop, all waiting requests would be sent at once. */
	private earliestByWindow(): number {
		const first = this.sentAt.at(-this.windowSize);
		return first === undefined ? 0 : first + wholeRate(this.rate) * this.interval;
	}
}

const wholeRate = ({ perSecond }: Rate): number => Math.max(1, Math.floor(perSecond));

const limiters = new Map<string, RateLimiter>();

/** Returns the rate limiter that all users of one client ID on one host share. */
export function rateLimiterFor(host: string, clientId: string, rate: Rate): RateLimiter {
	const name = `${host} ${clientId}`;
	const existing = limiters.get(name);
	if (existing) {
		existing.setRate(rate);
		return existing;
	}
	const limiter = new RateLimiter(rate);
	limiters.set(name, limiter);
	return limiter;
}

/** Procountor's limit in production. It can suspend a client that exceeds the limit (docs/procountor.md#rate-limit). */
const MAX_PER_SECOND_PRODUCTION = 60;
/**
 * Rates with which three processes together stay below the limit, such as a main process and two workers in n8n's queue
 * mode. They leave room for requests that arrive late and in bursts. With OAuth2 they also leave room for the token call
 * and the repeat that n8n sends, without a limit, for each request in flight when the token expires.
 */
const DEFAULT_RATES = { key: { perSecond: 17, inFlight: MAX_IN_FLIGHT }, login: { perSecond: 13, inFlight: 3 } };
/** Leaves the same room for a process whose rate is set in the credential. */
const MAX_IN_FLIGHT_OAUTH2 = 6;

/**
 * Returns the rate for an environment: the credential's requests a second, or a safe default. In production it never
 * exceeds Procountor's limit. The test server allows about 90 requests a minute (uncertain,
 * docs/procountor.md#rate-limit), so its default is a burst and then a low rate.
 */
export function rateFor(environment: string, perSecond: unknown, login: keyof typeof DEFAULT_RATES): Rate {
	const chosen = Number(perSecond);
	const inFlight = login === 'login' ? MAX_IN_FLIGHT_OAUTH2 : MAX_IN_FLIGHT;
	if (Number.isFinite(chosen) && chosen > 0)
		return {
			perSecond: environment === 'production' ? Math.min(chosen, MAX_PER_SECOND_PRODUCTION) : chosen,
			burst: 0,
			inFlight,
		};
	return environment === 'test' ? { perSecond: 1.1, burst: 20, inFlight } : { ...DEFAULT_RATES[login], burst: 0 };
}
