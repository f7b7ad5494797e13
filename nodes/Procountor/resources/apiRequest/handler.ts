import type { IDataObject } from 'n8n-workflow';
import { latin1Header } from '../../validation/charset';
import { allCalls, factsOf, splitCall, type Call } from '../../api/contract';
import { isPlainObject } from '../../utils/objects';
import { fileIn, fileOutput } from '../../engine/files';
import { json, type Input } from '../../engine/input';
import type { Output, Prepare } from '../../engine/task';
import type { Client, QueryValue, Request } from '../../api/client';
import { bodyObject } from '../../api/response';
import { PAGE_SIZE, pages, recordsIn, type Listing } from '../../api/pagination';
import { InputError } from '../../api/errors';

/** Headers that the transport sets itself; a token of another user must not travel along. */
const OWN_HEADERS = new Set(['authorization', 'cookie', 'host', 'content-length', 'content-type', 'transfer-encoding']);

/** A request in free form, with the same pace, repeats and messages as all others. */
export const prepareApiRequest: Prepare = (operation, input) => {
	const { settings } = input.values(operation);
	const method = String(settings.method);
	const path = pathOf(settings.path);
	const known = allCalls.find((call) => fits(call, method, path));
	const request: Request = {
		method,
		path,
		query: queryOf(settings.query, known),
		headers: headersOf(settings.headers),
		body: bodyOf(input, method),
	};
	const field = settings.binaryPropertyName;
	const reads = method === 'GET';
	if (reads && settings.allPages === true)
		return {
			reads,
			run: async (client) => (await allRecords(client, request, known)).map((record) => ({ json: record })),
		};
	return {
		reads,
		run: async (client) =>
			typeof field === 'string' ? await received(client, request, input, field) : await answered(client, request),
	};
};

async function answered(client: Client, request: Request): Promise<Output[]> {
	const body = bodyObject(await client.ask(request));
	if (body === undefined) return [{ json: { success: true } }];
	return Array.isArray(body) ? recordsIn(body, undefined).map((record) => ({ json: record })) : [{ json: body }];
}

async function received(client: Client, request: Request, input: Input, field: string): Promise<Output[]> {
	return [await fileOutput(input, fileIn(await client.ask({ ...request, bytes: true }), {}), field)];
}

/** All records of a list: by the contract's way of paging where it knows the call, else by page number until a page is short. */
async function allRecords(client: Client, request: Request, known: Call | undefined): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	if (known) {
		const query = { ...request.query, page: undefined, previousId: undefined, size: undefined };
		const listing: Listing = {
			call: known,
			ids: idsOf(splitCall(known).path, request.path),
			query,
			headers: request.headers,
			order: orderIn(query),
		};
		for await (const page of pages(client, listing)) records.push(...page);
		return records;
	}
	for (let page = 0; ; page++) {
		const body =
			bodyObject(
				await client.ask({ ...request, query: { ...request.query, size: PAGE_SIZE, page: page || undefined } }),
			) ?? {};
		const found = recordsIn(body, 'results');
		records.push(...found);
		if (found.length < (sizeOf(body) ?? PAGE_SIZE)) return records;
	}
}

/** The order that the query asks for, which decides how the list can be paged. */
function orderIn(query: Request['query'] = {}): Listing['order'] {
	const [name, direction] = Object.entries(query).find(([parameter]) => parameter.startsWith('orderBy')) ?? [];
	return name === undefined || (name === 'orderById' && direction === 'ASC')
		? undefined
		: [name, direction === 'ASC' ? 'ASC' : 'DESC'];
}

function sizeOf({ meta }: IDataObject): number | undefined {
	return (meta as { pageSize?: number } | undefined)?.pageSize || undefined;
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
			'Begin with a slash and leave out server and version, such as /invoices/12345/comments. Query parameters have a field of their own.',
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

/** Whether a path is one of a call's template: `/invoices/12/comments` of `/invoices/{invoiceId}/comments`. */
function fits(call: Call, method: string, path: string): boolean {
	const template = splitCall(call);
	return template.method === method && idsOf(template.path, path) !== undefined;
}

/** The values of a template's placeholders in a path; a word in the place of an id, as `/invoices/transactions`, does not fit. */
function idsOf(template: string, path: string): Record<string, string> | undefined {
	const [wanted, given] = [template.split('/'), path.split('/')];
	if (wanted.length !== given.length) return undefined;
	const ids: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		if (!part.startsWith('{')) {
			if (part !== given[index]) return undefined;
		} else if (/\d/.test(given[index])) ids[part.slice(1, -1)] = given[index];
		else return undefined;
	}
	return ids;
}

function queryOf(value: unknown, known: Call | undefined): Request['query'] {
	const query: Record<string, QueryValue | undefined> = {};
	for (const [name, one] of Object.entries((value ?? {}) as IDataObject)) {
		if (isPlainObject(one))
			throw new InputError(
				'Query Parameters',
				`hold an object under '${name}'`,
				'Give texts, numbers, true, false, or lists of these.',
			);
		const repeated = factsOf(known).query?.[name]?.repeated === true;
		if (one !== null && one !== undefined)
			query[name] = repeated
				? { repeat: Array.isArray(one) ? (one as string[]) : String(one).split(',') }
				: (one as QueryValue);
	}
	return query;
}

function headersOf(value: unknown): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, one] of Object.entries((value ?? {}) as IDataObject)) {
		if (!/^[\w-]+$/.test(name)) throw new InputError('Headers', `hold a name that no header can have: '${name}'`);
		if (OWN_HEADERS.has(name.toLowerCase()))
			throw new InputError('Headers', `hold '${name}', which the node sets by itself`, 'Leave it out.');
		const text = latin1Header(String(one));
		if (!text.ok) throw new InputError(`Header '${name}'`, text.problem);
		headers[name] = text.value;
	}
	return headers;
}

/** The body as JSON of any form, a bare number too; none for GET, which must not carry one. */
function bodyOf(input: Input, method: string): unknown {
	const given = input.given('requestBody');
	if (method === 'GET' || given === undefined || given === '') return undefined;
	return json('Body (JSON)', given);
}
