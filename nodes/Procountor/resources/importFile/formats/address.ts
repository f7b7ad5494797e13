import { parsePostalCode } from '../../../validation/cellValues';
import { ok, quoted, fail, type Result } from '../../../validation/result';
import { isPlainObject } from '../../../utils/objects';
import type { CellFormat, FitText } from '../types';
import { trimmedText, tooLong } from './cell';
import { countryLetters } from './codes';

/** An address in one cell. Backslashes separate its parts, including empty ones. */
export function address(parts: readonly string[], length = 255): CellFormat {
	return {
		name: 'address',
		description: `${parts.join('\\')}, ${length}`,
		length,
		parts,
		write(value, fitText) {
			if (!isPlainObject(value)) return fail('is not an address', `Use an object of ${parts.join(', ')}`);
			const cells: string[] = [];
			for (const part of parts) {
				const cell = writePart(part, value, fitText);
				if (!cell.ok) return fail(`has a ${part} that ${cell.message}`, cell.advice);
				cells.push(cell.value);
			}
			const line = cells.join('\\');
			if (line.length > length) return tooLong(line, length);
			return ok(cells.every((cell) => cell === '') ? '' : line);
		},
		read(cell) {
			const cells = cell.split('\\');
			if (cells.length !== parts.length)
				return fail(`is not an address of the form ${parts.join('\\')}: ${quoted(cell)}`);
			const entries: Array<[string, unknown]> = [];
			for (const [index, part] of parts.entries()) {
				const value =
					part === 'country' && cells[index] !== '' ? countryLetters().read(cells[index]) : ok(cells[index]);
				if (!value.ok) return value;
				if (value.value !== '') entries.push([part, value.value]);
			}
			return ok(Object.fromEntries(entries));
		},
	};
}

function writePart(part: string, address: Record<string, unknown>, fitText: FitText): Result<string> {
	const value = address[part];
	if (value === undefined || value === null || value === '') return ok('');
	if (part === 'country') return countryLetters().write(value, fitText);
	const trimmed = trimmedText(value);
	const text = trimmed.ok && part === 'zip' ? (parsePostalCode(trimmed.value, address.country) ?? trimmed) : trimmed;
	return text.ok ? fitText(text.value, undefined, true) : text;
}
