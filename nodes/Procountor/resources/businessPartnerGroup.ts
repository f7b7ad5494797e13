import { create, get, list, resource, update, type FieldNote, type FieldWords } from '../engine/declare';

const id: FieldWords = { name: 'groupId', label: 'Group', pick: 'partnerGroup' };
const fields: FieldNote[] = [
	['name', { label: 'Name' }],
	['type', { label: 'Group Type', default: 'CUSTOMER', hint: 'Whether customers, suppliers or persons belong to it' }],
];
const active: FieldNote = ['active', { default: true }];

export const businessPartnerGroup = resource(
	'businessPartnerGroup',
	'Business Partner Group',
	['business partner group', 'business partner groups'],
	{
		create: create('POST /businesspartners/groups', 'Adds a group that partners can be gathered in', {
			fields,
			more: [active],
		}),
		get: get('GET /businesspartners/groups/{id}', 'Reads one group', { words: { id } }),
		getAll: list('GET /businesspartners/groups', 'Searches the groups of customers, suppliers and persons', {
			words: {
				name: { label: 'Name', hint: 'Whole name or a part of it' },
				type: { label: 'Group Type' },
				active: { default: true },
			},
		}),
		update: update('PUT /businesspartners/groups/{id}', 'Renames a group or takes it out of use', {
			words: { id },
			more: [...fields, active],
		}),
	},
);
