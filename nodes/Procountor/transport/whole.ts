import type { IDataObject } from 'n8n-workflow';
import type { Client } from './client';
import { nextId, PAGE_SIZE, readPage, type Listing } from './pages';

/** How many stretches of a long list are read at once. */
const MOST_STRETCHES = 4;
/** A stretch shorter than this many pages would not pay for the page that it may read in vain. */
const LEAST_PAGES = 4;

/** A part of the list by id: what comes after `from`, up to and with `end`. */
interface Stretch<R> {
	from: number;
	end: number;
	parts: Array<Promise<R>>;
}

/**
 * Reads a whole list that has keyset paging, by rising id, and gives what `complete` makes of its pages, in that order.
 * Each page can only be asked for when the one before is there; so a long list is cut by id into stretches that are read
 * side by side. The newest page is read first, to know where the list ends: what arrives later belongs to the next
 * run. `finish` is called when all pages are there.
 */
export async function readWhole<R>(client: Client, listing: Listing, complete: (page: IDataObject[]) => Promise<R>, finish: () => void = () => undefined): Promise<R[]> {
	const reading = new Reading(client, listing, complete);
	try {
		const stretches = await reading.stretches();
		await Promise.all(stretches.map(async (stretch) => await reading.walk(stretch)));
		finish();
		return await Promise.all(stretches.flatMap(({ parts }) => parts));
	} finally {
		reading.stop();
	}
}

class Reading<R> {
	private stopped = false;

	constructor(
		private readonly client: Client,
		private readonly listing: Listing,
		private readonly complete: (page: IDataObject[]) => Promise<R>,
	) {}

	/** No stretch begins a further page. */
	stop(): void {
		this.stopped = true;
	}

	/** Cuts the list: its first page, stretches of about the same length by id, its newest page. */
	async stretches(): Promise<Array<Stretch<R>>> {
		const first: Stretch<R> = { from: 0, end: Infinity, parts: [] };
		const from = await this.step(first, 0);
		if (from === undefined) return [{ ...first, end: 0 }];
		const newest = await this.newest(from);
		const middle = newest.length ? this.cut(from, idOf(newest[0]) - 1, first) : [{ from, end: Infinity, parts: [] }];
		const last: Stretch<R> = { from: 0, end: 0, parts: newest.length ? [this.completed(newest)] : [] };
		return [{ ...first, end: 0 }, ...middle, last];
	}

	/** The newest page, rising, without what is known already; empty where the server does not give the newest first. */
	private async newest(from: number): Promise<IDataObject[]> {
		const { records } = await readPage(this.client, this.listing, { ...this.listing.query, orderById: 'DESC', size: PAGE_SIZE });
		const isFalling = records.every((record, index) => index === 0 || idOf(record) < idOf(records[index - 1]));
		return isFalling ? records.filter((record) => idOf(record) > from).reverse() : [];
	}

	private cut(from: number, end: number, first: Stretch<R>): Array<Stretch<R>> {
		if (end <= from) return [];
		const idsToAPage = (from - first.from) / first.parts.length;
		const count = Math.max(1, Math.min(MOST_STRETCHES, Math.floor((end - from) / idsToAPage / LEAST_PAGES)));
		const bounds = Array.from({ length: count + 1 }, (_, index) => Math.round(from + ((end - from) * index) / count));
		return bounds.slice(1).map((bound, index) => ({ from: bounds[index], end: bound, parts: [] }));
	}

	async walk(stretch: Stretch<R>): Promise<void> {
		for (let from: number | undefined = stretch.from; from !== undefined && from < stretch.end && !this.stopped; ) from = await this.step(stretch, from);
	}

	/** Reads the page after an id; gives the id to go on from, or undefined when the stretch is at its end. */
	private async step(stretch: Stretch<R>, previousId: number): Promise<number | undefined> {
		const { records, served } = await readPage(this.client, this.listing, { ...this.listing.query, orderById: 'ASC', previousId: previousId || undefined, size: PAGE_SIZE });
		const within = records.filter((record) => idOf(record) <= stretch.end);
		if (within.length) stretch.parts.push(this.completed(within));
		if (records.length < Math.min(PAGE_SIZE, served) || within.length < records.length) return undefined;
		const next = nextId(records, previousId, this.listing);
		if (stretch.from === 0 && previousId === 0) stretch.from = idOf(records[0]) - 1;
		return next;
	}

	private completed(page: IDataObject[]): Promise<R> {
		const part = this.complete(page);
		// A failure is thrown where the parts are awaited; no further page helps.
		part.catch(() => this.stop());
		return part;
	}
}

const idOf = ({ id, attachmentId }: IDataObject): number => Number(id ?? attachmentId);
