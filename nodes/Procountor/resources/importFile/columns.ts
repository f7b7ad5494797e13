import type { Column, Form } from './types';

type More = 'required' | Partial<Pick<Column, 'required' | 'only' | 'harmless' | 'also'>>;

/** Declares one column of a table: letter, field, label, form, and what is special about it. */
export function column(letter: string, at: string, label: string, form: Form, more: More = {}): Column {
	return { letter, at, label, form, required: false, ...(more === 'required' ? { required: true } : more) };
}

/** `A` is 0, `Z` 25, `AA` 26, `BH` 59. */
export function indexOf(letter: string): number {
	return [...letter].reduce((index, sign) => index * 26 + sign.charCodeAt(0) - 64, 0) - 1;
}

/** Returns the letter of a column by its index. */
export function letterOf(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26);
}

/**
 * Declares pairs of columns for a dimension and its item, from the first letter on: `dimensions.0.dimension`,
 * `dimensions.0.item` …
 */
export function dimensionPairs(first: string, count: number, form: () => Form): Column[] {
	return Array.from({ length: count }, (_, index) => {
		const start = indexOf(first) + index * 2;
		return [
			column(letterOf(start), `dimensions.${index}.dimension`, `Dimension ${index + 1}`, form()),
			column(letterOf(start + 1), `dimensions.${index}.item`, `Dimension Item ${index + 1}`, form()),
		];
	}).flat();
}
