import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** The warnings that each execution has shown already. */
const shown = new WeakMap<IExecuteFunctions, Set<string>>();

/**
 * Reports what was done differently than expected: each warning once as a hint on the node, and all warnings of an item
 * in its output.
 * @returns the output field `warnings`, nothing where there is none
 */
export function withWarnings(context: IExecuteFunctions, warnings: readonly string[]): IDataObject {
	if (warnings.length === 0) return {};
	const before = shown.get(context) ?? new Set<string>();
	shown.set(context, before);
	for (const message of warnings) {
		if (before.has(message)) continue;
		before.add(message);
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	return { warnings: [...warnings] };
}
