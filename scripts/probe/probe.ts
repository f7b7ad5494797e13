import type { Connection } from './connection';
import type { Person } from './person';
import type { MadeRecords } from './records';
import { finnishOffset } from './values';
import type { WebhookReceiver } from './receiver';

export interface ProbeOptions {
	api: Connection;
	/** Another user of the company, who lacks some rights. */
	limited?: Connection;
	writes: boolean;
	person?: Person;
	receiver?: WebhookReceiver;
	records: MadeRecords;
	/** Waits in milliseconds where two events must not share a second. */
	pause: (ms: number) => Promise<void>;
	/** Text that makes the probe's records recognisable, unique to this run. */
	mark: string;
}

/** What every question works with. */
export class Probe {
	readonly api: Connection;
	private readonly memo = new Map<string, Promise<unknown>>();

	constructor(readonly options: ProbeOptions) {
		this.api = options.api;
	}

	/** Does something once and shares the result between the questions. A failure is shared too. */
	once<T>(name: string, work: () => Promise<T>): Promise<T> {
		let known = this.memo.get(name) as Promise<T> | undefined;
		if (!known) this.memo.set(name, (known = work()));
		return known;
	}

	/** Forgets a shared result, so that it is read again. */
	forget(name: string): void {
		this.memo.delete(name);
	}

	/** The server's present instant in milliseconds, by a token that it has just issued, otherwise by this machine's clock. */
	async serverInstant(): Promise<number> {
		if (this.api.options.credentials.apiKey !== undefined) await this.api.logIn();
		return this.api.tokenIssuedAt ?? Date.now();
	}

	/** Today's date in Finland, by the server. */
	today(): Promise<string> {
		return this.once('today', async () => {
			const instant = await this.serverInstant();
			return new Date(instant + finnishOffset(instant)).toISOString().slice(0, 10);
		});
	}
}
