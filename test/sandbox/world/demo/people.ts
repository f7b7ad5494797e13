import { instantOf } from '../../clock';
import { finnishIban } from '../../finnish';
import { partnerGroups } from '../../records/partners';
import { recreateBase } from '../../records/payroll/base';
import { type Employee, employees, salaryLists, salarySlips, type SlipStatus } from '../../records/payroll/model';
import { employments, memberships, taxCards } from '../../records/payroll/parts';
import { addSlip } from '../../records/payroll/slips';
import {
	addPerson,
	describePerson,
	identityCode,
	personEntries,
	personOf,
	type PersonFields,
} from '../../records/persons';
import type { Company } from '../world';

/** Beginning of the identity code (numbers from 900 on belong to nobody), job title, monthly salary. */
const EMPLOYEES: Array<[beginning: string, jobTitle: string, salary: number, channel: string]> = [
	['120378-902', 'Toimitusjohtaja', 2900, 'EMAIL'],
	['250985-905', 'Myyjä', 2400, 'MOBILE'],
	['070391-908', 'Varastotyöntekijä', 1500, 'ESALARY'],
];

function fillPersons(company: Company, at: number, suffix: string): void {
	const groups = ['Toimihenkilöt', 'Työntekijät'].map(
		(name) =>
			company.register(partnerGroups).add((id) => ({ id, name, type: 'PERSON' as const, active: true }), 1001, { at })
				.record,
	);
	personEntries(company).forEach((entry, index) => {
		const [beginning, jobTitle] = EMPLOYEES[index];
		const person = personOf(company, entry);
		const identifier = identityCode(beginning);
		const fields: PersonFields & { jobTitle: string } = {
			...person,
			jobTitle,
			invoicingInfo: {
				...person.invoicingInfo,
				identifier,
				identifierType: 'HETU',
				gender: index === 0 ? 'FEMALE' : 'MALE',
			},
			registryInfo: { ...person.registryInfo, personGroupsIds: [groups[index < 2 ? 0 : 1].id] },
		};
		describePerson(company, entry, fields);
	});
	const left: PersonFields = {
		firstName: 'Sanna',
		lastName: `Lähtenyt${suffix}`,
		deliveryAddress: { street: 'Muuttotie 1', zip: '04200', city: 'KERAVA', country: 'FINLAND' },
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			paymentTermDays: '14',
			penalInterestRate: 0,
			accountNumber: finnishIban('12345600009004'),
		},
		invoicingInfo: {
			personNumber: '9004',
			language: 'FINNISH',
			gender: 'FEMALE',
			identifier: identityCode('030382-906'),
			identifierType: 'HETU',
		},
		registryInfo: { active: false, personGroupsIds: [groups[1].id] },
	};
	addPerson(company, left, 1001, at);
}

function employeeOf(personId: number, salary: number, salaryChannel: string): Omit<Employee, 'id'> {
	return {
		personId,
		automatedTaxCard: true,
		incomeConfiguration: {
			baseSalaryValue: salary,
			baseSalaryType: 'ONE_MONTH',
			baseSalaryHours: 160,
			travelExpensesSpecialHandling: 'NONE',
			salaryChannel,
			excludedFromAutomatedWithholdingPercentageRequest: false,
		},
		insurancesConfiguration: {
			pensionInsurance: { type: 'TYEL', pensionContractId: 3811 },
			accidentInsurance: { accidentInsurancePolicyId: 3821, percent: 0.7 },
			pensionVoluntarilyPaid: false,
		},
		internationalSituationsConfiguration: { notSubjectToWithholding: false, nonResidentTaxPayer: false },
		holidays: [
			{
				holidayCreditYear: 2025,
				remainingHolidayDays: 6,
				remainingHolidayPay: (salary / 25) * 6,
				remainingHolidayBonusDays: 6,
				remainingAdditionalLeaveDays: 0,
			},
			{
				holidayCreditYear: 2026,
				remainingHolidayDays: 15,
				remainingHolidayPay: (salary / 25) * 15,
				remainingHolidayBonusDays: 15,
				remainingAdditionalLeaveDays: 1,
			},
		],
	};
}

/** Employees with tax cards of 22.5 %, so that September's slips add up to September's salary receipt. */
function fillEmployees(company: Company, at: number): void {
	personEntries(company)
		.slice(0, EMPLOYEES.length)
		.forEach((person, index) => {
			const [, , salary, channel] = EMPLOYEES[index];
			const fields = employeeOf(person.id, salary, channel);
			const { id: employeeId, record } = company.register(employees).add((id) => ({ ...fields, id }), 1001, { at });
			if (index === 2)
				record.reduction = {
					startDate: '2026-01-01',
					totalRemainingWorkingHourReductionHours: 30,
					totalRemainingWorkingHourReductionDays: 4,
				};
			company.register(employments).add(
				(id) => ({
					id,
					employeeId,
					startDate: `202${index}-03-01`,
					type: 'PERMANENT',
					terminationReason: 'NOT_APPLICABLE',
					keva: false,
					hoursPerWeek: 37.5,
					employmentType: 'FULL_TIME',
				}),
				1001,
				{ at },
			);
			company.register(taxCards).add(
				(id) => ({
					id,
					employeeId,
					type: 'ONE_INCOME_LIMIT',
					revised: false,
					validFrom: '2026-02-01',
					basePercent: 22.5,
					additionalPercent: 40,
					annualIncomeLimit: salary * 12.5,
					limitUsed: 0,
				}),
				1001,
				{ at },
			);
			recreateBase(company, employeeId);
		});
	// The membership comes after the salary bases, which therefore have no fee yet.
	const member = company.register(employees).all()[2];
	company.register(memberships).add(
		(id) => ({
			id,
			employeeId: member.id,
			laborUnionSettingId: 3801,
			department: 'Varasto',
			membershipStart: '2026-09-20',
		}),
		1001,
		{ at },
	);
}

function fillSlips(company: Company, month: number, status: SlipStatus): void {
	const two = String(month).padStart(2, '0');
	// On the first working hour of the month: the sandbox begins on 1 October, and nothing of the demo lies ahead of it.
	const at = instantOf(`2026-${two}-01T08:00:00`);
	const payday = `2026-${two}-15`;
	const last = new Date(Date.UTC(2026, month, 0)).toISOString().slice(0, 10);
	const list = company.register(salaryLists).add(
		(id) => ({
			id,
			name: `Palkat ${month}/2026`,
			holidayYear: 2026,
			paymentPeriodStart: `2026-${two}-01`,
			paymentPeriodEnd: last,
			accountingDate: payday,
			dueDate: payday,
			payday,
		}),
		1001,
		{ at },
	);
	for (const { record } of company.register(employees).all()) {
		const slip = addSlip(company, list.record, record, { employeeId: record.id }, 1001, at);
		company.register(salarySlips).put(slip, { ...slip.record, status });
	}
}

/** Persons, employees and two months of salaries: one paid, one under way. */
export function fillPeople(company: Company, suffix: string): void {
	const at = instantOf('2025-12-02T08:00:00');
	fillPersons(company, at, suffix);
	fillEmployees(company, at);
	fillSlips(company, 9, 'REPORTED_AND_PAID');
	fillSlips(company, 10, 'CREATED');
}
