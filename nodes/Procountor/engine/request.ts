import type { Request } from '../api';
import type { Values } from './input';
import type { Operation } from './types';

/** Returns the request for an operation's call, with its values. */
export const requestFor = (operation: Operation, values: Values): Request => ({
	call: operation.call ?? '',
	path: values.ids,
	query: values.query,
	headers: values.headers,
	body: values.body,
	readOnly: operation.readOnly,
	noun: recordName(operation, values.ids),
});

/** Returns the GET call with the path of a PUT or PATCH. */
export function readCallOf(write: string): string {
	return write.replace(/^\w+/, 'GET');
}

/** Returns what the record is called in messages: `invoice 4711`. */
export function recordName({ noun }: Operation, ids: Values['ids']): string {
	const id = Object.values(ids).at(-1);
	return id === undefined ? noun : `${noun} ${id}`;
}
