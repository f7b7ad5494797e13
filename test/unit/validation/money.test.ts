import fc from 'fast-check';
import {
	absolute,
	add,
	compare,
	parseDecimal,
	decimalWithin,
	divide,
	equal,
	multiply,
	negate,
	percentOf,
	round,
	subtract,
	sum,
	toNumber,
	toText,
	ZERO,
	type Decimal,
} from '../../../nodes/Procountor/validation/money';
import { adviceOf, problemOf, valueOf } from './messages';
import { runs } from './numbers';

const read = (input: unknown): Decimal => valueOf(parseDecimal(input));

/** Decimals of up to twelve digits, with up to six after the point. */
const decimals = fc
	.tuple(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), fc.integer({ min: 0, max: 6 }))
	.map(([digits, scale]): Decimal => ({ digits: BigInt(digits), scale }));

/** How far a is from b, in units of the sixth decimal doubled, so that halves stay whole. */
function distance(a: Decimal, b: Decimal): bigint {
	const difference = subtract(a, b);
	return (difference.digits < 0n ? -difference.digits : difference.digits) * 2n * 10n ** BigInt(12 - difference.scale);
}

describe('Number parser', () => {
	it.each([
		[0, '0'],
		[-0, '0'],
		[12.5, '12.5'],
		[-3, '-3'],
		[0.1 + 0.2, '0.3'],
		[1.005, '1.005'],
		[1e-7, '0.0000001'],
		[1234567890.12, '1234567890.12'],
		[9999999999999, '9999999999999'],
		[123456789012.34, '123456789012.34'],
		['1234.5', '1234.5'],
		['1234,50', '1234.5'],
		['1 234,50', '1234.5'],
		['1\u00a0234\u202f567,8', '1234567.8'],
		['  42 ', '42'],
		['-1,5', '-1.5'],
		['−1,5', '-1.5'],
		['+7', '7'],
		['007', '7'],
		['0,125', '0.125'],
		['1.125', '1.125'],
		['1234,567', '1234.567'],
		['1 234,567', '1234.567'],
		['-0', '0'],
		['999999999999999.999999', '999999999999999.999999'],
		['0000000000000000001', '1'],
		['000', '0'],
		['0.000', '0'],
		['012,345', '12.345'],
		['1\u2009234', '1234'],
		['1,23', '1.23'],
		['1,2345', '1.2345'],
		['− 5', '-5'],
		['€ 12,50', '12.5'],
		['  € 5 ', '5'],
		['12,50 €', '12.5'],
		['EUR 5', '5'],
		['5 eur', '5'],
		[-9999999999999, '-9999999999999'],
		[1e-20, '0.00000000000000000001'],
		[1200, '1200'],
	])('reads %p as %s', (input, expected) => {
		expect(toText(read(input))).toBe(expected);
	});

	it.each([
		[NaN, 'is not a number'],
		[Infinity, 'is not a number'],
		[-Infinity, 'is not a number'],
		[1e21, 'is too large to be exact as a number'],
		[1e15, 'is too large to be exact as a number'],
		[1e13 + 0.5, 'is too large to be exact as a number'],
		['1e21', 'is not a number: "1e21"'],
		['1,234.5', 'can be read in several ways: "1,234.5"'],
		['1.234,5', 'can be read in several ways: "1.234,5"'],
		['1,234,567', 'can be read in several ways: "1,234,567"'],
		['1,234', 'can be read in several ways: "1,234"'],
		['1234 567', 'is not a number: "1234 567"'],
		['12 34', 'is not a number: "12 34"'],
		['.5', 'is not a number: ".5"'],
		['5.', 'is not a number: "5."'],
		['12 $', 'is not a number: "12 $"'],
		['--1', 'is not a number: "--1"'],
		['', 'is empty'],
		['1234567890123456', 'is too large: "1234567890123456"'],
		[-1e15, 'is too large to be exact as a number'],
		['−  5', 'is not a number: "- 5"'],
		['€', 'is empty'],
		['1EUR5', 'is not a number: "1EUR5"'],
		['1.2.a', 'is not a number: "1.2.a"'],
		['a1.2.3', 'is not a number: "a1.2.3"'],
		['..', 'is not a number: ".."'],
		['1,2,3', 'can be read in several ways: "1,2,3"'],
		['1−2', 'is not a number: "1−2"'],
		['1..', 'is not a number: "1.."'],
		['+1,234', 'can be read in several ways: "+1,234"'],
		['-12,345', 'can be read in several ways: "-12,345"'],
		['1 2345', 'is not a number: "1 2345"'],
		['1 234 56', 'is not a number: "1 234 56"'],
		[null, 'is not a number'],
		[true, 'is not a number'],
		[{}, 'is not a number'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseDecimal(input))).toBe(problem);
	});

	it.each([
		['1,234', 'Write 1.234 or 1234 instead'],
		['1.234,50', 'Write 1234.50 or 123450 instead'],
		['1,234,567', 'Write 1234.567 or 1234567 instead'],
		['5 $', 'Write a plain number such as 1234.50 or 1 234,50 instead'],
		['', 'Write a plain number such as 1234.50 or 1 234,50 instead'],
		[NaN, 'Write a plain number such as 1234.50 or 1 234,50 instead'],
		[null, 'Write a plain number such as 1234.50 or 1 234,50 instead'],
		[1e13 + 0.5, 'Enter it as text'],
	])('suggests how to write %p', (input, advice) => {
		expect(adviceOf(parseDecimal(input))).toBe(advice);
	});

	it('ignores trailing zeros when it counts decimals', () => {
		expect(toText(valueOf(decimalWithin('1.2300', 2)))).toBe('1.23');
		expect(problemOf(decimalWithin('1.234', 2))).toBe('has 3 decimals, and at most 2 are allowed: 1.234');
		expect(problemOf(decimalWithin('x', 2))).toBe('is not a number: "x"');
	});

	it('reads back the texts and the number that the formatter writes', () => {
		fc.assert(
			fc.property(decimals, (value) => {
				expect(equal(read(toText(value)), value)).toBe(true);
				const finnish = toText(value, 6, ',');
				expect(equal(read(finnish), value)).toBe(true);
				expect(equal(read(valueOf(toNumber(value))), value)).toBe(true);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('reads every amount in cents exactly', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) =>
				expect(multiply(read(cents / 100), read(100)).digits).toBe(BigInt(cents)),
			),
		);
	});
});

describe('Decimal arithmetic', () => {
	it('is exact where floating-point numbers are not', () => {
		expect(toText(add(read('0.1'), read('0.2')))).toBe('0.3');
		expect(toText(multiply(read('1.1'), read('1.1')))).toBe('1.21');
		expect(toText(subtract(read('1'), read('0.9')))).toBe('0.1');
		expect(toText(percentOf(read('19.99'), read('25.5')))).toBe('5.09745');
		expect(toText(sum([read('0.1'), read('0.2'), read('-0.3')]))).toBe('0');
		expect(sum([])).toEqual(ZERO);
	});

	it.each([
		['0.005', '0.01'],
		['0.0049', '0'],
		['-0.005', '-0.01'],
		['-0.0049', '0'],
		['1.005', '1.01'],
		['2.5', '2.5'],
		['1.115', '1.12'],
		['-1.115', '-1.12'],
		['99.995', '100'],
	])('rounds %s to %s', (input, expected) => {
		expect(toText(round(read(input)))).toBe(expected);
	});

	it('rounds to other numbers of decimals', () => {
		expect(toText(round(read('1234.5'), 0))).toBe('1235');
		expect(toText(round(read('0.00005'), 4))).toBe('0.0001');
	});

	it.each([
		['100', '1.255', '79.68'],
		['-100', '1.255', '-79.68'],
		['1', '3', '0.33'],
		['2', '3', '0.67'],
		['0.01', '2', '0.01'],
		['-0.01', '2', '-0.01'],
		['1', '-8', '-0.13'],
	])('divides %s by %s to get %s', (a, b, expected) => {
		expect(toText(divide(read(a), read(b)))).toBe(expected);
	});

	it('rejects division by zero', () => {
		expect(() => divide(read(1), ZERO)).toThrow(new RangeError('Division by zero'));
	});

	it.each([
		['-1.5', '1.5'],
		['1.5', '1.5'],
		['0', '0'],
	])('returns for %s the absolute value %s', (a, size) => {
		expect(toText(absolute(read(a)))).toBe(size);
	});

	it.each([
		['1', '2', -1],
		['2', '1', 1],
		['1.0', '1', 0],
		['-2', '-1', -1],
		['0.10', '0.1', 0],
	])('compares %s with %s', (a, b, order) => {
		expect(compare(read(a), read(b))).toBe(order);
		expect(equal(read(a), read(b))).toBe(order === 0);
	});

	it('returns results without trailing zeros', () => {
		expect(add(read('0.5'), read('0.5'))).toEqual({ digits: 1n, scale: 0 });
		expect(multiply(read('0.5'), read('200'))).toEqual({ digits: 100n, scale: 0 });
		expect(round({ digits: 1999n, scale: 3 })).toEqual({ digits: 2n, scale: 0 });
		expect(divide(read('1'), read('2'), 4)).toEqual({ digits: 5n, scale: 1 });
		expect(read('1.50')).toEqual({ digits: 15n, scale: 1 });
	});

	it('follows the laws of arithmetic', () => {
		fc.assert(
			fc.property(decimals, decimals, decimals, (a, b, c) => {
				expect(add(a, b)).toEqual(add(b, a));
				expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
				expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
				expect(equal(subtract(add(a, b), b), a)).toBe(true);
				expect(equal(negate(negate(a)), a)).toBe(true);
				expect(compare(a, b) + compare(b, a)).toBe(0);
				expect(compare(a, b) > 0).toBe(subtract(a, b).digits > 0n);
			}),
		);
	});

	it('rounds to the nearest cent and symmetrically around zero', () => {
		fc.assert(
			fc.property(decimals, (a) => {
				const rounded = round(a);
				expect(rounded.scale).toBeLessThanOrEqual(2);
				expect(distance(a, rounded) <= 10n ** 10n).toBe(true);
				expect(equal(round(negate(a)), negate(rounded))).toBe(true);
				// Exactly halfway it rounds away from zero.
				if (distance(a, rounded) === 10n ** 10n) expect(compare(rounded, a)).toBe(a.digits > 0n ? 1 : -1);
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('divides to within half a cent', () => {
		fc.assert(
			fc.property(decimals, fc.integer({ min: 1, max: 100000 }), (a, divisor) => {
				const b = read(divisor / 100);
				const back = multiply(divide(a, b), b);
				const error = subtract(back, a);
				const bound = multiply(b, { digits: 5n, scale: 3 });
				expect(compare(error, bound)).toBeLessThanOrEqual(0);
				expect(compare(error, negate(bound))).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

describe('Number formatter', () => {
	it('pads and rounds to the given number of decimals', () => {
		expect(toText(read('1234.5'), 2)).toBe('1234.50');
		expect(toText(read('1234.5'), 2, ',')).toBe('1234,50');
		expect(toText(read('-0.005'), 2)).toBe('-0.01');
		expect(toText(read('0.5'), 0)).toBe('1');
		expect(toText(read('-0.001'), 2)).toBe('0.00');
		expect(toText(read('100'), 0)).toBe('100');
		expect(toText({ digits: 100n, scale: 2 })).toBe('1');
		expect(toText(read('0.05'))).toBe('0.05');
		expect(toText(read('-0.05'), 1)).toBe('-0.1');
		expect(toText(read('7'), 3)).toBe('7.000');
		expect(toText(ZERO, 2)).toBe('0.00');
	});

	it('returns a JSON number only if it is exact', () => {
		expect(valueOf(toNumber(read('0.1')))).toBe(0.1);
		expect(valueOf(toNumber(read('-1234.50')))).toBe(-1234.5);
		expect(problemOf(toNumber(read('123456789012345.67')))).toBe(
			'has too many digits to be sent exactly: 123456789012345.67',
		);
		expect(problemOf(toNumber(read('0.12345678901234567')))).toContain('too many digits');
	});
});
