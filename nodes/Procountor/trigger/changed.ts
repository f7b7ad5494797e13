import { isDraft, matching, newAhead, type Row } from './scan';
import { packMap, unpackMap } from './compactIds';
import type { Note, Settings, Step, Strategy } from './step';
import { clock, isBefore, later, reachBack, secondAfter, secondBefore, written } from './times';
import { changedFrom, narrowed, newestVersion, readWindow, type View, type WindowMemory } from './window';

/** What is remembered for changed records: the window, and which versions in it were handled. */
export interface ChangedMemory extends WindowMemory {
	/** The last handled version of each record in the window, packed. */
	handled: string;
	/** Everything last changed before this moment is done with. */
	floor?: string;
	/** The floor once the scan that is under way is complete. */
	nextFloor?: string;
}

/** Finds changed records: each version that a poll sees is emitted once. A version is a record and its time. */
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
	const options = isSilent ? { pages: bounds.firstPages } : { pickAhead: newAhead(settings, isNew) };
	const read = yield* readWindow(memory, memory.floor, settings, options);
	if (isSilent && read.upTo !== undefined)
		return {
			found: [],
			memory: { handled: '', mark: memory.mark, floor: secondAfter(memory.mark ?? '') },
			notes: [MANY_AT_START],
		};
	// Whoever sees nothing may lack the right, and may be granted it later.
	if (isSilent && memory.mark === undefined && read.rows.length === 0)
		return { found: [], memory: { handled: '', floor: settings.start.now }, notes: [] };
	const { view, fresh } = narrowed(read, isSilent ? Infinity : bounds.items, isNew);
	const found = isSilent ? [] : yield* matching(settings, fresh, changedFrom(view.from));
	for (const row of [...fresh, ...found]) handled.set(row.id, versionOf(row));
	const notes: Note[] = [];
	const kept = keep(handled, view, memory, settings, notes);
	return { found: found.map(({ record }) => ({ record })), memory: { ...view.window, ...kept }, notes };
};

const MANY_AT_START: Note = {
	level: 'warn',
	text: 'Very many records have just changed: further changes within the same second will be missed',
};

/** The first window: what it holds back from the newest version counts as handled; or from the date on; or all there is. */
function* begin(settings: Settings): Step<ChangedMemory> {
	const { from, date } = settings.start;
	const next = yield* newestVersion(settings);
	if (from === 'now') return { handled: '', mark: next };
	return { handled: '', floor: date, scan: { from: date && secondBefore(date), after: 0, next } };
}

function versionOf({ version }: Row): number {
	return clock(version) ?? 0;
}

/**
 * The handled versions that matter still: of records that the scan has yet to come to, all; of the others those that the next
 * window shows again. If these are too many, the oldest are given up: nothing up to them will be looked at again.
 */
function keep(
	handled: ReadonlyMap<number, number>,
	{ upTo = Infinity, next }: View,
	memory: ChangedMemory,
	{ bounds }: Settings,
	notes: Note[],
): Pick<ChangedMemory, 'handled' | 'floor' | 'nextFloor'> {
	let floor = later(memory.floor, memory.nextFloor);
	const from = Math.max(clock(next && reachBack(next)) ?? 0, clock(floor) ?? 0);
	const ahead = [...handled].filter(([id]) => id > upTo);
	let behind = [...handled].filter(([id, version]) => id <= upTo && version >= from);
	if (behind.length > bounds.versions) {
		const newestGivenUp = behind.map(([, version]) => version).sort((a, b) => b - a)[bounds.versions];
		floor = secondAfter(written(newestGivenUp));
		behind = behind.filter(([, version]) => version >= (clock(floor) ?? 0));
		notes.push({
			level: 'warn',
			text: `More than ${bounds.versions} records changed in a short time: what changed before ${floor} and becomes visible only now will be missed`,
		});
	}
	const compacted = packMap(new Map([...ahead, ...behind]));
	return upTo === Infinity
		? { handled: compacted, floor }
		: { handled: compacted, floor: memory.floor, nextFloor: floor };
}
