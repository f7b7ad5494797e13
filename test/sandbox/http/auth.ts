import { createHash, createHmac } from 'node:crypto';

import type { Clock } from '../clock';
import { Refusal } from '../errors';
import type { Switches } from '../switches';
import type { ApiClient, Company, User, World } from '../world/world';

const HOUR = 3_600_000;
const SIX_MONTHS = 183 * 24 * HOUR;
const CODE_LIFE = 5 * 60_000;
const REFRESH_TOKENS = 100;

/** Who a token speaks for. */
export interface Session {
	company: Company;
	user: User;
	clientId: string;
}

interface Grant {
	clientId: string;
	companyId: number;
	userId: number;
	expires: number;
	/** The API key that the token came from, if it did. */
	key?: string;
}

type Form = Record<string, string | undefined>;

/** A refused token or key call. Its body has one of two forms: see the switch `tokenRefusalForm`. */
export class TokenRefusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}

	body(form: Switches['tokenRefusalForm']): unknown {
		if (form === 'oauth') return { error: this.code, error_description: this.message };
		return { errors: [{ status: this.status, message: this.message }] };
	}
}

/** Tokens, codes and keys. All life times go by the sandbox's clock. */
export class Auth {
	private readonly access = new Map<string, Grant>();
	private readonly refresh = new Map<string, Grant>();
	private readonly codes = new Map<string, Grant & { kind: 'token' | 'key' }>();
	private serial = 0;

	constructor(
		private readonly world: World,
		private readonly clock: Clock,
		private readonly switches: Switches,
	) {}

	/** Answers `POST …/oauth/token`. @throws TokenRefusal */
	token(form: Form): Record<string, unknown> {
		const client = this.client(form);
		if (form.grant_type === 'client_credentials') return this.accessToken(this.grantOfKey(client, form.api_key));
		if (form.grant_type === 'refresh_token') return this.refreshed(client, form);
		const grant = this.grantOfCode(client, form, 'token');
		return { ...this.accessToken(grant), refresh_token: this.refreshToken(grant) };
	}

	/** Answers `POST …/oauth/key`: a code from the key login becomes an API key. @throws TokenRefusal */
	key(form: Form): { api_key: string } {
		const grant = this.grantOfCode(this.client(form), form, 'key');
		const key = this.secret('key');
		this.world.addKey({ key, clientId: grant.clientId, companyId: grant.companyId, userId: grant.userId });
		return { api_key: key };
	}

	/** A code as the login page hands it out after a person has logged in. */
	issueCode(kind: 'token' | 'key', clientId: string, companyId: number, userId: number): string {
		const code = this.secret('code');
		this.codes.set(code, { kind, clientId, companyId, userId, expires: this.clock.now() + CODE_LIFE });
		return code;
	}

	/** An access token without a login, for tests. */
	issueAccessToken(clientId: string, companyId: number, userId: number): string {
		return String(this.accessToken({ clientId, companyId, userId, expires: 0 }).access_token);
	}

	/** The session of an `Authorization` header. @throws Refusal 401 */
	session(authorization: string | undefined): Session {
		const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
		const grant = token === undefined ? undefined : this.access.get(token);
		if (!grant || grant.expires <= this.clock.now()) throw new Refusal(401, 'Unauthorized');
		if (grant.key !== undefined && this.world.keys.get(grant.key)?.revoked !== false)
			throw new Refusal(401, 'Unauthorized');
		const company = this.world.companies.get(grant.companyId);
		const user = company?.users.get(grant.userId);
		if (!company || !user || !company.settings.apiAllowed) throw new Refusal(401, 'Unauthorized');
		return { company, user, clientId: grant.clientId };
	}

	/**
	 * Ends access tokens at once, and with `refresh` the refresh tokens too.
	 * @param whose those of one user or company only; all if left out
	 */
	revokeTokens(refresh = false, whose: { userId?: number; companyId?: number } = {}): void {
		for (const tokens of refresh ? [this.access, this.refresh] : [this.access]) {
			for (const [token, { userId, companyId }] of tokens) {
				if ((whose.userId ?? userId) === userId && (whose.companyId ?? companyId) === companyId) tokens.delete(token);
			}
		}
	}

	private client(form: Form): ApiClient {
		const client = this.world.clients.get(form.client_id ?? '');
		if (!client || client.secret !== form.client_secret) {
			throw new TokenRefusal(401, 'invalid_client', 'Invalid client credentials.');
		}
		if (form.redirect_uri !== undefined && form.redirect_uri !== client.redirectUri) {
			throw new TokenRefusal(401, 'invalid_grant', 'Redirect URI does not match the registered one.');
		}
		return client;
	}

	private grantOfKey(client: ApiClient, apiKey: string | undefined): Grant {
		const key = this.world.keys.get(apiKey ?? '');
		if (!key || key.revoked || key.clientId !== client.id)
			throw new TokenRefusal(401, 'invalid_grant', 'Invalid API key.');
		this.checkCompany(key.companyId, key.userId);
		return { clientId: client.id, companyId: key.companyId, userId: key.userId, expires: 0, key: key.key };
	}

	private grantOfCode(client: ApiClient, form: Form, kind: 'token' | 'key'): Grant {
		const code = this.codes.get(form.code ?? '');
		this.codes.delete(form.code ?? '');
		const usable = code && code.kind === kind && code.clientId === client.id && code.expires > this.clock.now();
		if (!usable || form.redirect_uri === undefined)
			throw new TokenRefusal(401, 'invalid_grant', 'Invalid authorization code.');
		this.checkCompany(code.companyId, code.userId);
		return code;
	}

	private refreshed(client: ApiClient, form: Form): Record<string, unknown> {
		const grant = this.refresh.get(form.refresh_token ?? '');
		if (!grant || grant.clientId !== client.id || grant.expires <= this.clock.now()) {
			throw new TokenRefusal(401, 'invalid_grant', 'Invalid refresh token.');
		}
		if (this.switches.refreshRequiresRedirectUri && form.redirect_uri === undefined) {
			throw new TokenRefusal(400, 'invalid_request', 'Redirect URI is missing.');
		}
		this.checkCompany(grant.companyId, grant.userId);
		if (!this.switches.refreshTokenRotates) return this.accessToken(grant);
		this.refresh.delete(form.refresh_token ?? '');
		return { ...this.accessToken(grant), refresh_token: this.refreshToken(grant) };
	}

	private checkCompany(companyId: number, userId: number): void {
		const company = this.world.companies.get(companyId);
		if (!company?.users.has(userId))
			throw new TokenRefusal(401, 'invalid_grant', 'The user has no rights in the company.');
		if (!company.settings.apiAllowed)
			throw new TokenRefusal(401, 'access_denied', 'The company does not allow the usage of API clients.');
	}

	private accessToken(grant: Grant): Record<string, unknown> {
		const now = this.clock.now();
		const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({
			sub: grant.userId,
			company: grant.companyId,
			client_id: grant.clientId,
			iat: Math.floor(now / 1000),
			exp: Math.floor((now + HOUR) / 1000),
			jti: ++this.serial,
		})}`;
		const token = `${content}.${createHmac('sha256', 'sandbox').update(content).digest('base64url')}`;
		this.access.set(token, { ...grant, expires: now + HOUR });
		return { access_token: token, token_type: 'Bearer', expires_in: 3600 };
	}

	private refreshToken({ clientId, companyId, userId }: Grant): string {
		const token = this.secret('refresh');
		this.refresh.set(token, { clientId, companyId, userId, expires: this.clock.now() + SIX_MONTHS });
		const mine = [...this.refresh].filter(
			([, one]) => one.clientId === clientId && one.companyId === companyId && one.userId === userId,
		);
		if (this.switches.refreshTokenLimit && mine.length > REFRESH_TOKENS) this.refresh.delete(mine[0][0]);
		return token;
	}

	private secret(kind: string): string {
		return createHash('sha256').update(`${kind} ${++this.serial}`).digest('hex');
	}
}
