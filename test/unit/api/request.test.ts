import { methodAndPath, splitCall, type Query } from '../../../nodes/Procountor/api/request';

describe('Request path', () => {
	it.each<[string, Record<string, string | number>, string]>([
		['GET /invoices', {}, '/invoices'],
		['GET /invoices/{invoiceId}', { invoiceId: 5 }, '/invoices/5'],
		['GET /invoices/{invoiceId}', { invoiceId: '5,6,7' }, '/invoices/5,6,7'],
		['GET /a/{b}/c/{d}', { b: 0, d: 'x' }, '/a/0/c/x'],
		['GET /a/{b}', { b: '../x?y=1#z' }, '/a/..%2Fx%3Fy%3D1%23z'],
		['GET /a/{b}', { b: 'ä ö' }, '/a/%C3%A4%20%C3%B6'],
	])('is built from %s with %j', (call, path, expected) => {
		expect(methodAndPath({ call, path })).toEqual({ method: 'GET', path: expected });
	});

	it('requires all its values', () => {
		for (const path of [undefined, {} as Record<string, string>, { invoiceId: '' }])
			expect(() => methodAndPath({ call: 'GET /invoices/{invoiceId}', path })).toThrow(
				new RangeError("The path /invoices/{invoiceId} lacks 'invoiceId'"),
			);
	});

	it.each<[Query, string]>([
		[{}, ''],
		[{ a: undefined }, ''],
		[{ a: 1, b: undefined, c: false, d: '' }, '?a=1&c=false&d='],
		[{ a: ['x', 'y'], b: [] }, '?a=x%2Cy&b='],
		[{ a: { repeat: ['x', 2] }, b: { repeat: [] } }, '?a=x&a=2'],
		[{ 'a&b': 'c&d=ä' }, '?a%26b=c%26d%3D%C3%A4'],
	])('includes the query %j', (query, expected) => {
		expect(methodAndPath({ call: 'GET /x', query }).path).toBe(`/x${expected}`);
	});

	it('is separated from the method', () => {
		expect(splitCall('DELETE /attachments/{attachmentId}')).toEqual({
			method: 'DELETE',
			path: '/attachments/{attachmentId}',
		});
	});
});
