import type { IWebhookFunctions } from 'n8n-workflow';
import { receive } from '../../../nodes/Procountor/webhook/delivery';

/** The response to a sender before anything is read with a credential. */
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

describe('Delivery', () => {
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
	])('is rejected if it is not a notification: %#', async (body) => {
		expect(await answerTo(body)).toEqual([400, 'Not a notification of Procountor']);
	});

	it('is rejected if it has more than a million bytes', async () => {
		expect(await answerTo(' '.repeat(1_000_001))).toEqual([413, 'Too large']);
		expect(await answerTo(' '.repeat(1_000_000))).toEqual([400, 'Not a notification of Procountor']);
	});
});
