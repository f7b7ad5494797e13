import { isMissingText } from '../../validation/missingText';
import { InputError } from '../../api';

/** Refuses a number or reference of the user that is what is left of a missing value: all records would share it. @throws {InputError} */
export function refuseMissingText(label: string, text: string): void {
	if (isMissingText(text)) throw new InputError(label, `is "${text}"`, 'Check the expression: it returns no number.');
}
