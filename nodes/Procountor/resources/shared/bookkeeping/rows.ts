import type { IDataObject } from 'n8n-workflow';
import { recordId } from '../../../engine/recordId';
import { compare, parseDecimal, decimalWithin, type Decimal, HUNDRED, ZERO } from '../../../validation/money';
import { parseVatPercent, withoutPercentSign } from '../../../validation/vat';
import type { Result } from '../../../validation/result';
import { InputError } from '../../../api';
import { toList } from '../../../utils/objects';
import { priceFromTotal } from './rowTotal';

/** A row of an invoice as the user entered it: texts and dates in the API's form, numbers as exact decimals. */
export interface GivenRow {
	/** Its position, from 0. */
	row: number;
	/** Fields that are copied to the invoice: product, product code, comment, texts, accrual dates. */
	fields: IDataObject;
	productId?: number;
	unit?: string;
	quantity?: Decimal;
	unitPrice?: Decimal;
	/** The unit price before discounts, if the row total decides the unit price. */
	listPrice?: Decimal;
	discountPercent?: Decimal;
	vatPercent?: Decimal;
	/** A number, a code or a name. */
	vatStatus?: string;
	account?: string;
	dimensions: GivenDimension[];
	/** The text of a heading; the row has no product. */
	header?: string;
}

/** A dimension item by names or IDs. */
export interface GivenDimension {
	dimension: string;
	item: string;
	percent?: Decimal;
	amount?: Decimal;
}

/** Returns a row's field as messages name it: `Row 3, Unit Price`. */
export function rowLabel(row: number, label: string): string {
	return `Row ${row + 1}, ${label}`;
}

/** Returns the value of a result. @throws {InputError} with the label for a failure */
export function unwrap<T>(label: string, result: Result<T>): T {
	if (result.ok) return result.value;
	throw new InputError(label, result.message, result.advice && `${result.advice}.`);
}

/**
 * Converts a number that has become text back to a number, so that binary noise is recognized: 256.84000000000003 means
 * 256.84.
 */
export function restoreNumber(value: unknown): unknown {
	const isNumber = typeof value === 'string' && value.trim() !== '' && String(Number(value)) === value.trim();
	return isNumber ? Number(value) : value;
}

/** Reads a percentage with or without its sign: `10 %`. */
function readPercent(label: string, value: unknown): Decimal {
	return unwrap(label, decimalWithin(restoreNumber(typeof value === 'string' ? withoutPercentSign(value) : value), 4));
}

const TOTAL = 'Row Total';
const ONE: Decimal = { digits: 1n, scale: 0 };
const COPIED_FIELDS = ['product', 'productCode', 'comment', 'startDate', 'endDate', 'headerText', 'explanationText'];

/** Reads the rows of an invoice. @throws {InputError} that names row and column */
export function readRows(rows: readonly IDataObject[]): GivenRow[] {
	if (rows.length === 0) throw new InputError('Rows', 'are empty', 'An invoice has at least one row.');
	const read = rows.map((given, row) => readRow(omitEmptyTexts(given), row));
	if (read.every(({ header }) => header !== undefined))
		throw new InputError('Rows', 'are headings only', 'Add a row with a product.');
	return read;
}

/** Returns a row without empty texts, which web shops send for missing values. */
function omitEmptyTexts(given: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

function readRow(given: IDataObject, row: number): GivenRow {
	const read = <T>(name: string, reader: (value: unknown) => T): T | undefined =>
		given[name] === undefined ? undefined : reader(given[name]);
	const number = (label: string) => (value: unknown) =>
		unwrap(rowLabel(row, label), parseDecimal(restoreNumber(value)));
	const result: GivenRow = {
		row,
		fields: Object.fromEntries(
			COPIED_FIELDS.filter((name) => given[name] !== undefined).map((name) => [
				name,
				name === 'productCode' ? String(given[name]).trim() : given[name],
			]),
		),
		unit: given.unit as string | undefined,
		quantity: read('quantity', number('Quantity')),
		unitPrice: read('unitPrice', number('Unit Price')),
		discountPercent: read('discountPercent', (value) => readDiscount(rowLabel(row, 'Discount %'), value)),
		vatPercent: read('vatPercent', (value) => readVatPercent(rowLabel(row, 'VAT %'), value)),
		vatStatus: given.vatStatus as string | undefined,
		account: read('account', (value) => String(value).trim()),
		dimensions: readRowDimensions(given, (name) => rowLabel(row, name)),
		header: read('header', String),
		productId: read('productId', (value) =>
			recordId(rowLabel(row, 'Product'), value, 'Enter a code under Product Code.'),
		),
	};
	const total = read('total', number(TOTAL));
	checkAccrual(given, row);
	if (result.header !== undefined) refuseAmounts(result, total);
	else if (result.productId === undefined && given.product === undefined && given.productCode === undefined)
		throw new InputError(rowLabel(row, 'Product'), 'is empty', 'Choose a product, or enter its code or a name.');
	return total ? withTotal(result, total) : result;
}

/** Derives quantity and price of a row from its total. */
function withTotal(given: GivenRow, total: Decimal): GivenRow {
	const { row, fields, quantity = ONE, unitPrice, discountPercent } = given;
	if (discountPercent && discountPercent.digits !== 0n)
		throw new InputError(rowLabel(row, TOTAL), 'is after discounts', 'Remove Discount %, or give Unit Price alone.');
	const { comment, ...price } = priceFromTotal(total, { quantity, unitPrice }, fields.comment);
	return { ...given, ...price, discountPercent: ZERO, fields: comment === undefined ? fields : { ...fields, comment } };
}

function readDiscount(label: string, value: unknown): Decimal {
	const percent = readPercent(label, value);
	if (compare(percent, HUNDRED) > 0) throw new InputError(label, 'is more than 100');
	if (percent.digits < 0n) throw new InputError(label, 'is below 0', 'Enter a surcharge in a row of its own.');
	return percent;
}

function readVatPercent(label: string, value: unknown): Decimal {
	return unwrap(label, parseDecimal(unwrap(label, parseVatPercent(restoreNumber(value)))));
}

function checkAccrual({ startDate, endDate }: IDataObject, row: number): void {
	if (startDate !== undefined && endDate !== undefined && String(endDate) < String(startDate))
		throw new InputError(rowLabel(row, 'Accrual End'), `is before the accrual start ${String(startDate)}`);
}

/** Refuses a price or an account on a heading, because a heading has no amount. */
function refuseAmounts(
	{ row, quantity, unitPrice, account, dimensions, productId: product }: GivenRow,
	total: Decimal | undefined,
): void {
	const sums = [quantity, unitPrice, total].some((value) => value !== undefined && value.digits !== 0n);
	if (sums || account !== undefined || dimensions.length || product !== undefined)
		throw new InputError(
			rowLabel(row, 'Heading'),
			'stands in a row with a product, a sum or an account',
			'Enter the heading in a row of its own.',
		);
}

/**
 * Reads the dimensions of a row from its own fields and from the table inside it.
 * @param labelOf returns a field's label in messages
 */
export function readRowDimensions(
	{ dimensionId, itemId, dimensions }: IDataObject,
	labelOf: (name: string) => string,
): GivenDimension[] {
	const isGiven = [dimensionId, itemId].some((value) => String(value ?? '').trim() !== '');
	const own = isGiven ? [readDimension({ dimensionId, itemId }, labelOf('Dimension'))] : [];
	const others = toList(dimensions).map((given, index) => readDimension(given, labelOf(`Dimension ${index + 1}`)));
	return [...own, ...others];
}

function readDimension(given: IDataObject, label: string): GivenDimension {
	const text = (name: string): string => String(given[name] ?? '').trim();
	if (text('dimensionId') === '' || text('itemId') === '')
		throw new InputError(label, 'needs both a dimension and an item');
	const percent = text('percent') === '' ? undefined : readPercent(`${label}, Share %`, given.percent);
	const amount =
		text('amount') === '' ? undefined : unwrap(`${label}, Amount`, decimalWithin(restoreNumber(given.amount), 2));
	if (percent && amount) throw new InputError(label, 'has both a share and an amount', 'Enter one of them.');
	return { dimension: text('dimensionId'), item: text('itemId'), percent, amount };
}
