import fc from 'fast-check';
import { findOpenDay } from '../../../nodes/Procountor/resources/shared/bookkeeping/openDay';
import { addDays } from '../../../nodes/Procountor/validation/dates';

const years = [
	{ startDate: '2025-01-01', endDate: '2025-12-31', isOpen: false, trackingPeriods: [] },
	{
		startDate: '2026-01-01',
		endDate: '2026-12-31',
		isOpen: true,
		trackingPeriods: [
			{ startDate: '2026-01-01', endDate: '2026-03-31', status: 'CLOSED' },
			{ startDate: '2026-04-01', endDate: '2026-06-30', status: 'PENDING' },
			{ startDate: '2026-07-01', endDate: '2026-09-30', status: 'OPEN' },
		],
	},
	{ startDate: '2027-01-01', endDate: '2027-12-31', isOpen: true },
];

it.each([
	['2025-06-15', '2026-07-01'],
	['2026-02-01', '2026-07-01'],
	['2026-08-15', '2026-08-15'],
	['2026-12-31', '2026-12-31'],
	['2027-06-01', '2027-06-01'],
	['2028-01-01', undefined],
])('The first open day from %s is %s', (day, open) => {
	expect(findOpenDay([...years].reverse(), day)).toBe(open);
});

/** The rule, written independently: a day is open if its year and all periods that contain it are open. */
function isOpen(day: string): boolean {
	const year = years.find(({ startDate, endDate }) => startDate <= day && day <= endDate);
	return (
		year?.isOpen === true &&
		!(year.trackingPeriods ?? []).some(
			(period) => period.startDate <= day && day <= period.endDate && period.status !== 'OPEN',
		)
	);
}

it('The first open day is the first day for which the rule holds', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 1100 }), (offset) => {
			const day = addDays('2024-12-15', offset);
			const found = findOpenDay(years, day);
			let walked: string | undefined = day;
			while (walked !== undefined && !isOpen(walked)) walked = walked > '2028-01-01' ? undefined : addDays(walked, 1);
			expect(found).toBe(walked);
		}),
	);
});
