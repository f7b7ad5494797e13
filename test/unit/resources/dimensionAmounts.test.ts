import fc from 'fast-check';
import { parseDecimal, toText, type Decimal } from '../../../nodes/Procountor/validation/money';
import type { PostedDimension } from '../../../nodes/Procountor/resources/shared/bookkeeping/matchRows';
import { dimensionValues, checkShares } from '../../../nodes/Procountor/resources/shared/bookkeeping/dimensionAmounts';

const exact = (value: number | string): Decimal => {
	const read = parseDecimal(value);
	if (!read.ok) throw new Error(read.message);
	return read.value;
};
const cents = (value: unknown): number => Math.round(Number(value) * 100);
const item = (itemId: number, more: Partial<PostedDimension> = {}, dimensionId = 1): PostedDimension => ({
	dimensionId,
	itemId,
	...more,
});

describe('Dimension values of a transaction', () => {
	it('add up to its amount to the cent if they are given as percentages', () => {
		// Shares that add up to 100 percent, in steps of 0.01.
		const shares = fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 0, maxLength: 6 }).map((cuts) => {
			const points = [...new Set([0, ...cuts, 10_000])].sort((a, b) => a - b);
			return points.slice(1).map((point, index) => point - points[index]);
		});
		fc.assert(
			fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), shares, (amount, parts) => {
				const dimensions = parts.map((part, index) => item(index + 1, { percent: { digits: BigInt(part), scale: 2 } }));
				const values = dimensionValues(dimensions, { digits: BigInt(amount), scale: 2 });
				if (!values.ok) throw new Error(values.message);
				expect(values.value.reduce((sum, { value }) => sum + cents(value), 0)).toBe(amount);
				for (const { itemId, value } of values.value)
					expect(Math.abs(cents(value) - (amount * parts[Number(itemId) - 1]) / 10_000)).toBeLessThanOrEqual(1);
			}),
		);
	});

	it('equal the given amounts, with the sign of the transaction', () => {
		const values = dimensionValues(
			[item(1, { amount: exact(60) }), item(2, { amount: exact('40.50') })],
			exact(-100.5),
		);
		expect(values).toEqual({
			ok: true,
			value: [
				{ dimensionId: 1, itemId: 1, value: -60 },
				{ dimensionId: 1, itemId: 2, value: -40.5 },
			],
		});
		expect(dimensionValues([item(1, { amount: exact(60) })], exact(-100.5))).toMatchObject({
			ok: false,
			message: 'adds up to -60.00, not to -100.50',
		});
	});

	it('add up separately in each dimension', () => {
		const values = dimensionValues(
			[item(1, { percent: exact(50) }), item(2, { percent: exact(50) }), item(9, {}, 2)],
			exact('10.01'),
		);
		expect(
			values.ok && values.value.map(({ dimensionId, value }) => [dimensionId, toText(exact(Number(value)), 2)]),
		).toEqual([
			[1, '5.01'],
			[1, '5.00'],
			[2, '10.01'],
		]);
	});
});

it.each([
	['one item', [item(1)], undefined],
	['an item twice', [item(1, { percent: exact(50) }), item(1, { percent: exact(50) })], 'names an item twice'],
	[
		'percentages and amounts together',
		[item(1, { percent: exact(50) }), item(2, { amount: exact(5) })],
		'has amounts and shares within one dimension',
	],
	['several items without shares', [item(1), item(2)], 'has several items without a share or an amount'],
	['shares below 100 percent', [item(1, { percent: exact(99.99) })], 'has shares that add up to 99.99 %, not 100'],
])('Dimension shares are checked for %s', (_what, dimensions, problem) => {
	const fits = checkShares(dimensions);
	expect(fits.ok ? undefined : fits.message).toBe(problem);
});
