import { sleep } from 'n8n-workflow';
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { ProcountorError, type Problem } from './errors';
import { addressOf, trimmed, type Address } from './address';
import { LongRest, rateLimiterFor, rateFor, type RateLimiter } from './rateLimiter';
import { CANCELLED, nameFaults, problemOf, restingUntil, type ExplainFaults } from './errorMessages';
import type { CallOf, Call, ParametersOf, ResponseOf } from './contract';
import { DEADLINE_MS, exchange, type RequestKind } from './exchange';
import { completeOr } from './expectedForm';
import type { Mask } from './faults';
import { methodAndPath, type Request } from './request';
import {
	bodyObject,
	bodyWithStatus,
	isResponse,
	readRefusal,
	type Response,
	type Failure,
	type Outcome,
} from './response';
import { isSafeToRepeat, waitAndPace } from './retry';
import { maskOf } from './secrets';
import { renewalFor, type TokenRenewal } from './tokenRenewal';
import { raise } from '../utils/raise';

export type CredentialType = 'procountorApi' | 'procountorOAuth2Api';

/** What the transport needs of n8n's context; nodes, triggers and pickers all have it. */
export type Context = Pick<IAllExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers' | 'logger'> & {
	getExecutionCancelSignal?: () => AbortSignal | undefined;
};

/** What a call takes, and how a message names it. */
type CallOptions<C extends Call> = ParametersOf<C> & Pick<Request, 'readOnly' | 'noun'>;
/** The options of a call; they may be left out where it needs none. */
export type OptionsOf<C extends Call> =
	object extends CallOptions<C> ? [options?: CallOptions<C>] : [options: CallOptions<C>];
/** The same for the code that sends all calls. */
type Parameters = Omit<Request, 'call' | 'bytes'>;

/** What n8n sends for the request that makes it renew a login: that request, the token call, and the request again. */
const REQUESTS_OF_RENEWAL = 3;
/** A renewal that was joined may have been another key's, so a request may need a second one. */
const MOST_RENEWALS = 2;
/** How often a waiting request looks whether its execution was cancelled, in milliseconds. */
const CANCEL_CHECK = 1000;

/** Sends all requests of one credential to one company. */
export class Client {
	/** A login that was refused: it is not asked for again by each item that follows. */
	private refused: Failure | undefined;
	/** Nothing more is sent once the execution is cancelled or has failed. */
	private readonly closing = new AbortController();

	private constructor(
		private readonly context: Context,
		private readonly credentialType: CredentialType,
		readonly address: Address,
		private readonly rateLimiter: RateLimiter,
		private readonly renewal: TokenRenewal,
		private readonly explain: ExplainFaults,
		private readonly mask: Mask,
	) {
		const cancel = context.getExecutionCancelSignal?.();
		if (cancel?.aborted) this.close();
		cancel?.addEventListener('abort', () => this.close());
	}

	/** Opens a client with the credential that the node uses; throws a ProcountorError when its address is refused. */
	static open(
		context: Context,
		credentialType: CredentialType,
		credential: ICredentialDataDecryptedObject,
		explain: ExplainFaults = nameFaults,
	): Client {
		const address = addressOf(credential);
		if ('fault' in address) throw new ProcountorError({ message: address.fault, advice: address.advice });
		const login = credentialType === 'procountorOAuth2Api' ? 'login' : 'key';
		const rate = rateFor(address.environment, credential.requestsPerSecond, login);
		const clientId = String(trimmed(credential).clientId ?? '');
		const savedAs = context.getNode().credentials?.[credentialType]?.id ?? '';
		return new Client(
			context,
			credentialType,
			address,
			rateLimiterFor(address.host, clientId, rate),
			renewalFor(credentialType, savedAs, address.host, clientId),
			explain,
			maskOf(credential),
		);
	}

	/** Sends nothing more: what stands in the row or waits is given up; what is under way comes to its end. */
	close(): void {
		this.closing.abort();
		this.rateLimiter.letGo();
	}

	/** The same client for what is asked once everything else has been given up. Nothing is sent when n8n cancelled the execution. */
	reopened(): Client {
		return new Client(
			this.context,
			this.credentialType,
			this.address,
			this.rateLimiter,
			this.renewal,
			this.explain,
			this.mask,
		);
	}

	/** What is wrong with an outcome, in a user's words; undefined when it is a good response. */
	problemOf(outcome: Outcome, request: Request): Problem | undefined {
		return problemOf(outcome, request, this.address, this.explain, this.mask);
	}

	/**
	 * The JSON of a GET: `client.get('GET /invoices/{invoiceId}', { path: { invoiceId } })` returns an `Invoice`. Throws
	 * as `request` does.
	 */
	async get<C extends CallOf<'GET'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.json(call, options);
	}

	/** Like `get`; undefined for a 404, where 'there is none' is a result too. */
	async getOptional<C extends CallOf<'GET'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C> | undefined> {
		return (await this.requestOptionalJson({ call, ...(options as Parameters | undefined) })) as
			ResponseOf<C> | undefined;
	}

	/** Like `get`; undefined for whatever is not a 200, such as a missing right, where the data only adds to something. */
	async tryGet<C extends CallOf<'GET'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C> | undefined> {
		const outcome = await this.requestRaw({ call, ...(options as Parameters | undefined) });
		return bodyWithStatus(outcome, 200) as ResponseOf<C> | undefined;
	}

	async post<C extends CallOf<'POST'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.json(call, options);
	}

	async put<C extends CallOf<'PUT'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.json(call, options);
	}

	async patch<C extends CallOf<'PATCH'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.json(call, options);
	}

	async delete<C extends CallOf<'DELETE'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.json(call, options);
	}

	private async json<C extends Call>(call: C, options: CallOptions<C> | undefined): Promise<ResponseOf<C>> {
		return ((await this.requestJson({ call, ...(options as Parameters | undefined) })) ?? {}) as ResponseOf<C>;
	}

	/** The JSON of a call that is known at run time only; undefined for a response without an object or a list. Throws as `request` does. */
	async requestJson(request: Request): Promise<IDataObject | undefined> {
		return bodyObject(await this.request(request));
	}

	/** Like `requestJson`; undefined for a 404 too. */
	async requestOptionalJson(request: Request): Promise<IDataObject | undefined> {
		const answer = await this.requestOptional(request);
		return answer && bodyObject(answer);
	}

	/** Sends a request and returns its good response; throws a ProcountorError that says what to do for any other. */
	async request(request: Request): Promise<Response> {
		const outcome = await this.requestRaw(request);
		const problem = this.problemOf(outcome, request);
		if (problem) throw new ProcountorError(problem);
		return outcome as Response;
	}

	/** Like `request`; undefined for a 404. */
	async requestOptional(request: Request): Promise<Response | undefined> {
		const outcome = await this.requestRaw(request);
		if (isResponse(outcome) && outcome.statusCode === 404) return undefined;
		const problem = this.problemOf(outcome, request);
		if (problem) throw new ProcountorError(problem);
		return outcome as Response;
	}

	/** Sends a request, repeats it where that is safe, and gives whatever came of it as a value. */
	async requestRaw(request: Request): Promise<Outcome> {
		const options = this.optionsFor(request);
		let began: number | undefined;
		for (let tries = 1; ; tries++) {
			if (this.refused) return this.refused;
			const outcome = await this.inTurn(async () => {
				// The time in the row does not count as tried.
				began ??= performance.now();
				return completeOr(await this.once(request, options), request.isComplete);
			});
			if (!isResponse(outcome) && outcome.failure === 'login') this.refused = outcome;
			const wait = waitAndPace(this.rateLimiter, outcome, request, tries, performance.now() - (began ?? 0));
			if (!wait?.again) return outcome;
			if (!wait.everybody) await this.pause(wait.milliseconds);
		}
	}

	/** Sends a request when its turn has come; does not send it while Procountor has asked for a long rest. */
	private async inTurn(send: () => Promise<Outcome>): Promise<Outcome> {
		try {
			return await this.rateLimiter.run(send, this.closing.signal);
		} catch (error) {
			return error instanceof LongRest ? { failure: 'resting', reason: restingUntil(error.until) } : raise(error);
		}
	}

	private async once(request: Request, options: IHttpRequestOptions): Promise<Outcome> {
		const exchanged = {
			kind: kindOf(request),
			bytes: request.bytes,
			cancel: this.context.getExecutionCancelSignal?.(),
		};
		for (let renewals = 0; ; renewals++) {
			if (this.closing.signal.aborted) return { failure: 'cancelled', reason: 'before it was sent' };
			const { generation } = this.renewal;
			let isRenewedByN8n = true;
			const send = async (signal: AbortSignal): Promise<Response> => {
				const answer = await this.send(options, signal);
				// An n8n that understands `except` has renewed the token by itself, and throws a second 401.
				isRenewedByN8n = answer.statusCode !== 401;
				return answer;
			};
			const outcome = await exchange({ ...exchanged, send });
			if (isRenewedByN8n || renewals === MOST_RENEWALS) return outcome;
			const failed = await this.renewal.run(generation, async () => await this.renewToken());
			if (failed) return failed;
			await this.rateLimiter.acquire(this.closing.signal);
		}
	}

	/** Has n8n renew the token of a request that was refused: by a small request whose 401 it throws, and then sees to. */
	private async renewToken(): Promise<Outcome | undefined> {
		const turns = this.credentialType === 'procountorOAuth2Api' ? REQUESTS_OF_RENEWAL : 1;
		for (let turn = 0; turn < turns; turn++) await this.rateLimiter.acquire(this.closing.signal);
		const options = { ...this.optionsFor({ call: 'GET /sessioninfo' }), ignoreHttpStatusErrors: false };
		const outcome = await exchange({
			kind: 'read',
			cancel: this.context.getExecutionCancelSignal?.(),
			send: async (signal) =>
				await this.send(options, signal).catch((error: unknown) => readRefusal(error, options.url)),
		});
		return problemOfRenewal(outcome);
	}

	private async send(options: IHttpRequestOptions, abortSignal: AbortSignal): Promise<Response> {
		// n8n lays token and body handling over the options it is given: each try gets its own.
		return (await this.context.helpers.httpRequestWithAuthentication.call(
			withSignal(this.context, abortSignal),
			this.credentialType,
			{ ...options, headers: { ...options.headers }, abortSignal },
		)) as Response;
	}

	/** Waits; throws a ProcountorError when the execution is cancelled, so that nothing goes on. */
	async pause(milliseconds: number): Promise<void> {
		const { signal } = this.closing;
		for (let left = milliseconds; left > 0 && !signal.aborted; left -= CANCEL_CHECK)
			await sleep(Math.min(left, CANCEL_CHECK));
		if (signal.aborted) throw new ProcountorError({ message: CANCELLED });
	}

	private optionsFor(request: Request): IHttpRequestOptions {
		const { method, path } = methodAndPath(request);
		const isForm = request.body instanceof FormData;
		const headers: Record<string, string> = { accept: request.bytes ? '*/*' : 'application/json', ...request.headers };
		if (request.bytes) headers['accept-encoding'] ??= 'identity';
		// n8n drops bare numbers and empty objects, and cannot send them: JSON goes out as text.
		if (request.body !== undefined && !isForm) headers['content-type'] = 'application/json';
		return {
			method: method as IHttpRequestOptions['method'],
			url: this.address.base + path,
			headers,
			...(request.body === undefined
				? {}
				: { body: isForm ? (request.body as FormData) : JSON.stringify(request.body) }),
			// Read here, within a size and a time.
			encoding: 'stream',
			returnFullResponse: true,
			// 401 stays an error, so that n8n fetches a new token and tries once more; before n8n-core 2.11.1 see `renewToken`.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			disableFollowRedirect: true,
			timeout: DEADLINE_MS[kindOf(request)],
		};
	}
}

/** Files take longer than data, and nobody may give up a write early: whether it was carried out would be unknown. */
function kindOf(request: Request): RequestKind {
	if (request.bytes || request.body instanceof FormData) return 'file';
	return isSafeToRepeat(request) ? 'read' : 'write';
}

/**
 * What a request that was sent for a renewal says of the token; undefined when Procountor takes it, whatever it answers to
 * the request itself. The request that needs the token had been refused, so nothing of that can have taken effect.
 */
function problemOfRenewal(outcome: Outcome): Outcome | undefined {
	if (!isResponse(outcome))
		return outcome.failure === 'lost'
			? { failure: 'unreachable', reason: `at the login, ${outcome.reason}`, isFinal: outcome.isFinal }
			: outcome;
	const { statusCode } = outcome;
	if (statusCode === 429 || statusCode >= 500) return { failure: 'unreachable', reason: `at the login, ${statusCode}` };
	return statusCode === 401 ? outcome : undefined;
}

/** n8n puts its own signal over the one of the options where the context has one: this one takes its place. */
function withSignal(context: Context, signal: AbortSignal): IAllExecuteFunctions {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as IAllExecuteFunctions;
}
