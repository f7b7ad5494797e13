import type { IDataObject } from 'n8n-workflow';
import type { QueryValue } from '../transport/client';

/** What a search is narrowed down by, as the API takes it. */
export interface Narrowed {
	query: Record<string, QueryValue | undefined>;
	headers: Record<string, string>;
}

/** What a poll wants to know: one page of its list, records by their ids, or whose company it is. */
export type Question = ({ ask: 'list'; size: number } & Narrowed) | { ask: 'records'; ids: number[] } | { ask: 'session' };

export interface Answer {
	records: IDataObject[];
	/** There is nothing behind this page. */
	last: boolean;
	/** The poll has used up its time: what it can leave, it leaves to the next one. */
	enough: boolean;
}

/** A part of a poll: asks questions, gets answers, gives a result. No request, clock or n8n is in it. */
export type Step<T> = Generator<Question, T, Answer>;

/** What bounds one poll and its memory. */
export interface Bounds {
	/** Records of a page. */
	page: number;
	/** Pages that a scan reads; the rest is the next poll's. */
	pages: number;
	/** Records that are read again although all of them are old: ids may rise not quite. */
	margin: number;
	/** Records that are read again at most, however young they are. */
	overlap: number;
	/** While no more than so many records follow a draft, it is seen by reading again. */
	held: number;
	/** Drafts that are waited for by asking for them. */
	drafts: number;
}

/** What a poll is to find; taken from the node's parameters. */
export interface Settings {
	event: string;
	/** The list's names for what a record is known by; times that it does not have are left out. */
	fields: { id: string; created?: string; version?: string };
	/** The list's parameter that finds records by creation; `day` takes a date alone. */
	createdFrom?: { parameter: string; day: boolean };
	/** A list that answers for a part of its records only is asked once for each: what each adds to the search. */
	parts: Array<Narrowed['query']>;
	/** Filters whose outcome stays for a record: nothing else is ever looked at. */
	lasting: Narrowed;
	/** All filters, where there are some that a record can come to match later. */
	whole?: Narrowed;
	start: { from: 'now' | 'date' | 'everything'; date?: string };
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
	/** Nothing yet, when there was nothing to begin from. */
	memory: Memory | undefined;
	notes: Note[];
}
