/** Proves that the harness behaves as n8n does, with a package made for this alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './fixture/server';
import { recordsVariable } from './records';
import { Engine } from '.';

const packageFolder = join(__dirname, 'fixture');

let server: Awaited<ReturnType<typeof startServer>>;
let engine: Engine;

beforeEach(async () => {
	server = await startServer();
	engine = await Engine.start([packageFolder]);
});

afterEach(async () => await server.close());

const credential = (more: Record<string, string> = {}) => ({ baseUrl: server.baseUrl, key: server.state.key, ...more });
const ids = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index}` }));
const fixture = { type: 'fixture', parameters: { id: '={{ $json.id }}' } };

describe('loading', () => {
	it('names node types with their package', () => {
		expect(engine.packages.nodeNames()).toEqual(
			expect.arrayContaining(['n8n-nodes-fixture.fixture', 'n8n-nodes-fixture.fixtureTrigger']),
		);
	});

	it('adds poll times to a polling trigger, as n8n does', () => {
		const { properties } = engine.packages.getByNameAndVersion('n8n-nodes-fixture.fixtureTrigger').description;
		expect(properties[0].name).toBe('pollTimes');
	});
});

describe('a node run', () => {
	it('fetches one token for all items, keeps it, and pairs the items', async () => {
		const saved = engine.saveCredential('fixtureApi', credential());
		const run = await engine.runNode({ ...fixture, items: ids(3), credentials: { fixtureApi: saved } });
		expect(run.error).toBeUndefined();
		expect(run.items[0].map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['r0', { item: 0 }],
			['r1', { item: 1 }],
			['r2', { item: 2 }],
		]);
		expect(server.state.requests).toEqual(['POST /token', 'GET /records/r0', 'GET /records/r1', 'GET /records/r2']);
		expect(saved.data.accessToken).toBe(server.state.validToken);
		await engine.runNode({ ...fixture, items: ids(1), credentials: { fixtureApi: saved } });
		expect(server.state.requests.slice(4)).toEqual(['GET /records/r0']);
	});

	it('renews the token after a 401 and continues', async () => {
		const saved = engine.saveCredential('fixtureApi', credential({ accessToken: 'an-old-token-123' }));
		const run = await engine.runNode({ ...fixture, items: ids(2), credentials: { fixtureApi: saved } });
		expect(run.items[0]).toHaveLength(2);
		expect(server.state.requests).toEqual(['GET /records/r0', 'POST /token', 'GET /records/r0', 'GET /records/r1']);
		expect(saved.data).toMatchObject({ accessToken: server.state.validToken, key: server.state.key });
	});

	it('gives the error as n8n stores it, with the logs and without output', async () => {
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'missing' }],
			credentials: { fixtureApi: credential() },
		});
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(run.items).toEqual([]);
		expect(run.logs.some(({ message }) => message.includes('finished with error'))).toBe(true);
	});

	it('continues on failure by the setting of the node', async () => {
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'missing' }, { id: 'r1' }],
			credentials: { fixtureApi: credential() },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.status).toBe('success');
		expect(run.items[0][0].json.error).toEqual(expect.any(String));
		expect(run.items[0][1].json.id).toBe('r1');
	});

	it('sends failed items to the error output', async () => {
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'missing' }, { id: 'r1' }],
			credentials: { fixtureApi: credential() },
			settings: { onError: 'continueErrorOutput' },
		});
		expect(run.items.map((output) => output.length)).toEqual([1, 1]);
	});

	it('runs the node again when it is set to retry', async () => {
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'missing' }],
			credentials: { fixtureApi: credential() },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.status).toBe('error');
		expect(server.state.requests.filter((line) => line === 'GET /records/missing')).toHaveLength(2);
	});

	it('collects hints and log lines of the node', async () => {
		const run = await engine.runNode({ ...fixture, items: ids(2), credentials: { fixtureApi: credential() } });
		expect(run.hints).toEqual([expect.objectContaining({ message: '2 fetched' })]);
		expect(run.logs).toEqual(
			expect.arrayContaining([expect.objectContaining({ level: 'info', message: 'Fetched 2' })]),
		);
	});

	it('refuses to run with a required parameter missing', async () => {
		const run = await engine.runNode({ type: 'fixture', credentials: { fixtureApi: credential() } });
		expect(run.error?.name).toBe('WorkflowHasIssuesError');
		expect(server.state.requests).toEqual([]);
	});

	it('resolves expressions in a credential with the first item', async () => {
		server.state.key = 'key-in-the-item-0123';
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'a', key: server.state.key }],
			credentials: { fixtureApi: credential({ key: '={{ $json.key }}' }) },
		});
		expect(run.items[0][0].json.id).toBe('a');
	});
});

describe('OAuth2', () => {
	const parameters = { authentication: 'oAuth2', id: 'r1' };

	it('refreshes on 401 with the refresh token, and keeps the new token', async () => {
		const oauthTokenData = {
			access_token: 'expired-token-01',
			refresh_token: server.state.refreshToken,
			token_type: 'bearer',
		};
		const saved = engine.saveCredential('fixtureOAuth2Api', {
			baseUrl: server.baseUrl,
			clientId: 'c',
			clientSecret: 'client-secret-1',
			oauthTokenData,
		});
		const run = await engine.runNode({ type: 'fixture', parameters, credentials: { fixtureOAuth2Api: saved } });
		expect(run.error).toBeUndefined();
		expect(server.state.requests).toEqual(['GET /records/r1', 'POST /oauth/token', 'GET /records/r1']);
		expect(saved.data.oauthTokenData).toMatchObject({
			access_token: server.state.validToken,
			refresh_token: server.state.refreshToken,
		});
	});

	it('refuses a credential that was never connected', async () => {
		const saved = { baseUrl: server.baseUrl, clientId: 'c', clientSecret: 'client-secret-1' };
		const run = await engine.runNode({ type: 'fixture', parameters, credentials: { fixtureOAuth2Api: saved } });
		expect(run.error?.message).toContain('Unable to sign without access token');
	});
});

describe('a whole workflow', () => {
	it('starts at its trigger and gives the credentials by type', async () => {
		const node = (name: string, type: string, more = {}) => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
			...more,
		});
		const json = {
			nodes: [
				node('Fetch', 'n8n-nodes-fixture.fixture', {
					parameters: { id: '={{ $json.id }}' },
					credentials: { fixtureApi: { id: 'x', name: 'Theirs' } },
				}),
				node('Begin', 'n8n-nodes-base.manualTrigger'),
			],
			connections: { Begin: { main: [[{ node: 'Fetch', type: 'main' as const, index: 0 }]] } },
		};
		const run = await engine.runWorkflow(json, { items: ids(2), credentials: { fixtureApi: credential() } });
		expect(run.items[0].map(({ json: { id } }) => id)).toEqual(['r0', 'r1']);
		expect(Object.keys(run.runData)).toEqual(['Begin', 'Fetch']);
	});
});

describe('polling', () => {
	const poller = () =>
		engine.poller({
			type: 'fixtureTrigger',
			credentials: { fixtureApi: engine.saveCredential('fixtureApi', credential()) },
		});

	it('stores the memory of the activation poll, even when that found nothing', async () => {
		const trigger = poller();
		expect(await trigger.poll()).toBeNull();
		expect(trigger.storedData).toEqual({ polls: 1, last: 0 });
	});

	it('stores the memory when items are emitted, and not when a later poll finds nothing', async () => {
		const trigger = poller();
		await trigger.poll();
		server.state.records.push(7);
		expect((await trigger.poll())?.map(({ json }) => json.id)).toEqual([7]);
		expect(trigger.storedData).toEqual({ polls: 2, last: 7 });
		expect(await trigger.poll()).toBeNull();
		expect(trigger.staticData).toEqual({ polls: 3, last: 7 });
		expect(trigger.storedData).toEqual({ polls: 2, last: 7 });
		trigger.restart({ loseUnsaved: true });
		expect(trigger.staticData).toEqual({ polls: 2, last: 7 });
		await trigger.poll();
		expect(trigger.storedData).toEqual({ polls: 3, last: 7 });
	});

	it('keeps in memory what a poll changed before it threw, and stores none of it', async () => {
		const trigger = poller();
		await trigger.poll();
		server.state.records.push(1);
		server.state.failAfter = true;
		await expect(trigger.poll()).rejects.toThrow('after the memory had changed');
		expect(trigger.staticData).toEqual({ polls: 2, last: 1 });
		server.state.failAfter = false;
		expect(await trigger.poll()).toBeNull();
		trigger.restart();
		expect(trigger.staticData).toEqual({ polls: 1, last: 0 });
		expect((await trigger.poll())?.map(({ json }) => json.id)).toEqual([1]);
	});

	it('lets polls overlap on the same memory', async () => {
		const trigger = poller();
		await trigger.poll();
		await Promise.all([trigger.poll(), trigger.poll()]);
		expect(trigger.staticData).toMatchObject({ polls: 3 });
	});

	it('shows by hand what the trigger finds, and stores nothing', async () => {
		const trigger = poller();
		await trigger.poll();
		server.state.records.push(5);
		expect((await trigger.poll('manual'))?.map(({ json }) => json.id)).toEqual([5]);
		expect(trigger.staticData).toEqual({ polls: 1, last: 0 });
		expect((await trigger.poll())?.map(({ json }) => json.id)).toEqual([5]);
	});
});

describe('pickers', () => {
	it('search with filter, page and the parameters of the moment', async () => {
		const options = { type: 'fixture', parameters: { id: 'now' }, credentials: { fixtureApi: credential() } };
		expect(await engine.listSearch('records', { ...options, filter: 'abc', paginationToken: '4' })).toEqual({
			results: [{ name: 'now abc', value: 'abc' }],
			paginationToken: '5',
		});
		expect(await engine.loadOptions('greetings', options)).toEqual([{ name: 'hello', value: 'hello' }]);
	});
});

describe('the credential test', () => {
	it('fetches a fresh token, whatever is kept, and calls the test request', async () => {
		expect(await engine.testCredential('fixtureApi', credential({ accessToken: 'an-old-token-123' }))).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(server.state.requests).toEqual(['POST /token', 'GET /me']);
	});

	it('tries the token twice when the key is refused, and says what n8n says', async () => {
		expect(await engine.testCredential('fixtureApi', credential({ key: 'a-wrong-key-123' }))).toEqual({
			status: 'Error',
			message: 'Unauthorized',
		});
		expect(server.state.requests).toEqual(['POST /token', 'POST /token']);
	});

	it('reports a network failure with its code', async () => {
		expect(await engine.testCredential('fixtureApi', credential({ baseUrl: 'http://127.0.0.1:9' }))).toMatchObject({
			status: 'Error',
			message: 'ECONNREFUSED',
		});
	});
});

describe('records', () => {
	const check = (root: string) =>
		spawnSync(process.execPath, [join(__dirname, '..', '..', '..', 'scripts', 'gate', 'check-secrets.mjs')], {
			cwd: root,
			encoding: 'utf8',
		});

	it('hold executions and logs in which the search for secrets finds what the credentials hold', async () => {
		const before = process.env[recordsVariable];
		const root = mkdtempSync(join(tmpdir(), 'records-'));
		process.env[recordsVariable] = join(root, '.scratch', 'run-data');
		try {
			const key = 'sec/ret "quoted" 42';
			server.state.key = key;
			await engine.runNode({ ...fixture, items: ids(1), credentials: { fixtureApi: credential({ key }) } });
			expect(check(root)).toMatchObject({ status: 0, stdout: expect.stringContaining('2 secrets, 1 files') });
			await engine.runNode({
				...fixture,
				items: [{ id: 'x', leak: key }],
				credentials: { fixtureApi: credential({ key }) },
			});
			expect(check(root)).toMatchObject({ status: 1, stdout: expect.stringContaining('secret 1') });
		} finally {
			if (before === undefined) delete process.env[recordsVariable];
			else process.env[recordsVariable] = before;
			rmSync(root, { recursive: true, force: true });
		}
	});
});
