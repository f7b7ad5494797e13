/**
 * Plays random histories against the trigger, then against copies of it that are broken on purpose.
 * `npm run torture -- --histories 20000 --seed 1`; without a seed it takes a new one, and prints it.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { history, type History } from './history';
import { algorithmOf, MUTANTS } from './mutants';
import type { Algorithm } from './n8n';
import { play, type Tally } from './play';
import { KINDS, type Kind } from './variants';

const { values } = parseArgs({
	options: { histories: { type: 'string', default: '20000' }, seed: { type: 'string' } },
});
const histories = Number(values.histories);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000);
/** A broken trigger that survives so many histories counts as not caught. */
const PATIENCE = 20_000;

interface Result extends Tally {
	played: number;
	seconds: number;
	failure?: { reason: string; history: History };
}

const count = (number: number): string => number.toLocaleString('en');

function playMany(kind: Kind, algorithm: Algorithm, runs: number, seed: number, shrinks: boolean): Result {
	const began = performance.now();
	const sum: Tally = { polls: 0, requests: 0, items: 0, bytes: 0 };
	const property = fc.property(history, (one) => {
		const { polls, requests, items, bytes } = play(kind, one, algorithm);
		sum.polls += polls;
		sum.requests += requests;
		sum.items += items;
		sum.bytes = Math.max(sum.bytes, bytes);
	});
	const { failed, numRuns, errorInstance, counterexample } = fc.check(property, {
		numRuns: runs,
		seed,
		endOnFailure: !shrinks,
	});
	return {
		...sum,
		played: numRuns,
		seconds: (performance.now() - began) / 1000,
		...(failed && counterexample
			? {
					failure: {
						reason: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
						history: counterexample[0],
					},
				}
			: {}),
	};
}

async function main(): Promise<boolean> {
	const began = performance.now();
	const trigger = await algorithmOf();
	console.log(`${count(histories)} histories, seeds ${KINDS.map((_, index) => firstSeed + index).join(', ')}`);
	let broken = 0;
	for (const [index, kind] of KINDS.entries()) {
		const { played, polls, requests, items, seconds, failure } = playMany(
			kind,
			trigger,
			Math.ceil(histories / KINDS.length),
			firstSeed + index,
			true,
		);
		console.log(
			`${kind}: ${count(played)} histories, ${count(polls)} polls, ${count(requests)} requests, ${count(items)} items, ${seconds.toFixed(1)} s: ${failure ? failure.reason : '0 lost, 0 repeated'}`,
		);
		if (!failure) continue;
		broken++;
		console.log(`  the shortest history that does it: ${JSON.stringify(failure.history)}`);
	}
	let [caught, breakages] = [0, 0];
	for (const mutant of MUTANTS) {
		const algorithm = await algorithmOf(mutant);
		for (const kind of mutant.kinds) {
			const { played, failure } = playMany(kind, algorithm, PATIENCE, firstSeed, false);
			breakages++;
			if (failure) caught++;
			console.log(
				`broken on purpose, ${mutant.name} (${kind}): ${failure ? `caught by history ${count(played)}, ${failure.reason}` : `NOT CAUGHT by ${count(played)} histories`}`,
			);
		}
	}
	const good = broken === 0 && caught === breakages;
	const promises = broken === 0 ? '0 lost, 0 repeated' : `${broken} of ${KINDS.length} promises broken`;
	console.log(
		`${good ? 'PASS' : 'FAIL'}: ${count(histories)} histories: ${promises}; ${caught} of ${breakages} breakages (${MUTANTS.length} kinds) caught; ${((performance.now() - began) / 1000).toFixed(0)} s`,
	);
	return good;
}

void main().then((good) => {
	process.exitCode = good ? 0 : 1;
});
