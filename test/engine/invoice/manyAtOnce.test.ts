/** Many invoices in one run: saved in order, their accounts set while the next ones are saved. */
import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../harness';
import type { Bench, RunMore } from '../support';
import { asJson, type Books, useBooks } from './state';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const rows = [
	{ product: 'Kuppi', unitPrice: 10, vatPercent: 25.5, account: '3020' },
	{ product: 'Kannu', unitPrice: 20, vatPercent: 25.5, account: '3900' },
];
const numbersOf = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ number: `M-${index + 1}` }));
const create = async (items: IDataObject[], more: IDataObject = {}, given: RunMore = {}): Promise<RunResult> =>
	await bench.run(
		'invoice',
		'create',
		{
			date: '2026-10-01',
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: '={{ $json.number }}',
			...asJson(rows),
			...more,
		},
		{ items, ...given },
	);
const isPosted = (id: unknown): boolean =>
	['3020', '3900'].every((account) => books.entries(Number(id)).some((entry) => entry.account === account));
const count = (request: string): number => bench.asked().filter((one) => one === request).length;

describe('A run of many invoices', () => {
	it('saves 230 invoices in item order and reads each receipt once, in at most three requests', async () => {
		const { items, error } = await create(numbersOf(230));
		expect(error).toBeUndefined();
		const records = items[0].map(({ json }) => json);
		const invoiceNumbers = records.map(({ invoiceNumber }) => Number(invoiceNumber));
		expect(invoiceNumbers).toEqual([...invoiceNumbers].sort((a, b) => a - b));
		expect(new Set(invoiceNumbers).size).toBe(230);
		expect(records.every(({ id }) => isPosted(id))).toBe(true);
		expect([count('POST /invoices'), count('PUT /ledgerreceipts/{receiptId}')]).toEqual([230, 230]);
		const reads = bench.sandbox.journal.to('GET /ledgerreceipts/{receiptId}').map(({ path }) => path.split(',').length);
		expect(reads.reduce((sum, receipts) => sum + receipts, 0)).toBe(230);
		// The node saves a hundred invoices before it reads their receipts.
		expect(reads.length).toBeLessThanOrEqual(3);
	});

	it('searches for the numbers of the next items while an invoice is saved', async () => {
		bench.sandbox.faults.add({ kind: 'latency', ms: 200, method: 'POST', path: '/invoices', times: 0 });
		const { items, error } = await create(numbersOf(12));
		expect(error).toBeUndefined();
		expect(items[0]).toHaveLength(12);
		const asked = bench.asked().filter((request) => request.endsWith(' /invoices'));
		const looks = asked.flatMap((request, index) =>
			request === 'POST /invoices' ? asked.slice(0, index).filter((one) => one === 'GET /invoices').length : [],
		);
		expect(looks.map((count, index) => count > index + 1)).toEqual([...Array.from({ length: 11 }, () => true), false]);
		expect(looks.at(-1)).toBe(12);
	});

	it('creates each invoice once if two executions create the same ones at the same time', async () => {
		bench.sandbox.faults.add({ kind: 'latency', ms: 50, method: 'POST', path: '/invoices', times: 0 });
		const credential = bench.engine.saveCredential('procountorApi', bench.credential());
		const run = async (): Promise<RunResult> => await create(numbersOf(20), {}, { credential });
		const runs = await Promise.all([run(), run()]);
		// Both runs set the accounts, so one of them may report a change by the other.
		for (const { error } of runs)
			expect(error?.message ?? 'changed by someone else').toMatch(/changed by someone else/);
		expect(numbersOf(20).map(({ number }) => books.numbered(String(number)).length)).toEqual(
			numbersOf(20).map(() => 1),
		);
		expect(count('POST /invoices')).toBe(20);
	});

	it.each([0, 1, 2, 3, 4].map((seed) => 7 + seed * 41))(
		'names each unfinished invoice if receipts cannot be written after the first %i',
		async (after) => {
			bench.sandbox.faults.add({
				kind: 'status',
				status: 400,
				body: { errors: [{ status: 400, message: 'RECEIPT_LOCKED', field: '' }] },
				method: 'PUT',
				path: '/ledgerreceipts/*',
				times: 0,
				after,
			});
			const { error } = await create(numbersOf(250));
			const saved = numbersOf(250).flatMap(({ number }) => books.numbered(String(number)));
			const open = saved.filter(({ id }) => !isPosted(id));
			const told = `${error?.message ?? ''} ${error?.description ?? ''}`;
			expect(error?.message).toMatch(/^Could not set accounts and dimensions/);
			expect(saved.length - open.length).toBe(after);
			expect(open.filter(({ id }) => !told.includes(`(ID ${id})`))).toEqual([]);
			expect(saved.length).toBeLessThan(250);
			expect(count('POST /invoices')).toBe(saved.length);
		},
	);

	it('finishes the saved invoices and creates no more after a create request fails', async () => {
		bench.sandbox.faults.add({ kind: 'status', status: 400, method: 'POST', path: '/invoices', after: 130 });
		const { error } = await create(numbersOf(250));
		expect(error).toBeDefined();
		const saved = numbersOf(250).flatMap(({ number }) => books.numbered(String(number)));
		expect(saved.map(({ id }) => isPosted(id))).toEqual(Array.from({ length: 130 }, () => true));
		expect(count('POST /invoices')).toBe(131);
	});

	it('is completed by a second run', async () => {
		const fault = {
			kind: 'status',
			status: 400,
			method: 'PUT',
			path: '/ledgerreceipts/*',
			times: 0,
			after: 20,
		} as const;
		bench.sandbox.faults.add(fault);
		expect((await create(numbersOf(150))).error).toBeDefined();
		bench.sandbox.faults.clear();
		const { items, error } = await create(numbersOf(150));
		expect(error).toBeUndefined();
		expect(items[0].map(({ json }) => isPosted(json.id))).toEqual(numbersOf(150).map(() => true));
		expect(numbersOf(150).map(({ number }) => books.numbered(String(number)).length)).toEqual(
			numbersOf(150).map(() => 1),
		);
	});

	it('sends an invoice once if several items have its number', async () => {
		const { items, error } = await create(
			Array.from({ length: 12 }, () => ({ number: 'M-1' })),
			{
				after: 'send',
				counterPartyName: '',
				partnerId: { __rl: true, mode: 'id', value: '501' },
			},
		);
		expect(error).toBeUndefined();
		expect(new Set(items[0].map(({ json }) => json.id)).size).toBe(1);
		expect(count('PUT /invoices/{invoiceId}/send')).toBe(1);
	});
});
