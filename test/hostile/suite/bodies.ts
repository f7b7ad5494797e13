/** Wrong bodies with status 200, and right bodies in an odd form. */
import { gzipSync, deflateSync, brotliCompressSync } from 'node:zlib';
import { answer, asJson, htmlPage, jsonType, kind, type AnswerKind, type Exchange } from './kind';

/** A call that only writes may take the body for success, since it does not contradict it. */
const quiet = { write: 'either' } as const;
/** A free API request returns any JSON. */
const free = { apiRequest: 'either' } as const;

const json = (name: string, body: string, more: AnswerKind['at'] = {}): AnswerKind =>
	kind(name, 'fails', (exchange) => answer(exchange, 200, body, jsonType), {
		at: { download: 'either', ...quiet, ...more },
	});

const pages = [
	'text/html',
	'text/html; charset=utf-8',
	'TEXT/HTML',
	'application/xhtml+xml',
	'application/json',
	'application/problem+json',
].map((type) =>
	kind(`an HTML page as ${type}`, 'fails', (exchange) => answer(exchange, 200, htmlPage, { 'content-type': type })),
);

const texts = [
	kind('an HTML page without a content type', 'fails', (exchange) => answer(exchange, 200, htmlPage)),
	kind('an HTML page with a byte order mark', 'fails', (exchange) =>
		answer(exchange, 200, `\uFEFF  \n${htmlPage}`, { 'content-type': 'text/html' }),
	),
	kind(
		'plain text',
		'fails',
		(exchange) => answer(exchange, 200, 'Service is down', { 'content-type': 'text/plain' }),
		{
			at: { download: 'either' },
		},
	),
	kind(
		'XML',
		'fails',
		(exchange) => answer(exchange, 200, '<error><code>5</code></error>', { 'content-type': 'text/xml' }),
		{
			at: { download: 'either' },
		},
	),
	kind(
		'a script',
		'fails',
		(exchange) => answer(exchange, 200, 'callback({"id":1})', { 'content-type': 'text/javascript' }),
		{
			at: { download: 'either' },
		},
	),
	kind('an empty body', 'fails', (exchange) => answer(exchange, 200, ''), { at: quiet }),
	kind('an empty body as JSON', 'fails', (exchange) => answer(exchange, 200, '', jsonType), { at: quiet }),
	kind('one space', 'fails', (exchange) => answer(exchange, 200, ' ', jsonType), {
		at: { ...quiet, download: 'either' },
	}),
	kind('64 null bytes', 'fails', (exchange) => answer(exchange, 200, '\0'.repeat(64), jsonType), {
		at: { download: 'either' },
	}),
	kind(
		'random bytes',
		'fails',
		(exchange) =>
			answer(exchange, 200, Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) % 251)), jsonType),
		{
			at: { download: 'either' },
		},
	),
];

const problem = { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'The period is closed' };

const values = [
	json('null', 'null', free),
	json('true', 'true', free),
	json('a number', '5', free),
	json('a JSON string', '"OK"', free),
	json('an empty object', '{}', { ...free, update: 'fails', record: 'fails' }),
	json('an empty list', '[]', {
		list: 'either',
		allPages: 'either',
		trigger: 'either',
		picker: 'either',
		upsert: 'either',
		...free,
	}),
	json('a list of null', '[null]', free),
	json('a list of lists', '[[[]]]', free),
	json('an error text', asJson({ error: 'Invalid session' }), { record: 'fails' }),
	kind(
		'a problem of RFC 9457 as application/problem+json',
		'fails',
		(exchange) => answer(exchange, 200, asJson(problem), { 'content-type': 'application/problem+json' }),
		{ at: { download: 'either' } },
	),
	json('a message', asJson({ message: 'The service is closed for maintenance' })),
	json('errors in a list', asJson({ errors: [{ status: 400, message: 'Nope' }] }), {
		write: 'fails',
		download: 'fails',
	}),
	json('errors as strings', asJson({ errors: ['Nope', 'No'] }), { write: 'fails', download: 'fails' }),
	json('errors as an object', asJson({ errors: { date: 'Nope' } }), { write: 'fails', download: 'fails' }),
	json('constraint violations', asJson({ constraintViolations: [{ errorCode: 'CLOSED_FISCAL_PERIOD' }] }), {
		write: 'fails',
		download: 'fails',
	}),
];

const damaged = [
	kind(
		'truncated JSON',
		'fails',
		(exchange) =>
			answer(exchange, 200, exchange.right.subarray(0, exchange.right.length - 3), {
				'content-type': exchange.contentType,
			}),
		{
			at: { download: 'either' },
		},
	),
	kind('JSON with extra commas', 'fails', (exchange) => answer(exchange, 200, '{"results":[1,],}', jsonType), {
		at: { download: 'either' },
	}),
	kind('two JSON values', 'fails', (exchange) => answer(exchange, 200, '{"id":5}{"id":5}', jsonType), {
		at: { download: 'either' },
	}),
	kind(
		'JSON after an anti-hijacking prefix',
		'fails',
		(exchange) => answer(exchange, 200, `)]}',\n{"id":5}`, jsonType),
		{
			at: { download: 'either' },
		},
	),
	kind('NaN', 'fails', (exchange) => answer(exchange, 200, '{"id":NaN}', jsonType), { at: { download: 'either' } }),
	kind(
		'a list that is nested 100,000 times',
		'fails',
		(exchange) => answer(exchange, 200, '['.repeat(100_000) + ']'.repeat(100_000), jsonType),
		{ at: { download: 'either' } },
	),
	kind(
		'an object that is nested 100,000 times',
		'fails',
		(exchange) => answer(exchange, 200, '{"results":'.repeat(100_000) + '[]' + '}'.repeat(100_000), jsonType),
		{ at: { download: 'either' } },
	),
];

const encoded = (
	name: string,
	encoding: string,
	body: (right: Buffer) => Buffer,
	expected: AnswerKind['expected'] = 'right',
): AnswerKind =>
	kind(name, expected, (exchange) =>
		answer(exchange, 200, body(exchange.right), {
			'content-type': exchange.contentType,
			'content-encoding': encoding,
		}),
	);

/** Only JSON is sent in another charset; a file stays unchanged. */
const inLetters = (name: string, charset: string, body: (right: Buffer) => Buffer): AnswerKind =>
	kind(
		name,
		'right',
		(exchange) =>
			exchange.contentType.startsWith('application/json')
				? answer(exchange, 200, body(exchange.right), { 'content-type': `application/json${charset}` })
				: answer(exchange, 200, exchange.right, { 'content-type': exchange.contentType }),
		// n8n itself sends the credential's test, and supports only UTF-8.
		{ at: { test: 'either' } },
	);

const written = [
	encoded('compressed with gzip', 'gzip', gzipSync),
	encoded('compressed with deflate', 'deflate', deflateSync),
	encoded('compressed with brotli', 'br', brotliCompressSync),
	encoded('compressed, with the encoding in capitals', 'GZIP', gzipSync, 'either'),
	encoded('compressed twice', 'gzip, gzip', (right) => gzipSync(gzipSync(right)), 'either'),
	encoded('declared as compressed but plain', 'gzip', (right) => right, 'fails'),
	encoded('compressed and truncated', 'gzip', (right) => gzipSync(right).subarray(0, 30), 'fails'),
	encoded('compressed with an unknown encoding', 'zpaq', (right) => right, 'either'),
	encoded('declared as identity', 'identity', (right) => right),
	inLetters('with a byte order mark', '', (right) => Buffer.concat([Buffer.from('\uFEFF'), right])),
	inLetters('in Latin-1', '; charset=ISO-8859-1', (right) => Buffer.from(right.toString(), 'latin1')),
	inLetters('in Windows-1252', '; charset="windows-1252"', (right) => Buffer.from(right.toString(), 'latin1')),
	inLetters('in UTF-16', '; charset=utf-16le', (right) => Buffer.from(right.toString(), 'utf16le')),
	inLetters('in an unknown charset', '; charset=klingon', (right) => right),
	inLetters('as JSON without a charset', '', (right) => right),
	inLetters('with surrounding whitespace', '', (right) => Buffer.from(`\r\n\t  ${right.toString()}  \n`)),
	kind('the right body as plain text', 'right', (exchange) =>
		answer(exchange, 200, exchange.right, {
			'content-type': exchange.contentType.startsWith('multipart') ? exchange.contentType : 'text/plain',
		}),
	),
	kind('the right body without a type', 'right', (exchange) =>
		answer(
			exchange,
			200,
			exchange.right,
			exchange.contentType.startsWith('multipart') ? { 'content-type': exchange.contentType } : {},
		),
	),
];

/** Adds unknown fields to the right ones. */
const beside = (name: string, more: string): AnswerKind =>
	kind(name, 'right', (exchange) => {
		const text = exchange.right.toString();
		const isObject = exchange.contentType.startsWith('application/json') && text.startsWith('{');
		answer(exchange, 200, isObject ? `${text.slice(0, -1)},${more}}` : exchange.right, {
			'content-type': exchange.contentType,
		});
	});

const extras = [
	beside('with a field __proto__', '"__proto__":{"polluted":true}'),
	beside('with a field constructor', '"constructor":{"prototype":{"polluted":true}}'),
	beside(
		'with fields named like members of every object',
		'"toString":null,"hasOwnProperty":5,"then":"x","json":{},"length":9',
	),
	beside('with null in new fields', '"note":null,"list":[null],"more":{"a":null}'),
	beside('with a duplicate field', '"note":1,"note":2'),
	beside('with a number beyond 2^53', '"big":9007199254740993,"huge":123456789012345678901234567890'),
	beside('with a number beyond the range of doubles', '"big":1e999,"small":-1e999'),
	beside('with unusual characters', '"note":"\\u0000\\u2028\\ud800 ☕ \\u202e","\\u0000":1'),
	beside('with a text of one megabyte', `"note":"${'x'.repeat(1_000_000)}"`),
	beside('with ten thousand fields', Array.from({ length: 10_000 }, (_, index) => `"f${index}":${index}`).join(',')),
];

export const bodies: AnswerKind[] = [...pages, ...texts, ...values, ...damaged, ...written, ...extras];
export type { Exchange };
