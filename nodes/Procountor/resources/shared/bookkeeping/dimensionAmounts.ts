import type { IDataObject } from 'n8n-workflow';
import { decimal, negate, sum, toNumber, toText, type Decimal } from '../../../validation/money';
import { addsUpTo, distribute } from '../../../validation/sums';
import { pass, refuse, type Verdict } from '../../../validation/result';
import type { Wish, WishedItem } from './matchRows';

const hundred: Decimal = { digits: 100n, scale: 0 };

/** The dimension values of a transaction: of each dimension they add up to its amount, to the cent (docs/procountor.md#accounts-and-dimensions). */
export function dimensionValues(dimensions: Wish['dimensions'], amount: Decimal): Verdict<IDataObject[]> {
	const values: IDataObject[] = [];
	for (const items of byDimension(dimensions)) {
		const parts = partsOf(items, amount);
		if (!parts.ok) return parts;
		for (const [index, part] of parts.value.entries()) {
			const value = toNumber(part);
			if (!value.ok) return value;
			if (value.value === 0) continue;
			values.push({ dimensionId: items[index].dimensionId, itemId: items[index].itemId, value: value.value });
		}
	}
	return pass(values);
}

function byDimension(dimensions: Wish['dimensions']): WishedItem[][] {
	const groups = new Map<number, WishedItem[]>();
	for (const one of dimensions) groups.set(one.dimensionId, [...(groups.get(one.dimensionId) ?? []), one]);
	return [...groups.values()];
}

/** Amounts are given as the invoice shows them; the transaction may bear the other sign. */
function partsOf(items: WishedItem[], amount: Decimal): Verdict<Decimal[]> {
	if (items.every(({ amount: given }) => given !== undefined)) {
		const given = items.map((item) => item.amount as Decimal);
		const opposite = sum(given).digits < 0n !== amount.digits < 0n;
		const signed = opposite ? given.map(negate) : given;
		const total = addsUpTo(signed, amount);
		return total.ok ? pass(signed) : total;
	}
	return distribute(
		amount,
		items.map(({ percent }) => percent ?? hundred),
	);
}

/** Whether a row's dimensions can be shares of one row: each dimension by per cents of 100 together, by amounts, or whole. */
export function sharesFit(dimensions: Wish['dimensions']): Verdict<undefined> {
	for (const items of byDimension(dimensions)) {
		if (new Set(items.map(({ itemId }) => itemId)).size < items.length)
			return refuse('names an item twice', 'Add both shares up');
		const amounts = items.filter(({ amount }) => amount !== undefined).length;
		if (amounts === items.length) continue;
		if (amounts > 0) return refuse('has amounts and per cents within one dimension', 'Give all of them in one way');
		if (items.length > 1 && items.some(({ percent }) => percent === undefined))
			return refuse('has several items without per cent or amount');
		const parts = distribute(
			hundred,
			items.map(({ percent }) => percent ?? hundred),
		);
		if (!parts.ok) return parts;
	}
	return pass(undefined);
}

/** Whether a transaction has exactly these dimension values already. */
export function sameValues(a: IDataObject[], b: IDataObject[]): boolean {
	return textOfValues(a) === textOfValues(b);
}

/** Dimension values as a text, the same in whatever order they stand. */
export function textOfValues(values: IDataObject[]): string {
	return values
		.map(({ dimensionId, itemId, value }) => {
			const amount = decimal(value);
			return [dimensionId, itemId, amount.ok ? toText(amount.value, 2) : value].join(':');
		})
		.sort()
		.join(' ');
}
