import { plainName } from './names';
import { ok, quoted, fail, textOf, type Result } from './result';

/** The languages of invoices, partners and products. */
export const LANGUAGE_VALUES: readonly string[] = ['DANISH', 'ENGLISH', 'ESTONIAN', 'FINNISH', 'NORWEGIAN', 'SWEDISH'];

/**
 * The spellings of the languages: ISO 639 codes of two and three letters, country codes that people use instead, and names in
 * the language itself and in English, Finnish and Swedish.
 */
const SPELLINGS: Readonly<Record<string, string>> = {
	DANISH: 'da dan dk danish dansk tanska danska',
	ENGLISH: 'en eng gb uk us english englanti engelska engelsk inglise',
	ESTONIAN: 'et est ee estonian eesti viro estniska estisk',
	FINNISH: 'fi fin finnish suomi finska finsk soome',
	NORWEGIAN: 'no nb nn nor nob nno norwegian norsk norja norska bokmal nynorsk',
	SWEDISH: 'sv swe se swedish svenska ruotsi svensk rootsi',
};

const VALUE_BY_SPELLING = new Map(
	Object.entries(SPELLINGS).flatMap(([value, words]) =>
		words.split(' ').map((word): [string, string] => [word, value]),
	),
);

/**
 * Parses a language from a name (English, englanti), a code (en, eng), a locale (en-GB, sv_FI) or Procountor's own value
 * (ENGLISH). `allowed` is the field's own list if it is shorter than the full one.
 */
export function parseLanguage(input: unknown, allowed: readonly string[] = LANGUAGE_VALUES): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const name = plainName(text.value);
	// A locale begins with the language: sv_FI.
	const value =
		VALUE_BY_SPELLING.get(name) ??
		(/^[a-z]{2,3} [a-z0-9 ]+$/.test(name) ? VALUE_BY_SPELLING.get(name.split(' ')[0]) : undefined);
	if (value === undefined || !allowed.includes(value)) {
		const choices = allowed.map((choice) => choice[0] + choice.slice(1).toLowerCase()).join(', ');
		return fail(`is not a language that can be used here: ${quoted(text.value)}`, `Use one of ${choices}, or its code`);
	}
	return ok(value);
}
