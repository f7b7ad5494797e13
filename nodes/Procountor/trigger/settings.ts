import { createHash } from 'crypto';
import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IPollFunctions,
} from 'n8n-workflow';
import { parseDateTime } from '../validation/dates';
import { callInfo, InputError, PAGE_SIZE } from '../api';
import { isDynamic, EMPTY_EXPRESSION } from '../engine/emptyFilter';
import { Input } from '../engine/input';
import { chosenVariant } from '../engine/listVariant';
import type { Operation } from '../engine/types';
import { events, hasDate, listOf, type Event } from './events';
import type { Bounds, Chosen, Settings } from './step';
import { objectAt, toObject } from '../utils/objects';

/** The limits of a poll and of its memory, so that the memory stays below 64 KB. */
export const BOUNDS: Bounds = {
	page: PAGE_SIZE,
	pages: 10,
	items: 2000,
	margin: 20,
	overlap: 1000,
	held: 100,
	drafts: PAGE_SIZE,
	versions: 4000,
	statuses: 20_000,
	firstPages: 50,
};

export function eventOf(context: IPollFunctions): Event {
	const value = context.getNodeParameter('event');
	const event = events.find((one) => one.value === value);
	if (event === undefined)
		throw new NodeOperationError(context.getNode(), `The event '${String(value)}' is not known`, {
			description: 'Choose the event again; the workflow may come from another version of the node.',
		});
	return event;
}

/** With files, a poll gives fewer records: each of them takes several requests, and memory. */
const ITEMS_WITH_FILES = 50;

/** Returns the node's parameters for the poll. Throws an InputError with the label of the wrong field. */
export function settingsOf(context: IPollFunctions, event: Event, account: string, withFiles: boolean): Settings {
	const list = listOf(event);
	const input = new Input(likeAnItem(context), 0);
	const values = input.values(list);
	const isImmutable = (name: string): boolean => event.immutableFilters?.includes(name) ?? false;
	const immutableFilters = Object.fromEntries(Object.entries(values.query).filter(([name]) => isImmutable(name)));
	const hasMore =
		Object.keys(values.query).some((name) => !isImmutable(name)) || Object.keys(values.headers).length > 0;
	return {
		event: event.value,
		chosen: chosenIn(context, event),
		strategy: event.strategy,
		fields: event.fields,
		createdUntil: event.createdUntil,
		byVersion: callInfo(list.call).query?.orderByVersion !== undefined,
		parts: partsOf(list, input),
		immutableFilters: { query: immutableFilters, headers: {} },
		...(hasMore ? { whole: { query: values.query, headers: values.headers } } : {}),
		targets: event.targets ?? statusesOf(input),
		start: startOf(input, event),
		account,
		bounds: { ...BOUNDS, margin: event.margin ?? BOUNDS.margin, items: withFiles ? ITEMS_WITH_FILES : BOUNDS.items },
	};
}

function statusesOf(input: Input): string[] {
	const statuses = input.parameter('statuses');
	const list = Array.isArray(statuses) ? statuses.map(String) : [];
	if (list.length === 0 && isDynamic(input.context.getNode().parameters.statuses))
		throw new InputError(
			'Statuses',
			EMPTY_EXPRESSION,
			'Correct the expression, or clear the field to react to all statuses.',
		);
	return list;
}

/** Polls have no items: a parameter is asked for without one. */
function likeAnItem(context: IPollFunctions): IExecuteFunctions {
	const item = Object.create(context) as IExecuteFunctions;
	item.getNodeParameter = ((name: string, _index: number, fallback: unknown) =>
		context.getNodeParameter(name, fallback)) as IExecuteFunctions['getNodeParameter'];
	return item;
}

/** What each part of a list that shows only a part of its records adds to the search. */
function partsOf({ variants }: Operation, input: Input): Settings['parts'] {
	if (!variants) return [{}];
	return chosenVariant(variants, input).map((value) => ({ [variants.parameter]: value }));
}

/** The parameters as they stand in the node: an expression counts as what it is, not as its value of the moment. */
function chosenIn(context: IPollFunctions, { value, immutableFilters = [] }: Event): Chosen {
	const { show, filters, startFrom, startDate } = context.getNode().parameters;
	const given = toObject(filters);
	return {
		search: hashOf([value, show, ...immutableFilters.map((name) => given[name])]),
		filters: hashOf(given),
		start: hashOf([startFrom, startDate]),
	};
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64').slice(0, 24);
}

function startOf(input: Input, event: Event): Settings['start'] {
	const from = input.parameter('startFrom');
	// A date may be left over from another event.
	if (from !== 'date' || !hasDate(event)) return { from: from === 'everything' ? 'everything' : 'now' };
	const date = parseDateTime(input.parameter('startDate'));
	if (!date.ok) throw new InputError('Start Date', date.message, date.advice && `${date.advice}.`);
	return { from, date: date.value };
}

/** Returns a text that stands for host, client, and key or login without revealing them. */
export function accountOf(host: string, credential: ICredentialDataDecryptedObject): string {
	const { refresh_token: refreshToken } = objectAt(credential, 'oauthTokenData');
	return hashOf([host, credential.clientId, credential.apiKey, refreshToken]);
}
