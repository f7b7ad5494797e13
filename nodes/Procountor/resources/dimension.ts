import { create, get, list, resource, update, type FieldNote, type FieldWords } from '../engine/declare';

const dimensionId: FieldWords = { label: 'Dimension', pick: 'dimension' };
const itemName: FieldNote = ['codeName', { label: 'Item Name' }];
const more: FieldNote[] = [
	['description', { label: 'Description' }],
	['status', { label: 'Status', hint: 'P for an item that is out of use', placeholder: 'e.g. P' }],
];

export const dimension = resource('dimension', 'Dimension', ['dimension', 'dimensions'], {
	get: get('GET /dimensions/{dimensionId}', 'Reads one dimension with its items, such as all cost centres', {
		words: { dimensionId },
	}),
	getAll: list('GET /dimensions', "Lists the company's dimensions with their items", {
		words: {
			name: { label: 'Dimension Name', hint: 'Whole name or a part of it' },
			codeName: { label: 'Item Name', hint: 'Whole name of an item or a part of it' },
		},
	}),
	update: update('PUT /dimensions/{dimensionId}', 'Gives a dimension another name', {
		words: { dimensionId },
		fields: [['name', { label: 'Name', required: true }]],
	}),
	createItem: create('POST /dimensions/{dimensionId}/items', 'Adds an item to a dimension, such as a new cost centre', {
		name: 'Create Item',
		action: 'Create dimension item',
		about: 'dimension item',
		words: { dimensionId },
		fields: [itemName],
		more,
	}),
	updateItem: update(
		'PUT /dimensions/{dimensionId}/items',
		'Renames or describes a dimension item, or takes it out of use',
		{
			name: 'Update Item',
			action: 'Update dimension item',
			about: 'dimension item',
			within: 'GET /dimensions/{dimensionId}',
			rows: 'items',
			words: { dimensionId },
			fields: [['id', { name: 'itemId', label: 'Item', pick: 'dimensionItem', required: true }]],
			more: [itemName, ...more],
		},
	),
});
