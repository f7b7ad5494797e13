import fc from 'fast-check';
import {
	decodeWindows1252,
	encodeWindows1252,
	checkLatin1Header,
	replaceUnsupportedCharacters,
	replaceUnsupportedInBody,
	checkWindows1252,
} from '../../../nodes/Procountor/validation/charset';
import { problemOf, valueOf } from './messages';
import { runs, STEP } from './numbers';

/** The 27 characters of the bytes 80 to 9F with their bytes, from the published table. */
const between: Array<[number, number]> = [
	[0x80, 0x20ac],
	[0x82, 0x201a],
	[0x83, 0x0192],
	[0x84, 0x201e],
	[0x85, 0x2026],
	[0x86, 0x2020],
	[0x87, 0x2021],
	[0x88, 0x02c6],
	[0x89, 0x2030],
	[0x8a, 0x0160],
	[0x8b, 0x2039],
	[0x8c, 0x0152],
	[0x8e, 0x017d],
	[0x91, 0x2018],
	[0x92, 0x2019],
	[0x93, 0x201c],
	[0x94, 0x201d],
	[0x95, 0x2022],
	[0x96, 0x2013],
	[0x97, 0x2014],
	[0x98, 0x02dc],
	[0x99, 0x2122],
	[0x9a, 0x0161],
	[0x9b, 0x203a],
	[0x9c, 0x0153],
	[0x9e, 0x017e],
	[0x9f, 0x0178],
];
const bytes = new Map<number, number>(between);
for (const byte of [0x09, 0x0a, 0x0d]) bytes.set(byte, byte);
for (let byte = 0x20; byte < 256; byte++) if (byte < 0x7f || byte >= 0xa0) bytes.set(byte, byte);
const inSet = new Set([...bytes.values()]);

const insideTexts = fc.array(fc.constantFrom(...bytes.values())).map((codes) => String.fromCodePoint(...codes));
const anyText = fc.string({ unit: 'binary' });

/** The first character outside the set and its position, as the check reports them; undefined if there is none. */
function firstOutside(text: string): string | undefined {
	const checked = checkWindows1252(text);
	return checked.ok ? undefined : /^contains (.*), which Procountor does not accept$/su.exec(checked.message)?.[1];
}

describe('Windows-1252', () => {
	it('encodes and decodes each of its 221 characters', () => {
		expect(bytes.size).toBe(221);
		for (const [byte, code] of bytes) {
			expect([...valueOf(encodeWindows1252(String.fromCodePoint(code)))]).toEqual([byte]);
			expect(decodeWindows1252(Uint8Array.of(byte))).toBe(String.fromCodePoint(code));
		}
	});

	it.each(['a\u0000b', 'a\u0001b', 'a\u001bb', 'a\u007fb'])(
		'rejects the control character in %j and removes it',
		(text) => {
			expect(firstOutside(text)).toMatch(/ at character 2$/);
			expect(replaceUnsupportedCharacters(text)).toBe('ab');
		},
	);

	it('keeps tabs and line breaks', () => expect(valueOf(checkWindows1252('a\tb\r\nc'))).toBe('a\tb\r\nc'));

	it('rejects every character outside the set', () => {
		for (let code = 0; code < 0x10000; code += STEP) {
			if ((code >= 0xd800 && code <= 0xdfff) || inSet.has(code)) continue;
			if (checkWindows1252(String.fromCodePoint(code)).ok) throw new Error(`U+${code.toString(16)} should be outside`);
		}
		for (const byte of [0x81, 0x8d, 0x8f, 0x90, 0x9d]) expect(decodeWindows1252(Uint8Array.of(byte))).toBe('\ufffd');
	});

	it('decodes its own encoding back to the same text', () => {
		fc.assert(
			fc.property(insideTexts, (text) => {
				expect(valueOf(checkWindows1252(text))).toBe(text);
				expect(decodeWindows1252(valueOf(encodeWindows1252(text)))).toBe(text);
			}),
		);
	});

	it.each([
		['Łódź', '"Ł" at character 1'],
		['Kahvi ☕ ja pulla', '"☕" at character 7'],
		['👍🏽 ok', '"👍" at character 1'],
		['a👍b👍', '"👍" at character 2'],
		['€ 10 – ”Äyriäinen”', undefined],
		['A\u0308', 'the invisible character U+0308 at character 2'],
	])('finds the first unsupported character in %p', (text, expected) => {
		expect(firstOutside(text)).toBe(expected);
	});

	it('names the unsupported character, also if it is invisible', () => {
		expect(problemOf(checkWindows1252('Иванов'))).toBe('contains "И" at character 1, which Procountor does not accept');
		expect(problemOf(checkWindows1252('a\u200bb'))).toBe(
			'contains the invisible character U+200B at character 2, which Procountor does not accept',
		);
		expect(problemOf(encodeWindows1252('Żurek'))).toBe('contains "Ż" at character 1, which Procountor does not accept');
	});

	it('rejects the same characters in the check and in the encoder', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const outside = [...text].findIndex((character) => !inSet.has(character.codePointAt(0) ?? 0));
				if (outside === -1) expect(firstOutside(text)).toBeUndefined();
				else expect(firstOutside(text)).toMatch(new RegExp(` at character ${outside + 1}$`));
				expect(encodeWindows1252(text).ok).toBe(outside === -1);
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('Character replacement', () => {
	it.each([
		['Łódź', 'Lódz'],
		['Nguyễn Văn Đức', 'Nguyên Van Dúc'],
		['Černý', 'Cerný'],
		['Kovács Gergő és Szűcs', 'Kovács Gergö és Szücs'],
		['İstanbul, Iğdır', 'Istanbul, Igdir'],
		['ǟ', 'ä'],
		['A\u0308iti', 'Äiti'],
		['ﬁ ① ㎏ № ⅓', 'fi 1 kg No 1/3'],
		['2‑osainen − 5 ≤ 6 → ok', '2-osainen - 5 <= 6 -> ok'],
		['a\u2009b\u202fc\u3000d', 'a b c d'],
		['x\u200by\ufeff', 'xy'],
		['1️⃣ 👍🏽 👩‍💻 🇫🇮 hyvä', '1    hyvä'],
		['Иван', '????'],
		['漢字', '??'],
		['Ω 5', '? 5'],
		['\ud800', '?'],
		['Œuvre – “€”', 'Œuvre – “€”'],
	])('replaces %p with %p', (text, expected) => {
		expect(replaceUnsupportedCharacters(text)).toBe(expected);
	});

	it('always returns supported characters and keeps supported text unchanged', () => {
		fc.assert(
			fc.property(anyText, (text) => expect(firstOutside(replaceUnsupportedCharacters(text))).toBeUndefined()),
			{ numRuns: runs(1000) },
		);
		fc.assert(fc.property(insideTexts, (text) => expect(replaceUnsupportedCharacters(text)).toBe(text)));
		for (let code = 0; code < 0x30000; code += STEP) {
			if (firstOutside(replaceUnsupportedCharacters(String.fromCodePoint(code))) !== undefined)
				throw new Error(`U+${code.toString(16)} lands outside`);
		}
	});
});

describe('Character replacement in a body', () => {
	const body = {
		name: 'Äyri',
		invoiceRows: [
			{ product: 'a', n: 1 },
			{ product: 'b', comment: 'č!' },
		],
		extraInfo: { note: null, tags: ['ok', 'ł'] },
	};

	it('replaces characters in a copy', () => {
		const before = JSON.stringify(body);
		expect(replaceUnsupportedInBody(body)).toEqual({
			name: 'Äyri',
			invoiceRows: [
				{ product: 'a', n: 1 },
				{ product: 'b', comment: 'c!' },
			],
			extraInfo: { note: null, tags: ['ok', 'l'] },
		});
		expect(JSON.stringify(body)).toBe(before);
	});
});

describe('Header value', () => {
	it('accepts Latin-1', () => {
		expect(valueOf(checkLatin1Header('Äänekoski Oy & Co'))).toBe('Äänekoski Oy & Co');
	});

	it.each(['Łódź Oy', 'a\r\nX-Other: 1', 'a\nb', '\u0000', '10 €'])('rejects %p', (text) => {
		expect(problemOf(checkLatin1Header(text))).toMatch(/^contains .* at character \d+, which a header cannot contain$/);
	});

	it('accepts exactly the printable characters of Latin-1, tab and space', () => {
		for (let code = 0; code < 0x200; code++) {
			const allowed = code === 9 || (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0x100);
			expect([code, checkLatin1Header(String.fromCodePoint(code)).ok]).toEqual([code, allowed]);
		}
	});
});
