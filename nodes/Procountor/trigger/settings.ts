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
import { events, canStartFromDate, listOf, type Event } from './events';
import type { Bounds, Chosen, Settings } from './step';
import { objectAt, toObject } from '../utils/objects';

/** The limits of a poll and of its memory, so that the memory stays below 64 KB. */
export const BOUNDS: Bounds = {
	pageSize: PAGE_SIZE,
	maxPages: 10,
	maxItems: 2000,
	margin: 20,
	overlap: 1000,
	maxHeld: 100,
	drafts: PAGE_SIZE,
	versions: 4000,
	statuses: 20_000,
	firstPages: 50,
};

export function eventOf(context: IPollFunctions): Event {
	const value = context.getNodeParameter('event');
	const event = events.find((candidate) => candidate.value === value);
	if (event === undefined)
		throw new NodeOperationError(context.getNode(), `The event '${String(value)}' is not known`, {
			description: 'Choose the event again; the workflow may come from another version of the node.',
		});
	return event;
}

/** A poll with files emits fewer records, because each of them takes several requests and much memory. */
const ITEMS_WITH_FILES = 50;

/** Returns the node's parameters for the poll. Throws an InputError with the label of the wrong field. */
export function settingsOf(context: IPollFunctions, event: Event, account: string, withFiles: boolean): Settings {
	const list = listOf(event);
	const input = new Input(asExecuteFunctions(context), 0);
	const values = input.values(list);
	const isImmutable = (name: string): boolean => event.immutableFilters?.includes(name) ?? false;
	const immutableFilters = Object.fromEntries(Object.entries(values.query).filter(([name]) => isImmutable(name)));
	const hasMutableFilters =
		Object.keys(values.query).some((name) => !isImmutable(name)) || Object.keys(values.headers).length > 0;
	return {
		event: event.value,
		chosen: chosenParameters(context, event),
		strategy: event.strategy,
		fields: event.fields,
		createdUntil: event.createdUntil,
		canSortByVersion: callInfo(list.call).query?.orderByVersion !== undefined,
		parts: partsOf(list, input),
		immutableFilters: { query: immutableFilters, headers: {} },
		...(hasMutableFilters ? { allFilters: { query: values.query, headers: values.headers } } : {}),
		targets: event.targets ?? statusesOf(input),
		start: startOf(input, event),
		account,
		bounds: {
			...BOUNDS,
			margin: event.margin ?? BOUNDS.margin,
			maxItems: withFiles ? ITEMS_WITH_FILES : BOUNDS.maxItems,
		},
	};
}

function statusesOf(input: Input): string[] {
	const statuses = input.parameter('statuses');
	const targets = Array.isArray(statuses) ? statuses.map(String) : [];
	if (targets.length === 0 && isDynamic(input.context.getNode().parameters.statuses))
		throw new InputError(
			'Statuses',
			EMPTY_EXPRESSION,
			'Correct the expression, or clear the field to react to all statuses.',
		);
	return targets;
}

/** Adapts the context to code that reads parameters of an item. Polls have no items, so the index is ignored. */
function asExecuteFunctions(context: IPollFunctions): IExecuteFunctions {
	const adapted = Object.create(context) as IExecuteFunctions;
	adapted.getNodeParameter = ((name: string, _index: number, fallback: unknown) =>
		context.getNodeParameter(name, fallback)) as IExecuteFunctions['getNodeParameter'];
	return adapted;
}

/** Returns what each selected part of the list adds to the query (`Settings.parts`). */
function partsOf({ variants }: Operation, input: Input): Settings['parts'] {
	if (!variants) return [{}];
	return chosenVariant(variants, input).map((value) => ({ [variants.parameter]: value }));
}

/** Hashes the parameters as entered: expressions count by their text, not by their current value. */
function chosenParameters(context: IPollFunctions, { value, immutableFilters = [] }: Event): Chosen {
	const { show, filters, startFrom, startDate } = context.getNode().parameters;
	const filterValues = toObject(filters);
	return {
		search: hashOf([value, show, ...immutableFilters.map((name) => filterValues[name])]),
		filters: hashOf(filterValues),
		start: hashOf([startFrom, startDate]),
	};
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64').slice(0, 24);
}

function startOf(input: Input, event: Event): Settings['start'] {
	const from = input.parameter('startFrom');
	// The parameter may contain a date from another event.
	if (from !== 'date' || !canStartFromDate(event)) return { from: from === 'everything' ? 'everything' : 'now' };
	const date = parseDateTime(input.parameter('startDate'));
	if (!date.ok) throw new InputError('Start Date', date.message, date.advice && `${date.advice}.`);
	return { from, date: date.value };
}

/** Returns a hash of host, client, and key or login. */
export function accountOf(host: string, credential: ICredentialDataDecryptedObject): string {
	const { refresh_token: refreshToken } = objectAt(credential, 'oauthTokenData');
	return hashOf([host, credential.clientId, credential.apiKey, refreshToken]);
}
