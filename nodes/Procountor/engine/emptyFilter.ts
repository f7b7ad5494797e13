import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { InputError } from '../api';
import { isBlank } from '../validation/cellValues';
import { isPlainObject } from '../utils/objects';
import { choice } from './operationOptions';
import { storedValues } from './collections';
import { specifyName } from './property';
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
	return isDynamic(storedValue(node, operation, name));
}

/** A field's value as it is stored in the workflow. */
function storedValue(node: INode, operation: Operation, name: string): unknown {
	const isShown = operation.fields.some((field) => field.name === name);
	return (isShown ? node.parameters : storedValues(node, operation))[name];
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
	if (field.columns) return checkEmptyTable(node.parameters, field);
	if (!isExpression(node, operation, field.name)) return;
	if (isFilter) return refuseOrEnd(field.label, choice, /Trigger$/i.test(node.type));
	throw new InputError(field.label, NOTHING, 'Correct the expression, or clear the field.');
}

/** A list without entries is not a table left empty. */
function checkEmptyTable(parameters: INode['parameters'], field: Field): void {
	const how = parameters[specifyName(field)];
	if (how === 'list' || (how === 'json' && isDynamic(parameters[`${field.name}Json`])))
		throw new InputError(field.label, 'is empty: the list has no entries', 'Correct the list, or leave out the item.');
}

/**
 * Refuses a text that identifies a record if a part of it has no value: `WEB-{{ $json.number }}` would be `WEB-` for every
 * order. A part may be an empty text, such as a suffix that some records lack, as long as another part is not.
 */
export function checkParts(
	context: Pick<IExecuteFunctions, 'evaluateExpression' | 'getNode'>,
	index: number,
	operation: Operation,
	{ name, label, refuseEmptyExpression }: Field,
): void {
	const stored = refuseEmptyExpression && storedValue(context.getNode(), operation, name);
	if (!isDynamic(stored)) return;
	const text = String(isPlainObject(stored) ? stored.value : stored)
		.slice(1)
		.trim();
	const parts = text.match(/\{\{.*?\}\}/gs) ?? [];
	// A text that is one expression was judged as a value.
	if (parts[0]?.length === text.length) return;
	const values = parts.map((part) => context.evaluateExpression(part, index));
	const missing = values.findIndex((value) => value === undefined || value === null || values.every(isBlank));
	if (missing >= 0)
		throw new InputError(label, `lacks a part: ${parts[missing]} returned nothing`, 'Correct the expression.');
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
