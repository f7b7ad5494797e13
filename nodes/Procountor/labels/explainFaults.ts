import type { NamedFault } from '../api';
import { explain } from './errorCodes';
import { fieldLabel, type LabelOf } from './fieldLabel';

/**
 * Explains Procountor's faults, each with the label of its field, and with advice if the code is known. `labelOf` returns
 * the labels of the operation's form, which take precedence over the shared table.
 */
export function explainFaults(faults: readonly NamedFault[], labelOf?: LabelOf): { message: string; advice?: string } {
	const explained = faults.map(({ field, message }) => {
		const explanation = explain(message, labelOf);
		const label = field ? fieldLabel(field, { labelOf }) : '';
		return {
			text: label ? `${label}: ${explanation?.message ?? message}` : (explanation?.message ?? message),
			advice: explanation?.advice,
		};
	});
	const advice = [...new Set(explained.flatMap((entry) => entry.advice ?? []))];
	return {
		message: explained.map(({ text }) => text).join('; '),
		advice: advice.length ? advice.map((sentence) => `${sentence}.`).join(' ') : undefined,
	};
}
