import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, type Execution, type Listing, pages, problemIn, ProcountorError } from '../../api';

/** How a record's double is looked for. */
export interface DuplicateSearch {
	list: Call;
	/** Filters that include every record of its kind. */
	query: Listing['query'];
	/** What a double has in common with the record, in a row of the list. It may be less than the whole identity. */
	mark(row: IDataObject): unknown;
	/** The record's own mark. */
	own: unknown;
	/** The IDs of all records with the whole identity. */
	all(): Promise<number[]>;
	/** After `all`, where there is no double: the records that together exceed what there is, and how that is said. */
	excess?(): { ids: number[]; claim: string };
}

/** A record that an item of this execution created. */
interface CreatedRecord {
	id: number;
	/** What it is called in messages: `the sales invoice 2026-117`. */
	name: string;
	search: DuplicateSearch;
	/** Is told that Procountor lists the record. */
	onShown(): void;
	/** The look at what Procountor has, once it has begun. */
	look?: Promise<void>;
}

/** The most recent records that one look reads. The engine saves fewer than this before it looks. */
const NEWEST = 200;

/**
 * Finds records that another n8n process created at the same moment under the same number. Neither process can prevent
 * that, so one list request after the creates shows what Procountor has for all of them.
 */
export class Duplicates {
	private waiting: CreatedRecord[] = [];
	/** All records that this execution created. */
	private readonly mine = new Map<number, CreatedRecord>();
	private readonly found = new Map<number, { claim: string; others: number[] }>();

	static of(execution: Execution): Duplicates {
		return execution.shared('doubles', () => new Duplicates());
	}

	add(record: CreatedRecord): void {
		if (this.mine.has(record.id)) return;
		this.mine.set(record.id, record);
		this.waiting.push(record);
	}

	/**
	 * Looks once for all records that were added since the last look, unless it was looked for this one.
	 * @throws {ProcountorError} if the record with this ID has a double; it names both
	 */
	async check(client: Client, id: number): Promise<void> {
		const mine = this.mine.get(id);
		if (!mine) return;
		if (!mine.look) {
			const records = this.waiting.splice(0);
			const look = this.look(client, records);
			for (const record of records) record.look = look;
		}
		const saved = [`${mine.name} saved (ID ${id})`];
		await mine.look?.catch((error: unknown) => {
			throw new ProcountorError({ ...problemIn(error), completed: saved });
		});
		const double = this.found.get(id);
		if (!double) return;
		const ids = [id, ...double.others].sort((a, b) => a - b);
		throw new ProcountorError({
			message: `Procountor has ${double.claim} (IDs ${ids.join(' and ')}): another execution created it at the same moment`,
			advice:
				'Keep one and invalidate or delete the others. Nothing was approved or sent by this item. To prevent this, let only one execution create such records at a time.',
			completed: saved,
		});
	}

	private async look(client: Client, records: CreatedRecord[]): Promise<void> {
		if (records.length === 1) return await this.confirm(records[0]);
		const groups = new Map<string, CreatedRecord[]>();
		for (const record of records) {
			const key = JSON.stringify([record.search.list, record.search.query]);
			groups.set(key, [...(groups.get(key) ?? []), record]);
		}
		for (const group of groups.values()) {
			const { list: call, query } = group[0].search;
			const marks = new Set<string>();
			for await (const rows of pages(client, { call, query, order: ['orderById', 'DESC'] } as Listing, NEWEST))
				for (const row of rows) {
					const mine = this.mine.get(Number(row.id));
					if (mine) mine.onShown();
					else marks.add(textOf(group[0].search.mark(row)));
				}
			for (const record of group) if (marks.has(textOf(record.search.own))) await this.confirm(record);
		}
	}

	/** Asks for the records with the whole identity. */
	private async confirm({ id, name, search, onShown }: CreatedRecord): Promise<void> {
		const ids = await search.all();
		if (ids.includes(id)) onShown();
		const isOther = (one: number): boolean => one !== id && !this.mine.has(one);
		const same = ids.filter(isOther);
		if (same.length) return void this.found.set(id, { claim: `${name} more than once`, others: same });
		const excess = search.excess?.();
		const others = excess?.ids.filter(isOther) ?? [];
		if (excess && others.length) this.found.set(id, { claim: excess.claim, others });
	}
}

const textOf = (mark: unknown): string => JSON.stringify(mark) ?? '';
