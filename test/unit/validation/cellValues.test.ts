import {
	booleanValue,
	isBlank,
	parseLedgerAccount,
	numberValue,
	stripPercentSign,
	parsePostalCode,
	textValue,
	withoutZeroDecimals,
} from '../../../nodes/Procountor/validation/cellValues';
import { toText } from '../../../nodes/Procountor/validation/money';
import { problemOf, valueOf } from './messages';

describe('Boolean value', () => {
	it.each([true, 1, '1', 'TRUE', ' yes ', 'Y', 'Kyllä', 'kylla', 'TOSI', 'ja', 'on', 'kylla\u0308'])(
		'reads %p as true',
		(cell) => {
			expect(booleanValue(cell)).toEqual({ ok: true, value: true });
		},
	);

	it.each([false, 0, '0', 'False', ' no ', 'N', 'ei', 'Epätosi', 'epatosi', 'nej', 'OFF'])(
		'reads %p as false',
		(cell) => {
			expect(booleanValue(cell)).toEqual({ ok: true, value: false });
		},
	);

	it.each([2, -1, '', 'x', 'truefalse', null, undefined, {}, ['true'], [1]])('rejects %p', (cell) => {
		expect(problemOf(booleanValue(cell))).toContain('is neither true nor false');
	});
});

describe('Number value', () => {
	it.each<[unknown, string]>([
		[12.5, '12.5'],
		['1 234,56', '1234.56'],
		['-0,05', '-0.05'],
		// Floating-point noise after the fifteenth digit.
		['0.30000000000000004', '0.3'],
		[' -1.1500000000000001 ', '-1.15'],
		['123456789012.10000610351', '123456789012.1'],
		// Long numbers that people wrote.
		['0.12345678901234', '0.12345678901234'],
		['1234567890123.12', '1234567890123.12'],
	])('reads %p as %s', (cell, expected) => {
		expect(toText(valueOf(numberValue(cell)))).toBe(expected);
	});

	it.each([NaN, Infinity, -Infinity, '', 'abc', true, null, undefined, {}, [5], '1.2.3'])('rejects %p', (cell) => {
		expect(numberValue(cell).ok).toBe(false);
	});

	it('quotes the rejected value', () => {
		expect(problemOf(numberValue(NaN))).toBe('is not a number: "NaN"');
		expect(problemOf(numberValue([5]))).toBe('is not a number: "[5]"');
	});
});

describe('Percentage', () => {
	it('loses its percent sign if it is text', () => {
		expect(['25.5 %', '25.5%', '25.5', 25.5, true, null].map(stripPercentSign)).toEqual([
			'25.5',
			'25.5',
			'25.5',
			25.5,
			true,
			null,
		]);
	});
});

describe('Text value', () => {
	it.each<[unknown, string]>([
		['Kuppi', 'Kuppi'],
		['Cafe\u0301', 'Café'],
		[' a ', ' a '],
		[true, 'true'],
		[false, 'false'],
		[12, '12'],
		[-1.5, '-1.5'],
		[9_007_199_254_740_991, '9007199254740991'],
		['Marks &amp; Spencer', 'Marks & Spencer'],
		['&lt;b&gt; &quot;x&quot; &apos;y&apos;&nbsp;z', '<b> "x" \'y\' z'],
		['&auml;&ouml;&aring;&Auml;&Ouml;&Aring;&uuml;&Uuml;&eacute;', 'äöåÄÖÅüÜé'],
		['&euro;&ndash;&mdash;&lsquo;&rsquo;&ldquo;&rdquo;&hellip;', '€–—‘’“”…'],
		['&#228;&#xE4;&#Xe4;&#x1F600;', 'äää😀'],
		['&#1;', '\u0001'],
		['&#x10FFFF;', '\u{10ffff}'],
		// An entity that stands for no character stays unchanged.
		['&#0;&#x110000;&#1114112;&#99999999;&unknown;&amp', '&#0;&#x110000;&#1114112;&#99999999;&unknown;&amp'],
		['R&D &; & &#;', 'R&D &; & &#;'],
		['no entity; here', 'no entity; here'],
	])('reads %p as %p', (cell, expected) => {
		expect(valueOf(textValue(cell))).toBe(expected);
	});

	it.each<[unknown, string]>([
		[2 ** 53, 'is a number that cannot be read exactly'],
		[1e300, 'is a number that cannot be read exactly'],
		[NaN, 'is a number that cannot be read exactly'],
		[Infinity, 'is a number that cannot be read exactly'],
		[['a'], 'is a list where a text belongs: "["a"]"'],
		[{ id: 1 }, 'is an object where a text belongs: "{"id":1}"'],
		[null, 'is an object where a text belongs'],
	])('rejects %p', (cell, message) => {
		expect(problemOf(textValue(cell))).toContain(message);
	});
});

describe('Ledger account', () => {
	it.each<[unknown, string]>([
		['3000', '3000'],
		[3000, '3000'],
		['3000.0', '3000'],
		['3000.00', '3000'],
		[' 1701 Myyntisaamiset ', '1701'],
		['1701: Myyntisaamiset', '1701'],
		['1701 – Myyntisaamiset 2', '1701'],
		['1701-Myynti', '1701'],
		['170 Kassa', '170'],
		['30 00', '3000'],
		['12', '12'],
	])('reads %p as %s', (cell, expected) => {
		expect(valueOf(parseLedgerAccount(cell))).toBe(expected);
	});

	it.each([
		'',
		'Kassa',
		'3000x',
		'Kassa 3000',
		'3000.5',
		'3000,1',
		'17 Kassa',
		'1701 - 2',
		'1701 Myynti\nx',
		-3000,
		{},
		null,
	])('rejects %p', (cell) => {
		expect(parseLedgerAccount(cell).ok).toBe(false);
	});

	it('reports what a ledger account number looks like', () => {
		expect(parseLedgerAccount('Kassa')).toEqual({
			ok: false,
			message: 'is not the number of a ledger account: "Kassa"',
			advice: 'Use its number, such as 3000',
		});
	});
});

it.each([
	['100048.0', '100048'],
	['100048,00', '100048'],
	['100048', '100048'],
	['100048.01', '100048.01'],
	['100048.', '100048.'],
	['x100048.0', 'x100048.0'],
	['1.0x', '1.0x'],
	['1.0.0', '1.0.0'],
	['.0', '.0'],
])('Zero decimals are removed from a whole number: %s becomes %s', (text, expected) => {
	expect(withoutZeroDecimals(text)).toBe(expected);
});

describe('Postal code', () => {
	it.each<[string, unknown, string | undefined]>([
		['170', 'FI', '00170'],
		['1700', 'Suomi', '01700'],
		[' 170 ', 'FINLAND', '00170'],
		['170.0', 'Finland', '00170'],
		['00170.0', undefined, '00170'],
		['00170', undefined, undefined],
		['SW1A 1AA', undefined, undefined],
		// Four digits are whole codes in other countries.
		['1700', undefined, undefined],
		['1700', ' ', undefined],
		['1700', 'Denmark', undefined],
		['170', 'Iceland', undefined],
		['170', 'no such country', undefined],
	])('reads %p in country %p as %p', (text, country, expected) => {
		const result = parsePostalCode(text, country);
		expect(result && valueOf(result)).toBe(expected);
	});

	it.each<[string, unknown, string]>([
		['170', undefined, '00170'],
		['17', '', '00017'],
		['170', 5, '00170'],
		['17', 'FI', '00017'],
		['1', 'Finland', '00001'],
	])('rejects %p in country %p', (text, country, written) => {
		expect(parsePostalCode(text, country)).toEqual({
			ok: false,
			message: `is not a postal code: "${text}"`,
			advice: `Finnish postal codes have five digits; write ${written}, or enter the country`,
		});
	});
});

it.each<[unknown, boolean]>([
	[undefined, true],
	[null, true],
	['', true],
	[' \t\n', true],
	['x', false],
	[0, false],
	[false, false],
	[[], false],
	[{}, false],
])('isBlank(%p) returns %p', (value, expected) => {
	expect(isBlank(value)).toBe(expected);
});
