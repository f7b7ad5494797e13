import { ok, quoted, fail, type Result } from './result';
import { serialMoment } from './serialDates';

/** The time zone of Procountor's local times, which name no zone. */
const PROCOUNTOR_ZONE = 'Europe/Helsinki';

/** A date and time as written. `offset` is in minutes east of UTC, if the text has one. */
interface ParsedDate {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	offset?: number;
}

const ISO_PATTERN =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?(?:\[[^\]]+\])?)?$/i;
const BASIC_PATTERN = /^(\d{4})(\d{2})(\d{2})$/;
const FINNISH_PATTERN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? +(?:klo +)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?$/i;
const DATE_FORMAT_ADVICE = 'Use a form like 2026-10-01, 2026-10-01T12:30:00 or 1.10.2026 instead';

function offsetMinutes(text: string): number {
	if (/^z$/i.test(text)) return 0;
	const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}

function dateText(parsed: ParsedDate): string {
	return `${String(parsed.year).padStart(4, '0')}-${twoDigits(parsed.month)}-${twoDigits(parsed.day)}`;
}

function dateTimeText(parsed: ParsedDate): string {
	return `${dateText(parsed)}T${twoDigits(parsed.hour)}:${twoDigits(parsed.minute)}:${twoDigits(parsed.second)}`;
}

/** Returns the ISO text of a date object: of luxon's DateTime in its own zone, of a Date in UTC. */
function dateObjectText(input: object): string | undefined {
	const value = input as { toISO?: unknown; toISOString?: unknown; getTime?: unknown };
	if (typeof value.toISO === 'function') {
		const text: unknown = value.toISO.call(input);
		return typeof text === 'string' ? text : undefined;
	}
	if (typeof value.toISOString !== 'function') return undefined;
	// `toISOString` of an invalid Date throws.
	if (typeof value.getTime === 'function' && Number.isNaN(value.getTime.call(input))) return undefined;
	const text: unknown = value.toISOString.call(input);
	return typeof text === 'string' ? text : undefined;
}

/** Refuses a text that is no date, and says what a number or a date with slashes probably means. */
function describeNonDate(text: string): Result<never> {
	const iso = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
	const day = serialMoment(text, 'system1900')?.slice(0, 10);
	if (day !== undefined)
		return fail(
			`is not a date but looks like a spreadsheet's serial number for ${day}: ${quoted(text)}`,
			`Format the cells as dates, write ${day}, or choose how to read it under 'Dates as Serial Numbers' where that is offered (counted from 1904 it is ${serialMoment(text, 'system1904')?.slice(0, 10)})`,
		);
	const unix = /^\d{10}$/.test(text) ? Number(text) * 1000 : /^\d{13}$/.test(text) ? Number(text) : undefined;
	if (unix !== undefined)
		return fail(
			`is not a date but looks like a Unix time for ${iso(unix)}: ${quoted(text)}`,
			'Convert it to a date first',
		);
	return fail(`is not a date: ${quoted(text)}`, slashDateAdvice(text) ?? DATE_FORMAT_ADVICE);
}

/** Advises to write one of the days that a date with slashes can mean. */
function slashDateAdvice(text: string): string | undefined {
	const [, first, second, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
	if (year === undefined) return undefined;
	const readings = [
		[first, second],
		[second, first],
	]
		.map(([day, month]) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
		.filter(isDate);
	return readings.length ? `Write ${[...new Set(readings)].join(' or ')} instead` : undefined;
}

function parseInput(input: unknown): Result<ParsedDate> {
	const raw =
		typeof input === 'object' && input !== null
			? dateObjectText(input)
			: typeof input === 'number'
				? String(input)
				: input;
	if (raw === '' || input === null || input === undefined) return fail('is empty', DATE_FORMAT_ADVICE);
	if (typeof raw !== 'string') return fail('is not a date', DATE_FORMAT_ADVICE);
	const text = raw.trim();
	const parsed = matchDate(text);
	return parsed ? checkRange(parsed, text) : describeNonDate(text);
}

/** Returns the numbers of a date, not yet checked; undefined if the text has none of the formats. */
function matchDate(text: string): ParsedDate | undefined {
	const iso = ISO_PATTERN.exec(text) ?? BASIC_PATTERN.exec(text);
	const finnish = iso ? null : FINNISH_PATTERN.exec(text);
	const match = iso ?? finnish;
	if (!match) return undefined;
	const [first, month, last] = match.slice(1, 4).map(Number);
	const [hour, minute, second] = match.slice(4, 7).map((part) => Number(part ?? 0));
	return {
		...(finnish ? { year: last, month, day: first } : { year: first, month, day: last }),
		...{ hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0 },
		...(iso?.[7] === undefined ? {} : { offset: offsetMinutes(iso[7]) }),
	};
}

function checkRange(parsed: ParsedDate, text: string): Result<ParsedDate> {
	if (!isDate(dateText(parsed))) return fail(`is not a day of the calendar: ${quoted(text)}`);
	if (parsed.year < 1900) return fail(`has the year ${parsed.year}, which is too early`);
	if (parsed.hour > 23 || parsed.minute > 59 || parsed.second > 59)
		return fail(`has no such time of day: ${quoted(text)}`);
	if (Math.abs(parsed.offset ?? 0) > 18 * 60) return fail(`has no such time zone: ${quoted(text)}`);
	return ok(parsed);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
	const known = formatters.get(zone);
	if (known !== undefined) return known;
	const formatter = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	formatters.set(zone, formatter);
	return formatter;
}

/** Converts a date and time with an offset to the local time of a zone. */
function toZone(parsed: ParsedDate, zone: string): Result<ParsedDate> {
	const { year, month, day, hour, minute, second, offset = 0 } = parsed;
	const instant = Date.UTC(year, month - 1, day, hour, minute - offset, second);
	let formatter: Intl.DateTimeFormat;
	try {
		formatter = formatterOf(zone);
	} catch {
		return fail(
			`cannot be read: ${quoted(zone)} is not a time zone`,
			'Check the time zone in the settings of the workflow',
		);
	}
	const parts = new Map(formatter.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
	return ok({
		year: part('year'),
		month: part('month'),
		day: part('day'),
		hour: part('hour'),
		minute: part('minute'),
		second: part('second'),
	});
}

/**
 * Parses a day to yyyy-mm-dd. Accepts ISO dates and date-times, Finnish dates (1.10.2026), luxon DateTimes and JavaScript
 * Dates.
 *
 * A value without an offset keeps its written day. With an offset, midnight keeps the written day too, because systems write
 * a plain day as midnight. Any other time is an instant, and the result is its day in `zone`. So 2026-10-01T00:00+03:00,
 * 2026-10-01T00:00Z and 2026-09-30T21:00Z (midnight in Helsinki) are all the first of October.
 */
export function parseDate(input: unknown, zone = PROCOUNTOR_ZONE): Result<string> {
	const parsed = parseInput(input);
	if (!parsed.ok) return parsed;
	const { hour, minute, second, offset } = parsed.value;
	if (offset === undefined || hour + minute + second === 0) return ok(dateText(parsed.value));
	const local = toZone(parsed.value, zone);
	return local.ok ? ok(dateText(local.value)) : local;
}

/**
 * Parses a date-time to yyyy-mm-ddThh:mm:ss without a zone, as in the API. Accepts what `parseDate` accepts. A value with an
 * offset is converted to `zone`, and a plain day becomes its midnight. Fractions of seconds are cut.
 */
export function parseDateTime(input: unknown, zone = PROCOUNTOR_ZONE): Result<string> {
	const parsed = parseInput(input);
	if (!parsed.ok) return parsed;
	if (parsed.value.offset === undefined) return ok(dateTimeText(parsed.value));
	const local = toZone(parsed.value, zone);
	return local.ok ? ok(dateTimeText(local.value)) : local;
}

/** Whether a text is an existing day in the form yyyy-mm-dd. */
export function isDate(text: string): boolean {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	if (match === null) return false;
	const midnight = new Date(`${text}T00:00:00.000Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Returns the days since 1970 of a date (yyyy-mm-dd). Days in UTC all have the same length. */
function dayNumber(day: string): number {
	return Date.parse(`${day}T00:00:00.000Z`) / DAY_MS;
}

/** Returns the date (yyyy-mm-dd) a number of days later, or earlier if negative. */
export function addDays(day: string, days: number): string {
	return new Date((dayNumber(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Returns how many days `to` is after `from` (both yyyy-mm-dd); negative if it is before. */
export function daysBetween(from: string, to: string): number {
	return dayNumber(to) - dayNumber(from);
}

/** Returns a date in the Finnish form of import files: 2026-10-01 becomes 01.10.2026. Accepts a date or a date-time. */
export function finnishDate(day: string): string {
	const [year, month, date] = day.slice(0, 10).split('-');
	return `${date}.${month}.${year}`;
}
