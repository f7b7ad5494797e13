import { addressOf, type Address } from '../../../nodes/Procountor/api/address';
import { problemOf, pauseMessage, tooManyRequests } from '../../../nodes/Procountor/api/errorMessages';
import {
	adviceOf,
	InputError,
	messageOf,
	problemIn,
	ProcountorError,
	type Problem,
} from '../../../nodes/Procountor/api/errors';
import type { Failure } from '../../../nodes/Procountor/api/response';

const addressWith = (fields: object = {}): Address => addressOf({ environment: 'production', ...fields }) as Address;
const latest = addressWith();
const read = { call: 'GET /invoices/{invoiceId}' };
const write = { call: 'PUT /invoices/{invoiceId}' };
type Asked = Parameters<typeof problemOf>[1];

const refused = (statusCode: number, asked: Asked = read, body: unknown = {}, headers = {}, address = latest) =>
	problemOf({ statusCode, headers, body }, asked, address);
const failed = (failure: Failure['failure'], asked: Asked, more: Partial<Failure> = {}) =>
	problemOf({ failure, reason: 'why', ...more }, asked, latest);
const errors = (...messages: string[]) => ({ errors: messages.map((message) => ({ field: 'date', message })) });

describe('Failure without a response', () => {
	const host = 'https://api.procountor.com';

	it.each<[Failure['failure'], Asked, Partial<Problem>]>([
		['login', write, { message: 'why', advice: 'look', status: 401, temporary: true }],
		['cancelled', write, { message: 'The execution was canceled' }],
		['paused', write, { message: 'why', status: 429, temporary: true }],
		[
			'incomplete',
			read,
			{ message: 'Procountor returned no list for GET /invoices/{invoiceId}: why', temporary: true },
		],
		['unreachable', write, { message: `Procountor cannot be reached at ${host} (why)`, temporary: true }],
		['lost', read, { message: 'The connection to Procountor failed (why)', temporary: true }],
		['lost', { ...write, readOnly: true }, { message: 'The connection to Procountor failed (why)' }],
		[
			'lost',
			{ ...write, noun: 'invoice 5' },
			{
				message: 'It is unclear whether Procountor carried out the request for invoice 5: the connection failed (why)',
				advice: 'Check in Procountor whether it was saved before you run this again.',
				outcomeUnknown: true,
			},
		],
	])("is explained for failure '%s' of request %j", (failure, asked, expected) => {
		const problem = failed(failure, asked, { advice: 'look', temporary: true });
		expect(problem).toMatchObject(expected);
		expect(problem?.outcomeUnknown).toBe(expected.outcomeUnknown);
	});

	it('contains no secret', () => {
		const problem = problemOf({ failure: 'lost', reason: 'key' }, read, latest, undefined, () => '•••');
		expect(problem?.message).toContain('(•••)');
	});
});

describe('Rejected request', () => {
	it.each([400, 409, 422])('with status %d is reported with each fault and its field', (status) => {
		expect(refused(status, write, errors('CLOSED', 'TOO_OLD'))).toEqual({
			status,
			message: 'date: CLOSED; date: TOO_OLD',
			codes: ['date: CLOSED', 'date: TOO_OLD'],
		});
		expect(refused(status, write, 'no JSON')?.message).toBe('no JSON');
		expect(refused(status, write)).toMatchObject({
			message: 'Procountor rejected PUT /invoices/{invoiceId} and gave no reason',
			advice: expect.stringContaining('Compare the fields'),
			codes: [],
		});
	});

	it.each<[number, Asked, Partial<Problem>]>([
		[302, read, { message: 'https://api.procountor.com returned a redirect, which the node never follows' }],
		[399, read, { message: 'https://api.procountor.com returned a redirect, which the node never follows' }],
		[401, read, { message: 'Procountor rejected the access token, also a new one', codes: ['date: WHY'] }],
		[
			403,
			{ ...write, noun: 'invoice 5', body: { type: 'SALES_INVOICE' } },
			{
				message:
					"Procountor does not allow the request for invoice 5: the user lacks the right, or the record's state forbids it",
				refused: {
					call: write.call,
					type: 'SALES_INVOICE',
					statement: 'Procountor does not allow the request for invoice 5',
				},
			},
		],
		[403, { ...write, body: { type: 5 } }, { refused: { call: write.call, type: undefined } }],
		[
			404,
			{ ...read, noun: 'invoice 5', path: { invoiceId: 5 } },
			{
				message: 'Procountor has no such record: invoice 5',
				advice: expect.stringMatching(/^Check the ID, .* check the API version in the credential\.$/) as string,
				refused: { call: read.call, ids: [5] },
			},
		],
		[
			404,
			{ call: 'GET /a/{b}/c/{d}', path: { b: 1, d: 2 } },
			{
				message: 'Procountor does not know /a/{b}/c/{d}',
				advice: expect.stringMatching(/^Check the path/) as string,
				refused: { call: 'GET /a/{b}/c/{d}', ids: [] },
			},
		],
		[404, { call: 'GET /a' }, { refused: { call: 'GET /a', ids: [] } }],
		[405, write, { message: 'Procountor does not accept PUT /invoices/{invoiceId} in this form (405)' }],
		[415, write, { message: 'Procountor does not accept PUT /invoices/{invoiceId} in this form (415)' }],
		[429, write, { message: 'Procountor receives too many requests from this API client (429)', temporary: true }],
		[500, read, { message: 'Procountor returned an internal error (500)', temporary: true, codes: ['date: WHY'] }],
		[
			500,
			write,
			{
				message:
					'It is unclear whether Procountor carried out PUT /invoices/{invoiceId}: it returned an internal error (500)',
				outcomeUnknown: true,
				codes: ['date: WHY'],
			},
		],
		[418, write, { message: 'Procountor answered PUT /invoices/{invoiceId} with status 418', codes: ['date: WHY'] }],
		[199, write, { message: 'Procountor answered PUT /invoices/{invoiceId} with status 199' }],
	])('is explained for status %d of request %j', (status, asked, expected) => {
		expect(refused(status, asked, errors('WHY'))).toMatchObject({ status, ...expected });
	});

	it('shows until when the server requested a pause', () => {
		const headers = { 'retry-after': '60' };
		const until = /\. Procountor asked this API client to send no requests until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/;
		expect(refused(429, write, {}, headers)?.message).toMatch(until);
		expect(refused(503, read, {}, headers)?.message).toMatch(until);
		expect(tooManyRequests({ statusCode: 429, headers: { 'retry-after': '0' }, body: '' })).not.toContain('until');
		expect(pauseMessage(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toContain('until 2026-01-02 03:04:05 UTC');
	});

	it("uses the caller's explanation and hides secrets", () => {
		const outcome = { statusCode: 400, headers: {}, body: errors('the key') };
		const explain = (faults: ReadonlyArray<{ message: string }>) => ({
			message: `told: ${faults[0].message}`,
			advice: 'do',
		});
		expect(problemOf(outcome, write, latest, explain, (text) => text.replace('key', '•••'))).toMatchObject({
			message: 'told: the •••',
			advice: 'do',
			codes: ['date: the •••'],
		});
	});
});

describe('API version', () => {
	const numbered = addressWith({ apiVersion: 'numbered', versionNumber: '26.02' });
	const supported = addressWith({ apiVersion: 'supported' });
	const closed = /^Procountor has closed API version 26\.02, or never had it \(4\d\d at /;

	it.each([
		[410, {}],
		[404, '<html>'],
		[404, { message: 'Unknown version' }],
	])('is reported as closed for a %d with %j', (status, body) => {
		expect(refused(status, read, body, {}, numbered)?.message).toMatch(closed);
		expect(refused(status, read, body, {}, latest)?.message).not.toMatch(closed);
	});

	it('is not reported as closed for the 404 of a record', () => {
		expect(refused(404, read, { message: 'No conversion' }, {}, numbered)?.message).not.toMatch(closed);
		expect(refused(403, read, { message: 'version' }, {}, numbered)?.message).not.toMatch(closed);
	});

	it.each([
		[numbered, 'Unrecognized field', '26.02'],
		[supported, 'UNKNOWN property', 'Supported'],
		[supported, 'unrecognised', 'Supported'],
	])('is reported if it may not support the fields', (address, message, name) => {
		expect(refused(400, write, errors(message), {}, address)?.advice).toBe(
			`API version ${name} may not know these fields. Leave them empty, or choose 'Latest' as API version in the credential.`,
		);
		expect(refused(400, write, errors('CLOSED'), {}, address)?.advice).toBeUndefined();
		expect(refused(400, write, errors(message), {}, latest)?.advice).toBeUndefined();
	});
});

describe('Unexpected content with a successful status', () => {
	const file = { call: 'GET /attachments/{attachmentId}', bytes: true, noun: 'the file' };

	it.each<[unknown, Asked, Partial<Problem>]>([
		[errors('WHY'), read, { message: 'date: WHY', codes: ['date: WHY'], status: 200 }],
		[
			errors('WHY'),
			write,
			{
				message:
					'It is unclear whether Procountor carried out PUT /invoices/{invoiceId}: it returned errors with status 200: date: WHY',
				codes: ['date: WHY'],
				status: 200,
				outcomeUnknown: true,
			},
		],
		[Buffer.alloc(0), file, { message: 'Procountor returned an empty file for the request for the file', status: 200 }],
		['', read, { message: 'Procountor returned nothing for GET /invoices/{invoiceId}', status: 200, temporary: true }],
		[
			{},
			read,
			{
				message: 'Procountor returned data of an unexpected form for GET /invoices/{invoiceId}',
				advice: expect.stringContaining('(https://api.procountor.com/latest/api)') as string,
				status: 200,
			},
		],
		[
			'<html>',
			read,
			{
				message: 'Procountor returned a page instead of data for GET /invoices/{invoiceId}',
				advice: expect.stringMatching(/^Check the environment/) as string,
				status: 200,
				outcomeUnknown: undefined,
			},
		],
		[
			'<html>',
			write,
			{
				message:
					'It is unclear whether Procountor carried out PUT /invoices/{invoiceId}: it returned a page instead of data',
				advice: expect.stringMatching(/^Check in Procountor .* Check the environment/) as string,
				status: 200,
				outcomeUnknown: true,
			},
		],
	])('is explained for body %j of request %j', (body, asked, expected) => {
		const problem = refused(200, asked, body);
		expect(problem).toMatchObject(expected);
		expect(problem?.temporary).toBe(expected.temporary);
	});
});

describe('Problem text', () => {
	it('contains the field before the message, then the advice, the finished steps and the codes', () => {
		const problem = {
			field: 'Date',
			message: 'is closed',
			advice: 'Open it.',
			completed: ['a', 'b'],
			codes: ['X', 'Y'],
		};
		expect(messageOf(problem)).toBe('Date is closed');
		expect(adviceOf(problem)).toBe("Open it. Done already: a, b. Procountor's answer: X; Y");
		expect(messageOf({ message: 'Closed' })).toBe('Closed');
		expect(adviceOf({ message: 'Closed', completed: [], codes: [] })).toBe('');
	});

	it('is extracted from any caught value', () => {
		const problem = { message: 'is closed', field: 'Date' };
		const error = new ProcountorError(problem);
		expect([error.message, error.name, problemIn(error)]).toEqual(['Date is closed', 'ProcountorError', problem]);
		const input = new InputError('Date', 'is closed', 'Open it');
		expect([input.name, problemIn(input)]).toEqual(['InputError', { ...problem, advice: 'Open it' }]);
		expect(problemIn('text')).toEqual({ message: 'text' });
		expect(problemIn(new Error('own'))).toEqual({ message: 'own', advice: undefined });
		expect(problemIn(Object.assign(new Error('own'), { description: 'do' }))).toEqual({ message: 'own', advice: 'do' });
		expect(problemIn(Object.assign(new Error('own'), { description: 5 })).advice).toBeUndefined();
	});
});
