import type { Client, Problem } from '../api';
import type { ItemMemory } from './itemMemory';
import type { Output, ItemTask } from './task';
import { raise } from '../utils/raise';

/** A task, with the memory of what its item writes; or why the item cannot be worked on. */
export type Prepared = (ItemTask & { memory?: ItemMemory }) | Problem;

type Work = (task: Prepared, index: number) => Promise<void>;

/** Items that are read for side by side: as many as the client's pace lets be under way. */
const READ_AT_ONCE = 16;
/** Items that are written side by side, where that was chosen: else one after the other, so that numbers follow items. */
const WRITTEN_AT_ONCE = 8;
/** Records that are saved before the first of them is approved or sent: one list request shows whether another process made them too. */
const SAVED_AT_A_TIME = 100;

/**
 * Works through all items. Where tasks have two parts, the records of up to a hundred items are saved first, and then each
 * goes through its later steps. If saving one fails, those before it are still finished, and then the failure is thrown.
 */
export async function inPhases(tasks: Prepared[], begin: Work, work: Work, stop: () => void): Promise<void> {
	if (!tasks.some((task) => 'run' in task && task.begin)) return await runConcurrently(tasks, work, stop);
	for (let start = 0; start < tasks.length; start += SAVED_AT_A_TIME) {
		const part = tasks.slice(start, start + SAVED_AT_A_TIME);
		const begun = new Set<number>();
		const failures: unknown[] = [];
		const beginOne: Work = async (task, index) => {
			await begin(task, start + index);
			begun.add(index);
		};
		await runConcurrently(part, beginOne, stop).catch((error: unknown) => failures.push(error));
		await runConcurrently(
			part,
			async (task, index) => (begun.has(index) ? await work(task, start + index) : undefined),
			stop,
		);
		if (failures.length) raise(failures[0]);
	}
}

/**
 * A write in two parts: the first saves the record, the second does what follows.
 * @param begin saves it
 * @param finish gets what `begin` returned
 */
export function inTwoParts<T>(
	begin: (client: Client) => Promise<T>,
	finish: (client: Client, begun: T) => Promise<Output[]>,
): Required<Pick<ItemTask, 'begin' | 'run'>> {
	let begun: { value: T } | undefined;
	return {
		async begin(client) {
			begun = { value: await begin(client) };
		},
		async run(client) {
			const { value } = begun ?? { value: await begin(client) };
			begun = undefined;
			return await finish(client, value);
		},
	};
}

/**
 * Works through a list: reading tasks several at a time, writing ones strictly in order. A failure ends it: no lane begins
 * another item, and what is read no longer helps, so `stop` gives it up. Writes that are under way come to their end
 * first, so that a repeated run meets none of them.
 */
async function runConcurrently(
	tasks: Prepared[],
	work: (task: Prepared, index: number) => Promise<void>,
	stop: () => void,
): Promise<void> {
	const reads = tasks.every((task) => !('run' in task) || task.readOnly);
	const together = tasks.every((task) => !('run' in task) || task.readOnly || task.together);
	const lanes = reads ? READ_AT_ONCE : together ? WRITTEN_AT_ONCE : 1;
	const failures: unknown[] = [];
	let next = 0;
	const lane = async (): Promise<void> => {
		while (next < tasks.length && failures.length === 0) {
			const index = next++;
			await work(tasks[index], index).catch((error: unknown) => {
				failures.push(error);
				if (reads) stop();
			});
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, tasks.length) }, lane));
	if (failures.length) raise(failures[0]);
}
