import { decodeWindows1252 } from '../../../validation/charset';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';

/** The largest XML file that is read, in bytes: 200 times a large invoice. */
const MAX_XML_BYTES = 10_000_000;

/** Where ISO-8859-15 differs from ISO-8859-1. */
const latin9: Readonly<Record<string, string>> = {
	'\u00a4': '€',
	'\u00a6': 'Š',
	'\u00a8': 'š',
	'\u00b4': 'Ž',
	'\u00b8': 'ž',
	'\u00bc': 'Œ',
	'\u00bd': 'œ',
	'\u00be': 'Ÿ',
};

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * Decoders by the encoding's name in lower case. ISO-8859-1 has control characters where Windows-1252 has letters, so
 * the latter is a superset.
 */
const decoders: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
	'utf-8': decodeUtf8,
	'us-ascii': decodeUtf8,
	'iso-8859-1': decodeWindows1252,
	'iso-8859-15': (bytes) =>
		latin1(bytes).replace(/[\u00a4\u00a6\u00a8\u00b4\u00b8\u00bc-\u00be]/g, (one) => latin9[one]),
	'windows-1252': decodeWindows1252,
};

/** The encoding that an XML declaration names, in lower case. */
export function declaredEncoding(declaration: string): string | undefined {
	return /\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(declaration)?.[1].toLowerCase();
}

/**
 * The text of an XML file, by the encoding that its declaration names (UTF-8 without one). Throws an InputError for a file
 * that is empty or too large, for another encoding, and for bytes that are not in the declared one.
 */
export function decodeXml(bytes: Uint8Array): string {
	checkSize(bytes);
	if (isUtf16(bytes)) throw new InputError('The file', 'is in UTF-16', 'Save it in UTF-8.');
	const hasMark = UTF8_BOM.every((byte, index) => bytes[index] === byte);
	const content = hasMark ? bytes.subarray(UTF8_BOM.length) : bytes;
	const declared = declaredEncoding(/^<\?xml[^>]*>/.exec(latin1(content.subarray(0, 256)))?.[0] ?? '') ?? 'utf-8';
	const decode = Object.hasOwn(decoders, declared) ? decoders[declared] : undefined;
	if (!decode)
		throw new InputError(
			'The file',
			`declares the encoding ${quoted(declared)}, which cannot be read`,
			'Save it in UTF-8, ISO-8859-1, ISO-8859-15 or Windows-1252.',
		);
	if (declared !== 'utf-8' && (hasMark || isUtf8(content)))
		throw new InputError(
			'The file',
			`declares the encoding ${declared.toUpperCase()}, but is in UTF-8`,
			'Change the declaration in its first line to UTF-8.',
		);
	return decode(content);
}

/** The byte order mark that some programs put before a text in UTF-8. */
const UTF8_BOM = [0xef, 0xbb, 0xbf];

function checkSize({ length }: Uint8Array): void {
	if (length === 0) throw new InputError('The file', 'is empty');
	if (length > MAX_XML_BYTES)
		throw new InputError('The file', `is larger than ${MAX_XML_BYTES.toLocaleString('en')} bytes (${length})`);
}

/** A file in UTF-16 begins with a byte order mark, or has a zero byte in its first character, which is `<`. */
function isUtf16([first, second]: Uint8Array): boolean {
	const hasMark = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
	return hasMark || first === 0 || second === 0;
}

function decodeUtf8(bytes: Uint8Array): string {
	const text = tryDecodeUtf8(bytes);
	if (text === undefined)
		throw new InputError(
			'The file',
			'is declared as UTF-8, but contains other bytes',
			'Save it in UTF-8, or declare its encoding in the first line, for example ISO-8859-15.',
		);
	return text;
}

function tryDecodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** Whether bytes have letters beyond ASCII, all in the form of UTF-8: in another encoding no text looks like that by chance. */
function isUtf8(bytes: Uint8Array): boolean {
	return bytes.some((byte) => byte >= 0x80) && tryDecodeUtf8(bytes) !== undefined;
}
