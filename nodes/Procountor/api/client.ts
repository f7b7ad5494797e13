import { sleep } from 'n8n-workflow';
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	JsonObject,
} from 'n8n-workflow';
import { ProcountorError, type Problem } from './errors';
import { addressOf, type Address } from './address';
import { paceFor, rateFor, type Pace } from './rateLimiter';
import { CANCELLED, nameFaults, problemOf, type ExplainFaults } from './errorMessages';
import { isAnswer, readOutcome, type Answer, type NoAnswer, type Outcome } from './response';
import { waitBefore } from './retry';

export const CREDENTIAL_TYPES = ['procountorApi', 'procountorOAuth2Api'] as const;
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

/** One request, before it is sent. Nothing in it is encoded yet. */
export interface Request {
	method: string;
	/** A template, `/invoices/{invoiceId}`; its values come from `ids`. */
	path: string;
	ids?: Record<string, string | number>;
	query?: Record<string, QueryValue | undefined>;
	headers?: Record<string, string>;
	/** JSON as a value, or a multipart form. */
	body?: unknown;
	/** Answer with the exact bytes: files and multipart answers. */
	bytes?: boolean;
	/** A POST that only reads (reports): may be repeated like a GET. */
	reads?: boolean;
	/** What the request is for, in a user's words, for messages: `the invoice`. */
	about?: string;
}

export type QueryValue = string | number | boolean | ReadonlyArray<string | number> | RepeatedValues;

/** Values that are sent as one parameter each; all other lists are joined with commas. */
export interface RepeatedValues {
	repeat: ReadonlyArray<string | number>;
}

/** What the transport needs of n8n's context; nodes, triggers and pickers all have it. */
export type Context = Pick<IAllExecuteFunctions, 'getCredentials' | 'getNode' | 'helpers' | 'logger'> & {
	getExecutionCancelSignal?: () => AbortSignal | undefined;
};

const REQUEST_TIMEOUT = 120_000;
/**
 * Requests under way at once with a login in the browser: when its token expires, n8n by itself sends a token call and a
 * repeat for each of them, past any pace, and all of those must fit between the rate and the API's limit.
 */
const MOST_WITH_LOGIN = 6;
/** How often a waiting request looks whether its execution was cancelled, in milliseconds. */
const CANCEL_CHECK = 1000;

/** The only door to Procountor: one credential's way to one company. */
export class Client {
	/** A login that was refused: it is not asked for again by each item that follows. */
	private refused: NoAnswer | undefined;
	/** Nothing more is sent once the execution is cancelled or has failed. */
	private readonly closing = new AbortController();

	private constructor(
		private readonly context: Context,
		private readonly credentialType: CredentialType,
		readonly address: Address,
		private readonly pace: Pace,
		private readonly explain: ExplainFaults,
	) {
		const cancel = context.getExecutionCancelSignal?.();
		if (cancel?.aborted) this.close();
		cancel?.addEventListener('abort', () => this.close());
	}

	/** Opens the door with the credential that the node uses; throws a ProcountorError when its address is refused. */
	static open(
		context: Context,
		credentialType: CredentialType,
		credential: ICredentialDataDecryptedObject,
		explain: ExplainFaults = nameFaults,
	): Client {
		const address = addressOf(credential);
		if ('fault' in address) throw new ProcountorError({ what: address.fault, todo: address.todo });
		const rate = rateFor(address.environment, credential.requestsPerSecond);
		if (credentialType === 'procountorOAuth2Api') rate.underWay = MOST_WITH_LOGIN;
		return new Client(
			context,
			credentialType,
			address,
			paceFor(address.host, String(credential.clientId ?? ''), rate),
			explain,
		);
	}

	/** Sends nothing more: what stands in the row or waits is given up; what is under way comes to its end. */
	close(): void {
		this.closing.abort();
		this.pace.letGo();
	}

	/** What is wrong with an outcome, in a user's words; undefined when it is a good response. */
	problemOf(outcome: Outcome, request: Request): Problem | undefined {
		return problemOf(outcome, request, this.address, this.explain);
	}

	/** Sends a request and gives its good answer; anything else is thrown as a ProcountorError that tells what to do. */
	async ask(request: Request): Promise<Answer> {
		const outcome = await this.send(request);
		const problem = this.problemOf(outcome, request);
		if (problem) throw new ProcountorError(problem);
		return outcome as Answer;
	}

	/** Like `ask`, for questions that 'there is none' answers: undefined for a 404. */
	async find(request: Request): Promise<Answer | undefined> {
		const outcome = await this.send(request);
		if (isAnswer(outcome) && outcome.statusCode === 404) return undefined;
		const problem = this.problemOf(outcome, request);
		if (problem) throw new ProcountorError(problem);
		return outcome as Answer;
	}

	/** Sends a request, repeats it where that is safe, and gives whatever came of it as a value. */
	async send(request: Request): Promise<Outcome> {
		const options = this.optionsFor(request);
		let began: number | undefined;
		for (let tries = 1; ; tries++) {
			if (this.refused) return this.refused;
			const outcome = await this.pace.run(async () => {
				// The time in the row does not count as tried.
				began ??= performance.now();
				return await this.once(options);
			}, this.closing.signal);
			if (!isAnswer(outcome) && outcome.broken === 'login') this.refused = outcome;
			const wait = waitBefore(outcome, request, tries, performance.now() - (began ?? 0));
			if (wait?.everybody) this.pace.rest(wait.milliseconds);
			if (!wait?.again) return outcome;
			if (!wait.everybody) await this.pause(wait.milliseconds);
		}
	}

	private async once(options: IHttpRequestOptions): Promise<Outcome> {
		if (this.closing.signal.aborted) return { broken: 'cancelled', reason: 'before it was sent' };
		try {
			// n8n lays token and body handling over the options it is given: each try gets its own.
			const answer: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context as IAllExecuteFunctions,
				this.credentialType,
				{ ...options, headers: { ...options.headers } },
			);
			return answer as Answer;
		} catch (error) {
			return readOutcome(error as JsonObject);
		}
	}

	/** Waits; throws a ProcountorError when the execution is cancelled, so that nothing goes on. */
	async pause(milliseconds: number): Promise<void> {
		const { signal } = this.closing;
		for (let left = milliseconds; left > 0 && !signal.aborted; left -= CANCEL_CHECK)
			await sleep(Math.min(left, CANCEL_CHECK));
		if (signal.aborted) throw new ProcountorError({ what: CANCELLED });
	}

	private optionsFor(request: Request): IHttpRequestOptions {
		const isForm = request.body instanceof FormData;
		const headers: Record<string, string> = { accept: request.bytes ? '*/*' : 'application/json', ...request.headers };
		// n8n drops bare numbers and empty objects, and cannot send them: JSON goes out as text.
		if (request.body !== undefined && !isForm) headers['content-type'] = 'application/json';
		return {
			method: request.method as IHttpRequestOptions['method'],
			url: this.address.base + fill(request.path, request.ids) + queryText(request.query),
			headers,
			...(request.body === undefined
				? {}
				: { body: isForm ? (request.body as FormData) : JSON.stringify(request.body) }),
			...(request.bytes ? { encoding: 'arraybuffer' } : {}),
			returnFullResponse: true,
			// 401 stays an error, so that n8n fetches a new token and tries once more.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			disableFollowRedirect: true,
			timeout: REQUEST_TIMEOUT,
		};
	}
}

/** Puts the values into a path template, each percent-encoded but for the commas of a batch. */
function fill(path: string, ids: Request['ids'] = {}): string {
	return path.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = ids[name];
		if (value === undefined || value === '') throw new RangeError(`The path ${path} lacks '${name}'`);
		return encodeURIComponent(value).replaceAll('%2C', ',');
	});
}

function queryText(query: Request['query'] = {}): string {
	const pairs: string[] = [];
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined) continue;
		const values = isRepeated(value) ? value.repeat : [Array.isArray(value) ? value.join(',') : (value as string)];
		for (const one of values) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(one)}`);
	}
	return pairs.length ? `?${pairs.join('&')}` : '';
}

function isRepeated(value: QueryValue): value is RepeatedValues {
	return typeof value === 'object' && 'repeat' in value;
}

export type { Answer, Outcome, Problem };
