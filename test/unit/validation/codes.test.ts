import contract from '../../contract/contract.json';
import { parseCurrency } from '../../../nodes/Procountor/validation/currencies';
import { parseLanguage, LANGUAGE_VALUES } from '../../../nodes/Procountor/validation/languages';
import { plainName } from '../../../nodes/Procountor/validation/names';
import { parseUnit, UNIT_SPELLINGS, UNIT_VALUES } from '../../../nodes/Procountor/validation/units';
import { problemOf, valueOf } from './messages';

const schemas = contract.components.schemas;

describe('Language', () => {
	it('has the values of the contract', () => {
		expect([...LANGUAGE_VALUES].sort()).toEqual([...schemas.Invoice.properties.language.enum].sort());
	});

	it.each([
		['English', 'ENGLISH'],
		['en', 'ENGLISH'],
		['ENGLISH', 'ENGLISH'],
		['eng', 'ENGLISH'],
		['en-GB', 'ENGLISH'],
		['en_US.UTF-8', 'ENGLISH'],
		['englanti', 'ENGLISH'],
		['fi', 'FINNISH'],
		['fi_FI', 'FINNISH'],
		['Suomi', 'FINNISH'],
		['sv-FI', 'SWEDISH'],
		['SE', 'SWEDISH'],
		['ruotsi', 'SWEDISH'],
		['Svenska', 'SWEDISH'],
		['nb', 'NORWEGIAN'],
		['nn-NO', 'NORWEGIAN'],
		['Bokmål', 'NORWEGIAN'],
		['et', 'ESTONIAN'],
		['eesti', 'ESTONIAN'],
		['da-DK', 'DANISH'],
		['dansk', 'DANISH'],
	])('reads %p as %s', (input, value) => {
		expect(valueOf(parseLanguage(input))).toBe(value);
	});

	it("recognizes each language's Unicode name in English, Finnish, Swedish and that language", () => {
		const codes = { DANISH: 'da', ENGLISH: 'en', ESTONIAN: 'et', FINNISH: 'fi', NORWEGIAN: 'no', SWEDISH: 'sv' };
		for (const [value, code] of Object.entries(codes)) {
			for (const locale of ['en', 'fi', 'sv', code]) {
				const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(code) ?? code;
				expect([name, valueOf(parseLanguage(name))]).toEqual([name, value]);
			}
		}
	});

	it('rejects a language that the field does not list', () => {
		const persons = schemas.PersonInvoicingInfo.properties.language.enum;
		expect(valueOf(parseLanguage('sv', persons))).toBe('SWEDISH');
		expect(parseLanguage('da', persons)).toEqual({
			ok: false,
			message: 'is not a language that can be used here: "da"',
			advice: 'Use one of English, Finnish, Swedish, or its code',
		});
		for (const other of ['de', 'German', 'xx', 'english breakfast tea', ''])
			expect([other, parseLanguage(other).ok]).toEqual([other, false]);
	});
});

describe('Currency', () => {
	const allowed = schemas.CurrencyCode.enum;

	it.each([
		['eur', 'EUR'],
		[' SEK ', 'SEK'],
		['€', 'EUR'],
		['£', 'GBP'],
	])('reads %p as %s', (input, code) => {
		expect(valueOf(parseCurrency(input, allowed))).toBe(code);
	});

	it.each([
		['$', 'is not a currency: "$"'],
		['euro', 'is not a currency: "euro"'],
		['XYZ', 'is not a currency that can be used here: XYZ'],
		['', 'is empty'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseCurrency(input, allowed))).toBe(problem);
	});

	it('reads every currency of the contract in lowercase', () => {
		for (const code of allowed) expect(valueOf(parseCurrency(code.toLowerCase(), allowed))).toBe(code);
		expect(problemOf(parseCurrency('USD', ['EUR', 'SEK']))).toBe('is not a currency that can be used here: USD');
	});
});

describe('Unit', () => {
	it('has exactly the values of the contract', () => {
		expect([...UNIT_VALUES].sort()).toEqual([...schemas.ProductUnit.enum].sort());
	});

	it('has no spelling that stands for two units', () => {
		const owner = new Map<string, string>();
		for (const [value, words] of Object.entries(UNIT_SPELLINGS)) {
			for (const spelling of [value, ...words.split(',').filter((word) => word !== '')]) {
				const key = plainName(spelling) || spelling;
				expect([spelling, owner.get(key)]).toEqual([spelling, owner.get(key) === undefined ? undefined : value]);
				owner.set(key, value);
				expect([spelling, valueOf(parseUnit(spelling))]).toEqual([spelling, value]);
			}
		}
	});

	it.each([
		['kpl', 'PIECE'],
		['kpl.', 'PIECE'],
		['KPL', 'PIECE'],
		['pcs', 'PIECE'],
		['C62', 'PIECE'],
		['pieces', 'PIECE'],
		['h', 'HOUR'],
		['tunti', 'HOUR'],
		['hours', 'HOUR'],
		['HUR', 'HOUR'],
		['kg', 'KILOGRAM'],
		['KGM', 'KILOGRAM'],
		['kk', 'MONTH'],
		['Kuukausi', 'MONTH'],
		['pv', 'DAY'],
		['päivä', 'DAY'],
		['vrk', 'FULL_DAY'],
		['l', 'LITER'],
		['m', 'METER'],
		['m2', 'SQUARE_METER'],
		['m²', 'SQUARE_METER'],
		['m³', 'CUBIC_METER'],
		['g/m3', 'GRAM_PER_CUBIC_METRE'],
		['ltk', 'BOX'],
		['km', 'KILOMETER'],
		['min', 'MINUTE'],
		['square meters', 'SQUARE_METER'],
		['6-pack', 'SIX_PACK'],
		['-', 'NO_UNIT'],
		['PIECE', 'PIECE'],
		['kilowatt hour', 'KILOWATT_HOUR'],
	])('reads %p as %s', (input, value) => {
		expect(valueOf(parseUnit(input))).toBe(value);
	});

	it.each([
		['furlong', 'is not a unit that Procountor knows: "furlong"'],
		['s', 'is not a unit that Procountor knows: "s"'],
		['mW', 'is not a unit that Procountor knows: "mW"'],
		['', 'is empty'],
		[null, 'is not text'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseUnit(input))).toBe(problem);
	});
});
