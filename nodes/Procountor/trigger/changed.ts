import { isDraft, applyFilters, newRowsPicker, type Row } from './scan';
import { packMap, unpackMap } from './compactIds';
import type { Note, Settings, Step, Strategy } from './step';
import { toMs, isBefore, laterTime, overlapStart, secondAfter, secondBefore, fromMs } from './times';
import { changedFrom, limitWindow, newestVersion, readWindow, type View, type WindowMemory } from './window';

/** The memory of the trigger for changed records: the window, and which versions in it were handled. */
export interface ChangedMemory extends WindowMemory {
	/** The last handled version of each record in the window, packed. */
	handled: string;
	/** Records that last changed before this time are handled. */
	floor?: string;
	/** The floor once the current scan is complete. */
	nextFloor?: string;
}

/** Finds changed records: emits each version that a poll sees once. A version is a record and its time of change. */
export const changed: Strategy<ChangedMemory> = function* (remembered, settings) {
	const memory = remembered ?? (yield* begin(settings));
	const { bounds, start } = settings;
	const isSilent = remembered === undefined && start.from === 'now';
	const handled = unpackMap(memory.handled);
	const isNew = (row: Row): boolean =>
		row.version !== undefined &&
		!isDraft(row) &&
		!isBefore(row.version, memory.floor) &&
		handled.get(row.id) !== versionOf(row);
	const options = isSilent ? { pages: bounds.firstPages } : { pickAhead: newRowsPicker(settings, isNew) };
	const read = yield* readWindow(memory, memory.floor, settings, options);
	if (isSilent && read.upTo !== undefined)
		return {
			found: [],
			memory: { handled: '', mark: memory.mark, floor: secondAfter(memory.mark ?? '') },
			notes: [MANY_AT_START],
		};
	// A user who sees no records may lack the right, and may get it later.
	if (isSilent && memory.mark === undefined && read.rows.length === 0)
		return { found: [], memory: { handled: '', floor: settings.start.now }, notes: [] };
	const { view, fresh } = limitWindow(read, isSilent ? Infinity : bounds.maxItems, isNew);
	const found = isSilent ? [] : yield* applyFilters(settings, fresh, changedFrom(view.from));
	for (const row of [...fresh, ...found]) handled.set(row.id, versionOf(row));
	const notes: Note[] = [];
	const kept = pruneHandled(handled, view, memory, settings, notes);
	return { found: found.map(({ record }) => ({ record })), memory: { ...view.window, ...kept }, notes };
};

const MANY_AT_START: Note = {
	level: 'warn',
	text: 'Very many records have just changed: further changes within the same second will be missed',
};

/** Returns the first window. With a start from now, the poll marks all that it contains as handled. */
function* begin(settings: Settings): Step<ChangedMemory> {
	const { from, date } = settings.start;
	const newest = yield* newestVersion(settings);
	if (from === 'now') return { handled: '', mark: newest };
	return { handled: '', floor: date, scan: { from: date && secondBefore(date), after: 0, next: newest } };
}

function versionOf({ version }: Row): number {
	return toMs(version) ?? 0;
}

/**
 * Keeps the handled versions that are still needed: all of the records that the scan has not reached, and those of the
 * other records that the next window contains. If there are too many, the oldest are dropped, and the floor rises above
 * them.
 */
function pruneHandled(
	handled: ReadonlyMap<number, number>,
	{ upTo = Infinity, next }: View,
	memory: ChangedMemory,
	{ bounds }: Settings,
	notes: Note[],
): Pick<ChangedMemory, 'handled' | 'floor' | 'nextFloor'> {
	let floor = laterTime(memory.floor, memory.nextFloor);
	const from = Math.max(toMs(next && overlapStart(next)) ?? 0, toMs(floor) ?? 0);
	const unscanned = [...handled].filter(([id]) => id > upTo);
	let scanned = [...handled].filter(([id, version]) => id <= upTo && version >= from);
	if (scanned.length > bounds.versions) {
		const newestDropped = scanned.map(([, version]) => version).sort((a, b) => b - a)[bounds.versions];
		floor = secondAfter(fromMs(newestDropped));
		scanned = scanned.filter(([, version]) => version >= (toMs(floor) ?? 0));
		notes.push({
			level: 'warn',
			text: `More than ${bounds.versions} records changed in a short time: what changed before ${floor} and becomes visible only now will be missed`,
		});
	}
	const packed = packMap(new Map([...unscanned, ...scanned]));
	return upTo === Infinity ? { handled: packed, floor } : { handled: packed, floor: memory.floor, nextFloor: floor };
}
