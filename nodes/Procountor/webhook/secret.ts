import { createHmac, timingSafeEqual } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * Returns the secret with which Procountor signs, as 64 hexadecimal digits. It is derived from the credential and the URL, so
 * that it is not stored, stays the same after a restart, and is useless for another URL.
 */
export function secretFor({ clientSecret }: ICredentialDataDecryptedObject, url: string): string {
	return createHmac('sha256', String(clientSecret)).update(`procountor webhook ${url}`).digest('hex');
}

/** Headers that can contain the signature. How Procountor sends it is not published (docs/procountor.md#webhooks). */
const SIGNATURE_HEADER = /^authorization$|signature|hmac/i;

/** Whether a header contains the HMAC-SHA256 of the body, in hex or base64, alone or after a prefix such as `HMAC ` or `sha256=`. */
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
