/** Arbitrary responses to a token call, and compressed bodies of excessive size. */
import { Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { rawBench } from './raw';
import { json, type Answerer } from './rawServer';
import { faultsOf } from './suite/text';

const bench = rawBench();
const KEY = 'api-key+number/1=';
const SECRET = 'client-secret-number-1';
const inReality = AbortSignal.timeout.bind(AbortSignal);
afterEach(() => void jest.restoreAllMocks());

/** All forms in which a server may repeat a secret. */
const formsOf = (secret: string): string[] => [
	secret,
	encodeURIComponent(secret),
	encodeURIComponent(secret).toLowerCase(),
	Buffer.from(secret).toString('base64'),
	Buffer.from(secret).toString('base64url'),
	JSON.stringify(secret).slice(1, -1),
	secret.replaceAll('/', '\\/'),
	secret.replaceAll('+', '&#43;').replaceAll('=', '&#61;'),
	secret.replaceAll('/', '&#x2F;'),
];
const everyForm = [KEY, SECRET].flatMap(formsOf).join(' | ');

/** Runs an operation with a key of many special characters; returns what a person reads. */
async function told(operation: readonly [string, string, Record<string, unknown>?]): Promise<string> {
	const [resource, name, parameters = {}] = operation;
	const credential = bench.apiKey({ apiKey: KEY, clientSecret: SECRET });
	const { error } = await bench.run(resource, name, parameters as never, { credential });
	if (!error) return 'success';
	const { message, description } = error as { message: string; description?: string | null };
	return `${message}\n${description ?? ''}`.trim();
}
const session = ['company', 'getSession'] as const;

const reply =
	(body: string | Buffer, headers: Record<string, string> = {}, status = 200): Answerer =>
	(_, response) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(body);
	};
const token = (value: unknown, more: object = {}): Answerer => reply(JSON.stringify({ access_token: value, ...more }));

/** Sends a piece every 100 ms, without end. */
const drip =
	(piece: string, status = 200): Answerer =>
	(_, response) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		const timer = setInterval(() => response.write(piece), 100);
		response.on('close', () => clearInterval(timer));
	};

describe('A token call', () => {
	it.each<[string, Answerer]>([
		['an HTML page', reply('<!DOCTYPE html><html><body>Login</body></html>', { 'content-type': 'text/html' })],
		['an HTML page declared as JSON', reply('<html></html>')],
		['an empty body', reply('')],
		['a 204 without content', (_, response) => void response.writeHead(204).end()],
		['null', reply('null')],
		['a list', reply('[{"access_token":"a"}]')],
		['a text', reply('"token"')],
		['an object without a token', reply('{}')],
		['a token that is null', token(null)],
		['a token that is empty', token('')],
		['a token of spaces', token('   ')],
		['a token that is a number', token(5)],
		['a token that is an object', token({ value: 'a' })],
		['a token with a line break', token('token\r\nx-injected: 1')],
		['a token with a zero byte', token('to\0ken')],
		['a token with non-ASCII characters', token('pöytä-☕-token')],
		['a redirect', reply('', { location: 'http://127.0.0.1:9/' }, 302)],
		['errors as an object', reply(JSON.stringify({ errors: { key: everyForm } }), {}, 400)],
		['an error with a description', reply(JSON.stringify({ error: everyForm, error_description: everyForm }), {}, 401)],
		['plain text that repeats the key', reply(everyForm, { 'content-type': 'text/plain' }, 403)],
		[
			'an error with the key in a cookie',
			reply('{"message":"no"}', { 'set-cookie': `key=${encodeURIComponent(KEY)}` }, 400),
		],
		['a truncated body', reply('{"access_token":"raw-tok')],
		['a list that is nested 100,000 times', reply('['.repeat(100_000))],
		['a body with an unknown compression', reply('{}', { 'content-encoding': 'zpaq' })],
		['bytes that are not compressed', reply('{"access_token":"a"}', { 'content-encoding': 'gzip' })],
	])('reports a reason if the response is %s', async (_, answer) => {
		bench.server.token = answer;
		const message = await told(session);
		expect(message).not.toBe('success');
		expect(faultsOf(message)).toEqual([]);
		for (const form of [KEY, SECRET].flatMap(formsOf)) expect(message).not.toContain(form);
		expect(bench.server.requests).toEqual([]);
		expect(bench.server.tokenCalls.length).toBeLessThanOrEqual(6);
	});

	it.each<[string, unknown]>([
		['negative', -5],
		['a text', 'soon'],
		['null', null],
		['huge', 1e300],
	])('accepts an odd expiry time: %s', async (_, expires_in) => {
		bench.server.token = token('raw-token-number-1', { expires_in });
		expect(await told(session)).toBe('success');
		expect(bench.server.requests).toHaveLength(1);
	});

	it.each([200, 400, 503])('stops at a deadline if the response never ends (%i)', async (status) => {
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => inReality(Math.min(milliseconds, 1500)));
		bench.server.token = drip(' ', status);
		const message = await told(session);
		expect(message).toMatch(/within \d+ seconds/);
		expect(faultsOf(message)).toEqual([]);
	});
});

describe('A body that grows when it is decompressed', () => {
	const compressions: Array<[string, () => Transform]> = [
		['gzip', () => createGzip({ level: 1 })],
		['deflate', () => createDeflate({ level: 1 })],
		['br', () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
	];
	const record = ['invoice', 'get', { invoiceId: '5' }] as const;
	const file = ['attachment', 'download', { attachmentId: '5' }] as const;
	const piece = Buffer.alloc(1_000_000, ' ');
	/** 1.5 GB of spaces, so that a client that decompresses everything exceeds the memory that the test allows. */
	const bomb = async (compression: Transform): Promise<Buffer> =>
		await buffer(Readable.from(Array.from({ length: 1500 }, () => piece)).pipe(compression));
	const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;

	it.each(compressions)('is rejected above 100 MB without filling the memory: %s', async (encoding, compression) => {
		const body = await bomb(compression());
		const answer = reply(body, { 'content-encoding': encoding });
		const before = peakMemory();
		for (const operation of [session, record, file]) {
			bench.server.requests.length = 0;
			bench.server.answer = answer;
			expect(await told(operation)).toMatch(/100 MB/);
			expect(bench.server.requests).toHaveLength(1);
		}
		bench.server.requests.length = 0;
		bench.server.answer = reply(body, { 'content-encoding': encoding }, 400);
		const refused = await told(record);
		expect(refused).toMatch(/^The connection to Procountor failed \(the response is larger than 100 MB\)\n/);
		expect(faultsOf(refused)).toEqual([]);
		expect(bench.server.requests).toHaveLength(1);

		bench.server.requests.length = 0;
		bench.server.tokenCalls.length = 0;
		bench.server.token = answer;
		const login = await told(session);
		expect(login).toMatch(/^Procountor cannot be reached at \S+ \(the response is larger than 100 MB\)\n/);
		expect(faultsOf(login)).toEqual([]);
		expect(bench.server.tokenCalls).toHaveLength(1);
		expect(bench.server.requests).toEqual([]);
		expect(peakMemory() - before).toBeLessThan(1_000_000_000);
	});
});

describe('A secret that a server repeats', () => {
	it.each([200, 400, 403, 404, 409, 500])('is masked in every form (%i)', async (status) => {
		bench.server.answer = reply(JSON.stringify({ errors: [{ field: 'date', message: everyForm }] }), {}, status);
		const message = await told(['apiRequest', 'send', { method: 'GET', path: '/invoices/5' }]);
		expect(message).not.toBe('success');
		for (const form of [KEY, SECRET].flatMap(formsOf)) expect(message).not.toContain(form);
	});

	it('is masked in the JSON error of a record', async () => {
		bench.server.answer = (_, response) => json(response, { message: everyForm }, 400);
		const message = await told(['invoice', 'get', { invoiceId: '5' }]);
		for (const form of [KEY, SECRET].flatMap(formsOf)) expect(message).not.toContain(form);
	});
});
