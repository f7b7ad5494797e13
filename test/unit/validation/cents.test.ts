import { centsOf, inEuros, shareOf } from '../../../nodes/Procountor/validation/cents';

describe('Whole cents', () => {
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
	])('of %p are %p', (value, cents) => {
		expect(centsOf(value)).toBe(cents);
	});

	it('are shown in euros', () => {
		expect([inEuros(1234), inEuros(-5), inEuros(0)]).toEqual([12.34, -0.05, 0]);
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
	])('of %p at %p per cent are %p', (cents, percent, share) => {
		expect(shareOf(cents, percent)).toBe(share);
	});
});
