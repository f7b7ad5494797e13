import { parseDecimal, negate, sum, toNumber, toText, type Decimal, HUNDRED } from '../../../validation/money';
import { addsUpTo, distribute } from '../../../validation/sums';
import { ok, fail, type Result } from '../../../validation/result';
import type { DimensionItemValue } from '../../../api';
import type { Posting, PostedDimension } from './matchRows';

/**
 * Returns the dimension values of a transaction. The values of each dimension add up to its amount, to the cent
 * (docs/procountor.md#accounts-and-dimensions).
 */
export function dimensionValues(dimensions: Posting['dimensions'], amount: Decimal): Result<DimensionItemValue[]> {
	const values: DimensionItemValue[] = [];
	for (const items of groupByDimension(dimensions)) {
		const parts = splitAmount(items, amount);
		if (!parts.ok) return parts;
		for (const [index, part] of parts.value.entries()) {
			const value = toNumber(part);
			if (!value.ok) return value;
			if (value.value === 0) continue;
			values.push({ dimensionId: items[index].dimensionId, itemId: items[index].itemId, value: value.value });
		}
	}
	return ok(values);
}

function groupByDimension(dimensions: Posting['dimensions']): PostedDimension[][] {
	const groups = new Map<number, PostedDimension[]>();
	for (const item of dimensions) groups.set(item.dimensionId, [...(groups.get(item.dimensionId) ?? []), item]);
	return [...groups.values()];
}

/** Splits an amount among a dimension's items. Given amounts have the invoice's sign; the transaction may have the opposite one. */
function splitAmount(items: PostedDimension[], amount: Decimal): Result<Decimal[]> {
	if (items.every(({ amount: given }) => given !== undefined)) {
		const given = items.map((item) => item.amount as Decimal);
		const opposite = sum(given).digits < 0n !== amount.digits < 0n;
		const signed = opposite ? given.map(negate) : given;
		const total = addsUpTo(signed, amount);
		return total.ok ? ok(signed) : total;
	}
	return distribute(
		amount,
		items.map(({ percent }) => percent ?? HUNDRED),
	);
}

/**
 * Checks that the items of each dimension have percentages that add up to 100, or amounts, or that there is only one item.
 */
export function checkShares(dimensions: Posting['dimensions']): Result<undefined> {
	for (const items of groupByDimension(dimensions)) {
		if (new Set(items.map(({ itemId }) => itemId)).size < items.length)
			return fail('names an item twice', 'Add both shares up');
		const amounts = items.filter(({ amount }) => amount !== undefined).length;
		if (amounts === items.length) continue;
		if (amounts > 0) return fail('has amounts and shares within one dimension', 'Use only one of them');
		if (items.length > 1 && items.some(({ percent }) => percent === undefined))
			return fail('has several items without a share or an amount');
		const parts = distribute(
			HUNDRED,
			items.map(({ percent }) => percent ?? HUNDRED),
		);
		if (!parts.ok) return parts;
	}
	return ok(undefined);
}

/** Whether two lists have the same dimension values, in any order. */
export function hasSameValues(a: DimensionItemValue[], b: DimensionItemValue[]): boolean {
	return dimensionValuesKey(a) === dimensionValuesKey(b);
}

/** Returns a text that is the same for the same dimension values in any order. */
export function dimensionValuesKey(values: DimensionItemValue[]): string {
	return values
		.map(({ dimensionId, itemId, value }) => {
			const amount = parseDecimal(value);
			return [dimensionId, itemId, amount.ok ? toText(amount.value, 2) : value].join(':');
		})
		.sort()
		.join(' ');
}
