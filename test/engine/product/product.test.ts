import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const codes = (records: Array<{ code?: unknown }>) => records.map(({ code }) => code);

describe('Product', () => {
	it('is created, found, updated, and deleted', async () => {
		const [made] = await bench.json('product', 'create', {
			type: 'SALES',
			name: 'Kupponen 1 dl',
			price: 2.9,
			currency: 'EUR',
			discount: 0,
			active: true,
			code: 'KUP-100',
			unit: 'kpl',
			vat: '25,5',
			additionalFields: {
				vatStatus: 1,
				productGroupId: '22',
				defaultAccount: '3000',
			},
		});
		expect(made).toMatchObject({ code: 'KUP-100', unit: 'PIECE', price: 2.9, vat: 25.5, active: true });
		expect(codes(await bench.json('product', 'getAll', { filters: { code: 'KUP-1', active: true } }))).toEqual([
			'KUP-100',
		]);

		await bench.json('product', 'update', {
			productId: String(made.id),
			updateFields: { price: 3.1, productLocalizations: '[{"language":"ENGLISH","productName":"Small cup"}]' },
		});
		const [after] = await bench.json('product', 'get', {
			productId: String(made.id),
			simple: false,
			options: { includeLocalizations: true },
		});
		expect(after).toMatchObject({
			price: 3.1,
			name: 'Kupponen 1 dl',
			defaultAccount: '3000',
			productGroupId: 22,
			productLocalizations: [{ language: 'ENGLISH', productName: 'Small cup' }],
		});

		expect(await bench.json('product', 'delete', { productId: String(made.id) })).toEqual([{ deleted: true }]);
		const { error } = await bench.run('product', 'get', { productId: String(made.id) });
		expect(error?.message).toBe(`Procountor has no such record: product ${String(made.id)}`);
	});

	it('keeps translations that an update does not contain', async () => {
		await bench.json('product', 'update', { productId: '301', updateFields: { price: 15 } });
		const [after] = await bench.json('product', 'get', {
			productId: '301',
			simple: false,
			options: { includeLocalizations: true },
		});
		expect(after).toMatchObject({
			price: 15,
			productLocalizations: [{ language: 'ENGLISH', productName: 'Coffee tumma paahto 1 kg' }],
		});
	});

	it('is listed by type, and travel products only if chosen', async () => {
		const types = async (show: string) =>
			[...new Set((await bench.json('product', 'getAll', { returnAll: true, show })).map(({ type }) => type))].sort();
		expect(await types('salesAndPurchase')).toEqual(['PURCHASE', 'SALES']);
		expect(await types('all')).toEqual(['PURCHASE', 'SALES', 'TRAVEL']);
		expect(await types('travel')).toEqual(['TRAVEL']);
		expect(await types('purchase')).toEqual(['PURCHASE']);
		expect(codes(await bench.json('product', 'getAll', { filters: { active: false } }))).toEqual(['VAN-001']);
	});

	it('is found by group, name, time of change, and validity period', async () => {
		expect(codes(await bench.json('product', 'getAll', { filters: { group: '21', name: 'Kahvi' } }))).toEqual([
			'KAH-002',
			'KAH-001',
		]);
		expect(await bench.json('product', 'getAll', { filters: { versionStartDate: '2026-09-01T00:00:00' } })).toEqual([]);
		expect(
			codes(
				await bench.json('product', 'getAll', {
					show: 'travel',
					filters: { startDate: '2026-06-01', endDate: '2026-06-30' },
				}),
			),
		).toEqual(['PR-2026', 'KM-2026']);
		expect(await bench.json('product', 'getAll', { show: 'travel', filters: { startDate: '2027-06-01' } })).toEqual([]);
	});

	it('is rejected with an explanation if the VAT status does not allow its rate', async () => {
		const { error } = await bench.run('product', 'update', { productId: '301', updateFields: { vatStatus: 12 } });
		expect(error?.message).toMatch(/VAT rate is not allowed with the VAT status/);
		expect(error?.description).toMatch(/ERROR_VATSTATUS_VATPERC/);
	});

	it('has groups that are created, renamed, listed, and deleted only if they are empty', async () => {
		const [group] = await bench.json('product', 'createGroup', { name: 'Teet', type: 'SALES' });
		await bench.json('product', 'updateGroup', { groupId: String(group.id), name: 'Teet ja kaakaot' });
		expect(await bench.json('product', 'getGroup', { groupId: String(group.id) })).toEqual([
			{ id: group.id, name: 'Teet ja kaakaot', type: 'SALES' },
		]);
		expect(
			(await bench.json('product', 'getGroups', { filters: { type: 'SALES' } })).map(({ name }) => name),
		).toContain('Teet ja kaakaot');
		expect(await bench.json('product', 'deleteGroup', { groupId: String(group.id) })).toEqual([{ deleted: true }]);
		const { error } = await bench.run('product', 'deleteGroup', { groupId: '21' });
		expect(error?.message).toMatch(/^The group has products: 301/);
	});

	it('has default dimensions', async () => {
		await bench.json('product', 'setDefaultDimension', {
			productId: '301',
			dimensionId: '1',
			items: { row: [{ codeName: 'Tampere', percent: 100 }] },
		});
		expect(await bench.json('product', 'getDefaultDimensions', { productId: '301' })).toEqual([
			{ id: 1, name: 'Kustannuspaikka', items: [{ id: 12, codeName: 'Tampere', percent: 100 }] },
		]);
		expect((await bench.json('product', 'getDefaultDimension', { productId: '301', dimensionId: '1' }))[0].id).toBe(1);
	});

	const picked = async (filter?: string, operation = 'update') =>
		(
			await bench.engine.listSearch('searchProduct', {
				type: 'procountor',
				parameters: { resource: operation.startsWith('create') ? 'invoice' : 'product', operation },
				credentials: { procountorApi: bench.credential() },
				filter,
			})
		).results.map(({ name }) => name);

	it('is found in the picker by its code', async () => {
		expect(await picked('TEE-001')).toEqual(['Tee Earl Grey 100 pss (TEE-001)']);
		expect(await picked('OST-001')).toEqual([expect.stringContaining('(OST-001')]);
	});

	it('is offered in sales invoices only if it is sold, and in bills only if it is bought', async () => {
		expect(await picked('TEE-001', 'create')).toHaveLength(1);
		expect(await picked('OST-001', 'create')).toEqual([]);
		expect(await picked('TEE-001', 'createPurchase')).toEqual([]);
		expect(await picked('OST-001', 'createPurchase')).toHaveLength(1);
	});

	it('is sorted by name in the picker, with inactive products last', async () => {
		const names = await picked();
		const closed = names.filter((name) => name.endsWith('closed)'));
		const sorted = (list: string[]) => [...list].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
		const inUse = names.filter((name) => !closed.includes(name));
		expect(names).toEqual([...sorted(inUse), ...sorted(closed)]);
	});

	it('is offered in the picker with its code', async () => {
		const { results } = await bench.engine.listSearch('searchProduct', {
			type: 'procountor',
			parameters: { resource: 'product', operation: 'get' },
			credentials: { procountorApi: bench.credential() },
			filter: 'earl',
		});
		expect(results).toEqual([{ name: 'Tee Earl Grey 100 pss (TEE-001)', value: 303 }]);
	});
});
