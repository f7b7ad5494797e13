import { closedVersion, versionNumberOf, type Address } from './address';
import { unexpectedForm } from './expectedForm';
import { faultsIn, type Mask, type NamedFault } from './faults';
import { bodyObject, isResponse, type Response, type Failure, type Outcome } from './response';
import type { Problem } from './errors';
import { splitCall, type Request } from './request';
import { isSafeToRepeat, restAsked } from './retry';
import { MENUS } from '../utils/menus';

/** The parts of a request that its problem is told with. */
interface Asked {
	call: string;
	readOnly?: boolean;
	bytes?: boolean;
	noun?: string;
	path?: Request['path'];
	body?: unknown;
}

/**
 * Puts the faults of a response into words: a sentence without a full stop, and what to do. The API client knows no labels;
 * the code that opens it passes an explanation that does.
 */
export type ExplainFaults = (faults: readonly NamedFault[]) => Pick<Problem, 'message' | 'advice'>;

/** Names each fault by its path and message, for callers that pass no explanation. */
export const nameFaults: ExplainFaults = (faults) => ({
	message: faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '),
});

/** n8n recognizes a cancelled run by this word. */
export const CANCELLED = 'The execution was canceled';
const LOOK_FIRST = 'Check in Procountor whether it was saved before you run this again.';
/** What to do if Procountor asks clients to wait. */
export const REST_ADVICE =
	'This request was not sent. Run the workflow again after that time, with fewer requests a second in the credential or fewer workflows at a time.';
const CHECK_ID = 'Check the ID, and that the credential is of the company that the record belongs to.';
const RIGHTS = `In Procountor, an administrator grants rights under ${MENUS.users}. Company: Check Access shows what this key can do.`;

/** The time until which Procountor refuses requests, to the second and in UTC; `time` is in milliseconds since 1970. */
export function restingUntil(time: number): string {
	const moment = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
	return `Procountor asked this API client to send no requests until ${moment} UTC`;
}

/** The message for a 429, with the end of the wait if the response has one. */
export function tooManyRequests(answer: Response): string {
	return `Procountor receives too many requests from this API client (429)${restOf(answer)}`;
}

/** A sentence about the rest that a response asks for; empty where it asks for none. */
function restOf(answer: Response): string {
	const rest = restAsked(answer);
	return rest ? `. ${restingUntil(Date.now() + rest)}` : '';
}

/** Describes what is wrong with a response or failure, in a user's words; undefined for a good response. */
export function problemOf(
	outcome: Outcome,
	asked: Asked,
	address: Address,
	explain: ExplainFaults = nameFaults,
	mask: Mask = (text) => text,
): Problem | undefined {
	if (!isResponse(outcome)) return withoutAnswer({ ...outcome, reason: mask(outcome.reason) }, asked, address);
	const status = outcome.statusCode;
	const faults = faultsIn(outcome, mask);
	if (status >= 200 && status < 300) return successProblem(outcome, faults, asked, address, explain);
	return { status, ...refusal(outcome, faults, asked, address, explain) };
}

function withoutAnswer({ failure, reason, advice, temporary }: Failure, asked: Asked, address: Address): Problem {
	if (failure === 'login') return { message: reason, advice, status: 401, temporary };
	if (failure === 'cancelled') return { message: CANCELLED };
	if (failure === 'resting') return { message: reason, advice: REST_ADVICE, status: 429, temporary: true };
	if (failure === 'incomplete')
		return {
			message: `Procountor returned no list for ${nameOf(asked)}: ${reason}`,
			advice: 'It is not known whether there are records. Try again later.',
			temporary: true,
		};
	if (failure === 'unreachable')
		return {
			message: `Procountor cannot be reached at ${address.host} (${reason})`,
			advice: 'Nothing was sent. Check the environment in the credential and the network of this n8n.',
			temporary: true,
		};
	if (isSafeToRepeat(asked))
		return {
			message: `The connection to Procountor failed (${reason})`,
			advice: 'Try again later; a smaller limit or fewer details make responses faster.',
			temporary: true,
		};
	return {
		message: `It is unclear whether Procountor carried out ${nameOf(asked)}: the connection failed (${reason})`,
		advice: LOOK_FIRST,
		outcomeUnknown: true,
	};
}

function refusal(
	answer: Response,
	faults: NamedFault[],
	asked: Asked,
	address: Address,
	explain: ExplainFaults,
): Problem {
	const status = answer.statusCode;
	const codes = faults.map(({ field, message }) => (field ? `${field}: ${message}` : message));
	if (status >= 300 && status < 400) {
		return {
			message: `${address.host} returned a redirect, which the node never follows`,
			advice: 'Check the environment and the URL in the credential.',
		};
	}
	const closed = isVersionRefused(answer, faults) ? closedVersion(address, status) : undefined;
	if (closed) return { ...closed, codes };
	if (status === 400 || status === 409 || status === 422)
		return { ...unknownToVersion(validation(faults, asked, explain), faults, address), codes };
	const told = refusals[status]?.(asked, answer);
	if (told) return { ...told, codes };
	if (status >= 500) return serverFault(answer, asked, codes);
	return { message: `Procountor answered ${nameOf(asked)} with status ${status}`, codes };
}

/** What a status means by itself, whatever the response names as the reason. */
const refusals: Readonly<Record<number, (asked: Asked, answer: Response) => Problem>> = {
	401: () => ({
		message: 'Procountor rejected the access token, also a new one',
		advice: `Check in Procountor whether the API key still exists (${MENUS.apiKeys}), or reconnect the OAuth2 credential.`,
	}),
	403: (asked) => ({
		message: `Procountor does not allow ${nameOf(asked)}: the user lacks the right, or the record's state forbids it`,
		advice: RIGHTS,
		refused: { call: asked.call, type: typeIn(asked.body) },
	}),
	404: (asked) => ({
		message: asked.noun
			? `Procountor has no such record: ${asked.noun}`
			: `Procountor does not know ${splitCall(asked.call).path}`,
		advice: `${asked.noun ? CHECK_ID : 'Check the path, and the IDs in it.'} If nothing at all is found, check the API version in the credential.`,
		refused: { call: asked.call, ids: onlyId(asked) },
	}),
	405: notInThisForm,
	415: notInThisForm,
	429: (_, answer) => ({
		message: tooManyRequests(answer),
		advice: 'It was not carried out. Lower the requests a second in the credential, or run fewer workflows at a time.',
		temporary: true,
	}),
};

function notInThisForm(asked: Asked, { statusCode }: Response): Problem {
	return {
		message: `Procountor does not accept ${nameOf(asked)} in this form (${statusCode})`,
		advice: 'Choose another API version in the credential, or report this to the authors of the node.',
	};
}

/** Whether a 404 or 410 is about the version rather than the record: a record's 404 is JSON and says nothing of versions. */
function isVersionRefused(answer: Response, faults: NamedFault[]): boolean {
	if (answer.statusCode === 410) return true;
	return (
		answer.statusCode === 404 && (!bodyObject(answer) || faults.some(({ message }) => /\bversion\b/i.test(message)))
	);
}

/** Says that an older version may lack the refused fields, which `Latest` has. */
function unknownToVersion(problem: Problem, faults: NamedFault[], address: Address): Problem {
	const version = versionNumberOf(address) ?? (/\/supported\/api$/.test(address.base) ? 'Supported' : undefined);
	if (version === undefined || !faults.some(({ message }) => /\b(unrecogni[sz]ed|unknown)\b/i.test(message)))
		return problem;
	const advice = `API version ${version} may not know these fields. Leave them empty, or choose 'Latest' as API version in the credential.`;
	return { ...problem, advice: [problem.advice, advice].filter(Boolean).join(' ') };
}

function serverFault(answer: Response, asked: Asked, codes: string[]): Problem {
	const status = answer.statusCode;
	if (isSafeToRepeat(asked))
		return {
			message: `Procountor returned an internal error (${status})${restOf(answer)}`,
			advice: "Try again later. If it happens again, tell Procountor's support the time and the company.",
			codes,
			temporary: true,
		};
	return {
		message: `It is unclear whether Procountor carried out ${nameOf(asked)}: it returned an internal error (${status})`,
		advice: LOOK_FIRST,
		codes,
		outcomeUnknown: true,
	};
}

/** Each fault with its field in the user's terms, and what to do where the code is known. */
function validation(faults: NamedFault[], asked: Asked, explain: ExplainFaults): Problem {
	if (faults.length === 0)
		return {
			message: `Procountor rejected ${nameOf(asked)} and gave no reason`,
			advice: 'Compare the fields with the documentation of the operation.',
		};
	return explain(faults);
}

/** What is wrong with a response whose status says success. */
function successProblem(
	answer: Response,
	faults: NamedFault[],
	asked: Asked,
	address: Address,
	explain: ExplainFaults,
): Problem | undefined {
	const form = unexpectedForm(answer, asked);
	if (form === undefined) return undefined;
	const status = answer.statusCode;
	const isRead = isSafeToRepeat(asked);
	const checkAddress = `Check the environment and the URL in the credential: ${address.base} does not answer as the API does.`;
	const unknown = `It is unclear whether Procountor carried out ${nameOf(asked)}`;
	switch (form) {
		case 'fault': {
			const codes = faults.map(({ field, message }) => (field ? `${field}: ${message}` : message));
			const { message, advice } = validation(faults, asked, explain);
			if (isRead) return { message, advice, codes, status };
			return {
				message: `${unknown}: it returned errors with status ${status}: ${message}`,
				advice: LOOK_FIRST,
				codes,
				status,
				outcomeUnknown: true,
			};
		}
		case 'nothing':
			return asked.bytes
				? {
						message: `Procountor returned an empty file for ${nameOf(asked)}`,
						advice: 'Check in Procountor whether the file is there, then try again.',
						status,
					}
				: {
						message: `Procountor returned nothing for ${nameOf(asked)}`,
						advice: 'Try again later.',
						status,
						temporary: true,
					};
		case 'other':
			return {
				message: `Procountor returned data of an unexpected form for ${nameOf(asked)}`,
				advice: `Try again later. If it happens again, check the environment, the URL and the API version in the credential (${address.base}).`,
				status,
			};
		default:
			return {
				message: isRead
					? `Procountor returned a page instead of data for ${nameOf(asked)}`
					: `${unknown}: it returned a page instead of data`,
				advice: isRead ? checkAddress : `${LOOK_FIRST} ${checkAddress}`,
				status,
				outcomeUnknown: isRead ? undefined : true,
			};
	}
}

/** The ID of the one record that a request is for; of a part of a record nobody knows which of the two is missing. */
function onlyId({ path = {} }: Asked): Array<string | number> {
	const ids = Object.values(path);
	return ids.length === 1 ? ids : [];
}

/** The type of the record that a request writes, where its body tells. */
function typeIn(body: unknown): string | undefined {
	const type = (body as { type?: unknown } | undefined)?.type;
	return typeof type === 'string' ? type : undefined;
}

function nameOf({ noun, call }: Asked): string {
	return noun ? `the request for ${noun}` : call;
}
