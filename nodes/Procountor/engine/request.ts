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
	noun: nameOf(operation, values.ids),
});

/** Returns the call that reads what a PUT or PATCH writes: it has the same path. */
export function readCallOf(write: string): string {
	return write.replace(/^\w+/, 'GET');
}

/** `invoice 4711` in messages. */
export function nameOf({ noun }: Operation, ids: Values['ids']): string {
	const id = Object.values(ids).at(-1);
	return id === undefined ? noun : `${noun} ${id}`;
}
