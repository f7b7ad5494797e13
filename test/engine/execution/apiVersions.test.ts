import { startBench, type Bench } from '../support';

let bench: Bench;

beforeAll(async () => {
	bench = await startBench();
});
beforeEach(() => bench.sandbox.reset());
afterAll(() => bench.close());

const numbered = (versionNumber: string) => bench.credential({ apiVersion: 'numbered', versionNumber });
const products = (versionNumber: string) =>
	bench.json('product', 'getAll', {}, { credential: numbered(versionNumber) });

describe('Closed API version', () => {
	it.each(['404', '410', 'page'] as const)(
		'is reported with the versions to choose if the response is %s',
		async (answer) => {
			Object.assign(bench.sandbox.switches, { closedVersionAnswer: answer === 'page' ? answer : Number(answer) });
			await expect(products('2507')).rejects.toThrow(
				/Procountor has closed API version 25\.07, or never had it \(4(04|10) at.*Choose 'Latest' or 'Supported'/s,
			);
		},
	);

	it.each(['404', '410', 'page'] as const)(
		'is reported if it closes during the life of an access token and the response is %s',
		async (answer) => {
			Object.assign(bench.sandbox.switches, { closedVersionAnswer: answer === 'page' ? answer : Number(answer) });
			bench.sandbox.clock.set('2027-01-14T23:50:00');
			await products('2604');
			bench.sandbox.clock.set('2027-01-15T00:10:00');
			await expect(products('2604')).rejects.toThrow(/Procountor has closed API version 26\.04/);
		},
	);

	it('is not reported for a missing record', async () => {
		const read = bench.json('ledgerReceipt', 'get', { receiptId: '999999999' }, { credential: numbered('2604') });
		await expect(read).rejects.toThrow(/999999999/);
		await expect(
			bench.json('ledgerReceipt', 'get', { receiptId: '999999999' }, { credential: numbered('2604') }),
		).rejects.not.toThrow(/closed API version/);
	});
});

describe('Field that an older API version does not support', () => {
	const create = (credential = bench.credential()) =>
		bench.json(
			'product',
			'create',
			{ name: 'Kuppi', productType: 'SALES', price: 1, vatPercent: 25.5 },
			{ credential },
		);
	const refuseField = () =>
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			method: 'POST',
			path: '/products',
			body: { errors: [{ status: 400, field: 'unit', message: 'Unrecognized field.' }] },
		});

	it('is reported with the API version', async () => {
		refuseField();
		await expect(create(numbered('2603'))).rejects.toThrow(
			/Unit.*API version 26\.03 may not know these fields\. Leave them empty, or choose 'Latest'/s,
		);
	});

	it('is reported without the API version if that is the latest', async () => {
		refuseField();
		await expect(create()).rejects.not.toThrow(/may not know/);
	});
});
