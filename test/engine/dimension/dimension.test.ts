import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const itemsOf = async (dimensionId: string) =>
	(await bench.json('dimension', 'get', { dimensionId }))[0].items as Array<Record<string, unknown>>;

describe('Dimension', () => {
	it('is found by its name or by the name of an item', async () => {
		expect((await bench.json('dimension', 'getAll')).map(({ name }) => name)).toEqual(['Kustannuspaikka', 'Projekti']);
		expect((await bench.json('dimension', 'getAll', { filters: { name: 'proj' } })).map(({ id }) => id)).toEqual([2]);
		expect((await bench.json('dimension', 'getAll', { filters: { codeName: 'Verkko' } })).map(({ id }) => id)).toEqual([
			1,
		]);
	});

	it('is renamed', async () => {
		await bench.json('dimension', 'update', { dimensionId: '2', name: 'Hanke' });
		expect((await bench.json('dimension', 'getAll')).map(({ name }) => name)).toEqual(['Kustannuspaikka', 'Hanke']);
	});

	it('gets a new item, whose name and status are updated without losing the description', async () => {
		const [made] = await bench.json('dimension', 'createItem', {
			dimensionId: '1',
			codeName: 'Oulu',
			additionalFields: { description: 'Oulun toimipiste' },
		});
		await bench.json('dimension', 'updateItem', {
			dimensionId: '1',
			itemId: String(made.id),
			updateFields: { codeName: 'Oulu ja Kemi' },
		});
		await bench.json('dimension', 'updateItem', {
			dimensionId: '1',
			itemId: String(made.id),
			updateFields: { status: 'P' },
		});
		expect(await itemsOf('1')).toContainEqual({
			id: made.id,
			codeName: 'Oulu ja Kemi',
			description: 'Oulun toimipiste',
			status: 'P',
		});
		await bench.json('dimension', 'updateItem', {
			dimensionId: '1',
			itemId: String(made.id),
			updateFields: { bodyJson: '{"status":null}' },
		});
		expect(await itemsOf('1')).toContainEqual({
			id: made.id,
			codeName: 'Oulu ja Kemi',
			description: 'Oulun toimipiste',
		});
	});

	it('reports an item that does not exist and sends no change', async () => {
		const { error } = await bench.run('dimension', 'updateItem', {
			dimensionId: '1',
			itemId: '999',
			updateFields: { codeName: 'Ei ole' },
		});
		expect(error?.message).toMatch(/^Procountor has no such record: dimension item/);
		expect(bench.asked()).toEqual(['GET /dimensions/{dimensionId}']);
	});

	it('reports an item that already exists', async () => {
		const { error } = await bench.run('dimension', 'createItem', { dimensionId: '1', codeName: 'Helsinki' });
		expect(error?.message).toMatch(/exists already/);
	});

	it('shows its items in the picker, which requires a dimension', async () => {
		const search = async (dimensionId: string) =>
			await bench.engine.listSearch('searchDimensionItem', {
				type: 'procountor',
				parameters: {
					resource: 'dimension',
					operation: 'updateItem',
					dimensionId: { __rl: true, mode: 'id', value: dimensionId },
				},
				credentials: { procountorApi: bench.credential() },
				filter: 'hels',
			});
		expect((await search('1')).results).toEqual([{ name: 'Helsinki (Helsingin toimipiste)', value: 11 }]);
		await expect(search('')).rejects.toThrow("Choose 'Dimension' first");
	});
});
