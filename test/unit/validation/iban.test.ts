import fc from 'fast-check';
import { parseBic, parseIban, IBAN_COUNTRIES } from '../../../nodes/Procountor/validation/iban';
import { remainder, validIbansOf, withOneDigitChanged, runs } from './numbers';
import { problemOf, valueOf } from './messages';

const valid = validIbansOf([
	['FI', 18],
	['SE', 24],
	['DE', 22],
	['EE', 20],
	['NO', 15],
	['DK', 18],
	['MT', 31],
	['LC', 32],
]);

describe('IBAN', () => {
	it.each([
		['FI21 1234 5600 0007 85', 'FI2112345600000785'],
		['fi2112345600000785', 'FI2112345600000785'],
		['IBAN: FI21 1234 5600 0007 85', 'FI2112345600000785'],
		// The examples of the registry.
		['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
		['GB29NWBK60161331926819', 'GB29NWBK60161331926819'],
		['SE4550000000058398257466', 'SE4550000000058398257466'],
		['NO9386011117947', 'NO9386011117947'],
		['EE382200221020145685', 'EE382200221020145685'],
		['DK5000400440116243', 'DK5000400440116243'],
		['FR1420041010050500013M02606', 'FR1420041010050500013M02606'],
		['NL91ABNA0417164300', 'NL91ABNA0417164300'],
		['CH9300762011623852957', 'CH9300762011623852957'],
		['MT84MALT011000012345MTLCAST001S', 'MT84MALT011000012345MTLCAST001S'],
		['PL61109010140000071219812874', 'PL61109010140000071219812874'],
		['BE68539007547034', 'BE68539007547034'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseIban(input))).toBe(expected);
	});

	it.each([
		['FI2112345600000786', 'is not an IBAN: its check digits do not match the account number'],
		['FI211234560000078', 'is not an IBAN: after FI it should have 16 characters, and has 15'],
		['FI21 1234 5600 0007 8X', 'is not a Finnish IBAN: after FI it should have digits only'],
		['US12345678901234', 'is not an IBAN: US is not a country that uses them'],
		['123456-785', 'is not an IBAN: it should be a country code, two check digits and the account number'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseIban(input))).toBe(problem);
	});

	it('lists each country of the registry once', () => {
		expect(new Set(IBAN_COUNTRIES).size).toBe(IBAN_COUNTRIES.length);
		for (const country of 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK NO IS LI CH GB'.split(
			' ',
		)) {
			expect(IBAN_COUNTRIES).toContain(country);
		}
	});

	it('rejects check digits that leave the right remainder but are never issued', () => {
		fc.assert(
			fc.property(valid, (code) => {
				const check = Number(code.slice(2, 4));
				for (const other of [check - 97, check + 97]) {
					if (other < 0 || other > 99) continue;
					const alias = `${code.slice(0, 2)}${String(other).padStart(2, '0')}${code.slice(4)}`;
					expect(remainder(alias)).toBe(1n);
					expect(parseIban(alias).ok).toBe(false);
				}
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('accepts every valid IBAN and rejects every single-digit change', () => {
		fc.assert(
			fc.property(valid, (code) => {
				expect(valueOf(parseIban(code))).toBe(code);
				expect(valueOf(parseIban(code.replace(/.{4}/g, '$& ')))).toBe(code);
				for (const changed of withOneDigitChanged(code))
					expect([changed, parseIban(changed).ok]).toEqual([changed, false]);
			}),
			{ numRuns: runs(200) },
		);
	});
});

describe('BIC', () => {
	it.each([
		['ndeafihh', 'NDEAFIHH'],
		['OKOY FI HH', 'OKOYFIHH'],
		['DABAFIHHXXX', 'DABAFIHHXXX'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseBic(input))).toBe(expected);
	});

	it.each(['NDEAFIH', 'NDEAFIHHXX', 'NDEA1IHH', 'NORDEA BANK', 'NDEAFIHHXXXX'])('rejects %p', (input) => {
		expect(problemOf(parseBic(input))).toContain('is not a BIC');
	});

	it('accepts every well-formed BIC and rejects a digit among its first six characters', () => {
		const letters = (count: number) =>
			fc
				.array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: count, maxLength: count })
				.map((list) => list.join(''));
		const ends = (count: number) =>
			fc.array(fc.constantFrom(...'ABCXYZ0189'), { minLength: count, maxLength: count }).map((list) => list.join(''));
		fc.assert(
			fc.property(
				letters(6),
				ends(2),
				fc.option(ends(3), { nil: '' }),
				fc.integer({ min: 0, max: 5 }),
				fc.integer({ min: 0, max: 9 }),
				(bank, place, branch, index, digit) => {
					const code = bank + place + branch;
					for (const one of [code, ...withOneDigitChanged(code)]) expect(valueOf(parseBic(one))).toBe(one);
					expect(parseBic(code.slice(0, index) + String(digit) + code.slice(index + 1)).ok).toBe(false);
					expect(parseBic(code.slice(0, -1)).ok).toBe(false);
				},
			),
		);
	});
});
