import { cases } from './cases';
import { wayLabels, wayNames, type Case } from './cases/types';
import type { Goal } from './goal';
import { LIMIT } from './limited';
import type { MemoryList } from './memory';
import { owners } from './profile';
import { cellOf, type Results } from './results';

const number = (value: number): string => Math.round(value).toLocaleString('en');
const time = (value: number): string => (value < 10_000 ? `${number(value)} ms` : `${(value / 1000).toFixed(1)} s`);
const ratio = (value: number): string => `${value < 10 ? value.toFixed(2) : number(value)} ×`;
const ms = (value: number): string => value.toFixed(1);
const megabytes = (value: number): string => `${(value / 1e6).toFixed(1)} MB`;

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** The page docs/performance.md. */
export function pageOf(results: Results, goals: Goal[]): string {
	return `${[introduction(results), charts, goalsPart(goals), casesPart(results), inN8nPart(results), limitPart(results), pacePart(results), triggerPart(results), memoryPart(results), growthPart(results), loopPart(results), howTo].filter((part) => part !== '').join('\n\n')}\n`;
}

function introduction({ machine, versions, seed, times, began, minutes, load }: Results): string {
	return `# Performance

Written by \`npm run bench\`; every number is what one run measured, and none is edited.

| | |
| --- | --- |
| Machine | ${machine.processor}, ${machine.processors} processors, ${machine.memory}, ${machine.system} |
| Load average | ${load[0].toFixed(1)} before, ${load[1].toFixed(1)} after (the benchmark itself keeps up to two processors busy); niceness ${machine.niceness} |
| Versions | ${Object.entries(versions)
		.map(([name, version]) => `${name} ${version}`)
		.join(', ')} |
| Seed | ${seed} |
| When | ${began.slice(0, 16).replace('T', ' ')} UTC, ${number(minutes)} minutes |

Times are medians of ${times} runs, taken in turns so that a busy moment meets all ways alike. Requests are counted by the sandbox, which runs in a process
of its own on the same machine; it answers 0, 20 or 80 ms later than it could. Everybody is logged in beforehand. A ratio says how many times as long a way
takes as the Procountor node: above 1, the node is faster.

- **Procountor node**: through n8n-core, with the credential's requests a second at 1,000, so that the pace does not hide the rest. (Procountor allows 60: see below.)
- **HTTP Request, as taught**: n8n's own node with our credential, in the same n8n-core: pagination by page number, then one request an item.
- **HTTP Request, by an expert**: the same pages, then 200 IDs to a request, joined by hand.
- **bare loop**: axios, no n8n. The least requests that the work can be done with: pages one after the other, the details of a page while the next is on its way, at most sixteen requests at once; a connection for each request, as n8n does.
- **bare loop, kept connections**: the same with keep-alive. What it gains is n8n's share, since n8n closes every connection.
- **bare loop, as much at once as the node**: knows all that the node does about reading a list in parts side by side.

n8n's saving of an execution in its database is only in the numbers of 'In n8n itself'.`;
}

const chart = (name: string, what: string): string => `<picture>
<source media="(prefers-color-scheme: dark)" srcset="images/performance-${name}-dark.svg">
<img alt="${what}" src="images/performance-${name}-light.svg">
</picture>`;

const charts = [
	chart('time', 'Time of each case below, beside the HTTP Request node and a bare loop'),
	chart('requests', 'Requests of each case below, beside the HTTP Request node and a bare loop'),
	chart('growth', 'Time to list 1,000 invoices, from a list of 1,000 to one of 100,000'),
].join('\n\n');

function goalsPart(goals: Goal[]): string {
	if (goals.length === 0) return '';
	const met = goals.filter((goal) => goal.met).length;
	const reasons = [...new Set(goals.flatMap((goal) => (goal.met || goal.why === undefined ? [] : [goal.why])))];
	return `## Goals: ${met} of ${goals.length} met\n\n${table(
		['Goal', 'Measured', '', 'By how much'],
		goals.map(({ goal, measured, met: isMet, by }) => [goal, measured, isMet ? 'met' : '**missed**', by]),
	)}${reasons.map((reason) => `\n\n${reason}`).join('')}`;
}

function casesPart(results: Results): string {
	const measured = cases.filter(({ key }) => results.cells.some((cell) => cell.key === key));
	return measured.map((one) => casePart(results, one)).join('\n\n');
}

function casePart(results: Results, one: Case): string {
	const latencies = [...new Set(results.cells.filter(({ key }) => key === one.key).map(({ latency }) => latency))];
	const head = ['', 'Requests', ...latencies.flatMap((latency) => [`${latency} ms`, 'ratio'])];
	const rows = wayNames.flatMap((way) => {
		const cells = latencies.map((latency) => cellOf(results, one.key, way, latency));
		const [first] = cells;
		if (first === undefined) return [];
		const timesOf = cells.flatMap((cell, index) => {
			const node = cellOf(results, one.key, 'node', latencies[index]);
			if (cell === undefined) return ['', ''];
			const spread = (cell.slowest - cell.fastest) / cell.milliseconds;
			return [
				`${time(cell.milliseconds)}${spread > 0.5 ? ' (±)' : ''}`,
				node ? ratio(cell.milliseconds / node.milliseconds) : '',
			];
		});
		return [[wayLabels[way], number(first.requests), ...timesOf]];
	});
	return `## (${one.key}) ${one.name}

The least possible: ${number(one.least)} requests.

${table(head, rows)}

${one.notes.map((note) => `- ${note}`).join('\n')}${rows.some((row) => row.join('').includes('(±)')) ? '\n- (±): the slowest and the fastest run lie further apart than half the time.' : ''}`;
}

function inN8nPart({ inN8n = [] }: Results): string {
	if (inN8n.length === 0) return '';
	const rows = inN8n.flatMap(({ database, times }) =>
		Object.entries(times).map(([name, { node, saved, processor }]) => [
			database,
			name,
			time(node),
			time(processor),
			time(saved),
			ratio(node / times['Edit Fields'].node),
		]),
	);
	return `## In n8n itself

${number(inN8n[0].items)} partners are looked up by ID, and n8n's own Edit Fields node sets two fields by expressions on the same items: each in a workflow of its own, in turns. Saved: from the start until n8n has stored the execution with all its items. Processor time is n8n's, over the whole execution.

${table(['Database', 'Node', 'the node', 'processor time', 'saved', 'of Edit Fields'], rows)}`;
}

function limitPart({ limited, times }: Results): string {
	if (limited.length === 0) return '';
	const rows = limited.map((one) => {
		const name = `(${one.key}) ${wayLabels[one.way]}${one.expiring ? ', the token expires in mid-run' : ''}`;
		const floor = (one.requests / LIMIT) * 1000;
		return [
			name,
			number(one.requests),
			time(one.milliseconds),
			ratio(one.milliseconds / floor),
			String(one.mostInASecond),
			String(one.violations),
			String(one.unauthorized),
			String(one.failed),
		];
	});
	return `## With Procountor's limit of ${LIMIT} requests a second

The sandbox refuses more, answers 20 ms later, and counts. The node's credential is set to 50 a second, as is right for one n8n process. The HTTP Request node has batches and pauses, so set that it stays below.
'Of the floor' is the time compared with what its own requests take at ${LIMIT} a second. ${times} runs each; the last four columns are about all of them.

${table(['', 'Requests', 'Time', 'of the floor', 'most in a second', 'too many', 'refused, token expired', 'failed runs'], rows)}`;
}

function pacePart({ paces }: Results): string {
	if (paces.length === 0) return '';
	const rows = paces.map(({ setting, executions, requests, reached, slowest, mostLeft, mostInASecond, runs }) => [
		String(setting),
		String(executions),
		`${runs} × ${number(requests)}`,
		`${reached.toFixed(1)} (${((reached / setting) * 100).toFixed(1)} %)`,
		slowest.toFixed(1),
		String(mostLeft),
		String(mostInASecond),
	]);
	return `## The pace

Several executions of one process at once, each sending one request an item; counted over every window of one second, where they leave and where they arrive.

${table(['Requests a second, as set', 'Executions', 'Requests', 'reached', 'slowest run', 'most that left within a second', 'most that arrived'], rows)}`;
}

function triggerPart({ idle }: Results): string {
	if (!idle) return '';
	return `## The trigger's idle poll

Nothing new among ${number(idle.records)} invoices: ${idle.requests} request${idle.requests === 1 ? '' : 's'}, ${number(idle.bytesSent)} bytes sent, ${number(idle.bytesReceived)} received (headers too), ${time(idle.milliseconds)}.`;
}

const MEMORY_LISTS: Record<MemoryList, string> = {
	simplified: 'invoices, simplified',
	whole: 'invoices, whole',
	ledgerRows: 'ledger rows',
};

function memoryPart({ memory }: Results): string {
	if (memory.length === 0) return '';
	const rows = memory.map(({ list, items, jsonBytes, held, peak, pagesAbove }) => [
		MEMORY_LISTS[list],
		number(items),
		megabytes(jsonBytes),
		megabytes(held),
		ratio(held / jsonBytes),
		megabytes(peak),
		ratio(peak / jsonBytes),
		pagesAbove.toFixed(1),
	]);
	return `## Memory

Get Many and Get Ledger Rows, each in a process of its own. Held: what the heap (and what lies outside of it) holds more than before when the run is over, after a forced collection, n8n's own records of the run too. Peak: the most at any of the collections that were forced five times a second meanwhile.

${table(['', 'Items', 'as JSON', 'held', 'of the JSON', 'peak', 'of the JSON', 'whole pages of 200 invoices above held'], rows)}`;
}

function growthPart({ growth }: Results): string {
	if (!growth) return '';
	const rows = growth.points.map(({ invoices, node, requests, bareWide }) => [
		number(invoices),
		number(requests),
		time(node),
		`${((node / invoices) * 1000).toFixed(1)} ms`,
		time(bareWide),
		ratio(node / bareWide),
	]);
	return `## Growth

Listing invoices at 0 ms. The exponent with which a cost grows, by least squares over the logarithms, 1 being a straight line: requests ${growth.requests.toFixed(3)}, time ${growth.time.toFixed(3)}; time of the bare loop with as much at once ${growth.bareTime.toFixed(3)}.

${table(['Invoices', 'Requests', 'Node', 'for 1,000 invoices', 'Bare loop', 'node, of the bare loop'], rows)}`;
}

function loopPart({ holds }: Results): string {
	if (holds.length === 0) return '';
	const longest = holds.map(({ key, ours, withCalls, n8n, collection, any }) => [
		`(${key})`,
		ms(ours),
		ms(withCalls),
		ms(n8n),
		ms(collection),
		ms(any),
	]);
	const shares = holds.map(({ key, spent }) => {
		const whole = owners.reduce((total, owner) => total + spent[owner], 0);
		return [
			`(${key})`,
			...owners.map((owner) => `${((spent[owner] / whole) * 100).toFixed(0)} %`),
			`${number(whole)} ms`,
		];
	});
	return `## The event loop

By a CPU profile of each case at 0 ms, cut into turns of the event loop: the most that one turn took, in milliseconds, in our own code; in our own code and all that it calls; in n8n's code and what that calls; in collecting garbage, which is in none of the others. The last column is the longest turn, whoever took it.

${table(['', 'ours', 'with calls', "n8n's own", 'garbage', 'anybody'], longest)}

Whose code the processor's time went into (n8n's share is its own, axios, which it uses, and most of Node's; bodies are parsed in axios):

${table(['', ...owners, 'in all'], shares)}`;
}

const howTo = `## Run it again

\`\`\`sh
npm run bench                   # all of it: about half an hour; writes this page
npm run bench -- --quick        # two runs of each, smaller sizes; prints only
npm run bench -- --only b,d     # cases; also compare, n8n, limit, loop, idle, pace, growth, memory
npm run bench -- --json         # everything as JSON
\`\`\`

n8n's HTTP Request node comes from the n8n that the end-to-end test installs: run \`npm run test:e2e\` once before.`;
