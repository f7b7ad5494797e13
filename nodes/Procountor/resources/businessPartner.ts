import { PARTNER_KEYS, upsertPartner } from './shared/upsert';
import {
	create,
	get,
	job,
	list,
	resource,
	update,
	type FieldSpec,
	type FieldOptions,
	type ExtraField,
} from '../engine/declare';
import { defaultDimensions } from './defaultDimensions';
import { renameAddresses } from './shared/renameAddresses';
import { lookUp } from './shared/formSettings';
import { byBusinessId } from './shared/registers';

const nouns: [string, string] = ['business partner', 'business partners'];
const id: FieldOptions = { name: 'businessPartnerId', label: 'Business Partner', listSearch: 'businessPartner' };
const simple = [
	'id',
	'type',
	'name',
	'invoicingInfo.customerNumber',
	'invoicingInfo.identifier',
	'invoicingInfo.email',
	'invoicingInfo.invoiceChannel',
	'address',
	'registryInfo.active',
	'version',
];
const listed = [
	'id',
	'type',
	'name',
	'invoicingInfo.customerNumber',
	'invoicingInfo.identifier',
	'invoicingInfo.identifierType',
	'invoicingInfo.email',
	'billingAddress',
	'registryInfo.active',
	'version',
];

const type: FieldSpec = [
	'type',
	{
		label: 'Partner Type',
		default: 'CUSTOMER',
		description: 'Register that it belongs to; for persons, use the resource Person',
	},
];
const name: FieldSpec = ['name', { label: 'Name' }];
const paymentMethod: FieldSpec = [
	'paymentInfo.paymentMethod',
	{
		label: 'Payment Method',
		default: 'BANK_TRANSFER',
		choices: { DKLMPKRE: 'Domestic Payment Creditor (Old)', NETS: 'NETS' },
	},
];
const address: FieldSpec[] = ['address.street', 'address.zip', 'address.city', 'address.country'];
const invoicing: FieldSpec[] = [
	'invoicingInfo.customerNumber',
	'invoicingInfo.identifier',
	['invoicingInfo.identifierType', { default: 'FI' }],
	'invoicingInfo.contactPerson',
	'invoicingInfo.einvoiceAddress',
	'invoicingInfo.einvoiceOperator',
	'invoicingInfo.email',
	[
		'invoicingInfo.invoiceChannel',
		{
			description: 'How invoices are sent to the partner',
			default: 'EMAIL',
			choices: { EDIFACT: 'EDIFACT', MAIL: 'Post' },
		},
	],
	['invoicingInfo.language', { label: 'Language', default: 'FINNISH' }],
	'invoicingInfo.orderReference',
];
const payment: FieldSpec[] = [
	['paymentInfo.bankAccount', { label: 'Bank Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
	'paymentInfo.bic',
	['paymentInfo.currency', { label: 'Currency', default: 'EUR' }],
	'paymentInfo.discountPercentage',
	'paymentInfo.paymentTermDays',
	'paymentInfo.penalInterestRate',
];
const others: FieldSpec[] = [
	'additionalInfo.defaultAdditionalInformation',
	'additionalInfo.webAddress',
	'address.specifier',
	['registryInfo.active', { default: true }],
	'registryInfo.mobilePhone',
	'registryInfo.phone',
];

const matching: ExtraField[] = [
	[
		'matchBy',
		{ type: 'string', enum: PARTNER_KEYS },
		{
			label: 'Match By',
			choices: { businessId: 'Business ID' },
			default: PARTNER_KEYS[0],
			required: true,
			description: 'How to find the partner in the register',
		},
	],
	[
		'matchValue',
		{ type: 'string' },
		{
			label: 'Number',
			required: true,
			refuseEmptyExpression: true,
			description: "The partner's business ID or customer number, as chosen above",
			placeholder: 'e.g. 1234567-1',
		},
	],
];

export const businessPartner = resource('businessPartner', 'Business Partner', nouns, {
	create: create('POST /businesspartners', 'Adds a customer or supplier to the register', {
		fields: [type, name, paymentMethod, ...address],
		more: [...invoicing, ...payment, ...others],
		simple,
	}),
	get: get('GET /businesspartners/{id}', 'Returns one or more customers or suppliers with all register details', {
		parameters: { id: { ...id, description: 'One partner, or by ID several separated by commas' } },
		simple,
	}),
	getAll: list('GET /businesspartners', 'Searches the registers of customers and suppliers', {
		details: 'GET /businesspartners/{id}',
		numberSearch: byBusinessId,
		activeVariants: {
			parameter: 'active',
			label: 'Show',
			description:
				'Procountor lists active and inactive partners separately; All Partners reads both lists, sorted by ID',
			names: ['All Partners', 'Active Partners', 'Inactive Partners'],
		},
		parameters: {
			identifier: { description: 'Business ID in any form, or VAT number in the form that the register has' },
			name: { label: 'Name' },
			type: { label: 'Partner Type', description: 'Leave empty for all types that the user may see' },
			mainGroup: { label: 'Main Group', description: 'Name of a main group' },
			partnerGroup: { label: 'Partner Group', description: 'Name of a group' },
		},
		simple: listed,
		simpleDetails: simple,
	}),
	update: update('PUT /businesspartners/{id}', 'Updates the given fields and keeps all others', {
		derive: renameAddresses,
		parameters: { id },
		more: [name, paymentMethod, ...address, ...invoicing, ...payment, ...others],
		simple,
	}),
	updateIfUnchanged: update(
		'PATCH /businesspartners/{id}',
		'Updates the given fields if nobody has changed the partner since the given version',
		{
			name: 'Update If Unchanged',
			action: 'Update business partner if unchanged',
			// The API requires unchanged parts too. It is unknown whether it merges or replaces a part, so each is sent in full.
			writableFields: ['name', 'type', 'address', 'invoicingInfo', 'paymentInfo'],
			derive: (record, changes) => renameAddresses(record, changes, ['address']),
			parameters: {
				id,
				version: {
					label: 'Version',
					required: true,
					description: 'Version from an earlier step',
					placeholder: 'e.g. 2026-10-01T12:30:00',
				},
			},
			more: [name, paymentMethod, ...address, 'address.specifier', ...invoicing, ...payment],
		},
	),
	upsert: job(
		upsertPartner,
		'POST /businesspartners',
		'Create or Update',
		'Create a new record, or update the current one if it already exists (upsert)',
		{
			calls: ['GET /businesspartners', 'GET /businesspartners/{id}', 'PUT /businesspartners/{id}', 'GET /sessioninfo'],
			partial: true,
			extraFields: [...matching, lookUp],
			fields: [
				[
					'type',
					{
						label: 'Partner Type',
						default: 'CUSTOMER',
						required: true,
						description: 'Register that it belongs to; for persons, use the resource Person',
					},
				],
				['name', { label: 'Name', required: true }],
			],
			more: [paymentMethod, ...address, ...invoicing, ...payment, ...others],
			simple,
		},
	),
	getDefaultAccounts: get(
		'GET /businesspartners/{id}/defaults/accounts',
		'Returns the default ledger accounts and VAT status of the partner',
		{ name: 'Get Default Accounts', action: 'Get default accounts of business partner', parameters: { id } },
	),
	getDefaultProducts: list(
		'GET /businesspartners/{id}/defaults/products',
		'Lists the products of the partner with their special prices',
		{ name: 'Get Default Products', action: 'Get default products of business partner', parameters: { id } },
	),
	getPersonalDetails: get(
		'GET /businesspartners/personaldetails',
		"Returns the register details of the credential's user",
		{ name: 'Get Own Personal Details', action: 'Get own personal details' },
	),
	...defaultDimensions('/businesspartners/{id}', ['id', id], 'business partner'),
});
