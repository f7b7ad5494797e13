import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object, but not a list, a date or another built-in object. */
export function isPlainObject(value: unknown): value is IDataObject {
	return Object.prototype.toString.call(value) === '[object Object]';
}

/** Whether a value is a plain object, also one of another realm such as a Code node, but not an instance of a class. */
export function isRecord(value: unknown): value is IDataObject {
	if (!isPlainObject(value)) return false;
	const prototype = Object.getPrototypeOf(value) as object | null;
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Returns a copy of objects and lists. Dates and other instances are not copied. */
export function deepCopy<T>(value: T): T {
	if (Array.isArray(value)) return value.map(deepCopy) as T;
	return isRecord(value)
		? (Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, deepCopy(inner)])) as T)
		: value;
}

/**
 * Returns the value at a dotted path, such as `paymentInfo.dueDate` or `rows.0.id`; undefined if a part of the path is
 * missing.
 */
export function getPath(record: unknown, path: string): IDataObject[string] {
	let value: unknown = record;
	for (const name of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as IDataObject)[name];
	}
	return value as IDataObject[string];
}

/** Returns a value as an object; an empty one if it is none, so that its fields can be read. */
export function toObject(value: unknown): IDataObject {
	return isPlainObject(value) ? value : {};
}

/** Returns a value as a list of records; an empty one if it is none. */
export function toList<T>(value: T[] | undefined): T[];
export function toList(value: unknown): IDataObject[];
export function toList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Returns the object at a dotted path; an empty one if there is none. */
export function objectAt(record: unknown, path: string): IDataObject {
	return toObject(getPath(record, path));
}

/** Returns the list at a dotted path; an empty one if there is none. */
export function listAt(record: unknown, path: string): IDataObject[] {
	return toList(getPath(record, path));
}

/** Returns some fields of a record, null if missing, so that all records have the same columns. */
export function fieldsOrNull(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, record[name] ?? null]));
}

/** Returns a copy of an object without some of its fields. */
export function omit<T extends object, K extends keyof T>(record: T, ...names: K[]): Omit<T, K> {
	const copy = { ...record };
	for (const name of names) delete copy[name];
	return copy;
}

/** Returns a copy of an object with a value at a dotted path. Missing objects are created; a number is an index of a list. */
export function setPath(target: IDataObject, path: string, value: unknown): IDataObject {
	const [first, ...rest] = path.split('.');
	if (rest.length === 0) return { ...target, [first]: value as IDataObject };
	const child = target[first];
	const [index, ...pathInRow] = rest;
	if (Array.isArray(child) && pathInRow.length > 0) {
		const rows = toList(child).map((row, position) =>
			String(position) === index ? setPath(row, pathInRow.join('.'), value) : row,
		);
		return { ...target, [first]: rows };
	}
	return { ...target, [first]: setPath(objectAt(target, first), rest.join('.'), value) };
}

/**
 * Returns a copy of `base` with `changes`. Objects are merged, and other values, including lists, are replaced. A null
 * removes the value, or is kept with `keepNulls` to remove it later. An object that only removes values is not added if
 * `base` lacks it.
 */
export function merge(base: IDataObject, changes: IDataObject, keepNulls = false): IDataObject {
	const result: IDataObject = { ...base };
	for (const [name, value] of Object.entries(changes)) {
		const current = result[name];
		if (value === null && !keepNulls) delete result[name];
		else if (!isPlainObject(value)) result[name] = value;
		else {
			const inner = merge(isPlainObject(current) ? current : {}, value, keepNulls);
			const isNeeded = isPlainObject(current) || Object.keys(inner).length > 0 || Object.keys(value).length === 0;
			if (isNeeded) result[name] = inner;
		}
	}
	return result;
}
