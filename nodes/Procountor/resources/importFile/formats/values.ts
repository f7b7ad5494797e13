import { parseLedgerAccount, numberValue, stripPercentSign, withoutZeroDecimals } from '../../../validation/cellValues';
import { parseEmail } from '../../../validation/channel';
import { parseDate, finnishDate, isDate } from '../../../validation/dates';
import { compare, parseDecimal, toNumber, toText, type Decimal } from '../../../validation/money';
import { isMissingText } from '../../../validation/missingText';
import { ok, quoted, fail, type Result } from '../../../validation/result';
import type { CellFormat } from '../types';
import { trimmedText, tooLong } from './cell';

/** A text with a maximum length. */
export function text(length?: number): CellFormat {
	return {
		name: 'text',
		description: length === undefined ? 'text' : `text, ${length}`,
		length,
		write(value, fitText) {
			const given = trimmedText(value);
			return given.ok ? fitText(given.value, length) : given;
		},
		read: (cell) => (length !== undefined && cell.length > length ? tooLong(cell, length) : ok(cell)),
	};
}

/**
 * A text that identifies a record. Texts such as `undefined`, which an expression returns for a missing value, are refused.
 * @param isNumber whether it consists of digits, to which other systems may add decimals: `1001.0`
 */
export function identifying(length?: number, isNumber = false): CellFormat {
	return {
		...text(length),
		write(value, fitText) {
			const given = trimmedText(value);
			if (!given.ok) return given;
			const identifier = isNumber ? withoutZeroDecimals(given.value) : given.value;
			if (isMissingText(identifier))
				return fail(`is ${quoted(identifier)}`, 'Check the expression: it returns no number');
			return fitText(identifier, length);
		},
	};
}

/** A code of digits. Spaces are removed. */
export function digits(least: number, most: number): CellFormat {
	const description = least === most ? `${least} digits` : `${least}–${most} digits`;
	const check = (text: string): Result<string> => {
		const account = parseLedgerAccount(text);
		const code = account.ok ? account.value : text.replace(/\s/g, '');
		if (!/^\d+$/.test(code)) return fail(`has other characters than digits: ${quoted(text)}`);
		return code.length < least || code.length > most
			? fail(`should have ${description}, and has ${code.length}`)
			: ok(code);
	};
	return {
		name: 'digits',
		description,
		range: [least, most],
		write(value) {
			const given = trimmedText(value);
			return given.ok ? check(given.value) : given;
		},
		read: check,
	};
}

interface DecimalRules {
	least?: number;
	most?: number;
	/** The number of decimal places. */
	places?: number;
}

const wholeNumber = (value: number): Decimal => ({ digits: BigInt(value), scale: 0 });

/** A number with a decimal comma and without thousands separators. Reading also accepts a decimal point. */
export function decimal({ least, most, places }: DecimalRules = {}): CellFormat {
	const bounds = [least === undefined ? '' : `from ${least}`, most === undefined ? '' : `to ${most}`]
		.filter((words) => words)
		.join(' ');
	const check = (value: Decimal): Result<Decimal> => {
		if (least !== undefined && compare(value, wholeNumber(least)) < 0)
			return fail(`is below ${least}: ${toText(value)}`);
		if (most !== undefined && compare(value, wholeNumber(most)) > 0) return fail(`is above ${most}: ${toText(value)}`);
		if (places !== undefined && value.scale > places)
			return fail(`has more than ${places} decimals: ${toText(value)}`, 'Round it first');
		return ok(value);
	};
	return {
		name: 'decimal',
		description: [
			places === undefined ? 'number' : places === 0 ? 'whole number' : `number with ${places} decimals`,
			bounds,
		]
			.filter((words) => words)
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
			const given = parseDecimal(cell.replace(',', '.'));
			const checked = given.ok ? check(given.value) : given;
			return checked.ok ? toNumber(checked.value) : checked;
		},
	};
}

/** A percentage. */
export function percent(): CellFormat {
	const format = decimal({ least: 0, most: 100 });
	return { ...format, write: (value, fitText) => format.write(stripPercentSign(value), fitText) };
}

/** A date as dd.mm.yyyy. */
export function date(): CellFormat {
	return {
		name: 'date',
		description: 'dd.mm.yyyy',
		write(value) {
			const day = parseDate(value);
			return day.ok ? ok(finnishDate(day.value)) : day;
		},
		read(cell) {
			const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(cell) ?? [];
			const iso = `${year}-${month}-${day}`;
			return isDate(iso) ? ok(iso) : fail(`is not a day of the form dd.mm.yyyy: ${quoted(cell)}`);
		},
	};
}

/** A payment term in days, such as `14P`, with at most three digits. The source could also mean at least three (U). */
export function days(): CellFormat {
	return {
		name: 'days',
		description: 'days and P, such as 14P',
		range: [0, 999],
		write(value) {
			const given = trimmedText(value);
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
export function email(length: number): CellFormat {
	const check = (value: unknown): Result<string> => {
		const checked = parseEmail(value);
		return checked.ok && checked.value.length > length ? tooLong(checked.value, length) : checked;
	};
	return {
		name: 'email',
		description: `email address, ${length}`,
		length,
		write(value, fitText) {
			const checked = check(value);
			return checked.ok ? fitText(checked.value, length) : checked;
		},
		read: check,
	};
}

/** A cell with the same content in every row of its kind. */
export function fixed(cell: string): CellFormat {
	return {
		name: 'fixed',
		description: cell,
		write: () => ok(cell),
		read: (found) => (found === cell ? ok(undefined) : fail(`is not ${cell}: ${quoted(found)}`)),
	};
}
