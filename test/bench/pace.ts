import { channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Bench } from './bench';
import type { Print } from './compare';
import { credentialFor } from './credential';
import { mostWithin } from './sandboxProcess';
import { median } from './stats';

const EXECUTIONS = 4;
const SECONDS = 6;
const LATENCY = 20;

/** How near the pace comes to its setting, with several executions of one process at once. */
export interface Paced {
	/** Requests a second, as set in the credential. */
	setting: number;
	executions: number;
	requests: number;
	/** Requests a second that arrived, in the middle of all runs, and in the slowest. */
	reached: number;
	slowest: number;
	/** The most that left this process within any one second, in all runs. */
	mostLeft: number;
	/** The most that arrived within any one second, in all runs: what was held up on the way arrives with those behind it. */
	mostInASecond: number;
	runs: number;
}

/** Several executions at once, each with one request an item; counted by when the sandbox saw them. */
export async function paced(bench: Bench, setting: number, times: number, print: Print): Promise<Paced> {
	const credential = bench.n8n.saveCredential('procountorApi', credentialFor(bench.sandbox.url, setting));
	const each = Math.ceil((setting * SECONDS) / EXECUTIONS);
	const items = Array.from({ length: each }, () => ({ json: {} }));
	await bench.sandbox.conditions(LATENCY);
	await bench.node('company', 'getSession', {}, undefined, credential);
	const reached: number[] = [];
	const arrived: number[] = [];
	const left: number[] = [];
	for (let time = 0; time < times; time++) {
		await bench.sandbox.clearJournal();
		const departures = await departuresOf(
			async () =>
				await Promise.all(
					Array.from(
						{ length: EXECUTIONS },
						async () => await bench.node('company', 'getSession', {}, items, credential),
					),
				),
		);
		left.push(mostWithin(departures, 1000));
		const arrivals = (await bench.sandbox.journal()).map(({ atMs }) => atMs);
		reached.push(((arrivals.length - 1) * 1000) / (Math.max(...arrivals) - Math.min(...arrivals)));
		arrived.push(mostWithin(arrivals, 1000));
	}
	await bench.sandbox.conditions(0);
	const result = {
		setting,
		executions: EXECUTIONS,
		requests: each * EXECUTIONS,
		reached: median(reached),
		slowest: Math.min(...reached),
		mostLeft: Math.max(...left),
		mostInASecond: Math.max(...arrived),
		runs: times,
	};
	print(
		`pace ${setting}: ${result.reached.toFixed(1)} a second (slowest run ${result.slowest.toFixed(1)}), at most ${result.mostLeft} left and ${result.mostInASecond} arrived within a second`,
	);
	return result;
}

/** When each request of a piece of work left, in milliseconds of this process. */
async function departuresOf(work: () => Promise<unknown>): Promise<number[]> {
	const times: number[] = [];
	const onStart = (message: unknown): void => {
		if (!(message as { request: ClientRequest }).request.path.startsWith('/_sandbox')) times.push(performance.now());
	};
	const starts = channel('http.client.request.start');
	starts.subscribe(onStart);
	await work();
	starts.unsubscribe(onStart);
	return times;
}
