import type { IDataObject } from 'n8n-workflow';

/** An answer of the server, whatever its status. */
export interface Answer {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

/** No answer: the login was refused, or the connection failed, before or after the request had left. */
export interface NoAnswer {
	broken: 'login' | 'unreachable' | 'lost' | 'cancelled';
	/** What happened, in words; for a refused login with its own advice. */
	reason: string;
	todo?: string;
}

export type Outcome = Answer | NoAnswer;

export function isAnswer(outcome: Outcome): outcome is Answer {
	return 'statusCode' in outcome;
}

/** Failures that happen before a request has left, so that nothing can have taken effect. */
const NEVER_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_INVALID_URL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS)/;

/** The name by which the transport knows an error of the token call, made by the credential. */
export const LOGIN_ERROR = 'ProcountorLoginError';

interface Failure {
	name?: string;
	message?: string;
	description?: string | null;
	code?: string;
	httpCode?: string | null;
	response?: { status?: number; statusCode?: number; headers?: Answer['headers']; data?: unknown };
	cause?: Failure;
	errorResponse?: Failure;
}

/** Reads what n8n threw: a refusal of the token, a second 401, or a connection that failed. */
export function readOutcome(error: unknown): Outcome {
	const chain = causes(error as Failure);
	const login = chain.find((link) => link.name === LOGIN_ERROR);
	if (login) return { broken: 'login', reason: login.message ?? 'Procountor refused the login', todo: login.description ?? undefined };
	const answered = chain.find((link) => link.response?.status !== undefined)?.response;
	if (answered) return { statusCode: Number(answered.status), headers: answered.headers ?? {}, body: answered.data };
	const httpCode = chain.find((link) => link.httpCode && /^\d{3}$/.test(link.httpCode))?.httpCode;
	if (httpCode) return { statusCode: Number(httpCode), headers: {}, body: undefined };
	const code = chain.find((link) => typeof link.code === 'string')?.code ?? '';
	const reason = code || chain.at(-1)?.message || 'unknown';
	if (code === 'ERR_CANCELED' || chain.some((link) => link.name === 'AbortError')) return { broken: 'cancelled', reason };
	return { broken: NEVER_SENT.test(code) ? 'unreachable' : 'lost', reason };
}

function causes(error: Failure | undefined): Failure[] {
	const chain: Failure[] = [];
	for (let link = error; link && chain.length < 6 && !chain.includes(link); link = link.cause ?? link.errorResponse) chain.push(link);
	return chain;
}

/** A header of an answer, whatever its case; the first where there are several. */
export function header(answer: Answer, name: string): string | undefined {
	for (const [key, value] of Object.entries(answer.headers)) {
		if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
	}
	return undefined;
}

/** The body as an object; undefined for anything else, such as an HTML page. */
export function bodyObject(answer: Answer): IDataObject | undefined {
	const body = parsed(answer.body);
	return body !== null && typeof body === 'object' ? (body as IDataObject) : undefined;
}

/** Errors of calls that ask for bytes come as bytes too. */
function parsed(body: unknown): unknown {
	const text = Buffer.isBuffer(body) ? body.toString('utf8') : body;
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
