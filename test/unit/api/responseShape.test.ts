import { failIfIncomplete, isListOfRecords, unexpectedShape } from '../../../nodes/Procountor/api/responseShape';

const answer = (body: unknown, statusCode = 200, type = 'application/json') => ({
	statusCode,
	headers: { 'content-type': type },
	body,
});
const page = Buffer.from('<html lang="fi"><body>');
const file = { call: 'GET /attachments/{attachmentId}', bytes: true };

describe('Response shape', () => {
	it.each<[string, unknown, string | undefined]>([
		['GET /invoices/{invoiceId}', { id: 1 }, undefined],
		['GET /invoices/{invoiceId}', [{ id: 1 }], undefined],
		['GET /invoices/{invoiceId}', [], undefined],
		['GET /invoices/{invoiceId}', [1], 'other'],
		['GET /invoices/{invoiceId}', {}, 'other'],
		['GET /invoices/{invoiceId}', '', 'nothing'],
		['GET /invoices/{invoiceId}', null, 'nothing'],
		['GET /invoices/{invoiceId}', undefined, 'nothing'],
		['GET /invoices/{invoiceId}', 'text', 'page'],
		['GET /invoices/{invoiceId}', 5, 'page'],
		['GET /invoices/{invoiceId}', { message: 'Maintenance' }, 'fault'],
		['GET /invoices', { results: [{ id: 1 }] }, undefined],
		['GET /invoices', [{ id: 1 }], undefined],
		['GET /invoices', { results: [[]] }, 'other'],
		['GET /invoices', {}, 'other'],
		['GET /dimensions', [{ id: 1 }], undefined],
		['GET /dimensions', ['a'], undefined],
		['GET /dimensions', {}, undefined],
		['GET /not/in/the/contract', [1], undefined],
		['GET /not/in/the/contract', {}, undefined],
		['PUT /invoices/{invoiceId}/approve', {}, undefined],
		['PUT /invoices/{invoiceId}/approve', '', undefined],
		['PUT /invoices/{invoiceId}/approve', { message: 'Approved' }, undefined],
		['PUT /invoices/{invoiceId}/approve', { errors: ['x'] }, 'fault'],
		['PUT /invoices/{invoiceId}/approve', 'text', 'page'],
	])('is checked for %s with %j: %s', (call, body, expected) => {
		expect(unexpectedShape(answer(body), { call })).toBe(expected);
	});

	it('can be empty with status 204 only', () => {
		expect(unexpectedShape(answer('', 204), { call: 'GET /invoices/{invoiceId}' })).toBeUndefined();
		expect(unexpectedShape(answer('', 200), { call: 'POST /reports/accounting', readOnly: true })).toBe('nothing');
	});

	it.each<[string, Buffer | string, string, string | undefined]>([
		['a file', Buffer.from('%PDF'), 'application/pdf', undefined],
		['an empty file', Buffer.alloc(0), 'application/pdf', 'nothing'],
		['an HTML page by its type', Buffer.from('x'), 'text/html; charset=utf-8', 'page'],
		['an HTML page by its XML type', Buffer.from('x'), 'application/xhtml+xml', 'page'],
		['an HTML page by its first bytes', page, 'application/pdf', 'page'],
		['an HTML page after a byte order mark and spaces', Buffer.from('\ufeff\n <!DOCTYPE HTML>'), 'image/png', 'page'],
		['XML', Buffer.from('<?xml version="1.0"?><htmlish/>'), 'application/xml', undefined],
		['HTML inside text', Buffer.from('see <html>'), 'text/plain', undefined],
		['text instead of bytes', 'text', 'text/plain', undefined],
		['multipart content', Buffer.from('--b'), 'multipart/mixed; boundary=b', undefined],
		['empty multipart content', Buffer.alloc(0), 'Multipart/Mixed; boundary=b', 'nothing'],
		['multipart content with errors', Buffer.from('{"errors":["x"]}'), 'multipart/mixed; boundary=b', undefined],
		['errors instead of a file', Buffer.from('{"errors":["x"]}'), 'application/json', 'fault'],
		['JSON as a file', Buffer.from('{"a":1}'), 'application/json', undefined],
	])('is checked for a file response: %s', (_name, body, type, expected) => {
		expect(unexpectedShape(answer(body, 200, type), file)).toBe(expected);
	});

	it('is checked in the first 512 bytes of a file only', () => {
		const late = Buffer.concat([Buffer.alloc(600, 0x20), page]);
		expect(unexpectedShape(answer(late, 200, ''), file)).toBeUndefined();
	});

	it.each<[unknown, boolean]>([
		[[], true],
		[[{}], true],
		[[{}, null], false],
		[[{}, 'x'], false],
		[[[]], false],
		[{}, false],
		[undefined, false],
	])('is a list of records for %j: %s', (list, expected) => {
		expect(isListOfRecords(list)).toBe(expected);
	});
});

describe('Incomplete response', () => {
	const never = (): boolean => false;

	it("fails with the server's message or with the beginning of the response", () => {
		expect(failIfIncomplete(answer({ errors: ['a', 'b'] }), never)).toEqual({ failure: 'incomplete', reason: 'a; b' });
		const long = failIfIncomplete(answer({ text: 'x'.repeat(200) }), never);
		expect(long).toEqual({ failure: 'incomplete', reason: `{"text":"${'x'.repeat(91)}` });
	});

	it('stays unchanged if nothing was expected or it is not a successful object', () => {
		for (const outcome of [answer({}, 404), answer('<html>'), { failure: 'lost' as const, reason: 'x' }])
			expect(failIfIncomplete(outcome, never)).toBe(outcome);
		const good = answer({ results: [] });
		expect(failIfIncomplete(good)).toBe(good);
		expect(failIfIncomplete(good, () => true)).toBe(good);
	});
});
