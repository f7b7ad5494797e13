import { bodyObject, type Response } from './response';

/** One fault as Procountor names it: `{status, field, message}` (docs/procountor.md#errors). */
export interface NamedFault {
	/** The path in the request's body, such as `invoiceRows[3].vatStatus`. */
	field?: string;
	message: string;
}

/** Takes secrets out of a text. */
export type Mask = (text: string) => string;

/** Faults beyond these are counted only: nobody reads ten thousand. */
const MAX_FAULTS = 20;
/** The longest message of one fault, and of all together, in characters. */
const MAX_MESSAGE = 500;
const MAX_TOGETHER = 1500;
const MAX_FIELD = 100;
/** How deep a text is looked for inside a message that is an object. */
const MAX_DEPTH = 3;

/** Where the faults are in the bodies that Procountor, its servers and proxies are known to send. */
const FAULT_LISTS = ['errors', 'constraintViolations'];
/** The properties that hold the text of a fault, the most telling first. */
const MESSAGES = ['message', 'error_description', 'errorMessage', 'detail', 'error', 'errorCode', 'code', 'title'];
const FIELDS = ['field', 'propertyPath', 'property', 'path'];
/** What a body that only reports a fault has beside these. */
const BESIDE = ['status', 'statusCode', 'timestamp', 'type', 'instance', 'success'];

/**
 * Returns the faults that a response names, whatever its form: a list, texts, an object by field, one message, or plain
 * text. An HTML page names none.
 */
export function faultsIn(answer: Response, mask: Mask = (text) => text): NamedFault[] {
	const body = bodyObject(answer);
	const faults = body === undefined ? plainText(answer.body) : listed(body);
	return shortened(
		faults.map(({ field, message }) => ({
			field: field === undefined ? undefined : readable(mask(field), MAX_FIELD) || undefined,
			message: readable(mask(message), MAX_MESSAGE) || 'no reason given',
		})),
	);
}

/**
 * Whether a body reports a fault although its status says success: `errors` or `constraintViolations` that are not
 * empty, or, for a call that returns data, only a message.
 */
export function reportsFault(body: object, returnsData: boolean): boolean {
	if (Array.isArray(body)) return false;
	const own = body as Record<string, unknown>;
	if (FAULT_LISTS.some((name) => hasContent(own[name]))) return true;
	const names = Object.keys(own);
	const isMessage = names.some((name) => MESSAGES.includes(name) && name !== 'title' && name !== 'code');
	return returnsData && isMessage && names.every((name) => [...MESSAGES, ...FIELDS, ...BESIDE].includes(name));
}

const hasContent = (value: unknown): boolean =>
	typeof value === 'string' ? value !== '' : isObject(value) && Object.keys(value).length > 0;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function plainText(body: unknown): NamedFault[] {
	const text = Buffer.isBuffer(body) ? body.toString('utf8', 0, MAX_MESSAGE * 4) : body;
	if (typeof text !== 'string') return [];
	// JSON that was cut, and pages, tell nothing that a person could read.
	const start = text.slice(0, MAX_MESSAGE * 4).trimStart();
	return start === '' || /^[<{[\uFEFF\0]/.test(start) ? [] : [{ message: start }];
}

function listed(body: Record<string, unknown>): NamedFault[] {
	if (Array.isArray(body)) return body.slice(0, MAX_FAULTS + 1).flatMap(faultFrom);
	const faults = FAULT_LISTS.flatMap((name) => inList(body[name]));
	return faults.length ? faults : faultFrom(body);
}

function inList(list: unknown): NamedFault[] {
	if (Array.isArray(list)) return list.slice(0, MAX_FAULTS).flatMap(faultFrom).concat(rest(list.length));
	if (!isObject(list)) return faultFrom(list);
	if (MESSAGES.some((name) => name in list)) return faultFrom(list);
	const entries = Object.entries(list);
	return entries
		.slice(0, MAX_FAULTS)
		.map(([field, message]) => ({ field, message: textIn(message) }))
		.concat(rest(entries.length) as Array<{ field: string; message: string }>);
}

const rest = (count: number): NamedFault[] =>
	count > MAX_FAULTS ? [{ message: `and ${count - MAX_FAULTS} more` }] : [];

function faultFrom(value: unknown): NamedFault[] {
	const message = textIn(value);
	if (!isObject(value)) return message === '' ? [] : [{ message }];
	const field = FIELDS.map((name) => textIn(value[name])).find((text) => text !== '');
	return message === '' && field === undefined ? [] : [{ field, message }];
}

/** The text of a message that may be a text, a number, a list of texts or an object that holds one. */
function textIn(value: unknown, depth = 0): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (!isObject(value) || depth > MAX_DEPTH) return '';
	const inside = (entry: unknown): string => textIn(entry, depth + 1);
	if (!Array.isArray(value)) {
		const named = MESSAGES.map((name) => inside(value[name])).find((text) => text !== '');
		if (named !== undefined || depth === 0) return named ?? '';
	}
	return Object.values(value).slice(0, MAX_FAULTS).map(inside).filter(Boolean).join(', ');
}

/** One line without markup, control characters and marks that turn the direction of writing. */
function readable(text: string, longest: number): string {
	const line = text
		.slice(0, longest * 4)
		.replace(/<[^<>]{0,200}>/g, ' ')
		.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
		.trim();
	return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function shortened(faults: NamedFault[]): NamedFault[] {
	let left = MAX_TOGETHER;
	const kept = faults.filter(({ field = '', message }) => (left -= field.length + message.length) >= 0);
	return kept.length ? kept : faults.slice(0, 1);
}
