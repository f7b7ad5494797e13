import type { IDataObject } from 'n8n-workflow';
import type { Client } from './client';
import { callInfo, type Call, type RecordOf } from './contract';
import type { Query } from './request';
import { bodyObject } from './response';
import { toList } from '../utils/objects';

/** Query parameters of the requests, and what the records are called in messages. */
export interface LoaderOptions {
	query?: Query;
	noun?: string;
}

type Batch = Promise<Map<number, IDataObject>>;

/** A requested ID, and the batch that reads it. */
interface Entry {
	id: number;
	batch: Batch;
	send: (batch: Batch) => void;
}

/**
 * Reads records by ID, up to 200 in one request if the call supports batches (docs/procountor.md#batch-reads). Items of
 * an execution and pages of a list share requests: 5,000 items take 25 requests, in any order.
 */
export class RecordLoader<C extends Call = Call> {
	private readonly entries = new Map<number, Entry>();
	private waiting: Entry[] = [];
	private readonly batchSize: number;

	constructor(
		private readonly call: C,
		private readonly options: LoaderOptions = {},
	) {
		this.batchSize = callInfo(call).batch ?? 1;
	}

	/** Queues IDs that `load` will be called with, so that the first call reads the records for all of them. */
	announce(ids: readonly number[]): void {
		for (const id of ids) if (!this.entries.has(id)) this.add(id);
	}

	/** Returns the records in the order of their IDs; undefined where Procountor has none. Sends all queued IDs if one of these is queued. */
	async load(client: Client, ids: readonly number[]): Promise<Array<RecordOf<C> | undefined>> {
		this.announce(ids);
		if (this.waiting.some(({ id }) => ids.includes(id))) this.flush(client);
		return await this.awaitRecords(ids);
	}

	/** Sends full batches of the IDs that will be loaded, and queues the rest for `load`. */
	loadAhead(client: Client, ids: readonly number[]): void {
		this.announce(ids);
		while (this.waiting.length >= this.batchSize) this.send(client, this.waiting.splice(0, this.batchSize));
	}

	/** Returns the record of an announced ID, which is read together with all announced IDs, and removes it from memory. */
	async take(client: Client, id: number): Promise<RecordOf<C> | undefined> {
		const [record] = await this.load(client, [id]);
		this.entries.delete(id);
		return record;
	}

	/**
	 * Like `load`, for IDs that become known page by page: they are queued until a batch is full, or until `flush`. The
	 * records are not kept in memory, because a long list has many.
	 */
	async loadWhenFull(client: Client, ids: readonly number[]): Promise<Array<RecordOf<C> | undefined>> {
		this.loadAhead(client, ids);
		const records = this.awaitRecords(ids);
		for (const id of ids) this.entries.delete(id);
		return await records;
	}

	/** Stores a record that is known already, so that it is not read. */
	prime(id: number, record: IDataObject): void {
		const batch = Promise.resolve(new Map([[id, record]]));
		this.entries.set(id, { id, batch, send: () => undefined });
	}

	/** Sends the queued IDs in batches. */
	flush(client: Client): void {
		const waiting = this.waiting.sort((a, b) => a.id - b.id);
		this.waiting = [];
		while (waiting.length) this.send(client, waiting.splice(0, this.batchSize));
	}

	private add(id: number): void {
		let send: Entry['send'] = () => undefined;
		const batch = new Promise<Map<number, IDataObject>>((resolve) => {
			send = resolve;
		});
		// A failure is thrown where the records are awaited.
		batch.catch(() => undefined);
		const entry = { id, batch, send };
		this.entries.set(id, entry);
		this.waiting.push(entry);
	}

	private send(client: Client, entries: Entry[]): void {
		const ids = [...new Set(entries.map(({ id }) => id))].sort((a, b) => a - b);
		const batch = readBatch(client, this.call, ids, this.options);
		for (const { send } of entries) send(batch);
	}

	private async awaitRecords(ids: readonly number[]): Promise<Array<RecordOf<C> | undefined>> {
		const batches = ids.map((id) => this.entries.get(id)?.batch);
		return await Promise.all(batches.map(async (batch, index) => (await batch)?.get(ids[index]) as RecordOf<C>));
	}
}

/** Returns the records that exist for some IDs, each once, by rising ID. */
export async function loadRecords<C extends Call>(
	client: Client,
	call: C,
	ids: readonly number[],
	options?: LoaderOptions,
): Promise<Array<RecordOf<C>>> {
	const unique = [...new Set(ids)].sort((a, b) => a - b);
	const records = await new RecordLoader(call, options).load(client, unique);
	return records.filter((record) => record !== undefined);
}

async function readBatch(client: Client, call: Call, ids: number[], { query, noun }: LoaderOptions): Batch {
	const name = Object.keys(callInfo(call).path ?? {})[0];
	// If no ID of a batch exists, the response is a 404, not an empty list.
	const response = await client.requestOptional({
		call,
		path: { [name]: ids.join(',') },
		query,
		noun: noun && `${noun} ${abbreviateIds(ids)}`,
	});
	const body = response && bodyObject(response);
	if (body === undefined) return new Map();
	const records = Array.isArray(body) ? toList(body) : [{ id: ids[0], ...body }];
	return new Map(records.map((record) => [Number(record.id), record]));
}

const abbreviateIds = (ids: number[]): string => (ids.length > 3 ? `${ids.slice(0, 3).join(', ')} …` : ids.join(', '));
