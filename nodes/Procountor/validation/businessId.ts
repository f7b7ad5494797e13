import { compactCode, ok, fail, textOf, type Result } from './result';

/** Weights of the seven digits of a business ID, from the left (Finnish Patent and Registration Office). */
const weights = [7, 9, 10, 5, 8, 4, 2];

/**
 * The check digit that belongs to the first seven digits of a Finnish business ID.
 * Takes exactly seven digits; undefined where the rule allows no check digit at all (remainder 1), or the digits are all zero.
 */
function businessIdCheckDigit(sevenDigits: string): number | undefined {
	const sum = weights.reduce((total, weight, index) => total + weight * Number(sevenDigits[index]), 0);
	const remainder = sum % 11;
	if (remainder === 1 || sum === 0) return undefined;
	return remainder === 0 ? 0 : 11 - remainder;
}

/** What people write before a business ID or VAT number, in Finnish, Swedish and English. */
const NAME =
	/^\s*(?:y-?tunnus|fo-?nummer|org(?:anisations)?\.?[- ]?(?:nr|nummer)|moms(?:reg)?\.?-?nr|alv-?(?:nro?|tunnus)|vat(?:[- ]?(?:nr|no|id|number))?)[.:\s]*(?=(?:[a-z]{2})?[\s-]*\d)/i;

/** A number without its name in front, and with plain hyphens: `Org.nr 556677–8899` becomes `556677-8899`. */
export const withoutName = (text: string): string =>
	text
		.replace(NAME, '')
		.replace(/[\u2010-\u2015\u2212]/gu, '-')
		.trim();

/**
 * Checks a Finnish business ID (Y-tunnus): 1234567-1, without the hyphen, with FI or its name before it, or in the old
 * form of six digits, which gets its leading zero. Returns the form 1234567-1.
 */
export function businessId(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const match = /^(?:FI-?)?(?:(\d{7})-?|(\d{6})-)(\d)$/.exec(compactCode(withoutName(text.value)));
	if (match === null) {
		return fail(
			'is not a Finnish business ID: it should be seven digits, a hyphen and a check digit',
			'For example 1234567-1',
		);
	}
	const digits = match[1] ?? `0${match[2]}`;
	const expected = businessIdCheckDigit(digits);
	if (expected === undefined) return fail(`is not a Finnish business ID: none can begin with ${digits}`);
	if (expected !== Number(match[3])) {
		return fail(
			`is not a Finnish business ID: its check digit should be ${expected}`,
			'Look for a mistyped or swapped digit',
		);
	}
	return ok(`${digits}-${match[3]}`);
}

/**
 * What follows the country code in the VAT numbers of the EU member states and Northern Ireland, as the European
 * Commission's VIES service takes it. Greece uses EL. Only forms: the national check digit rules differ and change,
 * the Finnish one alone is calculated.
 */
const vatForms: Readonly<Record<string, { form: RegExp; words: string }>> = {
	AT: { form: /^U\d{8}$/, words: 'U and 8 digits' },
	BE: { form: /^[01]\d{9}$/, words: '10 digits that begin with 0 or 1' },
	BG: { form: /^\d{9,10}$/, words: '9 or 10 digits' },
	CY: { form: /^\d{8}[A-Z]$/, words: '8 digits and a letter' },
	CZ: { form: /^\d{8,10}$/, words: '8 to 10 digits' },
	DE: { form: /^\d{9}$/, words: '9 digits' },
	DK: { form: /^\d{8}$/, words: '8 digits' },
	EE: { form: /^\d{9}$/, words: '9 digits' },
	EL: { form: /^\d{9}$/, words: '9 digits' },
	ES: { form: /^(?:[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/, words: '9 characters of which the first or the last is a letter' },
	FI: { form: /^\d{8}$/, words: '8 digits: the business ID without its hyphen' },
	FR: { form: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, words: '2 characters and 9 digits' },
	HR: { form: /^\d{11}$/, words: '11 digits' },
	HU: { form: /^\d{8}$/, words: '8 digits' },
	IE: { form: /^\d[A-Z0-9+*]\d{5}[A-W][A-I]?$/, words: '7 digits and 1 or 2 letters' },
	IT: { form: /^\d{11}$/, words: '11 digits' },
	LT: { form: /^(?:\d{9}|\d{12})$/, words: '9 or 12 digits' },
	LU: { form: /^\d{8}$/, words: '8 digits' },
	LV: { form: /^\d{11}$/, words: '11 digits' },
	MT: { form: /^\d{8}$/, words: '8 digits' },
	NL: { form: /^\d{9}B\d{2}$/, words: '9 digits, B and 2 digits' },
	PL: { form: /^\d{10}$/, words: '10 digits' },
	PT: { form: /^\d{9}$/, words: '9 digits' },
	RO: { form: /^\d{2,10}$/, words: '2 to 10 digits' },
	SE: { form: /^\d{12}$/, words: '12 digits: the organisation number and two more' },
	SI: { form: /^\d{8}$/, words: '8 digits' },
	SK: { form: /^\d{10}$/, words: '10 digits' },
	XI: { form: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, words: '9 or 12 digits' },
};

/**
 * The prefix that VAT numbers of a country begin with, from its two-letter code: itself, or EL for Greece. Undefined for countries
 * outside the EU VAT area, whose numbers have no common form and are not to be checked.
 */
export function vatPrefix(isoCountry: string): string | undefined {
	const code = isoCountry.toUpperCase();
	const prefix = code === 'GR' ? 'EL' : code;
	return prefix in vatForms ? prefix : undefined;
}

/**
 * A VAT number of an EU member state or Northern Ireland, given with its country code; spaces, hyphens and full stops are
 * removed. With `isoCountry` (two letters) the number must be that country's. Gives the form FI12345671.
 * Not for countries that `vatPrefix` does not know.
 */
export function vatNumber(input: unknown, isoCountry?: string): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(withoutName(text.value)).replace(/[-.]/g, '');
	const wanted = isoCountry === undefined ? undefined : vatPrefix(isoCountry);
	const written = code.startsWith('GR') ? 'EL' : code.slice(0, 2);
	if (!(written in vatForms)) {
		if (wanted !== undefined)
			return fail(
				`is not a VAT number: it should begin with ${wanted}`,
				`After ${wanted} come ${vatForms[wanted].words}`,
			);
		return fail(
			'is not an EU VAT number: it should begin with the country code of a member state',
			'For example FI12345671 or DE123456789',
		);
	}
	if (wanted !== undefined && wanted !== written) {
		return fail(
			`begins with ${written}, but VAT numbers of the country begin with ${wanted}`,
			'Correct the country or the VAT number',
		);
	}
	const rest = code.slice(2);
	const { form, words } = vatForms[written];
	if (!form.test(rest))
		return fail(
			`is not a VAT number: after ${written} should come ${words}`,
			'Look for a missing or superfluous character',
		);
	if (written === 'FI') {
		const id = businessId(rest);
		if (!id.ok) return fail(id.message.replace('a Finnish business ID', 'a Finnish VAT number'), id.advice);
	}
	return ok(written + rest);
}
