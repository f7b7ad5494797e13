import { faultsIn, reportsFault } from '../../../nodes/Procountor/api/faults';
import { maskOf, rememberToken } from '../../../nodes/Procountor/api/secrets';

const told = (body: unknown) =>
	faultsIn({ statusCode: 400, headers: {}, body }).map(({ field, message }) =>
		field ? `${field}: ${message}` : message,
	);

describe('Error parser', () => {
	it.each<[string, unknown, string[]]>([
		['a list of errors', { errors: [{ status: 400, field: 'date', message: 'CLOSED' }] }, ['date: CLOSED']],
		['errors as texts', { errors: ['first', 'second'] }, ['first', 'second']],
		[
			'errors by field',
			{ errors: { date: 'is closed', name: ['is long', 'is odd'] } },
			['date: is closed', 'name: is long, is odd'],
		],
		['errors as one object', { errors: { message: 'closed' } }, ['closed']],
		['errors as a text', { errors: 'closed' }, ['closed']],
		[
			'constraint violations',
			{ constraintViolations: [{ propertyPath: 'rows[1].vat', message: 'must not be null' }] },
			['rows[1].vat: must not be null'],
		],
		['an error of OAuth', { error: 'invalid_client', error_description: 'unknown client' }, ['unknown client']],
		['an error of Spring', { timestamp: 'now', status: 404, error: 'Not Found', path: '/x' }, ['/x: Not Found']],
		['problem details', { type: 'about:blank', title: 'Bad', detail: 'the date is closed' }, ['the date is closed']],
		['a nested message', { error: { code: 'E1', message: 'closed' } }, ['closed']],
		['a bare list', ['closed', { message: 'late' }], ['closed', 'late']],
		['plain text', 'The period is closed\n', ['The period is closed']],
		['plain text as bytes', Buffer.from('closed'), ['closed']],
		['an error without a text', { errors: [{ field: 'date' }] }, ['date: no reason given']],
		['an HTML page', '<html><body>Sorry</body></html>', []],
		['JSON that was cut', '{"errors":[{"mess', []],
		['an empty text', '', []],
		['an empty object', {}, []],
		['null in a list', { errors: [null, 'closed'] }, ['closed']],
	])('reads %s', (_, body, expected) => expect(told(body)).toEqual(expected));

	it('returns one line per reason, without markup and hidden characters', () => {
		expect(told({ message: 'a <b>bold</b>\u202e\u0000 \n reason' })).toEqual(['a bold reason']);
	});

	it('summarizes many reasons and shortens long ones', () => {
		const many = told({ errors: Array.from({ length: 5000 }, (_, index) => `fault ${index}`) });
		expect(many).toHaveLength(21);
		expect(many.at(-1)).toBe('and 4980 more');
		expect(told({ message: 'x'.repeat(100_000) })[0]).toHaveLength(501);
		expect(told({ errors: Array.from({ length: 20 }, () => 'x'.repeat(500)) }).join('').length).toBeLessThanOrEqual(
			1600,
		);
	});
});

describe('Successful response', () => {
	it.each<[object, boolean, boolean]>([
		[{ errors: [{ message: 'no' }] }, true, true],
		[{ errors: [{ message: 'no' }] }, false, true],
		[{ errors: [], id: 1 }, true, false],
		[{ type: 'about:blank', title: 'Bad Request', status: 400, detail: 'The period is closed' }, false, true],
		[{ status: 200, message: 'The invoice was approved' }, false, false],
		[{ id: 5, status: 400, message: 'Row 400' }, false, false],
		[{ constraintViolations: { a: 'b' } }, true, true],
		[{ message: 'maintenance' }, true, true],
		[{ message: 'Approved' }, false, false],
		[{ id: 5, message: 'a note' }, true, false],
		[{ title: 'Report' }, true, false],
		[[{ message: 'a comment' }], true, false],
	])('is checked for a fault in %j (data expected: %s): %s', (body, returnsData, expected) =>
		expect(reportsFault(body, returnsData)).toBe(expected),
	);
});

describe('Secret', () => {
	const credential = {
		clientSecret: 'secret-of-client',
		apiKey: 'key+of/api=1',
		oauthTokenData: { access_token: 'oauth-access-token', refresh_token: 'oauth-refresh-token' },
	};
	const mask = maskOf(credential);

	it.each([
		'secret-of-client',
		'key+of/api=1',
		encodeURIComponent('key+of/api=1'),
		Buffer.from('secret-of-client').toString('base64'),
		Buffer.from('key+of/api=1').toString('base64url'),
		'key%2bof%2fapi%3d1',
		'key%252Bof%252Fapi%253D1',
		'key+of\\/api=1',
		'key&#43;of&#x2F;api&equals;1',
		'SECRET-OF-CLIENT',
		'oauth-access-token',
		'oauth-refresh-token',
		'Bearer abcdefgh12345',
		'Basic YWJjZGVmZ2g6aWpr',
		'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
	])('is masked in a server message: %s', (secret) => {
		const text = mask(`refused: ${secret}, twice ${secret}.`);
		expect(text).not.toContain(secret);
		expect(text).toMatch(/^refused: .*•••.*, twice .*•••/);
	});

	it('is masked if it is a fetched token', () => {
		rememberToken('fetched-token-number-1');
		expect(maskOf({})('fetched-token-number-1')).toBe('•••');
	});

	it('is not masked if it is a short token that occurs in ordinary words', () => {
		rememberToken('s');
		rememberToken('session');
		expect(maskOf({})('no session')).toBe('no session');
	});

	it('is masked for the last 100 tokens', () => {
		const tokens = Array.from({ length: 101 }, (_, index) => `token-of-many-${index}-`);
		for (const token of [...tokens, tokens[50]]) rememberToken(token);
		expect([tokens[0], tokens[1], tokens[100]].map(maskOf({}))).toEqual([tokens[0], '•••', '•••']);
	});

	it('is masked only if it is a text of at least eight characters', () => {
		expect(maskOf({ apiKey: '12345678' })('12345678')).toBe('•••');
		expect(
			maskOf({ apiKey: '1234567', clientSecret: 12345678, oauthTokenData: 'none' } as never)('1234567 12345678'),
		).toBe('1234567 12345678');
		expect(maskOf({ accessToken: 'of-the-credential' })('x of-the-credential y')).toBe('x ••• y');
	});

	it('is not masked if it is a short word or ordinary text', () => {
		expect(maskOf({ clientSecret: 'abc' })('abc Bearer of news')).toBe('abc Bearer of news');
	});
});
