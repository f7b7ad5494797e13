import { badRequest, forbidden, notFound } from '../../errors';
import { sum } from '../../money';
import type { Entry } from '../../world/register';
import { without } from '../fields';
import { type Answer, type Call, type Handlers, ok } from '../handler';
import { contains, listAnswer } from '../lists';
import { personEntry, personOf } from '../persons';
import { recreateBase } from './base';
import {
	baseOf,
	checkPayrollVersion,
	checkRows,
	type Employee,
	employees,
	findIn,
	payroll,
	salaryBases,
	type SalaryBase,
} from './model';
import { ACCIDENT_POLICIES, PENSION_CONTRACTS } from './tables';

type SalaryInfo = Pick<
	Employee,
	'personId' | 'incomeConfiguration' | 'insurancesConfiguration' | 'internationalSituationsConfiguration'
> & { employeeId?: number };

const find = (call: Call): Entry<Employee> => findIn(call, employees, 'Employee');

/** The parts of salary information each have an id and a version of their own; the sandbox changes them together. */
function showInfo(call: Call, { id, record, version }: Entry<Employee>): unknown {
	const own = (no: number) => ({ id: id * 10 + no, version: call.clock.text(version) });
	const { incomeConfiguration, insurancesConfiguration, internationalSituationsConfiguration } = record;
	const { baseSalaryType, baseSalaryValue, baseSalaryHours } = incomeConfiguration;
	const hourly =
		incomeConfiguration.personalHourlySalary ?? Math.round((baseSalaryValue / baseSalaryHours) * 100) / 100;
	return {
		employeeId: id,
		personId: record.personId,
		incomeConfiguration: {
			...incomeConfiguration,
			...(baseSalaryType === 'COMPENSATION' ? {} : { personalHourlySalary: hourly }),
			...own(1),
		},
		insurancesConfiguration: {
			...insurancesConfiguration,
			pensionInsurance: { ...insurancesConfiguration.pensionInsurance, ...own(2) },
			accidentInsurance: { ...insurancesConfiguration.accidentInsurance, ...own(3) },
		},
		internationalSituationsConfiguration: { ...internationalSituationsConfiguration, ...own(4) },
	};
}

/** @throws Refusal 400, 404 */
function checkInfo(call: Call, info: SalaryInfo): void {
	if (!personEntry(call.company, info.personId)) throw notFound('Person');
	const { baseSalaryType, baseSalaryHours, compensationForWorkBaseSalaryTypeCode: code } = info.incomeConfiguration;
	if (baseSalaryType === 'HOURLY' && baseSalaryHours !== 1)
		throw badRequest('Must be 1 for an hourly salary.', 'incomeConfiguration.baseSalaryHours');
	if (code !== undefined && ![2900, 2901, 2902].includes(code))
		throw badRequest('Salary type is not allowed.', 'incomeConfiguration.compensationForWorkBaseSalaryTypeCode');
	const { pensionContractId } = info.insurancesConfiguration.pensionInsurance;
	if (pensionContractId !== undefined && !PENSION_CONTRACTS.some(({ id }) => id === pensionContractId))
		throw notFound('Pension contract');
	const { accidentInsurancePolicyId } = info.insurancesConfiguration.accidentInsurance;
	if (accidentInsurancePolicyId !== undefined && !ACCIDENT_POLICIES.some(({ id }) => id === accidentInsurancePolicyId))
		throw notFound('Accident insurance policy');
}

/** Paths of the versions in salary information. */
function versionsOf(info: SalaryInfo): Array<[string, unknown]> {
	const { incomeConfiguration, insurancesConfiguration: insurances, internationalSituationsConfiguration } = info;
	return [
		['incomeConfiguration.version', incomeConfiguration.version],
		['insurancesConfiguration.pensionInsurance.version', (insurances.pensionInsurance as { version?: string }).version],
		[
			'insurancesConfiguration.accidentInsurance.version',
			(insurances.accidentInsurance as { version?: string }).version,
		],
		['internationalSituationsConfiguration.version', internationalSituationsConfiguration.version],
	];
}

const given = (value: object): Record<string, unknown> =>
	without(value as { version?: string; id?: number }, 'version', 'id');

/** Salary information without the ids and versions that the server gives. */
function stored(info: SalaryInfo): Omit<Employee, 'id' | 'automatedTaxCard'> {
	const { personId, incomeConfiguration, insurancesConfiguration, internationalSituationsConfiguration } = info;
	return {
		personId,
		incomeConfiguration: given(incomeConfiguration) as Employee['incomeConfiguration'],
		insurancesConfiguration: {
			...insurancesConfiguration,
			pensionInsurance: given(
				insurancesConfiguration.pensionInsurance,
			) as Employee['insurancesConfiguration']['pensionInsurance'],
			accidentInsurance: given(
				insurancesConfiguration.accidentInsurance,
			) as Employee['insurancesConfiguration']['accidentInsurance'],
		},
		internationalSituationsConfiguration: given(internationalSituationsConfiguration),
	};
}

function insertInfo(call: Call): Answer {
	const info = call.body as SalaryInfo;
	const versioned = versionsOf(info).find(([, version]) => version !== undefined);
	if (versioned) throw badRequest('Version is not allowed.', versioned[0]);
	if (info.incomeConfiguration.personalHourlySalary !== undefined)
		throw badRequest('Not allowed for a new employee.', 'incomeConfiguration.personalHourlySalary');
	checkInfo(call, info);
	if (
		call.company
			.register(employees)
			.all()
			.some(({ record }) => record.personId === info.personId)
	)
		throw badRequest('The person has salary information already.', 'personId');
	const fields = stored(info);
	const entry = call.company
		.register(employees)
		.add((id) => ({ ...fields, id, automatedTaxCard: false }), call.user.id);
	recreateBase(call.company, entry.id);
	return ok(showInfo(call, entry));
}

function updateInfo(call: Call): Answer {
	const entry = find(call);
	const info = call.body as SalaryInfo;
	for (const [field, version] of versionsOf(info)) checkPayrollVersion(call, entry.version, version, field);
	if (info.personId !== entry.record.personId) throw badRequest('Person cannot be changed.', 'personId');
	checkInfo(call, info);
	call.company.register(employees).put(entry, { ...entry.record, ...stored(info) });
	recreateBase(call.company, entry.id);
	return ok(showInfo(call, entry));
}

function findBase(call: Call): Entry<SalaryBase> {
	const base = baseOf(call.company, Number(call.params.id));
	if (!base) throw notFound('Salary base');
	return base;
}

const showBase = (call: Call, { record, version }: Entry<SalaryBase>): unknown => ({
	...record,
	version: call.clock.text(version),
});

function updateBase(call: Call): Answer {
	const entry = findBase(call);
	const { rows, notes, version } = call.body as SalaryBase & { version?: string };
	checkPayrollVersion(call, entry.version, version);
	checkRows(rows);
	const highest = Math.max(...entry.record.rows.map(({ id }) => id ?? 0));
	const known = new Set(entry.record.rows.map(({ id }) => id));
	const numbered = rows.map((row, index) => ({
		baseSalaryRow: false,
		...row,
		id: known.has(row.id) ? row.id : highest + 1 + index,
	}));
	call.company.register(salaryBases).put(entry, { ...entry.record, rows: numbered, notes });
	return ok(showBase(call, entry));
}

/** One line of the list of employees. */
const showEmployee =
	(call: Call) =>
	({ id, record }: Entry<Employee>): unknown => {
		const entry = personEntry(call.company, record.personId);
		if (!entry) return { id };
		const { firstName, lastName, invoicingInfo, registryInfo, deliveryAddress } = personOf(call.company, entry);
		const { street, zip, city, country } = deliveryAddress ?? {};
		return {
			id,
			lastName,
			firstName,
			ssn: invoicingInfo.identifier,
			employeeAddress: { street, zip, city, country },
			personNumber: invoicingInfo.personNumber,
			salaryChannel: record.incomeConfiguration.salaryChannel,
			automatedTaxCard: record.automatedTaxCard,
			active: registryInfo.active,
		};
	};

export const employeeHandlers: Handlers = payroll({
	getEmployee: (call: Call) => {
		const { personNumber, personGroupId, includeInactive, salaryChannel } = call.query;
		const found = call.company
			.register(employees)
			.all()
			.filter(({ record }) => {
				const entry = personEntry(call.company, record.personId);
				if (!entry) return false;
				const { invoicingInfo, registryInfo } = personOf(call.company, entry);
				return (
					(registryInfo.active || includeInactive === true) &&
					contains(personNumber, invoicingInfo.personNumber) &&
					(personGroupId === undefined || (registryInfo.personGroupsIds ?? []).includes(Number(personGroupId))) &&
					(salaryChannel === undefined || record.incomeConfiguration.salaryChannel === salaryChannel)
				);
			});
		return listAnswer(call, found, { show: showEmployee(call) });
	},
	getSalaryInfoByEmployeeId: (call: Call) => ok(showInfo(call, find(call))),
	insertSalaryInfo: insertInfo,
	updateSalaryInfo: updateInfo,
	getSalaryBaseByEmployeeId: (call: Call) => ok(showBase(call, findBase(call))),
	updateSalaryBaseByEmployeeId: updateBase,
	getHolidayPayByEmployeeId: (call: Call) => {
		if (!call.company.settings.holidayCalculation) throw forbidden('Holiday calculation is not in use.');
		const yearlyRemainings = find(call).record.holidays;
		if (!yearlyRemainings) throw notFound('Holiday calculation settings');
		const total = (name: keyof (typeof yearlyRemainings)[number]) => sum(yearlyRemainings.map((year) => year[name]));
		return ok({
			useHolidayCalculation: true,
			holidayEarningStartDate: '2025-04-01',
			holidayBonusEarningStartDate: '2025-04-01',
			totalRemainingHolidayDays: total('remainingHolidayDays'),
			totalRemainingHolidayPay: total('remainingHolidayPay'),
			totalRemainingHolidayBonusDays: total('remainingHolidayBonusDays'),
			totalRemainingAdditionalLeaveDays: total('remainingAdditionalLeaveDays'),
			yearlyRemainings: [...yearlyRemainings].sort((a, b) => b.holidayCreditYear - a.holidayCreditYear),
		});
	},
	getEmployeeWorkingHourReduction: (call: Call) => {
		if (!call.company.settings.workingHourReduction) throw forbidden('Working hour reduction is not in use.');
		const { reduction } = find(call).record;
		if (!reduction) throw notFound('Working hour reduction');
		return ok(reduction);
	},
});
