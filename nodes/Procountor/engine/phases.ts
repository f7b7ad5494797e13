import type { Client, Problem } from '../api';
import type { ItemMemory } from './itemMemory';
import type { Output, ItemTask } from './task';
import { raise } from '../utils/raise';

/** A task, with the memory of what its item writes; or why the item cannot be worked on. */
export type Prepared = (ItemTask & { memory?: ItemMemory }) | Problem;

type Work = (task: Prepared, index: number) => Promise<void>;

/** What is done with the items. */
export interface Works {
	/** Begins to read what an item's record needs; does not fail. */
	lookAhead: (task: Prepared) => void;
	/** Saves an item's record, for tasks in two parts. */
	begin: Work;
	/** Does the rest of an item's work, or all of it. */
	work: Work;
	/** Gives up what is being read. */
	stop(): void;
	/** Receives the records that were saved and not finished, if a failure ends the execution. */
	unfinished(records: string[]): void;
}

/** Items that are read for side by side: as many as the client's pace lets be under way. */
const READ_AT_ONCE = 16;
/** Items that are written side by side, where that was chosen: else one after the other, so that numbers follow items. */
const WRITTEN_AT_ONCE = 8;
/** Records that are saved before the first of them is approved or sent: one list request shows whether another process made them too. */
const SAVED_AT_A_TIME = 100;
/** Items whose own numbers and registers are read while the item before them is saved. */
const LOOKED_AHEAD = 4;
/** So many failures of later steps are met before the records that are left stay as they are: Procountor may be down. */
const MOST_FAILURES = 3;

/**
 * Processes all items. If tasks have two parts, it saves the records of up to a hundred items in the items' order;
 * their later steps run while the next hundred are saved. After a failure, it saves nothing more, finishes what is
 * saved, and throws the failure.
 */
export async function inPhases(tasks: Prepared[], works: Works): Promise<void> {
	if (!tasks.some((task) => 'run' in task && task.begin)) return await runConcurrently(tasks, works.work, works.stop);
	const failures: unknown[] = [];
	const unfinished: string[] = [];
	let finishing = Promise.resolve();
	for (let start = 0; start < tasks.length && failures.length === 0; start += SAVED_AT_A_TIME) {
		const begun = await saved(tasks, start, works, failures);
		await finishing;
		finishing = finished(tasks, begun, works.work, failures, unfinished);
	}
	await finishing;
	if (failures.length === 0) return;
	works.unfinished(unfinished);
	raise(failures[0]);
}

/** Saves the records of the next items until one fails; returns the items whose records were saved. */
async function saved(tasks: Prepared[], start: number, works: Works, failures: unknown[]): Promise<number[]> {
	const indexes = range(start, Math.min(start + SAVED_AT_A_TIME, tasks.length));
	const begun: number[] = [];
	let ahead = start;
	await forEachConcurrently(
		indexes,
		isTogether(tasks) ? WRITTEN_AT_ONCE : 1,
		() => failures.length > 0,
		async (index) => {
			const end = Math.min(index + 1 + LOOKED_AHEAD, start + indexes.length);
			for (; ahead < end; ahead++) works.lookAhead(tasks[ahead]);
			await works.begin(tasks[index], index).then(
				() => begun.push(index),
				(error: unknown) => failures.push(error),
			);
		},
	);
	return begun;
}

/** Does the later steps of saved records: those of one record after another, unless their order cannot matter. */
async function finished(
	tasks: Prepared[],
	indexes: number[],
	work: Work,
	failures: unknown[],
	unfinished: string[],
): Promise<void> {
	const isFree = indexes.every((index) => isProblem(tasks[index]) || tasks[index].finishesTogether === true);
	const left = new Set(indexes);
	await forEachConcurrently(
		indexes,
		isFree || isTogether(tasks) ? WRITTEN_AT_ONCE : 1,
		() => failures.length >= MOST_FAILURES,
		async (index) => {
			await work(tasks[index], index).then(
				() => left.delete(index),
				(error: unknown) => {
					// The error of the first one names its own record.
					if (failures.length === 0) left.delete(index);
					failures.push(error);
				},
			);
		},
	);
	for (const index of left) {
		const task = tasks[index];
		const record = isProblem(task) ? undefined : task.saved?.();
		if (record !== undefined) unfinished.push(record);
	}
}

const isProblem = (task: Prepared): task is Problem => !('run' in task);

const isTogether = (tasks: Prepared[]): boolean =>
	tasks.every((task) => isProblem(task) || task.readOnly || task.together === true);

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** A write in two parts: the first saves the record, the second does what follows. */
export interface TwoParts<Known, Saved> {
	/** Reads what saving needs and what may be read while other records are saved; undefined where nothing may. */
	lookAhead?(client: Client): Promise<Known | undefined>;
	/** Saves it; `known` is what `lookAhead` returned, if it was called and did not fail. */
	begin(client: Client, known: Known | undefined): Promise<Saved>;
	/** Does what follows, and gets what `begin` returned. */
	finish(client: Client, saved: Saved): Promise<Output[]>;
	/** What the saved record is called in messages. */
	name(saved: Saved): string;
}

/** Returns the parts of a task that `inPhases` calls, from a write in two parts. */
export function inTwoParts<Known, Saved>({
	lookAhead,
	begin,
	finish,
	name,
}: TwoParts<Known, Saved>): Required<Pick<ItemTask, 'lookAhead' | 'begin' | 'run' | 'saved'>> {
	let ahead: Promise<Known | undefined> | undefined;
	let begun: { value: Saved } | undefined;
	const save = async (client: Client): Promise<Saved> => {
		const known = await ahead;
		ahead = undefined;
		return await begin(client, known);
	};
	return {
		async lookAhead(client) {
			ahead = lookAhead?.(client).catch(() => undefined);
			await ahead;
		},
		async begin(client) {
			begun = { value: await save(client) };
		},
		saved: () => begun && name(begun.value),
		async run(client) {
			const { value } = begun ?? { value: await save(client) };
			const outputs = await finish(client, value);
			begun = undefined;
			return outputs;
		},
	};
}

/**
 * Works through a list: reading tasks several at a time, writing ones strictly in order. A failure ends it: no lane begins
 * another item, and what is read no longer helps, so `stop` gives it up. Writes that are under way come to their end
 * first, so that a repeated run meets none of them.
 */
async function runConcurrently(tasks: Prepared[], work: Work, stop: () => void): Promise<void> {
	const readOnly = tasks.every((task) => isProblem(task) || task.readOnly);
	const failures: unknown[] = [];
	await forEachConcurrently(
		range(0, tasks.length),
		readOnly ? READ_AT_ONCE : isTogether(tasks) ? WRITTEN_AT_ONCE : 1,
		() => failures.length > 0,
		async (index) => {
			await work(tasks[index], index).catch((error: unknown) => {
				failures.push(error);
				if (readOnly) stop();
			});
		},
	);
	if (failures.length) raise(failures[0]);
}

/** Works on items, so many at once, in their order, until it is over. */
async function forEachConcurrently(
	indexes: readonly number[],
	lanes: number,
	isOver: () => boolean,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const lane = async (): Promise<void> => {
		while (next < indexes.length && !isOver()) await work(indexes[next++]);
	};
	await Promise.all(Array.from({ length: Math.min(lanes, indexes.length) }, lane));
}
