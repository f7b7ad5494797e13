import { ledgerAccount, numberValue, percentOf, withoutZeroDecimals } from '../../../validation/cellValues';
import { email as checkEmail } from '../../../validation/channel';
import { date as checkDate, finnishDate, isDate } from '../../../validation/dates';
import { compare, decimal as checkDecimal, toNumber, toText, type Decimal } from '../../../validation/money';
import { isMissingText } from '../../../validation/missingText';
import { ok, quoted, fail, type Result } from '../../../validation/result';
import type { Form } from '../types';
import { plain, tooLong } from './cell';

/** A text with a maximum length. */
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

/**
 * A text that a record is known by, of at most so many characters: what is left of a missing value would be shared by all.
 * @param isNumber it consists of digits, to which systems may add decimals: `1001.0`
 */
export function identifying(length?: number, isNumber = false): Form {
	return {
		...text(length),
		write(value, tidy) {
			const given = plain(value);
			if (!given.ok) return given;
			const own = isNumber ? withoutZeroDecimals(given.value) : given.value;
			if (isMissingText(own)) return fail(`is ${quoted(own)}`, 'Check the expression: it returns no number');
			return tidy(own, length);
		},
	};
}

/** A value of digits that a number could not hold; spaces between them are removed. */
export function digits(least: number, most: number): Form {
	const words = least === most ? `${least} digits` : `${least}–${most} digits`;
	const check = (given: string): Result<string> => {
		const account = ledgerAccount(given);
		const code = account.ok ? account.value : given.replace(/\s/g, '');
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
		words: [places === undefined ? 'number' : places === 0 ? 'whole number' : `number with ${places} decimals`, bounds]
			.filter((part) => part)
			.join(' '),
		range: [least ?? -Infinity, most ?? Infinity],
		places,
		write(value) {
			const given = numberValue(value);
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

/** A percentage. */
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

/**
 * A payment term in days, written `14P`. The source can also be read as at least three digits; here three is the
 * maximum (U).
 */
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

/** An email address with a maximum length. */
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

/** A cell that is the same in every row of its kind. */
export function fixed(cell: string): Form {
	return {
		name: 'fixed',
		words: cell,
		write: () => ok(cell),
		read: (found) => (found === cell ? ok(undefined) : fail(`is not ${cell}: ${quoted(found)}`)),
	};
}
