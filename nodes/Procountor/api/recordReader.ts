import type { IDataObject } from 'n8n-workflow';
import type { Call } from './contract';
import { factsOf } from './contract';
import { chunks, readByIds } from './batchReads';
import type { Client, QueryValue } from './client';

/**
 * Reads records for many items together: ids are announced first, then each item asks for its own, and neighbours
 * share a request of up to 200. 5,000 items are 25 requests, in whatever order the items come.
 */
export class Reader {
	private readonly wanted = new Set<number>();
	private batches: Map<number, Promise<Map<number, IDataObject>>> | undefined;

	constructor(
		private readonly call: Call,
		private readonly query: Record<string, QueryValue | undefined>,
		/** What the records are called in messages. */
		private readonly about?: string,
	) {}

	announce(ids: readonly number[]): void {
		for (const id of ids) this.wanted.add(id);
	}

	/** The records of the ids, in their order; undefined where Procountor has none. */
	async read(client: Client, ids: readonly number[]): Promise<Array<IDataObject | undefined>> {
		this.batches ??= this.start(client);
		const batches = this.batches;
		return await Promise.all(ids.map(async (id) => (await batches.get(id))?.get(id)));
	}

	private start(client: Client): Map<number, Promise<Map<number, IDataObject>>> {
		const batches = new Map<number, Promise<Map<number, IDataObject>>>();
		for (const ids of chunks(
			[...this.wanted].sort((a, b) => a - b),
			factsOf(this.call).batch ?? 1,
		)) {
			const found = readByIds(client, this.call, ids, { query: this.query, about: this.about });
			// A failure is thrown to each item that asks for one of these ids.
			found.catch(() => undefined);
			for (const id of ids) batches.set(id, found);
		}
		return batches;
	}
}
