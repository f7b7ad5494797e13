/**
 * Converts an amount to integer cents, so that sums of many thousands of rows are exact and need no object for each number.
 * Ledger amounts have two decimals; `validation/money` is for values that people enter.
 */
export function toCents(value: unknown): number {
	return Math.round(Number(value ?? 0) * 100) || 0;
}

/** Converts cents to euros, as a number for JSON. */
export function toEuros(cents: number): number {
	return cents / 100;
}

/** Returns a percentage of an amount in cents, rounded half away from zero. `percent` has up to four decimals. */
export function percentOfCents(cents: number, percent: number): number {
	const tenThousandths = BigInt(Math.round(percent * 10_000));
	const product = BigInt(Math.abs(cents)) * tenThousandths;
	const whole = Number((product + 500_000n) / 1_000_000n);
	return cents < 0 && whole !== 0 ? -whole : whole;
}
