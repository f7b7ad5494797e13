import { isBlank } from '../validation/cellValues';
import type { IDataObject, ILoadOptionsFunctions, INodeProperties, ResourceMapperFields } from 'n8n-workflow';
import { InputError, parseJson } from '../api';
import { getPath, isPlainObject, setPath, toList } from '../utils/objects';
import { quoted } from '../validation/result';
import type { Field, Operation, Resource } from './types';

/**
 * The parameters that fill an operation's first table from a list: where the list is, and which field fills which
 * column.
 */
export const LIST_NAMES = { list: 'list', columns: 'listColumns' } as const;

const METHOD = 'getListColumns';

const LIST = 'List';
const COLUMNS = 'Fields of the List';

/**
 * Returns the form's two fields for rows from a list. n8n's mapping control loads the table's columns when it is shown.
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

/** A column as the mapping shows it; a table inside the row gives the columns of its first row. */
interface ListColumn {
	/** The key in the mapping's value. */
	id: string;
	label: string;
	/** Shown only when it is added. */
	isFolded: boolean;
	/** The key of the column without which it means nothing. */
	pair?: string;
}

function columnsFor(table: Field): ListColumn[] {
	return (table.columns ?? []).flatMap((column) => {
		const isFolded = column.collapsed === true;
		const { name, label, pairedWith } = column;
		if (!column.columns) return [{ id: name, label, isFolded, pair: pairedWith }];
		return columnsFor(column).map(({ id, label: title, pair }) => ({
			...inner(column, id, title),
			isFolded,
			pair: pair && inner(column, pair, '').id,
		}));
	});
}

/** A column of a table that stands inside a row. */
function inner(table: Field, id: string, label: string): { id: string; label: string } {
	return { id: `${table.name}_${id}`, label: label.startsWith(table.label) ? label : `${table.label}: ${label}` };
}

/** The operation's table that can be filled from a list in the input. */
function listTable({ fields }: Pick<Operation, 'fields'>): Field | undefined {
	return fields.find(({ fromList }) => fromList);
}

/** The method that n8n's mapping control calls to get the columns of the operation in the form. */
export function listColumnMethods(resources: Resource[]) {
	return {
		async [METHOD](this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
			const [resource, operation] = ['resource', 'operation'].map((one) => this.getCurrentNodeParameter(one));
			const operations = resources.find(({ value }) => value === resource)?.operations ?? {};
			const table = listTable(operations[String(operation)] ?? { fields: [] });
			return { fields: table ? columnsFor(table).map(mappingField) : [] };
		},
	};
}

/** No type: n8n would turn a number, which stands for itself, into the text of a field's name. */
function mappingField({ id, label, isFolded }: ListColumn): ResourceMapperFields['fields'][number] {
	return { id, displayName: label, defaultMatch: false, required: false, display: true, removed: isFolded };
}

/**
 * A table's rows from a list of objects. Each column is filled from the field that its text names; a text in quotes,
 * a number and a truth value are the same in all rows.
 *
 * @param list the list, its text as JSON, or the dotted path to it in `item`
 * @param mapping n8n's mapping: `{ value: { [column]: field or value } }`
 * @throws InputError for a list that is none, an entry that is no object, and a field that no entry has
 */
export function rowsFromList(table: Field, list: unknown, mapping: unknown, item: IDataObject): IDataObject[] {
	const entries = entriesOf(list, item);
	const chosen = (mapping as { value?: IDataObject | null } | undefined)?.value ?? {};
	const readers = columnsFor(table)
		.filter(({ id }) => !isBlank(chosen[id]))
		.map(({ id, label, pair }): [string, Reader] => [id, { ...readerOf(chosen[id], label, entries), pair }]);
	const readerAt = new Map(readers);
	if (readers.length === 0)
		throw new InputError(COLUMNS, 'is empty', 'Enter for each column the name of the field that fills it.');
	const alone = new Set(table.columns?.filter(({ standsAlone }) => standsAlone).map(({ name }) => name));
	return entries.map((entry) => {
		const isAlone = readers.some(([id, { read }]) => alone.has(id) && !isBlank(read(entry)));
		const used = isAlone ? readers.filter(([, { isFixed }]) => !isFixed) : readers;
		const isMeant = ({ isFixed, pair }: Reader): boolean =>
			!isFixed || pair === undefined || !isBlank(readerAt.get(pair)?.read(entry));
		const meant = used.filter(([, reader]) => isMeant(reader));
		return rowOf(table, new Map(meant.map(([id, { read }]) => [id, read(entry)])));
	});
}

/** How a column is filled from an entry of the list, or, fixed, alike in all rows. */
interface Reader {
	read: (entry: IDataObject) => unknown;
	isFixed: boolean;
	pair?: string;
}

/** A row in the API's form from the values of its columns. */
function rowOf(table: Field, values: Map<string, unknown>): IDataObject {
	let row: IDataObject = {};
	for (const column of table.columns ?? []) {
		if (column.columns) {
			const inColumns = column.columns.map(({ name }): [string, unknown] => [
				name,
				values.get(inner(column, name, '').id),
			]);
			const innerRow = rowOf(column, new Map(inColumns));
			if (Object.keys(innerRow).length > 0) row = setPath(row, column.path, [innerRow]);
		} else if (!isBlank(values.get(column.name))) row = setPath(row, column.path, values.get(column.name));
	}
	return row;
}

function entriesOf(list: unknown, item: IDataObject): IDataObject[] {
	const found = typeof list === 'string' ? listAt(list.trim(), item) : list;
	if (isBlank(list)) throw new InputError(LIST, 'is empty', advice(item));
	if (!Array.isArray(found)) throw new InputError(LIST, `is ${shown(list)}, where the input has no list`, advice(item));
	const odd = found.findIndex((entry) => !isPlainObject(entry));
	if (odd >= 0)
		throw new InputError(LIST, `has ${shown(found[odd])} as entry ${odd + 1}, which is not an object`, advice(item));
	return toList(found);
}

function advice(item: IDataObject): string {
	return `Name the field of the input that holds the list (it has: ${namesOf([item])}), or use an expression that returns the list.`;
}

function listAt(text: string, item: IDataObject): unknown {
	if (!text.startsWith('[')) return fieldOf(item, text);
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

function readerOf(given: unknown, label: string, entries: IDataObject[]): Reader {
	if (typeof given !== 'string') return { read: () => given, isFixed: true };
	const name = given.trim();
	const fixed = /^(["'])(.*)\1$/s.exec(name);
	if (fixed) return { read: () => fixed[2], isFixed: true };
	if (entries.length === 0 || entries.some((entry) => fieldOf(entry, name) !== undefined))
		return { read: (entry) => fieldOf(entry, name), isFixed: false };
	// No field is called 25.5 by mistake.
	if (/^\d+([.,]\d+)?$/.test(name)) return { read: () => name, isFixed: true };
	throw new InputError(
		`${COLUMNS}: ${label}`,
		`is ${quoted(name)}, which no entry of the list has`,
		`Use a field of the list (it has: ${namesOf(entries)}), or enter a value for all rows in quotes: "${name}".`,
	);
}

/** A field whose own name has dots comes before one that a path leads to. */
function fieldOf(entry: IDataObject, name: string): unknown {
	return Object.hasOwn(entry, name) ? entry[name] : getPath(entry, name);
}

const shown = (value: unknown): string => quoted(isPlainObject(value) ? JSON.stringify(value) : value);

/** The names of the fields of a list's entries, at most twelve. */
function namesOf(entries: IDataObject[]): string {
	const names = new Set<string>();
	for (const entry of entries) for (const name of Object.keys(entry)) names.add(name);
	return [...names].slice(0, 12).join(', ') || 'none';
}
