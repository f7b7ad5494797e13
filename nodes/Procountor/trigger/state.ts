import type { IDataObject } from 'n8n-workflow';
import { changed as changedRecords, type ChangedMemory } from './changed';
import { created, type CreatedMemory } from './created';
import { status, type StatusMemory } from './status';
import { earliestAfter } from './times';
import type { Chosen, Found, Note, Progress, Settings, Step, StrategyName } from './step';

type Memory = CreatedMemory | ChangedMemory | StatusMemory;

/** A strategy gets only its own memory, because a memory belongs to one event. */
const strategies: Record<StrategyName, (memory: never, settings: Settings) => Step<Progress<Memory>>> = {
	created,
	changed: changedRecords,
	status,
};

/**
 * What n8n stores for a trigger between polls. A poll may get an older state, because n8n saves it only when items are
 * emitted.
 */
export interface State {
	/** The user's settings and the company to which the memory belongs. */
	belongsTo: Chosen & { companyId: number };
	company: Company;
	/** The account with which the company was requested. */
	account: string;
	memory: Memory;
}

export interface Company {
	id: number;
	name: string;
}

/** A poll's result: the records, the state to store once they are emitted, and notes for the log. */
export interface Outcome {
	found: Found[];
	state: State;
	notes: Note[];
}

/**
 * Runs one poll as a pure step that returns records and a new state. A poll that fails changes nothing. If the settings
 * or the company differ from those of the memory, the trigger starts again.
 */
export function* poll(state: State | undefined, settings: Settings): Step<Outcome> {
	const session = state?.account === settings.account ? undefined : yield* readSession();
	const company = session?.company ?? (state as State).company;
	const belongsTo = { ...settings.chosen, companyId: company.id };
	const owner = { belongsTo, company, account: settings.account };
	const beginning = beginningOf(state, belongsTo);
	const { memory } = beginning;
	const start = beginning.isFromNow ? { from: 'now' as const } : settings.start;
	// The time is requested before the list, so that a record missing from the list was created later or was not visible.
	const isFromNow = memory === undefined && start.from === 'now';
	const now = isFromNow ? (session ?? (yield* readSession())).time : undefined;
	const startSettings = { ...settings, start: isFromNow ? { ...start, now } : start };
	const progress = yield* strategies[settings.strategy](memory as never, startSettings);
	return {
		found: progress.found,
		state: { ...owner, memory: progress.memory },
		notes: [...beginning.notes, ...progress.notes],
	};
}

/** Where a poll begins. */
interface Beginning {
	/** The memory of the last poll; undefined if the trigger starts again. */
	memory: Memory | undefined;
	/** Whether the trigger starts from now, whatever Start From says. */
	isFromNow?: boolean;
	notes: Note[];
}

function beginningOf(state: State | undefined, belongsTo: State['belongsTo']): Beginning {
	if (!state) return { memory: undefined, notes: [] };
	const changed = changedLabels(state.belongsTo, belongsTo);
	if (changed.length === 0) {
		const text = "The trigger's filters changed: it continues where it was, with the new filters";
		const hasOtherFilters = state.belongsTo.filters !== belongsTo.filters;
		return { memory: state.memory, notes: hasOtherFilters ? [{ level: 'info', text }] : [] };
	}
	// With another search or company, the trigger starts from now, so that it does not emit all old records, unless the user
	// also changed Start From.
	const isFromNow = !changed.includes(LABELS.start);
	const text = `The trigger's ${changed.join(' and ')} changed: it starts again, from ${isFromNow ? 'now' : 'where it is set to'}`;
	return { memory: undefined, isFromNow, notes: [{ level: 'info', text }] };
}

/** Requests the company and the server's time. A record created later cannot have an earlier time. */
export function* readSession(): Step<{ company: Company; time?: string }> {
	const { records, time } = yield { ask: 'session' };
	return {
		company: { id: Number(records[0]?.companyId) || 0, name: String(records[0]?.name ?? '') },
		time: time === undefined ? undefined : earliestAfter(time),
	};
}

const LABELS = { search: 'event or types', companyId: 'company', start: 'start' } as const;

/** Returns the labels of the settings whose change makes the memory useless. */
function changedLabels(before: State['belongsTo'], after: State['belongsTo']): string[] {
	return (Object.keys(LABELS) as Array<keyof typeof LABELS>)
		.filter((name) => before[name] !== after[name])
		.map((name) => LABELS[name]);
}

/** Returns the state that n8n has stored; undefined if there is none or this version does not know its form. */
export function readState(stored: unknown): State | undefined {
	const state = stored as (IDataObject & Partial<State>) | undefined;
	return state?.belongsTo && state.company ? (state as unknown as State) : undefined;
}
