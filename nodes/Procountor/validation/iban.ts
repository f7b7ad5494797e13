import { mod97 } from './reference';
import { compactCode, ok, fail, textOf, type Result } from './result';

/** Length of an IBAN by country (SWIFT's IBAN registry). Aland uses Finland's, the French territories use France's. */
const IBAN_LENGTHS = new Map(
	(
		'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 ' +
		'FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 ' +
		'LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 ' +
		'SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
	)
		.split(' ')
		.map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Countries whose banks take part in SEPA credit transfers (European Payments Council's list). */
const SEPA_COUNTRIES = new Set(
	(
		'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK ' +
		'SM VA'
	).split(' '),
);

/** Whether an account, in the form that `parseIban` returns, can receive a SEPA credit transfer. */
export function isSepaAccount(account: string): boolean {
	return SEPA_COUNTRIES.has(account.slice(0, 2));
}

/** Countries that use IBAN, by their two-letter codes. */
export const IBAN_COUNTRIES: readonly string[] = [...IBAN_LENGTHS.keys()];

/**
 * Parses an IBAN (ISO 13616): checks the country, its length, and the check digits. Removes white space and the word IBAN
 * before it, and returns capital letters without spaces, as the API requires.
 */
export function parseIban(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(text.value).replace(/^IBAN:?/, '');
	if (!/^[A-Z]{2}\d{2}[0-9A-Z]+$/.test(code)) {
		return fail(
			'is not an IBAN: it should be a country code, two check digits and the account number',
			'It looks like FI21 1234 5600 0007 85, with or without spaces',
		);
	}
	const country = code.slice(0, 2);
	const length = IBAN_LENGTHS.get(country);
	if (length === undefined) return fail(`is not an IBAN: ${country} is not a country that uses them`);
	if (code.length !== length)
		return fail(`is not an IBAN: after ${country} it should have ${length - 2} characters, and has ${code.length - 2}`);
	if (country === 'FI' && !/^\d+$/.test(code.slice(2)))
		return fail('is not a Finnish IBAN: after FI it should have digits only');
	const check = Number(code.slice(2, 4));
	if (check < 2 || check > 98 || mod97(code.slice(4) + code.slice(0, 4)) !== 1) {
		return fail(
			'is not an IBAN: its check digits do not match the account number',
			'Look for a mistyped or swapped character',
		);
	}
	return ok(code);
}

/** Parses an account number. An IBAN is checked, and a domestic number of another country stays as it is. */
export function parseBankAccount(text: string): Result<string> {
	return /^(IBAN:?)?[A-Z]{2}\d{2}/.test(compactCode(text)) ? parseIban(text) : ok(text);
}

/**
 * Parses a BIC (ISO 9362): four letters, a country, two letters or digits, and optionally three more for a branch. Only the
 * form can be checked. Returns capital letters without spaces.
 */
export function parseBic(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const code = compactCode(text.value);
	if (!/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(code)) {
		return fail('is not a BIC: it should be 8 or 11 characters, the first six of them letters', 'For example NDEAFIHH');
	}
	return ok(code);
}
