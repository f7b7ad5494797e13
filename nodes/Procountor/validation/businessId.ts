import { compactCode, ok, fail, textOf, type Result } from './result';

/** Weights of the seven digits of a business ID, from the left (Finnish Patent and Registration Office). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2];

/**
 * Returns the check digit for the first seven digits of a Finnish business ID; undefined if no business ID can begin with
 * them (a remainder of 1, or only zeros).
 */
function businessIdCheckDigit(sevenDigits: string): number | undefined {
	const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(sevenDigits[index]), 0);
	const remainder = sum % 11;
	if (remainder === 1 || sum === 0) return undefined;
	return remainder === 0 ? 0 : 11 - remainder;
}

/** The names that people write before a business ID or VAT number, in Finnish, Swedish and English. */
const NUMBER_NAME =
	/^\s*(?:y-?tunnus|fo-?nummer|org(?:anisations)?\.?[- ]?(?:nr|nummer)|moms(?:reg)?\.?-?nr|alv-?(?:nro?|tunnus)|vat(?:[- ]?(?:nr|no|id|number))?)[.:\s]*(?=(?:[a-z]{2})?[\s-]*\d)/i;

/** Removes the name before a number, and replaces dashes by hyphens: `Org.nr 556677–8899` becomes `556677-8899`. */
export const stripNumberName = (text: string): string =>
	text
		.replace(NUMBER_NAME, '')
		.replace(/[\u2010-\u2015\u2212]/gu, '-')
		.trim();

/**
 * Checks a Finnish business ID (Y-tunnus): 1234567-1, without the hyphen, with FI or its name before it, or in the old
 * form of six digits, which gets its leading zero. Returns the form 1234567-1.
 */
export function parseBusinessId(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const match = /^(?:FI-?)?(?:(\d{7})-?|(\d{6})-)(\d)$/.exec(compactCode(stripNumberName(text.value)));
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
 * The formats of VAT numbers after the country code, for the EU member states and Northern Ireland, as the European
 * Commission's VIES service accepts them. Greece uses EL. Only the Finnish check digit is verified, because the national
 * rules differ and change.
 */
const VAT_FORMATS: Readonly<Record<string, { pattern: RegExp; description: string }>> = {
	AT: { pattern: /^U\d{8}$/, description: 'U and 8 digits' },
	BE: { pattern: /^[01]\d{9}$/, description: '10 digits that begin with 0 or 1' },
	BG: { pattern: /^\d{9,10}$/, description: '9 or 10 digits' },
	CY: { pattern: /^\d{8}[A-Z]$/, description: '8 digits and a letter' },
	CZ: { pattern: /^\d{8,10}$/, description: '8 to 10 digits' },
	DE: { pattern: /^\d{9}$/, description: '9 digits' },
	DK: { pattern: /^\d{8}$/, description: '8 digits' },
	EE: { pattern: /^\d{9}$/, description: '9 digits' },
	EL: { pattern: /^\d{9}$/, description: '9 digits' },
	ES: {
		pattern: /^(?:[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/,
		description: '9 characters of which the first or the last is a letter',
	},
	FI: { pattern: /^\d{8}$/, description: '8 digits: the business ID without its hyphen' },
	FR: { pattern: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, description: '2 characters and 9 digits' },
	HR: { pattern: /^\d{11}$/, description: '11 digits' },
	HU: { pattern: /^\d{8}$/, description: '8 digits' },
	IE: { pattern: /^\d[A-Z0-9+*]\d{5}[A-W][A-I]?$/, description: '7 digits and 1 or 2 letters' },
	IT: { pattern: /^\d{11}$/, description: '11 digits' },
	LT: { pattern: /^(?:\d{9}|\d{12})$/, description: '9 or 12 digits' },
	LU: { pattern: /^\d{8}$/, description: '8 digits' },
	LV: { pattern: /^\d{11}$/, description: '11 digits' },
	MT: { pattern: /^\d{8}$/, description: '8 digits' },
	NL: { pattern: /^\d{9}B\d{2}$/, description: '9 digits, B and 2 digits' },
	PL: { pattern: /^\d{10}$/, description: '10 digits' },
	PT: { pattern: /^\d{9}$/, description: '9 digits' },
	RO: { pattern: /^\d{2,10}$/, description: '2 to 10 digits' },
	SE: { pattern: /^\d{12}$/, description: '12 digits: the organisation number and two more' },
	SI: { pattern: /^\d{8}$/, description: '8 digits' },
	SK: { pattern: /^\d{10}$/, description: '10 digits' },
	XI: { pattern: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, description: '9 or 12 digits' },
};

/**
 * Returns the prefix of a country's VAT numbers: its two-letter code, or EL for Greece. Undefined for countries outside the
 * EU VAT area, whose numbers have no common format and are not checked.
 */
export function vatPrefix(isoCountry: string): string | undefined {
	const code = isoCountry.toUpperCase();
	const prefix = code === 'GR' ? 'EL' : code;
	return prefix in VAT_FORMATS ? prefix : undefined;
}

/**
 * Parses a VAT number of an EU member state or Northern Ireland with its country code. Removes spaces, hyphens and full
 * stops, and returns the form FI12345671.
 * @param isoCountry the two-letter code of the country that the number must belong to; one that `vatPrefix` knows
 */
export function parseVatNumber(input: unknown, isoCountry?: string): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(stripNumberName(text.value)).replace(/[-.]/g, '');
	const expectedPrefix = isoCountry === undefined ? undefined : vatPrefix(isoCountry);
	const prefix = code.startsWith('GR') ? 'EL' : code.slice(0, 2);
	if (!(prefix in VAT_FORMATS)) {
		if (expectedPrefix !== undefined)
			return fail(
				`is not a VAT number: it should begin with ${expectedPrefix}`,
				`After ${expectedPrefix} come ${VAT_FORMATS[expectedPrefix].description}`,
			);
		return fail(
			'is not an EU VAT number: it should begin with the country code of a member state',
			'For example FI12345671 or DE123456789',
		);
	}
	if (expectedPrefix !== undefined && expectedPrefix !== prefix) {
		return fail(
			`begins with ${prefix}, but VAT numbers of the country begin with ${expectedPrefix}`,
			'Correct the country or the VAT number',
		);
	}
	const rest = code.slice(2);
	const { pattern: form, description: words } = VAT_FORMATS[prefix];
	if (!form.test(rest))
		return fail(
			`is not a VAT number: after ${prefix} should come ${words}`,
			'Look for a missing or superfluous character',
		);
	if (prefix === 'FI') {
		const id = parseBusinessId(rest);
		if (!id.ok) return fail(id.message.replace('a Finnish business ID', 'a Finnish VAT number'), id.advice);
	}
	return ok(prefix + rest);
}
