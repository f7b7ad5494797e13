import { closedVersion, versionNumberOf, type Address } from './address';
import { bodyObject, header, isAnswer, type Answer, type NoAnswer, type Outcome } from './response';
import type { Problem } from './errors';
import { splitCall, type Request } from './request';
import { isSafeToRepeat } from './retry';

/** The parts of a request that its problem is told with. */
interface Asked {
	call: string;
	reads?: boolean;
	bytes?: boolean;
	about?: string;
	path?: Request['path'];
	body?: unknown;
}

/** One fault as Procountor names it: `{status, field, message}` (docs/procountor.md#errors). */
export interface NamedFault {
	/** The path in the request's body, such as `invoiceRows[3].vatStatus`. */
	field?: string;
	message: string;
}

/**
 * Puts the faults of a response into words: a sentence without a full stop, and what to do. The API client knows no labels;
 * the code that opens it passes an explanation that does.
 */
export type ExplainFaults = (faults: readonly NamedFault[]) => Pick<Problem, 'what' | 'todo'>;

/** Names each fault by its path and message, for callers that pass no explanation. */
export const nameFaults: ExplainFaults = (faults) => ({
	what: faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '),
});

/** n8n knows by this word that a run did not fail. */
export const CANCELLED = 'The execution was canceled';
const LOOK_FIRST = 'Look in Procountor whether it was saved before you run this again.';
const RIGHTS =
	'In Procountor, an administrator grants rights under Management > Users; what this key may do is shown by Company: Check Access.';

/** What is wrong with an outcome, in a user's words; undefined when it is a good answer. */
export function problemOf(
	outcome: Outcome,
	asked: Asked,
	address: Address,
	explain: ExplainFaults = nameFaults,
): Problem | undefined {
	if (!isAnswer(outcome)) return withoutAnswer(outcome, asked, address);
	const status = outcome.statusCode;
	if (status >= 200 && status < 300) return isGood(outcome, asked) ? undefined : notData(outcome, asked, address);
	return { status, ...refusal(outcome, asked, address, explain) };
}

/** Data where data was asked for; nothing where nothing can come: after a write, or with a status that says so. */
function isGood(answer: Answer, asked: Asked): boolean {
	if (asked.bytes) return !/^text\/html/i.test(header(answer, 'content-type') ?? '');
	if (bodyObject(answer)) return true;
	return isEmpty(answer) && (answer.statusCode !== 200 || !isSafeToRepeat(asked));
}

const isEmpty = ({ body }: Answer): boolean => body === undefined || body === null || body === '';

function withoutAnswer({ broken, reason, todo, temporary }: NoAnswer, asked: Asked, address: Address): Problem {
	if (broken === 'login') return { what: reason, todo, status: 401, temporary };
	if (broken === 'cancelled') return { what: CANCELLED };
	if (broken === 'unreachable')
		return {
			what: `Procountor cannot be reached at ${address.host} (${reason})`,
			todo: 'Nothing was sent. Check the environment in the credential and the network of this n8n.',
			temporary: true,
		};
	if (isSafeToRepeat(asked))
		return {
			what: `The connection to Procountor failed (${reason})`,
			todo: 'Try again later; a smaller limit or fewer details make answers faster.',
			temporary: true,
		};
	return {
		what: `It is unclear whether Procountor carried out ${nameOf(asked)}: the connection failed (${reason})`,
		todo: LOOK_FIRST,
		unclear: true,
	};
}

function refusal(answer: Answer, asked: Asked, address: Address, explain: ExplainFaults): Problem {
	const status = answer.statusCode;
	const faults = faultsIn(answer);
	const codes = faults.map(({ field, message }) => (field ? `${field}: ${message}` : message));
	if (status >= 300 && status < 400) {
		return {
			what: `${address.host} answered with a redirect, which is never followed`,
			todo: 'Check the environment and the URL in the credential.',
		};
	}
	const closed = isVersionRefused(answer, faults) ? closedVersion(address, status) : undefined;
	if (closed) return { ...closed, codes };
	switch (status) {
		case 400:
		case 409:
		case 422:
			return { ...unknownToVersion(validation(faults, asked, explain), faults, address), codes };
		case 401:
			return {
				what: 'Procountor refused the access token, also a fresh one',
				todo: 'Check in Procountor whether the API key still exists (person icon > API client keys), or reconnect the OAuth2 credential.',
				codes,
			};
		case 403:
			return {
				what: `Procountor does not allow ${nameOf(asked)}: the user lacks the right, or the record's state forbids it`,
				todo: RIGHTS,
				codes,
				refused: { call: asked.call, type: typeIn(asked.body) },
			};
		case 404:
			return {
				what: asked.about
					? `Procountor has no such record: ${asked.about}`
					: `Procountor does not know ${splitCall(asked.call).path}`,
				todo: 'Check the ID, and that the credential is of the company that the record belongs to. If nothing at all is found, check the API version in the credential.',
				codes,
				refused: { call: asked.call, ids: onlyId(asked) },
			};
		case 405:
		case 415:
			return {
				what: `Procountor does not accept ${nameOf(asked)} in this form (${status})`,
				todo: 'Choose another API version in the credential, or report this to the authors of the node.',
				codes,
			};
		case 429:
			return {
				what: 'Procountor receives too many requests from this API client',
				todo: 'It was not carried out. Lower the requests a second in the credential, or run fewer workflows at a time.',
				codes,
				temporary: true,
			};
	}
	if (status >= 500) return serverFault(answer, asked, codes);
	return { what: `Procountor answered ${nameOf(asked)} with status ${status}`, codes };
}

/** Whether a 404 or 410 is about the version rather than the record: a record's 404 is JSON and says nothing of versions. */
function isVersionRefused(answer: Answer, faults: NamedFault[]): boolean {
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
	return { ...problem, todo: [problem.todo, advice].filter(Boolean).join(' ') };
}

function serverFault(answer: Answer, asked: Asked, codes: string[]): Problem {
	const status = answer.statusCode;
	if (isSafeToRepeat(asked))
		return {
			what: `Procountor has a fault of its own (${status})`,
			todo: "Try again later. If it stays, Procountor's support can look it up by time and company.",
			codes,
			temporary: true,
		};
	return {
		what: `It is unclear whether Procountor carried out ${nameOf(asked)}: it answered with a fault of its own (${status})`,
		todo: LOOK_FIRST,
		codes,
		unclear: true,
	};
}

/** Each fault with its field in the user's terms, and what to do where the code is known. */
function validation(faults: NamedFault[], asked: Asked, explain: ExplainFaults): Problem {
	if (faults.length === 0)
		return {
			what: `Procountor refused ${nameOf(asked)} without saying why`,
			todo: 'Compare the fields with the documentation of the operation.',
		};
	return explain(faults);
}

/** `{"errors":[…]}`, `{"error":"…"}` and `{"message":"…"}`; other bodies, such as HTML, name no fault. */
export function faultsIn(answer: Answer): NamedFault[] {
	const body = bodyObject(answer);
	if (!body) return [];
	if (Array.isArray(body.errors)) {
		return (body.errors as Array<{ field?: unknown; message?: unknown }>).map(({ field, message }) => ({
			field: typeof field === 'string' && field !== '' ? field : undefined,
			message: String(message ?? 'no reason given'),
		}));
	}
	const text = body.error_description ?? body.error ?? body.message;
	return typeof text === 'string' ? [{ message: text }] : [];
}

function notData(answer: Answer, asked: Asked, address: Address): Problem {
	if (isEmpty(answer) && !asked.bytes)
		return {
			what: `Procountor answered ${nameOf(asked)} with nothing`,
			todo: 'Try again later.',
			status: answer.statusCode,
			temporary: true,
		};
	const todo = `Check the environment and the URL in the credential: ${address.base} does not answer as the API does.`;
	return isSafeToRepeat(asked)
		? { what: `The answer to ${nameOf(asked)} is not data but a page`, todo, status: answer.statusCode }
		: {
				what: `It is unclear whether Procountor carried out ${nameOf(asked)}: the answer is not data but a page`,
				todo,
				status: answer.statusCode,
				unclear: true,
			};
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

function nameOf({ about, call }: Asked): string {
	return about ? `this call for ${about}` : call;
}
