import { badRequest, forbidden, notFound } from '../errors';
import { type Entry, firstAtLeast, type Register } from '../world/register';
import { type Answer, type Call, ok } from './handler';

type OrderValue<T> = (entry: Entry<T>) => number | string;

/** How a list is ordered and shown. */
export interface ListForm<T> {
	/** One line of the list. */
	show: (entry: Entry<T>) => unknown;
	/** What each `orderBy…` parameter other than orderById goes by. */
	orders?: Record<string, OrderValue<T>>;
	/** Whether the user must not see an entry, for lists that remove such entries after paging: see `rowsHiddenAfterPaging`. */
	isHidden?: (entry: Entry<T>) => boolean;
}

const FILTERLESS = /^(page|size|previousId|orderBy.*)$/;

/** A key for one search: everything that decides what it finds, but not which page and in what order. */
export function searchKey(call: Call): string {
	const { operation, user, query, headers, switches } = call;
	const filters = Object.entries(query).filter(([name]) => !FILTERLESS.test(name));
	const inHeaders = operation.parameters
		.filter((parameter) => parameter.in === 'header')
		.map(({ name }) => headers[name.toLowerCase()]);
	return JSON.stringify([operation.operationId, user.id, user.rights, filters, inHeaders, switches]);
}

/** Records on a page: what was asked for, at most what the server allows. */
const pageSizeOf = (call: Call): number => Math.min(Number(call.query.size ?? 50), call.switches.pageSizeCap);

/** Meta data of a page; whether and how `totalCount` tells the whole is a switch. */
export function metaOf(
	call: Call,
	resultCount: number,
	total: number,
): { pageNumber: number; pageSize: number; resultCount: number; totalCount?: number } {
	const totalCount = { exact: { totalCount: total }, absent: {}, pageOnly: { totalCount: resultCount } }[
		call.switches.totalCount
	];
	return {
		pageNumber: Number(call.query.page ?? 0),
		pageSize: pageSizeOf(call),
		resultCount,
		...totalCount,
	};
}

/**
 * Answers a list: orders, cuts by `previousId` or page number, and adds the meta data.
 * @param entries what was found, by rising id
 */
export function listAnswer<T>(call: Call, entries: Array<Entry<T>>, form: ListForm<T>): Answer {
	const size = pageSizeOf(call);
	const page = Number(call.query.page ?? 0);
	if (size < 1) throw badRequest('Page size must be at least 1.', 'size');
	if (page < 0) throw badRequest('Page number must not be negative.', 'page');
	const isHidden = (entry: Entry<T>) => entry.hidden || form.isHidden?.(entry) === true;
	const hidesLate = call.switches.rowsHiddenAfterPaging;
	const listed = call.world.hidesRecords && !hidesLate ? entries.filter((entry) => !isHidden(entry)) : entries;
	if (listed.length === 0 && call.switches.emptyListAs404 && call.operation.operationId === 'searchInvoice')
		throw notFound('Invoice');
	const lastPage = Math.max(0, Math.ceil(listed.length / size) - 1);
	const served = call.switches.pageBeyondLast === 'lastPage' ? Math.min(page, lastPage) : page;
	const found = pageOf(call, listed, form.orders ?? {}, size, served);
	const shown = hidesLate ? found.filter((entry) => !isHidden(entry)) : found;
	return ok({ results: shown.map(form.show), meta: metaOf(call, shown.length, listed.length) });
}

function pageOf<T>(
	call: Call,
	entries: Array<Entry<T>>,
	orders: Record<string, OrderValue<T>>,
	size: number,
	page: number,
): Array<Entry<T>> {
	const asked = Object.keys(call.query).filter((name) => name.startsWith('orderBy'));
	if (asked.length > 1 && call.switches.orderingsExclusive)
		throw badRequest('Only one ordering can be given.', asked[1]);
	const order = asked[0] ?? defaultOrder(call);
	const rising = (call.query[order] ?? contractDefault(call, order) ?? call.switches.defaultListOrder) === 'ASC';
	const previousId = Number(call.query.previousId ?? 0);
	if (previousId > 0) {
		if (page > 0) throw badRequest('previousId and page cannot be used together.', 'page');
		if (asked.some((name) => name !== 'orderById') && call.switches.keysetOnlyById) {
			throw badRequest('previousId can be used with orderById only.', 'previousId');
		}
	}
	const risingIds =
		(call.query.orderById ?? contractDefault(call, 'orderById') ?? call.switches.defaultListOrder) === 'ASC';
	const from = previousId > 0 && risingIds ? firstAtLeast(entries, previousId + 1) : 0;
	const to = previousId > 0 && !risingIds ? firstAtLeast(entries, previousId) : entries.length;
	const start = page * size;
	if (order === 'orderById') {
		if (rising) return entries.slice(from + start, Math.min(to, from + start + size));
		return entries.slice(Math.max(from, to - start - size), Math.max(from, to - start)).reverse();
	}
	// Several orderings: the first asked counts first, and the id decides what is left.
	const keys = [...(asked.length ? asked : [order]), 'orderById'].map((name) => {
		const value: OrderValue<T> = orders[name] ?? ((entry) => entry.id);
		return { value, sign: (call.query[name] ?? contractDefault(call, name) ?? 'DESC') === 'ASC' ? 1 : -1 };
	});
	const sorted = entries.slice(from, to).sort((a, b) => {
		for (const { value, sign } of keys) {
			const [one, other] = [value(a), value(b)];
			if (one !== other) return one < other ? -sign : sign;
		}
		return 0;
	});
	return sorted.slice(start, start + size);
}

function contractDefault(call: Call, parameter: string): unknown {
	return call.operation.parameters.find(({ name }) => name === parameter)?.schema.default;
}

/** By id if the list can, otherwise by what the contract names a default for (bank accounts: their own order). */
function defaultOrder(call: Call): string {
	const names = call.operation.parameters.map(({ name }) => name).filter((name) => name.startsWith('orderBy'));
	const own = names.find((name) => name !== 'orderById' && contractDefault(call, name) !== undefined);
	return contractDefault(call, 'orderById') === undefined && own && call.query.previousId === undefined
		? own
		: 'orderById';
}

/** Whether an instant lies in the window of `<name>StartDate` and `<name>EndDate`, compared as the API writes times. */
export function inWindow(call: Call, name: 'created' | 'version', instant: number): boolean {
	const start = call.query[`${name}StartDate`];
	const end = call.query[`${name}EndDate`];
	if (start === undefined && end === undefined) return true;
	const wall = call.clock.wall(instant);
	if (start !== undefined) {
		const from = Date.parse(`${String(start)}Z`);
		if (call.switches.versionStartDateInclusive ? wall < from : wall <= from) return false;
	}
	if (end !== undefined) {
		const to = Date.parse(`${String(end)}Z`);
		if (call.switches.versionEndDateInclusive ? wall > to : wall >= to) return false;
	}
	return true;
}

/** Whether a day lies between two query parameters, both included. */
export function inDays(call: Call, from: string, to: string, day: string | undefined): boolean {
	const start = call.query[from];
	const end = call.query[to];
	if (start === undefined && end === undefined) return true;
	return (
		day !== undefined && (start === undefined || day >= String(start)) && (end === undefined || day <= String(end))
	);
}

/** Whether a list parameter is absent or names the value. */
export function oneOf(call: Call, name: string, value: string | number | undefined): boolean {
	const wanted = call.query[name];
	if (wanted === undefined) return true;
	return value !== undefined && (Array.isArray(wanted) ? wanted.includes(value) : wanted === value);
}

/** Whether a text parameter is absent or part of the value, upper and lower case alike. */
export function contains(wanted: unknown, value: string | undefined, whole = false): boolean {
	if (wanted === undefined) return true;
	const [part, text] = [String(wanted).toLowerCase(), (value ?? '').toLowerCase()];
	return whole ? part === text : text.includes(part);
}

/**
 * Answers a read of one or several ids (docs/procountor.md#batch-reads): one id gives the record or 404, several always give a list
 * by rising id, without duplicates and without the unknown ones; all unknown gives 404.
 * @param refuse throws where the user may not see a record; in a list such a record is left out
 */
export function batchAnswer<T>(
	call: Call,
	what: string,
	register: Register<T>,
	show: (entry: Entry<T>) => unknown,
	refuse: (entry: Entry<T>) => void = () => undefined,
): Answer {
	const asked = Object.values(call.params)[0].split(',').map(Number);
	const check = (entry: Entry<T>) => {
		if (entry.hidden) throw forbidden();
		refuse(entry);
	};
	if (asked.length === 1) {
		const entry = register.get(asked[0]);
		if (!entry) throw notFound(what);
		check(entry);
		return ok(show(entry));
	}
	const found = [...new Set(asked)].sort((a, b) => a - b).flatMap((id) => register.get(id) ?? []);
	const allowed = found.filter((entry) => {
		try {
			check(entry);
			return true;
		} catch {
			return false;
		}
	});
	if (allowed.length === 0) throw notFound(what);
	return ok(allowed.map(show));
}

/** Refuses a change that names another version than the record has. @throws Refusal 400 */
export function checkVersion<T>(call: Call, entry: Entry<T>, version: unknown): void {
	if (version !== call.clock.text(entry.version))
		throw badRequest('The record has been changed by someone else.', 'version');
}

/** One object or a list, for the replies whose form is not settled: see the switch `singleReplyForm`. */
export function listOrObject(call: Call, list: unknown[]): Answer {
	return ok(call.switches.singleReplyForm === 'object' && list.length === 1 ? list[0] : list);
}
