import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Mask } from './faults';

/** Shorter values are no secrets, and would be found inside ordinary words. */
const MIN_SECRET_LENGTH = 8;
const HIDDEN = '•••';

/** The tokens that were fetched last in this n8n process; a response may repeat one of them. */
const tokens: string[] = [];
const MAX_TOKENS = 100;

/** Remembers a token, so that it is masked in messages. */
export function rememberToken(token: string): void {
	if (tokens.includes(token)) return;
	tokens.push(token);
	if (tokens.length > MAX_TOKENS) tokens.shift();
}

/** Masks a credential's secrets and all access tokens in the texts of a server, which may repeat what it was sent. */
export function maskOf(credential: ICredentialDataDecryptedObject): Mask {
	const { clientSecret, apiKey, accessToken, oauthTokenData } = credential;
	const oauth = typeof oauthTokenData === 'object' ? Object.values(oauthTokenData as object) : [];
	const own = [clientSecret, apiKey, accessToken, ...oauth].filter(
		(secret): secret is string => typeof secret === 'string' && secret.length >= MIN_SECRET_LENGTH,
	);
	return (text) =>
		[...own, ...tokens]
			.flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
			.reduce((masked, secret) => masked.replaceAll(secret, HIDDEN), text)
			.replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`)
			.replace(/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN);
}
