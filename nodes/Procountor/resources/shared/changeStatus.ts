import type { IDataObject } from 'n8n-workflow';
import { type Call, type Client, type Problem, ProcountorError, RecordLoader, type Request } from '../../api';
import { requestFor } from '../../engine/request';
import type { OperationHandler } from '../../engine/task';
import { titleOf } from '../../labels/terms';
import { capitalized } from '../../utils/texts';
import { ensureState } from './steps';
import { raise } from '../../utils/raise';

/** What a record's status means for a step: the step is due, it was taken earlier, or the status does not allow it. */
export type Standing = 'due' | 'taken' | Obstacle;

/** Why a step is not possible, as the end of a sentence that names the record and its status, and what to do first. */
export interface Obstacle {
	/** `sending needs Not Sent`. */
	needs: string;
	advice?: string;
}

/** A step in a record's life, such as Approve (docs/procountor.md#invoice-statuses). */
export interface StatusChange {
	/** `approved`, `sent`. */
	taken: string;
	/** The call that reads the record. */
	read: Call;
	nameOf(record: IDataObject): string;
	/** Where a record stands before the step; `again` when the person wants it repeated. */
	standingOf(record: IDataObject, client: Client, again: boolean): Standing | Promise<Standing>;
	/** Explains a refusal that the status does not explain, such as other approvers; undefined where nothing is known. */
	refused?(record: IDataObject, client: Client): Promise<Standing | undefined>;
	/** A repetition reaches people outside: a write of unknown outcome is not sent again. */
	once?: boolean;
}

/** What is changed in one item. */
interface Change {
	step: StatusChange;
	request: Request;
	again: boolean;
	/** The record before the step, read together with those of the other items. */
	before(client: Client): Promise<IDataObject | undefined>;
}

/**
 * Changes a record's status so that a repeated run succeeds: a record that already has the status returns `changed:
 * false`. If the status does not allow the step, the error names the status and the one that the step needs.
 */
export const changeStatus =
	(step: StatusChange): OperationHandler =>
	(operation, input, execution) => {
		const values = input.values(operation);
		const id = Number(Object.values(values.ids)[0]);
		const loader = execution.shared(`status of ${step.read}`, () => new RecordLoader(step.read));
		loader.announce([id]);
		const change: Change = {
			step,
			request: requestFor(operation, values),
			again: values.settings.again === true,
			// Somebody who may approve but not read the record can still take the step.
			before: async (client) => await loader.load(client, [id]).then(([record]) => withStatus(record), ignoreForbidden),
		};
		return {
			readOnly: false,
			// The record's status tells what an earlier try has done; a step that reaches people is not repeated in doubt.
			resumes: !step.once,
			lookUp: async (client) => [{ json: await carriedOut(client, change) }],
			run: async (client) => [{ json: await changed(client, change) }],
		};
	};

async function changed(client: Client, change: Change): Promise<IDataObject> {
	const { step, request, again } = change;
	let record = await change.before(client);
	let standing = record ? await step.standingOf(record, client, again) : 'due';
	if (record && typeof standing === 'object') {
		// The records were read before the first item was worked on: the obstacle may be gone.
		record = (await readAgain(client, change)) ?? record;
		standing = await step.standingOf(record, client, again);
	}
	if (record && standing === 'taken') return alreadyTaken(change, record);
	if (record && typeof standing === 'object') throw new ProcountorError(obstacle(step, record, standing));
	try {
		const message = await written(client, change);
		return { ...request.path, changed: true, ...message };
	} catch (error) {
		return await afterRefusal(client, change, error);
	}
}

/** The output for a step of an earlier try whose outcome was unknown. @throws {ProcountorError} where the record does not show it */
async function carriedOut(client: Client, change: Change): Promise<IDataObject> {
	const { step, request, again } = change;
	const record = again ? undefined : await readAgain(client, change);
	if (record && (await step.standingOf(record, client, false)) === 'taken') return { ...request.path, changed: true };
	throw new ProcountorError({
		message: `It is unclear whether ${request.noun} was ${step.taken} by an earlier try, so it was not tried again`,
		advice: 'Check its history in Procountor, then start a new execution if needed.',
		outcomeUnknown: true,
	});
}

/** Sends the step; after an unclear failure the record tells whether it was taken. */
async function written(client: Client, { step, request, again }: Change): Promise<IDataObject> {
	let body: IDataObject | undefined;
	const isTaken = async (): Promise<boolean> => {
		if (again) return false;
		const record = await readAgain(client, { step, request });
		return record !== undefined && (await step.standingOf(record, client, false)) === 'taken';
	};
	const send = async (): Promise<void> => {
		body = await client.requestJson(request);
	};
	if (!step.once) await ensureState(client, send, isTaken);
	else
		await send().catch(async (error: unknown) => {
			if (!(error instanceof ProcountorError) || !error.problem.outcomeUnknown || !(await isTaken())) raise(error);
		});
	return body ?? {};
}

/** The output for a record that took the step earlier. */
function alreadyTaken({ step, request }: Change, record: IDataObject): IDataObject {
	const message = `${capitalized(step.nameOf(record))} is ${step.taken} already (status ${titleOf(String(record.status))})`;
	return { ...request.path, status: record.status, changed: false, message };
}

function obstacle(step: StatusChange, record: IDataObject, { needs, advice }: Obstacle, refusal?: Problem): Problem {
	const what = `${capitalized(step.nameOf(record))} is ${titleOf(String(record.status))}; ${needs}`;
	return { message: advice ? `${what}. ${advice}` : what, status: refusal?.status, codes: refusal?.codes };
}

/** Looks at a record whose step was refused: another item or person may have taken the step, or its status explains the refusal. */
async function afterRefusal(client: Client, change: Change, error: unknown): Promise<IDataObject> {
	const { step, again } = change;
	const isRefused =
		error instanceof ProcountorError &&
		!error.problem.outcomeUnknown &&
		[400, 403, 404, 409].includes(error.problem.status ?? 0);
	const record = isRefused ? await readAgain(client, change).catch(() => undefined) : undefined;
	if (!isRefused || record === undefined) return raise(error);
	let standing: Standing | undefined = await step.standingOf(record, client, again);
	if (standing === 'due') standing = await step.refused?.(record, client).catch(() => undefined);
	if (standing === 'taken') return alreadyTaken(change, record);
	if (standing !== undefined && standing !== 'due')
		throw new ProcountorError(obstacle(step, record, standing, error.problem));
	const { problem } = error;
	throw new ProcountorError({
		...problem,
		refused: problem.refused && { ...problem.refused, type: typeof record.type === 'string' ? record.type : undefined },
	});
}

async function readAgain(
	client: Client,
	{ step, request }: Pick<Change, 'step' | 'request'>,
): Promise<IDataObject | undefined> {
	const record = await client
		.requestOptionalJson({ call: step.read, path: request.path, noun: request.noun })
		.catch(ignoreForbidden);
	return withStatus(record);
}

/** A record that tells no status tells nothing about the step; the step itself is then the question. */
function withStatus(record: IDataObject | undefined): IDataObject | undefined {
	return typeof record?.status === 'string' ? record : undefined;
}

function ignoreForbidden(error: unknown): undefined {
	if (error instanceof ProcountorError && error.problem.status === 403) return undefined;
	return raise(error);
}
