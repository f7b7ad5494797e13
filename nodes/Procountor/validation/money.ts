import { ok, quoted, fail, type Result } from './result';

/** An exact decimal number: `digits` divided by ten to the power of `scale`. */
export interface Decimal {
	readonly digits: bigint;
	readonly scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

/** For percentages. */
export const HUNDRED: Decimal = { digits: 100n, scale: 0 };

/** The advice for a text that is not a number. */
export const NUMBER_FORMAT_ADVICE = 'Write a plain number such as 1234.50 or 1 234,50 instead';
const SPACE = '[ \\u00a0\\u2009\\u202f]';
const NUMBER_PATTERN = new RegExp(`^([+-]?)(\\d{1,3}(?:${SPACE}\\d{3})+|\\d+)(?:([.,])(\\d+))?$`);

/** The most digits before the decimal separator of a text. Money never has more. */
const MAX_INTEGER_DIGITS = 15;

function powerOfTen(exponent: number): bigint {
	return 10n ** BigInt(exponent);
}

/** Returns the same number without trailing zeros after the decimal separator. */
function normalize({ digits, scale }: Decimal): Decimal {
	let [d, s] = [digits, scale];
	while (s > 0 && d % 10n === 0n) [d, s] = [d / 10n, s - 1];
	return { digits: d, scale: s };
}

/**
 * Converts a JavaScript number, rounded to its 15 significant digits, which are exact. Further digits are noise of binary
 * arithmetic (0.1 + 0.2 is 0.3).
 */
function fromNumber(input: number): Result<Decimal> {
	if (!Number.isFinite(input)) return fail('is not a number', NUMBER_FORMAT_ADVICE);
	// Above this limit, 15 digits do not cover two decimals. Integers of 15 digits are exact.
	if (Math.abs(input) >= (Number.isInteger(input) ? 1e15 : 1e13))
		return fail('is too large to be exact as a number', 'Enter it as text');
	const [mantissa, exponent] = input.toExponential(14).split('e');
	const [whole, fraction] = mantissa.split('.');
	return ok(normalize({ digits: BigInt(whole + fraction), scale: 14 - Number(exponent) }));
}

/**
 * Parses a number exactly. Accepts numbers, and text with a decimal point or comma and thousands separated by spaces:
 * 1234.5, '1234,50', '1 234,50', '-3'. Refuses NaN, Infinity, exponents in text, numbers that are too large to be exact,
 * thousands separated by commas or points ('1,234.5'), and a comma before exactly three digits ('1,234'), which can mean a
 * thousand or one.
 */
export function parseDecimal(input: unknown): Result<Decimal> {
	if (typeof input === 'number') return fromNumber(input);
	if (typeof input !== 'string') return fail('is not a number', NUMBER_FORMAT_ADVICE);
	const text = withoutEuro(input.trim()).replace(/^\u2212\s?/, '-');
	if (text === '') return fail('is empty', NUMBER_FORMAT_ADVICE);
	const match = NUMBER_PATTERN.exec(text);
	if (match === null) {
		const ambiguous = /^[+-]?[\d.,]+$/.test(text) && /\d[.,]\d/.test(text);
		if (ambiguous) return fail(`can be read in several ways: ${quoted(text)}`, ambiguityAdvice(text));
		return fail(`is not a number: ${quoted(text)}`, NUMBER_FORMAT_ADVICE);
	}
	const [, sign, groups, point, decimals = ''] = match;
	if (point === ',' && /^[1-9]\d{0,2}$/.test(groups) && decimals.length === 3) {
		return fail(
			`can be read in several ways: ${quoted(text)}`,
			`Write ${groups}.${decimals} or ${groups}${decimals} instead`,
		);
	}
	const whole = groups.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
	if (whole.length > MAX_INTEGER_DIGITS) return fail(`is too large: ${quoted(text)}`);
	const digits = BigInt(whole + decimals);
	return ok(normalize({ digits: sign === '-' ? -digits : digits, scale: decimals.length }));
}

/** Removes the euro sign before or after an amount: 12,50 €. */
function withoutEuro(text: string): string {
	return text
		.replace(/^(?:€|EUR)/i, '')
		.replace(/(?:€|EUR)$/i, '')
		.trim();
}

/** Advises to write one of the two numbers that a text such as 1.234 or 1,234.50 can mean. */
function ambiguityAdvice(text: string): string {
	const groups = text.split(/[.,]/);
	const withDecimals = `${groups.slice(0, -1).join('')}.${groups[groups.length - 1]}`;
	return `Write ${withDecimals} or ${groups.join('')} instead`;
}

/** Parses a number with at most `maxDecimals` decimals. Trailing zeros do not count. */
export function decimalWithin(input: unknown, maxDecimals: number): Result<Decimal> {
	const value = parseDecimal(input);
	if (!value.ok || value.value.scale <= maxDecimals) return value;
	return fail(
		`has ${value.value.scale} decimals, and at most ${maxDecimals} are allowed: ${toText(value.value)}`,
		'Round it first',
	);
}

/** Returns the digits of both numbers at a common scale, and that scale. */
function align(a: Decimal, b: Decimal): [bigint, bigint, number] {
	const scale = Math.max(a.scale, b.scale);
	return [a.digits * powerOfTen(scale - a.scale), b.digits * powerOfTen(scale - b.scale), scale];
}

/** a + b, exactly. */
export function add(a: Decimal, b: Decimal): Decimal {
	const [x, y, scale] = align(a, b);
	return normalize({ digits: x + y, scale });
}

/** a − b, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
	return add(a, negate(b));
}

/** −a. */
export function negate(a: Decimal): Decimal {
	return { digits: -a.digits, scale: a.scale };
}

/** Returns the value without its sign. */
export function absolute(a: Decimal): Decimal {
	return a.digits < 0n ? negate(a) : a;
}

/** a × b, exactly. */
export function multiply(a: Decimal, b: Decimal): Decimal {
	return normalize({ digits: a.digits * b.digits, scale: a.scale + b.scale });
}

/** `percent` per cent of `a`, exactly. */
export function percentOf(a: Decimal, percent: Decimal): Decimal {
	return multiply(a, { digits: percent.digits, scale: percent.scale + 2 });
}

/** Returns the exact sum; zero for an empty list. */
export function sum(values: readonly Decimal[]): Decimal {
	return values.reduce(add, ZERO);
}

/** Returns the quotient of two integers, rounded to an integer, halves away from zero. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
	const [a, b] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor];
	const half = a < 0n ? -b : b;
	return (a * 2n + half) / (b * 2n);
}

/**
 * Rounds to a number of decimals, halves away from zero: 0.005 becomes 0.01, and −0.005 becomes −0.01. Finnish invoices are
 * rounded in this way.
 */
export function round(a: Decimal, places = 2): Decimal {
	if (a.scale <= places) return a;
	return normalize({ digits: roundedQuotient(a.digits, powerOfTen(a.scale - places)), scale: places });
}

/** a ÷ b, rounded to `places` decimals, halves away from zero. @throws {RangeError} if b is zero */
export function divide(a: Decimal, b: Decimal, places = 2): Decimal {
	const [x, y] = align(a, b);
	return normalize({ digits: roundedQuotient(x * powerOfTen(places), y), scale: places });
}

/** Returns a negative number if a is smaller than b, zero if they are equal, and a positive number if a is greater. */
export function compare(a: Decimal, b: Decimal): number {
	const [x, y] = align(a, b);
	return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether both are the same number, ignoring trailing zeros. */
export function equal(a: Decimal, b: Decimal): boolean {
	return compare(a, b) === 0;
}

/**
 * Returns the number as text without thousands separators, with all its decimals, or with exactly `places` decimals.
 * `point` is the decimal separator, a comma for import files.
 */
export function toText(a: Decimal, places?: number, point: '.' | ',' = '.'): string {
	const value = places === undefined ? normalize(a) : round(a, places);
	const scale = places ?? value.scale;
	const digits = value.digits * powerOfTen(scale - value.scale);
	const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
	const sign = digits < 0n ? '-' : '';
	return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}${point}${text.slice(-scale)}`;
}

/** Returns the JavaScript number; fails if it would not convert back to exactly this decimal. */
export function toNumber(a: Decimal): Result<number> {
	const number = Number(toText(a));
	const back = fromNumber(number);
	if (!back.ok || !equal(back.value, a))
		return fail(`has too many digits to be sent exactly: ${toText(a)}`, 'Round it first');
	return ok(number);
}
