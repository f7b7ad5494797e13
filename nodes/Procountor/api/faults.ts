import { bodyObject, type Response } from './response';

/** One fault of a response, such as Procountor's `{status, field, message}` (docs/procountor.md#errors). */
export interface NamedFault {
	/** The path in the request's body, such as `invoiceRows[3].vatStatus`. */
	field?: string;
	message: string;
}

/** Masks the secrets in a text. */
export type Mask = (text: string) => string;

/** Further faults are only counted. */
const MAX_FAULTS = 20;
/** The longest message of one fault, and the longest text of all faults, in characters. */
const MAX_MESSAGE_LENGTH = 500;
const MAX_TOTAL_LENGTH = 1500;
const MAX_FIELD_LENGTH = 100;
/** How deep a message that is an object is searched for text. */
const MAX_DEPTH = 3;

/** The properties that hold a list of faults, in bodies of Procountor, its servers and proxies. */
const FAULT_LISTS = ['errors', 'constraintViolations'];
/** The properties that hold the text of a fault, the most specific first. */
const MESSAGE_PROPERTIES = [
	'message',
	'error_description',
	'errorMessage',
	'detail',
	'error',
	'errorCode',
	'code',
	'title',
];
const FIELD_PROPERTIES = ['field', 'propertyPath', 'property', 'path'];
/** The other properties of a body that only reports a fault. */
const FAULT_METADATA = ['status', 'statusCode', 'timestamp', 'type', 'instance', 'success'];

/**
 * Returns the faults that a response reports as a list, as texts, as an object by field, as one message, or as plain
 * text. An HTML page reports none.
 */
export function faultsIn(response: Response, mask: Mask = (text) => text): NamedFault[] {
	const body = bodyObject(response);
	const faults = body === undefined ? faultsInText(response.body) : faultsInBody(body);
	return limitFaults(
		faults.map(({ field, message }) => ({
			field: field === undefined ? undefined : singleLine(mask(field), MAX_FIELD_LENGTH) || undefined,
			message: singleLine(mask(message), MAX_MESSAGE_LENGTH) || 'no reason given',
		})),
	);
}

/**
 * Whether a body with a successful status reports a fault: it has `errors` or `constraintViolations` that are not empty,
 * or only a message. A call that returns no data may return a message, but none with the status of an error (RFC 9457).
 */
export function reportsFault(body: object, returnsData: boolean): boolean {
	if (Array.isArray(body)) return false;
	const properties = body as Record<string, unknown>;
	if (FAULT_LISTS.some((name) => hasContent(properties[name]))) return true;
	const names = Object.keys(properties);
	const isMessage = names.some((name) => MESSAGE_PROPERTIES.includes(name) && name !== 'title' && name !== 'code');
	const isFaultOnly =
		isMessage && names.every((name) => [...MESSAGE_PROPERTIES, ...FIELD_PROPERTIES, ...FAULT_METADATA].includes(name));
	return (
		isFaultOnly && (returnsData || [properties.status, properties.statusCode].some((status) => Number(status) >= 400))
	);
}

const hasContent = (value: unknown): boolean =>
	typeof value === 'string' ? value !== '' : isObject(value) && Object.keys(value).length > 0;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function faultsInText(body: unknown): NamedFault[] {
	const text = Buffer.isBuffer(body) ? body.toString('utf8', 0, MAX_MESSAGE_LENGTH * 4) : body;
	if (typeof text !== 'string') return [];
	// HTML pages and truncated JSON contain nothing readable.
	const start = text.slice(0, MAX_MESSAGE_LENGTH * 4).trimStart();
	return start === '' || /^[<{[\uFEFF\0]/.test(start) ? [] : [{ message: start }];
}

function faultsInBody(body: Record<string, unknown>): NamedFault[] {
	if (Array.isArray(body)) return body.slice(0, MAX_FAULTS + 1).flatMap(faultsInEntry);
	const faults = FAULT_LISTS.flatMap((name) => faultsInList(body[name]));
	return faults.length ? faults : faultsInEntry(body);
}

function faultsInList(list: unknown): NamedFault[] {
	if (Array.isArray(list)) return list.slice(0, MAX_FAULTS).flatMap(faultsInEntry).concat(remainderNote(list.length));
	if (!isObject(list)) return faultsInEntry(list);
	if (MESSAGE_PROPERTIES.some((name) => name in list)) return faultsInEntry(list);
	const entries = Object.entries(list);
	return entries
		.slice(0, MAX_FAULTS)
		.map(([field, message]) => ({ field, message: textIn(message) }))
		.concat(remainderNote(entries.length) as Array<{ field: string; message: string }>);
}

const remainderNote = (count: number): NamedFault[] =>
	count > MAX_FAULTS ? [{ message: `and ${count - MAX_FAULTS} more` }] : [];

function faultsInEntry(value: unknown): NamedFault[] {
	const message = textIn(value);
	if (!isObject(value)) return message === '' ? [] : [{ message }];
	const field = FIELD_PROPERTIES.map((name) => textIn(value[name])).find((text) => text !== '');
	return message === '' && field === undefined ? [] : [{ field, message }];
}

/** Returns the text of a message, which can be a text, a number, a list of texts or an object that contains one. */
function textIn(value: unknown, depth = 0): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (!isObject(value) || depth > MAX_DEPTH) return '';
	const nestedText = (entry: unknown): string => textIn(entry, depth + 1);
	if (!Array.isArray(value)) {
		const text = MESSAGE_PROPERTIES.map((name) => nestedText(value[name])).find((text) => text !== '');
		if (text !== undefined || depth === 0) return text ?? '';
	}
	return Object.values(value).slice(0, MAX_FAULTS).map(nestedText).filter(Boolean).join(', ');
}

/** Returns one line without markup, control characters and marks that change the direction of writing. */
function singleLine(text: string, maxLength: number): string {
	const line = text
		.slice(0, maxLength * 4)
		.replace(/<[^<>]{0,200}>/g, ' ')
		.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
		.trim();
	return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

function limitFaults(faults: NamedFault[]): NamedFault[] {
	let left = MAX_TOTAL_LENGTH;
	const withinLimit = faults.filter(({ field = '', message }) => (left -= field.length + message.length) >= 0);
	return withinLimit.length ? withinLimit : faults.slice(0, 1);
}
