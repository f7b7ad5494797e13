import type { IDataObject, INode } from 'n8n-workflow';
import { callInfo } from '../api';
import { toObject } from '../utils/objects';
import type { Field, FieldGroup, Operation } from './types';

/** A collection of optional fields in the form, which the user adds one by one. */
interface Collection {
	name: string;
	displayName: string;
	placeholder: string;
}

const COLLECTIONS = {
	list: { name: 'filters', displayName: 'Filters', placeholder: 'Add Filter' },
	changes: { name: 'updateFields', displayName: 'Update Fields', placeholder: 'Add Field' },
	record: { name: 'additionalFields', displayName: 'Additional Fields', placeholder: 'Add Field' },
	other: { name: 'options', displayName: 'Options', placeholder: 'Add Option' },
} as const;

/** Returns the collection of an operation's optional fields. Its name is the usual one of n8n's own nodes. */
export function collectionOf({ kind, partial, call }: Operation): Collection {
	if (kind === 'list') return COLLECTIONS.list;
	if (partial && kind !== 'job') return COLLECTIONS.changes;
	return callInfo(call).body ? COLLECTIONS.record : COLLECTIONS.other;
}

/** Returns the group of a field; undefined if it is in the operation's own collection. */
export function groupOf({ groups = [] }: Operation, name: string): FieldGroup | undefined {
	return groups.find(({ fields }) => fields.includes(name));
}

/** Returns the names of all collections of an operation. */
function collectionNames(operation: Operation): string[] {
	return [collectionOf(operation).name, ...(operation.groups ?? []).map(({ name }) => name)];
}

/**
 * Returns an operation's optional fields by collection, in the order of the form: its own collection first, then the
 * groups that have fields.
 */
export function collectionsOf(operation: Operation): Array<[Collection, Field[]]> {
	const fieldsOfGroup = (group?: FieldGroup): Field[] =>
		operation.optional.filter(({ name }) => groupOf(operation, name) === group);
	const groups = (operation.groups ?? []).map((group): [Collection, Field[]] => [
		{ name: group.name, displayName: group.label, placeholder: 'Add Field' },
		fieldsOfGroup(group),
	]);
	return [[collectionOf(operation), fieldsOfGroup()], ...groups.filter(([, fields]) => fields.length > 0)];
}

/** Returns the values of the added fields from all collections. */
export function addedValues(operation: Operation, read: (collection: string) => unknown): IDataObject {
	return Object.assign({}, ...collectionNames(operation).map((name) => toObject(read(name))));
}

/** Returns the added fields as the workflow stores them, with unresolved expressions. */
export function storedValues({ parameters }: INode, operation: Operation): IDataObject {
	return addedValues(operation, (name) => parameters[name]);
}
