import { InputError } from '../api';
import { withoutZeroDecimals } from '../validation/cellValues';
import { quoted } from '../validation/result';

/** Returns the message for a value that should be an ID; it continues the field's label. */
export const notAnIdMessage = (value: unknown): string => `is not an ID: ${quoted(value)}`;

/** The advice for a value that is not an ID, without a full stop. */
export const ID_ADVICE = 'IDs in Procountor are whole numbers, such as 12345';

/**
 * Returns the ID of a record: a whole number, also in the form of spreadsheets (`100048.0`).
 * @param label the field's name in the form
 * @param advice how to name a record that has no ID
 * @throws {InputError} for anything else, such as an invoice number
 */
export function recordId(
	label: string,
	value: unknown,
	advice = 'To find a record by its number, code or name, use Get Many.',
): number {
	const text = withoutZeroDecimals(String(value).trim());
	const id = Number(text);
	// JavaScript would round a number beyond 2^53 to another record's ID.
	if (!/^\d+$/.test(text) || !Number.isSafeInteger(id) || id === 0)
		throw new InputError(label, notAnIdMessage(text), `${ID_ADVICE}. ${advice}`);
	return id;
}
