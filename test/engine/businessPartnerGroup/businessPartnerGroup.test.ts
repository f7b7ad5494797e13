import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const GROUP = 'businessPartnerGroup';

describe('Business partner group', () => {
	it('is created, found, renamed and deactivated', async () => {
		const [made] = await bench.json(GROUP, 'create', { name: 'Kahvilat', type: 'CUSTOMER' });
		expect(await bench.json(GROUP, 'getAll', { filters: { name: 'ahvil', type: 'CUSTOMER', active: true } })).toEqual([
			made,
		]);
		await bench.json(GROUP, 'update', { groupId: String(made.id), updateFields: { name: 'Kahvilat ja ravintolat' } });
		await bench.json(GROUP, 'update', { groupId: String(made.id), updateFields: { active: false } });
		expect(await bench.json(GROUP, 'get', { groupId: String(made.id) })).toEqual([
			{ id: made.id, name: 'Kahvilat ja ravintolat', type: 'CUSTOMER', active: false },
		]);
		expect(await bench.json(GROUP, 'getAll', { filters: { name: 'ravintolat', active: true } })).toEqual([]);
	});

	it('is reported by its ID if it does not exist', async () => {
		const { error } = await bench.run(GROUP, 'get', { groupId: '999' });
		expect(error?.message).toBe('Procountor has no such record: business partner group 999');
	});

	it('is shown in the picker with its type', async () => {
		const { results } = await bench.engine.listSearch('searchPartnerGroup', {
			type: 'procountor',
			parameters: { resource: GROUP, operation: 'get' },
			credentials: { procountorApi: bench.credential() },
			filter: 'toimittajat',
		});
		expect(results).toEqual([{ name: 'Päätoimittajat (SUPPLIER)', value: 42 }]);
	});
});
