import type { IDataObject } from 'n8n-workflow';
import { headerText } from '../../engine/headerText';
import {
	allCalls,
	type Call,
	type Client,
	callInfo,
	InputError,
	type Listing,
	pages,
	type QueryValue,
	recordsIn,
	type Request,
} from '../../api';
import { isPlainObject, objectAt, toObject } from '../../utils/objects';
import { fileFromResponse, fileOutput } from '../../engine/files';
import type { Input } from '../../engine/input';
import { parseJsonInput } from '../../engine/jsonInput';
import type { Output, OperationHandler } from '../../engine/task';

/** Headers that the API client sets. A user must not replace the token. */
const OWN_HEADERS = new Set(['authorization', 'cookie', 'host', 'content-length', 'content-type', 'transfer-encoding']);

/** Prepares any request. It has the same rate limit, retries, and messages as the operations. */
export const prepareApiRequest: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const method = String(settings.method);
	const { path, query } = splitPath(settings.path);
	const call = `${method} ${path}`;
	const knownCall = allCalls.find((candidate) => pathValues(candidate, call) !== undefined);
	const request: Request = {
		call,
		query: readQuery({ ...query, ...objectAt(settings, 'query') }, knownCall),
		headers: readHeaders(settings.headers),
		body: readBody(input, method),
	};
	const field = settings.binaryPropertyName;
	const readOnly = method === 'GET';
	if (readOnly && settings.allPages === true)
		return {
			readOnly,
			run: async (client) => (await allRecords(client, request, knownCall)).map((record) => ({ json: record })),
		};
	return {
		readOnly,
		run: async (client) =>
			typeof field === 'string' ? await binaryOutput(client, request, input, field) : await jsonOutput(client, request),
	};
};

async function jsonOutput(client: Client, request: Request): Promise<Output[]> {
	const body = await client.requestJson(request);
	if (body === undefined) return [{ json: { success: true } }];
	return Array.isArray(body) ? recordsIn(body, undefined).map((record) => ({ json: record })) : [{ json: body }];
}

async function binaryOutput(client: Client, request: Request, input: Input, field: string): Promise<Output[]> {
	return [await fileOutput(input, fileFromResponse(await client.request({ ...request, bytes: true }), {}), field)];
}

/** Reads all pages of a list: as the contract says, or for other calls by page number until a page has no new records. */
async function allRecords(client: Client, request: Request, knownCall: Call | undefined): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	if (knownCall) {
		const query = { ...request.query, page: undefined, previousId: undefined, size: undefined };
		const listing: Listing = {
			call: knownCall,
			path: pathValues(knownCall, request.call),
			query,
			headers: request.headers,
			order: readOrder(query),
		};
		for await (const page of pages(client, listing)) records.push(...page);
		return records;
	}
	// With `path`, a 404 is an error instead of an empty list.
	const listing = { ...request, call: request.call as Call, path: {}, listPath: 'results', paging: 'number' } as const;
	for await (const page of pages(client, listing as unknown as Listing)) records.push(...page);
	return records;
}

/** Returns the order in the query, which determines the paging. */
function readOrder(query: Request['query'] = {}): Listing['order'] {
	const [name, direction] = Object.entries(query).find(([parameter]) => parameter.startsWith('orderBy')) ?? [];
	return name === undefined || (name === 'orderById' && direction === 'ASC')
		? undefined
		: [name, direction === 'ASC' ? 'ASC' : 'DESC'];
}

/** Splits a path such as `/invoices?status=PAID&types=OFFER&types=JOURNAL`. Repeated parameters become a list. */
function splitPath(value: unknown): { path: string; query: IDataObject } {
	const [path, ...rest] = String(value).trim().split('?');
	const pairs = new URLSearchParams(rest.join('?'));
	const values = [...new Set(pairs.keys())].map((name) => [name, pairs.getAll(name)] as const);
	return {
		path: checkPath(path),
		query: Object.fromEntries(values.map(([name, all]) => [name, all.length > 1 ? all : all[0]])),
	};
}

/** Returns a path of the API. Refuses paths that could lead to other addresses. */
function checkPath(value: unknown): string {
	const path = String(value).trim();
	if (
		!/^\/[\w\-.~,/]+$/.test(path) ||
		path.split('/').some((part) => part === '..' || part === '.') ||
		path.includes('//')
	) {
		throw new InputError(
			'Path',
			`is not a path of the API: '${path}'`,
			'Begin with a slash and leave out server and version, such as /invoices/12345/comments or /invoices?status=PAID.',
		);
	}
	if (/^\/oauth(\/|$)/i.test(path))
		throw new InputError(
			'Path',
			'is a call for tokens, which belong to the credential',
			'The node fetches and renews tokens by itself.',
		);
	return path;
}

/**
 * Returns the values of a call's placeholders in a request such as `GET /invoices/12/comments`; undefined if it is another
 * call. IDs contain a digit, unlike names such as in `/invoices/transactions`.
 */
function pathValues(call: Call, requested: string): Record<string, string> | undefined {
	const [callParts, requestParts] = [call.split('/'), requested.split('/')];
	if (callParts.length !== requestParts.length) return undefined;
	const values: Record<string, string> = {};
	for (const [index, part] of callParts.entries()) {
		if (!part.startsWith('{')) {
			if (part !== requestParts[index]) return undefined;
		} else if (/\d/.test(requestParts[index])) values[part.slice(1, -1)] = requestParts[index];
		else return undefined;
	}
	return values;
}

function readQuery(parameters: unknown, knownCall: Call | undefined): Request['query'] {
	const query: Record<string, QueryValue | undefined> = {};
	for (const [name, value] of Object.entries(toObject(parameters))) {
		if (isPlainObject(value))
			throw new InputError(
				'Query Parameters',
				`contain an object under '${name}'`,
				'Use texts, numbers, true, false, or lists of these.',
			);
		const repeated = callInfo(knownCall).query?.[name]?.repeated === true;
		if (value !== null && value !== undefined)
			query[name] = repeated
				? { repeat: Array.isArray(value) ? (value as string[]) : String(value).split(',') }
				: (value as QueryValue);
	}
	return query;
}

function readHeaders(given: unknown): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(toObject(given))) {
		if (!/^[\w-]+$/.test(name)) throw new InputError('Headers', `contain a name that no header can have: '${name}'`);
		if (OWN_HEADERS.has(name.toLowerCase()))
			throw new InputError('Headers', `hold '${name}', which the node sets by itself`, 'Leave it out.');
		headers[name] = headerText(`Header '${name}'`, String(value));
	}
	return headers;
}

/** Returns any JSON value as the body. GET requests have no body. */
function readBody(input: Input, method: string): unknown {
	const given = input.parameter('requestBody');
	if (method === 'GET' || given === undefined || given === '') return undefined;
	const body = parseJsonInput('Body (JSON)', given);
	refuseInexactNumbers(body);
	return body;
}

/** Refuses numbers that JavaScript has rounded, and those that JSON does not have, such as Infinity. */
function refuseInexactNumbers(body: unknown): void {
	JSON.stringify(body, (name, value: unknown) => {
		if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
			throw new InputError(
				'Body (JSON)',
				`holds a number that cannot be sent exactly: ${name && `${name} `}${value}`,
				'Give it as text.',
			);
		return value;
	});
}
