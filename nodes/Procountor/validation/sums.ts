import {
	add,
	compare,
	parseDecimal,
	divide,
	equal,
	multiply,
	negate,
	percentOf,
	round,
	subtract,
	sum,
	toText,
	ZERO,
	type Decimal,
	HUNDRED,
} from './money';
import { ok, fail, type Result } from './result';

/** The amounts from which a row's sums are calculated. Percentages are numbers like 25.5. */
export interface RowAmounts {
	quantity: Decimal;
	unitPrice: Decimal;
	discountPercent: Decimal;
	vatPercent: Decimal;
}

/** Sums of a row or an invoice, in whole cents. `net` + `vat` is always `gross`. */
export interface Sums {
	net: Decimal;
	vat: Decimal;
	gross: Decimal;
}

/**
 * Returns the sums of an invoice row. Quantity × unit price × (1 − discount), less the invoice's own discount, is calculated
 * exactly and rounded once to the cent. If prices exclude VAT, this is the net sum, and VAT is the rounded percentage of it.
 * If prices include VAT, it is the gross sum, and net is gross ÷ (1 + VAT), rounded. Procountor does not document its
 * rounding, so the sums of the saved invoice take precedence.
 */
export function rowSums(row: RowAmounts, pricesIncludeVat: boolean, invoiceDiscountPercent: Decimal = ZERO): Sums {
	const full = multiply(row.quantity, row.unitPrice);
	const discounted = percentOf(full, subtract(HUNDRED, row.discountPercent));
	const amount = round(percentOf(discounted, subtract(HUNDRED, invoiceDiscountPercent)));
	if (pricesIncludeVat) {
		const net = divide(multiply(amount, HUNDRED), add(HUNDRED, row.vatPercent));
		return { net, vat: subtract(amount, net), gross: amount };
	}
	const vat = round(percentOf(amount, row.vatPercent));
	return { net: amount, vat, gross: add(amount, vat) };
}

/** Returns the sums of an invoice: the totals of its rows. */
export function invoiceSums(rows: readonly Sums[]): Sums {
	return {
		net: sum(rows.map((row) => row.net)),
		vat: sum(rows.map((row) => row.vat)),
		gross: sum(rows.map((row) => row.gross)),
	};
}

/**
 * Divides an amount by percentages so that the parts add up to it exactly (largest remainder method: each part is cut to the
 * cent, and the remaining cents go to the parts that lost most, the first ones in a tie). The amount is rounded to the cent
 * first. The percentages must not be negative, and must add up to 100. A negative amount is divided like its opposite.
 */
export function distribute(amount: Decimal, percents: readonly Decimal[]): Result<Decimal[]> {
	if (percents.some((percent) => percent.digits < 0n)) return fail('has a share below 0 %');
	const total = sum(percents);
	if (!equal(total, HUNDRED))
		return fail(`has shares that add up to ${toText(total)} %, not 100`, 'For thirds write 33.33, 33.33 and 33.34');
	const rounded = round(amount);
	if (rounded.digits < 0n) {
		const opposite = distribute(negate(rounded), percents);
		return opposite.ok ? ok(opposite.value.map(negate)) : opposite;
	}
	const cents = multiply(rounded, HUNDRED).digits;
	const scale = Math.max(...percents.map((percent) => percent.scale));
	const whole = 100n * 10n ** BigInt(scale);
	const shares = percents.map((percent) => cents * percent.digits * 10n ** BigInt(scale - percent.scale));
	const parts = shares.map((share) => share / whole);
	const leftCents = Number(cents - parts.reduce((a, b) => a + b, 0n));
	// The sort is stable: of equal losses, the first comes first.
	const byLoss = shares.map((share, index) => ({ index, loss: share % whole })).sort((a, b) => Number(b.loss - a.loss));
	for (const { index } of byLoss.slice(0, leftCents)) parts[index] += 1n;
	return ok(parts.map((part) => round({ digits: part, scale: 2 })));
}

/** Checks that amounts add up to a total exactly, such as dimension values to their transaction. Returns the total. */
export function addsUpTo(amounts: readonly Decimal[], total: Decimal): Result<Decimal> {
	const together = sum(amounts);
	if (compare(together, total) === 0) return ok(total);
	return fail(
		`adds up to ${toText(together, 2)}, not to ${toText(total, 2)}`,
		`The difference of ${toText(subtract(total, together), 2)} must go to one of them`,
	);
}

/** Parses the amounts of a row exactly. A fault names the wrong one. */
export function readRow(row: { [Name in keyof RowAmounts]?: unknown }): Result<RowAmounts> {
	const values = {
		quantity: parseDecimal(row.quantity),
		unitPrice: parseDecimal(row.unitPrice),
		discountPercent: parseDecimal(row.discountPercent ?? 0),
		vatPercent: parseDecimal(row.vatPercent ?? 0),
	};
	if (!values.quantity.ok) return fail(`has a quantity that ${values.quantity.message}`, values.quantity.advice);
	if (!values.unitPrice.ok) return fail(`has a unit price that ${values.unitPrice.message}`, values.unitPrice.advice);
	if (!values.discountPercent.ok)
		return fail(`has a discount that ${values.discountPercent.message}`, values.discountPercent.advice);
	if (!values.vatPercent.ok) return fail(`has a VAT rate that ${values.vatPercent.message}`, values.vatPercent.advice);
	const [quantity, unitPrice, discountPercent, vatPercent] = [
		values.quantity.value,
		values.unitPrice.value,
		values.discountPercent.value,
		values.vatPercent.value,
	];
	if (compare(discountPercent, HUNDRED) > 0)
		return fail(`has a discount of ${toText(discountPercent)} %, which is more than 100`);
	if (vatPercent.digits < 0n) return fail(`has a VAT rate below zero: ${toText(vatPercent)}`);
	return ok({ quantity, unitPrice, discountPercent, vatPercent });
}
