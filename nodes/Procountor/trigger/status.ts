import { isDraft, matching, newAhead, scanDown, type Row } from './scan';
import { packMap, unpackMap } from './compactIds';
import type { Found, Note, Settings, Step, Strategy } from './step';
import { isBefore, secondBefore } from './times';
import { changedFrom, narrowed, newestVersion, readWindow, type WindowMemory } from './window';

/** What is remembered for status changes: the window in which changed records show, and the last seen status of each record. */
export interface StatusMemory extends WindowMemory {
	/** The names that stand behind the numbers in `statuses`; the first is for a record that had no status yet. */
	names: string[];
	/** The last seen status of each record, packed. */
	statuses: string;
	/** Up to this id, what is not remembered is not known; beyond it, a record is new. */
	unknownTo: number;
	/** After a start that saw nothing: changes before this time are not looked at. */
	floor?: string;
	/** After a start from now that saw nothing: records made before this time are not new, whenever they show. */
	since?: string;
	/** Not all statuses can be remembered, and that has been told. */
	full?: boolean;
}

/** Finds status changes: each difference that polls see is emitted once, also if a record returns to a status. */
export const status: Strategy<StatusMemory> = function* (remembered, settings) {
	const notes: Note[] = [];
	const memory = remembered ?? (yield* begin(settings, notes));
	if (remembered === undefined && settings.start.from === 'now') return { found: [], memory, notes };
	const known = new Known(memory);
	const { bounds, targets } = settings;
	const isOther = (row: Row): boolean => row.status !== undefined && known.isOther(row);
	const isTarget = (row: Row): boolean => !isDraft(row) && (targets.length === 0 || targets.includes(row.status ?? ''));
	const isWanted = (row: Row): boolean => isOther(row) && known.canTell(row, isOld(row, memory)) && isTarget(row);
	const read = yield* readWindow(memory, memory.floor, settings, { pickAhead: newAhead(settings, isWanted) });
	const { view, fresh } = narrowed(read, bounds.items, isOther);
	const differences = fresh.flatMap((row) => known.differenceAt(row, isOld(row, memory)) ?? []);
	const wanted = differences.filter(({ row }) => isTarget(row));
	const matched = new Set(
		(yield* matching(
			settings,
			wanted.map(({ row }) => row),
			changedFrom(view.from),
		)).map(({ id }) => id),
	);
	const found = wanted
		.filter(({ row }) => matched.has(row.id))
		.map(({ row, before }): Found => ({
			record: row.record,
			more: { status: row.status, previousStatus: before ?? null },
		}));
	const { floor, since } = memory;
	return { found, memory: { ...view.window, ...remember(known, settings, memory.full, notes), floor, since }, notes };
};

/** No statuses, packed. */
const NONE = packMap(new Map());

/** Reads the statuses that the newest records have, so that the first difference is known as one. */
function* begin(settings: Settings, notes: Note[]): Step<StatusMemory> {
	const { from, date, now } = settings.start;
	const mark = yield* newestVersion(settings);
	if (from === 'everything') return { names: [''], statuses: '', unknownTo: 0, scan: { after: 0, next: mark } };
	const known = new Known({ names: [''], statuses: '', unknownTo: 0 });
	for (const part of settings.parts) yield* readStatuses(settings, part, known, notes);
	const kept = remember(known, settings, false, notes);
	// Whoever sees nothing may lack the right, and may be granted it later. What went away in the midst of the start tells
	// the time as records show it, which the clock may not.
	const isEmpty = kept.statuses === NONE;
	const since = mark ?? now;
	if (from === 'now') return { ...kept, mark, ...(isEmpty ? { floor: since, since } : {}) };
	const floor = isEmpty ? date : undefined;
	return { ...kept, floor, scan: { from: secondBefore(date ?? ''), after: 0, next: mark } };
}

function isOld({ created, version }: Row, { floor, since }: StatusMemory): boolean {
	return isBefore(created, since) || isBefore(version, floor);
}

function* readStatuses(
	settings: Settings,
	part: Settings['immutableFilters']['query'],
	known: Known,
	notes: Note[],
): Step<void> {
	const { bounds, parts, start } = settings;
	const { rows, lowest } = yield* scanDown(
		settings,
		part,
		(_rows, pages, timeIsUp) => timeIsUp || pages * parts.length >= bounds.firstPages,
	);
	for (const row of rows) known.begin(row, start.from === 'date' && !isBefore(row.version, start.date));
	if (lowest !== undefined)
		notes.push({
			level: 'warn',
			text: `There are more records than a start reads: of those with an ID below ${lowest}, the first change of status is not noticed`,
		});
}

/** What is known as it is kept, and, the first time that this is not all, a word about it. */
function remember(
	known: Known,
	{ bounds }: Settings,
	wasFull: boolean | undefined,
	notes: Note[],
): Omit<StatusMemory, keyof WindowMemory> {
	const full = known.forgetBeyond(bounds.statuses);
	if (full && !wasFull)
		notes.push({
			level: 'warn',
			text: `The statuses of the ${bounds.statuses} newest records are remembered: of older ones, the next change of status is not noticed`,
		});
	return { ...known.memory, full: full || wasFull || undefined };
}

/** The statuses that are known, by id. */
class Known {
	private readonly numbers: Map<number, number>;
	private readonly names: string[];
	private unknownTo: number;

	constructor({ names, statuses, unknownTo }: Pick<StatusMemory, 'names' | 'statuses' | 'unknownTo'>) {
		this.names = [...names];
		this.numbers = unpackMap(statuses);
		this.unknownTo = unknownTo;
	}

	/** A record as the start finds it; what changed since the chosen date counts as without status. */
	begin({ id, status = '' }: Row, isNew: boolean): void {
		this.numbers.set(id, this.numberOf(isNew ? '' : status));
		this.unknownTo = Math.max(this.unknownTo, id);
	}

	/** Whether a record has another status than it had, or none was known. */
	isOther(row: Row): boolean {
		return this.numbers.get(row.id) !== this.numberOf(row.status ?? '');
	}

	/** Whether a record's status before can be known; not of one that was there before the start and is not remembered. */
	canTell({ id }: Row, isOld: boolean): boolean {
		return this.numbers.has(id) || (!isOld && id > this.unknownTo);
	}

	/** Takes note of a record's status; what it was before, where that can be known. */
	differenceAt(row: Row, isOld: boolean): { row: Row; before?: string } | undefined {
		const isKnown = this.canTell(row, isOld);
		const before = this.numbers.get(row.id);
		this.numbers.set(row.id, this.numberOf(row.status ?? ''));
		return isKnown ? { row, before: before ? this.names[before] : undefined } : undefined;
	}

	/** Keeps the newest records; whether some had to go. */
	forgetBeyond(most: number): boolean {
		const ids = [...this.numbers.keys()].sort((a, b) => a - b);
		const forgotten = ids.slice(0, Math.max(0, ids.length - most));
		for (const id of forgotten) this.numbers.delete(id);
		this.unknownTo = Math.max(this.unknownTo, forgotten.at(-1) ?? 0);
		return forgotten.length > 0;
	}

	get memory(): Pick<StatusMemory, 'names' | 'statuses' | 'unknownTo'> {
		return { names: this.names, statuses: packMap(this.numbers), unknownTo: this.unknownTo };
	}

	private numberOf(name: string): number {
		const known = this.names.indexOf(name);
		return known >= 0 ? known : this.names.push(name) - 1;
	}
}
