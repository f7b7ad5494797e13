import { postalCode } from '../../../validation/cellValues';
import { ok, quoted, fail, type Result } from '../../../validation/result';
import { isPlainObject } from '../../../utils/objects';
import type { Form, Tidy } from '../types';
import { plain, tooLong } from './cell';
import { countryLetters } from './codes';

/** An address in one cell. Backslashes separate its parts, empty parts too. */
export function address(parts: readonly string[], length = 255): Form {
	return {
		name: 'address',
		words: `${parts.join('\\')}, ${length}`,
		length,
		parts,
		write(value, tidy) {
			if (!isPlainObject(value)) return fail('is not an address', `Use an object of ${parts.join(', ')}`);
			const cells: string[] = [];
			for (const part of parts) {
				const cell = addressPart(part, value, tidy);
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

function addressPart(part: string, address: Record<string, unknown>, tidy: Tidy): Result<string> {
	const value = address[part];
	if (value === undefined || value === null || value === '') return ok('');
	if (part === 'country') return countryLetters().write(value, tidy);
	const given = plain(value);
	const known = given.ok && part === 'zip' ? (postalCode(given.value, address.country) ?? given) : given;
	return known.ok ? tidy(known.value, undefined, true) : known;
}
