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
	zero,
	type Decimal,
	hundred,
} from '../../../validation/money';
import { unit as procountorUnit } from '../../../validation/units';
import { InputError } from '../../../api';
import {
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

/** A row with amounts, read exactly. Sums are to the cent. */
export interface AmountRow {
	/** What goes into Procountor's row besides amounts. */
	fields: IDataObject;
	/** The row's place in the message, for errors: `Row 2, `. */
	where: string;
	vatPercent: Decimal;
	vatCode?: string;
	/** As the message has them, or as they follow from each other. */
	net: Decimal;
	gross: Decimal;
	/** Quantities, prices and discounts of which the first that makes exactly the row's sum is taken. */
	netPrices: Price[];
	grossPrices: Price[];
	/** The message tells prices with VAT alone. */
	hasGrossPricesOnly: boolean;
}

export interface Price {
	quantity: Decimal;
	unitPrice: Decimal;
	discountPercent: Decimal;
}

/** A row of text alone, which becomes a heading. */
export interface TextRow {
	text: string;
}

export type MessageRow = AmountRow | TextRow;

const ONE: Decimal = { digits: 1n, scale: 0 };
const MAX_NAME = 80;
const MAX_COMMENT = 512;
const MAX_ROWS = 5000;
/** Quantities that a row is read from, the invoiced one first; older messages have the delivered one. */
const QUANTITIES = ['InvoicedQuantity', 'DeliveredQuantity', 'OrderedQuantity'];

/**
 * The rows of a message in their order. A row without amounts of its own stands for its sub-rows, where it has them.
 * @param soleRate the VAT rate of rows that name none, where the message has but one
 */
export function readRows(message: XmlElement, currency: string, soleRate: Decimal | undefined): MessageRow[] {
	const rows = elementsOf(message, 'InvoiceRow').flatMap((row) => {
		const parts = elementsOf(row, 'SubInvoiceRow');
		const hasOwn = row.children.some(({ name }) => name !== 'SubInvoiceRow');
		return parts.length && !hasOwn ? parts.map((part) => ({ row: part, prefix: 'Sub' })) : [{ row, prefix: '' }];
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
				'Ask the sender for a corrected file.',
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

	/** An element's name in a sub-row: `RowAmount` is `SubRowAmount`, `ArticleName` is `SubArticleName`; quantities and prices too. */
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

	/** The discounts of a row, one after the other, as one per cent; undefined where an amount has to stand for it. */
	private discountPercent(): Decimal {
		const progressive = elementsOf(this.row, this.elementName('RowProgressiveDiscountDetails'));
		const percents = [this.row, ...progressive].map((element) =>
			numberAt(element, this.elementName('RowDiscountPercent'), this.where),
		);
		const rest = percents.reduce<Decimal>(
			(part, percent) => (percent ? percentOf(part, subtract(hundred, percent)) : part),
			hundred,
		);
		return subtract(hundred, rest);
	}

	private prices(names: string[], quantity: Decimal | undefined, discountPercent: Decimal): Price[] {
		const base = this.decimal('UnitPriceBaseQuantity') ?? ONE;
		const found = names.flatMap((name) => amountAt(this.row, this.elementName(name), this.currency, this.where) ?? []);
		const unitPrices = found.map((price) => (base.digits === 0n || equal(base, ONE) ? price : divide(price, base, 6)));
		const count = quantity ?? ONE;
		return unitPrices.flatMap((unitPrice) => [
			{ quantity: count, unitPrice, discountPercent },
			...(discountPercent.digits === 0n ? [] : [{ quantity: count, unitPrice, discountPercent: zero }]),
			// Some senders write a credit's quantity without its sign.
			{ quantity: negate(count), unitPrice, discountPercent },
		]);
	}

	/** Some senders fill a row of text with zeros. */
	private isTextOnly(quantity: Decimal | undefined): boolean {
		const amounts = [
			'RowVatExcludedAmount',
			'RowAmount',
			'UnitPriceAmount',
			'UnitPriceNetAmount',
			'UnitPriceVatIncludedAmount',
		];
		const isZero = amounts.every((name) => (this.decimal(name) ?? zero).digits === 0n);
		return isZero && (quantity ?? zero).digits === 0n;
	}

	private texts(): string[] {
		const own = ['ArticleName', 'ArticleDescription'].flatMap((name) => textAt(this.row, this.elementName(name)) ?? []);
		return [...own, ...textsOf(this.row, this.elementName('RowFreeText'))];
	}

	private fields(): IDataObject {
		const [product = '-', ...rest] = this.texts();
		const tooLong = product.length > MAX_NAME ? [product] : [];
		const code = this.quantityElement()?.attributes;
		const units = [code?.get('QuantityUnitCode'), code?.get('QuantityUnitCodeUN')].filter((one) => one?.trim());
		const known = units.map((one) => procountorUnit(one)).find((one) => one.ok);
		const strange = known || units.length === 0 ? [] : [`Unit: ${units[0]}`];
		const comment = [...tooLong, ...rest, ...strange].join('\n').slice(0, MAX_COMMENT);
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

/** VAT as a per cent of the sum without it, where both are given. */
function zeroRate(net: Decimal | undefined, vat: Decimal | undefined): Decimal | undefined {
	return net && vat && vat.digits === 0n ? zero : undefined;
}

interface KnownAmounts extends Pick<AmountRow, 'netPrices' | 'grossPrices' | 'vatPercent'> {
	net?: Decimal;
	gross?: Decimal;
	vat?: Decimal;
}

/** The sums of a row, from what the message has of them. */
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
		vat ? subtract(amount, vat) : divide(multiply(amount, hundred), add(hundred, vatPercent));
	if (net) return { net, gross: gross ?? withVat(net) };
	if (gross) return { net: withoutVat(gross), gross };
	if (netPrices.length) {
		const amount = round(exactAmount(netPrices[0]));
		return { net: amount, gross: withVat(amount) };
	}
	const amount = round(exactAmount(grossPrices[0]));
	return { net: withoutVat(amount), gross: amount };
}

/** Quantity × unit price without the discount, not rounded. */
export function exactAmount({ quantity, unitPrice, discountPercent }: Price): Decimal {
	return percentOf(multiply(quantity, unitPrice), subtract(hundred, discountPercent));
}
