/** Failed logins and tokens of another company. */
import { byId } from '../engine/support';
import { rawBench } from './raw';
import { json, type Answerer } from './rawServer';

const bench = rawBench();
const session = ['company', 'getSession'] as const;
const approve = ['invoice', 'approve', { invoiceId: byId(5) }] as const;
const plainWrite = ['apiRequest', 'send', { method: 'PUT', path: '/invoices/5/approve' }] as const;
const refusing: Answerer = (_, response) => json(response, { errors: [{ status: 401, message: 'Unauthorized' }] }, 401);
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

/** Returns the next answer for each call, and repeats the last one. */
const inTurn = (...answers: Answerer[]): Answerer => {
	let next = 0;
	return (request, response) => answers[Math.min(next++, answers.length - 1)](request, response);
};

describe('An OAuth2 login', () => {
	it.each([
		['an error that asks to connect again', { error: 'invalid_grant' }, 400, /needs to be reconnected/],
		[
			'a list of errors',
			{ errors: [{ status: 400, message: 'the-refresh-token is dead' }] },
			400,
			/^Procountor refused to renew the login \(400\)$/,
		],
		[
			'a client error',
			{ error: 'invalid_client', error_description: 'the-refresh-token' },
			401,
			/^Procountor refused to renew the login \(invalid_client\)$/,
		],
	])('reports a failed renewal after one attempt for each read or write: %s', async (_, body, status, message) => {
		bench.server.answer = refusing;
		bench.server.token = (_request, response) => json(response, body, status);
		for (const [resource, operation, parameters] of [session, approve]) {
			const run = await bench.run(resource, operation, parameters ?? {}, { oAuth2: bench.oAuth2(), items: many(1) });
			expect(run.error?.message).toMatch(message);
			expect(run.error?.description).toMatch(/connect/i);
			expect(JSON.stringify(run)).not.toContain('the-refresh-token');
		}
		expect(bench.server.requests).toHaveLength(2);
		expect(bench.server.tokenCalls).toHaveLength(2);
	});

	it('reports that it is not connected, without a request', async () => {
		for (const [resource, operation, parameters] of [session, approve]) {
			const run = await bench.run(resource, operation, parameters ?? {}, {
				oAuth2: bench.oAuth2({ oauthTokenData: {} }),
			});
			expect(run.error?.message).toBe('The OAuth2 credential is not connected');
			expect(run.error?.description).toMatch(/Connect my account/);
		}
		expect(bench.server.requests).toEqual([]);
	});

	it.each([503, 429])('retries a renewal that returns %i, also for a write', async (status) => {
		bench.server.answer = inTurn(refusing, refusing, (_, response) => json(response, { id: 1 }));
		bench.server.token = inTurn(
			(_, response) => json(response, {}, status),
			(_, response) => json(response, { access_token: 'second-access-token', token_type: 'bearer' }),
		);
		const run = await bench.run(...plainWrite, { oAuth2: bench.oAuth2() });
		expect(run.error).toBeUndefined();
		expect(bench.server.requests.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer first-access-token',
			'Bearer first-access-token',
			'Bearer second-access-token',
		]);
	});
});

describe('A token', () => {
	const keyed: Answerer = ({ body }, response) =>
		json(response, { access_token: `token-of-${new URLSearchParams(body).get('api_key') ?? ''}`, expires_in: 3600 });

	it('is not used for another key that an expression selects in the next run', async () => {
		bench.server.token = keyed;
		const saved = bench.engine.saveCredential(
			'procountorApi',
			bench.apiKey({ apiKey: '={{ "key-of-" + $json.company }}' }),
		);
		for (const company of ['first', 'second', 'first']) {
			const run = await bench.run(...session, {}, { credential: saved, items: [{ company }, { company }] });
			expect(run.error).toBeUndefined();
		}
		expect(bench.server.requests.map(({ headers }) => headers.authorization)).toEqual(
			['first', 'first', 'second', 'second', 'first', 'first'].map((name) => `Bearer token-of-key-of-${name}`),
		);
		expect(bench.server.tokenCalls).toHaveLength(2);
	});

	it('is not used for another key after the credential changes', async () => {
		bench.server.token = keyed;
		const saved = bench.engine.saveCredential('procountorApi', bench.apiKey({ apiKey: 'key-of-first' }));
		await bench.run(...session, {}, { credential: saved });
		saved.data = { ...saved.data, apiKey: 'key-of-second' };
		await bench.run(...session, {}, { credential: saved });
		expect(bench.server.requests.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer token-of-key-of-first',
			'Bearer token-of-key-of-second',
		]);
	});

	it('is reused in later runs', async () => {
		const saved = bench.engine.saveCredential('procountorApi', bench.apiKey());
		for (let turn = 0; turn < 3; turn++) await bench.run(...session, {}, { credential: saved, items: many(3) });
		expect(bench.server.tokenCalls).toHaveLength(1);
		expect(bench.server.requests).toHaveLength(9);
	});

	it('is requested once in a run whose login is rejected, however many items continue', async () => {
		bench.server.token = (_, response) => json(response, { error: 'invalid_client' }, 401);
		const run = await bench.run(...session, {}, { items: many(200), settings: { onError: 'continueRegularOutput' } });
		expect(run.items[0]).toHaveLength(200);
		expect(run.items[0].every(({ json: { error } }) => /refused the login/.test(String(error)))).toBe(true);
		expect(bench.server.tokenCalls).toHaveLength(1);
	});

	it('delays all requests of the client if its call returns Retry-After', async () => {
		const fresh = bench.engine.saveCredential('procountorApi', bench.apiKey({ apiKey: 'second-key' }));
		const saved = bench.engine.saveCredential('procountorApi', bench.apiKey());
		await bench.run(...session, {}, { credential: saved });
		bench.server.token = inTurn((_, response) => json(response, {}, 429, { 'retry-after': '1' }), keyed);
		const waiting = bench.run(...session, {}, { credential: fresh });
		while (bench.server.tokenCalls.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		await new Promise((resolve) => setTimeout(resolve, 50));
		await bench.run(...session, {}, { credential: saved });
		await waiting;
		const after = bench.server.requests.slice(1).map(({ atMs }) => atMs - bench.server.tokenCalls[1].atMs);
		expect(after).toHaveLength(2);
		expect(Math.min(...after)).toBeGreaterThanOrEqual(990);
	});
});

describe('The test of a credential', () => {
	it('follows no redirect, so that no other host gets the token', async () => {
		const stolen: string[] = [];
		bench.server.answer = ({ path, headers }, response) => {
			if (path === '/steal') stolen.push(String(headers.authorization));
			if (path === '/steal') return json(response, {});
			response.writeHead(302, { location: `${bench.server.url.replace('127.0.0.1', 'localhost')}/steal` }).end();
		};
		const results = [
			await bench.engine.testCredential('procountorApi', bench.apiKey()),
			await bench.engine.testCredential('procountorOAuth2Api', bench.oAuth2()),
		];
		expect(results.map(({ status }) => status)).toEqual(['Error', 'Error']);
		expect(stolen).toEqual([]);
	});

	it.each(['<html><body>Maintenance</body></html>', '', '{}', '[]'])('does not accept %j as success', async (body) => {
		bench.server.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body);
		const results = [
			await bench.engine.testCredential('procountorApi', bench.apiKey()),
			await bench.engine.testCredential('procountorOAuth2Api', bench.oAuth2()),
		];
		expect(results.map(({ status }) => status)).toEqual(['Error', 'Error']);
	});

	it.each(['Test', 'prod', 'constructor'])('sends no request for the environment %j', async (environment) => {
		const test = async (type: string) =>
			await bench.engine.testCredential(type, {
				...(type === 'procountorApi' ? bench.apiKey() : bench.oAuth2()),
				environment,
			});
		expect((await test('procountorApi')).status).toBe('Error');
		expect((await test('procountorOAuth2Api')).status).toBe('Error');
		expect(bench.server.requests).toEqual([]);
	});
});

it('An OAuth2 token that expires during many requests causes only as many retries as the limit allows', async () => {
	let refused = 0;
	bench.server.answer = async ({ headers }, response) => {
		// Long enough to reach the maximum number of parallel requests.
		await new Promise((resolve) => setTimeout(resolve, 400));
		const isExpired = bench.server.requests.length > 8 && headers.authorization === 'Bearer first-access-token';
		if (isExpired) refused++;
		json(response, { id: 1 }, isExpired ? 401 : 200);
	};
	const oAuth2 = bench.engine.saveCredential('procountorOAuth2Api', bench.oAuth2({ requestsPerSecond: 50 }));
	const run = await bench.run(...session, {}, { oAuth2, items: many(24) });
	expect(run.error).toBeUndefined();
	expect(refused).toBeGreaterThan(1);
	// The pace is 48 a second; each rejection adds a token call and a retry, and 60 are allowed.
	expect(refused).toBeLessThanOrEqual(6);
	expect(bench.server.tokenCalls.length).toBeLessThanOrEqual(6);
});
