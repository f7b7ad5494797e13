/**
 * A run that creates 200 invoices with accounts stops at a random request, as if the process or Procountor stopped. The run
 * names the unfinished invoices, and a run of another process completes each invoice once.
 */
import fc from 'fast-check';
import '../../propertySeed';
import type { IDataObject } from 'n8n-workflow';
import { startSecondProcess, type SecondProcess } from '../harness/secondProcess';
import type { Engine, RunResult } from '../harness';
import type { Bench } from '../support';
import { asJson, type Books, useBooks } from './state';

/** Few in each run of the suite; KILL_POINTS=20 uses 20. */
const POINTS = Number(process.env.KILL_POINTS ?? 3);
const INVOICES = 200;

let bench: Bench;
let books: Books;
let second: SecondProcess;
useBooks((given) => ({ bench, books } = given));
beforeAll(async () => {
	second = await startSecondProcess();
});
afterAll(() => second.close());

const rows = [{ product: 'Kuppi', unitPrice: 10, vatPercent: 25.5, account: '3900' }];
const create = async (numbers: string[], engine: Engine): Promise<RunResult> =>
	await engine.runNode({
		type: 'procountor',
		parameters: {
			resource: 'invoice',
			operation: 'create',
			date: '2026-10-01',
			counterPartyName: 'Kahvila',
			originalInvoiceNumber: '={{ $json.number }}',
			safetyFields: { lookUp: 0.1 },
			...asJson(rows),
		},
		items: numbers.map((number): { json: IDataObject } => ({ json: { number } })),
		credentials: { procountorApi: bench.credential() },
	});
const isPosted = (id: unknown): boolean => books.entries(Number(id)).some(({ account }) => account === '3900');

/** Requests that succeed before the end; the response to the last one may be lost. */
const points = fc.sample(fc.record({ after: fc.integer({ min: 2, max: 600 }), lastIsLost: fc.boolean() }), {
	numRuns: POINTS,
	seed: Number(process.env.PROPERTY_SEED ?? 1),
});

describe('A run of 200 invoices', () => {
	it.each(points)(
		'is completed by another run (stopped after $after requests, last one lost: $lastIsLost)',
		async ({ after, lastIsLost }) => {
			const numbers = Array.from({ length: INVOICES }, (_, index) => `K-${after}-${index + 1}`);
			if (lastIsLost) bench.sandbox.faults.add({ kind: 'cutAfter', path: '/*', after: after - 1, times: 1 });
			bench.sandbox.faults.add({ kind: 'status', status: 500, path: '/*', after, times: 0 });
			const { error } = await create(numbers, bench.engine);
			bench.sandbox.faults.clear();
			const told = `${error?.message ?? ''} ${error?.description ?? ''}`;
			const saved = numbers.flatMap((number) => books.numbered(number));
			const open = saved.filter(({ id }) => !isPosted(id));
			// By its ID, or by its number if it is unclear whether it was saved.
			const isNamed = ({ id, originalInvoiceNumber }: (typeof saved)[number]): boolean =>
				told.includes(`(ID ${id})`) || new RegExp(`${originalInvoiceNumber}(?!\\d)`).test(told);
			const unnamed = open.filter((invoice) => !isNamed(invoice));
			expect(unnamed.map(({ originalInvoiceNumber }) => originalInvoiceNumber)).toEqual([]);
			const again = await create(numbers, second.engine);
			expect(again.error).toBeUndefined();
			const all = numbers.map((number) => books.numbered(number));
			expect(all.map(({ length }) => length)).toEqual(numbers.map(() => 1));
			expect(all.flat().every(({ id }) => isPosted(id))).toBe(true);
		},
		300_000,
	);
});
