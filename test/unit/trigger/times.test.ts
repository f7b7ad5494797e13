import fc from 'fast-check';
import {
	toMs,
	dayBefore,
	earliestAfter,
	isBefore,
	isSettled,
	laterTime,
	overlapStart,
	secondAfter,
	secondBefore,
	VISIBLE_WITHIN_MS,
	fromMs,
} from '../../../nodes/Procountor/trigger/times';
import { Clock } from '../../sandbox/clock';
import { runs } from '../validation/numbers';

const MINUTE = 60_000;
/** Instants around the clock changes, and others. */
const instant = fc.oneof(
	fc.integer({ min: Date.UTC(2026, 9, 24, 22), max: Date.UTC(2026, 9, 25, 4) }),
	fc.integer({ min: Date.UTC(2027, 2, 27, 22), max: Date.UTC(2027, 2, 28, 4) }),
	fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
);
const span = fc.integer({ min: 0, max: 6 * 60 * MINUTE });
const style = fc.record({ timesUtc: fc.boolean(), timesWithMilliseconds: fc.boolean() });
const text = (of: number, how: { timesUtc: boolean; timesWithMilliseconds: boolean }): string =>
	new Clock({}, how).text(of);

describe('Times without a time zone', () => {
	it('are settled only after the promised delay and a poll have really passed', () => {
		fc.assert(
			fc.property(instant, span, style, (from, after, how) => {
				if (isSettled(text(from, how), text(from + after, how)))
					expect(after).toBeGreaterThanOrEqual(VISIBLE_WITHIN_MS + 5 * MINUTE - 1000);
			}),
			{ numRuns: runs(5000) },
		);
	});

	it('are settled after two and a half hours at the latest, whatever the clocks do', () => {
		fc.assert(
			fc.property(instant, style, (from, how) => {
				expect(isSettled(text(from, how), text(from + 150 * MINUTE, how))).toBe(true);
			}),
			{ numRuns: runs(2000) },
		);
	});

	it('have a look-back that misses no record created within the delay', () => {
		fc.assert(
			fc.property(
				instant,
				fc.integer({ min: -(VISIBLE_WITHIN_MS + 5 * MINUTE), max: 6 * 60 * MINUTE }),
				style,
				(newest, after, how) => {
					expect((toMs(text(newest + after, how)) ?? 0) > (toMs(overlapStart(text(newest, how))) ?? Infinity)).toBe(
						true,
					);
				},
			),
			{ numRuns: runs(5000) },
		);
	});

	it('are read in every form that Procountor may return', () => {
		const seconds = toMs('2026-10-25T03:30:00');
		expect(seconds).toBe(Date.UTC(2026, 9, 25, 3, 30));
		expect(toMs('2026-10-25T03:30:00.250')).toBe((seconds ?? 0) + 250);
		expect(toMs('2026-10-25T03:30')).toBe(seconds);
		expect(toMs('2026-10-25T03:30:00Z')).toBe(seconds);
		expect(toMs('2026-10-25T05:30:00+02:00')).toBe(seconds);
		expect(toMs('2026-10-25')).toBe(Date.UTC(2026, 9, 25));
		expect([toMs(undefined), toMs('soon')]).toEqual([undefined, undefined]);
	});

	it('are compared and shifted as they are written', () => {
		expect(laterTime('2026-10-01T10:00:00', '2026-10-01T10:00:00.500')).toBe('2026-10-01T10:00:00.500');
		expect(laterTime('2026-10-01T10:00:00', undefined)).toBe('2026-10-01T10:00:00');
		expect(laterTime(undefined, '2026-10-01T10:00:00')).toBe('2026-10-01T10:00:00');
		expect(laterTime(undefined, 'soon')).toBeUndefined();
		expect(isBefore('2026-10-01T09:59:59', '2026-10-01T10:00:00')).toBe(true);
		expect(isBefore('2026-10-01T10:00:00.500', '2026-10-01T10:00:00')).toBe(false);
		expect(isBefore(undefined, '2026-10-01T10:00:00') || isBefore('2026-10-01T10:00:00', undefined)).toBe(false);
		expect(secondBefore('2026-03-01T00:00:00')).toBe('2026-02-28T23:59:59');
		expect(secondAfter('2026-10-01T10:00:00.250')).toBe('2026-10-01T10:00:01');
	});

	// 15 minutes until a record is visible, five for the poll, and the hour of a clock change.
	it.each([
		['2026-10-01T10:00:00', '2026-10-01T11:19:59', false],
		['2026-10-01T10:00:00', '2026-10-01T11:20:00', true],
		['2026-10-01T10:00:00', '2026-10-01T09:00:00', false],
		[undefined, '2026-10-01T11:20:00', false],
		['2026-10-01T10:00:00', undefined, false],
		['soon', '2026-10-01T11:20:00', false],
	])('from %s to %s are settled: %s', (then, newest, expected) => {
		expect(isSettled(then, newest)).toBe(expected);
	});

	it.each([
		[overlapStart, '2026-10-01T10:00:00', '2026-10-01T08:39:59'],
		[overlapStart, 'soon', '1970-01-01T00:00:00'],
		[dayBefore, '2026-03-01T10:00:00', '2026-02-28'],
		[dayBefore, '2026-03-01', '2026-02-28'],
		[dayBefore, 'soon', '1970-01-01'],
		[secondBefore, 'soon', '1970-01-01T00:00:00'],
		[secondAfter, 'soon', '1970-01-01T00:00:01'],
		[secondAfter, '2026-10-01T23:59:59', '2026-10-02T00:00:00'],
	])('are shifted by %p from %s to %s', (move, time, expected) => {
		expect(move(time)).toBe(expected);
	});

	it('are written in whole seconds, and never before 1970', () => {
		expect(fromMs(Date.UTC(2026, 9, 1, 10, 0, 0, 999))).toBe('2026-10-01T10:00:00');
		expect(fromMs(-5)).toBe('1970-01-01T00:00:00');
	});

	it.each([
		['2026-10-01T10:00:00z', '2026-10-01T10:00:00Z'],
		['2026-10-01T12:00:00+0200', '2026-10-01T10:00:00Z'],
		['2026-10-01T08:00:00-02:00', '2026-10-01T10:00:00Z'],
	])('are also read with a zone in any form: %s', (time, expected) => {
		expect(toMs(time)).toBe(Date.parse(expected));
	});

	it.each([
		['soon', '2026-10-01T10:00:00', '2026-10-01T10:00:00'],
		['2026-10-01T10:00:00', 'soon', '2026-10-01T10:00:00'],
		['2026-10-01T10:00:00', '2026-10-01T09:00:00', '2026-10-01T10:00:00'],
		['2026-10-01T10:00:00', '2026-10-01T10:00:00Z', '2026-10-01T10:00:00'],
		['soon', undefined, undefined],
		['soon', 'later', undefined],
	])('are compared: the later one of %s and %s is %s', (one, other, expected) => {
		expect(laterTime(one, other)).toBe(expected);
	});

	it.each([
		['2026-10-01T10:00:00', '2026-10-01T10:00:00', false],
		['soon', '2026-10-01T10:00:00', false],
		['2026-10-01T10:00:00', 'soon', false],
	])('are compared: %s is before %s: %s', (one, other, expected) => {
		expect(isBefore(one, other)).toBe(expected);
	});

	it.each([
		// Summer and winter time.
		['2026-10-01T10:00:00Z', '2026-10-01T13:00:00'],
		['2026-12-01T10:00:00Z', '2026-12-01T12:00:00'],
		['2026-12-01T10:00:01.500Z', '2026-12-01T12:00:01'],
		// The repeated hour.
		['2026-10-24T23:59:59Z', '2026-10-25T02:59:59'],
		['2026-10-25T00:30:00Z', '2026-10-25T03:00:00'],
		['2026-10-25T01:30:00Z', '2026-10-25T03:30:00'],
		['2026-10-25T02:00:00Z', '2026-10-25T04:00:00'],
		// The gap in spring.
		['2027-03-28T00:59:59Z', '2027-03-28T02:59:59'],
		['2027-03-28T01:00:00Z', '2027-03-28T04:00:00'],
	])('of a record created after %s are %s or later', (instant, earliest) => {
		expect(earliestAfter(Date.parse(instant))).toBe(earliest);
	});
});
