import { callInfo, type Call, type QueryOf } from './contract';

/** A list of the API with its filters. */
export interface Listing<C extends Call = Call> {
	call: C;
	path?: Record<string, string | number>;
	query?: QueryOf<C>;
	headers?: Record<string, string>;
	/** The order, as a query parameter such as `['orderByDate', 'DESC']`; by rising ID if left out. */
	order?: [parameter: string, direction: 'ASC' | 'DESC'];
	/** The property of the response that contains the records, for calls outside of the contract. */
	listPath?: string;
	/** How the list is paged, for calls outside of the contract. */
	paging?: Paging;
	noun?: string;
	/** Whether several pages are expected, so that `readInParallel` requests the first and the newest page together. */
	isLong?: boolean;
	/** Whether to repeat a 404 once before it counts as an empty list, because a record is created if the list is empty. */
	confirmEmpty?: boolean;
}

/** The largest page size of the API (docs/procountor.md#pages). */
export const PAGE_SIZE = 200;

/** How a list is paged: by the last ID, by page number, or not at all. */
export type Paging = 'keyset' | 'number' | 'whole';

/** Returns how the contract pages a list. */
export function pagingOf(call: Call): Paging {
	const query = callInfo(call).query ?? {};
	if (query.size === undefined) return 'whole';
	return query.previousId !== undefined && query.orderById !== undefined ? 'keyset' : 'number';
}
