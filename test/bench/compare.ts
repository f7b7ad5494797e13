import type { Bench, Run } from './bench';
import { wayNames, type Case, type Way, type WayName } from './cases/types';
import { median } from './stats';

/** One way of doing one case's work under one latency: the middle of several runs. */
export interface Cell {
	key: string;
	way: WayName;
	/** By how much the sandbox answers later, in milliseconds. */
	latency: number;
	runs: number;
	milliseconds: number;
	fastest: number;
	slowest: number;
	requests: number;
	tokenCalls: number;
	items: number;
}

export type Print = (line: string) => void;

/** Measures all ways of a case, in turns, so that a busy moment of the machine meets all of them alike. */
export async function compare(
	bench: Bench,
	one: Case,
	latencies: readonly number[],
	times: number,
	print: Print,
): Promise<Cell[]> {
	const ways = wayNames.flatMap((name): Array<[WayName, Way]> => (one.ways[name] ? [[name, one.ways[name]]] : []));
	await bench.sandbox.conditions(0);
	await one.prepare(bench);
	for (const [, way] of ways) await way(bench);
	const cells: Cell[] = [];
	for (const latency of latencies) {
		await bench.sandbox.conditions(latency);
		const runs = new Map(ways.map(([name]) => [name, [] as Run[]]));
		for (let time = 0; time < times; time++) {
			for (const [name, way] of ways) runs.get(name)?.push(await bench.measure(async () => await way(bench)));
		}
		for (const [way, all] of runs) {
			const cell = { key: one.key, way, latency, ...middle(all) };
			cells.push(cell);
			print(
				`${one.key} ${String(latency).padStart(3)} ms  ${way.padEnd(14)} ${String(Math.round(cell.milliseconds)).padStart(7)} ms ${String(cell.requests).padStart(6)} requests ${cell.items} items`,
			);
		}
	}
	return cells;
}

export function middle(runs: readonly Run[]): Omit<Cell, 'key' | 'way' | 'latency'> {
	const times = runs.map(({ milliseconds }) => milliseconds);
	return {
		runs: runs.length,
		milliseconds: median(times),
		fastest: Math.min(...times),
		slowest: Math.max(...times),
		requests: median(runs.map(({ requests }) => requests)),
		tokenCalls: Math.max(...runs.map(({ tokenCalls }) => tokenCalls)),
		items: median(runs.map(({ items }) => items)),
	};
}
