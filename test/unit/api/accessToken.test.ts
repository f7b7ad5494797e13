import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { accessTokenFor, verifiedToken } from '../../../nodes/Procountor/api/accessToken';
import { quickly, thrown, type Reply } from './scriptedN8n';

let keys = 0;

/** A credential that no other test uses, so that its token is not shared. */
const credentialWith = (fields: IDataObject = {}): IDataObject => ({
	environment: 'custom',
	baseUrl: 'https://procountor.example.com',
	clientId: `client ${++keys}`,
	clientSecret: 'the secret of it',
	apiKey: 'the key of it',
	requestsPerSecond: 100_000,
	...fields,
});

/** n8n's plain requests, answered from a script. */
function server(...replies: Array<Reply | Error>) {
	const sent: IHttpRequestOptions[] = [];
	const helpers = {
		httpRequest: async (options: IHttpRequestOptions) => {
			sent.push(options);
			const next = replies[sent.length - 1] ?? new Error('No more responses are prepared');
			if (next instanceof Error) throw next;
			const { status = 200, headers = {}, body } = next;
			return await Promise.resolve({ statusCode: status, headers, body });
		},
	} as unknown as IHttpRequestHelper['helpers'];
	return { sent, ask: async (credential: IDataObject) => await accessTokenFor(helpers, credential as never) };
}

const token = (value: unknown): Reply => ({ body: { access_token: value } });
const errors = (message: string) => ({ errors: [{ message }] });

describe('Access token', () => {
	it('is requested with the expected form, headers and timeout', async () => {
		const { sent, ask } = server(token('abc'));
		const credential = credentialWith({ clientId: ' mine ', redirectUri: 'https://here.example.com' });
		const { accessToken } = await ask(credential);
		expect(accessToken).toBe('abc');
		expect(sent).toEqual([
			expect.objectContaining({
				method: 'POST',
				url: 'https://procountor.example.com/latest/api/oauth/token',
				body: 'grant_type=client_credentials&client_id=mine&client_secret=thesecretofit&api_key=thekeyofit&redirect_uri=https%3A%2F%2Fhere.example.com',
				headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 30_000,
				encoding: 'stream',
			}),
		]);
		expect(sent[0].abortSignal).toBeInstanceOf(AbortSignal);
	});

	it('is requested without a redirect URI and with empty values if they are missing', async () => {
		const { sent, ask } = server(token('abc'));
		await ask({ environment: 'custom', baseUrl: 'https://empty.example.com', requestsPerSecond: 1000 });
		expect(sent[0].body).toBe('grant_type=client_credentials&client_id=&client_secret=&api_key=');
	});

	it('is shared by concurrent requests and by requests with an older token', async () => {
		const { sent, ask } = server(token('new'), token('newer'));
		const credential = credentialWith();
		const both = await Promise.all([ask(credential), ask(credential)]);
		expect(both.map(({ accessToken }) => accessToken)).toEqual(['new', 'new']);
		expect((await ask({ ...credential, accessToken: 'old' })).accessToken).toBe('new');
		expect(sent).toHaveLength(1);
		// A request that already has this token needs another one.
		expect((await ask({ ...credential, accessToken: 'new' })).accessToken).toBe('newer');
		expect(sent).toHaveLength(2);
	});

	it('is shared for at most a minute', async () => {
		await quickly(async () => {
			const { sent, ask } = server(token('a'), token('b'));
			const credential = credentialWith();
			await ask(credential);
			await new Promise((resolve) => setTimeout(resolve, 61_000));
			expect((await ask({ ...credential, accessToken: 'old' })).accessToken).toBe('b');
			expect(sent).toHaveLength(2);
		});
	});

	it('is not shared between different keys', async () => {
		const { sent, ask } = server(token('a'), token('b'), token('c'), token('d'));
		const credential = credentialWith();
		await ask(credential);
		for (const [name, value] of [
			['apiKey', 'other'],
			['clientSecret', 'other'],
			['apiVersion', 'supported'],
		])
			await ask({ ...credential, accessToken: 'old', [name]: value });
		expect(sent).toHaveLength(4);
	});

	it('is accepted only for the key that it was issued for', async () => {
		const credential = credentialWith();
		const kept = await server(token('abc')).ask(credential);
		expect(verifiedToken({ ...credential, ...kept } as never)).toBe('abc');
		expect(verifiedToken({ ...credential, ...kept, apiKey: ' the key of it\n' } as never)).toBe('abc');
		for (const other of [
			{ apiKey: 'x' },
			{ clientId: 'x' },
			{ clientSecret: 'x' },
			{ baseUrl: 'https://x.example.com' },
		]) {
			let error: unknown;
			try {
				verifiedToken({ ...credential, ...kept, ...other } as never);
			} catch (caught) {
				error = caught;
			}
			expect(error).toMatchObject({ response: { status: 401 }, message: 'The access token belongs to another key' });
		}
	});

	it('reserves a rate limit slot for the request that n8n repeats with it', async () => {
		await quickly(async () => {
			const { ask } = server(token('a'), token('b'));
			const credential = credentialWith({ requestsPerSecond: 1 });
			const secondsOf = async (kept: IDataObject): Promise<number> => {
				const began = performance.now();
				await ask({ ...credential, ...kept });
				return Math.round((performance.now() - began) / 1000);
			};
			const first = await ask(credential);
			// A new token waits for its own request only, a shared one for the request that n8n repeats.
			expect(await secondsOf({ ...first, tokenOf: 'another key' })).toBe(1);
			expect(await secondsOf({ ...first, accessToken: 'older' })).toBe(1);
		});
	});

	it('is requested again after a connection error or a busy response', async () => {
		const { sent, ask } = server(thrown({ code: 'ECONNRESET' }), { status: 503 }, { status: 429 }, token('abc'));
		expect((await quickly(async () => await ask(credentialWith()))).accessToken).toBe('abc');
		expect(sent).toHaveLength(4);
	});

	it('waits for a short Retry-After and fails on a long one', async () => {
		const credential = credentialWith();
		const { sent, ask } = server({ status: 429, headers: { 'retry-after': '30' } }, token('abc'));
		const waited = await quickly(async () => {
			const began = performance.now();
			await ask(credential);
			return performance.now() - began;
		});
		expect(waited).toBeGreaterThanOrEqual(30_000);
		expect(sent).toHaveLength(2);
		const long = server({ status: 429, headers: { 'retry-after': '3600' } }, token('abc'));
		await quickly(async () => {
			const other = credentialWith();
			await expect(long.ask(other)).rejects.toMatchObject({ temporary: true });
			await expect(long.ask(other)).rejects.toMatchObject({
				name: 'ProcountorLoginError',
				reason: expect.stringContaining('to send no requests until'),
				temporary: true,
			});
		});
		expect(long.sent).toHaveLength(1);
	});
});

describe('Rejected login', () => {
	const refusal = async (reply: Reply | Error, fields: IDataObject = {}, times = 6): Promise<IDataObject> => {
		const { ask } = server(...Array.from({ length: times }, () => reply));
		return await quickly(
			async () =>
				await ask(credentialWith(fields)).then(
					() => ({}),
					(error: unknown) => error as IDataObject,
				),
		);
	};
	const first = {
		client: /^Check client ID/,
		key: /^Check that the API key/,
		open: /^Open the API in Procountor/,
	};

	it.each([
		[401, 'invalid_client', first.client],
		[400, 'Invalid API key', first.key],
		[401, 'api_key unknown', first.key],
		[401, 'unknown apikey', first.key],
		[403, 'The company does not allow API clients', first.open],
		[403, 'usage settings', first.open],
	])('reports where to look first for status %d and "%s"', async (status, message, advice) => {
		const error = await refusal({ status, body: errors(message) });
		expect(error).toMatchObject({ reason: `Procountor refused the login (${status}: ${message})`, temporary: false });
		const text = String(error.description);
		expect(text).toMatch(advice);
		for (const part of ['Check client ID', 'Check that the API key', 'Allow the usage of invoiceable API clients'])
			expect(text).toContain(part);
		expect(error.message).toBe(`${String(error.reason)}. ${text}`);
	});

	it.each<[Reply | Error, IDataObject, string, boolean]>([
		[{ status: 400, body: '' }, {}, 'Procountor refused the login (400)', false],
		[
			{ status: 404, body: '' },
			{},
			'There is no Procountor API at https://procountor.example.com/latest/api (404)',
			false,
		],
		[
			{ status: 404, body: '' },
			{ apiVersion: 'numbered', versionNumber: '2602' },
			'Procountor has closed API version 26.02, or never had it (404 at https://procountor.example.com/v2602/api)',
			false,
		],
		[
			{ status: 410, body: '' },
			{ apiVersion: 'numbered', versionNumber: '2602' },
			'Procountor has closed API version 26.02, or never had it (410 at https://procountor.example.com/v2602/api)',
			false,
		],
		[{ status: 410, body: '' }, {}, 'Procountor refused the login (410)', false],
		[
			{ status: 401, body: '' },
			{ apiVersion: 'numbered', versionNumber: '2602' },
			'Procountor refused the login (401)',
			false,
		],
		[{ status: 400, body: { access_token: 'abc' } }, {}, 'Procountor refused the login (400)', false],
		[
			{ status: 300, body: '' },
			{},
			'https://procountor.example.com returned a redirect for the login, which the node never follows',
			false,
		],
		[
			{ status: 302, body: '' },
			{},
			'https://procountor.example.com returned a redirect for the login, which the node never follows',
			false,
		],
		[{ status: 429, body: '' }, {}, 'Procountor receives too many requests from this API client (429)', true],
		[{ status: 500, body: errors('down') }, {}, "Procountor's login returned an internal error (500: down)", true],
		[{ status: 200, body: {} }, {}, 'https://procountor.example.com returned no token for the login', false],
		[{ status: 200, body: null }, {}, 'https://procountor.example.com returned no token for the login', false],
		[
			{ status: 200, body: { access_token: 'a b' } },
			{},
			'https://procountor.example.com returned no token for the login',
			false,
		],
		[
			{ status: 200, body: { access_token: 'ä' } },
			{},
			'https://procountor.example.com returned no token for the login',
			false,
		],
		[
			{ status: 200, body: { access_token: 5 } },
			{},
			'https://procountor.example.com returned no token for the login',
			false,
		],
		[
			{ status: 200, body: { access_token: '' } },
			{},
			'https://procountor.example.com returned no token for the login',
			false,
		],
		[
			thrown({ code: 'ENOTFOUND' }),
			{},
			'Procountor cannot be reached at https://procountor.example.com (ENOTFOUND)',
			true,
		],
	])('reports the reason for response %j and credential fields %j', async (reply, fields, reason, temporary) => {
		const error = await refusal(reply, fields);
		expect(error).toMatchObject({ name: 'ProcountorLoginError', reason, temporary });
		expect(error.description).toEqual(expect.stringMatching(/\.$/));
	});

	it('never shows a secret that the server repeats', async () => {
		const { message } = await refusal({ status: 401, body: errors('no client thesecretofit with thekeyofit') });
		expect(message).toContain('no client ••• with •••');
	});

	it('sends nothing to an address that is not allowed', async () => {
		const error = await refusal(token('abc'), { baseUrl: 'http://procountor.example.com' });
		expect(error).toMatchObject({ name: 'ProcountorLoginError', reason: expect.stringContaining('https://') });
	});
});
