/** Reads the files of incoming items. All binary data is read here, whatever node, expression or workflow setting it comes from. */
import type { IBinaryData } from 'n8n-workflow';
import { checkWindows1252 } from '../validation/charset';
import { isPlainObject } from '../utils/objects';
import { InputError } from '../api';
import type { Input } from './input';

/** The property of an item's JSON that contains its files, if the workflow setting `binaryMode` is `combined`. */
const FILES_IN_JSON = '_files';

/** The field name of a file that an expression returned without its field. */
const DEFAULT_FIELD = 'data';

/** A file of an incoming item. */
export interface IncomingFile {
	/** What the file is called in messages. */
	label: string;
	/** The binary field that contains it. */
	field: string;
	data: IBinaryData;
	/** The file name with an extension, which is derived from the type if the name has none. */
	name: string;
}

/** The usual file extension of each media type. */
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
 * Returns a file name with an extension: its own, or that of the file's type. If neither is known, the name stays unchanged.
 */
export function withExtension(name: string, { fileExtension, mimeType }: IBinaryData): string {
	const own = extensionOf(name);
	// A name such as 'Invoice 12.2026' ends with a year, not an extension.
	if (own !== undefined && /[a-z]/.test(own)) return name;
	const extension = fileExtension || extensions[mimeType.split(';')[0].trim().toLowerCase()];
	return extension ? `${name}.${extension}` : name;
}

function isFile(value: unknown): value is IBinaryData {
	if (!isPlainObject(value) || typeof value.mimeType !== 'string') return false;
	return typeof value.data === 'string' || typeof value.id === 'string';
}

/** Returns the value at a dotted path. */
function valueAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(inner, key) => (isPlainObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
			value,
		);
}

function toIncomingFile(field: string, data: IBinaryData, label = `Binary field '${field}'`): IncomingFile {
	// Some systems pass the whole path. A name that is only an extension gets the field's name.
	const value = (data.fileName ?? '').split(/[\\/]/).at(-1)?.trim() ?? '';
	const own = value.startsWith('.') ? `${field}${value}` : value;
	// macOS writes letters such as ä as two characters, which Procountor does not accept.
	const name = withExtension(own || field, data).normalize('NFC');
	return { label, field, data, name };
}

/** Returns the file in a binary field or at a path in the item's JSON; undefined if there is none. */
function findFile({ context, index }: Input, field: string): IncomingFile | undefined {
	const { json, binary } = context.getInputData()[index];
	const file = [binary?.[field], valueAt(json, field), valueAt(json[FILES_IN_JSON], field)].find(isFile);
	return file && toIncomingFile(field.split('.').at(-1) ?? field, file, `Binary field '${field}'`);
}

/** Returns the item's files by their fields. */
function filesOf({ context, index }: Input): Record<string, unknown> {
	const { json, binary } = context.getInputData()[index];
	return { ...(json[FILES_IN_JSON] as object | undefined), ...binary };
}

/** Returns the field of the file that `$binary.file` describes, if only one file matches. n8n gives expressions no content. */
function fieldFromDescription(input: Input, value: unknown): string | undefined {
	if (!isPlainObject(value) || typeof value.mimeType !== 'string') return undefined;
	const fields = Object.entries(filesOf(input)).filter(
		([, file]) => isFile(file) && Object.entries(value).every(([name, value]) => file[name as 'fileName'] === value),
	);
	return fields.length === 1 ? fields[0][0] : undefined;
}

/** Whether a value contains files or their descriptions, as a list or by field. */
function isFileCollection(value: unknown): value is object {
	if (!Array.isArray(value) && (!isPlainObject(value) || 'mimeType' in value)) return false;
	return Object.values(value).every((entry) => isPlainObject(entry) && typeof entry.mimeType === 'string');
}

function fileOfField(input: Input, field: string): IncomingFile {
	const file = findFile(input, field);
	if (file) return file;
	const advice = 'Check the name of the field in the node before.';
	throw new InputError(`Binary field '${field}'`, 'is not in the item', advice);
}

/**
 * Returns the file that a field of the form refers to.
 * @param value the name of a binary field, a path into the item's JSON, or the file itself, as expressions return it
 * @param label the field's name in the form
 * @throws {InputError} if there is no such file
 */
export function incomingFile(input: Input, value: unknown, label = 'Input Data Field Name'): IncomingFile {
	if (isFile(value)) return toIncomingFile(DEFAULT_FIELD, value, `File '${value.fileName ?? DEFAULT_FIELD}'`);
	const field = fieldFromDescription(input, value);
	if (field !== undefined) return fileOfField(input, field);
	const [only, ...others] = isFileCollection(value) ? Object.values(value) : [];
	if (only !== undefined && others.length === 0) return incomingFile(input, only, label);
	if (typeof value !== 'string')
		throw new InputError(
			label,
			'is not a file',
			'Enter the name of a binary field, or an expression that returns a file of an earlier node.',
		);
	return fileOfField(input, value.trim());
}

/** Whether the item has the file that a field of the form refers to. */
export function hasFile(input: Input, value: unknown): boolean {
	return isFile(value) || (typeof value === 'string' && findFile(input, value.trim()) !== undefined);
}

/**
 * Returns the files that a field of the form refers to, or all files of the item if it is empty.
 * @param value names with commas, a file, or several files as a list or as an item's binary data
 * @throws {InputError} if one of them is missing
 */
export function incomingFiles(input: Input, value: unknown): IncomingFile[] {
	if (Array.isArray(value)) return value.flatMap((entry) => incomingFiles(input, entry));
	if (isFileCollection(value))
		return Object.entries(value).map(([field, data]) =>
			isFile(data) ? toIncomingFile(field, data) : incomingFile(input, data, 'Files From Fields'),
		);
	if (typeof value === 'object' && value !== null) return [incomingFile(input, value, 'Files From Fields')];
	const fields = String(value ?? '')
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
 * Refuses a file name that Procountor cannot store.
 * @throws {InputError} for a missing extension, and for characters outside Windows-1252
 */
export function checkName(label: string, name: string): void {
	if (extensionOf(name) === undefined)
		throw new InputError(label, `has a file name without extension: '${name}'`, 'Name it such as receipt.pdf.');
	const storable = checkWindows1252(name);
	if (!storable.ok)
		throw new InputError(label, `has a file name that ${storable.message}`, storable.advice && `${storable.advice}.`);
}
