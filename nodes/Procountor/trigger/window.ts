import type { QueryValue } from '../api';
import { limitNewRows, requestPage, rowsOf, scan, type Row, type ScanOptions } from './scan';
import type { Settings, Step } from './step';
import { toMs, laterTime, overlapStart, secondBefore, fromMs } from './times';

/**
 * The position of a strategy that uses versions. A scan reads, by rising ID, all records that changed since a time. If
 * it is cut short, the next poll continues it. The next window overlaps with the newest version known when the scan
 * began, so it contains every record that changed behind the scan.
 */
export interface WindowMemory {
	/** The newest version that was known when the last complete scan began. */
	mark?: string;
	/** A scan that has not reached its end. */
	scan?: { from?: string; after: number; next?: string };
}

/** The part of a window that one poll reads. */
export interface View {
	/** The mark before this poll. */
	mark?: string;
	/** The time from which changes were requested; undefined for all. */
	from?: string;
	rows: Row[];
	/** All rows up to this ID have been read; undefined if the scan is complete. */
	upTo?: number;
	/** The mark once the scan is complete. */
	next?: string;
	window: WindowMemory;
}

/** Returns the query for records that changed from a time on. */
export function changedFrom(from: string | undefined): Record<string, QueryValue> {
	return from === undefined ? {} : { versionStartDate: from };
}

/** Reads one poll's part of the window. Records that last changed before `floor` are ignored. */
export function* readWindow(
	{ mark, scan: pending }: WindowMemory,
	floor: string | undefined,
	settings: Settings,
	options?: ScanOptions,
): Step<View> {
	const from = pending ? pending.from : windowStartTime(mark, floor);
	const { rows, upTo } = yield* scan(settings, changedFrom(from), pending?.after ?? 0, options);
	// If the list has no record at all, the right may have been withdrawn, so the scan is not complete.
	if (pending && pending.after > 0 && rows.length === 0 && !(yield* hasRecordSince(undefined, settings)))
		return { mark, from, rows, upTo: pending.after, next: pending.next, window: { mark, scan: pending } };
	const next = pending?.next ?? rows.reduce((newest, row) => laterTime(newest, row.version), mark);
	return {
		mark,
		from,
		rows,
		upTo,
		next,
		window: upTo === undefined ? { mark: next } : { mark, scan: { from, after: upTo, next } },
	};
}

/** Limits a view to the first `limit` new rows. If that cuts the scan short, the next poll continues after them. */
export function limitWindow(view: View, limit: number, isNew: (row: Row) => boolean): { view: View; fresh: Row[] } {
	const { rows, fresh, cutAt } = limitNewRows(limit, view.rows, isNew);
	if (cutAt === undefined) return { view, fresh };
	const { mark, from, next } = view;
	return { view: { ...view, rows, upTo: cutAt, window: { mark, scan: { from, after: cutAt, next } } }, fresh };
}

function windowStartTime(mark: string | undefined, floor: string | undefined): string | undefined {
	const start = mark && overlapStart(mark);
	return floor === undefined ? start : laterTime(start, secondBefore(floor));
}

/**
 * Returns the newest version in the list. If the list cannot be sorted by version, it returns a time at most an hour
 * before it.
 */
export function* newestVersion(settings: Settings): Step<string | undefined> {
	const { parts, immutableFilters, canSortByVersion, bounds } = settings;
	if (!canSortByVersion) return yield* findNewestByBisection(settings);
	let newest: string | undefined;
	for (const part of parts) {
		const { records } = yield {
			ask: 'list',
			query: { ...immutableFilters.query, ...part, orderByVersion: 'DESC', size: bounds.margin },
			headers: immutableFilters.headers,
			size: bounds.margin,
		};
		for (const { version } of rowsOf(records, settings)) newest = laterTime(newest, version);
	}
	// All of the newest records may be hidden from the user.
	return newest ?? (yield* findNewestByBisection(settings));
}

const HOUR_MS = 60 * 60_000;
const MIN_MS = toMs('1990-01-01') ?? 0;
const MAX_MS = toMs('2100-01-01') ?? 0;

/**
 * Finds the newest version with about 20 requests. Only a start needs it, and only if the list cannot be sorted by
 * version.
 */
function* findNewestByBisection(settings: Settings): Step<string | undefined> {
	if (!(yield* hasRecordSince(undefined, settings))) return undefined;
	let [lowerMs, upperMs] = [MIN_MS, MAX_MS];
	while (upperMs - lowerMs > HOUR_MS) {
		const middleMs = Math.floor((lowerMs + upperMs) / 2);
		if (yield* hasRecordSince(fromMs(middleMs), settings)) lowerMs = middleMs;
		else upperMs = middleMs;
	}
	return fromMs(lowerMs);
}

function* hasRecordSince(since: string | undefined, settings: Settings): Step<boolean> {
	const { parts, immutableFilters, bounds } = settings;
	for (const part of parts) {
		const query = { ...part, ...changedFrom(since) };
		const { rows } = yield* requestPage(settings, immutableFilters, query, 'ASC', 0, bounds.margin);
		if (rows.length) return true;
	}
	return false;
}
