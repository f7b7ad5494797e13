import type { Client, Problem } from '../api';
import type { ItemMemory } from './itemMemory';
import type { Output, ItemTask } from './task';
import { raise } from '../utils/raise';

/** A task with the memory of its item, or the problem of an item that could not be prepared. */
export type PreparedTask = (ItemTask & { memory?: ItemMemory }) | Problem;

type Work = (task: PreparedTask, index: number) => Promise<void>;

/** What `runInPhases` does with the items. */
export interface ItemWork {
	/** Starts to read what an item needs. Does not fail. */
	lookAhead: (task: PreparedTask) => void;
	/** Saves an item's record, if its task has two phases. */
	begin: Work;
	/** Does the rest of an item's work, or all of it if its task has one phase. */
	work: Work;
	/** Cancels reads in progress. */
	stop(): void;
	/** Called with the records that were saved but not finished, if a failure ends the execution. */
	unfinished(records: string[]): void;
}

/** As many as the rate limiter allows in flight. */
const MAX_CONCURRENT_READS = 16;
/** Applies only if the user chose concurrent writes. Otherwise items are written one by one, so that numbers follow items. */
const MAX_CONCURRENT_WRITES = 8;
/** How many records are saved before their later steps start. One list request then shows whether another process has created the same. */
const SAVE_BATCH_SIZE = 100;
/** For how many following items data is read while an item is saved. */
const LOOK_AHEAD_ITEMS = 4;
/** After so many failures of later steps, the remaining records are left unfinished, because Procountor may be down. */
const MAX_FAILURES = 3;

/**
 * Processes all items. If tasks have two phases, it saves the records of up to a hundred items in the items' order. Their
 * later steps run while the next hundred are saved. After a failure it saves no more records, finishes the saved ones, and
 * throws the failure.
 */
export async function runInPhases(tasks: PreparedTask[], work: ItemWork): Promise<void> {
	if (!tasks.some((task) => 'run' in task && task.begin)) return await runConcurrently(tasks, work.work, work.stop);
	const failures: unknown[] = [];
	const unfinished: string[] = [];
	let finishing = Promise.resolve();
	for (let start = 0; start < tasks.length && failures.length === 0; start += SAVE_BATCH_SIZE) {
		const savedIndexes = await saveBatch(tasks, start, work, failures);
		await finishing;
		finishing = finishBatch(tasks, savedIndexes, work.work, failures, unfinished);
	}
	await finishing;
	if (failures.length === 0) return;
	work.unfinished(unfinished);
	raise(failures[0]);
}

/** Saves the records of the next items until one fails; returns the items whose records were saved. */
async function saveBatch(tasks: PreparedTask[], start: number, work: ItemWork, failures: unknown[]): Promise<number[]> {
	const indexes = range(start, Math.min(start + SAVE_BATCH_SIZE, tasks.length));
	const savedIndexes: number[] = [];
	let ahead = start;
	await forEachConcurrently(
		indexes,
		mayRunConcurrently(tasks) ? MAX_CONCURRENT_WRITES : 1,
		() => failures.length > 0,
		async (index) => {
			const end = Math.min(index + 1 + LOOK_AHEAD_ITEMS, start + indexes.length);
			for (; ahead < end; ahead++) work.lookAhead(tasks[ahead]);
			await work.begin(tasks[index], index).then(
				() => savedIndexes.push(index),
				(error: unknown) => failures.push(error),
			);
		},
	);
	return savedIndexes;
}

/** Runs the later steps of saved records, one record after another unless their order does not matter. */
async function finishBatch(
	tasks: PreparedTask[],
	indexes: number[],
	work: Work,
	failures: unknown[],
	unfinished: string[],
): Promise<void> {
	const isOrderFree = indexes.every((index) => isProblem(tasks[index]) || tasks[index].finishesConcurrently === true);
	const remaining = new Set(indexes);
	await forEachConcurrently(
		indexes,
		isOrderFree || mayRunConcurrently(tasks) ? MAX_CONCURRENT_WRITES : 1,
		() => failures.length >= MAX_FAILURES,
		async (index) => {
			await work(tasks[index], index).then(
				() => remaining.delete(index),
				(error: unknown) => {
					// The first error is thrown, and names its record itself.
					if (failures.length === 0) remaining.delete(index);
					failures.push(error);
				},
			);
		},
	);
	for (const index of remaining) {
		const task = tasks[index];
		const record = isProblem(task) ? undefined : task.savedRecord?.();
		if (record !== undefined) unfinished.push(record);
	}
}

const isProblem = (task: PreparedTask): task is Problem => !('run' in task);

const mayRunConcurrently = (tasks: PreparedTask[]): boolean =>
	tasks.every((task) => isProblem(task) || task.readOnly || task.concurrent === true);

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** A write in two phases: the first saves the record, the second runs the later steps. */
export interface TwoPhaseWrite<LookedUp, Saved> {
	/** Reads what `begin` needs, as far as it can be read while other records are saved. */
	lookAhead?(client: Client): Promise<LookedUp | undefined>;
	/** Saves the record. `known` is the result of `lookAhead`, if that was called and did not fail. */
	begin(client: Client, known: LookedUp | undefined): Promise<Saved>;
	/** Runs the later steps with the result of `begin`. */
	finish(client: Client, saved: Saved): Promise<Output[]>;
	/** Returns what the saved record is called in messages. */
	name(saved: Saved): string;
}

/** Returns the methods of a task for a write in two phases. */
export function twoPhaseTask<Known, Saved>({
	lookAhead,
	begin,
	finish,
	name,
}: TwoPhaseWrite<Known, Saved>): Required<Pick<ItemTask, 'lookAhead' | 'begin' | 'run' | 'savedRecord'>> {
	let ahead: Promise<Known | undefined> | undefined;
	let saved: { value: Saved } | undefined;
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
			saved = { value: await save(client) };
		},
		savedRecord: () => saved && name(saved.value),
		async run(client) {
			const { value } = saved ?? { value: await save(client) };
			const outputs = await finish(client, value);
			saved = undefined;
			return outputs;
		},
	};
}

/**
 * Runs tasks that read concurrently, and tasks that write in order. After a failure no further task starts. `stop` then
 * cancels reads in progress. Writes in progress are completed first, so that they do not overlap with a repeated run.
 */
async function runConcurrently(tasks: PreparedTask[], work: Work, stop: () => void): Promise<void> {
	const readOnly = tasks.every((task) => isProblem(task) || task.readOnly);
	const failures: unknown[] = [];
	await forEachConcurrently(
		range(0, tasks.length),
		readOnly ? MAX_CONCURRENT_READS : mayRunConcurrently(tasks) ? MAX_CONCURRENT_WRITES : 1,
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

/** Starts the work for each index in order, with limited concurrency, until `isOver`. */
async function forEachConcurrently(
	indexes: readonly number[],
	concurrency: number,
	isOver: () => boolean,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < indexes.length && !isOver()) await work(indexes[next++]);
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, indexes.length) }, worker));
}
