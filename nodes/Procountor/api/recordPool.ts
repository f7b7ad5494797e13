import type { IDataObject } from 'n8n-workflow';
import type { Call } from './contract';
import { factsOf } from './contract';
import { readByIds } from './batchReads';
import type { Client } from './client';

interface Waiting {
	id: number;
	resolve: (batch: Promise<Map<number, IDataObject>>) => void;
}

/**
 * Gathers ids as they become known and reads their records in full batches: pages of different sizes do not end in
 * batches of different sizes. `flush` sends what is left when no more ids come.
 */
export class Pool {
	private waiting: Waiting[] = [];
	private readonly size: number;

	constructor(
		private readonly client: Client,
		private readonly call: Call,
	) {
		this.size = factsOf(call).batch ?? 1;
	}

	/** The records of some ids, in their order; undefined where there is none. */
	async read(ids: readonly number[]): Promise<Array<IDataObject | undefined>> {
		const batches = ids.map(async (id) => (await this.batchOf(id)).get(id));
		return await Promise.all(batches);
	}

	flush(): void {
		const batch = this.waiting;
		if (batch.length === 0) return;
		this.waiting = [];
		const found = readByIds(
			this.client,
			this.call,
			batch.map(({ id }) => id),
		);
		for (const { resolve } of batch) resolve(found);
	}

	private async batchOf(id: number): Promise<Map<number, IDataObject>> {
		return await new Promise<Map<number, IDataObject>>((resolve) => {
			this.waiting.push({ id, resolve });
			if (this.waiting.length >= this.size) this.flush();
		});
	}
}
