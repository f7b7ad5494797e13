import type { Client, Execution } from '../../api';
import { InputError } from '../../api';
import type { Input } from '../../engine/input';
import type { Output, ItemTask } from '../../engine/task';

/** What one incoming item adds to an order. */
export interface BatchItem<T> {
	/** The index of the item. */
	index: number;
	value: T;
}

/**
 * Sends one order for all items when the first item runs. If one item cannot be prepared, or the order fails, all items fail,
 * so that nothing is paid in part.
 * @param name identifies the order in the execution
 */
export function orderForAllItems<T>(
	name: string,
	input: Input,
	execution: Execution,
	value: T,
	send: (client: Client, items: ReadonlyArray<BatchItem<T>>) => Promise<Output[]>,
): ItemTask {
	const order = execution.shared(name, (): { items: Array<BatchItem<T>>; outputs?: Promise<Output[]> } => ({
		items: [],
	}));
	order.items.push({ index: input.index, value });
	return {
		readOnly: false,
		async run(client) {
			const isFirst = order.items[0].index === input.index;
			order.outputs ??= requireAllItems(order.items, input).then(async (items) => await send(client, items));
			const outputs = await order.outputs;
			return isFirst ? outputs : [];
		},
	};
}

/** Throws if an item was refused earlier, because with 'On Error: Continue' the others go on. */
async function requireAllItems<T>(
	items: ReadonlyArray<BatchItem<T>>,
	{ context }: Input,
): Promise<ReadonlyArray<BatchItem<T>>> {
	const prepared = new Set(items.map(({ index }) => index));
	const missing = context.getInputData().findIndex((_, index) => !prepared.has(index));
	if (missing >= 0)
		throw new InputError(
			`Item ${missing + 1}`,
			'cannot be paid, so nothing was paid',
			'Correct it or remove it: one order pays all items or none.',
		);
	return await Promise.resolve(items);
}

/** Returns n8n's links to the items of an order. */
export const pairedItems = <T>(items: ReadonlyArray<BatchItem<T>>): Array<{ item: number }> =>
	items.map(({ index }) => ({ item: index }));
