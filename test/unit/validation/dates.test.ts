import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	addDays,
	parseDate,
	parseDateTime,
	daysBetween,
	finnishDate,
	isDate,
} from '../../../nodes/Procountor/validation/dates';
import { checkDueDate, dueDateAfter } from '../../../nodes/Procountor/validation/dueDate';
import { problemOf, valueOf } from './messages';
import { runs } from './numbers';

const zones = [
	'Europe/Helsinki',
	'UTC',
	'America/New_York',
	'Asia/Tokyo',
	'Pacific/Kiritimati',
	'Pacific/Pago_Pago',
	'Asia/Kolkata',
];
const days = fc.integer({ min: 0, max: 60000 }).map((number) => addDays('1900-01-01', number));
/** Two hours before and after the end of summer time in Finland: at 01:00 UTC on the last Sunday of October. */
const autumnInstants = fc
	.tuple(fc.integer({ min: 1996, max: 2059 }), fc.integer({ min: -7200, max: 7199 }))
	.map(([year, seconds]) => {
		const day = DateTime.utc(year, 10, 31, 1);
		return day.minus({ days: day.weekday % 7 }).toSeconds() + seconds;
	});
const instants = fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2060, 0, 1) / 1000 });

describe('Date', () => {
	it.each([
		['2026-10-01', '2026-10-01'],
		[' 2026-10-01 ', '2026-10-01'],
		['20261001', '2026-10-01'],
		['1.10.2026', '2026-10-01'],
		['01.10.2026', '2026-10-01'],
		['1.10.2026 klo 23.59', '2026-10-01'],
		['2026-10-01T23:59', '2026-10-01'],
		['2026-10-01 23:59:59.999', '2026-10-01'],
		// Midnight with a zone is a day, whatever the zone.
		['2026-10-01T00:00:00.000+03:00', '2026-10-01'],
		['2026-10-01T00:00:00.000Z', '2026-10-01'],
		['2026-10-01T00:00:00+09:00', '2026-10-01'],
		['2026-10-01T00:00:00-11:00', '2026-10-01'],
		// Other times of day are instants, converted to Helsinki time.
		['2026-09-30T21:00:00.000Z', '2026-10-01'],
		['2026-09-30T20:59:59.999Z', '2026-09-30'],
		['2026-10-01T01:30:00+09:00', '2026-09-30'],
		['2026-12-31T22:30:00Z', '2027-01-01'],
		['2026-09-30T21:00:00Z[UTC]', '2026-10-01'],
		['2026-09-30T18:00-0330', '2026-10-01'],
		['2026-09-30T23:30+02', '2026-10-01'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseDate(input))).toBe(expected);
	});

	it('reads an instant in the given time zone', () => {
		expect(valueOf(parseDate('2026-09-30T21:00:00.000Z', 'UTC'))).toBe('2026-09-30');
		expect(valueOf(parseDate('2026-09-30T16:00:00.000Z', 'Asia/Tokyo'))).toBe('2026-10-01');
	});

	it('reads date objects', () => {
		expect(valueOf(parseDate(new Date(Date.UTC(2026, 8, 30, 21))))).toBe('2026-10-01');
		expect(valueOf(parseDate(DateTime.fromISO('2026-10-01', { zone: 'Asia/Tokyo' })))).toBe('2026-10-01');
		expect(valueOf(parseDate(DateTime.fromISO('2026-10-01T12:00', { zone: 'America/New_York' })))).toBe('2026-10-01');
		expect(problemOf(parseDate(new Date(NaN)))).toBe('is not a date');
		expect(problemOf(parseDate(DateTime.invalid('no')))).toBe('is not a date');
	});

	it.each([
		['2026-02-30', 'is not a day of the calendar: "2026-02-30"'],
		['29.2.2025', 'is not a day of the calendar: "29.2.2025"'],
		['2026-13-01', 'is not a day of the calendar: "2026-13-01"'],
		['2026-00-10', 'is not a day of the calendar: "2026-00-10"'],
		['10/01/2026', 'is not a date: "10/01/2026"'],
		['1.10.26', 'is not a date: "1.10.26"'],
		['tomorrow', 'is not a date: "tomorrow"'],
		['0026-10-01', 'has the year 26, which is too early'],
		['2026-10-01T25:00', 'has no such time of day: "2026-10-01T25:00"'],
		['2026-10-01T12:60', 'has no such time of day: "2026-10-01T12:60"'],
		['2026-10-01T12:00+23:00', 'has no such time zone: "2026-10-01T12:00+23:00"'],
		['', 'is empty'],
		[null, 'is empty'],
		[undefined, 'is empty'],
		[1790812800, 'is not a date but looks like a Unix time for 2026-10-01: "1790812800"'],
		[1790812800000, 'is not a date but looks like a Unix time for 2026-10-01: "1790812800000"'],
		[{}, 'is not a date'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseDate(input))).toBe(problem);
	});

	it('reports an unknown time zone', () => {
		expect(problemOf(parseDate('2026-09-30T21:00:00Z', 'Europe/Nowhere'))).toBe(
			'cannot be read: "Europe/Nowhere" is not a time zone',
		);
	});

	it('never shifts a calendar day, in any time zone', () => {
		fc.assert(
			fc.property(days, fc.constantFrom(...zones), fc.constantFrom(...zones), (day, writtenIn, seenFrom) => {
				expect(valueOf(parseDate(day, seenFrom))).toBe(day);
				expect(valueOf(parseDate(finnishDate(day), seenFrom))).toBe(day);
				const midnight = DateTime.fromISO(day, { zone: writtenIn });
				// If summer time skips midnight, the zone has no midnight that day.
				fc.pre(
					midnight.hour === 0 && midnight.toISODate() === day && midnight.second === 0 && midnight.offset % 1 === 0,
				);
				expect(valueOf(parseDate(midnight, seenFrom))).toBe(day);
				expect(valueOf(parseDate(midnight.toISO(), seenFrom))).toBe(day);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('converts any other instant to the same day as Luxon', () => {
		fc.assert(
			fc.property(instants, fc.constantFrom(...zones), fc.constantFrom(...zones), (seconds, writtenIn, seenFrom) => {
				const instant = DateTime.fromSeconds(seconds, { zone: writtenIn });
				fc.pre(instant.hour + instant.minute + instant.second > 0);
				expect(valueOf(parseDate(instant.toISO(), seenFrom))).toBe(instant.setZone(seenFrom).toISODate());
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('Date-time', () => {
	it.each([
		['2026-10-01', '2026-10-01T00:00:00'],
		['2026-10-01T12:30', '2026-10-01T12:30:00'],
		['1.10.2026 9:05', '2026-10-01T09:05:00'],
		['2026-10-01T12:30:15.987', '2026-10-01T12:30:15'],
		['2026-10-01T09:30:15Z', '2026-10-01T12:30:15'],
		['2026-12-01T09:30:15Z', '2026-12-01T11:30:15'],
		// Summer time begins at 3 on 29 March 2026, and the clock goes back from 4 to 3 on 25 October 2026.
		['2026-03-29T00:59:59Z', '2026-03-29T02:59:59'],
		['2026-03-29T01:00:00Z', '2026-03-29T04:00:00'],
		['2026-10-25T00:30:00Z', '2026-10-25T03:30:00'],
		['2026-10-25T01:30:00Z', '2026-10-25T03:30:00'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseDateTime(input))).toBe(expected);
	});

	it('shows the same local time as Luxon, also around changes to summer time', () => {
		fc.assert(
			fc.property(instants, fc.constantFrom(...zones), (seconds, zone) => {
				const instant = DateTime.fromSeconds(seconds, { zone });
				const expected = instant.toFormat("yyyy-MM-dd'T'HH:mm:ss");
				expect(valueOf(parseDateTime(new Date(seconds * 1000), zone))).toBe(expected);
				expect(valueOf(parseDateTime(instant, zone))).toBe(expected);
				expect(valueOf(parseDateTime(expected, zone))).toBe(expected);
			}),
			{ numRuns: runs(500) },
		);
	});

	it('converts back to the same instant, except in the repeated hour', () => {
		fc.assert(
			fc.property(fc.oneof(instants, autumnInstants), (seconds) => {
				const local = valueOf(parseDateTime(new Date(seconds * 1000)));
				const back = DateTime.fromISO(local, { zone: 'Europe/Helsinki' }).toSeconds();
				const isRepeated = DateTime.fromSeconds(seconds, { zone: 'Europe/Helsinki' }).getPossibleOffsets().length > 1;
				expect(isRepeated ? [0, 3600] : [0]).toContain(Math.abs(back - seconds));
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('Day arithmetic', () => {
	it.each([
		['2026-01-31', 1, '2026-02-01'],
		['2026-03-01', -1, '2026-02-28'],
		['2028-02-28', 1, '2028-02-29'],
		['2026-12-31', 1, '2027-01-01'],
		['2026-03-28', 2, '2026-03-30'],
		['2026-10-01', 999, '2029-06-26'],
	])('calculates %s plus %i days as %s', (day, count, expected) => {
		expect(addDays(day, count)).toBe(expected);
		expect(daysBetween(day, expected)).toBe(count);
	});

	it('returns to the same day when the added days are subtracted', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
				const there = addDays(day, count);
				expect(addDays(there, -count)).toBe(day);
				expect(daysBetween(day, there)).toBe(count);
				expect(isDate(there)).toBe(true);
			}),
		);
	});

	it('recognizes only real calendar days', () => {
		expect(isDate('2028-02-29')).toBe(true);
		for (const text of ['2026-02-29', '2026-04-31', '2026-4-3', '2026-10-01T00:00', ''])
			expect(isDate(text)).toBe(false);
	});

	it('writes Finnish dates', () => {
		expect(finnishDate('2026-10-01')).toBe('01.10.2026');
		expect(finnishDate('2026-10-01T12:30:00')).toBe('01.10.2026');
	});
});

describe('Due date', () => {
	it.each([
		['2026-10-01', '2026-10-01'],
		['2026-10-15', '2026-10-01'],
		['2029-06-26', '2026-10-01'],
	])('accepts %s for the invoice date %s', (due, day) => {
		expect(valueOf(checkDueDate(due, day))).toBe(due);
	});

	it('rejects a date before the invoice date or more than 999 days after it', () => {
		expect(problemOf(checkDueDate('2026-09-30', '2026-10-01'))).toBe('is before the invoice date 2026-10-01');
		expect(problemOf(checkDueDate('2029-06-27', '2026-10-01'))).toBe(
			'is 1000 days after the invoice date 2026-10-01; Procountor takes at most 999',
		);
	});

	it('accepts exactly the payment terms whose due date passes the check', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -50, max: 1100 }), (day, term) => {
				const made = dueDateAfter(day, term);
				expect(made.ok).toBe(term >= 0 && term <= 999);
				expect(checkDueDate(addDays(day, term), day).ok).toBe(made.ok);
				if (made.ok) expect(made.value).toBe(addDays(day, term));
			}),
		);
		expect(problemOf(dueDateAfter('2026-10-01', 7.5))).toBe('should be a whole number of days from 0 to 999');
	});
});
