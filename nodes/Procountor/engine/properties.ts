import type { INodeProperties } from 'n8n-workflow';
import { callInfo, resolve } from '../api';
import { listParameters, variantParameter } from './listParameters';
import { CANNOT_BE_UNDONE } from './operationOptions';
import { rowsFromListParameters } from './rowsFromList';
import { collectionOf, collectionsOf } from './collections';
import { byName, columnsOf, compareNames, fieldProperty, shownProperty, specifyParameterName } from './property';
import { shareFields, type SharedField } from './shareFields';
import type { Field, Operation, Resource } from './types';

/** Returns all fields of the node: resource, operations, and the fields of each operation. Equal fields are merged. */
export function nodeProperties(resources: Resource[]): INodeProperties[] {
	const operations = resources.map(operationSelector);
	const forms = resources.map(fieldsOfResource);
	const shownNames = new Map<string, Set<string>>();
	for (const field of forms.flat())
		for (const operation of field.operations) {
			const form = `${field.resources[0]}:${operation}`;
			const names = shownNames.get(form) ?? new Set();
			shownNames.set(form, names.add(field.property.name));
		}
	const fields = shareFields(forms, (resource, operation, names) => {
		const shownInForm = shownNames.get(`${resource}:${operation}`);
		return shownInForm !== undefined && names.every((name) => shownInForm.has(name));
	});
	const defaultValue = resources[0].value;
	const resourceSelector: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: defaultValue,
	};
	return [resourceSelector, ...operations, ...fields.map(withDisplayOptions)];
}

function withDisplayOptions({ property, resources, operations }: SharedField): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: resources, operation: operations, ...property.displayOptions?.show },
		},
	};
}

function operationSelector(resource: Resource): INodeProperties {
	const options = Object.entries(resource.operations)
		.map(([value, { name, action, description }]) => ({ name, value, description, action }))
		.sort(byName);
	const defaultValue = (options.find(({ value }) => value === 'getAll') ?? options[0]).value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options,
		default: defaultValue,
	};
}

/** Returns an operation's fields in the order of the form. */
export function operationProperties(operation: Operation): INodeProperties[] {
	const properties = fieldsInFormOrder(operation).flatMap(fieldParameters);
	// A form with a layout starts with the fields that the user has to fill in.
	if (operation.layout) properties.push(...noticeParameters(operation));
	else properties.unshift(...noticeParameters(operation));
	if (needsJson(operation)) properties.push(bodyJson(operation));
	if (operation.kind === 'list') properties.push(...listParameters(operation));
	if (operation.variants) properties.push(variantParameter(operation.variants));
	for (const [{ name, displayName, placeholder }, fields] of collectionsOf(operation)) {
		// A call can take a value in two places, such as `accountNumber` of the reference payments. The form has one field.
		const propertiesByName = new Map(fields.map((field) => [field.name, fieldProperty({ ...field, required: false })]));
		const options = [...propertiesByName.values()];
		if (name === collectionOf(operation).name) options.push(...optionalJson(operation));
		if (options.length === 0) continue;
		const sorted = options.sort((a, b) => compareNames(a.displayName, b.displayName));
		properties.push({ displayName, name, type: 'collection', placeholder, default: {}, options: sorted });
	}
	if (operation.simple) properties.push(simplify);
	return properties;
}

/** Returns the fields in the order of the form: as in the layout, or with the tables last. */
function fieldsInFormOrder({ fields, layout }: Operation): Field[] {
	if (!layout) return [...fields.filter(({ columns }) => !columns), ...fields.filter(({ columns }) => columns)];
	const position = ({ name }: Field): number => (layout.includes(name) ? layout.indexOf(name) : layout.length);
	return [...fields].sort((a, b) => position(a) - position(b));
}

const fieldParameters = (field: Field): INodeProperties[] =>
	field.columns ? tableParameters(field) : [shownProperty(field)];

function noticeParameters({
	kind,
	notice = kind === 'delete' ? CANNOT_BE_UNDONE : undefined,
}: Operation): INodeProperties[] {
	return notice === undefined ? [] : [{ displayName: notice, name: 'notice', type: 'notice', default: '' }];
}

/** Whether the JSON field is always shown, because no other field covers a required part of the body. */
function needsJson(operation: Operation): boolean {
	if (operation.json === 'whole') return true;
	if (operation.json === undefined || operation.partial) return false;
	const required = resolve(callInfo(operation.call).body ?? {}).required ?? [];
	const coveredFields = new Set([
		...operation.fields.map(({ path }) => path.split('.')[0]),
		...Object.keys({ ...operation.fixed, ...operation.defaults }).map((path) => path.split('.')[0]),
	]);
	return required.some((name) => !coveredFields.has(name));
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

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * Returns the properties by key, each once. Equal properties set two places of the request, such as a query and a header
 * of the same name.
 */
function propertiesByKey(properties: INodeProperties[]): Map<string, INodeProperties> {
	return new Map(properties.map((property) => [JSON.stringify(property), property]));
}

/** Returns the fields of a table: its rows, or the whole table as JSON. */
function tableParameters(field: Field): INodeProperties[] {
	const selectorName = specifyParameterName(field);
	const values = columnsOf(field);
	const fromList = field.fromList ? rowsFromListParameters : [];
	return [
		{
			displayName: `Specify ${field.label}`,
			name: selectorName,
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
			displayOptions: { show: { [selectorName]: ['fields'] } },
		},
		...fromList.map((property) => ({ ...property, displayOptions: { show: { [selectorName]: ['list'] } } })),
		{
			displayName: `${field.label} (JSON)`,
			name: `${field.name}Json`,
			type: 'json',
			default: '[]',
			description: "List of rows with the API's field names",
			displayOptions: { show: { [selectorName]: ['json'] } },
		},
	];
}

/**
 * Returns the fields of a resource. Operations share equal fields. n8n shows the fields in this order, so a field is shared
 * only if each operation keeps the order of its form.
 */
function fieldsOfResource({ value, operations }: Resource): SharedField[] {
	const fields: SharedField[] = [];
	const byKey = new Map<string, SharedField[]>();
	for (const [name, operation] of Object.entries(operations)) {
		let position = 0;
		for (const [key, property] of propertiesByKey(operationProperties(operation))) {
			const candidates = byKey.get(key) ?? [];
			const match = candidates.find((field) => fields.indexOf(field, position) >= 0);
			const field = match ?? { key, property, resources: [value], operations: [] };
			if (!match) {
				fields.splice(position, 0, field);
				byKey.set(key, [...candidates, field]);
			}
			field.operations.push(name);
			position = fields.indexOf(field, position) + 1;
		}
	}
	return fields;
}
