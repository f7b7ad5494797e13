import { EventEmitter } from 'node:events';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { recordDelivery } from '../../../nodes/Procountor/webhook/seen';

/** n8n's context of a delivery, and the end of its response. */
function deliveryOf(
	trigger: string,
	data: IDataObject = {},
): { context: IWebhookFunctions; answered(status: number): void } {
	const response = Object.assign(new EventEmitter(), { statusCode: 200 });
	return {
		context: {
			getNode: () => ({ id: trigger }),
			getWorkflow: () => ({ id: 'w' }),
			getWorkflowStaticData: () => data,
			getResponseObject: () => response,
		} as unknown as IWebhookFunctions,
		answered(status) {
			response.statusCode = status;
			response.emit('finish');
		},
	};
}

const body = Buffer.from('{"eventType":"PAYMENT_UPDATED"}');

describe('Delivery', () => {
	it('is new only once for each trigger', () => {
		const first = deliveryOf('a');
		expect(recordDelivery(first.context, body)).toBe(true);
		expect(recordDelivery(deliveryOf('a').context, body)).toBe(false);
		first.answered(200);
		expect(recordDelivery(deliveryOf('a').context, body)).toBe(false);
		expect(recordDelivery(deliveryOf('b').context, body)).toBe(true);
	});

	it('is new again after n8n answered it with an error, also if another delivery came in between', () => {
		const data = {};
		const first = deliveryOf('c', data);
		expect(recordDelivery(first.context, body)).toBe(true);
		expect(recordDelivery(deliveryOf('c', data).context, Buffer.from('{}'))).toBe(true);
		first.answered(500);
		expect(recordDelivery(deliveryOf('c', data).context, body)).toBe(true);
		expect(recordDelivery(deliveryOf('c', data).context, body)).toBe(false);
	});

	it('is recognized as repeated after a restart, from the data that n8n stored', async () => {
		const data: IDataObject = {};
		expect(recordDelivery(deliveryOf('d', data).context, body)).toBe(true);
		const stored = JSON.parse(JSON.stringify(data)) as IDataObject;
		jest.resetModules();
		const restarted = (await import('../../../nodes/Procountor/webhook/seen')).recordDelivery;
		expect(restarted(deliveryOf('d', stored).context, body)).toBe(false);
		expect(restarted(deliveryOf('d', stored).context, Buffer.from('{}'))).toBe(true);
	});
});
