import { toCents, toEuros, percentOfCents } from '../../../nodes/Procountor/validation/cents';

describe('Cent arithmetic', () => {
	it.each([
		[12.34, 1234],
		[0.1 + 0.2, 30],
		[1.005, 100],
		[-0.015, -1],
		['7.5', 750],
		[0, 0],
		[null, 0],
		[undefined, 0],
		['x', 0],
	])('converts %p to %p cents', (value, cents) => {
		expect(toCents(value)).toBe(cents);
	});

	it('converts cents to euros', () => {
		expect([toEuros(1234), toEuros(-5), toEuros(0)]).toEqual([12.34, -0.05, 0]);
	});

	it.each([
		[10_000, 25.5, 2550],
		[-10_000, 25.5, -2550],
		[1, 50, 1],
		[-1, 50, -1],
		[1, 49.9999, 0],
		[-1, 49.9999, 0],
		[333, 13.5, 45],
		[0, 24, 0],
		[123_456_789_012, 100, 123_456_789_012],
		[100, 0, 0],
		[1_000_000, 0.0001, 1],
	])('calculates for %p cents at %p percent a share of %p', (cents, percent, share) => {
		expect(percentOfCents(cents, percent)).toBe(share);
	});
});
