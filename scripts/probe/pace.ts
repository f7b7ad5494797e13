/** Spaces requests evenly: one every `intervalMs`, however many callers wait. */
export class Pace {
	private next = 0;

	constructor(
		private readonly intervalMs: number,
		private readonly wait: (ms: number) => Promise<void>,
		private readonly now: () => number = Date.now,
	) {}

	/** Resolves when the next request may be sent. */
	async turn(): Promise<void> {
		const now = this.now();
		const at = Math.max(now, this.next);
		this.next = at + this.intervalMs;
		if (at > now) await this.wait(at - now);
	}

	/** Lets nobody send for a while, because the server asked for it. */
	pause(ms: number): void {
		this.next = Math.max(this.next, this.now() + ms);
	}
}

/** Requests per minute that stay well below the limit: the test server takes about 90 a minute, production 60 a second. */
export function requestsPerMinute(host: string): number {
	if (host === 'api.procountor.com') return 120;
	return isLoopback(host) ? 6000 : 40;
}

export const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(host);
