import { checkTravelEnd, parseTravelTime } from '../../../nodes/Procountor/validation/travelTime';

describe('Travel time', () => {
	it.each([
		['2026-09-28T23:30:00Z', '29.9.2026 2.30'],
		['2026-09-28T08:00:00+03:00', '28.9.2026 8.00'],
		['2026-12-31T22:00:00Z', '1.1.2027 0.00'],
		['2026-09-28 08:15', '28.9.2026 8.15'],
		['2026-09-28', '28.9.2026'],
		['28.9.2026 klo 8', '28.9.2026 klo 8'],
		['28.9.2026 8.00', '28.9.2026 8.00'],
		['maanantaina aamulla', 'maanantaina aamulla'],
	])('writes %s as %s', (given, written) => {
		expect(parseTravelTime(given)).toEqual({ ok: true, value: written });
	});

	it.each(['31.2.2026', '2026-13-01T08:00:00Z', '2026-02-30'])('rejects the impossible day %s', (given) => {
		expect(parseTravelTime(given)).toMatchObject({ ok: false, message: `is not a day of the calendar: "${given}"` });
	});

	it.each(['46293.979', '46293', '46293,5'])('rejects the spreadsheet serial number %s', (given) => {
		const message = `is not a date but looks like a spreadsheet's serial number for 2026-09-28: "${given}"`;
		expect(parseTravelTime(given)).toMatchObject({ ok: false, message });
	});
});

describe('End of a trip', () => {
	it.each([
		['28.9.2026 7.00', '28.9.2026 klo 8'],
		['27.9.2026', '28.9.2026 8.00'],
		['28.9.2026 klo 7.59', '28.9.2026 8:00'],
	])('rejects %s before the departure %s', (end, start) => {
		expect(checkTravelEnd(end, start)).toMatchObject({
			ok: false,
			message: `is "${end}", before the departure "${start}"`,
		});
	});

	it.each([
		['28.9.2026', '28.9.2026 8.00'],
		['29.9.2026 0.30', '28.9.2026 klo 23'],
		['illalla', '28.9.2026 8.00'],
		['28.9.2026 8.00', '28.9.2026 8.00'],
	])('accepts %s after the departure %s', (end, start) => {
		expect(checkTravelEnd(end, start)).toEqual({ ok: true, value: end });
	});
});
