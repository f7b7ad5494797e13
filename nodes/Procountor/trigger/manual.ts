import { isDraft, rowsOf } from './scan';
import type { Found, Settings, Step } from './step';

/** How many records are requested to find one that is not a draft. */
const ROWS_TO_CHECK = 20;

/**
 * Returns the newest record that the trigger would react to; undefined if there is none. It takes one request, unless a
 * part of the list is empty.
 */
export function* findNewest(settings: Settings): Step<Found | undefined> {
	const { strategy, canSortByVersion, parts, immutableFilters, allFilters, targets } = settings;
	const { query, headers } = allFilters ?? immutableFilters;
	const order = strategy !== 'created' && canSortByVersion ? { orderByVersion: 'DESC' } : { orderById: 'DESC' };
	const statusFilter = targets.length ? { status: targets } : {};
	for (const part of parts) {
		const { records } = yield {
			ask: 'list',
			query: { ...query, ...part, ...statusFilter, ...order, size: ROWS_TO_CHECK },
			headers,
			size: ROWS_TO_CHECK,
		};
		const first = rowsOf(records, settings).find((row) => !isDraft(row));
		if (first)
			return {
				record: first.record,
				...(strategy === 'status' ? { extraFields: { status: first.status, previousStatus: null } } : {}),
			};
	}
	return undefined;
}
