import { closedVersionProblem, versionNumberOf, type Address } from './address';
import { unexpectedShape } from './responseShape';
import { faultsIn, type Mask, type NamedFault } from './faults';
import { bodyObject, isResponse, type Response, type Failure, type Outcome } from './response';
import type { Problem } from './errors';
import { splitCall, type Request } from './request';
import { isSafeToRepeat, retryAfterMs } from './retry';
import { MENUS } from '../utils/menus';

/**
 * Explains the faults of a response: a sentence without a full stop, and advice. The API client knows no labels, so the
 * code that opens a client passes a function that does.
 */
export type ExplainFaults = (faults: readonly NamedFault[]) => Pick<Problem, 'message' | 'advice'>;

/** Names each fault by its path and message. The default if a client is opened without an explanation. */
export const nameFaults: ExplainFaults = (faults) => ({
	message: faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '),
});

/** n8n recognizes a cancelled execution by the word "canceled". */
export const CANCELLED = 'The execution was canceled';
const CHECK_FIRST = 'Check in Procountor whether it was saved before you run this again.';
/** The advice for a request that was not sent because of a long Retry-After. */
export const PAUSE_ADVICE =
	'This request was not sent. Run the workflow again after that time, with fewer requests a second in the credential or fewer workflows at a time.';
const CHECK_ID_ADVICE = 'Check the ID, and that the credential is of the company that the record belongs to.';
const RIGHTS_ADVICE = `In Procountor, an administrator grants rights under ${MENUS.users}. Company: Check Access shows what this key can do.`;

/** Returns a message with the end of a pause. `time` is in milliseconds since 1970. */
export function pauseMessage(time: number): string {
	const moment = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
	return `Procountor asked this API client to send no requests until ${moment} UTC`;
}

/** Returns the message for a 429, with the end of the pause if the response names one. */
export function tooManyRequests(response: Response): string {
	return `Procountor receives too many requests from this API client (429)${retryAfterSentence(response)}`;
}

/** Returns a sentence about a response's Retry-After; empty without one. */
function retryAfterSentence(response: Response): string {
	const remainingMs = retryAfterMs(response);
	return remainingMs ? `. ${pauseMessage(Date.now() + remainingMs)}` : '';
}

/** Describes what is wrong with a response or failure, in the user's terms; undefined for a good response. */
export function problemOf(
	outcome: Outcome,
	request: Request,
	address: Address,
	explain: ExplainFaults = nameFaults,
	mask: Mask = (text) => text,
): Problem | undefined {
	if (!isResponse(outcome)) return failureProblem({ ...outcome, reason: mask(outcome.reason) }, request, address);
	const status = outcome.statusCode;
	const faults = faultsIn(outcome, mask);
	if (status >= 200 && status < 300) return successProblem(outcome, faults, request, address, explain);
	return { status, ...refusalProblem(outcome, faults, request, address, explain) };
}

function failureProblem({ failure, reason, advice, temporary }: Failure, request: Request, address: Address): Problem {
	if (failure === 'login') return { message: reason, advice, status: 401, temporary };
	if (failure === 'cancelled') return { message: CANCELLED };
	if (failure === 'paused') return { message: reason, advice: PAUSE_ADVICE, status: 429, temporary: true };
	if (failure === 'incomplete')
		return {
			message: `Procountor returned no list for ${requestName(request)}: ${reason}`,
			advice: 'It is not known whether there are records. Try again later.',
			temporary: true,
		};
	if (failure === 'unreachable')
		return {
			message: `Procountor cannot be reached at ${address.host} (${reason})`,
			advice: 'Nothing was sent. Check the environment in the credential and the network of this n8n.',
			temporary: true,
		};
	if (isSafeToRepeat(request))
		return {
			message: `The connection to Procountor failed (${reason})`,
			advice: 'Try again later; a smaller limit or fewer details make responses faster.',
			temporary: true,
		};
	return {
		message: `It is unclear whether Procountor carried out ${requestName(request)}: the connection failed (${reason})`,
		advice: CHECK_FIRST,
		outcomeUnknown: true,
	};
}

function refusalProblem(
	response: Response,
	faults: NamedFault[],
	request: Request,
	address: Address,
	explain: ExplainFaults,
): Problem {
	const status = response.statusCode;
	const codes = faults.map(({ field, message }) => (field ? `${field}: ${message}` : message));
	if (status >= 300 && status < 400) {
		return {
			message: `${address.host} returned a redirect, which the node never follows`,
			advice: 'Check the environment and the URL in the credential.',
		};
	}
	const closed = isVersionRefused(response, faults) ? closedVersionProblem(address, status) : undefined;
	if (closed) return { ...closed, codes };
	if (status === 400 || status === 409 || status === 422)
		return { ...withVersionAdvice(validationProblem(faults, request, explain), faults, address), codes };
	const byStatus = problemsByStatus[status]?.(request, response);
	if (byStatus) return { ...byStatus, codes };
	if (status >= 500) return serverErrorProblem(response, request, codes);
	return { message: `Procountor answered ${requestName(request)} with status ${status}`, codes };
}

/** The problems of statuses that mean the same whatever the body says. */
const problemsByStatus: Readonly<Record<number, (request: Request, response: Response) => Problem>> = {
	401: () => ({
		message: 'Procountor rejected the access token, also a new one',
		advice: `Check in Procountor whether the API key still exists (${MENUS.apiKeys}), or reconnect the OAuth2 credential.`,
	}),
	403: (request) => {
		const statement = `Procountor does not allow ${requestName(request)}`;
		return {
			message: `${statement}: the user lacks the right, or the record's state forbids it`,
			advice: RIGHTS_ADVICE,
			refused: { call: request.call, type: recordType(request.body), statement },
		};
	},
	404: (request) => ({
		message: request.noun
			? `Procountor has no such record: ${request.noun}`
			: `Procountor does not know ${splitCall(request.call).path}`,
		advice: `${request.noun ? CHECK_ID_ADVICE : 'Check the path, and the IDs in it.'} If nothing at all is found, check the API version in the credential.`,
		refused: { call: request.call, ids: singleId(request) },
	}),
	405: unsupportedRequest,
	415: unsupportedRequest,
	429: (_, response) => ({
		message: tooManyRequests(response),
		advice: 'It was not carried out. Lower the requests a second in the credential, or run fewer workflows at a time.',
		temporary: true,
	}),
};

function unsupportedRequest(request: Request, { statusCode }: Response): Problem {
	return {
		message: `Procountor does not accept ${requestName(request)} in this form (${statusCode})`,
		advice: 'Choose another API version in the credential, or report this to the authors of the node.',
	};
}

/** Whether a 404 or 410 is about the API version. A record's 404 is JSON that does not mention a version. */
function isVersionRefused(response: Response, faults: NamedFault[]): boolean {
	if (response.statusCode === 410) return true;
	return (
		response.statusCode === 404 && (!bodyObject(response) || faults.some(({ message }) => /\bversion\b/i.test(message)))
	);
}

/** Adds to the advice that the API version may be too old to know the refused fields. */
function withVersionAdvice(problem: Problem, faults: NamedFault[], address: Address): Problem {
	const version = versionNumberOf(address) ?? (/\/supported\/api$/.test(address.base) ? 'Supported' : undefined);
	if (version === undefined || !faults.some(({ message }) => /\b(unrecogni[sz]ed|unknown)\b/i.test(message)))
		return problem;
	const advice = `API version ${version} may not know these fields. Leave them empty, or choose 'Latest' as API version in the credential.`;
	return { ...problem, advice: [problem.advice, advice].filter(Boolean).join(' ') };
}

function serverErrorProblem(response: Response, request: Request, codes: string[]): Problem {
	const status = response.statusCode;
	if (isSafeToRepeat(request))
		return {
			message: `Procountor returned an internal error (${status})${retryAfterSentence(response)}`,
			advice: "Try again later. If it happens again, tell Procountor's support the time and the company.",
			codes,
			temporary: true,
		};
	return {
		message: `It is unclear whether Procountor carried out ${requestName(request)}: it returned an internal error (${status})`,
		advice: CHECK_FIRST,
		codes,
		outcomeUnknown: true,
	};
}

/** Describes the refused fields. */
function validationProblem(faults: NamedFault[], request: Request, explain: ExplainFaults): Problem {
	if (faults.length === 0)
		return {
			message: `Procountor rejected ${requestName(request)} and gave no reason`,
			advice: 'Compare the fields with the documentation of the operation.',
		};
	return explain(faults);
}

/** Describes what is wrong with a response whose status is a success. */
function successProblem(
	response: Response,
	faults: NamedFault[],
	request: Request,
	address: Address,
	explain: ExplainFaults,
): Problem | undefined {
	const shape = unexpectedShape(response, request);
	if (shape === undefined) return undefined;
	const status = response.statusCode;
	const isSafe = isSafeToRepeat(request);
	const checkAddress = `Check the environment and the URL in the credential: ${address.base} does not answer as the API does.`;
	const unknown = `It is unclear whether Procountor carried out ${requestName(request)}`;
	switch (shape) {
		case 'fault': {
			const codes = faults.map(({ field, message }) => (field ? `${field}: ${message}` : message));
			const { message, advice } = validationProblem(faults, request, explain);
			if (isSafe) return { message, advice, codes, status };
			return {
				message: `${unknown}: it returned errors with status ${status}: ${message}`,
				advice: CHECK_FIRST,
				codes,
				status,
				outcomeUnknown: true,
			};
		}
		case 'nothing':
			return request.bytes
				? {
						message: `Procountor returned an empty file for ${requestName(request)}`,
						advice: 'Check in Procountor whether the file is there, then try again.',
						status,
					}
				: {
						message: `Procountor returned nothing for ${requestName(request)}`,
						advice: 'Try again later.',
						status,
						temporary: true,
					};
		case 'other':
			return {
				message: `Procountor returned data of an unexpected form for ${requestName(request)}`,
				advice: `Try again later. If it happens again, check the environment, the URL and the API version in the credential (${address.base}).`,
				status,
			};
		default:
			return {
				message: isSafe
					? `Procountor returned a page instead of data for ${requestName(request)}`
					: `${unknown}: it returned a page instead of data`,
				advice: isSafe ? checkAddress : `${CHECK_FIRST} ${checkAddress}`,
				status,
				outcomeUnknown: isSafe ? undefined : true,
			};
	}
}

/** Returns the request's ID in a list. With two IDs, as for a part of a record, it is not known which one is missing. */
function singleId({ path = {} }: Request): Array<string | number> {
	const ids = Object.values(path);
	return ids.length === 1 ? ids : [];
}

/** Returns the type in a request's body, if it has one. */
function recordType(body: unknown): string | undefined {
	const type = (body as { type?: unknown } | undefined)?.type;
	return typeof type === 'string' ? type : undefined;
}

function requestName({ noun, call }: Request): string {
	return noun ? `the request for ${noun}` : call;
}
