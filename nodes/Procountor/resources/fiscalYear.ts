import { list, resource, update } from '../engine/declare';

export const fiscalYear = resource('fiscalYear', 'Fiscal Year', ['fiscal year', 'fiscal years'], {
	getAll: list('GET /fiscalyears', 'Lists the fiscal years with their tracking periods, the newest first'),
	updateTrackingPeriod: update(
		'PUT /fiscalyears/{fiscalYearId}/trackingPeriods/{trackingPeriodId}',
		'Updates the status of a tracking period; an open one can be set to pending',
		{
			name: 'Update Tracking Period',
			action: 'Update fiscal year tracking period',
			noun: 'tracking period',
			findInList: 'GET /fiscalyears',
			listPath: 'fiscalYears.trackingPeriods',
			parameters: {
				fiscalYearId: { label: 'Fiscal Year', listSearch: 'fiscalYear' },
				trackingPeriodId: { label: 'Tracking Period', listSearch: 'trackingPeriod' },
			},
			fields: [
				[
					'status',
					{
						description: undefined,
						choices: { CLOSED: ['Closed', 'Nothing can be posted in the period'] },
						default: 'PENDING',
						required: true,
					},
				],
			],
		},
	),
});
