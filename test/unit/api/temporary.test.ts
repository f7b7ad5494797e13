import { addressOf, type Address } from '../../../nodes/Procountor/api/address';
import { problemOf } from '../../../nodes/Procountor/api/errorMessages';
import { outcomeFromError, type Outcome } from '../../../nodes/Procountor/api/response';

const address = addressOf({ environment: 'production', apiVersion: 'latest' }) as Address;
const problem = (outcome: Outcome): unknown => problemOf(outcome, { call: 'GET /invoices' }, address)?.temporary;
const status = (statusCode: number): Outcome => ({ statusCode, headers: {}, body: { errors: [{ message: 'No' }] } });

describe('Temporary problem', () => {
	it.each([429, 500, 502, 503, 504])('includes status %d', (code) => expect(problem(status(code))).toBe(true));

	it.each([302, 400, 401, 403, 404, 405, 409, 410])('excludes status %d', (code) =>
		expect(problem(status(code))).toBeUndefined(),
	);

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED'])(
		'includes the connection error %s',
		(code) => expect(problem(outcomeFromError({ code, message: code }))).toBe(true),
	);

	it.each([
		[503, true],
		[500, true],
		[400, false],
		[401, false],
	])('includes a failed OAuth2 renewal with status %d: %s', (code, isTemporary) =>
		expect(problem(outcomeFromError({ code: 'ESTATUS', status: code, message: 'no' }))).toBe(isTemporary),
	);
});
