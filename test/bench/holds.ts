import type { Bench } from './bench';
import type { Case } from './cases/types';
import type { Print } from './compare';
import { collect } from './gc';
import { owners, profiled, type Hold } from './profile';
import { median } from './stats';

/** How long a case's work by the node holds n8n's event loop: the middle of several runs. */
export interface CaseHold extends Hold {
	key: string;
	runs: number;
}

export async function holdsOf(bench: Bench, one: Case, times: number, print: Print): Promise<CaseHold> {
	const work = one.ways.node;
	if (!work) throw new Error(`Case ${one.key} has no way by the node`);
	await bench.sandbox.conditions(0);
	await one.prepare(bench);
	// The first runs are compiled as they go, which a running n8n has behind it.
	for (let time = 0; time < 2; time++) await work(bench);
	const holds: Hold[] = [];
	for (let time = 0; time < times; time++) {
		collect();
		holds.push(await profiled(async () => await work(bench)));
	}
	const middle = (read: (hold: Hold) => number) => median(holds.map(read));
	const result: CaseHold = {
		key: one.key,
		runs: times,
		spent: Object.fromEntries(owners.map((owner) => [owner, middle(({ spent }) => spent[owner])])) as Hold['spent'],
		ours: middle(({ ours }) => ours),
		withCalls: middle(({ withCalls }) => withCalls),
		n8n: middle(({ n8n }) => n8n),
		collection: middle(({ collection }) => collection),
		any: middle(({ any }) => any),
	};
	print(
		`${one.key} loop held by ours ${result.ours.toFixed(1)} ms, with what it calls ${result.withCalls.toFixed(1)}, by n8n ${result.n8n.toFixed(1)}, garbage ${result.collection.toFixed(1)}, anybody ${result.any.toFixed(1)}`,
	);
	return result;
}
