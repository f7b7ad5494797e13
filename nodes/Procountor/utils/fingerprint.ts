import { createHash } from 'crypto';

/** A short text that stands for a value, the same for equal values: 22 characters of the SHA-256 of its JSON. */
export function fingerprint(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry)) ?? '')
		.digest('base64')
		.slice(0, 22);
}
