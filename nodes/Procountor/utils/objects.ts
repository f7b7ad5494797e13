import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object with fields. Lists are not, nor are dates and other instances of classes. */
export function isPlainObject(value: unknown): value is IDataObject {
	return Object.prototype.toString.call(value) === '[object Object]';
}

/** A plain object, also one that comes from another realm, as from a Code node; dates and other instances are none. */
export function isRecord(value: unknown): value is IDataObject {
	if (!isPlainObject(value)) return false;
	const prototype = Object.getPrototypeOf(value) as object | null;
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Returns a copy of objects and lists. Dates and other instances are not copied. */
export function copied<T>(value: T): T {
	if (Array.isArray(value)) return value.map(copied) as T;
	return isRecord(value)
		? (Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)])) as T)
		: value;
}

/**
 * The value at a dotted path, such as `paymentInfo.dueDate`; a number leads into a list. Undefined where any part of
 * the path is missing.
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

/** The object at a dotted path of a record, as `toObject`. */
export function objectAt(record: unknown, path: string): IDataObject {
	return toObject(getPath(record, path));
}

/** The list at a dotted path of a record, as `toList`. */
export function listAt(record: unknown, path: string): IDataObject[] {
	return toList(getPath(record, path));
}

/** Fields of a record, null where they are missing: output with the same columns for every record. */
export function fieldsOrNull(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, record[name] ?? null]));
}

/** A copy of an object without some of its fields. */
export function omit<T extends object, K extends keyof T>(record: T, ...names: K[]): Omit<T, K> {
	const copy = { ...record };
	for (const name of names) delete copy[name];
	return copy;
}

/** A copy of an object with a value at a dotted path; a number leads into a list, and missing objects on the way are added. */
export function setPath(target: IDataObject, path: string, value: unknown): IDataObject {
	const [first, ...rest] = path.split('.');
	if (rest.length === 0) return { ...target, [first]: value as IDataObject };
	const child = target[first];
	const [index, ...inRow] = rest;
	if (Array.isArray(child) && inRow.length > 0) {
		const rows = toList(child).map((row, at) => (String(at) === index ? setPath(row, inRow.join('.'), value) : row));
		return { ...target, [first]: rows };
	}
	return { ...target, [first]: setPath(objectAt(target, first), rest.join('.'), value) };
}

/**
 * A copy of `base` with the values of `changes`. Objects are merged; everything else, lists too, is replaced. A null
 * removes the value, or stays with `keepsNull`, to be removed later. An object that only removes values adds nothing
 * where there was nothing.
 */
export function merge(base: IDataObject, changes: IDataObject, keepsNull = false): IDataObject {
	const result: IDataObject = { ...base };
	for (const [name, value] of Object.entries(changes)) {
		const current = result[name];
		if (value === null && !keepsNull) delete result[name];
		else if (!isPlainObject(value)) result[name] = value;
		else {
			const inner = merge(isPlainObject(current) ? current : {}, value, keepsNull);
			const isNeeded = isPlainObject(current) || Object.keys(inner).length > 0 || Object.keys(value).length === 0;
			if (isNeeded) result[name] = inner;
		}
	}
	return result;
}
