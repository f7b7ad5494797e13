/** Invoices and journals are safe to repeat, with every choice for existing numbers and every fault. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { RunResult, SavedCredential } from '../harness';
import { asJson, type Books, useBooks } from '../invoice/state';
import { outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const transactions = JSON.stringify([
	{ account: '1910', accountingValue: 100 },
	{ account: '3900', accountingValue: -100 },
]);
/** The record to create, identified by the item's number, and how many of them the books contain. */
const records = {
	invoice: {
		path: '/invoices',
		parameters: {
			resource: 'invoice',
			operation: 'create',
			date: '2026-10-01',
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: '={{ $json.number }}',
			...asJson([{ product: 'Kuppi', unitPrice: 3.5, vatPercent: 25.5 }]),
		},
		kept: (number: string) => books.numbered(number).length,
	},
	journal: {
		path: '/ledgerreceipts',
		parameters: {
			resource: 'ledgerReceipt',
			operation: 'create',
			receiptDate: '2026-10-01',
			vatType: 'SALES',
			name: '={{ $json.number }}',
			specifyRows: 'json',
			transactionsJson: transactions,
		},
		kept: (number: string) => books.journals(number).length,
	},
} as const;
const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const numbers = (...list: string[]): IDataObject[] => list.map((number) => ({ number }));

describe.each(Object.entries(records))('Create: %s', (_what, { path, parameters, kept }) => {
	const run = async (more: INodeParameters, items: IDataObject[], settings?: Partial<INode>): Promise<RunResult> =>
		await bench.engine.runNode({
			type: 'procountor',
			parameters: { ...parameters, ...more } as INodeParameters,
			credentials: { procountorApi: saved },
			items,
			settings,
		});
	const posts = (): number => bench.sandbox.journal.to(`POST ${path}`).length;
	const refusedOnce = (after: number): void =>
		bench.sandbox.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] },
			method: 'POST',
			path,
			after,
			times: 1,
		});

	it("continues with 'stop' if the same item created the record before the node was repeated", async () => {
		refusedOnce(1);
		const made = outputOf(await run({ ifExists: 'stop' }, numbers('A-1', 'A-2'), retrying));
		expect(made.map(({ wasCreated }) => wasCreated)).toEqual([true, true]);
		expect([kept('A-1'), kept('A-2'), posts()]).toEqual([1, 1, 3]);
	});

	it("stops with 'stop' if a number occurs twice in one run, and creates it once", async () => {
		const result = await run({ ifExists: 'stop', additionalFields: { order: 'together' } }, numbers('A-1', 'A-1'), {
			onError: 'continueRegularOutput',
		});
		expect(
			result.items[0]
				.map(({ json }) => String(json.error ?? 'made').replace(/^There is the .* already.*$/, 'stopped'))
				.sort(),
		).toEqual(['made', 'stopped']);
		expect(kept('A-1')).toBe(1);
	});

	it("creates one record for each item with 'create', and no more if the node is repeated", async () => {
		refusedOnce(2);
		const made = outputOf(await run({ ifExists: 'create' }, numbers('A-1', 'A-1', 'A-2'), retrying));
		expect(new Set(made.map(({ id }) => id)).size).toBe(3);
		expect([kept('A-1'), kept('A-2')]).toEqual([2, 1]);
	});

	it("does not match an older record with 'create' after an unclear request", async () => {
		const [first] = outputOf(await run({}, numbers('A-1')));
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path });
		const [second] = outputOf(await run({ ifExists: 'create', additionalFields: { lookUp: 5 } }, numbers('A-1')));
		expect(second.id).not.toBe(first.id);
		bench.sandbox.faults.add({ kind: 'cutBefore', method: 'POST', path });
		const third = await run({ ifExists: 'create', additionalFields: { lookUp: 0.3 } }, numbers('A-1'), retrying);
		expect(third.error?.message).toMatch(/^It is unclear/);
		expect([kept('A-1'), posts()]).toEqual([2, 3]);
	});

	it('reports an unclear item and creates the others if the workflow continues on errors', async () => {
		bench.sandbox.faults.add({ kind: 'cutBefore', method: 'POST', path });
		const { items } = await run({ additionalFields: { lookUp: 0.2 } }, numbers('A-1', 'A-2'), {
			onError: 'continueRegularOutput',
		});
		expect(items[0].map(({ json }) => [/^It is unclear whether/.test(String(json.error)), json.wasCreated])).toEqual([
			[true, undefined],
			[false, true],
		]);
		expect(items[0][0].json.message).toMatch(
			/^The node looked for it for 0\.2 seconds and did not find it\. Look for it in Procountor among the .* before you run this again\./,
		);
		expect([kept('A-1'), kept('A-2')]).toEqual([0, 1]);
	});

	it('reports a response without a record as unclear', async () => {
		bench.sandbox.faults.add({ kind: 'status', status: 200, body: { message: 'OK' }, method: 'POST', path });
		const result = await run({ additionalFields: { lookUp: 0.2 } }, numbers('A-1'), retrying);
		expect(result.error?.message).toMatch(/^It is unclear whether Procountor saved/);
		expect(posts()).toBe(1);
	});

	it('finds a record that appears twelve seconds after a lost connection', async () => {
		bench.sandbox.clock.flowing = true;
		bench.sandbox.faults.late.push({ register: path === '/invoices' ? 'invoices' : 'ledgerReceipts', delayMs: 12_000 });
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path });
		expect(outputOf(await run({}, numbers('A-1')))[0]).toMatchObject({ wasCreated: true });
		expect([kept('A-1'), posts()]).toEqual([1, 1]);
	});
});
