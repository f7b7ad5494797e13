import { textValue } from '../../../validation/cellValues';
import { fail, ok, type Result } from '../../../validation/result';

/** Returns a text or number as text without surrounding spaces. */
export function trimmedText(value: unknown): Result<string> {
	const text = textValue(value);
	return text.ok ? ok(text.value.trim()) : text;
}

/** Refuses a text that is longer than its column. */
export const tooLong = (text: string, length: number): Result<never> =>
	fail(`is longer than ${length} characters (${text.length})`);
