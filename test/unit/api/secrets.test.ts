import { maskOf, rememberToken } from '../../../nodes/Procountor/api/secrets';

const mask = (text: string, credential: Record<string, unknown> = {}): string => maskOf(credential as never)(text);

describe('Secret of a credential', () => {
	const clientSecret = 'a/b+c d"é>12';
	const base64 = Buffer.from(clientSecret).toString('base64');

	it.each([
		['unchanged', clientSecret],
		['in upper case', clientSecret.toUpperCase()],
		['escaped for a URL', encodeURIComponent(clientSecret)],
		['escaped for a URL twice', encodeURIComponent(encodeURIComponent(clientSecret))],
		['escaped for JSON', JSON.stringify(clientSecret).slice(1, -1)],
		['escaped for HTML by name', 'a/b+c d&quot;&eacute;&gt;12'],
		['escaped for HTML by number', 'a&#47;b&#x2b;c&#32;d&#34;&#xe9;&#062;12'],
		['in base64', base64],
		['in base64 without padding', base64.replace(/=+$/, '')],
	])('is masked when %s', (_form, text) => {
		expect(mask(`client (${text}) unknown`, { clientSecret })).toBe('client (•••) unknown');
	});

	it.each(['>>>???>>>???', '~~~~~~~~~~~', 'ÿÿÿÿÿÿ+ÿÿÿ'])(
		'is masked in both base64 alphabets, with padding: %s',
		(apiKey) => {
			const standard = Buffer.from(apiKey).toString('base64');
			const forUrls = standard.replaceAll('+', '-').replaceAll('/', '_');
			expect(mask(`[${standard}] [${forUrls}]`, { apiKey })).toBe('[•••] [•••]');
		},
	);

	it('is not masked if it is shorter than eight characters', () => {
		expect(mask('the invoice', { clientSecret: 'invoice' })).toBe('the invoice');
		expect(mask('the invoices', { clientSecret: 'invoices' })).toBe('the •••');
	});

	it('can be any OAuth2 token', () => {
		const oauthTokenData = { access_token: 'first-token', refresh_token: 'other-token', expires_in: 3600 };
		expect(mask('first-token, other-token, 3600', { oauthTokenData })).toBe('•••, •••, 3600');
		expect(mask('nothing', { oauthTokenData: 'nothing of the kind' })).toBe('nothing');
		expect(mask('Stryker was here', {})).toBe('Stryker was here');
	});
});

describe('Unknown token', () => {
	const jwt = ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiI3In0', 'c2lnbmF0dXJl'];

	it.each([
		['Bearer abcdefgh', 'Bearer •••'],
		['bearer \t abc/def+g~h==', 'bearer •••'],
		['Basic QWxhZGRpbjpvcGVu', 'Basic •••'],
		['Bearer of bad news', 'Bearer of bad news'],
		[`(${jwt.join('.')})`, '(•••)'],
		[`(${jwt.slice(0, 2).join('.')})`, '(•••)'],
		[`(${jwt.slice(0, 2).join('.')}.)`, '(•••)'],
		[jwt[0], jwt[0]],
	])('is masked by its form: %s', (text, masked) => {
		expect(mask(text)).toBe(masked);
	});
});

describe('Fetched token', () => {
	it('is masked only if it has at least eight characters', () => {
		rememberToken('abc4567');
		rememberToken('abc45678');
		expect([mask('abc4567 is here'), mask('abc45678 is here')]).toEqual(['abc4567 is here', '••• is here']);
	});

	it('is forgotten after 100 newer tokens', () => {
		rememberToken('the-oldest-token');
		for (let count = 1; count < 100; count++) rememberToken(`a-newer-token-${count}!`);
		expect(mask('the-oldest-token')).toBe('•••');
		rememberToken('the-newest-token');
		expect(mask('the-oldest-token and the-newest-token')).toBe('the-oldest-token and •••');
	});
});
