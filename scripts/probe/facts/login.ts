import { logInWithPerson } from '../login';
import type { Probe } from '../probe';
import { at, listAt, textAt } from '../values';
import { cannotTell, type Fact, type Finding, found } from './types';

/** Which version each base path serves, told by `GET /status`. */
async function bareApiServes(probe: Probe): Promise<Finding> {
	const versionAt = async (base: string) =>
		textAt((await probe.api.get('/status', { base: probe.api.baseAt(base) })).json, 'version');
	const [bare, latest, supported] = [
		await versionAt('api'),
		await versionAt('latest/api'),
		await versionAt('supported/api'),
	];
	if (bare === undefined || latest === undefined || supported === undefined)
		return cannotTell('GET /status does not return a version on every base path');
	if (latest === supported) return cannotTell('the latest and the supported version are the same today');
	if (bare === latest) return found('latest', `version ${bare}`);
	if (bare === supported) return found('supported', `version ${bare}`);
	return cannotTell('/api serves a version that is neither the latest nor the supported one');
}

/** Versions that Procountor once had and has closed. */
const CLOSED_VERSIONS = ['v2507', 'v2510'];

async function closedVersionAnswer(probe: Probe): Promise<Finding> {
	for (const version of CLOSED_VERSIONS) {
		const { status, httpStatus, headers } = await probe.api.get('/status', {
			base: probe.api.baseAt(`${version}/api`),
		});
		if (httpStatus === 200 && status === 200) continue;
		const isPage = (headers['content-type'] ?? '').startsWith('text/html');
		if (isPage) return found('page', `status ${status}`);
		return status === 404 || status === 410 ? found(status, version) : cannotTell(`${version} returned ${status}`);
	}
	return cannotTell(`${CLOSED_VERSIONS.join(' and ')} are still served`);
}

/** A client ID that nobody has: the refusal harms no account. */
async function tokenRefusalForm(probe: Probe): Promise<Finding> {
	const { status, json } = await probe.api.tokenCall({
		client_id: 'probe-unknown-client',
		client_secret: 'none',
		grant_type: 'client_credentials',
		api_key: 'none',
	});
	if (status < 400) return cannotTell('the token call accepted an unknown client');
	if (typeof at(json, 'error') === 'string') return found('oauth', `status ${status}`);
	if (Array.isArray(at(json, 'errors'))) return found('errors', `status ${status}`);
	return cannotTell(`status ${status} with a body of another form`);
}

interface Refreshing {
	requiresRedirectUri: boolean | undefined;
	rotates: boolean | undefined;
	problem?: string;
}

/** Lets the person log in, unless they have already, and refreshes the token without and with the redirect URI. */
function refreshing(probe: Probe): Promise<Refreshing> {
	return probe.once('refreshing', async () => {
		const unknown = (problem: string): Refreshing => ({ requiresRedirectUri: undefined, rotates: undefined, problem });
		const { person, api } = probe.options;
		const { redirectUri = '' } = api.options.credentials;
		if (!person) return unknown('needs --confirm');
		const { refreshToken } = await probe.once('login', () => logInWithPerson(api, person));
		const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
		let answer = await api.tokenCall(form);
		const requiresRedirectUri = answer.status !== 200;
		if (requiresRedirectUri) answer = await api.tokenCall({ ...form, redirect_uri: redirectUri });
		if (answer.status !== 200) return unknown(`the refresh returned ${answer.status} in either form`);
		const next = textAt(answer.json, 'refresh_token');
		return { requiresRedirectUri, rotates: next !== undefined && next !== refreshToken };
	});
}

async function refreshFact(probe: Probe, name: 'requiresRedirectUri' | 'rotates'): Promise<Finding> {
	const known = await refreshing(probe);
	const value = known[name];
	return value === undefined ? cannotTell(known.problem ?? 'the login told nothing') : found(value);
}

/** Lists that document 403, and the rights of which any one opens them. */
const GUARDED: Array<[path: string, rights: string[]]> = [
	['/payments', ['payments.payment']],
	['/products', ['sales.productRegister', 'purchases.productRegister']],
	['/persons', ['salaries.personRegister']],
	['/referencepayments', ['payments.bankStatementAndReferencePayment']],
];
const NONE = ['NO_ACCESS', 'NOT_ENABLED'];

async function missingRightShowsAsEmpty(probe: Probe): Promise<Finding> {
	const { limited } = probe.options;
	if (!limited) return cannotTell('needs the API key of a user who lacks a right: PROCOUNTOR_LIMITED_API_KEY');
	const rights = (await limited.get('/users/rights')).json;
	for (const [path, needed] of GUARDED) {
		if (!needed.every((right) => NONE.includes(textAt(rights, `rights.${right}`) ?? ''))) continue;
		const mine = await probe.api.get(path, { query: { size: 1 } });
		if (mine.status !== 200 || listAt(mine.json, 'results').length === 0) continue;
		const theirs = await limited.get(path, { query: { size: 1 } });
		if (theirs.status === 403) return found(false, `GET ${path} returned 403`);
		if (theirs.status === 200 && listAt(theirs.json, 'results').length === 0)
			return found(true, `GET ${path} returned an empty list`);
	}
	return cannotTell('the second user lacks no right whose list holds records of this company');
}

export const loginFacts: Fact[] = [
	{
		name: 'bareApiServes',
		need: 'read',
		question: 'Which version does the bare /api path serve?',
		ask: bareApiServes,
	},
	{
		name: 'closedVersionAnswer',
		need: 'read',
		question: 'What does a closed version answer?',
		ask: closedVersionAnswer,
	},
	{
		name: 'refreshTokenRotates',
		need: 'login',
		question: 'Does a refresh return a new refresh token?',
		ask: (probe) => refreshFact(probe, 'rotates'),
	},
	{
		name: 'refreshRequiresRedirectUri',
		need: 'login',
		question: 'Must a refresh repeat the redirect URI?',
		ask: (probe) => refreshFact(probe, 'requiresRedirectUri'),
	},
	{
		name: 'tokenRefusalForm',
		need: 'read',
		question: 'What form has the body of a refused token call?',
		ask: tokenRefusalForm,
	},
	{
		name: 'missingRightShowsAsEmpty',
		need: 'read',
		question: 'Does a missing right show as an empty list where the contract documents 403?',
		ask: missingRightShowsAsEmpty,
	},
];
