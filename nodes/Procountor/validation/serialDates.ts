/** Dates as serial numbers: the count of days that a spreadsheet outputs for cells without a date format. */

/** Excel and Google Sheets count from 1900; workbooks of older Macs from 1904. */
export type DateSystem = 'system1900' | 'system1904';

/** Day zero of each system, in days since 1970. */
const DAY_ZERO: Readonly<Record<DateSystem, number>> = { system1900: -25_569, system1904: -24_107 };

const DAY_IN_SECONDS = 86_400;

/** Days from 1927 (1931) to 2173 (2177); shorter numbers could be years, longer ones are dates without separators. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/;

/** The moment that a serial number stands for, to the second, such as 2026-10-01T12:30:00; undefined for every other value. */
export function serialMoment(value: unknown, system: DateSystem): string | undefined {
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (!SERIAL.test(text)) return undefined;
	const seconds = Math.round((Number(text.replace(',', '.')) + DAY_ZERO[system]) * DAY_IN_SECONDS);
	return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** A serial number as its moment, if a system is chosen; every other value as it is. */
export function convertSerialDate(value: unknown, system: DateSystem | undefined): unknown {
	return system === undefined ? value : (serialMoment(value, system) ?? value);
}

/** The system that an option's value names; undefined where serial numbers are refused. */
export function parseDateSystem(choice: unknown): DateSystem | undefined {
	return choice === 'system1900' || choice === 'system1904' ? choice : undefined;
}
