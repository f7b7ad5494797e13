import type { NamedFault } from '../api';
import { explain } from './errorCodes';
import { fieldLabel, type LabelOf } from './fieldLabel';

/**
 * Puts Procountor's faults into words: each with the label of its field, and what to do where the code is known.
 * `labelOf` gives the labels of the operation's own form, which come before the shared table.
 */
export function explainFaults(faults: readonly NamedFault[], labelOf?: LabelOf): { message: string; advice?: string } {
	const explained = faults.map(({ field, message }) => {
		const known = explain(message, labelOf);
		const label = field ? fieldLabel(field, { labelOf }) : '';
		return {
			text: label ? `${label}: ${known?.message ?? message}` : (known?.message ?? message),
			advice: known?.advice,
		};
	});
	const advice = [...new Set(explained.flatMap((one) => one.advice ?? []))];
	return {
		message: explained.map(({ text }) => text).join('; '),
		advice: advice.length ? advice.map((sentence) => `${sentence}.`).join(' ') : undefined,
	};
}
