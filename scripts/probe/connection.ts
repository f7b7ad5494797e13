import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { setTimeout as wait } from 'node:timers/promises';

import { Pace } from './pace';
import { listAt, numberAt } from './values';

/** How the probe logs in: with an API key, or with the refresh token of a login that a person has just made. */
export interface Credentials {
	clientId: string;
	clientSecret: string;
	apiKey?: string;
	redirectUri?: string;
}

export interface RequestOptions {
	/** Values for the path's braces. */
	path?: Record<string, string | number>;
	query?: Record<string, string | number | boolean>;
	headers?: Record<string, string>;
	/** JSON body; nothing is sent when it is left out. */
	body?: unknown;
	/** A body that is no JSON, with its content type; instead of `body`. */
	raw?: { type: string; bytes: Buffer };
	/** Another base than the connection's: `https://host/latest/api`. */
	base?: string;
}

export interface Response {
	/** The HTTP status, or that of the first error where a refusal came with status 200. */
	status: number;
	httpStatus: number;
	headers: Record<string, string>;
	bytes: Buffer;
	/** The parsed body, or undefined when it is no JSON. */
	json: unknown;
}

/** Sees every response together with the call it answers, such as `GET /invoices/{invoiceId}`. */
export type Observer = (call: string, status: number, json: unknown) => void;

export interface ConnectionOptions {
	/** Base URL with its path: `https://pts-api.procountor.com/api`. */
	baseUrl: string;
	credentials: Credentials;
	pace: Pace;
	observe?: Observer;
	/** Called before each request; throws when the run is to stop. */
	checkStop?: () => void;
}

/** Longest pause that a server may ask for. */
const LONGEST_PAUSE_MS = 120_000;
const TRIES = 3;

/** One user's access to one company. Knows nothing of the nodes: it is a second opinion on the API. */
export class Connection {
	/** Requests sent so far, token calls included. */
	static sent = 0;
	private readonly http: AxiosInstance;
	private token: string | undefined;

	constructor(readonly options: ConnectionOptions) {
		this.http = axios.create({
			validateStatus: () => true,
			maxRedirects: 0,
			proxy: false,
			timeout: 60_000,
			responseType: 'arraybuffer',
			transformResponse: (data: unknown) => data,
		});
	}

	get baseUrl(): string {
		return this.options.baseUrl;
	}

	get host(): string {
		return new URL(this.baseUrl).hostname;
	}

	/** Another base of the same host: `latest/api`, `supported/api`. */
	baseAt(path: string): string {
		return new URL(`/${path}`, this.baseUrl).href;
	}

	get = (path: string, options?: RequestOptions): Promise<Response> => this.request('GET', path, options);
	post = (path: string, options?: RequestOptions): Promise<Response> => this.request('POST', path, options);
	put = (path: string, options?: RequestOptions): Promise<Response> => this.request('PUT', path, options);
	delete = (path: string, options?: RequestOptions): Promise<Response> => this.request('DELETE', path, options);

	/** Takes an access token that came from elsewhere, such as a login. */
	useToken(token: string): void {
		this.token = token;
	}

	/**
	 * Posts a token call and returns its response, whatever it is.
	 * @param form fields besides the client's id and secret, which may override them
	 */
	async tokenCall(form: Record<string, string>): Promise<Response> {
		const { clientId, clientSecret } = this.options.credentials;
		const fields = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
		return this.send({
			method: 'POST',
			url: `${this.baseUrl}/oauth/token`,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			data: fields.toString(),
		});
	}

	/**
	 * Logs in with the API key.
	 * @throws Error with what to check, when the token call is refused
	 */
	async logIn(): Promise<void> {
		const { apiKey, redirectUri } = this.options.credentials;
		if (apiKey === undefined) throw new Error('The login has ended. Run the probe again and log in once more.');
		const { status, json } = await this.tokenCall({
			grant_type: 'client_credentials',
			api_key: apiKey,
			...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
		});
		const token = (json as { access_token?: unknown } | undefined)?.access_token;
		if (status !== 200 || typeof token !== 'string')
			throw new Error(
				`The token call returned ${status}. Check the client ID, the client secret, the API key and the base URL.`,
			);
		this.token = token;
	}

	/** The instant at which the server issued the current token, in milliseconds since 1970, when the token is a JWT that says so. */
	get tokenIssuedAt(): number | undefined {
		try {
			const claims = JSON.parse(Buffer.from(this.token?.split('.')[1] ?? '', 'base64url').toString()) as {
				iat?: unknown;
			};
			return typeof claims.iat === 'number' ? claims.iat * 1000 : undefined;
		} catch {
			return undefined;
		}
	}

	/**
	 * Sends one call. A GET is repeated when the connection breaks, a write never is.
	 * @returns the response, whatever its status
	 * @throws Error when there is no response
	 */
	async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
		if (this.token === undefined) await this.logIn();
		const { base = this.baseUrl, query = {}, headers = {} } = options;
		const content = contentOf(options);
		const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(options.path?.[name] ?? ''));
		const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
		const once = () =>
			this.send({
				method,
				url: `${base}${filled}${search ? `?${search}` : ''}`,
				headers: {
					Accept: 'application/json, */*',
					...(content ? { 'Content-Type': content.type } : {}),
					...headers,
					Authorization: `Bearer ${this.token}`,
				},
				...(content ? { data: content.bytes } : {}),
			});
		let response = await once();
		if (response.status === 401) {
			await this.logIn();
			response = await once();
		}
		this.options.observe?.(`${method} ${path}`, response.status, response.json);
		return response;
	}

	private async send(config: {
		method: string;
		url: string;
		headers: Record<string, string>;
		data?: string | Buffer;
	}): Promise<Response> {
		for (let attempt = 1; ; attempt++) {
			this.options.checkStop?.();
			await this.options.pace.turn();
			this.options.checkStop?.();
			Connection.sent++;
			let answer: AxiosResponse<Buffer>;
			try {
				answer = await this.http.request<Buffer>(config);
			} catch (error) {
				if (config.method !== 'GET' || attempt === TRIES)
					throw new Error(
						`${config.method} ${new URL(config.url).pathname}: no response (${axios.isAxiosError(error) ? error.code : 'error'}). Check the base URL and the network, then run the probe again.`,
					);
				await wait(1000 * attempt);
				continue;
			}
			const response = readResponse(answer);
			// Both statuses say that nothing was done, so a write may be repeated too.
			if ((response.status !== 429 && response.status !== 503) || attempt === TRIES) return response;
			this.options.pace.pause(pauseOf(response.headers['retry-after']));
		}
	}
}

/** What a request carries, or undefined. */
function contentOf({ body, raw }: RequestOptions): { type: string; bytes: string | Buffer } | undefined {
	if (raw) return raw;
	return body === undefined ? undefined : { type: 'application/json', bytes: JSON.stringify(body) };
}

/** Some clients have seen refusals with status 200: their errors name the status. */
function statusOf(status: number, json: unknown): number {
	const named = numberAt(listAt(json, 'errors')[0], 'status') ?? 0;
	return status === 200 && named >= 400 ? named : status;
}

function readResponse({ status, headers, data }: AxiosResponse<Buffer>): Response {
	const bytes = Buffer.from(data);
	let json: unknown;
	try {
		json = JSON.parse(bytes.toString('utf8'));
	} catch {
		json = undefined;
	}
	const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	const named = Object.fromEntries(texts) as Record<string, string>;
	return { status: statusOf(status, json), httpStatus: status, headers: named, bytes, json };
}

/** Milliseconds that a `Retry-After` asks for, in seconds or as a date; half a minute when it says nothing. */
function pauseOf(retryAfter: string | undefined): number {
	const seconds = Number(retryAfter);
	const ms =
		retryAfter === undefined ? 30_000 : Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
	return Number.isNaN(ms) ? 30_000 : Math.min(Math.max(ms, 1000), LONGEST_PAUSE_MS);
}
