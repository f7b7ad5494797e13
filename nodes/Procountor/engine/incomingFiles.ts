/** The files of incoming items: the one place that reads binary data, whatever node, expression or workflow setting it comes from. */
import type { IBinaryData } from 'n8n-workflow';
import { windows1252 } from '../validation/charset';
import { isPlainObject } from '../utils/objects';
import { InputError } from '../api';
import type { Input } from './input';

/** Where items keep their files in their JSON, when the workflow setting `binaryMode` is `combined`. */
const FILES_IN_JSON = '_files';

/** The field that a file without one is named after. */
const USUAL_FIELD = 'data';

/** A file of an incoming item. */
export interface IncomingFile {
	/** Names it in messages. */
	label: string;
	/** The binary field that it came in. */
	field: string;
	data: IBinaryData;
	/** Its file name with an extension, by its type where it has none. */
	name: string;
}

/** The extension that each type of file usually has. */
const extensions: Readonly<Record<string, string>> = {
	'application/json': 'json',
	'application/msword': 'doc',
	'application/pdf': 'pdf',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/xml': 'xml',
	'application/zip': 'zip',
	'image/gif': 'gif',
	'image/heic': 'heic',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/tiff': 'tif',
	'image/webp': 'webp',
	'message/rfc822': 'eml',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/plain': 'txt',
	'text/xml': 'xml',
};

/** Returns the extension of a file name in lower case; undefined if it has none. */
export function extensionOf(name: string): string | undefined {
	return /\.([A-Za-z0-9]{1,16})$/.exec(name)?.[1].toLowerCase();
}

/**
 * Returns a file name with an extension: its own, or that of the file's type. Without both, the name stays as it is.
 */
export function withExtension(name: string, { fileExtension, mimeType }: IBinaryData): string {
	const own = extensionOf(name);
	// 'Invoice 12.2026' ends with a year.
	if (own !== undefined && /[a-z]/.test(own)) return name;
	const byType = fileExtension || extensions[mimeType.split(';')[0].trim().toLowerCase()];
	return byType ? `${name}.${byType}` : name;
}

function isFile(value: unknown): value is IBinaryData {
	if (!isPlainObject(value) || typeof value.mimeType !== 'string') return false;
	return typeof value.data === 'string' || typeof value.id === 'string';
}

/** The value at a path with dots. */
function valueAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(inner, key) => (isPlainObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
			value,
		);
}

function named(field: string, data: IBinaryData, label = `Binary field '${field}'`): IncomingFile {
	// Some systems give the whole path. A name of nothing but an extension is none.
	const given = (data.fileName ?? '').split(/[\\/]/).at(-1)?.trim() ?? '';
	const own = given.startsWith('.') ? `${field}${given}` : given;
	// A Mac writes letters and their dots apart, which Procountor does not accept.
	const name = withExtension(own || field, data).normalize('NFC');
	return { label, field, data, name };
}

/** The file in a binary field, or at a path in the item's JSON; undefined where there is none. */
function findFile({ context, index }: Input, field: string): IncomingFile | undefined {
	const { json, binary } = context.getInputData()[index];
	const found = [binary?.[field], valueAt(json, field), valueAt(json[FILES_IN_JSON], field)].find(isFile);
	return found && named(field.split('.').at(-1) ?? field, found, `Binary field '${field}'`);
}

/** The files of the item by their fields. */
function filesOf({ context, index }: Input): Record<string, unknown> {
	const { json, binary } = context.getInputData()[index];
	return { ...(json[FILES_IN_JSON] as object | undefined), ...binary };
}

/** The field of the item's only file that `$binary.file` describes: n8n gives an expression all of a file but its content. */
function describedField(input: Input, given: unknown): string | undefined {
	if (!isPlainObject(given) || typeof given.mimeType !== 'string') return undefined;
	const fields = Object.entries(filesOf(input)).filter(
		([, file]) => isFile(file) && Object.entries(given).every(([name, value]) => file[name as 'fileName'] === value),
	);
	return fields.length === 1 ? fields[0][0] : undefined;
}

/** Whether a value holds files or their descriptions, as a list or by their fields. */
function isHolder(given: unknown): given is object {
	if (!Array.isArray(given) && (!isPlainObject(given) || 'mimeType' in given)) return false;
	return Object.values(given).every((one) => isPlainObject(one) && typeof one.mimeType === 'string');
}

function fileOfField(input: Input, field: string): IncomingFile {
	const file = findFile(input, field);
	if (file) return file;
	const advice = 'Check the name of the field in the node before.';
	throw new InputError(`Binary field '${field}'`, 'is not in the item', advice);
}

/**
 * Returns the file that a field of the form names.
 * @param given the name of a binary field, a path into the item's JSON, or the file itself, as an expression gives it
 * @param label the field in the form
 * @throws {InputError} where there is no such file
 */
export function incomingFile(input: Input, given: unknown, label = 'Input Data Field Name'): IncomingFile {
	if (isFile(given)) return named(USUAL_FIELD, given, `File '${given.fileName ?? USUAL_FIELD}'`);
	const field = describedField(input, given);
	if (field !== undefined) return fileOfField(input, field);
	const [only, ...others] = isHolder(given) ? Object.values(given) : [];
	if (only !== undefined && others.length === 0) return incomingFile(input, only, label);
	if (typeof given !== 'string')
		throw new InputError(
			label,
			'is not a file',
			'Enter the name of a binary field, or an expression that returns a file of an earlier node.',
		);
	return fileOfField(input, given.trim());
}

/** Whether the item has the file that a field of the form names. */
export function hasFile(input: Input, given: unknown): boolean {
	return isFile(given) || (typeof given === 'string' && findFile(input, given.trim()) !== undefined);
}

/**
 * Returns the files that a field of the form names, or all files of the item if it names none.
 * @param given names with commas, a file, or several files as a list or as an item's binary data
 * @throws {InputError} where one is missing
 */
export function incomingFiles(input: Input, given: unknown): IncomingFile[] {
	if (Array.isArray(given)) return given.flatMap((one) => incomingFiles(input, one));
	if (isHolder(given))
		return Object.entries(given).map(([field, data]) =>
			isFile(data) ? named(field, data) : incomingFile(input, data, 'Files From Fields'),
		);
	if (typeof given === 'object' && given !== null) return [incomingFile(input, given, 'Files From Fields')];
	const fields = String(given ?? '')
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== '');
	return (fields.length ? fields : Object.keys(filesOf(input))).map((field) => fileOfField(input, field));
}

/** Returns the content of a file, wherever n8n stores it. */
export async function contentOf({ context: { helpers } }: Input, { id, data }: IBinaryData): Promise<Buffer> {
	if (id === undefined) return Buffer.from(data, 'base64');
	return await helpers.binaryToBuffer(await helpers.getBinaryStream(id));
}

/**
 * Refuses a file name that Procountor cannot store. @throws {InputError} for a missing extension and for characters
 * outside Windows-1252
 */
export function checkName(label: string, name: string): void {
	if (extensionOf(name) === undefined)
		throw new InputError(label, `has a file name without extension: '${name}'`, 'Name it such as receipt.pdf.');
	const storable = windows1252(name);
	if (!storable.ok)
		throw new InputError(label, `has a file name that ${storable.message}`, storable.advice && `${storable.advice}.`);
}
