import fc from 'fast-check';
import { parseReferenceNumber } from '../../../nodes/Procountor/validation/reference';
import { withOneDigitChanged, runs } from './numbers';
import { problemOf, valueOf } from './messages';

/** Valid by the rule's other form: the weighted sum with the check digit (weight 1) is divisible by 10; found by trial. */
function withCheckDigit(base: string): string {
	const sum = [...base].reverse().reduce((total, digit, index) => total + Number(digit) * [7, 3, 1][index % 3], 0);
	for (let check = 0; check < 10; check++) if ((sum + check) % 10 === 0) return `${base}${check}`;
	throw new Error('no check digit');
}

/** Valid by the wording of ISO 11649: letters as two digits, RF and check digits at the end, remainder 1 when divided by 97. */
function isValidRf(code: string): boolean {
	const moved = code.slice(4) + code.slice(0, 4);
	const digits = [...moved]
		.map((character) => (/\d/.test(character) ? character : String(character.charCodeAt(0) - 55)))
		.join('');
	return BigInt(digits) % 97n === 1n;
}

/** The RF reference of a body; its check digits are found by trying all that are issued. */
function withRfDigits(body: string): string {
	for (let check = 2; check <= 98; check++) {
		const code = `RF${String(check).padStart(2, '0')}${body}`;
		if (isValidRf(code)) return code;
	}
	throw new Error('no check digits');
}

const bases = fc
	.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 19 })
	.filter((digits) => digits[0] !== 0)
	.map((digits) => digits.join(''));

const rfBodies = fc
	.array(fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: 1, maxLength: 21 })
	.map((characters) => characters.join(''))
	.filter((body) => !/^0/.test(body));

describe('Finnish reference number', () => {
	// 12345: 5×7 + 4×3 + 3×1 + 2×7 + 1×3 = 67, so 3 is missing from 70.
	it.each([
		['123453', '123453'],
		['12 3453', '123453'],
		['00000000000000123453', '123453'],
		['0000 0000 0000 0001 2345 3', '123453'],
		[123453, '123453'],
		// 123: 3×7 + 2×3 + 1 = 28, so 2.
		['1232', '1232'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseReferenceNumber(input))).toBe(expected);
	});

	it.each([
		['123454', 'is not a Finnish reference number: its last digit, the check digit, should be 3'],
		['123', 'is not a Finnish reference number: it should have 4 to 20 digits, leading zeros left out, and has 3'],
		['0123', 'is not a Finnish reference number: it should have 4 to 20 digits, leading zeros left out, and has 3'],
		[
			'123456789012345678901',
			'is not a Finnish reference number: it should have 4 to 20 digits, leading zeros left out, and has 21',
		],
		['12345A', 'is not a Finnish reference number: it has other characters than digits'],
		['', 'is empty'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseReferenceNumber(input))).toBe(problem);
	});

	it('rejects a number that JavaScript has already rounded', () => {
		expect(problemOf(parseReferenceNumber(Number('12345678901234567890')))).toBe(
			'is a number that cannot be read exactly',
		);
	});

	it('accepts every valid number and rejects every single-digit change', () => {
		fc.assert(
			fc.property(bases, (base) => {
				const valid = withCheckDigit(base);
				expect(valueOf(parseReferenceNumber(valid))).toBe(valid);
				for (const changed of withOneDigitChanged(valid))
					expect([changed, parseReferenceNumber(changed).ok]).toEqual([changed, false]);
			}),
			{ numRuns: runs(200) },
		);
	});
});

describe('RF reference', () => {
	it.each([
		// The example of the standard.
		['RF18539007547034', 'RF18539007547034'],
		['rf18 5390 0754 7034', 'RF18539007547034'],
		['RF18 000000000539007547034', 'RF18539007547034'],
		// 123453 RF00 as a number is 123453271500, which leaves 17 by 97: 98 − 17 = 81.
		['RF81123453', 'RF81123453'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseReferenceNumber(input))).toBe(expected);
	});

	it('reports the correct check digits', () => {
		expect(problemOf(parseReferenceNumber('RF19539007547034'))).toBe(
			'is not an RF reference: its check digits should be 18',
		);
	});

	it.each(['RF', 'RF18', 'RF1853900754703412345678901', 'RF18-5390'])('rejects %p because of its form', (input) => {
		expect(problemOf(parseReferenceNumber(input))).toContain('RF, two check digits');
	});

	it('accepts every reference that the standard accepts and rejects every single-digit change', () => {
		fc.assert(
			fc.property(rfBodies, (body) => {
				const valid = withRfDigits(body);
				expect(valueOf(parseReferenceNumber(valid))).toBe(valid);
				for (const changed of withOneDigitChanged(valid)) {
					expect(isValidRf(changed)).toBe(false);
					expect([changed, parseReferenceNumber(changed).ok]).toEqual([changed, false]);
				}
			}),
			{ numRuns: runs(200) },
		);
	});
});
