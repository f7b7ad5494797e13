import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import {
	absolute,
	compare,
	parseDecimal,
	decimalWithin,
	divide,
	equal,
	multiply,
	negate,
	subtract,
	sum,
	toNumber,
	toText,
	ZERO,
	type Decimal,
} from '../../validation/money';
import { readRow, rowSums, type Sums } from '../../validation/sums';
import { parseVatPercent } from '../../validation/vat';
import { InputError } from '../../api';
import { toList, toObject } from '../../utils/objects';
import { unwrap, restoreNumber } from '../shared/bookkeeping/rows';
import { foldName } from '../shared/invoiceRecord';

/** A part of an invoice that is credited: a quantity or an amount of a row, or an amount at a VAT rate. */
export interface CreditPart {
	/** Its position in the form, from 0. */
	index: number;
	/** Row number, product name or product code. */
	row?: string;
	quantity?: Decimal;
	vatPercent?: Decimal;
	/** In the invoice's currency, with VAT if the invoice's prices include it. */
	amount?: Decimal;
}

/** A row of a credit. */
export interface CreditRow {
	/** The position of the invoice's row that it credits, from 0. */
	source: number;
	body: IDataObject;
	sums: Sums;
}

/** Returns a field of a part as messages name it: `Credit Only 2, Amount`. */
const partLabel = ({ index }: { index: number }, label: string): string => `Credit Only ${index + 1}, ${label}`;

/** Longer descriptions are replaced by a hash in the notes. */
const MAX_TEXT_LENGTH = 500;

/** Reads the parts that the user entered. @throws {InputError} that names the part and the field */
export function readCreditParts(given: readonly IDataObject[]): CreditPart[] {
	return given.map((row, index) => {
		const text = (name: string): string => String(row[name] ?? '').trim();
		const number = (name: string, label: string, decimals: number): Decimal | undefined =>
			text(name) === ''
				? undefined
				: unwrap(partLabel({ index }, label), decimalWithin(restoreNumber(row[name]), decimals));
		const label = partLabel({ index }, 'VAT %');
		const part: CreditPart = {
			index,
			row: text('row') || undefined,
			quantity: number('quantity', 'Quantity', 6),
			amount: number('amount', 'Amount', 2),
			vatPercent:
				text('vatPercent') === ''
					? undefined
					: unwrap(label, parseDecimal(unwrap(label, parseVatPercent(restoreNumber(row.vatPercent))))),
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

/** Returns a text that is the same for the same parts. It identifies the credit. */
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

/** The terms of an invoice that its row totals depend on. */
interface Terms {
	pricesIncludeVat: boolean;
	discount: Decimal;
}

const readTerms = ({ extraInfo, discountPercent }: IDataObject): Terms => ({
	pricesIncludeVat: toObject(extraInfo).unitPricesIncludeVat === true,
	discount: unwrap('Discount %', parseDecimal(discountPercent ?? 0)),
});

const rowTotals = (row: IDataObject, { pricesIncludeVat, discount }: Terms): Sums =>
	rowSums(unwrap('Rows', readRow(row)), pricesIncludeVat, discount);

/** Returns the total of an invoice with VAT. */
export function grossTotal(invoice: IDataObject): Decimal {
	const terms = readTerms(invoice);
	return sum(toList(invoice.invoiceRows).map((row) => rowTotals(row, terms).gross));
}

/** Returns a row's total, with VAT if the invoice's prices include it. */
const rowAmount = (row: IDataObject, terms: Terms): Decimal => {
	const { net, gross } = rowTotals(row, terms);
	return terms.pricesIncludeVat ? gross : net;
};

/**
 * Returns the row totals of an invoice or a credit with VAT, by product and VAT rate. A credit's rows keep both.
 */
export function amountByProduct(record: IDataObject): Map<string, Decimal> {
	const terms = readTerms(record);
	const totals = new Map<string, Decimal>();
	for (const row of toList(record.invoiceRows)) {
		const name = `${String(row.product)}, VAT ${toText(unwrap('VAT %', parseDecimal(row.vatPercent ?? 0)))} %`;
		totals.set(name, sum([totals.get(name) ?? ZERO, absolute(rowTotals(row, terms).gross)]));
	}
	return totals;
}

/**
 * Returns the rows of a partial credit. An amount at a VAT rate is divided among the rows with that rate in proportion to
 * their totals, so that each share keeps the account and the dimensions of its row.
 * @throws {InputError} for a row or a rate that the invoice does not have, and for more than its total
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
	// Given amounts are after discount.
	const terms = hasAmounts ? { ...own, discount: ZERO } : own;
	const credited = invoiceRows.map(() => ZERO);
	const rows = parts
		.flatMap((part) => bodiesForPart(part, invoiceRows, own))
		.map(({ source, body, part }): CreditRow => {
			credited[source] = sum([credited[source], absolute(rowAmount(body, terms))]);
			const max = absolute(rowAmount(invoiceRows[source], own));
			if (compare(credited[source], max) > 0)
				throw new InputError(
					partLabel(part, part.quantity ? 'Quantity' : 'Amount'),
					`takes more than row ${source + 1} of the invoice is worth: ${toText(credited[source], 2)} of ${toText(max, 2)}`,
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
	if (part.amount)
		return [{ source, part, body: withAmount(row, withOppositeSign(part.amount, rowAmount(row, terms))) }];
	const rowQuantity = unwrap(partLabel(part, 'Quantity'), parseDecimal(row.quantity));
	const quantity = part.quantity ? withOppositeSign(part.quantity, rowQuantity) : negate(rowQuantity);
	return [{ source, part, body: { ...row, quantity: unwrap(partLabel(part, 'Quantity'), toNumber(quantity)) } }];
}

/** Returns a positive amount with the sign opposite to that of a value. */
const withOppositeSign = (amount: Decimal, value: Decimal): Decimal => (value.digits < 0n ? amount : negate(amount));

/** Returns a row with a total, as a quantity of 1 or -1. */
function withAmount(row: IDataObject, amount: Decimal): IDataObject {
	const isNegative = amount.digits < 0n;
	const unitPrice = unwrap('Amount', toNumber(absolute(amount)));
	return { ...row, quantity: isNegative ? -1 : 1, unitPrice, discountPercent: 0 };
}

function findRow(part: CreditPart, rows: readonly IDataObject[]): number {
	const wanted = String(part.row);
	const byNumber = /^\d{1,4}$/.test(wanted) ? Number(wanted) - 1 : -1;
	const byName = rows.flatMap(({ product, productCode }, index) =>
		[product, productCode].some((name) => foldName(String(name ?? '')) === foldName(wanted)) ? [index] : [],
	);
	const found = byNumber in rows ? [byNumber] : byName;
	if (found.length === 1) return found[0];
	throw new InputError(
		partLabel(part, 'Row'),
		`${found.length ? 'names several rows' : 'names no row'} of the invoice: "${wanted}"`,
		`Enter a row number from 1 to ${rows.length}, or the name or code of a product that only one row has.`,
	);
}

function bodiesForRate(part: CreditPart, rows: readonly IDataObject[], terms: Terms): PartBody[] {
	const [rate, amount] = [part.vatPercent as Decimal, part.amount as Decimal];
	const rateOf = ({ vatPercent }: IDataObject): Decimal => unwrap('VAT %', parseDecimal(vatPercent ?? 0));
	const rowsAtRate = rows
		.map((row, source) => ({ source, row, total: rowAmount(row, terms) }))
		.filter(({ row, total }) => equal(rateOf(row), rate) && total.digits !== 0n);
	const totalAtRate = sum(rowsAtRate.map(({ total }) => total));
	if (rowsAtRate.length === 0)
		throw new InputError(
			partLabel(part, 'VAT %'),
			`is not a rate of the invoice: ${toText(rate)}`,
			`Its rates are ${[...new Set(rows.map((row) => toText(rateOf(row))))].join(', ')}.`,
		);
	if (compare(amount, absolute(totalAtRate)) > 0)
		throw new InputError(
			partLabel(part, 'Amount'),
			`is more than the rows at ${toText(rate)} % are worth: ${toText(amount, 2)} of ${toText(absolute(totalAtRate), 2)}`,
			'Credit less.',
		);
	const credit = withOppositeSign(amount, totalAtRate);
	let runningTotal = ZERO;
	let runningCredit = ZERO;
	return rowsAtRate.flatMap(({ source, row, total }) => {
		runningTotal = sum([runningTotal, total]);
		// Rounding running totals makes the shares add up to the full amount.
		const creditSoFar = divide(multiply(credit, runningTotal), totalAtRate);
		const share = subtract(creditSoFar, runningCredit);
		runningCredit = creditSoFar;
		return share.digits === 0n ? [] : [{ source, part, body: withAmount(row, share) }];
	});
}
