import fc from 'fast-check';
import {
	clock,
	isBefore,
	isSettled,
	later,
	reachBack,
	secondAfter,
	secondBefore,
	VISIBLE_WITHIN,
} from '../../../nodes/Procountor/trigger/times';
import { Clock } from '../../sandbox/clock';

const MINUTE = 60_000;
/** Instants around the nights when clocks are moved, and others. */
const instant = fc.oneof(
	fc.integer({ min: Date.UTC(2026, 9, 24, 22), max: Date.UTC(2026, 9, 25, 4) }),
	fc.integer({ min: Date.UTC(2027, 2, 27, 22), max: Date.UTC(2027, 2, 28, 4) }),
	fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
);
const span = fc.integer({ min: 0, max: 6 * 60 * MINUTE });
const style = fc.record({ timesUtc: fc.boolean(), timesWithMilliseconds: fc.boolean() });
const text = (of: number, how: { timesUtc: boolean; timesWithMilliseconds: boolean }): string =>
	new Clock({}, how).text(of);

describe('times without a zone', () => {
	it('are settled only when the promised delay and a poll have really passed', () => {
		fc.assert(
			fc.property(instant, span, style, (from, after, how) => {
				if (isSettled(text(from, how), text(from + after, how)))
					expect(after).toBeGreaterThanOrEqual(VISIBLE_WITHIN + 5 * MINUTE - 1000);
			}),
			{ numRuns: 5000 },
		);
	});

	it('are settled at the latest two hours and a half later, whatever the clocks do', () => {
		fc.assert(
			fc.property(instant, style, (from, how) => {
				expect(isSettled(text(from, how), text(from + 150 * MINUTE, how))).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	it('are reached back over so far that nothing made within the delay lies before', () => {
		fc.assert(
			fc.property(
				instant,
				fc.integer({ min: -(VISIBLE_WITHIN + 5 * MINUTE), max: 6 * 60 * MINUTE }),
				style,
				(newest, after, how) => {
					expect((clock(text(newest + after, how)) ?? 0) > (clock(reachBack(text(newest, how))) ?? Infinity)).toBe(
						true,
					);
				},
			),
			{ numRuns: 5000 },
		);
	});

	it('are read in every form that Procountor may give', () => {
		const seconds = clock('2026-10-25T03:30:00');
		expect(seconds).toBe(Date.UTC(2026, 9, 25, 3, 30));
		expect(clock('2026-10-25T03:30:00.250')).toBe((seconds ?? 0) + 250);
		expect(clock('2026-10-25T03:30')).toBe(seconds);
		expect(clock('2026-10-25T03:30:00Z')).toBe(seconds);
		expect(clock('2026-10-25T05:30:00+02:00')).toBe(seconds);
		expect(clock('2026-10-25')).toBe(Date.UTC(2026, 9, 25));
		expect([clock(undefined), clock('soon')]).toEqual([undefined, undefined]);
	});

	it('are compared and moved as they are written', () => {
		expect(later('2026-10-01T10:00:00', '2026-10-01T10:00:00.500')).toBe('2026-10-01T10:00:00.500');
		expect(later('2026-10-01T10:00:00', undefined)).toBe('2026-10-01T10:00:00');
		expect(later(undefined, '2026-10-01T10:00:00')).toBe('2026-10-01T10:00:00');
		expect(later(undefined, 'soon')).toBeUndefined();
		expect(isBefore('2026-10-01T09:59:59', '2026-10-01T10:00:00')).toBe(true);
		expect(isBefore('2026-10-01T10:00:00.500', '2026-10-01T10:00:00')).toBe(false);
		expect(isBefore(undefined, '2026-10-01T10:00:00') || isBefore('2026-10-01T10:00:00', undefined)).toBe(false);
		expect(secondBefore('2026-03-01T00:00:00')).toBe('2026-02-28T23:59:59');
		expect(secondAfter('2026-10-01T10:00:00.250')).toBe('2026-10-01T10:00:01');
	});
});
