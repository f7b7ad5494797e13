import type { IDataObject } from 'n8n-workflow';
import type { Call } from './contract';
import { factsOf, splitCall } from './contract';
import type { Client, QueryValue } from './client';
import { bodyObject } from './response';

/** What else a reading of records by id asks for, and what the records are called in messages. */
export interface Reading {
	query?: Record<string, QueryValue | undefined>;
	about?: string;
}

/**
 * Reads records by id, up to 200 in one request where the call can (notes, 'Batch reads'). Unknown ids are missing
 * from the map. Requests of several batches run side by side within the client's pace.
 */
export async function readByIds(
	client: Client,
	call: Call,
	ids: readonly number[],
	reading: Reading = {},
): Promise<Map<number, IDataObject>> {
	const unique = [...new Set(ids)].sort((a, b) => a - b);
	const batches = chunks(unique, factsOf(call).batch ?? 1);
	const found = new Map<number, IDataObject>();
	for (const records of await Promise.all(
		batches.map(async (batch) => await readBatch(client, call, batch, reading)),
	)) {
		for (const record of records) found.set(Number(record.id), record);
	}
	return found;
}

async function readBatch(client: Client, call: Call, ids: number[], { query, about }: Reading): Promise<IDataObject[]> {
	const { method, path } = splitCall(call);
	const name = Object.keys(factsOf(call).path ?? {})[0];
	// All ids of the batch unknown: the answer is a 404, not an empty list.
	const answer = await client.find({
		method,
		path,
		ids: { [name]: ids.join(',') },
		query,
		about: about && `${about} ${briefly(ids)}`,
	});
	const body = answer && bodyObject(answer);
	if (body === undefined) return [];
	return Array.isArray(body) ? (body as IDataObject[]) : [{ id: ids[0], ...body }];
}

const briefly = (ids: number[]): string => (ids.length > 3 ? `${ids.slice(0, 3).join(', ')} …` : ids.join(', '));

/** Cuts a list into pieces of a size; the last may be shorter. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
	const pieces: T[][] = [];
	for (let start = 0; start < list.length; start += size) pieces.push(list.slice(start, start + size));
	return pieces;
}
