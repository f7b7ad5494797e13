import { sleep } from 'n8n-workflow';

/** How fast requests may leave: evenly spaced, after a first handful that goes at once. */
export interface Rate {
	perSecond: number;
	/** How many requests may go without spacing after a rest. */
	burst: number;
}

/** Requests under way at once: few enough that n8n's own repeats after a 401 fit below the API's limit. */
const MOST_UNDER_WAY = 8;
/** Timers fire a little late and never evenly: a margin keeps every second of the wire below the rate. */
const MARGIN = 0.97;

/**
 * Paces the requests of one API client for all executions of this n8n process: evenly spaced, few at a time, and
 * all at rest for as long as Procountor asked (notes, 'Conventions': at most 60 requests a second in production).
 */
export class Pace {
	private underWay = 0;
	private readonly queue: Array<() => void> = [];
	/** When the next request may leave if the burst is used up, in milliseconds of the process clock. */
	private next = 0;
	private restUntil = 0;
	private interval: number;
	private burst: number;

	constructor(rate: Rate) {
		this.interval = 1000 / (rate.perSecond * MARGIN);
		this.burst = rate.burst;
	}

	/** The latest credential wins when two name the same client with different rates. */
	setRate(rate: Rate): void {
		this.interval = 1000 / (rate.perSecond * MARGIN);
		this.burst = rate.burst;
	}

	/** Runs one request when its turn has come. */
	async run<T>(request: () => Promise<T>): Promise<T> {
		if (this.underWay >= MOST_UNDER_WAY) await new Promise<void>((resolve) => this.queue.push(resolve));
		else this.underWay++;
		try {
			await this.turn();
			return await request();
		} finally {
			const following = this.queue.shift();
			if (following) following();
			else this.underWay--;
		}
	}

	/** Stops all requests of this client for a while, as a 429 with Retry-After asks. */
	rest(milliseconds: number): void {
		this.restUntil = Math.max(this.restUntil, performance.now() + milliseconds);
	}

	/** Waits for the next place in the row; token calls and n8n's repeats after a 401 take one too. */
	async turn(): Promise<void> {
		for (;;) {
			await until(() => this.restUntil);
			this.next = Math.max(this.next, performance.now() - this.burst * this.interval) + this.interval;
			const mine = this.next - this.interval;
			await until(() => mine);
			// A rest that was asked for meanwhile empties the row: everybody takes a new place after it.
			if (this.restUntil <= performance.now()) return;
		}
	}
}

/** Waits for a time of the process clock; timers may fire early, so it looks again. */
async function until(time: () => number): Promise<void> {
	for (let wait = time() - performance.now(); wait > 0; wait = time() - performance.now()) await sleep(Math.ceil(wait));
}

const paces = new Map<string, Pace>();

/** The pace that all users of one client id on one host share. */
export function paceFor(host: string, clientId: string, rate: Rate): Pace {
	const name = `${host} ${clientId}`;
	const known = paces.get(name);
	if (known) {
		known.setRate(rate);
		return known;
	}
	const pace = new Pace(rate);
	paces.set(name, pace);
	return pace;
}

/**
 * The rate for an environment: the credential's number of requests a second, or a safe one. Production allows 60
 * a second; the test server about 90 a minute (uncertain, notes 'Conventions'): a handful at once, then slowly.
 */
export function rateFor(environment: string, perSecond: unknown): Rate {
	const chosen = Number(perSecond);
	if (Number.isFinite(chosen) && chosen > 0) return { perSecond: chosen, burst: 0 };
	return environment === 'test' ? { perSecond: 1.1, burst: 20 } : { perSecond: 50, burst: 0 };
}
