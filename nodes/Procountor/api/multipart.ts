import type { IDataObject } from 'n8n-workflow';
import { bodyObject } from './response';
import { toObject } from '../utils/objects';

/** One part of a multipart answer: its headers in lower case, and its exact bytes. */
export interface Part {
	headers: Record<string, string>;
	content: Buffer;
}

/** Headers of a part are looked for in so many bytes: turning a whole file into text takes long. */
const MOST_HEADERS = 16_384;

/**
 * Splits a multipart body (RFC 2046). Returns no parts if the content type names no boundary, or if the body does not
 * contain it. If the closing boundary was cut off, the last part is still returned.
 */
export function partsOf(body: Buffer, contentType: string): Part[] {
	const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
	if (!boundary) return [];
	const mark = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
	const parts: Part[] = [];
	for (let start = body.indexOf(mark); start >= 0;) {
		const from = start + mark.length;
		// Two dashes behind the boundary close the body.
		if (body.subarray(from, from + 2).toString('latin1') === '--') break;
		const end = body.indexOf(Buffer.concat([Buffer.from('\n'), mark]), from);
		const part = partIn(body.subarray(from, end < 0 ? body.length : end));
		if (part) parts.push(part);
		start = end < 0 ? -1 : end + 1;
	}
	return parts;
}

function partIn(bytes: Buffer): Part | undefined {
	const blank = /^[ \t]*\r?\n(?:\r?\n|([\s\S]*?)\r?\n\r?\n)/.exec(bytes.toString('latin1', 0, MOST_HEADERS));
	if (!blank) return undefined;
	const headers: Record<string, string> = {};
	for (const line of (blank[1] ?? '').split(/\r?\n/)) {
		const colon = line.indexOf(':');
		if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
	}
	const content = bytes.subarray(blank[0].length);
	const cut = content.length > 0 && content[content.length - 1] === 0x0d ? content.length - 1 : content.length;
	return { headers, content: content.subarray(0, cut) };
}

/** The JSON of a part; an empty object where it holds no JSON object. */
export function jsonIn({ content }: Part): IDataObject {
	return toObject(bodyObject({ statusCode: 200, headers: {}, body: content }));
}

/** The file name of a Content-Disposition header, also in the extended form for letters beyond ASCII. */
export function fileNameIn(disposition: string | undefined): string | undefined {
	if (disposition === undefined) return undefined;
	const extended = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition);
	if (extended) return decoded(extended[1]);
	const plain = /filename="((?:[^"\\]|\\.)*)"|filename=([^;]+)/i.exec(disposition);
	return (plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2])?.trim();
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The longest file name that all file systems take, in characters. */
const MAX_FILE_NAME = 200;

/**
 * Returns a file name that stays in its folder: without paths of any style, control characters, and marks that change
 * the direction of writing. Undefined if nothing is left, or if the value is not text.
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
		// Windows drops dots and spaces at the end, and takes some names for devices.
		.replace(/(?<![. ])[. ]+$/, '')
		.replace(/^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i, '_');
	if (/^[. ]*$/.test(clean)) return undefined;
	const extension = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
	return clean.length > MAX_FILE_NAME ? clean.slice(0, MAX_FILE_NAME - extension.length) + extension : clean;
}
