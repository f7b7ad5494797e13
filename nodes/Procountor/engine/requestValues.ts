import { callInfo, InputError, type QueryValue, resolve } from '../api';
import { isPlainObject, objectAt, setPath } from '../utils/objects';
import { withoutZeroDecimals } from '../validation/cellValues';
import { quoted } from '../validation/result';
import type { Values } from './input';
import { notAnIdMessage, recordId } from './recordId';
import type { Field, Operation } from './types';

/** Returns a value for the path: an ID, several IDs, or the text that identifies a webhook or a confirmation. */
export function pathValue(field: Field, value: unknown): string | number {
	const schema = resolve(field.schema);
	if (isPlainObject(value))
		throw new InputError(field.label, `is an object: ${quoted(value)}`, 'Enter only the ID, such as {{ $json.id }}.');
	const text = Array.isArray(value) ? value.join(',') : withoutZeroDecimals(String(value).trim());
	if (schema.pattern !== undefined && text.includes(','))
		return text
			.split(',')
			.map((part) => recordId(field.label, part))
			.join(',');
	if (schema.pattern === undefined && schema.type === 'string') {
		if (!/^[\w-]+$/.test(text))
			throw new InputError(field.label, notAnIdMessage(text), 'Enter only the ID, without slashes or spaces.');
		return text;
	}
	return recordId(field.label, text);
}

export function queryValue(field: Field, value: unknown): QueryValue | undefined {
	if (Array.isArray(value)) return field.repeated ? { repeat: value as string[] } : (value as string[]);
	return value as QueryValue | undefined;
}

export function setFixedValue(
	operation: Operation,
	values: Values,
	path: string,
	value: string | number | boolean,
): void {
	if (callInfo(operation.call).query?.[path]) values.query[path] = value;
	else values.body = setPath(objectAt(values, 'body'), path, value);
}
