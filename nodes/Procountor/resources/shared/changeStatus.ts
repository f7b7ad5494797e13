import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, type Problem, ProcountorError, RecordLoader, type Request } from '../../api';
import { requestFor } from '../../engine/request';
import type { ItemTask, OperationHandler } from '../../engine/task';
import { titleOf } from '../../labels/terms';
import { capitalized } from '../../utils/texts';
import { ensureState } from './steps';
import { raise } from '../../utils/raise';

/** Whether a step is due, was taken earlier, or is not allowed in the record's status. */
export type StepState = 'due' | 'taken' | Obstacle;

/** Why a step is not allowed. */
export interface Obstacle {
	/** Ends a sentence that names the record and its status: `sending needs Not Sent`. */
	needs: string;
	/** What to do first. */
	advice?: string;
}

/** A step in a record's life, such as Approve (docs/procountor.md#invoice-statuses). */
export interface StatusChange {
	/** `approved`, `sent`. */
	taken: string;
	/** The call that reads the record. */
	read: Call;
	nameOf(record: IDataObject): string;
	/** Returns the step's state from the record. `again` asks to repeat a step that was taken. */
	stateOf(record: IDataObject, client: Client, again: boolean): StepState | Promise<StepState>;
	/** Explains a refusal that the status does not explain, such as other approvers; undefined if it cannot. */
	refused?(record: IDataObject, client: Client): Promise<StepState | undefined>;
	/** Whether a repeated step reaches people, so that it is never sent again if its outcome is unknown. */
	once?: boolean;
}

/** The status change of one item. */
interface Change {
	step: StatusChange;
	request: Request;
	again: boolean;
	/** Reads the record before the step, together with those of other items. */
	before(client: Client): Promise<IDataObject | undefined>;
}

/**
 * Changes a record's status so that a repeated run succeeds: a record that already has the status returns `changed:
 * false`. If the status does not allow the step, the error names the status and the one that the step needs.
 */
export const changeStatus =
	(step: StatusChange): OperationHandler =>
	(operation, input, execution): ItemTask => {
		const values = input.values(operation);
		const id = Number(Object.values(values.ids)[0]);
		const loader = execution.shared(`status of ${step.read}`, () => new RecordLoader(step.read));
		loader.announce([id]);
		const change: Change = {
			step,
			request: requestFor(operation, values),
			again: values.settings.again === true,
			// A user who may approve but not read the record can still take the step.
			before: async (client) => await loader.load(client, [id]).then(([record]) => withStatus(record), ignoreForbidden),
		};
		return {
			readOnly: false,
			// The record's status shows what an earlier try did.
			resumable: !step.once,
			lookUp: async (client) => [{ json: await confirmTaken(client, change) }],
			run: async (client) => [{ json: await changeRecord(client, change) }],
		};
	};

async function changeRecord(client: Client, change: Change): Promise<IDataObject> {
	const { step, request, again } = change;
	let record = await change.before(client);
	let state = record ? await step.stateOf(record, client, again) : 'due';
	if (record && typeof state === 'object') {
		// The record was read before the first item was processed, so the obstacle may be gone.
		record = (await reread(client, change)) ?? record;
		state = await step.stateOf(record, client, again);
	}
	if (record && state === 'taken') return alreadyTaken(change, record);
	if (record && typeof state === 'object') throw new ProcountorError(obstacleProblem(step, record, state));
	try {
		const message = await sendStep(client, change);
		return { ...request.path, changed: true, ...message };
	} catch (error) {
		return await afterRefusal(client, change, error);
	}
}

/** Returns the output if an earlier try of unknown outcome took the step. @throws {ProcountorError} if the record does not show it */
async function confirmTaken(client: Client, change: Change): Promise<IDataObject> {
	const { step, request, again } = change;
	const record = again ? undefined : await reread(client, change).catch(() => undefined);
	if (record && (await step.stateOf(record, client, false)) === 'taken') return { ...request.path, changed: true };
	throw new ProcountorError({
		message: `It is unclear whether ${request.noun} was ${step.taken} by an earlier try, so it was not tried again`,
		advice: 'Check its history in Procountor, then start a new execution if needed.',
		outcomeUnknown: true,
	});
}

/** Sends the step. If the outcome is unknown, it reads from the record whether the step was taken. */
async function sendStep(client: Client, { step, request, again }: Change): Promise<IDataObject> {
	let body: IDataObject | undefined;
	const isTaken = async (): Promise<boolean> => {
		if (again) return false;
		const record = await reread(client, { step, request });
		return record !== undefined && (await step.stateOf(record, client, false)) === 'taken';
	};
	const send = async (): Promise<void> => {
		body = await client.requestJson(request);
	};
	if (!step.once) await ensureState(client, send, isTaken);
	else
		await send().catch(async (error: unknown) => {
			if (!(error instanceof ProcountorError) || !error.problem.outcomeUnknown) raise(error);
			// Without the record, the outcome stays unknown.
			if (!(await isTaken().catch(() => false))) raise(error);
		});
	return body ?? {};
}

/** Returns the output for a step that was taken earlier. */
function alreadyTaken({ step, request }: Change, record: IDataObject): IDataObject {
	const message = `${capitalized(step.nameOf(record))} is ${step.taken} already (status ${titleOf(String(record.status))})`;
	return { ...request.path, status: record.status, changed: false, message };
}

function obstacleProblem(
	step: StatusChange,
	record: IDataObject,
	{ needs, advice }: Obstacle,
	refusal?: Problem,
): Problem {
	const message = `${capitalized(step.nameOf(record))} is ${titleOf(String(record.status))}; ${needs}`;
	return { message: advice ? `${message}. ${advice}` : message, status: refusal?.status, codes: refusal?.codes };
}

/** Reads the record after a refusal: somebody else may have taken the step, or the status may explain the refusal. */
async function afterRefusal(client: Client, change: Change, error: unknown): Promise<IDataObject> {
	const { step, again } = change;
	const isRefused =
		error instanceof ProcountorError &&
		!error.problem.outcomeUnknown &&
		[400, 403, 404, 409].includes(error.problem.status ?? 0);
	const record = isRefused ? await reread(client, change).catch(() => undefined) : undefined;
	if (!isRefused || record === undefined) return raise(error);
	let state: StepState | undefined = await step.stateOf(record, client, again);
	if (state === 'due') state = await step.refused?.(record, client).catch(() => undefined);
	if (state === 'taken') return alreadyTaken(change, record);
	if (state !== undefined && state !== 'due')
		throw new ProcountorError(obstacleProblem(step, record, state, error.problem));
	const { problem } = error;
	throw new ProcountorError({
		...problem,
		refused: problem.refused && { ...problem.refused, type: typeof record.type === 'string' ? record.type : undefined },
	});
}

async function reread(
	client: Client,
	{ step, request }: Pick<Change, 'step' | 'request'>,
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
