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
	zero,
	type Decimal,
	absolute,
} from '../../../validation/money';
import { InputError } from '../../../api';
import { asSinglePiece, withCalculation } from '../../shared/bookkeeping/rowTotal';
import { exactAmount, type AmountRow, type Price } from './rows';

const MAX_NAME = 80;

/**
 * Quantity, price and discount that make a row's sum however cents are rounded on the way (docs/procountor.md tells why
 * that is not known); otherwise the sum itself as the price of one, with what the sender wrote in the comment.
 */
export function toProcountorRow(row: AmountRow, pricesIncludeVat: boolean): IDataObject {
	const wanted = pricesIncludeVat ? row.gross : row.net;
	const prices = pricesIncludeVat ? row.grossPrices : row.netPrices;
	const found = prices.find((price) => matchesSums(price, wanted, row.vatPercent));
	const { quantity, unitPrice, discountPercent } = found ?? { ...asSinglePiece(wanted), discountPercent: zero };
	const comment = found || prices.length === 0 ? row.fields.comment : commentWithPrice(row.fields.comment, prices[0]);
	return {
		...row.fields,
		...(found || prices.length === 0 ? {} : { unit: 'PIECE' }),
		comment,
		quantity: toJsonNumber(quantity, row.where),
		unitPrice: toJsonNumber(unitPrice, row.where),
		discountPercent: discountPercent.digits === 0n ? undefined : toJsonNumber(discountPercent, row.where),
		vatPercent: toJsonNumber(row.vatPercent, row.where),
	};
}

function matchesSums(price: Price, wanted: Decimal, vatPercent: Decimal): boolean {
	if (price.discountPercent.scale > 4 || price.discountPercent.digits < 0n) return false;
	const exact = exactAmount(price);
	const vat = (amount: Decimal): Decimal => round(percentOf(amount, vatPercent));
	return equal(round(exact), wanted) && equal(vat(exact), vat(wanted));
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

/** Returns a row that the message does not have as a row, such as a discount on the whole invoice or a rounding. */
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

/** The sum of rows without VAT. */
export const netTotal = (rows: readonly AmountRow[]): Decimal => sum(rows.map(({ net }) => net));

/** Whether an amount is within so many cents. */
export function isWithinCents(amount: Decimal, cents: number): boolean {
	const size = absolute(amount);
	return compare(size, { digits: BigInt(cents), scale: 2 }) <= 0;
}
