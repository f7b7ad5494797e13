import type { Contract } from './document';

export interface Change {
	/** A call (`GET /invoices`) or a schema (`Invoice`). */
	where: string;
	field: string;
	kind: string;
	detail: string;
	/** Calls that it touches. */
	calls: string[];
}

export function changesBetween(before: Contract, after: Contract): Change[];
