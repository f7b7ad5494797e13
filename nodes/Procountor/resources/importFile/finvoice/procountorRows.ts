import type { IDataObject } from 'n8n-workflow';
import {
	add,
	compare,
	equal,
	percentOf,
	round,
	sum,
	toNumber,
	toText,
	ZERO,
	type Decimal,
	absolute,
} from '../../../validation/money';
import { InputError } from '../../../api';
import { asSinglePiece, withCalculation } from '../../shared/bookkeeping/rowTotal';
import { exactAmount, type AmountRow, type Price } from './rows';

const MAX_NAME = 80;

/**
 * Returns a row with a quantity, price, and discount that give exactly the message's sum. How Procountor rounds is unknown
 * (docs/procountor.md), so if no price fits in every case, the row has the sum as the price of one piece, and the
 * comment contains the sender's quantity and price.
 */
export function toProcountorRow(row: AmountRow, pricesIncludeVat: boolean): IDataObject {
	const expected = pricesIncludeVat ? row.gross : row.net;
	const prices = pricesIncludeVat ? row.grossPrices : row.netPrices;
	const found = prices.find((price) => matchesSums(price, expected, row.vatPercent));
	const keepsPrice = found !== undefined || prices.length === 0;
	const { quantity, unitPrice, discountPercent } = found ?? { ...asSinglePiece(expected), discountPercent: ZERO };
	const comment = keepsPrice ? row.fields.comment : commentWithPrice(row.fields.comment, prices[0]);
	return {
		...row.fields,
		...(keepsPrice ? {} : { unit: 'PIECE' }),
		comment,
		quantity: toJsonNumber(quantity, row.where),
		unitPrice: toJsonNumber(unitPrice, row.where),
		discountPercent: discountPercent.digits === 0n ? undefined : toJsonNumber(discountPercent, row.where),
		vatPercent: toJsonNumber(row.vatPercent, row.where),
	};
}

function matchesSums(price: Price, expected: Decimal, vatPercent: Decimal): boolean {
	if (price.discountPercent.scale > 4 || price.discountPercent.digits < 0n) return false;
	const exact = exactAmount(price);
	const vat = (amount: Decimal): Decimal => round(percentOf(amount, vatPercent));
	return equal(round(exact), expected) && equal(vat(exact), vat(expected));
}

function commentWithPrice(comment: unknown, price: Price): string {
	const { discountPercent } = price;
	return withCalculation(comment, price, discountPercent.digits ? `${toText(discountPercent, undefined, ',')} %` : '');
}

function toJsonNumber(value: Decimal, where: string): number {
	const number = toNumber(value);
	if (!number.ok) throw new InputError(`${where}amount`, number.message);
	return number.value;
}

/** Returns a row for an amount that is not a row in the message, such as a discount on the invoice or a rounding. */
export function adjustmentRow(product: string, net: Decimal, vatPercent: Decimal, where: string): AmountRow {
	const gross = add(net, round(percentOf(net, vatPercent)));
	return {
		fields: { product: product.slice(0, MAX_NAME), unit: 'NO_UNIT' },
		where,
		vatPercent,
		net,
		gross,
		netPrices: [],
		grossPrices: [],
		hasGrossPricesOnly: false,
	};
}

/** Returns the sum of rows without VAT. */
export const netTotal = (rows: readonly AmountRow[]): Decimal => sum(rows.map(({ net }) => net));

/** Whether an amount is at most a number of cents, positive or negative. */
export function isWithinCents(amount: Decimal, cents: number): boolean {
	return compare(absolute(amount), { digits: BigInt(cents), scale: 2 }) <= 0;
}
