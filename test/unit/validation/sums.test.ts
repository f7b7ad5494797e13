import fc from 'fast-check';
import {
	add,
	compare,
	parseDecimal,
	equal,
	multiply,
	negate,
	percentOf,
	round,
	subtract,
	sum,
	toText,
	ZERO,
	type Decimal,
} from '../../../nodes/Procountor/validation/money';
import {
	addsUpTo,
	distribute,
	invoiceSums,
	readRow,
	rowSums,
	type RowAmounts,
	type Sums,
} from '../../../nodes/Procountor/validation/sums';
import { adviceOf, problemOf, valueOf } from './messages';
import { runs } from './numbers';

const read = (input: unknown): Decimal => valueOf(parseDecimal(input));
const texts = ({ net, vat, gross }: Sums) => [net, vat, gross].map((value) => toText(value, 2));
const row = (quantity: unknown, unitPrice: unknown, vatPercent: unknown, discountPercent: unknown = 0) =>
	valueOf(readRow({ quantity, unitPrice, vatPercent, discountPercent }));

const scaled = (min: number, max: number, scale: number) =>
	fc.integer({ min, max }).map((digits): Decimal => ({ digits: BigInt(digits), scale }));
const rows: fc.Arbitrary<RowAmounts> = fc.record({
	quantity: scaled(-1_000_000, 1_000_000, 3),
	unitPrice: scaled(-10_000_000, 10_000_000, 4),
	discountPercent: scaled(0, 10_000, 2),
	vatPercent: fc.constantFrom(...['25.5', '24', '14', '13.5', '10', '0'].map(read)),
});

const cent = read('0.01');
const within = (difference: Decimal, bound: Decimal) =>
	compare(difference, bound) <= 0 && compare(difference, negate(bound)) >= 0;

describe('Row sum calculation', () => {
	it.each([
		// 2 × 3.50 = 7.00; 25.5 % is 1.785, rounded 1.79.
		[row(2, 3.5, 25.5), false, ['7.00', '1.79', '8.79']],
		// 3 × 19.99 × 0.9 = 53.973, rounded 53.97; 25.5 % of it is 13.76235.
		[row(3, '19,99', 25.5, 10), false, ['53.97', '13.76', '67.73']],
		// 125.50 with VAT is 100 and 25.50.
		[row(1, 125.5, 25.5), true, ['100.00', '25.50', '125.50']],
		// 9.99 ÷ 1.135 = 8.8017….
		[row(1, 9.99, 13.5), true, ['8.80', '1.19', '9.99']],
		[row(-1, 9.99, 13.5), true, ['-8.80', '-1.19', '-9.99']],
		[row(0.333, 100, 10), false, ['33.30', '3.33', '36.63']],
		[row(1, 50, 0), true, ['50.00', '0.00', '50.00']],
		[row(1, 50, 25.5, 100), false, ['0.00', '0.00', '0.00']],
	])('matches the hand calculation of case %#', (amounts, including, expected) => {
		expect(texts(rowSums(amounts, including))).toEqual(expected);
	});

	it('applies the invoice discount after the row discount', () => {
		// 100 × 0.9 × 0.95 = 85.50
		expect(texts(rowSums(row(1, 100, 10, 10), false, read(5)))).toEqual(['85.50', '8.55', '94.05']);
	});

	it('returns whole cents that add up and are within a cent of the exact sums', () => {
		fc.assert(
			fc.property(rows, fc.boolean(), (amounts, including) => {
				const sums = rowSums(amounts, including);
				expect(equal(add(sums.net, sums.vat), sums.gross)).toBe(true);
				for (const value of [sums.net, sums.vat, sums.gross]) expect(equal(round(value), value)).toBe(true);
				const exact = percentOf(
					multiply(amounts.quantity, amounts.unitPrice),
					subtract(read(100), amounts.discountPercent),
				);
				expect(within(subtract(including ? sums.gross : sums.net, exact), read('0.005'))).toBe(true);
				expect(within(subtract(sums.vat, percentOf(sums.net, amounts.vatPercent)), cent)).toBe(true);
				const opposite = rowSums({ ...amounts, quantity: negate(amounts.quantity) }, including);
				for (const part of ['net', 'vat', 'gross'] as const)
					expect(equal(opposite[part], negate(sums[part]))).toBe(true);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('adds up to the invoice totals', () => {
		fc.assert(
			fc.property(fc.array(rows, { maxLength: 30 }), fc.boolean(), (list, including) => {
				const all = list.map((amounts) => rowSums(amounts, including));
				const total = invoiceSums(all);
				expect(equal(add(total.net, total.vat), total.gross)).toBe(true);
				const cents = all.reduce((cents, sums) => cents + multiply(sums.gross, read(100)).digits, 0n);
				expect(multiply(total.gross, read(100)).digits).toBe(cents);
			}),
		);
	});

	it.each([
		[{ quantity: 'x', unitPrice: 1 }, 'has a quantity that is not a number: "x"'],
		[{ quantity: 1, unitPrice: '1,234.5' }, 'has a unit price that can be read in several ways: "1,234.5"'],
		[{ quantity: 1, unitPrice: 1, discountPercent: 101 }, 'has a discount of 101 %, which is more than 100'],
		[{ quantity: 1, unitPrice: 1, vatPercent: -1 }, 'has a VAT rate below zero: -1'],
		[{ quantity: 1, unitPrice: 1, vatPercent: NaN }, 'has a VAT rate that is not a number'],
		[{ quantity: 1, unitPrice: 1, discountPercent: 'x' }, 'has a discount that is not a number: "x"'],
		[{ quantity: 1, unitPrice: 1, discountPercent: 100.01 }, 'has a discount of 100.01 %, which is more than 100'],
	])('rejects %p', (raw, problem) => {
		expect(problemOf(readRow(raw))).toBe(problem);
	});
});

describe('Row input', () => {
	it('has no discount and no VAT by default, and accepts a discount of 100 percent', () => {
		expect(valueOf(readRow({ quantity: 2, unitPrice: '3,5' }))).toEqual({
			quantity: read(2),
			unitPrice: read(3.5),
			discountPercent: ZERO,
			vatPercent: ZERO,
		});
		expect(readRow({ quantity: 1, unitPrice: 1, discountPercent: 100, vatPercent: 0 }).ok).toBe(true);
	});

	it('suggests how to write an ambiguous number', () => {
		for (const field of ['quantity', 'unitPrice', 'discountPercent', 'vatPercent'])
			expect(adviceOf(readRow({ quantity: 1, unitPrice: 1, [field]: '1,234' }))).toBe('Write 1.234 or 1234 instead');
	});
});

describe('Distribution by percentages', () => {
	const parts = (amount: unknown, ...percents: unknown[]) =>
		valueOf(distribute(read(amount), percents.map(read))).map((part) => toText(part, 2));

	it.each([
		[
			['100', '50', '50'],
			['50.00', '50.00'],
		],
		// 33.33 % of 100.00 twice and 33.34 % once.
		[
			['100', '33.33', '33.33', '33.34'],
			['33.33', '33.33', '33.34'],
		],
		// Half a cent each: the first gets it.
		[
			['0.01', '50', '50'],
			['0.01', '0.00'],
		],
		[
			['-0.01', '50', '50'],
			['-0.01', '0.00'],
		],
		// 10.01: 3.3366…, 3.3366…, 3.3367… cut to 3.33 each leave 2 cents, for the third and then the first.
		[
			['10.01', '33.333', '33.333', '33.334'],
			['3.34', '3.33', '3.34'],
		],
		[
			['7', '0', '100'],
			['0.00', '7.00'],
		],
		// Percentages with different numbers of decimals.
		[
			['10.00', '50', '25.5', '24.5'],
			['5.00', '2.55', '2.45'],
		],
		// The first two of four equal shares get the two cents.
		[
			['0.02', '25', '25', '25', '25'],
			['0.01', '0.01', '0.00', '0.00'],
		],
		// Rounded to the cent before: 0.015 is 0.02.
		[
			['0.015', '50', '50'],
			['0.01', '0.01'],
		],
		// The cent goes to the part that lost most: 0.6 of a cent against 0.4.
		[
			['0.01', '40', '60'],
			['0.00', '0.01'],
		],
		[
			['0.02', '25', '25', '50'],
			['0.01', '0.00', '0.01'],
		],
		[
			['0', '60', '40'],
			['0.00', '0.00'],
		],
	])('splits %p into %p', ([amount, ...percents], expected) => {
		expect(parts(amount, ...percents)).toEqual(expected);
	});

	it('rejects percentages that are negative or do not add up to 100', () => {
		expect(problemOf(distribute(read(1), ['33.33', '33.33', '33.33'].map(read)))).toBe(
			'has shares that add up to 99.99 %, not 100',
		);
		expect(adviceOf(distribute(read(1), [read(99)]))).toBe('For thirds write 33.33, 33.33 and 33.34');
		expect(problemOf(distribute(read(1), ['150', '-50'].map(read)))).toBe('has a share below 0 %');
		expect(problemOf(distribute(read(1), []))).toBe('has shares that add up to 0 %, not 100');
	});

	/** Shares that add up to 100, created by cutting 0 to 100 at random points. */
	const shares = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 12 }).map((cuts) => {
		const edges = [0, ...cuts.sort((a, b) => a - b), 1_000_000];
		return edges.slice(1).map((edge, index): Decimal => ({ digits: BigInt(edge - edges[index]), scale: 4 }));
	});

	it('adds up to the amount, with each part less than a cent off its share', () => {
		fc.assert(
			fc.property(scaled(-100_000_000, 100_000_000, 2), shares, (amount, percents) => {
				const divided = valueOf(distribute(amount, percents));
				expect(divided).toHaveLength(percents.length);
				expect(equal(sum(divided), amount)).toBe(true);
				divided.forEach((part, index) => {
					expect(equal(round(part), part)).toBe(true);
					const off = subtract(part, percentOf(amount, percents[index]));
					expect(within(off, cent) && !equal(off, cent) && !equal(off, negate(cent))).toBe(true);
				});
				expect(addsUpTo(divided, amount)).toEqual({ ok: true, value: amount });
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('Sum check', () => {
	it('reports the difference', () => {
		expect(addsUpTo([read('10.00'), read('5')], read('15.01'))).toEqual({
			ok: false,
			message: 'adds up to 15.00, not to 15.01',
			advice: 'The difference of 0.01 must go to one of them',
		});
		expect(addsUpTo([], ZERO).ok).toBe(true);
	});
});
