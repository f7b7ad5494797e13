import type { IDataObject } from 'n8n-workflow';
import { type Client, type Request } from '../../api';
import { requestFor } from '../../engine/request';
import type { OperationHandler } from '../../engine/task';
import { objectAt } from '../../utils/objects';
import { readFiscalYears } from '../shared/companyData';

export const callsOfReport = ['GET /fiscalyears'] as const;

/**
 * Returns a handler for a report: flat rows, or without Simplify Procountor's own response. By default, the report starts with
 * the fiscal year.
 */
export const reportHandler =
	(toRows: (report: IDataObject) => IDataObject[]): OperationHandler =>
	(operation, input) => {
		const request = { ...requestFor(operation, input.values(operation)), readOnly: true };
		const isFlat = input.parameter('simple') === true;
		return {
			readOnly: true,
			async run(client) {
				const report = (await client.requestJson(await withFiscalYearStart(client, request))) ?? {};
				return (isFlat ? toRows(report) : [report]).map((json) => ({ json }));
			},
		};
	};

/** Procountor's default is the tracking period, usually a month. For a date outside all fiscal years, it returns an error. */
async function withFiscalYearStart(client: Client, request: Request): Promise<Request> {
	const body = objectAt(request, 'body');
	if (body.startDate !== undefined) return request;
	const day = String(body.endDate);
	const years = await readFiscalYears(client);
	const year = years.find(({ startDate, endDate }) => String(startDate) <= day && day <= String(endDate));
	return year === undefined ? request : { ...request, body: { ...body, startDate: year.startDate } };
}
