import type { IDataObject } from 'n8n-workflow';
import { add, equal, round, subtract, sum, toText, zero, type Decimal } from '../../../validation/money';
import { InputError } from '../../../api';
import { amountAt, currencyAt, elementAt, elementsOf, numberAt, textAt } from './xmlValues';
import { adjustmentRow, isWithinCents, netTotal, toProcountorRow } from './procountorRows';
import type { AmountRow, MessageRow } from './rows';
import { invoiceSums, readRow, rowSums } from '../../../validation/sums';
import type { XmlElement } from './xml';

/** What an invoice adds up to, as the message says. */
export interface Totals {
	currency: string;
	/** Without VAT, where the message has it. */
	net?: Decimal;
	vat?: Decimal;
	/** With VAT. */
	gross: Decimal;
	/** Rounding on top of the total, such as to five cents. */
	roundoff: Decimal;
	/** What is to be paid. */
	payable?: Decimal;
	paid: Decimal;
}

const ROUNDING = 'Pyöristys / Rounding';
const ADVICE = 'Ask the sender for a corrected file.';
const DETAILS = 'InvoiceDetails';
/** Prices are rounded to whole units of a currency at most. */
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
		throw new InputError('InvoiceTotalVatIncludedAmount', 'is missing, or names no currency', ADVICE);
	const payable = amountAt(message, 'EpiDetails/EpiPaymentInstructionDetails/EpiInstructedAmount', currency);
	const totals: Totals = {
		currency,
		net: amount('InvoiceTotalVatExcludedAmount'),
		vat: amount('InvoiceTotalVatAmount'),
		gross,
		roundoff: amount('InvoiceTotalRoundoffAmount') ?? zero,
		payable: payable && round(payable),
		paid: amount('InvoicePaidAmount') ?? zero,
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
			ADVICE,
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

function throwDifference(name: string, given: Decimal, what: string, found: Decimal): never {
	throw new InputError(name, `is ${toText(given, 2)}, but ${what} add up to ${toText(found, 2)}`, ADVICE);
}

/** The VAT rate of an invoice that has only one. */
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
	/** The invoice's total with VAT, roundings included. */
	sum: Decimal;
}

/**
 * Rows that add up to the message's total to the cent: discounts and charges on the whole invoice become rows, and so does
 * what the rounding of VAT leaves over. Throws an InputError that names both sums where the rows make another total.
 */
export function rowsWithTotal(message: XmlElement, rows: MessageRow[], totals: Totals): ProcountorRows {
	const amounts = rows.filter((row): row is AmountRow => !('text' in row));
	if (amounts.length === 0) throw new InputError('The invoice', 'has no row with an amount', ADVICE);
	const all = [...rows, ...allowanceRows(message, amounts, totals)];
	const counted = all.filter((row): row is AmountRow => !('text' in row));
	const wanted = expectedTotal(totals);
	const includesVat = counted.every(({ hasGrossPricesOnly }) => hasGrossPricesOnly);
	const first = calculateTotal(counted, includesVat);
	const second = equal(first.sum, wanted) ? first : calculateTotal(counted, !includesVat);
	const chosen = equal(second.sum, wanted) ? second : first;
	const difference = subtract(wanted, chosen.sum);
	if (
		!isWithinCents(subtract(difference, totals.roundoff), counted.length) &&
		!isWithinCents(difference, counted.length)
	)
		throwDifference('InvoiceTotalVatIncludedAmount', wanted, 'the rows', chosen.sum);
	const rounding = difference.digits === 0n ? [] : [adjustmentRow(ROUNDING, difference, zero, '')];
	return {
		invoiceRows: [...all, ...rounding].map((row) =>
			'text' in row ? { header: row.text } : toProcountorRow(row, chosen.includesVat),
		),
		unitPricesIncludeVat: chosen.includesVat,
		sum: wanted,
	};
}

/** The total that Procountor's invoice has to have: with the rounding, where that is on top of the total and to be paid. */
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

/** What Procountor makes of the rows, by the rules of `sums`. */
function calculateTotal(rows: readonly AmountRow[], includesVat: boolean): CalculatedTotal {
	const sums = rows.map((row) => {
		const { quantity, unitPrice, discountPercent, vatPercent } = toProcountorRow(row, includesVat);
		const read = readRow({ quantity, unitPrice, discountPercent, vatPercent });
		if (!read.ok) throw new InputError(row.where.replace(/, $/, ''), read.message, ADVICE);
		return rowSums(read.value, includesVat);
	});
	return { includesVat, sum: invoiceSums(sums).gross };
}

/**
 * Discounts and charges on the whole invoice as rows, unless the rows make the total already: older messages tell them for
 * information alone.
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
				ADVICE,
			);
		const text = textAt(element, isDiscount ? 'FreeText' : 'ReasonText') ?? name;
		return [adjustmentRow(text, round(isDiscount ? subtract(zero, amount) : amount), rate, `${name}, `)];
	});
	const together = add(net, netTotal(extra));
	if (!equal(together, totals.net))
		throwDifference('InvoiceTotalVatExcludedAmount', totals.net, 'the rows, discounts and charges', together);
	return extra;
}

/** Sums without VAT that follow from prices with VAT are rounded in each row; others are exact. */
function toleranceCents(rows: readonly AmountRow[]): number {
	return rows.filter(({ hasGrossPricesOnly }) => hasGrossPricesOnly).length;
}
