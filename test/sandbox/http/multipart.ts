import { createHash } from 'node:crypto';

/** Writes the API's multipart/mixed answer: a JSON part and the file. */
export function multipartMixed(meta: unknown, file: Buffer, mimeType: string, name: string): { type: string; bytes: Buffer } {
	const boundary = `part-${createHash('sha256').update(file).update(JSON.stringify(meta)).digest('hex').slice(0, 32)}`;
	const head = (lines: string[]) => Buffer.from(`--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`, 'utf8');
	return {
		type: `multipart/mixed; boundary=${boundary}`,
		bytes: Buffer.concat([
			head(['Content-Type: application/json']),
			Buffer.from(JSON.stringify(meta), 'utf8'),
			Buffer.from('\r\n'),
			head([`Content-Type: ${mimeType}`, `Content-Disposition: attachment; filename="${name.replace(/"/g, '')}"`]),
			file,
			Buffer.from(`\r\n--${boundary}--\r\n`),
		]),
	};
}
