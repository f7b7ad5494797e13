import type { Bench, Done, Run } from './bench';
import { wayNames, type Case, type WayName } from './cases/types';
import { middle, type Cell, type Print } from './compare';

/** What Procountor allows a client in production, and by how much its answers come later here. */
export const LIMIT = 60;
const LATENCY = 20;
/** After which part of a run its token expires. */
const EXPIRES_AT = 0.4;

/** A case's work with the sandbox's limit switched on. */
export interface Limited extends Omit<Cell, 'latency'> {
	/** The token expires in the middle of each run. */
	expiring: boolean;
	/** Runs that ended with an error. */
	failed: number;
	/** Requests beyond the limit, in all runs. */
	violations: number;
	/** The most requests that arrived within a second, token calls and repeats too. */
	mostInASecond: number;
	/** Requests that were refused since the token had expired, in all runs. */
	unauthorized: number;
}

/** Runs the ways of a case that keep to a limit; the node's own once more with a token that expires in mid-run. */
export async function limited(bench: Bench, one: Case, times: number, print: Print): Promise<Limited[]> {
	const results: Limited[] = [];
	await bench.sandbox.conditions(0);
	await one.prepare(bench);
	for (const way of wayNames) {
		const work = one.limited[way];
		if (!work) continue;
		const plain = await repeated(bench, times, async () => await work(bench));
		results.push(toldOf(one.key, way, false, plain));
		if (!way.startsWith('node')) continue;
		const until = middle(plain.runs).milliseconds * EXPIRES_AT;
		results.push(
			toldOf(
				one.key,
				way,
				true,
				await repeated(bench, times, async () => await expiring(bench, until, async () => await work(bench))),
			),
		);
	}
	for (const { way, milliseconds, requests, expiring: isExpiring, violations, mostInASecond } of results) {
		print(
			`${one.key} limit   ${way.padEnd(14)} ${String(Math.round(milliseconds)).padStart(7)} ms ${String(requests).padStart(6)} requests, at most ${mostInASecond} a second, ${violations} too many${isExpiring ? ', token expires' : ''}`,
		);
	}
	return results;
}

async function repeated(bench: Bench, times: number, work: () => Promise<Done>): Promise<Tries> {
	const runs: Run[] = [];
	let failed = 0;
	for (let time = 0; time < times; time++) {
		// The tokens of a run before may have expired, and only the node renews its own in the midst of pages.
		await bench.sandbox.conditions(0);
		await bench.logIn();
		await bench.sandbox.conditions(LATENCY, LIMIT);
		runs.push(
			await bench.measure(
				async () =>
					await work().catch((error: unknown) => {
						failed++;
						process.stderr.write(`${String(error)}\n`);
						return { items: 0 };
					}),
			),
		);
	}
	await bench.sandbox.conditions(0);
	return { runs, failed };
}

interface Tries {
	runs: Run[];
	failed: number;
}

async function expiring(bench: Bench, after: number, work: () => Promise<Done>): Promise<Done> {
	let expired: Promise<void> | undefined;
	const timer = setTimeout(() => (expired = bench.sandbox.expireTokens()), after);
	const done = await work();
	clearTimeout(timer);
	await expired;
	return done;
}

function toldOf(key: string, way: WayName, isExpiring: boolean, { runs, failed }: Tries): Limited {
	const sum = (read: (run: Run) => number) => runs.reduce((total, run) => total + read(run), 0);
	return {
		key,
		way,
		expiring: isExpiring,
		...middle(runs),
		failed,
		violations: sum(({ violations }) => violations),
		unauthorized: sum(({ unauthorized }) => unauthorized),
		mostInASecond: Math.max(...runs.map(({ mostInASecond }) => mostInASecond)),
	};
}
