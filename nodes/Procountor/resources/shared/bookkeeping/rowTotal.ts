import {
	absolute,
	compare,
	divide,
	equal,
	multiply,
	negate,
	round,
	subtract,
	toText,
	ZERO,
	type Decimal,
} from '../../../validation/money';

/** Quantity and price of an invoice row. */
export interface RowPrice {
	quantity: Decimal;
	unitPrice: Decimal;
}

const ONE: Decimal = { digits: 1n, scale: 0 };
const MAX_COMMENT = 512;

/** Returns a total as the unit price of one piece. A credit has a negative quantity. */
export function asSinglePiece(total: Decimal): RowPrice {
	return total.digits < 0n ? { quantity: negate(ONE), unitPrice: negate(total) } : { quantity: ONE, unitPrice: total };
}

const formatNumber = (value: Decimal): string => toText(value, undefined, ',');

const prependLine = (first: string, comment: unknown): string =>
	[first, ...(comment === undefined ? [] : [String(comment)])].join('\n').slice(0, MAX_COMMENT);

/** Returns a comment that begins with the sender's calculation of the row total, in figures: `3 x 13,05 - 5 %`. */
export function withCalculation(comment: unknown, { quantity, unitPrice }: RowPrice, discount = ''): string {
	const calculation = `${formatNumber(quantity)} x ${formatNumber(unitPrice)}`;
	return prependLine(discount ? `${calculation} - ${discount}` : calculation, comment);
}

/**
 * Returns a quantity and a unit price that make the row's total to the cent: the given ones, or the total divided by the
 * quantity, or the total as the price of one piece. The comment shows the sender's calculation if it differs.
 * @param unitPrice the price before discounts, if it is known
 * @returns also `listPrice`, the unit price before discounts for the product register
 */
export function priceFromTotal(
	total: Decimal,
	{ quantity, unitPrice }: { quantity: Decimal; unitPrice?: Decimal },
	comment: unknown,
): RowPrice & { listPrice: Decimal; comment: unknown } {
	const count = isCredit(total) === isCredit(quantity) ? quantity : negate(quantity);
	const each = count.digits === 0n ? absolute(total) : divide(total, count);
	const listPrice = unitPrice ?? each;
	for (const given of [quantity, count])
		if (equal(multiply(given, listPrice), total)) return { quantity: given, unitPrice: listPrice, listPrice, comment };
	const isExact = equal(multiply(each, count), total);
	const price = { ...(isExact ? { quantity: count, unitPrice: each } : asSinglePiece(total)), listPrice };
	if (!unitPrice)
		return { ...price, comment: prependLine(`${formatNumber(total)} / ${formatNumber(quantity)}`, comment) };
	const discount = subtract(round(absolute(multiply(count, unitPrice))), absolute(total));
	const text = compare(discount, ZERO) > 0 ? toText(discount, 2, ',') : '';
	return { ...price, comment: withCalculation(comment, { quantity: count, unitPrice }, text) };
}

const isCredit = ({ digits }: Decimal): boolean => digits < 0n;
