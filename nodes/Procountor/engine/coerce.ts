import { isPlainObject } from '../utils/objects';
import {
	isBlank,
	booleanValue,
	parseLedgerAccount,
	numberValue,
	stripPercentSign,
	textValue,
} from '../validation/cellValues';
import { checkWindows1252 } from '../validation/charset';
import { parseCountry } from '../validation/countries';
import { parseCurrency } from '../validation/currencies';
import { parseDate, parseDateTime } from '../validation/dates';
import { parseLanguage } from '../validation/languages';
import { toNumber, type Decimal } from '../validation/money';
import { convertSerialDate, type DateSystem } from '../validation/serialDates';
import { parseUnit } from '../validation/units';
import { parseTravelTime } from '../validation/travelTime';
import { ok, quoted, fail, type Result } from '../validation/result';
import { resolve, type Schema } from '../api';
import { ID_ADVICE, notAnIdMessage } from './recordId';

/** What is wrong with a value, and its path, such as `invoiceRows[3].vatStatus`. */
export interface Fault {
	path: string;
	message: string;
	/** How to correct it, a sentence without a full stop. */
	advice?: string;
}

/** A value in the API's format, and everything that is wrong with it. */
export interface Coerced {
	value: unknown;
	faults: Fault[];
}

/** The node's description does not list the values of longer enumerations. */
export const MAX_SHORT_ENUMERATION = 60;

/** Matches the path of a field that contains a record's ID. */
export const ID_FIELD = /(^id|I[dD])$/;

/** The advice for a value that should be an object. */
export const OBJECT_ADVICE = 'Give an object, such as {"name": "value"}';

/** A longer list of values is shown in the advice, below the message. */
const MAX_VALUES_IN_MESSAGE = 12;

/**
 * Converts a value to the format of the contract, and reports every fault. `'12'` becomes 12 for an integer, dates in any
 * format become the API's, and names and codes of countries become Procountor's values. Undefined values are left out.
 * A time with an offset becomes the day or time in Finland, whatever the workflow's time zone.
 */
export function coerce(schema: Schema, value: unknown, path: string, options: CoerceOptions = {}): Coerced {
	const faults: Fault[] = [];
	const { requireAll = true, keepNulls = false, name = path, serials } = options;
	return { value: coerceValue(schema, value, path, { faults, requireAll, keepNulls, name, serials }), faults };
}

export interface CoerceOptions {
	/** Whether objects must have their required fields; true if left out. */
	requireAll?: boolean;
	/** Whether to keep nulls, which remove a value from a record in an update; otherwise nulls are left out. */
	keepNulls?: boolean;
	/** The field's name, if the path is empty. */
	name?: string;
	/** How to read a spreadsheet's serial numbers in date fields; they are refused if left out. */
	serials?: DateSystem;
}

interface CoerceContext extends CoerceOptions {
	faults: Fault[];
	name: string;
}

/** Reports what is wrong with a value, and how to correct it. */
type ReportFault = (message: string, advice?: string) => undefined;

function coerceValue(schemaOrRef: Schema, value: unknown, path: string, context: CoerceContext): unknown {
	if (value === null || value === undefined) return context.keepNulls ? value : undefined;
	const schema = resolve(schemaOrRef);
	if (isEmptyCell(schema, value, context.keepNulls)) return undefined;
	const report: ReportFault = (message, advice) => void context.faults.push({ path, message, advice });
	switch (schema.type) {
		case 'object':
			return isPlainObject(value)
				? coerceObject(schema, value, path, context)
				: report(`is not an object: ${quoted(value)}`, OBJECT_ADVICE);
		case 'array':
			return coerceList(schema, value, path, context);
		case 'boolean':
			return valueOrFault(booleanValue(value), report);
		case 'integer':
		case 'number':
			return coerceNumber(
				schema,
				isPercent(schema, path || context.name) ? stripPercentSign(value) : value,
				path,
				report,
			);
		case undefined:
			// A body outside of the contract can contain anything.
			return value;
		default:
			return coerceText(schemaOrRef, value, path || context.name, context, report);
	}
}

/** Converts a serial number in a date field, if the user chose a date system. */
const convertSerialInDateField = (
	{ format }: Schema,
	value: unknown,
	path: string,
	{ serials }: CoerceContext,
): unknown => (format?.startsWith('date') || isTravelTime(path) ? convertSerialDate(value, serials) : value);

/** Whether a value is an empty cell of a spreadsheet, which counts as missing. In an update, an empty text is a fault. */
function isEmptyCell(
	{ type, enum: choices, format, minLength = 0 }: Schema,
	value: unknown,
	keepNulls = false,
): boolean {
	if (typeof value !== 'string' || value.trim() !== '') return false;
	if (type !== 'string' || choices !== undefined || /^(date|number)/.test(format ?? '')) return true;
	return minLength > 0 && !keepNulls;
}

function coerceObject(schema: Schema, value: Record<string, unknown>, path: string, context: CoerceContext): unknown {
	const properties = schema.properties;
	if (!properties) return value;
	const result: Record<string, unknown> = {};
	for (const [name, entry] of Object.entries(value)) {
		const entryPath = path ? `${path}.${name}` : name;
		if (properties[name] === undefined)
			context.faults.push({ path: entryPath, ...unknownFieldFault(name, Object.keys(properties)) });
		else {
			const converted = coerceValue(properties[name], entry, entryPath, context);
			if (converted !== undefined) result[name] = converted;
		}
	}
	for (const name of context.requireAll ? (schema.required ?? []) : []) {
		const entry = value[name];
		if (entry === undefined || entry === null || isEmptyCell(resolve(properties[name] ?? {}), entry))
			context.faults.push({ path: path ? `${path}.${name}` : name, message: 'is missing' });
	}
	return result;
}

function coerceList(schema: Schema, value: unknown, path: string, context: CoerceContext): unknown {
	// A list of plain values can be a text with commas, as in the API itself.
	const list =
		typeof value === 'string'
			? value
					.split(',')
					.map((part) => part.trim())
					.filter((part) => part !== '')
			: value;
	const entries = Array.isArray(list) ? list : [list];
	if (schema.minItems !== undefined && entries.length < schema.minItems)
		context.faults.push({ path, message: `needs at least ${schema.minItems}` });
	if (schema.maxItems !== undefined && entries.length > schema.maxItems)
		context.faults.push({ path, message: `has more than ${schema.maxItems}` });
	const hasObjectItems = resolve(schema.items ?? {}).type === 'object';
	return entries
		.map((entry, index) => {
			const entryPath = `${path}[${index}]`;
			// An empty row that is left out silently would be missing in the saved record.
			if (hasObjectItems && isBlank(entry))
				context.faults.push({ path: entryPath, message: 'is empty', advice: 'Remove it, or fill it in' });
			return coerceValue(schema.items ?? {}, entry, entryPath, { ...context, keepNulls: false });
		})
		.filter((entry) => entry !== undefined);
}

function coerceNumber(schema: Schema, value: unknown, path: string, report: ReportFault): unknown {
	const result = schema.type === 'integer' ? wholeNumber(value) : toNumberResult(numberValue(value));
	if (!result.ok)
		return ID_FIELD.test(path) ? report(notAnIdMessage(value), ID_ADVICE) : report(result.message, result.advice);
	const number = result.value;
	if (schema.type === 'integer' && !Number.isInteger(number))
		return report(`is not a whole number: ${quoted(value)}`, 'Use a whole number, such as 12');
	if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return report('is too large a number');
	if (schema.minimum !== undefined && number < schema.minimum)
		return report(`is below ${schema.minimum}`, `Use ${schema.minimum} or more`);
	if (schema.maximum !== undefined && number > schema.maximum)
		return report(`is above ${schema.maximum}`, `Use ${schema.maximum} or less`);
	return number;
}

/** Whether a field contains a percentage, which can have a percent sign. */
const isPercent = ({ maximum }: Schema, path: string): boolean =>
	maximum === 100 || /(percent|percentage|vat|discount)$/i.test(path);

/** Whether a field contains the number of a ledger account. */
const isAccount = (path: string): boolean =>
	/(^|\.)(account|bookkeepingAccount|defaultAccount|vatAccount\w*)$/.test(path);

/** Whether a value has to be the number of a ledger account. A few fields accept its name too. */
const isAccountNumber = ({ format }: Schema, path: string, value: unknown): boolean =>
	isAccount(path) && !isBlank(value) && (format !== 'accountOrName' || parseLedgerAccount(value).ok);

/** Whether a field contains the start or end of a journey, which is free text in Procountor. */
const isTravelTime = (path: string): boolean => /(^|\.)(departure|arrival)$/.test(path);

function valueOrFault<T>(result: Result<T>, report: ReportFault): T | undefined {
	return result.ok ? result.value : report(result.message, result.advice);
}

const toNumberResult = (result: Result<Decimal>): Result<number> => (result.ok ? toNumber(result.value) : result);

/** Reads a whole number. IDs have more digits than amounts. */
function wholeNumber(value: unknown): Result<number> {
	// Adding 0 turns -0 into 0.
	if (typeof value === 'number' && Number.isFinite(value)) return ok(value + 0);
	const isPlain = typeof value === 'string' && /^\s*[+-]?\d+([.]\d+)?\s*$/.test(value);
	return isPlain ? ok(Number(value)) : toNumberResult(numberValue(value));
}

function coerceText(
	schemaOrRef: Schema,
	value: unknown,
	path: string,
	context: CoerceContext,
	report: ReportFault,
): unknown {
	const schema = resolve(schemaOrRef);
	// A file of another node, which an expression returns, or the name of its binary field.
	if (schema.format === 'binary') return value;
	if (isAccountNumber(schema, path, value)) return fitText(schema, parseLedgerAccount(value), report);
	const converted = convertSerialInDateField(schema, value, path, context);
	if (schema.format === 'date') return valueOrFault(parseDate(converted), report);
	if (schema.format === 'date-time') return valueOrFault(parseDateTime(converted), report);
	const result = textValue(converted);
	// A number contains only supported characters.
	if (result.ok && schema.format === 'number') return result.value;
	if (result.ok && isTravelTime(path || context.name)) return fitText(schema, parseTravelTime(result.value), report);
	if (result.ok && schema.enum) return coerceEnum(schemaOrRef, schema.enum, result.value, report);
	return fitText(schema, result, report);
}

/** Returns a text if it fits its field. Spaces around it are removed only if it is too long with them. */
function fitText(schema: Schema, result: Result<string>, report: ReportFault): unknown {
	if (!result.ok) return report(result.message, result.advice);
	const text = result.value.length > (schema.maxLength ?? Infinity) ? result.value.trim() : result.value;
	const checked = checkText(schema, text);
	return checked.ok ? text : report(checked.message, checked.advice);
}

/** Checks a text's length, pattern and characters. */
function checkText({ minLength = 0, maxLength = Infinity, pattern }: Schema, text: string): Result<unknown> {
	if (text.length < minLength) return fail('is empty');
	if (text.length > maxLength) return fail(`is longer than ${maxLength} characters (${text.length})`);
	if (pattern !== undefined && !new RegExp(pattern).test(text))
		return fail(`does not have the form that Procountor requires: ${quoted(text)}`);
	return checkWindows1252(text);
}

/** Returns Procountor's value, ignoring case; countries, currencies, languages and units also in other usual spellings. */
function coerceEnum(schemaOrRef: Schema, values: string[], text: string, report: ReportFault): unknown {
	if (values.includes(text)) return text;
	const normalized = text.trim().toUpperCase().replaceAll(/[ -]/g, '_');
	const match = values.find((value) => value.toUpperCase() === normalized);
	if (match !== undefined) return match;
	const result = resolveSpelling(schemaOrRef, values, text);
	if (result) return result.ok ? result.value : report(result.message, result.advice);
	const message = `is not one of Procountor's values: ${quoted(text)}`;
	const choices = values.join(', ');
	return values.length > MAX_VALUES_IN_MESSAGE
		? report(message, `Use one of ${choices}`)
		: report(`${message} (${choices})`);
}

function resolveSpelling(schemaOrRef: Schema, values: string[], text: string): Result<string> | undefined {
	if (schemaOrRef.$ref?.startsWith('Country')) return parseCountry(text, values);
	if (schemaOrRef.$ref === 'CurrencyCode') return parseCurrency(text, values);
	if (schemaOrRef.$ref === 'ProductUnit') return parseUnit(text);
	return values.includes('FINNISH') ? parseLanguage(text, values) : undefined;
}

function unknownFieldFault(name: string, names: string[]): { message: string; advice?: string } {
	const similar =
		names.find((known) => known.toLowerCase() === name.toLowerCase()) ??
		names.find((known) => known.toLowerCase().includes(name.toLowerCase()));
	return similar
		? { message: `is not a field of Procountor; did you mean '${similar}'?` }
		: { message: 'is not a field of Procountor', advice: `The fields are ${[...names].sort().join(', ')}` };
}
