import type { Schema } from '../../api';
import type { FieldSpec, ExtraField } from '../../engine/declare';
import { choice } from '../../engine/operationOptions';
import {
	filesFromFields,
	IF_EXISTS,
	optional,
	safety,
	sameNames,
	SENT_FOR_GOOD,
	TEXT,
	YES_OR_NO,
} from '../shared/formSettings';
import { accountOwner } from './ownAccount';
import {
	address,
	business,
	common,
	givenReference,
	person,
	pricesIncludeVat,
	referenceOfClaim,
	sending,
	travel,
} from './formFields';
import { rows } from './rowsForm';

const NUMBER: Schema = { type: 'number' };
const USERS: Schema = { type: 'array', items: TEXT };

const ifExists = choice('ifExists', IF_EXISTS, {
	label: 'If It Already Exists',
	displayOptions: { hide: { originalInvoiceNumber: [''] } },
	description:
		'Found by type and own number, and by supplier for bills; steps that an earlier run did not finish are done',
});

const files: ExtraField[] = [
	filesFromFields,
	sameNames,
	[
		'sendFiles',
		YES_OR_NO,
		{ label: 'Send Files with Invoice', optional, description: 'Whether the recipient gets the files too' },
	],
];

const vatStatus: ExtraField = [
	'vatStatus',
	TEXT,
	{
		listSearch: 'vatStatus',
		optional,
		description: "The partner's default, or domestic, when empty",
	},
];
const termDays: ExtraField = [
	'termDays',
	NUMBER,
	{ label: 'Payment Term (Days)', default: 14, optional, description: 'Sets the due date if that is empty' },
];

const reference = choice(
	'reference',
	{ procountor: 'Generate Automatically', given: 'Given Below', none: 'None' },
	{ label: 'Reference Number' },
);
const referenceOfBill = choice('reference', { none: 'None', given: 'Given Below' }, { label: 'Reference Number' });

const circulation: ExtraField[] = [
	choice(
		'circulation',
		{ default: 'By Default', none: ['Nobody', 'Nobody is asked, and sending to circulation is refused'] },
		{ label: 'Without Chosen Users', optional, description: 'Who verifies and approves it if nobody is chosen here' },
	),
	['verifiers', USERS, { label: 'Verifier Names or IDs', listSearch: 'verifier', optional }],
	['acceptors', USERS, { label: 'Acceptor Names or IDs', listSearch: 'acceptor', optional }],
	[
		'verifierListId',
		{ type: 'integer', minimum: 1 },
		{ label: 'Verifier List', listSearch: 'verifierList', optional, description: 'Instead of single users' },
	],
];

const afterSale = choice(
	'after',
	{
		unfinished: 'Leave Unfinished',
		approve: 'Approve',
		send: ['Approve and Send', SENT_FOR_GOOD],
	},
	{ label: 'After Creating' },
);
const afterBill = choice(
	'after',
	{
		unfinished: 'Leave Unfinished',
		circulate: ['Send to Circulation', 'Procountor asks the verifiers and acceptors'],
	},
	{ label: 'After Creating' },
);

const counterpartyName = (label: string): FieldSpec => [
	'counterParty.counterPartyAddress.name',
	{
		name: 'counterPartyName',
		label: `${label} Name`,
		placeholder: 'When not in the register',
		description: `Required without a register entry; otherwise it replaces the register's on this ${label === 'Person' ? 'claim' : 'invoice'}`,
		required: false,
	},
];
const ownNumber = (label: string, hint: string): FieldSpec => [
	'originalInvoiceNumber',
	{ label, required: false, hint, refuseEmptyExpression: true },
];
const date: FieldSpec = [
	'date',
	{
		label: 'Invoice Date',
		placeholder: 'Today',
		description: 'Today when empty',
		required: false,
		refuseEmptyExpression: true,
	},
];
const personNumber: ExtraField = [
	'personNumber',
	TEXT,
	{ optional, description: 'Finds the person if none is chosen' },
];

const REGISTER: typeof IF_EXISTS = {
	leave: 'Leave Alone',
	create: ['Create If Missing', 'An existing entry stays as it is'],
	update: ['Create or Update', 'The given fields replace those of the register'],
};
const registers: ExtraField[] = [
	choice('customerRegister', REGISTER, {
		label: 'Customer Register',
		optional,
		description: 'By business ID or customer number; a guest without either stays out of it',
	}),
	choice('productRegister', REGISTER, {
		label: 'Product Register',
		optional,
		description: 'By product code, with the name, unit, price and VAT of the row',
	}),
];

/** Returns the advice for a name that was entered instead of an ID. `label` and `nameLabel` are those of the two fields. */
function nameAdvice(label: string, nameLabel: string): string {
	return `Business Partner: Get Many finds the ID. Or leave '${label}' empty and enter the name in '${nameLabel} Name'.`;
}

/** The settings of bills and claims after their rows. */
const afterRows: ExtraField[] = [vatStatus, termDays, ...circulation, ...files, ...safety];

/** The fields that travel invoices and expense claims share. */
const claimFields = {
	extraFields: [ifExists, afterBill, rows, personNumber, ...afterRows] as ExtraField[],
	more: [counterpartyName('Person'), ...address, ...common, referenceOfClaim],
};

/** The fields of each operation that creates an invoice. */
export const forms = {
	sales: {
		fields: [
			[
				'partnerId',
				{
					label: 'Customer',
					listSearch: 'customer',
					byNumber: true,
					description: 'From the register; or enter a name and an address',
					emptyAdvice: nameAdvice('Customer', 'Customer'),
					required: false,
				},
			],
			counterpartyName('Customer'),
			date,
			ownNumber(
				'Own Invoice Number',
				'Number of the order or invoice in your system; it makes the create safe to repeat',
			),
			pricesIncludeVat(),
			givenReference,
		] as FieldSpec[],
		extraFields: [
			ifExists,
			reference,
			afterSale,
			rows,
			vatStatus,
			termDays,
			[
				'updateInventory',
				YES_OR_NO,
				{ label: 'Update Inventory', optional, description: 'Whether to change the stock of the products on approval' },
			],
			accountOwner,
			...registers,
			...files,
			...safety,
		] as ExtraField[],
		more: [...address, ...common, ...business, ...sending],
	},
	order: {
		fields: [
			[
				'partnerId',
				{
					label: 'Customer or Supplier',
					listSearch: 'businessPartner',
					byNumber: true,
					description: 'From the register; or enter a name and an address',
					emptyAdvice: nameAdvice('Customer or Supplier', 'Partner'),
					required: false,
				},
			],
			counterpartyName('Partner'),
			date,
			ownNumber('Own Order Number', 'Number of the order in your system; it makes the create safe to repeat'),
			pricesIncludeVat(),
			givenReference,
		] as FieldSpec[],
		extraFields: [
			choice(
				'orderType',
				{ SALES_ORDER: 'Sales Order', OFFER: 'Offer', PURCHASE_ORDER: 'Purchase Order' },
				{ label: 'Order Type' },
			),
			ifExists,
			reference,
			rows,
			vatStatus,
			termDays,
			accountOwner,
			...files,
			...safety,
		] as ExtraField[],
		more: [...address, ...common, ...business, ...sending],
	},
	purchase: {
		fields: [
			[
				'partnerId',
				{
					label: 'Supplier',
					listSearch: 'supplier',
					byNumber: true,
					description: 'From the register; or enter a name and an address',
					emptyAdvice: nameAdvice('Supplier', 'Supplier'),
					required: false,
				},
			],
			counterpartyName('Supplier'),
			date,
			ownNumber("Supplier's Invoice Number", 'It makes the create safe to repeat'),
			pricesIncludeVat(),
			givenReference,
		] as FieldSpec[],
		extraFields: [ifExists, referenceOfBill, afterBill, rows, ...afterRows] as ExtraField[],
		more: [...address, ...common, ...business],
	},
	travel: {
		fields: [
			person,
			date,
			ownNumber('Own Number', 'Number of the claim in your system; it makes the create safe to repeat'),
			travel,
		],
		...claimFields,
	},
	expense: {
		fields: [
			person,
			date,
			ownNumber('Own Number', 'Number of the claim in your system; it makes the create safe to repeat'),
			pricesIncludeVat(true),
		],
		...claimFields,
	},
};
