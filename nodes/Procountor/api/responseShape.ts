import { callInfo } from './contract';
import { faultsIn, reportsFault } from './faults';
import type { Request } from './request';
import { bodyObject, header, isResponse, type Outcome, type Response } from './response';
import { isSafeToRepeat } from './retry';

/** The part of a file that is searched for the start of an HTML page. */
const HEAD_BYTES = 512;

/**
 * Returns what a successful response contains instead of the requested data; undefined if it is that data. An empty
 * body is expected only after a write, or with a status such as 204.
 */
export function unexpectedShape(
	response: Response,
	request: Request,
): 'fault' | 'page' | 'nothing' | 'other' | undefined {
	const body = bodyObject(response);
	const isMultipart = /^multipart\//i.test(header(response, 'content-type') ?? '');
	const isRead = isSafeToRepeat(request);
	const isDataExpected = isRead && callInfo(request.call).response !== 'InfoMessage';
	if (body && !isMultipart && reportsFault(body, isDataExpected)) return 'fault';
	if (request.bytes) return unexpectedFile(response, isMultipart);
	if (body) return isRead && !hasExpectedShape(body, request.call) ? 'other' : undefined;
	if (!isEmpty(response)) return 'page';
	return response.statusCode === 200 && isRead ? 'nothing' : undefined;
}

/** Whether a response has no body. */
function isEmpty({ body }: Response): boolean {
	return body === undefined || body === null || body === '' || (Buffer.isBuffer(body) && body.length === 0);
}

function unexpectedFile(response: Response, isMultipart: boolean): 'page' | 'nothing' | undefined {
	if (isEmpty(response)) return 'nothing';
	if (isMultipart) return undefined;
	const start = Buffer.isBuffer(response.body) ? response.body.toString('utf8', 0, HEAD_BYTES) : '';
	const isPage =
		/^(?:text\/html|application\/xhtml\+xml)/i.test(header(response, 'content-type') ?? '') ||
		/^\uFEFF?\s*<(?:!doctype html|html)\b/i.test(start);
	return isPage ? 'page' : undefined;
}

/** A list needs its list of records, and other data at least one property. Calls outside of the contract return any JSON. */
function hasExpectedShape(body: object, call: string): boolean {
	const { response, listPath, batch } = callInfo(call);
	if (response === undefined) return true;
	if (listPath === 'results')
		return isListOfRecords(Array.isArray(body) ? body : (body as { results?: unknown }).results);
	// Procountor documents some calls as a record and as a list, so both are accepted (docs/procountor.md#conventions).
	if (Array.isArray(body)) return batch === undefined && response.endsWith('[]') ? true : isListOfRecords(body);
	return response.endsWith('[]') || listPath !== undefined || Object.keys(body).length > 0;
}

/** Whether a value is a list that contains only records. */
export function isListOfRecords(list: unknown): boolean {
	return (
		Array.isArray(list) && list.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
	);
}

/** How many characters of an unknown response an error quotes. */
const MAX_QUOTED_LENGTH = 100;

/** Returns the outcome, or a failure if a successful response lacks the requested data. */
export function failIfIncomplete(outcome: Outcome, isComplete?: (body: unknown) => boolean): Outcome {
	if (!isComplete || !isResponse(outcome) || outcome.statusCode !== 200) return outcome;
	const body = bodyObject(outcome);
	if (body === undefined || isComplete(body)) return outcome;
	const messages = faultsIn(outcome).map(({ message }) => message);
	return { failure: 'incomplete', reason: messages.join('; ') || JSON.stringify(body).slice(0, MAX_QUOTED_LENGTH) };
}
