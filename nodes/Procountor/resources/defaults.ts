import { get, list, send, type Draft, type FieldNote, type FieldWords } from '../engine/declare';
import type { Call } from '../api';

const dimensionId: FieldWords = { label: 'Dimension', pick: 'dimension' };
const items: FieldNote = [
	'items',
	{
		label: 'Items',
		hint: 'They take the place of the present ones',
		columns: [
			['codeName', { label: 'Item', hint: 'Name of the dimension item' }],
			['percent', { label: 'Share %', default: 100 }],
			['id', { name: 'itemId', label: 'Item ID', hint: 'ID of the dimension item, where names are not enough' }],
		],
	},
];

/**
 * The default dimensions that partners, persons and products have in the same way: what new documents are allocated to
 * when nothing else is said. `path` is the record's path, `id` its placeholder with its words.
 */
export function defaultDimensions(
	path: string,
	[id, words]: [name: string, words: FieldWords],
	noun: string,
): Record<string, Draft> {
	const all = `GET ${path}/defaults/dimensions` as Call;
	const one = `${path}/defaults/dimensions/{dimensionId}`;
	return {
		getDefaultDimensions: list(all, `Lists the dimension items that new documents of the ${noun} are allocated to`, {
			name: 'Get Default Dimensions',
			action: `Get default dimensions of ${noun}`,
			words: { [id]: words },
		}),
		getDefaultDimension: get(`GET ${one}` as Call, `Reads the default items of one dimension for the ${noun}`, {
			name: 'Get Default Dimension',
			action: `Get default dimension of ${noun}`,
			words: { [id]: words, dimensionId },
		}),
		setDefaultDimension: send(
			`PUT ${one}` as Call,
			'Set Default Dimension',
			`Chooses the items of a dimension that new documents of the ${noun} are allocated to`,
			{ action: `Set default dimension of ${noun}`, words: { [id]: words, dimensionId }, fields: [items] },
		),
	};
}
