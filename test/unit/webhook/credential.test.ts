import type { IWebhookFunctions } from 'n8n-workflow';
import { withSharedCredential } from '../../../nodes/Procountor/webhook/credential';

/** n8n's context of a delivery; each read is asynchronous and returns a new object. */
function deliveryTo(trigger: string): { context: IWebhookFunctions; reads: string[] } {
	const reads: string[] = [];
	const context = {
		getNode: () => ({ id: trigger, credentials: { procountorApi: { id: 'c', name: 'Company' } } }),
		getWorkflow: () => ({ id: 'w' }),
		getCredentials: async (type: string) => {
			reads.push(type);
			await new Promise((resolve) => setImmediate(resolve));
			return { apiKey: `read ${reads.length}` };
		},
	} as unknown as IWebhookFunctions;
	return { context, reads };
}

describe('Credential of a delivery', () => {
	it('is read once for all requests', async () => {
		const { context, reads } = deliveryTo('a');
		const own = withSharedCredential(context);
		const first = await own.getCredentials('procountorApi');
		expect(await own.getCredentials('procountorApi')).toBe(first);
		expect(reads).toHaveLength(1);
	});

	it('is read once for simultaneous deliveries, and again for a later one', async () => {
		const { context, reads } = deliveryTo('b');
		const read = async () => await withSharedCredential(context).getCredentials('procountorApi');
		await Promise.all([read(), read(), read()]);
		expect(reads).toHaveLength(1);
		await read();
		expect(reads).toHaveLength(2);
	});

	it('is not shared with another trigger', async () => {
		const [one, other] = [deliveryTo('c'), deliveryTo('d')];
		await Promise.all(
			[one, other].map(async ({ context }) => await withSharedCredential(context).getCredentials('procountorApi')),
		);
		expect([one.reads.length, other.reads.length]).toEqual([1, 1]);
	});

	it('is read again after a failed read', async () => {
		const { context, reads } = deliveryTo('e');
		const failing = Object.create(context, {
			getCredentials: { value: async () => await Promise.reject(new Error('no database')) },
		}) as IWebhookFunctions;
		await expect(withSharedCredential(failing).getCredentials('procountorApi')).rejects.toThrow('no database');
		expect(await withSharedCredential(context).getCredentials('procountorApi')).toEqual({ apiKey: 'read 1' });
		expect(reads).toHaveLength(1);
	});

	it('is read by n8n for each request if it is an OAuth2 login', async () => {
		const { context, reads } = deliveryTo('f');
		const own = withSharedCredential(context);
		for (let times = 0; times < 2; times++) await own.getCredentials('procountorOAuth2Api');
		expect(reads).toHaveLength(2);
	});
});
