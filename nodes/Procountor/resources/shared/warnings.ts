import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** The warnings that each execution has shown already. */
const shown = new WeakMap<IExecuteFunctions, Set<string>>();

/**
 * Shows each warning once as a hint on the node, and all warnings of an item in its output.
 * @returns the output field `warnings`; an empty object if there are none
 */
export function withWarnings(context: IExecuteFunctions, warnings: readonly string[]): IDataObject {
	if (warnings.length === 0) return {};
	const seen = shown.get(context) ?? new Set<string>();
	shown.set(context, seen);
	for (const message of warnings) {
		if (seen.has(message)) continue;
		seen.add(message);
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	return { warnings: [...warnings] };
}
