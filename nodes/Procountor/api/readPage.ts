import type { IDataObject } from 'n8n-workflow';
import { callInfo } from './contract';
import type { Client } from './client';
import { ProcountorError, type Problem } from './errors';
import { pageMeta, type PageMeta } from './listEnd';
import { pagingOf, type Listing } from './listing';
import type { Query, Request } from './request';
import { bodyObject, type Response } from './response';
import { isListOfRecords } from './responseShape';
import { toObject } from '../utils/objects';

/** Returns one page of a list, and what the page says about the list. */
export async function readPage(
	client: Client,
	listing: Listing,
	query: Query,
): Promise<{ records: IDataObject[] } & PageMeta> {
	const { call, path, headers, noun, paging } = listing;
	const listPath = listing.listPath ?? callInfo(call).listPath;
	const isComplete = paging ? undefined : (body: unknown): boolean => isList(body, listPath);
	const request = { call, path, query, headers, noun, isComplete };
	// It is uncertain whether an empty search returns an empty list or a 404, so both mean that nothing was found.
	const response = path ? await client.request(request) : await requestList(client, request, listing);
	if (!response) return { records: [], pageSize: Infinity, total: 0 };
	const body = bodyObject(response) ?? {};
	if (paging && !isListOfRecords(Array.isArray(body) ? body : body[listPath ?? '']))
		throw new ProcountorError(noListProblem(listing));
	const records = recordsIn(body, listPath);
	// The next page is requested by the last ID, so a record without an ID could make records disappear.
	if (pagingOf(call) === 'keyset' && !records.every(hasId)) throw new ProcountorError(missingIdProblem(listing));
	return { records, ...pageMeta(body) };
}

/** The delay before a 404 is requested again. */
const CONFIRM_DELAY_MS = 500;

async function requestList(client: Client, request: Request, { confirmEmpty }: Listing): Promise<Response | undefined> {
	const response = await client.requestOptional(request);
	if (response || !confirmEmpty) return response;
	await client.pause(CONFIRM_DELAY_MS);
	return await client.requestOptional(request);
}

/** Whether a body contains a list, which can be empty. An empty object, or one with only a message, contains none. */
export function isList(body: unknown, listPath: string | undefined): boolean {
	if (Array.isArray(body)) return true;
	if (listPath !== undefined) return Array.isArray(listPath.split('.').reduce<unknown>(valuesAt, body));
	return Object.keys(body as object).some((name) => !['message', 'error', 'errors', 'status'].includes(name));
}

function noListProblem({ call }: Listing): Problem {
	return {
		message: `${call} did not return a list of records under 'results'`,
		advice: 'Switch off Get All Pages for this path.',
	};
}

/**
 * Returns the records of a body: a bare list, the list at `listPath`, or one record instead of a list
 * (docs/procountor.md#conventions).
 */
export function recordsIn(body: IDataObject | IDataObject[], listPath: string | undefined): IDataObject[] {
	if (!Array.isArray(body) && listPath === undefined) return Object.keys(body).length ? [body] : [];
	const list: unknown = Array.isArray(body) ? body : (listPath as string).split('.').reduce<unknown>(valuesAt, body);
	// Values that are not objects, such as currencies, become records with one property.
	return Array.isArray(list)
		? list.map((entry: unknown) =>
				typeof entry === 'object' && entry !== null
					? (entry as IDataObject)
					: { [singularName(listPath)]: entry as string },
			)
		: [];
}

function valuesAt(value: unknown, name: string): unknown {
	return Array.isArray(value) ? value.flatMap((entry: IDataObject) => entry[name] ?? []) : toObject(value)[name];
}

/** `currencies` → `currency`, `deliveryTerms` → `deliveryTerm`. */
function singularName(listPath = 'values'): string {
	return listPath.replace(/ies$/, 'y').replace(/s$/, '');
}

/** Returns what identifies a record in its list: its ID, which attachments and webhooks name differently. */
export function keyOf({ id, attachmentId, uuid }: IDataObject): unknown {
	return id ?? attachmentId ?? uuid;
}

function hasId(record: IDataObject): boolean {
	const id = keyOf(record);
	return typeof id === 'number' && Number.isSafeInteger(id) && id > 0;
}

function missingIdProblem({ call }: Listing): Problem {
	return {
		message: `${call} returned a record without a usable ID, so the list cannot be read to its end`,
		advice: 'Report this to the authors of the node, with the API version that the credential names.',
	};
}
