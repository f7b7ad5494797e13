import type { IDataObject } from 'n8n-workflow';
import { changed as changedRecords, type ChangedMemory } from './changed';
import { created, type CreatedMemory } from './created';
import { status, type StatusMemory } from './status';
import { earliestAfter } from './times';
import type { Chosen, Found, Note, Progress, Settings, Step, StrategyName } from './step';

type Memory = CreatedMemory | ChangedMemory | StatusMemory;

/** A memory belongs to an event, and so to its strategy: none ever gets another's. */
const strategies: Record<StrategyName, (memory: never, settings: Settings) => Step<Progress<Memory>>> = {
	created,
	changed: changedRecords,
	status,
};

/** What n8n keeps of a trigger between polls. It must be safe to go on from an older one: n8n stores it when items are emitted. */
export interface State {
	/** What the person had chosen, and the company that the memory is of. */
	belongsTo: Chosen & { companyId: number };
	company: Company;
	/** The account that the company was asked for with. */
	account: string;
	memory: Memory;
}

export interface Company {
	id: number;
	name: string;
}

/** A poll's result: items, what to remember once they are handed over, and what to write into the log. */
export interface Outcome {
	found: Found[];
	state: State;
	notes: Note[];
}

/**
 * One poll as a pure step: from the memory and the settings to items and a new memory. A poll that fails changes
 * nothing. If settings or company differ from those of the memory, it starts again.
 */
export function* poll(state: State | undefined, settings: Settings): Step<Outcome> {
	const session = state?.account === settings.account ? undefined : yield* readSession();
	const company = session?.company ?? (state as State).company;
	const belongsTo = { ...settings.chosen, companyId: company.id };
	const kept = { belongsTo, company, account: settings.account };
	const beginning = beginningOf(state, belongsTo);
	const { memory } = beginning;
	const start = beginning.isFromNow ? { from: 'now' as const } : settings.start;
	// Asked before the list is read: whatever the list does not show yet was made later, or could not be seen.
	const isFromNow = memory === undefined && start.from === 'now';
	const now = isFromNow ? (session ?? (yield* readSession())).time : undefined;
	const begun = { ...settings, start: isFromNow ? { ...start, now } : start };
	const progress = yield* strategies[settings.strategy](memory as never, begun);
	return {
		found: progress.found,
		state: { ...kept, memory: progress.memory },
		notes: [...beginning.notes, ...progress.notes],
	};
}

/** Where a poll begins: with the memory of the last one, or again. */
interface Beginning {
	/** Undefined where the poll begins again. */
	memory: Memory | undefined;
	/** A new beginning is now, whatever the person set. */
	isFromNow?: boolean;
	notes: Note[];
}

function beginningOf(state: State | undefined, belongsTo: State['belongsTo']): Beginning {
	if (!state) return { memory: undefined, notes: [] };
	const changed = differences(state.belongsTo, belongsTo);
	if (changed.length === 0) {
		const text = "The trigger's filters changed: it continues where it was, with the new filters";
		const hasOtherFilters = state.belongsTo.filters !== belongsTo.filters;
		return { memory: state.memory, notes: hasOtherFilters ? [{ level: 'info', text }] : [] };
	}
	// Another search or company starts from now and cannot flood, unless the person said again where to start.
	const isFromNow = !changed.includes(WORDS.start);
	const text = `The trigger's ${changed.join(' and ')} changed: it starts again, from ${isFromNow ? 'now' : 'where it is set to'}`;
	return { memory: undefined, isFromNow, notes: [{ level: 'info', text }] };
}

/** Reads the company and the server's time. A record created later cannot have an earlier time. */
export function* readSession(): Step<{ company: Company; time?: string }> {
	const { records, time } = yield { ask: 'session' };
	return {
		company: { id: Number(records[0]?.companyId) || 0, name: String(records[0]?.name ?? '') },
		time: time === undefined ? undefined : earliestAfter(time),
	};
}

const WORDS = { search: 'event or types', companyId: 'company', start: 'start' } as const;

/** In words, what makes the memory useless. */
function differences(old: State['belongsTo'], now: State['belongsTo']): string[] {
	return (Object.keys(WORDS) as Array<keyof typeof WORDS>)
		.filter((name) => old[name] !== now[name])
		.map((name) => WORDS[name]);
}

/** Reads a state that n8n has stored. A state that this version does not know counts as none. */
export function readState(stored: unknown): State | undefined {
	const state = stored as (IDataObject & Partial<State>) | undefined;
	return state?.belongsTo && state.company ? (state as unknown as State) : undefined;
}
