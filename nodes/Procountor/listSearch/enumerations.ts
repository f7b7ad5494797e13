import type { INodeListSearchResult } from 'n8n-workflow';
import { countryCode, countryName, COUNTRY_VALUES } from '../validation/countries';
import { parseUnit } from '../validation/units';
import { schemaNamed } from '../api';
import { titleOf } from '../labels/terms';
import type { EnumerationName } from './names';

type Choice = INodeListSearchResult['results'][number];

const compareNames = (a: Choice, b: Choice): number => a.name.localeCompare(b.name);
const valuesOf = (schema: string): string[] => schemaNamed(schema).enum ?? [];

/** A currency's code, with its English name where one is known: `EUR (Euro)`. */
function currencyChoice(value: string): Choice {
	const name = new Intl.DisplayNames(['en'], { type: 'currency', fallback: 'none' }).of(value);
	return { name: name === undefined ? value : `${value} (${name})`, value };
}

const choices: Record<EnumerationName, () => Choice[]> = {
	country: () =>
		valuesOf('Country')
			.map((value) => ({ name: `${countryName(value)} (${countryCode(value) ?? value})`, value }))
			.sort(compareNames),
	countryCode: () =>
		COUNTRY_VALUES.map((value) => ({
			name: `${countryName(value)} (${countryCode(value)})`,
			value: countryCode(value) as string,
		})).sort(compareNames),
	currency: () => valuesOf('CurrencyCode').map(currencyChoice).sort(compareNames),
	unit: () =>
		valuesOf('ProductUnit')
			.map((value) => ({ name: titleOf(value), value }))
			.sort(compareNames),
};

/** Searches one of the API's long lists of values by its labels, or by other usual spellings (kpl). */
export function searchEnumeration(name: EnumerationName, filter = ''): INodeListSearchResult {
	const searchText = filter.trim().toLowerCase();
	const matchingUnit = name === 'unit' ? parseUnit(filter) : undefined;
	return {
		results: choices[name]().filter(
			(choice) =>
				choice.name.toLowerCase().includes(searchText) || (matchingUnit?.ok && choice.value === matchingUnit.value),
		),
	};
}
