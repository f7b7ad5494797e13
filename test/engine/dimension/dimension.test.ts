import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const itemsOf = async (dimensionId: string) =>
	(await bench.json('dimension', 'get', { dimensionId }))[0].items as Array<Record<string, unknown>>;

it('finds dimensions by name and by the name of an item', async () => {
	expect((await bench.json('dimension', 'getAll')).map(({ name }) => name)).toEqual(['Kustannuspaikka', 'Projekti']);
	expect((await bench.json('dimension', 'getAll', { filters: { name: 'proj' } })).map(({ id }) => id)).toEqual([2]);
	expect((await bench.json('dimension', 'getAll', { filters: { codeName: 'Verkko' } })).map(({ id }) => id)).toEqual([
		1,
	]);
});

it('renames a dimension', async () => {
	await bench.json('dimension', 'update', { dimensionId: '2', name: 'Hanke' });
	expect((await bench.json('dimension', 'getAll')).map(({ name }) => name)).toEqual(['Kustannuspaikka', 'Hanke']);
});

it('adds an item, describes it and takes it out of use, each time keeping the rest', async () => {
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
	expect(await itemsOf('1')).toContainEqual({ id: made.id, codeName: 'Oulu ja Kemi', description: 'Oulun toimipiste' });
});

it('says which item is not there, and writes nothing', async () => {
	const { error } = await bench.run('dimension', 'updateItem', {
		dimensionId: '1',
		itemId: '999',
		updateFields: { codeName: 'Ei ole' },
	});
	expect(error?.message).toMatch(/^Procountor has no such record: dimension item/);
	expect(bench.asked()).toEqual(['GET /dimensions/{dimensionId}']);
});

it('refuses an item that exists already', async () => {
	const { error } = await bench.run('dimension', 'createItem', { dimensionId: '1', codeName: 'Helsinki' });
	expect(error?.message).toMatch(/exists already/);
});

it('offers the items of the chosen dimension in the picker, and asks for the dimension first', async () => {
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
