/** One request before it is sent. Nothing in it is encoded yet. */
export interface Request {
	/** Method and path: `GET /invoices/{invoiceId}`. */
	call: string;
	/** The values of the path. */
	path?: Record<string, string | number>;
	query?: Query;
	headers?: Record<string, string>;
	/** JSON as a value, or a multipart form. */
	body?: unknown;
	/** Returns the exact bytes: files and multipart responses. */
	bytes?: boolean;
	/** A POST that only reads (reports) may be repeated like a GET. */
	readOnly?: boolean;
	/** Whether a successful response contains what was asked for. One that does not is repeated like a 503, and then an error. */
	isComplete?(body: unknown): boolean;
	/** What the request is for, in a user's words, for messages: `the invoice`. */
	noun?: string;
}

export type Query = Record<string, QueryValue | undefined>;

export type QueryValue = string | number | boolean | ReadonlyArray<string | number> | RepeatedValues;

/** Values that are sent as one parameter each; all other lists are joined with commas. */
export interface RepeatedValues {
	repeat: ReadonlyArray<string | number>;
}

/** `GET /invoices/{invoiceId}` → `GET` and `/invoices/{invoiceId}`. */
export function splitCall(call: string): { method: string; path: string } {
	const space = call.indexOf(' ');
	return { method: call.slice(0, space), path: call.slice(space + 1) };
}

/**
 * Returns a request's method, its path with encoded values (the commas of a batch stay), and its query.
 * @throws {RangeError} for a path that lacks a value
 */
export function methodAndPath({ call, path: values = {}, query = {} }: Request): { method: string; path: string } {
	const { method, path } = splitCall(call);
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name];
		if (value === undefined || value === '') throw new RangeError(`The path ${path} lacks '${name}'`);
		return encodeURIComponent(value).replaceAll('%2C', ',');
	});
	return { method, path: filled + queryText(query) };
}

function queryText(query: Query): string {
	const pairs: string[] = [];
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined) continue;
		const values = isRepeated(value) ? value.repeat : [Array.isArray(value) ? value.join(',') : (value as string)];
		for (const one of values) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(one)}`);
	}
	return pairs.length ? `?${pairs.join('&')}` : '';
}

function isRepeated(value: QueryValue): value is RepeatedValues {
	return typeof value === 'object' && 'repeat' in value;
}
