import { addressOf, type Address } from '../../../nodes/Procountor/api/address';
import { problemOf } from '../../../nodes/Procountor/api/errorMessages';
import { outcomeFromError, type Outcome } from '../../../nodes/Procountor/api/response';

const address = addressOf({ environment: 'production', apiVersion: 'latest' }) as Address;
const problem = (outcome: Outcome): unknown => problemOf(outcome, { call: 'GET /invoices' }, address)?.temporary;
const status = (statusCode: number): Outcome => ({ statusCode, headers: {}, body: { errors: [{ message: 'No' }] } });

describe('A problem that may pass by itself', () => {
	it.each([429, 500, 502, 503, 504])('is status %d', (code) => expect(problem(status(code))).toBe(true));

	it.each([302, 400, 401, 403, 404, 405, 409, 410])('is not status %d', (code) =>
		expect(problem(status(code))).toBeUndefined(),
	);

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED'])('is a connection with %s', (code) =>
		expect(problem(outcomeFromError({ code, message: code }))).toBe(true),
	);

	it.each([
		[503, true],
		[500, true],
		[400, false],
		[401, false],
	])('is a login with OAuth2 that is not renewed with status %d: %s', (code, isTemporary) =>
		expect(problem(outcomeFromError({ code: 'ESTATUS', status: code, message: 'no' }))).toBe(isTemporary),
	);
});
