import type { IDataObject } from 'n8n-workflow';

/** What a page says of its list in `meta`. */
export interface PageMeta {
	/** How many records the server gives to a page; Infinity where it does not tell. */
	served: number;
	/** How many records the list has. */
	total?: number;
}

/** Returns the `meta` of a response without impossible values. */
export function metaOf({ meta }: IDataObject): PageMeta {
	const { pageSize, totalCount } = (meta ?? {}) as { pageSize?: unknown; totalCount?: unknown };
	return {
		served: isCount(pageSize) && pageSize > 0 ? pageSize : Infinity,
		total: isCount(totalCount) ? totalCount : undefined,
	};
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Decides whether a list's own total proves its end, so that no empty page has to be requested. The total alone is not
 * enough: the page must be short, and the total must be the same on each page or count what is left (which of the two
 * is uncertain, docs/procountor.md#lists).
 */
export class ListEnd {
	private first: number | undefined;
	private count = 0;

	/**
	 * Takes in the next page.
	 * @param records how many records it has
	 * @param isFull whether that is as many as were requested, or as the server gives to a page
	 */
	isProven(records: number, total: number | undefined, isFull: boolean): boolean {
		if (this.count === 0) this.first = total;
		this.count += records;
		if (isFull || total === undefined || this.count !== this.first) return false;
		return total === this.first || total === records;
	}
}

/** Whether one page proves on its own that no page follows it. */
export function isProvenLast(records: number, total: number | undefined, isFull: boolean): boolean {
	return new ListEnd().isProven(records, total, isFull);
}
