/** Lists that are merged from several requests, and their order and limit. */
import { DEMO } from '../sandbox';
import { startBench, type Bench } from '../engine/support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench({ checkAnswers: false })));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const ids = (records: Array<{ id?: unknown }>) => records.map(({ id }) => Number(id));

/** Adds offers among other invoices, one of them the newest invoice. */
function withOffers(): number[] {
	bench.sandbox.backdoor.seed({ companyId: DEMO.companyId, invoices: 30 });
	return [0, 1].map(() => {
		bench.sandbox.backdoor.addInvoice();
		return bench.sandbox.backdoor.addInvoice({ type: 'SALES_ORDER', isOffer: true }).id;
	});
}

describe('A list of several parts', () => {
	it('is one list in descending ID order', async () => {
		const offers = withOffers();
		const all = ids(await bench.json('invoice', 'getAll', { show: 'all', returnAll: true }));
		expect(all).toEqual(expect.arrayContaining(offers));
		expect(all).toEqual([...all].sort((a, b) => b - a));
	});

	it('keeps the requested order and applies the limit to all parts', async () => {
		const offers = withOffers();
		const newest = ids(await bench.json('invoice', 'getAll', { show: 'all', limit: 4, sort: 'orderById:DESC' }));
		expect(newest).toEqual([...newest].sort((a, b) => b - a));
		expect(newest).toHaveLength(4);
		expect(newest).toEqual(expect.arrayContaining(offers));
	});
});
