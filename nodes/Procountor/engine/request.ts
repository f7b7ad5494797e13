import { splitCall } from '../api/contract';
import type { Request } from '../api/client';
import type { Values } from './input';
import type { Operation } from './types';

/** The request of an operation's call with its values. */
export const requestFor = (operation: Operation, values: Values): Request => ({
	...splitCall(operation.call ?? ''),
	ids: values.ids,
	query: values.query,
	headers: values.headers,
	body: values.body,
	reads: operation.reads,
	about: nameOf(operation, values.ids),
});

/** `invoice 4711` in messages. */
export function nameOf({ about }: Operation, ids: Values['ids']): string {
	const id = Object.values(ids).at(-1);
	return id === undefined ? about : `${about} ${id}`;
}
