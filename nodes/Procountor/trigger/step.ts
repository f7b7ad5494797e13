import type { IDataObject } from 'n8n-workflow';
import type { QueryValue } from '../api';

/** What a search is narrowed down by, as the API takes it. */
export interface ListQuery {
	query: Record<string, QueryValue | undefined>;
	headers: Record<string, string>;
}

/** One page of the list. */
export interface ListRequest extends ListQuery {
	ask: 'list';
	size: number;
	/** What may be fetched meanwhile. */
	ahead?: Ahead;
}

/** What a poll will most likely need next: whoever answers may fetch it at once, or ignore this. */
export interface Ahead {
	/** Records that the poll will emit. */
	ids?: number[];
	/** The page that it will ask for next, and what goes with that one. */
	page?: ListRequest;
}

/** What a poll wants to know: one page of its list, records by their ids, or whose company it is. */
export type PollRequest = ListRequest | { ask: 'records'; ids: number[]; ahead?: Ahead } | { ask: 'session' };

export interface PollResponse {
	records: IDataObject[];
	/** There is surely nothing behind this page. A short page alone does not tell. */
	last: boolean;
	/** The page has as many records as were requested, or as the server gives to a page. */
	isFull: boolean;
	/** Of a session: when the server sent it, by its own clock, in milliseconds since 1970. */
	time?: number;
	/** The poll has used up its time: what it can leave, it leaves to the next one. */
	timeIsUp: boolean;
}

/** A part of a poll: asks questions, gets answers, gives a result. No request, clock or n8n is in it. */
export type Step<T> = Generator<PollRequest, T, PollResponse>;

/** What bounds one poll and its memory; docs/trigger.md gives the reasons. */
export interface Bounds {
	/** Records of a page. */
	page: number;
	/** Pages that a scan reads of each part of the list; the rest is the next poll's. */
	pages: number;
	/** Records that a poll gives at most, but for drafts that have been waited for. */
	items: number;
	/** New records: so many of the last ones are read again although all of them are old, since ids may rise not quite. */
	margin: number;
	/** New records: so many are read again at most, however young they are; half of what a scan reads, or less. */
	overlap: number;
	/** New records: while no more than so many follow a draft, it is seen by reading again. */
	held: number;
	/** New records: so many drafts are waited for by asking for them. */
	drafts: number;
	/** Changed records: so many handled versions are remembered. */
	versions: number;
	/** Status changes: so many records' statuses are remembered. */
	statuses: number;
	/** Changed records and status changes: pages that are read at the start, so that it is known what was there. */
	firstPages: number;
}

export type StrategyName = 'created' | 'changed' | 'status';

/** The list's names for what a record is known by; what it does not have, or the event does not go by, is left out. */
export interface Fields {
	id: string;
	created?: string;
	version?: string;
	/** Where drafts are waited for, or statuses compared. */
	status?: string;
	/** A date of the record, in lists that tell no time of creation. */
	day?: string;
}

/** What counts as new when a trigger begins. */
export interface Start {
	from: 'now' | 'date' | 'everything';
	/** Of a start from a date alone. */
	date?: string;
	/** The server's time when a start from now began, as Procountor writes times; set by the poll itself. */
	now?: string;
}

export interface Chosen {
	search: string;
	filters: string;
	start: string;
}

/** What a poll is to find; taken from the node's parameters. */
export interface Settings {
	event: string;
	/**
	 * What the person chose, word for word, so that an expression's changing value is no change: event and immutable
	 * filters, all filters, the start.
	 */
	chosen: Chosen;
	strategy: StrategyName;
	fields: Fields;
	/** The list's parameter that finds what was made until some time; `day` takes a date alone. */
	createdUntil?: { parameter: string; day: boolean };
	/** Whether the list can be had with the newest version first. */
	byVersion: boolean;
	/** A list that answers for a part of its records only is asked once for each: what each adds to the search. */
	parts: Array<ListQuery['query']>;
	/** Filters whose outcome stays for a record: nothing else is ever looked at. */
	immutableFilters: ListQuery;
	/** All filters, where there are some that a record can come to match later. */
	whole?: ListQuery;
	/** The statuses whose reaching counts; all when empty. */
	targets: string[];
	start: Start;
	/** Stands for host, client and key or login: a change may mean another company. */
	account: string;
	bounds: Bounds;
}

/** One record that a poll found, and what the event adds to it. */
export interface Found {
	record: IDataObject;
	more?: IDataObject;
}

export interface Note {
	level: 'info' | 'warn';
	text: string;
}

/** What a strategy makes of its memory in one poll. */
export interface Progress<Memory> {
	found: Found[];
	memory: Memory;
	notes: Note[];
}

/** One way of finding events: from its memory, or none at the start, to what was found and a new memory. */
export type Strategy<Memory> = (memory: Memory | undefined, settings: Settings) => Step<Progress<Memory>>;
