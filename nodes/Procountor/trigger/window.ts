import type { QueryValue } from '../api';
import { atMost, page, rowsOf, scan, type Row, type ScanOptions } from './scan';
import type { Settings, Step } from './step';
import { clock, later, reachBack, secondBefore, written } from './times';

/**
 * Where a strategy that goes by versions stands. A scan reads, by rising id, all that was changed from some moment on; a
 * scan that is cut short goes on in the next poll, and the next window reaches back from what was the newest version when
 * its scan began: whatever changed behind its back lies in there.
 */
export interface WindowMemory {
	/** The newest version that was known when the last complete scan began. */
	mark?: string;
	/** A scan that is not at its end. */
	scan?: { from?: string; after: number; next?: string };
}

/** What one poll reads of a window. */
export interface View {
	/** The mark as it was. */
	mark?: string;
	/** From when on it looked; undefined for all. */
	from?: string;
	rows: Row[];
	/** All rows up to this id have been read; undefined when the scan is complete. */
	upTo?: number;
	/** The mark once the scan is complete. */
	next?: string;
	window: WindowMemory;
}

/** Returns the query for records that changed from a time on. */
export function changedFrom(from: string | undefined): Record<string, QueryValue> {
	return from === undefined ? {} : { versionStartDate: from };
}

/** Reads one poll's share of the window. Records before `floor` do not matter. */
export function* readWindow(
	{ mark, scan: pending }: WindowMemory,
	floor: string | undefined,
	settings: Settings,
	options?: ScanOptions,
): Step<View> {
	const from = pending ? pending.from : windowStart(mark, floor);
	const { rows, upTo } = yield* scan(settings, changedFrom(from), pending?.after ?? 0, options);
	// A list that shows nothing any more tells nothing of the rest: the right may have been withdrawn.
	if (pending && pending.after > 0 && rows.length === 0 && !(yield* isAnyFrom(undefined, settings)))
		return { mark, from, rows, upTo: pending.after, next: pending.next, window: { mark, scan: pending } };
	const next = pending?.next ?? rows.reduce((newest, row) => later(newest, row.version), mark);
	return {
		mark,
		from,
		rows,
		upTo,
		next,
		window: upTo === undefined ? { mark: next } : { mark, scan: { from, after: upTo, next } },
	};
}

/** A view with no more than so many new rows, and these rows; a scan that is cut for that goes on behind them. */
export function narrowed(view: View, most: number, isNew: (row: Row) => boolean): { view: View; fresh: Row[] } {
	const { rows, fresh, cutAt } = atMost(most, view.rows, isNew);
	if (cutAt === undefined) return { view, fresh };
	const { mark, from, next } = view;
	return { view: { ...view, rows, upTo: cutAt, window: { mark, scan: { from, after: cutAt, next } } }, fresh };
}

function windowStart(mark: string | undefined, floor: string | undefined): string | undefined {
	const reached = mark && reachBack(mark);
	return floor === undefined ? reached : later(reached, secondBefore(floor));
}

/**
 * Returns the newest version in the list, or, if the list cannot be read in that order, a time at most an hour before
 * it.
 */
export function* newestVersion(settings: Settings): Step<string | undefined> {
	const { parts, immutableFilters, byVersion, bounds } = settings;
	if (!byVersion) return yield* newestByHalving(settings);
	let newest: string | undefined;
	for (const part of parts) {
		const { records } = yield {
			ask: 'list',
			query: { ...immutableFilters.query, ...part, orderByVersion: 'DESC', size: bounds.margin },
			headers: immutableFilters.headers,
			size: bounds.margin,
		};
		for (const { version } of rowsOf(records, settings)) newest = later(newest, version);
	}
	// The newest ones may all be hidden from the user.
	return newest ?? (yield* newestByHalving(settings));
}

const HOUR = 60 * 60_000;
const FIRST_YEAR = clock('1990-01-01') ?? 0;
const LAST_YEAR = clock('2100-01-01') ?? 0;

/** Some twenty questions whether anything was changed from a moment on; only at the start, and only for lists without that order. */
function* newestByHalving(settings: Settings): Step<string | undefined> {
	if (!(yield* isAnyFrom(undefined, settings))) return undefined;
	let [some, none] = [FIRST_YEAR, LAST_YEAR];
	while (none - some > HOUR) {
		const middle = Math.floor((some + none) / 2);
		if (yield* isAnyFrom(written(middle), settings)) some = middle;
		else none = middle;
	}
	return written(some);
}

function* isAnyFrom(moment: string | undefined, settings: Settings): Step<boolean> {
	const { parts, immutableFilters, bounds } = settings;
	for (const part of parts) {
		const more = { ...part, ...changedFrom(moment) };
		const { rows } = yield* page(settings, immutableFilters, more, 'ASC', 0, bounds.margin);
		if (rows.length) return true;
	}
	return false;
}
