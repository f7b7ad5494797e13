import type { IDataObject } from 'n8n-workflow';
import type { QueryValue } from '../api';

/** The query and headers of a list request. */
export interface ListQuery {
	query: Record<string, QueryValue | undefined>;
	headers: Record<string, string>;
}

/** Requests one page of the list. */
export interface ListRequest extends ListQuery {
	ask: 'list';
	size: number;
	/** What may be fetched at the same time. */
	ahead?: Ahead;
}

/** What a poll will probably request next. The responder may fetch it at once, or ignore this. */
export interface Ahead {
	/** Records that the poll will emit. */
	ids?: number[];
	/** The page that it will request next. */
	page?: ListRequest;
}

/** A request of a poll: a page of its list, records by ID, or the session, which names the company. */
export type PollRequest = ListRequest | { ask: 'records'; ids: number[]; ahead?: Ahead } | { ask: 'session' };

export interface PollResponse {
	records: IDataObject[];
	/** Whether this is certainly the last page. A short page is not proof. */
	last: boolean;
	/** Whether the page has as many records as were requested, or as the server puts on a page. */
	isFull: boolean;
	/** Only for a session: when the server sent it, by the server's clock, in milliseconds since 1970. */
	time?: number;
	/** Whether the poll's time is used up, so that it should leave the rest to the next poll. */
	timeIsUp: boolean;
}

/**
 * A part of a poll as a generator: it yields requests, receives responses, and returns a result. It uses neither the
 * network, nor a clock, nor n8n.
 */
export type Step<T> = Generator<PollRequest, T, PollResponse>;

/** The limits of one poll and its memory; docs/trigger.md gives the reasons. */
export interface Bounds {
	/** Records per page. */
	pageSize: number;
	/** Pages that a scan reads of each part of the list. The next poll reads the rest. */
	maxPages: number;
	/** Records that a poll emits, not counting drafts that were saved later. */
	maxItems: number;
	/**
	 * New records: how many of the last ones are always read again, because IDs do not always rise strictly with time.
	 */
	margin: number;
	/**
	 * New records: how many are read again at most, however new they are; at most half of the rows that a scan reads.
	 */
	overlap: number;
	/** New records: the cursor waits for a draft until more rows than this follow it. */
	maxHeld: number;
	/** New records: how many drafts below the cursor are checked again. */
	drafts: number;
	/** Changed records: how many handled versions are remembered. */
	versions: number;
	/** Status changes: how many records' statuses are remembered. */
	statuses: number;
	/** Changed records and status changes: pages that a start reads to learn which records exist. */
	firstPages: number;
}

export type StrategyName = 'created' | 'changed' | 'status';

/**
 * The names of the list's fields that the trigger uses. A field that the list lacks or the event does not need is
 * undefined.
 */
export interface Fields {
	id: string;
	created?: string;
	version?: string;
	/** Needed if the list has drafts, or if the event compares statuses. */
	status?: string;
	/** A date of the record, in lists without a time of creation. */
	day?: string;
}

/** Which records count as new when a trigger starts. */
export interface Start {
	from: 'now' | 'date' | 'everything';
	/** Only for a start from a date. */
	date?: string;
	/** The server's time when a start from now began, in Procountor's format. The poll sets it. */
	now?: string;
}

export interface Chosen {
	search: string;
	filters: string;
	start: string;
}

/** What a poll looks for, from the node's parameters. */
export interface Settings {
	event: string;
	/**
	 * Hashes of the user's settings as entered, so that the changing value of an expression is not a change: event and
	 * immutable filters, all filters, and the start.
	 */
	chosen: Chosen;
	strategy: StrategyName;
	fields: Fields;
	/** The list's parameter that finds records created up to a time; with `day`, it accepts only a date. */
	createdUntil?: { parameter: string; day: boolean };
	/** Whether the list can be sorted by version. */
	canSortByVersion: boolean;
	/**
	 * What each part adds to the query. A list that returns only a part of its records is requested once for each part.
	 */
	parts: Array<ListQuery['query']>;
	/** Filters whose result never changes for a record. Every request has them. */
	immutableFilters: ListQuery;
	/** All filters; undefined if all of them are immutable. */
	allFilters?: ListQuery;
	/** The statuses to react to; all if empty. */
	targets: string[];
	start: Start;
	/** A hash of host, client, and key or login. Another account may belong to another company. */
	account: string;
	bounds: Bounds;
}

/** A record that a poll found, and the fields that the event adds to it. */
export interface Found {
	record: IDataObject;
	extraFields?: IDataObject;
}

export interface Note {
	level: 'info' | 'warn';
	text: string;
}

/** The result of a strategy in one poll. */
export interface Progress<Memory> {
	found: Found[];
	memory: Memory;
	notes: Note[];
}

/** Finds events: takes its memory, or none at the start, and returns the records and a new memory. */
export type Strategy<Memory> = (memory: Memory | undefined, settings: Settings) => Step<Progress<Memory>>;
