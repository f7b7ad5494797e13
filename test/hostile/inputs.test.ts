/** What people and expressions put into the fields, and what an update sends back. */
import { byId } from '../engine/support';
import { rawBench } from './raw';
import { json } from './rawServer';

const bench = rawBench();

describe('an ID', () => {
	it.each(['9007199254740993', '5,9007199254740993', ',', '5,', '٣', '1e3', '0x10', '-1', '1.5', ' '])(
		'that is none, or that no program can hold exactly, reaches no record: %j',
		async (invoiceId) => {
			const run = await bench.run('invoice', 'get', { invoiceId });
			expect(run.error?.message).toMatch(/^Invoice ID is (not an ID|empty)/);
			expect(bench.server.requests).toEqual([]);
		},
	);
});

describe('an update', () => {
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

	it('sends no null back, however deep the record has it', async () => {
		expect(await put({ updateFields: { orderReference: 'A' } })).toEqual({
			id: 5,
			version: record.version,
			paymentInfo: { currency: 'EUR', bankAccount: { accountNumber: 'FI2112345600000785' } },
			invoiceRows: [{ product: 'Kahvi' }],
			orderReference: 'A',
		});
	});

	it('takes away what null is given for, also where there is nothing to take away from', async () => {
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

	it('may empty an object, which is more than leaving it as it is', async () => {
		expect(await put({ updateFields: { bodyJson: '{"deliveryAddress":{}}' } })).toMatchObject({ deliveryAddress: {} });
	});
});

it("passes on n8n's own message about an expression", async () => {
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
