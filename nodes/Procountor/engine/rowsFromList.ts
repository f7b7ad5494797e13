import { isBlank } from '../validation/cellValues';
import type { IDataObject, ILoadOptionsFunctions, INodeProperties, ResourceMapperFields } from 'n8n-workflow';
import { InputError, parseJson } from '../api';
import { getPath, isPlainObject, setPath, toList } from '../utils/objects';
import { quoted } from '../validation/result';
import type { Field, Operation, Resource } from './types';

/**
 * The names of the parameters that fill an operation's first table from a list: the list, and the mapping of its fields
 * to columns.
 */
export const LIST_NAMES = { list: 'list', columns: 'listColumns' } as const;

const METHOD = 'getListColumns';

const LIST = 'List';
const COLUMNS = 'Fields of the List';

/**
 * The form's two fields for rows from a list. n8n's mapping control loads the table's columns when it is shown.
 */
export const rowsFromListParameters: INodeProperties[] = [
	{
		displayName: LIST,
		name: LIST_NAMES.list,
		type: 'string',
		default: '',
		placeholder: 'e.g. order.lines',
		description:
			'Name of the input field with the list, or an expression that returns it. Below, enter the field that fills each column, or a value in quotes for all rows.',
	},
	{
		displayName: COLUMNS,
		name: LIST_NAMES.columns,
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['resource', 'operation'],
			resourceMapper: {
				resourceMapperMethod: METHOD,
				mode: 'add',
				valuesLabel: COLUMNS,
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: false,
			},
		},
	},
];

/** A column in the mapping. A table inside the row adds the columns of its first row. */
interface ListColumn {
	/** The column's key in the mapping. */
	id: string;
	label: string;
	/** Whether the column is shown only when the user adds it. */
	isCollapsed: boolean;
	/** The key of the column without which this one is meaningless. */
	pairedWith?: string;
}

function columnsFor(table: Field): ListColumn[] {
	return (table.columns ?? []).flatMap((column) => {
		const isCollapsed = column.collapsed === true;
		const { name, label, pairedWith } = column;
		if (!column.columns) return [{ id: name, label, isCollapsed, pairedWith }];
		return columnsFor(column).map(({ id, label: title, pairedWith: pairedWith }) => ({
			...innerColumn(column, id, title),
			isCollapsed,
			pairedWith: pairedWith && innerColumn(column, pairedWith, '').id,
		}));
	});
}

/** Returns key and label for a column of a table inside the row. */
function innerColumn(table: Field, id: string, label: string): { id: string; label: string } {
	return { id: `${table.name}_${id}`, label: label.startsWith(table.label) ? label : `${table.label}: ${label}` };
}

/** Returns the operation's table that can be filled from a list. */
function listTable({ fields }: Pick<Operation, 'fields'>): Field | undefined {
	return fields.find(({ fromList }) => fromList);
}

/** Returns the method by which n8n's mapping control loads the columns of the form's operation. */
export function listColumnMethods(resources: Resource[]) {
	return {
		async [METHOD](this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
			const [resource, operation] = ['resource', 'operation'].map((parameter) =>
				this.getCurrentNodeParameter(parameter),
			);
			const operations = resources.find(({ value }) => value === resource)?.operations ?? {};
			const table = listTable(operations[String(operation)] ?? { fields: [] });
			return { fields: table ? columnsFor(table).map(mappingField) : [] };
		},
	};
}

/** Returns a column for n8n's mapping control. It has no type, because n8n would convert numbers to texts. */
function mappingField({ id, label, isCollapsed: isCollapsed }: ListColumn): ResourceMapperFields['fields'][number] {
	return { id, displayName: label, defaultMatch: false, required: false, display: true, removed: isCollapsed };
}

/**
 * Returns a table's rows from a list of objects. Each column is filled from the field whose name its text is. A text in
 * quotes, a number and a boolean are the same in all rows.
 *
 * @param list the list, JSON of it, or its dotted path in `item`
 * @param mapping n8n's mapping: `{ value: { [column]: field or value } }`
 * @throws {InputError} for a value that is not a list, an entry that is not an object, and a field that no entry has
 */
export function rowsFromList(table: Field, list: unknown, mapping: unknown, item: IDataObject): IDataObject[] {
	const entries = listEntries(list, item);
	const chosen = (mapping as { value?: IDataObject | null } | undefined)?.value ?? {};
	const readers = columnsFor(table)
		.filter(({ id }) => !isBlank(chosen[id]))
		.map(({ id, label, pairedWith: pairedWith }): [string, Reader] => [
			id,
			{ ...columnReader(chosen[id], label, entries), pairedWith: pairedWith },
		]);
	const readerAt = new Map(readers);
	if (readers.length === 0)
		throw new InputError(COLUMNS, 'is empty', 'Enter for each column the name of the field that fills it.');
	const standaloneColumns = new Set(table.columns?.filter(({ standsAlone }) => standsAlone).map(({ name }) => name));
	return entries.map((entry) => {
		const isStandalone = readers.some(([id, { read }]) => standaloneColumns.has(id) && !isBlank(read(entry)));
		const used = isStandalone ? readers.filter(([, { isFixed }]) => !isFixed) : readers;
		const isMeant = ({ isFixed, pairedWith: pairedWith }: Reader): boolean =>
			!isFixed || pairedWith === undefined || !isBlank(readerAt.get(pairedWith)?.read(entry));
		const meant = used.filter(([, reader]) => isMeant(reader));
		return rowOf(table, new Map(meant.map(([id, { read }]) => [id, read(entry)])));
	});
}

/** Reads a column's value from an entry of the list. `isFixed`: the value is the same in all rows. */
interface Reader {
	read: (entry: IDataObject) => unknown;
	isFixed: boolean;
	pairedWith?: string;
}

/** Returns a row in the API's format from the values of its columns. */
function rowOf(table: Field, values: Map<string, unknown>): IDataObject {
	let row: IDataObject = {};
	for (const column of table.columns ?? []) {
		if (column.columns) {
			const inColumns = column.columns.map(({ name }): [string, unknown] => [
				name,
				values.get(innerColumn(column, name, '').id),
			]);
			const innerRow = rowOf(column, new Map(inColumns));
			if (Object.keys(innerRow).length > 0) row = setPath(row, column.path, [innerRow]);
		} else if (!isBlank(values.get(column.name))) row = setPath(row, column.path, values.get(column.name));
	}
	return row;
}

function listEntries(list: unknown, item: IDataObject): IDataObject[] {
	const found = typeof list === 'string' ? listFromText(list.trim(), item) : list;
	if (isBlank(list)) throw new InputError(LIST, 'is empty', listAdvice(item));
	if (!Array.isArray(found))
		throw new InputError(LIST, `is ${describeValue(list)}, where the input has no list`, listAdvice(item));
	const invalidIndex = found.findIndex((entry) => !isPlainObject(entry));
	if (invalidIndex >= 0)
		throw new InputError(
			LIST,
			`has ${describeValue(found[invalidIndex])} as entry ${invalidIndex + 1}, which is not an object`,
			listAdvice(item),
		);
	return toList(found);
}

function listAdvice(item: IDataObject): string {
	return `Name the field of the input that holds the list (it has: ${fieldNames([item])}), or use an expression that returns the list.`;
}

function listFromText(text: string, item: IDataObject): unknown {
	if (!text.startsWith('[')) return fieldOf(item, text);
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

function columnReader(given: unknown, label: string, entries: IDataObject[]): Reader {
	if (typeof given !== 'string') return { read: () => given, isFixed: true };
	const name = given.trim();
	const fixed = /^(["'])(.*)\1$/s.exec(name);
	if (fixed) return { read: () => fixed[2], isFixed: true };
	if (entries.length === 0 || entries.some((entry) => fieldOf(entry, name) !== undefined))
		return { read: (entry) => fieldOf(entry, name), isFixed: false };
	// A number that is not the name of a field is a value.
	if (/^\d+([.,]\d+)?$/.test(name)) return { read: () => name, isFixed: true };
	throw new InputError(
		`${COLUMNS}: ${label}`,
		`is ${quoted(name)}, which no entry of the list has`,
		`Use a field of the list (it has: ${fieldNames(entries)}), or enter a value for all rows in quotes: "${name}".`,
	);
}

/** Returns the value of a field. A field whose name contains dots takes precedence over a path. */
function fieldOf(entry: IDataObject, name: string): unknown {
	return Object.hasOwn(entry, name) ? entry[name] : getPath(entry, name);
}

const describeValue = (value: unknown): string => quoted(isPlainObject(value) ? JSON.stringify(value) : value);

/** Returns the names of the entries' fields, at most twelve. */
function fieldNames(entries: IDataObject[]): string {
	const names = new Set<string>();
	for (const entry of entries) for (const name of Object.keys(entry)) names.add(name);
	return [...names].slice(0, 12).join(', ') || 'none';
}
