import type { IDataObject } from 'n8n-workflow';
import type { Client } from './client';
import type { Call, RecordOf } from './contract';
import { isLastPage } from './listEnd';
import { PAGE_SIZE, type Listing } from './listing';
import { nextId } from './pagination';
import { readPage } from './readPage';

/** How many ID ranges of a long list are read at once. */
const MAX_RANGES = 8;
/** If IDs have gaps, a range may end with a page that is nearly empty. Shorter ranges would not be worth that request. */
const MIN_PAGES_PER_RANGE = 2;

/** The records of a list with an ID above `afterId`, up to and including `lastId`. */
interface IdRange<R> {
	afterId: number;
	lastId: number;
	pages: Array<Promise<R>>;
}

/**
 * Reads a full list with keyset paging, and returns the results of `complete` for its pages, by rising ID. A page can
 * only be requested when the page before it is known, so a long list is split into ID ranges that are read in parallel.
 * The newest page is read first to find the end of the list; records that arrive later are left to the next run.
 * `finish` is called when all pages have been read.
 */
export async function readInParallel<R, C extends Call>(
	client: Client,
	listing: Listing<C>,
	complete: (page: Array<RecordOf<C>>) => Promise<R>,
	finish: () => void = () => undefined,
): Promise<R[]> {
	const parallelRead = new ParallelRead(
		client,
		listing as unknown as Listing,
		async (page) => await complete(page as Array<RecordOf<C>>),
	);
	try {
		const ranges = await parallelRead.splitList();
		await Promise.all(ranges.map(async (range) => await parallelRead.readRange(range)));
		finish();
		return await Promise.all(ranges.flatMap(({ pages }) => pages));
	} finally {
		parallelRead.stop();
	}
}

class ParallelRead<R> {
	private stopped = false;

	constructor(
		private readonly client: Client,
		private readonly listing: Listing,
		private readonly complete: (page: IDataObject[]) => Promise<R>,
	) {}

	/** Requests no further pages. */
	stop(): void {
		this.stopped = true;
	}

	/** Splits the list into its first page, ID ranges of about the same length, and its newest page. */
	async splitList(): Promise<Array<IdRange<R>>> {
		const first: IdRange<R> = { afterId: 0, lastId: Infinity, pages: [] };
		const newestRequest = this.listing.isLong ? this.newestPage() : undefined;
		// If the list has one page only, a failure of the newest page does not matter.
		const [afterId] = await Promise.all([this.readNextPage(first, 0), newestRequest?.catch(() => undefined)]);
		if (afterId === undefined) return [{ ...first, lastId: 0 }];
		const { newest, isRest, isKnown } = newPartOfNewest(await (newestRequest ?? this.newestPage()), afterId);
		if (isKnown) return [{ ...first, lastId: 0 }];
		if (newest.length === 0)
			return [
				{ ...first, lastId: 0 },
				{ afterId, lastId: Infinity, pages: [] },
			];
		const last: IdRange<R> = { afterId: 0, lastId: 0, pages: [this.completePage(newest)] };
		// Takes the denser of the two pages: a range that is a little too long would need one more request.
		const idsPerPage = Math.min(afterId - first.afterId, idOf(newest[newest.length - 1]) - idOf(newest[0]) + 1);
		return [{ ...first, lastId: 0 }, ...(isRest ? [] : splitRange<R>(afterId, idOf(newest[0]) - 1, idsPerPage)), last];
	}

	private async newestPage(): Promise<IDataObject[]> {
		const query = { ...this.listing.query, orderById: 'DESC', size: PAGE_SIZE };
		return (await readPage(this.client, this.listing, query)).records;
	}

	async readRange(range: IdRange<R>): Promise<void> {
		for (
			let afterId: number | undefined = range.afterId;
			afterId !== undefined && afterId < range.lastId && !this.stopped;
		)
			afterId = await this.readNextPage(range, afterId);
	}

	/** Reads the page after an ID. Returns the ID to continue from, or undefined at the end of the range. */
	private async readNextPage(range: IdRange<R>, previousId: number): Promise<number | undefined> {
		const { records, pageSize, total } = await readPage(this.client, this.listing, {
			...this.listing.query,
			orderById: 'ASC',
			previousId: previousId || undefined,
			size: PAGE_SIZE,
		});
		const inRange = records.filter((record) => idOf(record) <= range.lastId);
		if (inRange.length) range.pages.push(this.completePage(inRange));
		if (records.length === 0) return undefined;
		const next = nextId(records, previousId, this.listing);
		if (inRange.length < records.length) return undefined;
		if (previousId === 0 && isLastPage(records.length, total, records.length >= Math.min(PAGE_SIZE, pageSize)))
			return undefined;
		if (range.afterId === 0 && previousId === 0) range.afterId = idOf(records[0]) - 1;
		return next;
	}

	private completePage(page: IDataObject[]): Promise<R> {
		const completed = this.complete(page);
		// A failure is thrown where the pages are awaited. Reading more pages would be pointless.
		completed.catch(() => this.stop());
		return completed;
	}
}

/**
 * Returns the records of the newest page that come after `afterId`, by rising ID; none if the server does not list the
 * newest first. `isRest`: the page reaches back to `afterId`, so nothing lies between. `isKnown`: it has nothing new.
 */
function newPartOfNewest(
	records: IDataObject[],
	afterId: number,
): { newest: IDataObject[]; isRest: boolean; isKnown: boolean } {
	const isFalling = records.every((record, index) => index === 0 || idOf(record) < idOf(records[index - 1]));
	const newest = isFalling ? records.filter((record) => idOf(record) > afterId).reverse() : [];
	// The order of a single record proves nothing.
	const isKnown = isFalling && newest.length === 0 && records.length > 1;
	return { newest, isRest: newest.length < records.length, isKnown };
}

/** Splits a span of IDs into ranges of full pages, so that only the last range ends with a short page. */
function splitRange<R>(afterId: number, lastId: number, idsPerPage: number): Array<IdRange<R>> {
	const pages = (lastId - afterId) / idsPerPage;
	// Without gaps, a range of one page needs exactly one request.
	const minPages = idsPerPage === PAGE_SIZE ? 1 : MIN_PAGES_PER_RANGE;
	const count = Math.max(1, Math.min(MAX_RANGES, Math.floor(pages / minPages)));
	const length = Math.ceil(pages / count) * idsPerPage;
	const rangeStarts = Array.from(
		{ length: Math.max(0, Math.ceil((lastId - afterId) / length)) },
		(_, index) => afterId + index * length,
	);
	return rangeStarts.map((start) => ({ afterId: start, lastId: Math.min(start + length, lastId), pages: [] }));
}

const idOf = ({ id, attachmentId }: IDataObject): number => Number(id ?? attachmentId);
