/**
 * Returns how many characters a function reads from texts through charCodeAt, indexOf, and slice. Unlike a time, the number
 * is always the same. Regular expressions are not counted.
 */
export function characterReads(work: () => unknown): number {
	const texts = String.prototype;
	const { charCodeAt, indexOf, slice } = texts;
	let count = 0;
	Object.assign(texts, {
		charCodeAt(this: string, index: number): number {
			count++;
			return charCodeAt.call(this, index);
		},
		indexOf(this: string, part: string, start = 0): number {
			const found = indexOf.call(this, part, start);
			count += (found < 0 ? this.length : found + part.length) - Math.min(start, this.length);
			return found;
		},
		slice(this: string, start?: number, end?: number): string {
			const piece = slice.call(this, start, end);
			count += piece.length;
			return piece;
		},
	});
	try {
		work();
	} finally {
		Object.assign(texts, { charCodeAt, indexOf, slice });
	}
	return count;
}
