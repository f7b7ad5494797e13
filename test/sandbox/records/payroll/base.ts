import type { Company } from '../../world/world';
import { nextNumber } from '../invoices/model';
import { baseOf, type Employee, employees, salaryBases, type SalaryRow } from './model';
import { membershipsOf, taxCardsOf } from './parts';

const TYPE_OF_SALARY: Record<string, number> = { HOURLY: 1020, PAYMENT_BY_JOB: 2902 };

/** Rows that follow from an employee's settings: the salary, the tax, the contributions, the union's fee. */
function rowsOf(company: Company, employee: Employee): SalaryRow[] {
	const { baseSalaryType, baseSalaryValue, compensationForWorkBaseSalaryTypeCode } = employee.incomeConfiguration;
	const row = (salaryTypeCode: number, unitValue: number, paymentPercent: number): SalaryRow => ({
		id: nextNumber(company, 'salaryRow', 3_900_001),
		salaryTypeCode,
		quantity: 1,
		unitValue,
		paymentPercent,
		baseSalaryRow: true,
	});
	const code =
		baseSalaryType === 'COMPENSATION'
			? (compensationForWorkBaseSalaryTypeCode ?? 2900)
			: (TYPE_OF_SALARY[baseSalaryType] ?? 1010);
	const card = taxCardsOf(company, employee.id).pop()?.record;
	const fees = membershipsOf(company, employee.id).length > 0 ? [row(6100, 0, 1.2)] : [];
	return [
		row(code, baseSalaryValue, 100),
		row(card?.type === 'TAX_AT_SOURCE' ? 5010 : 5000, 0, card?.basePercent ?? 60),
		row(6010, 0, 1.5),
		...fees,
	];
}

/** Makes an employee's salary base again: what was added to it by hand is gone. */
export function recreateBase(company: Company, employeeId: number): void {
	const employee = company.register(employees).get(employeeId)?.record;
	if (!employee) return;
	const rows = rowsOf(company, employee);
	const entry = baseOf(company, employeeId);
	if (entry) company.register(salaryBases).put(entry, { ...entry.record, rows });
	else company.register(salaryBases).add((id) => ({ id, employeeId, rows }));
}
