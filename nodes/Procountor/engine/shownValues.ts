import { InputError } from '../api';
import { isDynamic, NOTHING } from './emptyFilter';
import type { Input } from './input';
import type { Variants } from './types';

/**
 * Returns the parameter values that list the chosen part of the records. A choice left over from another list means the
 * first part. Throws an InputError if an expression returns no choice or an unknown one.
 */
export function shownValues({ label, choices }: Variants, input: Input): Variants['choices'][number]['values'] {
	const wanted = input.given('show');
	const chosen = choices.find(({ value }) => value === wanted);
	if (chosen) return chosen.values;
	if (!isDynamic(input.context.getNode().parameters.show)) return choices[0].values;
	const known = choices.map(({ value }) => `'${value}'`).join(', ');
	throw new InputError(
		label,
		wanted === undefined || wanted === '' ? NOTHING : `has no choice '${String(wanted)}'`,
		`Use one of ${known}.`,
	);
}
