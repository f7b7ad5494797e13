/** More records than one poll reads: requests in advance, and the effect of a failed request. */
import type { IDataObject } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import type { Poller } from '../harness';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => {
	expect(bench.sandbox.state.problems).toEqual([]);
	await bench.close();
});

const trigger = (remembered?: IDataObject): Poller =>
	bench.engine.poller(
		{
			type: 'procountorTrigger',
			parameters: { event: 'invoiceCreated', startFrom: 'everything', includeDetails: true },
			credentials: { procountorApi: bench.credential() },
		},
		remembered,
	);
const seed = (invoices: number): void => bench.sandbox.backdoor.seed({ companyId: DEMO.companyId, invoices });
const polled = async (poller: Poller): Promise<number[]> =>
	((await poller.poll()) ?? []).map(({ json }) => Number(json.id));
const all = async (): Promise<number[]> =>
	(await bench.json('invoice', 'getAll', { returnAll: true, sort: 'orderById:ASC' }))
		.filter(({ status }) => status !== 'EMPTY' && status !== 'UNSAVED')
		.map(({ id }) => Number(id));

describe('Backlog of records', () => {
	it('is read with the details of one page while the next page is requested', async () => {
		seed(3000);
		const poller = trigger();
		const given: number[] = [];
		const requests: string[] = [];
		for (let ids = await polled(poller); ids.length; ids = await polled(poller)) {
			requests.push(
				bench.sandbox.journal.entries
					.map(({ operationId }) => ({ searchInvoice: 'L', getInvoice: 'D' })[operationId ?? ''] ?? '')
					.join(''),
			);
			bench.sandbox.journal.clear();
			given.push(...ids);
		}
		expect(given).toEqual(await all());
		const numberOf = (of: string, letter: string): number => of.split(letter).length - 1;
		// Each poll reads the newest rows and up to ten pages; later polls also request the company's drafts.
		expect(requests.map((letters) => [numberOf(letters, 'L'), numberOf(letters, 'D')])).toEqual([
			[11, 10],
			[11, 6],
			[7, 2],
		]);
		expect(requests.slice(0, 2)).toEqual([expect.stringMatching(/D.*L/), expect.stringMatching(/DL.*DL/)]);
	});

	it('is read without losing or repeating a record, whichever request of a poll fails', async () => {
		seed(2300);
		const start = trigger();
		const first = await polled(start);
		const rest = (await all()).filter((id) => !first.includes(id));
		bench.sandbox.journal.clear();
		expect(await polled(trigger(start.storedData))).toEqual(rest);
		const { length } = bench.sandbox.journal.entries.filter(({ contractPath }) =>
			contractPath?.startsWith('/invoices'),
		);
		expect(length).toBeGreaterThan(5);
		for (let after = 0; after < length; after++) {
			const poller = trigger(start.storedData);
			bench.sandbox.faults.add({ kind: 'status', status: 403, path: '/invoices*', after, times: 1 });
			await expect(poller.poll()).rejects.toThrow();
			bench.sandbox.faults.clear();
			expect(await polled(poller)).toEqual(rest);
		}
		process.stdout.write(`One request of ${length} failed at a time: each time nothing lost, nothing repeated\n`);
	});
});
