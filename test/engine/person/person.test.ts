import { startBench, type Bench } from '../support';
import { newPerson } from './newPerson';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

describe('Person', () => {
	it('is created, found by part of its number, updated, and deactivated', async () => {
		const [made] = await bench.json(
			'person',
			'create',
			newPerson({
				additionalFields: {
					personNumber: '9100',
					city: 'TURKU',
					country: 'Suomi',
					accountNumber: 'FI21 1234 5600 0007 85',
					dateOfBirth: '1990-05-17T00:00:00',
				},
			}),
		);
		expect(made).toMatchObject({
			firstName: 'Ilona',
			personNumber: '9100',
			active: true,
			deliveryAddress: { city: 'TURKU', country: 'FINLAND' },
		});
		expect((await bench.json('person', 'getAll', { filters: { personNumber: '910' } })).map(({ id }) => id)).toEqual([
			made.id,
		]);

		await bench.json('person', 'update', { personId: String(made.id), updateFields: { jobTitle: 'Barista' } });
		const [after] = await bench.json('person', 'get', { personId: String(made.id), simple: false });
		expect(after).toMatchObject({
			jobTitle: 'Barista',
			lastName: 'Uusitalo',
			paymentInfo: { accountNumber: 'FI2112345600000785' },
			invoicingInfo: { dateOfBirth: '1990-05-17', gender: 'FEMALE' },
		});

		await bench.json('person', 'update', { personId: String(made.id), updateFields: { active: false } });
		expect((await bench.json('person', 'getAll', { returnAll: true })).map(({ id }) => id)).not.toContain(made.id);
		expect((await bench.json('person', 'getAll', { returnAll: true, show: 'all' })).map(({ id }) => id)).toContain(
			made.id,
		);
	});

	it('is found by group', async () => {
		const [group] = await bench.json('businessPartnerGroup', 'create', { name: 'Baristat', type: 'PERSON' });
		const [made] = await bench.json(
			'person',
			'create',
			newPerson({ additionalFields: { bodyJson: { registryInfo: { personGroupsIds: [Number(group.id)] } } } }),
		);
		expect(
			(await bench.json('person', 'getAll', { filters: { personGroupId: String(group.id) } })).map(({ id }) => id),
		).toEqual([made.id]);
		expect(
			(await bench.json('person', 'getAll', { filters: { mainPersonGroup: 'Baristat' } })).map(({ id }) => id),
		).toEqual([made.id]);
	});

	it('is refused before anything is sent if the IBAN has a wrong digit', async () => {
		const { error } = await bench.run(
			'person',
			'create',
			newPerson({ additionalFields: { accountNumber: 'FI2112345600000786' } }),
		);
		expect(error?.message).toMatch(/^Bank Account \(IBAN\) is not an IBAN/);
		expect(bench.asked()).toEqual([]);
	});

	it('is not saved if someone else changed it at the same moment', async () => {
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, field: 'version', message: 'Version does not match.' }] },
			method: 'PUT',
			path: '/persons/{id}',
		});
		const { error } = await bench.run('person', 'update', { personId: '519', updateFields: { jobTitle: 'Barista' } });
		expect(error?.message).toBe('Somebody else changed person 519 at the same moment, so nothing was saved');
	});

	it('has default dimensions and products', async () => {
		await bench.json('person', 'setDefaultDimension', {
			personId: '519',
			dimensionId: '2',
			items: { row: [{ codeName: 'P-102 Messut 2026', percent: 100 }] },
		});
		expect(await bench.json('person', 'getDefaultDimensions', { personId: '519' })).toEqual([
			{ id: 2, name: 'Projekti', items: [{ id: 22, codeName: 'P-102 Messut 2026', percent: 100 }] },
		]);
		expect((await bench.json('person', 'getDefaultDimension', { personId: '519', dimensionId: '2' }))[0]).toMatchObject(
			{
				id: 2,
				name: 'Projekti',
			},
		);
		expect(
			(await bench.json('person', 'getDefaultProducts', { personId: '519' })).map(
				({ productInfo }) => (productInfo as { type: string }).type,
			),
		).toContain('TRAVEL');
	});

	it('is offered in the picker with name and number', async () => {
		const { results } = await bench.engine.listSearch('searchPerson', {
			type: 'procountor',
			parameters: { resource: 'person', operation: 'get' },
			credentials: { procountorApi: bench.credential() },
			filter: 'koivu',
		});
		expect(results).toEqual([{ name: 'Koivuranta Aino (9001)', value: 519 }]);
	});
});
