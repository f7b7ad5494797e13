import type { IDataObject } from 'n8n-workflow';
import type { Call, QueryValue } from '../api';
import type { Right } from './rights';
import { MENUS } from '../utils/menus';

/** A part of Procountor, the list that shows it, and the rights that it requires. */
export interface AccessArea {
	/** The node's resource. */
	resource: string;
	/** What it contains, in Procountor's terms. */
	name: string;
	/** The list that shows it, with a query that limits the list to it. */
	call: Call;
	query?: Record<string, QueryValue>;
	/** The property of the response that contains its records, if the contract does not tell. */
	rows?: string;
	/** Each of these rights allows viewing; empty if no source names the right. */
	view: Right[];
	/** Whether viewing rights are not enough (docs/procountor.md#payroll). */
	needsFullRights?: boolean;
	/** The right to create and change its records. */
	edit?: Right;
	/** Restrictions of the user that hide records of others. */
	limits?: Right[];
	/** The company's setting that must be on for the area, and the menu that contains it. */
	needs?: { name: string; menu: string };
	/** The body of a POST that only reads. */
	body?: (today: string) => IDataObject;
}

const SALES: Right[] = ['sales.salesInvoiceSearch', 'sales.salesOrGroupInvoices'];
const PURCHASES: Right[] = ['purchases.purchaseInvoiceSearch', 'purchases.purchaseInvoices'];
const TRAVEL: Right[] = [
	'travelAndExpenses.travelAndExpenseInvoiceSearch',
	'travelAndExpenses.travelAndExpenseInvoices',
];
const JOURNALS: Right[] = ['accounting.journalReceiptSearch', 'accounting.journalReceipts'];
const CIRCULATION: Right[] = ['invoiceCirculation.verification', 'invoiceCirculation.approval'];
const PAYROLL: Right = 'salaries.payroll';
const STATEMENTS: Right = 'payments.bankStatementAndReferencePayment';
const OWN_INVOICES: Right[] = ['sales.personalSalesInvoicesOnly'];

/**
 * The areas that Check Access checks. Procountor does not publish which right opens which call: the pairs follow from
 * the names of both, and a response counts more than the rights if it contains records.
 */
export const accessAreas: AccessArea[] = [
	{
		resource: 'Attachment',
		name: 'Attachments',
		call: 'GET /attachments',
		view: [],
		needs: { name: 'Documents', menu: MENUS.usageSettings },
	},
	{
		resource: 'Bank Account',
		name: 'Bank accounts',
		call: 'GET /bankaccounts',
		view: ['management.basicCompanyInfo'],
		edit: 'management.basicCompanyInfo',
	},
	{
		resource: 'Bank Statement',
		name: 'Bank statements',
		call: 'GET /bankstatements',
		view: [STATEMENTS],
		edit: STATEMENTS,
	},
	{
		resource: 'Business Partner',
		name: 'Customers',
		call: 'GET /businesspartners',
		query: { type: 'CUSTOMER' },
		view: ['sales.customerRegister'],
		edit: 'sales.customerRegister',
	},
	{
		resource: 'Business Partner',
		name: 'Suppliers',
		call: 'GET /businesspartners',
		query: { type: 'SUPPLIER' },
		view: ['purchases.supplierRegister'],
		edit: 'purchases.supplierRegister',
	},
	{
		resource: 'Company',
		name: 'Company information',
		call: 'GET /company',
		view: ['management.basicCompanyInfo'],
		edit: 'management.basicCompanyInfo',
	},
	{
		resource: 'Dimension',
		name: 'Dimensions',
		call: 'GET /dimensions',
		view: ['management.basicAccountingInfo'],
		edit: 'management.basicAccountingInfo',
	},
	{
		resource: 'Employee',
		name: 'Employees',
		call: 'GET /payrolls/employees',
		view: [PAYROLL],
		needsFullRights: true,
		edit: PAYROLL,
	},
	{
		resource: 'Factoring Contract',
		name: 'Factoring contracts',
		call: 'GET /factoringcontracts',
		view: ['management.basicCompanyInfo'],
		edit: 'management.basicCompanyInfo',
		needs: { name: 'External financing', menu: MENUS.usageSettings },
	},
	{
		resource: 'Fiscal Year',
		name: 'Fiscal years and tracking periods',
		call: 'GET /fiscalyears',
		view: ['management.basicAccountingInfo'],
		edit: 'management.basicAccountingInfo',
	},
	{
		resource: 'Invoice',
		name: 'Sales invoices',
		call: 'GET /invoices',
		query: { types: ['SALES_INVOICE'] },
		view: SALES,
		edit: 'sales.salesOrGroupInvoices',
		limits: OWN_INVOICES,
	},
	{
		resource: 'Invoice',
		name: 'Sales orders and offers',
		call: 'GET /invoices',
		query: { types: ['SALES_ORDER'] },
		view: SALES,
		edit: 'sales.salesOrGroupInvoices',
		limits: OWN_INVOICES,
	},
	{
		resource: 'Invoice',
		name: 'Purchase invoices and orders',
		call: 'GET /invoices',
		query: { types: ['PURCHASE_INVOICE', 'PURCHASE_ORDER'] },
		view: PURCHASES,
		edit: 'purchases.purchaseInvoices',
		limits: ['purchases.personalPurchaseInvoicesOnly'],
	},
	{
		resource: 'Invoice',
		name: 'Travel invoices and expense claims',
		call: 'GET /invoices',
		query: { types: ['TRAVEL_INVOICE', 'BILL_OF_CHARGES'] },
		view: TRAVEL,
		edit: 'travelAndExpenses.travelAndExpenseInvoices',
		limits: ['travelAndExpenses.personalTravelAndExpenseInvoiceOnly'],
	},
	{
		resource: 'Invoice',
		name: 'Purchase invoices waiting for my verification',
		call: 'GET /invoices/personalverifications',
		query: { types: 'PURCHASE_INVOICE' },
		view: CIRCULATION.slice(0, 1),
		edit: CIRCULATION[0],
	},
	{
		resource: 'Invoice',
		name: 'Purchase invoices waiting for my approval',
		call: 'GET /invoices/personalapprovals',
		query: { types: 'PURCHASE_INVOICE' },
		view: CIRCULATION.slice(1),
		edit: CIRCULATION[1],
	},
	{
		resource: 'Ledger Account',
		name: 'Chart of accounts',
		call: 'GET /coa',
		view: ['management.chartOfAccountsAndDefaultReports'],
	},
	{
		resource: 'Ledger Receipt',
		name: 'Journals',
		call: 'GET /ledgerreceipts',
		query: { types: ['JOURNAL'] },
		view: JOURNALS,
		edit: 'accounting.journalReceipts',
		limits: ['accounting.personalJournalReceiptsOnly'],
	},
	{
		resource: 'Ledger Receipt',
		name: 'Receipts of sales invoices',
		call: 'GET /ledgerreceipts',
		query: { types: ['SALES_INVOICE'] },
		view: SALES,
		edit: 'sales.salesOrGroupInvoices',
		limits: OWN_INVOICES,
	},
	{
		resource: 'Ledger Receipt',
		name: 'Receipts of purchase invoices',
		call: 'GET /ledgerreceipts',
		query: { types: ['PURCHASE_INVOICE'] },
		view: PURCHASES,
		edit: 'purchases.purchaseInvoices',
		limits: ['purchases.personalPurchaseInvoicesOnly'],
	},
	{
		resource: 'Ledger Receipt',
		name: 'Receipts of travel invoices and expense claims',
		call: 'GET /ledgerreceipts',
		query: { types: ['TRAVEL_INVOICE', 'BILL_OF_CHARGES'] },
		view: TRAVEL,
		edit: 'travelAndExpenses.travelAndExpenseInvoices',
		limits: ['travelAndExpenses.personalTravelAndExpenseInvoiceOnly'],
	},
	{
		resource: 'Ledger Receipt',
		name: 'Receipts of salaries',
		call: 'GET /ledgerreceipts',
		query: { types: ['SALARY', 'EMPLOYER_CONTRIBUTION'] },
		view: [PAYROLL],
	},
	{
		resource: 'Payment',
		name: 'Payments',
		call: 'GET /payments',
		view: ['payments.payment'],
		edit: 'payments.payment',
	},
	{
		resource: 'Payment',
		name: 'Salary payments',
		call: 'GET /payments/directsalarypayments',
		view: ['payments.salaryPayments'],
		edit: 'payments.salaryPayments',
	},
	{
		resource: 'Person',
		name: 'Persons',
		call: 'GET /persons',
		query: { includeInactive: true },
		view: ['salaries.personRegister'],
		edit: 'salaries.personRegister',
	},
	{
		resource: 'Product',
		name: 'Sales products',
		call: 'GET /products',
		query: { type: 'SALES' },
		view: ['sales.productRegister'],
		edit: 'sales.productRegister',
	},
	{
		resource: 'Product',
		name: 'Purchase products',
		call: 'GET /products',
		query: { type: 'PURCHASE' },
		view: ['purchases.productRegister'],
		edit: 'purchases.productRegister',
	},
	{
		resource: 'Reference Payment',
		name: 'Reference payments',
		call: 'GET /referencepayments',
		view: [STATEMENTS],
		edit: STATEMENTS,
	},
	{
		resource: 'Report',
		name: 'Accounting reports',
		call: 'POST /reports/ledgeraccounts',
		rows: 'reportData.periods.rows',
		body: (today) => ({ startDate: `${today.slice(0, 4)}-01-01`, endDate: today }),
		view: ['accounting.accountingReports'],
	},
	{
		resource: 'Salary',
		name: 'Salary lists',
		call: 'GET /payrolls/salarylists',
		view: [PAYROLL],
		needsFullRights: true,
		edit: PAYROLL,
	},
	{
		resource: 'Salary',
		name: 'Salary slips',
		call: 'GET /payrolls/salaryslips',
		view: [PAYROLL],
		needsFullRights: true,
		edit: PAYROLL,
		limits: ['salaries.personalSalariesOnly'],
	},
	{ resource: 'Webhook', name: 'Webhooks', call: 'GET /webhooks', view: [] },
];
