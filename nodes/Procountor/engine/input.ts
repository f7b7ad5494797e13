import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isBlank } from '../validation/cellValues';
import { replaceUnsupportedInBody } from '../validation/charset';
import { fieldLabel, type LabelOf } from '../labels/fieldLabel';
import { checkIdentities } from '../validation/identities';
import { quoted } from '../validation/result';
import { parseDateSystem, type DateSystem } from '../validation/serialDates';
import { callInfo, InputError, ProcountorError, type QueryValue, resolve, type Schema } from '../api';
import { isPlainObject, listAt, merge, setPath, toObject } from '../utils/objects';
import { coerce, type CoerceOptions, type Fault, ID_FIELD, OBJECT_ADVICE } from './coerce';
import { addedFields, checkEmptyExpression, checkExpressionParts } from './emptyFilter';
import { formLabels } from './formLabels';
import { headerText } from './headerText';
import { parseJsonInput, unwrapList } from './jsonInput';
import { jsonLabel } from './properties';
import { LIST_NAMES, rowsFromList } from './rowsFromList';
import { ID_ADVICE, notAnIdMessage } from './recordId';
import { pathValue, queryValue, setFixedValue } from './requestValues';
import { withoutLocators } from '../n8n/locator';
import { Parameters } from './parameters';
import { addedValues } from './collections';
import { COLLAPSED, PARTNER_MODES, specifyParameterName } from './property';
import type { Field, Operation } from './types';
import { adviceFor, joinFirst } from '../utils/texts';

/** The checked values of one item, by their location in the request. */
export interface Values {
	ids: Record<string, string | number>;
	query: Record<string, QueryValue | undefined>;
	headers: Record<string, string>;
	body: unknown;
	/** Values for the operation itself, which are not part of the request. */
	settings: IDataObject;
}

/** How to treat the values of an item's fields. */
interface FieldHandling {
	/** Called for a field without a value. */
	onEmpty: (field: Field) => void;
	/** Called for a field with a value. */
	onValue: (field: Field) => void;
	/** How to read a spreadsheet's serial numbers in date fields; undefined if they are refused. */
	serials: DateSystem | undefined;
}

/** The parameters of one item. */
export class Input {
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		private readonly parameters = new Parameters(context),
	) {}

	/** Returns a parameter's value; undefined if the operation does not show it. */
	parameter(name: string): unknown {
		const value = this.parameters.get(name, this.index);
		return value === null ? undefined : withoutLocators(value);
	}

	/** Returns the values of the optional fields that were added. */
	optionalValues(operation: Operation): IDataObject {
		return addedValues(operation, (name) => this.parameter(name));
	}

	/** Returns how a partner is identified other than by ID; undefined if it was chosen from the list or left empty. */
	private partnerReference({ name }: Field): IDataObject | undefined {
		const locator = this.parameters.get(name, this.index);
		if (!isPlainObject(locator) || isBlank(locator.value)) return undefined;
		if (!PARTNER_MODES.some((mode) => mode.name === locator.mode)) return undefined;
		return { mode: locator.mode as string, value: String(locator.value).trim() };
	}

	/** Replaces characters that Procountor does not support by the nearest ones, if the user chose that. */
	private replaceUnsupported(value: unknown, optional: IDataObject): unknown {
		const isText =
			typeof value === 'string' ||
			Array.isArray(value) ||
			(isPlainObject(value) && Object.getPrototypeOf(value) === Object.prototype);
		return optional.letters === 'nearest' && isText ? replaceUnsupportedInBody(value) : value;
	}

	/** Returns all values of an operation. @throws {InputError} that names the field, for a value that the contract forbids */
	values(operation: Operation): Values {
		const values: Values = { ids: {}, query: {}, headers: {}, body: undefined, settings: {} };
		const optional = this.optionalValues(operation);
		const { node } = this.parameters;
		const handling: FieldHandling = {
			onEmpty: (field) => checkEmptyExpression(node, operation, field, optional.emptyFilter),
			onValue: (field) => checkExpressionParts(this.context, this.index, operation, field),
			serials: parseDateSystem(optional.serialDates),
		};
		for (const field of operation.fields) {
			const partnerBy = field.byNumber ? this.partnerReference(field) : undefined;
			if (partnerBy) {
				handling.onValue({ ...field, refuseEmptyExpression: 'parts' });
				values.settings.partnerBy = partnerBy;
				continue;
			}
			const value = field.columns ? this.tableRows(field) : this.parameter(field.name);
			this.addValue(field, this.replaceUnsupported(value, optional), values, handling);
		}
		const added = addedFields(node, operation, optional);
		for (const field of operation.optional)
			if (added.has(field.name))
				this.addValue(field, this.replaceUnsupported(optional[field.name], optional), values, handling);
		for (const [path, value] of Object.entries(operation.fixed ?? {})) setFixedValue(operation, values, path, value);
		if (callInfo(operation.call).body) values.body = this.buildBody(operation, values.body, optional);
		return values;
	}

	private addValue(field: Field, value: unknown, values: Values, handling: FieldHandling): void {
		const treatsBlanksAsEmpty = field.in !== 'body' && field.columns === undefined;
		const isEmptyValue = (candidate: unknown): boolean =>
			(isEmpty(candidate) && !(field.sendEmptyList && Array.isArray(candidate))) ||
			(treatsBlanksAsEmpty && isListOfBlanks(candidate));
		if (isEmptyValue(value) || isUntouchedList(field, value)) return handleEmpty(field, handling);
		handling.onValue(field);
		if (field.in === 'path') values.ids[field.path] = pathValue(field, value);
		else if (field.in === 'header') values.headers[field.path] = headerText(field.label, String(value).trim());
		else {
			const converted = this.coerceField(field, value, handling);
			// A list of blanks, such as [null] or ',', counts as empty too.
			if (isEmptyValue(converted)) handleEmpty(field, handling);
			if (field.in === 'body') values.body = setBodyValue(values.body, field.path, converted);
			else if (isEmptyValue(converted)) return;
			else if (field.in === 'query') values.query[field.path] = queryValue(field, converted);
			else values.settings[field.path] = converted as IDataObject[string];
		}
	}

	private coerceField(field: Field, value: unknown, { serials }: FieldHandling): unknown {
		const schema = resolve(field.schema);
		const parsed =
			(schema.type === 'object' || schema.type === 'array') && typeof value === 'string' && /^\s*[[{]/.test(value)
				? unwrapList(schema, parseJsonInput(field.label, value))
				: unwrapList(schema, value);
		// Faults in a table name the row. The required fields of its rows are checked later, with the whole body.
		const isTable = schema.type === 'array' && resolve(schema.items ?? {}).type === 'object';
		const path = isTable ? field.path : '';
		const { value: converted, faults } = coerce(field.schema, parsed, path, {
			requireAll: !field.columns,
			name: field.path,
			serials,
		});
		if (faults.length > 0 && isIdField(field, schema))
			throw new InputError(
				field.label,
				notAnIdMessage(value),
				[`${ID_ADVICE}.`, field.emptyAdvice ?? ''].join(' ').trim(),
			);
		throwFaults(
			field.label,
			faults,
			isTable ? { omitLabel: true, labelOf: formLabels({ fields: [field], optional: [] }) } : {},
		);
		return converted;
	}

	/** Returns a table's rows, from the form, as JSON, or from a list in the input. */
	private tableRows(field: Field): unknown {
		const specifiedAs = this.parameter(specifyParameterName(field));
		if (specifiedAs === 'json')
			return unwrapList(field.schema, parseJsonInput(`${field.label} (JSON)`, this.parameter(`${field.name}Json`)));
		if (specifiedAs === 'list') {
			const [list, mapping] = [this.parameter(LIST_NAMES.list), this.parameter(LIST_NAMES.columns)];
			return rowsFromList(field, list, mapping, this.context.getInputData()[this.index].json);
		}
		return formRows(field, this.parameter(field.name));
	}

	private buildBody(operation: Operation, fromFields: unknown, optional: IDataObject): unknown {
		const schema = callInfo(operation.call).body ?? {};
		if (resolve(schema).type !== 'object') return fromFields;
		const label = jsonLabel(operation);
		const json = this.parameter('bodyJson') ?? optional.bodyJson;
		const jsonFields = this.replaceUnsupported(isEmpty(json) ? {} : parseJsonInput(label, json), optional);
		if (!isPlainObject(jsonFields))
			throw new InputError(label, `is not an object: ${quoted(jsonFields)}`, `${OBJECT_ADVICE}.`);
		const fields = { ...operation.defaults, ...toObject(fromFields) };
		return checkedBody(operation, merge(fields, jsonFields, operation.partial), {
			requireAll: !operation.partial,
			serials: parseDateSystem(optional.serialDates),
		});
	}
}

/**
 * Returns an operation's body in the API's format. `requireAll` also checks the fields that a new record needs.
 * @throws {InputError} that names every fault
 */
export function checkedBody(
	operation: Operation,
	body: IDataObject,
	{ requireAll = true, serials }: Pick<CoerceOptions, 'requireAll' | 'serials'> = {},
): IDataObject {
	const coerced = coerce(callInfo(operation.call).body ?? {}, body, '', {
		requireAll,
		keepNulls: !requireAll,
		serials,
	});
	const checked = coerced.faults.length ? coerced : checkIdentities(coerced.value);
	const labelOf = formLabels(operation);
	// If all faults are in fields of the form, the user has probably entered them there, not in the JSON field.
	const omitLabel = checked.faults.every(({ path }) => labelOf(path.replaceAll(/\[\d+\]/g, '')) !== undefined);
	throwFaults(jsonLabel(operation), checked.faults, { labelOf, omitLabel });
	return toObject(checked.value);
}

/** Whether a field contains a record's ID. */
function isIdField({ path, columns }: Field, { type }: Schema): boolean {
	return (type === 'integer' || type === 'number') && columns === undefined && ID_FIELD.test(path);
}

/** Returns the rows of the form's table. Rows can contain tables. */
function formRows({ columns = [] }: Field, table: unknown): IDataObject[] {
	const rows = listAt(table, 'row');
	return rows.map(({ [COLLAPSED]: collapsed, ...shown }) => {
		const row: IDataObject = { ...shown, ...toObject(collapsed) };
		let apiRow: IDataObject = {};
		for (const column of columns) {
			const value = column.columns ? filledRows(formRows(column, row[column.name])) : row[column.name];
			if (!isEmpty(value)) apiRow = setPath(apiRow, column.path, value);
		}
		return apiRow;
	});
}

/** Returns the rows of a table inside a row, without those that the user added but did not fill in. */
function filledRows(rows: IDataObject[]): IDataObject[] {
	return rows.filter((row) => Object.keys(row).length > 0);
}

function isEmpty(value: unknown): boolean {
	return isBlank(value) || (Array.isArray(value) && value.length === 0);
}

const isListOfBlanks = (value: unknown): boolean => Array.isArray(value) && value.every(isEmpty);

function handleEmpty(field: Field, { onEmpty }: FieldHandling): void {
	if (field.required)
		throw new InputError(
			field.label,
			'is empty',
			field.emptyAdvice ?? (field.listSearch ? 'Choose a record, or enter its ID.' : undefined),
		);
	onEmpty(field);
}

function setBodyValue(body: unknown, path: string, value: unknown): unknown {
	return path === '' ? value : setPath(toObject(body), path, value);
}

/** Whether a list that needs an entry still has the editor's initial value. */
function isUntouchedList({ schema }: Field, value: unknown): boolean {
	return (resolve(schema).minItems ?? 0) > 0 && typeof value === 'string' && /^\s*\[\s*\]\s*$/.test(value);
}

interface FaultOptions {
	labelOf?: LabelOf;
	/** Whether to leave out the label, because each fault names its own field, such as a column of a table. */
	omitLabel?: boolean;
}

/** An error lists this many faults, and counts the others. */
const MAX_LISTED_FAULTS = 10;

/** Throws all faults in one error, each with its field's label. `label` is the field of the form that contains them. */
function throwFaults(label: string, faults: Fault[], { labelOf, omitLabel = false }: FaultOptions = {}): void {
	if (faults.length === 0) return;
	const [first] = faults;
	const firstFieldLabel = labelOf?.(first.path);
	if (faults.every(({ path }) => path === '')) throw new InputError(label, first.message, adviceFor(faults));
	if (faults.length === 1 && firstFieldLabel !== undefined)
		throw new InputError(firstFieldLabel, first.message, adviceFor(faults));
	const descriptions = faults.map(({ path, message }) =>
		[fieldLabel(path, { labelOf }), message].filter((part) => part).join(' '),
	);
	const message = joinFirst(descriptions, MAX_LISTED_FAULTS, '; ');
	if (omitLabel) throw new ProcountorError({ message, advice: adviceFor(faults) });
	throw new InputError(label, message, adviceFor(faults));
}
