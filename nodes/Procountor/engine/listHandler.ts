import type { IDataObject } from 'n8n-workflow';
import {
	type Call,
	type Client,
	inOrder,
	InputError,
	type Listing,
	pages,
	pagingOf,
	pipelined,
	readInParallel,
	RecordLoader,
} from '../api';
import { hintAtMissingRights } from '../access/missingRightsHint';
import { EMPTY_EXPRESSION, isDynamic } from './emptyFilter';
import type { Input } from './input';
import { isNewestFirst, orderOf } from './listOrder';
import { listingsForSpellings, numberTest } from './numberSearch';
import { toOutputs } from './records';
import { recordName } from './request';
import { chosenVariant } from './listVariant';
import { outputShaper } from './simplify';
import type { Output, OperationHandler } from './task';
import type { Operation } from './types';

export const prepareList: OperationHandler = (operation, input) => {
	const values = input.values(operation);
	const limit = input.parameter('returnAll') === true ? Infinity : readLimit(input);
	const listing: Listing = {
		call: operation.call as Call,
		path: Object.keys(values.ids).length ? values.ids : undefined,
		query: values.query,
		headers: values.headers,
		order: orderOf(operation, input),
		listPath: operation.listPath,
		noun: recordName(operation, values.ids),
	};
	const { numberSearch } = operation;
	const listings = listingsForSpellings(numberSearch, listingsByVariant(operation, input, listing));
	const isMatch = numberTest(numberSearch, listing);
	const details = input.parameter('includeDetails') === true ? operation.details : undefined;
	const shape = outputShaper(operation, input, details !== undefined);
	return {
		readOnly: true,
		async run(client) {
			const result = (await readListings(client, listings, { limit, details, shape, isMatch })).flat();
			if (result.length === 0) await hintAtMissingRights(input.context, client, operation.call, values.query);
			return result;
		},
	};
};

interface ListReadOptions {
	limit: number;
	details: Call | undefined;
	shape: (record: IDataObject) => IDataObject;
	/** Whether a record matches the search; undefined if the server alone decides. */
	isMatch?: (record: IDataObject) => boolean;
}

/** Reads several listings as one list: in its order, each record once, up to the limit in total. */
async function readListings(
	client: Client,
	listings: Listing[],
	{ limit, details, shape, isMatch }: ListReadOptions,
): Promise<Output[][]> {
	if (listings.length === 1 && !isMatch) return await readList(client, listings[0], limit, details, shape);
	const records = new Map<unknown, IDataObject>();
	for (const listing of listings) {
		// Records that do not match must not count towards the limit.
		for (const page of await readList(client, listing, isMatch ? Infinity : limit, details, (record) => record))
			for (const { json } of page) if (isMatch?.(json) ?? true) records.set(json.id ?? json, json);
	}
	const ordered = inOrder([...records.values()], listings[0]).slice(0, limit);
	return [toOutputs(ordered.map(shape))];
}

/** Returns the pages of a list as outputs. Each page is simplified when it arrives, to save memory. */
async function readList(
	client: Client,
	listing: Listing,
	limit: number,
	details: Call | undefined,
	shape: (record: IDataObject) => IDataObject,
): Promise<Output[][]> {
	// All records are read by rising ID, because new records shift the pages of any other order.
	if (limit === Infinity && isNewestFirst(listing)) {
		const rising = await readList(client, { ...listing, order: undefined }, limit, details, shape);
		return rising.reverse().map((page) => page.reverse());
	}
	if (limit === Infinity && !listing.order && pagingOf(listing.call) === 'keyset') {
		const loader = details && new RecordLoader(details);
		return await readInParallel(
			client,
			listing,
			async (page) =>
				toOutputs((loader ? withDetailsOf(page, await loader.loadWhenFull(client, idsOf(page))) : page).map(shape)),
			() => loader?.flush(client),
		);
	}
	const result: Output[][] = [];
	for await (const records of withDetails(client, pages(client, listing, limit), details))
		result.push(toOutputs(records.map(shape)));
	return result;
}

const idsOf = (page: IDataObject[]): number[] => page.map(({ id }) => Number(id));

/** Replaces listed records by their details. A record that was deleted meanwhile stays as listed. */
function withDetailsOf(page: IDataObject[], details: Array<IDataObject | undefined>): IDataObject[] {
	return page.map((record, index) => addListedFields(details[index] ?? record, record));
}

/**
 * Adds fields that only the list has, such as the time of creation. It changes `details` in place, because copying
 * thousands of large records is slow.
 */
export function addListedFields(details: IDataObject, listed: IDataObject): IDataObject {
	for (const name of Object.keys(listed)) if (!(name in details)) details[name] = listed[name];
	return details;
}

function readLimit(input: Input): number {
	const value = input.parameter('limit');
	if (value === undefined && isDynamic(input.context.getNode().parameters.limit))
		throw new InputError('Limit', EMPTY_EXPRESSION, 'Correct the expression, or enter a number.');
	const limit = Number(value ?? 50);
	if (!Number.isInteger(limit) || limit < 1) throw new InputError('Limit', 'is not a whole number from 1 on');
	return limit;
}

/** Returns one listing for each chosen variant, such as active and inactive records. */
function listingsByVariant({ variants }: Operation, input: Input, listing: Listing): Listing[] {
	if (!variants) return [listing];
	return chosenVariant(variants, input).map((value) => ({
		...listing,
		query: { ...listing.query, [variants.parameter]: value },
	}));
}

/** Yields a list's pages with details. While it reads the details of a page, it reads further pages. */
async function* withDetails(
	client: Client,
	source: AsyncIterable<IDataObject[]>,
	details: Call | undefined,
): AsyncGenerator<IDataObject[]> {
	if (!details) {
		yield* source;
		return;
	}
	yield* pipelined(source, async (page) => {
		return withDetailsOf(page, await new RecordLoader(details).load(client, idsOf(page)));
	});
}
