/** Imitates n8n for the API client: each request gets the next prepared response, in the form in which n8n returns it. */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { Client, type Context, type CredentialType } from '../../../nodes/Procountor/api/client';

export interface Reply {
	status?: number;
	headers?: Record<string, string>;
	/** JSON as a value, or the exact bytes. */
	body?: unknown;
}

type Script = Array<Reply | Error | ((options: IHttpRequestOptions) => Promise<Reply>)>;

/** An error as n8n throws it: n8n's own error around that of the HTTP client. */
export const thrown = (inner: object): Error =>
	Object.assign(new Error('outer'), { cause: Object.assign(new Error('inner'), inner) });

/** A body that arrives in two chunks, as from a connection. */
function streamOf(body: unknown): AsyncIterable<Uint8Array> & { destroy(): void } {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
	return {
		async *[Symbol.asyncIterator]() {
			await Promise.resolve();
			yield bytes.subarray(0, 5);
			yield bytes.subarray(5);
		},
		destroy: () => undefined,
	};
}

let clients = 0;

export class ScriptedN8n {
	readonly sent: IHttpRequestOptions[] = [];
	/** The cancel signal that n8n's context had at each request. */
	readonly signals: Array<AbortSignal | undefined> = [];
	readonly cancel = new AbortController();

	constructor(private readonly script: Script) {}

	get urls(): string[] {
		return this.sent.map(({ method, url }) => `${method} ${url.replace(/^https?:\/\/[^/]+\/latest\/api/, '')}`);
	}

	/** A client with its own client ID, so that no other test shares its rate limiter. */
	open(credential: IDataObject = {}, type: CredentialType = 'procountorApi'): Client {
		return Client.open(this.context, type, {
			environment: 'custom',
			baseUrl: 'https://procountor.example.com',
			clientId: `client ${++clients}`,
			clientSecret: 'a secret of length',
			requestsPerSecond: 100_000,
			...credential,
		} as never);
	}

	get context(): Context {
		// n8n calls its helper with the context as `this`.
		const answer = async (context: Context, options: IHttpRequestOptions): Promise<unknown> =>
			await this.answer(context, options);
		return {
			getNode: () => ({ name: 'Procountor', credentials: {} }),
			getExecutionCancelSignal: () => this.cancel.signal,
			logger: {},
			helpers: {
				async httpRequestWithAuthentication(this: Context, _type: string, options: IHttpRequestOptions) {
					return await answer(this, options);
				},
			},
		} as unknown as Context;
	}

	private async answer(context: Context, options: IHttpRequestOptions): Promise<unknown> {
		this.sent.push(options);
		this.signals.push(context.getExecutionCancelSignal?.());
		const next = this.script[this.sent.length - 1] ?? new Error('No more responses are prepared');
		if (next instanceof Error) throw next;
		const { status = 200, headers = {}, body } = typeof next === 'function' ? await next(options) : next;
		return { statusCode: status, headers, body: streamOf(body) };
	}
}

/** Runs work on a fake clock that does not wait. */
export async function quickly<T>(work: () => Promise<T>): Promise<T> {
	jest.useFakeTimers();
	try {
		const done = work();
		done.catch(() => undefined);
		await jest.advanceTimersByTimeAsync(400_000);
		return await done;
	} finally {
		jest.useRealTimers();
	}
}
