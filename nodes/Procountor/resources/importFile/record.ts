import { isBlank } from '../../validation/cellValues';
import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../api';
import { copied, getPath, isPlainObject, isRecord } from '../../utils/objects';
import { joinedName } from '../../engine/simplify';
import { withoutSerial, type DateSystem } from '../../validation/serialDates';
import type { Column, FileKind, Part, RowKind } from './types';

/**
 * Sets a value at a dotted path and creates the objects and lists on the way. It changes `record`, which must be a
 * copy.
 */
export function put(record: IDataObject, path: string, value: unknown): void {
	const names = path.split('.');
	let here = record;
	names.forEach((name, index) => {
		if (index === names.length - 1) here[name] = value as IDataObject;
		else {
			const next = Object.hasOwn(here, name) ? here[name] : undefined;
			// What stands there already, an object beside its own name, is laid into.
			here = (here[name] =
				typeof next === 'object' && next !== null ? next : /^\d+$/.test(names[index + 1]) ? [] : {}) as IDataObject;
		}
	});
}

/** A record whose dates are read from the serial numbers of a spreadsheet, if a system for them is chosen. */
export function withDates(record: IDataObject, row: RowKind, serials: DateSystem | undefined): IDataObject {
	if (serials === undefined) return record;
	const result = copied(record);
	for (const { at, form } of row.columns) {
		const value = form.name === 'date' ? getPath(result, at) : undefined;
		if (!isBlank(value)) put(result, at, withoutSerial(value, serials));
	}
	return result;
}

/** Paths of a row's fields, the parts of addresses too. */
function pathsOf(row: RowKind): string[] {
	return row.columns
		.filter(({ at }) => at !== '')
		.flatMap(({ at, form }) => (form.parts ? [at, ...form.parts.map((part) => `${at}.${part}`)] : [at]));
}

const shortNames = new WeakMap<RowKind, Map<string, string>>();

/**
 * The short names of a row's fields: as simplified items have them (`counterPartyName`), and the last part alone
 * (`dueDate`) where only one field of the row ends so. What is left over (`street`) means the row's first address.
 */
function shortNamesOf(row: RowKind): Map<string, string> {
	const known = shortNames.get(row);
	if (known) return known;
	const isNested = (path: string): boolean => path.includes('.') && !/\.\d+(\.|$)/.test(path);
	const paths = [...new Set(pathsOf(row))].filter(isNested);
	const own = row.columns.map(({ at }) => at).filter(isNested);
	const first = row.columns.find(({ form }) => form.parts);
	const ofAddress = (first?.form.parts ?? []).map((part) => `${first?.at}.${part}`);
	const top = new Set(pathsOf(row).map((path) => path.split('.')[0]));
	const names = new Map(
		row.columns.flatMap(({ at, also }): Array<[string, string]> => (also === undefined ? [] : [[also, at]])),
	);
	const lastOf = (path: string): string => path.split('.').at(-1) as string;
	for (const [nameOf, some] of [
		[joinedName, paths],
		[lastOf, own],
		[lastOf, ofAddress],
	] as const) {
		for (const path of some) {
			const name = nameOf(path);
			if (!top.has(name) && !names.has(name) && some.filter((other) => nameOf(other) === name).length === 1)
				names.set(name, path);
		}
	}
	shortNames.set(row, names);
	return names;
}

/** Returns a copy of an item's JSON with dotted and short names at their places. Nested values come first. */
export function nested(item: IDataObject, row: RowKind): IDataObject {
	const short = shortNamesOf(row);
	const record: IDataObject = {};
	const later: Array<[string, unknown]> = [];
	for (const [name, value] of Object.entries(item)) {
		const path = name.includes('.') ? name : isRecord(value) ? undefined : short.get(name);
		if (path === undefined) record[name] = copied(value);
		else later.push([path, value]);
	}
	for (const [path, value] of later) if (!isBlank(value) && isBlank(getPath(record, path))) put(record, path, value);
	return record;
}

/** Returns a list in a record, also if a table of the editor or a spreadsheet gives it as JSON text. */
export function listAt(record: IDataObject, at: string): IDataObject[] | undefined {
	const value = getPath(record, at);
	if (isBlank(value)) return [];
	const list = typeof value === 'string' ? parsed(value) : value;
	return Array.isArray(list) && list.every(isPlainObject) ? list : undefined;
}

/** Returns the indices (from 0) of a list's empty entries. */
export function emptyEntries(record: IDataObject, at: string): number[] {
	const given: unknown = getPath(record, at);
	const value = typeof given === 'string' ? parsed(given) : given;
	return Array.isArray(value) ? value.flatMap((entry, index) => (isBlank(entry) ? [index] : [])) : [];
}

function parsed(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

/**
 * Returns the names in a record for which the file has no column, without list indices and without fields that nobody
 * needs.
 */
export function namesWithoutColumn(record: IDataObject, kind: FileKind): string[] {
	const names = new Set<string>();
	walk(record, '', new Set(columnPaths(kind.row.columns, kind.parts)), (name, value) => {
		const isSilent = kind.silent.some((one) =>
			typeof one === 'string' ? name === one || name.startsWith(`${one}.`) : one[0] === name && one[1] === value,
		);
		if (!isSilent) names.add(name);
	});
	return [...names];
}

function columnPaths(columns: Column[], parts: Part[], at = ''): string[] {
	const own = pathsOf({ name: '', columns }).map((path) => at + path.replace(/\.\d+(?=\.|$)/g, ''));
	return [...own, ...parts.flatMap((part) => columnPaths(part.row.columns, part.parts ?? [], `${at}${part.at}.`))];
}

function walk(value: unknown, path: string, known: Set<string>, tell: (name: string, value: unknown) => void): void {
	if (isBlank(value)) return;
	if (Array.isArray(value)) for (const entry of value) walk(entry, path, known, tell);
	else if (isRecord(value))
		for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`, known, tell);
	else if (!known.has(path)) tell(path, value);
}
