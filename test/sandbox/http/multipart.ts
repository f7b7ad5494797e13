import { createHash } from 'node:crypto';

import type { Switches } from '../switches';

/** In which form a multipart/mixed answer is written: see the switches of the same names. */
export type PartForm = Pick<Switches, 'attachmentFileFirst' | 'attachmentPartHeaders'>;

/** Headers of a part. A name goes out as UTF-8. */
function headersOf(form: PartForm, field: 'meta' | 'file', type: string, filename?: string): string[] {
	const quoted = filename === undefined ? '' : `; filename="${filename.replace(/["\r\n]/g, '')}"`;
	if (form.attachmentPartHeaders === 'formData')
		return [`Content-Disposition: form-data; name="${field}"${quoted}`, `Content-Type: ${type}`];
	const disposition =
		form.attachmentPartHeaders === 'attachment' && quoted ? [`Content-Disposition: attachment${quoted}`] : [];
	return [`Content-Type: ${type}`, ...disposition];
}

/** Writes the API's multipart/mixed answer: a JSON part and the file, in the order that the switch says. */
export function multipartMixed(
	meta: unknown,
	file: Buffer,
	mimeType: string,
	name: string,
	form: PartForm,
): { type: string; bytes: Buffer } {
	const json = Buffer.from(JSON.stringify(meta), 'utf8');
	const boundary = `part-${createHash('sha256').update(file).update(json).digest('hex').slice(0, 32)}`;
	const part = (headers: string[], bytes: Buffer) => [
		Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`, 'utf8'),
		bytes,
		Buffer.from('\r\n'),
	];
	const parts = [
		part(headersOf(form, 'meta', 'application/json'), json),
		part(headersOf(form, 'file', mimeType, name), file),
	];
	if (form.attachmentFileFirst) parts.reverse();
	return {
		type: `multipart/mixed; boundary=${boundary}`,
		bytes: Buffer.concat([...parts.flat(), Buffer.from(`--${boundary}--\r\n`)]),
	};
}
