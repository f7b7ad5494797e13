import type { IDataObject } from 'n8n-workflow';
import { parseDate } from '../../../validation/dates';
import { add, percentOf, round, sum, toText, ZERO, type Decimal } from '../../../validation/money';
import { readRow, rowSums, type RowAmounts, type Sums } from '../../../validation/sums';
import { InputError } from '../../../api';
import { truncate, wrapText } from './writeParties';
import { branch, leaf, type XmlNode } from './xmlWriter';
import { listAt } from '../../../utils/objects';

/** A row of an invoice to be written, with its sums. */
export interface WrittenRow {
	record: IDataObject;
	amounts: RowAmounts;
	sums: Sums;
	vatCode?: string;
	/** Whether quantity and price are zero, as in a row with only text. */
	isText: boolean;
}

/** The rows with one VAT rate. */
export interface VatGroup {
	vatPercent: Decimal;
	vatCode?: string;
	base: Decimal;
	vat: Decimal;
}

/** Codes of UN/ECE recommendation 20 for Procountor's most common units. */
const UNIT_CODES: Readonly<Record<string, string>> = {
	PIECE: 'C62',
	HOUR: 'HUR',
	KILOGRAM: 'KGM',
	KILOMETER: 'KMT',
	LITER: 'LTR',
	METER: 'MTR',
	SQUARE_METER: 'MTK',
	CUBIC_METER: 'MTQ',
	MONTH: 'MON',
	DAY: 'DAY',
	WEEK: 'WEE',
	YEAR: 'ANN',
	MINUTE: 'MIN',
	TON: 'TNE',
	KILOWATT_HOUR: 'KWH',
};
/** Codes of UNTDID 5305 by known numbers of Procountor's VAT status: outside the EU, EU goods, no VAT, EU services. */
const VAT_CODES: Readonly<Record<number, string>> = { 3: 'G', 5: 'K', 12: 'O', 22: 'AE' };
const MAX_TEXT_LENGTH = 512;
const MAX_TEXTS = 20;

/** Formats a number with a decimal comma. */
export const formatDecimal = (value: Decimal, places?: number): string => toText(value, places, ',');

/** Returns an element with an amount. */
export function amountElement(name: string, value: Decimal | undefined, currency: string): XmlNode | undefined {
	return value && leaf(name, formatDecimal(value, 2), { AmountCurrencyIdentifier: currency });
}

/** Calculates the sums of an invoice's rows. Throws an InputError that names an invalid row. */
export function prepareRows(invoice: IDataObject, includesVat: boolean, discountPercent: Decimal): WrittenRow[] {
	return listAt(invoice, 'invoiceRows').map((record, index) => {
		const isHeading = typeof record.header === 'string';
		const read = isHeading ? headingAmounts : readRow(record);
		if (!read.ok) throw new InputError(`Row ${index + 1}`, read.message, read.advice && `${read.advice}.`);
		const amounts = read.value;
		const status = Number(record.vatStatus ?? invoice.vatStatus);
		return {
			record,
			amounts,
			sums: rowSums(amounts, includesVat, discountPercent),
			vatCode: amounts.vatPercent.digits > 0n ? 'S' : VAT_CODES[status],
			isText: amounts.quantity.digits === 0n && amounts.unitPrice.digits === 0n,
		};
	});
}

const headingAmounts = {
	ok: true as const,
	value: { quantity: ZERO, unitPrice: ZERO, discountPercent: ZERO, vatPercent: ZERO },
};

/**
 * Groups VAT by rate, the highest rate first. With `byGroup`, VAT is calculated from the group's base; otherwise the
 * rows' VAT is added up.
 */
export function vatGroups(rows: readonly WrittenRow[], byGroup: boolean): VatGroup[] {
	const groups = new Map<string, WrittenRow[]>();
	for (const row of rows.filter(({ isText }) => !isText)) {
		const key = `${toText(row.amounts.vatPercent)} ${row.vatCode ?? ''}`;
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()]
		.map((members) => {
			const { amounts, vatCode } = members[0];
			const base = sum(members.map(({ sums }) => sums.net));
			const vat = byGroup ? round(percentOf(base, amounts.vatPercent)) : sum(members.map(({ sums }) => sums.vat));
			return { vatPercent: amounts.vatPercent, vatCode, base, vat };
		})
		.sort((a, b) => Number(toText(b.vatPercent)) - Number(toText(a.vatPercent)));
}

/** Returns the element for one VAT rate. */
export function vatElement({ vatPercent, vatCode, base, vat }: VatGroup, currency: string): XmlNode | undefined {
	return branch('VatSpecificationDetails', [
		amountElement('VatBaseAmount', base, currency),
		leaf('VatRatePercent', formatDecimal(vatPercent)),
		leaf('VatCode', vatCode),
		amountElement('VatRateAmount', vat, currency),
	]);
}

/** Returns a row as an element; the row's discount and the invoice's discount follow each other. */
export function rowElement(row: WrittenRow, currency: string, includesVat: boolean, discountPercent: Decimal): XmlNode {
	const { record } = row;
	const texts = [record.headerText, record.header, record.comment, record.explanationText]
		.filter((text): text is string => typeof text === 'string' && text !== record.product)
		.map((text) => text.replaceAll('\\', ' '))
		.flatMap((text) => wrapText(truncate(text, MAX_TEXT_LENGTH * 2), MAX_TEXT_LENGTH, 2));
	const children = [
		leaf('ArticleIdentifier', truncate(record.productCode, 70)),
		leaf('ArticleName', truncate(record.product, 100)),
		...(row.isText ? [] : priceElements(row, currency, includesVat)),
		...texts.slice(0, MAX_TEXTS).map((text) => leaf('RowFreeText', text)),
		...(row.isText ? [] : sumElements(row, currency, discountPercent)),
	];
	return branch('InvoiceRow', children) ?? { name: 'InvoiceRow', attributes: {}, content: [] };
}

function priceElements(
	{ record, amounts }: WrittenRow,
	currency: string,
	includesVat: boolean,
): Array<XmlNode | undefined> {
	const { quantity, unitPrice } = amounts;
	const code = UNIT_CODES[String(record.unit)];
	const unit = {
		QuantityUnitCode: unitAbbreviation(record.unit),
		...(code === undefined ? {} : { QuantityUnitCodeUN: code }),
	};
	const price = formatDecimal(round(unitPrice, 5), Math.min(Math.max(unitPrice.scale, 2), 5));
	return [
		leaf('InvoicedQuantity', formatDecimal(quantity), unit),
		...periodElements(record),
		leaf(includesVat ? 'UnitPriceVatIncludedAmount' : 'UnitPriceAmount', price, { AmountCurrencyIdentifier: currency }),
	];
}

/** Finnish abbreviations. Other units are written in lower case. */
const UNIT_ABBREVIATIONS: Readonly<Record<string, string>> = {
	PIECE: 'kpl',
	HOUR: 'h',
	KILOGRAM: 'kg',
	KILOMETER: 'km',
	LITER: 'l',
	METER: 'm',
	SQUARE_METER: 'm2',
	CUBIC_METER: 'm3',
	MONTH: 'kk',
	DAY: 'pv',
	WEEK: 'vk',
	YEAR: 'vuosi',
	MINUTE: 'min',
	TON: 'tn',
	KILOWATT_HOUR: 'kWh',
	NO_UNIT: '',
};

function unitAbbreviation(unit: unknown): string {
	const name = String(unit ?? 'PIECE');
	return (UNIT_ABBREVIATIONS[name] ?? name.toLowerCase().replaceAll('_', ' ')).slice(0, 14);
}

function periodElements({ startDate, endDate }: IDataObject): Array<XmlNode | undefined> {
	return [dateElement('StartDate', startDate), dateElement('EndDate', endDate)];
}

/** Returns an element with a date. */
export function dateElement(name: string, value: unknown): XmlNode | undefined {
	const text = typeof value === 'string' ? value.slice(0, 10).replaceAll('-', '') : undefined;
	return leaf(name, text, { Format: 'CCYYMMDD' });
}

function sumElements(
	{ amounts, sums, vatCode }: WrittenRow,
	currency: string,
	discountPercent: Decimal,
): Array<XmlNode | undefined> {
	const discounts = [amounts.discountPercent, discountPercent].filter(({ digits }) => digits !== 0n);
	return [
		...(discounts.length === 1 ? [leaf('RowDiscountPercent', formatDecimal(round(discounts[0], 4)))] : []),
		...(discounts.length > 1
			? discounts.map((percent) =>
					branch('RowProgressiveDiscountDetails', [leaf('RowDiscountPercent', formatDecimal(round(percent, 4)))]),
				)
			: []),
		leaf('RowVatRatePercent', formatDecimal(amounts.vatPercent)),
		leaf('RowVatCode', vatCode),
		amountElement('RowVatAmount', sums.vat, currency),
		amountElement('RowVatExcludedAmount', sums.net, currency),
		amountElement('RowAmount', sums.gross, currency),
	];
}

/** Returns the sums of an invoice. */
export function sumGroups(groups: readonly VatGroup[]): Sums {
	const [net, vat] = [sum(groups.map(({ base }) => base)), sum(groups.map((group) => group.vat))];
	return { net, vat, gross: add(net, vat) };
}

/** Returns a required date as yyyy-mm-dd. Throws an InputError if it is missing or invalid. */
export function readDate(label: string, value: unknown): string {
	const date = parseDate(value);
	if (!date.ok) throw new InputError(label, date.message, date.advice && `${date.advice}.`);
	return date.value;
}
