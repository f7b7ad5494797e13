import { PARTNER_KEYS, upsertPartner } from './shared/upsert';
import {
	create,
	get,
	job,
	list,
	resource,
	update,
	type FieldNote,
	type FieldWords,
	type Setting,
} from '../engine/declare';
import { defaultDimensions } from './defaults';
import { lookUp } from './shared/formSettings';

const nouns: [string, string] = ['business partner', 'business partners'];
const id: FieldWords = { name: 'businessPartnerId', label: 'Business Partner', pick: 'businessPartner' };
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

const type: FieldNote = [
	'type',
	{
		label: 'Partner Type',
		default: 'CUSTOMER',
		hint: 'The register that it belongs to; persons of the company have a resource of their own',
	},
];
const name: FieldNote = ['name', { label: 'Name' }];
const paymentMethod: FieldNote = [
	'paymentInfo.paymentMethod',
	{
		label: 'Payment Method',
		default: 'BANK_TRANSFER',
		choices: { DKLMPKRE: 'Domestic Payment Creditor (Old)', NETS: 'NETS' },
	},
];
const address: FieldNote[] = ['address.street', 'address.zip', 'address.city', 'address.country'];
const invoicing: FieldNote[] = [
	'invoicingInfo.customerNumber',
	'invoicingInfo.identifier',
	['invoicingInfo.identifierType', { default: 'FI' }],
	'invoicingInfo.contactPerson',
	'invoicingInfo.einvoiceAddress',
	'invoicingInfo.einvoiceOperator',
	'invoicingInfo.email',
	[
		'invoicingInfo.invoiceChannel',
		{ hint: 'How invoices are sent to the partner', default: 'EMAIL', choices: { EDIFACT: 'EDIFACT', MAIL: 'Post' } },
	],
	['invoicingInfo.language', { label: 'Language', default: 'FINNISH' }],
	'invoicingInfo.orderReference',
];
const payment: FieldNote[] = [
	['paymentInfo.bankAccount', { label: 'Bank Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
	'paymentInfo.bic',
	['paymentInfo.currency', { label: 'Currency', default: 'EUR' }],
	'paymentInfo.discountPercentage',
	'paymentInfo.paymentTermDays',
	'paymentInfo.penalInterestRate',
];
const others: FieldNote[] = [
	'additionalInfo.defaultAdditionalInformation',
	'additionalInfo.webAddress',
	'address.specifier',
	['registryInfo.active', { default: true }],
	'registryInfo.mobilePhone',
	'registryInfo.phone',
];

const matching: Setting[] = [
	[
		'matchBy',
		{ type: 'string', enum: PARTNER_KEYS },
		{
			label: 'Match By',
			choices: { businessId: 'Business ID' },
			default: PARTNER_KEYS[0],
			required: true,
			hint: 'What tells whether the partner is in the register already',
		},
	],
	[
		'matchValue',
		{ type: 'string' },
		{
			label: 'Number',
			required: true,
			hint: "The partner's business ID or customer number, as chosen above",
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
	get: get(
		'GET /businesspartners/{id}',
		'Reads one or more customers or suppliers with everything that the register holds',
		{ words: { id: { ...id, hint: 'One partner, or by ID several separated by commas' } }, simple },
	),
	getAll: list('GET /businesspartners', 'Searches the registers of customers and suppliers', {
		details: 'GET /businesspartners/{id}',
		halves: {
			parameter: 'active',
			label: 'Show',
			hint: 'Procountor lists active and inactive partners apart: all of them are both lists, by ID',
			names: ['All Partners', 'Active Partners', 'Inactive Partners'],
		},
		words: {
			identifier: { hint: 'Business ID or VAT number of the partner' },
			name: { label: 'Name' },
			type: { label: 'Partner Type', hint: 'All types that the user may see when empty' },
			mainGroup: { label: 'Main Group', hint: 'Name of a main group' },
			partnerGroup: { label: 'Partner Group', hint: 'Name of a group' },
		},
		simple: listed,
	}),
	update: update(
		'PUT /businesspartners/{id}',
		'Changes what is given, and keeps everything else that the register holds',
		{ words: { id }, more: [name, paymentMethod, ...address, ...invoicing, ...payment, ...others], simple },
	),
	updateIfUnchanged: update(
		'PATCH /businesspartners/{id}',
		'Changes what is given, but only if nobody has changed the partner since the version that you name',
		{
			name: 'Update If Unchanged',
			action: 'Update business partner if unchanged',
			// The schema asks for parts that need not change, and whether a part is joined or replaced is not said: each goes whole.
			keeps: ['name', 'type', 'address', 'invoicingInfo', 'paymentInfo'],
			words: {
				id,
				version: {
					label: 'Version',
					required: true,
					hint: 'The version that an earlier step has read',
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
			settings: [...matching, lookUp],
			fields: [
				[
					'type',
					{
						label: 'Partner Type',
						default: 'CUSTOMER',
						required: true,
						hint: 'The register that it belongs to; persons of the company have a resource of their own',
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
		'Reads the ledger accounts and the VAT treatment that documents of the partner begin with',
		{ name: 'Get Default Accounts', action: 'Get default accounts of business partner', words: { id } },
	),
	getDefaultProducts: list(
		'GET /businesspartners/{id}/defaults/products',
		'Lists the products of the partner with their special prices',
		{ name: 'Get Default Products', action: 'Get default products of business partner', words: { id } },
	),
	getPersonalDetails: get(
		'GET /businesspartners/personaldetails',
		'Reads the register entry of the person that the credential belongs to',
		{ name: 'Get Own Personal Details', action: 'Get own personal details' },
	),
	...defaultDimensions('/businesspartners/{id}', ['id', id], 'business partner'),
});
