import { booleanValue } from '../../../validation/cellValues';
import { country, countryCode, countryValue } from '../../../validation/countries';
import { currency as checkCurrency } from '../../../validation/currencies';
import { bankAccount, bic as checkBic } from '../../../validation/iban';
import { personalId as checkPersonalId } from '../../../validation/personalId';
import { vatStatus as checkVatStatus } from '../../../validation/vat';
import { ok, quoted, fail, type Result } from '../../../validation/result';
import { schemaNamed } from '../../../api';
import type { Form } from '../types';
import { plain } from './cell';

/** Two letters or signs for yes and no. A sign for no may be the empty cell. */
export function flag(yes: string, no: string): Form {
	return {
		name: 'flag',
		words: no === '' ? `${yes} = yes` : `${yes} = yes, ${no} = no`,
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
 * One of a few values, each with its code in the file. `spelled` recognizes other usual spellings of the API's values.
 * The file's own code is accepted too.
 */
export function choice(codes: Readonly<Record<string, string>>, spelled?: (value: unknown) => Result<string>): Form {
	const byCode = new Map(Object.entries(codes).map(([value, code]) => [code, value]));
	const known = Object.keys(codes).join(', ');
	return {
		name: 'choice',
		words: Object.entries(codes)
			.map(([value, code]) => `${code} = ${value}`)
			.join(', '),
		codes,
		write(value) {
			const given = plain(value);
			if (!given.ok) return given;
			if (byCode.has(given.value)) return given;
			const name = given.value.toUpperCase().replace(/[ -]/g, '_');
			if (codes[name] !== undefined) return ok(codes[name]);
			const understood = spelled?.(value);
			if (understood?.ok && codes[understood.value] !== undefined) return ok(codes[understood.value]);
			return fail(`is not one of the values that this file can hold: ${quoted(value)}`, `They are ${known}`);
		},
		read(cell) {
			const value = byCode.get(cell);
			return value === undefined ? fail(`is not one of ${[...byCode.keys()].join(', ')}: ${quoted(cell)}`) : ok(value);
		},
	};
}

/**
 * One of the API's values where the file has a word of its own (mostly Finnish) and no source lists all of them (U): the words
 * that are known are translated, any other word of a person is written as it is, and a value of the API without a known word
 * is refused, since Procountor would not understand it.
 */
export function word(
	codes: Readonly<Record<string, string>>,
	apiValues: readonly string[],
	example: string,
	spelled?: (value: unknown) => Result<string>,
): Form {
	const byWord = new Map(Object.entries(codes).map(([value, code]) => [code.toLowerCase(), value]));
	return {
		name: 'word',
		words: `Procountor's word, such as ${example}`,
		codes,
		write(value, tidy) {
			const given = plain(value);
			if (!given.ok) return given;
			if (byWord.has(given.value.toLowerCase())) return tidy(given.value);
			const understood = spelled?.(given.value);
			const name = understood?.ok ? understood.value : given.value.toUpperCase();
			if (codes[name] !== undefined) return ok(codes[name]);
			if (!apiValues.includes(name)) return tidy(given.value);
			return fail(
				`has no known word in import files: ${name}`,
				`Use the word of Procountor's import page, such as '${example}'`,
			);
		},
		read: (cell) => ok(byWord.get(cell.toLowerCase()) ?? cell),
	};
}

/** A country by its two letters. */
export function countryLetters(): Form {
	return {
		name: 'country',
		words: '2 letters',
		length: 2,
		write(value) {
			const known = country(value);
			const code = known.ok ? countryCode(known.value) : undefined;
			if (!known.ok) return known;
			return code === undefined ? fail(`has no two-letter code: ${quoted(value)}`) : ok(code);
		},
		read(cell) {
			const value = /^[A-Z]{2}$/i.test(cell) ? countryValue(cell) : undefined;
			return value === undefined ? fail(`is not the two-letter code of a country: ${quoted(cell)}`) : ok(value);
		},
	};
}

/** A currency by its three letters. */
export function currency(): Form {
	const check = (value: unknown): Result<string> => checkCurrency(value, schemaNamed('CurrencyCode').enum ?? []);
	return { name: 'currency', words: '3 letters', write: check, read: check };
}

/** A VAT status, written `vat_1`. */
export function vatStatus(): Form {
	return {
		name: 'vatStatus',
		words: 'vat_ and a number, such as vat_1',
		write(value) {
			const status = checkVatStatus(value);
			return status.ok ? ok(`vat_${status.value}`) : status;
		},
		read: (cell) =>
			/^vat_\d+$/.test(cell) ? checkVatStatus(cell) : fail(`is not a VAT status such as vat_1: ${quoted(cell)}`),
	};
}

/** A bank account: an IBAN is checked, an account of another form is kept as it is. */
export function account(): Form {
	const check = (value: unknown): Result<string> => {
		const given = plain(value);
		return given.ok ? bankAccount(given.value) : given;
	};
	return {
		name: 'account',
		words: 'IBAN',
		write(value, tidy) {
			const checked = check(value);
			return checked.ok ? tidy(checked.value) : checked;
		},
		read: check,
	};
}

/** The bank's code (BIC). */
export function bic(): Form {
	return { name: 'bic', words: 'BIC', write: checkBic, read: checkBic };
}

/** A Finnish personal identity code. */
export function personalIdentityCode(): Form {
	return { name: 'personalId', words: 'personal identity code', write: checkPersonalId, read: checkPersonalId };
}
