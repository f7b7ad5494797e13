import { textValue } from '../../../validation/cellValues';
import { fail, ok, type Result } from '../../../validation/result';

/** Returns the text of a cell: a number, or a text without the spaces around it. */
export function plain(value: unknown): Result<string> {
	const text = textValue(value);
	return text.ok ? ok(text.value.trim()) : text;
}

/** Refuses a text that is longer than its column. */
export const tooLong = (text: string, most: number): Result<never> =>
	fail(`is longer than ${most} characters (${text.length})`);
