import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Mask } from './faults';

/** Shorter values are no secrets, and could be part of ordinary words. */
const MIN_SECRET_LENGTH = 8;
const HIDDEN = '•••';

/** The tokens that this n8n process fetched last, with a pattern that finds each of them. */
const tokens = new Map<string, RegExp>();
const MAX_TOKENS = 100;

/** Remembers a token, so that messages mask it. */
export function rememberToken(token: string): void {
	if (token.length < MIN_SECRET_LENGTH || tokens.has(token)) return;
	tokens.set(token, patternOf(token));
	const [oldest] = tokens.keys();
	if (tokens.size > MAX_TOKENS) tokens.delete(oldest);
}

/**
 * Returns a function that masks the credential's secrets and all access tokens in texts of a server, because a server can
 * repeat what it received.
 */
export function maskOf(credential: ICredentialDataDecryptedObject): Mask {
	const { clientSecret, apiKey, accessToken, oauthTokenData } = credential;
	const oauth = typeof oauthTokenData === 'object' ? Object.values(oauthTokenData as object) : [];
	const ownPatterns = [clientSecret, apiKey, accessToken, ...oauth]
		.filter((secret): secret is string => typeof secret === 'string' && secret.length >= MIN_SECRET_LENGTH)
		.map(patternOf);
	return (text) =>
		[...ownPatterns, ...tokens.values()]
			.reduce((masked, pattern) => masked.replace(pattern, HIDDEN), text)
			.replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`)
			.replace(/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN);
}

/** Returns a pattern for a secret as it is, escaped for a URL, JSON or HTML, or in base64. */
function patternOf(secret: string): RegExp {
	const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '').replace(/[+-]/g, '[+-]');
	const escaped = [...secret]
		.map((character) => (/[a-z0-9]/i.test(character) ? character : characterPattern(character)))
		.join('');
	return new RegExp(`${escaped}|${base64.replace(/[/_]/g, '[/_]')}=*`, 'giu');
}

function characterPattern(character: string): string {
	const code = character.codePointAt(0) as number;
	const hex = code.toString(16);
	const inUrl = [...Buffer.from(character)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, '0')}`).join('');
	return `(?:\\\\{0,3}\\u{${hex}}|${inUrl}|&#0*${code};|&#x0*${hex};|&\\w{2,6};)`;
}
