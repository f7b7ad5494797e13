import type { IDataObject } from 'n8n-workflow';
import type { Client } from './client';
import { callInfo, type Call, type RecordOf } from './contract';
import type { Query } from './request';
import { bodyObject } from './response';
import { toList } from '../utils/objects';

/** What else a request for records asks for, and what the records are called in messages. */
export interface LoaderOptions {
	query?: Query;
	noun?: string;
}

type Batch = Promise<Map<number, IDataObject>>;

/** An ID that was asked for, and the batch that it will be read with. */
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

	/** IDs that `load` will be called with, so that the first call reads the records for all of them. */
	announce(ids: readonly number[]): void {
		for (const id of ids) if (!this.entries.has(id)) this.add(id);
	}

	/** The records of some IDs, in their order; undefined where Procountor has none. Sends everything that waits if one of them does. */
	async load(client: Client, ids: readonly number[]): Promise<Array<RecordOf<C> | undefined>> {
		this.announce(ids);
		if (this.waiting.some(({ id }) => ids.includes(id))) this.flush(client);
		return await this.found(ids);
	}

	/** Reads ahead: sends full batches of the IDs that are to be loaded, and lets the rest wait for `load`. */
	loadAhead(client: Client, ids: readonly number[]): void {
		this.announce(ids);
		while (this.waiting.length >= this.batchSize) this.send(client, this.waiting.splice(0, this.batchSize));
	}

	/** The record of an announced ID, read together with all that were announced, and not kept. */
	async take(client: Client, id: number): Promise<RecordOf<C> | undefined> {
		const [record] = await this.load(client, [id]);
		this.entries.delete(id);
		return record;
	}

	/**
	 * Like `load`, for IDs that become known page by page: they wait until a batch is full, or until `flush`. The records
	 * are not kept, since a long list has many.
	 */
	async loadWhenFull(client: Client, ids: readonly number[]): Promise<Array<RecordOf<C> | undefined>> {
		this.loadAhead(client, ids);
		const found = this.found(ids);
		for (const id of ids) this.entries.delete(id);
		return await found;
	}

	/** Takes a record as it is now, so that it is not read again. */
	keep(id: number, record: IDataObject): void {
		const batch = Promise.resolve(new Map([[id, record]]));
		this.entries.set(id, { id, batch, send: () => undefined });
	}

	/** Sends the IDs that wait, in batches. */
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
		// A failure is thrown to everyone who asks for one of the batch's IDs.
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

	private async found(ids: readonly number[]): Promise<Array<RecordOf<C> | undefined>> {
		const batches = ids.map((id) => this.entries.get(id)?.batch);
		return await Promise.all(batches.map(async (batch, index) => (await batch)?.get(ids[index]) as RecordOf<C>));
	}
}

/** Returns the records that Procountor has for some IDs, by rising ID, each once. */
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
	// All IDs of the batch unknown: the response is a 404, not an empty list.
	const answer = await client.requestOptional({
		call,
		path: { [name]: ids.join(',') },
		query,
		noun: noun && `${noun} ${briefly(ids)}`,
	});
	const body = answer && bodyObject(answer);
	if (body === undefined) return new Map();
	const records = Array.isArray(body) ? toList(body) : [{ id: ids[0], ...body }];
	return new Map(records.map((record) => [Number(record.id), record]));
}

const briefly = (ids: number[]): string => (ids.length > 3 ? `${ids.slice(0, 3).join(', ')} …` : ids.join(', '));
