/** Rejections in every form, and secrets that they may repeat. */
import { answer, asJson, jsonType, kind, type AnswerKind, type Exchange } from './kind';

const refused = (name: string, body: unknown, type: Record<string, string> = jsonType): AnswerKind =>
	kind(`400: ${name}`, 'fails', (exchange) =>
		answer(exchange, 400, typeof body === 'string' ? body : asJson(body), type),
	);

const forms = [
	refused('errors as strings', { errors: ['Closed', 'Also closed'] }),
	refused('errors as an object', { errors: { date: 'Closed', rows: ['a', 'b'] } }),
	refused('errors as a string', { errors: 'Closed' }),
	refused('errors as null', { errors: null }),
	refused('errors of null', { errors: [null, null] }),
	refused('errors of numbers', { errors: [1, 2] }),
	refused('errors of lists', { errors: [['Closed']] }),
	refused('errors of empty objects', { errors: [{}, {}] }),
	refused('an empty list of errors', { errors: [] }),
	refused('a message that is an object', { errors: [{ message: { en: 'Closed' } }] }),
	refused('a message that is a list', { errors: [{ message: ['Closed'] }] }),
	refused('a field that is an object', { errors: [{ field: { name: 'date' }, message: 'Closed' }] }),
	refused('a field that is a list', { errors: [{ field: ['date'], message: 'Closed' }] }),
	refused('a field with odd characters', {
		errors: [{ field: '__proto__[9999999999].constructor..[]', message: 'Closed' }],
	}),
	refused('constraint violations', {
		constraintViolations: [{ errorCode: 'CLOSED_FISCAL_PERIOD', propertyPath: 'date' }],
	}),
	refused('constraint violations as an object', { constraintViolations: { errorCode: 'CLOSED_FISCAL_PERIOD' } }),
	refused('constraint violations of null', { constraintViolations: [null] }),
	refused('an error with a description', { error: 'invalid', error_description: 'Closed' }),
	refused('an error that is an object', { error: { code: 5, message: 'Closed' } }),
	refused('a problem of RFC 9457', { type: 'about:blank', title: 'Closed', detail: 'The period is closed' }),
	refused(
		'a problem of RFC 9457 as application/problem+json',
		{ type: 'about:blank', title: 'Closed', detail: 'The period is closed' },
		{ 'content-type': 'application/problem+json' },
	),
	refused('a list of errors', [{ message: 'Closed' }]),
	refused('a JSON string', '"Closed"'),
	refused('plain text', 'The period is closed', { 'content-type': 'text/plain' }),
	refused('plain text without a type', 'The period is closed', {}),
	refused('text of one megabyte', 'x'.repeat(1_000_000), { 'content-type': 'text/plain' }),
	refused('a message of one megabyte', { errors: [{ message: 'x'.repeat(1_000_000) }] }),
	refused('ten thousand errors', {
		errors: Array.from({ length: 10_000 }, (_, index) => ({ field: `f${index}`, message: 'Closed' })),
	}),
	refused('markup in a message', { errors: [{ message: '<script>alert(1)</script><b>Closed</b>' }] }),
	refused('control characters in a message', { errors: [{ message: 'Closed\u0000\u001b[31m\u202e' }] }),
	refused('a message like an expression', { errors: [{ message: '={{ $env.SECRET }}' }] }),
	refused('truncated JSON', '{"errors":[{"message":"Clo'),
	refused('deeply nested lists', '['.repeat(100_000) + ']'.repeat(100_000)),
];

/** The request with its token, as a debugging server or proxy repeats it. */
function carried({ request }: Exchange): string {
	return `${request.method} ${request.path} authorization: ${String(request.headers.authorization)}`;
}

const repeated = [
	kind('400 that repeats the token', 'fails', (exchange) =>
		answer(exchange, 400, asJson({ errors: [{ field: 'date', message: carried(exchange) }] }), jsonType),
	),
	kind('403 that repeats the token', 'fails', (exchange) =>
		answer(exchange, 403, asJson({ message: carried(exchange) }), jsonType),
	),
	kind('404 that repeats the token', 'either', (exchange) =>
		answer(exchange, 404, asJson({ error: carried(exchange) }), jsonType),
	),
	kind('409 that repeats the token as text', 'fails', (exchange) =>
		answer(exchange, 409, carried(exchange), { 'content-type': 'text/plain' }),
	),
	kind('500 that repeats the token', 'fails', (exchange) =>
		answer(exchange, 500, asJson({ message: carried(exchange) }), jsonType),
	),
	kind('200 with errors that repeat the token', 'fails', (exchange) =>
		answer(exchange, 200, asJson({ errors: [{ message: carried(exchange) }] }), jsonType),
	),
	kind('400 that names the token as a field', 'fails', (exchange) =>
		answer(exchange, 400, asJson({ errors: [{ field: carried(exchange), message: 'Closed' }] }), jsonType),
	),
	kind('401 that repeats the token', 'fails', (exchange) =>
		answer(exchange, 401, asJson({ errors: [{ message: carried(exchange) }] }), jsonType),
	),
];

/** Invalid and valid values of Retry-After. */
const waits = [
	['an empty value', ''],
	['a space', ' '],
	['zero', '0'],
	['minus five', '-5'],
	['NaN', 'NaN'],
	['a fraction', '0.5'],
	['an exponent', '1e9'],
	['hexadecimal', '0x10'],
	['infinite', 'Infinity'],
	['beyond 2^53', '99999999999999999999'],
	['a day', '86400'],
	['an hour', '3600'],
	['a past date', 'Wed, 21 Oct 2015 07:28:00 GMT'],
	['a far date', 'Fri, 31 Dec 9999 23:59:59 GMT'],
	['a word', 'tomorrow'],
	['an ISO date', '2099-01-01T00:00:00Z'],
	['two values', '1, 2'],
	['text', 'soon; q=1'],
].flatMap(([name, value]) =>
	[429, 503].map((status) =>
		kind(`${status} with Retry-After: ${name}`, 'fails', (exchange) =>
			answer(exchange, status, '', { 'retry-after': value }),
		),
	),
);

export const errors: AnswerKind[] = [...forms, ...repeated, ...waits];
