import type { FieldOptions, FieldSpec } from '../../engine/declare';

export const listId: FieldOptions = { name: 'salaryListId', label: 'Salary List', listSearch: 'salaryList' };
export const slipId: FieldOptions = { name: 'salarySlipId', label: 'Salary Slip', listSearch: 'salarySlip' };
export const paymentListId: FieldOptions = { label: 'Payment List ID', placeholder: 'e.g. 12345' };
export const periodListId: FieldOptions = { name: 'periodListId', label: 'Period List ID', placeholder: 'e.g. 12345' };

export const simpleSlip = [
	'id',
	'slipNumber',
	'employeeId',
	'employeeName',
	'status',
	'paidStatusDetails',
	'adjustments.payday',
	'rows',
	'slipNotes',
	'version',
];

export const simpleList = [
	'id',
	'name',
	'holidayYear',
	'paymentPeriodStart',
	'paymentPeriodEnd',
	'payday',
	'dueDate',
	'accountingDate',
	'salarySlips',
	'version',
];

/** The dates of a salary list. */
const days: FieldSpec[] = [
	['paymentPeriodStart', { label: 'Payment Period Start' }],
	['paymentPeriodEnd', { label: 'Payment Period End' }],
	['payday', { label: 'Payday' }],
	['dueDate', { label: 'Due Date' }],
	['accountingDate', { label: 'Accounting Date' }],
];

/** The form of a new salary list. */
export const listFields: FieldSpec[] = [
	['name', { label: 'Name' }],
	...days,
	[
		'employeesDataForSalarySlip',
		{
			name: 'employees',
			label: 'Employees',
			columns: [
				['employeeId', { label: 'Employee', listSearch: 'employee' }],
				['calendarWorkdays', { label: 'Working Days', description: 'Computed from the payment period when empty' }],
				['absentDays', { label: 'Absent Days' }],
				['holidayPayData.holidayDays', { label: 'Holiday Days', description: 'Days to pay holiday pay for' }],
			],
		},
	],
];

/** Optional fields of a new salary list. */
export const moreListFields: FieldSpec[] = [
	['earningsPeriodStart', { label: 'Earnings Period Start' }],
	['earningsPeriodEnd', { label: 'Earnings Period End' }],
	['holidayYear', { label: 'Holiday Credit Year' }],
];

/** The form of a list of salary payments. */
export const paymentFields: FieldSpec[] = [
	['listName', { label: 'List Name' }],
	['paymentDate', { label: 'Payment Date', description: 'Day on which the bank pays; later than today' }],
	[
		'payments',
		{
			label: 'Payments',
			fromList: true,
			columns: [
				['recipientName', { label: 'Recipient' }],
				['recipientBankAccount', { label: 'Recipient Account (IBAN)', placeholder: 'e.g. FI2112345600000785' }],
				['amount', { label: 'Amount' }],
				['currencyCode', { label: 'Currency', default: 'EUR' }],
				['customId', { label: 'Own ID', description: 'Your own reference for this payment' }],
				['recipientCode.brnType', { label: 'Identity Code Type' }],
				['recipientCode.code', { label: 'Identity Code' }],
				['recipientBicCode', { label: 'Recipient BIC' }],
				'bankReferenceCode',
				['bankReferenceCodeType', { label: 'Reference Type' }],
				['message', { label: 'Message' }],
			],
		},
	],
];

/** Optional fields of a list of salary payments. */
export const morePaymentFields: FieldSpec[] = [
	['customId', { label: 'Own List ID', description: 'Your own reference; with it the list is ordered only once' }],
	[
		'payerBankAccount',
		{
			label: 'Payer Account (IBAN)',
			description: 'The default account for payments when empty',
			refuseEmptyExpression: true,
		},
	],
];
