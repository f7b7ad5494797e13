import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type Client, isOutcomeUnknown, messageOf, type Problem, problemIn, ProcountorError } from '../../api';
import type { ItemMemory } from '../../engine/itemMemory';
import type { Duplicates, DuplicateSearch } from './duplicates';
import { withLock, getRecent, setRecent } from './recentCreates';
import { raise } from '../../utils/raise';

/** What happens when the record is there already. */
export type IfExists = 'return' | 'stop' | 'create';

/** A record to create once, however often the item runs. */
export interface Creation {
	client: Client;
	memory: ItemMemory;
	/** The name under which the item remembers the record, if it creates several. */
	step?: string;
	/** Its name in messages: `the sales invoice 2026-117`. */
	name: string;
	/** What identifies the record; without it, the node cannot find out whether it was saved. */
	identity?: Identity;
	/** Collects the records that this execution created, to search for duplicates of them. */
	duplicates?: Duplicates;
	ifExists: IfExists;
	/** The IDs that `identity.find` has just returned, so that it is not called again. Not used with `create`. */
	existing?: number[];
	/** How long to look for a record if it is unknown whether it was saved. */
	lookUpSeconds: number;
	post(): Promise<IDataObject>;
	/** Reads the record by its ID; undefined while Procountor does not show it. */
	read(id: number): Promise<IDataObject | undefined>;
	/** Whether a record still counts as existing; void and deleted ones do not. */
	isActive(record: IDataObject): boolean;
	/** Where a user finds such records in Procountor, for messages. */
	where: string;
}

export interface Identity {
	/** The company, the type of the record, and what distinguishes it from others of that type. */
	key: ReadonlyArray<string | number | boolean | undefined>;
	/** Returns the IDs of the records with this identity that Procountor shows, the oldest first. */
	find(): Promise<number[]>;
	/** How to search for duplicates that another process created. */
	search?: DuplicateSearch;
}

export interface Created {
	record: IDataObject;
	/** Whether this item created it in this run; false if it existed. */
	isNew: boolean;
	/** The number of the item of this run that created an existing record. */
	createdByItem?: number;
	/** The ID of the record that an earlier run created and a user deleted. */
	deletedId?: number;
}

/**
 * Returns the output field `note` for a record that was created again after a user deleted it, or that another item of
 * the same run created. The latter also shows a hint, because two equal items may be a mistake in the data.
 * @param noun the type of the record, such as `journal`
 */
export function creationNote(
	context: IExecuteFunctions,
	{ record, createdByItem, deletedId }: Created,
	noun: string,
): IDataObject {
	if (deletedId !== undefined)
		return {
			note: `The ${noun} that an earlier run created (ID ${deletedId}) was deleted in Procountor, so this run created it again`,
		};
	if (createdByItem === undefined) return {};
	const note = `Item ${createdByItem} of this run created this ${noun} (ID ${String(record.id)}); no second one was created`;
	context.addExecutionHints({
		message: `${note}. If both are needed, give each item its own number or reference.`,
		type: 'warning',
		location: 'outputPane',
	});
	return { note };
}

/** Pauses between look-ups; each is twice as long as the one before. */
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 3000;

/**
 * Only after this many look-up times does a record that Procountor does not show count as not saved, or as deleted. Until
 * then each run fails, because a record that shows late would be created twice.
 */
const SETTLED_LOOK_UPS = 20;

/** How long to look for a record that was shown before and is no longer listed. After that it counts as deleted. */
const DELETED_AFTER_SECONDS = 3;

/**
 * Creates a record that must never exist twice, or returns the existing one. Items with the same identity wait for each
 * other. The steps are:
 * 1. If this item created the record earlier in the execution (n8n repeats nodes), it is returned again. If the outcome
 *    was unknown, the node looks for it.
 * 2. If Procountor shows a record with the identity, or this n8n posted one recently, it is returned or stops the item.
 * 3. Otherwise the record is posted. If the outcome is unknown, the node looks for the record and never posts it again in
 *    the same execution. If it finds none, the error says what to check.
 */
export async function createOnce(creation: Creation): Promise<Created> {
	const created = await findOrCreate(creation);
	const { identity, duplicates: doubles, ifExists, name } = creation;
	if (created.isNew && identity?.search && ifExists !== 'create')
		doubles?.add({
			id: Number(created.record.id),
			name,
			search: identity.search,
			onShown: () => markAsSeen(creation, Number(created.record.id)),
		});
	return created;
}

/** Remembers that Procountor has shown the record. If it no longer does, the record was deleted. */
function markAsSeen(creation: Creation, id: number): void {
	const name = recentKey(creation);
	const recent = getRecent(name);
	if (recent?.id === id) setRecent(name, { ...recent, seen: true });
}

async function findOrCreate(creation: Creation): Promise<Created> {
	return await withLock(recentKey(creation), async () => {
		const earlier = creation.memory.getStep(stepKey(creation));
		if (earlier?.id !== undefined) return { record: await readWhenShown(creation, earlier.id), isNew: true };
		if (earlier)
			return {
				record: await readWhenShown(creation, await lookUpSavedId(creation, earlier.before ?? [])),
				isNew: true,
			};
		const existing = creation.existing ?? (await creation.identity?.find()) ?? [];
		if (creation.ifExists === 'create') return { record: await postOnce(creation, existing), isNew: true };
		if (existing.length > 1 && creation.ifExists === 'return') throw severalExist(creation, existing);
		const { id, deletedId } = existing.length ? { id: existing[0] } : await findFromEarlierRun(creation);
		if (id !== undefined) return await returnExisting(creation, id);
		const again = deletedId === undefined ? {} : { deletedId };
		return { record: await postOnce(creation, existing), isNew: true, ...again };
	});
}

const stepKey = ({ step = 'create' }: Creation): string => step;

/** Returns the key under which this n8n process remembers the record. */
function recentKey({ memory, identity, client }: Creation): string | undefined {
	return identity && JSON.stringify([memory.credential, client.address.base, ...identity.key]);
}

async function returnExisting(creation: Creation, id: number): Promise<Created> {
	if (creation.ifExists !== 'stop') {
		const createdByItem = creation.memory.createdByItem(stepKey(creation), id);
		const record = await readWhenShown(creation, id, listedOnly);
		return { record, isNew: false, ...(createdByItem === undefined ? {} : { createdByItem }) };
	}
	throw new ProcountorError({
		message: `There is ${creation.name} already (ID ${id}), so none was created`,
		advice: "Use another number, or choose what happens under 'If It Already Exists'.",
	});
}

/** The node cannot choose between several records; another process may have created the second one. */
const severalExist = ({ name }: Creation, ids: number[]): ProcountorError =>
	new ProcountorError({
		message: `Procountor has ${name} more than once (IDs ${ids.join(' and ')}), so nothing was created`,
		advice: 'Keep one and invalidate or delete the others. Then run the workflow again.',
	});

/** Finds a record that an earlier run posted and that Procountor's list does not show yet, or no longer. */
async function findFromEarlierRun(creation: Creation): Promise<{ id?: number; deletedId?: number }> {
	const recent = getRecent(recentKey(creation));
	const settledAt = (recent?.at ?? 0) + creation.lookUpSeconds * 1000 * SETTLED_LOOK_UPS;
	if (!recent || Date.now() > settledAt) return {};
	const { id, seen } = recent;
	if (id === undefined) return { id: await lookUpSavedId(creation, []) };
	const record = seen
		? await pollUntil(
				{ ...creation, lookUpSeconds: Math.min(creation.lookUpSeconds, DELETED_AFTER_SECONDS) },
				async () => await creation.read(id),
			)
		: await readWhenShown(creation, id, lateOrDeleted(settledAt));
	// It was readable before, so it has been deleted.
	if (!record) return { deletedId: id };
	return creation.isActive(record) ? { id } : {};
}

async function postOnce(creation: Creation, before: number[]): Promise<IDataObject> {
	const { memory } = creation;
	const name = recentKey(creation);
	memory.setStep(stepKey(creation), { before });
	setRecent(name, { at: Date.now() });
	let record: IDataObject;
	try {
		record = await creation.post();
	} catch (error) {
		if (isOutcomeUnknown(error))
			return await readWhenShown(creation, await lookUpSavedId(creation, before, error.problem));
		// Procountor refused it: nothing was saved.
		memory.setStep(stepKey(creation), undefined);
		setRecent(name, undefined);
		return raise(error);
	}
	// A response without an ID shows that a record was saved, but not which.
	if (!Number.isSafeInteger(Number(record.id ?? NaN)))
		return await readWhenShown(creation, await lookUpSavedId(creation, before));
	rememberId(creation, Number(record.id));
	return record;
}

function rememberId(creation: Creation, id: number): void {
	creation.memory.setStep(stepKey(creation), { id });
	setRecent(recentKey(creation), { at: Date.now(), id });
}

/**
 * Looks for the new record until Procountor shows it or the time is over.
 * @param before the IDs of older records
 * @param problem why the outcome is unknown
 * @throws {ProcountorError} if the record is not found or cannot be looked for, so that its outcome stays unknown
 */
async function lookUpSavedId(creation: Creation, before: readonly number[], problem?: Problem): Promise<number> {
	const { identity } = creation;
	if (!identity) throw outcomeUnknown(creation, problem);
	const find = async (): Promise<number | undefined> => (await identity.find()).find((id) => !before.includes(id));
	const id = await pollUntil(creation, find).catch((error: unknown) => {
		throw outcomeUnknown(creation, problem, problemIn(error));
	});
	if (id === undefined) throw outcomeUnknown(creation, problem);
	rememberId(creation, id);
	return id;
}

type DescribeMissing = (creation: Creation, id: number) => Pick<Problem, 'message' | 'advice' | 'completed'>;

/** Describes a record that this execution saved and that cannot be read. */
const notShownYet: DescribeMissing = ({ name }, id) => ({
	message: `Procountor saved ${name} (ID ${id}), but does not return it yet`,
	advice: 'Run the workflow again in a minute: it continues from there.',
	completed: [`${name} saved (ID ${id})`],
});

/** Describes a record that an earlier run saved. @param settledAt when it counts as deleted, in milliseconds since 1970 */
const lateOrDeleted =
	(settledAt: number): DescribeMissing =>
	({ name }, id) => {
		const minutes = Math.max(1, Math.ceil((settledAt - Date.now()) / 60_000));
		return {
			message: `An earlier run saved ${name} (ID ${id}), but Procountor does not return it: it is late, or it was deleted`,
			advice: `Run the workflow again in a minute. If it was deleted, a run in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} or later creates it again.`,
		};
	};

/** Describes a record that only the list shows. */
const listedOnly: DescribeMissing = ({ name }, id) => ({
	message: `Procountor lists ${name} (ID ${id}), but does not return it`,
	advice: 'It may have just been deleted. Run the workflow again in a minute.',
});

/** Reads a saved record as soon as Procountor shows it. */
async function readWhenShown(
	creation: Creation,
	id: number,
	missing: DescribeMissing = notShownYet,
): Promise<IDataObject> {
	const record = await pollUntil(creation, async () => await creation.read(id)).catch((error: unknown) => {
		throw new ProcountorError({ ...problemIn(error), completed: missing(creation, id).completed });
	});
	if (!record) throw new ProcountorError(missing(creation, id));
	markAsSeen(creation, id);
	return record;
}

/** Calls a function until it returns a value or the look-up time is over. A temporary failure counts as no value. */
export async function pollUntil<T>(
	{ client, lookUpSeconds }: Pick<Creation, 'client' | 'lookUpSeconds'>,
	attempt: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const end = performance.now() + lookUpSeconds * 1000;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
		const result = await attempt().catch((error: unknown) =>
			performance.now() < end && isTemporary(error) ? undefined : raise(error),
		);
		const left = end - performance.now();
		if (result !== undefined || left <= 0) return result;
		await client.pause(Math.min(pause, left));
	}
}

/** Whether the next look-up may succeed. */
function isTemporary(error: unknown): boolean {
	return error instanceof ProcountorError && (error.problem.status === undefined || error.problem.status >= 429);
}

function outcomeUnknown(
	{ name, identity, lookUpSeconds, where }: Creation,
	problem?: Problem,
	lookUpProblem?: Problem,
): ProcountorError {
	const why = problem ? ` (${problem.message})` : '';
	let looked = `The node looked for it for ${lookUpSeconds} seconds and did not find it.`;
	if (!identity) looked = 'It has no number of its own, so its record cannot be told from others.';
	else if (lookUpProblem) looked = `The node could not look for it: ${messageOf(lookUpProblem)}.`;
	return new ProcountorError({
		status: problem?.status,
		codes: problem?.codes,
		message: `It is unclear whether Procountor saved ${name}${why}`,
		advice: `${looked} Look for it ${where} before you run this again.`,
		outcomeUnknown: true,
	});
}
