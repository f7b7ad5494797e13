import { parseDate, parseDateTime } from '../../../nodes/Procountor/validation/dates';
import { serialMoment, convertSerialDate } from '../../../nodes/Procountor/validation/serialDates';
import { adviceOf, problemOf } from './messages';

describe('Spreadsheet serial number', () => {
	it.each([
		[46296, '2026-10-01T00:00:00', '2030-10-02T00:00:00'],
		['46296', '2026-10-01T00:00:00', '2030-10-02T00:00:00'],
		[46296.5, '2026-10-01T12:00:00', '2030-10-02T12:00:00'],
		[' 46296,75 ', '2026-10-01T18:00:00', '2030-10-02T18:00:00'],
		[46296.99998843, '2026-10-01T23:59:59', '2030-10-02T23:59:59'],
		[46081, '2026-02-28T00:00:00', '2030-03-01T00:00:00'],
		[45351, '2024-02-29T00:00:00', '2028-03-01T00:00:00'],
		[10000, '1927-05-18T00:00:00', '1931-05-19T00:00:00'],
		[99999, '2173-10-13T00:00:00', '2177-10-14T00:00:00'],
	])('converts %p to %s in the 1900 system and to %s in the 1904 system', (value, from1900, from1904) => {
		expect(serialMoment(value, 'system1900')).toBe(from1900);
		expect(serialMoment(value, 'system1904')).toBe(from1904);
	});

	it.each([
		2026,
		9999,
		100000,
		20261001,
		'2026-10-01',
		'1.10.2026',
		'46296.',
		'4629',
		-46296,
		NaN,
		Infinity,
		null,
		true,
	])('is not recognized in %p', (value) => {
		expect(serialMoment(value, 'system1900')).toBeUndefined();
		expect(convertSerialDate(value, 'system1900')).toBe(value);
	});

	it('stays unchanged if no date system is chosen', () => {
		expect(convertSerialDate(46296, undefined)).toBe(46296);
	});

	it.each([[46296], ['46296'], [46296.5], ['46296,5']])(
		'is rejected as a date, with its meaning in the message: %p',
		(value) => {
			for (const read of [parseDate, parseDateTime]) {
				expect(problemOf(read(value))).toBe(
					`is not a date but looks like a spreadsheet's serial number for 2026-10-01: "${value}"`,
				);
				expect(adviceOf(read(value))).toBe(
					"Format the cells as dates, write 2026-10-01, or choose how to read it under 'Dates as Serial Numbers' where that is offered (counted from 1904 it is 2030-10-02)",
				);
			}
		},
	);
});
