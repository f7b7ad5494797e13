import { InputError } from '../api';
import { isDynamic, EMPTY_EXPRESSION } from './emptyFilter';
import type { Input } from './input';
import type { Variants } from './types';

/**
 * Returns the values of the variant's parameter for the user's choice. A choice left over from another list selects the
 * first variant.
 * @throws {InputError} if an expression returns no choice, or an unknown one
 */
export function chosenVariant({ label, choices }: Variants, input: Input): Variants['choices'][number]['values'] {
	const shown = input.parameter('show');
	const chosen = choices.find(({ value }) => value === shown);
	if (chosen) return chosen.values;
	if (!isDynamic(input.context.getNode().parameters.show)) return choices[0].values;
	const known = choices.map(({ value }) => `'${value}'`).join(', ');
	throw new InputError(
		label,
		shown === undefined || shown === '' ? EMPTY_EXPRESSION : `has no choice '${String(shown)}'`,
		`Use one of ${known}.`,
	);
}
