import { handlerFor } from '../../engine/handlers';
import { outputShaper } from '../../engine/simplify';
import type { ExtraField } from '../../engine/declare';
import type { OperationHandler } from '../../engine/task';
import { YES_OR_NO } from '../shared/formSettings';
import { readBookkeeping, receiptLoader } from '../shared/bookkeeping/readBookkeeping';

export const includeBookkeeping: ExtraField = [
	'includeBookkeeping',
	YES_OR_NO,
	{
		label: 'Include Bookkeeping',
		default: false,
		description: 'Whether to read accounts, dimensions and their items, such as the project',
	},
];

/** Reads invoices by their IDs, optionally with their bookkeeping. Items share the requests for both. */
export const getInvoices: OperationHandler = (operation, input, execution) => {
	const { settings } = input.values(operation);
	const read = handlerFor({ ...operation, kind: 'get' });
	if (settings.includeBookkeeping !== true) return read(operation, input, execution);
	// A simplified invoice lacks the receipt ID, so it is simplified afterwards.
	const task = read({ ...operation, simple: undefined }, input, execution);
	const shape = outputShaper(operation, input);
	const loader = execution.shared('receipts of invoices', receiptLoader);
	return {
		...task,
		async run(client) {
			const invoices = await task.run(client);
			const bookkeeping = await readBookkeeping(
				client,
				loader,
				invoices.map(({ json }) => json),
			);
			return invoices.map(({ json }, index) => ({ json: { ...shape(json), bookkeeping: bookkeeping[index] } }));
		},
	};
};
