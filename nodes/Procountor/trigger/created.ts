import {
	limitNewRows,
	isDraft,
	applyFilters,
	newRowsPicker,
	newestRequest,
	requestPage,
	byId,
	scanDown,
	scanNewest,
	type Row,
} from './scan';
import { packIds, unpackIds } from './compactIds';
import type { Ahead, Bounds, Note, Settings, Step, Strategy } from './step';
import { dayBefore, isBefore, isSettled, laterTime, overlapStart } from './times';

/**
 * The memory of the trigger for new records. All records up to the ID `cursor` are handled, except the `drafts`, which
 * are checked again. Every poll reads the records above the cursor again.
 */
export interface CreatedMemory {
	cursor: number;
	/** The handled IDs above the cursor, packed. */
	seen: string;
	drafts: number[];
	/** The newest time of creation that was seen. */
	newest?: string;
	/**
	 * Records created before this time are ignored: the start date, or the time of a start from now that saw no
	 * records.
	 */
	since?: string;
	/** The overlap is shorter than it should be, and this has been logged. */
	short?: boolean;
	/** The last poll did not read to the end of the list. */
	behind?: boolean;
}

/** How many waiting drafts one poll looks up in the list; the next polls look up the others. */
const MAX_LOOKUPS = 10;

/** Finds new records: emits each record once, when it is first seen and is not a draft. */
export const created: Strategy<CreatedMemory> = function* (remembered, settings) {
	const memory = remembered ?? (yield* begin(settings));
	if (remembered === undefined && settings.start.from === 'now') return { found: [], memory, notes: [] };
	const seen = new Set(unpackIds(memory.seen, memory.cursor));
	const isNew = (row: Row): boolean => !seen.has(row.id) && !isDraft(row) && !isTooOld(row, memory);
	const size = seen.size + settings.bounds.margin;
	const isBehind = memory.behind === true;
	const firstPage = newestRequest(settings, settings.parts[0], memory.cursor, size, isBehind);
	const { saved, drafts } = yield* recheckDrafts(memory.drafts, settings, { page: firstPage });
	const read = yield* scanNewest(settings, memory.cursor, size, isBehind, newRowsPicker(settings, isNew));
	const { rows, fresh, cutAt } = limitNewRows(settings.bounds.maxItems, read.rows, isNew);
	const found = yield* applyFilters(settings, [...saved, ...fresh]);
	const isCut = cutAt === undefined && read.upTo !== undefined;
	// In a list without times of creation, the start's day applies only until the list has been read once: a record with
	// an older date can be new afterwards.
	const isComplete = rows.length > 0 && read.upTo === undefined && cutAt === undefined;
	const since = settings.fields.created === undefined && isComplete ? undefined : memory.since;
	// If there is a backlog, its newest record shows that the records read now were created long enough ago.
	const newest = read.newest.reduce((time, row) => laterTime(time, row.created), memory.newest);
	const updated = updateMemory({ ...memory, newest, drafts, since }, { rows, isCut }, settings);
	return {
		found: found.map(({ record }) => ({ record })),
		memory: { ...updated.memory, behind: isCut || cutAt !== undefined || undefined },
		notes: updated.notes,
	};
};

function* begin(settings: Settings): Step<CreatedMemory> {
	const { start, bounds } = settings;
	if (start.from === 'now') return yield* startFromNow(settings);
	if (start.date === undefined) return { cursor: 0, seen: '', drafts: [] };
	const lastId = yield* findLastIdBefore(start.date, settings);
	return { cursor: Math.max(0, lastId - bounds.margin), seen: '', drafts: [], since: start.date };
}

/**
 * Returns the highest ID of the records created so long before a time that all later ones have higher IDs; 0 if there
 * are none.
 */
function* findLastIdBefore(time: string, settings: Settings): Step<number> {
	const { createdUntil, immutableFilters, parts, event } = settings;
	if (createdUntil === undefined) throw new RangeError(`${event} cannot start from a date`);
	const until = createdUntil.day ? dayBefore(overlapStart(time)) : overlapStart(time);
	let lastId = 0;
	for (const part of parts) {
		const query = { ...part, [createdUntil.parameter]: until };
		const { rows } = yield* requestPage(settings, immutableFilters, query, 'DESC');
		lastId = Math.max(lastId, rows[0]?.id ?? 0);
	}
	return lastId;
}

/** Marks the newest page as handled, except its drafts. Records below it existed before the start. */
function* startFromNow(settings: Settings): Step<CreatedMemory> {
	const all: Row[] = [];
	let cursor = 0;
	for (const part of settings.parts) {
		const { rows, lowest = 1 } = yield* scanDown(settings, part, hasFullPage(settings));
		all.push(...rows);
		cursor = Math.max(cursor, lowest - 1);
	}
	const rows = all.filter(({ id }) => id > cursor).sort(byId);
	// A user who sees no records may lack the right, and may get it later.
	const since = rows.length ? undefined : settings.start.now;
	return updateMemory({ cursor, seen: '', drafts: [], since }, { rows, isCut: false }, settings).memory;
}

/** Returns a test whether as many rows as a full page have been read. It takes several requests if pages are short. */
function hasFullPage({ bounds }: Settings): (rows: number, pages: number) => boolean {
	return (rows, pages) => rows >= bounds.pageSize || pages >= bounds.maxPages;
}

function isTooOld(row: Row, { since }: CreatedMemory): boolean {
	if (row.day !== undefined) return since !== undefined && row.day < since.slice(0, 10);
	return isBefore(row.created, since);
}

/** Checks which of the drafts below the cursor have been saved. Drafts that no longer exist are forgotten. */
function* recheckDrafts(ids: number[], settings: Settings, ahead: Ahead): Step<{ saved: Row[]; drafts: number[] }> {
	if (ids.length === 0) return { saved: [], drafts: [] };
	const { records } = yield { ask: 'records', ids, ahead };
	const draftIds = new Set(
		records.filter(({ status }) => isDraft({ status: String(status) })).map(({ id }) => Number(id)),
	);
	const saved: Row[] = [];
	const drafts: number[] = [];
	let lookups = 0;
	for (const id of ids) {
		if (draftIds.has(id) || lookups >= MAX_LOOKUPS) {
			drafts.push(id);
			continue;
		}
		lookups++;
		// The list decides: a record that cannot be read by its ID may still be a draft.
		const { row, isShown } = yield* findInList(id, settings);
		if (!isShown || (row && isDraft(row))) drafts.push(id);
		else if (row) saved.push(row);
	}
	return { saved, drafts };
}

/**
 * Looks up a record in the list. `isShown` is false if the list shows neither this record nor newer ones: then it does
 * not tell whether the record exists.
 */
function* findInList(id: number, settings: Settings): Step<{ row?: Row; isShown: boolean }> {
	let isShown = false;
	for (const part of settings.parts) {
		const { rows } = yield* requestPage(settings, settings.immutableFilters, part, 'ASC', id - 1, 1);
		if (rows[0]?.id === id) return { row: rows[0], isShown: true };
		isShown ||= rows.length > 0;
	}
	return { isShown };
}

/** The rows above the cursor that a poll handled. */
interface HandledRows {
	rows: Row[];
	/** Whether the poll's limits ended the scan before the end of the list. */
	isCut: boolean;
}

/** Returns the memory after the rows above the cursor were handled, and notes for the log. */
function updateMemory(
	memory: CreatedMemory,
	{ rows, isCut }: HandledRows,
	{ bounds }: Settings,
): { memory: CreatedMemory; notes: Note[] } {
	const newest = rows.reduce((time, row) => laterTime(time, row.created), memory.newest);
	const isOpenDraft = (row: Row): boolean => isDraft(row) && !isTooOld(row, memory);
	const settled = Math.min(countSettled(rows, newest, bounds), countBeforeHeldDraft(rows, isOpenDraft, bounds));
	const overlapLimit = isCut ? shortOverlap(rows.length, bounds) : bounds.overlap;
	const isShort = rows.length - settled > overlapLimit;
	const passed = isShort ? rows.length - overlapLimit : settled;
	const cursor = passed ? rows[passed - 1].id : memory.cursor;
	const seen = new Set(unpackIds(memory.seen, memory.cursor));
	for (const row of rows) if (!isOpenDraft(row)) seen.add(row.id);
	const passedRows = rows.slice(0, passed);
	const drafts = [...memory.drafts, ...passedRows.filter(isOpenDraft).map(({ id }) => id)];
	return {
		memory: {
			cursor,
			seen: packIds(
				[...seen].filter((id) => id > cursor),
				cursor,
			),
			drafts: drafts.slice(-bounds.drafts),
			newest,
			since: memory.since,
			short: isShort || undefined,
		},
		notes: [
			...(isShort && !memory.short ? [shortOverlapNote(overlapLimit)] : []),
			...(drafts.length > bounds.drafts ? [tooManyDraftsNote(drafts.length, bounds.drafts)] : []),
		],
	};
}

/**
 * Counts the rows that the cursor moves past, because no new record can appear below them: those created long enough
 * before the newest (times.ts), except the last few, because IDs do not always rise strictly with time. If the list has
 * no time of creation, only the last few are kept.
 */
function countSettled(rows: Row[], newest: string | undefined, bounds: Bounds): number {
	let passed = 0;
	while (
		passed < rows.length - bounds.margin &&
		(rows[passed].created === undefined || isSettled(rows[passed].created, newest))
	)
		passed++;
	return passed;
}

/** Counts the rows before the first draft that the cursor waits for, because few rows follow it. */
function countBeforeHeldDraft(rows: Row[], isOpenDraft: (row: Row) => boolean, bounds: Bounds): number {
	const held = rows.findIndex((row, index) => isOpenDraft(row) && rows.length - index <= bounds.maxHeld);
	return held >= 0 ? held : rows.length;
}

/** Returns the overlap after a scan that was cut: at most half of its rows, so that the next scan reads further. */
function shortOverlap(rowCount: number, bounds: Bounds): number {
	const half = Math.max(Math.floor(rowCount / 2), Math.min(bounds.margin, rowCount - 1));
	return Math.min(bounds.overlap, half);
}

function shortOverlapNote(limit: number): Note {
	return {
		level: 'warn',
		text: `More than ${limit} records were created in a short time: one that becomes visible only after ${limit} newer ones will be missed`,
	};
}

function tooManyDraftsNote(count: number, limit: number): Note {
	return {
		level: 'warn',
		text: `More than ${limit} drafts are open: the ${count - limit} oldest are no longer waited for`,
	};
}
