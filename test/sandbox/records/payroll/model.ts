import { badRequest, forbidden, notFound, Refusal } from '../../errors';
import { round2, sum } from '../../money';
import { defineRegister, type Entry, type RegisterKey } from '../../world/register';
import type { Company } from '../../world/world';
import type { Call, Handlers } from '../handler';
import { isLimited, mayEdit, missingRight } from '../rights';
import { salaryTypeOf } from './tables';

/** Somebody whose salary is paid: a person of the register and the ground on which the salary is counted. */
export interface Employee {
	id: number;
	personId: number;
	automatedTaxCard: boolean;
	incomeConfiguration: {
		baseSalaryValue: number;
		baseSalaryType: string;
		baseSalaryHours: number;
		compensationForWorkBaseSalaryTypeCode?: number;
		personalHourlySalary?: number;
		salaryChannel: string;
		[field: string]: unknown;
	};
	insurancesConfiguration: {
		pensionInsurance: { type: string; pensionContractId?: number };
		accidentInsurance: { percent: number; accidentInsurancePolicyId?: number };
		[field: string]: unknown;
	};
	internationalSituationsConfiguration: Record<string, unknown>;
	/** Days and hours left, where the company counts them. */
	holidays?: Array<{
		holidayCreditYear: number;
		remainingHolidayDays: number;
		remainingHolidayPay: number;
		remainingHolidayBonusDays: number;
		remainingAdditionalLeaveDays: number;
	}>;
	reduction?: {
		startDate: string;
		totalRemainingWorkingHourReductionHours: number;
		totalRemainingWorkingHourReductionDays: number;
	};
}

export interface SalaryRow {
	id?: number;
	salaryTypeCode: number;
	customName?: string;
	quantity?: number;
	unitValue?: number;
	paymentPercent?: number;
	baseSalaryRow?: boolean;
	[field: string]: unknown;
}

export interface SalaryBase {
	id: number;
	employeeId: number;
	notes?: string;
	rows: SalaryRow[];
}

export type SlipStatus =
	| 'APPROVED'
	| 'CREATED'
	| 'INVALIDATED'
	| 'IN_CORRECTION'
	| 'PAID'
	| 'PAYMENT_QUEUED'
	| 'REPORTED'
	| 'REPORTED_AND_PAID'
	| 'REPORTED_AND_PAYMENT_QUEUED';

export interface SalarySlip {
	id: number;
	listId: number;
	employeeId: number;
	employeeName: string;
	status: SlipStatus;
	slipNumber: number;
	incomesRegisterReportingSetting: string;
	rows: SalaryRow[];
	settings: {
		accountingDate?: string;
		dueDate?: string;
		salaryChannel?: string;
		pensionVoluntarilyPaid?: boolean;
		[field: string]: unknown;
	};
	adjustments: {
		payday?: string;
		pensionContractId?: number;
		accidentInsurancePolicyId?: number;
		[field: string]: unknown;
	};
	slipNotes?: string;
	/** Ledger receipt of an approved slip. */
	receiptId?: number;
	[field: string]: unknown;
}

export interface SalaryList {
	id: number;
	name: string;
	holidayYear?: number;
	paymentPeriodStart: string;
	paymentPeriodEnd: string;
	earningsPeriodStart?: string;
	earningsPeriodEnd?: string;
	accountingDate: string;
	dueDate: string;
	payday: string;
}

export const employees = defineRegister<Employee>('employees', 3001);
export const salaryBases = defineRegister<SalaryBase>('salaryBases', 3201);
export const salaryLists = defineRegister<SalaryList>('salaryLists', 3401);
export const salarySlips = defineRegister<SalarySlip>('salarySlips', 3501);

/** Payroll wants full rights: to view is not enough, nor to see one's own salary. */
export function payroll(handlers: Handlers): Handlers {
	const guarded = Object.entries(handlers).map(([operationId, handler]): [string, Handlers[string]] => [
		operationId,
		(call) => {
			if (mayEdit(call.user, 'salaries.payroll') && !isLimited(call.user, 'salaries.personalSalariesOnly'))
				return handler(call);
			if (call.operation.path.includes('{')) throw forbidden();
			return missingRight(call, call.operation.method === 'GET');
		},
	]);
	return Object.fromEntries(guarded);
}

/** @throws Refusal 404 */
export function findIn<T>(call: Call, key: RegisterKey<T>, what: string, id = Number(call.params.id)): Entry<T> {
	const entry = call.company.register(key).get(id);
	if (!entry) throw notFound(what);
	return entry;
}

/** The version that a change in payroll must name: none is refused with 400, an old one with 409. */
export function checkPayrollVersion(call: Call, version: number, given: unknown, field = 'version'): void {
	if (given === undefined) throw badRequest('Version is required.', field);
	if (given !== call.clock.text(version)) throw new Refusal(409, 'The record has been changed by someone else.', field);
}

export const baseOf = (company: Company, employeeId: number): Entry<SalaryBase> | undefined =>
	company
		.register(salaryBases)
		.all()
		.find(({ record }) => record.employeeId === employeeId);

/** What a row comes to. */
export const amountOf = ({ quantity = 1, unitValue = 0, paymentPercent = 100 }: SalaryRow): number =>
	round2((quantity * unitValue * paymentPercent) / 100);

export interface SlipSums {
	salary: number;
	taxableCompensation: number;
	fringeBenefit: number;
	taxFreeItems: number;
	tax: number;
	otherDeductions: number;
	netPay: number;
}

/** Sums of a slip by the categories of its salary types. */
export function sumsOfRows(rows: SalaryRow[]): SlipSums {
	const of = (category: string) =>
		sum(rows.filter((row) => salaryTypeOf(row.salaryTypeCode)?.category === category).map(amountOf));
	const sums = {
		salary: of('SALARY_FOR_TIME_WORKED'),
		taxableCompensation: of('OTHER_TAXABLE_EARNINGS'),
		fringeBenefit: of('FRINGE_BENEFITS'),
		taxFreeItems: of('TAX_FREE_ITEMS'),
		tax: of('TAX'),
		otherDeductions: of('DEDUCTIONS_FROM_NET_PAY'),
	};
	return {
		...sums,
		netPay: sum([sums.salary, sums.taxableCompensation, sums.taxFreeItems, -sums.tax, -sums.otherDeductions]),
	};
}

/** @throws Refusal 400 where a row names a salary type that is not there */
export function checkRows(rows: SalaryRow[]): void {
	rows.forEach(({ salaryTypeCode }, index) => {
		if (!salaryTypeOf(salaryTypeCode)) throw badRequest('Salary type does not exist.', `rows[${index}].salaryTypeCode`);
	});
}
