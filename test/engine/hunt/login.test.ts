/** Logins that fail, tokens of another company, and what they must not lead to. */
import { byId } from '../support';
import { rawBench } from './raw';
import { json, type Answerer } from './rawServer';

const bench = rawBench();
const session = ['company', 'getSession'] as const;
const approve = ['invoice', 'approve', { invoiceId: byId(5) }] as const;
const refusing: Answerer = (_, response) => json(response, { errors: [{ status: 401, message: 'Unauthorized' }] }, 401);
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

/** Gives each token call the next of some answers, the last one from then on. */
const inTurn = (...answers: Answerer[]): Answerer => {
	let next = 0;
	return (request, response) => answers[Math.min(next++, answers.length - 1)](request, response);
};

describe('a login of OAuth2', () => {
	it.each([
		['an error that asks to connect anew', { error: 'invalid_grant' }, 400, /needs to be reconnected/],
		['a list of errors', { errors: [{ status: 400, message: 'the-refresh-token is dead' }] }, 400, /^Procountor refused to renew the login \(400\)$/],
		['an error of the client', { error: 'invalid_client', error_description: 'the-refresh-token' }, 401, /^Procountor refused to renew the login \(invalid_client\)$/],
	])('that is not renewed says so, for reading and writing, after one try each: %s', async (_, body, status, message) => {
		bench.server.answer = refusing;
		bench.server.token = (_request, response) => json(response, body, status);
		for (const [resource, operation, parameters] of [session, approve]) {
			const run = await bench.run(resource, operation, parameters ?? {}, { oAuth2: bench.oAuth2(), items: many(1) });
			expect(run.error?.message).toMatch(message);
			expect(run.error?.description).toMatch(/connect/);
			expect(JSON.stringify(run)).not.toContain('the-refresh-token');
		}
		expect(bench.server.requests).toHaveLength(2);
		expect(bench.server.tokenCalls).toHaveLength(2);
	});

	it('that was never made says so, without a request', async () => {
		for (const [resource, operation, parameters] of [session, approve]) {
			const run = await bench.run(resource, operation, parameters ?? {}, { oAuth2: bench.oAuth2({ oauthTokenData: {} }) });
			expect(run.error?.message).toBe('The OAuth2 credential is not connected');
			expect(run.error?.description).toMatch(/Connect my account/);
		}
		expect(bench.server.requests).toEqual([]);
	});

	it.each([503, 429])('that meets a %i while it is renewed is tried again, for a write too: it was not carried out', async (status) => {
		bench.server.answer = inTurn(refusing, refusing, (_, response) => json(response, {}));
		bench.server.token = inTurn(
			(_, response) => json(response, {}, status),
			(_, response) => json(response, { access_token: 'second-access-token', token_type: 'bearer' }),
		);
		const run = await bench.run(...approve, { oAuth2: bench.oAuth2() });
		expect(run.error).toBeUndefined();
		expect(bench.server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer first-access-token', 'Bearer first-access-token', 'Bearer second-access-token']);
	});
});
