import { checkAccess } from './checkAccess';
import { get, job, list, resource, update, type FieldOptions } from '../../engine/declare';

const verifierList: FieldOptions = { name: 'verifierListId', label: 'Circulation List', listSearch: 'verifierList' };

export const company = resource('company', 'Company', ['company', 'companies'], {
	get: get('GET /company', 'Returns the basic information of the company', {
		simple: ['id', 'name', 'country', 'productVersion', 'businessIdentifier', 'companyCurrency', 'companyAddress'],
	}),
	update: update('PUT /company', 'Updates the basic information of the company and keeps all other fields', {
		more: [
			['name', { label: 'Name' }],
			'companyAddress.street',
			'companyAddress.zip',
			'companyAddress.city',
			'companyAddress.country',
			['companyAddress.poBox', { label: 'Post Office Box' }],
			['inTradeRegister', { label: 'In Trade Register', description: 'Whether the company is in the trade register' }],
		],
	}),
	checkAccess: job(
		checkAccess,
		undefined,
		'Check Access',
		'Returns for each area whether the key can read and write it, why a list is empty, and where a right is granted',
		{
			action: 'Check access rights',
			calls: ['GET /sessioninfo', 'GET /status', 'GET /users/rights'],
		},
	),
	getCirculationSettings: get(
		'GET /company/invoicecirculation/settings',
		'Returns how invoices circulate, and who may verify and approve them',
		{
			name: 'Get Circulation Settings',
			action: 'Get circulation settings',
			simple: [
				'useForPurchaseInvoices',
				'useForTravelAndExpenseInvoices',
				'useDeterminedOrder',
				'allowPaymentOnlyWhenApproved',
				'maxVerifiers',
				'maxAcceptors',
				'verifiers',
				'acceptors',
				'substitutions',
			],
		},
	),
	getCollectionSettings: get(
		'GET /company/expenses/collectionpenal/settings',
		'Reads the products and rates of collection costs and penal interest',
		{ name: 'Get Collection Settings', action: 'Get collection settings' },
	),
	getDeliveryTerms: list('GET /company/deliveryterms', 'Lists the terms of delivery', {
		name: 'Get Delivery Terms',
		action: 'Get delivery terms',
	}),
	getEInvoiceAddresses: list('GET /company/einvoiceaddresses', "Lists the company's e-invoice addresses", {
		name: 'Get E-Invoice Addresses',
		action: 'Get electronic invoice addresses',
	}),
	getInvoiceTemplates: list('GET /company/invoicetemplates', 'Lists the layouts of sales invoices', {
		name: 'Get Invoice Templates',
		action: 'Get invoice templates',
	}),
	getSession: get('GET /sessioninfo', 'Returns the company and the user of the credential', {
		name: 'Get Session',
		action: 'Get session',
	}),
	getStatus: get('GET /status', 'Returns the health and the version of the API', {
		name: 'Get API Status',
		action: 'Get API status',
	}),
	getUsageSettings: get(
		'GET /company/usagesettings',
		'Reads the default invoice channel, and whether cash discounts and accounting by row are in use',
		{ name: 'Get Usage Settings', action: 'Get usage settings' },
	),
	getVerifierList: get(
		'GET /company/invoicecirculation/verifierlists/{id}',
		'Reads one circulation list with its verifiers and approvers',
		{
			name: 'Get Circulation List',
			action: 'Get circulation list',
			noun: 'circulation list',
			parameters: { id: verifierList },
		},
	),
	getVerifierLists: list('GET /company/invoicecirculation/verifierlists', 'Lists the circulation lists of invoices', {
		name: 'Get Circulation Lists',
		action: 'Get circulation lists',
	}),
});
