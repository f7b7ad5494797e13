import { accountRows, ledgerRows, statementRows } from './rows';
import { callsOfReport, reportHandler } from './getReport';
import { whenFilterIsEmpty } from '../../engine/emptyFilter';
import { download, get, job, resource, type FieldSpec, type FieldOptions } from '../../engine/declare';

const days: FieldSpec[] = [
	[
		'startDate',
		{
			label: 'First Day',
			placeholder: 'Fiscal year',
			description: 'First day of the fiscal year when empty',
			refuseEmptyExpression: true,
		},
	],
	['endDate', { label: 'Last Day', description: undefined }],
];
const more: FieldSpec[] = [
	[
		'receiptStatus',
		{ label: 'Receipt Statuses', description: 'Which receipts count; by the rights of the company when empty' },
	],
	['options.receiptType', { label: 'Receipt Types', description: 'Leave empty for all types' }],
	['options.reportLanguage', { label: 'Report Language' }],
];
const id: FieldOptions = { name: 'ledgerAccount', label: 'Ledger Account', listSearch: 'ledgerAccount' };

export const report = resource('report', 'Report', ['report', 'reports'], {
	downloadSie: download(
		'GET /sie/file',
		'Download SIE File',
		'Returns the bookkeeping of a fiscal year as a SIE file (Sweden)',
		{
			action: 'Download SIE file',
			noun: 'SIE file',
			fileName: ({ query }) => `sie-${String(query.accountingPeriodStart)}-${String(query.exportEndDate)}.se`,
			parameters: {
				accountingPeriodStart: { label: 'First Day', description: 'First day of a fiscal year' },
				exportEndDate: { label: 'Last Day', description: 'Last day whose receipts are included' },
			},
		},
	),
	getAccounting: job(
		reportHandler(statementRows),
		'POST /reports/accounting',
		'Get Accounting Report',
		'Returns an income statement, balance sheet or cash flow statement; one item for each line, with its level',
		{
			action: 'Get accounting report',
			calls: [...callsOfReport],
			simple: [
				'name',
				'value',
				'isTotal',
				'level',
				'rowNumber',
				'startDate',
				'endDate',
				'rowId',
				'parentRowId',
				'formula',
			],
			fields: [['type', { label: 'Report Type', default: 'INCOME_STATEMENT' }], ...days],
			more,
			extraFields: [whenFilterIsEmpty],
		},
	),
	getGeneralLedger: job(
		reportHandler(ledgerRows),
		'POST /reports/generalledger/{id}',
		'Get General Ledger',
		'Lists the transactions of one ledger account with debit, credit and balance',
		{
			action: 'Get general ledger',
			calls: [...callsOfReport],
			simple: [
				'date',
				'receiptName',
				'debit',
				'credit',
				'accountingValue',
				'balance',
				'receiptNumber',
				'status',
				'account',
				'accountName',
			],
			fields: days,
			extraFields: [whenFilterIsEmpty],
			more: [...more, ['options.receiptNumbers', { label: 'Receipt Numbers' }]],
			parameters: { id },
		},
	),
	getLedgerAccounts: job(
		reportHandler(accountRows),
		'POST /reports/ledgeraccounts',
		'Get Ledger Account Report',
		'Returns the totals of every ledger account by period; one item for each account',
		{
			action: 'Get ledger account report',
			calls: [...callsOfReport],
			simple: ['account', 'accountName', 'value', 'debit', 'credit', 'level', 'rowNumber', 'startDate', 'endDate'],
			fields: days,
			more,
			extraFields: [whenFilterIsEmpty],
		},
	),
	getSieAvailability: get(
		'GET /sie/availability',
		'Returns the fiscal years and days for which a SIE file is available',
		{ name: 'Get SIE Availability', action: 'Get SIE availability' },
	),
});
