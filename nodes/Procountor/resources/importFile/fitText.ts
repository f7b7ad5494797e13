import { replaceUnsupportedCharacters, checkWindows1252 } from '../../validation/charset';
import { ok, fail } from '../../validation/result';
import type { FitText } from './types';

/** Characters that separate cells and rows or start a quotation, with their replacements. */
const SEPARATORS: Array<[character: string, name: string, replacement: string]> = [
	[';', 'a semicolon', ','],
	['"', 'a quotation mark', "'"],
	['\n', 'a line break', ' '],
	['\r', 'a line break', ' '],
	['\t', 'a tab', ' '],
];
const ADDRESS_SEPARATORS: typeof SEPARATORS = [...SEPARATORS, ['\\', 'a backslash', '/']];

function firstControlCharacter(text: string): string | undefined {
	return [...text].find((character) => character < ' ' || character === '\u007f');
}

/** Returns a text unchanged, or says what the file cannot contain. */
export const refuseUnsupported: FitText = (text, length, inAddress = false) => {
	const unsupported =
		(inAddress ? ADDRESS_SEPARATORS : SEPARATORS).find(([character]) => text.includes(character))?.[1] ??
		(firstControlCharacter(text) === undefined ? undefined : 'a control character');
	if (unsupported !== undefined)
		return fail(
			`contains ${unsupported}, which an import file cannot hold`,
			'Change it, or choose to replace what does not fit',
		);
	if (length !== undefined && text.length > length)
		return fail(
			`is longer than ${length} characters (${text.length})`,
			'Shorten it, or choose to replace what does not fit',
		);
	return checkWindows1252(text);
};

/** Replaces separators and unsupported characters, and cuts a text that is too long. */
export const replaceUnsupported: FitText = (text, length, inAddress = false) => {
	// The nearest characters come first: they can contain a quotation mark or a line break.
	let result = replaceUnsupportedCharacters(text.replaceAll('\r\n', '\n'));
	for (const [character, , replacement] of inAddress ? ADDRESS_SEPARATORS : SEPARATORS)
		result = result.replaceAll(character, replacement);
	for (let control = firstControlCharacter(result); control !== undefined; control = firstControlCharacter(result))
		result = result.replaceAll(control, '');
	return ok(result.slice(0, length).trim());
};
