import type { IDataObject } from 'n8n-workflow';
import { addDays } from '../../../validation/dates';
import { type Client, InputError } from '../../../api';
import { readFiscalYears } from '../companyData';
import { listAt } from '../../../utils/objects';

/**
 * Returns the day if its fiscal year and tracking period are open, otherwise the first later day that is open.
 * @param label the label of the date
 * @throws {InputError} if no open day follows
 */
export async function firstOpenDay(client: Client, day: string, label: string): Promise<string> {
	const open = findOpenDay(await readFiscalYears(client), day);
	if (open === undefined)
		throw new InputError(
			label,
			`is in a closed period, and no open day follows ${day}`,
			'Have a period opened in Procountor.',
		);
	return open;
}

/** Returns the warning that a date was moved to an open day; none if it was not. */
export function movedDayWarnings(label: string, given: string, used: string): string[] {
	return given === used ? [] : [`${label} was moved from ${given} to ${used}, the first open day`];
}

/**
 * Returns the first open day on or after a day. A fiscal year without tracking periods is open from start to end.
 * @param years the API's fiscal years
 */
export function findOpenDay(years: readonly IDataObject[], day: string): string | undefined {
	const sorted = years.filter(({ isOpen }) => isOpen === true).sort(byStart);
	for (const year of sorted) {
		const periods = listAt(year, 'trackingPeriods')
			.filter(({ status }) => status !== 'OPEN')
			.sort(byStart);
		let first = laterOf(day, String(year.startDate));
		for (const { startDate, endDate } of periods)
			if (String(startDate) <= first && first <= String(endDate)) first = addDays(String(endDate), 1);
		if (first <= String(year.endDate)) return first;
	}
	return undefined;
}

const byStart = (a: IDataObject, b: IDataObject): number => (String(a.startDate) < String(b.startDate) ? -1 : 1);
const laterOf = (a: string, b: string): string => (a > b ? a : b);
