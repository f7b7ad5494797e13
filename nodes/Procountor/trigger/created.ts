import {
	atMost,
	isDraft,
	matching,
	newAhead,
	newestRequest,
	page,
	risingId,
	scanDown,
	scanNewest,
	type Row,
} from './scan';
import { packIds, unpackIds } from './compactIds';
import type { Ahead, Note, Settings, Step, Strategy } from './step';
import { dayBefore, isBefore, isSettled, later, reachBack } from './times';

/**
 * What is remembered for new records: all up to the id `cursor` is done with, but for the `drafts` that are waited for. The
 * rest is read again by every poll, and `seen` holds which of it was handled.
 */
export interface CreatedMemory {
	cursor: number;
	/** Ids above the cursor that were handled, packed. */
	seen: string;
	drafts: number[];
	/** The newest time of creation that was seen. */
	newest?: string;
	/** Records made before this time are not wanted: the start date, or when a start from now saw nothing. */
	since?: string;
	/** The overlap is cut short, and that has been told. */
	short?: boolean;
	/** The last poll left a rest to this one. */
	behind?: boolean;
}

/** Waiting drafts whose row is looked up in one poll; the others' turn comes with the next. */
const LOOKUPS = 10;

/** Finds new records: each is emitted once, when it is first seen and saved. */
export const created: Strategy<CreatedMemory> = function* (remembered, settings) {
	const memory = remembered ?? (yield* begin(settings));
	if (remembered === undefined && settings.start.from === 'now') return { found: [], memory, notes: [] };
	const seen = new Set(unpackIds(memory.seen, memory.cursor));
	const isNew = (row: Row): boolean => !seen.has(row.id) && !isDraft(row) && !isTooOld(row, memory);
	const size = seen.size + settings.bounds.margin;
	const isBehind = memory.behind === true;
	const next = newestRequest(settings, settings.parts[0], memory.cursor, size, isBehind);
	const waiting = yield* askedAgain(memory.drafts, settings, { page: next });
	const read = yield* scanNewest(settings, memory.cursor, size, isBehind, newAhead(settings, isNew));
	const { rows, fresh, cutAt } = atMost(settings.bounds.items, read.rows, isNew);
	const found = yield* matching(settings, [...waiting.real, ...fresh]);
	const notes: Note[] = [];
	const isCut = cutAt === undefined && read.upTo !== undefined;
	// A day can tell what was there at an empty start only as long as nothing has been seen; later, old dates come new.
	const isComplete = rows.length > 0 && read.upTo === undefined && cutAt === undefined;
	const since = settings.fields.created === undefined && isComplete ? undefined : memory.since;
	// In a backlog, the newest record behind it tells that what is read now is settled long since.
	const newest = read.newest.reduce((time, row) => later(time, row.created), memory.newest);
	return {
		found: found.map(({ record }) => ({ record })),
		memory: {
			...settle({ ...memory, newest, drafts: waiting.drafts, since }, rows, isCut, settings, notes),
			behind: isCut || cutAt !== undefined || undefined,
		},
		notes,
	};
};

function* begin(settings: Settings): Step<CreatedMemory> {
	const { start, bounds } = settings;
	if (start.from === 'now') return yield* newestAsSeen(settings);
	if (start.date === undefined) return { cursor: 0, seen: '', drafts: [] };
	const last = yield* lastBefore(start.date, settings);
	return { cursor: Math.max(0, last - bounds.margin), seen: '', drafts: [], since: start.date };
}

/** The highest id of what was made a good while before a time, when late records have shown; 0 when there is none. */
function* lastBefore(time: string, settings: Settings): Step<number> {
	const { createdUntil, immutableFilters, parts, event } = settings;
	if (createdUntil === undefined) throw new RangeError(`${event} cannot start from a date`);
	const until = createdUntil.day ? dayBefore(reachBack(time)) : reachBack(time);
	let last = 0;
	for (const part of parts) {
		const { rows } = yield* page(settings, immutableFilters, { ...part, [createdUntil.parameter]: until }, 'DESC');
		last = Math.max(last, rows[0]?.id ?? 0);
	}
	return last;
}

/** The newest page counts as handled, but for its drafts; what lies below it was there before the start. */
function* newestAsSeen(settings: Settings): Step<CreatedMemory> {
	const all: Row[] = [];
	let cursor = 0;
	for (const part of settings.parts) {
		const { rows, lowest = 1 } = yield* scanDown(settings, part, isPageful(settings));
		all.push(...rows);
		cursor = Math.max(cursor, lowest - 1);
	}
	const rows = all.filter(({ id }) => id > cursor).sort(risingId);
	// Whoever sees nothing may lack the right, and may be granted it later.
	const since = rows.length ? undefined : settings.start.now;
	return settle({ cursor, seen: '', drafts: [], since }, rows, false, settings, []);
}

/** As many rows as a page should have, by several requests where pages come short. */
function isPageful({ bounds }: Settings): (rows: number, pages: number) => boolean {
	return (rows, pages) => rows >= bounds.page || pages >= bounds.pages;
}

function isTooOld(row: Row, { since }: CreatedMemory): boolean {
	if (row.day !== undefined) return since !== undefined && row.day < since.slice(0, 10);
	return isBefore(row.created, since);
}

/** Asks for the drafts below the cursor: which of them are real by now; those that are gone are forgotten. */
function* askedAgain(ids: number[], settings: Settings, ahead: Ahead): Step<{ real: Row[]; drafts: number[] }> {
	if (ids.length === 0) return { real: [], drafts: [] };
	const { records } = yield { ask: 'records', ids, ahead };
	const still = new Set(
		records.filter(({ status }) => isDraft({ status: String(status) })).map(({ id }) => Number(id)),
	);
	const real: Row[] = [];
	const drafts: number[] = [];
	let lookups = 0;
	for (const id of ids) {
		if (still.has(id) || lookups >= LOOKUPS) {
			drafts.push(id);
			continue;
		}
		lookups++;
		// The list has the last word: a record that cannot be read by its id may be a draft all the same.
		const { row, isShown } = yield* listed(id, settings);
		if (!isShown || (row && isDraft(row))) drafts.push(id);
		else if (row) real.push(row);
	}
	return { real, drafts };
}

/** A record in its list; a list that shows nothing, not even newer records, tells nothing of this one. */
function* listed(id: number, settings: Settings): Step<{ row?: Row; isShown: boolean }> {
	let isShown = false;
	for (const part of settings.parts) {
		const { rows } = yield* page(settings, settings.immutableFilters, part, 'ASC', id - 1, 1);
		if (rows[0]?.id === id) return { row: rows[0], isShown: true };
		isShown ||= rows.length > 0;
	}
	return { isShown };
}

/**
 * The memory after all rows above the cursor were handled. The cursor moves over records that were read and below which nothing
 * can turn up any more: made long enough before the newest (times.ts), and not among the last few, since ids may rise
 * not quite. Where a list tells no time of creation, the last few are all there is.
 */
function settle(memory: CreatedMemory, rows: Row[], isCut: boolean, settings: Settings, notes: Note[]): CreatedMemory {
	const { bounds } = settings;
	const newest = rows.reduce((time, row) => later(time, row.created), memory.newest);
	let passed = 0;
	while (
		passed < rows.length - bounds.margin &&
		(rows[passed].created === undefined || isSettled(rows[passed].created, newest))
	)
		passed++;
	const waits = (row: Row): boolean => isDraft(row) && !isTooOld(row, memory);
	const held = rows.findIndex((row, index) => waits(row) && rows.length - index <= bounds.held);
	if (held >= 0) passed = Math.min(passed, held);
	// A scan that read no further must get on, whatever its rows' times.
	const half = Math.max(Math.floor(rows.length / 2), Math.min(bounds.margin, rows.length - 1));
	const most = isCut ? Math.min(bounds.overlap, half) : bounds.overlap;
	const short = rows.length - passed > most;
	if (short) passed = rows.length - most;
	if (short && !memory.short)
		notes.push({
			level: 'warn',
			text: `More than ${most} records were created in a short time: one that becomes visible only after ${most} newer ones will be missed`,
		});
	const cursor = passed ? rows[passed - 1].id : memory.cursor;
	const seen = new Set(unpackIds(memory.seen, memory.cursor));
	for (const row of rows) if (!waits(row)) seen.add(row.id);
	return {
		cursor,
		seen: packIds(
			[...seen].filter((id) => id > cursor),
			cursor,
		),
		drafts: waitingDrafts(
			[
				...memory.drafts,
				...rows
					.slice(0, passed)
					.filter(waits)
					.map(({ id }) => id),
			],
			bounds.drafts,
			notes,
		),
		newest,
		since: memory.since,
		short: short || undefined,
	};
}

function waitingDrafts(drafts: number[], most: number, notes: Note[]): number[] {
	if (drafts.length > most)
		notes.push({
			level: 'warn',
			text: `More than ${most} drafts are open: the ${drafts.length - most} oldest are no longer waited for`,
		});
	return drafts.slice(-most);
}
