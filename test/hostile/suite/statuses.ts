/** Every status that a server, a proxy or a gateway returns, with its usual bodies. */
import { ALL_BUT_TEST, answer, asJson, htmlPage, jsonType, kind, wire, type AnswerKind, type Exchange } from './kind';

const reason = 'Tilikausi on suljettu';
const told = asJson({ errors: [{ status: 400, field: 'date', message: reason }] });

/** Rejections with a reason. */
const refused = [400, 402, 403, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423]
	.concat([424, 425, 426, 428, 431, 451, 499])
	.map((status) => kind(`${status} with a reason`, 'fails', (exchange) => answer(exchange, status, told, jsonType)));

const broken = [500, 501, 505, 506, 507, 508, 510, 511, 520, 522, 525, 530, 599, 600, 999].map((status) =>
	kind(`${status} with an HTML page`, 'fails', (exchange) =>
		answer(exchange, status, htmlPage, { 'content-type': 'text/html' }),
	),
);

const empty = [400, 403, 500].map((status) =>
	kind(`${status} with an empty body`, 'fails', (exchange) => answer(exchange, status, '')),
);

/** Temporary errors: retried if nothing can happen twice. */
const passing = [502, 503, 504].map((status) =>
	kind(`${status} every time`, 'fails', (exchange) =>
		answer(exchange, status, htmlPage, { 'content-type': 'text/html' }),
	),
);

const once = [429, 502, 503, 504].map((status) =>
	kind(
		`${status} once`,
		'right',
		(exchange) => (exchange.earlier === 0 ? answer(exchange, status, '') : right(exchange)),
		// A write whose response was lost in a gateway may have taken effect.
		{ at: { ...(status === 429 ? {} : { write: 'fails' }), test: 'fails' } },
	),
);

const notFound = [
	kind('404 with a reason', 'either', (exchange) => answer(exchange, 404, told, jsonType), {
		at: { record: 'fails', write: 'fails', update: 'fails', download: 'fails', test: 'fails', apiRequest: 'fails' },
	}),
	kind('404 with an HTML page', 'either', (exchange) =>
		answer(exchange, 404, htmlPage, { 'content-type': 'text/html' }),
	),
];

const tokens = [
	kind('401 every time', 'fails', (exchange) =>
		answer(exchange, 401, asJson({ errors: [{ status: 401, message: 'Unauthorized' }] }), jsonType),
	),
	kind('401 with an empty body', 'fails', (exchange) => answer(exchange, 401, '')),
	kind('401 with an HTML page', 'fails', (exchange) =>
		answer(exchange, 401, htmlPage, { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="proxy"' }),
	),
	kind('401 once', 'right', (exchange) =>
		exchange.earlier === 0 ? answer(exchange, 401, '{}', jsonType) : right(exchange),
	),
	kind(
		'401 once, with a body that never ends',
		'right',
		(exchange) => {
			if (exchange.earlier > 0) return right(exchange);
			exchange.response.writeHead(401, jsonType);
			exchange.response.write('{"errors":');
		},
		{ only: ALL_BUT_TEST },
	),
];

const redirects = [300, 301, 302, 303, 304, 305, 307, 308].map((status) =>
	kind(`${status} to another host`, 'fails', (exchange) =>
		answer(exchange, status, '', { location: 'http://127.0.0.1:9/steal' }),
	),
);

const odd = [
	kind('302 without a location', 'fails', (exchange) => answer(exchange, 302, '')),
	kind('307 to itself', 'fails', (exchange) => answer(exchange, 307, '', { location: exchange.request.path })),
	kind('302 to a script', 'fails', (exchange) => answer(exchange, 302, '', { location: 'javascript:alert(1)' })),
];

const good = [
	...[201, 203, 226].map((status) =>
		kind(`${status} with the right body`, 'right', (exchange) =>
			answer(exchange, status, exchange.right, { 'content-type': exchange.contentType }),
		),
	),
	kind('202 with the right body', 'either', (exchange) =>
		answer(exchange, 202, exchange.right, { 'content-type': exchange.contentType }),
	),
	kind('206 with the right body', 'either', (exchange) =>
		answer(exchange, 206, exchange.right, { 'content-type': exchange.contentType }),
	),
	kind('207 with an error inside', 'fails', (exchange) => answer(exchange, 207, told, jsonType)),
	kind('204', 'either', (exchange) => wire(exchange, 'HTTP/1.1 204 No Content\r\n\r\n'), {
		at: { record: 'fails', update: 'fails', download: 'fails', test: 'fails', write: 'either' },
	}),
	kind('205', 'either', (exchange) => wire(exchange, 'HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n'), {
		at: { record: 'fails', update: 'fails', download: 'fails', test: 'fails', write: 'either' },
	}),
];

export function right(exchange: Exchange): void {
	answer(exchange, 200, exchange.right, { 'content-type': exchange.contentType });
}

export const statuses: AnswerKind[] = [
	kind('200 with the right body', 'right', right),
	...good,
	...refused,
	...broken,
	...empty,
	...passing,
	...once,
	...notFound,
	...tokens,
	...redirects,
	...odd,
];
