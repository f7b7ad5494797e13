import { OTHER_COUNTRY_NAMES } from './countryNames';
import { COUNTRY_BY_CODE } from './countryTable';
import { plainName, wordBag } from './names';
import { ok, quoted, fail, textOf, type Result } from './result';

/** All country values of the API. */
export const COUNTRY_VALUES: readonly string[] = Object.values(COUNTRY_BY_CODE);

const codeByValue = new Map(Object.entries(COUNTRY_BY_CODE).map(([code, value]): [string, string] => [value, code]));

/** English, then the languages of Procountor's users. If a name means different countries, the earlier language counts. */
const LANGUAGES = ['en', 'fi', 'sv', 'nb', 'da', 'et'];

/** Codes by plain name and by word bag. Built when first needed, because it takes some milliseconds. */
let codeByName: Map<string, string> | undefined;

function buildNameMap(): Map<string, string> {
	const map = new Map<string, string>();
	const addName = (name: string | undefined, code: string) => {
		if (name === undefined) return;
		for (const key of [plainName(name), wordBag(name)]) if (!map.has(key)) map.set(key, code);
	};
	for (const [code, value] of Object.entries(COUNTRY_BY_CODE)) addName(value, code);
	for (const [code, names] of Object.entries(OTHER_COUNTRY_NAMES)) for (const name of names) addName(name, code);
	for (const language of LANGUAGES) {
		for (const style of ['long', 'short'] as const) {
			const display = new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
			for (const code of Object.keys(COUNTRY_BY_CODE)) addName(display.of(code), code);
		}
	}
	return map;
}

/**
 * Returns Procountor's value for a country from a name (Sweden, Ruotsi, Sverige), a two-letter code (SE) or the value itself
 * (SWEDEN); undefined if the country is not known.
 */
export function countryValue(name: string): string | undefined {
	const code = name.trim().toUpperCase();
	if (Object.hasOwn(COUNTRY_BY_CODE, code)) return COUNTRY_BY_CODE[code];
	codeByName ??= buildNameMap();
	const found = codeByName.get(plainName(name)) ?? codeByName.get(wordBag(name));
	return found === undefined ? undefined : COUNTRY_BY_CODE[found];
}

/** Like `countryValue`, as a `Result`. `allowed` is the field's own list if it is shorter than the full one. */
export function parseCountry(input: unknown, allowed: readonly string[] = COUNTRY_VALUES): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const value = countryValue(text.value);
	if (value === undefined) {
		return fail(
			`is not a country that Procountor knows: ${quoted(text.value)}`,
			'Use a name (Sweden), a two-letter code (SE) or the value of Procountor (SWEDEN)',
		);
	}
	return allowed.includes(value) ? ok(value) : fail(`is a country that cannot be used here: ${quoted(text.value)}`);
}

/** Returns the two-letter code of one of Procountor's country values; undefined for other values. */
export function countryCode(value: string): string | undefined {
	return codeByValue.get(value);
}

/**
 * Returns the name of one of Procountor's country values, in English or another language; the value itself if no name
 * is known.
 */
export function countryName(value: string, language = 'en'): string {
	const code = codeByValue.get(value);
	if (code === undefined) return value;
	return (
		new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code) ??
		OTHER_COUNTRY_NAMES[code]?.[0] ??
		value
	);
}
