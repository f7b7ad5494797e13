import { createHmac, timingSafeEqual } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * The secret with which Procountor signs, as 64 hexadecimal digits. It is derived from the credential and the URL: it is stored
 * nowhere, is the same after a restart, and is of no use for another URL.
 */
export function secretFor({ clientSecret }: ICredentialDataDecryptedObject, url: string): string {
	return createHmac('sha256', String(clientSecret)).update(`procountor webhook ${url}`).digest('hex');
}

/** Headers that can hold a signature: how Procountor sends it is not published (docs/procountor.md#webhooks). */
const SIGNATURE_HEADER = /^authorization$|signature|hmac/i;

/** Whether a header holds the HMAC-SHA256 of the body, in hex or base64, alone or after a prefix such as `HMAC ` or `sha256=`. */
export function isSigned(body: Buffer, headers: Readonly<Record<string, unknown>>, secret: string): boolean {
	const hmac = createHmac('sha256', secret).update(body).digest();
	return Object.entries(headers)
		.filter(([name, value]) => SIGNATURE_HEADER.test(name) && typeof value === 'string')
		.flatMap(([, value]) => signatureBytes(String(value).trim()))
		.some((candidate) => candidate.length === hmac.length && timingSafeEqual(candidate, hmac));
}

function signatureBytes(text: string): Buffer[] {
	const texts = [text, text.replace(/^[\w-]+[ =:]+/, '')];
	return texts.flatMap((candidate) => [
		...(/^[0-9a-f]{64}$/i.test(candidate) ? [Buffer.from(candidate, 'hex')] : []),
		...(/^[\w+/-]{43}=?$/.test(candidate) ? [Buffer.from(candidate, 'base64')] : []),
	]);
}
