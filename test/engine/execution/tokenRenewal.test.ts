/** Access tokens that expire during a run, in n8n releases that throw on a 401 and in older ones that do not. */
import { DEMO, startSandbox, type Sandbox } from '../../sandbox';
import { Engine, type SavedCredential } from '../harness';

const NODES = ['from n8n-core 2.11.1 on', 'before n8n-core 2.11.1'] as const;
const CREDENTIALS = ['procountorApi', 'procountorOAuth2Api'] as const;
type CredentialType = (typeof CREDENTIALS)[number];

let sandbox: Sandbox;
let engines: Record<(typeof NODES)[number], Engine>;
beforeAll(async () => {
	sandbox = await startSandbox({ checkAnswers: true });
	engines = {
		'from n8n-core 2.11.1 on': await Engine.start(),
		'before n8n-core 2.11.1': await Engine.start(undefined, { olderHelpers: true }),
	};
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const client = () => ({ client_id: DEMO.client.id, client_secret: DEMO.client.secret });

/** The tokens that a login stores in the credential. */
function loginTokens() {
	const { auth } = sandbox.state;
	const redirectUri = sandbox.world.clients.get(DEMO.client.id)?.redirectUri;
	const code = auth.issueCode('token', DEMO.client.id, DEMO.companyId, 1001);
	return auth.token({ ...client(), grant_type: 'authorization_code', code, redirect_uri: redirectUri }) as {
		access_token: string;
	};
}

describe.each(NODES)('Expired access token %s', (release) => {
	const isOlder = release === NODES[1];

	describe.each(CREDENTIALS)('with %s', (type) => {
		const isLogin = type === 'procountorOAuth2Api';
		let engine: Engine;
		let saved: SavedCredential;
		beforeEach(() => {
			engine = engines[release];
			saved = save(engine, type);
		});

		const node = (resource: string, operation: string, parameters = {}) => ({
			type: 'procountor',
			parameters: { authentication: isLogin ? 'oAuth2' : 'apiKey', resource, operation, ...parameters },
			credentials: { [type]: saved },
		});
		const session = async (count = 1, settings = {}) =>
			await engine.runNode({ ...node('company', 'getSession'), items: many(count), settings });
		const newItem = { dimensionId: '1', codeName: '={{ "Oulu " + $json.index }}' };
		const createItems = async (count: number) =>
			await engine.runNode({ ...node('dimension', 'createItem', newItem), items: many(count) });
		const sent = (call: string, status?: number) =>
			sandbox.journal.to(call).filter((entry) => status === undefined || entry.status === status).length;

		/** Requests a token and then revokes it. */
		async function endToken() {
			await session();
			sandbox.journal.clear();
			sandbox.state.auth.revokeTokens();
		}

		it('is renewed once for concurrent requests', async () => {
			await endToken();
			sandbox.faults.add({ kind: 'latency', ms: 30, path: '/sessioninfo', times: 0 });
			const run = await session(30);
			expect(run.error).toBeUndefined();
			expect(run.items[0]).toHaveLength(30);
			expect(sent('requestToken')).toBe(1);
		});

		it('causes one retry of the rejected write, which is saved once', async () => {
			await endToken();
			const run = await createItems(5);
			expect(run.error).toBeUndefined();
			expect(run.items[0].map(({ json }) => json.codeName)).toEqual(many(5).map(({ index }) => `Oulu ${index}`));
			expect(sent('POST /dimensions/{dimensionId}/items', 401)).toBe(1);
			expect(sent('POST /dimensions/{dimensionId}/items', 200)).toBe(5);
			expect(sent('requestToken')).toBe(1);
		});

		it(`costs ${isOlder ? 'one additional rejected request and its retry' : 'no additional request'}`, async () => {
			await endToken();
			await createItems(1);
			expect(sent('GET /sessioninfo')).toBe(isOlder ? 2 : 0);
			expect(sandbox.journal.entries).toHaveLength(isOlder ? 5 : 3);
		});

		it('does not change the content of an uploaded or downloaded file', async () => {
			const { id } = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' });
			await endToken();
			const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 256));
			const file = { data: bytes.toString('base64'), mimeType: 'image/png', fileName: 'kuitti.png' };
			const upload = { referenceType: 'INVOICE', referenceId: String(id) };
			const uploaded = await engine.runNode({
				...node('attachment', 'upload', upload),
				items: [{ json: {}, binary: { data: file } }],
			});
			expect(uploaded.error).toBeUndefined();
			expect(sent('POST /attachments', 401)).toBe(1);
			sandbox.state.auth.revokeTokens();
			const attachmentId = String(uploaded.items[0][0].json.id);
			const { error, items } = await engine.runNode(node('attachment', 'download', { attachmentId }));
			expect(error).toBeUndefined();
			expect(Buffer.from(items[0][0].binary?.data.data ?? '', 'base64').equals(bytes)).toBe(true);
		});

		it('is renewed for a picker', async () => {
			await endToken();
			const { results } = await engine.listSearch('searchCustomer', node('invoice', 'create'));
			expect(results.length).toBeGreaterThan(1);
			expect(sent('requestToken')).toBe(1);
		});

		it('is renewed for a trigger, which loses no event', async () => {
			const trigger = engine.poller({
				...node('', '', { event: 'invoiceCreated' }),
				type: 'procountorTrigger',
			});
			await trigger.poll();
			sandbox.state.auth.revokeTokens();
			sandbox.clock.advance(60_000);
			const { id } = sandbox.backdoor.addInvoice();
			const items = await trigger.poll();
			expect(items?.map(({ json }) => json.id)).toEqual([id]);
		});

		it('is renewed each time it expires during a run', async () => {
			await session();
			const call = 'POST /dimensions/{dimensionId}/items';
			const ends = new Set([3, 6, 9]);
			sandbox.faults.add({ kind: 'latency', ms: 5, method: 'POST', path: '/dimensions/{dimensionId}/items', times: 0 });
			const over = new AbortController();
			const revoking = (async () => {
				while (!over.signal.aborted && ends.size > 0) {
					const [next] = ends;
					if (sent(call, 200) >= next) {
						sandbox.state.auth.revokeTokens();
						ends.delete(next);
					}
					await new Promise((resolve) => {
						setTimeout(resolve, 1);
					});
				}
			})();
			const run = await createItems(12);
			over.abort();
			await revoking;
			expect(run.error).toBeUndefined();
			expect(sent(call, 200)).toBe(12);
			expect(sent('requestToken', 200)).toBe(isLogin ? 3 : 4);
		});

		it('is reported after a few requests if the new token is rejected too', async () => {
			await session();
			sandbox.journal.clear();
			for (const path of ['/dimensions/*', '/sessioninfo'])
				sandbox.faults.add({ kind: 'unauthorized', path, times: 0 });
			const run = await createItems(1);
			expect(run.error?.message).toMatch(/rejected the access token, also a new one/);
			expect(sandbox.journal.entries.length).toBeLessThanOrEqual(6);
		});

		it('is reported with advice if it cannot be renewed', async () => {
			await endToken();
			sandbox.state.auth.revokeTokens(true);
			const key = sandbox.world.keys.get(DEMO.keys.admin);
			if (key) key.revoked = true;
			const run = await createItems(3);
			if (key) key.revoked = false;
			expect(run.error?.message).toMatch(isLogin ? /refused to renew the login|reconnect/ : /refused the login/);
			expect(run.error?.description).toMatch(isLogin ? /connect/i : /API client keys/);
			expect(sent('POST /dimensions/{dimensionId}/items')).toBe(1);
		});

		it('is renewed after a short outage of the token call', async () => {
			await endToken();
			sandbox.faults.add(
				{ kind: 'unavailable', path: '/oauth/token' },
				{ kind: 'cutBefore', path: '/oauth/token', after: 1 },
			);
			const run = await createItems(2);
			expect(run.error).toBeUndefined();
			expect(sandbox.faults.list).toEqual([]);
			expect(sent('POST /dimensions/{dimensionId}/items', 200)).toBe(2);
		});

		// Newer releases renew a token without a request for the session info.
		if (!isOlder) return;

		it('is renewed for a user who cannot read the session info', async () => {
			await endToken();
			sandbox.faults.add({ kind: 'status', status: 403, path: '/sessioninfo', after: 1, times: 0 });
			const run = await createItems(2);
			expect(run.error).toBeUndefined();
			expect(sandbox.journal.to('GET /sessioninfo').map(({ status }) => status)).toEqual([401, 403]);
			expect(sent('POST /dimensions/{dimensionId}/items', 200)).toBe(2);
		});

		it('is renewed after a short outage of the request that causes the renewal', async () => {
			await endToken();
			sandbox.faults.add(
				{ kind: 'unavailable', path: '/sessioninfo' },
				{ kind: 'cutBefore', path: '/sessioninfo', after: 1 },
			);
			const run = await createItems(2);
			expect(run.error).toBeUndefined();
			expect(sandbox.journal.to('GET /sessioninfo').map(({ status }) => status)).toEqual([503, undefined, 401, 200]);
			expect(sent('POST /dimensions/{dimensionId}/items', 200)).toBe(2);
		});
	});
});

function save(engine: Engine, type: CredentialType): SavedCredential {
	const fields = {
		environment: 'custom',
		baseUrl: sandbox.url,
		clientId: DEMO.client.id,
		clientSecret: DEMO.client.secret,
		requestsPerSecond: 1000,
	};
	return type === 'procountorApi'
		? engine.saveCredential(type, { ...fields, apiKey: DEMO.keys.admin })
		: engine.saveCredential(type, { ...fields, oauthTokenData: loginTokens() });
}
