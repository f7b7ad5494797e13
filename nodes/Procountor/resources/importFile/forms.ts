import { accountNumber, booleanValue, postalCode, textValue, percentOf } from '../../validation/cellValues';
import { email as checkEmail } from '../../validation/channel';
import { country, countryCode, countryValue } from '../../validation/countries';
import { currency as checkCurrency } from '../../validation/currencies';
import { date as checkDate, finnishDate, isDate } from '../../validation/dates';
import { bic as checkBic, iban } from '../../validation/iban';
import { compare, decimal as checkDecimal, toNumber, toText, type Decimal } from '../../validation/money';
import { personalId as checkPersonalId } from '../../validation/personalId';
import { vatStatus as checkVatStatus } from '../../validation/vat';
import { compactCode, ok, quoted, fail, type Result } from '../../validation/result';
import { schemaNamed } from '../../api';
import { isPlainObject } from '../../utils/objects';
import type { Form, Tidy } from './types';

function plain(value: unknown): Result<string> {
	const text = textValue(value);
	return text.ok ? ok(text.value.trim()) : text;
}

const tooLong = (text: string, most: number): Result<never> =>
	fail(`is longer than ${most} characters (${text.length})`);

/** A text of at most so many characters. */
export function text(length?: number): Form {
	return {
		name: 'text',
		words: length === undefined ? 'text' : `text, ${length}`,
		length,
		write(value, tidy) {
			const given = plain(value);
			return given.ok ? tidy(given.value, length) : given;
		},
		read: (cell) => (length !== undefined && cell.length > length ? tooLong(cell, length) : ok(cell)),
	};
}

/** Digits alone, which a number could not hold; spaces between them are taken away. */
export function digits(least: number, most: number): Form {
	const words = least === most ? `${least} digits` : `${least}–${most} digits`;
	const check = (given: string): Result<string> => {
		const code = accountNumber(given).replace(/\s/g, '');
		if (!/^\d+$/.test(code)) return fail(`has other characters than digits: ${quoted(given)}`);
		return code.length < least || code.length > most ? fail(`should have ${words}, and has ${code.length}`) : ok(code);
	};
	return {
		name: 'digits',
		words,
		range: [least, most],
		write(value) {
			const given = plain(value);
			return given.ok ? check(given.value) : given;
		},
		read: check,
	};
}

interface DecimalRules {
	least?: number;
	most?: number;
	/** Exactly so many decimals. */
	places?: number;
}

const whole = (value: number): Decimal => ({ digits: BigInt(value), scale: 0 });

/** A number with a decimal comma and without thousands separators; read with a comma or a point. */
export function decimal({ least, most, places }: DecimalRules = {}): Form {
	const bounds = [least === undefined ? '' : `from ${least}`, most === undefined ? '' : `to ${most}`]
		.filter((part) => part)
		.join(' ');
	const check = (value: Decimal): Result<Decimal> => {
		if (least !== undefined && compare(value, whole(least)) < 0) return fail(`is below ${least}: ${toText(value)}`);
		if (most !== undefined && compare(value, whole(most)) > 0) return fail(`is above ${most}: ${toText(value)}`);
		if (places !== undefined && value.scale > places)
			return fail(`has more than ${places} decimals: ${toText(value)}`, 'Round it before');
		return ok(value);
	};
	return {
		name: 'decimal',
		words: [places === undefined ? 'number' : `number with ${places} decimals`, bounds]
			.filter((part) => part)
			.join(' '),
		range: [least ?? -Infinity, most ?? Infinity],
		places,
		write(value) {
			const given = checkDecimal(value);
			const checked = given.ok ? check(given.value) : given;
			return checked.ok ? ok(toText(checked.value, places, ',')) : checked;
		},
		read(cell) {
			if (!/^-?\d+([.,]\d+)?$/.test(cell))
				return fail(
					`is not a number of an import file: ${quoted(cell)}`,
					'Write it like 1234,50, without a separator for thousands',
				);
			const given = checkDecimal(cell.replace(',', '.'));
			const checked = given.ok ? check(given.value) : given;
			return checked.ok ? toNumber(checked.value) : checked;
		},
	};
}

/** A share of a hundred. */
export function percent(): Form {
	const form = decimal({ least: 0, most: 100 });
	return { ...form, write: (value, tidy) => form.write(percentOf(value), tidy) };
}

/** A day as dd.mm.yyyy. */
export function date(): Form {
	return {
		name: 'date',
		words: 'dd.mm.yyyy',
		write(value) {
			const day = checkDate(value);
			return day.ok ? ok(finnishDate(day.value)) : day;
		},
		read(cell) {
			const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(cell) ?? [];
			const iso = `${year}-${month}-${day}`;
			return isDate(iso) ? ok(iso) : fail(`is not a day of the form dd.mm.yyyy: ${quoted(cell)}`);
		},
	};
}

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
 * One of a few values, each with its code in the file. `spelled` understands the usual other spellings of the API's values.
 * The file's own code is taken too.
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
				`Give the word that Procountor's import page uses, such as '${example}'`,
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

export function currency(): Form {
	const check = (value: unknown): Result<string> => checkCurrency(value, schemaNamed('CurrencyCode').enum ?? []);
	return { name: 'currency', words: '3 letters', write: check, read: check };
}

/** An address in one cell, its parts parted by backslashes: all parts, empty ones too. */
export function address(parts: readonly string[], length = 255): Form {
	return {
		name: 'address',
		words: `${parts.join('\\')}, ${length}`,
		length,
		parts,
		write(value, tidy) {
			if (!isPlainObject(value)) return fail('is not an address', `Give an object of ${parts.join(', ')}`);
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

/** A payment term in days, written `14P`. That three digits are the most, not the fewest, is how the notes are read (U). */
export function days(): Form {
	return {
		name: 'days',
		words: 'days and P, such as 14P',
		range: [0, 999],
		write(value) {
			const given = plain(value);
			if (!given.ok) return given;
			const number = /^(\d{1,3})P?$/i.exec(given.value)?.[1];
			return number === undefined
				? fail(`is not a number of days from 0 to 999: ${quoted(value)}`)
				: ok(`${Number(number)}P`);
		},
		read(cell) {
			const number = /^(\d{1,3})P$/.exec(cell)?.[1];
			return number === undefined
				? fail(`is not a payment term such as 14P: ${quoted(cell)}`)
				: ok(String(Number(number)));
		},
	};
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

export function email(length: number): Form {
	const check = (value: unknown): Result<string> => {
		const checked = checkEmail(value);
		return checked.ok && checked.value.length > length ? tooLong(checked.value, length) : checked;
	};
	return {
		name: 'email',
		words: `email address, ${length}`,
		length,
		write(value, tidy) {
			const checked = check(value);
			return checked.ok ? tidy(checked.value, length) : checked;
		},
		read: check,
	};
}

/** A bank account: an IBAN by its check digits, an account of another form as it is. */
export function account(): Form {
	const check = (value: unknown): Result<string> => {
		const given = plain(value);
		if (!given.ok) return given;
		const code = compactCode(given.value);
		return /^[A-Z]{2}\d\d/.test(code) ? iban(code) : ok(code);
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

export function bic(): Form {
	return { name: 'bic', words: 'BIC', write: checkBic, read: checkBic };
}

/** A Finnish personal identity code. */
export function personalIdentityCode(): Form {
	return { name: 'personalId', words: 'personal identity code', write: checkPersonalId, read: checkPersonalId };
}

/** A cell that is the same in every row of its kind. */
export function fixed(cell: string): Form {
	return {
		name: 'fixed',
		words: cell,
		write: () => ok(cell),
		read: (found) => (found === cell ? ok(undefined) : fail(`is not ${cell}: ${quoted(found)}`)),
	};
}
