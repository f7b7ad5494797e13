import type { IDataObject } from 'n8n-workflow';
import { type Client, type Request } from '../../api';
import { requestFor } from '../../engine/request';
import type { OperationHandler } from '../../engine/task';
import { objectAt } from '../../utils/objects';
import { readFiscalYears } from '../shared/companyData';

export const callsOfReport = ['GET /fiscalyears'] as const;

/**
 * Returns a report as flat rows, or without Simplify as Procountor returns it. It starts at the first day of the fiscal
 * year unless a day is given.
 */
export const reportAs =
	(rowsOf: (report: IDataObject) => IDataObject[]): OperationHandler =>
	(operation, input) => {
		const request = { ...requestFor(operation, input.values(operation)), readOnly: true };
		const isFlat = input.parameter('simple') === true;
		return {
			readOnly: true,
			async run(client) {
				const report = (await client.requestJson(await fromFiscalYear(client, request))) ?? {};
				return (isFlat ? rowsOf(report) : [report]).map((json) => ({ json }));
			},
		};
	};

/** Procountor's own default is the tracking period, mostly a month. A day outside all fiscal years is left to its message. */
async function fromFiscalYear(client: Client, request: Request): Promise<Request> {
	const body = objectAt(request, 'body');
	if (body.startDate !== undefined) return request;
	const day = String(body.endDate);
	const years = await readFiscalYears(client);
	const year = years.find(({ startDate, endDate }) => String(startDate) <= day && day <= String(endDate));
	return year === undefined ? request : { ...request, body: { ...body, startDate: year.startDate } };
}
