import {
	bodyObject,
	bodyWithStatus,
	header,
	outcomeFromError,
	outcomeFromHttpError,
} from '../../../nodes/Procountor/api/response';

/** An error as n8n throws it: n8n's own error around that of the HTTP client. */
const thrown = (inner: object): Error =>
	Object.assign(new Error('outer'), { cause: Object.assign(new Error('inner'), inner) });

describe('Error that n8n throws', () => {
	it.each([
		['a refused connection', { code: 'ECONNREFUSED' }],
		['an unknown host name', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
		['an unreachable host', { code: 'EHOSTUNREACH', syscall: 'connect' }],
		['a time-out while connecting', { code: 'ETIMEDOUT', syscall: 'connect' }, 'no response in time'],
		['an expired certificate', { code: 'CERT_HAS_EXPIRED' }],
	])('means that nothing was sent for %s', (_, inner, reason = inner.code) => {
		expect(outcomeFromError(thrown(inner))).toMatchObject({ failure: 'unreachable', reason });
	});

	it.each([
		['a reset', { code: 'ECONNRESET' }],
		['a time-out', { code: 'ECONNABORTED' }, 'no response in time'],
		['an invalid HTTP response', { code: 'HPE_INVALID_CONSTANT' }, 'the response is not valid HTTP'],
		['a damaged compressed response', { code: 'Z_DATA_ERROR' }, 'the compressed response is damaged'],
		['a network that failed while writing', { code: 'ENETUNREACH', syscall: 'write' }],
		['a host that failed while reading', { code: 'EHOSTUNREACH', syscall: 'read' }],
		['a response that broke off', { code: 'ERR_BAD_RESPONSE', response: { status: 200 } }, 'the connection was closed'],
	])('means that the outcome is unknown for %s', (_, inner, reason = inner.code) => {
		expect(outcomeFromError(thrown(inner))).toMatchObject({ failure: 'lost', reason });
	});

	it('is treated as a response if its status is 401', () => {
		expect(
			outcomeFromError(
				thrown({ code: 'ERR_BAD_REQUEST', response: { status: 401, headers: { a: 'b' }, data: { x: 1 } } }),
			),
		).toEqual({ statusCode: 401, headers: { a: 'b' }, body: { x: 1 } });
	});
});

describe('Failed login', () => {
	it.each<[string, object, object]>([
		[
			'a rejected token call',
			{ name: 'ProcountorLoginError', reason: 'refused', message: 'all of it', description: 'look', temporary: true },
			{ failure: 'login', reason: 'refused', advice: 'look', temporary: true },
		],
		[
			'a rejected token call without a reason',
			{ name: 'ProcountorLoginError', message: 'all of it', description: null },
			{ failure: 'login', reason: 'all of it', advice: undefined, temporary: undefined },
		],
		[
			'a rejected token call without a message',
			{ name: 'ProcountorLoginError', message: undefined },
			{ failure: 'login', reason: 'Procountor refused the login' },
		],
		[
			'a lost token call',
			{ code: 'ECONNRESET', config: { url: 'https://x/oauth/token' } },
			{ failure: 'unreachable', reason: 'at the login, ECONNRESET' },
		],
		[
			'a token call with an error status',
			{ code: 'ERR_BAD_RESPONSE', config: { url: 'https://x/oauth/token' }, response: { status: 503 } },
			{ failure: 'unreachable', reason: 'at the login, 503' },
		],
		["a status code of n8n's own", { httpCode: '401' }, { statusCode: 401, headers: {}, body: undefined }],
		[
			'a rejected refresh token',
			{ code: 'EAUTH', body: { error: 'invalid_grant' } },
			{
				failure: 'login',
				reason: 'Procountor refused to renew the login (invalid_grant)',
				advice:
					"Open the credential in n8n, click 'Connect' (older n8n: 'Connect my account'), and log in to Procountor. If it is refused again, check client ID and client secret.",
				temporary: false,
			},
		],
		[
			'a refresh with a 500',
			{ code: 'ESTATUS', status: 500, body: { error: 'server.error-1' } },
			{ failure: 'login', reason: 'Procountor refused to renew the login (500, server.error-1)', temporary: true },
		],
		[
			'a refresh with a 499',
			{ code: 'ESTATUS', status: 499 },
			{ reason: expect.stringContaining('(499)'), temporary: false },
		],
		['a refresh with a 429', { code: 'ESTATUS', status: 429 }, { failure: 'unreachable', reason: 'at the login, 429' }],
		[
			'a refresh error that may contain a token',
			{ code: 'EAUTH', body: { error: 'no such token: abc def' } },
			{ reason: 'Procountor refused to renew the login' },
		],
		[
			'a refresh with a long error',
			{ code: 'EAUTH', body: { error: 'x'.repeat(41) } },
			{ reason: 'Procountor refused to renew the login' },
		],
		[
			'a refresh with an object as its error',
			{ code: 'EAUTH', body: { error: { a: 1 } } },
			{ reason: 'Procountor refused to renew the login' },
		],
		[
			'a credential that is not connected',
			{ message: 'Unable to sign without access token.' },
			{
				failure: 'login',
				reason: 'The OAuth2 credential is not connected',
				advice: expect.stringMatching(/^Open the credential/),
			},
		],
		[
			'a credential that n8n reports as not connected',
			{ message: 'The credential is not connected' },
			{ reason: 'The OAuth2 credential is not connected' },
		],
		[
			'any other error',
			{ message: 'Domain not allowed.', description: 'Allow it' },
			{ failure: 'login', reason: 'Domain not allowed', advice: 'Allow it' },
		],
		[
			'a description that repeats the message',
			{ message: 'Domain not allowed', description: 'Domain not allowed' },
			{ reason: 'Domain not allowed', advice: 'Open the credential in n8n and check it.' },
		],
		['an unknown error code', { message: 'no', code: 'abc' }, { failure: 'login', reason: 'no' }],
	])('is recognized in %s', (_name, inner, expected) => {
		expect(outcomeFromError(thrown(inner))).toMatchObject(expected);
	});

	it('is assumed if there is no error at all', () => {
		expect(outcomeFromError(undefined)).toMatchObject({ failure: 'login', reason: 'unknown' });
	});
});

describe('Failed connection', () => {
	it.each([
		['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable', 'the certificate of the server is not accepted'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'lost', 'the certificate of the server is not accepted'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'unreachable', 'SELF_SIGNED_CERT_IN_CHAIN'],
		['ERR_INVALID_URL', 'unreachable', 'the address is not valid'],
		['ERR_STREAM_PREMATURE_CLOSE', 'lost', 'the connection was closed'],
		['EPIPE', 'lost', 'EPIPE'],
		['ERR_CANCELED', 'cancelled', 'ERR_CANCELED'],
		['X_ERR_TLS', 'lost', 'X_ERR_TLS'],
	])('with %s is reported as %s: %s', (code, failure, reason) => {
		expect(outcomeFromError(thrown({ code }))).toEqual({ failure, reason });
	});

	it('is found in up to five nested errors, and a circular chain ends the search', () => {
		const chain = (depth: number): object =>
			depth === 0 ? { code: 'EPIPE' } : { message: 'outer', errorResponse: chain(depth - 1) };
		expect(outcomeFromError(chain(5))).toMatchObject({ reason: 'EPIPE' });
		expect(outcomeFromError(chain(6))).toMatchObject({ failure: 'login' });
		const round: { message: string; cause?: unknown } = { message: 'round' };
		round.cause = round;
		expect(outcomeFromError(round)).toMatchObject({ failure: 'login', reason: 'round' });
	});

	it('is a response with a status only if the error has the URL of the request', () => {
		const error = thrown({
			code: 'ERR_BAD_REQUEST',
			config: { url: 'https://x/a' },
			response: { status: 403, data: { x: 1 } },
		});
		expect(outcomeFromHttpError(error, 'https://x/a')).toEqual({ statusCode: 403, headers: {}, body: { x: 1 } });
		expect(outcomeFromHttpError(error, 'https://x/b')).toMatchObject({ failure: 'lost' });
		const headers = { 'retry-after': '1' };
		const busy = thrown({ config: { url: 'https://x/a' }, response: { status: 429, headers } });
		expect(outcomeFromHttpError(busy, 'https://x/a')).toEqual({ statusCode: 429, headers, body: undefined });
		expect(outcomeFromHttpError(thrown({ config: { url: 'https://x/a' } }), 'https://x/a')).toMatchObject({
			failure: 'login',
		});
		expect(outcomeFromHttpError(thrown({ code: 'EPIPE' }), 'https://x/a')).toMatchObject({ failure: 'lost' });
	});

	it('is a 401 without headers if the response has none', () => {
		expect(outcomeFromError(thrown({ response: { status: 401 } }))).toEqual({
			statusCode: 401,
			headers: {},
			body: undefined,
		});
		expect(outcomeFromError(thrown({ code: 'EPIPE', response: { status: 500 } }))).toMatchObject({ failure: 'lost' });
	});
});

describe('Response', () => {
	const answer = (body: unknown, headers = {}) => ({ statusCode: 200, headers, body });

	it('returns a header in any case, and the first of several values', () => {
		const headers = { A: 'x', 'Retry-After': ['1', '2'], b: undefined };
		expect(['retry-after', 'a', 'b', 'c'].map((name) => header(answer('', headers), name))).toEqual([
			'1',
			'x',
			undefined,
			undefined,
		]);
	});

	it('returns only an object or a list as its body, also from bytes', () => {
		expect([{ a: 1 }, [1], null, 'text', 5, undefined].map((body) => bodyObject(answer(body)))).toEqual([
			{ a: 1 },
			[1],
			undefined,
			undefined,
			undefined,
			undefined,
		]);
		expect(['{"a":1}', '5', '<html>', ''].map((text) => bodyObject(answer(Buffer.from(text))))).toEqual([
			{ a: 1 },
			undefined,
			undefined,
			undefined,
		]);
	});

	it('returns its body only for the requested statuses', () => {
		expect(bodyWithStatus(answer({ a: 1 }), 200)).toEqual({ a: 1 });
		expect(bodyWithStatus(answer({ a: 1 }), 201, 200)).toEqual({ a: 1 });
		expect(bodyWithStatus(answer({ a: 1 }), 201)).toBeUndefined();
		expect(bodyWithStatus({ failure: 'lost', reason: 'x' }, 200)).toBeUndefined();
	});
});
