import type { IDataObject } from 'n8n-workflow';
import {
	type Call,
	type Client,
	type Execution,
	callInfo,
	inOrder,
	InputError,
	type Listing,
	pages,
	pagingOf,
	pipelined,
	type Problem,
	ProcountorError,
	readInParallel,
	RecordLoader,
	recordsIn,
	type Request,
	resolve,
} from '../api';
import { hintAtMissingRights } from '../access/missingRightsHint';
import { merge, objectAt, toObject } from '../utils/objects';
import { isDynamic, NOTHING } from './emptyFilter';
import type { Input, Values } from './input';
import { inEachForm, numberTest } from './numberSearch';
import { isNewestFirst, orderOf } from './listOrder';
import { nameOf, readCallOf, requestFor } from './request';
import { shaper } from './simplify';
import { shownValues } from './shownValues';
import { prepareDownload, prepareUpload } from './files';
import type { Output, OperationHandler } from './task';
import type { Kind, Operation } from './types';
import { raise } from '../utils/raise';

const outputs = (records: IDataObject[]): Output[] => records.map((json) => ({ json }));

/** Get: one record, or those of several ids; where the call reads batches, items share requests. */
const prepareGet: OperationHandler = (operation, input, execution) => {
	const values = input.values(operation);
	const request = requestFor(operation, values);
	const shape = shaper(operation, input);
	if (callInfo(operation.call).batch === undefined) {
		const rows = operation.listPath ?? callInfo(operation.call).listPath;
		return {
			readOnly: true,
			run: async (client) =>
				outputs(
					recordsIn((await client.requestJson(request)) ?? {}, rows).map((record) =>
						shape(withIds(record, request.path)),
					),
				),
		};
	}
	const ids = String(Object.values(values.ids)[0]).split(',').map(Number);
	const loader = loaderFor(operation, values, execution);
	loader.announce(ids);
	return {
		readOnly: true,
		async run(client) {
			const records = await loader.load(client, ids);
			const missing = ids.filter((_, index) => records[index] === undefined);
			if (missing.length) throw new ProcountorError(notFound(operation, missing));
			return outputs(records.filter((record) => record !== undefined).map(shape));
		},
	};
};

function loaderFor(operation: Operation, { query }: Values, execution: Execution): RecordLoader {
	const name = JSON.stringify([operation.call, query]);
	return execution.shared(name, () => new RecordLoader(operation.call as Call, { query, noun: operation.noun }));
}

function notFound({ noun, call }: Operation, ids: number[]): Problem {
	return { ...noSuch(`${noun} ${ids.join(', ')}`), refused: call && { call, ids } };
}

function noSuch(name: string): Problem {
	return {
		message: `Procountor has no such record: ${name}`,
		status: 404,
		advice:
			'Check the ID, and that the credential is of the company that the record belongs to. Records that the user has no right to see are not found either.',
	};
}

/** A part of a record (defaults, salary base) has no id of its own: its output tells whose it is. */
function withIds(record: IDataObject, path: Values['ids'] = {}): IDataObject {
	return record.id === undefined ? { ...path, ...record } : record;
}

const prepareList: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const limit = input.given('returnAll') === true ? Infinity : wholeLimit(input);
	const listing: Listing = {
		call: operation.call as Call,
		path: Object.keys(values.ids).length ? values.ids : undefined,
		query: values.query,
		headers: values.headers,
		order: orderOf(operation, input),
		listPath: operation.listPath,
		noun: nameOf(operation, values.ids),
	};
	const { numberSearch } = operation;
	const listings = inEachForm(numberSearch, parts(operation, input, listing));
	const isMeant = numberTest(numberSearch, listing);
	const details = input.given('includeDetails') === true ? operation.details : undefined;
	const shape = shaper(operation, input, details !== undefined);
	return {
		readOnly: true,
		async run(client) {
			const result = (await readParts(client, listings, { limit, details, shape, isMeant })).flat();
			if (result.length === 0) await hintAtMissingRights(input.context, client, operation.call, values.query);
			return result;
		},
	};
};

interface ListReading {
	limit: number;
	details: Call | undefined;
	shape: (record: IDataObject) => IDataObject;
	/** Whether a record is one that was searched for. */
	isMeant?: (record: IDataObject) => boolean;
}

/** Parts of a list as one: in its order, each record once, and no more than the limit of them all together. */
async function readParts(
	client: Client,
	listings: Listing[],
	{ limit, details, shape, isMeant }: ListReading,
): Promise<Output[][]> {
	if (listings.length === 1 && !isMeant) return await readList(client, listings[0], limit, details, shape);
	const records = new Map<unknown, IDataObject>();
	for (const listing of listings) {
		// Records that are not meant must not use up the limit.
		for (const page of await readList(client, listing, isMeant ? Infinity : limit, details, (record) => record))
			for (const { json } of page) if (isMeant?.(json) ?? true) records.set(json.id ?? json, json);
	}
	const ordered = inOrder([...records.values()], listings[0]).slice(0, limit);
	return [outputs(ordered.map(shape))];
}

/** The pages of a list as outputs: shaped as they come, so that no more than some pages are held whole. */
async function readList(
	client: Client,
	listing: Listing,
	limit: number,
	details: Call | undefined,
	shape: (record: IDataObject) => IDataObject,
): Promise<Output[][]> {
	// All records are read by rising ID, since records that arrive meanwhile shift the pages of any other order.
	if (limit === Infinity && isNewestFirst(listing)) {
		const rising = await readList(client, { ...listing, order: undefined }, limit, details, shape);
		return rising.reverse().map((page) => page.reverse());
	}
	if (limit === Infinity && !listing.order && pagingOf(listing.call) === 'keyset') {
		const loader = details && new RecordLoader(details);
		return await readInParallel(
			client,
			listing,
			async (page) =>
				outputs((loader ? joined(page, await loader.loadWhenFull(client, idsOf(page))) : page).map(shape)),
			() => loader?.flush(client),
		);
	}
	const result: Output[][] = [];
	for await (const records of withDetails(client, pages(client, listing, limit), details))
		result.push(outputs(records.map(shape)));
	return result;
}

const idsOf = (page: IDataObject[]): number[] => page.map(({ id }) => Number(id));

/** A record deleted in between stays as listed. */
function joined(page: IDataObject[], details: Array<IDataObject | undefined>): IDataObject[] {
	return page.map((record, index) => withListed(details[index] ?? record, record));
}

/**
 * Adds the fields that only the list has (the time of creation). It changes the records in place, because copying
 * thousands of large records is slow.
 */
export function withListed(details: IDataObject, listed: IDataObject): IDataObject {
	for (const name of Object.keys(listed)) if (!(name in details)) details[name] = listed[name];
	return details;
}

function wholeLimit(input: Input): number {
	const value = input.given('limit');
	if (value === undefined && isDynamic(input.context.getNode().parameters.limit))
		throw new InputError('Limit', NOTHING, 'Correct the expression, or enter a number.');
	const limit = Number(value ?? 50);
	if (!Number.isInteger(limit) || limit < 1) throw new InputError('Limit', 'is not a whole number from 1 on');
	return limit;
}

/** A list that answers for a part of its records only is asked once for each part that is wanted. */
function parts({ variants }: Operation, input: Input, listing: Listing): Listing[] {
	if (!variants) return [listing];
	return shownValues(variants, input).map((value) => ({
		...listing,
		query: { ...listing.query, [variants.parameter]: value },
	}));
}

/** A list's pages, each completed with its records' details while the next page is on its way. */
async function* withDetails(
	client: Client,
	source: AsyncIterable<IDataObject[]>,
	details: Call | undefined,
): AsyncGenerator<IDataObject[]> {
	if (!details) {
		yield* source;
		return;
	}
	yield* pipelined(source, async (page) => {
		return joined(page, await new RecordLoader(details).load(client, idsOf(page)));
	});
}

const prepareSend: OperationHandler = (operation, input) => {
	const request = requestFor(operation, input.values(operation));
	const shape = shaper(operation, input);
	return {
		readOnly: operation.readOnly === true,
		async run(client) {
			const body = await client.requestJson(request);
			if (body === undefined || isNothing(body)) return outputs([{ ...request.path, success: true }]);
			return outputs(recordsIn(body, operation.listPath).map((record) => shape(withIds(record, request.path))));
		},
	};
};

/** Some calls answer with an empty object where others answer with no body. */
function isNothing(body: IDataObject): boolean {
	return !Array.isArray(body) && Object.keys(body).length === 0;
}

/** Update: the record as it is, with the changes, sent back with its version (docs/procountor.md#updates). */
const prepareUpdate: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const changes = objectAt(values, 'body');
	const shape = shaper(operation, input);
	if (Object.keys(changes ?? {}).every((name) => name === 'id'))
		throw new InputError('Update Fields', 'holds no change', 'Add at least one field.');
	return {
		readOnly: false,
		async run(client) {
			const current = operation.findInList ? await foundIn(client, operation, values) : undefined;
			const check = async (record: IDataObject): Promise<void> =>
				await operation.checkUpdate?.(client, record, changes, values.settings);
			const answer = await layOver(client, requestFor(operation, values), changes, { ...operation, current, check });
			return outputs([shape(withIds(answer, values.ids))]);
		},
	};
};

/** What an update knows of its record: the record itself, or how it is read; and what of it is sent. */
type Known = Pick<Operation, 'readQuery' | 'writableFields' | 'derive'> & {
	current?: IDataObject;
	check?: (record: IDataObject) => Promise<void>;
};

/**
 * Merges changes into a record and writes it back with its version. `put` is the request that writes it. The record is
 * read from the same path unless `current` returns it. Returns Procountor's response.
 */
export async function layOver(
	client: Client,
	put: Request,
	changes: IDataObject,
	{ current, readQuery, writableFields, derive, check }: Known = {},
): Promise<IDataObject> {
	const { call, path, noun = 'the record' } = put;
	const read = { call: readCallOf(call), path, query: readQuery, noun };
	const record = current ?? recordsIn((await client.requestJson(read)) ?? {}, undefined)[0];
	// Without the record to merge them with, the changes would empty the whole record.
	if (record === undefined) throw new ProcountorError(noSuch(noun));
	await check?.(record);
	const body = merge(known(call as Call, record, writableFields), derive ? derive(record, changes) : changes);
	const answer = client.requestJson({ ...put, body });
	return (await answer.catch((error: unknown) => raise(staleOr(error, noun, record)))) ?? {};
}

/** A record that no call reads alone, looked for in its list by the id that the body or else the path ends with. */
async function foundIn(client: Client, operation: Operation, { ids, body }: Values): Promise<IDataObject> {
	const { findInList: call, listPath } = operation;
	const noun = nameOf(operation, ids);
	const [name, last] = Object.entries(ids).at(-1) ?? ['id', ''];
	const wanted = String(toObject(body).id ?? last);
	const listing: Listing = { call: call as Call, path: callInfo(call).path && ids, listPath, noun };
	for await (const records of pages(client, listing)) {
		const found = records.find((record) => String(record[name] ?? record.id) === wanted);
		if (found) return found;
	}
	throw new ProcountorError(noSuch(noun));
}

/** The parts of a record that its PUT takes; a null says no more than leaving it out, and not every call takes it. */
function known(
	call: Call,
	record: IDataObject,
	writableFields = Object.keys(resolve(callInfo(call).body ?? {}).properties ?? {}),
): IDataObject {
	const parts = Object.fromEntries(Object.entries(record).filter(([name]) => writableFields.includes(name)));
	return JSON.parse(JSON.stringify(parts, (_, value: unknown) => (value === null ? undefined : value)));
}

/** A refused version means that somebody else was faster; payroll says so with 409. */
function staleOr(error: unknown, noun: string, record: IDataObject): unknown {
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

const prepareDelete: OperationHandler = (operation, input) => {
	const request = requestFor(operation, input.values(operation));
	return {
		readOnly: false,
		async run(client) {
			const body = await client.requestJson(request);
			return outputs([body?.transactionIdentifier === undefined ? { deleted: true } : body]);
		},
	};
};

const ways: Record<Exclude<Kind, 'job'>, OperationHandler> = {
	get: prepareGet,
	list: prepareList,
	send: prepareSend,
	update: prepareUpdate,
	delete: prepareDelete,
	download: prepareDownload,
	upload: prepareUpload,
};

/** Returns the handler of an operation: that of its kind, or a job's own. */
export function handlerFor({ kind, handler }: Operation): OperationHandler {
	return kind === 'job' ? (handler as OperationHandler) : ways[kind];
}
