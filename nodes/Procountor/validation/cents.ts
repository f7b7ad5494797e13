/**
 * Returns an amount in whole cents, for exact sums over a hundred thousand rows without an object for each number.
 * Ledger amounts have two decimals; `validation/money` is for values that people enter.
 */
export function toCents(value: unknown): number {
	return Math.round(Number(value ?? 0) * 100) || 0;
}

/** Cents as the number that JSON shows. */
export function toEuros(cents: number): number {
	return cents / 100;
}

/** A per cent with up to four decimals of an amount in cents, halves away from zero. */
export function percentOfCents(cents: number, percent: number): number {
	const tenThousandths = BigInt(Math.round(percent * 10_000));
	const product = BigInt(Math.abs(cents)) * tenThousandths;
	const whole = Number((product + 500_000n) / 1_000_000n);
	return cents < 0 && whole !== 0 ? -whole : whole;
}
