import { create, get, list, resource, update, type FieldSpec, type FieldOptions } from '../engine/declare';

const dimensionId: FieldOptions = { label: 'Dimension', listSearch: 'dimension' };
const itemName: FieldSpec = ['codeName', { label: 'Item Name' }];
const more: FieldSpec[] = [
	['description', { label: 'Description' }],
	['status', { description: 'P for an inactive item', placeholder: 'e.g. P' }],
];

export const dimension = resource('dimension', 'Dimension', ['dimension', 'dimensions'], {
	get: get('GET /dimensions/{dimensionId}', 'Reads one dimension with its items, such as all cost centres', {
		parameters: { dimensionId },
	}),
	getAll: list('GET /dimensions', "Lists the company's dimensions with their items", {
		parameters: {
			name: { label: 'Dimension Name', description: 'Full or partial name' },
			codeName: { label: 'Item Name', description: 'Full or partial name of an item' },
		},
	}),
	update: update('PUT /dimensions/{dimensionId}', 'Renames a dimension', {
		parameters: { dimensionId },
		fields: [['name', { label: 'Name', required: true }]],
	}),
	createItem: create('POST /dimensions/{dimensionId}/items', 'Adds an item to a dimension, such as a new cost centre', {
		name: 'Create Item',
		action: 'Create dimension item',
		noun: 'dimension item',
		parameters: { dimensionId },
		fields: [itemName],
		more,
	}),
	updateItem: update(
		'PUT /dimensions/{dimensionId}/items',
		'Renames or describes a dimension item, or takes it out of use',
		{
			name: 'Update Item',
			action: 'Update dimension item',
			noun: 'dimension item',
			findInList: 'GET /dimensions/{dimensionId}',
			listPath: 'items',
			parameters: { dimensionId },
			fields: [['id', { name: 'itemId', label: 'Item', listSearch: 'dimensionItem', required: true }]],
			more: [itemName, ...more],
		},
	),
});
