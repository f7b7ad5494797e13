import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import {
	absolute,
	compare,
	decimal,
	decimalWithin,
	divide,
	equal,
	multiply,
	negate,
	subtract,
	sum,
	toNumber,
	toText,
	zero,
	type Decimal,
} from '../../validation/money';
import { readRow, rowSums, type Sums } from '../../validation/sums';
import { vatPercent as checkedVat } from '../../validation/vat';
import { InputError } from '../../api';
import { toList, toObject } from '../../utils/objects';
import { unwrap, restoreNumber } from '../shared/bookkeeping/rows';
import { foldName } from '../shared/invoiceRecord';

/** A part of an invoice that is credited: a quantity or an amount of a row, or an amount at a VAT rate. */
export interface CreditPart {
	/** Its place in the form, from 0. */
	place: number;
	/** Row number, product name or product code. */
	row?: string;
	quantity?: Decimal;
	vatPercent?: Decimal;
	/** In the currency and with or without VAT as the prices of the invoice. */
	amount?: Decimal;
}

/** A row of a credit, and the row of the invoice that it takes back, from 0. */
export interface CreditRow {
	source: number;
	body: IDataObject;
	sums: Sums;
}

/** Where a value of a part is in the form, for messages. */
const partLabel = ({ place }: { place: number }, label: string): string => `Credit Only ${place + 1}, ${label}`;

/** The most characters of the parts that are written into the notes in words. */
const MAX_TEXT_LENGTH = 500;

/** Reads the parts as a person gave them. @throws InputError that names the part and the field */
export function readCreditParts(given: readonly IDataObject[]): CreditPart[] {
	return given.map((one, place) => {
		const text = (name: string): string => String(one[name] ?? '').trim();
		const number = (name: string, label: string, decimals: number): Decimal | undefined =>
			text(name) === ''
				? undefined
				: unwrap(partLabel({ place }, label), decimalWithin(restoreNumber(one[name]), decimals));
		const label = partLabel({ place }, 'VAT %');
		const part: CreditPart = {
			place,
			row: text('row') || undefined,
			quantity: number('quantity', 'Quantity', 6),
			amount: number('amount', 'Amount', 2),
			vatPercent:
				text('vatPercent') === ''
					? undefined
					: unwrap(label, decimal(unwrap(label, checkedVat(restoreNumber(one.vatPercent))))),
		};
		checkPart(part);
		return part;
	});
}

function checkPart(part: CreditPart): void {
	const { row, quantity, amount, vatPercent } = part;
	if (row === undefined && (vatPercent === undefined || amount === undefined))
		throw new InputError(partLabel(part, 'Row'), 'is empty', 'Enter a row, or a VAT rate and an amount.');
	if (row === undefined && quantity !== undefined)
		throw new InputError(partLabel(part, 'Quantity'), 'needs a row', 'Enter the row, or remove the quantity.');
	if (quantity !== undefined && amount !== undefined)
		throw new InputError(partLabel(part, 'Quantity'), 'and Amount are both given', 'Enter one of them.');
	for (const [label, value] of [
		['Quantity', quantity],
		['Amount', amount],
	] as const)
		if (value && value.digits <= 0n) throw new InputError(partLabel(part, label), `is not above 0: ${toText(value)}`);
}

/** Returns the parts as text, equal for equal parts; it identifies the credit. */
export function describeParts(parts: readonly CreditPart[]): string {
	const text = parts
		.map(({ row, quantity, vatPercent, amount }) =>
			[
				row === undefined ? '' : `row ${row}`,
				quantity && `quantity ${toText(quantity)}`,
				vatPercent && `VAT ${toText(vatPercent)} %`,
				amount && toText(amount, 2),
			]
				.filter((word) => word)
				.join(' '),
		)
		.sort()
		.join(', ');
	return text.length > MAX_TEXT_LENGTH ? createHash('sha256').update(text).digest('hex').slice(0, 32) : text;
}

/** The terms of an invoice that decide what its rows are worth. */
interface Terms {
	pricesIncludeVat: boolean;
	discount: Decimal;
}

const readTerms = ({ extraInfo, discountPercent }: IDataObject): Terms => ({
	pricesIncludeVat: toObject(extraInfo).unitPricesIncludeVat === true,
	discount: unwrap('Discount %', decimal(discountPercent ?? 0)),
});

const rowTotals = (row: IDataObject, { pricesIncludeVat, discount }: Terms): Sums =>
	rowSums(unwrap('Rows', readRow(row)), pricesIncludeVat, discount);

/** Returns the total of an invoice with VAT. */
export function grossTotal(invoice: IDataObject): Decimal {
	const terms = readTerms(invoice);
	return sum(toList(invoice.invoiceRows).map((row) => rowTotals(row, terms).gross));
}

/** What a row is worth in the way in which the invoice gives its prices. */
const rowAmount = (row: IDataObject, terms: Terms): Decimal => {
	const { net, gross } = rowTotals(row, terms);
	return terms.pricesIncludeVat ? gross : net;
};

/**
 * Returns the totals of an invoice's or a credit's rows with VAT, by product and VAT rate. The rows of a credit keep
 * both.
 */
export function amountByProduct(record: IDataObject): Map<string, Decimal> {
	const terms = readTerms(record);
	const worth = new Map<string, Decimal>();
	for (const row of toList(record.invoiceRows)) {
		const name = `${String(row.product)}, VAT ${toText(unwrap('VAT %', decimal(row.vatPercent ?? 0)))} %`;
		worth.set(name, sum([worth.get(name) ?? zero, absolute(rowTotals(row, terms).gross)]));
	}
	return worth;
}

/**
 * The rows of a partial credit. An amount at a VAT rate is divided among the rows with that rate by their worth, so that
 * each part keeps the account and the dimensions of its row.
 * @throws InputError for a row or a rate that the invoice does not have, and for more than it is worth
 */
export function toCreditRows(
	invoice: IDataObject,
	parts: readonly CreditPart[],
): { rows: CreditRow[]; discount: Decimal } {
	const own = readTerms(invoice);
	const invoiceRows = toList(invoice.invoiceRows);
	const hasAmounts = parts.some(({ amount }) => amount !== undefined);
	if (hasAmounts && own.discount.digits !== 0n && parts.some(({ amount }) => amount === undefined))
		throw new InputError(
			'Credit Only',
			`has amounts and quantities, and the invoice has a discount of ${toText(own.discount)} % on all rows`,
			'Credit all parts by amount, or all by quantity.',
		);
	// Amounts are what is credited in the end, so nothing is taken off them.
	const terms = hasAmounts ? { ...own, discount: zero } : own;
	const used = invoiceRows.map(() => zero);
	const rows = parts
		.flatMap((part) => bodiesForPart(part, invoiceRows, own))
		.map(({ source, body, part }): CreditRow => {
			const worth = absolute(rowAmount(body, terms));
			used[source] = subtract(used[source], negate(worth));
			const most = absolute(rowAmount(invoiceRows[source], own));
			if (compare(used[source], most) > 0)
				throw new InputError(
					partLabel(part, part.quantity ? 'Quantity' : 'Amount'),
					`takes more than row ${source + 1} of the invoice is worth: ${toText(used[source], 2)} of ${toText(most, 2)}`,
					'Credit less.',
				);
			return { source, body, sums: rowTotals(body, terms) };
		});
	return { rows, discount: terms.discount };
}

type PartBody = Pick<CreditRow, 'source' | 'body'> & { part: CreditPart };

function bodiesForPart(part: CreditPart, rows: readonly IDataObject[], terms: Terms): PartBody[] {
	if (part.row === undefined) return bodiesForRate(part, rows, terms);
	const source = findRow(part, rows);
	const row = rows[source];
	if (part.amount) return [{ source, part, body: withAmount(row, negating(part.amount, rowAmount(row, terms))) }];
	const all = unwrap(partLabel(part, 'Quantity'), decimal(row.quantity));
	const quantity = part.quantity ? negating(part.quantity, all) : negate(all);
	return [{ source, part, body: { ...row, quantity: unwrap(partLabel(part, 'Quantity'), toNumber(quantity)) } }];
}

/** A size with the sign that takes a value back. */
const negating = (size: Decimal, value: Decimal): Decimal => (value.digits < 0n ? size : negate(size));

function withAmount(row: IDataObject, amount: Decimal): IDataObject {
	const isNegative = amount.digits < 0n;
	const unitPrice = unwrap('Amount', toNumber(absolute(amount)));
	return { ...row, quantity: isNegative ? -1 : 1, unitPrice, discountPercent: 0 };
}

function findRow(part: CreditPart, rows: readonly IDataObject[]): number {
	const wanted = String(part.row);
	const byNumber = /^\d{1,4}$/.test(wanted) ? Number(wanted) - 1 : -1;
	const named = rows.flatMap(({ product, productCode }, index) =>
		[product, productCode].some((name) => foldName(String(name ?? '')) === foldName(wanted)) ? [index] : [],
	);
	const found = byNumber in rows ? [byNumber] : named;
	if (found.length === 1) return found[0];
	throw new InputError(
		partLabel(part, 'Row'),
		`${found.length ? 'names several rows' : 'names no row'} of the invoice: "${wanted}"`,
		`Enter a row number from 1 to ${rows.length}, or the name or code of a product that only one row has.`,
	);
}

function bodiesForRate(part: CreditPart, rows: readonly IDataObject[], terms: Terms): PartBody[] {
	const [rate, amount] = [part.vatPercent as Decimal, part.amount as Decimal];
	const rateOf = ({ vatPercent }: IDataObject): Decimal => unwrap('VAT %', decimal(vatPercent ?? 0));
	const own = rows
		.map((row, source) => ({ source, row, worth: rowAmount(row, terms) }))
		.filter(({ row, worth }) => equal(rateOf(row), rate) && worth.digits !== 0n);
	const total = sum(own.map(({ worth }) => worth));
	if (own.length === 0)
		throw new InputError(
			partLabel(part, 'VAT %'),
			`is not a rate of the invoice: ${toText(rate)}`,
			`Its rates are ${[...new Set(rows.map((row) => toText(rateOf(row))))].join(', ')}.`,
		);
	if (compare(amount, absolute(total)) > 0)
		throw new InputError(
			partLabel(part, 'Amount'),
			`is more than the rows at ${toText(rate)} % are worth: ${toText(amount, 2)} of ${toText(absolute(total), 2)}`,
			'Credit less.',
		);
	const whole = negating(amount, total);
	let worthSoFar = zero;
	let sharedSoFar = zero;
	return own.flatMap(({ source, row, worth }) => {
		worthSoFar = subtract(worthSoFar, negate(worth));
		// Rounded running totals: the parts always add up to the whole.
		const shared = divide(multiply(whole, worthSoFar), total);
		const share = subtract(shared, sharedSoFar);
		sharedSoFar = shared;
		return share.digits === 0n ? [] : [{ source, part, body: withAmount(row, share) }];
	});
}
