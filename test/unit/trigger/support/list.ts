/** A list of records that answers a poll's requests from memory, and helpers that run a step against it. */
import type { IDataObject } from 'n8n-workflow';
import { isLastPage } from '../../../../nodes/Procountor/api/listEnd';
import { unpackIds } from '../../../../nodes/Procountor/trigger/compactIds';
import type { CreatedMemory } from '../../../../nodes/Procountor/trigger/created';
import type {
	ListRequest,
	PollRequest,
	PollResponse,
	Progress,
	Settings,
	Step,
	Strategy,
} from '../../../../nodes/Procountor/trigger/step';

export interface ListOptions {
	/** The largest number of records on a page of the server. */
	cap?: number;
	/** Whether the server reports how many records the list has. */
	tellsTotal?: boolean;
	/** From this request on, the poll's time is up. */
	timeIsUpAt?: number;
}

export class List {
	asked: PollRequest[] = [];

	constructor(
		public records: IDataObject[],
		private readonly options: ListOptions = {},
	) {}

	respond(request: PollRequest): PollResponse {
		this.asked.push(request);
		const timeIsUp = this.asked.length >= (this.options.timeIsUpAt ?? Infinity);
		const whole = { last: true, isFull: false, timeIsUp };
		if (request.ask === 'session') return { ...whole, records: [{ companyId: 7, name: 'Oy Ab' }], time: 0 };
		if (request.ask === 'records')
			return { ...whole, records: this.records.filter(({ id }) => request.ids.includes(Number(id))) };
		const { cap = Infinity, tellsTotal = false } = this.options;
		const matching = this.matching(request);
		const records = matching.slice(0, Math.min(request.size, cap));
		const isFull = records.length >= request.size;
		const total = tellsTotal ? matching.length : undefined;
		return { records, last: isLastPage(records.length, total, isFull), isFull, timeIsUp };
	}

	/** The order, the previous ID, and the size of each requested page. */
	get pages(): string[] {
		return this.asked
			.filter((request): request is ListRequest => request.ask === 'list')
			.map(({ query, size }) => `${String(query.orderById)} ${String(query.previousId ?? 0)} ${size}`);
	}

	private matching({ query }: ListRequest): IDataObject[] {
		const { types, status, previousId, createdEndDate, versionStartDate, orderById, orderByVersion } = query;
		const falls = orderById === 'DESC' || orderByVersion === 'DESC';
		const key = orderByVersion ? 'version' : 'id';
		const sorted = this.records
			.filter((record) => types === undefined || record.type === types)
			.filter((record) => status === undefined || record.status === status)
			.filter(({ created }) => createdEndDate === undefined || String(created) <= String(createdEndDate))
			.filter(({ version }) => versionStartDate === undefined || String(version) >= String(versionStartDate))
			.sort(
				(a, b) => (Number(a[key] ?? 0) || Date.parse(String(a[key]))) - (Number(b[key]) || Date.parse(String(b[key]))),
			);
		const all = falls ? sorted.reverse() : sorted;
		return all.filter(({ id }) =>
			previousId === undefined ? true : falls ? Number(id) < Number(previousId) : Number(id) > Number(previousId),
		);
	}
}

export function driven<T>(step: Step<T>, list: List): T {
	list.asked = [];
	let next = step.next();
	while (!next.done) next = step.next(list.respond(next.value));
	return next.value;
}

export interface Polled<Memory> {
	ids: number[];
	progress: Progress<Memory>;
	memory: Memory;
	told: string[];
}

/** One poll of a strategy, with its memory as n8n stores and returns it. */
export function polled<Memory>(
	strategy: Strategy<Memory>,
	memory: Memory | undefined,
	settings: Settings,
	list: List,
): Polled<Memory> {
	const progress = driven(strategy(memory, settings), list);
	return {
		ids: progress.found.map(({ record }) => Number(record.id)),
		progress,
		memory: JSON.parse(JSON.stringify(progress.memory)) as Memory,
		told: progress.notes.map(({ level, text }) => `${level}: ${text}`),
	};
}

export const seenIn = ({ seen, cursor }: CreatedMemory): number[] => unpackIds(seen, cursor);

/** A number of minutes after nine o'clock, in Procountor's format. */
export const at = (minutes: number): string =>
	new Date(Date.UTC(2026, 9, 1, 9) + minutes * 60_000).toISOString().slice(0, 19);

/** Records with ascending IDs, created and last changed a number of minutes apart. */
export const records = (count: number, minutesApart: number, more: IDataObject = {}): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		id: index + 1,
		status: 'PAID',
		created: at(index * minutesApart),
		version: at(index * minutesApart),
		...more,
	}));

const NO_FILTERS = { query: {}, headers: {} };

export function settings({
	bounds,
	...more
}: Partial<Omit<Settings, 'bounds'>> & { bounds?: Partial<Settings['bounds']> } = {}): Settings {
	return {
		event: 'test',
		chosen: { search: 'search', filters: 'filters', start: 'start' },
		strategy: 'created',
		fields: { id: 'id', created: 'created', version: 'version', status: 'status' },
		createdUntil: { parameter: 'createdEndDate', day: false },
		canSortByVersion: true,
		parts: [{}],
		immutableFilters: NO_FILTERS,
		targets: [],
		start: { from: 'now', now: at(0) },
		account: 'account',
		...more,
		bounds: {
			pageSize: 4,
			maxPages: 3,
			maxItems: 100,
			margin: 2,
			overlap: 6,
			maxHeld: 3,
			drafts: 3,
			versions: 5,
			statuses: 5,
			firstPages: 3,
			...bounds,
		},
	};
}
