import type { IDataObject } from 'n8n-workflow';
import { getPath } from '../utils/objects';
import type { Input } from './input';
import type { Operation } from './types';

/** A flat record that is computed: what it returns, and the JSON type of each of its fields. */
export interface FlatRecord {
	fields: Record<string, string>;
	of(record: IDataObject): IDataObject;
}

/** What a simplified item keeps: paths in the record, also under another name, or a flat record. */
export type Simple = ReadonlyArray<string | [name: string, path: string]> | FlatRecord;

/** Whether simplified items are computed rather than chosen fields of the record. */
export function isFlat(simple: Simple): simple is FlatRecord {
	return 'of' in simple;
}

/**
 * Returns a record with the fields that people use, in their order. A flat record has all of them; others leave out
 * what a record lacks.
 */
export function simplified(record: IDataObject, simple: Simple): IDataObject {
	if (isFlat(simple)) return simple.of(record);
	const result: IDataObject = {};
	for (const one of simple) {
		const [name, path] = typeof one === 'string' ? [one.includes('.') ? shortName(one) : one, one] : one;
		const value = getPath(record, path);
		if (value !== undefined) result[name] = value;
	}
	return result;
}

/**
 * What a simplified item calls the value at a path: the innermost name alone where the outermost merely groups, as
 * `paymentInfo.dueDate` does.
 */
function shortName(path: string): string {
	const names = path.split('.');
	return /Info$/.test(names[0]) ? names[names.length - 1] : joinedName(path);
}

/** `counterParty.counterPartyAddress.name` → `counterPartyName`: the outermost and the innermost name. */
export function joinedName(path: string): string {
	const names = path.split('.');
	const last = names[names.length - 1];
	return last.toLowerCase().startsWith(names[0].toLowerCase())
		? last
		: names[0] + last[0].toUpperCase() + last.slice(1);
}

/** Returns a record with the node's field names if the API uses other names in this call only. */
export function renamed(record: IDataObject, names: Record<string, string> = {}): IDataObject {
	if (Object.keys(names).length === 0) return record;
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [names[name] ?? name, value]));
}

/**
 * Returns a function that shapes an operation's records, simplified if that is on. `hasDetails` is for lists that are
 * read with details.
 */
export function shaper(
	{ simple, simpleDetails, rename, secretField }: Operation,
	input: Input,
	hasDetails = false,
): (record: IDataObject) => IDataObject {
	const fields = hasDetails ? (simpleDetails ?? simple) : simple;
	if (fields && input.given('simple') === true) return (record) => simplified(record, fields);
	return (record) => without(renamed(record, rename), secretField);
}

function without(record: IDataObject, field: string | undefined): IDataObject {
	if (field === undefined) return record;
	return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
