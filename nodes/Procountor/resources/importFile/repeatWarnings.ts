import { joinFirst } from '../../utils/texts';
import { foldName } from '../shared/invoiceRecord';
import { columnIndex } from './columns';
import type { FileKind, Identifier } from './types';
import { columnName, type WrittenRecord } from './writer';

/** The maximum number of values, and of lines for each value, in one warning. */
const MAX_NAMED = 10;

/**
 * Returns one warning for each identifying column, such as the invoice number, in which several records have the same
 * value. It names the values and the lines of the file where their records begin.
 */
export function repeatWarnings({ row, unique }: FileKind, records: readonly WrittenRecord[]): string[] {
	if (!unique) return [];
	return unique.identifiers.flatMap((identifier) => {
		const repeats = repeatedValues(identifier, records);
		if (repeats.length === 0) return [];
		const column = row.columns.find(({ letter }) => letter === identifier.letter);
		const label = column ? columnName(column) : `column ${identifier.letter}`;
		const named = repeats.map(({ value, lines }) => `${value} (lines ${joinFirst(lines, MAX_NAMED)})`);
		return [
			`Several ${row.name.toLowerCase()}s have the same ${label}: ${joinFirst(named, MAX_NAMED)}. ${unique.ifRepeated}`,
		];
	});
}

interface RepeatedValue {
	value: string;
	lines: number[];
}

function repeatedValues({ letter, scope }: Identifier, records: readonly WrittenRecord[]): RepeatedValue[] {
	const groups = new Map<string, RepeatedValue>();
	let line = 1;
	for (const { lines, isStandalone } of records) {
		const cell = (ofColumn: string): string => lines[0][columnIndex(ofColumn)] ?? '';
		const value = cell(letter);
		if (!isStandalone && value !== '') {
			const key = JSON.stringify([value, ...scope(cell)].map(foldName));
			const group = groups.get(key);
			if (group) group.lines.push(line);
			else groups.set(key, { value, lines: [line] });
		}
		line += lines.length;
	}
	return [...groups.values()].filter((group) => group.lines.length > 1);
}
