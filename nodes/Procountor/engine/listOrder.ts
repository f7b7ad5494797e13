import type { Listing } from '../api';
import { ordersOf } from './declare';
import type { Input } from './input';
import type { Operation } from './types';

/** Returns the order chosen under *Sort*; undefined for rising ID, and for a list without orders. */
export function orderOf(operation: Operation, input: Input): Listing['order'] {
	const sort = ordersOf(operation.call).length ? input.parameter('sort') : undefined;
	if (typeof sort !== 'string' || sort === '' || sort === 'orderById:ASC') return undefined;
	const [parameter, direction] = sort.split(':');
	return [parameter, direction === 'ASC' ? 'ASC' : 'DESC'];
}

/** Whether a list is ordered by falling ID, so that it begins with the newest record. */
export function isNewestFirst({ order }: Pick<Listing, 'order'>): boolean {
	return order?.join() === 'orderById,DESC';
}
