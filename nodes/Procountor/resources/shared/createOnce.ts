import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type Client, type Problem, ProcountorError } from '../../api';
import type { ItemMemory } from '../../engine/itemMemory';
import type { Duplicates, DuplicateSearch } from './duplicates';
import { withLock, getRecent, setRecent } from './recentCreates';
import { raise } from '../../utils/raise';

/** What happens when the record is there already. */
export type IfExists = 'return' | 'stop' | 'create';

/** A record that is to be created once, however often it is asked for. */
export interface Creation {
	client: Client;
	memory: ItemMemory;
	/** What the item remembers it by, where it creates several records. */
	step?: string;
	/** What it is called in messages: `sales invoice 2026-117`. */
	name: string;
	/** What it is known by; without that nobody can tell whether it was saved. */
	identity?: Identity;
	/** The records that this execution created, to look for doubles of them. */
	doubles?: Duplicates;
	ifExists: IfExists;
	/** The IDs that `identity.find` returned a moment ago; without them it is asked now. Not for `create`. */
	existing?: number[];
	/** How long a record of unknown fate is looked for, in seconds. */
	lookUpSeconds: number;
	post(): Promise<IDataObject>;
	/** The record by its ID; undefined as long as it does not show. */
	read(id: number): Promise<IDataObject | undefined>;
	/** Whether a record still counts as there; void and deleted ones do not. */
	isActive(record: IDataObject): boolean;
	/** Where a person finds such records, for what to check. */
	where: string;
}

export interface Identity {
	/** The company, the kind, and what tells the record from others of it. */
	key: ReadonlyArray<string | number | boolean | undefined>;
	/** The IDs of the records with this identity that Procountor shows, the oldest first. */
	find(): Promise<number[]>;
	/** How doubles that another process created are looked for. */
	search?: DuplicateSearch;
}

export interface Created {
	record: IDataObject;
	/** It was there before this run, or was made by this item, now or earlier in the run. */
	how: 'found' | 'made';
	/** The number of the item of this run that made the record that was found. */
	madeByItem?: number;
	/** The ID of the record that an earlier run made and somebody deleted. */
	deletedId?: number;
}

/**
 * Returns output fields for a record that was created again after somebody deleted it. For a record that another item
 * of the same run created, it also shows a hint, because two equal items may be a mistake in the data. `noun` is the
 * name of the record, for example `journal`.
 */
export function repeatNote(
	context: IExecuteFunctions,
	{ record, madeByItem, deletedId }: Created,
	noun: string,
): IDataObject {
	if (deletedId !== undefined)
		return {
			note: `The ${noun} that an earlier run created (ID ${deletedId}) was deleted in Procountor, so this run created it again`,
		};
	if (madeByItem === undefined) return {};
	const note = `Item ${madeByItem} of this run created this ${noun} (ID ${String(record.id)}); no second one was created`;
	context.addExecutionHints({
		message: `${note}. If both are needed, give each item its own number or reference.`,
		type: 'warning',
		location: 'outputPane',
	});
	return { note };
}

/** How often a record is looked for: soon at first, then more and more seldom, in milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 3000;

/**
 * What does not show is taken for not saved, or deleted, only after this many times the look-up time: until then a new
 * run says so again, since what Procountor shows late would be made twice.
 */
const SETTLED_AFTER = 20;

/** How long a record is asked for that showed once and is not in the list any more, in seconds; then it was deleted. */
const GONE_AFTER = 3;

/**
 * Creates a record that must never exist twice, or finds the one that exists: invoices, journals, partners, products and
 * persons alike. In this order, those of one identity one after the other:
 * 1. what this item made earlier in the execution (n8n repeats nodes) is given again, or looked for where that was unclear;
 * 2. what Procountor shows under the identity, or else what this n8n posted lately, is given, or stops the item;
 * 3. only then it is posted. A post of unknown outcome is looked up for the given time, and never sent again in the same
 *    execution; what is not found by then is told as 'unclear', with what to check.
 */
export async function createOnce(creation: Creation): Promise<Created> {
	const created = await findOrCreate(creation);
	const { identity, doubles, ifExists, name } = creation;
	if (created.how === 'made' && identity?.search && ifExists !== 'create')
		doubles?.add({
			id: Number(created.record.id),
			name,
			search: identity.search,
			onShown: () => markAsSeen(creation, Number(created.record.id)),
		});
	return created;
}

/** Notes that Procountor shows the record: if it does not any more, it was deleted. */
function markAsSeen(creation: Creation, id: number): void {
	const name = recentKey(creation);
	const recent = getRecent(name);
	if (recent?.id === id) setRecent(name, { ...recent, seen: true });
}

async function findOrCreate(creation: Creation): Promise<Created> {
	return await withLock(recentKey(creation), async () => {
		const mine = creation.memory.of(stepName(creation));
		if (mine?.id !== undefined) return { record: await readWhenShown(creation, mine.id), how: 'made' };
		if (mine)
			return {
				record: await readWhenShown(
					creation,
					(await lookUpId(creation, mine.before ?? [])) ?? throwOutcomeUnknown(creation),
				),
				how: 'made',
			};
		const existing = creation.existing ?? (await creation.identity?.find()) ?? [];
		if (creation.ifExists === 'create') return { record: await postOnce(creation, existing), how: 'made' };
		if (existing.length > 1 && creation.ifExists === 'return') throw severalExist(creation, existing);
		const { id, deletedId } = existing.length ? { id: existing[0] } : await findFromEarlierRun(creation);
		if (id !== undefined) return await returnExisting(creation, id);
		const again = deletedId === undefined ? {} : { deletedId };
		return { record: await postOnce(creation, existing), how: 'made', ...again };
	});
}

const stepName = ({ step = 'create' }: Creation): string => step;

/** What the record is remembered by. */
function recentKey({ memory, identity, client }: Creation): string | undefined {
	return identity && JSON.stringify([memory.credential, client.address.base, ...identity.key]);
}

async function returnExisting(creation: Creation, id: number): Promise<Created> {
	if (creation.ifExists !== 'stop') {
		const madeByItem = creation.memory.madeByItem(stepName(creation), id);
		const record = await readWhenShown(creation, id, listedButMissing);
		return { record, how: 'found', ...(madeByItem === undefined ? {} : { madeByItem }) };
	}
	throw new ProcountorError({
		message: `There is ${creation.name} already (ID ${id}), so none was created`,
		advice: "Use another number, or choose what happens under 'If It Already Exists'.",
	});
}

/** Which of them is meant, nobody can tell; another process may have made the second one. */
const severalExist = ({ name }: Creation, ids: number[]): ProcountorError =>
	new ProcountorError({
		message: `Procountor has ${name} more than once (IDs ${ids.join(' and ')}), so nothing was created`,
		advice: 'Keep one and invalidate or delete the others. Then run the workflow again.',
	});

/** What an earlier run posted and Procountor's list does not show: yet, or any more. */
async function findFromEarlierRun(creation: Creation): Promise<{ id?: number; deletedId?: number }> {
	const recent = getRecent(recentKey(creation));
	const settledAt = (recent?.at ?? 0) + creation.lookUpSeconds * 1000 * SETTLED_AFTER;
	if (!recent || Date.now() > settledAt) return {};
	const { id, seen } = recent;
	if (id === undefined) return { id: (await lookUpId(creation, [])) ?? throwOutcomeUnknown(creation) };
	const record = seen
		? await pollUntil(
				{ ...creation, lookUpSeconds: Math.min(creation.lookUpSeconds, GONE_AFTER) },
				async () => await creation.read(id),
			)
		: await readWhenShown(creation, id, createdEarlierButMissing(settledAt));
	// What was readable once and is no more has been deleted.
	if (!record) return { deletedId: id };
	return creation.isActive(record) ? { id } : {};
}

async function postOnce(creation: Creation, before: number[]): Promise<IDataObject> {
	const { memory } = creation;
	const name = recentKey(creation);
	memory.set(stepName(creation), { before });
	setRecent(name, { at: Date.now() });
	try {
		const record = await creation.post();
		// An answer without ID tells that something was saved, but not what.
		if (!Number.isSafeInteger(Number(record.id ?? NaN)))
			return await readWhenShown(creation, (await lookUpId(creation, before)) ?? throwOutcomeUnknown(creation));
		rememberId(creation, Number(record.id));
		return record;
	} catch (error) {
		if (error instanceof ProcountorError && error.problem.outcomeUnknown)
			return await readWhenShown(
				creation,
				(await lookUpId(creation, before)) ?? throwOutcomeUnknown(creation, error.problem),
			);
		// It was refused: nothing was saved.
		memory.set(stepName(creation), undefined);
		setRecent(name, undefined);
		return raise(error);
	}
}

function rememberId(creation: Creation, id: number): void {
	creation.memory.set(stepName(creation), { id });
	setRecent(recentKey(creation), { at: Date.now(), id });
}

/** Looks for the record until it shows or the time is over; records from before are not the one. */
async function lookUpId(creation: Creation, before: number[]): Promise<number | undefined> {
	const { identity } = creation;
	if (!identity) return undefined;
	const id = await pollUntil(creation, async () => (await identity.find()).find((one) => !before.includes(one)));
	if (id !== undefined) rememberId(creation, id);
	return id;
}

type MissingRecordProblem = (creation: Creation, id: number) => Pick<Problem, 'message' | 'advice' | 'completed'>;

/** What is said of a record that this execution saved and that cannot be read. */
const savedButMissing: MissingRecordProblem = ({ name }, id) => ({
	message: `Procountor saved ${name} (ID ${id}), but does not return it yet`,
	advice: 'Run the workflow again in a minute: it continues from there.',
	completed: [`${name} saved (ID ${id})`],
});

/** What is said of one that an earlier run saved. @param settledAt when it counts as deleted, in milliseconds since 1970 */
const createdEarlierButMissing =
	(settledAt: number): MissingRecordProblem =>
	({ name }, id) => {
		const minutes = Math.max(1, Math.ceil((settledAt - Date.now()) / 60_000));
		return {
			message: `An earlier run saved ${name} (ID ${id}), but Procountor does not return it: it is late, or it was deleted`,
			advice: `Run the workflow again in a minute. If it was deleted, a run in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} or later creates it again.`,
		};
	};

/** What is said of one that only the list shows. */
const listedButMissing: MissingRecordProblem = ({ name }, id) => ({
	message: `Procountor lists ${name} (ID ${id}), but does not return it`,
	advice: 'It may have just been deleted. Run the workflow again in a minute.',
});

/** A record that is known to be saved, as soon as it shows. */
async function readWhenShown(
	creation: Creation,
	id: number,
	missing: MissingRecordProblem = savedButMissing,
): Promise<IDataObject> {
	const record = await pollUntil(creation, async () => await creation.read(id));
	if (!record) throw new ProcountorError(missing(creation, id));
	markAsSeen(creation, id);
	return record;
}

/** Asks until there is an answer or the look-up time is over. A request that fails counts as one that found nothing. */
export async function pollUntil<T>(
	{ client, lookUpSeconds }: Pick<Creation, 'client' | 'lookUpSeconds'>,
	attempt: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const end = performance.now() + lookUpSeconds * 1000;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
		const result = await attempt().catch((error: unknown) =>
			performance.now() < end && isTemporary(error) ? undefined : raise(error),
		);
		const left = end - performance.now();
		if (result !== undefined || left <= 0) return result;
		await client.pause(Math.min(pause, left));
	}
}

/** Whether a failure of a look may be gone at the next one. */
function isTemporary(error: unknown): boolean {
	return error instanceof ProcountorError && (error.problem.status === undefined || error.problem.status >= 429);
}

function throwOutcomeUnknown({ name, identity, lookUpSeconds, where }: Creation, problem?: Problem): never {
	const why = problem ? ` (${problem.message})` : '';
	const looked = identity
		? `The node looked for it for ${lookUpSeconds} seconds and did not find it.`
		: 'It has no number of its own, so its record cannot be told from others.';
	throw new ProcountorError({
		status: problem?.status,
		codes: problem?.codes,
		message: `It is unclear whether Procountor saved ${name}${why}`,
		advice: `${looked} Look for it ${where} before you run this again.`,
		outcomeUnknown: true,
	});
}
