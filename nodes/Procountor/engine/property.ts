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
import { LONG_ENUMERATION } from './coerce';
import type { Field } from './types';

/**
 * The name of the parameter that says how a table's rows are given. With one name for all tables, their forms can share
 * fields.
 */
export function specifyName({ name, fromList }: Field): string {
	if (fromList) return 'specifyRows';
	return `specify${name[0].toUpperCase()}${name.slice(1)}`;
}

/** Returns a value as a field of n8n's editor. */
export function property(field: Field): INodeProperties {
	const schema = resolve(field.schema);
	const listSearch = field.listSearch ?? listSearchOfSchema[field.schema.$ref ?? ''];
	if (listSearch)
		return multiSelectRegisters.includes(listSearch)
			? pickedParameter(field, listSearch)
			: locatorParameter(field, listSearch);
	if (isJson(field, schema)) return jsonParameter(field, schema);
	if (schema.type === 'array') return listParameter(field, schema);
	if (schema.type === 'boolean') return booleanParameter(field);
	if (isShortChoice(schema)) return choiceParameter(field, choicesOf(schema.enum ?? [], field));
	const start = field.default ?? '';
	const base = baseOf(field);
	if (schema.format === 'date') return { ...base, type: 'dateTime', typeOptions: { dateOnly: true }, default: start };
	if (schema.format === 'date-time') return { ...base, type: 'dateTime', default: start };
	return isNumber(field, schema) ? numberParameter(field) : { ...base, type: 'string', default: start };
}

/**
 * Returns a field that the form always shows. A number that may stay empty starts empty, because n8n's own number field
 * would send 0.
 */
export function shownProperty(field: Field): INodeProperties {
	const mayStayEmpty = !field.required && field.default === undefined && !field.listSearch;
	if (mayStayEmpty && isNumber(field, resolve(field.schema))) return { ...baseOf(field), type: 'string', default: '' };
	return property(field);
}

/** A table's column. n8n always sends every column, so one that may stay empty starts empty, numbers too. */
function column(field: Field): INodeProperties {
	if (field.columns) return nestedTable(field);
	const schema = resolve(field.schema);
	const mayStayEmpty = !field.required && field.default === undefined && !field.listSearch;
	if (mayStayEmpty && isShortChoice(schema)) {
		const choices = alphabetical([{ name: 'Not Set', value: '' }, ...choicesOf(schema.enum ?? [], field)], byName);
		return choiceParameter({ ...field, default: '' }, choices);
	}
	return shownProperty(field);
}

/**
 * Returns the columns of a table's row. A table inside the row is always shown: if it were added to a collection, the
 * editor would remove it when another field is edited, until it has a row.
 */
export function columnsOf({ columns = [], collapsedLabel: moreLabel = '' }: Field): INodeProperties[] {
	const alphabet = (a: INodeProperties, b: INodeProperties): number => compare(a.displayName, b.displayName);
	const isCollapsed = (one: Field): boolean => one.collapsed === true && one.columns === undefined;
	const shown = columns.filter((one) => !isCollapsed(one)).map(column);
	const collapsed = columns.filter(isCollapsed).map(column);
	const more: INodeProperties[] = collapsed.length
		? [
				{
					displayName: moreLabel,
					name: COLLAPSED,
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: collapsed.sort(alphabet),
				},
			]
		: [];
	return [...shown, ...more];
}

/** The name of the collection with the columns that were added to a row. */
export const COLLAPSED = 'moreFields';

/** A table inside a table's row. */
function nestedTable(field: Field): INodeProperties {
	const values = columnsOf(field);
	return {
		...baseOf(field),
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${field.label}`,
		default: {},
		options: [{ displayName: field.label, name: 'row', values }],
	};
}

function baseOf(
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

function isShortChoice(schema: Schema): boolean {
	return schema.enum !== undefined && schema.enum.length <= LONG_ENUMERATION;
}

/** An id is typed or mapped as text: a number field would turn an empty value into 0. */
function isNumber({ path, in: place }: Field, schema: Schema): boolean {
	return (schema.type === 'number' || schema.type === 'integer') && place !== 'path' && !/(^id|I[dD])$/.test(path);
}

function jsonParameter(field: Field, schema: Schema): INodeProperties {
	const base = { ...baseOf(field), displayName: `${field.label} (JSON)` };
	// n8n's editor of JSON marks nothing as a fault; where nothing is right, the text has a plain field.
	if (schema.type === undefined) return { ...base, type: 'string', typeOptions: { rows: 4 }, default: '' };
	const start = schema.type === 'array' ? '[]' : '{}';
	return { ...base, type: 'json', default: start };
}

function listParameter(field: Field, schema: Schema): INodeProperties {
	const items = resolve(schema.items ?? {});
	if (isShortChoice(items))
		return { ...baseOf(field), type: 'multiOptions', options: choicesOf(items.enum ?? [], field), default: [] };
	return { ...baseOf({ placeholder: 'e.g. 1, 2, 3', ...field }), type: 'string', default: '' };
}

function booleanParameter(field: Field): INodeProperties {
	const start = field.default ?? false;
	const description = field.description?.startsWith('Whether') ? field.description : `Whether it is '${field.label}'`;
	return { ...baseOf(field), type: 'boolean', default: start, description };
}

function choiceParameter(field: Field, options: INodePropertyOptions[]): INodeProperties {
	const start = field.default ?? [...options].sort(byName)[0].value;
	return { ...baseOf(field), type: 'options', options, default: start };
}

function numberParameter(field: Field): INodeProperties {
	const start = field.default ?? 0;
	return { ...baseOf(field), type: 'number', default: start };
}

const AS_TEXT = { type: 'string' } as const;

/** Ways to give a partner without knowing its ID, each with an example. */
export const PARTNER_MODES: INodePropertyMode[] = [
	['By Customer Number', 'customerNumber', 'e.g. 1001'],
	['By Business ID', 'identifier', 'e.g. 1234567-1'],
	['By Name', 'name', 'Exactly as in the register'],
].map(([displayName, name, placeholder]) => ({ ...AS_TEXT, displayName, name, placeholder }));

function locatorParameter(field: Field, listSearch: ListSearchName): INodeProperties {
	return {
		...baseOf(field),
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

/** Several records of a register; n8n has one wording for such lists. */
function pickedParameter(field: Field, listSearch: ListSearchName): INodeProperties {
	return {
		...baseOf(field),
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: loadOptionsMethodName(listSearch) },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	};
}

/** The choices of the contract's enumerations, each made once: dozens of fields offer the same currencies, units or statuses. */
const contractChoices = new WeakMap<string[], INodePropertyOptions[]>();

function choicesOf(values: string[], { choices }: Field): INodePropertyOptions[] {
	if (choices) return choicesInWords(values, choices);
	const known = contractChoices.get(values) ?? choicesInWords(values, {});
	contractChoices.set(values, known);
	return known;
}

function choicesInWords(values: string[], words: NonNullable<Field['choices']>): INodePropertyOptions[] {
	return alphabetical(
		values.map((value) => {
			const [name, description] = [words[value] ?? terms[value]?.label ?? titleOf(value)].flat();
			return { name, value, ...(description ? { description } : {}) };
		}),
		byName,
	);
}

export function byName(a: { name: string }, b: { name: string }): number {
	return compare(a.name, b.name);
}

/**
 * Sorts options by the alphabet from five on, as n8n's linter requires. Fewer keep their declared order, the usual one
 * first.
 */
export function alphabetical<T>(entries: T[], alphabet: (a: T, b: T) => number): T[] {
	return entries.length < 5 ? entries : [...entries].sort(alphabet);
}

/** The order of English names that n8n's linter requires. Locale tables would take milliseconds to load. */
export function compare(a: string, b: string): number {
	const [one, other] = [a.toLowerCase(), b.toLowerCase()];
	return one < other ? -1 : Number(one > other);
}
