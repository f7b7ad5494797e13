import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const settings = () => bench.sandbox.world.company(DEMO.companyId).settings;
const contract = {
	financingCompanyId: 'OPR',
	financingCompanyName: 'OP Rahoitus',
	financingCompanyBankAccount: 'FI21 1234 5600 0007 85',
	contractNumber: 'S-77',
	status: 'ACTIVE',
};

describe('Factoring contract', () => {
	it('is created in Finland and found by its financing company', async () => {
		settings().externalFinancing = true;
		const [made] = await bench.json('factoringContract', 'create', {
			...contract,
			additionalFields: { transferNotification: '[{"lang":"FINNISH","notification":"Saatava on siirretty."}]' },
		});
		expect(made).toMatchObject({
			contractNumber: 'S-77',
			financingCompanyBankAccount: 'FI2112345600000785',
			status: 'ACTIVE',
		});
		expect(
			(await bench.json('factoringContract', 'getAll', { filters: { financingCompanyId: 'OPR' } })).map(({ id }) => id),
		).toContain(made.id);
		expect(await bench.json('factoringContract', 'getAll', { filters: { financingCompanyId: 'XX' } })).toEqual([]);
	});

	it('is created and listed in Sweden', async () => {
		Object.assign(settings(), { externalFinancing: true, country: 'SWEDEN' });
		expect(await bench.json('factoringContract', 'getSwedish')).toEqual([]);
		const [made] = await bench.json('factoringContract', 'createSwedish', {
			financingCompanyName: 'Factor AB',
			financingCompanyBankAccount: '5163-5678901',
			contractNumber: '12',
		});
		expect(await bench.json('factoringContract', 'getSwedish')).toEqual([made]);
	});

	it('is refused with a mistyped account, and reports that financing is not enabled', async () => {
		const mistyped = await bench.run('factoringContract', 'create', {
			...contract,
			financingCompanyBankAccount: 'FI2112345600000786',
		});
		expect(mistyped.error?.message).toMatch(/^Bank Account is not an IBAN/);
		expect(bench.asked()).toEqual([]);
		settings().externalFinancing = false;
		const { error } = await bench.run('factoringContract', 'create', contract);
		expect(error?.httpCode).toBe('403');
		expect(error?.description).toMatch(/External financing is not enabled/);
	});
});
