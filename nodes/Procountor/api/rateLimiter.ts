import { sleep } from 'n8n-workflow';

/** How fast requests may leave: evenly spaced, after a first handful that goes at once. */
export interface Rate {
	perSecond: number;
	/** How many requests may go without spacing after a rest. */
	burst: number;
	/** How many requests may be under way at once. */
	inFlight: number;
}

/** Answers that take a third of a second still let the full rate pass. */
const MOST_UNDER_WAY = 16;
/** Timers fire a little late and never evenly: a margin keeps every second of the wire below the rate. */
const MARGIN = 0.96;
/** How often a waiting request looks whether it has been given up, in milliseconds. */
const LONGEST_SLEEP = 1000;
/** The longest time that a request waits until it is sent, its repeats included, in milliseconds. */
export const LONGEST_WAIT = 180_000;
/** Requests that are refused together slow the limiter down once; milliseconds. */
const ONE_REFUSAL = 1000;
/** From the lowest speed back to the full one, in milliseconds. */
const RECOVERY = 60_000;
/** The lowest speed, as a part of the rate. */
const SLOWEST = 1 / 16;

/** Procountor asked for a wait that is too long for a request. */
export class LongRest extends Error {
	/** @param until the end of the rest, in milliseconds since 1970 */
	constructor(readonly until: number) {
		super('Procountor asked for a rest');
		this.name = 'LongRest';
	}
}

interface Waiting {
	enter: () => void;
	signal?: AbortSignal;
}

/**
 * Limits the requests of one API client for all executions of this n8n process. It spaces requests evenly, keeps few
 * under way, and stops all of them while Procountor asks for a wait (docs/procountor.md#rate-limit: at most 60 requests
 * a second in production).
 */
export class RateLimiter {
	private inFlight = 0;
	private readonly queue: Waiting[] = [];
	/** When the next request may leave if the burst is used up, in milliseconds of the process clock. */
	private next = 0;
	private restUntil = 0;
	/** When the last requests left, no more than may leave within a second. */
	private readonly sentAt: number[] = [];
	/** The last time that Procountor refused a request as one too many, and the part of the rate that was left then. */
	private slowed = { at: -Infinity, to: 1 };

	constructor(private rate: Rate) {}

	/** The latest credential wins when two name the same client with different rates. */
	setRate(rate: Rate): void {
		this.rate = rate;
	}

	private get interval(): number {
		return 1000 / (this.rate.perSecond * MARGIN * this.speed(performance.now()));
	}

	/** The part of the rate that is used: all of it, less for a while after a refusal. */
	private speed(now: number): number {
		return Math.min(1, this.slowed.to + (now - this.slowed.at) / RECOVERY);
	}

	/**
	 * Halves the speed, as a 429 asks; it comes back evenly, within a minute. Processes that do not know of each other so
	 * find a rate that fits all.
	 */
	slowDown(): void {
		const now = performance.now();
		if (now - this.slowed.at < ONE_REFUSAL) return;
		this.slowed = { at: now, to: Math.max(SLOWEST, this.speed(now) / 2) };
		this.next = Math.max(this.next, now + this.interval);
	}

	/** Runs one request when its turn has come; at once, without a place in the row, when `signal` has given it up. */
	async run<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		if (this.inFlight < this.rate.inFlight) this.inFlight++;
		else await this.entry(signal);
		try {
			await this.acquire(signal);
			return await request();
		} finally {
			this.inFlight--;
			if (this.inFlight < this.rate.inFlight) this.admit(this.queue.shift());
		}
	}

	/** Waits until another request has ended, or until this one is given up. */
	private async entry(signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => this.queue.push({ enter: resolve, signal }));
	}

	private admit(waiting: Waiting | undefined): void {
		if (waiting === undefined) return;
		this.inFlight++;
		waiting.enter();
	}

	/** Lets those who have been given up end at once, in place of waiting until others have ended. */
	letGo(): void {
		const givenUp = this.queue.filter(({ signal }) => signal?.aborted);
		for (const waiting of givenUp) {
			this.queue.splice(this.queue.indexOf(waiting), 1);
			this.admit(waiting);
		}
	}

	/** Stops all requests of this client for a while, as a 429 with Retry-After asks; everybody takes a new place after it. */
	pauseAll(milliseconds: number): void {
		this.restUntil = Math.max(this.restUntil, performance.now() + milliseconds);
		this.next = Math.max(this.next, this.restUntil);
	}

	/**
	 * Waits for the next place in the row; token calls and n8n's repeats after a 401 take one too.
	 * @throws {LongRest} when Procountor asked for a rest that is too long to wait for
	 */
	async acquire(signal?: AbortSignal): Promise<void> {
		let place: number | undefined;
		while (!signal?.aborted) {
			const now = performance.now();
			if (this.restUntil - now > LONGEST_WAIT) throw new LongRest(Date.now() + this.restUntil - now);
			// A rest that was asked for empties the row: everybody takes a new place after it.
			if (this.restUntil > now) place = undefined;
			else place ??= this.takePlace(now);
			const wait = (place === undefined ? this.restUntil : Math.max(place, this.earliest())) - now;
			if (wait <= 0) return this.leave(now);
			// Timers may fire early, so it looks again.
			await sleep(Math.min(Math.ceil(wait), LONGEST_SLEEP));
		}
	}

	private takePlace(now: number): number {
		const place = Math.max(this.next, now - this.rate.burst * this.interval);
		this.next = place + this.interval;
		return place;
	}

	private leave(now: number): void {
		this.sentAt.push(now);
		if (this.sentAt.length > this.most) this.sentAt.splice(0, this.sentAt.length - this.most);
	}

	/** How many requests may leave within a second. */
	private get most(): number {
		return wholeSecond(this.rate) + this.rate.burst;
	}

	/** Those who were held up, by a busy process, go all at once when it is free: no more of them than a second has room for. */
	private earliest(): number {
		const first = this.sentAt.at(-this.most);
		return first === undefined ? 0 : first + wholeSecond(this.rate) * this.interval;
	}
}

const wholeSecond = ({ perSecond }: Rate): number => Math.max(1, Math.floor(perSecond));

const limiters = new Map<string, RateLimiter>();

/** Returns the rate limiter that all users of one client ID on one host share. */
export function rateLimiterFor(host: string, clientId: string, rate: Rate): RateLimiter {
	const name = `${host} ${clientId}`;
	const known = limiters.get(name);
	if (known) {
		known.setRate(rate);
		return known;
	}
	const pace = new RateLimiter(rate);
	limiters.set(name, pace);
	return pace;
}

/** What Procountor's production allows; a client that asks for more can be suspended (docs/procountor.md#rate-limit). */
const MOST_IN_PRODUCTION = 60;
/**
 * Rates with which three processes together stay below the limit: a main process and two workers in n8n's queue mode, which
 * cannot know of each other. There is room for requests that arrive late and bunched, and, with a login in the browser, for the
 * token call and the repeat that n8n sends past any rate for each request under way when the token expires.
 */
const SAFE = { key: { perSecond: 17, inFlight: MOST_UNDER_WAY }, login: { perSecond: 13, inFlight: 3 } };
/** The same room for one process with a number of its own. */
const MOST_WITH_LOGIN = 6;

/**
 * Returns the rate for an environment: the credential's requests a second, or a safe default, and in production never
 * more than Procountor allows. The test server allows about 90 requests a minute (uncertain,
 * docs/procountor.md#rate-limit): a few at once, then slowly.
 */
export function rateFor(environment: string, perSecond: unknown, login: keyof typeof SAFE): Rate {
	const chosen = Number(perSecond);
	const inFlight = login === 'login' ? MOST_WITH_LOGIN : MOST_UNDER_WAY;
	if (Number.isFinite(chosen) && chosen > 0)
		return {
			perSecond: environment === 'production' ? Math.min(chosen, MOST_IN_PRODUCTION) : chosen,
			burst: 0,
			inFlight,
		};
	return environment === 'test' ? { perSecond: 1.1, burst: 20, inFlight } : { ...SAFE[login], burst: 0 };
}
