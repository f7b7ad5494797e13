import type { Bench } from './bench';
import { fill } from './cases/lists';
import type { Print } from './compare';
import { collect } from './gc';
import { growth, median } from './stats';

/** What a list of so many invoices costs. */
export interface GrowthPoint {
	invoices: number;
	node: number;
	requests: number;
	/** The bare loop with as much at once: what the sandbox and this machine make of it. */
	bareWide: number;
}

export interface Growth {
	points: GrowthPoint[];
	/** Exponents over all points: 1 is a straight line. */
	time: number;
	requests: number;
	bareTime: number;
}

/** Lists growing numbers of invoices by our node and by the bare loop. */
export async function growthOf(bench: Bench, sizes: readonly number[], times: number, print: Print): Promise<Growth> {
	const points: GrowthPoint[] = [];
	for (const invoices of sizes) {
		await bench.sandbox.conditions(0);
		await fill(bench, '/invoices', invoices);
		const list = async () => ({
			items: (await bench.node('invoice', 'getAll', { returnAll: true, simple: false })).length,
		});
		const bare = async () => ({ items: (await bench.bare.listWide('/invoices')).length });
		await list();
		const runs = { node: [] as number[], requests: [] as number[], bareWide: [] as number[] };
		for (let time = 0; time < times; time++) {
			const { milliseconds, requests } = await bench.measure(list);
			runs.node.push(milliseconds);
			runs.requests.push(requests);
			runs.bareWide.push((await bench.measure(bare)).milliseconds);
		}
		points.push({
			invoices,
			node: median(runs.node),
			requests: median(runs.requests),
			bareWide: median(runs.bareWide),
		});
		print(
			`growth ${invoices}: ${Math.round(median(runs.node))} ms, ${median(runs.requests)} requests, bare ${Math.round(median(runs.bareWide))} ms`,
		);
		collect();
	}
	const exponent = (read: (point: GrowthPoint) => number) =>
		growth(points.map((point) => [point.invoices, read(point)]));
	return {
		points,
		time: exponent(({ node }) => node),
		requests: exponent(({ requests }) => requests),
		bareTime: exponent(({ bareWide }) => bareWide),
	};
}
