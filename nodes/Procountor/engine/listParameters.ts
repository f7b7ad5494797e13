import type { INodeProperties } from 'n8n-workflow';
import { terms, titleOf } from '../labels/terms';
import { ordersOf } from './declare';
import { byName, sortIfLong } from './property';
import type { Operation, Variants } from './types';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};
const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};
const includeDetails: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeDetails',
	type: 'boolean',
	default: false,
	description:
		"Whether to return each record with all details instead of the list's summary; 200 records take one request",
};

/** Returns the fields that every list has: Return All, Limit, Sort and, if the API supports it, Include Details. */
export function listParameters(operation: Operation): INodeProperties[] {
	if (!operation.details) return [returnAll, limit, ...sortParameter(operation)];
	return [
		{ ...returnAll, hint: 'A long history takes minutes; a filter by date makes it shorter' },
		limit,
		...sortParameter(operation),
		includeDetails,
	];
}

/** Returns the field with which the user chooses a variant of a list. */
export function variantParameter({ label, description, choices }: Variants): INodeProperties {
	const defaultValue = choices[0].value;
	return {
		displayName: label,
		name: 'show',
		type: 'options',
		options: sortIfLong(
			choices.map(({ name, value }) => ({ name, value })),
			byName,
		),
		default: defaultValue,
		...(description ? { description } : {}),
	};
}

/** Returns the field for a list's order. By default, the newest record comes first, if the list supports that. */
function sortParameter({ call }: Operation): INodeProperties[] {
	const orders = ordersOf(call);
	const newest = ['orderById', 'orderByCreatedDate'].find((order) => orders.includes(order));
	const options = orders.flatMap((order) => {
		const label = terms[order]?.label ?? titleOf(order.slice('orderBy'.length));
		const [descending, ascending] =
			order === newest ? ['Newest First', 'Oldest First'] : [`${label}, Descending`, `${label}, Ascending`];
		return [
			{ name: descending, value: `${order}:DESC` },
			{ name: ascending, value: `${order}:ASC` },
		];
	});
	if (options.length === 0) return [];
	const defaultValue = newest ? `${newest}:DESC` : `${orders[0]}:ASC`;
	return [
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: sortIfLong(options, byName),
			default: defaultValue,
		},
	];
}
