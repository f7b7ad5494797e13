/** 64 characters that need no escaping in JSON: the lower half ends a number, the upper half says that more follows. */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const HALF = 32;

/** Packs whole numbers from 0 on into a short text: one character for numbers below 32, two below 1,024, and so on. */
export function pack(numbers: Iterable<number>): string {
	let text = '';
	for (let number of numbers) {
		for (; number >= HALF; number = Math.floor(number / HALF)) text += DIGITS[HALF + (number % HALF)];
		text += DIGITS[number];
	}
	return text;
}

/** Returns the numbers of a packed text. */
export function unpack(text: string): number[] {
	const numbers: number[] = [];
	let number = 0;
	let weight = 1;
	for (const character of text) {
		const digit = DIGITS.indexOf(character);
		number += (digit % HALF) * weight;
		weight *= HALF;
		if (digit >= HALF) continue;
		numbers.push(number);
		[number, weight] = [0, 1];
	}
	return numbers;
}

/** Packs IDs above a base as the differences from one to the next. */
export function packIds(ids: Iterable<number>, base: number): string {
	const sorted = [...ids].sort((a, b) => a - b);
	return pack(sorted.map((id, index) => id - (index ? sorted[index - 1] : base)));
}

/** Returns the IDs of a text from `packIds` with the same base, in rising order. */
export function unpackIds(text: string, base: number): number[] {
	let id = base;
	return unpack(text).map((step) => (id += step));
}

/**
 * Packs values by ID into a text: whole numbers, also negative ones, as differences from one entry to the next, in
 * steps of `unit`.
 */
export function packMap(entries: ReadonlyMap<number, number>): string {
	const sorted = [...entries].sort(([a], [b]) => a - b);
	const unit = sorted.every(([, value]) => value % 1000 === 0) ? 1000 : 1;
	let [lastId, lastValue] = [0, 0];
	const numbers = sorted.flatMap(([id, value]) => {
		const steps = [id - lastId, unsigned((value - lastValue) / unit)];
		[lastId, lastValue] = [id, value];
		return steps;
	});
	return pack([unit, ...numbers]);
}

export function unpackMap(text: string): Map<number, number> {
	const [unit = 1, ...numbers] = unpack(text);
	const entries = new Map<number, number>();
	let [id, value] = [0, 0];
	for (let index = 0; index < numbers.length; index += 2) {
		id += numbers[index];
		value += signed(numbers[index + 1]) * unit;
		entries.set(id, value);
	}
	return entries;
}

function unsigned(number: number): number {
	return number < 0 ? -2 * number - 1 : 2 * number;
}

function signed(number: number): number {
	return number % 2 ? -(number + 1) / 2 : number / 2;
}
