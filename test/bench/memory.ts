import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './bench';
import { fill } from './cases/lists';
import type { Print } from './compare';
import { median } from './stats';

const projectRoot = join(__dirname, '..', '..');

/** Invoices, simplified or whole, and ledger rows. */
export type MemoryList = 'simplified' | 'whole' | 'ledgerRows';

/** Bytes that one execution holds that reads a whole list. */
export interface MemoryRun {
	items: number;
	/** The items' json as text. */
	jsonBytes: number;
	/** What the heap holds more than before, when the run is over and its garbage collected. */
	held: number;
	/** The most that it held at any forced collection while the list was read. */
	peak: number;
}

export interface Memory extends MemoryRun {
	list: MemoryList;
	runs: number;
	/** The peak beyond what is held in the end, in pages of 200 whole records as they lie in memory. */
	pagesAbove: number;
}

/** Journals have two rows. */
const ROWS_OF_A_RECEIPT = 2;

/** Lists so many invoices, and so many ledger rows, each in a process of its own, as its heap is the only one that is looked at. */
export async function memoryOf(bench: Bench, count: number, times: number, print: Print): Promise<Memory[]> {
	await bench.sandbox.conditions(0);
	await fill(bench, '/invoices', count);
	const invoices = [await memoryOfList(bench, 'simplified', times), await memoryOfList(bench, 'whole', times)];
	await fill(bench, '/ledgerreceipts', count / ROWS_OF_A_RECEIPT);
	const results = [...invoices, await memoryOfList(bench, 'ledgerRows', times)];
	// What is under way is whole, whatever becomes of it.
	const page = (invoices[1].held / invoices[1].items) * 200;
	return results.map((result) => {
		const { list, items, held, jsonBytes, peak } = result;
		const pagesAbove = (peak - held) / page;
		print(
			`memory ${items} items, ${list}: ${(held / jsonBytes).toFixed(2)} × JSON held, peak ${(peak / jsonBytes).toFixed(2)} × JSON (${pagesAbove.toFixed(1)} pages above)`,
		);
		return { ...result, pagesAbove };
	});
}

async function memoryOfList(bench: Bench, list: MemoryList, times: number): Promise<Omit<Memory, 'pagesAbove'>> {
	const runs: MemoryRun[] = [];
	for (let time = 0; time < times; time++) runs.push(await child(bench, list));
	const middle = (read: (run: MemoryRun) => number) => median(runs.map(read));
	return {
		list,
		runs: times,
		items: runs[0].items,
		jsonBytes: runs[0].jsonBytes,
		held: middle((run) => run.held),
		peak: middle((run) => run.peak),
	};
}

async function child(bench: Bench, list: MemoryList): Promise<MemoryRun> {
	const args = ['--import', 'tsx', join(__dirname, 'memoryChild.ts'), bench.folder, bench.sandbox.url, list];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot, maxBuffer: 1e8 });
	return JSON.parse(stdout) as MemoryRun;
}
