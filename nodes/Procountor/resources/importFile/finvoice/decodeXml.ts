import { decodeWindows1252 } from '../../../validation/charset';
import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';

/** The maximum size of an XML file: 200 times that of a large invoice. */
const MAX_XML_BYTES = 10_000_000;

/** The characters that differ between ISO-8859-1 and ISO-8859-15. */
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

/** Decoders by the name of the encoding. Windows-1252 has characters where ISO-8859-1 has control characters. */
const decoders: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
	'utf-8': decodeUtf8,
	'us-ascii': decodeUtf8,
	'iso-8859-1': decodeWindows1252,
	'iso-8859-15': (bytes) =>
		latin1(bytes).replace(/[\u00a4\u00a6\u00a8\u00b4\u00b8\u00bc-\u00be]/g, (character) => latin9[character]),
	'windows-1252': decodeWindows1252,
};

/** Returns the encoding in an XML declaration, in lower case. */
export function declaredEncoding(declaration: string): string | undefined {
	return /\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(declaration)?.[1].toLowerCase();
}

/**
 * Decodes an XML file by the encoding in its declaration, UTF-8 by default. Throws an InputError if the file is empty or too
 * large, or if its bytes are in an unsupported encoding or not in the declared one.
 */
export function decodeXml(bytes: Uint8Array): string {
	checkSize(bytes);
	if (isUtf16(bytes)) throw new InputError('The file', 'is in UTF-16', 'Save it in UTF-8.');
	const hasBom = UTF8_BOM.every((byte, index) => bytes[index] === byte);
	const content = hasBom ? bytes.subarray(UTF8_BOM.length) : bytes;
	const declared = declaredEncoding(/^<\?xml[^>]*>/.exec(latin1(content.subarray(0, 256)))?.[0] ?? '') ?? 'utf-8';
	const decode = Object.hasOwn(decoders, declared) ? decoders[declared] : undefined;
	if (!decode)
		throw new InputError(
			'The file',
			`declares the encoding ${quoted(declared)}, which cannot be read`,
			'Save it in UTF-8, ISO-8859-1, ISO-8859-15 or Windows-1252.',
		);
	if (declared !== 'utf-8' && (hasBom || isUtf8(content)))
		throw new InputError(
			'The file',
			`declares the encoding ${declared.toUpperCase()}, but is in UTF-8`,
			'Change the declaration in its first line to UTF-8.',
		);
	return decode(content);
}

/** The byte order mark that some programs write before UTF-8. */
const UTF8_BOM = [0xef, 0xbb, 0xbf];

function checkSize({ length }: Uint8Array): void {
	if (length === 0) throw new InputError('The file', 'is empty');
	if (length > MAX_XML_BYTES)
		throw new InputError('The file', `is larger than ${MAX_XML_BYTES.toLocaleString('en')} bytes (${length})`);
}

/** Whether a file starts with a byte order mark of UTF-16, or with `<` in two bytes. */
function isUtf16([first, second]: Uint8Array): boolean {
	const hasBom = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
	return hasBom || first === 0 || second === 0;
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

/** Whether bytes that are not ASCII are valid UTF-8. Text in another encoding practically never is. */
function isUtf8(bytes: Uint8Array): boolean {
	return bytes.some((byte) => byte >= 0x80) && tryDecodeUtf8(bytes) !== undefined;
}
