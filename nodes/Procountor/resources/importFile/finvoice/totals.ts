import type { IDataObject } from 'n8n-workflow';
import { add, equal, round, subtract, sum, toText, ZERO, type Decimal } from '../../../validation/money';
import { InputError } from '../../../api';
import { ASK_SENDER, amountAt, currencyAt, elementAt, elementsOf, numberAt, textAt } from './xmlValues';
import { adjustmentRow, isWithinCents, netTotal, toProcountorRow } from './procountorRows';
import type { AmountRow, MessageRow } from './rows';
import { invoiceSums, readRow, rowSums } from '../../../validation/sums';
import type { XmlElement } from './xml';

/** The totals in the message. */
export interface Totals {
	currency: string;
	/** The total without VAT, if the message contains it. */
	net?: Decimal;
	vat?: Decimal;
	/** The total with VAT. */
	gross: Decimal;
	/** An additional rounding of the total, such as to five cents. */
	roundoff: Decimal;
	/** The amount to pay. */
	payable?: Decimal;
	paid: Decimal;
}

const ROUNDING = 'Pyöristys / Rounding';
const DETAILS = 'InvoiceDetails';
/** Totals are rounded to whole units of a currency at most. */
const MAX_ROUNDOFF_CENTS = 100;

/** Reads the totals of a message and checks that they agree. */
export function readTotals(message: XmlElement): Totals {
	const details = elementAt(message, DETAILS);
	const currency = currencyAt(details, 'InvoiceTotalVatIncludedAmount');
	const amount = (name: string): Decimal | undefined => {
		const value = currency === undefined ? undefined : amountAt(details, name, currency);
		return value && round(value);
	};
	const gross = amount('InvoiceTotalVatIncludedAmount');
	if (currency === undefined || !gross)
		throw new InputError('InvoiceTotalVatIncludedAmount', 'is missing, or names no currency', ASK_SENDER);
	const payable = amountAt(message, 'EpiDetails/EpiPaymentInstructionDetails/EpiInstructedAmount', currency);
	const totals: Totals = {
		currency,
		net: amount('InvoiceTotalVatExcludedAmount'),
		vat: amount('InvoiceTotalVatAmount'),
		gross,
		roundoff: amount('InvoiceTotalRoundoffAmount') ?? ZERO,
		payable: payable && round(payable),
		paid: amount('InvoicePaidAmount') ?? ZERO,
	};
	checkTotals(totals, details);
	return totals;
}

function checkTotals(totals: Totals, details: XmlElement | undefined): void {
	const { net, vat, gross, roundoff, currency } = totals;
	if (!isWithinCents(roundoff, MAX_ROUNDOFF_CENTS))
		throw new InputError(
			'InvoiceTotalRoundoffAmount',
			`is ${toText(roundoff, 2)}, which is too much for a rounding`,
			ASK_SENDER,
		);
	if (net && vat && !equal(add(net, vat), gross) && !equal(add(add(net, vat), roundoff), gross))
		throwDifference('InvoiceTotalVatIncludedAmount', gross, 'the total without VAT and the VAT', add(net, vat));
	const groups = elementsOf(details, 'VatSpecificationDetails');
	const sumOf = (name: string): Decimal | undefined => {
		const amounts = groups.map((group) => amountAt(group, name, currency));
		return amounts.length && amounts.every((amount) => amount) ? round(sum(amounts as Decimal[])) : undefined;
	};
	const [bases, taxes] = [sumOf('VatBaseAmount'), sumOf('VatRateAmount')];
	if (net && bases && !equal(net, bases))
		throwDifference('InvoiceTotalVatExcludedAmount', net, 'the VAT bases by rate', bases);
	if (vat && taxes && !equal(vat, taxes))
		throwDifference('InvoiceTotalVatAmount', vat, 'the VAT amounts by rate', taxes);
}

function throwDifference(name: string, stated: Decimal, addends: string, sumFound: Decimal): never {
	throw new InputError(name, `is ${toText(stated, 2)}, but ${addends} add up to ${toText(sumFound, 2)}`, ASK_SENDER);
}

/** Returns the VAT rate of an invoice that has only one. */
export function soleVatRate(message: XmlElement): Decimal | undefined {
	const groups = elementsOf(elementAt(message, DETAILS), 'VatSpecificationDetails');
	const rates = groups.map((group) => numberAt(group, 'VatRatePercent'));
	const [first] = rates;
	return first && rates.every((rate) => rate && equal(rate, first)) ? first : undefined;
}

/** The rows for Procountor, and whether their prices include VAT. */
export interface ProcountorRows {
	invoiceRows: IDataObject[];
	unitPricesIncludeVat: boolean;
	/** The total of the invoice with VAT and roundings. */
	sum: Decimal;
}

/**
 * Returns rows that add up exactly to the message's total. Discounts and charges on the entire invoice become rows, as does
 * the difference from rounding VAT. Throws an InputError that names both sums if the rows have another total.
 */
export function rowsWithTotal(message: XmlElement, rows: MessageRow[], totals: Totals): ProcountorRows {
	const amounts = rows.filter((row): row is AmountRow => !('text' in row));
	if (amounts.length === 0) throw new InputError('The invoice', 'has no row with an amount', ASK_SENDER);
	const all = [...rows, ...allowanceRows(message, amounts, totals)];
	const allAmounts = all.filter((row): row is AmountRow => !('text' in row));
	const expected = expectedTotal(totals);
	const includesVat = allAmounts.every(({ hasGrossPricesOnly }) => hasGrossPricesOnly);
	const first = calculateTotal(allAmounts, includesVat);
	const second = equal(first.sum, expected) ? first : calculateTotal(allAmounts, !includesVat);
	const chosen = equal(second.sum, expected) ? second : first;
	const difference = subtract(expected, chosen.sum);
	if (
		!isWithinCents(subtract(difference, totals.roundoff), allAmounts.length) &&
		!isWithinCents(difference, allAmounts.length)
	)
		throwDifference('InvoiceTotalVatIncludedAmount', expected, 'the rows', chosen.sum);
	const rounding = difference.digits === 0n ? [] : [adjustmentRow(ROUNDING, difference, ZERO, '')];
	return {
		invoiceRows: [...all, ...rounding].map((row) =>
			'text' in row ? { header: row.text } : toProcountorRow(row, chosen.includesVat),
		),
		unitPricesIncludeVat: chosen.includesVat,
		sum: expected,
	};
}

/** Returns the total that Procountor's invoice needs, with the rounding if the total does not include it and it is paid. */
function expectedTotal({ gross, net, vat, roundoff, payable, paid }: Totals): Decimal {
	const isIncluded = net && vat && !equal(add(net, vat), gross);
	const withRoundoff = add(gross, roundoff);
	const isPaid = payable !== undefined && equal(add(payable, paid), withRoundoff);
	return !isIncluded && isPaid ? withRoundoff : gross;
}

interface CalculatedTotal {
	includesVat: boolean;
	sum: Decimal;
}

/** Calculates the total of the rows as Procountor does, by the rules of `sums`. */
function calculateTotal(rows: readonly AmountRow[], includesVat: boolean): CalculatedTotal {
	const sums = rows.map((row) => {
		const { quantity, unitPrice, discountPercent, vatPercent } = toProcountorRow(row, includesVat);
		const read = readRow({ quantity, unitPrice, discountPercent, vatPercent });
		if (!read.ok) throw new InputError(row.where.replace(/, $/, ''), read.message, ASK_SENDER);
		return rowSums(read.value, includesVat);
	});
	return { includesVat, sum: invoiceSums(sums).gross };
}

/**
 * Returns discounts and charges on the entire invoice as rows. If the rows already have the total, they are informative only,
 * as in older messages.
 */
function allowanceRows(message: XmlElement, rows: readonly AmountRow[], totals: Totals): AmountRow[] {
	const details = elementAt(message, DETAILS);
	const found = [
		...elementsOf(details, 'DiscountDetails').map((element) => ({ element, isDiscount: true })),
		...elementsOf(details, 'ChargeDetails').map((element) => ({ element, isDiscount: false })),
	];
	const net = netTotal(rows);
	if (found.length === 0 || totals.net === undefined) {
		if (totals.net && !isWithinCents(subtract(net, totals.net), toleranceCents(rows)))
			throwDifference('InvoiceTotalVatExcludedAmount', totals.net, 'the rows without VAT', net);
		return [];
	}
	if (equal(net, totals.net)) return [];
	const sole = soleVatRate(message);
	const extra = found.flatMap(({ element, isDiscount }) => {
		const amount = amountAt(element, 'Amount', totals.currency);
		if (!amount || amount.digits === 0n) return [];
		const rate = numberAt(element, 'VatRatePercent') ?? sole;
		const name = isDiscount ? 'Alennus / Discount' : 'Lisä / Charge';
		if (!rate)
			throw new InputError(
				isDiscount ? 'DiscountDetails' : 'ChargeDetails',
				'names no VAT rate, and the invoice has more than one',
				ASK_SENDER,
			);
		const text = textAt(element, isDiscount ? 'FreeText' : 'ReasonText') ?? name;
		return [adjustmentRow(text, round(isDiscount ? subtract(ZERO, amount) : amount), rate, `${name}, `)];
	});
	const netWithExtra = add(net, netTotal(extra));
	if (!equal(netWithExtra, totals.net))
		throwDifference('InvoiceTotalVatExcludedAmount', totals.net, 'the rows, discounts and charges', netWithExtra);
	return extra;
}

/** A sum without VAT that is calculated from a price with VAT can differ by one cent in each row. */
function toleranceCents(rows: readonly AmountRow[]): number {
	return rows.filter(({ hasGrossPricesOnly }) => hasGrossPricesOnly).length;
}
