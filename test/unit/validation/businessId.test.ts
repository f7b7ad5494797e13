import fc from 'fast-check';
import { parseBusinessId, parseVatNumber, vatPrefix } from '../../../nodes/Procountor/validation/businessId';
import { digits, validIds, withOneDigitChanged, runs } from './numbers';
import { problemOf, valueOf } from './messages';

describe('Business ID', () => {
	// 1234567: 7 + 18 + 30 + 20 + 40 + 24 + 14 = 153 = 13 × 11 + 10, so the check digit is 1.
	// 0112038: 9 + 10 + 10 + 12 + 16 = 57 = 5 × 11 + 2, so the check digit is 9.
	it.each([
		['1234567-1', '1234567-1'],
		['12345671', '1234567-1'],
		[' 1234567 - 1 ', '1234567-1'],
		['1234567–1', '1234567-1'],
		['FI12345671', '1234567-1'],
		['fi 1234567-1', '1234567-1'],
		[12345671, '1234567-1'],
		['0112038-9', '0112038-9'],
		['112038-9', '0112038-9'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseBusinessId(input))).toBe(expected);
	});

	it('reports the correct check digit', () => {
		expect(problemOf(parseBusinessId('1234567-5'))).toBe('is not a Finnish business ID: its check digit should be 1');
	});

	it('reports beginnings for which no check digit exists', () => {
		// 0000006: 6 × 2 = 12 = 11 + 1, and numbers with remainder 1 are never issued.
		expect(problemOf(parseBusinessId('0000006-0'))).toBe('is not a Finnish business ID: none can begin with 0000006');
		expect(problemOf(parseBusinessId('0000000-0'))).toContain('none can begin with 0000000');
	});

	it.each(['1234567', '123456-7-8', '12345678901', 'SE556677889901', '112038 9', 'abc'])(
		'rejects %p because of its form',
		(input) => {
			expect(problemOf(parseBusinessId(input))).toContain('seven digits, a hyphen and a check digit');
		},
	);

	it.each([
		['', 'is empty'],
		['  ', 'is empty'],
		[undefined, 'is not text'],
		[null, 'is not text'],
		[{}, 'is not text'],
		[1.5, 'is a number that cannot be read exactly'],
	])('rejects %p as empty or unreadable', (input, problem) => {
		expect(problemOf(parseBusinessId(input))).toBe(problem);
	});

	it('accepts every valid ID and rejects every single-digit change', () => {
		fc.assert(
			fc.property(validIds, (id) => {
				for (const written of [id, id.replace('-', ''), `FI${id}`, ...(id.startsWith('0') ? [id.slice(1)] : [])]) {
					expect(valueOf(parseBusinessId(written))).toBe(id);
					for (const changed of withOneDigitChanged(written))
						expect([changed, parseBusinessId(changed).ok]).toEqual([changed, false]);
				}
			}),
			{ numRuns: runs(200) },
		);
	});
});

describe('VAT number', () => {
	it.each([
		['FI12345671', 'FI12345671'],
		['fi 1234567-1', 'FI12345671'],
		['ATU12345678', 'ATU12345678'],
		['BE0123456789', 'BE0123456789'],
		['BE 0123.456.789', 'BE0123456789'],
		['CY12345678X', 'CY12345678X'],
		['DE 123 456 789', 'DE123456789'],
		['EL123456789', 'EL123456789'],
		['GR123456789', 'EL123456789'],
		['ESX1234567X', 'ESX1234567X'],
		['ES12345678X', 'ES12345678X'],
		['FRAB123456789', 'FRAB123456789'],
		['IE1234567WA', 'IE1234567WA'],
		['LT123456789012', 'LT123456789012'],
		['NL123456789B01', 'NL123456789B01'],
		['SE556677889901', 'SE556677889901'],
		['XI123456789', 'XI123456789'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseVatNumber(input))).toBe(expected);
	});

	it('reports the correct check digit of a Finnish number', () => {
		expect(problemOf(parseVatNumber('FI12345672'))).toBe('is not a Finnish VAT number: its check digit should be 1');
	});

	it.each([
		['DE12345678', 'is not a VAT number: after DE should come 9 digits'],
		['SE5566778899', 'is not a VAT number: after SE should come 12 digits: the organisation number and two more'],
		[
			'ES123456789',
			'is not a VAT number: after ES should come 9 characters of which the first or the last is a letter',
		],
		['NL123456789X01', 'is not a VAT number: after NL should come 9 digits, B and 2 digits'],
		['12345671', 'is not an EU VAT number: it should begin with the country code of a member state'],
		['US123456789', 'is not an EU VAT number: it should begin with the country code of a member state'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseVatNumber(input))).toBe(problem);
	});

	it("accepts each country's form and rejects one digit too few or too many", () => {
		const samples =
			'ATU12345678 BE0123456789 BG123456789 CY12345678X CZ12345678 DE123456789 DK12345678 EE123456789 EL123456789 ESX1234567X FI12345671 FRAB123456789 HR12345678901 ' +
			'HU12345678 IE1234567W IT12345678901 LT123456789 LU12345678 LV12345678901 MT12345678 NL123456789B01 PL1234567890 PT123456789 RO12 SE123456789012 SI12345678 SK1234567890 XI123456789';
		for (const sample of samples.split(' ')) {
			expect(valueOf(parseVatNumber(sample))).toBe(sample);
			const shorter = sample.replace(/\d/, '');
			expect([shorter, parseVatNumber(shorter).ok]).toEqual([shorter, false]);
			// The longest form of any prefix has 12 characters.
			const longer = sample + '1'.repeat(15 - sample.length);
			expect([longer, parseVatNumber(longer).ok]).toEqual([longer, false]);
		}
		expect(samples.split(' ')).toHaveLength(28);
		for (const other of [
			'BG1234567890',
			'CZ1234567890',
			'RO1234567890',
			'XIGD123',
			'XIHA123',
			'XI123456789012',
			'IE1A23456W',
		])
			expect([other, parseVatNumber(other).ok]).toEqual([other, true]);
		for (const sample of [
			'DK123456789',
			'HU123456789',
			'LU123456789',
			'MT123456789',
			'SI123456789',
			'DE1234567890',
			'PL12345678901',
			'BE2123456789',
			'LT12345678901',
		])
			expect([sample, parseVatNumber(sample).ok]).toEqual([sample, false]);
	});

	it('checks the prefix against the given country', () => {
		expect(valueOf(parseVatNumber('EL123456789', 'GR'))).toBe('EL123456789');
		expect(problemOf(parseVatNumber('SE556677889901', 'DE'))).toBe(
			'begins with SE, but VAT numbers of the country begin with DE',
		);
		expect(problemOf(parseVatNumber('123456789', 'de'))).toBe('is not a VAT number: it should begin with DE');
	});

	it('has a prefix for the 27 EU member states and Northern Ireland, and for no other country', () => {
		const members = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
		expect(members).toHaveLength(27);
		for (const member of members) expect(vatPrefix(member)).toBe(member === 'GR' ? 'EL' : member);
		expect(vatPrefix('XI')).toBe('XI');
		for (const other of ['NO', 'GB', 'CH', 'US', 'AX']) expect(vatPrefix(other)).toBeUndefined();
	});

	it('accepts the VAT number of every valid business ID and rejects every single-digit change', () => {
		fc.assert(
			fc.property(validIds, (id) => {
				const number = `FI${id.replace('-', '')}`;
				expect(valueOf(parseVatNumber(`FI${id}`))).toBe(number);
				for (const changed of withOneDigitChanged(number))
					expect([changed, parseVatNumber(changed).ok]).toEqual([changed, false]);
			}),
			{ numRuns: runs(200) },
		);
	});

	it('does not detect a changed digit in other countries, but detects a missing or extra one', () => {
		const forms: Array<[prefix: string, count: number]> = [
			['DE', 9],
			['EE', 9],
			['DK', 8],
			['SE', 12],
			['PL', 10],
			['LV', 11],
			['IT', 11],
			['EL', 9],
			['PT', 9],
		];
		fc.assert(
			fc.property(
				fc.constantFrom(...forms).chain(([prefix, count]) => digits(count).map((rest) => prefix + rest)),
				(number) => {
					for (const one of [number, ...withOneDigitChanged(number)]) expect(valueOf(parseVatNumber(one))).toBe(one);
					expect(parseVatNumber(number.slice(0, -1)).ok).toBe(false);
					expect(parseVatNumber(`${number}0`).ok).toBe(false);
				},
			),
		);
	});
});
