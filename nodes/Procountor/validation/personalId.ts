import { isDate } from './dates';
import { compactCode, ok, fail, textOf, type Result } from './result';

/** The check characters by the remainder of the nine digits divided by 31 (docs/procountor.md#check-digits). */
const CHECK_CHARACTERS = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** The century of each sign. The letters other than A have been in use since 2023. */
const CENTURIES: Readonly<Record<string, string>> = Object.fromEntries([
	['+', '18'],
	...[...'-YXWVU'].map((sign) => [sign, '19']),
	...[...'ABCDEF'].map((sign) => [sign, '20']),
] as const);

const PATTERN = /^(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-Z])$/;

/**
 * Parses a Finnish personal identity code (henkilötunnus), such as 131052-308T: a date of birth, a sign for the century, three
 * digits and a check character. Returns capital letters without spaces. Messages never quote the code, because logs would
 * store it.
 */
export function parsePersonalId(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(text.value);
	const match = PATTERN.exec(code);
	if (match === null)
		return fail(
			'is not a Finnish personal identity code: it should be a day of birth, a sign for the century, three digits and a check character',
			'For example 131052-308T',
		);
	const [, day, month, year, sign, number, check] = match;
	if (!isDate(`${CENTURIES[sign]}${year}-${month}-${day}`))
		return fail('is not a Finnish personal identity code: it does not begin with a day of birth');
	if (Number(number) < 2) return fail('is not a Finnish personal identity code: its three digits begin from 002');
	const expected = CHECK_CHARACTERS[Number(day + month + year + number) % CHECK_CHARACTERS.length];
	if (check !== expected)
		return fail(
			'is not a Finnish personal identity code: its check character does not match',
			'Look for a mistyped or swapped character',
		);
	return ok(code);
}
