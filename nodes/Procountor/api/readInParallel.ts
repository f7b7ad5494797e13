import type { IDataObject } from 'n8n-workflow';
import type { Client } from './client';
import type { Call, RecordOf } from './contract';
import { isProvenLast } from './listEnd';
import { nextId, PAGE_SIZE, readPage, type Listing } from './pagination';

/** How many stretches of a long list are read at once. */
const MOST_STRETCHES = 8;
/** Where ids have gaps, a stretch shorter than this many pages would not pay for the page that it may read in vain. */
const LEAST_PAGES = 2;

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
export async function readInParallel<R, C extends Call>(
	client: Client,
	listing: Listing<C>,
	complete: (page: Array<RecordOf<C>>) => Promise<R>,
	finish: () => void = () => undefined,
): Promise<R[]> {
	const reading = new Reading(
		client,
		listing as unknown as Listing,
		async (page) => await complete(page as Array<RecordOf<C>>),
	);
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
		const early = this.listing.isLong ? this.newestPage() : undefined;
		// A list of one page does not need the other end.
		const [from] = await Promise.all([this.step(first, 0), early?.catch(() => undefined)]);
		if (from === undefined) return [{ ...first, end: 0 }];
		const { newest, isRest, isKnown } = fromNewest(await (early ?? this.newestPage()), from);
		if (isKnown) return [{ ...first, end: 0 }];
		if (newest.length === 0)
			return [
				{ ...first, end: 0 },
				{ from, end: Infinity, parts: [] },
			];
		const last: Stretch<R> = { from: 0, end: 0, parts: [this.completed(newest)] };
		// The denser one of both: a stretch that is guessed a little too long would take one page more.
		const idsToAPage = Math.min(from - first.from, idOf(newest[newest.length - 1]) - idOf(newest[0]) + 1);
		return [{ ...first, end: 0 }, ...(isRest ? [] : cut<R>(from, idOf(newest[0]) - 1, idsToAPage)), last];
	}

	private async newestPage(): Promise<IDataObject[]> {
		const query = { ...this.listing.query, orderById: 'DESC', size: PAGE_SIZE };
		return (await readPage(this.client, this.listing, query)).records;
	}

	async walk(stretch: Stretch<R>): Promise<void> {
		for (let from: number | undefined = stretch.from; from !== undefined && from < stretch.end && !this.stopped;)
			from = await this.step(stretch, from);
	}

	/** Reads the page after an id; gives the id to go on from, or undefined when the stretch is at its end. */
	private async step(stretch: Stretch<R>, previousId: number): Promise<number | undefined> {
		const { records, served, total } = await readPage(this.client, this.listing, {
			...this.listing.query,
			orderById: 'ASC',
			previousId: previousId || undefined,
			size: PAGE_SIZE,
		});
		const inStretch = records.filter((record) => idOf(record) <= stretch.end);
		if (inStretch.length) stretch.parts.push(this.completed(inStretch));
		if (records.length === 0) return undefined;
		const next = nextId(records, previousId, this.listing);
		if (inStretch.length < records.length) return undefined;
		if (previousId === 0 && isProvenLast(records.length, total, records.length >= Math.min(PAGE_SIZE, served)))
			return undefined;
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

/**
 * The newest page, rising, without what is known already; empty where the server does not give the newest first. Where
 * it goes back to what is known, it is the whole rest; where all of it is known, the list has no more.
 */
function fromNewest(
	records: IDataObject[],
	from: number,
): { newest: IDataObject[]; isRest: boolean; isKnown: boolean } {
	const isFalling = records.every((record, index) => index === 0 || idOf(record) < idOf(records[index - 1]));
	const newest = isFalling ? records.filter((record) => idOf(record) > from).reverse() : [];
	// One record is in any order.
	const isKnown = isFalling && newest.length === 0 && records.length > 1;
	return { newest, isRest: newest.length < records.length, isKnown };
}

/** Cuts a span of ids into stretches of full pages: none but the last then ends with a page of a few records. */
function cut<R>(from: number, end: number, idsToAPage: number): Array<Stretch<R>> {
	const pages = (end - from) / idsToAPage;
	// Without gaps a page's ids hold no more than a page of records: a stretch of one page reads nothing in vain.
	const leastPages = idsToAPage === PAGE_SIZE ? 1 : LEAST_PAGES;
	const count = Math.max(1, Math.min(MOST_STRETCHES, Math.floor(pages / leastPages)));
	const length = Math.ceil(pages / count) * idsToAPage;
	const starts = Array.from(
		{ length: Math.max(0, Math.ceil((end - from) / length)) },
		(_, index) => from + index * length,
	);
	return starts.map((start) => ({ from: start, end: Math.min(start + length, end), parts: [] }));
}

const idOf = ({ id, attachmentId }: IDataObject): number => Number(id ?? attachmentId);
