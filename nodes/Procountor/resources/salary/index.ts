import { callsOfSalaryPayment, createSalaryPayment } from './createPayment';
import { CANNOT_BE_UNDONE } from '../../engine/operationOptions';
import { changeStatus } from '../shared/changeStatus';
import { approveSlip, callsOfStep, reopenSlip } from './statusSteps';
import { MOVES_MONEY } from '../shared/formSettings';
import { create, get, job, list, resource, send, update } from '../../engine/declare';
import {
	listFields,
	listId,
	moreListFields,
	morePaymentFields,
	paymentFields,
	paymentListId,
	periodListId,
	simpleList,
	simpleSlip,
	slipId,
} from './forms';

export const salary = resource('salary', 'Salary', ['salary', 'salaries'], {
	approveSlip: job(
		changeStatus(approveSlip),
		'PUT /payrolls/salaryslips/{id}/approve',
		'Approve Slip',
		'Approves a salary slip that is created or in correction; returns whether it changed',
		{ action: 'Approve salary slip', noun: 'salary slip', calls: [...callsOfStep], parameters: { id: slipId } },
	),
	cancelPayment: send(
		'PUT /payments/directsalarypayments/{paymentListId}/cancel',
		'Cancel Payment',
		'Cancels a whole list of salary payments; a user confirms it in the Procountor Key app',
		{
			action: 'Cancel salary payment',
			notice: CANNOT_BE_UNDONE,
			noun: 'salary payment',
			parameters: { paymentListId },
		},
	),
	cancelSlipApproval: job(
		changeStatus(reopenSlip),
		'PUT /payrolls/salaryslips/{id}/cancelapproval',
		'Cancel Slip Approval',
		'Cancels the approval of a salary slip so that it can be edited; returns whether it changed',
		{
			action: 'Cancel salary slip approval',
			noun: 'salary slip',
			calls: [...callsOfStep],
			parameters: { id: slipId },
		},
	),
	createList: create('POST /payrolls/salarylists', 'Creates a salary list with a slip for each employee', {
		name: 'Create List',
		action: 'Create salary list',
		noun: 'salary list',
		fields: listFields,
		more: moreListFields,
		simple: simpleList,
	}),
	createPayment: job(
		createSalaryPayment,
		'POST /payments/directsalarypayments',
		'Create Payment',
		'Orders salaries computed elsewhere to be paid (Finland); a user confirms it in the Procountor Key app',
		{
			calls: [...callsOfSalaryPayment],
			action: 'Create salary payment',
			notice: MOVES_MONEY,
			noun: 'salary payment',
			fixed: { paymentMethod: 'FINNISH_SALARY_TRANSFER' },
			fields: paymentFields,
			more: morePaymentFields,
		},
	),
	getAllLaborUnionSettings: list('GET /payrolls/laborunionsettings', 'Lists the labor unions for memberships', {
		name: 'Get Many Labor Union Settings',
		action: 'Get many labor union settings',
	}),
	getAllLists: list('GET /payrolls/salarylists', 'Searches salary lists with the number of their slips', {
		name: 'Get Many Lists',
		action: 'Get many salary lists',
		noun: 'salary list',
		parameters: {
			name: { label: 'Name' },
			paymentPeriodStart: { label: 'Payment Period From' },
			paymentPeriodEnd: { label: 'Payment Period Until' },
		},
		simple: [
			'id',
			'name',
			'paymentPeriodStart',
			'paymentPeriodEnd',
			'numberOfSlips',
			'unfinished',
			'sent',
			'paid',
			'reported',
			'created',
		],
	}),
	getAllPayments: list('GET /payments/directsalarypayments', 'Searches lists of direct salary payments (Finland)', {
		name: 'Get Many Payments',
		action: 'Get many salary payments',
		noun: 'salary payment',
		parameters: { name: { label: 'List Name' }, customId: { label: 'Own List ID' } },
	}),
	getAllPeriodLists: list('GET /payrolls/salaryperiods', 'Lists the period lists of a holiday credit year', {
		name: 'Get Many Period Lists',
		action: 'Get many salary period lists',
		parameters: {
			holidayCreditYear: {
				label: 'Holiday Credit Year',
				default: 2026,
				description: 'The year in which it begins, in April',
			},
		},
	}),
	getAllPeriods: list(
		'GET /payrolls/salaryperiods/{id}',
		'Lists the salary periods of a period list with their paydays',
		{
			name: 'Get Many Periods',
			action: 'Get many salary periods',
			parameters: { id: periodListId },
		},
	),
	getAllSlips: list('GET /payrolls/salaryslips', 'Searches salary slips with their sums', {
		name: 'Get Many Slips',
		action: 'Get many salary slips',
		noun: 'salary slip',
		details: 'GET /payrolls/salaryslips/{id}',
		parameters: {
			employeeName: { label: 'Employee Name' },
			paydayStartDate: { label: 'Payday From' },
			paydayEndDate: { label: 'Payday Until' },
			slipNumber: { label: 'Slip Numbers' },
		},
		simple: [
			'id',
			'slipNumber',
			'employeeName',
			'status',
			'paidStatusDetails',
			'payday',
			'salary',
			'tax',
			'taxFreeItems',
			'netPay',
		],
		simpleDetails: simpleSlip,
	}),
	getAllTypes: list('GET /payrolls/salarytypes', 'Searches salary types with what they count towards', {
		name: 'Get Many Types',
		action: 'Get many salary types',
		parameters: {
			name: { label: 'Name' },
			code: { label: 'Code' },
			incomeType: { label: 'Income Type' },
			incomeTypeCode: { label: 'Income Type Code' },
		},
		simple: ['code', 'name', 'category', 'unit', 'unitValue', 'paymentPercent', 'incomeType', 'incomeTypeCode'],
	}),
	getBasicInfo: get(
		'GET /payrolls/salariesbasicinfo',
		'Reads the percentages, insurances and working hours that salaries of a year are computed with',
		{
			name: 'Get Basic Information',
			action: 'Get basic salary information',
			parameters: { year: { label: 'Year', description: 'The current one when empty' } },
		},
	),
	getList: get('GET /payrolls/salarylists/{id}', 'Reads a salary list with a summary of its slips', {
		name: 'Get List',
		action: 'Get salary list',
		noun: 'salary list',
		parameters: { id: listId },
		simple: simpleList,
	}),
	getPayment: get(
		'GET /payments/directsalarypayments/{paymentListId}',
		'Reads a list of direct salary payments with its payments',
		{ name: 'Get Payment', action: 'Get salary payment', noun: 'salary payment', parameters: { paymentListId } },
	),
	getSlip: get('GET /payrolls/salaryslips/{id}', 'Reads one or more salary slips with their rows', {
		name: 'Get Slip',
		action: 'Get salary slip',
		noun: 'salary slip',
		parameters: { id: { ...slipId, description: 'One, or several IDs separated by commas' } },
		simple: simpleSlip,
	}),
	getSlipAccounting: get('GET /payrolls/salaryslips/{id}/accounting', 'Reads how an approved salary slip is posted', {
		name: 'Get Slip Accounting',
		action: 'Get salary slip accounting',
		noun: 'accounting of salary slip',
		parameters: { id: slipId },
	}),
	updateSlip: update(
		'PUT /payrolls/salaryslips/{id}',
		'Updates a salary slip before its approval and keeps all other fields',
		{
			name: 'Update Slip',
			action: 'Update salary slip',
			noun: 'salary slip',
			parameters: { id: slipId },
			more: [
				['adjustments.payday', { label: 'Payday' }],
				['incomesRegisterReportingSetting', { label: 'Incomes Register Reporting' }],
				['slipNotes', { label: 'Notes' }],
			],
			simple: simpleSlip,
		},
	),
	updateSlipAccounting: update(
		'PUT /payrolls/salaryslips/{id}/accounting',
		'Changes how an approved salary slip is posted',
		{
			name: 'Update Slip Accounting',
			action: 'Update salary slip accounting',
			noun: 'accounting of salary slip',
			parameters: {
				id: slipId,
				createReconciliation: {
					label: 'Balance Automatically',
					description: 'Whether Procountor adds a row for the difference between debit and credit',
				},
			},
			more: [
				['accountantsNotes', { label: "Accountant's Notes" }],
				['name', { label: 'Name' }],
				['receiptDate', { label: 'Receipt Date' }],
				['transactionDescription', { label: 'Description of Transactions' }],
			],
		},
	),
});
