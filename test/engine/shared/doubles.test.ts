/** Two n8n processes that create the same record at the same moment: each double is reported, before anything is approved. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Engine, type RunResult, type SavedCredential } from '../harness';
import { projectRoot, scratchFolder } from '../harness/environment';
import { startBench, type Bench } from '../support';

/** A second copy of the package has its own memory, as in another process. */
const copy = join(scratchFolder, `second-process-${process.pid}`);

let bench: Bench;
let engines: Array<{ engine: Engine; saved: SavedCredential }>;
beforeAll(async () => {
	bench = await startBench();
	mkdirSync(copy, { recursive: true });
	for (const part of ['package.json', 'index.js', 'dist'])
		cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
	const second = await Engine.start([copy]);
	engines = [bench.engine, second].map((engine) => ({
		engine,
		saved: engine.saveCredential('procountorApi', bench.credential()),
	}));
});
beforeEach(() => bench.sandbox.reset());
afterAll(async () => {
	rmSync(copy, { recursive: true, force: true });
	await bench.close();
});

const both = async (
	parameters: INodeParameters,
	items: [IDataObject[], IDataObject[]],
	settings?: Partial<INode>,
): Promise<RunResult[]> =>
	await Promise.all(
		engines.map(
			async ({ engine, saved }, index) =>
				await engine.runNode({
					type: 'procountor',
					parameters,
					credentials: { procountorApi: saved },
					items: items[index],
					settings,
				}),
		),
	);
const sent = (method: string, path: string) =>
	bench.sandbox.journal.entries.filter((entry) => entry.method === method && entry.contractPath === path);

interface Kind {
	path: string;
	/** The call that moves the record on, where the parameters ask for it. */
	approve?: string;
	parameters: INodeParameters;
}
const kinds: Record<string, Kind> = {
	invoice: {
		path: '/invoices',
		approve: '/invoices/{invoiceId}/approve',
		parameters: {
			resource: 'invoice',
			operation: 'create',
			date: '2026-10-01',
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: '={{ $json.number }}',
			after: 'approve',
			specifyInvoiceRows: 'json',
			invoiceRowsJson: JSON.stringify([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
		},
	},
	journal: {
		path: '/ledgerreceipts',
		approve: '/ledgerreceipts/{receiptId}/approve',
		parameters: {
			resource: 'ledgerReceipt',
			operation: 'create',
			receiptDate: '2026-10-01',
			vatType: 'SALES',
			name: '={{ $json.number }}',
			after: 'approve',
			specifyTransactions: 'json',
			transactionsJson: JSON.stringify([
				{ account: '1910', accountingValue: 100 },
				{ account: '3900', accountingValue: -100 },
			]),
		},
	},
	partner: {
		path: '/businesspartners',
		parameters: {
			resource: 'businessPartner',
			operation: 'upsert',
			matchBy: 'customerNumber',
			matchValue: '={{ $json.number }}',
			type: 'CUSTOMER',
			name: 'Kahvila',
		},
	},
	product: {
		path: '/products',
		parameters: {
			resource: 'product',
			operation: 'upsert',
			code: '={{ $json.number }}',
			name: 'Kuppi',
			type: 'SALES',
			additionalFields: { unit: 'PIECE', price: 3.5, vatPercent: 25.5 },
		},
	},
	person: {
		path: '/persons',
		parameters: {
			resource: 'person',
			operation: 'upsert',
			personNumber: '={{ $json.number }}',
			firstName: 'Maija',
			lastName: 'Virtanen',
			name: 'Maija Virtanen',
		},
	},
};

describe.each(Object.keys(kinds))('Two processes that create one %s', (name) => {
	const { path, approve, parameters } = kinds[name];

	it('are told of the double with both IDs, and do not approve it', async () => {
		let doubled = 0;
		for (let pair = 1; pair <= 6; pair++) {
			bench.sandbox.journal.clear();
			bench.sandbox.faults.add({ kind: 'latency', ms: 150, method: 'POST', path, times: 2 });
			const items = [{ number: `ZZ-${pair}` }];
			const results = await both(parameters, [items, items]);
			const posts = sent('POST', path).length;
			const errors = results.flatMap(({ error }) => error?.message ?? []);
			if (posts === 2) {
				doubled++;
				expect(errors.length).toBeGreaterThan(0);
				for (const message of errors) expect(message).toMatch(/ more than once \(IDs \d+ and \d+\): another execution/);
				if (approve) expect(sent('PUT', approve).length).toBe(2 - errors.length);
			} else expect(errors).toEqual([]);
		}
		process.stdout.write(`${name}: doubled ${doubled} of 6 pairs, each reported\n`);
		expect(doubled).toBeGreaterThan(0);
	});
});

it('One list request looks for the doubles of all items, and only the doubled item fails', async () => {
	const { path, parameters } = kinds.invoice;
	bench.sandbox.faults.add({ kind: 'latency', ms: 300, method: 'POST', path, times: 0 });
	const numbers = (prefix: string): IDataObject[] => [`${prefix}-1`, 'ZZ', `${prefix}-3`].map((number) => ({ number }));
	const results = await both(parameters, [numbers('A'), numbers('B')], { onError: 'continueRegularOutput' });
	const failed = results.map(({ items }) => items[0].map(({ json }) => json.error !== undefined));
	expect(failed.flat().filter((one) => one).length).toBeGreaterThan(0);
	for (const [first, , third] of failed) expect([first, third]).toEqual([false, false]);
	expect(sent('GET', path).filter(({ query }) => query.orderById === 'DESC')).toHaveLength(2);
});
