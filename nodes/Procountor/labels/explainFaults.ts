import type { NamedFault } from '../api';
import { explain } from './errorCodes';
import { fieldLabel, type LabelOf } from './fieldLabel';

/**
 * Puts Procountor's faults into words: each with the label of its field, and what to do where the code is known.
 * `labelOf` gives the labels of the operation's own form, which come before the shared table.
 */
export function explainFaults(faults: readonly NamedFault[], labelOf?: LabelOf): { what: string; todo?: string } {
	const explained = faults.map(({ field, message }) => {
		const known = explain(message, labelOf);
		const label = field ? fieldLabel(field, { labelOf }) : '';
		return {
			text: label ? `${label}: ${known?.problem ?? message}` : (known?.problem ?? message),
			advice: known?.hint,
		};
	});
	const advice = [...new Set(explained.flatMap((one) => one.advice ?? []))];
	return {
		what: explained.map(({ text }) => text).join('; '),
		todo: advice.length ? advice.map((sentence) => `${sentence}.`).join(' ') : undefined,
	};
}
