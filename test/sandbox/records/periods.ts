import { forbidden, Refusal, badRequest, notFound } from '../errors';
import type { Company } from '../world/world';
import { type Call, done, type Handlers, idOf, ok } from './handler';
import { needEdit } from './rights';
import { publish } from './webhooks';

export interface TrackingPeriod {
	id: number;
	startDate: string;
	endDate: string;
	status: 'OPEN' | 'PENDING' | 'CLOSED';
	modified: number;
}

export interface FiscalYear {
	id: number;
	startDate: string;
	endDate: string;
	isOpen: boolean;
	modified: number;
	trackingPeriods: TrackingPeriod[];
}

/** A company's fiscal years, in any order. */
export const fiscalYearsOf = (company: Company): FiscalYear[] => company.fact<FiscalYear[]>('fiscalYears', () => []);

/** Whether bookkeeping may be changed on a day: its fiscal year is open, and its tracking period too, if there is one. */
export function isOpenDay(company: Company, day: string): boolean {
	const holds = (period: { startDate: string; endDate: string }) => period.startDate <= day && day <= period.endDate;
	const year = fiscalYearsOf(company).find(holds);
	if (!year?.isOpen) return false;
	const period = year.trackingPeriods.find(holds);
	return period === undefined || period.status === 'OPEN';
}

/** @throws Refusal 400 CLOSED_FISCAL_PERIOD */
export function checkOpenDay(company: Company, day: string, field: string): void {
	if (!isOpenDay(company, day)) throw badRequest('CLOSED_FISCAL_PERIOD', field);
}

/** The same for a step of a life cycle, which the record's state does not allow. @throws Refusal 403 */
export function needOpenDay(company: Company, day: string): void {
	if (!isOpenDay(company, day)) throw forbidden('CLOSED_FISCAL_PERIOD');
}

export const periodHandlers: Handlers = {
	getFiscalYears: (call: Call) => {
		const shown = [...fiscalYearsOf(call.company)].sort((a, b) => (a.startDate < b.startDate ? 1 : -1));
		const period = (one: TrackingPeriod) => ({ ...one, modified: call.clock.text(one.modified) });
		return ok({
			fiscalYears: shown.map((year) => ({
				...year,
				modified: call.clock.text(year.modified),
				trackingPeriods: [...year.trackingPeriods].sort((a, b) => (a.startDate < b.startDate ? -1 : 1)).map(period),
			})),
		});
	},
	/** The one change that the API allows is from open to pending. */
	updateFiscalYear: (call: Call) => {
		needEdit(call.user, 'accounting.closingOfAccountTools');
		const year = fiscalYearsOf(call.company).find(({ id }) => id === idOf(call, 'fiscalYearId'));
		const period = year?.trackingPeriods.find(({ id }) => id === idOf(call, 'trackingPeriodId'));
		if (!period) throw notFound('Fiscal period');
		if (period.status !== 'OPEN' || (call.body as TrackingPeriod).status !== 'PENDING') {
			throw new Refusal(409, 'Only an open tracking period can be changed, and only to pending.');
		}
		period.status = 'PENDING';
		period.modified = call.clock.now();
		publish(call, 'TRACKING_PERIOD_STATUS_UPDATED', {
			fiscalYearId: year?.id,
			trackingPeriodId: period.id,
			status: period.status,
		});
		return done('Fiscal period was marked as pending.');
	},
};
