/** Parameters as the editor would hold them, for any declared operation. */
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { callInfo, resolve } from '../../../nodes/Procountor/api/contract';
import { ordersOf } from '../../../nodes/Procountor/engine/declare';
import { operationProperties } from '../../../nodes/Procountor/engine/properties';
import { specifyParameterName } from '../../../nodes/Procountor/engine/property';
import type { Field, Operation } from '../../../nodes/Procountor/engine/types';
import { valueOf } from './values';

/** One way of filling in an operation's form. */
export interface Filling {
	name: string;
	parameters: INodeParameters;
}

/**
 * Fillings that together use the whole form: required fields only, all fields, and each sort order and part of a list.
 */
export function fillingsOf(operation: Operation): Filling[] {
	const least = filled(operation, false);
	const most = filled(operation, true);
	const orders = (operation.kind === 'list' ? ordersOf(operation.call) : []).flatMap((order) => [
		`${order}:ASC`,
		`${order}:DESC`,
	]);
	const parts = operation.variants?.choices ?? [];
	return [
		{ name: 'required fields only', parameters: least },
		{ name: 'all fields', parameters: most },
		...orders.map((sort) => ({ name: sort, parameters: { ...least, returnAll: false, limit: 1, sort } })),
		...parts.map(({ name, value }) => ({ name, parameters: { ...least, show: value } })),
	];
}

function filled(operation: Operation, everything: boolean): INodeParameters {
	const properties = operationProperties(operation);
	const has = (name: string): boolean => properties.some((property) => property.name === name);
	const collection = properties.find(({ type }) => type === 'collection');
	const parameters: IDataObject = Object.assign(
		{},
		...operation.fields.map((field) =>
			field.columns ? tableOf(field, everything) : { [field.name]: entered(field, everything) },
		),
	);
	if (has('returnAll')) parameters.returnAll = true;
	if (has('includeDetails')) parameters.includeDetails = everything;
	if (has('simple')) parameters.simple = !everything;
	if (has('bodyJson')) parameters.bodyJson = bodyOf(operation, everything);
	const needsChange = operation.partial === true && !has('bodyJson');
	if (collection && (everything || needsChange))
		parameters[collection.name] = optionsOf(operation, collection, everything);
	return parameters as INodeParameters;
}

function optionsOf(operation: Operation, { options = [] }: INodeProperties, everything: boolean): IDataObject {
	const values: IDataObject = Object.assign(
		{},
		...operation.optional.map((field) => ({ [field.name]: entered(field, everything) })),
	);
	const takesJson = options.some(({ name }) => name === 'bodyJson');
	return takesJson && everything ? { ...values, bodyJson: bodyOf(operation, true) } : values;
}

function bodyOf(operation: Operation, everything: boolean): string {
	const schema = callInfo(operation.call).body ?? {};
	// A body of changes needs at least one of them.
	return JSON.stringify(valueOf(schema, '', everything || operation.partial === true));
}

/** A value in the form in which the editor gives it: a choice of a register, a date, a list with commas, JSON as text. */
function entered(field: Field, everything: boolean): IDataObject[string] {
	const name = field.path.split('.').at(-1) ?? '';
	const schema = resolve(field.schema);
	if (field.in === 'path' && field.path !== 'uuid') return located(field, '1');
	const value = valueOf(field.schema, field.path === '' ? field.name : name, everything);
	if (field.in === 'setting' && field.default !== undefined) return field.default;
	if (schema.type === 'object' || (schema.type === 'array' && resolve(schema.items ?? {}).type === 'object'))
		return JSON.stringify(value);
	return located(field, value);
}

function located({ listSearch }: Field, value: unknown): IDataObject[string] {
	return (listSearch ? { __rl: true, mode: 'id', value } : value) as IDataObject[string];
}

/** A table in both its forms: row by row in the editor, or as JSON. */
function tableOf(field: Field, everything: boolean): IDataObject {
	const choice = specifyParameterName(field);
	if (everything)
		return { [choice]: 'json', [`${field.name}Json`]: JSON.stringify(valueOf(field.schema, field.path, true)) };
	const row = Object.fromEntries((field.columns ?? []).map((column) => [column.name, entered(column, false)]));
	return { [choice]: 'fields', [field.name]: { row: [row] } };
}
