import { booleanValue } from '../../../validation/cellValues';
import { parseCountry, countryCode, countryValue } from '../../../validation/countries';
import { parseCurrency } from '../../../validation/currencies';
import { parseOvtIfFinnish } from '../../../validation/einvoice';
import { parseBankAccount, parseBic } from '../../../validation/iban';
import { parsePersonalId } from '../../../validation/personalId';
import { parseVatStatus } from '../../../validation/vat';
import { ok, quoted, fail, type Result } from '../../../validation/result';
import { schemaNamed } from '../../../api';
import type { CellFormat } from '../types';
import { trimmedText } from './cell';

/** A column for OVT identifiers: one that begins with 0037 is checked, others may be right in other countries. */
export function ovt(format: CellFormat): CellFormat {
	return {
		...format,
		write(value, fitText) {
			const written = format.write(value, fitText);
			return written.ok ? parseOvtIfFinnish(written.value) : written;
		},
	};
}

/** A boolean with a code for yes and one for no. An empty cell can mean no. */
export function flag(yes: string, no: string): CellFormat {
	return {
		name: 'flag',
		description: no === '' ? `${yes} = yes` : `${yes} = yes, ${no} = no`,
		codes: { true: yes, false: no },
		write(value) {
			const given = booleanValue(value);
			return given.ok ? ok(given.value ? yes : no) : given;
		},
		read: (cell) =>
			cell === yes
				? ok(true)
				: cell === no
					? ok(false)
					: fail(`is not ${no === '' ? yes : `${yes} or ${no}`}: ${quoted(cell)}`),
	};
}

/**
 * One of the API's values, each with a code in the file. Writing also accepts the code itself.
 * @param parse recognizes other spellings of the API's values
 */
export function choice(
	codes: Readonly<Record<string, string>>,
	parse?: (value: unknown) => Result<string>,
): CellFormat {
	const byCode = new Map(Object.entries(codes).map(([value, code]) => [code, value]));
	const known = Object.keys(codes).join(', ');
	return {
		name: 'choice',
		description: Object.entries(codes)
			.map(([value, code]) => `${code} = ${value}`)
			.join(', '),
		codes,
		write(value) {
			const given = trimmedText(value);
			if (!given.ok) return given;
			if (byCode.has(given.value)) return given;
			const name = given.value.toUpperCase().replace(/[ -]/g, '_');
			if (codes[name] !== undefined) return ok(codes[name]);
			const parsed = parse?.(value);
			if (parsed?.ok && codes[parsed.value] !== undefined) return ok(codes[parsed.value]);
			return fail(`is not one of the values that this file can hold: ${quoted(value)}`, `They are ${known}`);
		},
		read(cell) {
			const value = byCode.get(cell);
			return value === undefined ? fail(`is not one of ${[...byCode.keys()].join(', ')}: ${quoted(cell)}`) : ok(value);
		},
	};
}

/**
 * One of the API's values for which the file uses a word, mostly a Finnish one. No source lists all words (U). Known values
 * are translated, and a user's own word is written unchanged. The API's other values are refused, because Procountor would
 * not understand them.
 */
export function word(
	codes: Readonly<Record<string, string>>,
	apiValues: readonly string[],
	example: string,
	parse?: (value: unknown) => Result<string>,
): CellFormat {
	const byWord = new Map(Object.entries(codes).map(([value, code]) => [code.toLowerCase(), value]));
	return {
		name: 'word',
		description: `Procountor's word, such as ${example}`,
		codes,
		write(value, fitText) {
			const given = trimmedText(value);
			if (!given.ok) return given;
			if (byWord.has(given.value.toLowerCase())) return fitText(given.value);
			const parsed = parse?.(given.value);
			const name = parsed?.ok ? parsed.value : given.value.toUpperCase();
			if (codes[name] !== undefined) return ok(codes[name]);
			if (!apiValues.includes(name)) return fitText(given.value);
			return fail(
				`has no known word in import files: ${name}`,
				`Use the word of Procountor's import page, such as '${example}'`,
			);
		},
		read: (cell) => ok(byWord.get(cell.toLowerCase()) ?? cell),
	};
}

/** A country as its two-letter code. */
export function countryLetters(): CellFormat {
	return {
		name: 'country',
		description: '2 letters',
		length: 2,
		write(value) {
			const known = parseCountry(value);
			if (!known.ok) return known;
			const code = countryCode(known.value);
			return code === undefined ? fail(`has no two-letter code: ${quoted(value)}`) : ok(code);
		},
		read(cell) {
			const value = /^[A-Z]{2}$/i.test(cell) ? countryValue(cell) : undefined;
			return value === undefined ? fail(`is not the two-letter code of a country: ${quoted(cell)}`) : ok(value);
		},
	};
}

/** A currency as its three-letter code. */
export function currency(): CellFormat {
	const check = (value: unknown): Result<string> => parseCurrency(value, schemaNamed('CurrencyCode').enum ?? []);
	return { name: 'currency', description: '3 letters', write: check, read: check };
}

/** A VAT status, such as `vat_1`. */
export function vatStatus(): CellFormat {
	return {
		name: 'vatStatus',
		description: 'vat_ and a number, such as vat_1',
		write(value) {
			const status = parseVatStatus(value);
			return status.ok ? ok(`vat_${status.value}`) : status;
		},
		read: (cell) =>
			/^vat_\d+$/.test(cell) ? parseVatStatus(cell) : fail(`is not a VAT status such as vat_1: ${quoted(cell)}`),
	};
}

/** A bank account. Only IBANs are checked. */
export function account(): CellFormat {
	const check = (value: unknown): Result<string> => {
		const given = trimmedText(value);
		return given.ok ? parseBankAccount(given.value) : given;
	};
	return {
		name: 'account',
		description: 'IBAN',
		write(value, fitText) {
			const checked = check(value);
			return checked.ok ? fitText(checked.value) : checked;
		},
		read: check,
	};
}

/** The BIC of a bank. */
export function bic(): CellFormat {
	return { name: 'bic', description: 'BIC', write: parseBic, read: parseBic };
}

/** A Finnish personal identity code. */
export function personalIdentityCode(): CellFormat {
	return { name: 'personalId', description: 'personal identity code', write: parsePersonalId, read: parsePersonalId };
}
