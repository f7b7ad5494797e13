import { notFound } from '../../errors';
import { type Call, type Handlers, idOf, ok } from '../handler';
import { contains, metaOf } from '../lists';
import { payroll } from './model';
import {
	ACCIDENT_POLICIES,
	FIGURES,
	hasFigures,
	LABOR_UNIONS,
	PENSION_CONTRACTS,
	SALARY_TYPES,
	type SalaryType,
} from './tables';

/** Salary periods of each list: the months of a holiday credit year, which runs from April to March. */
const PERIOD_LISTS = [{ id: 3841, name: 'Kuukausipalkkaiset', holidayCreditYear: 2026 }];

function periodsOf({ id, holidayCreditYear }: (typeof PERIOD_LISTS)[number]): unknown[] {
	return Array.from({ length: 12 }, (_, index) => {
		const first = new Date(Date.UTC(holidayCreditYear, 3 + index, 1));
		const last = new Date(Date.UTC(holidayCreditYear, 4 + index, 0));
		const [start, end] = [first, last].map((day) => day.toISOString().slice(0, 10));
		const days = Array.from({ length: last.getUTCDate() }, (__, day) =>
			new Date(first.getTime() + day * 86_400_000).getUTCDay(),
		);
		const payday = `${start.slice(0, 8)}15`;
		return {
			id: id * 100 + index,
			name: `${first.getUTCMonth() + 1}/${first.getUTCFullYear()}`,
			paymentPeriodStart: start,
			paymentPeriodEnd: end,
			holidayCreditYear,
			calendarWorkdays: days.filter((day) => day % 6 !== 0).length,
			dueDate: payday,
			payday,
			accountingDate: payday,
		};
	});
}

const show = ({ english, ...one }: SalaryType) => ({
	...one,
	unitValue: 0,
	paymentPercentEditable: one.paymentPercent !== 100,
	...Object.fromEntries(
		['Health', 'Pension', 'Unemployment', 'AccidentAndGroupLife'].map((name) => [
			`affects${name}Insurance`,
			one.category !== 'TAX_FREE_ITEMS',
		]),
	),
	translations: [{ languageCode: 'en', translation: english }],
});

export const payrollTableHandlers: Handlers = payroll({
	getSalaryTypes: (call: Call) => {
		const { name, code, category, incomeType, incomeTypeCode } = call.query;
		const found = SALARY_TYPES.filter((one) => {
			const exact =
				(code === undefined || one.code === code) &&
				(category === undefined || one.category === category) &&
				(incomeTypeCode === undefined || one.incomeTypeCode === incomeTypeCode);
			return exact && contains(name, one.name) && contains(incomeType, one.incomeType);
		});
		if (call.query.orderByCode === 'DESC') found.reverse();
		const [page, size] = [Number(call.query.page ?? 0), Number(call.query.size ?? 50)];
		const results = found.slice(page * size, (page + 1) * size).map(show);
		return ok({ results, meta: metaOf(call, results.length, found.length) });
	},
	getSalaryPeriodLists: (call: Call) => {
		const found = PERIOD_LISTS.filter(
			({ holidayCreditYear }) => holidayCreditYear === Number(call.query.holidayCreditYear),
		);
		if (found.length === 0) throw notFound('Salary period list');
		return ok(found.map(({ id, name }) => ({ id, name })));
	},
	getSalaryPeriods: (call: Call) => {
		const list = PERIOD_LISTS.find(({ id }) => id === idOf(call, 'id'));
		if (!list) throw notFound('Salary period');
		return ok(periodsOf(list));
	},
	getSalariesBasicInfo: (call: Call) => {
		const year = Number(call.query.year ?? call.clock.today().slice(0, 4));
		if (!hasFigures(year)) throw notFound('Yearly figures');
		const version = '2026-01-02T08:00:00';
		return ok({
			yearlyFigures: { year, paidSalariesSum: year === 2026 ? 61_200 : 79_800, ...FIGURES[year] },
			workHours: { id: 3851, monthly: 160, weekly: 37.5, version },
			incomesRegisterConfiguration: { id: 3861, payerTypes: [], version },
			pensionContracts: PENSION_CONTRACTS.map((one) => ({ ...one, version })),
			accidentInsurancePolicies: ACCIDENT_POLICIES.map((one) => ({ ...one, version })),
		});
	},
	getLaborUnionSettingsBasicData: () => ok(LABOR_UNIONS),
});
