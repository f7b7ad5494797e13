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
 * One poll as a pure step: from what is remembered and what the person chose to items and a new memory. A poll that
 * fails has changed nothing. Settings or a company other than those of the memory make a new start.
 */
export function* poll(state: State | undefined, settings: Settings): Step<Outcome> {
	const session = state?.account === settings.account ? undefined : yield* readSession();
	const company = session?.company ?? (state as State).company;
	const belongsTo = { ...settings.chosen, companyId: company.id };
	const kept = { belongsTo, company, account: settings.account };
	const changed = state && differences(state.belongsTo, belongsTo);
	// Another search or company starts from now and cannot flood, unless the person said anew where to start.
	const isAfresh = !changed?.length || changed.includes(WORDS.start);
	const notes: Note[] = [];
	if (changed?.length)
		notes.push({
			level: 'info',
			text: `The trigger's ${changed.join(' and ')} changed: it starts anew, from ${isAfresh ? 'where it is set to' : 'now'}`,
		});
	else if (state && state.belongsTo.filters !== belongsTo.filters)
		notes.push({ level: 'info', text: "The trigger's filters changed: it goes on where it was, with the new ones" });
	const memory = state && changed?.length === 0 ? state.memory : undefined;
	const start = isAfresh ? settings.start : { from: 'now' as const };
	const begun = { ...settings, start };
	// Asked before the list is read: whatever the list does not show yet was made later, or could not be seen.
	if (memory === undefined && start.from === 'now')
		begun.start = { ...start, now: (session ?? (yield* readSession())).time };
	const progress = yield* strategies[settings.strategy](memory as never, begun);
	return { found: progress.found, state: { ...kept, memory: progress.memory }, notes: [...notes, ...progress.notes] };
}

/** The company, and the server's time; a record made later cannot show an earlier one. */
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

/** A stored state, as n8n gives it back; anything that this version does not know is no state. */
export function readState(stored: unknown): State | undefined {
	const state = stored as (IDataObject & Partial<State>) | undefined;
	return state?.belongsTo && state.company ? (state as unknown as State) : undefined;
}
