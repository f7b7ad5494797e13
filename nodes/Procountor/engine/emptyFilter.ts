import type { IDataObject, INode } from 'n8n-workflow';
import { InputError } from '../api';
import { isPlainObject } from '../utils/objects';
import { choice } from './operationOptions';
import { storedValues } from './collections';
import type { Field, Operation } from './types';

/**
 * The option 'When a Filter Is Empty' of reading operations. In an operation with this option, all optional fields are
 * filters.
 */
export const whenFilterIsEmpty = choice(
	'emptyFilter',
	{ stop: 'Stop with Error', ignore: ['Ignore the Filter', 'Can return every record'], nothing: 'Return Nothing' },
	{
		label: 'When a Filter Is Empty',
		optional: true,
		description: 'What to do if the expression of a filter returns nothing',
	},
);

/** Ends an item whose filter is empty, if the person chose to return nothing in that case. */
export class NothingAsked extends Error {}

/**
 * Whether a field is filled in by an expression: one that returns nothing is not a field left empty. An AI agent leaves
 * out a value by giving an empty text (`$fromAI`), so that such a field counts as left empty.
 */
function isExpression(node: INode, operation: Operation, name: string): boolean {
	const { parameters } = node;
	if (operation.fields.some((field) => field.name === name)) return isDynamic(parameters[name]);
	return isDynamic(storedValues(node, operation)[name]);
}

/** Whether a stored value is an expression, or a picker with an expression. */
export function isDynamic(stored: unknown): boolean {
	const value = isPlainObject(stored) ? stored.value : stored;
	return typeof value === 'string' && value.startsWith('=') && !value.includes('$fromAI');
}

/** Returns the names of the optional fields that were added, also if their expression returned nothing. */
export function addedFields(node: INode, operation: Operation, optional: IDataObject): Set<string> {
	return new Set([...Object.keys(optional), ...Object.keys(storedValues(node, operation))]);
}

/**
 * Refuses a field whose expression returned nothing if an empty field would mean something else, such as all records or
 * today.
 */
export function checkEmpty(node: INode, operation: Operation, field: Field, choice: unknown): void {
	const isFilter = hasFilters(operation) && field.name !== 'emptyFilter';
	if (!isFilter && field.refuseEmptyExpression !== true) return;
	if (!isExpression(node, operation, field.name)) return;
	if (isFilter) return refuseOrEnd(field.label, choice, /Trigger$/i.test(node.type));
	throw new InputError(field.label, NOTHING, 'Correct the expression, or clear the field.');
}

/** The message for a field whose expression returned nothing. */
export const NOTHING = 'is empty: its expression returned nothing';

const hasFilters = ({ optional }: Operation): boolean => optional.some(({ name }) => name === 'emptyFilter');

function refuseOrEnd(label: string, choice: unknown, isTrigger: boolean): void {
	if (choice === 'ignore') return;
	if (choice === 'nothing') throw new NothingAsked();
	throw new InputError(
		label,
		NOTHING,
		isTrigger
			? 'Without this filter, more records would be returned. Correct the expression, or remove the filter.'
			: "Without this filter, more records would be returned. Correct the expression, or choose 'Ignore the Filter' or 'Return Nothing' under 'When a Filter Is Empty'.",
	);
}
