import type { IDataObject } from 'n8n-workflow';

/** What a page's `meta` says about its list. */
export interface PageMeta {
	/** The server's page size; Infinity if it is not given. */
	pageSize: number;
	/** How many records the list has. */
	total?: number;
}

/** Returns the `meta` of a response without impossible values. */
export function pageMeta({ meta }: IDataObject): PageMeta {
	const { pageSize, totalCount } = (meta ?? {}) as { pageSize?: unknown; totalCount?: unknown };
	return {
		pageSize: isCount(pageSize) && pageSize > 0 ? pageSize : Infinity,
		total: isCount(totalCount) ? totalCount : undefined,
	};
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Decides whether the list's total proves its end, so that no empty page has to be requested. The page must also be
 * short. Procountor's total counts the full list or the remaining records; which of the two is uncertain
 * (docs/procountor.md#lists).
 */
export class ListEnd {
	private firstTotal: number | undefined;
	private count = 0;

	/**
	 * Adds the next page, and returns whether the list ends with it.
	 * @param records the number of the page's records
	 * @param isFull whether the page has as many records as requested, or as the server's page size
	 */
	isReached(records: number, total: number | undefined, isFull: boolean): boolean {
		if (this.count === 0) this.firstTotal = total;
		this.count += records;
		if (isFull || total === undefined || this.count !== this.firstTotal) return false;
		return total === this.firstTotal || total === records;
	}
}

/** Whether a list's first page proves that no page follows it. */
export function isLastPage(records: number, total: number | undefined, isFull: boolean): boolean {
	return new ListEnd().isReached(records, total, isFull);
}
