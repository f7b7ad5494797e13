import { addressOf, type Address } from '../../../nodes/Procountor/api/address';
import { problemOf } from '../../../nodes/Procountor/api/errorMessages';
import { failIfIncomplete } from '../../../nodes/Procountor/api/responseShape';

const address = addressOf({ environment: 'production' }) as Address;
const read = { call: 'GET /invoices/{invoiceId}' };
const list = { call: 'GET /invoices' };
const write = { call: 'PUT /invoices/{invoiceId}/approve' };
const file = { call: 'GET /attachments/{attachmentId}', bytes: true };
const problem = (body: unknown, asked: Parameters<typeof problemOf>[1], headers = {}, statusCode = 200) =>
	problemOf({ statusCode, headers, body }, asked, address);

describe('Response with status 200', () => {
	it('is an error with its reasons if it contains errors', () => {
		expect(problem({ errors: [{ field: 'date', message: 'CLOSED' }] }, read)?.message).toBe('date: CLOSED');
		expect(problem({ message: 'Maintenance' }, read)?.message).toBe('Maintenance');
	});

	it('leaves the outcome of a write unknown if it contains errors', () => {
		const { message, outcomeUnknown } = problem({ errors: ['CLOSED'] }, write) ?? {};
		expect(message).toMatch(/^It is unclear whether .* it returned errors with status 200: CLOSED$/);
		expect(outcomeUnknown).toBe(true);
		expect(problem('<html>', write)).toMatchObject({ outcomeUnknown: true });
	});

	it('is accepted for a write that returns a message or nothing', () => {
		expect(problem({ message: 'Approved' }, write)).toBeUndefined();
		expect(problem('', write)).toBeUndefined();
	});

	it.each([[{ results: null }], [{ results: 'none' }], [{ results: [null] }], [{ products: [] }]])(
		'is not accepted as a list: %j',
		(body) => expect(problem(body, list)?.message).toMatch(/data of an unexpected form/),
	);

	it('is accepted as a list', () => {
		expect(problem({ results: [] }, list)).toBeUndefined();
		expect(problem([{ id: 1 }], list)).toBeUndefined();
	});

	it('is not accepted as a record if it is empty', () => {
		expect(problem({}, read)?.message).toMatch(/of an unexpected form/);
		expect(problem('', read)?.message).toMatch(/returned nothing/);
	});

	it('is not accepted as a file if it is empty or an HTML page', () => {
		const pdf = { 'content-type': 'application/pdf' };
		expect(problem(Buffer.alloc(0), file, pdf)?.message).toMatch(/returned an empty file/);
		expect(problem(Buffer.alloc(0), file, pdf, 204)?.message).toMatch(/returned an empty file/);
		expect(problem(Buffer.from('\ufeff <!DOCTYPE html><html>'), file, pdf)?.message).toMatch(/a page instead of data/);
		expect(problem(Buffer.from('%PDF'), file, pdf)).toBeUndefined();
		expect(problem(Buffer.from('{"a":1}'), file, { 'content-type': 'application/json' })).toBeUndefined();
	});
});

describe('Search without a list', () => {
	const isList = (body: unknown): boolean => Array.isArray((body as { results?: unknown }).results);
	const outcome = (body: unknown) => failIfIncomplete({ statusCode: 200, headers: {}, body }, isList);

	it("fails with the server's message or with the response itself", () => {
		expect(outcome({ message: 'Maintenance' })).toEqual({ failure: 'incomplete', reason: 'Maintenance' });
		expect(outcome({})).toEqual({ failure: 'incomplete', reason: '{}' });
		expect(outcome({ results: [] })).toMatchObject({ statusCode: 200 });
	});
});
