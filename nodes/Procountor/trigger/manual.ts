import { isDraft, rowsOf } from './scan';
import type { Found, Settings, Step } from './step';

/** Records looked through for one that is no draft. */
const LOOKED_THROUGH = 20;

/**
 * Returns the newest record that the trigger would react to; undefined if there is none. It takes one request, unless a
 * part of the list is empty.
 */
export function* newest(settings: Settings): Step<Found | undefined> {
	const { strategy, byVersion, parts, immutableFilters, whole, targets } = settings;
	const { query, headers } = whole ?? immutableFilters;
	const order = strategy !== 'created' && byVersion ? { orderByVersion: 'DESC' } : { orderById: 'DESC' };
	const reached = targets.length ? { status: targets } : {};
	for (const part of parts) {
		const { records } = yield {
			ask: 'list',
			query: { ...query, ...part, ...reached, ...order, size: LOOKED_THROUGH },
			headers,
			size: LOOKED_THROUGH,
		};
		const first = rowsOf(records, settings).find((row) => !isDraft(row));
		if (first)
			return {
				record: first.record,
				...(strategy === 'status' ? { more: { status: first.status, previousStatus: null } } : {}),
			};
	}
	return undefined;
}
