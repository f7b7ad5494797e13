import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, type Execution, type Listing, pages, problemIn, ProcountorError } from '../../api';

/** How to search for duplicates of a record. */
export interface DuplicateSearch {
	list: Call;
	/** Filters that include every record of the same kind. */
	query: Listing['query'];
	/** Returns what a duplicate has in common with the record, from a row of the list. It may be less than the full identity. */
	keyOf(row: IDataObject): unknown;
	/** The key of the record itself. */
	ownKey: unknown;
	/** Returns the IDs of all records with the full identity. */
	findAll(): Promise<number[]>;
	/** Called after `findAll` if there is no duplicate: returns the records that together exceed a limit, and says which. */
	findExcess?(): { ids: number[]; claim: string };
}

/** A record that an item of this execution created. */
interface NewRecord {
	id: number;
	/** Its name in messages: `the sales invoice 2026-117`. */
	name: string;
	search: DuplicateSearch;
	/** Called when Procountor lists the record. */
	onShown(): void;
	/** The search for its duplicates, once it has begun. */
	searched?: Promise<void>;
}

/** The number of newest records that one search reads. The engine saves fewer than this before it searches. */
const MAX_NEWEST = 200;

/**
 * Finds records that another n8n process created at the same moment under the same number. Neither process can prevent
 * that, so one list request after the creates shows what Procountor has for all of them.
 */
export class Duplicates {
	/** Records whose duplicates have not been searched for. */
	private waiting: NewRecord[] = [];
	/** All records that this execution created, by ID. */
	private readonly created = new Map<number, NewRecord>();
	private readonly found = new Map<number, { claim: string; others: number[] }>();

	static of(execution: Execution): Duplicates {
		return execution.shared('duplicates', () => new Duplicates());
	}

	add(record: NewRecord): void {
		if (this.created.has(record.id)) return;
		this.created.set(record.id, record);
		this.waiting.push(record);
	}

	/**
	 * Searches once for duplicates of all records that were added since the last search.
	 * @throws {ProcountorError} if the record with this ID has a duplicate; it names both
	 */
	async check(client: Client, id: number): Promise<void> {
		const record = this.created.get(id);
		if (!record) return;
		if (!record.searched) {
			const records = this.waiting.splice(0);
			const searched = this.search(client, records);
			for (const one of records) one.searched = searched;
		}
		const completed = [`${record.name} saved (ID ${id})`];
		await record.searched?.catch((error: unknown) => {
			throw new ProcountorError({ ...problemIn(error), completed });
		});
		const duplicate = this.found.get(id);
		if (!duplicate) return;
		const ids = [id, ...duplicate.others].sort((a, b) => a - b);
		throw new ProcountorError({
			message: `Procountor has ${duplicate.claim} (IDs ${ids.join(' and ')}): another execution created it at the same moment`,
			advice:
				'Keep one and invalidate or delete the others. Nothing was approved or sent by this item. To prevent this, let only one execution create such records at a time.',
			completed,
		});
	}

	private async search(client: Client, records: NewRecord[]): Promise<void> {
		if (records.length === 1) return await this.confirm(records[0]);
		const groups = new Map<string, NewRecord[]>();
		for (const record of records) {
			const key = JSON.stringify([record.search.list, record.search.query]);
			groups.set(key, [...(groups.get(key) ?? []), record]);
		}
		for (const group of groups.values()) {
			const { list: call, query, keyOf } = group[0].search;
			const others = new Set<string>();
			for await (const rows of pages(client, { call, query, order: ['orderById', 'DESC'] } as Listing, MAX_NEWEST))
				for (const row of rows) {
					const own = this.created.get(Number(row.id));
					if (own) own.onShown();
					else others.add(keyText(keyOf(row)));
				}
			for (const record of group) if (others.has(keyText(record.search.ownKey))) await this.confirm(record);
		}
	}

	/** Searches for records with the full identity of one record. */
	private async confirm({ id, name, search, onShown }: NewRecord): Promise<void> {
		const ids = await search.findAll();
		if (ids.includes(id)) onShown();
		const isOther = (one: number): boolean => one !== id && !this.created.has(one);
		const same = ids.filter(isOther);
		if (same.length) return void this.found.set(id, { claim: `${name} more than once`, others: same });
		const excess = search.findExcess?.();
		const others = excess?.ids.filter(isOther) ?? [];
		if (excess && others.length) this.found.set(id, { claim: excess.claim, others });
	}
}

const keyText = (key: unknown): string => JSON.stringify(key) ?? '';
