import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './bench';
import { fill } from './cases/lists';
import type { Print } from './compare';
import { median } from './stats';

const projectRoot = join(__dirname, '..', '..');

/** Bytes that one execution of Get Many holds. */
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
	simple: boolean;
	runs: number;
	/** The peak beyond what is held in the end, in pages of 200 whole records as they lie in memory. */
	pagesAbove: number;
}

/** Lists so many invoices in a process of its own, as its heap is the only one that is looked at. */
export async function memoryOf(bench: Bench, invoices: number, times: number, print: Print): Promise<Memory[]> {
	await bench.sandbox.conditions(0);
	await fill(bench, '/invoices', invoices);
	const results: Array<Omit<Memory, 'pagesAbove'>> = [];
	for (const simple of [true, false]) {
		const runs: MemoryRun[] = [];
		for (let time = 0; time < times; time++) runs.push(await child(bench, simple));
		const middle = (read: (run: MemoryRun) => number) => median(runs.map(read));
		results.push({
			simple,
			runs: times,
			items: runs[0].items,
			jsonBytes: runs[0].jsonBytes,
			held: middle((run) => run.held),
			peak: middle((run) => run.peak),
		});
	}
	// What is under way is whole, whatever becomes of it.
	const page = (results[results.length - 1].held / results[0].items) * 200;
	return results.map((result) => {
		const { simple, items, held, jsonBytes, peak } = result;
		const pagesAbove = (peak - held) / page;
		print(
			`memory ${items} items, simple ${simple}: ${(held / jsonBytes).toFixed(2)} × JSON held, peak ${(peak / held).toFixed(3)} × that (${pagesAbove.toFixed(1)} pages above)`,
		);
		return { ...result, pagesAbove };
	});
}

async function child(bench: Bench, simple: boolean): Promise<MemoryRun> {
	const args = ['--import', 'tsx', join(__dirname, 'memoryChild.ts'), bench.folder, bench.sandbox.url, String(simple)];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot, maxBuffer: 1e8 });
	return JSON.parse(stdout) as MemoryRun;
}
