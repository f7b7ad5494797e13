import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	adviceOf,
	type Client,
	Execution,
	openClient,
	type Problem,
	problemIn,
	ProcountorError,
	messageOf,
} from '../api';
import { explainRefusal } from '../access/refusals';
import { explainFaults } from '../labels/explainFaults';
import { yieldToEventLoop } from '../n8n/yieldToEventLoop';
import { ReturnNothingError } from './emptyFilter';
import { formLabels } from './formLabels';
import { Input } from './input';
import { ItemMemory } from './itemMemory';
import { errorFor, nodeError } from '../n8n/nodeError';
import { Parameters } from './parameters';
import type { Operation, Resource } from './types';
import type { Output, ItemTask, OperationHandler } from './task';
import { handlerFor } from './handlers';
import { runInPhases, type PreparedTask } from './phases';
import { writeOnce } from './writeOnce';

/**
 * Runs one operation for all items. All items are prepared first, so that an invalid item is refused before anything is
 * written. The outputs are in the order of the items, and each is paired with its item.
 */
export async function execute(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const operation = operationOf(context, resources);
	const pause = yieldToEventLoop();
	const tasks = await prepareAll(context, operation, items, pause);
	const results = new Array<INodeExecutionData[]>(items.length);
	const client = operation.offline ? undefined : await openClientFor(context, operation, tasks, pause);
	const work = async (task: PreparedTask, index: number): Promise<void> => {
		results[index] ??= await runItem(context, client as Client, task, index);
		await pause();
	};
	const begin = async (task: PreparedTask, index: number): Promise<void> => {
		const failure = await beginItem(context, client as Client, task, index);
		if (failure) results[index] = failure;
		await pause();
	};
	const lookAhead = (task: PreparedTask): void => {
		if (hasFirstPhase(task)) void task.lookAhead?.(client as Client);
	};
	const unfinishedRecords: string[] = [];
	const stop = (): void => client?.close();
	await runInPhases(tasks, {
		lookAhead,
		begin,
		work,
		stop,
		unfinished: (records) => unfinishedRecords.push(...records),
	}).catch(async (failure: unknown) => {
		if (!(failure instanceof ItemFailure)) throw failure;
		const error = await explainRefusal(client?.reopen(), failure.error);
		throw errorFor(
			context.getNode(),
			unfinishedRecords.length ? withUnfinishedRecords(error, unfinishedRecords) : error,
			failure.index,
		);
	});
	forgetWrites(context, tasks, results);
	// The list of a single item can be long, so it is not copied.
	return [results.length === 1 ? results[0] : results.flatMap((result) => result ?? [])];
}

/** Adds to an item's error the records of other items that were saved without their later steps. */
function withUnfinishedRecords(error: unknown, records: string[]): ProcountorError {
	const problem = problemIn(error);
	const advice =
		`${problem.advice ?? ''} Saved as well, without the steps that follow: ${[...new Set(records)].join(', ')}.`.trim();
	return new ProcountorError({ ...problem, advice });
}

function operationOf(context: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = resources.find(({ value }) => value === resource)?.operations[name];
	if (operation === undefined)
		throw nodeError(context.getNode(), {
			message: `The operation '${resource}: ${name}' is not known`,
			advice: 'Choose resource and operation again; the workflow may come from another version of the node.',
		});
	return operation;
}

/** The task of an item with an empty filter and 'Return Nothing'. */
const NOTHING_TO_DO: ItemTask = { readOnly: true, run: async () => [] };

async function prepareAll(
	context: IExecuteFunctions,
	operation: Operation,
	items: readonly INodeExecutionData[],
	pause: () => Promise<void>,
): Promise<PreparedTask[]> {
	const prepare = handlerFor(operation);
	const execution = new Execution();
	const parameters = new Parameters(context, items);
	const tasks: PreparedTask[] = [];
	for (let index = 0; index < items.length; index++) {
		try {
			tasks.push(withMemory(prepare, operation, new Input(context, index, parameters), execution));
		} catch (error) {
			if (error instanceof ReturnNothingError) tasks.push(NOTHING_TO_DO);
			else if (!context.continueOnFail()) throw errorFor(context.getNode(), error, index);
			else tasks.push(problemIn(error));
		}
		await pause();
	}
	return tasks;
}

function withMemory(prepare: OperationHandler, operation: Operation, input: Input, execution: Execution): PreparedTask {
	const task = prepare(operation, input, execution);
	return task.readOnly ? task : { ...task, memory: new ItemMemory(input) };
}

/**
 * Forgets what the items have written, unless n8n will run the node again because an item failed. n8n also retries if the
 * first output has an `error`, even if that is a field of Procountor's record.
 */
function forgetWrites(context: IExecuteFunctions, tasks: PreparedTask[], results: INodeExecutionData[][]): void {
	const isFailure = (result: INodeExecutionData[]): boolean => result?.[0]?.json.error !== undefined;
	if (context.getNode().retryOnFail === true && results.some(isFailure)) return;
	const one = tasks.find((task) => 'run' in task && task.memory) as { memory: ItemMemory } | undefined;
	one?.memory.forgetRun();
}

/** Opens the client. An unusable credential stops all items, whatever 'On Error' is set to. */
async function openClientFor(
	context: IExecuteFunctions,
	operation: Operation,
	tasks: PreparedTask[],
	pause: () => Promise<void>,
): Promise<Client | undefined> {
	if (tasks.length === 0) return undefined;
	try {
		const labelOf = formLabels(operation);
		return await openClient(context, tasks.length, pause, (faults) => explainFaults(faults, labelOf));
	} catch (error) {
		throw errorFor(context.getNode(), error, 0);
	}
}

/** The error of the item that ends the execution. */
class ItemFailure extends Error {
	constructor(
		readonly error: unknown,
		readonly index: number,
	) {
		super();
	}
}

/** Whether an item's record has to be saved in a first phase. An item that an earlier try has finished needs none. */
const hasFirstPhase = (task: PreparedTask): task is Exclude<PreparedTask, Problem> =>
	'run' in task && task.begin !== undefined && task.memory?.output === undefined;

/** Runs the first phase of an item, which saves its record. Returns the output of a failure if the workflow continues. */
async function beginItem(
	context: IExecuteFunctions,
	client: Client,
	task: PreparedTask,
	index: number,
): Promise<INodeExecutionData[] | undefined> {
	if (!hasFirstPhase(task)) return undefined;
	try {
		await task.begin?.(client);
		return undefined;
	} catch (error) {
		return await failureOutput(context, client, error, index);
	}
}

async function runItem(
	context: IExecuteFunctions,
	client: Client,
	task: PreparedTask,
	index: number,
): Promise<INodeExecutionData[]> {
	try {
		if (!('run' in task)) return errorItem(task, index);
		const { memory } = task;
		return pairWithItem(memory ? await writeOnce(task, memory, client) : await task.run(client), index);
	} catch (error) {
		return await failureOutput(context, client, error, index);
	}
}

/** Returns the output of a failure if the workflow continues, and throws otherwise. */
async function failureOutput(
	context: IExecuteFunctions,
	client: Client,
	error: unknown,
	index: number,
): Promise<INodeExecutionData[]> {
	if (!context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) throw new ItemFailure(error, index);
	return errorItem(problemIn(await explainRefusal(client, error)), index);
}

/** Pairs outputs with their item like n8n's helper, but in place, since there can be a hundred thousand. */
function pairWithItem(outputs: Output[], index: number): INodeExecutionData[] {
	const pairedItem = { item: index };
	for (const output of outputs) output.pairedItem ??= pairedItem;
	return outputs as INodeExecutionData[];
}

/**
 * Returns the output of a failure if the workflow continues. Every n8n version recognizes exactly these two fields as a
 * failure and leaves them unchanged. Of an item with an error object n8n would keep one line.
 */
function errorItem(problem: Problem, index: number): INodeExecutionData[] {
	const error = messageOf(problem);
	return [{ json: { error, message: adviceOf(problem) || error }, pairedItem: { item: index } }];
}
