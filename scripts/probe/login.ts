import { randomBytes } from 'node:crypto';

import type { Connection } from './connection';
import type { Person } from './person';
import { textAt } from './values';

/** The tokens of a login that a person has made. */
export interface LoginTokens {
	accessToken: string;
	refreshToken: string;
}

/**
 * Lets a person log in with a browser and exchanges the code for tokens.
 * @throws Error when the login or the exchange fails, with the status and nothing of the body
 */
export async function logInWithPerson(api: Connection, person: Person): Promise<LoginTokens> {
	const { redirectUri, clientId } = api.options.credentials;
	if (redirectUri === undefined)
		throw new Error('The login needs the redirect URI of the client. Set PROCOUNTOR_REDIRECT_URI.');
	const state = randomBytes(8).toString('hex');
	const page = new URL('/login', api.baseUrl);
	page.search = new URLSearchParams({
		response_type: 'code',
		client_id: clientId,
		redirect_uri: redirectUri,
		state,
	}).toString();
	const back = new URL(await person.logIn(page.href));
	const code = back.searchParams.get('code');
	if (code === null || back.searchParams.get('state') !== state)
		throw new Error('The login did not return a code with the same state. Paste the whole address.');
	const { status, json } = await api.tokenCall({ grant_type: 'authorization_code', redirect_uri: redirectUri, code });
	const [accessToken, refreshToken] = [textAt(json, 'access_token'), textAt(json, 'refresh_token')];
	if (accessToken === undefined || refreshToken === undefined)
		throw new Error(`The token call with the code returned ${status}, without both tokens.`);
	return { accessToken, refreshToken };
}
