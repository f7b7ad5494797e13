/** Bookkeeping basics: currencies, VAT, fiscal years, and the chart of accounts. */
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

describe('Currency', () => {
	it('lists currencies as items, up to the limit', async () => {
		const all = await bench.json('currency', 'getAll', { returnAll: true });
		expect(all).toContainEqual({ currency: 'SEK' });
		expect(await bench.json('currency', 'getAll', { limit: 2 })).toEqual(all.slice(0, 2));
	});

	it('returns the company currency, the rate of a day, and the latest rates', async () => {
		expect(await bench.json('currency', 'getCompanyCurrency')).toEqual([{ companyCurrency: 'EUR' }]);
		const rate = {
			baseCurrency: 'EUR',
			currency: { __rl: true, mode: 'list', value: 'SEK' },
			day: '2026-03-02',
			rateType: 'PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE',
		};
		expect((await bench.json('currency', 'getExchangeRate', rate))[0]).toMatchObject({
			currency: 'SEK',
			day: '2026-03-02',
			rate: 11.2,
		});
		const [latest] = await bench.json('currency', 'getLatestRates', { options: { rateType: 2 } });
		expect(latest).toMatchObject({ baseCurrency: 'EUR' });
		expect(latest.rates).toContainEqual({ currencyCode: 'SEK', currencyRate: 11.2 });
	});

	it('requires a currency before anything is sent', async () => {
		const { error } = await bench.run('currency', 'getExchangeRate', {
			baseCurrency: 'EUR',
			currency: { __rl: true, mode: 'list', value: '' },
			day: '2026-03-02',
			rateType: 'CASH_BUYING_RATE',
		});
		expect(error?.message).toMatch(/Currency/);
		expect(bench.asked()).toEqual([]);
	});
});

describe('VAT', () => {
	it('returns the defaults and settings of the company, and the rates of a country', async () => {
		const [defaults] = await bench.json('vat', 'getDefaults');
		expect(defaults.vatStatuses).toContainEqual(expect.objectContaining({ vatStatus: 1, sales: true }));
		expect(
			await bench.json('vat', 'getForCountry', { countryCode: { __rl: true, mode: 'list', value: 'FI' } }),
		).toContainEqual({ vatPercentage: 25.5 });
		expect(await bench.json('vat', 'getSettings')).toEqual([
			{ unitPricesIncludeVatSales: false, unitPricesIncludeVatPurchase: false },
		]);
	});

	it("offers the company's VAT statuses in the picker", async () => {
		const { results } = await bench.engine.listSearch('searchVatStatus', {
			type: 'procountor',
			parameters: { resource: 'product', operation: 'create' },
			credentials: { procountorApi: bench.credential() },
			filter: '22',
		});
		expect(results).toEqual([{ name: '22 (Palvelujen myynti EU-maihin)', value: 22 }]);
	});
});

describe('Fiscal Year', () => {
	const period = async (id: number) =>
		(await bench.json('fiscalYear', 'getAll'))
			.flatMap(({ trackingPeriods }) => trackingPeriods as Array<Record<string, unknown>>)
			.find((one) => one.id === id);

	it('lists the tracking periods of years, and changes the status of a period', async () => {
		const before = await period(43);
		expect(before).toMatchObject({ status: 'OPEN' });
		await bench.json('fiscalYear', 'updateTrackingPeriod', {
			fiscalYearId: '4',
			trackingPeriodId: '43',
			status: 'PENDING',
		});
		expect(await period(43)).toEqual({ ...before, status: 'PENDING', modified: expect.any(String) });
		// The request keeps all fields of the period.
		expect(
			bench.sandbox.journal.to('PUT /fiscalyears/{fiscalYearId}/trackingPeriods/{trackingPeriodId}')[0].body,
		).toMatchObject({ id: 43, startDate: '2026-07-01', endDate: '2026-09-30', status: 'PENDING' });
	});

	it('reports why a closed period cannot be used', async () => {
		const { error } = await bench.run('fiscalYear', 'updateTrackingPeriod', {
			fiscalYearId: '4',
			trackingPeriodId: '41',
			status: 'OPEN',
		});
		expect(error?.message).toMatch(/^Only an open tracking period can be changed/);
	});

	it('offers years and periods in pickers', async () => {
		const search = async (method: string, filter: string) =>
			(
				await bench.engine.listSearch(method, {
					type: 'procountor',
					parameters: { resource: 'fiscalYear', operation: 'updateTrackingPeriod' },
					credentials: { procountorApi: bench.credential() },
					filter,
				})
			).results;
		expect(await search('searchFiscalYear', '2026')).toEqual([{ name: '2026-01-01 – 2026-12-31', value: 4 }]);
		expect(await search('searchTrackingPeriod', '2026-07')).toEqual([
			{ name: '2026-07-01 – 2026-09-30 (OPEN)', value: 43 },
		]);
	});
});

describe('Ledger Account', () => {
	it('lists the chart of accounts', async () => {
		const accounts = await bench.json('ledgerAccount', 'getAll', { returnAll: true });
		expect(accounts).toContainEqual(expect.objectContaining({ ledgerAccountCode: '3000', active: true }));
	});

	it('is offered in the picker with number and name', async () => {
		const { results } = await bench.engine.listSearch('searchLedgerAccount', {
			type: 'procountor',
			parameters: { resource: 'product', operation: 'create' },
			credentials: { procountorApi: bench.credential() },
			filter: '1120',
		});
		expect(results).toEqual([{ name: '1120 Koneet ja kalusto', value: '1120' }]);
	});
});
