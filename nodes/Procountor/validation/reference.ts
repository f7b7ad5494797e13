import { compactCode, ok, fail, textOf, type Result } from './result';

/**
 * Returns the check digit of a Finnish reference number (Finance Finland's standard): the sum of the digits with the weights
 * 7, 3, 1 from the right, subtracted from the next multiple of ten.
 */
function referenceCheckDigit(base: string): number {
	const weights = [7, 3, 1];
	let sum = 0;
	for (let index = 0; index < base.length; index++) sum += weights[index % 3] * Number(base[base.length - 1 - index]);
	return (10 - (sum % 10)) % 10;
}

/**
 * Returns a code modulo 97, with letters as 10 to 35 (ISO 7064, used by ISO 11649 and IBAN). Calculates digit by digit, so
 * that the code can be of any length.
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
 * Parses a Finnish reference number, which ends with its check digit. Removes white space and leading zeros, which have no
 * meaning in payments. 4 to 20 digits must remain.
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

/** Returns the two check digits of a creditor reference for the digits and capital letters after them. */
function rfCheckDigits(body: string): string {
	return String(98 - mod97(`${body}RF00`)).padStart(2, '0');
}

/**
 * Parses a creditor reference (ISO 11649): RF, two check digits and 1 to 21 digits or letters. Removes the leading zeros of
 * digits, which do not change the check digits. Returns capital letters without white space.
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

/** Parses a Finnish reference number, or a creditor reference, which begins with RF. */
export function parseReferenceNumber(input: unknown): Result<string> {
	return typeof input === 'string' && /^\s*RF/i.test(input) ? parseRfReference(input) : parseFinnishReference(input);
}
