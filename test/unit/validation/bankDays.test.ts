import { bankDayFrom, isBankDay } from '../../../nodes/Procountor/validation/bankDays';

const DAY_MS = 86_400_000;

function daysFrom(first: string, last: string): string[] {
	const days: string[] = [];
	for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS)
		days.push(new Date(time).toISOString().slice(0, 10));
	return days;
}

/** Easter Sunday by Oudin's rule, as the US Naval Observatory publishes it; the code uses another rule. */
function easter(year: number): number {
	const { floor } = Math;
	const [golden, century] = [year % 19, floor(year / 100)];
	const moon = (century - floor(century / 4) - floor((8 * century + 13) / 25) + 19 * golden + 15) % 30;
	const full = moon - floor(moon / 28) * (1 - floor(29 / (moon + 1)) * floor((21 - golden) / 11));
	const weekday = (year + floor(year / 4) + full + 2 - century + floor(century / 4)) % 7;
	const month = 3 + floor((full - weekday + 40) / 44);
	return Date.UTC(year, month - 1, full - weekday + 28 - 31 * floor(month / 4));
}

function isExpected(day: string): boolean {
	const date = new Date(day);
	const sinceEaster = (date.getTime() - easter(date.getUTCFullYear())) / DAY_MS;
	const isMidsummerEve = date.getUTCMonth() === 5 && date.getUTCDay() === 5 && /1[9]|2[0-5]/.test(day.slice(8));
	return (
		![0, 6].includes(date.getUTCDay()) &&
		!/-(01-01|01-06|05-01|12-06|12-24|12-25|12-26)$/.test(day) &&
		![-2, 1, 39].includes(sinceEaster) &&
		!isMidsummerEve
	);
}

describe('Bank day calendar', () => {
	it('excludes the weekdays of 2026 on which Finnish banks are closed', () => {
		const weekdays = daysFrom('2026-01-01', '2026-12-31').filter((day) => ![0, 6].includes(new Date(day).getUTCDay()));
		expect(weekdays.filter((day) => !isBankDay(day))).toEqual([
			'2026-01-01',
			'2026-01-06',
			'2026-04-03',
			'2026-04-06',
			'2026-05-01',
			'2026-05-14',
			'2026-06-19',
			'2026-12-24',
			'2026-12-25',
		]);
	});

	it.each([
		['the earliest Easter', '2285-03-22'],
		['the latest Easter', '2038-04-25'],
		['the first exception to the rule', '2049-04-18'],
		['the second exception to the rule', '2076-04-19'],
	])('closes banks on Good Friday and Easter Monday around %s, %s', (_name, sunday) => {
		const [friday, monday, tuesday] = [-2, 1, 2].map((days) =>
			new Date(Date.parse(sunday) + days * DAY_MS).toISOString().slice(0, 10),
		);
		expect([isBankDay(friday), isBankDay(monday), isBankDay(tuesday)]).toEqual([false, false, true]);
	});

	it('matches a second Easter rule for 400 years, and the Midsummer and Christmas holidays', () => {
		const wrong: string[] = [];
		for (let year = 1900; year < 2300; year++) {
			const days = [['03-19', '06-30'], ...(year % 20 === 6 ? [['11-30', '12-31']] : [])];
			for (const [first, last] of days)
				wrong.push(
					...daysFrom(`${year}-${first}`, `${year}-${last}`).filter((day) => isBankDay(day) !== isExpected(day)),
				);
		}
		expect(wrong).toEqual([]);
	});

	it.each([
		['2026-11-27', '2026-11-27'],
		['2026-11-28', '2026-11-30'],
		['2026-04-03', '2026-04-07'],
		['2026-12-24', '2026-12-28'],
		['2027-12-31', '2027-12-31'],
		['2028-01-01', '2028-01-03'],
	])('moves %s to the bank day %s', (day, bankDay) => {
		expect(bankDayFrom(day)).toBe(bankDay);
	});
});
