import { isMissingText } from '../../validation/missingText';
import { InputError } from '../../api';

/**
 * Refuses a user's number or reference that is only the trace of a missing value, such as `undefined`: all records
 * would share it.
 * @throws {InputError}
 */
export function refuseMissingText(label: string, text: string): void {
	if (isMissingText(text)) throw new InputError(label, `is "${text}"`, 'Check the expression: it returns no number.');
}
