/** Files, and broken multipart responses. */
import { answer, asJson, jsonType, kind, type AnswerKind } from './kind';

const file = (
	name: string,
	expected: AnswerKind['expected'],
	body: string | Buffer,
	headers: Record<string, string>,
): AnswerKind => kind(name, expected, (exchange) => answer(exchange, 200, body, headers), { only: ['download'] });

const mixed = { 'content-type': 'multipart/mixed; boundary=b' };
const part = (headers: string, body: string): string => `--b\r\n${headers}\r\n\r\n${body}\r\n`;
const meta = part('content-type: application/json', asJson({ name: 'kuitti.pdf', mimeType: 'application/pdf' }));
const pdf = part('content-type: application/pdf', '%PDF');

const multipart = [
	file('multipart without a boundary', 'either', `${meta}${pdf}--b--`, { 'content-type': 'multipart/mixed' }),
	file('multipart with an empty boundary', 'either', `${meta}${pdf}--b--`, {
		'content-type': 'multipart/mixed; boundary=',
	}),
	file('multipart with another boundary', 'either', `${meta}${pdf}--b--`, {
		'content-type': 'multipart/mixed; boundary=c',
	}),
	file('multipart with a boundary of 10,000 characters', 'either', `${meta}${pdf}--b--`, {
		'content-type': `multipart/mixed; boundary=${'b'.repeat(10_000)}`,
	}),
	file('multipart without an end', 'either', `${meta}${pdf}`, mixed),
	file('multipart without parts', 'fails', '--b--', mixed),
	file('multipart with an empty body', 'fails', '', mixed),
	file('multipart of ten thousand parts', 'either', pdf.repeat(10_000) + '--b--', mixed),
	file('multipart of ten thousand boundaries', 'either', '--b\r\n'.repeat(10_000), mixed),
	file('multipart with a part without headers', 'either', `--b\r\n\r\n%PDF\r\n${meta}--b--`, mixed),
	file('multipart with a part without a blank line', 'either', `--b\r\ncontent-type: application/pdf\r\n--b--`, mixed),
	file(
		'multipart with headers of one megabyte',
		'either',
		`${part(`x: ${'a'.repeat(1_000_000)}`, '%PDF')}--b--`,
		mixed,
	),
	file('multipart of JSON only', 'either', `${meta}--b--`, mixed),
	file(
		'multipart with meta that is not JSON',
		'either',
		`${part('content-type: application/json', '{"name":')}${pdf}--b--`,
		mixed,
	),
	file(
		'multipart with meta that is null',
		'either',
		`${part('content-type: application/json', 'null')}${pdf}--b--`,
		mixed,
	),
	file(
		'multipart with meta that is a list',
		'either',
		`${part('content-type: application/json', '[1]')}${pdf}--b--`,
		mixed,
	),
	...[
		'5',
		'{"a":1}',
		'["x"]',
		'null',
		'true',
		'""',
		'"../../etc/passwd"',
		'"C:\\\\Windows\\\\x.pdf"',
		'"a\\u0000b.pdf"',
		`"${'x'.repeat(100_000)}.pdf"`,
	].map((name) =>
		file(
			`multipart with the name ${name.slice(0, 24)}`,
			'either',
			`${part('content-type: application/json', `{"name":${name},"mimeType":"application/pdf"}`)}${pdf}--b--`,
			mixed,
		),
	),
	...['5', '{"a":1}', '["x"]', 'null', '""', '"a b c"', '"text/html\\r\\nx: y"'].map((type) =>
		file(
			`multipart with the type ${type}`,
			'either',
			`${part('content-type: application/json', `{"name":"kuitti.pdf","mimeType":${type}}`)}${pdf}--b--`,
			mixed,
		),
	),
	file(
		'multipart with meta that contains the output fields of the node',
		'either',
		`${part('content-type: application/json', '{"name":"kuitti.pdf","fileName":"x","fileSize":-1,"attachmentId":"9","mimeType":"application/pdf"}')}${pdf}--b--`,
		mixed,
	),
];

const names = [
	'attachment; filename="../../../etc/passwd"',
	'attachment; filename="..\\..\\windows\\system.ini"',
	'attachment; filename="C:\\temp\\x.pdf"',
	"attachment; filename*=UTF-8''%E0%A4%A",
	"attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd",
	"attachment; filename*=klingon''%ff",
	'attachment; filename="unclosed',
	'attachment; filename=',
	'attachment; filename=""',
	`attachment; filename="${'\\"'.repeat(5000)}`,
	'attachment; filename=".."',
	'attachment; filename="."',
	'attachment; filename="/"',
	'attachment; filename="   "',
].map((disposition, index) =>
	file(`a file with the disposition ${index + 1}: ${disposition.slice(0, 40)}`, 'either', '%PDF', {
		'content-type': 'application/pdf',
		'content-disposition': disposition,
	}),
);

const whole = [
	file('an empty file', 'fails', '', { 'content-type': 'application/pdf' }),
	file('a file without a content type', 'either', '%PDF', {}),
	file('a file with an invalid content type', 'either', '%PDF', { 'content-type': ';;;=' }),
	file('a file that is JSON', 'either', '{"a":1}', jsonType),
	file('an HTML page instead of a file', 'fails', '<html></html>', { 'content-type': 'text/html' }),
	file('an XHTML page instead of a file', 'fails', '<html></html>', { 'content-type': 'application/xhtml+xml' }),
	kind('204 instead of a file', 'fails', ({ response }) => void response.writeHead(204).end(), { only: ['download'] }),
];

export const files: AnswerKind[] = [...multipart, ...names, ...whole];
