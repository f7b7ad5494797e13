import { create, get, list, remove, resource, update, type FieldSpec, type FieldOptions } from '../engine/declare';

const id: FieldOptions = { name: 'employeeId', label: 'Employee', listSearch: 'employee' };
const employmentId: FieldOptions = { label: 'Employment ID', placeholder: 'e.g. 12345' };
const laborUnionMembershipId: FieldOptions = {
	name: 'membershipId',
	label: 'Membership ID',
	placeholder: 'e.g. 12345',
};
const taxCardId: FieldOptions = { label: 'Tax Card ID', placeholder: 'e.g. 12345' };

const employment: FieldSpec[] = [
	['startDate', { label: 'Start Date', description: undefined }],
	['endDate', { label: 'End Date', description: undefined }],
	['type', { label: 'Employment Relationship' }],
	['employmentType', { label: 'Full or Part Time' }],
	['partTimePercent', { label: 'Part Time %', default: 100 }],
	['hoursPerWeek', { label: 'Hours per Week', default: 37.5 }],
];
const ending: FieldSpec[] = [
	['terminationReason', { label: 'Reason of Termination', default: 'NOT_APPLICABLE' }],
	['keva', { label: 'Keva', description: 'Whether the employment is insured by Keva' }],
];

const membership: FieldSpec[] = [
	['laborUnionSettingId', { label: 'Labor Union', listSearch: 'laborUnionSetting' }],
	['membershipStart', { label: 'Membership Start' }],
];
const membershipMore: FieldSpec[] = [
	['department', { label: 'Department' }],
	['explanation', { label: 'Explanation' }],
	['membershipEnd', { label: 'Membership End' }],
	['membershipId', { name: 'membershipNumber', label: 'Membership Number' }],
];

const taxCard: FieldSpec[] = [
	[
		'type',
		{
			label: 'Tax Card Type',
			default: 'ONE_INCOME_LIMIT',
			description: 'Procountor accepts One Income Limit and Tax at Source',
		},
	],
	['validFrom', { label: 'Valid From' }],
	['basePercent', { label: 'Base %' }],
	['additionalPercent', { label: 'Additional %' }],
	['annualIncomeLimit', { label: 'Annual Income Limit' }],
	['revised', { label: 'Revised', description: 'Whether it is a revised tax card' }],
];
const taxCardMore: FieldSpec[] = [
	['comments', { label: 'Comments' }],
	['incomeType', { label: 'Income Type' }],
	['limitUsed', { label: 'Limit Used' }],
];

/** Employments, memberships, and tax cards belong to an employee. Each of them has the same five operations. */
export const employee = resource('employee', 'Employee', ['employee', 'employees'], {
	createEmployment: create(
		'POST /payrolls/employees/{id}/salaryinfo/employments',
		'Adds an employment to an employee',
		{
			name: 'Create Employment',
			action: 'Create employment',
			noun: 'employment',
			parameters: { id },
			fields: ending,
			more: employment,
		},
	),
	createMembership: create(
		'POST /payrolls/employees/{id}/salaryinfo/laborunionmemberships',
		'Adds a labor union membership; Procountor recreates the salary base',
		{
			name: 'Create Labor Union Membership',
			action: 'Create labor union membership',
			noun: 'labor union membership',
			parameters: { id },
			fields: membership,
			more: membershipMore,
		},
	),
	createSalaryInfo: create(
		'POST /payrolls/employees/salaryinfo',
		'Makes a person of the register an employee, with income and insurance details',
		{
			name: 'Create Salary Information',
			action: 'Create employee salary information',
			noun: 'salary information',
			fields: [['personId', { label: 'Person', listSearch: 'person' }]],
		},
	),
	createTaxCard: create(
		'POST /payrolls/employees/{id}/salaryinfo/taxcards',
		'Adds a tax card; Procountor recreates the salary base',
		{
			name: 'Create Tax Card',
			action: 'Create employee tax card',
			noun: 'tax card',
			parameters: { id },
			fields: taxCard,
			more: taxCardMore,
		},
	),
	deleteEmployment: remove(
		'DELETE /payrolls/employees/{id}/salaryinfo/employments/{employmentId}',
		'Deletes an employment',
		{
			name: 'Delete Employment',
			action: 'Delete employment',
			noun: 'employment',
			parameters: { id, employmentId },
		},
	),
	deleteMembership: remove(
		'DELETE /payrolls/employees/{id}/salaryinfo/laborunionmemberships/{laborUnionMembershipId}',
		'Deletes a labor union membership; Procountor recreates the salary base',
		{
			name: 'Delete Labor Union Membership',
			action: 'Delete labor union membership',
			noun: 'labor union membership',
			parameters: { id, laborUnionMembershipId },
		},
	),
	deleteTaxCard: remove(
		'DELETE /payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}',
		'Deletes a tax card; Procountor recreates the salary base',
		{ name: 'Delete Tax Card', action: 'Delete employee tax card', noun: 'tax card', parameters: { id, taxCardId } },
	),
	getAll: list('GET /payrolls/employees', 'Searches employees; inactive ones only if included', {
		parameters: {
			includeInactive: {
				label: 'Include Inactive',
				description: 'Whether to list inactive employees too',
			},
			personGroupId: { label: 'Person Group' },
			salaryChannel: { label: 'Salary Slip Channel' },
		},
	}),
	getAllEmployments: list(
		'GET /payrolls/employees/{id}/salaryinfo/employments',
		'Lists the employments of an employee',
		{ name: 'Get Many Employments', action: 'Get many employments', noun: 'employee', parameters: { id } },
	),
	getAllMemberships: list(
		'GET /payrolls/employees/{id}/salaryinfo/laborunionmemberships',
		'Lists the labor union memberships of an employee',
		{
			name: 'Get Many Labor Union Memberships',
			action: 'Get many labor union memberships',
			noun: 'employee',
			parameters: { id },
		},
	),
	getAllTaxCards: list('GET /payrolls/employees/{id}/salaryinfo/taxcards', 'Lists the tax cards of an employee', {
		name: 'Get Many Tax Cards',
		action: 'Get many employee tax cards',
		noun: 'employee',
		parameters: { id },
	}),
	getEmployment: get(
		'GET /payrolls/employees/{id}/salaryinfo/employments/{employmentId}',
		'Reads one employment of an employee',
		{ name: 'Get Employment', action: 'Get employment', noun: 'employment', parameters: { id, employmentId } },
	),
	getHolidayPay: get(
		'GET /payrolls/employees/{id}/holidaypay',
		'Returns the holidays and the holiday pay that an employee has left, in total and by year',
		{ name: 'Get Holiday Pay', action: 'Get employee holiday pay', parameters: { id } },
	),
	getMembership: get(
		'GET /payrolls/employees/{id}/salaryinfo/laborunionmemberships/{laborUnionMembershipId}',
		'Reads one labor union membership of an employee',
		{
			name: 'Get Labor Union Membership',
			action: 'Get labor union membership',
			noun: 'labor union membership',
			parameters: { id, laborUnionMembershipId },
		},
	),
	getSalaryBase: get(
		'GET /payrolls/employees/{id}/salarybase',
		'Reads the rows that each salary slip of an employee starts with',
		{
			name: 'Get Salary Base',
			action: 'Get employee salary base',
			noun: 'salary base of employee',
			parameters: { id },
		},
	),
	getSalaryInfo: get(
		'GET /payrolls/employees/{id}/salaryinfo',
		'Reads income, insurances and international situations of an employee',
		{
			name: 'Get Salary Information',
			action: 'Get employee salary information',
			noun: 'salary information of employee',
			parameters: { id },
		},
	),
	getTaxCard: get('GET /payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}', 'Reads one tax card of an employee', {
		name: 'Get Tax Card',
		action: 'Get employee tax card',
		noun: 'tax card',
		parameters: { id, taxCardId },
	}),
	getWorkingHourReduction: get(
		'GET /payrolls/employees/{id}/workinghourreduction',
		'Reads the working hour reduction that an employee has left',
		{ name: 'Get Working Hour Reduction', action: 'Get employee working hour reduction', parameters: { id } },
	),
	updateEmployment: update(
		'PUT /payrolls/employees/{id}/salaryinfo/employments/{employmentId}',
		'Updates an employment and keeps all other fields',
		{
			name: 'Update Employment',
			action: 'Update employment',
			noun: 'employment',
			parameters: { id, employmentId },
			more: [...employment, ...ending],
		},
	),
	updateMembership: update(
		'PUT /payrolls/employees/{id}/salaryinfo/laborunionmemberships/{laborUnionMembershipId}',
		'Updates a labor union membership; Procountor recreates the salary base',
		{
			name: 'Update Labor Union Membership',
			action: 'Update labor union membership',
			noun: 'labor union membership',
			parameters: { id, laborUnionMembershipId },
			more: [...membership, ...membershipMore],
		},
	),
	updateSalaryBase: update(
		'PUT /payrolls/employees/{id}/salarybase',
		'Changes the rows that each salary slip of an employee starts with',
		{
			name: 'Update Salary Base',
			action: 'Update employee salary base',
			noun: 'salary base of employee',
			parameters: { id },
			more: [
				['notes', { label: 'Notes' }],
				['rows', { label: 'Rows', description: "All rows with the API's field names; they replace the earlier ones" }],
			],
		},
	),
	updateSalaryInfo: update(
		'PUT /payrolls/employees/{id}/salaryinfo',
		'Updates income, insurances or international situations; Procountor updates the salary base',
		{
			name: 'Update Salary Information',
			action: 'Update employee salary information',
			noun: 'salary information of employee',
			parameters: { id },
			more: [
				['incomeConfiguration.baseSalaryType', { label: 'Base Salary Type' }],
				['incomeConfiguration.baseSalaryValue', { label: 'Base Salary' }],
				['incomeConfiguration.salaryChannel', { label: 'Salary Slip Channel' }],
				['incomeConfiguration.taxNumber', { label: 'Tax Number' }],
			],
		},
	),
	updateTaxCard: update(
		'PUT /payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}',
		'Updates a tax card; Procountor recreates the salary base',
		{
			name: 'Update Tax Card',
			action: 'Update employee tax card',
			noun: 'tax card',
			parameters: { id, taxCardId },
			more: [...taxCard, ...taxCardMore],
		},
	),
});
