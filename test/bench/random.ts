/** Numbers that look random and are the same for the same seed (mulberry32), from 0 up to but not including 1. */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The list in another order, decided by the seed. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
	const next = random(seed);
	const result = [...list];
	for (let index = result.length - 1; index > 0; index--) {
		const other = Math.floor(next() * (index + 1));
		[result[index], result[other]] = [result[other], result[index]];
	}
	return result;
}
