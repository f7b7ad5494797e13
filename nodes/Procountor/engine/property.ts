import type { INodeProperties, INodePropertyMode, INodePropertyOptions } from 'n8n-workflow';
import { resolve, type Schema } from '../api';
import {
	multiSelectRegisters,
	listSearchOfSchema,
	searchMethodName,
	loadOptionsMethodName,
	type ListSearchName,
} from '../listSearch/names';
import { terms, titleOf } from '../labels/terms';
import { ID_FIELD, MAX_SHORT_ENUMERATION } from './coerce';
import type { Field } from './types';

/**
 * Returns the name of the parameter with which the user chooses how to enter a table's rows. Tables that can come from a
 * list have one name, so that their forms share fields.
 */
export function specifyParameterName({ name, fromList }: Field): string {
	if (fromList) return 'specifyRows';
	return `specify${name[0].toUpperCase()}${name.slice(1)}`;
}

/** Returns a field as a property of the node's description. */
export function fieldProperty(field: Field): INodeProperties {
	const schema = resolve(field.schema);
	const listSearch = field.listSearch ?? listSearchOfSchema[field.schema.$ref ?? ''];
	if (listSearch)
		return multiSelectRegisters.includes(listSearch)
			? multiSelectParameter(field, listSearch)
			: locatorParameter(field, listSearch);
	if (isJson(field, schema)) return jsonParameter(field, schema);
	if (schema.type === 'array') return listParameter(field, schema);
	if (schema.type === 'boolean') return booleanParameter(field);
	if (isShortEnumeration(schema)) return choiceParameter(field, choicesOf(schema.enum ?? [], field));
	const defaultValue = field.default ?? '';
	const base = baseProperty(field);
	if (schema.format === 'date')
		return { ...base, type: 'dateTime', typeOptions: { dateOnly: true }, default: defaultValue };
	if (schema.format === 'date-time') return { ...base, type: 'dateTime', default: defaultValue };
	return isNumber(field, schema) ? numberParameter(field) : { ...base, type: 'string', default: defaultValue };
}

/**
 * Returns a field that the form always shows. A number that may stay empty starts empty, because n8n's own number field
 * would send 0.
 */
export function shownProperty(field: Field): INodeProperties {
	if (mayStayEmpty(field) && isNumber(field, resolve(field.schema)))
		return { ...baseProperty(field), type: 'string', default: '' };
	return fieldProperty(field);
}

function mayStayEmpty(field: Field): boolean {
	return !field.required && field.default === undefined && !field.listSearch;
}

/** Returns a table's column. n8n sends every column, so an optional column is empty by default, even a number. */
function columnProperty(field: Field): INodeProperties {
	if (field.columns) return nestedTable(field);
	const schema = resolve(field.schema);
	if (mayStayEmpty(field) && isShortEnumeration(schema)) {
		const choices = sortIfLong([{ name: 'Not Set', value: '' }, ...choicesOf(schema.enum ?? [], field)], byName);
		return choiceParameter({ ...field, default: '' }, choices);
	}
	return shownProperty(field);
}

/**
 * Returns the columns of a table's row. A table inside the row is always shown: if it were added to a collection, the
 * editor would remove it when another field is edited, until it has a row.
 */
export function columnsOf({ columns = [], collapsedLabel = '' }: Field): INodeProperties[] {
	const byDisplayName = (a: INodeProperties, b: INodeProperties): number => compareNames(a.displayName, b.displayName);
	const isCollapsed = (column: Field): boolean => column.collapsed === true && column.columns === undefined;
	const shown = columns.filter((column) => !isCollapsed(column)).map(columnProperty);
	const collapsed = columns.filter(isCollapsed).map(columnProperty);
	if (collapsed.length === 0) return shown;
	const collection: INodeProperties = {
		displayName: collapsedLabel,
		name: COLLAPSED,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: collapsed.sort(byDisplayName),
	};
	return [...shown, collection];
}

/** The name of the collection of a row's collapsed columns. */
export const COLLAPSED = 'moreFields';

/** A table inside a table's row. */
function nestedTable(field: Field): INodeProperties {
	const values = columnsOf(field);
	return {
		...baseProperty(field),
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${field.label}`,
		default: {},
		options: [{ displayName: field.label, name: 'row', values }],
	};
}

function baseProperty(
	field: Field,
): Pick<
	INodeProperties,
	'displayName' | 'name' | 'required' | 'description' | 'placeholder' | 'hint' | 'displayOptions'
> {
	return {
		displayName: field.label,
		name: field.name,
		...(field.placeholder ? { placeholder: field.placeholder } : {}),
		...(field.hint ? { hint: field.hint } : {}),
		...(field.description ? { description: field.description } : {}),
		...(field.required ? { required: true } : {}),
		...(field.displayOptions ? { displayOptions: field.displayOptions } : {}),
	};
}

function isJson(field: Field, schema: Schema): boolean {
	return (
		field.columns !== undefined ||
		schema.type === undefined ||
		schema.type === 'object' ||
		(schema.type === 'array' && resolve(schema.items ?? {}).type === 'object')
	);
}

function isShortEnumeration(schema: Schema): boolean {
	return schema.enum !== undefined && schema.enum.length <= MAX_SHORT_ENUMERATION;
}

/** Whether the form has a number field. IDs have a text field, because a number field would turn an empty value into 0. */
function isNumber({ path, in: location }: Field, schema: Schema): boolean {
	return (schema.type === 'number' || schema.type === 'integer') && location !== 'path' && !ID_FIELD.test(path);
}

function jsonParameter(field: Field, schema: Schema): INodeProperties {
	const base = { ...baseProperty(field), displayName: `${field.label} (JSON)` };
	// n8n's JSON editor marks an empty text as invalid, but the body of an API request can be empty.
	if (schema.type === undefined) return { ...base, type: 'string', typeOptions: { rows: 4 }, default: '' };
	return { ...base, type: 'json', default: schema.type === 'array' ? '[]' : '{}' };
}

function listParameter(field: Field, schema: Schema): INodeProperties {
	const items = resolve(schema.items ?? {});
	if (isShortEnumeration(items))
		return { ...baseProperty(field), type: 'multiOptions', options: choicesOf(items.enum ?? [], field), default: [] };
	return { ...baseProperty({ placeholder: 'e.g. 1, 2, 3', ...field }), type: 'string', default: '' };
}

function booleanParameter(field: Field): INodeProperties {
	const description = field.description?.startsWith('Whether') ? field.description : `Whether it is '${field.label}'`;
	return { ...baseProperty(field), type: 'boolean', default: field.default ?? false, description };
}

function choiceParameter(field: Field, options: INodePropertyOptions[]): INodeProperties {
	const defaultValue = field.default ?? [...options].sort(byName)[0].value;
	return { ...baseProperty(field), type: 'options', options, default: defaultValue };
}

function numberParameter(field: Field): INodeProperties {
	return { ...baseProperty(field), type: 'number', default: field.default ?? 0 };
}

const TEXT = { type: 'string' } as const;

/** The ways to identify a partner without its ID, each with an example. */
export const PARTNER_MODES: INodePropertyMode[] = [
	['By Customer Number', 'customerNumber', 'e.g. 1001'],
	['By Business ID', 'identifier', 'e.g. 1234567-1'],
	['By Name', 'name', 'Exactly as in the register'],
].map(([displayName, name, placeholder]) => ({ ...TEXT, displayName, name, placeholder }));

function locatorParameter(field: Field, listSearch: ListSearchName): INodeProperties {
	return {
		...baseProperty(field),
		type: 'resourceLocator',
		default: { mode: 'list', value: field.default ?? '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: searchMethodName(listSearch), searchable: true },
			},
			...(field.byNumber ? PARTNER_MODES : []),
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 12345' },
		],
	};
}

/** Returns a field for several records of a register. Its description is n8n's usual one. */
function multiSelectParameter(field: Field, listSearch: ListSearchName): INodeProperties {
	return {
		...baseProperty(field),
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: loadOptionsMethodName(listSearch) },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	};
}

/** The choices of the contract's enumerations. Dozens of fields share the currencies, units or statuses. */
const contractChoices = new WeakMap<string[], INodePropertyOptions[]>();

function choicesOf(values: string[], { choices }: Field): INodePropertyOptions[] {
	if (choices) return namedChoices(values, choices);
	const knownChoices = contractChoices.get(values) ?? namedChoices(values, {});
	contractChoices.set(values, knownChoices);
	return knownChoices;
}

function namedChoices(values: string[], choiceNames: NonNullable<Field['choices']>): INodePropertyOptions[] {
	return sortIfLong(
		values.map((value) => {
			const [name, description] = [choiceNames[value] ?? terms[value]?.label ?? titleOf(value)].flat();
			return { name, value, ...(description ? { description } : {}) };
		}),
		byName,
	);
}

export function byName(a: { name: string }, b: { name: string }): number {
	return compareNames(a.name, b.name);
}

/**
 * Sorts five or more options alphabetically, as n8n's linter requires. Fewer options keep their declared order, with the
 * usual one first.
 */
export function sortIfLong<T>(entries: T[], byLabel: (a: T, b: T) => number): T[] {
	return entries.length < 5 ? entries : [...entries].sort(byLabel);
}

/** Compares two names as n8n's linter requires. A comparison by locale would take milliseconds to load. */
export function compareNames(a: string, b: string): number {
	const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
	return lowerA < lowerB ? -1 : Number(lowerA > lowerB);
}
