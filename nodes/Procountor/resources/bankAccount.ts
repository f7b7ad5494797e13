import { create, get, list, resource, update, type FieldNote, type FieldWords } from '../engine/declare';

const id: FieldWords = { name: 'bankAccountId', label: 'Bank Account', pick: 'companyBankAccount' };
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

const ledgerAccount: FieldNote = ['ledgerAccount', { label: 'Ledger Account', pick: 'ledgerAccount' }];
const uses: FieldNote[] = [
	['defaultForInvoice', { label: 'Default for Invoices', hint: 'Whether new sales invoices name this account' }],
	['defaultForPayment', { label: 'Default for Payments', hint: 'Whether payments leave from this account' }],
	['showAccountOnInvoice', { label: 'Show on Invoices', hint: 'Whether invoices show this account' }],
	[
		'allowPayments',
		{ label: 'Payments Agreed', hint: 'Whether there is an agreement with the bank on payments from this account' },
	],
	[
		'allowForeignPayments',
		{ label: 'Foreign Payments Agreed', hint: 'Whether there is an agreement with the bank on payments abroad' },
	],
];
const more: FieldNote[] = [
	[
		'allowExpressPayments',
		{ label: 'Express Payments Agreed', hint: 'Whether there is an agreement with the bank on express payments' },
	],
	[
		'allowSalaryPayments',
		{ label: 'Salary Payments Agreed', hint: 'Whether there is an agreement with the bank on salary payments' },
	],
	['bankAddress', { label: 'Bank Address' }],
	['bankName', { label: 'Bank Name' }],
	['bic', { label: 'BIC', hint: 'Follows from the IBAN when left out', placeholder: 'e.g. NDEAFIHH' }],
	['orderNo', { label: 'Order Number', hint: 'Place in the list of accounts' }],
];

export const bankAccount = resource('bankAccount', 'Bank Account', ['bank account', 'bank accounts'], {
	create: create('POST /bankaccounts', 'Adds an account of the company; IBAN and currency cannot be changed later', {
		fields: [
			['iban', { label: 'IBAN', placeholder: 'e.g. FI2112345600000785' }],
			['currency', { label: 'Currency', default: 'EUR' }],
			ledgerAccount,
			['status', { hint: undefined, default: 'ACTIVE' }],
			...uses,
		],
		more,
		simple,
	}),
	get: get('GET /bankaccounts/{id}', "Reads one of the company's own accounts with its settings", {
		words: { id },
		simple,
	}),
	getAll: list('GET /bankaccounts', "Lists the company's own accounts", {
		simple: simple.filter((name) => name !== 'ledgerAccount'),
	}),
	update: update('PUT /bankaccounts/{id}', 'Changes settings of an account and keeps the others', {
		words: { id },
		more: [ledgerAccount, ['status', { hint: undefined }], ...uses, ...more],
		simple,
	}),
});
