import { parseDateTime } from './dates';
import { serialMoment } from './serialDates';
import { fail, ok, quoted, type Result } from './result';

/** A time of day after a date, as Finns write it: 8, 8.00, klo 8:30. */
const FINNISH_TIME = /\s{1,3}(?:klo\s{1,3})?(\d{1,2})(?:[.:](\d{2}))?$/;

/** A text that must be a date, although the day may not exist. */
const BARE_DATE = /^\d{4}-\d|^\d{1,2}\.\d{1,2}\.\d{4}$/;

/**
 * Converts the start or end of a journey to text in Finnish time. The API accepts any text here. An ISO time
 * (2026-09-28T23:30:00Z) becomes 29.9.2026 2.30, and a person's text stays as it is.
 */
export function parseTravelTime(text: string): Result<string> {
	const moment = parseDateTime(text.trim());
	if (!moment.ok && (serialMoment(text, 'system1900') ?? BARE_DATE.exec(text.trim()))) return moment;
	if (!moment.ok || !/^\d{4}-\d{2}-\d{2}/.test(text.trim())) return ok(text);
	const [day, time] = moment.value.split('T');
	const [year, month, date] = day.split('-').map(Number);
	const [hours, minutes] = time.split(':');
	const hasTime = text.trim().length > day.length;
	return ok(`${date}.${month}.${year}${hasTime ? ` ${Number(hours)}.${minutes}` : ''}`);
}

/** Checks that a journey does not end before it starts. Texts without a date are not compared. */
export function checkTravelEnd(end: string, start: string): Result<string> {
	const [from, to] = [momentOf(start), momentOf(end)];
	if (from === undefined || to === undefined) return ok(end);
	// A day without a time is not before any time of the same day.
	const length = [from, to].some((moment) => moment.endsWith('T00:00:00')) ? 10 : from.length;
	return to.slice(0, length) < from.slice(0, length)
		? fail(`is ${quoted(end)}, before the departure ${quoted(start)}`, 'Correct one of the two')
		: ok(end);
}

function momentOf(text: string): string | undefined {
	const written = text
		.trim()
		.replace(FINNISH_TIME, (_all, hours: string, minutes = '00') => ` ${hours.padStart(2, '0')}:${minutes}`);
	const moment = parseDateTime(written);
	return moment.ok ? moment.value : undefined;
}
