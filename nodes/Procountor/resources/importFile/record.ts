import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../api';
import { joinedName } from '../../engine/simplify';
import { deepCopy, getPath, isPlainObject, isRecord } from '../../utils/objects';
import { isBlank } from '../../validation/cellValues';
import { convertSerialDate, type DateSystem } from '../../validation/serialDates';
import type { ChildRow, Column, FileKind, RowKind } from './types';

/** Sets a value at a dotted path of `record`, which it changes. Missing objects and lists are created. */
export function assignPath(record: IDataObject, path: string, value: unknown): void {
	const names = path.split('.');
	let target = record;
	names.forEach((name, index) => {
		if (index === names.length - 1) target[name] = value as IDataObject;
		else {
			const existing = Object.hasOwn(target, name) ? target[name] : undefined;
			target = (target[name] =
				typeof existing === 'object' && existing !== null
					? existing
					: /^\d+$/.test(names[index + 1])
						? []
						: {}) as IDataObject;
		}
	});
}

/** Converts the serial numbers of a spreadsheet in date fields, if the user has chosen their date system. */
export function convertSerialDates(record: IDataObject, row: RowKind, dateSystem: DateSystem | undefined): IDataObject {
	if (dateSystem === undefined) return record;
	const result = deepCopy(record);
	for (const { path, format } of row.columns) {
		const value = format.name === 'date' ? getPath(result, path) : undefined;
		if (!isBlank(value)) assignPath(result, path, convertSerialDate(value, dateSystem));
	}
	return result;
}

/** Returns the paths of a row's fields, including the parts of addresses. */
function fieldPaths(columns: Column[]): string[] {
	return columns
		.filter(({ path }) => path !== '')
		.flatMap(({ path, format: { parts = [] } }) => [path, ...parts.map((part) => `${path}.${part}`)]);
}

const aliasesByRow = new WeakMap<RowKind, Map<string, string>>();

/**
 * Returns the paths of a row's fields by their short names: the names in simplified items (`counterPartyName`), and the
 * last part alone (`dueDate`) if it is unique in the row. Other parts of addresses (`street`) mean the first address.
 */
function aliasesOf(row: RowKind): Map<string, string> {
	const cached = aliasesByRow.get(row);
	if (cached) return cached;
	const isNested = (path: string): boolean => path.includes('.') && !/\.\d+(\.|$)/.test(path);
	const allPaths = fieldPaths(row.columns);
	const nestedPaths = [...new Set(allPaths)].filter(isNested);
	const columnPaths = row.columns.map(({ path }) => path).filter(isNested);
	const address = row.columns.find(({ format }) => format.parts);
	const addressPaths = (address?.format.parts ?? []).map((part) => `${address?.path}.${part}`);
	const topNames = new Set(allPaths.map((path) => path.split('.')[0]));
	const aliases = new Map(
		row.columns.flatMap(({ path, alias }): Array<[string, string]> => (alias === undefined ? [] : [[alias, path]])),
	);
	const lastName = (path: string): string => path.split('.').at(-1) as string;
	for (const [shortName, paths] of [
		[joinedName, nestedPaths],
		[lastName, columnPaths],
		[lastName, addressPaths],
	] as const) {
		for (const path of paths) {
			const name = shortName(path);
			const isUnique = paths.filter((other) => shortName(other) === name).length === 1;
			if (isUnique && !topNames.has(name) && !aliases.has(name)) aliases.set(name, path);
		}
	}
	aliasesByRow.set(row, aliases);
	return aliases;
}

/** Returns a copy of an item's JSON with dotted and short names expanded. Values that are nested already take precedence. */
export function expandNames(item: IDataObject, row: RowKind): IDataObject {
	const aliases = aliasesOf(row);
	const record: IDataObject = {};
	const expanded: Array<[path: string, value: unknown]> = [];
	for (const [name, value] of Object.entries(item)) {
		const path = name.includes('.') ? name : isRecord(value) ? undefined : aliases.get(name);
		if (path === undefined) record[name] = deepCopy(value);
		else expanded.push([path, value]);
	}
	for (const [path, value] of expanded)
		if (!isBlank(value) && isBlank(getPath(record, path))) assignPath(record, path, value);
	return record;
}

/** Returns a list in a record, which the editor's table or a spreadsheet may give as JSON text; undefined for other values. */
export function readList(record: IDataObject, path: string): IDataObject[] | undefined {
	const value = getPath(record, path);
	if (isBlank(value)) return [];
	const list = typeof value === 'string' ? tryParse(value) : value;
	return Array.isArray(list) && list.every(isPlainObject) ? list : undefined;
}

/** Returns the indices of a list's empty entries. */
export function emptyIndices(record: IDataObject, path: string): number[] {
	const value: unknown = getPath(record, path);
	const list = typeof value === 'string' ? tryParse(value) : value;
	return Array.isArray(list) ? list.flatMap((entry, index) => (isBlank(entry) ? [index] : [])) : [];
}

function tryParse(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

/** Returns the names of fields for which the file has no column, without list indices and ignored fields. */
export function fieldsWithoutColumn(record: IDataObject, kind: FileKind): string[] {
	const names = new Set<string>();
	visitUnknown(record, '', new Set(columnPaths(kind.row.columns, kind.children)), (path, value) => {
		const isIgnored = kind.ignoredFields.some((ignored) =>
			typeof ignored === 'string'
				? path === ignored || path.startsWith(`${ignored}.`)
				: ignored[0] === path && ignored[1] === value,
		);
		if (!isIgnored) names.add(path);
	});
	return [...names];
}

function columnPaths(columns: Column[], children: ChildRow[], prefix = ''): string[] {
	const own = fieldPaths(columns).map((path) => prefix + path.replace(/\.\d+(?=\.|$)/g, ''));
	return [
		...own,
		...children.flatMap((child) => columnPaths(child.row.columns, child.children ?? [], `${prefix}${child.path}.`)),
	];
}

function visitUnknown(
	value: unknown,
	path: string,
	known: Set<string>,
	visit: (path: string, value: unknown) => void,
): void {
	if (isBlank(value)) return;
	if (Array.isArray(value)) for (const entry of value) visitUnknown(entry, path, known, visit);
	else if (isRecord(value))
		for (const [name, inner] of Object.entries(value))
			visitUnknown(inner, path === '' ? name : `${path}.${name}`, known, visit);
	else if (!known.has(path)) visit(path, value);
}
