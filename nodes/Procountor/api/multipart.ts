import type { IDataObject } from 'n8n-workflow';
import { bodyObject } from './response';
import { toObject } from '../utils/objects';

/** One part of a multipart response: its headers, with names in lower case, and its exact bytes. */
export interface Part {
	headers: Record<string, string>;
	content: Buffer;
}

/** A part's headers must end within so many bytes, because converting a whole file to text is slow. */
const MAX_HEADER_BYTES = 16_384;

/**
 * Splits a multipart body into its parts (RFC 2046). Returns no parts if the content type names no boundary, or if the
 * body does not contain it. If the closing boundary is missing, the last part is returned too.
 */
export function parseMultipart(body: Buffer, contentType: string): Part[] {
	const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
	if (!boundary) return [];
	const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
	const parts: Part[] = [];
	for (let start = body.indexOf(delimiter); start >= 0;) {
		const contentStart = start + delimiter.length;
		// Two dashes after the boundary end the body.
		if (body.subarray(contentStart, contentStart + 2).toString('latin1') === '--') break;
		const end = body.indexOf(Buffer.concat([Buffer.from('\n'), delimiter]), contentStart);
		const part = parsePart(body.subarray(contentStart, end < 0 ? body.length : end));
		if (part) parts.push(part);
		start = end < 0 ? -1 : end + 1;
	}
	return parts;
}

function parsePart(bytes: Buffer): Part | undefined {
	const headerBlock = /^[ \t]*\r?\n(?:\r?\n|([\s\S]*?)\r?\n\r?\n)/.exec(bytes.toString('latin1', 0, MAX_HEADER_BYTES));
	if (!headerBlock) return undefined;
	const headers: Record<string, string> = {};
	for (const line of (headerBlock[1] ?? '').split(/\r?\n/)) {
		const colon = line.indexOf(':');
		if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
	}
	const content = bytes.subarray(headerBlock[0].length);
	const contentLength =
		content.length > 0 && content[content.length - 1] === 0x0d ? content.length - 1 : content.length;
	return { headers, content: content.subarray(0, contentLength) };
}

/** Returns a part's JSON object; an empty object if it contains none. */
export function partJson({ content }: Part): IDataObject {
	return toObject(bodyObject({ statusCode: 200, headers: {}, body: content }));
}

/** Returns the file name of a Content-Disposition header, also of the extended form for other than ASCII characters. */
export function fileNameFromDisposition(disposition: string | undefined): string | undefined {
	if (disposition === undefined) return undefined;
	const extended = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition);
	if (extended) return decodeUriOrKeep(extended[1]);
	const plain = /filename="((?:[^"\\]|\\.)*)"|filename=([^;]+)/i.exec(disposition);
	return (plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2])?.trim();
}

function decodeUriOrKeep(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The longest file name that all file systems support, in characters. */
const MAX_FILE_NAME = 200;

/**
 * Returns a file name without folders, control characters, and marks that change the direction of writing. Undefined if
 * nothing is left, or if the value is not text.
 */
export function safeFileName(name: unknown): string | undefined {
	if (typeof name !== 'string') return undefined;
	const last =
		name
			.slice(-4 * MAX_FILE_NAME)
			.split(/[\\/]/)
			.at(-1) ?? '';
	const clean = last
		.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
		.replace(/[<>:"|?*]/g, '_')
		.trim()
		// Windows removes dots and spaces at the end, and reserves some names for devices.
		.replace(/(?<![. ])[. ]+$/, '')
		.replace(/^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i, '_');
	if (/^[. ]*$/.test(clean)) return undefined;
	const extension = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
	return clean.length > MAX_FILE_NAME ? clean.slice(0, MAX_FILE_NAME - extension.length) + extension : clean;
}
