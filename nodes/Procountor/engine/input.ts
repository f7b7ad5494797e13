import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isBlank, withoutZeroDecimals } from '../validation/cellValues';
import { latin1Header, nearestInBody } from '../validation/charset';
import { fieldLabel, type LabelOf } from '../labels/fieldLabel';
import { checkIdentities } from '../validation/identities';
import { quoted } from '../validation/result';
import { dateSystem, type DateSystem } from '../validation/serialDates';
import { callInfo, InputError, parseJson, ProcountorError, type QueryValue, resolve, type Schema } from '../api';
import { isPlainObject, listAt, merge, objectAt, setPath, toObject } from '../utils/objects';
import { coerce, type CoerceOptions, type Fault, FORM_OF_AN_OBJECT, FORM_OF_IDS, notAnId, OF_AN_ID } from './coerce';
import { addedFields, checkEmpty, checkParts } from './emptyFilter';
import { formLabels } from './formLabels';
import { jsonLabel } from './properties';
import { LIST_NAMES, rowsFromList } from './rowsFromList';
import { recordId } from './recordId';
import { withoutLocators } from '../n8n/locator';
import { Parameters } from './parameters';
import { addedValues } from './collections';
import { COLLAPSED, PARTNER_MODES, specifyName } from './property';
import type { Field, Operation } from './types';
import { adviceFor } from '../utils/texts';

/** The values of one operation for one item, checked, by where they go. */
export interface Values {
	ids: Record<string, string | number>;
	query: Record<string, QueryValue | undefined>;
	headers: Record<string, string>;
	body: unknown;
	/** The operation's own values. */
	settings: IDataObject;
}

/** What an item's form says of values that are not plain. */
interface Choices {
	/** Decides about a field that was given no value. */
	whenEmpty: (field: Field) => void;
	/** Decides about a field that was given a value. */
	whenGiven: (field: Field) => void;
	/** How serial numbers of spreadsheets in date fields are read, if they are. */
	serials: DateSystem | undefined;
}

/** What a person entered for one item. */
export class Input {
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		private readonly parameters = new Parameters(context),
	) {}

	/** A parameter's value, or undefined when this operation does not show it or it was left empty. */
	given(name: string): unknown {
		const value = this.parameters.at(name, this.index);
		return value === null ? undefined : withoutLocators(value);
	}

	/** The values of an operation's optional fields, as far as they were added. */
	optional(operation: Operation): IDataObject {
		return addedValues(operation, (name) => this.given(name));
	}

	/** How a partner is known that was given without its ID; undefined for one that was chosen or left empty. */
	private partnerBy({ name }: Field): IDataObject | undefined {
		const given = this.parameters.at(name, this.index);
		if (!isPlainObject(given) || isBlank(given.value)) return undefined;
		if (!PARTNER_MODES.some((mode) => mode.name === given.mode)) return undefined;
		return { mode: given.mode as string, value: String(given.value).trim() };
	}

	/** Replaces characters that Procountor does not support by the nearest ones, where the person chose that. */
	private readable(value: unknown, optional: IDataObject): unknown {
		const isText =
			typeof value === 'string' ||
			Array.isArray(value) ||
			(isPlainObject(value) && Object.getPrototypeOf(value) === Object.prototype);
		return optional.letters === 'nearest' && isText ? nearestInBody(value) : value;
	}

	/** All values of an operation, held against the contract; throws an InputError with the label of the field at fault. */
	values(operation: Operation): Values {
		const values: Values = { ids: {}, query: {}, headers: {}, body: undefined, settings: {} };
		const optional = this.optional(operation);
		const { node } = this.parameters;
		const choices: Choices = {
			whenEmpty: (field) => checkEmpty(node, operation, field, optional.emptyFilter),
			whenGiven: (field) => checkParts(this.context, this.index, operation, field),
			serials: dateSystem(optional.serialDates),
		};
		for (const field of operation.fields) {
			const partnerBy = field.byNumber ? this.partnerBy(field) : undefined;
			if (partnerBy) {
				choices.whenGiven({ ...field, refuseEmptyExpression: 'parts' });
				values.settings.partnerBy = partnerBy;
				continue;
			}
			const value = field.columns ? this.table(field) : this.given(field.name);
			this.place(field, this.readable(value, optional), values, choices);
		}
		const added = addedFields(node, operation, optional);
		for (const field of operation.optional)
			if (added.has(field.name)) this.place(field, this.readable(optional[field.name], optional), values, choices);
		for (const [at, value] of Object.entries(operation.fixed ?? {})) setFixed(operation, values, at, value);
		if (callInfo(operation.call).body) values.body = this.wholeBody(operation, values.body, optional);
		return values;
	}

	private place(field: Field, value: unknown, values: Values, choices: Choices): void {
		const isPlain = field.in !== 'body' && field.columns === undefined;
		const isNone = (one: unknown): boolean =>
			(isEmpty(one) && !(field.sendEmptyList && Array.isArray(one))) || (isPlain && isListOfBlanks(one));
		if (isNone(value) || isUntouchedList(field, value)) return leftEmpty(field, choices);
		choices.whenGiven(field);
		if (field.in === 'path') values.ids[field.path] = pathValue(field, value);
		else if (field.in === 'header') values.headers[field.path] = headerValue(field, value);
		else {
			const shaped = this.conformed(field, value, choices);
			// A list of blanks, such as [null] or ',', is no value either.
			if (isNone(shaped)) leftEmpty(field, choices);
			if (field.in === 'body') values.body = bodyWith(values.body, field.path, shaped);
			else if (isNone(shaped)) return;
			else if (field.in === 'query') values.query[field.path] = queryValue(field, shaped);
			else values.settings[field.path] = shaped as IDataObject[string];
		}
	}

	private conformed(field: Field, value: unknown, { serials }: Choices): unknown {
		const schema = resolve(field.schema);
		const readable =
			(schema.type === 'object' || schema.type === 'array') && typeof value === 'string' && /^\s*[[{]/.test(value)
				? unwrapped(schema, json(field.label, value))
				: unwrapped(schema, value);
		// The faults of rows name the row; a table in the form is judged as a whole once more, with what its rows must have.
		const isTable = schema.type === 'array' && resolve(schema.items ?? {}).type === 'object';
		const path = isTable ? field.path : '';
		const { value: shaped, faults } = coerce(field.schema, readable, path, {
			whole: !field.columns,
			name: field.path,
			serials,
		});
		if (faults.length > 0 && isId(field, schema))
			throw new InputError(field.label, notAnId(value), [`${FORM_OF_IDS}.`, field.instead ?? ''].join(' ').trim());
		refuse(
			field.label,
			faults,
			isTable ? { isTable: true, labelOf: formLabels({ fields: [field], optional: [] }) } : {},
		);
		return shaped;
	}

	/** A table's rows, from the editor or as JSON. */
	private table(field: Field): unknown {
		const how = this.given(specifyName(field));
		if (how === 'json') return unwrapped(field.schema, json(`${field.label} (JSON)`, this.given(`${field.name}Json`)));
		if (how === 'list') {
			const [list, mapping] = [this.given(LIST_NAMES.list), this.given(LIST_NAMES.columns)];
			return rowsFromList(field, list, mapping, this.context.getInputData()[this.index].json);
		}
		return rowsOf(field, this.given(field.name));
	}

	private wholeBody(operation: Operation, fromFields: unknown, optional: IDataObject): unknown {
		const schema = callInfo(operation.call).body ?? {};
		if (resolve(schema).type !== 'object') return fromFields;
		const label = jsonLabel(operation);
		const given = this.given('bodyJson') ?? optional.bodyJson;
		const rest = this.readable(isEmpty(given) ? {} : json(label, given), optional);
		if (!isPlainObject(rest)) throw new InputError(label, `is not an object: ${quoted(rest)}`, `${FORM_OF_AN_OBJECT}.`);
		const fields = { ...operation.defaults, ...toObject(fromFields) };
		return checkedBody(operation, merge(fields, rest, operation.partial), {
			whole: !operation.partial,
			serials: dateSystem(optional.serialDates),
		});
	}
}

/**
 * Returns an operation's body in the API's form. Throws an InputError that names every fault. `whole` also checks the
 * fields that a new record needs.
 */
export function checkedBody(
	operation: Operation,
	body: IDataObject,
	{ whole = true, serials }: Pick<CoerceOptions, 'whole' | 'serials'> = {},
): IDataObject {
	const { value, faults } = coerce(callInfo(operation.call).body ?? {}, body, '', { whole, clears: !whole, serials });
	const identities = faults.length ? { value, faults } : checkIdentities(value);
	const labelOf = formLabels(operation);
	// What has a field in the form was hardly entered in the field for JSON.
	const isTable = identities.faults.every(({ path }) => labelOf(path.replaceAll(/\[\d+\]/g, '')) !== undefined);
	refuse(jsonLabel(operation), identities.faults, { labelOf, isTable });
	return toObject(identities.value);
}

/** Whether a field takes the number of a record. */
function isId({ path: at, columns }: Field, { type }: Schema): boolean {
	return (type === 'integer' || type === 'number') && columns === undefined && OF_AN_ID.test(at);
}

/** The list inside `{"rows": […]}`, the form in which AI models and other systems hand over a list, under any one name. */
function unwrapped(schema: Schema, value: unknown): unknown {
	const { type, items } = resolve(schema);
	if (type !== 'array' || !isPlainObject(value)) return value;
	const [[name, list] = [], ...others] = Object.entries(value);
	const isColumn = name !== undefined && resolve(items ?? {}).properties?.[name] !== undefined;
	return others.length === 0 && !isColumn && Array.isArray(list) ? list : value;
}

/** The rows that were filled in in the editor; tables may stand inside tables. */
function rowsOf({ columns = [] }: Field, given: unknown): IDataObject[] {
	const rows = listAt(given, 'row');
	return rows.map(({ [COLLAPSED]: added, ...shown }) => {
		const row: IDataObject = { ...shown, ...toObject(added) };
		let laidRow: IDataObject = {};
		for (const column of columns) {
			const value = column.columns ? filledRows(rowsOf(column, row[column.name])) : row[column.name];
			if (!isEmpty(value)) laidRow = setPath(laidRow, column.path, value);
		}
		return laidRow;
	});
}

/** Inside a row, a row that was added and left alone gives nothing. */
function filledRows(rows: IDataObject[]): IDataObject[] {
	return rows.filter((row) => Object.keys(row).length > 0);
}

function isEmpty(value: unknown): boolean {
	return isBlank(value) || (Array.isArray(value) && value.length === 0);
}

const isListOfBlanks = (value: unknown): boolean => Array.isArray(value) && value.every(isEmpty);

function leftEmpty(field: Field, { whenEmpty }: Choices): void {
	if (field.required)
		throw new InputError(
			field.label,
			'is empty',
			field.instead ?? (field.listSearch ? 'Choose a record, or enter its ID.' : undefined),
		);
	whenEmpty(field);
}

function bodyWith(body: unknown, path: string, value: unknown): unknown {
	return path === '' ? value : setPath(toObject(body), path, value);
}

/** A list that needs an entry, as the editor shows it at first: nothing was given. */
function isUntouchedList({ schema }: Field, value: unknown): boolean {
	return (resolve(schema).minItems ?? 0) > 0 && typeof value === 'string' && /^\s*\[\s*\]\s*$/.test(value);
}

/**
 * Returns JSON from a text or a value, without resource locators. Throws an error that says what is wrong and where.
 */
export function json(label: string, value: unknown): unknown {
	if (typeof value !== 'string') return withoutLocators(value);
	try {
		const read = parseJson(value);
		// AI models sometimes hand over JSON as a text of JSON.
		return withoutLocators(typeof read === 'string' && /^\s*[[{]/.test(read) ? parseJson(read) : read);
	} catch (error) {
		return invalidJson(label, (error as Error).message);
	}
}

function invalidJson(label: string, reason: string): never {
	throw new InputError(
		label,
		`is not valid JSON (${reason})`,
		'Check quotes, commas and brackets, or use an expression that returns an object.',
	);
}

interface RefuseOptions {
	labelOf?: LabelOf;
	/** The faults name fields of the form, such as rows of a table, so that the label would say nothing more. */
	isTable?: boolean;
}

/** The most faults that one message names. */
const MOST_NAMED = 10;

/** Throws all faults at once, each with the label of its field; `label` is the form's field that they were entered in. */
function refuse(label: string, faults: Fault[], { labelOf, isTable = false }: RefuseOptions = {}): void {
	if (faults.length === 0) return;
	const [first] = faults;
	const ownLabel = labelOf?.(first.path);
	if (faults.every(({ path }) => path === '')) throw new InputError(label, first.message, adviceFor(faults));
	if (faults.length === 1 && ownLabel !== undefined) throw new InputError(ownLabel, first.message, adviceFor(faults));
	const named = faults
		.slice(0, MOST_NAMED)
		.map(({ path, message }) => [fieldLabel(path, { labelOf }), message].filter((part) => part).join(' '));
	const rest = faults.length > named.length ? ` and ${faults.length - named.length} more` : '';
	const message = named.join('; ') + rest;
	if (isTable) throw new ProcountorError({ message, advice: adviceFor(faults) });
	throw new InputError(label, message, adviceFor(faults));
}

/** An id is a whole number, nothing else; other path values (webhooks, second factor) are plain words. */
function pathValue(field: Field, value: unknown): string | number {
	const schema = resolve(field.schema);
	if (isPlainObject(value))
		throw new InputError(field.label, `is an object: ${quoted(value)}`, 'Enter only the ID, such as {{ $json.id }}.');
	const text = Array.isArray(value) ? value.join(',') : withoutZeroDecimals(String(value).trim());
	if (schema.pattern !== undefined && text.includes(','))
		return text
			.split(',')
			.map((part) => recordId(field.label, part))
			.join(',');
	if (schema.pattern === undefined && schema.type === 'string') {
		if (!/^[\w-]+$/.test(text))
			throw new InputError(field.label, `is not an ID: '${text}'`, 'Enter only the ID, without slashes or spaces.');
		return text;
	}
	return recordId(field.label, text);
}

function headerValue(field: Field, value: unknown): string {
	const text = latin1Header(String(value).trim());
	if (!text.ok)
		throw new InputError(
			field.label,
			text.message,
			'This search is sent in a header, which can contain only Western European characters.',
		);
	return text.value;
}

function queryValue(field: Field, value: unknown): QueryValue | undefined {
	if (Array.isArray(value)) return field.repeated ? { repeat: value as string[] } : (value as string[]);
	return value as QueryValue | undefined;
}

function setFixed(operation: Operation, values: Values, at: string, value: string | number | boolean): void {
	if (callInfo(operation.call).query?.[at]) values.query[at] = value;
	else values.body = setPath(objectAt(values, 'body'), at, value);
}
