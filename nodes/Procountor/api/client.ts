import { sleep } from 'n8n-workflow';
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { ProcountorError, type Problem } from './errors';
import { addressOf, trimmed, type Address } from './address';
import { PauseTooLongError, rateLimiterFor, rateFor, type RateLimiter } from './rateLimiter';
import { CANCELLED, nameFaults, problemOf, pauseMessage, type ExplainFaults } from './errorMessages';
import type { CallOf, Call, ParametersOf, ResponseOf } from './contract';
import { DEADLINE_MS, exchange, type RequestKind } from './exchange';
import { failIfIncomplete } from './responseShape';
import type { Mask } from './faults';
import { methodAndPath, type Request } from './request';
import {
	bodyObject,
	bodyWithStatus,
	isResponse,
	outcomeFromHttpError,
	type Response,
	type Failure,
	type Outcome,
} from './response';
import { isSafeToRepeat, planRetryAndPace } from './retry';
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
const REQUESTS_PER_RENEWAL = 3;
/** A renewal that was joined may have been another key's, so a request may need a second one. */
const MAX_RENEWALS = 2;
/** How often a waiting request looks whether its execution was cancelled, in milliseconds. */
const CANCEL_CHECK_MS = 1000;

/** Sends all requests of one credential to one company. */
export class Client {
	/** A login that was refused: it is not asked for again by each item that follows. */
	private loginFailure: Failure | undefined;
	/** Nothing more is sent once the execution is cancelled or has failed. */
	private readonly closeController = new AbortController();

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
		const credentialId = context.getNode().credentials?.[credentialType]?.id ?? '';
		return new Client(
			context,
			credentialType,
			address,
			rateLimiterFor(address.host, clientId, rate),
			renewalFor(credentialType, credentialId, address.host, clientId),
			explain,
			maskOf(credential),
		);
	}

	/** Sends nothing more: what stands in the row or waits is given up; what is under way comes to its end. */
	close(): void {
		this.closeController.abort();
		this.rateLimiter.releaseAborted();
	}

	/** The same client for what is asked once everything else has been given up. Nothing is sent when n8n cancelled the execution. */
	reopen(): Client {
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
		return await this.requestTyped(call, options);
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
		return await this.requestTyped(call, options);
	}

	async put<C extends CallOf<'PUT'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.requestTyped(call, options);
	}

	async patch<C extends CallOf<'PATCH'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.requestTyped(call, options);
	}

	async delete<C extends CallOf<'DELETE'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.requestTyped(call, options);
	}

	private async requestTyped<C extends Call>(call: C, options: CallOptions<C> | undefined): Promise<ResponseOf<C>> {
		return ((await this.requestJson({ call, ...(options as Parameters | undefined) })) ?? {}) as ResponseOf<C>;
	}

	/** The JSON of a call that is known at run time only; undefined for a response without an object or a list. Throws as `request` does. */
	async requestJson(request: Request): Promise<IDataObject | undefined> {
		return bodyObject(await this.request(request));
	}

	/** Like `requestJson`; undefined for a 404 too. */
	async requestOptionalJson(request: Request): Promise<IDataObject | undefined> {
		const response = await this.requestOptional(request);
		return response && bodyObject(response);
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
		let startedAt: number | undefined;
		for (let attempt = 1; ; attempt++) {
			if (this.loginFailure) return this.loginFailure;
			const outcome = await this.sendInTurn(async () => {
				// The time in the row does not count as tried.
				startedAt ??= performance.now();
				return failIfIncomplete(await this.sendOnce(request, options), request.isComplete);
			});
			if (!isResponse(outcome) && outcome.failure === 'login') this.loginFailure = outcome;
			const plan = planRetryAndPace(this.rateLimiter, outcome, request, attempt, performance.now() - (startedAt ?? 0));
			if (!plan?.retry) return outcome;
			if (!plan.pausesClient) await this.pause(plan.delayMs);
		}
	}

	/** Sends a request when its turn has come; does not send it while Procountor has asked for a long rest. */
	private async sendInTurn(send: () => Promise<Outcome>): Promise<Outcome> {
		try {
			return await this.rateLimiter.run(send, this.closeController.signal);
		} catch (error) {
			return error instanceof PauseTooLongError
				? { failure: 'paused', reason: pauseMessage(error.until) }
				: raise(error);
		}
	}

	private async sendOnce(request: Request, options: IHttpRequestOptions): Promise<Outcome> {
		const exchangeOptions = {
			kind: requestKind(request),
			bytes: request.bytes,
			cancel: this.context.getExecutionCancelSignal?.(),
		};
		for (let renewals = 0; ; renewals++) {
			if (this.closeController.signal.aborted) return { failure: 'cancelled', reason: 'before it was sent' };
			const { generation } = this.renewal;
			let isRenewedByN8n = true;
			const send = async (signal: AbortSignal): Promise<Response> => {
				const response = await this.send(options, signal);
				// An n8n that understands `except` has renewed the token by itself, and throws a second 401.
				isRenewedByN8n = response.statusCode !== 401;
				return response;
			};
			const outcome = await exchange({ ...exchangeOptions, send });
			if (isRenewedByN8n || renewals === MAX_RENEWALS) return outcome;
			const failure = await this.renewal.run(generation, async () => await this.renewToken());
			if (failure) return failure;
			await this.rateLimiter.acquire(this.closeController.signal);
		}
	}

	/** Has n8n renew the token of a request that was refused: by a small request whose 401 it throws, and then sees to. */
	private async renewToken(): Promise<Outcome | undefined> {
		const slots = this.credentialType === 'procountorOAuth2Api' ? REQUESTS_PER_RENEWAL : 1;
		for (let slot = 0; slot < slots; slot++) await this.rateLimiter.acquire(this.closeController.signal);
		const options = { ...this.optionsFor({ call: 'GET /sessioninfo' }), ignoreHttpStatusErrors: false };
		const outcome = await exchange({
			kind: 'read',
			cancel: this.context.getExecutionCancelSignal?.(),
			send: async (signal) =>
				await this.send(options, signal).catch((error: unknown) => outcomeFromHttpError(error, options.url)),
		});
		return renewalProblem(outcome);
	}

	private async send(options: IHttpRequestOptions, abortSignal: AbortSignal): Promise<Response> {
		// n8n lays token and body handling over the options it is given: each try gets its own.
		return (await this.context.helpers.httpRequestWithAuthentication.call(
			withCancelSignal(this.context, abortSignal),
			this.credentialType,
			{ ...options, headers: { ...options.headers }, abortSignal },
		)) as Response;
	}

	/** Waits; throws a ProcountorError when the execution is cancelled, so that nothing goes on. */
	async pause(durationMs: number): Promise<void> {
		const { signal } = this.closeController;
		for (let remaining = durationMs; remaining > 0 && !signal.aborted; remaining -= CANCEL_CHECK_MS)
			await sleep(Math.min(remaining, CANCEL_CHECK_MS));
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
			timeout: DEADLINE_MS[requestKind(request)],
		};
	}
}

/** Files take longer than data, and nobody may give up a write early: whether it was carried out would be unknown. */
function requestKind(request: Request): RequestKind {
	if (request.bytes || request.body instanceof FormData) return 'file';
	return isSafeToRepeat(request) ? 'read' : 'write';
}

/**
 * What a request that was sent for a renewal says of the token; undefined when Procountor takes it, whatever it answers to
 * the request itself. The request that needs the token had been refused, so nothing of that can have taken effect.
 */
function renewalProblem(outcome: Outcome): Outcome | undefined {
	if (!isResponse(outcome))
		return outcome.failure === 'lost'
			? { failure: 'unreachable', reason: `at the login, ${outcome.reason}`, isFinal: outcome.isFinal }
			: outcome;
	const { statusCode } = outcome;
	if (statusCode === 429 || statusCode >= 500) return { failure: 'unreachable', reason: `at the login, ${statusCode}` };
	return statusCode === 401 ? outcome : undefined;
}

/** n8n puts its own signal over the one of the options where the context has one: this one takes its place. */
function withCancelSignal(context: Context, signal: AbortSignal): IAllExecuteFunctions {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as IAllExecuteFunctions;
}
