import { isMissingText } from '../../validation/missingText';
import { InputError } from '../../api';

/**
 * Refuses a number or reference such as `undefined`, which an expression returns if its value is missing. All records
 * would share it.
 * @throws {InputError}
 */
export function refuseMissingText(label: string, text: string): void {
	if (isMissingText(text)) throw new InputError(label, `is "${text}"`, 'Check the expression: it returns no number.');
}
