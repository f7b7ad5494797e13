import { createHash } from 'crypto';
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { addressOf, closedVersionProblem, trimmed, type Address } from './address';
import { PAUSE_ADVICE, pauseMessage, tooManyRequests } from './errorMessages';
import { faultsIn } from './faults';
import { DEADLINE_MS, exchange } from './exchange';
import { isResponse, LOGIN_ERROR, type Outcome } from './response';
import { PauseTooLongError, rateLimiterFor, rateFor, type RateLimiter } from './rateLimiter';
import { planRetryAndPace } from './retry';
import { maskOf, rememberToken } from './secrets';
import { joinOrStart } from '../utils/maps';
import { raise } from '../utils/raise';
import { MENUS } from '../utils/menus';

const OPEN_THE_API = `Open the API in Procountor: ${MENUS.openApi}.`;
const CHECK_API_KEY = `Check that the API key still exists and belongs to this client (${MENUS.apiKeys}), and that its user still has rights in the company.`;
const CHECK_CLIENT =
	'Check client ID and client secret: they come from Procountor, and test and production have their own.';

/** Thrown if the token call is refused or fails. The client recognizes it by its name, and shows its message. */
class LoginError extends Error {
	/** The message includes the advice, because n8n's credential dialog shows only the message. */
	constructor(
		readonly reason: string,
		readonly description: string,
		/** Whether a later login can succeed without a change. */
		readonly temporary = false,
	) {
		super(`${reason}. ${description}`);
		this.name = LOGIN_ERROR;
	}
}

/** For how long a new token is returned to requests that still have the old one. */
const TOKEN_REUSE_MS = 60_000;

const pendingTokens = new Map<string, Promise<string>>();
const recentTokens = new Map<string, { accessToken: string; fetchedAt: number }>();

/** The token as n8n stores it in the credential, with a fingerprint of the key that it belongs to. */
export interface StoredToken extends IDataObject {
	accessToken: string;
	tokenOf: string;
}

/**
 * Returns the access token for an API key (docs/procountor.md#api-key). Requests that find an expired token at the same
 * moment share one token call.
 * @throws {LoginError} that says where in Procountor to look, or how long Procountor refuses requests
 */
export async function accessTokenFor(
	helpers: IHttpRequestHelper['helpers'],
	stored: ICredentialDataDecryptedObject,
): Promise<StoredToken> {
	const credential = trimmed(stored);
	const address = addressOf(credential);
	if ('fault' in address) throw new LoginError(address.fault, address.advice);
	try {
		return await obtainToken(address, helpers, credential);
	} catch (error) {
		return raise(
			error instanceof PauseTooLongError ? new LoginError(pauseMessage(error.until), PAUSE_ADVICE, true) : error,
		);
	}
}

async function obtainToken(
	address: Address,
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<StoredToken> {
	const rateLimiter = rateLimiterFor(
		address.host,
		String(credential.clientId ?? ''),
		rateFor(address.environment, credential.requestsPerSecond, 'key'),
	);
	const tokenOf = keyFingerprint(credential);
	const storedToken = String(credential.accessToken ?? '');
	const recent = recentTokens.get(tokenOf);
	const isFresh =
		storedToken !== '' &&
		recent !== undefined &&
		recent.accessToken !== storedToken &&
		performance.now() - recent.fetchedAt < TOKEN_REUSE_MS;
	const accessToken = isFresh
		? recent.accessToken
		: await fetchTokenOnce(tokenOf, async () => await fetchToken(helpers, credential, address, rateLimiter));
	// As soon as n8n has the token, it repeats the refused request by itself. That request must count in the rate limit.
	if (storedToken !== '' && credential.tokenOf === tokenOf) await rateLimiter.acquire();
	return { accessToken, tokenOf };
}

/**
 * Returns the credential's token if it belongs to the credential's present key. n8n keeps a token until Procountor
 * refuses it, also when an expression or a person has entered another company's key. In that case this throws an error
 * that n8n takes for a refusal, so that n8n fetches a token for the new key.
 */
export function verifiedToken(credential: ICredentialDataDecryptedObject): string {
	if (credential.tokenOf !== keyFingerprint(credential)) throw new TokenMismatchError();
	return String(credential.accessToken);
}

class TokenMismatchError extends Error {
	readonly response = { status: 401 };
	constructor() {
		super('The access token belongs to another key');
	}
}

/** Returns a hash that differs for each client, key and environment. */
function keyFingerprint(stored: ICredentialDataDecryptedObject): string {
	const credential = trimmed(stored);
	const address = addressOf(credential);
	const identity = [
		'fault' in address ? '' : address.base,
		credential.clientId,
		credential.clientSecret,
		credential.apiKey,
	];
	return createHash('sha256').update(JSON.stringify(identity)).digest('base64url');
}

async function fetchTokenOnce(tokenOf: string, fetchNew: () => Promise<string>): Promise<string> {
	const accessToken = await joinOrStart(pendingTokens, tokenOf, fetchNew);
	rememberToken(accessToken);
	deleteOldTokens();
	recentTokens.set(tokenOf, { accessToken, fetchedAt: performance.now() });
	return accessToken;
}

function deleteOldTokens(): void {
	for (const [tokenOf, { fetchedAt }] of recentTokens)
		if (performance.now() - fetchedAt > TOKEN_REUSE_MS) recentTokens.delete(tokenOf);
}

async function fetchToken(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
	address: Address,
	rateLimiter: RateLimiter,
): Promise<string> {
	const form = tokenForm(credential);
	const startedAt = performance.now();
	for (let attempt = 1; ; attempt++) {
		await rateLimiter.acquire();
		const outcome = await postForm(helpers, `${address.base}/oauth/token`, form);
		const token =
			isResponse(outcome) && outcome.statusCode === 200
				? (outcome.body as { access_token?: unknown })?.access_token
				: undefined;
		if (isToken(token)) return token;
		const request = { call: 'POST /oauth/token', readOnly: true };
		const plan = planRetryAndPace(rateLimiter, outcome, request, attempt, performance.now() - startedAt);
		if (!plan.shouldRetry) throw loginError(outcome, address, credential);
		if (!plan.pausesClient) await sleep(plan.delayMs);
	}
}

/** A token can contain visible ASCII characters only (RFC 6750). */
const isToken = (token: unknown): token is string => typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);

/** Returns the form as text: for a form object, n8n would add a charset parameter, which Procountor refuses. */
function tokenForm(credential: ICredentialDataDecryptedObject): string {
	const form = new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: String(credential.clientId ?? ''),
		client_secret: String(credential.clientSecret ?? ''),
		api_key: String(credential.apiKey ?? ''),
	});
	if (credential.redirectUri) form.set('redirect_uri', String(credential.redirectUri));
	return form.toString();
}

async function postForm(helpers: IHttpRequestHelper['helpers'], url: string, body: string): Promise<Outcome> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url,
		body,
		headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: DEADLINE_MS.login,
		encoding: 'stream',
	};
	return await exchange({
		kind: 'login',
		send: async (abortSignal) => (await helpers.httpRequest({ ...options, abortSignal })) as unknown,
	});
}

/** Returns the error for a token call that failed. It quotes Procountor's messages, with secrets masked. */
function loginError(outcome: Outcome, address: Address, credential: ICredentialDataDecryptedObject): LoginError {
	if (!isResponse(outcome))
		return new LoginError(
			`Procountor cannot be reached at ${address.host} (${outcome.reason})`,
			'Check the environment in the credential and the network of this n8n.',
			true,
		);
	const { statusCode } = outcome;
	const messages = faultsIn(outcome, maskOf(credential))
		.map(({ message }) => message)
		.join('; ');
	const quote = messages ? `${statusCode}: ${messages}` : String(statusCode);
	const closed = statusCode === 404 || statusCode === 410 ? closedVersionProblem(address, statusCode) : undefined;
	if (closed) return new LoginError(closed.message, closed.advice);
	if (statusCode === 404)
		return new LoginError(
			`There is no Procountor API at ${address.base} (404)`,
			'Check environment and API version in the credential; old versions are closed after nine months.',
		);
	if (statusCode >= 300 && statusCode < 400)
		return new LoginError(
			`${address.host} returned a redirect for the login, which the node never follows`,
			'Check the environment and the URL in the credential.',
		);
	if (statusCode === 429)
		return new LoginError(
			tooManyRequests(outcome),
			'Lower the requests a second in the credential, or run fewer workflows at a time.',
			true,
		);
	if (statusCode >= 500)
		return new LoginError(`Procountor's login returned an internal error (${quote})`, 'Try again later.', true);
	if (statusCode === 200)
		return new LoginError(
			`${address.host} returned no token for the login`,
			'Check the environment and the URL in the credential.',
		);
	return new LoginError(`Procountor refused the login (${quote})`, loginAdvice(messages));
}

/** Returns the possible causes, the likeliest first. Procountor does not document the messages of its login (U). */
function loginAdvice(messages: string): string {
	if (/allow|invoiceable|usage setting|integration|closed/i.test(messages))
		return [OPEN_THE_API, CHECK_API_KEY, CHECK_CLIENT].join(' ');
	if (/api.?key/i.test(messages)) return [CHECK_API_KEY, OPEN_THE_API, CHECK_CLIENT].join(' ');
	return [CHECK_CLIENT, CHECK_API_KEY, OPEN_THE_API].join(' ');
}
