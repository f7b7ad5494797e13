import { isPlainObject } from '../utils/objects';
import { isBlank, booleanValue, ledgerAccount, numberValue, percentOf, textValue } from '../validation/cellValues';
import { windows1252 } from '../validation/charset';
import { country } from '../validation/countries';
import { currency } from '../validation/currencies';
import { date, dateTime } from '../validation/dates';
import { language } from '../validation/languages';
import { toNumber, type Decimal } from '../validation/money';
import { withoutSerial, type DateSystem } from '../validation/serialDates';
import { unit } from '../validation/units';
import { travelTime } from '../validation/travelTime';
import { ok, quoted, fail, type Result } from '../validation/result';
import { resolve, type Schema } from '../api';

/** One thing that a value may not be, with the path to it: `invoiceRows[3].vatStatus`. */
export interface Fault {
	path: string;
	message: string;
	/** How to correct it, a sentence without a full stop. */
	advice?: string;
}

/** A value in the API's form, and everything that is wrong with it. */
export interface Coerced {
	value: unknown;
	faults: Fault[];
}

/** Longer enumerations are not part of the node's description. */
export const LONG_ENUMERATION = 60;

/** The path of a value that names another record. */
export const OF_AN_ID = /(^id|I[dD])$/;

export const notAnId = (value: unknown): string => `is not an ID: ${quoted(value)}`;

/** What to do about a value that is not an ID. */
export const FORM_OF_IDS = 'IDs in Procountor are whole numbers, such as 12345';

/** What to do about a value that should be an object. */
export const FORM_OF_AN_OBJECT = 'Give an object, such as {"name": "value"}';

/** A longer list of values stands in the advice, below the message. */
const MOST_IN_MESSAGE = 12;

/**
 * Converts a value to the form that the contract asks for, and names every fault. `'12'` becomes 12 for an integer, any
 * form of a date becomes the API's, and names and codes of countries become Procountor's values. Undefined values are
 * left out. A time with an offset becomes the day or time that it was in Finland, whatever time zone the workflow has.
 */
export function coerce(schema: Schema, value: unknown, path: string, options: CoerceOptions = {}): Coerced {
	const faults: Fault[] = [];
	const { whole = true, clears = false, name = path, serials } = options;
	return { value: shape(schema, value, path, { faults, whole, clears, name, serials }), faults };
}

export interface CoerceOptions {
	/** Objects must have their required fields; true when left out. */
	whole?: boolean;
	/** Null stays, since it removes a value from the record; else nulls are left out. */
	clears?: boolean;
	/** The field's name, where the path is empty. */
	name?: string;
	/** Serial numbers of spreadsheets in date fields are read by this system; refused when left out. */
	serials?: DateSystem;
}

interface Run extends CoerceOptions {
	faults: Fault[];
	name: string;
}

/** Names what is wrong with a value, and how to correct it. */
type Refuse = (message: string, advice?: string) => undefined;

function shape(given: Schema, value: unknown, path: string, run: Run): unknown {
	if (value === null || value === undefined) return run.clears ? value : undefined;
	const schema = resolve(given);
	if (isEmptyCell(schema, value, run.clears)) return undefined;
	const fault: Refuse = (message, advice) => void run.faults.push({ path, message, advice });
	switch (schema.type) {
		case 'object':
			return isPlainObject(value)
				? shapeObject(schema, value, path, run)
				: fault(`is not an object: ${quoted(value)}`, FORM_OF_AN_OBJECT);
		case 'array':
			return shapeList(schema, value, path, run);
		case 'boolean':
			return taken(booleanValue(value), fault);
		case 'integer':
		case 'number':
			return shapeNumber(schema, isPercent(schema, path || run.name) ? percentOf(value) : value, path, fault);
		case undefined:
			// Anything at all: the body of a request in free form.
			return value;
		default:
			return shapeText(given, value, path || run.name, run, fault);
	}
}

/** A value in which dates as serial numbers are read, if that is chosen. */
const written = ({ format }: Schema, value: unknown, path: string, { serials }: Run): unknown =>
	format?.startsWith('date') || isTravelTime(path) ? withoutSerial(value, serials) : value;

/** An empty cell of a sheet, where no empty text belongs: nothing. In an update, an emptied text is a fault. */
function isEmptyCell({ type, enum: choices, format, minLength = 0 }: Schema, value: unknown, clears = false): boolean {
	if (typeof value !== 'string' || value.trim() !== '') return false;
	if (type !== 'string' || choices !== undefined || /^(date|number)/.test(format ?? '')) return true;
	return minLength > 0 && !clears;
}

function shapeObject(schema: Schema, value: Record<string, unknown>, path: string, run: Run): unknown {
	const properties = schema.properties;
	if (!properties) return value;
	const result: Record<string, unknown> = {};
	for (const [name, inner] of Object.entries(value)) {
		const here = path ? `${path}.${name}` : name;
		if (properties[name] === undefined) run.faults.push({ path: here, ...unknownName(name, Object.keys(properties)) });
		else {
			const shaped = shape(properties[name], inner, here, run);
			if (shaped !== undefined) result[name] = shaped;
		}
	}
	for (const name of run.whole ? (schema.required ?? []) : []) {
		const given = value[name];
		if (given === undefined || given === null || isEmptyCell(resolve(properties[name] ?? {}), given))
			run.faults.push({ path: path ? `${path}.${name}` : name, message: 'is missing' });
	}
	return result;
}

function shapeList(schema: Schema, value: unknown, path: string, run: Run): unknown {
	// A list of plain values may be written with commas, as the API itself does.
	const list =
		typeof value === 'string'
			? value
					.split(',')
					.map((part) => part.trim())
					.filter((part) => part !== '')
			: value;
	const entries = Array.isArray(list) ? list : [list];
	if (schema.minItems !== undefined && entries.length < schema.minItems)
		run.faults.push({ path, message: `needs at least ${schema.minItems}` });
	if (schema.maxItems !== undefined && entries.length > schema.maxItems)
		run.faults.push({ path, message: `has more than ${schema.maxItems}` });
	const isOfRows = resolve(schema.items ?? {}).type === 'object';
	return entries
		.map((entry, index) => {
			const here = `${path}[${index}]`;
			// Dropped silently, an empty row would be missing in what is saved.
			if (isOfRows && isBlank(entry))
				run.faults.push({ path: here, message: 'is empty', advice: 'Remove it, or fill it in' });
			return shape(schema.items ?? {}, entry, here, { ...run, clears: false });
		})
		.filter((entry) => entry !== undefined);
}

function shapeNumber(schema: Schema, value: unknown, path: string, fault: Refuse): unknown {
	const read = schema.type === 'integer' ? wholeNumber(value) : passedOn(numberValue(value));
	if (!read.ok) return OF_AN_ID.test(path) ? fault(notAnId(value), FORM_OF_IDS) : fault(read.message, read.advice);
	const number = read.value;
	if (schema.type === 'integer' && !Number.isInteger(number))
		return fault(`is not a whole number: ${quoted(value)}`, 'Use a whole number, such as 12');
	if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return fault('is too large a number');
	if (schema.minimum !== undefined && number < schema.minimum)
		return fault(`is below ${schema.minimum}`, `Use ${schema.minimum} or more`);
	if (schema.maximum !== undefined && number > schema.maximum)
		return fault(`is above ${schema.maximum}`, `Use ${schema.maximum} or less`);
	return number;
}

/** A field that holds a share of a hundred takes its sign too. */
const isPercent = ({ maximum }: Schema, path: string): boolean =>
	maximum === 100 || /(percent|percentage|vat|discount)$/i.test(path);

/** A field that holds the number of a ledger account. */
const isAccount = (path: string): boolean =>
	/(^|\.)(account|bookkeepingAccount|defaultAccount|vatAccount\w*)$/.test(path);

/** Whether a value has to be the number of a ledger account; a few fields take its name too. */
const isAccountNumber = ({ format }: Schema, path: string, value: unknown): boolean =>
	isAccount(path) && !isBlank(value) && (format !== 'accountOrName' || ledgerAccount(value).ok);

/** A field that holds when a journey began or ended: a free text for Procountor. */
const isTravelTime = (path: string): boolean => /(^|\.)(departure|arrival)$/.test(path);

function taken<T>(verdict: Result<T>, fault: Refuse): T | undefined {
	return verdict.ok ? verdict.value : fault(verdict.message, verdict.advice);
}

const passedOn = (read: Result<Decimal>): Result<number> => (read.ok ? toNumber(read.value) : read);

/** A number that should be whole; IDs have more digits than amounts. */
function wholeNumber(value: unknown): Result<number> {
	// Minus zero is zero.
	if (typeof value === 'number' && Number.isFinite(value)) return ok(value + 0);
	const isPlain = typeof value === 'string' && /^\s*[+-]?\d+([.]\d+)?\s*$/.test(value);
	return isPlain ? ok(Number(value)) : passedOn(numberValue(value));
}

function shapeText(given: Schema, value: unknown, path: string, run: Run, fault: Refuse): unknown {
	const schema = resolve(given);
	// A file, which an expression takes from another node, or the name of the field that holds it.
	if (schema.format === 'binary') return value;
	if (isAccountNumber(schema, path, value)) return fitted(schema, ledgerAccount(value), fault);
	const readable = written(schema, value, path, run);
	if (schema.format === 'date') return taken(date(readable), fault);
	if (schema.format === 'date-time') return taken(dateTime(readable), fault);
	const read = textValue(readable);
	// Signs that only numbers have, such as a true minus, are none of Procountor's.
	if (read.ok && schema.format === 'number') return read.value;
	if (read.ok && isTravelTime(path || run.name)) return fitted(schema, travelTime(read.value), fault);
	if (read.ok && schema.enum) return shapeChoice(given, schema.enum, read.value, fault);
	return fitted(schema, read, fault);
}

/** A text if it fits its field, where the spaces around it make it too long without them. */
function fitted(schema: Schema, read: Result<string>, fault: Refuse): unknown {
	if (!read.ok) return fault(read.message, read.advice);
	const text = read.value.length > (schema.maxLength ?? Infinity) ? read.value.trim() : read.value;
	const fitting = fittingText(schema, text);
	return fitting.ok ? text : fault(fitting.message, fitting.advice);
}

/** A text within the contract's length and pattern, and in characters that Procountor can store. */
function fittingText({ minLength = 0, maxLength = Infinity, pattern }: Schema, text: string): Result<unknown> {
	if (text.length < minLength) return fail('is empty');
	if (text.length > maxLength) return fail(`is longer than ${maxLength} characters (${text.length})`);
	if (pattern !== undefined && !new RegExp(pattern).test(text))
		return fail(`does not have the form that Procountor requires: ${quoted(text)}`);
	return windows1252(text);
}

/** Procountor's own value, whatever its case; countries, currencies, languages and units in every usual spelling. */
function shapeChoice(given: Schema, values: string[], text: string, fault: Refuse): unknown {
	if (values.includes(text)) return text;
	const wanted = text.trim().toUpperCase().replaceAll(/[ -]/g, '_');
	const known = values.find((value) => value.toUpperCase() === wanted);
	if (known !== undefined) return known;
	const verdict = spelled(given, values, text);
	if (verdict) return verdict.ok ? verdict.value : fault(verdict.message, verdict.advice);
	const message = `is not one of Procountor's values: ${quoted(text)}`;
	const choices = values.join(', ');
	return values.length > MOST_IN_MESSAGE ? fault(message, `Use one of ${choices}`) : fault(`${message} (${choices})`);
}

function spelled(given: Schema, values: string[], text: string): Result<string> | undefined {
	if (given.$ref?.startsWith('Country')) return country(text, values);
	if (given.$ref === 'CurrencyCode') return currency(text, values);
	if (given.$ref === 'ProductUnit') return unit(text);
	return values.includes('FINNISH') ? language(text, values) : undefined;
}

function unknownName(name: string, names: string[]): { message: string; advice?: string } {
	const near =
		names.find((known) => known.toLowerCase() === name.toLowerCase()) ??
		names.find((known) => known.toLowerCase().includes(name.toLowerCase()));
	return near
		? { message: `is not a field of Procountor; did you mean '${near}'?` }
		: { message: 'is not a field of Procountor', advice: `The fields are ${[...names].sort().join(', ')}` };
}
