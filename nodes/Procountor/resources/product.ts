import { upsertProduct } from './shared/upsert';
import { create, get, job, list, remove, resource, update, type FieldSpec, type FieldOptions } from '../engine/declare';
import { defaultDimensions } from './defaultDimensions';
import { lookUp } from './shared/formSettings';

const productId: FieldOptions = { label: 'Product', listSearch: 'product' };
const groupId: FieldOptions = { label: 'Product Group', listSearch: 'productGroup' };
const simple = ['id', 'type', 'code', 'name', 'unit', 'price', 'currency', 'vat', 'active', 'version'];
const includeLocalizations: FieldOptions = {
	label: 'Include Translations',
	description: 'Whether to read the names in other languages too',
	default: true,
};

const type: FieldSpec = [
	'type',
	{ label: 'Product Type', default: 'SALES', description: 'The register that it belongs to' },
];
const name: FieldSpec = ['name', { label: 'Name' }];
const code: FieldSpec = ['code', { label: 'Product Code' }];
const price: FieldSpec = ['price', { label: 'Price' }];
const basics: FieldSpec[] = [
	['currency', { label: 'Currency', default: 'EUR' }],
	'discount',
	['active', { default: true }],
];
const more: FieldSpec[] = [
	[
		'bookkeepingAccount',
		{ label: 'Accounting Account', listSearch: 'ledgerAccount', description: 'Travel products only' },
	],
	'defaultAccount',
	['endDate', { label: 'Valid Until', description: 'Travel products only' }],
	'productGroupId',
	['productLocalizations', { label: 'Translations' }],
	['startDate', { label: 'Valid From', description: 'Travel products only' }],
	['vatStatus', { listSearch: 'vatStatus' }],
];
const unitAndVat: FieldSpec[] = [['unit', { label: 'Unit', default: 'PIECE' }], 'vat'];

export const product = resource('product', 'Product', ['product', 'products'], {
	create: create('POST /products', 'Adds a product to the register of sales, purchase or travel products', {
		fields: [
			type,
			name,
			['code', { label: 'Product Code', required: false }],
			price,
			['unit', { label: 'Unit', default: 'PIECE', required: false }],
			['vat', { required: false }],
		],
		defaults: { currency: 'EUR', discount: 0, active: true },
		more: [...basics, ...more],
		simple,
	}),
	delete: remove('DELETE /products/{productId}', 'Deletes a product from the register', {
		parameters: { productId },
	}),
	get: get('GET /products/{productId}', 'Reads one or more products', {
		parameters: {
			productId: { ...productId, description: 'One product, or by ID several separated by commas' },
			includeLocalizations,
		},
		simple,
	}),
	getAll: list('GET /products', 'Searches the product registers', {
		variants: {
			parameter: 'type',
			label: 'Product Type',
			choices: [
				{ name: 'Sales and Purchase', value: 'salesAndPurchase', values: [undefined] },
				{ name: 'All Types', value: 'all', values: [undefined, 'TRAVEL'] },
				{ name: 'Purchase', value: 'purchase', values: ['PURCHASE'] },
				{ name: 'Sales', value: 'sales', values: ['SALES'] },
				{ name: 'Travel', value: 'travel', values: ['TRAVEL'] },
			],
		},
		parameters: {
			active: { default: true, description: 'Whether to list active or inactive products' },
			code: { label: 'Product Code', description: 'Full or partial code' },
			endDate: { label: 'Valid Before', description: 'Travel products that began before this day' },
			group: { label: 'Product Groups', description: 'Group IDs' },
			includeLocalizations,
			name: { label: 'Name', description: 'Full or partial name' },
			startDate: { label: 'Valid After', description: 'Travel products that end after this day' },
		},
		simple,
	}),
	update: update('PUT /products/{productId}', 'Updates the given fields and keeps all others', {
		parameters: { productId },
		readQuery: { includeLocalizations: true },
		more: [name, code, price, ...basics, ...more, ...unitAndVat],
		simple,
	}),
	upsert: job(
		upsertProduct,
		'POST /products',
		'Create or Update',
		'Create a new record, or update the current one if it already exists (upsert)',
		{
			extraFields: [lookUp],
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
					{
						label: 'Product Code',
						required: true,
						refuseEmptyExpression: 'parts',
						description: 'How to find the product in the register',
					},
				],
				[
					'type',
					{ label: 'Product Type', default: 'SALES', required: true, description: 'The register that it belongs to' },
				],
				['name', { label: 'Name', required: true }],
			],
			more: [
				['price', { label: 'Price', description: 'Needed for a product that is not in the register yet' }],
				...basics,
				...more,
				...unitAndVat,
			],
			simple,
		},
	),
	createGroup: create('POST /products/groups', 'Creates a product group', {
		name: 'Create Group',
		action: 'Create product group',
		noun: 'product group',
		fields: [name, type],
	}),
	deleteGroup: remove(
		'DELETE /products/groups/{groupId}',
		'Deletes a product group; a group of travel products cannot be deleted',
		{
			name: 'Delete Group',
			action: 'Delete product group',
			noun: 'product group',
			parameters: { groupId },
		},
	),
	getGroup: get('GET /products/groups/{groupId}', 'Reads one product group', {
		name: 'Get Group',
		action: 'Get product group',
		noun: 'product group',
		parameters: { groupId },
	}),
	getGroups: list('GET /products/groups', 'Lists the groups of products', {
		name: 'Get Groups',
		action: 'Get product groups',
		noun: 'product groups',
		parameters: { type: { label: 'Group Type', default: 'SALES' } },
	}),
	updateGroup: update('PUT /products/groups/{groupId}', 'Renames a product group', {
		name: 'Update Group',
		action: 'Update product group',
		noun: 'product group',
		parameters: { groupId },
		fields: [['name', { label: 'Name', required: true }]],
	}),
	...defaultDimensions('/products/{productId}', ['productId', productId], 'product'),
});
