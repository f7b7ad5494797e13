import { foldName } from '../shared/invoiceRecord';
import { indexOf } from './columns';
import type { FileKind } from './types';
import { nameOf, type Lines } from './writer';

/** The most values, and the most lines of one value, that a warning names. */
const MAX_NAMED = 10;

/**
 * Returns one warning for each identifying column, such as the invoice number, in which several records have the same
 * value. It names the values and the lines of the file where their records begin.
 */
export function repeatWarnings({ row, unique }: FileKind, records: readonly Lines[]): string[] {
	if (!unique) return [];
	const lineNumbers = firstLines(records);
	return unique.identifiers.flatMap(({ letter, scope }) => {
		const groups = new Map<string, { value: string; lines: number[] }>();
		records.forEach(({ lines: [cells], first }, index) => {
			const cell = (other: string): string => cells[indexOf(other)] ?? '';
			const value = cell(letter);
			if (first || value === '') return;
			const key = JSON.stringify([value, ...scope(cell)].map(foldName));
			const group = groups.get(key);
			if (group) group.lines.push(lineNumbers[index]);
			else groups.set(key, { value, lines: [lineNumbers[index]] });
		});
		const repeats = [...groups.values()].filter(({ lines }) => lines.length > 1);
		if (repeats.length === 0) return [];
		const column = row.columns.find((one) => one.letter === letter);
		const label = column ? nameOf(column) : `column ${letter}`;
		const named = repeats.map(({ value, lines }) => `${value} (lines ${shortened(lines)})`);
		return [`Several ${row.name.toLowerCase()}s have the same ${label}: ${shortened(named)}. ${unique.ifRepeated}`];
	});
}

/** Returns for each record the number of its first line in the file. */
function firstLines(records: readonly Lines[]): number[] {
	let next = 1;
	return records.map(({ lines }) => {
		const line = next;
		next += lines.length;
		return line;
	});
}

function shortened(entries: ReadonlyArray<string | number>): string {
	const rest = entries.length - MAX_NAMED;
	return entries.slice(0, MAX_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
