/** Cents, half away from zero: the one rounding of the sandbox. */
export function round2(amount: number): number {
	const cents = Math.round((Math.abs(amount) + Number.EPSILON * Math.abs(amount)) * 100);
	return cents === 0 ? 0 : (Math.sign(amount) * cents) / 100;
}

export const sum = (amounts: number[]): number => round2(amounts.reduce((total, amount) => total + amount, 0));

/** A day of the form `2026-10-01`, some days later. */
export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
