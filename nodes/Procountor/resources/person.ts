import { upsertPerson } from './shared/upsert';
import { create, get, job, list, resource, update, type FieldSpec, type FieldOptions } from '../engine/declare';
import { defaultDimensions } from './defaultDimensions';
import { lookUp } from './shared/formSettings';

const id: FieldOptions = { name: 'personId', label: 'Person', listSearch: 'person' };
const simple = [
	'id',
	'firstName',
	'lastName',
	'invoicingInfo.personNumber',
	'jobTitle',
	'registryInfo.email',
	'registryInfo.mobilePhone',
	'deliveryAddress',
	'registryInfo.active',
	'version',
];

const names: FieldSpec[] = ['firstName', 'lastName'];
const basics: FieldSpec[] = [
	['invoicingInfo.language', { label: 'Language', default: 'FINNISH' }],
	['invoicingInfo.gender', { label: 'Gender', default: 'NOT_APPLICABLE' }],
	[
		'paymentInfo.paymentMethod',
		{
			label: 'Payment Method',
			default: 'BANK_TRANSFER',
			choices: { DKLMPKRE: 'Domestic Payment Creditor (Old)', NETS: 'NETS' },
		},
	],
	['paymentInfo.paymentTermDays', { default: '14' }],
	'paymentInfo.penalInterestRate',
	['registryInfo.active', { default: true }],
];
const more: FieldSpec[] = [
	'deliveryAddress.street',
	'deliveryAddress.zip',
	'deliveryAddress.city',
	'deliveryAddress.country',
	['invoicingInfo.dateOfBirth', { label: 'Date of Birth' }],
	['invoicingInfo.identifier', { label: 'Personal Identity Code', placeholder: undefined }],
	[
		'invoicingInfo.identifierType',
		{
			label: 'Type of Personal Identity Code',
			description: undefined,
			default: 'HETU',
			choices: { HETU: 'Finnish', YHD: 'YHD' },
		},
	],
	'jobTitle',
	['paymentInfo.accountNumber', { label: 'Bank Account (IBAN)' }],
	'paymentInfo.bic',
	['registryInfo.email', { description: 'Postal address of the person' }],
	'registryInfo.mobilePhone',
	'registryInfo.phone',
];
const personNumber: FieldSpec = 'invoicingInfo.personNumber';

export const person = resource('person', 'Person', ['person', 'persons'], {
	create: create('POST /persons', 'Adds an employee or another person to the person register', {
		fields: [...names, ...basics],
		more: [personNumber, ...more],
		simple,
	}),
	get: get('GET /persons/{id}', 'Returns a person with all register details', {
		parameters: { id },
		simple,
	}),
	getAll: list('GET /persons', 'Searches the person register', {
		variants: {
			parameter: 'includeInactive',
			label: 'Show',
			choices: [
				{ name: 'Active Persons', value: 'active', values: [undefined] },
				{ name: 'All Persons', value: 'all', values: [true] },
			],
		},
		parameters: {
			personNumber: { description: 'Full or partial number' },
			mainPersonGroup: { label: 'Main Group', description: 'Full name of a main group' },
			personGroupId: { label: 'Person Group', listSearch: 'partnerGroup' },
		},
		simple: simple.filter(
			(field) => !['jobTitle', 'registryInfo.email', 'registryInfo.mobilePhone', 'version'].includes(field),
		),
	}),
	update: update('PUT /persons/{id}', 'Updates the given fields and keeps all others', {
		parameters: { id },
		more: [...names, ...basics, personNumber, ...more],
		simple,
	}),
	upsert: job(
		upsertPerson,
		'POST /persons',
		'Create or Update',
		'Create a new record, or update the current one if it already exists (upsert)',
		{
			extraFields: [lookUp],
			calls: ['GET /persons', 'GET /persons/{id}', 'PUT /persons/{id}', 'GET /sessioninfo'],
			partial: true,
			fields: [
				[
					'invoicingInfo.personNumber',
					{
						required: true,
						refuseEmptyExpression: 'parts',
						description: 'How to find the person in the register',
					},
				],
				['lastName', { required: true }],
			],
			more: ['firstName', ...basics, ...more],
			simple,
		},
	),
	getDefaultProducts: list(
		'GET /persons/{id}/defaults/products',
		"Lists the products of the person's travel and expense claims",
		{ name: 'Get Default Products', action: 'Get default products of person', parameters: { id } },
	),
	...defaultDimensions('/persons/{id}', ['id', id], 'person'),
});
