import type { IDataObject } from 'n8n-workflow';
import { ProcountorError } from '../api';
import type { Ahead, ListQuery, ListRequest, PollResponse, Settings, Step } from './step';

/** A record of the list, and what the trigger goes by. */
export interface Row {
	id: number;
	created?: string;
	version?: string;
	status?: string;
	day?: string;
	record: IDataObject;
}

/** Invoices that somebody has just opened, and that may never come to be (docs/procountor.md#invoice-statuses). */
export const DRAFTS = new Set<string | undefined>(['EMPTY', 'UNSAVED']);

export function isDraft({ status }: Pick<Row, 'status'>): boolean {
	return DRAFTS.has(status);
}

/** Returns the rows of a response that have an ID; others cannot be followed. */
export function rowsOf(records: IDataObject[], { fields }: Settings): Row[] {
	return records
		.map((record) => ({
			id: Number(record[fields.id]),
			created: text(fields.created && record[fields.created]),
			version: text(fields.version && record[fields.version]),
			status: text(fields.status && record[fields.status]),
			day: text(fields.day && record[fields.day]),
			record,
		}))
		.filter(({ id }) => Number.isSafeInteger(id) && id > 0);
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export const risingId = (a: Row, b: Row): number => a.id - b.id;

interface Page extends Pick<PollResponse, 'last' | 'isFull' | 'timeIsUp'> {
	rows: Row[];
}

function pageRequest(
	{ query, headers }: ListQuery,
	more: ListQuery['query'],
	order: 'ASC' | 'DESC',
	after: number,
	size: number,
): ListRequest {
	return {
		ask: 'list',
		query: { ...query, ...more, orderById: order, previousId: after || undefined, size },
		headers,
		size,
	};
}

/**
 * Requests one page of one part of the list: rising IDs above `after`, or falling IDs from the highest one below it.
 */
export function* page(
	settings: Settings,
	narrowed: ListQuery,
	more: ListQuery['query'],
	order: 'ASC' | 'DESC',
	after = 0,
	size = settings.bounds.page,
	ahead?: Ahead,
): Step<Page> {
	const { records, last, isFull, timeIsUp } = yield { ...pageRequest(narrowed, more, order, after, size), ahead };
	return { rows: rowsOf(records, settings), last, isFull, timeIsUp };
}

/** Picks the rows of a page whose details may be fetched before the scan ends. */
export type PickAhead = (rows: Row[]) => number[];

/** Picks the new rows, as many as a poll emits; none where the filters or another part of the list have a say in it. */
export function newAhead({ whole, parts, bounds }: Settings, isNew: (row: Row) => boolean): PickAhead {
	if (whole !== undefined || parts.length > 1) return () => [];
	let left = bounds.items;
	return (rows) => {
		const ids = rows
			.filter(isNew)
			.slice(0, left)
			.map(({ id }) => id);
		left -= ids.length;
		return ids;
	};
}

/**
 * Reads one part from the newest row down, to its end or until it is enough; then `lowest` is the id below which it was not read.
 * @param isEnough told the rows and pages that have been read, and whether the poll's time is up
 */
export function* scanDown(
	settings: Settings,
	part: ListQuery['query'],
	isEnough: (rows: number, pages: number, timeIsUp: boolean) => boolean,
): Step<{ rows: Row[]; lowest?: number }> {
	const all: Row[] = [];
	let lowest = Infinity;
	for (let pages = 1; ; pages++) {
		const from = pages === 1 ? 0 : lowest;
		const { rows, last, timeIsUp } = yield* page(settings, settings.immutableFilters, part, 'DESC', from);
		const below = rows.filter(({ id }) => id < lowest);
		all.push(...below);
		if (last || below.length === 0) return { rows: all };
		lowest = Math.min(...below.map(({ id }) => id));
		if (isEnough(all.length, pages, timeIsUp)) return { rows: all, lowest };
	}
}

/** How a scan is done; where left out, with the poll's bounds and nothing ahead. */
export interface ScanOptions {
	pages?: number;
	pickAhead?: PickAhead;
}

/**
 * Reads on from an id, page by page, to the end of the list or of the poll's bounds. Rows come by rising id; all that
 * showed up to `upTo` are among them, to the end when it is undefined.
 */
export function* scan(
	settings: Settings,
	more: ListQuery['query'],
	after: number,
	{ pages = settings.bounds.pages, pickAhead }: ScanOptions = {},
): Step<{ rows: Row[]; upTo?: number }> {
	const found = new Map<number, Row>();
	let upTo: number | undefined;
	for (const part of settings.parts) {
		const end = yield* scanPart(settings, { ...more, ...part }, after, found, { pages, pickAhead });
		upTo = lower(upTo, end);
	}
	return { rows: upToId(found, upTo), upTo };
}

/** The newest rows of a part; with the first page after an id, where the last poll left a rest and the newest rows cannot be all. */
export function newestRequest(
	{ immutableFilters, bounds }: Settings,
	part: ListQuery['query'],
	after: number,
	size: number,
	isBehind: boolean,
): ListRequest {
	const next = pageRequest(immutableFilters, part, 'ASC', after, bounds.page);
	return {
		...pageRequest(immutableFilters, part, 'DESC', 0, Math.min(size, bounds.page)),
		ahead: isBehind ? { page: next } : undefined,
	};
}

/**
 * Reads what stands above an id as `scan` does, in one request where that is little: the newest rows come first, falling. A
 * row at or below the id among them proves that none is missing, however few rows the page has. Otherwise it is read on
 * from the id, up to the highest of these rows. `newest` are the newest rows of all parts.
 * @param size how many rows to ask for first
 * @param isBehind whether the last poll left a rest
 */
export function* scanNewest(
	settings: Settings,
	after: number,
	size: number,
	isBehind: boolean,
	pickAhead: PickAhead,
): Step<{ rows: Row[]; upTo?: number; newest: Row[] }> {
	const { parts, bounds } = settings;
	const found = new Map<number, Row>();
	const newest: Row[] = [];
	let upTo: number | undefined;
	for (const part of parts) {
		const { records, last } = yield newestRequest(settings, part, after, size, isBehind);
		const rows = rowsOf(records, settings);
		newest.push(...rows);
		for (const row of rows) if (row.id > after) found.set(row.id, row);
		// A server that ignores the order tells nothing of what is above.
		const isFalling = rows.length > 0 && rows.every((row, index) => index === 0 || row.id < rows[index - 1].id);
		if (last || (isFalling && rows[rows.length - 1].id <= after + 1)) continue;
		const top = isFalling ? rows[0].id : Infinity;
		const end = yield* scanPart(settings, part, after, found, { pages: bounds.pages, pickAhead, top });
		upTo = lower(upTo, end);
	}
	return { rows: upToId(found, upTo), upTo, newest };
}

function lower(one: number | undefined, other: number | undefined): number | undefined {
	return other === undefined ? one : Math.min(one ?? other, other);
}

function upToId(found: Map<number, Row>, upTo = Infinity): Row[] {
	return [...found.values()].filter(({ id }) => id <= upTo).sort(risingId);
}

/** Reads one part; gives the id up to which it did, or undefined when it came to the end, or to the known highest id. */
function* scanPart(
	settings: Settings,
	more: ListQuery['query'],
	after: number,
	found: Map<number, Row>,
	{ pages, pickAhead, top = Infinity }: ScanOptions & { pages: number; top?: number },
): Step<number | undefined> {
	const { immutableFilters, bounds } = settings;
	let end = after;
	let ids: number[] | undefined;
	for (let count = 1; ; count++) {
		const answer = yield* page(settings, immutableFilters, more, 'ASC', end, bounds.page, { ids });
		const { rows, last, isFull, timeIsUp } = answer;
		const beyond = rows.filter(({ id }) => id > end);
		for (const row of beyond) found.set(row.id, row);
		ids = pickAhead?.(beyond);
		// A short page is no end: records can be hidden, and servers can cap pages. One that brings nothing new is.
		if (last || (beyond.length === 0 && !isFull)) return undefined;
		if (beyond.length === 0)
			throw new ProcountorError({
				message: 'Procountor returned the same page again, so its list cannot be read to its end',
				advice: 'Report this to the authors of the node, with the API version that the credential names.',
			});
		end = Math.max(...beyond.map(({ id }) => id));
		if (end >= top) return undefined;
		if (count >= pages || timeIsUp) return end;
	}
}

/**
 * The first so many of the rows that are new: the others count as not read, so that the next poll comes to them.
 * `cutAt` is the id behind which that is.
 */
export function atMost(
	most: number,
	rows: Row[],
	isNew: (row: Row) => boolean,
): { rows: Row[]; fresh: Row[]; cutAt?: number } {
	const fresh = rows.filter(isNew);
	if (fresh.length <= most) return { rows, fresh };
	const cutAt = fresh[most - 1].id;
	return { rows: rows.filter(({ id }) => id <= cutAt), fresh: fresh.slice(0, most), cutAt };
}

/**
 * Those of some rows that all filters let through, asked of the list itself, and as it gives them then: a record may have
 * changed meanwhile. All of them, as they are, when no filter can change its mind.
 */
export function* matching(settings: Settings, rows: Row[], more: ListQuery['query'] = {}): Step<Row[]> {
	const { whole, parts } = settings;
	if (whole === undefined) return rows;
	const matched = new Map<number, Row>();
	for (const part of parts) {
		let left = rows.map(({ id }) => id).sort((a, b) => a - b);
		let ids: number[] | undefined;
		while (left.length) {
			const query = { ...more, ...part };
			const response = yield* page(settings, whole, query, 'ASC', left[0] - 1, settings.bounds.page, { ids });
			for (const row of response.rows) matched.set(row.id, row);
			ids = left.filter((id) => matched.has(id));
			const isEnd = response.last || response.rows.length === 0;
			const reached = isEnd ? Infinity : response.rows.reduce((most, { id }) => Math.max(most, id), left[0]);
			left = left.filter((id) => id > reached);
		}
	}
	return rows.flatMap(({ id }) => matched.get(id) ?? []);
}
