import { create, get, list, resource, update, type FieldSpec, type FieldOptions } from '../engine/declare';

const id: FieldOptions = { name: 'bankAccountId', label: 'Bank Account', listSearch: 'companyBankAccount' };
const simple = [
	'id',
	'iban',
	'bic',
	'bankName',
	'currency',
	'status',
	'ledgerAccount',
	'defaultForInvoice',
	'defaultForPayment',
	'version',
];

const ledgerAccount: FieldSpec = ['ledgerAccount', { label: 'Ledger Account', listSearch: 'ledgerAccount' }];
const uses: FieldSpec[] = [
	[
		'defaultForInvoice',
		{ label: 'Default for Invoices', description: 'Whether new sales invoices show this account by default' },
	],
	[
		'defaultForPayment',
		{ label: 'Default for Payments', description: 'Whether payments are made from this account by default' },
	],
	['showAccountOnInvoice', { label: 'Show on Invoices', description: 'Whether invoices show this account' }],
	[
		'allowPayments',
		{
			label: 'Payments Agreed',
			description: 'Whether there is an agreement with the bank on payments from this account',
		},
	],
	[
		'allowForeignPayments',
		{ label: 'Foreign Payments Agreed', description: 'Whether there is an agreement with the bank on payments abroad' },
	],
];
const more: FieldSpec[] = [
	[
		'allowExpressPayments',
		{
			label: 'Express Payments Agreed',
			description: 'Whether there is an agreement with the bank on express payments',
		},
	],
	[
		'allowSalaryPayments',
		{ label: 'Salary Payments Agreed', description: 'Whether there is an agreement with the bank on salary payments' },
	],
	['bankAddress', { label: 'Bank Address' }],
	['bankName', { label: 'Bank Name' }],
	['bic', { description: 'From the IBAN when empty', placeholder: 'e.g. NDEAFIHH' }],
	['orderNo', { label: 'Order Number', description: 'Place in the list of accounts' }],
];

export const bankAccount = resource('bankAccount', 'Bank Account', ['bank account', 'bank accounts'], {
	create: create('POST /bankaccounts', 'Adds an account of the company; IBAN and currency cannot be changed later', {
		fields: [
			['iban', { label: 'IBAN', placeholder: 'e.g. FI2112345600000785' }],
			['currency', { label: 'Currency', default: 'EUR' }],
			ledgerAccount,
			['status', { description: undefined, default: 'ACTIVE' }],
			...uses,
		],
		more,
		simple,
	}),
	get: get('GET /bankaccounts/{id}', "Reads one of the company's own accounts with its settings", {
		parameters: { id },
		simple,
	}),
	getAll: list('GET /bankaccounts', "Lists the company's own accounts", {
		simple: simple.filter((name) => name !== 'ledgerAccount'),
	}),
	update: update('PUT /bankaccounts/{id}', 'Updates settings of an account and keeps all other fields', {
		parameters: { id },
		more: [ledgerAccount, ['status', { description: undefined }], ...uses, ...more],
		simple,
	}),
});
