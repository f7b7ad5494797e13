import { InputError } from '../api';
import { checkLatin1Header } from '../validation/charset';

/**
 * Returns a value that is sent in a header, such as a search by name.
 * @param label the field's name in the form
 * @throws {InputError} for characters that a header cannot contain
 */
export function headerText(
	label: string,
	value: string,
	advice = 'This value is sent in a header, which can contain only Western European characters.',
): string {
	const result = checkLatin1Header(value);
	if (!result.ok) throw new InputError(label, result.message, advice);
	return result.value;
}
