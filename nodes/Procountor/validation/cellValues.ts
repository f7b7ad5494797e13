/** Parsers for values as spreadsheets, shops and other systems write them, for fields, rows, JSON and import files. */
import { parseCountry } from './countries';
import { parseDecimal, type Decimal, NUMBER_FORMAT_ADVICE } from './money';
import { ok, quoted, fail, type Result } from './result';
import { withoutPercentSign } from './vat';

const TRUE = new Set(['true', '1', 'yes', 'y', 'kyllä', 'kylla', 'tosi', 'ja', 'on']);
const FALSE = new Set(['false', '0', 'no', 'n', 'ei', 'epätosi', 'epatosi', 'nej', 'off']);

/** Parses true or false, also as 1 and 0, and as words of English, Finnish and Swedish spreadsheets. */
export function booleanValue(input: unknown): Result<boolean> {
	if (typeof input === 'boolean') return ok(input);
	if (typeof input === 'string' || typeof input === 'number') {
		const word = String(input).normalize('NFC').trim().toLowerCase();
		if (TRUE.has(word)) return ok(true);
		if (FALSE.has(word)) return ok(false);
	}
	return fail(`is neither true nor false: ${quoted(input)}`, 'Use true or false');
}

/**
 * Parses a number in any usual format, exactly. Text from a computer can contain noise of binary arithmetic after the 15th
 * digit (0.30000000000000004), which is rounded off.
 */
export function numberValue(input: unknown): Result<Decimal> {
	if (typeof input !== 'string' && typeof input !== 'number')
		return fail(`is not a number: ${quoted(input)}`, NUMBER_FORMAT_ADVICE);
	const text = typeof input === 'string' ? decodeEntities(input) : '';
	const isNoisy = /^\s*-?\d{1,12}\.\d{4,}\s*$/.test(text) && text.trim().length > 16;
	const result = parseDecimal(isNoisy || typeof input === 'number' ? Number(input) : text);
	return typeof input === 'number' && !Number.isFinite(input)
		? fail(`is not a number: ${quoted(input)}`, NUMBER_FORMAT_ADVICE)
		: result;
}

/** Removes the per cent sign, which the field already implies. Returns values other than text unchanged. */
export const stripPercentSign = (input: unknown): unknown =>
	typeof input === 'string' ? withoutPercentSign(input) : input;

const HTML_ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	auml: 'ä',
	ouml: 'ö',
	aring: 'å',
	Auml: 'Ä',
	Ouml: 'Ö',
	Aring: 'Å',
	uuml: 'ü',
	Uuml: 'Ü',
	eacute: 'é',
	euro: '€',
	ndash: '–',
	mdash: '—',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	hellip: '…',
};

/** Decodes the HTML entities that shops export. Unknown entities stay as they are. */
function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([A-Za-z]+));/gi, (entity, decimal, hex, name) => {
		if (name !== undefined) return HTML_ENTITIES[name as string] ?? (entity as string);
		const code = decimal === undefined ? parseInt(hex as string, 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (entity as string);
	});
}

/**
 * Returns the text of a cell: numbers are written out, and HTML entities become characters. Refuses other types and
 * inexact numbers.
 */
export function textValue(input: unknown): Result<string> {
	if (typeof input === 'number') {
		// Integers beyond 2^53 have lost their last digits.
		if (Number.isFinite(input) && (Number.isSafeInteger(input) || !Number.isInteger(input))) return ok(String(input));
		return fail(`is a number that cannot be read exactly: ${quoted(input)}`, 'Enter it as text');
	}
	if (typeof input === 'string') return ok(decodeEntities(input.normalize('NFC')));
	if (typeof input === 'boolean') return ok(String(input));
	return fail(
		`is ${Array.isArray(input) ? 'a list' : 'an object'} where a text belongs: ${quoted(input)}`,
		'Choose one value of it, such as its ID or name',
	);
}

/** Parses the number of a ledger account. The account's name can follow it: `1701 Myyntisaamiset` becomes 1701. */
export function parseLedgerAccount(input: unknown): Result<string> {
	const text = textValue(input);
	if (!text.ok) return text;
	const number = /^\s*(\d{3,})(?:\.0+|[\s:–-]+\p{L}.*)?\s*$/u.exec(text.value)?.[1] ?? text.value.replace(/\s/g, '');
	return /^\d+$/.test(number)
		? ok(number)
		: fail(`is not the number of a ledger account: ${quoted(input)}`, 'Use its number, such as 3000');
}

/** Removes the zero decimals that some systems add to an integer: `100048.0` becomes 100048. */
export function withoutZeroDecimals(text: string): string {
	return /^(\d+)[.,]0+$/.exec(text)?.[1] ?? text;
}

/**
 * Restores the leading zeros that a postal code lost in a spreadsheet: 170 in Finland becomes 00170. Without a country, codes
 * of fewer than four digits are refused, because they can be Finnish.
 * @returns undefined if the code stays as it is, or if its format is not known
 */
export function parsePostalCode(text: string, country: unknown): Result<string> | undefined {
	const code = withoutZeroDecimals(text.trim());
	if (!/^\d{1,4}$/.test(code)) return code === text.trim() ? undefined : ok(code);
	const hasCountry = typeof country === 'string' && country.trim() !== '';
	const parsedCountry = hasCountry ? parseCountry(country) : undefined;
	if (parsedCountry?.ok && parsedCountry.value === 'FINLAND' && code.length >= 3) return ok(code.padStart(5, '0'));
	if ((parsedCountry?.ok && parsedCountry.value === 'FINLAND') || (!hasCountry && code.length < 4))
		return fail(
			`is not a postal code: ${quoted(text)}`,
			`Finnish postal codes have five digits; write ${code.padStart(5, '0')}, or enter the country`,
		);
	return undefined;
}

/** Whether a field or cell is empty: no value, null, or only spaces. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
