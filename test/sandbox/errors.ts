/** One line of the API's error list. `field` is a path such as `invoiceRows[3].vatStatus`. */
export interface ErrorLine {
	status: number;
	field?: string;
	message: string;
}

/** A refusal: what a handler throws to answer `{"errors":[…]}` with the given HTTP status. */
export class Refusal extends Error {
	readonly errors: ErrorLine[];

	constructor(
		readonly status: number,
		message: string,
		field?: string,
		more: ErrorLine[] = [],
	) {
		super(message);
		this.errors = [{ status, ...(field === undefined ? {} : { field }), message }, ...more];
	}

	/** A refusal with several lines, all of one status. */
	static list(status: number, lines: Array<{ field?: string; message: string }>): Refusal {
		const [first, ...rest] = lines.map((line) => ({ status, ...line }));
		return new Refusal(status, first.message, first.field, rest);
	}
}

export const notFound = (what: string) => new Refusal(404, `${what} not found.`);
export const forbidden = (message = 'Insufficient user rights.') => new Refusal(403, message);
export const badRequest = (message: string, field?: string) => new Refusal(400, message, field);
