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
import { exchange } from './exchange';
import { httpOptions, requestKind } from './httpOptions';
import { failIfIncomplete } from './responseShape';
import type { Mask } from './faults';
import type { Request } from './request';
import {
	bodyObject,
	bodyWithStatus,
	isResponse,
	outcomeFromHttpError,
	type Response,
	type Failure,
	type Outcome,
} from './response';
import { planRetryAndPace } from './retry';
import { maskOf } from './secrets';
import { renewalFailure, renewalFor, type TokenRenewal } from './tokenRenewal';
import { raise } from '../utils/raise';

export type CredentialType = 'procountorApi' | 'procountorOAuth2Api';

/** The members of n8n's context that the client needs. Nodes, triggers and pickers all have them. */
export type Context = Pick<IAllExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers' | 'logger'> & {
	getExecutionCancelSignal?: () => AbortSignal | undefined;
};

/** The parameters of a call, and how it is handled. */
type CallOptions<C extends Call> = ParametersOf<C> & Pick<Request, 'readOnly' | 'noun'>;
/** The options of a call as an argument list, in which they are optional if none is required. */
export type OptionsOf<C extends Call> =
	object extends CallOptions<C> ? [options?: CallOptions<C>] : [options: CallOptions<C>];
/** The options of any call, without the types of its parameters. */
type Parameters = Omit<Request, 'call' | 'bytes'>;

/** The requests that n8n sends for one renewal with OAuth2: the refused request, the token call, and the repeated request. */
const REQUESTS_PER_RENEWAL = 3;
/** A request may need a second renewal, because a renewal that it joined can have been for another key. */
const MAX_RENEWALS = 2;
/** How often a pause checks whether the execution was cancelled. */
const CANCEL_CHECK_MS = 1000;

/** Sends all requests of one credential to one company. */
export class Client {
	/** A refused login. All later requests fail with it, so that not every item repeats the login. */
	private loginFailure: Failure | undefined;
	/** Aborts if the execution is cancelled or has failed. After that, nothing more is sent. */
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

	/**
	 * Opens a client with the credential that the node uses.
	 * @throws {ProcountorError} if the credential's address is refused
	 */
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

	/** Stops sending: queued and waiting requests are cancelled, requests in flight are completed. */
	close(): void {
		this.closeController.abort();
		this.rateLimiter.releaseAborted();
	}

	/**
	 * Returns a new client for diagnostic requests after this one was closed. It sends nothing if n8n has cancelled the
	 * execution.
	 */
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

	/** Describes what is wrong with an outcome, in the user's terms; undefined for a good response. */
	problemOf(outcome: Outcome, request: Request): Problem | undefined {
		return problemOf(outcome, request, this.address, this.explain, this.mask);
	}

	/**
	 * Returns the JSON of a GET: `client.get('GET /invoices/{invoiceId}', { path: { invoiceId } })` returns an `Invoice`.
	 * Throws as `request` does.
	 */
	async get<C extends CallOf<'GET'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C>> {
		return await this.requestTyped(call, options);
	}

	/** Like `get`; undefined for a 404, for callers that expect that a record can be missing. */
	async getOptional<C extends CallOf<'GET'>>(call: C, ...[options]: OptionsOf<C>): Promise<ResponseOf<C> | undefined> {
		return (await this.requestOptionalJson({ call, ...(options as Parameters | undefined) })) as
			ResponseOf<C> | undefined;
	}

	/**
	 * Like `get`; undefined for every other outcome than a 200, such as a missing right. For data that is useful but not
	 * required.
	 * @throws {ProcountorError} if the execution is cancelled before a retry
	 */
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

	/**
	 * Returns the JSON of a call that is known only at run time; undefined if the response contains neither an object nor a
	 * list. Throws as `request` does.
	 */
	async requestJson(request: Request): Promise<IDataObject | undefined> {
		return bodyObject(await this.request(request));
	}

	/** Like `requestJson`; undefined for a 404 too. */
	async requestOptionalJson(request: Request): Promise<IDataObject | undefined> {
		const response = await this.requestOptional(request);
		return response && bodyObject(response);
	}

	/**
	 * Sends a request and returns its successful response.
	 * @throws {ProcountorError} with advice, for every other response and for failures
	 */
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

	/**
	 * Sends a request, repeats it if that is safe, and returns the outcome, whether a response or a failure.
	 * @throws {ProcountorError} if the execution is cancelled before a retry
	 */
	async requestRaw(request: Request): Promise<Outcome> {
		const options = httpOptions(request, this.address);
		let startedAt: number | undefined;
		for (let attempt = 1; ; attempt++) {
			if (this.loginFailure) return this.loginFailure;
			const outcome = await this.sendInTurn(async () => {
				// The time in the queue does not count.
				startedAt ??= performance.now();
				return failIfIncomplete(await this.sendOnce(request, options), request.isComplete);
			});
			if (!isResponse(outcome) && outcome.failure === 'login') this.loginFailure = outcome;
			const plan = planRetryAndPace(this.rateLimiter, outcome, request, attempt, performance.now() - (startedAt ?? 0));
			if (!plan.shouldRetry) return outcome;
			if (!plan.pausesClient) await this.pause(plan.delayMs);
		}
	}

	/** Sends a request when its turn has come. Fails without sending it if Procountor has requested a long pause. */
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
				// From n8n-core 2.11.1 on, n8n has renewed the token by itself, and throws a second 401.
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

	/** Sends a small request and lets n8n throw its 401, which makes n8n renew the token. */
	private async renewToken(): Promise<Outcome | undefined> {
		const slots = this.credentialType === 'procountorOAuth2Api' ? REQUESTS_PER_RENEWAL : 1;
		for (let slot = 0; slot < slots; slot++) await this.rateLimiter.acquire(this.closeController.signal);
		const request = { call: 'GET /sessioninfo' };
		const options = { ...httpOptions(request, this.address), ignoreHttpStatusErrors: false };
		const outcome = await exchange({
			kind: 'read',
			cancel: this.context.getExecutionCancelSignal?.(),
			send: async (signal) =>
				await this.send(options, signal).catch((error: unknown) => outcomeFromHttpError(error, options.url)),
		});
		return renewalFailure(outcome);
	}

	private async send(options: IHttpRequestOptions, abortSignal: AbortSignal): Promise<Response> {
		// n8n modifies the options, so each attempt gets a copy.
		return (await this.context.helpers.httpRequestWithAuthentication.call(
			withCancelSignal(this.context, abortSignal),
			this.credentialType,
			{ ...options, headers: { ...options.headers }, abortSignal },
		)) as Response;
	}

	/** Waits. @throws {ProcountorError} if the client is closed, so that the caller stops */
	async pause(durationMs: number): Promise<void> {
		const { signal } = this.closeController;
		for (let remaining = durationMs; remaining > 0 && !signal.aborted; remaining -= CANCEL_CHECK_MS)
			await sleep(Math.min(remaining, CANCEL_CHECK_MS));
		if (signal.aborted) throw new ProcountorError({ message: CANCELLED });
	}
}

/** n8n overrides `abortSignal` with the context's own cancel signal, so this replaces that. */
function withCancelSignal(context: Context, signal: AbortSignal): IAllExecuteFunctions {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as IAllExecuteFunctions;
}
