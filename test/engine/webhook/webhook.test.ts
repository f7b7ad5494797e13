import { DEMO } from '../../sandbox';
import { webhooks } from '../../sandbox/records/webhooks';
import type { Engine } from '../harness';
import { startSecondProcess } from '../harness/secondProcess';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const registered = (uuid: string) => {
	const all = bench.sandbox.world.company(DEMO.companyId).register(webhooks).all();
	return all.find(({ record }) => record.uuid === uuid)?.record;
};

describe('Webhook', () => {
	it('is created, found, partly updated without exposing its key, and deleted', async () => {
		const [{ uuid }] = await bench.json('webhook', 'create', {
			url: 'https://example.com/maksut',
			authenticationType: 'HMAC',
			subscriptions: ['PAYMENT_UPDATED', 'PAYMENT_DELETED'],
			additionalFields: { authenticationMeta: '{"key": "very secret"}' },
		});
		await bench.json('webhook', 'create', {
			url: 'https://example.com/muut',
			authenticationType: 'NONE',
			subscriptions: ['USER_UPDATED'],
		});
		expect(
			await bench.json('webhook', 'getAll', { returnAll: true, filters: { eventType: ['PAYMENT_UPDATED'] } }),
		).toMatchObject([{ uuid, url: 'https://example.com/maksut' }]);

		const updated = await bench.json('webhook', 'update', {
			uuid: byId(uuid),
			updateFields: { url: 'https://example.com/uusi' },
		});
		const [changed] = await bench.json('webhook', 'getAll', {
			returnAll: true,
			filters: { url: 'https://example.com/uusi' },
		});
		// The key must stay in the registration and must not appear in n8n's execution data.
		expect(JSON.stringify([updated, changed])).not.toContain('very secret');
		expect(registered(String(uuid))?.authenticationMeta).toEqual({ key: 'very secret' });
		expect(changed).toMatchObject({
			uuid,
			authenticationType: 'HMAC',
			subscriptions: ['PAYMENT_UPDATED', 'PAYMENT_DELETED'],
		});

		expect(await bench.json('webhook', 'delete', { uuid: byId(uuid) })).toEqual([{ deleted: true }]);
		expect(await bench.json('webhook', 'getAll', { returnAll: true })).toMatchObject([
			{ url: 'https://example.com/muut' },
		]);
	});

	it('is found and updated if the list has several pages', async () => {
		const items = Array.from({ length: 203 }, (_, index) => ({ url: `https://example.com/${index}` }));
		const made = await bench.json(
			'webhook',
			'create',
			{ url: '={{ $json.url }}', authenticationType: 'NONE', subscriptions: ['USER_UPDATED'] },
			{ items },
		);
		await bench.json('webhook', 'update', {
			uuid: byId(made[202].uuid),
			updateFields: { subscriptions: ['PAYMENT_DELETED'] },
		});
		const all = await bench.json('webhook', 'getAll', { returnAll: true, sort: 'orderByCreatedDate:ASC' });
		expect(all.map(({ url }) => url)).toEqual(items.map(({ url }) => url));
		expect(all[202]).toMatchObject({ url: 'https://example.com/202', subscriptions: ['PAYMENT_DELETED'] });
	});

	it('is refused if it does not exist, lacks its key, or has no events', async () => {
		const gone = await bench.run('webhook', 'update', {
			uuid: byId('00000000-0000-4000-a000-000000000000'),
			updateFields: { url: 'https://example.com' },
		});
		expect(gone.error).toMatchObject({
			message: 'Procountor has no such record: webhook 00000000-0000-4000-a000-000000000000',
		});
		const bare = await bench.run('webhook', 'create', {
			url: 'https://example.com',
			authenticationType: 'HMAC',
			subscriptions: ['USER_UPDATED'],
		});
		expect(bare.error?.message).toContain('HMAC needs a key');
		const silent = await bench.run('webhook', 'create', {
			url: 'https://example.com',
			authenticationType: 'NONE',
			subscriptions: [],
		});
		expect(silent.error?.message).toContain('Events');
	});

	it('is registered once if it is created again, even if the first response was lost', async () => {
		const form = {
			url: 'https://example.com/maksut',
			authenticationType: 'NONE',
			subscriptions: ['PAYMENT_UPDATED', 'PAYMENT_DELETED'],
		};
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/webhooks' });
		const [first] = await bench.json('webhook', 'create', form);
		expect(
			await bench.json('webhook', 'create', { ...form, subscriptions: [...form.subscriptions].reverse() }),
		).toEqual([{ uuid: first.uuid, wasCreated: false }]);
		expect(await bench.json('webhook', 'create', form, { items: [{}, {}] })).toMatchObject([
			{ uuid: first.uuid },
			{ uuid: first.uuid },
		]);
		const other = await bench.run('webhook', 'create', { ...form, subscriptions: ['USER_UPDATED'] });
		expect(other.error?.message).toContain('URL is registered already with other settings');
		expect(await bench.json('webhook', 'getAll', { returnAll: true })).toHaveLength(1);
	});

	it('is reported if another process created it at the same time, also in the next run', async () => {
		const second = await startSecondProcess();
		const create = async (engine: Engine): Promise<string | undefined> => {
			const { error } = await engine.runNode({
				type: 'procountor',
				parameters: {
					resource: 'webhook',
					operation: 'create',
					url: 'https://example.com/kahdesti',
					authenticationType: 'NONE',
					subscriptions: ['PAYMENT_UPDATED'],
				},
				credentials: { procountorApi: bench.credential() },
			});
			return error?.message;
		};
		try {
			bench.sandbox.faults.add({ kind: 'latency', ms: 300, method: 'POST', path: '/webhooks', times: 2 });
			const told = await Promise.all([bench.engine, second.engine].map(create));
			const all = await bench.json('webhook', 'getAll', { returnAll: true });
			const uuids = all.map(({ uuid }) => String(uuid));
			expect(uuids).toHaveLength(2);
			const message = expect.stringMatching(
				/^Procountor has the webhook for https:\/\/example\.com\/kahdesti more than once \([\w-]+ and [\w-]+\), so it delivers each event more than once/,
			);
			expect(told).toContainEqual(message);
			expect(await create(second.engine)).toEqual(message);
			await bench.json('webhook', 'delete', { uuid: byId(uuids[0]) });
			expect(await create(second.engine)).toBeUndefined();
		} finally {
			second.close();
		}
	});
});
