import { callInfo } from './contract';
import { faultsIn, reportsFault } from './faults';
import { bodyObject, header, isResponse, type Outcome, type Response } from './response';
import { isSafeToRepeat } from './retry';

interface Asked {
	call: string;
	readOnly?: boolean;
	bytes?: boolean;
}

/** How much of a file is looked at to tell a page from a file, in bytes. */
const HEAD_LENGTH = 512;

/**
 * Describes what a successful response is instead of the requested data; undefined if it is that data. An empty body is
 * good only after a write, or with a status that stands for an empty body.
 */
export function unexpectedForm(answer: Response, asked: Asked): 'fault' | 'page' | 'nothing' | 'other' | undefined {
	const body = bodyObject(answer);
	const isMixed = /^multipart\//i.test(header(answer, 'content-type') ?? '');
	const isRead = isSafeToRepeat(asked);
	const returnsData = isRead && callInfo(asked.call).response !== 'InfoMessage';
	if (body && !isMixed && reportsFault(body, returnsData)) return 'fault';
	if (asked.bytes) return unexpectedFile(answer, isMixed);
	if (body) return isRead && !isExpected(body, asked.call) ? 'other' : undefined;
	if (!isEmpty(answer)) return 'page';
	return answer.statusCode === 200 && isRead ? 'nothing' : undefined;
}

/** Whether a response has no body. */
function isEmpty({ body }: Response): boolean {
	return body === undefined || body === null || body === '' || (Buffer.isBuffer(body) && body.length === 0);
}

function unexpectedFile(answer: Response, isMixed: boolean): 'page' | 'nothing' | undefined {
	if (isEmpty(answer)) return 'nothing';
	if (isMixed) return undefined;
	const start = Buffer.isBuffer(answer.body) ? answer.body.toString('utf8', 0, HEAD_LENGTH) : '';
	const isPage =
		/^(?:text\/html|application\/xhtml\+xml)/i.test(header(answer, 'content-type') ?? '') ||
		/^\uFEFF?\s*<(?:!doctype html|html)\b/i.test(start);
	return isPage ? 'page' : undefined;
}

/** Lists of records have their list, all other data at least one property. Calls that the contract lacks return any JSON. */
function isExpected(body: object, call: string): boolean {
	const { response, listPath, batch } = callInfo(call);
	if (response === undefined) return true;
	if (listPath === 'results')
		return isListOfRecords(Array.isArray(body) ? body : (body as { results?: unknown }).results);
	// Some calls are published as one record and described as a list: both forms are taken (docs/procountor.md#conventions).
	if (Array.isArray(body)) return batch === undefined && response.endsWith('[]') ? true : isListOfRecords(body);
	return response.endsWith('[]') || listPath !== undefined || Object.keys(body).length > 0;
}

/** Whether a value is a list, and holds nothing but records. */
export function isListOfRecords(list: unknown): boolean {
	return (
		Array.isArray(list) && list.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
	);
}

/** How much of an unknown response an error shows, in characters. */
const MOST_SHOWN = 100;

/** The outcome, or a failure if a successful response lacks what was asked for. */
export function completeOr(outcome: Outcome, isComplete?: (body: unknown) => boolean): Outcome {
	if (!isComplete || !isResponse(outcome) || outcome.statusCode !== 200) return outcome;
	const body = bodyObject(outcome);
	if (body === undefined || isComplete(body)) return outcome;
	const told = faultsIn(outcome).map(({ message }) => message);
	return { failure: 'incomplete', reason: told.join('; ') || JSON.stringify(body).slice(0, MOST_SHOWN) };
}
