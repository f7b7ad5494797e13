import type { Clock } from '../clock';
import type { Faults } from '../http/faults';
import type { Switches } from '../switches';

/** A record with what the server knows about it besides its fields. Times are instants in milliseconds. */
export class Entry<T> {
	private own: T | undefined;
	/** The users of the API must not see it: see `Backdoor.hide`. */
	hidden = false;

	constructor(
		readonly id: number,
		private readonly source: T | (() => T),
		public created: number,
		public version: number,
		public visibleAt: number,
		public creatorId: number,
	) {
		if (typeof source !== 'function') this.own = source;
	}

	/** The record. A seeded one is made when asked for, and kept only once it is changed. */
	get record(): T {
		return this.own ?? (this.source as () => T)();
	}

	set record(record: T) {
		this.own = record;
	}
}

/** What a register needs to know of its world. */
export interface Surroundings {
	clock: Clock;
	switches: Switches;
	faults: Faults;
}

/** What a search found, and how much of the register it had seen by then. */
interface Selection {
	revision: number;
	scanned: number;
	entries: Array<Entry<unknown>>;
}

/** The records of one kind in one company, by rising id. */
export class Register<T> {
	private readonly byId = new Map<number, Entry<T>>();
	private ordered: Array<Entry<T>> = [];
	/** Rises with every change but a record added at the end. */
	private revision = 0;
	private hiddenUntil = 0;
	private readonly selections = new Map<string, Selection>();
	private nextId: number;
	private swapped: number | undefined;

	constructor(
		readonly name: string,
		firstId: number,
		private readonly around: Surroundings,
	) {
		this.nextId = firstId;
	}

	/** The id that the next record gets. With the switch `idsNotQuiteRising` pairs come swapped. */
	private takeId(): number {
		if (this.swapped !== undefined) {
			const id = this.swapped;
			this.swapped = undefined;
			return id;
		}
		if (!this.around.switches.idsNotQuiteRising) return this.nextId++;
		this.swapped = this.nextId;
		this.nextId += 2;
		return this.swapped + 1;
	}

	/** Adds a record under a new id; `make` gets the id and gives the record, at once or, if `lazy`, whenever it is read. */
	add(make: (id: number) => T, creatorId = 0, options: { lazy?: boolean; at?: number } = {}): Entry<T> {
		const id = this.takeId();
		const at = options.at ?? this.around.clock.now();
		const delay = this.around.faults.delayOf(this.name);
		const entry = new Entry<T>(id, options.lazy ? () => make(id) : make(id), at, at, at + delay, creatorId);
		if (delay) this.hiddenUntil = Math.max(this.hiddenUntil, entry.visibleAt);
		this.byId.set(id, entry);
		if (this.ordered.length && this.ordered[this.ordered.length - 1].id > id) {
			this.ordered.splice(this.position(id), 0, entry);
			this.revision++;
		} else {
			this.ordered.push(entry);
		}
		return entry;
	}

	/** The entry of an id, unless it does not exist or does not show yet. */
	get(id: number): Entry<T> | undefined {
		const entry = this.byId.get(id);
		return entry && entry.visibleAt <= this.around.clock.now() ? entry : undefined;
	}

	/** Replaces a record and gives it a new version. */
	put(entry: Entry<T>, record: T): void {
		entry.record = record;
		this.touch(entry);
	}

	/** Gives a record a new version: something about it has changed. */
	touch(entry: Entry<T>): void {
		entry.version = Math.max(this.around.clock.now(), entry.version);
		this.revision++;
	}

	delete(id: number): boolean {
		if (!this.byId.delete(id)) return false;
		this.ordered.splice(this.position(id), 1);
		this.revision++;
		return true;
	}

	clear(): void {
		this.byId.clear();
		this.ordered = [];
		this.revision++;
	}

	get size(): number {
		return this.byId.size;
	}

	/** All entries that show, by rising id. */
	all(): Array<Entry<T>> {
		const now = this.around.clock.now();
		return this.hiddenUntil > now ? this.ordered.filter((entry) => entry.visibleAt <= now) : this.ordered;
	}

	/**
	 * Entries that fulfil a condition, by rising id. What was found is kept under `key`, so that the pages of one search
	 * do not each read all records again; records added meanwhile are looked at alone.
	 */
	select(key: string, fulfils: (entry: Entry<T>) => boolean): Array<Entry<T>> {
		if (this.hiddenUntil > this.around.clock.now()) return this.all().filter(fulfils);
		let kept = this.selections.get(key);
		if (kept?.revision !== this.revision) {
			if (this.selections.size > 20) this.selections.clear();
			kept = { revision: this.revision, scanned: 0, entries: [] };
			this.selections.set(key, kept);
		}
		const found = kept.entries as Array<Entry<T>>;
		for (; kept.scanned < this.ordered.length; kept.scanned++) {
			if (fulfils(this.ordered[kept.scanned])) found.push(this.ordered[kept.scanned]);
		}
		return found;
	}

	private position(id: number): number {
		return firstAtLeast(this.ordered, id);
	}
}

/** Index of the first entry with an id of at least `id` in a list by rising id. */
export function firstAtLeast(entries: ReadonlyArray<{ id: number }>, id: number): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (entries[middle].id < id) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** A kind of record: where its register is found in each company. */
export interface RegisterKey<T> {
	readonly name: string;
	readonly firstId: number;
	readonly recordType?: T;
}

/** Declares a kind of record. Its ids start from `firstId` in every company, as ids are unique within a company only. */
export function defineRegister<T>(name: string, firstId: number): RegisterKey<T> {
	return { name, firstId };
}
