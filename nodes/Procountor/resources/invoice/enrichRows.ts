import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, divide, negate, toNumber, toText, ZERO, type Decimal } from '../../validation/money';
import { rowSums, type RowAmounts, type Sums } from '../../validation/sums';
import { InputError } from '../../api';
import type { Posting, WantedRow } from '../shared/bookkeeping/matchRows';
import { rowLabel, unwrap, type GivenRow } from '../shared/bookkeeping/rows';
import type { Vat } from './vat';
import { listAt } from '../../utils/objects';

/** A row in the API's form, with the values that later steps need. */
export interface EnrichedRow {
	row: number;
	body: IDataObject;
	amounts: RowAmounts;
	posting?: Posting;
}

/** The terms that the rows of an invoice share. */
export interface RowTerms {
	currency: string;
	/** Whether the prices of the rows include VAT. */
	pricesIncludeVat: boolean;
	/** Reads whether the prices of the product register include VAT; undefined if that is unknown. */
	registerIncludesVat: () => Promise<boolean | undefined>;
	language?: string;
	vat: Vat;
	/** Whether the rows may have texts above and below them. */
	hasTexts: boolean;
}

const ONE: Decimal = { digits: 1n, scale: 0 };
/** The most characters of a heading in the product name. */
const MAX_NAME_LENGTH = 80;

/** Completes a row's quantity, price, unit and VAT from the product register. */
export async function enrichRow(
	given: GivenRow,
	product: IDataObject | undefined,
	terms: RowTerms,
): Promise<EnrichedRow> {
	const { row } = given;
	if (!terms.hasTexts && (given.fields.headerText !== undefined || given.fields.explanationText !== undefined)) {
		throw new InputError(
			rowLabel(row, 'Header Text'),
			'or explanation text cannot stand on this type of invoice',
			'Use the comment, or a heading row.',
		);
	}
	const status = terms.vat.rowStatus(row, given.vatStatus);
	const percent = await terms.vat.percent(
		row,
		given.vatPercent && Number(toText(given.vatPercent)),
		status,
		product?.vat,
	);
	const amounts: RowAmounts = {
		quantity: given.quantity ?? ONE,
		unitPrice: given.unitPrice ?? (await priceFromRegister(row, product, percent, terms)),
		discountPercent: given.discountPercent ?? toDecimal(product?.discount ?? 0),
		vatPercent: toDecimal(percent),
	};
	const body: IDataObject = {
		...given.fields,
		...productFields(given, product, terms.language),
		vatStatus: status,
	};
	return { row, body: { ...encodeLineBreaks(body), ...amountFields(row, amounts) }, amounts };
}

/** Returns the name, code and unit of a row's product: the given ones, or the register's. */
function productFields(
	{ fields, unit }: GivenRow,
	product: IDataObject | undefined,
	language: string | undefined,
): IDataObject {
	return {
		product: fields.product ?? localizedName(product, language),
		...(product ? { productId: product.id, productCode: fields.productCode ?? product.code } : {}),
		unit: unit ?? product?.unit ?? 'PIECE',
	};
}

/**
 * Returns a heading as a row of zero. Its first line becomes the product name and the rest becomes the comment. Its VAT
 * rate and VAT status are those of another row, so that they are allowed on the invoice.
 */
export function headingRow(
	{ row, header = '', fields }: GivenRow,
	{ amounts: { vatPercent }, body: { vatStatus } }: EnrichedRow,
): EnrichedRow {
	const amounts: RowAmounts = { quantity: ZERO, unitPrice: ZERO, discountPercent: ZERO, vatPercent };
	const [name, rest] = splitHeading(header.trim());
	const comment = [rest, fields.comment].filter((text) => text !== undefined && text !== '').join('\n') || undefined;
	const body = encodeLineBreaks({ ...fields, product: name || '-', comment, unit: 'NO_UNIT', vatStatus });
	return { row, body: { ...body, ...amountFields(row, amounts) }, amounts };
}

/** Splits a heading into a first line that fits into a product name, cut between words, and the rest. */
function splitHeading(text: string): [name: string, rest: string] {
	const line = text.split(/\r?\n/)[0];
	const space = line.lastIndexOf(' ', MAX_NAME_LENGTH);
	const end = line.length <= MAX_NAME_LENGTH ? line.length : space > 0 ? space : MAX_NAME_LENGTH;
	return [text.slice(0, end).trim(), text.slice(end).trim()];
}

/** Returns a row's totals on the invoice, in the invoice's currency. */
export function rowTotals(
	{ amounts }: EnrichedRow,
	{ pricesIncludeVat }: Pick<RowTerms, 'pricesIncludeVat'>,
	discountPercent: Decimal,
): Sums {
	return rowSums(amounts, pricesIncludeVat, discountPercent);
}

/** Returns the net total that a row's transaction should have in the books' currency; sales are negative. */
export function toWantedRow(complete: EnrichedRow, sums: Sums, rate: Decimal, isSale: boolean): WantedRow {
	const amount = divide(sums.net, rate);
	return {
		row: complete.row,
		amount: isSale ? negate(amount) : amount,
		vatPercent: complete.amounts.vatPercent,
		text: String(complete.body.product),
		posting: complete.posting,
	};
}

async function priceFromRegister(
	row: number,
	product: IDataObject | undefined,
	percent: number,
	{ currency, pricesIncludeVat, registerIncludesVat }: RowTerms,
): Promise<Decimal> {
	const label = rowLabel(row, 'Unit Price');
	if (!product) throw new InputError(label, 'is empty');
	if (product.currency !== undefined && product.currency !== currency)
		throw new InputError(
			label,
			`is empty, and the product's price is in ${String(product.currency)}, not in ${currency}`,
			'Enter the price.',
		);
	// At 0 % both prices are the same. The prices of travel products always include VAT.
	const included = percent === 0 || product.type === 'TRAVEL' ? undefined : await registerIncludesVat();
	if (included !== undefined && included !== pricesIncludeVat) {
		throw new InputError(
			label,
			`is empty, and the prices of the product register are ${included ? 'with' : 'without'} VAT, those of this invoice are not`,
			"Enter the price, or change 'Prices Include VAT'.",
		);
	}
	return toDecimal(product.price);
}

function toDecimal(value: unknown): Decimal {
	return unwrap('Product', parseDecimal(value));
}

/** Returns the product's name in the language of the invoice if the register has one. */
function localizedName(product: IDataObject | undefined, language: string | undefined): string | undefined {
	const local = listAt(product, 'productLocalizations').find((one) => one.language === language);
	return (local?.productName || product?.name) as string | undefined;
}

/** Writes line breaks of a comment as backslashes, as Procountor does. */
function encodeLineBreaks(body: IDataObject): IDataObject {
	return body.comment === undefined ? body : { ...body, comment: String(body.comment).replace(/\s*\r?\n\s*/g, '\\') };
}

function amountFields(row: number, { quantity, unitPrice, discountPercent, vatPercent }: RowAmounts): IDataObject {
	return {
		quantity: unwrap(rowLabel(row, 'Quantity'), toNumber(quantity)),
		unitPrice: unwrap(rowLabel(row, 'Unit Price'), toNumber(unitPrice)),
		discountPercent: unwrap(rowLabel(row, 'Discount %'), toNumber(discountPercent)),
		vatPercent: unwrap(rowLabel(row, 'VAT %'), toNumber(vatPercent)),
	};
}
