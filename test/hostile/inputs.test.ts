/** Odd input from people and expressions, and the body that an update sends. */
import { byId } from '../engine/support';
import { rawBench } from './raw';
import { json } from './rawServer';

const bench = rawBench();

describe('An invalid ID', () => {
	it.each(['9007199254740993', '5,9007199254740993', ',', '5,', '٣', '1e3', '0x10', '-1', '1.5', ' '])(
		'is rejected without a request: %j',
		async (invoiceId) => {
			const run = await bench.run('invoice', 'get', { invoiceId });
			expect(run.error?.message).toMatch(/^Invoice ID is (not an ID|empty)/);
			expect(bench.server.requests).toEqual([]);
		},
	);
});

describe('An update', () => {
	const record = {
		id: 5,
		version: '2026-10-01T10:00:00',
		notes: null,
		paymentInfo: {
			currency: 'EUR',
			bankReferenceCode: null,
			bankAccount: { accountNumber: 'FI2112345600000785', bic: null },
		},
		invoiceRows: [{ product: 'Kahvi', comment: null }],
	};
	const put = async (parameters: object): Promise<Record<string, unknown>> => {
		bench.server.answer = ({ method }, response) => json(response, method === 'GET' ? record : {});
		const run = await bench.run('invoice', 'update', { invoiceId: byId(5), ...parameters });
		expect(run.error).toBeUndefined();
		return JSON.parse(bench.server.requests[1].body) as Record<string, unknown>;
	};

	it('sends back no null of the record, at any depth', async () => {
		expect(await put({ updateFields: { orderReference: 'A' } })).toEqual({
			id: 5,
			version: record.version,
			paymentInfo: { currency: 'EUR', bankAccount: { accountNumber: 'FI2112345600000785' } },
			invoiceRows: [{ product: 'Kahvi' }],
			orderReference: 'A',
		});
	});

	it('removes fields that are set to null, even if the record does not have them', async () => {
		const body = await put({
			updateFields: {
				bodyJson: {
					deliveryAddress: { street: null },
					billingAddress: { city: 'Turku', street: null },
					paymentInfo: { bankAccount: { bic: null } },
				},
			},
		});
		expect(body).not.toHaveProperty('deliveryAddress');
		expect(body.billingAddress).toEqual({ city: 'Turku' });
		expect(JSON.stringify(body)).not.toContain('null');
	});

	it('can replace an object with an empty one', async () => {
		expect(await put({ updateFields: { bodyJson: '{"deliveryAddress":{}}' } })).toMatchObject({ deliveryAddress: {} });
	});
});

it("An expression error keeps n8n's own message", async () => {
	const parameters = { invoiceId: "={{ $('No Such Node').item.json.id }}" };
	const run = await bench.run('invoice', 'get', parameters);
	expect(run.error).toMatchObject({
		name: 'ExpressionError',
		message: "Referenced node doesn't exist",
		context: { descriptionKey: 'nodeNotFound' },
	});
	const goesOn = await bench.run('invoice', 'get', parameters, { settings: { onError: 'continueRegularOutput' } });
	expect(goesOn.items[0][0].json.error).toBe("Referenced node doesn't exist");
	expect(bench.server.requests).toEqual([]);
});
