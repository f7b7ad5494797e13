import type { INodeExecutionData } from 'n8n-workflow';
import { shareOf, type Bench, type Done } from '../bench';
import type { BareLoop } from '../bareLoop';
import { all, idsOf, length, type Case } from './types';

export const INVOICES = 10_000;
const RECEIPTS = 2_000;
/** How many of the taught way's single requests are really sent; the rest is extrapolated. */
const TAUGHT = 500;
/** Items at once, with a second between, where the HTTP Request node has to keep below 60 requests a second: two batches can meet in one. */
export const BATCH = 30;
/** Milliseconds between its pages there. */
const INTERVAL = 20;

const jsonIds = (items: INodeExecutionData[]): number[] => idsOf(items.map(({ json }) => json));

/** So many records in all, made some seconds apart: the demo company has some already. */
export async function fill(
	bench: Bench,
	path: '/invoices' | '/ledgerreceipts',
	count: number,
	everySeconds = 1,
): Promise<void> {
	await bench.reset();
	const there = await length(bench.bareKeepAlive.list(path));
	await bench.sandbox.seed({ [path === '/invoices' ? 'invoices' : 'journals']: count - there, everySeconds });
}

/** A bare loop's list with the details of each page. */
async function detailed<T>(loop: BareLoop, path: string): Promise<T[]> {
	const details: T[] = [];
	await loop.list(path, async (page) => void details.push(...(await loop.details<T>(path, idsOf(page)))));
	return details;
}

/** The same with several parts of the list at once; ids are gathered, so that details come in full batches. */
async function detailedWide<T>(loop: BareLoop, path: string): Promise<T[]> {
	const details: T[] = [];
	const underWay: Array<Promise<void>> = [];
	const waiting: number[] = [];
	const read = async (ids: number[]): Promise<void> => void details.push(...(await loop.details<T>(path, ids)));
	await loop.listWide(path, async (page) => {
		waiting.push(...idsOf(page));
		if (waiting.length >= 200) underWay.push(read(waiting.splice(0, 200)));
	});
	await Promise.all([...underWay, read(waiting)]);
	return details;
}

const listNode = (bench: Bench, includeDetails: boolean, credential = bench.credential) =>
	bench.node('invoice', 'getAll', { returnAll: true, simple: false, includeDetails }, undefined, credential);

async function taughtDetails(
	bench: Bench,
	path: string,
	options: { batch?: number; split?: string; interval?: number } = {},
): Promise<Done> {
	const list = await bench.http.list(path, options);
	return await shareOf(jsonIds(list), TAUGHT, async (ids) => await bench.http.eachItem(path, ids, options));
}

async function expertDetails(
	bench: Bench,
	path: string,
	options: { batch?: number; split?: string; interval?: number } = {},
): Promise<Done> {
	const list = await bench.http.list(path, options);
	return await all(bench.http.batches(path, jsonIds(list), options));
}

export const list: Case = {
	key: 'a',
	name: 'list 10,000 invoices',
	least: INVOICES / 200,
	items: INVOICES,
	prepare: async (bench) => await fill(bench, '/invoices', INVOICES),
	ways: {
		node: async (bench) => await all(listNode(bench, false)),
		taught: async (bench) => await all(bench.http.list('/invoices')),
		bare: async (bench) => await all(bench.bare.list('/invoices')),
		bareKeepAlive: async (bench) => await all(bench.bareKeepAlive.list('/invoices')),
		bareWide: async (bench) => await all(bench.bare.listWide('/invoices')),
	},
	limited: {
		node: async (bench) => await all(listNode(bench, false, bench.limitedCredential)),
		taught: async (bench) => await all(bench.http.list('/invoices', { interval: INTERVAL })),
	},
	notes: [
		'The HTTP Request node reads pages by number. To read by the last ID, it needs an expression that its documentation does not teach. An expert has no better way to list.',
	],
};

export const details: Case = {
	key: 'b',
	name: 'the same with all details',
	least: (INVOICES / 200) * 2,
	items: INVOICES,
	prepare: list.prepare,
	ways: {
		node: async (bench) => await all(listNode(bench, true)),
		taught: async (bench) => await taughtDetails(bench, '/invoices'),
		expert: async (bench) => await expertDetails(bench, '/invoices'),
		bare: async (bench) => await all(detailed(bench.bare, '/invoices')),
		bareKeepAlive: async (bench) => await all(detailed(bench.bareKeepAlive, '/invoices')),
		bareWide: async (bench) => await all(detailedWide(bench.bare, '/invoices')),
	},
	limited: {
		node: async (bench) => await all(listNode(bench, true, bench.limitedCredential)),
		taught: async (bench) => await taughtDetails(bench, '/invoices', { batch: BATCH, interval: INTERVAL }),
		expert: async (bench) => await expertDetails(bench, '/invoices', { batch: BATCH, interval: INTERVAL }),
	},
	notes: [
		`As taught: all pages, then one request for each invoice. The benchmark sends ${TAUGHT} of these and extrapolates the rest. Without a limit, the HTTP Request node sends them all at once.`,
	],
};

interface Receipt {
	transactions: unknown[];
}

const flattened = async (receipts: Promise<Receipt[]>): Promise<Done> =>
	await all(receipts.then((all) => all.flatMap(({ transactions }) => transactions)));

/** Rows of every receipt of the company, as the node's own operation flattens them. */
const ledgerRows = (bench: Bench, credential = bench.credential) =>
	bench.node(
		'ledgerReceipt',
		'getLedgerRows',
		{ startDate: '', endDate: '', options: { partnerNames: false } },
		undefined,
		credential,
	);

export const receipts: Case = {
	key: 'c',
	name: '2,000 ledger receipts as transactions',
	least: (RECEIPTS / 200) * 2,
	items: 0,
	prepare: async (bench) => await fill(bench, '/ledgerreceipts', RECEIPTS),
	ways: {
		node: async (bench) => await all(ledgerRows(bench)),
		taught: async (bench) => await taughtDetails(bench, '/ledgerreceipts', { split: 'transactions' }),
		expert: async (bench) => await expertDetails(bench, '/ledgerreceipts', { split: 'transactions' }),
		bare: async (bench) => await flattened(detailed<Receipt>(bench.bare, '/ledgerreceipts')),
		bareKeepAlive: async (bench) => await flattened(detailed<Receipt>(bench.bareKeepAlive, '/ledgerreceipts')),
		bareWide: async (bench) => await flattened(detailedWide<Receipt>(bench.bare, '/ledgerreceipts')),
	},
	limited: {
		node: async (bench) => await all(ledgerRows(bench, bench.limitedCredential)),
		expert: async (bench) =>
			await expertDetails(bench, '/ledgerreceipts', { split: 'transactions', batch: BATCH, interval: INTERVAL }),
	},
	notes: [
		'The node does more than the other ways, which return bare transactions. It also reads the chart of accounts and the dimensions, and names both in every row. It adds rows for VAT, compares debit with credit, and leaves out orders and void receipts.',
		`As taught: the benchmark sends ${TAUGHT} of the single requests and extrapolates the rest.`,
	],
};
