import { create, get, list, resource, update, type FieldSpec, type FieldOptions } from '../engine/declare';

const id: FieldOptions = { name: 'groupId', label: 'Group', listSearch: 'partnerGroup' };
const fields: FieldSpec[] = [
	['name', { label: 'Name' }],
	[
		'type',
		{ label: 'Group Type', default: 'CUSTOMER', description: 'Whether it contains customers, suppliers or persons' },
	],
];
const active: FieldSpec = ['active', { default: true }];

export const businessPartnerGroup = resource(
	'businessPartnerGroup',
	'Business Partner Group',
	['business partner group', 'business partner groups'],
	{
		create: create('POST /businesspartners/groups', 'Creates a group of partners', {
			fields,
			more: [active],
		}),
		get: get('GET /businesspartners/groups/{id}', 'Reads one group', { parameters: { id } }),
		getAll: list('GET /businesspartners/groups', 'Searches the groups of customers, suppliers and persons', {
			parameters: {
				name: { label: 'Name', description: 'Full or partial name' },
				type: { label: 'Group Type' },
				active: { default: true },
			},
		}),
		update: update('PUT /businesspartners/groups/{id}', 'Renames a group or takes it out of use', {
			parameters: { id },
			more: [...fields, active],
		}),
	},
);
