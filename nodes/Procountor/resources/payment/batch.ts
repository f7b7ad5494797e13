import type { Client, Execution } from '../../api';
import { InputError } from '../../api';
import type { Input } from '../../engine/input';
import type { Output, ItemTask } from '../../engine/task';

/** What one incoming item adds to an order. */
export interface Part<T> {
	/** The item's place, from 0. */
	index: number;
	value: T;
}

/**
 * One order for all items: the first item's turn sends it for all, the others add nothing. If one item cannot be prepared,
 * or the order fails, it fails for every item, so that nothing is paid in part.
 * @param name of the order among those of the execution
 */
export function oneOrder<T>(
	name: string,
	input: Input,
	execution: Execution,
	value: T,
	send: (client: Client, parts: ReadonlyArray<Part<T>>) => Promise<Output[]>,
): ItemTask {
	const order = execution.shared(name, (): { parts: Array<Part<T>>; outputs?: Promise<Output[]> } => ({ parts: [] }));
	order.parts.push({ index: input.index, value });
	return {
		readOnly: false,
		async run(client) {
			const isFirst = order.parts[0].index === input.index;
			order.outputs ??= whole(order.parts, input).then(async (parts) => await send(client, parts));
			const outputs = await order.outputs;
			return isFirst ? outputs : [];
		},
	};
}

/** All items, or an error if one of them was refused before ('On Error' continues with the others). */
async function whole<T>(parts: ReadonlyArray<Part<T>>, { context }: Input): Promise<ReadonlyArray<Part<T>>> {
	const known = new Set(parts.map(({ index }) => index));
	const missing = context.getInputData().findIndex((_, index) => !known.has(index));
	if (missing >= 0)
		throw new InputError(
			`Item ${missing + 1}`,
			'cannot be paid, so nothing was paid',
			'Correct it or remove it: one order pays all items or none.',
		);
	return await Promise.resolve(parts);
}

/** Returns the items that parts come from, for n8n's links between items. */
export const pairedTo = <T>(parts: ReadonlyArray<Part<T>>): Array<{ item: number }> =>
	parts.map(({ index }) => ({ item: index }));
