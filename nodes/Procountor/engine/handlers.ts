import type { IDataObject } from 'n8n-workflow';
import { type Call, type Execution, callInfo, type Problem, ProcountorError, RecordLoader, recordsIn } from '../api';
import { prepareDownload, prepareUpload } from './files';
import type { Values } from './input';
import { prepareList } from './listHandler';
import { notFoundProblem, toOutputs, withIds } from './records';
import { requestFor } from './request';
import { outputShaper } from './simplify';
import type { OperationHandler } from './task';
import type { Kind, Operation } from './types';
import { prepareUpdate } from './updateHandler';

/** Get: returns one record, or the records of several IDs. If the call supports batches, items share requests. */
const prepareGet: OperationHandler = (operation, input, execution) => {
	const values = input.values(operation);
	const request = requestFor(operation, values);
	const shape = outputShaper(operation, input);
	if (callInfo(operation.call).batch === undefined) {
		const rows = operation.listPath ?? callInfo(operation.call).listPath;
		return {
			readOnly: true,
			run: async (client) =>
				toOutputs(
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
			if (missing.length) throw new ProcountorError(missingRecordsProblem(operation, missing));
			return toOutputs(records.filter((record) => record !== undefined).map(shape));
		},
	};
};

function loaderFor(operation: Operation, { query }: Values, execution: Execution): RecordLoader {
	const name = JSON.stringify([operation.call, query]);
	return execution.shared(name, () => new RecordLoader(operation.call as Call, { query, noun: operation.noun }));
}

function missingRecordsProblem({ noun, call }: Operation, ids: number[]): Problem {
	return { ...notFoundProblem(`${noun} ${ids.join(', ')}`), refused: call && { call, ids } };
}

const prepareSend: OperationHandler = (operation, input) => {
	const request = requestFor(operation, input.values(operation));
	const shape = outputShaper(operation, input);
	return {
		readOnly: operation.readOnly === true,
		async run(client) {
			const body = await client.requestJson(request);
			if (body === undefined || isEmptyObject(body)) return toOutputs([{ ...request.path, success: true }]);
			return toOutputs(recordsIn(body, operation.listPath).map((record) => shape(withIds(record, request.path))));
		},
	};
};

/** Whether a body is an empty object, which some calls return instead of no body. */
function isEmptyObject(body: IDataObject): boolean {
	return !Array.isArray(body) && Object.keys(body).length === 0;
}

const prepareDelete: OperationHandler = (operation, input) => {
	const request = requestFor(operation, input.values(operation));
	return {
		readOnly: false,
		async run(client) {
			const body = await client.requestJson(request);
			return toOutputs([body?.transactionIdentifier === undefined ? { deleted: true } : body]);
		},
	};
};

const handlersByKind: Record<Exclude<Kind, 'job'>, OperationHandler> = {
	get: prepareGet,
	list: prepareList,
	send: prepareSend,
	update: prepareUpdate,
	delete: prepareDelete,
	download: prepareDownload,
	upload: prepareUpload,
};

/** Returns the handler of an operation's kind, or a job's own handler. */
export function handlerFor({ kind, handler }: Operation): OperationHandler {
	return kind === 'job' ? (handler as OperationHandler) : handlersByKind[kind];
}
