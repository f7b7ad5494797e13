import { badRequest, notFound, Refusal } from '../../errors';
import { sum } from '../../money';
import type { Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { without } from '../fields';
import { type Answer, type Call, done, type Handlers, ok } from '../handler';
import { nextNumber } from '../invoices/model';
import { batchAnswer, contains, inDays, listAnswer, oneOf } from '../lists';
import { personEntry, personOf } from '../persons';
import { bookSlip, unbookSlip } from './accounting';
import {
	amountOf,
	baseOf,
	checkPayrollVersion,
	checkRows,
	type Employee,
	employees,
	findIn,
	payroll,
	type SalaryList,
	salaryLists,
	type SalaryRow,
	type SalarySlip,
	salarySlips,
	type SlipStatus,
	sumsOfRows,
} from './model';
import { ACCIDENT_POLICIES, hasFigures, PENSION_CONTRACTS, salaryTypeOf } from './tables';

interface EmployeeData {
	employeeId: number;
	holidayPayData?: { holidayDays?: number; holidayBonusDays?: number };
	workingHourReductionPayData?: { workingHourReductionHours?: number };
}

const PAID: SlipStatus[] = ['PAID', 'REPORTED_AND_PAID'];
const REPORTED: SlipStatus[] = ['REPORTED', 'REPORTED_AND_PAID', 'REPORTED_AND_PAYMENT_QUEUED'];
const UNFINISHED: SlipStatus[] = ['CREATED', 'IN_CORRECTION'];

/** What the `status` of a search means: its names are not those of the slips. */
const SEARCHED: Record<string, SlipStatus[]> = {
	UNFINISHED: ['CREATED'],
	APPROVED: ['APPROVED'],
	CORRECTION: ['IN_CORRECTION'],
	INVALIDATED: ['INVALIDATED'],
	PAYMENT_QUEUED: ['PAYMENT_QUEUED', 'REPORTED_AND_PAYMENT_QUEUED'],
	PAID,
	EARNINGS_REPORTED: REPORTED,
};

function hasStatus(wanted: unknown, { status, paidStatusDetails }: SalarySlip): boolean {
	return (
		wanted === undefined ||
		(wanted as string[]).some((name) => SEARCHED[name]?.includes(status) ?? name === paidStatusDetails)
	);
}

const slipsOf = (company: Company, listId: number): Array<Entry<SalarySlip>> =>
	company
		.register(salarySlips)
		.all()
		.filter(({ record }) => record.listId === listId);

const show =
	(call: Call) =>
	(entry: Entry<SalarySlip>): unknown => {
		return { ...without(entry.record, 'listId', 'receiptId'), version: call.clock.text(entry.version) };
	};

function showBasic({ record }: Entry<SalarySlip>): unknown {
	const { id, employeeName, slipNumber, status, slipNotes, rows, adjustments, settings } = record;
	const { salary, taxableCompensation, fringeBenefit, taxFreeItems, tax, otherDeductions, netPay } = sumsOfRows(rows);
	return {
		id,
		employeeName,
		payday: adjustments.payday,
		slipNumber,
		status,
		slipNotes,
		salaryChannel: settings.salaryChannel,
		sentStatus: 'UNDEFINED',
		reportStatus: REPORTED.includes(status) ? 'OK' : 'UNDEFINED',
		salary,
		fringeBenefit,
		salaryForIns: sum([salary, taxableCompensation, fringeBenefit]),
		deductionToTaxable: 0,
		tax,
		taxableCompensation,
		taxFreeItems,
		otherDeductions,
		netPay,
	};
}

const showList = (call: Call, entry: Entry<SalaryList>): unknown => ({
	...entry.record,
	salarySlips: slipsOf(call.company, entry.id).map(showBasic),
	version: call.clock.text(entry.version),
});

const showBasicList =
	(call: Call) =>
	(entry: Entry<SalaryList>): unknown => {
		const { id, name, paymentPeriodStart, paymentPeriodEnd } = entry.record;
		const statuses = slipsOf(call.company, id).map(({ record }) => record.status);
		const count = (wanted: SlipStatus[]) => statuses.filter((status) => wanted.includes(status)).length;
		const creator = call.company.users.get(entry.creatorId);
		return {
			id,
			name,
			paymentPeriodStart,
			paymentPeriodEnd,
			numberOfSlips: statuses.length,
			unfinished: count(UNFINISHED),
			sent: 0,
			paid: count(PAID),
			reported: count(REPORTED),
			created: call.clock.text(entry.created),
			...(creator ? { createdBy: `${creator.firstName} ${creator.lastName}` } : {}),
		};
	};

/** Rows of a new slip: those of the salary base, with percentages counted from the taxable pay, and what is asked for besides. */
function rowsOf(company: Company, employee: Employee, data: EmployeeData): SalaryRow[] {
	const { baseSalaryValue, baseSalaryHours } = employee.incomeConfiguration;
	const { holidayDays = 0, holidayBonusDays = 0 } = data.holidayPayData ?? {};
	const { workingHourReductionHours = 0 } = data.workingHourReductionPayData ?? {};
	const extra: SalaryRow[] = [
		{ salaryTypeCode: 1200, quantity: holidayDays, unitValue: Math.round(baseSalaryValue * 4) / 100 },
		{ salaryTypeCode: 1250, quantity: holidayBonusDays, unitValue: Math.round(baseSalaryValue * 2) / 100 },
		{
			salaryTypeCode: 1300,
			quantity: workingHourReductionHours,
			unitValue: Math.round((baseSalaryValue / baseSalaryHours) * 100) / 100,
		},
	].filter(({ quantity }) => quantity > 0);
	const base = baseOf(company, employee.id)?.record.rows ?? [];
	const [salary, shares] = [
		base.filter(({ unitValue }) => unitValue !== 0),
		base.filter(({ unitValue }) => unitValue === 0),
	];
	const isTaxable = ({ salaryTypeCode }: SalaryRow) =>
		['SALARY_FOR_TIME_WORKED', 'OTHER_TAXABLE_EARNINGS', 'FRINGE_BENEFITS'].includes(
			salaryTypeOf(salaryTypeCode)?.category ?? '',
		);
	const taxable = sum([...salary, ...extra].filter(isTaxable).map(amountOf));
	const rows = [...salary, ...extra, ...shares.map((row) => ({ ...row, quantity: 1, unitValue: taxable }))];
	return rows.map((row) => ({
		showEarningPeriodInExport: false,
		unjustEnrichment: false,
		baseSalaryRow: false,
		...row,
		id: nextNumber(company, 'salaryRow', 3_900_001),
	}));
}

/** Makes the slip of one employee on a list. */
export function addSlip(
	company: Company,
	list: SalaryList,
	employee: Employee,
	data: EmployeeData,
	creatorId: number,
	at?: number,
): Entry<SalarySlip> {
	const person = personEntry(company, employee.personId);
	const { firstName = '', lastName = '' } = person ? personOf(company, person) : {};
	const { pensionInsurance, accidentInsurance } = employee.insurancesConfiguration;
	const rows = rowsOf(company, employee, data);
	const slipNumber = nextNumber(company, 'salarySlip', 501);
	return company.register(salarySlips).add(
		(id) => ({
			id,
			listId: list.id,
			employeeId: employee.id,
			employeeName: `${lastName} ${firstName}`.trim(),
			status: 'CREATED',
			slipNumber,
			incomesRegisterReportingSetting: 'FORM_BOTH_REPORTS',
			rows,
			settings: {
				pensionVoluntarilyPaid: false,
				accountingDate: list.accountingDate,
				dueDate: list.dueDate,
				salaryChannel: employee.incomeConfiguration.salaryChannel,
			},
			adjustments: {
				payday: list.payday,
				pensionContractId: pensionInsurance.pensionContractId,
				accidentInsurancePolicyId: accidentInsurance.accidentInsurancePolicyId,
			},
		}),
		creatorId,
		{ at },
	);
}

function insertList(call: Call): Answer {
	const { employeesDataForSalarySlip, ...fields } = call.body as Omit<SalaryList, 'id'> & {
		employeesDataForSalarySlip: EmployeeData[];
	};
	if (fields.paymentPeriodEnd < fields.paymentPeriodStart)
		throw badRequest('End date is before the start date.', 'paymentPeriodEnd');
	if (!hasFigures(Number(fields.payday.slice(0, 4)))) throw notFound('Yearly figures');
	const found = employeesDataForSalarySlip.map((data, index) => {
		const employee = findIn(call, employees, 'Employee', data.employeeId).record;
		const person = personEntry(call.company, employee.personId);
		if (!person || !personOf(call.company, person).registryInfo.active)
			throw badRequest('Employee is not active.', `employeesDataForSalarySlip[${index}].employeeId`);
		return { employee, data };
	});
	if (new Set(found.map(({ employee }) => employee.id)).size < found.length)
		throw badRequest('Employee is given more than once.', 'employeesDataForSalarySlip');
	const list = call.company.register(salaryLists).add((id) => ({ ...fields, id }), call.user.id);
	for (const { employee, data } of found) addSlip(call.company, list.record, employee, data, call.user.id);
	return ok(showList(call, list));
}

const SERVERS_OWN = ['id', 'employeeId', 'employeeName', 'status', 'paidStatusDetails', 'slipNumber', 'version'];

/** Replaces a slip, as long as it is not approved. */
function updateSlip(call: Call): Answer {
	const entry = findIn(call, salarySlips, 'Salary slip');
	const body = call.body as SalarySlip & { version?: string };
	if (entry.record.status !== 'CREATED') throw badRequest('Only a created salary slip can be changed.', 'status');
	checkPayrollVersion(call, entry.version, body.version);
	checkRows(body.rows);
	const { pensionContractId, accidentInsurancePolicyId } = body.adjustments;
	if (pensionContractId !== undefined && !PENSION_CONTRACTS.some(({ id }) => id === pensionContractId))
		throw notFound('Pension contract');
	if (accidentInsurancePolicyId !== undefined && !ACCIDENT_POLICIES.some(({ id }) => id === accidentInsurancePolicyId))
		throw notFound('Accident insurance policy');
	const given = Object.fromEntries(
		Object.entries(body).filter(([name]) => !SERVERS_OWN.includes(name)),
	) as unknown as SalarySlip;
	const known = new Set(entry.record.rows.map(({ id }) => id));
	const rows = body.rows.map((row) => ({
		baseSalaryRow: false,
		...row,
		id: known.has(row.id) ? row.id : nextNumber(call.company, 'salaryRow', 3_900_001),
	}));
	const { id, listId, employeeId, employeeName, status, slipNumber } = entry.record;
	call.company
		.register(salarySlips)
		.put(entry, { ...given, rows, id, listId, employeeId, employeeName, status, slipNumber });
	return ok(show(call)(entry));
}

function step(call: Call, from: SlipStatus[], act: (entry: Entry<SalarySlip>) => void): void {
	const entry = findIn(call, salarySlips, 'Salary slip');
	if (!from.includes(entry.record.status)) throw new Refusal(400, 'Salary slip is in a wrong status.');
	act(entry);
}

export const salarySlipHandlers: Handlers = payroll({
	getSalaryLists: (call: Call) => {
		const found = call.company
			.register(salaryLists)
			.all()
			.filter(({ record }) => {
				const { paymentPeriodStart, paymentPeriodEnd } = call.query;
				const inTime =
					(paymentPeriodStart === undefined || record.paymentPeriodStart >= String(paymentPeriodStart)) &&
					(paymentPeriodEnd === undefined || record.paymentPeriodEnd <= String(paymentPeriodEnd));
				return inTime && contains(call.query.name, record.name);
			});
		return listAnswer(call, found, { show: showBasicList(call) });
	},
	getSalaryListById: (call: Call) => ok(showList(call, findIn(call, salaryLists, 'Salary list'))),
	insertSalaryList: insertList,
	getSalarySlips: (call: Call) => {
		const found = call.company
			.register(salarySlips)
			.all()
			.filter(({ record }) => {
				const { slipNumber, employeeName, adjustments } = record;
				return (
					inDays(call, 'paydayStartDate', 'paydayEndDate', adjustments.payday) &&
					contains(call.query.employeeName, employeeName) &&
					oneOf(call, 'slipNumber', String(slipNumber)) &&
					hasStatus(call.query.status, record)
				);
			});
		return listAnswer(call, found, { show: showBasic });
	},
	getSalarySlipById: (call: Call) => batchAnswer(call, 'Salary slip', call.company.register(salarySlips), show(call)),
	updateSalarySlip: updateSlip,
	approveSlip: (call: Call) => {
		step(call, ['CREATED', 'IN_CORRECTION'], (entry) => bookSlip(call, entry));
		return done('Salary slip was approved.');
	},
	cancelSlipApproval: (call: Call) => {
		step(call, ['APPROVED'], (entry) => unbookSlip(call, entry));
		return done('Approval of the salary slip was cancelled.');
	},
});
