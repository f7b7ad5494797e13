import type { IDataObject } from 'n8n-workflow';
import { callInfo, type Call, type QueryOf, type RecordOf } from './contract';
import type { Client } from './client';
import type { Query, Request } from './request';
import { bodyObject, type Response } from './response';
import { ProcountorError, type Problem } from './errors';
import { isListOfRecords } from './expectedForm';
import { isProvenLast, ListEnd, metaOf, type PageMeta } from './listEnd';
import { toObject } from '../utils/objects';

/** One list of the API with its filters. */
export interface Listing<C extends Call = Call> {
	call: C;
	path?: Record<string, string | number>;
	query?: QueryOf<C>;
	headers?: Record<string, string>;
	/** The order of the API's own that is wanted, `['orderByDate', 'DESC']`; by rising id when left out. */
	order?: [parameter: string, direction: 'ASC' | 'DESC'];
	/** Where the records stand in the answer, when the contract does not tell: a property, or the whole answer. */
	listPath?: string;
	/** How a list that the contract lacks is paged. */
	paging?: Paging;
	noun?: string;
	/** Several pages are expected: `readInParallel` reads the first and the newest one at once. */
	isLong?: boolean;
	/** A new record depends on this list being empty: a 404 is asked for a second time before it counts as empty. */
	confirmEmpty?: boolean;
}

/** The most records that a page may hold (docs/procountor.md#pages). */
export const PAGE_SIZE = 200;

/** How a list is walked through: by the last id seen, by page number, or it comes as a whole. */
export type Paging = 'keyset' | 'number' | 'whole';

export function pagingOf(call: Call): Paging {
	const query = callInfo(call).query ?? {};
	if (query.size === undefined) return 'whole';
	return query.previousId !== undefined && query.orderById !== undefined ? 'keyset' : 'number';
}

/**
 * Walks through a list page by page, at most `limit` records. Keyset paging by rising id where the list has it, since
 * pages by number shift while records arrive; with another order by number, and a record that shifted into two
 * pages comes once. A short page does not end a list, since records can be hidden and servers can cap pages: only an empty
 * page, one that brings nothing new, or a total that agrees (see `ListEnd`).
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
	const known = listing.paging ?? pagingOf(listing.call);
	if (listing.order && limit > PAGE_SIZE && callInfo(listing.call).query?.page === undefined)
		yield await ordered(client, listing, limit);
	else if (known === 'whole') yield await wholeList(client, listing, limit);
	else yield* pageByPage(client, listing, limit, listing.order ? 'number' : known);
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
	let left = limit;
	let previousId = 0;
	for (let page = 0; left > 0; page++) {
		const size = Math.min(PAGE_SIZE, paging === 'keyset' ? left : limit);
		const query = paging === 'number' ? numberQuery(listing, size, page) : keysetQuery(listing, size, previousId);
		const { records, served, total } = await readPage(client, listing, query);
		const fresh = records.filter((record) => isNew(seen, record));
		if (fresh.length > 0 || page === 0) yield fresh.slice(0, left);
		left -= fresh.length;
		const isFull = records.length > 0 && records.length >= Math.min(size, served);
		// A full page of known records: the server ignores where to go on from, or goes round.
		if (isFull && fresh.length === 0) throw new ProcountorError(samePage(listing));
		if (fresh.length === 0 || end.isProven(records.length, total, isFull)) return;
		if (paging === 'keyset') previousId = nextId(records, previousId, listing);
	}
}

/** A list without page numbers gives its first page in another order, but no second one: it is read by id and put in order here. */
async function ordered(client: Client, listing: Listing, limit: number): Promise<IDataObject[]> {
	const records = await collectPages(client, { ...listing, order: undefined });
	return inOrder(records, listing).slice(0, limit);
}

/** Sorts records in place into the order of their listing. */
export function inOrder(records: IDataObject[], { order = ['orderById', 'ASC'] }: Listing): IDataObject[] {
	const [parameter, direction] = order;
	const name = parameter.slice('orderBy'.length).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
	const sign = direction === 'ASC' ? 1 : -1;
	return records.sort((a, b) => sign * compare(a[name], b[name]));
}

/** Ids are numbers; versions are times of one form, which stand in order as texts. */
function compare(a: unknown, b: unknown): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return String(a ?? '') < String(b ?? '') ? -1 : Number(String(a ?? '') > String(b ?? ''));
}

function numberQuery(listing: Listing, size: number, page: number): Query {
	const order = listing.order ? { [listing.order[0]]: listing.order[1] } : rising(listing.call);
	return { ...listing.query, ...order, size, page: page || undefined };
}

function keysetQuery({ query }: Listing, size: number, previousId: number): Query {
	return { ...query, orderById: 'ASC', previousId: previousId || undefined, size };
}

/** A list without keyset paging still has a stable order when it can be told to rise, by id or by what else it knows. */
function rising(call: Call): Query {
	const orders = Object.keys(callInfo(call).query ?? {}).filter((name) => name.startsWith('orderBy'));
	const order = orders.includes('orderById') ? 'orderById' : orders[0];
	return order === undefined ? {} : { [order]: 'ASC' };
}

/** What tells a record from others in its list: its id, an attachment's own name for it, or a webhook's. */
function keyOf({ id, attachmentId, uuid }: IDataObject): unknown {
	return id ?? attachmentId ?? uuid;
}

/** Notes a record, and whether it is the first of its key. Records without a key are told apart by all that they hold. */
function isNew(seen: Set<unknown>, record: IDataObject): boolean {
	const key = keyOf(record) ?? JSON.stringify(record);
	const isFirst = !seen.has(key);
	seen.add(key);
	return isFirst;
}

/**
 * The highest id of a page, from which the next one is asked for.
 * @throws {ProcountorError} when the list does not go on
 */
export function nextId(records: IDataObject[], previousId: number, listing: Listing): number {
	const highest = records.reduce((most, record) => Math.max(most, Number(keyOf(record))), 0);
	if (!(highest > previousId)) throw new ProcountorError(samePage(listing));
	return highest;
}

function hasId(record: IDataObject): boolean {
	const id = keyOf(record);
	return typeof id === 'number' && Number.isSafeInteger(id) && id > 0;
}

function withoutId({ call }: Listing): Problem {
	return {
		message: `${call} returned a record without a usable ID, so the list cannot be read to its end`,
		advice: 'Report this to the authors of the node, with the API version that the credential names.',
	};
}

function samePage({ call }: Listing): Problem {
	return {
		message: `${call} returned the same page again, so the list cannot be read to its end`,
		advice: 'Report this to the authors of the node, with the API version that the credential names.',
	};
}

/** Returns one page of a list, and what the page says about the list. */
export async function readPage(
	client: Client,
	listing: Listing,
	query: Query,
): Promise<{ records: IDataObject[] } & PageMeta> {
	const { call, path, headers, noun, paging } = listing;
	const listPath = listing.listPath ?? callInfo(call).listPath;
	const isComplete = paging ? undefined : (body: unknown): boolean => isList(body, listPath);
	const request = { call, path, query, headers, noun, isComplete };
	// Whether an empty search answers with an empty list or with 404 is uncertain: both mean nothing found.
	const answer = path ? await client.request(request) : await listOrNothing(client, request, listing);
	if (!answer) return { records: [], served: Infinity, total: 0 };
	const body = bodyObject(answer) ?? {};
	if (paging && !isListOfRecords(Array.isArray(body) ? body : body[listPath ?? '']))
		throw new ProcountorError(noList(listing));
	const records = recordsIn(body, listPath);
	// It would be lost without a word: the next page is asked for by the last ID.
	if (pagingOf(call) === 'keyset' && !records.every(hasId)) throw new ProcountorError(withoutId(listing));
	return { records, ...metaOf(body) };
}

/** How long a 404 is left alone before it is asked for again, in milliseconds. */
const CONFIRM_AFTER = 500;

async function listOrNothing(
	client: Client,
	request: Request,
	{ confirmEmpty }: Listing,
): Promise<Response | undefined> {
	const answer = await client.requestOptional(request);
	if (answer || !confirmEmpty) return answer;
	await client.pause(CONFIRM_AFTER);
	return await client.requestOptional(request);
}

/** Whether a response is a list, though an empty one. An object that is empty or only a message is none. */
function isList(body: unknown, rows: string | undefined): boolean {
	if (Array.isArray(body)) return true;
	if (rows !== undefined) return Array.isArray(rows.split('.').reduce<unknown>(inside, body));
	return Object.keys(body as object).some((name) => !['message', 'error', 'errors', 'status'].includes(name));
}

function noList({ call }: Listing): Problem {
	return {
		message: `${call} did not return a list of records under 'results'`,
		advice: 'Switch off Get All Pages for this path.',
	};
}

/**
 * One page of a list for somebody who reads on by hand; a short page need not be the last one. `token` is what the page before gave
 * as `next`: the number of the page, or the last ID where the list has no numbers.
 * @param rows where the records are in the response, when the contract does not tell
 */
export async function pageAt(
	client: Client,
	{ call, path, query, headers }: Listing,
	token: string | undefined,
	rows?: (body: IDataObject) => IDataObject[],
): Promise<{ records: IDataObject[]; next?: string }> {
	const isPaged = pagingOf(call) !== 'whole';
	const hasNumbers = callInfo(call).query?.page !== undefined;
	// Whether other orders than by rising ID go together with paging is uncertain (docs/procountor.md#ordering).
	const place = hasNumbers ? { page: token } : { orderById: 'ASC', previousId: token };
	const paging = isPaged ? { size: PAGE_SIZE, ...place } : {};
	const own = callInfo(call).listPath;
	const isComplete = rows ? undefined : (body: unknown): boolean => isList(body, own);
	const answer = await client.requestOptional({ call, path, query: { ...paging, ...query }, headers, isComplete });
	const body = (answer && bodyObject(answer)) ?? {};
	const records = rows ? rows(body) : recordsIn(body, own);
	if (!isPaged || records.length === 0) return { records };
	const isFirst = token === undefined;
	if (isFirst && isProvenLast(records.length, metaOf(body).total, records.length >= PAGE_SIZE)) return { records };
	return { records, next: hasNumbers ? String(Number(token ?? 0) + 1) : lastId(records, Number(token ?? 0)) };
}

/** The last ID of a page; undefined for a server that ignores where to go on from, which must not keep the reader going round. */
function lastId(records: IDataObject[], previousId: number): string | undefined {
	const last = Number(keyOf(records[records.length - 1]));
	return last > previousId ? String(last) : undefined;
}

/**
 * Returns the records of a response: a bare list, the list under `rows`, or one record where a list was expected
 * (docs/procountor.md#conventions).
 */
export function recordsIn(body: IDataObject | IDataObject[], rows: string | undefined): IDataObject[] {
	if (!Array.isArray(body) && rows === undefined) return Object.keys(body).length ? [body] : [];
	const list: unknown = Array.isArray(body) ? body : (rows as string).split('.').reduce<unknown>(inside, body);
	// A list of bare values, such as currencies, becomes records that hold one value each.
	return Array.isArray(list)
		? list.map((entry: unknown) =>
				typeof entry === 'object' && entry !== null ? (entry as IDataObject) : { [singular(rows)]: entry as string },
			)
		: [];
}

function inside(here: unknown, name: string): unknown {
	return Array.isArray(here) ? here.flatMap((entry: IDataObject) => entry[name] ?? []) : toObject(here)[name];
}

/** `currencies` → `currency`, `deliveryTerms` → `deliveryTerm`. */
function singular(rows = 'values'): string {
	return rows.replace(/ies$/, 'y').replace(/s$/, '');
}

/**
 * Completes pages with the data that `complete` fetches for them. It reads up to `ahead` pages ahead, while the details
 * of the last page are on their way. Pages come out in order.
 */
export async function* pipelined<T, R>(
	source: AsyncIterable<T>,
	complete: (page: T) => Promise<R>,
	ahead = 4,
): AsyncGenerator<R> {
	const inFlight: Array<Promise<R>> = [];
	for await (const page of source) {
		const next = complete(page);
		// A failure is thrown where it is awaited, in order; until then it must not count as unhandled.
		next.catch(() => undefined);
		inFlight.push(next);
		if (inFlight.length >= ahead) yield await (inFlight.shift() as Promise<R>);
	}
	while (inFlight.length) yield await (inFlight.shift() as Promise<R>);
}
