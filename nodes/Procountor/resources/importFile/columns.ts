import type { CellFormat, Column } from './types';

type ColumnOptions = 'required' | Partial<Pick<Column, 'required' | 'onlyFor' | 'neutralValue' | 'alias'>>;

/** Declares a column. */
export function column(
	letter: string,
	path: string,
	label: string,
	format: CellFormat,
	options: ColumnOptions = {},
): Column {
	return { letter, path, label, format, required: false, ...(options === 'required' ? { required: true } : options) };
}

/** Returns the index of a column: `A` is 0, `Z` 25, `AA` 26, `BH` 59. */
export function columnIndex(letter: string): number {
	return [...letter].reduce((index, character) => index * 26 + character.charCodeAt(0) - 64, 0) - 1;
}

/** Returns the letter of the column at an index. */
export function columnLetter(index: number): string {
	return index < 26
		? String.fromCharCode(65 + index)
		: columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26);
}

/** Declares `count` pairs of columns for a dimension and its item, as `dimensions.0.dimension` and `dimensions.0.item`. */
export function dimensionPairs(firstLetter: string, count: number, format: () => CellFormat): Column[] {
	return Array.from({ length: count }, (_, index) => {
		const start = columnIndex(firstLetter) + index * 2;
		return [
			column(columnLetter(start), `dimensions.${index}.dimension`, `Dimension ${index + 1}`, format()),
			column(columnLetter(start + 1), `dimensions.${index}.item`, `Dimension Item ${index + 1}`, format()),
		];
	}).flat();
}
