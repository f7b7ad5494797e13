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

/** Headers that the transport sets itself; a token of another user must not be sent. */
const OWN_HEADERS = new Set(['authorization', 'cookie', 'host', 'content-length', 'content-type', 'transfer-encoding']);

/** Prepares a request in free form. It has the same rate limit, retries, and messages as all others. */
export const prepareApiRequest: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const method = String(settings.method);
	const { path, query } = splitPath(settings.path);
	const call = `${method} ${path}`;
	const known = allCalls.find((one) => valuesOf(one, call) !== undefined);
	const request: Request = {
		call,
		query: queryOf({ ...query, ...objectAt(settings, 'query') }, known),
		headers: headersOf(settings.headers),
		body: bodyOf(input, method),
	};
	const field = settings.binaryPropertyName;
	const readOnly = method === 'GET';
	if (readOnly && settings.allPages === true)
		return {
			readOnly,
			run: async (client) => (await allRecords(client, request, known)).map((record) => ({ json: record })),
		};
	return {
		readOnly,
		run: async (client) =>
			typeof field === 'string' ? await received(client, request, input, field) : await answered(client, request),
	};
};

async function answered(client: Client, request: Request): Promise<Output[]> {
	const body = await client.requestJson(request);
	if (body === undefined) return [{ json: { success: true } }];
	return Array.isArray(body) ? recordsIn(body, undefined).map((record) => ({ json: record })) : [{ json: body }];
}

async function received(client: Client, request: Request, input: Input, field: string): Promise<Output[]> {
	return [await fileOutput(input, fileFromResponse(await client.request({ ...request, bytes: true }), {}), field)];
}

/** All records of a list: paged as the contract says where it has the call, else by page number until a page brings nothing new. */
async function allRecords(client: Client, request: Request, known: Call | undefined): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	if (known) {
		const query = { ...request.query, page: undefined, previousId: undefined, size: undefined };
		const listing: Listing = {
			call: known,
			path: valuesOf(known, request.call),
			query,
			headers: request.headers,
			order: orderIn(query),
		};
		for await (const page of pages(client, listing)) records.push(...page);
		return records;
	}
	// With a path, a 404 is an error: this list must exist.
	const listing = { ...request, call: request.call as Call, path: {}, listPath: 'results', paging: 'number' } as const;
	for await (const page of pages(client, listing as unknown as Listing)) records.push(...page);
	return records;
}

/** The order that the query asks for, which decides how the list can be paged. */
function orderIn(query: Request['query'] = {}): Listing['order'] {
	const [name, direction] = Object.entries(query).find(([parameter]) => parameter.startsWith('orderBy')) ?? [];
	return name === undefined || (name === 'orderById' && direction === 'ASC')
		? undefined
		: [name, direction === 'ASC' ? 'ASC' : 'DESC'];
}

/** A path that was pasted with its query, `/invoices?status=PAID&types=OFFER&types=JOURNAL`; a repeated name becomes a list. */
function splitPath(value: unknown): { path: string; query: IDataObject } {
	const [path, ...rest] = String(value).trim().split('?');
	const pairs = new URLSearchParams(rest.join('?'));
	const values = [...new Set(pairs.keys())].map((name) => [name, pairs.getAll(name)] as const);
	return {
		path: pathOf(path),
		query: Object.fromEntries(values.map(([name, all]) => [name, all.length > 1 ? all : all[0]])),
	};
}

/** A path below the API's base, without anything that could lead elsewhere. */
function pathOf(value: unknown): string {
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
 * The values of a call's placeholders in a given one, `GET /invoices/12/comments`; undefined where it is not the same call.
 * A word in the place of an ID, as `/invoices/transactions`, does not fit.
 */
function valuesOf(call: Call, asked: string): Record<string, string> | undefined {
	const [wanted, given] = [call.split('/'), asked.split('/')];
	if (wanted.length !== given.length) return undefined;
	const values: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		if (!part.startsWith('{')) {
			if (part !== given[index]) return undefined;
		} else if (/\d/.test(given[index])) values[part.slice(1, -1)] = given[index];
		else return undefined;
	}
	return values;
}

function queryOf(value: unknown, known: Call | undefined): Request['query'] {
	const query: Record<string, QueryValue | undefined> = {};
	for (const [name, one] of Object.entries(toObject(value))) {
		if (isPlainObject(one))
			throw new InputError(
				'Query Parameters',
				`contain an object under '${name}'`,
				'Use texts, numbers, true, false, or lists of these.',
			);
		const repeated = callInfo(known).query?.[name]?.repeated === true;
		if (one !== null && one !== undefined)
			query[name] = repeated
				? { repeat: Array.isArray(one) ? (one as string[]) : String(one).split(',') }
				: (one as QueryValue);
	}
	return query;
}

function headersOf(value: unknown): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, one] of Object.entries(toObject(value))) {
		if (!/^[\w-]+$/.test(name)) throw new InputError('Headers', `contain a name that no header can have: '${name}'`);
		if (OWN_HEADERS.has(name.toLowerCase()))
			throw new InputError('Headers', `hold '${name}', which the node sets by itself`, 'Leave it out.');
		headers[name] = headerText(`Header '${name}'`, String(one));
	}
	return headers;
}

/** The body as JSON of any form, a bare number too; none for GET, which must not carry one. */
function bodyOf(input: Input, method: string): unknown {
	const given = input.parameter('requestBody');
	if (method === 'GET' || given === undefined || given === '') return undefined;
	const body = parseJsonInput('Body (JSON)', given);
	refuseInexactNumbers(body);
	return body;
}

/** Numbers that an expression has rounded already, or that JSON cannot hold: Infinity would be sent as null. */
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
