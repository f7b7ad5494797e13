import type { IDataObject } from 'n8n-workflow';
import { callInfo, type Call, type RecordOf } from './contract';
import type { Client } from './client';
import { ProcountorError, type Problem } from './errors';
import { isLastPage, ListEnd, pageMeta } from './listEnd';
import { PAGE_SIZE, pagingOf, type Listing, type Paging } from './listing';
import { isList, keyOf, readPage, recordsIn } from './readPage';
import type { Query } from './request';
import { bodyObject } from './response';

/**
 * Reads a list page by page, at most `limit` records. It uses keyset paging by rising ID if the list supports it, because
 * numbered pages shift when records are added. For another order it uses page numbers, and returns a record that shifted
 * into a second page only once. A short page does not end the list, because records can be hidden and servers can limit
 * the page size. The end is an empty page, a page without new records, or a matching total (see `ListEnd`).
 */
export async function* pages<C extends Call>(
	client: Client,
	listing: Listing<C>,
	limit = Infinity,
): AsyncGenerator<Array<RecordOf<C>>> {
	for await (const page of pagesOf(client, listing as unknown as Listing, limit)) yield page as Array<RecordOf<C>>;
}

/** Returns all records of a list, in the order of `pages`. */
export async function collectPages<C extends Call>(client: Client, listing: Listing<C>): Promise<Array<RecordOf<C>>> {
	const records: Array<RecordOf<C>> = [];
	for await (const page of pages(client, listing)) records.push(...page);
	return records;
}

async function* pagesOf(client: Client, listing: Listing, limit: number): AsyncGenerator<IDataObject[]> {
	const paging = listing.paging ?? pagingOf(listing.call);
	if (listing.order && limit > PAGE_SIZE && callInfo(listing.call).query?.page === undefined)
		yield await readInOrder(client, listing, limit);
	else if (paging === 'whole') yield await wholeList(client, listing, limit);
	else yield* pageByPage(client, listing, limit, listing.order ? 'number' : paging);
}

async function wholeList(client: Client, listing: Listing, limit: number): Promise<IDataObject[]> {
	const order = listing.order && { [listing.order[0]]: listing.order[1] };
	const { records } = await readPage(client, listing, { ...listing.query, ...order });
	return records.slice(0, limit);
}

async function* pageByPage(
	client: Client,
	listing: Listing,
	limit: number,
	paging: Exclude<Paging, 'whole'>,
): AsyncGenerator<IDataObject[]> {
	const end = new ListEnd();
	const seen = new Set<unknown>();
	let remaining = limit;
	let previousId = 0;
	for (let page = 0; remaining > 0; page++) {
		const size = Math.min(PAGE_SIZE, paging === 'keyset' ? remaining : limit);
		const query = paging === 'number' ? numberQuery(listing, size, page) : keysetQuery(listing, size, previousId);
		const { records, pageSize, total } = await readPage(client, listing, query);
		const newRecords = records.filter((record) => addNew(seen, record));
		if (newRecords.length > 0 || page === 0) yield newRecords.slice(0, remaining);
		remaining -= newRecords.length;
		const isFull = records.length > 0 && records.length >= Math.min(size, pageSize);
		// A full page of known records means that the server ignores the paging parameters.
		if (isFull && newRecords.length === 0) throw new ProcountorError(samePageProblem(listing));
		if (newRecords.length === 0 || end.isReached(records.length, total, isFull)) return;
		if (paging === 'keyset') previousId = nextId(records, previousId, listing);
	}
}

/** Reads a list without page numbers by ID and sorts it here, because only its first page is available in another order. */
async function readInOrder(client: Client, listing: Listing, limit: number): Promise<IDataObject[]> {
	const records = await collectPages(client, { ...listing, order: undefined });
	return inOrder(records, listing).slice(0, limit);
}

/** Sorts records in place by the listing's order. */
export function inOrder(records: IDataObject[], { order = ['orderById', 'ASC'] }: Listing): IDataObject[] {
	const [parameter, direction] = order;
	const name = parameter.slice('orderBy'.length).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
	const sign = direction === 'ASC' ? 1 : -1;
	return records.sort((a, b) => sign * compare(a[name], b[name]));
}

/** Compares IDs as numbers, and versions, which are times in one format, as texts. */
function compare(a: unknown, b: unknown): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return String(a ?? '') < String(b ?? '') ? -1 : Number(String(a ?? '') > String(b ?? ''));
}

function numberQuery(listing: Listing, size: number, page: number): Query {
	const order = listing.order ? { [listing.order[0]]: listing.order[1] } : defaultOrder(listing.call);
	return { ...listing.query, ...order, size, page: page || undefined };
}

function keysetQuery({ query }: Listing, size: number, previousId: number): Query {
	return { ...query, orderById: 'ASC', previousId: previousId || undefined, size };
}

/** Returns an ascending order, by ID if possible, so that a list without keyset paging has stable pages. */
function defaultOrder(call: Call): Query {
	const orders = Object.keys(callInfo(call).query ?? {}).filter((name) => name.startsWith('orderBy'));
	const order = orders.includes('orderById') ? 'orderById' : orders[0];
	return order === undefined ? {} : { [order]: 'ASC' };
}

/** Adds a record to the seen ones, and returns whether it is new. Records without a key are compared as a whole. */
function addNew(seen: Set<unknown>, record: IDataObject): boolean {
	const key = keyOf(record) ?? JSON.stringify(record);
	const isFirst = !seen.has(key);
	seen.add(key);
	return isFirst;
}

/**
 * Returns the highest ID of a page, by which the next page is requested.
 * @throws {ProcountorError} if the page contains no higher ID than the one before
 */
export function nextId(records: IDataObject[], previousId: number, listing: Listing): number {
	const highest = records.reduce((max, record) => Math.max(max, Number(keyOf(record))), 0);
	if (!(highest > previousId)) throw new ProcountorError(samePageProblem(listing));
	return highest;
}

function samePageProblem({ call }: Listing): Problem {
	return {
		message: `${call} returned the same page again, so the list cannot be read to its end`,
		advice: 'Report this to the authors of the node, with the API version that the credential names.',
	};
}

/**
 * Returns one page of a list for a picker, and in `next` the token of the next page. A short page can be followed by others.
 * @param pageToken the page number, or the last ID if the list has no page numbers; undefined for the first page
 * @param recordsFrom returns the body's records, if the contract does not tell where they are
 */
export async function pageAt(
	client: Client,
	{ call, path, query, headers }: Listing,
	pageToken: string | undefined,
	recordsFrom?: (body: IDataObject) => IDataObject[],
): Promise<{ records: IDataObject[]; next?: string }> {
	const isPaged = pagingOf(call) !== 'whole';
	const hasNumbers = callInfo(call).query?.page !== undefined;
	// It is uncertain whether paging works with other orders than by rising ID (docs/procountor.md#ordering).
	const position = hasNumbers ? { page: pageToken } : { orderById: 'ASC', previousId: pageToken };
	const paging = isPaged ? { size: PAGE_SIZE, ...position } : {};
	const listPath = callInfo(call).listPath;
	const isComplete = recordsFrom ? undefined : (body: unknown): boolean => isList(body, listPath);
	const response = await client.requestOptional({ call, path, query: { ...paging, ...query }, headers, isComplete });
	const body = (response && bodyObject(response)) ?? {};
	const records = recordsFrom ? recordsFrom(body) : recordsIn(body, listPath);
	if (!isPaged || records.length === 0) return { records };
	const isFirst = pageToken === undefined;
	if (isFirst && isLastPage(records.length, pageMeta(body).total, records.length >= PAGE_SIZE)) return { records };
	return { records, next: hasNumbers ? String(Number(pageToken ?? 0) + 1) : lastIdOf(records, Number(pageToken ?? 0)) };
}

/** Returns the last ID of a page; undefined if it is not higher, since a server that ignores `previousId` would cause a loop. */
function lastIdOf(records: IDataObject[], previousId: number): string | undefined {
	const last = Number(keyOf(records[records.length - 1]));
	return last > previousId ? String(last) : undefined;
}

/**
 * Yields the results of `complete` for each page, in order. While `complete` fetches the details of a page, it reads up to
 * `ahead` further pages.
 */
export async function* pipelined<T, R>(
	source: AsyncIterable<T>,
	complete: (page: T) => Promise<R>,
	ahead = 4,
): AsyncGenerator<R> {
	const inFlight: Array<Promise<R>> = [];
	for await (const page of source) {
		const next = complete(page);
		// A failure is thrown where the page is awaited. Without this it would count as an unhandled rejection before.
		next.catch(() => undefined);
		inFlight.push(next);
		if (inFlight.length >= ahead) yield await (inFlight.shift() as Promise<R>);
	}
	while (inFlight.length) yield await (inFlight.shift() as Promise<R>);
}
