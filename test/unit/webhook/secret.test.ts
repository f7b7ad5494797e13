import { createHmac } from 'node:crypto';
import { isSigned, secretFor } from '../../../nodes/Procountor/webhook/secret';

const secret = secretFor({ clientSecret: 'a client secret' }, 'https://n8n.example.com/webhook/1/procountor');
const body = Buffer.from('{"eventType":"USER_UPDATED"}');
const signature = createHmac('sha256', secret).update(body);
const bytes = signature.digest();
const hex = bytes.toString('hex');
const base64 = bytes.toString('base64');

describe('Secret of a webhook', () => {
	it('depends on the client secret and on the URL', () => {
		const other = secretFor({ clientSecret: 'a client secret' }, 'https://n8n.example.com/webhook-test/1/procountor');
		const rotated = secretFor({ clientSecret: 'another' }, 'https://n8n.example.com/webhook/1/procountor');
		expect(new Set([secret, other, rotated]).size).toBe(3);
	});
});

describe('Signature of a delivery', () => {
	it.each([
		['hex', { 'x-procountor-signature': hex }],
		['hex in capitals', { 'x-procountor-signature': hex.toUpperCase() }],
		['base64', { 'x-hub-signature-256': base64 }],
		['base64 for URLs', { 'x-signature': bytes.toString('base64url') }],
		['hex with a prefix', { 'x-signature': `sha256=${hex}` }],
		['base64 with a scheme', { authorization: `HMAC ${base64}` }],
		['hex with a scheme', { authorization: `HMAC-SHA256 ${hex}` }],
	])('is accepted as %s', (_, headers) => {
		expect(isSigned(body, headers, secret)).toBe(true);
	});

	it.each([
		['missing', {}],
		['of another body', { 'x-signature': createHmac('sha256', secret).update('x').digest('hex') }],
		['created with another secret', { 'x-signature': createHmac('sha256', 'x').update(body).digest('base64') }],
		['cut off', { 'x-signature': hex.slice(0, 62) }],
		['in a header that contains no signature', { 'user-agent': hex }],
		['empty', { authorization: '' }],
	])('is rejected if it is %s', (_, headers) => {
		expect(isSigned(body, headers, secret)).toBe(false);
	});
});
