import type { IDataObject } from 'n8n-workflow';
import { ProcountorError } from '../api';
import type { Ahead, ListQuery, ListRequest, PollResponse, Settings, Step } from './step';

/** A record of the list, with the fields that the trigger compares. */
export interface Row {
	id: number;
	created?: string;
	version?: string;
	status?: string;
	day?: string;
	record: IDataObject;
}

/** The statuses of invoices that a user has opened but not saved yet (docs/procountor.md#invoice-statuses). */
export const DRAFTS = new Set<string | undefined>(['EMPTY', 'UNSAVED']);

export function isDraft({ status }: Pick<Row, 'status'>): boolean {
	return DRAFTS.has(status);
}

/** Returns the rows of a response. Records without an ID are left out, because they cannot be tracked. */
export function rowsOf(records: IDataObject[], { fields }: Settings): Row[] {
	return records
		.map((record) => ({
			id: Number(record[fields.id]),
			created: nonEmptyText(fields.created && record[fields.created]),
			version: nonEmptyText(fields.version && record[fields.version]),
			status: nonEmptyText(fields.status && record[fields.status]),
			day: nonEmptyText(fields.day && record[fields.day]),
			record,
		}))
		.filter(({ id }) => Number.isSafeInteger(id) && id > 0);
}

function nonEmptyText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export const byId = (a: Row, b: Row): number => a.id - b.id;

interface Page extends Pick<PollResponse, 'last' | 'isFull' | 'timeIsUp'> {
	rows: Row[];
}

function pageRequest(
	{ query, headers }: ListQuery,
	extraQuery: ListQuery['query'],
	order: 'ASC' | 'DESC',
	after: number,
	size: number,
): ListRequest {
	return {
		ask: 'list',
		query: { ...query, ...extraQuery, orderById: order, previousId: after || undefined, size },
		headers,
		size,
	};
}

/**
 * Requests one page of one part of the list: rising IDs above `after`, or falling IDs from the highest one below it.
 */
export function* requestPage(
	settings: Settings,
	filters: ListQuery,
	extraQuery: ListQuery['query'],
	order: 'ASC' | 'DESC',
	after = 0,
	size = settings.bounds.pageSize,
	ahead?: Ahead,
): Step<Page> {
	const { records, last, isFull, timeIsUp } = yield { ...pageRequest(filters, extraQuery, order, after, size), ahead };
	return { rows: rowsOf(records, settings), last, isFull, timeIsUp };
}

/** Returns the IDs of a page whose details may be fetched before the scan ends. */
export type PickAhead = (rows: Row[]) => number[];

/**
 * Picks the new rows, as many as a poll emits; none if filters or other parts of the list decide which rows are
 * emitted.
 */
export function newRowsPicker({ allFilters, parts, bounds }: Settings, isNew: (row: Row) => boolean): PickAhead {
	if (allFilters !== undefined || parts.length > 1) return () => [];
	let left = bounds.maxItems;
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
 * Reads one part from the newest row down, to its end or until `isEnough`. In the second case, rows below the ID
 * `lowest` were not read.
 * @param isEnough receives the numbers of rows and pages that have been read, and whether the poll's time is up
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
		const { rows, last, timeIsUp } = yield* requestPage(settings, settings.immutableFilters, part, 'DESC', from);
		const below = rows.filter(({ id }) => id < lowest);
		all.push(...below);
		if (last || below.length === 0) return { rows: all };
		lowest = Math.min(...below.map(({ id }) => id));
		if (isEnough(all.length, pages, timeIsUp)) return { rows: all, lowest };
	}
}

/** Options of a scan. The defaults are the poll's limit of pages, and to fetch nothing in advance. */
export interface ScanOptions {
	pages?: number;
	pickAhead?: PickAhead;
}

/**
 * Reads the rows above an ID, page by page, to the end of the list or to the poll's limits. Returns rows with rising
 * IDs, complete up to `upTo`; to the end if that is undefined.
 */
export function* scan(
	settings: Settings,
	extraQuery: ListQuery['query'],
	after: number,
	{ pages = settings.bounds.maxPages, pickAhead }: ScanOptions = {},
): Step<{ rows: Row[]; upTo?: number }> {
	const found = new Map<number, Row>();
	let upTo: number | undefined;
	for (const part of settings.parts) {
		const end = yield* scanPart(settings, { ...extraQuery, ...part }, after, found, { pages, pickAhead });
		upTo = lowestId(upTo, end);
	}
	return { rows: rowsUpTo(found, upTo), upTo };
}

/**
 * Requests the newest rows of a part. If the last poll did not read to the end, the newest rows are not enough, and the
 * first page above the ID is fetched at the same time.
 */
export function newestRequest(
	{ immutableFilters, bounds }: Settings,
	part: ListQuery['query'],
	after: number,
	size: number,
	isBehind: boolean,
): ListRequest {
	const firstPage = pageRequest(immutableFilters, part, 'ASC', after, bounds.pageSize);
	return {
		...pageRequest(immutableFilters, part, 'DESC', 0, Math.min(size, bounds.pageSize)),
		ahead: isBehind ? { page: firstPage } : undefined,
	};
}

/**
 * Reads the rows above an ID as `scan` does, but in one request if there are few. It first requests the newest rows,
 * with falling IDs. If they reach the ID, none is missing, even on a short page. Otherwise it also scans from the ID up
 * to the highest of these rows. `newest` contains the newest rows of all parts.
 * @param size how many rows to request first
 * @param isBehind whether the last poll did not read to the end
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
		// If the server ignores the order, these rows do not show what is above them.
		const isFalling = rows.length > 0 && rows.every((row, index) => index === 0 || row.id < rows[index - 1].id);
		if (last || (isFalling && rows[rows.length - 1].id <= after + 1)) continue;
		const top = isFalling ? rows[0].id : Infinity;
		const end = yield* scanPart(settings, part, after, found, { pages: bounds.maxPages, pickAhead, top });
		upTo = lowestId(upTo, end);
	}
	return { rows: rowsUpTo(found, upTo), upTo, newest };
}

function lowestId(a: number | undefined, b: number | undefined): number | undefined {
	return b === undefined ? a : Math.min(a ?? b, b);
}

function rowsUpTo(found: Map<number, Row>, upTo = Infinity): Row[] {
	return [...found.values()].filter(({ id }) => id <= upTo).sort(byId);
}

/** Scans one part into `found`. Returns the ID up to which it read; undefined if it reached the end or the ID `top`. */
function* scanPart(
	settings: Settings,
	extraQuery: ListQuery['query'],
	after: number,
	found: Map<number, Row>,
	{ pages, pickAhead, top = Infinity }: ScanOptions & { pages: number; top?: number },
): Step<number | undefined> {
	const { immutableFilters, bounds } = settings;
	let end = after;
	let ids: number[] | undefined;
	for (let count = 1; ; count++) {
		const { rows, last, isFull, timeIsUp } = yield* requestPage(
			settings,
			immutableFilters,
			extraQuery,
			'ASC',
			end,
			bounds.pageSize,
			{ ids },
		);
		const beyond = rows.filter(({ id }) => id > end);
		for (const row of beyond) found.set(row.id, row);
		ids = pickAhead?.(beyond);
		// A short page is not the end, because records can be hidden and servers can limit pages. A page without new rows is.
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
 * Limits the rows to the first `limit` new ones. The rows above the ID `cutAt` count as not read, so that the next poll
 * reads them. Without `cutAt`, all rows are within the limit.
 */
export function limitNewRows(
	limit: number,
	rows: Row[],
	isNew: (row: Row) => boolean,
): { rows: Row[]; fresh: Row[]; cutAt?: number } {
	const fresh = rows.filter(isNew);
	if (fresh.length <= limit) return { rows, fresh };
	const cutAt = fresh[limit - 1].id;
	return { rows: rows.filter(({ id }) => id <= cutAt), fresh: fresh.slice(0, limit), cutAt };
}

/**
 * Returns the rows that match all filters, as the list returns them now, because a record may have changed meanwhile.
 * If all filters are immutable, it returns the rows unchanged.
 */
export function* applyFilters(settings: Settings, rows: Row[], extraQuery: ListQuery['query'] = {}): Step<Row[]> {
	const { allFilters, parts } = settings;
	if (allFilters === undefined) return rows;
	const matched = new Map<number, Row>();
	for (const part of parts) {
		let remaining = rows.map(({ id }) => id).sort((a, b) => a - b);
		let ids: number[] | undefined;
		while (remaining.length) {
			const query = { ...extraQuery, ...part };
			const response = yield* requestPage(
				settings,
				allFilters,
				query,
				'ASC',
				remaining[0] - 1,
				settings.bounds.pageSize,
				{ ids },
			);
			for (const row of response.rows) matched.set(row.id, row);
			ids = remaining.filter((id) => matched.has(id));
			const isEnd = response.last || response.rows.length === 0;
			const reached = isEnd ? Infinity : response.rows.reduce((highest, { id }) => Math.max(highest, id), remaining[0]);
			remaining = remaining.filter((id) => id > reached);
		}
	}
	return rows.flatMap(({ id }) => matched.get(id) ?? []);
}
