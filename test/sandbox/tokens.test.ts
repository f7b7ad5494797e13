import { keyForm, login, plain, postForm } from './client';
import { DEMO, type Sandbox, startSandbox } from '.';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ checkAnswers: true });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const token = (form: URLSearchParams, path = '/oauth/token', base = '/api') =>
	postForm(plain(sandbox, base), path, form);

/** Logs in through the page as a browser does, and returns the response with the redirect. */
async function loginByPage(
	path: '/login' | '/keylogin',
	query: Record<string, string> = {},
	person: Record<string, string> = {},
) {
	const search = new URLSearchParams({
		response_type: 'code',
		client_id: DEMO.client.id,
		redirect_uri: DEMO.client.redirectUri,
		state: 'a b/ä=1',
		...query,
	});
	const form = new URLSearchParams({ user: '1001', company: String(DEMO.companyId), ...person });
	return postForm(plain(sandbox, ''), `${path}?${search.toString()}`, form);
}

async function code(path: '/login' | '/keylogin' = '/login'): Promise<string> {
	const { headers } = await loginByPage(path);
	return new URL(String(headers.location)).searchParams.get('code') ?? '';
}

const codeForm = (value: string) =>
	new URLSearchParams({
		grant_type: 'authorization_code',
		client_id: DEMO.client.id,
		client_secret: DEMO.client.secret,
		redirect_uri: DEMO.client.redirectUri,
		code: value,
	});

const refreshForm = (value: string, more: Record<string, string> = {}) =>
	new URLSearchParams({
		grant_type: 'refresh_token',
		client_id: DEMO.client.id,
		client_secret: DEMO.client.secret,
		refresh_token: value,
		...more,
	});

describe('Token call by API key', () => {
	it('returns a JWT for an hour and no refresh token', async () => {
		const { status, data } = await token(keyForm());
		expect(status).toBe(200);
		expect(data).toEqual({
			access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
			token_type: 'Bearer',
			expires_in: 3600,
		});
	});

	it('works under every base path, with or without a trailing slash, but for no unknown version', async () => {
		for (const base of ['/api', '/latest/api', '/supported/api', '/v2604/api', '/v2601/api']) {
			expect((await token(keyForm(), '/oauth/token', base)).status).toBe(200);
			expect((await token(keyForm(), '/oauth/token/', base)).status).toBe(200);
		}
		expect((await token(keyForm(), '/oauth/token', '/v2404/api')).status).toBe(404);
		expect((await token(keyForm(), '/oauth/token', '')).status).toBe(404);
	});

	it('accepts the registered redirect URI or none', async () => {
		const form = keyForm();
		form.set('redirect_uri', DEMO.client.redirectUri);
		expect((await token(form)).status).toBe(200);
		form.set('redirect_uri', 'https://elsewhere.example/');
		expect((await token(form)).status).toBe(401);
	});

	it('rejects a charset, JSON, and a secret in the URL', async () => {
		const http = plain(sandbox);
		expect(
			(await postForm(http, '/oauth/token', keyForm(), 'application/x-www-form-urlencoded;charset=utf-8')).status,
		).toBe(400);
		expect((await http.post('/oauth/token', Object.fromEntries(keyForm()))).status).toBe(400);
		expect((await token(keyForm(), `/oauth/token?client_secret=${DEMO.client.secret}`)).status).toBe(400);
		expect((await postForm(http, `/oauth/token?${keyForm().toString()}`, new URLSearchParams())).status).toBe(400);
	});

	it.each([
		['an unknown client', { client_id: 'nobody' }],
		['a wrong secret', { client_secret: 'wrong' }],
		['an unknown key', { api_key: 'wrong' }],
		["another client's key", { client_id: DEMO.otherClient.id, client_secret: DEMO.otherClient.secret }],
	])('rejects %s with 401', async (_name, changes) => {
		const form = keyForm();
		for (const [name, value] of Object.entries(changes)) form.set(name, value);
		expect((await token(form)).status).toBe(401);
	});

	it('rejects an unknown grant type and missing fields with 400', async () => {
		expect(
			(await token(new URLSearchParams({ ...Object.fromEntries(keyForm()), grant_type: 'password' }))).status,
		).toBe(400);
		expect((await token(new URLSearchParams({ grant_type: 'client_credentials' }))).status).toBe(400);
	});

	it('fails once the key is revoked, API access is off, or the user is deleted', async () => {
		const admin = await login(sandbox);
		expect((await admin.get('/sessioninfo')).status).toBe(200);
		const key = sandbox.world.keys.get(DEMO.keys.admin);
		if (!key) throw new Error('no key');
		key.revoked = true;
		expect((await admin.get('/sessioninfo')).status).toBe(401);
		expect((await token(keyForm())).status).toBe(401);

		const company = sandbox.world.company(DEMO.companyId);
		expect((await token(keyForm('sales'))).status).toBe(200);
		company.settings.apiAllowed = false;
		expect((await token(keyForm('sales'))).status).toBe(401);
		expect((await token(keyForm('second'))).status).toBe(200);
		company.settings.apiAllowed = true;
		company.users.delete(1002);
		expect((await token(keyForm('sales'))).status).toBe(401);
	});

	it('returns a rejection in the form that the switch selects', async () => {
		expect((await token(keyForm('wrong'))).data).toEqual({
			error: 'invalid_grant',
			error_description: expect.any(String),
		});
		sandbox.switches.tokenRefusalForm = 'errors';
		expect((await token(keyForm('wrong'))).data).toEqual({ errors: [{ status: 401, message: expect.any(String) }] });
	});
});

describe('Bearer token', () => {
	it('is required, and a missing one returns the documented error body', async () => {
		const { status, data } = await plain(sandbox).get('/sessioninfo');
		expect(status).toBe(401);
		expect(data).toEqual({ errors: [{ status: 401, message: 'Unauthorized' }] });
		expect((await plain(sandbox).get('/sessioninfo', { headers: { Authorization: 'Bearer made-up' } })).status).toBe(
			401,
		);
	});

	it('expires after an hour, independently of other tokens', async () => {
		const first = await login(sandbox);
		sandbox.clock.advance(3_599_000);
		const second = await login(sandbox);
		expect((await first.get('/sessioninfo')).status).toBe(200);
		sandbox.clock.advance(1000);
		expect((await first.get('/sessioninfo')).status).toBe(401);
		expect((await second.get('/sessioninfo')).status).toBe(200);
		sandbox.state.auth.revokeTokens();
		expect((await second.get('/sessioninfo')).status).toBe(401);
	});

	it('belongs to one user in one company', async () => {
		const second = await login(sandbox, 'second');
		expect((await second.get('/sessioninfo')).data).toMatchObject({ companyId: DEMO.secondCompanyId, userId: 1001 });
		expect((await (await login(sandbox, 'sales')).get('/sessioninfo')).data).toMatchObject({
			companyId: DEMO.companyId,
			userId: 1002,
		});
	});
});

describe('Login by browser', () => {
	it('shows a form and redirects with a code and the unchanged state', async () => {
		const page = await plain(sandbox, '').get('/login', {
			params: { response_type: 'code', client_id: DEMO.client.id, redirect_uri: DEMO.client.redirectUri, state: 's' },
		});
		expect(page.status).toBe(200);
		expect(page.data).toContain('<form method="post"');
		expect(page.data).toContain(`Registered redirect URI of this client: <code>${DEMO.client.redirectUri}</code>`);
		const { status, headers } = await loginByPage('/login');
		expect(status).toBe(302);
		const back = new URL(String(headers.location));
		expect(back.origin + back.pathname).toBe(DEMO.client.redirectUri);
		expect(back.searchParams.get('state')).toBe('a b/ä=1');
	});

	it('rejects any redirect URI except the registered one', async () => {
		for (const redirect_uri of [
			`${DEMO.client.redirectUri}?x=1`,
			`${DEMO.client.redirectUri}/`,
			'https://evil.example/',
		]) {
			expect((await loginByPage('/login', { redirect_uri })).status).toBe(400);
		}
		expect((await loginByPage('/login', { client_id: 'nobody' })).status).toBe(400);
		expect((await loginByPage('/login', { response_type: 'token' })).status).toBe(400);
	});

	it('allows only the key login for a user with the role API_LOGIN_ONLY', async () => {
		expect((await loginByPage('/login', {}, { user: '1003' })).status).toBe(403);
		expect((await loginByPage('/keylogin', {}, { user: '1003' })).status).toBe(302);
	});

	it('exchanges a code for tokens once, within ten minutes and with the redirect URI', async () => {
		const form = codeForm(await code());
		const first = await token(form);
		expect(first.data).toEqual({
			access_token: expect.any(String),
			token_type: 'Bearer',
			expires_in: 3600,
			refresh_token: expect.any(String),
		});
		expect((await token(form)).status).toBe(401);
		const late = codeForm(await code());
		sandbox.clock.advance(10 * 60_000);
		expect((await token(late)).status).toBe(401);
		const without = codeForm(await code());
		without.delete('redirect_uri');
		expect((await token(without)).status).toBe(401);
	});

	it('exchanges the code of the key login for a working API key only', async () => {
		const { status, data } = await token(codeForm(await code('/keylogin')), '/oauth/key');
		expect(status).toBe(200);
		expect((await token(keyForm(data.api_key))).status).toBe(200);
		expect((await token(codeForm(await code('/keylogin')))).status).toBe(401);
		expect((await token(codeForm(await code('/login')), '/oauth/key')).status).toBe(401);
	});
});

describe('Refresh token', () => {
	const refreshToken = async (): Promise<string> => (await token(codeForm(await code()))).data.refresh_token;

	it('stays valid for half a year without being replaced', async () => {
		const refresh = await refreshToken();
		sandbox.clock.advance(170 * 86_400_000);
		const { status, data } = await token(refreshForm(refresh));
		expect(status).toBe(200);
		expect(data.refresh_token).toBeUndefined();
		expect((await token(refreshForm(refresh))).status).toBe(200);
		sandbox.clock.advance(20 * 86_400_000);
		expect((await token(refreshForm(refresh))).status).toBe(401);
	});

	it('rotates if the switch is on', async () => {
		sandbox.switches.refreshTokenRotates = true;
		const refresh = await refreshToken();
		const { data } = await token(refreshForm(refresh));
		expect((await token(refreshForm(refresh))).status).toBe(401);
		expect((await token(refreshForm(data.refresh_token))).status).toBe(200);
	});

	it('requires the redirect URI again if the switch is on', async () => {
		sandbox.switches.refreshRequiresRedirectUri = true;
		const refresh = await refreshToken();
		expect((await token(refreshForm(refresh))).status).toBe(400);
		expect((await token(refreshForm(refresh, { redirect_uri: DEMO.client.redirectUri }))).status).toBe(200);
	});

	it('stops working after 100 newer ones, unless the switch is off', async () => {
		for (const [limited, status] of [
			[true, 401],
			[false, 200],
		] as const) {
			sandbox.reset();
			sandbox.switches.refreshTokenLimit = limited;
			const first = await refreshToken();
			for (let count = 0; count < 100; count++) await refreshToken();
			expect((await token(refreshForm(first))).status).toBe(status);
		}
	});

	it('stops working when sessions are ended', async () => {
		const refresh = await refreshToken();
		sandbox.state.auth.revokeTokens(true);
		expect((await token(refreshForm(refresh))).status).toBe(401);
	});
});
