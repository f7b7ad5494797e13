import type { IDataObject } from 'n8n-workflow';
import {
	add,
	divide,
	equal,
	multiply,
	negate,
	percentOf,
	round,
	subtract,
	ZERO,
	type Decimal,
	HUNDRED,
} from '../../../validation/money';
import { parseUnit } from '../../../validation/units';
import { InputError } from '../../../api';
import {
	ASK_SENDER,
	amountAt,
	textOf,
	dateAt,
	elementAt,
	elementsOf,
	numberAt,
	parseNumber,
	elementLabel,
	textAt,
	textsOf,
} from './xmlValues';
import type { XmlElement } from './xml';

/** A row with exact amounts. Its sums are rounded to cents. */
export interface AmountRow {
	/** Fields of Procountor's row other than amounts. */
	fields: IDataObject;
	/** Where the row is, for errors: `Row 2, `. */
	where: string;
	vatPercent: Decimal;
	vatCode?: string;
	/** The sums in the message, or calculated from its other amounts. */
	net: Decimal;
	gross: Decimal;
	/** Possible quantities, prices, and discounts. The first one that gives exactly the row's sum is used. */
	netPrices: Price[];
	grossPrices: Price[];
	/** Whether the message contains only prices with VAT. */
	hasGrossPricesOnly: boolean;
}

export interface Price {
	quantity: Decimal;
	unitPrice: Decimal;
	discountPercent: Decimal;
}

/** A row with only text, which becomes a heading. */
export interface TextRow {
	text: string;
}

export type MessageRow = AmountRow | TextRow;

const ONE: Decimal = { digits: 1n, scale: 0 };
const MAX_NAME = 80;
const MAX_COMMENT = 512;
const MAX_ROWS = 5000;
/** The elements for the quantity, by preference. Older messages have the delivered quantity. */
const QUANTITIES = ['InvoicedQuantity', 'DeliveredQuantity', 'OrderedQuantity'];

/**
 * Reads the rows of a message. A row that contains only sub-rows is replaced by them.
 * @param soleRate the invoice's only VAT rate, for rows that name none
 */
export function readRows(message: XmlElement, currency: string, soleRate: Decimal | undefined): MessageRow[] {
	const rows = elementsOf(message, 'InvoiceRow').flatMap((row) => {
		const subRows = elementsOf(row, 'SubInvoiceRow');
		const hasOnlySubRows = subRows.length > 0 && subRows.length === row.children.length;
		return hasOnlySubRows ? subRows.map((subRow) => ({ row: subRow, prefix: 'Sub' })) : [{ row, prefix: '' }];
	});
	if (rows.length > MAX_ROWS)
		throw new InputError('The file', `has more than ${MAX_ROWS} rows in one invoice (${rows.length})`);
	return rows
		.map(({ row, prefix }, index) => new RowReader(row, prefix, `Row ${index + 1}, `, currency).read(soleRate))
		.filter((row) => !('text' in row) || row.text !== '');
}

class RowReader {
	constructor(
		private readonly row: XmlElement,
		private readonly prefix: string,
		private readonly where: string,
		private readonly currency: string,
	) {}

	read(soleRate: Decimal | undefined): MessageRow {
		const net = this.amount('RowVatExcludedAmount');
		const gross = this.amount('RowAmount');
		const vat = this.amount('RowVatAmount');
		const quantity = this.quantity();
		const discountPercent = this.discountPercent();
		const netPrices = this.prices(['UnitPriceNetAmount', 'UnitPriceAmount'], quantity, discountPercent);
		const grossPrices = this.prices(['UnitPriceVatIncludedAmount'], quantity, discountPercent);
		if ([net, gross, netPrices[0], grossPrices[0]].every((amount) => amount === undefined) || this.isTextOnly(quantity))
			return { text: this.texts().join('\n') };
		const vatPercent = this.decimal('RowVatRatePercent') ?? soleRate ?? zeroRate(net, vat);
		if (vatPercent === undefined)
			throw new InputError(
				elementLabel(this.elementName('RowVatRatePercent'), this.where),
				'is missing, and the invoice has more than one VAT rate',
				ASK_SENDER,
			);
		const sums = deriveSums({ net, gross, vat, netPrices, grossPrices, vatPercent });
		return {
			...sums,
			fields: this.fields(),
			where: this.where,
			vatPercent,
			vatCode: textAt(this.row, this.elementName('RowVatCode')),
			netPrices,
			grossPrices,
			hasGrossPricesOnly: netPrices.length === 0 && grossPrices.length > 0,
		};
	}

	/** Returns an element's name, which has a prefix in a sub-row: `RowAmount` is `SubRowAmount` there. */
	private elementName(name: string): string {
		return this.prefix + name;
	}

	private decimal(name: string): Decimal | undefined {
		return numberAt(this.row, this.elementName(name), this.where);
	}

	private amount(name: string): Decimal | undefined {
		const amount = amountAt(this.row, this.elementName(name), this.currency, this.where);
		return amount && round(amount);
	}

	private quantityElement(): XmlElement | undefined {
		return QUANTITIES.map((name) => elementAt(this.row, this.elementName(name))).find(
			(element) => textOf(element) !== '',
		);
	}

	private quantity(): Decimal | undefined {
		const element = this.quantityElement();
		return element && parseNumber(textOf(element), `${this.where}${element.name}`);
	}

	/** Combines the discounts of a row, each on the rest of the one before, into one percentage. */
	private discountPercent(): Decimal {
		const progressive = elementsOf(this.row, this.elementName('RowProgressiveDiscountDetails'));
		const percents = [this.row, ...progressive].map((element) =>
			numberAt(element, this.elementName('RowDiscountPercent'), this.where),
		);
		const rest = percents.reduce<Decimal>(
			(remaining, percent) => (percent ? percentOf(remaining, subtract(HUNDRED, percent)) : remaining),
			HUNDRED,
		);
		return subtract(HUNDRED, rest);
	}

	private prices(names: string[], quantity: Decimal | undefined, discountPercent: Decimal): Price[] {
		const base = this.decimal('UnitPriceBaseQuantity') ?? ONE;
		const found = names.flatMap((name) => amountAt(this.row, this.elementName(name), this.currency, this.where) ?? []);
		const unitPrices = found.map((price) => (base.digits === 0n || equal(base, ONE) ? price : divide(price, base, 6)));
		const count = quantity ?? ONE;
		return unitPrices.flatMap((unitPrice) => [
			{ quantity: count, unitPrice, discountPercent },
			...(discountPercent.digits === 0n ? [] : [{ quantity: count, unitPrice, discountPercent: ZERO }]),
			// Some senders omit the minus sign of a credit's quantity.
			{ quantity: negate(count), unitPrice, discountPercent },
		]);
	}

	/** Whether all amounts are zero: some senders add zeros to a row of text. */
	private isTextOnly(quantity: Decimal | undefined): boolean {
		const amounts = [
			'RowVatExcludedAmount',
			'RowAmount',
			'UnitPriceAmount',
			'UnitPriceNetAmount',
			'UnitPriceVatIncludedAmount',
		];
		const isZero = amounts.every((name) => (this.decimal(name) ?? ZERO).digits === 0n);
		return isZero && (quantity ?? ZERO).digits === 0n;
	}

	private texts(): string[] {
		const own = ['ArticleName', 'ArticleDescription'].flatMap((name) => textAt(this.row, this.elementName(name)) ?? []);
		return [...own, ...textsOf(this.row, this.elementName('RowFreeText'))];
	}

	private fields(): IDataObject {
		const [product = '-', ...rest] = this.texts();
		const tooLong = product.length > MAX_NAME ? [product] : [];
		const attributes = this.quantityElement()?.attributes;
		const units = ['QuantityUnitCode', 'QuantityUnitCodeUN']
			.map((name) => attributes?.get(name))
			.filter((code) => code?.trim());
		const known = units.map((code) => parseUnit(code)).find(({ ok }) => ok);
		const unknownUnit = known || units.length === 0 ? [] : [`Unit: ${units[0]}`];
		const comment = [...tooLong, ...rest, ...unknownUnit].join('\n').slice(0, MAX_COMMENT);
		const [start, end] = [
			dateAt(this.row, this.elementName('StartDate'), this.where),
			dateAt(this.row, this.elementName('EndDate'), this.where),
		];
		return {
			product: product.slice(0, MAX_NAME),
			productCode: textAt(this.row, this.elementName('ArticleIdentifier'))?.slice(0, MAX_NAME),
			unit: known?.ok ? known.value : 'PIECE',
			comment: comment || undefined,
			...(start !== undefined && end !== undefined && start <= end ? { startDate: start, endDate: end } : {}),
		};
	}
}

/** Returns zero per cent if the message says that the VAT is zero. */
function zeroRate(net: Decimal | undefined, vat: Decimal | undefined): Decimal | undefined {
	return net && vat && vat.digits === 0n ? ZERO : undefined;
}

interface KnownAmounts extends Pick<AmountRow, 'netPrices' | 'grossPrices' | 'vatPercent'> {
	net?: Decimal;
	gross?: Decimal;
	vat?: Decimal;
}

/** Calculates a row's sums from the amounts in the message. */
function deriveSums({
	net,
	gross,
	vat,
	netPrices,
	grossPrices,
	vatPercent,
}: KnownAmounts): Pick<AmountRow, 'net' | 'gross'> {
	const withVat = (amount: Decimal): Decimal => add(amount, vat ?? round(percentOf(amount, vatPercent)));
	const withoutVat = (amount: Decimal): Decimal =>
		vat ? subtract(amount, vat) : divide(multiply(amount, HUNDRED), add(HUNDRED, vatPercent));
	if (net) return { net, gross: gross ?? withVat(net) };
	if (gross) return { net: withoutVat(gross), gross };
	if (netPrices.length) {
		const amount = round(exactAmount(netPrices[0]));
		return { net: amount, gross: withVat(amount) };
	}
	const amount = round(exactAmount(grossPrices[0]));
	return { net: withoutVat(amount), gross: amount };
}

/** Returns quantity × unit price after the discount, not rounded. */
export function exactAmount({ quantity, unitPrice, discountPercent }: Price): Decimal {
	return percentOf(multiply(quantity, unitPrice), subtract(HUNDRED, discountPercent));
}
