import type { IDataObject } from 'n8n-workflow';
import {
	type Call,
	type Client,
	callInfo,
	InputError,
	type Listing,
	pages,
	ProcountorError,
	recordsIn,
	type Request,
	resolve,
} from '../api';
import { merge, objectAt, toObject } from '../utils/objects';
import { raise } from '../utils/raise';
import type { Values } from './input';
import { notFoundProblem, toOutputs, withIds } from './records';
import { readCallOf, recordName, requestFor } from './request';
import { outputShaper } from './simplify';
import type { OperationHandler } from './task';
import type { Operation } from './types';

/** Update: merges the changes into the current record, and sends it with its version (docs/procountor.md#updates). */
export const prepareUpdate: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const changes = objectAt(values, 'body');
	const shape = outputShaper(operation, input);
	if (Object.keys(changes ?? {}).every((name) => name === 'id'))
		throw new InputError('Update Fields', 'holds no change', 'Add at least one field.');
	return {
		readOnly: false,
		async run(client) {
			const current = operation.findInList ? await findRecord(client, operation, values) : undefined;
			const check = async (record: IDataObject): Promise<void> =>
				await operation.checkUpdate?.(client, record, changes, values.settings);
			const response = await mergeAndPut(client, requestFor(operation, values), changes, {
				...operation,
				current,
				check,
			});
			return toOutputs([shape(withIds(response, values.ids))]);
		},
	};
};

/** How an update reads its record, and which fields it sends. */
type UpdateOptions = Pick<Operation, 'readQuery' | 'writableFields' | 'derive'> & {
	current?: IDataObject;
	check?: (record: IDataObject) => Promise<void>;
};

/**
 * Merges changes into a record, sends it with its version, and returns Procountor's response.
 * @param put the request that writes the record, which is read from the same path unless `current` is given
 */
export async function mergeAndPut(
	client: Client,
	put: Request,
	changes: IDataObject,
	{ current, readQuery, writableFields, derive, check }: UpdateOptions = {},
): Promise<IDataObject> {
	const { call, path, noun = 'the record' } = put;
	const read = { call: readCallOf(call), path, query: readQuery, noun };
	const record = current ?? recordsIn((await client.requestJson(read)) ?? {}, undefined)[0];
	// Sent without the current record, the changes would clear all other fields.
	if (record === undefined) throw new ProcountorError(notFoundProblem(noun));
	await check?.(record);
	const body = merge(writablePart(call as Call, record, writableFields), derive ? derive(record, changes) : changes);
	const response = client.requestJson({ ...put, body });
	return (await response.catch((error: unknown) => raise(explainConflict(error, noun, record)))) ?? {};
}

/** Finds a record that no call reads alone in its list, by the ID of the body, or else the last ID of the path. */
async function findRecord(client: Client, operation: Operation, { ids, body }: Values): Promise<IDataObject> {
	const { findInList: call, listPath } = operation;
	const noun = recordName(operation, ids);
	const [name, last] = Object.entries(ids).at(-1) ?? ['id', ''];
	const wantedId = String(toObject(body).id ?? last);
	const listing: Listing = { call: call as Call, path: callInfo(call).path && ids, listPath, noun };
	for await (const records of pages(client, listing)) {
		const found = records.find((record) => String(record[name] ?? record.id) === wantedId);
		if (found) return found;
	}
	throw new ProcountorError(notFoundProblem(noun));
}

/** Returns the fields of a record that its PUT accepts. Nulls are left out, because some calls refuse them. */
function writablePart(
	call: Call,
	record: IDataObject,
	writableFields = Object.keys(resolve(callInfo(call).body ?? {}).properties ?? {}),
): IDataObject {
	const parts = Object.fromEntries(Object.entries(record).filter(([name]) => writableFields.includes(name)));
	return JSON.parse(JSON.stringify(parts, (_, value: unknown) => (value === null ? undefined : value)));
}

/** Explains an error about the version, which means that another user changed the record. Payroll calls return 409 for it. */
function explainConflict(error: unknown, noun: string, record: IDataObject): unknown {
	if (
		!(error instanceof ProcountorError) ||
		record.version === undefined ||
		![400, 409].includes(error.problem.status ?? 0)
	)
		return error;
	const isStale = error.problem.codes?.some((code) => /version/i.test(code));
	if (!isStale) return error;
	return new ProcountorError({
		...error.problem,
		message: `Somebody else changed ${noun} at the same moment, so nothing was saved`,
		advice: 'Run it again: the changes are then made to the newest version.',
	});
}
