import { isDraft, applyFilters, newRowsPicker, scanDown, type Row } from './scan';
import { packMap, unpackMap } from './compactIds';
import type { Found, Note, Settings, Step, Strategy } from './step';
import { isBefore, secondBefore } from './times';
import { changedFrom, limitWindow, newestVersion, readWindow, type WindowMemory } from './window';

/**
 * The memory of the trigger for status changes: the window of changed records, and the last seen status of each record.
 */
export interface StatusMemory extends WindowMemory {
	/** The statuses that the codes in `statuses` stand for. The first is for a record that had no status yet. */
	names: string[];
	/** The code of each record's last seen status, packed. */
	statuses: string;
	/** Up to this ID, the status of a record that is not in `statuses` is unknown. A record with a higher ID is new. */
	unknownTo: number;
	/** Only after a start that saw no records: changes before this time are ignored. */
	floor?: string;
	/** Only after a start from now that saw no records: records created before this time are not new. */
	since?: string;
	/** Not all statuses can be remembered, and this has been logged. */
	full?: boolean;
}

/** Finds status changes: emits each difference that polls see once, also if a record returns to a status. */
export const status: Strategy<StatusMemory> = function* (remembered, settings) {
	const notes: Note[] = [];
	const memory = remembered ?? (yield* begin(settings, notes));
	if (remembered === undefined && settings.start.from === 'now') return { found: [], memory, notes };
	const known = new KnownStatuses(memory);
	const { bounds, targets } = settings;
	const isOther = (row: Row): boolean => row.status !== undefined && known.hasChanged(row);
	const isTarget = (row: Row): boolean => !isDraft(row) && (targets.length === 0 || targets.includes(row.status ?? ''));
	const isWanted = (row: Row): boolean =>
		isOther(row) && known.isPreviousKnown(row, isOld(row, memory)) && isTarget(row);
	const read = yield* readWindow(memory, memory.floor, settings, { pickAhead: newRowsPicker(settings, isWanted) });
	const { view, fresh } = limitWindow(read, bounds.maxItems, isOther);
	const differences = fresh.flatMap((row) => known.update(row, isOld(row, memory)) ?? []);
	const wanted = differences.filter(({ row }) => isTarget(row));
	const matched = new Set(
		(yield* applyFilters(
			settings,
			wanted.map(({ row }) => row),
			changedFrom(view.from),
		)).map(({ id }) => id),
	);
	const found = wanted
		.filter(({ row }) => matched.has(row.id))
		.map(({ row, before }): Found => ({
			record: row.record,
			extraFields: { status: row.status, previousStatus: before ?? null },
		}));
	const { floor, since } = memory;
	return { found, memory: { ...view.window, ...toMemory(known, settings, memory.full, notes), floor, since }, notes };
};

const NO_STATUSES = packMap(new Map());

/** Reads the current statuses of the newest records, so that their first change is noticed. */
function* begin(settings: Settings, notes: Note[]): Step<StatusMemory> {
	const { from, date, now } = settings.start;
	const mark = yield* newestVersion(settings);
	if (from === 'everything') return { names: [''], statuses: '', unknownTo: 0, scan: { after: 0, next: mark } };
	const known = new KnownStatuses({ names: [''], statuses: '', unknownTo: 0 });
	for (const part of settings.parts) yield* readStatuses(settings, part, known, notes);
	const kept = toMemory(known, settings, false, notes);
	// A user who sees no records may lack the right, and may get it later. If records disappeared during the start, their
	// newest time is better than the server's clock, which may differ from it.
	const isEmpty = kept.statuses === NO_STATUSES;
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
	known: KnownStatuses,
	notes: Note[],
): Step<void> {
	const { bounds, parts, start } = settings;
	const { rows, lowest } = yield* scanDown(
		settings,
		part,
		(_rows, pages, timeIsUp) => timeIsUp || pages * parts.length >= bounds.firstPages,
	);
	for (const row of rows) known.initialize(row, start.from === 'date' && !isBefore(row.version, start.date));
	if (lowest !== undefined)
		notes.push({
			level: 'warn',
			text: `There are more records than a start reads: of those with an ID below ${lowest}, the first change of status is not noticed`,
		});
}

/** Returns the known statuses for the memory. If it cannot hold all of them for the first time, a note is added. */
function toMemory(
	known: KnownStatuses,
	{ bounds }: Settings,
	wasFull: boolean | undefined,
	notes: Note[],
): Omit<StatusMemory, keyof WindowMemory> {
	const full = known.forgetOldest(bounds.statuses);
	if (full && !wasFull)
		notes.push({
			level: 'warn',
			text: `The statuses of the ${bounds.statuses} newest records are remembered: of older ones, the next change of status is not noticed`,
		});
	return { ...known.memory, full: full || wasFull || undefined };
}

/** The last seen statuses by ID. */
class KnownStatuses {
	private readonly codes: Map<number, number>;
	private readonly names: string[];
	private unknownTo: number;

	constructor({ names, statuses, unknownTo }: Pick<StatusMemory, 'names' | 'statuses' | 'unknownTo'>) {
		this.names = [...names];
		this.codes = unpackMap(statuses);
		this.unknownTo = unknownTo;
	}

	/**
	 * Sets the status that a record has at the start. A record that changed since the start date counts as without
	 * status.
	 */
	initialize({ id, status = '' }: Row, isNew: boolean): void {
		this.codes.set(id, this.codeOf(isNew ? '' : status));
		this.unknownTo = Math.max(this.unknownTo, id);
	}

	/** Whether the status of a record differs from the last seen one, or none is known. */
	hasChanged(row: Row): boolean {
		return this.codes.get(row.id) !== this.codeOf(row.status ?? '');
	}

	/** Whether the previous status of a record is known. It is unknown if the record is old and not remembered. */
	isPreviousKnown({ id }: Row, isOld: boolean): boolean {
		return this.codes.has(id) || (!isOld && id > this.unknownTo);
	}

	/** Updates the status of a record and returns the previous one; undefined if that is unknown. */
	update(row: Row, isOld: boolean): { row: Row; before?: string } | undefined {
		const isKnown = this.isPreviousKnown(row, isOld);
		const before = this.codes.get(row.id);
		this.codes.set(row.id, this.codeOf(row.status ?? ''));
		return isKnown ? { row, before: before ? this.names[before] : undefined } : undefined;
	}

	/** Forgets the oldest records beyond a limit; returns whether there were any. */
	forgetOldest(limit: number): boolean {
		const ids = [...this.codes.keys()].sort((a, b) => a - b);
		const forgotten = ids.slice(0, Math.max(0, ids.length - limit));
		for (const id of forgotten) this.codes.delete(id);
		this.unknownTo = Math.max(this.unknownTo, forgotten.at(-1) ?? 0);
		return forgotten.length > 0;
	}

	get memory(): Pick<StatusMemory, 'names' | 'statuses' | 'unknownTo'> {
		return { names: this.names, statuses: packMap(this.codes), unknownTo: this.unknownTo };
	}

	private codeOf(name: string): number {
		const code = this.names.indexOf(name);
		return code >= 0 ? code : this.names.push(name) - 1;
	}
}
