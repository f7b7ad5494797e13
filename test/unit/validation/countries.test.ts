import contract from '../../contract/contract.json';
import {
	parseCountry,
	countryCode,
	countryName,
	countryValue,
	COUNTRY_VALUES,
} from '../../../nodes/Procountor/validation/countries';
import { OTHER_COUNTRY_NAMES } from '../../../nodes/Procountor/validation/countryNames';
import { COUNTRY_BY_CODE } from '../../../nodes/Procountor/validation/countryTable';
import { plainName, wordBag } from '../../../nodes/Procountor/validation/names';
import { schemaNamed } from '../../../nodes/Procountor/api';
import { problemOf, valueOf } from './messages';

const all = contract.components.schemas.Country.enum;
const fewer = contract.components.schemas.CountryWithoutThreeTerritories.enum;
const languages = ['en', 'fi', 'sv', 'nb', 'da', 'et'];

/** The two values that are not countries of ISO 3166-1. */
const withoutIso = ['KOSOVO_TEMPORARY', 'NORTHERN_IRELAND_TEMPORARY'];

describe('Country table', () => {
	it('has exactly the values of the contract, each once', () => {
		expect([...COUNTRY_VALUES].sort()).toEqual([...all].sort());
		expect(new Set(COUNTRY_VALUES).size).toBe(COUNTRY_VALUES.length);
	});

	it('provides the API client with the lists of the contract', () => {
		expect(schemaNamed('Country').enum).toEqual(all);
		expect(schemaNamed('CountryWithoutThreeTerritories').enum).toEqual(fewer);
	});

	it('has two-letter codes that Unicode lists as regions, except for Northern Ireland', () => {
		const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
		const unknown = Object.keys(COUNTRY_BY_CODE).filter((code) => english.of(code) === undefined);
		expect(unknown).toEqual(['XI']);
	});

	it('has no withdrawn code', () => {
		// Codes with a Unicode name that ISO 3166-1 has withdrawn or never assigned.
		const withdrawn =
			'AC AN BU CP CQ CS DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ'.split(
				' ',
			);
		for (const code of Object.keys(COUNTRY_BY_CODE)) expect(withdrawn).not.toContain(code);
		expect(Object.keys(COUNTRY_BY_CODE)).toHaveLength(251);
	});
});

describe('Country', () => {
	it('is found by its code, its value and its English name', () => {
		const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
		for (const value of all) {
			const code = countryCode(value);
			if (code === undefined) throw new Error(`${value} has no code`);
			const name = english.of(code) ?? OTHER_COUNTRY_NAMES[code][0];
			expect([name, valueOf(parseCountry(name))]).toEqual([name, value]);
			expect(valueOf(parseCountry(code))).toBe(value);
			expect(valueOf(parseCountry(code.toLowerCase()))).toBe(value);
			expect(valueOf(parseCountry(value))).toBe(value);
			expect(valueOf(parseCountry(value.toLowerCase().replaceAll('_', ' ')))).toBe(value);
			expect(countryValue(countryName(value))).toBe(value);
		}
	});

	it('is found by its name in all invoice languages without ambiguity', () => {
		for (const language of languages) {
			for (const style of ['long', 'short'] as const) {
				const names = new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
				for (const [code, value] of Object.entries(COUNTRY_BY_CODE)) {
					const name = names.of(code);
					if (name !== undefined) expect([language, name, countryValue(name)]).toEqual([language, name, value]);
				}
			}
		}
	});

	it('is found by every alternative name', () => {
		for (const [code, names] of Object.entries(OTHER_COUNTRY_NAMES)) {
			for (const name of names) expect([name, countryValue(name)]).toEqual([name, COUNTRY_BY_CODE[code]]);
		}
	});

	it.each([
		['Sweden', 'SWEDEN'],
		['SE', 'SWEDEN'],
		['SWEDEN', 'SWEDEN'],
		['Ruotsi', 'SWEDEN'],
		['ruotsi ', 'SWEDEN'],
		['Sverige', 'SWEDEN'],
		['Suomi', 'FINLAND'],
		['Viro', 'ESTONIA'],
		['Åland', 'ALAND_ISLANDS'],
		['Ahvenanmaa', 'ALAND_ISLANDS'],
		['Saksa', 'GERMANY'],
		['UK', 'UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND'],
		['The United Kingdom', 'UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND'],
		['USA', 'UNITED_STATES_OF_AMERICA'],
		['the Netherlands', 'NETHERLANDS'],
		['Côte d’Ivoire', 'COTE_D_IVOIRE'],
		['Cote dIvoire', undefined],
		["Cote d'Ivoire", 'COTE_D_IVOIRE'],
		['Korea, Republic of', 'REPUBLIC_OF_KOREA'],
		["Korea, Democratic People's Republic of", 'DEMOCRATIC_PEOPLE_S_REPUBLIC_OF_KOREA'],
		['Korea', undefined],
		['Congo, The Democratic Republic of the', 'THE_DEMOCRATIC_REPUBLIC_OF_THE_CONGO'],
		['Moldova, Republic of', 'REPUBLIC_OF_MOLDOVA'],
		['Türkiye', 'TURKEY'],
		['Turkki', 'TURKEY'],
		['St. Lucia', 'SAINT_LUCIA'],
		['Bosnia & Herzegovina', 'BOSNIA_AND_HERZEGOVINA'],
		['Northern Ireland', 'NORTHERN_IRELAND_TEMPORARY'],
		['Kosovo', 'KOSOVO_TEMPORARY'],
		['EL', 'GREECE'],
		['constructor', undefined],
		['EU', undefined],
		['Atlantis', undefined],
		['', undefined],
	])('is read from %p as %p', (name, value) => {
		expect(countryValue(name)).toBe(value);
	});

	it('is reported if it is unknown or the field does not accept it', () => {
		expect(problemOf(parseCountry('Atlantis'))).toBe('is not a country that Procountor knows: "Atlantis"');
		expect(problemOf(parseCountry(''))).toBe('is empty');
		expect(problemOf(parseCountry(undefined))).toBe('is not text');
		const missing = all.filter((value) => !fewer.includes(value));
		expect(missing).toHaveLength(3);
		for (const value of missing) {
			expect(valueOf(parseCountry(value))).toBe(value);
			expect(problemOf(parseCountry(value, fewer))).toContain('is a country that cannot be used here');
		}
		expect(valueOf(parseCountry('se', fewer))).toBe('SWEDEN');
	});

	it('has names in other languages, and a code only for its exact value', () => {
		expect(countryName('SWEDEN', 'fi')).toBe('Ruotsi');
		expect(countryName('NORTHERN_IRELAND_TEMPORARY')).toBe('Northern Ireland');
		expect(countryName('ATLANTIS')).toBe('ATLANTIS');
		expect(countryCode('FINLAND')).toBe('FI');
		expect(countryCode('Finland')).toBeUndefined();
		expect(withoutIso.map(countryCode)).toEqual(['XK', 'XI']);
	});
});

describe('Name comparison', () => {
	it('ignores accents, case, signs and word order', () => {
		expect(plainName('  Côte d’Ivoire ')).toBe('cote d ivoire');
		expect(plainName('Færøerne')).toBe('faeroerne');
		expect(wordBag('Korea, Republic of')).toBe(wordBag('the Republic of Korea'));
		expect(wordBag('St. Kitts & Nevis')).toBe('kitts nevis saint');
	});
});
