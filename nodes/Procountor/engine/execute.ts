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
import { NothingAsked } from './emptyFilter';
import { formLabels } from './formLabels';
import { Input } from './input';
import { ItemMemory } from './itemMemory';
import { errorFor, nodeError } from '../n8n/nodeError';
import { Parameters } from './parameters';
import type { Operation, Resource } from './types';
import type { Output, ItemTask, OperationHandler } from './task';
import { handlerFor } from './handlers';
import { inPhases, type Prepared } from './phases';
import { writeOnce } from './writeOnce';

/**
 * Runs one operation for all items. All items are prepared first, so that a wrong one is refused before anything is
 * written. The outputs are in the order of the items, each paired with its item.
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
	const client = operation.offline ? undefined : await openFor(context, operation, tasks, pause);
	const work = async (task: Prepared, index: number): Promise<void> => {
		results[index] ??= await finished(context, client as Client, task, index);
		await pause();
	};
	const begin = async (task: Prepared, index: number): Promise<void> => {
		const failure = await begun(context, client as Client, task, index);
		if (failure) results[index] = failure;
		await pause();
	};
	const lookAhead = (task: Prepared): void => {
		if (isToBegin(task)) void task.lookAhead?.(client as Client);
	};
	const left: string[] = [];
	const stop = (): void => client?.close();
	await inPhases(tasks, { lookAhead, begin, work, stop, unfinished: (records) => left.push(...records) }).catch(
		async (failure: unknown) => {
			if (!(failure instanceof ItemFailure)) throw failure;
			const error = await explainRefusal(client?.reopen(), failure.error);
			throw errorFor(context.getNode(), left.length ? withUnfinished(error, left) : error, failure.index);
		},
	);
	forgetWritten(context, tasks, results);
	// A list of one item is not copied: it may be long.
	return [results.length === 1 ? results[0] : results.flatMap((result) => result ?? [])];
}

/** The problem of the item that ended an execution, with what was saved for others and lacks its later steps. */
function withUnfinished(error: unknown, records: string[]): ProcountorError {
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

/** The task of an item whose empty filter asks for nothing. */
const NOTHING: ItemTask = { readOnly: true, run: async () => [] };

async function prepareAll(
	context: IExecuteFunctions,
	operation: Operation,
	items: readonly INodeExecutionData[],
	pause: () => Promise<void>,
): Promise<Prepared[]> {
	const prepare = handlerFor(operation);
	const execution = new Execution();
	const parameters = new Parameters(context, items);
	const tasks: Prepared[] = [];
	for (let index = 0; index < items.length; index++) {
		try {
			tasks.push(withMemory(prepare, operation, new Input(context, index, parameters), execution));
		} catch (error) {
			if (error instanceof NothingAsked) tasks.push(NOTHING);
			else if (!context.continueOnFail()) throw errorFor(context.getNode(), error, index);
			else tasks.push(problemIn(error));
		}
		await pause();
	}
	return tasks;
}

function withMemory(prepare: OperationHandler, operation: Operation, input: Input, execution: Execution): Prepared {
	const task = prepare(operation, input, execution);
	return task.readOnly ? task : { ...task, memory: new ItemMemory(input) };
}

/**
 * Forgets what the items have written when n8n will not run the node again: every item came through, or n8n goes on
 * without a retry. n8n also retries for a first output with an `error`, even if Procountor's own record has one.
 */
function forgetWritten(context: IExecuteFunctions, tasks: Prepared[], results: INodeExecutionData[][]): void {
	const isFailure = (result: INodeExecutionData[]): boolean => result?.[0]?.json.error !== undefined;
	if (context.getNode().retryOnFail === true && results.some(isFailure)) return;
	const one = tasks.find((task) => 'run' in task && task.memory) as { memory: ItemMemory } | undefined;
	one?.memory.forgetRun();
}

/** The client for Procountor; a credential that cannot be used stops all items, whatever 'On Error' says. */
async function openFor(
	context: IExecuteFunctions,
	operation: Operation,
	tasks: Prepared[],
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

/** What ends an execution: the error of one item. */
class ItemFailure extends Error {
	constructor(
		readonly error: unknown,
		readonly index: number,
	) {
		super();
	}
}

/** Whether an item's record is saved before its later steps; what an earlier try has finished is not. */
const isToBegin = (task: Prepared): task is Exclude<Prepared, Problem> =>
	'run' in task && task.begin !== undefined && task.memory?.output === undefined;

/** Saves an item's record, before the steps that follow; returns the output of a failure where the workflow continues. */
async function begun(
	context: IExecuteFunctions,
	client: Client,
	task: Prepared,
	index: number,
): Promise<INodeExecutionData[] | undefined> {
	if (!isToBegin(task)) return undefined;
	try {
		await task.begin?.(client);
		return undefined;
	} catch (error) {
		return await failedOrThrown(context, client, error, index);
	}
}

async function finished(
	context: IExecuteFunctions,
	client: Client,
	task: Prepared,
	index: number,
): Promise<INodeExecutionData[]> {
	try {
		if (!('run' in task)) return failed(task, index);
		const { memory } = task;
		return paired(memory ? await writeOnce(task, memory, client) : await task.run(client), index);
	} catch (error) {
		return await failedOrThrown(context, client, error, index);
	}
}

/** The output of a failure where the workflow continues. What the failure means is asked only after everything else has ended. */
async function failedOrThrown(
	context: IExecuteFunctions,
	client: Client,
	error: unknown,
	index: number,
): Promise<INodeExecutionData[]> {
	if (!context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) throw new ItemFailure(error, index);
	return failed(problemIn(await explainRefusal(client, error)), index);
}

/** Pairs outputs to their item as n8n's own helper does, but in place: a hundred thousand of them are not held twice. */
function paired(outputs: Output[], index: number): INodeExecutionData[] {
	const pairedItem = { item: index };
	for (const output of outputs) output.pairedItem ??= pairedItem;
	return outputs as INodeExecutionData[];
}

/**
 * The item that stands for a failure when the workflow goes on: what happened, and what to do. Under these two names alone
 * every version of n8n knows it for a failure and leaves it as it is; of an item that holds an error object n8n keeps one line.
 */
function failed(problem: Problem, index: number): INodeExecutionData[] {
	const error = messageOf(problem);
	return [{ json: { error, message: adviceOf(problem) || error }, pairedItem: { item: index } }];
}
