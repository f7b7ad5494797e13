import { upsertProduct } from './shared/upsert';
import { create, get, job, list, remove, resource, update, type FieldNote, type FieldWords } from '../engine/declare';
import { defaultDimensions } from './defaults';
import { lookUp } from './shared/formSettings';

const productId: FieldWords = { label: 'Product', pick: 'product' };
const groupId: FieldWords = { label: 'Product Group', pick: 'productGroup' };
const simple = ['id', 'type', 'code', 'name', 'unit', 'price', 'currency', 'vat', 'active', 'version'];
const includeLocalizations: FieldWords = {
	label: 'Include Translations',
	hint: 'Whether to read the names in other languages too',
	default: true,
};

const type: FieldNote = ['type', { label: 'Product Type', default: 'SALES', hint: 'The register that it belongs to' }];
const name: FieldNote = ['name', { label: 'Name' }];
const code: FieldNote = ['code', { label: 'Product Code' }];
const price: FieldNote = ['price', { label: 'Price' }];
const basics: FieldNote[] = [
	['currency', { label: 'Currency', default: 'EUR' }],
	'discount',
	['active', { default: true }],
];
const more: FieldNote[] = [
	['bookkeepingAccount', { label: 'Accounting Account', pick: 'ledgerAccount', hint: 'Travel products only' }],
	'defaultAccount',
	['endDate', { label: 'Valid Until', hint: 'Travel products only' }],
	'productGroupId',
	['productLocalizations', { label: 'Translations' }],
	['startDate', { label: 'Valid From', hint: 'Travel products only' }],
	['unit', { label: 'Unit', default: 'PIECE' }],
	'vat',
	['vatStatus', { pick: 'vatStatus' }],
];

export const product = resource('product', 'Product', ['product', 'products'], {
	create: create('POST /products', 'Adds a product to the register of sales, purchase or travel products', {
		fields: [type, name, price, ...basics],
		more: [code, ...more],
		simple,
	}),
	delete: remove('DELETE /products/{productId}', 'Takes a product out of the register for good', {
		words: { productId },
	}),
	get: get('GET /products/{productId}', 'Reads one or more products', {
		words: {
			productId: { ...productId, hint: 'One product, or by ID several separated by commas' },
			includeLocalizations,
		},
		simple,
	}),
	getAll: list('GET /products', 'Searches the product registers', {
		shows: {
			parameter: 'type',
			label: 'Product Type',
			choices: [
				{ name: 'Sales and Purchase', value: 'salesAndPurchase', asks: [undefined] },
				{ name: 'All Types', value: 'all', asks: [undefined, 'TRAVEL'] },
				{ name: 'Purchase', value: 'purchase', asks: ['PURCHASE'] },
				{ name: 'Sales', value: 'sales', asks: ['SALES'] },
				{ name: 'Travel', value: 'travel', asks: ['TRAVEL'] },
			],
		},
		words: {
			active: { default: true, hint: 'Whether to list products in use, or those out of use' },
			code: { label: 'Product Code', hint: 'Whole code or a part of it' },
			endDate: { label: 'Valid Before', hint: 'Travel products that began before this day' },
			group: { label: 'Product Groups', hint: 'IDs of groups' },
			includeLocalizations,
			name: { label: 'Name', hint: 'Whole name or a part of it' },
			startDate: { label: 'Valid After', hint: 'Travel products that end after this day' },
		},
		simple,
	}),
	update: update('PUT /products/{productId}', 'Changes what is given, and keeps everything else of the product', {
		words: { productId },
		readWith: { includeLocalizations: true },
		more: [name, code, price, ...basics, ...more],
		simple,
	}),
	upsert: job(
		upsertProduct,
		'POST /products',
		'Create or Update',
		'Create a new record, or update the current one if it already exists (upsert)',
		{
			settings: [lookUp],
			calls: [
				'GET /currencies/company',
				'GET /products',
				'GET /products/{productId}',
				'PUT /products/{productId}',
				'GET /sessioninfo',
			],
			partial: true,
			fields: [
				[
					'code',
					{ label: 'Product Code', required: true, hint: 'What tells whether the product is in the register already' },
				],
				['type', { label: 'Product Type', default: 'SALES', required: true, hint: 'The register that it belongs to' }],
				['name', { label: 'Name', required: true }],
			],
			more: [
				['price', { label: 'Price', hint: 'Needed for a product that is not in the register yet' }],
				...basics,
				...more,
			],
			simple,
		},
	),
	createGroup: create('POST /products/groups', 'Adds a group that products can be gathered in', {
		name: 'Create Group',
		action: 'Create product group',
		about: 'product group',
		fields: [name, type],
	}),
	deleteGroup: remove('DELETE /products/groups/{groupId}', 'Removes a product group, but none of travel products', {
		name: 'Delete Group',
		action: 'Delete product group',
		about: 'product group',
		words: { groupId },
	}),
	getGroup: get('GET /products/groups/{groupId}', 'Reads one product group', {
		name: 'Get Group',
		action: 'Get product group',
		about: 'product group',
		words: { groupId },
	}),
	getGroups: list('GET /products/groups', 'Lists the groups of products', {
		name: 'Get Groups',
		action: 'Get product groups',
		about: 'product groups',
		words: { type: { label: 'Group Type', default: 'SALES' } },
	}),
	updateGroup: update('PUT /products/groups/{groupId}', 'Gives a product group another name', {
		name: 'Update Group',
		action: 'Update product group',
		about: 'product group',
		words: { groupId },
		fields: [['name', { label: 'Name', required: true }]],
	}),
	...defaultDimensions('/products/{productId}', ['productId', productId], 'product'),
});
