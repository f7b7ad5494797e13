import { type Client, problemIn, ProcountorError, type Problem } from '../api';
import type { ItemMemory } from './itemMemory';
import type { Output, ItemTask } from './task';
import { raise } from '../utils/raise';

/** The problem that a retry reports for a write during which the execution was stopped. */
const INTERRUPTED: Problem = {
	message: 'It is unclear whether Procountor carried out this write: the execution was stopped while it was under way',
	outcomeUnknown: true,
};

/**
 * Runs a task that writes only once in a run of the node, however often n8n repeats it. An item that succeeded returns its
 * output again without a request. If the outcome is unknown, the task looks it up, or, if it cannot do that, the item fails
 * and is not sent again. An item that was refused is sent again. Tasks with several steps remember each step themselves.
 * @throws {ProcountorError} for an earlier try of unknown outcome; otherwise the task's error
 */
export async function writeOnce(task: ItemTask, memory: ItemMemory, client: Client): Promise<Output[]> {
	const { output } = memory;
	if (output) return output;
	const earlier = task.resumable ? undefined : memory.outcomeUnknown;
	const found = earlier && (await lookUpEarlierWrite(task, client, earlier));
	const result = found ?? (await runAndRemember(task, memory, client));
	memory.saveOutput(result);
	return result;
}

async function runAndRemember(task: ItemTask, memory: ItemMemory, client: Client): Promise<Output[]> {
	// If the execution is stopped, n8n saves its data at once, without waiting for the response.
	memory.setOutcomeUnknown(INTERRUPTED);
	try {
		return await task.run(client);
	} catch (error) {
		const problem = problemIn(error);
		memory.setOutcomeUnknown(problem.outcomeUnknown ? problem : undefined);
		return raise(error);
	}
}

/** Returns what an earlier try of unknown outcome has written; undefined if it certainly has written nothing. */
async function lookUpEarlierWrite(task: ItemTask, client: Client, earlier: Problem): Promise<Output[] | undefined> {
	if (task.lookUp) return await task.lookUp(client);
	throw new ProcountorError({
		...earlier,
		advice:
			'An earlier try sent it, so this try did not send it again. Check in Procountor whether it was saved. If it was not, start a new execution.',
	});
}
