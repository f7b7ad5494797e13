import { createHash } from 'crypto';
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { addressOf, closedVersion, trimmed, type Address } from './address';
import { REST_ADVICE, restingUntil, tooManyRequests } from './errorMessages';
import { faultsIn } from './faults';
import { DEADLINE_MS, exchange } from './exchange';
import { isResponse, LOGIN_ERROR, type Outcome } from './response';
import { LongRest, rateLimiterFor, rateFor, type RateLimiter } from './rateLimiter';
import { waitAndPace } from './retry';
import { maskOf, rememberToken } from './secrets';
import { joined } from '../utils/maps';
import { raise } from '../utils/raise';
import { MENUS } from '../utils/menus';

const OPEN_THE_API = `Open the API in Procountor: ${MENUS.openApi}.`;
const CHECK_API_KEY = `Check that the API key still exists and belongs to this client (${MENUS.apiKeys}), and that its user still has rights in the company.`;
const CHECK_CLIENT =
	'Check client ID and client secret: they come from Procountor, and test and production have their own.';

/** A refused or failed token call; the transport knows it by its name and passes its words on. */
class LoginError extends Error {
	/** The message holds the advice too: n8n's credential dialog shows nothing else. */
	constructor(
		readonly reason: string,
		readonly description: string,
		/** It may pass by itself. */
		readonly temporary = false,
	) {
		super(`${reason}. ${description}`);
		this.name = LOGIN_ERROR;
	}
}

/** How long a fetched token serves those who come with an older one, in milliseconds. */
const SHARED_FOR = 60_000;

const inFlight = new Map<string, Promise<string>>();
const fetched = new Map<string, { accessToken: string; at: number }>();

/** A token as n8n keeps it in the credential, with the mark of the key that it was given for. */
export interface KeptToken extends IDataObject {
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
): Promise<KeptToken> {
	const credential = trimmed(stored);
	const address = addressOf(credential);
	if ('fault' in address) throw new LoginError(address.fault, address.advice);
	try {
		return await tokenAt(address, helpers, credential);
	} catch (error) {
		return raise(error instanceof LongRest ? new LoginError(restingUntil(error.until), REST_ADVICE, true) : error);
	}
}

async function tokenAt(
	address: Address,
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<KeptToken> {
	const pace = rateLimiterFor(
		address.host,
		String(credential.clientId ?? ''),
		rateFor(address.environment, credential.requestsPerSecond, 'key'),
	);
	const tokenOf = markOf(credential);
	const stale = String(credential.accessToken ?? '');
	const known = fetched.get(tokenOf);
	const isFresh =
		stale !== '' && known !== undefined && known.accessToken !== stale && performance.now() - known.at < SHARED_FOR;
	const accessToken = isFresh
		? known.accessToken
		: await sharedFetch(tokenOf, async () => await fetchToken(helpers, credential, address, pace));
	// n8n sends the refused request again by itself, as soon as it has the token: that repeat takes its place in the row here.
	if (stale !== '' && credential.tokenOf === tokenOf) await pace.acquire();
	return { accessToken, tokenOf };
}

/**
 * Returns the credential's token if it belongs to the credential's present key. n8n keeps a token until Procountor
 * refuses it, also when an expression or a person has entered another company's key. In that case this throws an error
 * that n8n takes for a refusal, so that n8n fetches a token for the new key.
 */
export function ownToken(credential: ICredentialDataDecryptedObject): string {
	if (credential.tokenOf !== markOf(credential)) throw new OtherKeyError();
	return String(credential.accessToken);
}

class OtherKeyError extends Error {
	readonly response = { status: 401 };
	constructor() {
		super('The access token belongs to another key');
	}
}

/** Tells keys apart without showing them. */
function markOf(stored: ICredentialDataDecryptedObject): string {
	const credential = trimmed(stored);
	const address = addressOf(credential);
	const parts = [
		'fault' in address ? '' : address.base,
		credential.clientId,
		credential.clientSecret,
		credential.apiKey,
	];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

async function sharedFetch(tokenOf: string, fetch: () => Promise<string>): Promise<string> {
	const accessToken = await joined(inFlight, tokenOf, fetch);
	rememberToken(accessToken);
	forgetOld();
	fetched.set(tokenOf, { accessToken, at: performance.now() });
	return accessToken;
}

function forgetOld(): void {
	for (const [tokenOf, { at }] of fetched) if (performance.now() - at > SHARED_FOR) fetched.delete(tokenOf);
}

async function fetchToken(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
	address: Address,
	pace: RateLimiter,
): Promise<string> {
	const form = formOf(credential);
	const started = performance.now();
	for (let tries = 1; ; tries++) {
		await pace.acquire();
		const outcome = await post(helpers, `${address.base}/oauth/token`, form);
		const given =
			isResponse(outcome) && outcome.statusCode === 200
				? (outcome.body as { access_token?: unknown })?.access_token
				: undefined;
		if (isToken(given)) return given;
		const request = { call: 'POST /oauth/token', readOnly: true };
		const wait = waitAndPace(pace, outcome, request, tries, performance.now() - started);
		if (!wait?.again) throw refusal(outcome, address, credential);
		if (!wait.everybody) await sleep(wait.milliseconds);
	}
}

/** A header takes visible characters alone; anything else is no token. */
const isToken = (given: unknown): given is string => typeof given === 'string' && /^[\x21-\x7e]+$/.test(given);

/** The form as text, since a form object would get a charset parameter, which Procountor refuses. */
function formOf(credential: ICredentialDataDecryptedObject): string {
	const form = new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: String(credential.clientId ?? ''),
		client_secret: String(credential.clientSecret ?? ''),
		api_key: String(credential.apiKey ?? ''),
	});
	if (credential.redirectUri) form.set('redirect_uri', String(credential.redirectUri));
	return form.toString();
}

async function post(helpers: IHttpRequestHelper['helpers'], url: string, body: string): Promise<Outcome> {
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

/** The reason in words. What Procountor says is kept, but never a secret that it might repeat. */
function refusal(outcome: Outcome, address: Address, credential: ICredentialDataDecryptedObject): LoginError {
	if (!isResponse(outcome))
		return new LoginError(
			`Procountor cannot be reached at ${address.host} (${outcome.reason})`,
			'Check the environment in the credential and the network of this n8n.',
			true,
		);
	const { statusCode } = outcome;
	const reasons = faultsIn(outcome, maskOf(credential))
		.map(({ message }) => message)
		.join('; ');
	const quote = reasons ? `${statusCode}: ${reasons}` : String(statusCode);
	const closed = statusCode === 404 || statusCode === 410 ? closedVersion(address, statusCode) : undefined;
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
	return new LoginError(`Procountor refused the login (${quote})`, advised(reasons));
}

/** All causes that end in the same refusal, the likeliest first; the form of Procountor's words is not documented (U). */
function advised(reasons: string): string {
	if (/allow|invoiceable|usage setting|integration|closed/i.test(reasons))
		return [OPEN_THE_API, CHECK_API_KEY, CHECK_CLIENT].join(' ');
	if (/api.?key/i.test(reasons)) return [CHECK_API_KEY, OPEN_THE_API, CHECK_CLIENT].join(' ');
	return [CHECK_CLIENT, CHECK_API_KEY, OPEN_THE_API].join(' ');
}
