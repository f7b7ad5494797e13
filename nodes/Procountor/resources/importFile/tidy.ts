import { nearest, windows1252 } from '../../validation/charset';
import { ok, fail } from '../../validation/result';
import type { Tidy } from './types';

/** What parts cells and rows, or would be read as quotation, and what stands for it when texts are mended. */
const separators: Array<[sign: string, name: string, instead: string]> = [
	[';', 'a semicolon', ','],
	['"', 'a quotation mark', "'"],
	['\n', 'a line break', ' '],
	['\r', 'a line break', ' '],
	['\t', 'a tab', ' '],
];

const backslash: (typeof separators)[number] = ['\\', 'a backslash', '/'];

/** The first control character of a text: no cell can hold one. */
function controlIn(given: string): string | undefined {
	return [...given].find((character) => character < ' ' || character === '\u007f');
}

/** Returns a text as it is, or says what the file cannot contain. */
export const strict: Tidy = (given, length, inAddress = false) => {
	for (const [sign, name] of inAddress ? [...separators, backslash] : separators) {
		if (given.includes(sign))
			return fail(
				`contains ${name}, which an import file cannot hold`,
				'Change it, or choose to replace what does not fit',
			);
	}
	if (controlIn(given) !== undefined)
		return fail(
			'contains a control character, which an import file cannot hold',
			'Change it, or choose to replace what does not fit',
		);
	if (length !== undefined && given.length > length)
		return fail(
			`is longer than ${length} characters (${given.length})`,
			'Shorten it, or choose to replace what does not fit',
		);
	return windows1252(given);
};

/**
 * Makes a text fit: replaces separators by other characters and unsupported characters by the nearest ones, and cuts
 * what is too long.
 */
export const mend: Tidy = (given, length, inAddress = false) => {
	// Letters first: their nearest forms can bring a quotation mark or a line break.
	let result = nearest(given.replaceAll('\r\n', '\n'));
	for (const [sign, , instead] of inAddress ? [...separators, backslash] : separators)
		result = result.replaceAll(sign, instead);
	for (let control = controlIn(result); control !== undefined; control = controlIn(result))
		result = result.replaceAll(control, '');
	return ok(result.slice(0, length).trim());
};
