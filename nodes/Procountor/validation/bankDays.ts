import { addDays } from './dates';

/** Days of each year on which Finnish banks transfer no money, as mm-dd (docs/procountor.md#payments). */
const FIXED_HOLIDAYS = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26'];

/** Whether Finnish banks transfer money on a day (yyyy-mm-dd): no weekend and no bank holiday. */
export function isBankDay(day: string): boolean {
	const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
	if (weekday === 0 || weekday === 6 || FIXED_HOLIDAYS.includes(day.slice(5))) return false;
	const easter = easterSunday(Number(day.slice(0, 4)));
	// Good Friday, Easter Monday, Ascension Day.
	if ([-2, 1, 39].some((days) => addDays(easter, days) === day)) return false;
	// Midsummer Eve: the Friday from 19 to 25 June.
	return !(weekday === 5 && day.slice(5) >= '06-19' && day.slice(5) <= '06-25');
}

/** Returns the first Finnish bank day on or after a day (yyyy-mm-dd). */
export function bankDayFrom(day: string): string {
	let bankDay = day;
	while (!isBankDay(bankDay)) bankDay = addDays(bankDay, 1);
	return bankDay;
}

/** Easter Sunday of a year as yyyy-mm-dd (the Gregorian computus of Meeus, Jones and Butcher). */
function easterSunday(year: number): string {
	const [golden, century, rest] = [year % 19, Math.floor(year / 100), year % 100];
	const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
	const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
	// Counted from 22 March, the earliest Easter.
	return addDays(`${year}-03-22`, epact + weekday - 7 * late);
}
