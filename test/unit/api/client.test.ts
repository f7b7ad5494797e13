import type { Client } from '../../../nodes/Procountor/api/client';
import { ProcountorError, type Problem } from '../../../nodes/Procountor/api/errors';
import { quickly, ScriptedN8n, thrown } from './scriptedN8n';

const one = { call: 'GET /invoices/{invoiceId}', path: { invoiceId: 5 } };
const write = { call: 'POST /invoices', body: { type: 'SALES_INVOICE' } };

async function problemOf(work: Promise<unknown>): Promise<Problem> {
	const error: unknown = await work.catch((caught: unknown) => caught);
	if (!(error instanceof ProcountorError)) throw new Error(`no ProcountorError: ${String(error)}`);
	return error.problem;
}

describe('Client request', () => {
	it('fills in the path and the query, and sets every n8n option explicitly', async () => {
		const n8n = new ScriptedN8n([{ body: { id: 5 } }]);
		const invoice = await n8n.open().requestJson({ ...one, query: { page: 1, types: ['A', 'B'] } });
		expect(invoice).toEqual({ id: 5 });
		expect(n8n.sent[0]).toMatchObject({
			method: 'GET',
			url: 'https://procountor.example.com/latest/api/invoices/5?page=1&types=A%2CB',
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			disableFollowRedirect: true,
			timeout: 120_000,
		});
		expect(n8n.sent[0].headers).toEqual({ accept: 'application/json' });
		expect(n8n.sent[0]).not.toHaveProperty('body');
		expect(n8n.signals[0]).toBe(n8n.sent[0].abortSignal);
	});

	it.each([
		[{ a: 1 }, '{"a":1}'],
		[5, '5'],
		[[], '[]'],
		[null, 'null'],
	])('sends JSON as text: %j', async (body, text) => {
		const n8n = new ScriptedN8n([{ status: 204 }]);
		expect(await n8n.open().requestJson({ ...write, body })).toBeUndefined();
		expect(n8n.sent[0]).toMatchObject({
			method: 'POST',
			body: text,
			timeout: 180_000,
			headers: { accept: 'application/json', 'content-type': 'application/json' },
		});
	});

	it('leaves the encoding of a form to n8n, and allows more time for files', async () => {
		const n8n = new ScriptedN8n([{ body: { id: 1 } }]);
		const body = new FormData();
		await n8n.open().request({ call: 'POST /attachments', body });
		expect(n8n.sent[0]).toMatchObject({ body, timeout: 600_000 });
		expect(n8n.sent[0].headers).toEqual({ accept: 'application/json' });
	});

	it('reads files as bytes, and compressed only on request', async () => {
		const file = Buffer.from('%PDF-1.7');
		const n8n = new ScriptedN8n([{ body: file }, { body: file }]);
		const client = n8n.open();
		const asked = { call: 'GET /attachments/{attachmentId}', path: { attachmentId: 1 }, bytes: true };
		expect((await client.request(asked)).body).toEqual(file);
		await client.request({ ...asked, headers: { 'accept-encoding': 'gzip', accept: 'text/xml' } });
		expect(n8n.sent.map(({ headers, timeout }) => ({ headers, timeout }))).toEqual([
			{ headers: { accept: '*/*', 'accept-encoding': 'identity' }, timeout: 600_000 },
			{ headers: { accept: 'text/xml', 'accept-encoding': 'gzip' }, timeout: 600_000 },
		]);
	});

	it('passes new headers to n8n on each try, because n8n adds the token to them', async () => {
		const n8n = new ScriptedN8n([
			async (options) => {
				Object.assign(options.headers ?? {}, { authorization: 'Bearer old' });
				return await Promise.resolve({ status: 503 });
			},
			{ body: { id: 5 } },
		]);
		await quickly(async () => await n8n.open().request(one));
		expect(n8n.sent[1].headers).toEqual({ accept: 'application/json' });
	});

	it('rejects an address that is not allowed', () => {
		expect(() => new ScriptedN8n([]).open({ baseUrl: 'http://procountor.example.com' })).toThrow('https://');
	});
});

describe('Typed call', () => {
	it.each<[string, (client: Client) => Promise<unknown>]>([
		['GET /invoices/5', async (client) => await client.get('GET /invoices/{invoiceId}', { path: { invoiceId: 5 } })],
		['POST /products', async (client) => await client.post('POST /products', { body: {} as never })],
		[
			'PUT /invoices/5/approve',
			async (client) => await client.put('PUT /invoices/{invoiceId}/approve', { path: { invoiceId: 5 }, body: {} }),
		],
		[
			'PATCH /businesspartners/5',
			async (client) => await client.patch('PATCH /businesspartners/{id}', { path: { id: 5 }, body: {} as never }),
		],
		[
			'DELETE /attachments/5',
			async (client) => await client.delete('DELETE /attachments/{attachmentId}', { path: { attachmentId: 5 } }),
		],
	])('returns the JSON of %s', async (sent, call) => {
		const n8n = new ScriptedN8n([{ body: { id: 5 } }]);
		expect(await call(n8n.open())).toEqual({ id: 5 });
		expect(n8n.urls).toEqual([sent]);
	});

	it('returns an empty object if a write returns nothing', async () => {
		const n8n = new ScriptedN8n([{ status: 204 }]);
		const approved = await n8n.open().put('PUT /invoices/{invoiceId}/approve', { path: { invoiceId: 5 }, body: {} });
		expect(approved).toEqual({});
	});

	it('returns undefined for a 404 only if the record is optional', async () => {
		const missing = { status: 404, body: { errors: [{ message: 'NOT_FOUND' }] } };
		const n8n = new ScriptedN8n([missing, missing, missing, missing, { body: { id: 5 } }, { body: { id: 5 } }]);
		const client = n8n.open();
		const asked = { path: { invoiceId: 5 } };
		expect(await client.getOptional('GET /invoices/{invoiceId}', asked)).toBeUndefined();
		expect(await client.requestOptional(one)).toBeUndefined();
		expect(await client.tryGet('GET /invoices/{invoiceId}', asked)).toBeUndefined();
		expect(await problemOf(client.get('GET /invoices/{invoiceId}', asked))).toMatchObject({ status: 404 });
		expect(await client.getOptional('GET /invoices/{invoiceId}', asked)).toEqual({ id: 5 });
		expect(await client.tryGet('GET /invoices/{invoiceId}', asked)).toEqual({ id: 5 });
	});

	it('returns undefined for a missing right only if the data is supplementary', async () => {
		const forbidden = { status: 403 };
		const n8n = new ScriptedN8n([forbidden, forbidden]);
		const client = n8n.open();
		const asked = { path: { invoiceId: 5 } };
		expect(await client.tryGet('GET /invoices/{invoiceId}', asked)).toBeUndefined();
		expect(await problemOf(client.getOptional('GET /invoices/{invoiceId}', asked))).toMatchObject({ status: 403 });
	});

	// Procountor returns the data of a GET with a 200 only.
	it.each([201, 202, 204, 206, 400])('returns undefined for supplementary data with status %i', async (status) => {
		const n8n = new ScriptedN8n([{ status, body: { id: 5 } }, { body: { id: 5 } }]);
		const client = n8n.open();
		const asked = { path: { invoiceId: 5 } };
		expect(await client.tryGet('GET /invoices/{invoiceId}', asked)).toBeUndefined();
		expect(await client.tryGet('GET /invoices/{invoiceId}', asked)).toEqual({ id: 5 });
	});
});

describe('Failed request', () => {
	const busy = { status: 503 };
	const good = { body: { id: 5 } };

	it('is retried if it only reads', async () => {
		const n8n = new ScriptedN8n([busy, thrown({ code: 'ECONNRESET' }), good]);
		expect(await quickly(async () => await n8n.open().requestJson(one))).toEqual({ id: 5 });
		expect(n8n.urls).toHaveLength(3);
	});

	it('fails after six tries', async () => {
		const n8n = new ScriptedN8n(Array.from({ length: 9 }, () => busy));
		expect(await quickly(async () => await problemOf(n8n.open().request(one)))).toMatchObject({
			status: 503,
			temporary: true,
		});
		expect(n8n.urls).toHaveLength(6);
	});

	it.each([busy, { status: 500 }, thrown({ code: 'ECONNRESET' })])(
		'has an unknown outcome and is not retried if it writes: %p',
		async (reply) => {
			const n8n = new ScriptedN8n([reply, good]);
			expect(await quickly(async () => await problemOf(n8n.open().request(write)))).toMatchObject({
				outcomeUnknown: true,
			});
			expect(n8n.urls).toEqual(['POST /invoices']);
		},
	);

	it.each([{ status: 429 }, thrown({ code: 'ECONNREFUSED' })])(
		'is retried if the write was not carried out: %p',
		async (reply) => {
			const n8n = new ScriptedN8n([reply, good]);
			expect(await quickly(async () => await n8n.open().requestJson(write))).toEqual({ id: 5 });
			expect(n8n.urls).toHaveLength(2);
		},
	);

	it('blocks all requests during a long Retry-After', async () => {
		const n8n = new ScriptedN8n([{ status: 429, headers: { 'retry-after': '3600' } }, good]);
		await quickly(async () => {
			const client = n8n.open();
			const first = await problemOf(client.request(write));
			const second = await problemOf(client.request(one));
			expect(first).toMatchObject({ status: 429, temporary: true });
			expect(second).toMatchObject({
				status: 429,
				message: expect.stringMatching(/no requests until \d{4}-\d\d-\d\d .* UTC/),
			});
		});
		expect(n8n.urls).toHaveLength(1);
	});

	it('is retried after a short Retry-After', async () => {
		const n8n = new ScriptedN8n([{ status: 503, headers: { 'retry-after': '20' } }, good]);
		const times = await quickly(async () => {
			const began = performance.now();
			await n8n.open().request(one);
			return performance.now() - began;
		});
		expect(times).toBeGreaterThanOrEqual(20_000);
		expect(times).toBeLessThan(22_000);
	});

	it('fails at once after a rejected login', async () => {
		const refused = Object.assign(new Error('refused. Check the key'), {
			name: 'ProcountorLoginError',
			reason: 'refused',
		});
		const n8n = new ScriptedN8n([refused, good]);
		const client = n8n.open();
		expect(await problemOf(client.request(one))).toMatchObject({ message: 'refused', status: 401 });
		expect(await problemOf(client.request(one))).toMatchObject({ message: 'refused', status: 401 });
		expect(n8n.urls).toHaveLength(1);
	});

	it('is retried and then reported if the response contains no list', async () => {
		const n8n = new ScriptedN8n([
			{ body: {} },
			{ body: { results: [] } },
			...Array.from({ length: 6 }, () => ({ body: {} })),
		]);
		const isComplete = (body: unknown): boolean => 'results' in (body as object);
		const list = { call: 'GET /invoices', isComplete, noun: 'the invoices' };
		const client = n8n.open();
		expect(await quickly(async () => await client.requestJson(list))).toEqual({ results: [] });
		expect(n8n.urls).toHaveLength(2);
		expect((await quickly(async () => await problemOf(client.request(list)))).message).toBe(
			'Procountor returned no list for the request for the invoices: {}',
		);
		expect(n8n.urls).toHaveLength(8);
	});

	it('hides secrets that the server repeats', async () => {
		const n8n = new ScriptedN8n([{ status: 400, body: { errors: [{ message: 'no: a secret of length' }] } }]);
		expect((await problemOf(n8n.open().request(one))).message).toBe('no: •••');
	});
});

describe('Cancelable execution', () => {
	it('sends nothing after it is canceled', async () => {
		const n8n = new ScriptedN8n([]);
		n8n.cancel.abort();
		const client = n8n.open();
		expect(await problemOf(client.request(one))).toEqual({ message: 'The execution was canceled' });
		expect(await problemOf(client.reopen().request(one))).toEqual({ message: 'The execution was canceled' });
		expect(n8n.sent).toEqual([]);
	});

	it('ends running and waiting requests when it is canceled', async () => {
		const n8n = new ScriptedN8n([async () => await new Promise(() => undefined)]);
		const client = n8n.open();
		const asked = problemOf(client.request(one));
		const waits = problemOf(client.pause(3_600_000));
		await new Promise((resolve) => setImmediate(resolve));
		n8n.cancel.abort();
		expect(await asked).toEqual({ message: 'The execution was canceled' });
		expect(await waits).toEqual({ message: 'The execution was canceled' });
	});

	it('sends nothing after the client is closed, except through a reopened client', async () => {
		const n8n = new ScriptedN8n([{ body: { id: 5 } }]);
		const client = n8n.open();
		client.close();
		expect(await problemOf(client.request(one))).toEqual({ message: 'The execution was canceled' });
		await expect(client.pause(0)).rejects.toThrow('canceled');
		expect(await client.reopen().requestJson(one)).toEqual({ id: 5 });
	});

	it('waits for the full pause if it is not canceled', async () => {
		const waited = await quickly(async () => {
			const began = performance.now();
			await new ScriptedN8n([]).open().pause(2500);
			return performance.now() - began;
		});
		expect(Math.round(waited)).toBe(2500);
	});
});

describe('Expired token in an older n8n', () => {
	const old = { status: 401 };
	const good = { body: { id: 5 } };

	it('is renewed by a small request before the rejected request is sent again', async () => {
		const n8n = new ScriptedN8n([old, good, good]);
		expect(await n8n.open().requestJson(write)).toEqual({ id: 5 });
		expect(n8n.urls).toEqual(['POST /invoices', 'GET /sessioninfo', 'POST /invoices']);
		expect(n8n.sent[1]).toMatchObject({ ignoreHttpStatusErrors: false, timeout: 120_000 });
		expect(n8n.signals[1]).toBe(n8n.sent[1].abortSignal);
	});

	it.each(['procountorApi', 'procountorOAuth2Api'] as const)('is renewed at most twice with %s', async (type) => {
		const n8n = new ScriptedN8n([old, good, old, good, old, good]);
		expect((await problemOf(n8n.open({}, type).request(one))).message).toBe(
			'Procountor rejected the access token, also a new one',
		);
		expect(n8n.urls).toHaveLength(5);
	});

	const refusal = (status: number): Error =>
		thrown({
			code: 'ERR_BAD_REQUEST',
			config: { url: 'https://procountor.example.com/latest/api/sessioninfo' },
			response: { status, headers: {}, data: {} },
		});

	it.each<[string, Error, string]>([
		['a 401', refusal(401), 'Procountor rejected the access token, also a new one'],
		['a 503', refusal(503), 'cannot be reached at https://procountor.example.com (at the login, 503)'],
		['a 500', refusal(500), '(at the login, 500)'],
		['a 429', refusal(429), '(at the login, 429)'],
		['a lost connection', thrown({ code: 'ECONNRESET' }), '(at the login, ECONNRESET)'],
		['no connection', thrown({ code: 'ECONNREFUSED' }), '(ECONNREFUSED)'],
	])('fails the request without an unknown outcome after %s', async (_name, error, message) => {
		const script = [old, error, old, error, old, error];
		const n8n = new ScriptedN8n(script);
		const problem = await quickly(async () => await problemOf(n8n.open().request(write)));
		expect(problem.message).toContain(message);
		expect(problem.outcomeUnknown).toBeUndefined();
	});

	it('counts as renewed if the small request is rejected for another reason', async () => {
		const n8n = new ScriptedN8n([old, refusal(403), good]);
		expect(await n8n.open().requestJson(one)).toEqual({ id: 5 });
	});
});
