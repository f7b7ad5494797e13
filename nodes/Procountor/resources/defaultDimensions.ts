import { get, list, send, type OperationDraft, type FieldSpec, type FieldOptions } from '../engine/declare';
import type { Call } from '../api';

const dimensionId: FieldOptions = { label: 'Dimension', listSearch: 'dimension' };
const items: FieldSpec = [
	'items',
	{
		label: 'Items',
		description: 'They replace the current ones',
		columns: [
			['id', { name: 'itemId', label: 'Dimension Item', listSearch: 'dimensionItem' }],
			['codeName', { label: 'Item Name', description: 'Instead of Dimension Item' }],
			['percent', { label: 'Share %', default: 100 }],
		],
	},
];

/**
 * Declares the operations for the default dimensions of partners, persons, and products, which new documents get.
 * @param path the record's path
 * @param id the path's placeholder with its declaration
 */
export function defaultDimensions(
	path: string,
	[id, words]: [name: string, words: FieldOptions],
	noun: string,
): Record<string, OperationDraft> {
	const all = `GET ${path}/defaults/dimensions` as Call;
	const one = `${path}/defaults/dimensions/{dimensionId}`;
	return {
		getDefaultDimensions: list(all, `Lists the default dimension items of the ${noun}`, {
			name: 'Get Default Dimensions',
			action: `Get default dimensions of ${noun}`,
			parameters: { [id]: words },
		}),
		getDefaultDimension: get(`GET ${one}` as Call, `Reads the default items of one dimension for the ${noun}`, {
			name: 'Get Default Dimension',
			action: `Get default dimension of ${noun}`,
			parameters: { [id]: words, dimensionId },
		}),
		setDefaultDimension: send(
			`PUT ${one}` as Call,
			'Set Default Dimension',
			`Sets the default items of one dimension for the ${noun}`,
			{ action: `Set default dimension of ${noun}`, parameters: { [id]: words, dimensionId }, fields: [items] },
		),
	};
}
