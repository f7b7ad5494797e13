import type { IWebhookFunctions } from 'n8n-workflow';
import { receive } from '../../../nodes/Procountor/webhook/delivery';

/** What a sender is answered before anything is read with a credential. */
async function answerTo(body: string | undefined): Promise<[status: number, text: string]> {
	let answer: [number, string] = [0, ''];
	const response = {
		status: (status: number) => ({
			send: (text: string) => {
				answer = [status, text];
				return { end: () => undefined };
			},
		}),
	};
	const context = {
		getRequestObject: () => ({ rawBody: body === undefined ? undefined : Buffer.from(body) }),
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
	expect(await receive(context)).toEqual({ noWebhookResponse: true });
	return answer;
}

describe('A delivery', () => {
	const nested = (depth: number): string =>
		`{"eventType":"PAYMENT_UPDATED","webhookUuid":"x","payload":${'['.repeat(depth)}${']'.repeat(depth)}}`;

	it.each([
		undefined,
		'',
		'null',
		'[]',
		'"text"',
		'{"eventType":"PAYMENT_UPDATED"}',
		'{"eventType":1,"webhookUuid":"x"}',
		'{"eventType":"PAYMENT_UPDATED","webhookUuid":{}}',
		'{"eventType":"PAYMENT_UPDATED","webhookUuid":"x"',
		'\u0000',
		nested(300),
		nested(400_000),
	])('that is no notification is refused: %#', async (body) => {
		expect(await answerTo(body)).toEqual([400, 'Not a notification of Procountor']);
	});

	it('of more than a million bytes is refused', async () => {
		expect(await answerTo(' '.repeat(1_000_001))).toEqual([413, 'Too large']);
		expect(await answerTo(' '.repeat(1_000_000))).toEqual([400, 'Not a notification of Procountor']);
	});
});
