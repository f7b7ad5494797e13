import type { IDataObject } from 'n8n-workflow';
import {
	type Call,
	type Client,
	type Problem,
	ProcountorError,
	RecordLoader,
	type Request,
	writeOrFind,
} from '../../api';
import { requestFor } from '../../engine/request';
import type { ItemTask, OperationHandler } from '../../engine/task';
import { titleOf } from '../../labels/terms';
import { capitalized } from '../../utils/texts';
import { ensureState } from './steps';
import { raise } from '../../utils/raise';

/** Whether a step is due, was done earlier, or is not allowed in the record's status. */
export type StepState = 'due' | 'done' | Obstacle;

/** Why a step is not allowed. */
export interface Obstacle {
	/** Ends a sentence that names the record and its status: `sending needs Not Sent`. */
	needs: string;
	/** What to do first. */
	advice?: string;
}

/** A step that changes a record's status, such as Approve (docs/procountor.md#invoice-statuses). */
export interface StatusStep {
	/** The word for a record after the step, for messages: `approved`, `sent`. */
	doneWord: string;
	/** The call that reads the record. */
	read: Call;
	nameOf(record: IDataObject): string;
	/** Returns the step's state from the record. `again` asks to repeat a step that was done. */
	stateOf(record: IDataObject, client: Client, again: boolean): StepState | Promise<StepState>;
	/** Explains a refusal that the status does not explain, such as other approvers; undefined if it cannot. */
	explainRefusal?(record: IDataObject, client: Client): Promise<StepState | undefined>;
	/** Whether a repeated step notifies people again. If its outcome is unknown, it is never sent again. */
	once?: boolean;
}

/** One item's step. */
interface StatusTask {
	step: StatusStep;
	request: Request;
	again: boolean;
	/** Reads the record before the step, together with those of other items. */
	readBefore(client: Client): Promise<IDataObject | undefined>;
}

/**
 * Changes a record's status so that a repeated run succeeds: a record that already has the status returns `changed:
 * false`. If the status does not allow the step, the error names that status and the ones that the step needs.
 */
export const changeStatus =
	(step: StatusStep): OperationHandler =>
	(operation, input, execution): ItemTask => {
		const values = input.values(operation);
		const id = Number(Object.values(values.ids)[0]);
		const loader = execution.shared(`status of ${step.read}`, () => new RecordLoader(step.read));
		loader.announce([id]);
		const task: StatusTask = {
			step,
			request: requestFor(operation, values),
			again: values.settings.again === true,
			// A user who can approve but not read the record can still do the step.
			readBefore: async (client) =>
				await loader.load(client, [id]).then(([record]) => withStatus(record), ignoreForbidden),
		};
		return {
			readOnly: false,
			// The record's status shows what an earlier try did.
			resumable: !step.once,
			lookUp: async (client) => [{ json: await confirmDone(client, task) }],
			run: async (client) => [{ json: await performStep(client, task) }],
		};
	};

async function performStep(client: Client, task: StatusTask): Promise<IDataObject> {
	const { step, request, again } = task;
	let record = await task.readBefore(client);
	let state = record ? await step.stateOf(record, client, again) : 'due';
	if (record && typeof state === 'object') {
		// The record was read before the first item was processed, so the obstacle may be gone.
		record = (await readRecord(client, task)) ?? record;
		state = await step.stateOf(record, client, again);
	}
	if (record && state === 'done') return alreadyDoneOutput(task, record);
	if (record && typeof state === 'object') throw new ProcountorError(obstacleProblem(step, record, state));
	try {
		const message = await sendStep(client, task);
		return { ...request.path, changed: true, ...message };
	} catch (error) {
		return await afterRefusal(client, task, error);
	}
}

/**
 * Returns the output if the record shows that an earlier try with an unknown outcome did the step.
 * @throws {ProcountorError} if the record does not show it
 */
async function confirmDone(client: Client, task: StatusTask): Promise<IDataObject> {
	const { step, request, again } = task;
	const record = again ? undefined : await readRecord(client, task).catch(() => undefined);
	if (record && (await step.stateOf(record, client, false)) === 'done') return { ...request.path, changed: true };
	throw new ProcountorError({
		message: `It is unclear whether ${request.noun} was ${step.doneWord} by an earlier try, so it was not tried again`,
		advice: 'Check its history in Procountor, then start a new execution if needed.',
		outcomeUnknown: true,
	});
}

/** Sends the step. If the outcome is unknown, it reads from the record whether the step was done. */
async function sendStep(client: Client, { step, request, again }: StatusTask): Promise<IDataObject> {
	const isDone = async (): Promise<boolean> => {
		if (again) return false;
		const record = await readRecord(client, { step, request });
		return record !== undefined && (await step.stateOf(record, client, false)) === 'done';
	};
	const send = async (): Promise<IDataObject> => (await client.requestJson(request)) ?? {};
	if (step.once) return await writeOrFind(send, async () => ((await isDone()) ? {} : undefined));
	let body: IDataObject = {};
	await ensureState(client, async () => void (body = await send()), isDone);
	return body;
}

/** Returns the output for a step that was done earlier. */
function alreadyDoneOutput({ step, request }: StatusTask, record: IDataObject): IDataObject {
	const message = `${capitalized(step.nameOf(record))} is ${step.doneWord} already (status ${titleOf(String(record.status))})`;
	return { ...request.path, status: record.status, changed: false, message };
}

function obstacleProblem(
	step: StatusStep,
	record: IDataObject,
	{ needs, advice }: Obstacle,
	refusal?: Problem,
): Problem {
	const message = `${capitalized(step.nameOf(record))} is ${titleOf(String(record.status))}; ${needs}`;
	return { message: advice ? `${message}. ${advice}` : message, status: refusal?.status, codes: refusal?.codes };
}

/** Reads the record after a refusal: somebody else may have done the step, or the status may explain the refusal. */
async function afterRefusal(client: Client, task: StatusTask, error: unknown): Promise<IDataObject> {
	const { step, again } = task;
	const isRefused =
		error instanceof ProcountorError &&
		!error.problem.outcomeUnknown &&
		[400, 403, 404, 409].includes(error.problem.status ?? 0);
	const record = isRefused ? await readRecord(client, task).catch(() => undefined) : undefined;
	if (!isRefused || record === undefined) return raise(error);
	let state: StepState | undefined = await step.stateOf(record, client, again);
	if (state === 'due') state = await step.explainRefusal?.(record, client).catch(() => undefined);
	if (state === 'done') return alreadyDoneOutput(task, record);
	if (state !== undefined && state !== 'due')
		throw new ProcountorError(obstacleProblem(step, record, state, error.problem));
	const { problem } = error;
	throw new ProcountorError({
		...problem,
		refused: problem.refused && { ...problem.refused, type: typeof record.type === 'string' ? record.type : undefined },
	});
}

async function readRecord(
	client: Client,
	{ step, request }: Pick<StatusTask, 'step' | 'request'>,
): Promise<IDataObject | undefined> {
	const record = await client
		.requestOptionalJson({ call: step.read, path: request.path, noun: request.noun })
		.catch(ignoreForbidden);
	return withStatus(record);
}

/** Returns the record only if it has a status; without one, only Procountor's response to the step tells its state. */
function withStatus(record: IDataObject | undefined): IDataObject | undefined {
	return typeof record?.status === 'string' ? record : undefined;
}

function ignoreForbidden(error: unknown): undefined {
	if (error instanceof ProcountorError && error.problem.status === 403) return undefined;
	return raise(error);
}
