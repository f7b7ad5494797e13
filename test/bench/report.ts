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

\`npm run bench\` writes this page. All numbers are from one run, and nobody edits them.

| | |
| --- | --- |
| Machine | ${machine.processor}, ${machine.processors} processors, ${machine.memory}, ${machine.system} |
| Load average | ${load[0].toFixed(1)} before, ${load[1].toFixed(1)} after (the benchmark itself keeps up to two processors busy); niceness ${machine.niceness} |
| Versions | ${Object.entries(versions)
		.map(([name, version]) => `${name} ${version}`)
		.join(', ')} |
| Seed | ${seed} |
| When | ${began.slice(0, 16).replace('T', ' ')} UTC, ${number(minutes)} minutes |

Times are medians of ${times} runs. The ways take turns, so that a busy moment affects all of them. The sandbox runs in its own process on the same
machine. It counts the requests, and delays each answer by 0, 20, or 80 ms. All ways are logged in beforehand. The ratio compares a way with the
Procountor node: above 1, the node is faster.

- **Procountor node**: runs in n8n-core. The credential allows 1,000 requests a second, so that the rate limit does not hide the rest. (Procountor allows 60: see below.)
- **HTTP Request, as taught**: n8n's own node with our credential, in the same n8n-core. It reads pages by number, and then sends one request for each item.
- **HTTP Request, by an expert**: reads the same pages, and then 200 IDs in a request. The expert joins the results by hand.
- **bare loop**: axios without n8n, with the smallest number of requests. It reads one page after the other, and the details of a page while the next page is on its way. It sends at most sixteen requests at once, and opens a connection for each, as n8n does.
- **bare loop, kept connections**: the same with keep-alive. The difference is n8n's share, because n8n closes every connection.
- **bare loop, as much at once as the node**: also reads a list in parts side by side, as the node does.

Only the numbers in 'In n8n itself' include the time in which n8n saves an execution in its database.`;
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

${one.notes.map((note) => `- ${note}`).join('\n')}${rows.some((row) => row.join('').includes('(±)')) ? '\n- (±): the slowest and the fastest run differ by more than half of the time.' : ''}`;
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

The Procountor node looks up ${number(inN8n[0].items)} partners by ID. n8n's own Edit Fields node sets two fields of the same items by expressions. Each has its own workflow, and they take turns. *Saved* is the time until n8n has stored the execution with all its items. Processor time is n8n's, over the whole execution.

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

The sandbox refuses more requests, delays each answer by 20 ms, and counts. The node's credential is set to 50 a second, the right setting for one n8n process. The HTTP Request node stays below the limit with batches and pauses.
*Of the floor* compares the time with the time that these requests need at ${LIMIT} a second. Each way has ${times} runs; the last four columns cover all of them.

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

Several executions run in one process at once. Each sends one request for each item. The table counts requests in every window of one second, where they leave and where they arrive.

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

Get Many and Get Ledger Rows each run in their own process. *Held* is the memory that the run has added when it is over, after a forced garbage collection. It includes memory outside the heap and n8n's own records of the run. *Peak* is the highest value during the run, after garbage collections that were forced five times a second.

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

The node lists invoices at 0 ms. A cost that grows in proportion has the exponent 1 (least squares over the logarithms). The requests have ${growth.requests.toFixed(3)}, the time has ${growth.time.toFixed(3)}, and the time of the bare loop with as much at once has ${growth.bareTime.toFixed(3)}.

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

A CPU profile of each case at 0 ms is cut into turns of the event loop. Each column has the most milliseconds that one turn took: in our own code, in our code and all that it calls, in n8n's code and all that it calls, and in garbage collection. The others do not include garbage collection. The last column is the longest turn, whatever code it ran.

${table(['', 'ours', 'with calls', "n8n's own", 'garbage', 'anybody'], longest)}

The next table divides the processor time by whose code it ran. n8n's share is its own code, axios, and most of Node.js. axios parses the bodies.

${table(['', ...owners, 'in all'], shares)}`;
}

const howTo = `## Run it again

\`\`\`sh
npm run bench                   # all of it: about half an hour; writes this page
npm run bench -- --quick        # two runs of each, smaller sizes; prints only
npm run bench -- --only b,d     # cases; also compare, n8n, limit, loop, idle, pace, growth, memory
npm run bench -- --json         # everything as JSON
\`\`\`

The benchmark uses the HTTP Request node of the n8n that the end-to-end test installs. Run \`npm run test:e2e\` once before it.`;
