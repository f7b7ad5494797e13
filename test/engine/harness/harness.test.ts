/** Tests that the harness behaves like n8n, with a package made for this test. */
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

describe('Package loader', () => {
	it('returns node types with the name of their package', () => {
		expect(engine.packages.nodeNames()).toEqual(
			expect.arrayContaining(['n8n-nodes-fixture.fixture', 'n8n-nodes-fixture.fixtureTrigger']),
		);
	});

	it('adds poll times to a polling trigger, as n8n does', () => {
		const { properties } = engine.packages.getByNameAndVersion('n8n-nodes-fixture.fixtureTrigger').description;
		expect(properties[0].name).toBe('pollTimes');
	});
});

describe('Node run', () => {
	it('requests one token for all items, stores it and pairs the items', async () => {
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

	it('returns the error as n8n stores it, with logs and without output', async () => {
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

	it('continues on failure if the node is set to', async () => {
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

	it('sends a failed item to the error output', async () => {
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'missing' }, { id: 'r1' }],
			credentials: { fixtureApi: credential() },
			settings: { onError: 'continueErrorOutput' },
		});
		expect(run.items.map((output) => output.length)).toEqual([1, 1]);
	});

	it('is repeated if the node is set to retry', async () => {
		const run = await engine.runNode({
			...fixture,
			items: [{ id: 'missing' }],
			credentials: { fixtureApi: credential() },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.status).toBe('error');
		expect(server.state.requests.filter((line) => line === 'GET /records/missing')).toHaveLength(2);
	});

	it('returns hints and log lines of the node', async () => {
		const run = await engine.runNode({ ...fixture, items: ids(2), credentials: { fixtureApi: credential() } });
		expect(run.hints).toEqual([expect.objectContaining({ message: '2 fetched' })]);
		expect(run.logs).toEqual(
			expect.arrayContaining([expect.objectContaining({ level: 'info', message: 'Fetched 2' })]),
		);
	});

	it('fails before any request if a required parameter is missing', async () => {
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

describe('OAuth2 credential', () => {
	const parameters = { authentication: 'oAuth2', id: 'r1' };

	it('is refreshed after a 401 and stores the new token', async () => {
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

	it('is refused if it was never connected', async () => {
		const saved = { baseUrl: server.baseUrl, clientId: 'c', clientSecret: 'client-secret-1' };
		const run = await engine.runNode({ type: 'fixture', parameters, credentials: { fixtureOAuth2Api: saved } });
		expect(run.error?.message).toContain('Unable to sign without access token');
	});
});

describe('Workflow run', () => {
	it('starts at the trigger and finds credentials by type', async () => {
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

describe('Polling trigger', () => {
	const poller = () =>
		engine.poller({
			type: 'fixtureTrigger',
			credentials: { fixtureApi: engine.saveCredential('fixtureApi', credential()) },
		});

	it('stores its static data after the activation poll, even if the poll found nothing', async () => {
		const trigger = poller();
		expect(await trigger.poll()).toBeNull();
		expect(trigger.storedData).toEqual({ polls: 1, last: 0 });
	});

	it('stores its static data if a poll emits items, and not after a later empty poll', async () => {
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

	it('keeps the changes of a failed poll in memory and does not store them', async () => {
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

	it('shares its static data between overlapping polls', async () => {
		const trigger = poller();
		await trigger.poll();
		await Promise.all([trigger.poll(), trigger.poll()]);
		expect(trigger.staticData).toMatchObject({ polls: 3 });
	});

	it('returns items in a manual test and stores nothing', async () => {
		const trigger = poller();
		await trigger.poll();
		server.state.records.push(5);
		expect((await trigger.poll('manual'))?.map(({ json }) => json.id)).toEqual([5]);
		expect(trigger.staticData).toEqual({ polls: 1, last: 0 });
		expect((await trigger.poll())?.map(({ json }) => json.id)).toEqual([5]);
	});
});

describe('Picker', () => {
	it('searches with filter, page and current parameters', async () => {
		const options = { type: 'fixture', parameters: { id: 'now' }, credentials: { fixtureApi: credential() } };
		expect(await engine.listSearch('records', { ...options, filter: 'abc', paginationToken: '4' })).toEqual({
			results: [{ name: 'now abc', value: 'abc' }],
			paginationToken: '5',
		});
		expect(await engine.loadOptions('greetings', options)).toEqual([{ name: 'hello', value: 'hello' }]);
	});
});

describe('Credential test', () => {
	it('requests a new token despite a stored one, then sends the test request', async () => {
		expect(await engine.testCredential('fixtureApi', credential({ accessToken: 'an-old-token-123' }))).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(server.state.requests).toEqual(['POST /token', 'GET /me']);
	});

	it("requests the token twice if the key is wrong, and returns n8n's message", async () => {
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

describe('Record of executions and logs', () => {
	const check = (root: string) =>
		spawnSync(process.execPath, [join(__dirname, '..', '..', '..', 'scripts', 'gate', 'check-secrets.mjs')], {
			cwd: root,
			encoding: 'utf8',
		});

	it('contains a leaked secret, which the secret check reports', async () => {
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
