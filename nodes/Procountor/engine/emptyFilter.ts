import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { InputError } from '../api';
import { isBlank } from '../validation/cellValues';
import { isPlainObject } from '../utils/objects';
import { choice } from './operationOptions';
import { storedValues } from './collections';
import { specifyParameterName } from './property';
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

/** Thrown for an item with an empty filter, if the user chose 'Return Nothing'. */
export class ReturnNothingError extends Error {}

/**
 * Whether a field has an expression, so that an empty value is probably a mistake. A field with `$fromAI` does not count,
 * because an AI agent leaves out a value by giving an empty text.
 */
function isExpression(node: INode, operation: Operation, name: string): boolean {
	return isDynamic(storedValue(node, operation, name));
}

/** Returns a field's value as it is stored in the workflow. */
function storedValue(node: INode, operation: Operation, name: string): unknown {
	const isShown = operation.fields.some((field) => field.name === name);
	return (isShown ? node.parameters : storedValues(node, operation))[name];
}

/** Whether a stored value is an expression, or a picker with an expression. */
export function isDynamic(stored: unknown): boolean {
	const value = isPlainObject(stored) ? stored.value : stored;
	return typeof value === 'string' && value.startsWith('=') && !value.includes('$fromAI');
}

/** Returns the names of the added fields, including those whose expression returned nothing. */
export function addedFields(node: INode, operation: Operation, optional: IDataObject): Set<string> {
	return new Set([...Object.keys(optional), ...Object.keys(storedValues(node, operation))]);
}

/**
 * Refuses a field whose expression returned nothing, if an empty field has a meaning of its own, such as all records or
 * today.
 */
export function checkEmptyExpression(node: INode, operation: Operation, field: Field, choice: unknown): void {
	const isFilter = hasFilters(operation) && field.name !== 'emptyFilter';
	if (!isFilter && field.refuseEmptyExpression !== true) return;
	if (field.columns) return checkEmptyList(node.parameters, field);
	if (!isExpression(node, operation, field.name)) return;
	if (isFilter) return handleEmptyFilter(field.label, choice, /Trigger$/i.test(node.type));
	throw new InputError(field.label, EMPTY_EXPRESSION, 'Correct the expression, or clear the field.');
}

/** Refuses a list without entries, which is different from a table that the user left empty. */
function checkEmptyList(parameters: INode['parameters'], field: Field): void {
	const specifiedAs = parameters[specifyParameterName(field)];
	if (specifiedAs === 'list' || (specifiedAs === 'json' && isDynamic(parameters[`${field.name}Json`])))
		throw new InputError(field.label, 'is empty: the list has no entries', 'Correct the list, or leave out the item.');
}

/**
 * Refuses a text that identifies a record if a part of it has no value: `WEB-{{ $json.number }}` would be `WEB-` for each
 * order. A part can be an empty text, such as a suffix that some records lack, as long as another part is not empty.
 */
export function checkExpressionParts(
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
	// If the text is a single expression, `checkEmptyExpression` has checked it already.
	if (parts[0]?.length === text.length) return;
	const values = parts.map((part) => context.evaluateExpression(part, index));
	const missing = values.findIndex((value) => value === undefined || value === null || values.every(isBlank));
	if (missing >= 0)
		throw new InputError(label, `lacks a part: ${parts[missing]} returned nothing`, 'Correct the expression.');
}

/** The message for a field whose expression returned nothing. */
export const EMPTY_EXPRESSION = 'is empty: its expression returned nothing';

const hasFilters = ({ optional }: Operation): boolean => optional.some(({ name }) => name === 'emptyFilter');

function handleEmptyFilter(label: string, choice: unknown, isTrigger: boolean): void {
	if (choice === 'ignore') return;
	if (choice === 'nothing') throw new ReturnNothingError();
	throw new InputError(
		label,
		EMPTY_EXPRESSION,
		isTrigger
			? 'Without this filter, more records would be returned. Correct the expression, or remove the filter.'
			: "Without this filter, more records would be returned. Correct the expression, or choose 'Ignore the Filter' or 'Return Nothing' under 'When a Filter Is Empty'.",
	);
}
