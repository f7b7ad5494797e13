import { createHash } from 'node:crypto';

/** A text of the form of a UUID that is always the same for the same seed. */
export function uuidOf(seed: string): string {
	const hex = createHash('sha256').update(seed).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
