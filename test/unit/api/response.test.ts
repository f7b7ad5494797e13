import { readOutcome } from '../../../nodes/Procountor/api/response';

/** An error as it comes from n8n: its own around that of the HTTP client. */
const thrown = (inner: object): Error =>
	Object.assign(new Error('outer'), { cause: Object.assign(new Error('inner'), inner) });

describe('what n8n threw', () => {
	it.each([
		['no server there', { code: 'ECONNREFUSED' }],
		['no such name', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
		['no way to it', { code: 'EHOSTUNREACH', syscall: 'connect' }],
		['no answer to the first knock', { code: 'ETIMEDOUT', syscall: 'connect' }, 'no response in time'],
		['a wrong certificate', { code: 'CERT_HAS_EXPIRED' }],
	])('means that nothing was sent: %s', (_, inner, reason = inner.code) => {
		expect(readOutcome(thrown(inner))).toMatchObject({ failure: 'unreachable', reason });
	});

	it.each([
		['a reset', { code: 'ECONNRESET' }],
		['a time-out', { code: 'ECONNABORTED' }, 'no response in time'],
		['what is no HTTP', { code: 'HPE_INVALID_CONSTANT' }, 'the response is not valid HTTP'],
		['a damaged archive', { code: 'Z_DATA_ERROR' }, 'the compressed response is damaged'],
		['a network that went away on the way', { code: 'ENETUNREACH', syscall: 'write' }],
		['a host that went away on the way', { code: 'EHOSTUNREACH', syscall: 'read' }],
		['an answer that broke off', { code: 'ERR_BAD_RESPONSE', response: { status: 200 } }, 'the connection was closed'],
	])('leaves open whether it was carried out: %s', (_, inner, reason = inner.code) => {
		expect(readOutcome(thrown(inner))).toMatchObject({ failure: 'lost', reason });
	});

	it('is an answer where it was refused with 401', () => {
		expect(
			readOutcome(thrown({ code: 'ERR_BAD_REQUEST', response: { status: 401, headers: { a: 'b' }, data: { x: 1 } } })),
		).toEqual({ statusCode: 401, headers: { a: 'b' }, body: { x: 1 } });
	});
});
