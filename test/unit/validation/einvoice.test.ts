import fc from 'fast-check';
import { parseEInvoiceAddress, parseEInvoiceOperator, parseOvt } from '../../../nodes/Procountor/validation/einvoice';
import { digits, validIbansOf, validIds, withOneDigitChanged, runs } from './numbers';
import { problemOf, valueOf } from './messages';

/** Valid by the rule: 0037, the digits of a business ID, up to five digits that the owner chooses. */
const validOvts = fc.tuple(validIds, digits(0, 5)).map(([id, suffix]) => `0037${id.replace('-', '')}${suffix}`);

describe('OVT identifier', () => {
	it.each([
		['003712345671', '003712345671'],
		['0037 1234 5671', '003712345671'],
		['0037-12345671-001', '003712345671001'],
		['00371234567112345', '00371234567112345'],
	])('reads %p as %s', (input, expected) => {
		expect(valueOf(parseOvt(input))).toBe(expected);
	});

	it.each([
		['003812345671', 'is not an OVT identifier: it should begin with 0037'],
		['00371234567', 'is not an OVT identifier: it should have 12 to 17 digits, and has 11'],
		['003712345671123456', 'is not an OVT identifier: it should have 12 to 17 digits, and has 18'],
		['003712345672', 'is not an OVT identifier: the digits after 0037 should be a business ID, and 12345672 is none'],
		['TE003712345671', 'is not an OVT identifier: it has other characters than digits'],
	])('rejects %p', (input, problem) => {
		expect(problemOf(parseOvt(input))).toBe(problem);
	});

	it('accepts every valid identifier and rejects single-digit changes in its first 12 digits', () => {
		fc.assert(
			fc.property(validOvts, (code) => {
				expect(valueOf(parseOvt(code))).toBe(code);
				for (const changed of withOneDigitChanged(code, 0, 12))
					expect([changed, parseOvt(changed).ok]).toEqual([changed, false]);
				for (const changed of withOneDigitChanged(code, 12)) expect(valueOf(parseOvt(changed))).toBe(changed);
			}),
			{ numRuns: runs(200) },
		);
	});

	it('accepts any suffix of up to five digits', () => {
		const suffixes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }).map((digits) => digits.join(''));
		fc.assert(fc.property(suffixes, (suffix) => expect(parseOvt(`003712345671${suffix}`).ok).toBe(suffix.length <= 5)));
	});
});

describe('E-invoice address and operator', () => {
	it('accepts an OVT identifier or an IBAN in Finland', () => {
		expect(valueOf(parseEInvoiceAddress('0037 12345671'))).toBe('003712345671');
		expect(valueOf(parseEInvoiceAddress('FI21 1234 5600 0007 85'))).toBe('FI2112345600000785');
		expect(problemOf(parseEInvoiceAddress('FI2112345600000786'))).toContain('is not an IBAN');
		expect(problemOf(parseEInvoiceAddress('invoices@example.com'))).toContain('an OVT identifier or an IBAN');
	});

	it("accepts the operator's prefix TE before the OVT identifier", () => {
		expect(valueOf(parseEInvoiceAddress('TE0037 1234 5671'))).toBe('TE003712345671');
		expect(problemOf(parseEInvoiceAddress('TE003712345672'))).toContain(
			'the digits after 0037 should be a business ID',
		);
	});

	it('accepts valid Finnish codes and rejects single-digit changes where a check digit exists', () => {
		fc.assert(
			fc.property(validOvts, validIbansOf([['FI', 18]]), (code, account) => {
				for (const address of [code, account, `TE${code}`])
					expect(valueOf(parseEInvoiceAddress(address))).toBe(address);
				for (const changed of [...withOneDigitChanged(code, 0, 12), ...withOneDigitChanged(account)])
					expect([changed, parseEInvoiceAddress(changed).ok]).toEqual([changed, false]);
				expect(valueOf(parseEInvoiceOperator(code))).toBe(code);
				for (const changed of withOneDigitChanged(code, 4, 12))
					expect([changed, parseEInvoiceOperator(changed).ok]).toEqual([changed, false]);
			}),
			{ numRuns: runs(100) },
		);
	});

	it("accepts a changed digit in an operator's own code, which has no check digit", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^E\d{6}$/), (code) => {
				for (const one of [code, ...withOneDigitChanged(code)]) expect(valueOf(parseEInvoiceOperator(one))).toBe(one);
			}),
		);
	});

	it('accepts a changed letter or digit of a BIC as operator, which has no check digit', () => {
		const bics = fc.stringMatching(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/);
		fc.assert(
			fc.property(bics, fc.nat({ max: 7 }), fc.constantFrom(...'AZ09az'), (code, index, character) => {
				const changed = code.slice(0, index) + character + code.slice(index + 1);
				expect(valueOf(parseEInvoiceOperator(code.toLowerCase()))).toBe(code);
				expect(valueOf(parseEInvoiceOperator(changed))).toBe(changed.toUpperCase());
			}),
		);
	});

	it('rejects a BIC as operator with a character other than a letter or digit', () => {
		for (const code of ['NDEAFIHH', 'DABAFIHHXXX'])
			for (let index = 0; index < code.length; index++)
				for (const character of '-_.Ä/') {
					const changed = code.slice(0, index) + character + code.slice(index + 1);
					expect([changed, parseEInvoiceOperator(changed).ok]).toEqual([changed, false]);
				}
	});

	it("accepts spaces in a BIC as operator, but not in an operator's own code", () => {
		expect(valueOf(parseEInvoiceOperator('NDEA FI HH'))).toBe('NDEAFIHH');
		expect(parseEInvoiceOperator('NDE1 FI HH').ok).toBe(false);
		expect(parseEInvoiceOperator('E204 503').ok).toBe(false);
	});

	it('accepts any non-empty address in other countries', () => {
		expect(valueOf(parseEInvoiceAddress(' 7300010000001 ', 'SE'))).toBe('7300010000001');
		expect(problemOf(parseEInvoiceAddress(' ', 'SE'))).toBe('is empty');
	});

	it.each([
		['ndeafihh', 'NDEAFIHH'],
		['003721291126', '003721291126'],
		['E204503', 'E204503'],
		['BAWCFI22', 'BAWCFI22'],
	])('accepts the operator %p', (input, expected) => {
		expect(valueOf(parseEInvoiceOperator(input))).toBe(expected);
	});

	it.each(['Maventa Oy Ab Ltd Finland', 'Nordea Bank', '003721291127', 'ABC', '1_2_3_4_5'])(
		'rejects the operator %p',
		(input) => {
			expect(parseEInvoiceOperator(input).ok).toBe(false);
		},
	);
});
