import { ok, quoted, fail, type Result } from './result';

/** An exact decimal number: `digits` divided by ten to the power of `scale`. */
export interface Decimal {
	readonly digits: bigint;
	readonly scale: number;
}

/** The decimal zero. */
export const ZERO: Decimal = { digits: 0n, scale: 0 };

/** The decimal one hundred, for per cents. */
export const HUNDRED: Decimal = { digits: 100n, scale: 0 };

/** How to write a number that can be read. */
export const NUMBER_FORMAT_ADVICE = 'Write a plain number such as 1234.50 or 1 234,50 instead';
const SPACE = '[ \\u00a0\\u2009\\u202f]';
const NUMBER_PATTERN = new RegExp(`^([+-]?)(\\d{1,3}(?:${SPACE}\\d{3})+|\\d+)(?:([.,])(\\d+))?$`);

/** Most digits a number may have before the decimal sign, as text; money never has more. */
const MAX_INTEGER_DIGITS = 15;

function powerOfTen(exponent: number): bigint {
	return 10n ** BigInt(exponent);
}

/** The same number without needless zeros at the end. */
function normalize({ digits, scale }: Decimal): Decimal {
	let [d, s] = [digits, scale];
	while (s > 0 && d % 10n === 0n) [d, s] = [d / 10n, s - 1];
	return { digits: d, scale: s };
}

/**
 * A JavaScript number as a decimal. Its first 15 significant digits count: so many are exact, and what follows is the noise
 * of binary arithmetic (0.1 + 0.2 is 0.3).
 */
function fromNumber(input: number): Result<Decimal> {
	if (!Number.isFinite(input)) return fail('is not a number', NUMBER_FORMAT_ADVICE);
	// Above this 15 digits would not reach to the second decimal; whole numbers of so many digits are exact.
	if (Math.abs(input) >= (Number.isInteger(input) ? 1e15 : 1e13))
		return fail('is too large to be exact as a number', 'Enter it as text');
	const [mantissa, exponent] = input.toExponential(14).split('e');
	const [whole, fraction] = mantissa.split('.');
	return ok(normalize({ digits: BigInt(whole + fraction), scale: 14 - Number(exponent) }));
}

/**
 * Reads a number exactly. Takes numbers, and text with a decimal point or comma and thousands separated by spaces:
 * 1234.5, '1234,50', '1 234,50', '-3'. Refused: NaN, Infinity, exponents in text, numbers too large to be exact, thousands marked
 * by comma or point ('1,234.5'), and a comma before exactly three digits ('1,234'), which means a thousand to some and one
 * to others.
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

/** An amount without the sign of the euro before or behind it: 12,50 €. */
function withoutEuro(text: string): string {
	return text
		.replace(/^(?:€|EUR)/i, '')
		.replace(/(?:€|EUR)$/i, '')
		.trim();
}

/** Both numbers that a text with marks for thousands may mean: 1.234,50 and 1,234.50. */
function ambiguityAdvice(text: string): string {
	const groups = text.split(/[.,]/);
	const withDecimals = `${groups.slice(0, -1).join('')}.${groups[groups.length - 1]}`;
	return `Write ${withDecimals} or ${groups.join('')} instead`;
}

/** A number with at most so many decimals; zeros at the end don't count. */
export function decimalWithin(input: unknown, maxDecimals: number): Result<Decimal> {
	const value = parseDecimal(input);
	if (!value.ok || value.value.scale <= maxDecimals) return value;
	return fail(
		`has ${value.value.scale} decimals, and at most ${maxDecimals} are allowed: ${toText(value.value)}`,
		'Round it before',
	);
}

/** Both numbers' digits at one scale. */
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

/** The size of a value, without its sign. */
export function absolute(a: Decimal): Decimal {
	return a.digits < 0n ? negate(a) : a;
}

/** a × b, exactly. */
export function multiply(a: Decimal, b: Decimal): Decimal {
	return normalize({ digits: a.digits * b.digits, scale: a.scale + b.scale });
}

/** So many per cent of a, exactly. */
export function percentOf(a: Decimal, percent: Decimal): Decimal {
	return multiply(a, { digits: percent.digits, scale: percent.scale + 2 });
}

/** The sum of all, exactly; zero for none. */
export function sum(values: readonly Decimal[]): Decimal {
	return values.reduce(add, ZERO);
}

/** Quotient of two whole numbers, rounded to a whole number, halves away from zero. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
	const [a, b] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor];
	const half = a < 0n ? -b : b;
	return (a * 2n + half) / (b * 2n);
}

/**
 * Rounded to so many decimals, halves away from zero: 0.005 gives 0.01, −0.005 gives −0.01. This is how Finnish invoices are
 * rounded.
 */
export function round(a: Decimal, places = 2): Decimal {
	if (a.scale <= places) return a;
	return normalize({ digits: roundedQuotient(a.digits, powerOfTen(a.scale - places)), scale: places });
}

/** a ÷ b, rounded to so many decimals, halves away from zero. Throws a RangeError if b is zero. */
export function divide(a: Decimal, b: Decimal, places = 2): Decimal {
	const [x, y] = align(a, b);
	return normalize({ digits: roundedQuotient(x * powerOfTen(places), y), scale: places });
}

/** Negative, zero or positive as a is smaller than, equal to or greater than b. */
export function compare(a: Decimal, b: Decimal): number {
	const [x, y] = align(a, b);
	return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether both are the same number, however many zeros they were written with. */
export function equal(a: Decimal, b: Decimal): boolean {
	return compare(a, b) === 0;
}

/**
 * The number as text, without thousands separators: as many decimals as it has, or exactly `places` (rounded, filled with
 * zeros); `point` is the decimal sign, a comma for import files.
 */
export function toText(a: Decimal, places?: number, point: '.' | ',' = '.'): string {
	const value = places === undefined ? normalize(a) : round(a, places);
	const scale = places ?? value.scale;
	const digits = value.digits * powerOfTen(scale - value.scale);
	const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
	const sign = digits < 0n ? '-' : '';
	return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}${point}${text.slice(-scale)}`;
}

/** The number for JSON, if a JavaScript number stands for exactly this decimal when it is written out; else refused. */
export function toNumber(a: Decimal): Result<number> {
	const number = Number(toText(a));
	const back = fromNumber(number);
	if (!back.ok || !equal(back.value, a))
		return fail(`has too many digits to be sent exactly: ${toText(a)}`, 'Round it before');
	return ok(number);
}
