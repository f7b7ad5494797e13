import { compactCode, ok, fail, textOf, type Result } from './result';

/**
 * The check digit of a Finnish reference number (Finance Finland's standard): weights 7, 3, 1 from the right over the
 * digits, and what is missing from the next ten. Takes digits only.
 */
function referenceCheckDigit(base: string): number {
	const weights = [7, 3, 1];
	let sum = 0;
	for (let index = 0; index < base.length; index++) sum += weights[index % 3] * Number(base[base.length - 1 - index]);
	return (10 - (sum % 10)) % 10;
}

/**
 * The remainder by 97 of a code whose letters count as 10 to 35 (ISO 7064, used by ISO 11649 and IBAN). Takes digits and
 * capital letters only; goes digit by digit, so that length does not matter.
 */
export function mod97(code: string): number {
	let remainder = 0;
	for (const character of code) {
		const value = parseInt(character, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder;
}

/**
 * A Finnish reference number, its check digit last: 4 to 20 digits after white space and leading zeros are removed (they
 * mean nothing in payments). Gives the digits.
 */
function parseFinnishReference(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(text.value);
	if (!/^\d+$/.test(code)) return fail('is not a Finnish reference number: it has other characters than digits');
	const digits = code.replace(/^0+/, '');
	if (digits.length < 4 || digits.length > 20) {
		return fail(
			`is not a Finnish reference number: it should have 4 to 20 digits, leading zeros left out, and has ${digits.length}`,
		);
	}
	const expected = referenceCheckDigit(digits.slice(0, -1));
	if (expected !== Number(digits.at(-1))) {
		return fail(
			`is not a Finnish reference number: its last digit, the check digit, should be ${expected}`,
			'Look for a mistyped or swapped digit',
		);
	}
	return ok(digits);
}

/** The two check digits of a creditor reference for what follows them (digits and capital letters). */
function rfCheckDigits(body: string): string {
	return String(98 - mod97(`${body}RF00`)).padStart(2, '0');
}

/**
 * A creditor reference of ISO 11649: RF, two check digits and 1 to 21 digits or letters. Leading zeros of an all-digit
 * reference are removed (they don't change the check digits). Gives capital letters without white space.
 */
function parseRfReference(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const match = /^RF(\d\d)([0-9A-Z]{1,21})$/.exec(compactCode(text.value));
	if (match === null) {
		return fail(
			'is not an RF reference: it should be RF, two check digits and at most 21 digits or letters',
			'For example RF81123453',
		);
	}
	const body = /^\d+$/.test(match[2]) ? match[2].replace(/^0+(?=\d)/, '') : match[2];
	const expected = rfCheckDigits(body);
	if (expected !== match[1])
		return fail(
			`is not an RF reference: its check digits should be ${expected}`,
			'Look for a mistyped or swapped character',
		);
	return ok(`RF${expected}${body}`);
}

/** A reference number of either kind, told apart by the letters RF in front. */
export function parseReferenceNumber(input: unknown): Result<string> {
	return typeof input === 'string' && /^\s*RF/i.test(input) ? parseRfReference(input) : parseFinnishReference(input);
}
