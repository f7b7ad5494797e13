import { create, list, resource, type FieldSpec } from '../engine/declare';

const status: FieldSpec = ['status', { description: undefined, default: 'ACTIVE' }];
const notification: FieldSpec = [
	'transferNotification',
	{ label: 'Transfer Notifications', description: 'Text about the transfer on invoices, by language' },
];

export const factoringContract = resource(
	'factoringContract',
	'Factoring Contract',
	['factoring contract', 'factoring contracts'],
	{
		create: create('POST /factoringcontracts', 'Adds a contract with a financing company (Finland)', {
			fields: [
				['financingCompany.id', { name: 'financingCompanyId', label: 'Financing Company Code', required: true }],
				['financingCompany.name', { name: 'financingCompanyName', label: 'Financing Company' }],
				'financingCompanyBankAccount',
				['contractNumber', { label: 'Contract Number' }],
				status,
			],
			more: [
				['bankReferenceCodeSeparator', { label: 'Reference Number Prefix' }],
				['factoringCounterAccount', { label: 'Counter Account' }],
				['financingCompanyFinvoiceAddress', { label: 'Finvoice Address of Financing Company' }],
				['personalFinvoiceAddress', { label: 'Own Finvoice Address' }],
				notification,
				['wsCustomerNumber', { label: 'WS Customer Number' }],
			],
			simple: ['id', 'financingCompany', 'financingCompanyBankAccount', 'contractNumber', 'status'],
		}),
		getAll: list('GET /factoringcontracts', 'Lists the contracts with financing companies (Finland)', {
			parameters: { financingCompanyId: { label: 'Financing Company Code' } },
			simple: ['id', 'financingCompany', 'financingCompanyBankAccount', 'contractNumber', 'status'],
		}),
		createSwedish: create('POST /se/factoringcontracts', 'Adds a contract with a financing company (Sweden)', {
			name: 'Create Swedish Contract',
			action: 'Create Swedish factoring contract',
			fields: [
				['financingCompanyName', { label: 'Financing Company' }],
				'financingCompanyBankAccount',
				['contractNumber', { label: 'Contract Number' }],
			],
			more: [notification, status],
		}),
		getSwedish: list('GET /se/factoringcontracts', 'Lists the contracts with financing companies (Sweden)', {
			name: 'Get Swedish Contracts',
			action: 'Get Swedish factoring contracts',
		}),
	},
);
