/** Responses that are broken, slow or strange on the wire. */
import { ALL_BUT_TEST, answer, htmlPage, kind, wire, type AnswerKind, type Exchange } from './kind';

const head = ({ contentType }: Exchange, more = ''): string =>
	`HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\n${more}`;
const withLength = (exchange: Exchange, more = ''): string =>
	head(exchange, `content-length: ${exchange.right.length}\r\n${more}\r\n`);

const chunks = (body: Buffer, size: number): Buffer[] => {
	const pieces: Buffer[] = [];
	for (let start = 0; start < body.length; start += size) {
		const piece = body.subarray(start, start + size);
		pieces.push(Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]));
	}
	return [...pieces, Buffer.from('0\r\n\r\n')];
};

/** Sends a piece from time to time, without end. */
function drip({ response }: Exchange, piece: string): void {
	const timer = setInterval(() => response.socket?.write(piece), 200);
	response.socket?.on('close', () => clearInterval(timer));
}

const closed = [
	kind('closed before any byte', 'fails', ({ response }) => void response.socket?.destroy()),
	kind('reset', 'fails', ({ response }) => void response.socket?.resetAndDestroy()),
	kind('closed in the status line', 'fails', (exchange) => wire(exchange, 'HTTP/1.1 20')),
	kind('closed in the headers', 'fails', (exchange) => wire(exchange, 'HTTP/1.1 200 OK\r\ncontent-ty')),
	kind('closed after the headers', 'fails', (exchange) => wire(exchange, withLength(exchange))),
	kind('closed in the body', 'fails', (exchange) =>
		wire(exchange, withLength(exchange), exchange.right.subarray(0, 9)),
	),
	kind('closed in a chunk', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'transfer-encoding: chunked\r\n\r\n'), 'ff\r\n{"results"'),
	),
	kind('closed before the last chunk', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'transfer-encoding: chunked\r\n\r\n'), ...chunks(exchange.right, 50).slice(0, -1)),
	),
	kind(
		'closed before any byte, once',
		'right',
		(exchange) =>
			exchange.earlier === 0
				? void exchange.response.socket?.destroy()
				: answer(exchange, 200, exchange.right, { 'content-type': exchange.contentType }),
		{
			at: { write: 'fails', test: 'fails' },
		},
	),
	kind(
		'closed in the body, once',
		'right',
		(exchange) =>
			exchange.earlier === 0
				? wire(exchange, withLength(exchange), exchange.right.subarray(0, 9))
				: answer(exchange, 200, exchange.right, { 'content-type': exchange.contentType }),
		{
			at: { write: 'fails', test: 'fails' },
		},
	),
];

const garbled = [
	kind('another protocol than HTTP', 'fails', (exchange) => wire(exchange, 'SSH-2.0-OpenSSH_9.2\r\n')),
	kind('HTTP/0.9', 'fails', (exchange) => wire(exchange, htmlPage)),
	kind('an unknown HTTP version', 'fails', (exchange) => wire(exchange, 'HTTP/9.9 200 OK\r\n\r\n')),
	kind(
		'a status of four digits',
		'fails',
		(exchange) => wire(exchange, 'HTTP/1.1 2000 OK\r\ncontent-length: 2\r\n\r\n{}'),
		{ at: { write: 'either' } },
	),
	kind('a status that is not a number', 'fails', (exchange) => wire(exchange, 'HTTP/1.1 abc OK\r\n\r\n')),
	kind('a header without a colon', 'fails', (exchange) => wire(exchange, head(exchange, 'nonsense\r\n\r\n'), '{}')),
	kind('a header with a zero byte', 'fails', (exchange) => wire(exchange, head(exchange, 'x: a\0b\r\n\r\n'), '{}')),
	kind('a length that is not a number', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'content-length: many\r\n\r\n'), exchange.right),
	),
	kind('a negative length', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'content-length: -5\r\n\r\n'), exchange.right),
	),
	kind('two lengths', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'content-length: 5\r\ncontent-length: 7\r\n\r\n'), exchange.right),
	),
	kind('a length and chunks', 'either', (exchange) =>
		wire(
			exchange,
			head(exchange, 'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n'),
			...chunks(exchange.right, 50),
		),
	),
	kind(
		'a length that is too short',
		'fails',
		(exchange) =>
			wire(exchange, head(exchange, `content-length: ${exchange.right.length - 3}\r\n\r\n`), exchange.right),
		{
			at: { download: 'either', write: 'fails' },
		},
	),
	kind('a chunk size that is not a number', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'transfer-encoding: chunked\r\n\r\n'), 'zz\r\n{}\r\n0\r\n\r\n'),
	),
	kind('a chunk size that is too large', 'fails', (exchange) =>
		wire(exchange, head(exchange, 'transfer-encoding: chunked\r\n\r\n'), 'ffffffffffffffffff\r\n{}'),
	),
	kind('headers of one megabyte', 'fails', (exchange) =>
		wire(exchange, head(exchange, `x: ${'a'.repeat(1_000_000)}\r\n\r\n`), '{}'),
	),
	kind('ten thousand headers', 'fails', (exchange) =>
		wire(
			exchange,
			head(exchange, `${Array.from({ length: 10_000 }, (_, index) => `x${index}: 1`).join('\r\n')}\r\n\r\n`),
			'{}',
		),
	),
];

const strange = [
	kind('in many chunks', 'right', (exchange) =>
		wire(exchange, head(exchange, 'transfer-encoding: chunked\r\n\r\n'), ...chunks(exchange.right, 3)),
	),
	kind('with trailers', 'right', (exchange) =>
		wire(
			exchange,
			head(exchange, 'transfer-encoding: chunked\r\ntrailer: x\r\n\r\n'),
			...chunks(exchange.right, 50).slice(0, -1),
			'0\r\nx: 1\r\n\r\n',
		),
	),
	kind('until the connection closes', 'right', (exchange) => wire(exchange, head(exchange, '\r\n'), exchange.right)),
	kind('as HTTP/1.0', 'right', (exchange) =>
		wire(exchange, `HTTP/1.0 200 OK\r\ncontent-type: ${exchange.contentType}\r\n\r\n`, exchange.right),
	),
	kind('with bytes after its end', 'either', (exchange) =>
		wire(exchange, withLength(exchange), exchange.right, 'HTTP/1.1 200 OK\r\n\r\n'),
	),
	kind('after a 100', 'right', (exchange) =>
		wire(exchange, 'HTTP/1.1 100 Continue\r\n\r\n', withLength(exchange), exchange.right),
	),
	kind('after a 102 and a 103', 'right', (exchange) =>
		wire(
			exchange,
			'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n',
			withLength(exchange),
			exchange.right,
		),
	),
	kind('after a hundred 103 responses', 'right', (exchange) =>
		wire(exchange, 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100), withLength(exchange), exchange.right),
	),
	kind(
		'a 101',
		'fails',
		(exchange) =>
			wire(exchange, 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
		{ only: ALL_BUT_TEST },
	),
	kind('with cookies', 'right', (exchange) =>
		wire(exchange, withLength(exchange, 'set-cookie: a=b; Path=/\r\nset-cookie: c=d\r\n'), exchange.right),
	),
	kind('with a header of non-ASCII characters', 'right', (exchange) =>
		wire(exchange, Buffer.from(withLength(exchange, 'x-name: P\xf6yt\xe4\r\n'), 'latin1'), exchange.right),
	),
	kind('with an empty content type', 'right', (exchange) =>
		exchange.contentType.startsWith('multipart')
			? answer(exchange, 200, exchange.right, { 'content-type': exchange.contentType })
			: wire(
					exchange,
					`HTTP/1.1 200 OK\r\ncontent-type: \r\ncontent-length: ${exchange.right.length}\r\n\r\n`,
					exchange.right,
				),
	),
	kind(
		'after a second',
		'right',
		(exchange) =>
			void setTimeout(() => answer(exchange, 200, exchange.right, { 'content-type': exchange.contentType }), 1000),
	),
];

/** Responses that never end. Most keep sending, so that an idle timeout does not end them. */
const endless = [
	kind('a silence without end', 'fails', () => undefined),
	kind('headers that drip without end', 'fails', (exchange) => {
		exchange.response.socket?.write(head(exchange));
		drip(exchange, 'x: 1\r\n');
	}),
	kind('a status line that drips without end', 'fails', (exchange) => {
		exchange.response.socket?.write('HTTP/1.1 200 ');
		drip(exchange, 'O');
	}),
	kind('many 103 without end', 'fails', (exchange) => drip(exchange, 'HTTP/1.1 103 Early Hints\r\n\r\n')),
	kind('a body that drips without end', 'fails', (exchange) => {
		exchange.response.socket?.write(head(exchange, 'content-length: 100000\r\n\r\n'));
		drip(exchange, ' ');
	}),
	kind('chunks that drip without end', 'fails', (exchange) => {
		exchange.response.socket?.write(head(exchange, 'transfer-encoding: chunked\r\n\r\n'));
		drip(exchange, '1\r\n \r\n');
	}),
	kind('an error that drips without end', 'fails', (exchange) => {
		exchange.response.socket?.write('HTTP/1.1 500 Oops\r\ntransfer-encoding: chunked\r\n\r\n');
		drip(exchange, '1\r\nx\r\n');
	}),
	kind('a body that stops', 'fails', (exchange) => void exchange.response.socket?.write(`${withLength(exchange)}{`)),
];

export const framing: AnswerKind[] = [
	...closed,
	...garbled,
	...strange,
	...endless.map((kind) => ({ ...kind, only: ALL_BUT_TEST })),
];
