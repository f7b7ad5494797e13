import type { IDataObject } from 'n8n-workflow';
import { getPath } from '../utils/objects';
import type { Input } from './input';
import type { Operation } from './types';

/** A computed simplified record, with the JSON type of each of its fields. */
export interface FlatRecord {
	fields: Record<string, string>;
	compute(record: IDataObject): IDataObject;
}

/** The fields of a simplified item: paths in the record, also with another name, or a computed record. */
export type Simple = ReadonlyArray<string | [name: string, path: string]> | FlatRecord;

/** Whether simplified items are computed. */
export function isFlat(simple: Simple): simple is FlatRecord {
	return 'compute' in simple;
}

/**
 * Returns a record with only the most used fields, in their order. Missing fields are left out, except in a computed
 * record.
 */
export function simplify(record: IDataObject, simple: Simple): IDataObject {
	if (isFlat(simple)) return simple.compute(record);
	const result: IDataObject = {};
	for (const one of simple) {
		const [name, path] = typeof one === 'string' ? [one.includes('.') ? shortName(one) : one, one] : one;
		const value = getPath(record, path);
		if (value !== undefined) result[name] = value;
	}
	return result;
}

/**
 * Returns the name of a path in a simplified item. If the outermost name is only a group, as in `paymentInfo.dueDate`, it
 * is the innermost name.
 */
function shortName(path: string): string {
	const names = path.split('.');
	return /Info$/.test(names[0]) ? names[names.length - 1] : joinedName(path);
}

/** Joins the outermost and the innermost name: `counterParty.counterPartyAddress.name` → `counterPartyName`. */
export function joinedName(path: string): string {
	const names = path.split('.');
	const last = names[names.length - 1];
	return last.toLowerCase().startsWith(names[0].toLowerCase())
		? last
		: names[0] + last[0].toUpperCase() + last.slice(1);
}

/** Renames fields for which the API uses another name in a single call. */
export function renameFields(record: IDataObject, names: Record<string, string> = {}): IDataObject {
	if (Object.keys(names).length === 0) return record;
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [names[name] ?? name, value]));
}

/**
 * Returns a function that converts an operation's records to output, simplified if *Simplify* is on. `hasDetails` is for
 * lists that are read with details.
 */
export function outputShaper(
	{ simple, simpleDetails, rename, secretField }: Operation,
	input: Input,
	hasDetails = false,
): (record: IDataObject) => IDataObject {
	const fields = hasDetails ? (simpleDetails ?? simple) : simple;
	if (fields && input.parameter('simple') === true) return (record) => simplify(record, fields);
	return (record) => omitField(renameFields(record, rename), secretField);
}

function omitField(record: IDataObject, field: string | undefined): IDataObject {
	if (field === undefined) return record;
	return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
