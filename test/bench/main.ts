/**
 * `npm run bench`: measures the node against n8n's HTTP Request node and bare loops, and writes docs/performance.md and its charts.
 *
 * --json          prints everything as JSON in place of the page
 * --runs 5        how many runs each number is the median of
 * --quick         two runs of each in place of five, and smaller sizes; writes no page
 * --only b,limit  these cases (a to g), these parts (compare, n8n, limit, loop, idle, pace, growth, memory), or both; writes no page
 * --seed 1        what decides the order of ids and the bytes of files
 * --from file     measures nothing, and writes the page again from what an earlier run kept
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, getPriority, loadavg, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from './bench';
import { cases } from './cases';
import { idlePoll } from './cases/trigger';
import type { Case } from './cases/types';
import { writeCharts } from './charts';
import { compare } from './compare';
import { growthOf } from './growth';
import { goalsOf } from './goals';
import { holdsOf } from './holds';
import { inN8n } from './inN8n';
import { limited } from './limited';
import { memoryOf } from './memory';
import { paced } from './pace';
import { versions } from './packages';
import { pageOf } from './report';
import type { Machine, Results } from './results';
import { seed, setSeed } from './settings';

const projectRoot = join(__dirname, '..', '..');
const page = join(projectRoot, 'docs', 'performance.md');
const kept = join(projectRoot, '.scratch', 'bench', 'results.json');
/** Parts that are measured for single cases; the others are about the whole. */
const PARTS_OF_CASES = ['compare', 'limit', 'loop'];

const print = (line: string): void => void process.stderr.write(`${line}\n`);

function machine(): Machine {
	const all = cpus();
	return {
		processor: all[0].model.trim(),
		processors: all.length,
		memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
		system: `${type()} ${release()}`,
		niceness: getPriority(),
	};
}

interface Wish {
	quick: boolean;
	/** Runs behind each number. */
	times: number;
	cases: Case[];
	wants: (part: string) => boolean;
}

function wishIn(only: string | undefined, quick: boolean, runs: string | undefined): Wish {
	const named = only?.split(',') ?? [];
	const chosen = cases.filter(({ key }) => named.includes(key));
	const parts = named.filter((name) => name.length > 1);
	const wants = (part: string): boolean =>
		parts.length ? parts.includes(part) : chosen.length === 0 || PARTS_OF_CASES.includes(part);
	const times = Number(runs ?? (quick ? 2 : 5));
	return { quick, times, cases: chosen.length ? chosen : cases, wants };
}

async function measured({ quick, times, cases: chosen, wants }: Wish): Promise<Results> {
	const most = quick ? 10_000 : 100_000;
	const began = new Date();
	const results: Results = {
		machine: machine(),
		versions: versions(),
		seed: seed(),
		times,
		began: began.toISOString(),
		minutes: 0,
		load: [loadavg()[0], 0],
		cells: [],
		limited: [],
		paces: [],
		memory: [],
		holds: [],
		inN8n: [],
	};
	const bench = await Bench.start();
	try {
		if (wants('compare'))
			for (const one of chosen)
				results.cells.push(...(await compare(bench, one, quick ? [0, 80] : [0, 20, 80], times, print)));
		if (wants('n8n')) results.inN8n = await inN8n(bench, times, print);
		if (wants('idle')) results.idle = await idlePoll(bench);
		if (wants('pace'))
			for (const setting of [10, 30, 50]) results.paces.push(await paced(bench, setting, times, print));
		if (wants('loop')) for (const one of chosen) results.holds.push(await holdsOf(bench, one, times, print));
		if (wants('growth'))
			results.growth = await growthOf(
				bench,
				[1000, 10_000, 30_000, 100_000].filter((size) => size <= most),
				times,
				print,
			);
		if (wants('memory')) results.memory = await memoryOf(bench, most, times, print);
		if (wants('limit')) for (const one of chosen) results.limited.push(...(await limited(bench, one, times, print)));
	} finally {
		await bench.stop();
		results.load[1] = loadavg()[0];
		results.minutes = (Date.now() - began.getTime()) / 60_000;
		mkdirSync(dirname(kept), { recursive: true });
		writeFileSync(kept, JSON.stringify(results));
	}
	return results;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean' },
			quick: { type: 'boolean' },
			only: { type: 'string' },
			runs: { type: 'string' },
			seed: { type: 'string' },
			from: { type: 'string' },
		},
	});
	if (values.seed !== undefined) setSeed(Number(values.seed));
	const results = values.from
		? (JSON.parse(readFileSync(values.from, 'utf8')) as Results)
		: await measured(wishIn(values.only, values.quick === true, values.runs));
	const goals = goalsOf(results);
	const text = pageOf(results, goals);
	process.stdout.write(values.json ? `${JSON.stringify({ ...results, goals }, null, '\t')}\n` : text);
	if (!values.only && !values.quick) {
		writeFileSync(page, text);
		writeCharts(results, join(projectRoot, 'docs', 'images'));
	}
	if (results.limited.some((one) => one.way.startsWith('node') && one.violations + one.failed > 0)) {
		print('FAILED: the node went over the limit of requests, or a run under the limit ended with an error');
		process.exitCode = 1;
	}
}

void main();
