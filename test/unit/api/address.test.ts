import fc from 'fast-check';
import { addressExpression, addressOf } from '../../../nodes/Procountor/api/address';
import { runs } from '../validation/numbers';

/** Evaluates an expression of n8n the way n8n does for plain JavaScript. */
function evaluate(expression: string, fields: Record<string, unknown>): string {
	const code = expression.replace(/^=\{\{/, '').replace(/\}\}$/, '');
	return String(new Function('$self', `return (${code});`)(fields));
}

const urls = [
	'https://api.example.com',
	'https://api.example.com/',
	'http://127.0.0.1:3456',
	'http://localhost',
	'http://[::1]:80',
	'http://example.com',
	'ftp://example.com',
	'http://127.0.0.1.evil.com',
	'https://user:pw@example.com',
	'https://example.com/path',
	'https://example.com?x=1',
	'http://localhost@evil.com',
	'',
	'nonsense',
	'https://exam ple.com',
	'http://127.0.0.1:3456\\@evil.com',
];

describe('Procountor address', () => {
	it.each([
		[{}, 'https://api.procountor.com/latest/api'],
		[{ environment: 'production', apiVersion: 'supported' }, 'https://api.procountor.com/supported/api'],
		[
			{ environment: 'test', apiVersion: 'numbered', versionNumber: '2604' },
			'https://pts-api.procountor.com/v2604/api',
		],
		[
			{ environment: 'test', apiVersion: 'numbered', versionNumber: 'v26.04' },
			'https://pts-api.procountor.com/v2604/api',
		],
		[
			{ environment: 'custom', baseUrl: 'http://127.0.0.1:3456/', apiVersion: 'latest' },
			'http://127.0.0.1:3456/latest/api',
		],
		[
			{ environment: 'custom', baseUrl: ' https://example.com\n', apiVersion: 'numbered', versionNumber: ' V2604 ' },
			'https://example.com/v2604/api',
		],
	])('is built from the credential %j', (fields, base) => {
		expect(addressOf(fields)).toMatchObject({ base });
	});

	it('is production if the credential names no environment', () => {
		expect(addressOf({})).toMatchObject({ host: 'https://api.procountor.com', environment: 'production' });
		expect(addressOf({ environment: 'test' })).toMatchObject({ environment: 'test' });
	});

	it.each([
		['ftp://127.0.0.1', 'must start with https://'],
		['http://example.com', 'must start with https://'],
		['https://example.com/path', 'contains more than a server'],
		['', 'is not a URL'],
	])('is rejected for %j with the reason', (baseUrl, reason) => {
		expect(addressOf({ environment: 'custom', baseUrl })).toMatchObject({
			fault: `The custom URL in the credential ${reason}`,
		});
	});

	it.each([
		'http://example.com',
		'http://127.0.0.1.evil.com',
		'https://user:pw@example.com',
		'https://example.com/path',
		'ftp://example.com',
		'',
	])("is rejected for '%s'", (baseUrl) => {
		expect(addressOf({ environment: 'custom', baseUrl })).toHaveProperty('fault');
	});

	it.each(['26', '26041', 'abcd', '../2604', ''])('is rejected for the version number %j', (versionNumber) => {
		expect(addressOf({ apiVersion: 'numbered', versionNumber })).toHaveProperty('fault');
	});

	it("equals the result of n8n's expression, which leads nowhere if the address is rejected", () => {
		const fields = fc.record({
			environment: fc.constantFrom('production', 'test', 'custom'),
			baseUrl: fc.oneof(
				fc.constantFrom(...urls),
				fc.webUrl({ validSchemes: ['http', 'https'] }),
				fc.string(),
				fc.string().map((text) => `https://${text}`),
				fc.string().map((text) => `https://example.com${text}`),
			),
			apiVersion: fc.constantFrom('latest', 'supported', 'numbered'),
			versionNumber: fc.constantFrom('2604', 'v2601', '26.04'),
		});
		fc.assert(
			fc.property(fields, (given) => {
				const address = addressOf(given);
				const base = evaluate(addressExpression('$self', 'api'), given);
				// An invalid URL leads nowhere too.
				if ('fault' in address)
					expect(URL.canParse(base) ? new URL(base).hostname : 'refused.invalid').toBe('refused.invalid');
				else expect(new URL(base).href).toBe(new URL(address.base).href);
			}),
			{ numRuns: runs(5000) },
		);
	});

	it('has the login at the server root and the token call below the version', () => {
		const fields = { environment: 'test', apiVersion: 'latest' };
		expect(evaluate(addressExpression('$self', 'login'), fields)).toBe('https://pts-api.procountor.com/login');
		expect(evaluate(addressExpression('$self', 'token'), fields)).toBe(
			'https://pts-api.procountor.com/latest/api/oauth/token',
		);
	});
});
