/** One request as the sandbox saw it. Secrets and tokens are never kept. */
export interface JournalEntry {
	no: number;
	/** Milliseconds since the sandbox started, by the machine's own clock. */
	atMs: number;
	method: string;
	/** Path as asked, without query. */
	path: string;
	/** The base that was used: `/api`, `/latest/api`, `/v2604/api` … */
	base?: string;
	contractPath?: string;
	operationId?: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	body?: unknown;
	companyId?: number;
	userId?: number;
	status?: number;
	/** Whether the request got through routing, login and the contract's checks. */
	valid: boolean;
	/** First line of a refusal. */
	refusal?: string;
	fault?: string;
}

const SECRET = /secret|token|api_?key|password|code$/i;
const KEPT_HEADERS = [
	'content-type',
	'accept',
	'user-agent',
	'content-length',
	'name',
	'identifier',
	'accountnumber',
	'username',
];

/** Replaces what is secret in a form, a query or a JSON body. */
export function redact<T>(value: T): T {
	if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
	if (Array.isArray(value)) return value.map((item: unknown) => redact(item)) as T;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key,
			SECRET.test(key) && typeof inner !== 'object' ? '***' : redact<unknown>(inner),
		]),
	) as T;
}

/** Headers worth keeping; the bearer token is told only as present or not. */
export function headersOfInterest(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const name of KEPT_HEADERS) {
		const value = headers[name];
		if (value !== undefined) kept[name] = String(value);
	}
	if (headers.authorization !== undefined) kept.authorization = `${String(headers.authorization).split(' ')[0]} ***`;
	return kept;
}

/** What was asked of the sandbox, oldest first, at most `limit` requests. */
export class Journal {
	entries: JournalEntry[] = [];
	private count = 0;
	private readonly startedAt = performance.now();

	constructor(private readonly limit = 100_000) {}

	add(entry: Omit<JournalEntry, 'no' | 'atMs'>): JournalEntry {
		const full = { no: ++this.count, atMs: performance.now() - this.startedAt, ...entry };
		this.entries.push(full);
		if (this.entries.length > this.limit * 1.1) this.entries = this.entries.slice(-this.limit);
		return full;
	}

	clear(): void {
		this.entries = [];
	}

	/** Requests to an operation, by its id or by `GET /invoices`. */
	to(operation: string): JournalEntry[] {
		return this.entries.filter(
			(entry) => entry.operationId === operation || `${entry.method} ${entry.contractPath ?? entry.path}` === operation,
		);
	}
}
