import type { IDataObject } from 'n8n-workflow';
import { parseJson } from './json';

/** An answer of the server, whatever its status. */
export interface Response {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

/** No answer: Procountor had asked for a rest, the login was refused, or the connection failed, before or after the request had left. */
export interface Failure {
	failure: 'login' | 'unreachable' | 'lost' | 'cancelled' | 'incomplete' | 'resting';
	/** What happened, in words; for a refused login with its own advice. */
	reason: string;
	advice?: string;
	/** A login that failed for a reason that may pass by itself. */
	temporary?: boolean;
	/** Sending it again would end in the same way, after as long a time. */
	isFinal?: boolean;
}

export type Outcome = Response | Failure;

export function isResponse(outcome: Outcome): outcome is Response {
	return 'statusCode' in outcome;
}

/** Failures that happen before a request has left, so that nothing can have taken effect; others too, while connecting. */
const NEVER_SENT =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS)/;

/** The name by which the client recognizes an error of the token call, which the credential makes. */
export const LOGIN_ERROR = 'ProcountorLoginError';

interface ErrorInChain {
	name?: string;
	message?: string;
	reason?: string;
	description?: string | null;
	code?: string;
	syscall?: string;
	httpCode?: string | null;
	status?: number;
	temporary?: boolean;
	config?: { url?: string };
	body?: { error?: unknown };
	response?: { status?: number; headers?: Response['headers']; data?: unknown };
	cause?: ErrorInChain;
	errorResponse?: ErrorInChain;
}

/** The codes of n8n's OAuth2 for a refresh that was answered, but not with a token. */
const NOT_RENEWED = /^(EAUTH|ESTATUS)$/;
/** A code of the system or of the HTTP client: the connection failed. */
const OF_CONNECTION = /^[A-Z][A-Z0-9_]{3,}$/;

/** Reads what n8n threw: a refused token, a second 401, or a failed connection. */
export function readOutcome(error: unknown): Outcome {
	const chain = causes(error as ErrorInChain);
	const login = chain.find(({ name }) => name === LOGIN_ERROR);
	if (login) return refusedLogin(login);
	// No other status is thrown; an answer that broke off in its body has one too, but is none.
	const refused = chain.find(({ response }) => response?.status === 401)?.response;
	if (refused) return { statusCode: 401, headers: refused.headers ?? {}, body: refused.data };
	if (chain.some(({ httpCode }) => httpCode === '401')) return { statusCode: 401, headers: {}, body: undefined };
	const renewal = chain.find(({ code }) => NOT_RENEWED.test(code ?? ''));
	if (renewal) return notRenewed(renewal);
	const failed = chain.find(({ code }) => OF_CONNECTION.test(code ?? ''));
	return failed ? failedConnection(failed, chain) : unusable(chain);
}

function refusedLogin({ reason, message, description, temporary }: ErrorInChain): Failure {
	return {
		failure: 'login',
		reason: reason ?? message ?? 'Procountor refused the login',
		advice: description ?? undefined,
		temporary,
	};
}

function failedConnection(failed: ErrorInChain, chain: readonly ErrorInChain[]): Failure {
	const reason = failed.code ?? '';
	if (reason === 'ERR_CANCELED') return { failure: 'cancelled', reason };
	// Without a new token the request itself was not sent again, after a 401.
	const isTokenCall = failed.config?.url?.endsWith('/oauth/token') === true;
	if (isTokenCall)
		return { failure: 'unreachable', reason: `at the login, ${failed.response?.status ?? inWords(reason)}` };
	const isConnecting = chain.some(({ syscall }) => syscall === 'connect');
	return { failure: isConnecting || NEVER_SENT.test(reason) ? 'unreachable' : 'lost', reason: inWords(reason) };
}

/** What the codes of Node and of the HTTP client mean; codes of the system are known to those who run servers. */
function inWords(code: string): string {
	if (code.startsWith('HPE_')) return 'the response is not valid HTTP';
	if (code.startsWith('Z_')) return 'the compressed response is damaged';
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'no response in time';
	if (/^ERR_(TLS|SSL)/.test(code)) return 'the certificate of the server is not accepted';
	if (code === 'ERR_INVALID_URL') return 'the address is not valid';
	return code.startsWith('ERR_') ? 'the connection was closed' : code;
}

/**
 * Reads what n8n threw for a request that throws on every status that is not a success.
 * @param url where that request went; a refused token call has another
 */
export function readRefusal(error: unknown, url: string): Outcome {
	const refused = causes(error as ErrorInChain).find(({ config, response }) => config?.url === url && response?.status);
	const { status, headers = {}, data } = refused?.response ?? {};
	return status === undefined ? readOutcome(error) : { statusCode: status, headers, body: data };
}

/** A login of OAuth2 that was not renewed; what Procountor says of it is not repeated, since it may hold the refresh token. */
function notRenewed({ status, body }: ErrorInChain): Failure {
	if (status === 429) return { failure: 'unreachable', reason: 'at the login, 429' };
	const details = [status, body?.error]
		.filter((part) => typeof part === 'number' || (typeof part === 'string' && /^[\w.-]{1,40}$/.test(part)))
		.join(', ');
	return {
		failure: 'login',
		reason: `Procountor refused to renew the login${details && ` (${details})`}`,
		advice: `${RECONNECT} If it is refused again, check client ID and client secret.`,
		temporary: status !== undefined && status >= 500,
	};
}

/** Nothing of the connection: n8n did not send, since the credential cannot be used, or so it says itself. */
function unusable(chain: ErrorInChain[]): Failure {
	const message = (chain.at(-1)?.message ?? 'unknown').replace(/\.$/, '');
	if (/sign without access token|not connected/.test(message))
		return { failure: 'login', reason: 'The OAuth2 credential is not connected', advice: RECONNECT };
	const advice = chain.find(
		({ description }) => typeof description === 'string' && description !== message,
	)?.description;
	return { failure: 'login', reason: message, advice: advice ?? 'Open the credential in n8n and check it.' };
}

const RECONNECT =
	"Open the credential in n8n, click 'Connect' (older n8n: 'Connect my account'), and log in to Procountor.";

function causes(error: ErrorInChain | undefined): ErrorInChain[] {
	const chain: ErrorInChain[] = [];
	for (let link = error; link && chain.length < 6 && !chain.includes(link); link = link.cause ?? link.errorResponse)
		chain.push(link);
	return chain;
}

/** Returns a response header, whatever its case; the first one if there are several. */
export function header(answer: Response, name: string): string | undefined {
	for (const [key, value] of Object.entries(answer.headers)) {
		if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
	}
	return undefined;
}

/** The body of a response with one of the statuses, as an object; undefined for everything else, such as a failure. */
export function bodyWithStatus(outcome: Outcome, ...statuses: number[]): IDataObject | undefined {
	return isResponse(outcome) && statuses.includes(outcome.statusCode) ? bodyObject(outcome) : undefined;
}

/** The body as an object; undefined for anything else, such as an HTML page. */
export function bodyObject(answer: Response): IDataObject | undefined {
	const body = parsed(answer.body);
	return body !== null && typeof body === 'object' ? (body as IDataObject) : undefined;
}

/** How many bytes tell whether JSON begins: servers write no more white space before it. */
const BEGINNING = 100;

/** Errors of calls that ask for bytes come as bytes too. A file, which may have megabytes, does not begin like an object or a list. */
function parsed(body: unknown): unknown {
	if (!Buffer.isBuffer(body)) return body;
	if (!/^\s*[[{]/.test(body.toString('latin1', 0, BEGINNING))) return undefined;
	try {
		return parseJson(body.toString('utf8'));
	} catch {
		return undefined;
	}
}
