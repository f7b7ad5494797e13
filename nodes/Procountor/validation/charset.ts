import { ok, fail, type Result } from './result';

/** The characters of the bytes 80 to 9F in Windows-1252. A full stop marks the five unused bytes. */
const BYTES_80_TO_9F = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ';
const UNUSED_BYTES = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const BYTE_BY_CHARACTER = new Map(
	[...BYTES_80_TO_9F]
		.map((character, index): [string, number] => [character, 0x80 + index])
		.filter(([, byte]) => !UNUSED_BYTES.has(byte)),
);

/** Returns the Windows-1252 byte of a character; undefined if the charset lacks it. */
function byteOf(character: string): number | undefined {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
	return BYTE_BY_CHARACTER.get(character);
}

/** Whether a character is a control character. Tabs and line breaks count as text. */
const isControl = (character: string): boolean =>
	(character < ' ' && !/[\t\n\r]/.test(character)) || character === '\x7f';

/** A character that Procountor does not accept. `position` counts characters from 1, an emoji as one. */
interface UnsupportedCharacter {
	character: string;
	position: number;
}

/** Returns the first character that Windows-1252 lacks; undefined if there is none. */
function findUnsupported(text: string): UnsupportedCharacter | undefined {
	let position = 0;
	for (const character of text) {
		position++;
		if (byteOf(character) === undefined || isControl(character)) return { character, position };
	}
	return undefined;
}

/** Describes a character in a message: itself, or its code point if it is invisible. */
function describeCharacter(character: string): string {
	const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `"${character}"` : `the invisible character U+${code}`;
}

/** Checks that Procountor accepts a text: only characters of Windows-1252. Returns the text unchanged. */
export function checkWindows1252(text: string): Result<string> {
	const unsupported = findUnsupported(text);
	if (unsupported === undefined) return ok(text);
	return fail(
		`contains ${describeCharacter(unsupported.character)} at character ${unsupported.position}, which Procountor does not accept`,
		'Change it, or choose to replace such characters by the nearest letter where that is offered',
	);
}

/** Replacements that Unicode's decompositions do not provide. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
	ł: 'l',
	Ł: 'L',
	đ: 'd',
	Đ: 'D',
	ħ: 'h',
	Ħ: 'H',
	ŧ: 't',
	Ŧ: 'T',
	ı: 'i',
	ŋ: 'n',
	Ŋ: 'N',
	ĸ: 'k',
	ə: 'e',
	Ə: 'E',
	ẞ: 'SS',
	ő: 'ö',
	Ő: 'Ö',
	ű: 'ü',
	Ű: 'Ü',
	ɸ: 'f',
	ⱡ: 'l',
	Ɖ: 'D',
	ƶ: 'z',
	Ƶ: 'Z',
	'‐': '-',
	'‑': '-',
	'‒': '–',
	'―': '—',
	'−': '-',
	'⁃': '-',
	'′': "'",
	'″': '"',
	'‛': '‘',
	'‟': '“',
	ʼ: '’',
	ʻ: '‘',
	ʹ: "'",
	'⁄': '/',
	'∕': '/',
	'∙': '·',
	'⋅': '·',
	'‣': '•',
	'→': '->',
	'←': '<-',
	'⇒': '=>',
	'≤': '<=',
	'≥': '>=',
	'≠': '!=',
	'≈': '~',
	'\u2028': '\n',
	'\u2029': '\n',
};

/** Emoji, and characters that only affect how others are shown. They are dropped. */
const DROPPED = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cf}\p{Cc}\p{M}]/u;

/** Removes the accents that the charset lacks (ǟ becomes ä, č becomes c). */
function withFewerAccents(character: string): string {
	const [base, ...accents] = character.normalize('NFD');
	return accents.reduce((letter, accent) => {
		const composed = (letter + accent).normalize('NFC');
		return [...composed].length === 1 && byteOf(composed) !== undefined ? composed : letter;
	}, base);
}

function nearestCharacter(character: string): string {
	if (isControl(character)) return '';
	if (byteOf(character) !== undefined) return character;
	const replacement = REPLACEMENTS[character];
	if (replacement !== undefined) return replacement;
	if (DROPPED.test(character)) return '';
	const plainer = withFewerAccents(character);
	if (byteOf(plainer) !== undefined) return plainer;
	if (REPLACEMENTS[plainer] !== undefined) return REPLACEMENTS[plainer];
	const parts = [...character.normalize('NFKD')].map((part) =>
		byteOf(part) !== undefined ? part : DROPPED.test(part) ? '' : (REPLACEMENTS[part] ?? '?'),
	);
	return parts.join('').includes('?') ? '?' : parts.join('');
}

/**
 * Replaces every character outside Windows-1252 by the nearest one: letters lose the accents that the charset lacks,
 * ligatures and circled or wide forms are spelled out, and typographic signs become plain ones. Emoji, invisible marks and
 * separate accents are dropped. Other characters, such as Cyrillic, Greek or Chinese letters, become question marks, so that
 * the loss is visible.
 */
export function replaceUnsupportedCharacters(text: string): string {
	let result = '';
	for (const character of text.normalize('NFC')) result += nearestCharacter(character);
	return result;
}

/** Returns a copy of a JSON value in which the unsupported characters of all strings are replaced. */
export function replaceUnsupportedInBody(body: unknown): unknown {
	if (typeof body === 'string') return replaceUnsupportedCharacters(body);
	if (Array.isArray(body)) return body.map(replaceUnsupportedInBody);
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, replaceUnsupportedInBody(value)]));
}

/** Encodes a text in Windows-1252, for import files. Refuses what `checkWindows1252` refuses. */
export function encodeWindows1252(text: string): Result<Uint8Array> {
	const checked = checkWindows1252(text);
	if (!checked.ok) return checked;
	const bytes = [...text].map((character) => byteOf(character) ?? 0);
	return ok(Uint8Array.from(bytes));
}

/** Decodes Windows-1252 bytes. The five unused bytes become U+FFFD. */
export function decodeWindows1252(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) {
		if (UNUSED_BYTES.has(byte)) text += '\ufffd';
		else text += byte >= 0x80 && byte < 0xa0 ? BYTES_80_TO_9F[byte - 0x80] : String.fromCharCode(byte);
	}
	return text;
}

/** Checks a value for an HTTP header: Latin-1 without control characters. HTTP clients cut or change other characters. */
export function checkLatin1Header(text: string): Result<string> {
	let position = 0;
	for (const character of text) {
		position++;
		if (!/^[\t\x20-\x7e\xa0-\xff]$/.test(character)) {
			return fail(`contains ${describeCharacter(character)} at character ${position}, which a header cannot contain`);
		}
	}
	return ok(text);
}
