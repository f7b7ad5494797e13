import { InputError } from '../api';
import { withoutZeroDecimals } from '../validation/cellValues';
import { FORM_OF_IDS } from './coerce';

/**
 * Reads the ID of a record: a whole number, also as spreadsheets deliver it (`100048.0`).
 * @param label name of the field in the form
 * @throws {InputError} for anything else, such as an own invoice number, with how to search by it
 */
export function recordId(label: string, value: unknown): number {
	const text = withoutZeroDecimals(String(value).trim());
	// A number that the language cannot hold exactly would become another record's ID.
	if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)) || Number(text) === 0)
		throw new InputError(
			label,
			`is not an ID: '${text}'`,
			`${FORM_OF_IDS}. To find a record by its number, code or name, use Get Many.`,
		);
	return Number(text);
}
