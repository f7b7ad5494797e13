import type { INodeProperties } from 'n8n-workflow';
import { callInfo, resolve } from '../api';
import { terms, titleOf } from '../labels/terms';
import { ordersOf } from './declare';
import { CANNOT_BE_UNDONE } from './operationOptions';
import { rowsFromListParameters } from './rowsFromList';
import { collectionOf, collectionsOf } from './collections';
import { byName, columnsOf, compare, alphabetical, property, shownProperty, specifyName } from './property';
import { shareFields, type SharedField } from './shareFields';
import type { Field, Operation, Resource, Variants } from './types';

/**
 * Returns all fields of the node: resource, operations, and the fields of each operation. Fields that are the same are
 * written once.
 */
export function properties(resources: Resource[]): INodeProperties[] {
	const operations = resources.map(operationSelector);
	const forms = resources.map(fieldsOfResource);
	const shownNames = new Map<string, Set<string>>();
	for (const field of forms.flat())
		for (const operation of field.operations) {
			const form = `${field.resources[0]}:${operation}`;
			const names = shownNames.get(form) ?? new Set();
			shownNames.set(form, names.add(field.shape.name));
		}
	const fields = shareFields(forms, (resource, operation, names) => {
		const own = shownNames.get(`${resource}:${operation}`);
		return own !== undefined && names.every((name) => own.has(name));
	});
	const start = resources[0].value;
	const resourceSelector: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: start,
	};
	return [resourceSelector, ...operations, ...fields.map(shown)];
}

function shown({ shape, resources, operations }: SharedField): INodeProperties {
	return {
		...shape,
		displayOptions: {
			...shape.displayOptions,
			show: { resource: resources, operation: operations, ...shape.displayOptions?.show },
		},
	};
}

function operationSelector(resource: Resource): INodeProperties {
	const options = Object.entries(resource.operations)
		.map(([value, { name, action, description }]) => ({ name, value, description, action }))
		.sort(byName);
	const start = (options.find(({ value }) => value === 'getAll') ?? options[0]).value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options,
		default: start,
	};
}

/** Returns an operation's fields in the order of the form. */
export function fieldsOf(operation: Operation): INodeProperties[] {
	const shapes = inFormOrder(operation).flatMap(parametersOf);
	// A form with a layout begins with what is to be filled in.
	if (operation.layout) shapes.push(...noticeOf(operation));
	else shapes.unshift(...noticeOf(operation));
	if (needsJson(operation)) shapes.push(bodyJson(operation));
	if (operation.kind === 'list') shapes.push(...listParameters(operation));
	if (operation.variants) shapes.push(showsParameter(operation.variants));
	const own = optionalJson(operation);
	for (const [{ name, displayName, placeholder }, fields] of collectionsOf(operation)) {
		// A call can take one value in two places, as `accountNumber` of the reference payments: the form asks for it once.
		const once = new Map(fields.map((field) => [field.name, property({ ...field, required: false })]));
		const options = [...once.values()];
		if (name === collectionOf(operation).name) options.push(...own);
		if (options.length === 0) continue;
		const sorted = options.sort((a, b) => compare(a.displayName, b.displayName));
		shapes.push({ displayName, name, type: 'collection', placeholder, default: {}, options: sorted });
	}
	if (operation.simple) shapes.push(simplify);
	return shapes;
}

/** The fields as the form shows them: tables last, or where the layout has them. */
function inFormOrder({ fields, layout }: Operation): Field[] {
	if (!layout) return [...fields.filter(({ columns }) => !columns), ...fields.filter(({ columns }) => columns)];
	const place = ({ name }: Field): number => (layout.includes(name) ? layout.indexOf(name) : layout.length);
	return [...fields].sort((a, b) => place(a) - place(b));
}

const parametersOf = (field: Field): INodeProperties[] =>
	field.columns ? tableParameters(field) : [shownProperty(field)];

function noticeOf({ kind, notice = kind === 'delete' ? CANNOT_BE_UNDONE : undefined }: Operation): INodeProperties[] {
	return notice === undefined ? [] : [{ displayName: notice, name: 'notice', type: 'notice', default: '' }];
}

/** Whether the body has required parts that no field covers, so that the JSON is asked for at once. */
function needsJson(operation: Operation): boolean {
	if (operation.json === 'whole') return true;
	if (operation.json === undefined || operation.partial) return false;
	const required = resolve(callInfo(operation.call).body ?? {}).required ?? [];
	const covered = new Set([
		...operation.fields.map(({ path }) => path.split('.')[0]),
		...Object.keys({ ...operation.fixed, ...operation.defaults }).map((at) => at.split('.')[0]),
	]);
	return required.some((name) => !covered.has(name));
}

/** Returns the label of the field for the body's JSON, for the editor and for messages. */
export function jsonLabel(operation: Operation): string {
	if (!needsJson(operation)) return 'Other Fields (JSON)';
	return operation.partial ? 'Changes (JSON)' : 'Body (JSON)';
}

function bodyJson(operation: Operation): INodeProperties {
	const displayName = jsonLabel(operation);
	return {
		displayName,
		name: 'bodyJson',
		type: 'json',
		default: '{}',
		required: true,
		description: operation.partial
			? "The fields to change, by the API's names; everything else stays as it is, and null empties a field"
			: "The record with the API's field names, as text or as an object; checked before it is sent",
	};
}

function optionalJson(operation: Operation): INodeProperties[] {
	if (operation.json !== 'rest' || needsJson(operation)) return [];
	const displayName = jsonLabel(operation);
	const description = operation.partial
		? "Further fields by the API's names, merged with the fields of the form; null empties a field"
		: "Further fields by the API's names, merged with the fields of the form";
	return [{ displayName, name: 'bodyJson', type: 'json', default: '{}', description }];
}

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
const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
const includeDetails: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeDetails',
	type: 'boolean',
	default: false,
	description:
		"Whether to return each record with all details instead of the list's summary; 200 records take one request",
};

function listParameters(operation: Operation): INodeProperties[] {
	if (!operation.details) return [returnAll, limit, ...sortParameter(operation)];
	return [
		{ ...returnAll, hint: 'A long history takes minutes; a filter by date makes it shorter' },
		limit,
		...sortParameter(operation),
		includeDetails,
	];
}

function showsParameter({ label, description, choices }: Variants): INodeProperties {
	const start = choices[0].value;
	return {
		displayName: label,
		name: 'show',
		type: 'options',
		options: alphabetical(
			choices.map(({ name, value }) => ({ name, value })),
			byName,
		),
		default: start,
		...(description ? { description } : {}),
	};
}

/** The orders of a list. The newest record comes first unless another order is chosen, where the list can tell. */
function sortParameter({ call }: Operation): INodeProperties[] {
	const orders = ordersOf(call);
	const newest = ['orderById', 'orderByCreatedDate'].find((order) => orders.includes(order));
	const options = orders.flatMap((order) => {
		const label = terms[order]?.label ?? titleOf(order.slice('orderBy'.length));
		const [down, up] =
			order === newest ? ['Newest First', 'Oldest First'] : [`${label}, Descending`, `${label}, Ascending`];
		return [
			{ name: down, value: `${order}:DESC` },
			{ name: up, value: `${order}:ASC` },
		];
	});
	if (options.length === 0) return [];
	const start = newest ? `${newest}:DESC` : `${orders[0]}:ASC`;
	return [
		{ displayName: 'Sort', name: 'sort', type: 'options', options: alphabetical(options, byName), default: start },
	];
}

/** One parameter can give a value to two places of the request, such as a query and a header of the same name. */
function distinct(shapes: INodeProperties[]): Map<string, INodeProperties> {
	return new Map(shapes.map((shape) => [JSON.stringify(shape), shape]));
}

/** A list of objects: filled in row by row, or given as JSON. */
function tableParameters(field: Field): INodeProperties[] {
	const choice = specifyName(field);
	const values = columnsOf(field);
	const fromList = field.fromList ? rowsFromListParameters : [];
	return [
		{
			displayName: `Specify ${field.label}`,
			name: choice,
			type: 'options',
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				...(field.fromList ? [{ name: 'From a List in the Input', value: 'list' }] : []),
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'fields',
		},
		{
			displayName: field.label,
			name: field.name,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Row',
			default: {},
			...(field.description ? { description: field.description } : {}),
			options: [{ displayName: 'Row', name: 'row', values }],
			displayOptions: { show: { [choice]: ['fields'] } },
		},
		...fromList.map((shape) => ({ ...shape, displayOptions: { show: { [choice]: ['list'] } } })),
		{
			displayName: `${field.label} (JSON)`,
			name: `${field.name}Json`,
			type: 'json',
			default: '[]',
			description: "List of rows with the API's field names",
			displayOptions: { show: { [choice]: ['json'] } },
		},
	];
}

/**
 * The fields of a resource; one that several of its operations share is written once. n8n shows them in the order in
 * which they are written, so that one is shared only where each operation keeps its own order.
 */
function fieldsOfResource({ value, operations }: Resource): SharedField[] {
	const fields: SharedField[] = [];
	const byKey = new Map<string, SharedField[]>();
	for (const [name, operation] of Object.entries(operations)) {
		let place = 0;
		for (const [key, shape] of distinct(fieldsOf(operation))) {
			const alike = byKey.get(key) ?? [];
			const same = alike.find((field) => fields.indexOf(field, place) >= 0);
			const field = same ?? { key, shape, resources: [value], operations: [] };
			if (!same) {
				fields.splice(place, 0, field);
				byKey.set(key, [...alike, field]);
			}
			field.operations.push(name);
			place = fields.indexOf(field, place) + 1;
		}
	}
	return fields;
}
