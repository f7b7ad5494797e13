import type { IDataObject } from 'n8n-workflow';
import { parseJson } from './json';

/** A response of the server with any status. */
export interface Response {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

/** Why there is no usable response, such as a refused login or a lost connection. */
export interface Failure {
	/** `unreachable`: nothing was sent. `lost`: the request may have been carried out. */
	failure: 'login' | 'unreachable' | 'lost' | 'cancelled' | 'incomplete' | 'paused';
	/** What happened, for messages. */
	reason: string;
	advice?: string;
	/** Whether a later login can succeed without a change. */
	temporary?: boolean;
	/** Whether a retry would fail in the same way. */
	isFinal?: boolean;
}

export type Outcome = Response | Failure;

export function isResponse(outcome: Outcome): outcome is Response {
	return 'statusCode' in outcome;
}

/** Error codes of failures before a request is sent, so that nothing can have been carried out. */
const NEVER_SENT =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS)/;

/** The name of the error that the credential throws for a failed token call. n8n keeps only the name. */
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

/** Error codes of n8n's OAuth2 client for a refresh response that contains no token. */
const RENEWAL_ERROR = /^(EAUTH|ESTATUS)$/;
/** An error code of the operating system or the HTTP client. */
const CONNECTION_ERROR = /^[A-Z][A-Z0-9_]{3,}$/;

/** Converts an error that n8n threw to an outcome: a refused login, a second 401, or a failed connection. */
export function outcomeFromError(error: unknown): Outcome {
	const chain = causeChain(error as ErrorInChain);
	const login = chain.find(({ name }) => name === LOGIN_ERROR);
	if (login) return loginFailure(login);
	// Only a 401 is thrown. A response whose body broke off has a status too, but it is a lost connection.
	const refused = chain.find(({ response }) => response?.status === 401)?.response;
	if (refused) return { statusCode: 401, headers: refused.headers ?? {}, body: refused.data };
	if (chain.some(({ httpCode }) => httpCode === '401')) return { statusCode: 401, headers: {}, body: undefined };
	const renewal = chain.find(({ code }) => RENEWAL_ERROR.test(code ?? ''));
	if (renewal) return renewalFailure(renewal);
	const connectionError = chain.find(({ code }) => CONNECTION_ERROR.test(code ?? ''));
	return connectionError ? connectionFailure(connectionError, chain) : credentialFailure(chain);
}

function loginFailure({ reason, message, description, temporary }: ErrorInChain): Failure {
	return {
		failure: 'login',
		reason: reason ?? message ?? 'Procountor refused the login',
		advice: description ?? undefined,
		temporary,
	};
}

function connectionFailure(connectionError: ErrorInChain, chain: readonly ErrorInChain[]): Failure {
	const reason = connectionError.code ?? '';
	if (reason === 'ERR_CANCELED') return { failure: 'cancelled', reason };
	// The token call failed, so the request itself was not sent.
	const isTokenCall = connectionError.config?.url?.endsWith('/oauth/token') === true;
	if (isTokenCall)
		return {
			failure: 'unreachable',
			reason: `at the login, ${connectionError.response?.status ?? describeErrorCode(reason)}`,
		};
	const isConnecting = chain.some(({ syscall }) => syscall === 'connect');
	return {
		failure: isConnecting || NEVER_SENT.test(reason) ? 'unreachable' : 'lost',
		reason: describeErrorCode(reason),
	};
}

/** Describes error codes of Node.js and the HTTP client. Codes of the operating system are returned as they are. */
function describeErrorCode(code: string): string {
	if (code.startsWith('HPE_')) return 'the response is not valid HTTP';
	if (code.startsWith('Z_')) return 'the compressed response is damaged';
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'no response in time';
	if (/^ERR_(TLS|SSL)/.test(code)) return 'the certificate of the server is not accepted';
	if (code === 'ERR_INVALID_URL') return 'the address is not valid';
	return code.startsWith('ERR_') ? 'the connection was closed' : code;
}

/**
 * Converts an error to an outcome, for a request that throws on every status but success.
 * @param url the request's URL, which tells its error from that of a token call
 */
export function outcomeFromHttpError(error: unknown, url: string): Outcome {
	const refused = causeChain(error as ErrorInChain).find(
		({ config, response }) => config?.url === url && response?.status,
	);
	const { status, headers = {}, data } = refused?.response ?? {};
	return status === undefined ? outcomeFromError(error) : { statusCode: status, headers, body: data };
}

/** An OAuth2 login that could not be renewed. Procountor's message is not quoted, because it can contain the refresh token. */
function renewalFailure({ status, body }: ErrorInChain): Failure {
	if (status === 429) return { failure: 'unreachable', reason: 'at the login, 429' };
	const details = [status, body?.error]
		.filter((part) => typeof part === 'number' || (typeof part === 'string' && /^[\w.-]{1,40}$/.test(part)))
		.join(', ');
	return {
		failure: 'login',
		reason: `Procountor refused to renew the login${details && ` (${details})`}`,
		advice: `${RECONNECT_ADVICE} If it is refused again, check client ID and client secret.`,
		temporary: status !== undefined && status >= 500,
	};
}

/** n8n sent nothing, because it cannot use the credential. */
function credentialFailure(chain: ErrorInChain[]): Failure {
	const message = (chain.at(-1)?.message ?? 'unknown').replace(/\.$/, '');
	if (/sign without access token|not connected/.test(message))
		return { failure: 'login', reason: 'The OAuth2 credential is not connected', advice: RECONNECT_ADVICE };
	const advice = chain.find(
		({ description }) => typeof description === 'string' && description !== message,
	)?.description;
	return { failure: 'login', reason: message, advice: advice ?? 'Open the credential in n8n and check it.' };
}

const RECONNECT_ADVICE =
	"Open the credential in n8n, click 'Connect' (older n8n: 'Connect my account'), and log in to Procountor.";

function causeChain(error: ErrorInChain | undefined): ErrorInChain[] {
	const chain: ErrorInChain[] = [];
	for (let link = error; link && chain.length < 6 && !chain.includes(link); link = link.cause ?? link.errorResponse)
		chain.push(link);
	return chain;
}

/** Returns a response header, ignoring case; the first one if there are several. */
export function header(response: Response, name: string): string | undefined {
	for (const [key, value] of Object.entries(response.headers)) {
		if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
	}
	return undefined;
}

/** Returns the body as an object if the response has one of the statuses; undefined otherwise. */
export function bodyWithStatus(outcome: Outcome, ...statuses: number[]): IDataObject | undefined {
	return isResponse(outcome) && statuses.includes(outcome.statusCode) ? bodyObject(outcome) : undefined;
}

/** Returns the body as an object or a list; undefined for anything else, such as an HTML page. */
export function bodyObject(response: Response): IDataObject | undefined {
	const body = parsedBody(response.body);
	return body !== null && typeof body === 'object' ? (body as IDataObject) : undefined;
}

/** JSON has to begin within so many bytes. */
const JSON_START_BYTES = 100;

/** Parses bytes as JSON, since errors of calls for files are bytes too. Skips large files, which do not begin like JSON. */
function parsedBody(body: unknown): unknown {
	if (!Buffer.isBuffer(body)) return body;
	if (!/^\s*[[{]/.test(body.toString('latin1', 0, JSON_START_BYTES))) return undefined;
	try {
		return parseJson(body.toString('utf8'));
	} catch {
		return undefined;
	}
}
