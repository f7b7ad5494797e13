import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { changed as changedRecords, type ChangedMemory } from './changed';
import { created, type CreatedMemory } from './created';
import { status, type StatusMemory } from './status';
import type { Found, Note, Progress, Settings, Step, StrategyName } from './step';

type Memory = CreatedMemory | ChangedMemory | StatusMemory;

/** A memory belongs to an event, and so to its strategy: none ever gets another's. */
const strategies: Record<StrategyName, (memory: never, settings: Settings) => Step<Progress<Memory>>> = { created, changed: changedRecords, status };

/** What n8n keeps of a trigger between polls. It must be safe to go on from an older one: n8n stores it when items are emitted. */
export interface State {
	/** Event, filters and company that the memory belongs to. */
	belongsTo: { search: string; start: string; companyId: number };
	company: Company;
	/** The account that the company was asked for with. */
	account: string;
	/** Nothing yet, while there is nothing to begin from. */
	memory?: Memory;
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
	const company = state?.account === settings.account ? state.company : yield* askedCompany();
	const belongsTo = { search: searchOf(settings), start: JSON.stringify(settings.start), companyId: company.id };
	const kept = { belongsTo, company, account: settings.account };
	const changed = state && differenceOf(state.belongsTo, belongsTo);
	// Another search or company starts from now and cannot flood, unless the person said anew where to start.
	const isAfresh = !changed?.length || changed.includes(WORDS.start);
	const begun = isAfresh ? settings : { ...settings, start: { from: 'now' as const } };
	const notes: Note[] = changed?.length ? [{ level: 'info', text: `The trigger's ${changed.join(' and ')} changed: it starts anew, from ${isAfresh ? 'where it is set to' : 'now'}` }] : [];
	const memory = state && changed?.length === 0 ? state.memory : undefined;
	const progress = yield* strategies[settings.strategy](memory as never, begun);
	return { found: progress.found, state: { ...kept, memory: progress.memory }, notes: [...notes, ...progress.notes] };
}

function* askedCompany(): Step<Company> {
	const { records } = yield { ask: 'session' };
	return { id: Number(records[0]?.companyId) || 0, name: String(records[0]?.name ?? '') };
}

/** Everything that decides what is found, as one short text. */
function searchOf({ event, parts, lasting, whole }: Settings): string {
	return createHash('sha256').update(JSON.stringify([event, parts, lasting, whole])).digest('base64').slice(0, 24);
}

const WORDS = { search: 'event or filters', companyId: 'company', start: 'start' } as const;

function differenceOf(old: State['belongsTo'], now: State['belongsTo']): string[] {
	return (Object.keys(WORDS) as Array<keyof typeof WORDS>).filter((name) => old[name] !== now[name]).map((name) => WORDS[name]);
}

/** A stored state, as n8n gives it back; anything that this version does not know is no state. */
export function readState(stored: unknown): State | undefined {
	const state = stored as (IDataObject & Partial<State>) | undefined;
	return state?.belongsTo && state.company ? (state as unknown as State) : undefined;
}
