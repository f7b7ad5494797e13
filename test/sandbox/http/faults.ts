import type { Switches } from '../switches';

/** What goes wrong. Times are real milliseconds, except for `visibleLate`, which goes by the sandbox's clock. */
export type FaultKind =
	| { kind: 'latency'; ms: number }
	| { kind: 'slowBody'; ms: number }
	| { kind: 'unauthorized' }
	| { kind: 'tooManyRequests'; retryAfter?: string | number }
	| { kind: 'unavailable'; retryAfter?: string | number }
	| { kind: 'badGateway' }
	| { kind: 'gatewayTimeout' }
	| { kind: 'htmlError' }
	| { kind: 'cutBefore' }
	| { kind: 'cutAfter' }
	| { kind: 'redirect'; location: string }
	| { kind: 'status'; status: number; body?: unknown };

/** Where and how often a fault strikes. */
export type Fault = FaultKind & {
	/** `GET`, or any method if left out. */
	method?: string;
	/** The contract's path (`/invoices/{invoiceId}`), the path asked, or a pattern with `*`; any path if left out. */
	path?: string;
	/** How many requests are hit; 1 if left out, 0 for all. */
	times?: number;
	/** How many matching requests pass unharmed first. */
	after?: number;
	/** Faults that wait from the moment this one strikes. */
	then?: Fault[];
};

export interface LateRecords {
	/** Name of the register, or `*`. */
	register: string;
	/** How long after its creation a record shows, by the sandbox's clock. */
	delayMs: number;
	/** How many records; 0 for all. */
	times?: number;
}

export interface RateLimit {
	requests: number;
	windowMs: number;
	/** Seconds told in Retry-After; no header if left out. */
	retryAfter?: number;
	/** `false`: count only, answer as usual. */
	refuse?: boolean;
}

function limitOf({ requestLimit, limitAnswer }: Switches): RateLimit | undefined {
	if (requestLimit === 'none') return undefined;
	const limit = requestLimit === 'second60' ? { requests: 60, windowMs: 1000 } : { requests: 90, windowMs: 60_000 };
	return limitAnswer === 'retryAfter' ? { ...limit, retryAfter: limit.windowMs / 1000 } : limit;
}

const matches = (pattern: string, path: string) =>
	pattern === path ||
	(pattern.includes('*') &&
		new RegExp(
			`^${pattern
				.split('*')
				.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
				.join('.*')}$`,
		).test(path));

/** The faults that wait to strike, and the limit of requests. */
export class Faults {
	list: Fault[] = [];
	late: LateRecords[] = [];
	rateLimit: RateLimit | undefined;
	/** Requests beyond the limit so far. */
	violations = 0;
	private recent: number[] = [];

	/** @param now time in milliseconds by which requests are counted against the limit */
	constructor(private readonly now: () => number = () => performance.now()) {}

	add(...faults: Fault[]): void {
		this.list.push(...faults.map((fault) => ({ times: 1, ...fault })));
	}

	clear(): void {
		this.list = [];
		this.late = [];
		this.rateLimit = undefined;
		this.violations = 0;
		this.recent = [];
	}

	/** The faults that strike this request; counts them down. */
	strike(method: string, path: string, contractPath?: string): Fault[] {
		const struck: Fault[] = [];
		const next: Fault[] = [];
		for (const fault of this.list) {
			if (fault.method !== undefined && fault.method !== method) continue;
			if (
				fault.path !== undefined &&
				!matches(fault.path, path) &&
				!(contractPath && matches(fault.path, contractPath))
			)
				continue;
			if (fault.after) {
				fault.after--;
				continue;
			}
			struck.push(fault);
			next.push(...(fault.then ?? []));
			if (fault.times !== 0) fault.times = (fault.times ?? 1) - 1 || -1;
		}
		this.list = this.list.filter((fault) => fault.times !== -1);
		this.add(...next);
		return struck;
	}

	/**
	 * Counts a request against the limit that was set, or else against the one of the switches
	 * (docs/procountor.md#rate-limit). A refused request counts too, as it did arrive.
	 * @returns the limit if the request exceeds it and must be refused
	 */
	exceeded(switches: Switches): RateLimit | undefined {
		const limit = this.rateLimit ?? limitOf(switches);
		return limit && this.isTooMany(limit) && limit.refuse !== false ? limit : undefined;
	}

	private isTooMany({ windowMs, requests }: RateLimit): boolean {
		const now = this.now();
		while (this.recent.length && this.recent[0] <= now - windowMs) this.recent.shift();
		this.recent.push(now);
		if (this.recent.length <= requests) return false;
		this.violations++;
		return true;
	}

	/** How much later than its creation a new record of a register shows. */
	delayOf(register: string): number {
		const late = this.late.find((one) => one.register === register || one.register === '*');
		if (!late) return 0;
		if (late.times) {
			late.times--;
			if (late.times === 0) this.late = this.late.filter((one) => one !== late);
		}
		return late.delayMs;
	}
}
