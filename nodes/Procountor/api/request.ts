/** One request to send. Its values are not encoded yet. */
export interface Request {
	/** Method and path, such as `GET /invoices/{invoiceId}`. */
	call: string;
	/** The values of the path's parameters. */
	path?: Record<string, string | number>;
	query?: Query;
	headers?: Record<string, string>;
	/** A JSON value, or a multipart form. */
	body?: unknown;
	/** Whether to return the body as bytes, for files and multipart responses. */
	bytes?: boolean;
	/** Whether a POST only reads, such as a report, so that it can be repeated like a GET. */
	readOnly?: boolean;
	/** Whether a successful response contains the requested data. If it does not, the request is repeated like after a 503. */
	isComplete?(body: unknown): boolean;
	/** What the request is for, in messages: `the invoice`. */
	noun?: string;
}

export type Query = Record<string, QueryValue | undefined>;

export type QueryValue = string | number | boolean | ReadonlyArray<string | number> | RepeatedValues;

/** Values that are sent as one parameter each. All other lists are joined with commas. */
export interface RepeatedValues {
	repeat: ReadonlyArray<string | number>;
}

/** `GET /invoices/{invoiceId}` → `GET` and `/invoices/{invoiceId}`. */
export function splitCall(call: string): { method: string; path: string } {
	const space = call.indexOf(' ');
	return { method: call.slice(0, space), path: call.slice(space + 1) };
}

/**
 * Returns a request's method, and its path with encoded values and the query. The commas of a batch are not encoded.
 * @throws {RangeError} if a value of the path is missing
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
		for (const element of values) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(element)}`);
	}
	return pairs.length ? `?${pairs.join('&')}` : '';
}

function isRepeated(value: QueryValue): value is RepeatedValues {
	return typeof value === 'object' && 'repeat' in value;
}
