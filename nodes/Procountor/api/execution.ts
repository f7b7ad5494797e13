import type { Client } from './client';

/**
 * What the items of one execution share: the client, record loaders, and company data. It lives as long as the
 * execution, so that no data reaches another company or a later run.
 */
export class Execution {
	private opened: Client | undefined;
	private readonly values = new Map<string, unknown>();
	private readonly loads = new Map<string, Promise<unknown>>();

	/** The client of the execution's credential. @throws {TypeError} while the items are still being prepared */
	get client(): Client {
		if (this.opened === undefined) throw new TypeError('No request is possible before the items are prepared');
		return this.opened;
	}

	/** Allows requests from now on. */
	open(client: Client): void {
		this.opened = client;
	}

	/** Returns the value of a key. The first item that needs it creates it. */
	shared<T>(key: string, make: () => T): T {
		if (!this.values.has(key)) this.values.set(key, make());
		return this.values.get(key) as T;
	}

	/** Reads something once for all items. After a failure the next item reads again. */
	async readOnce<T>(key: string, read: () => Promise<T>): Promise<T> {
		const known = this.loads.get(key) ?? read();
		if (!this.loads.has(key)) {
			this.loads.set(key, known);
			known.catch(() => this.loads.delete(key));
		}
		return (await known) as T;
	}
}
