import { type Client, problemIn, ProcountorError, type Problem } from '../api';
import type { ItemMemory } from './itemMemory';
import type { Output, ItemTask } from './task';
import { raise } from '../utils/raise';

/** What a retry says of a write that was under way when the execution was stopped. */
const STOPPED: Problem = {
	message: 'It is unclear whether Procountor carried out this write: the execution was stopped while it was under way',
	outcomeUnknown: true,
};

/**
 * Runs a task that writes, once in a run of the node, however often n8n repeats it. An item that succeeded returns its output
 * again without a request. One whose outcome is unknown is looked up where the task can do that; otherwise it stays unknown
 * and is not sent again. One that was refused is tried again. Tasks with several steps remember each step themselves.
 * @throws what the task throws; a ProcountorError for an earlier try of unknown outcome
 */
export async function writeOnce(task: ItemTask, memory: ItemMemory, client: Client): Promise<Output[]> {
	const { output } = memory;
	if (output) return output;
	const earlier = task.resumes ? undefined : memory.outcomeUnknown;
	const found = earlier && (await lookedUp(task, client, earlier));
	const result = found ?? (await written(task, memory, client));
	memory.succeeded(result);
	return result;
}

async function written(task: ItemTask, memory: ItemMemory, client: Client): Promise<Output[]> {
	// n8n stores a stopped execution at once, without waiting for the response.
	memory.setOutcomeUnknown(STOPPED);
	try {
		return await task.run(client);
	} catch (error) {
		const problem = problemIn(error);
		memory.setOutcomeUnknown(problem.outcomeUnknown ? problem : undefined);
		return raise(error);
	}
}

/** What an earlier try of unknown outcome has written; undefined if it has surely written nothing. */
async function lookedUp(task: ItemTask, client: Client, earlier: Problem): Promise<Output[] | undefined> {
	if (task.lookUp) return await task.lookUp(client);
	throw new ProcountorError({
		...earlier,
		advice:
			'An earlier try sent it, so this try did not send it again. Check in Procountor whether it was saved. If it was not, start a new execution.',
	});
}
