import { cases } from './cases';
import type { WayName } from './cases/types';
import { atLeast, atMost, milliseconds, type Goal } from './goal';
import { LIMIT } from './limited';
import { cellOf, type Results } from './results';

const LATENCIES = [20, 80];
/** As many as can be under way at once. */
const FEW_PAGES = 16;
const STRAIGHT = 1.05;

/** All goals that the run has numbers for. */
export function goalsOf(results: Results): Goal[] {
	return [
		requestsOfDetails,
		againstBare,
		backlog,
		againstTaught,
		againstExpert,
		limitedAgainstOthers,
		lookUp,
		insideN8n,
		ledgerRows,
		creates,
		violations,
		pace,
		memory,
		growth,
		eventLoop,
	].flatMap((judge) => judge(results));
}

const TAUGHT_AT_ONCE =
	'Without a limit, the HTTP Request node sends thousands of requests at once, so it waits for the latency only once. The Procountor node sends sixteen at once, and can read a list only page by page, so it waits about ten times. Procountor refuses what the HTTP Request node does here. The goal with the limit is in the next rows.';
const PACE_IS_THE_FLOOR =
	"Under the limit, the rate decides. At the credential's 50 a second, a hundred requests take two seconds, however they are sent. The expert's HTTP Request node sends only one more.";
const EACH_ITEM =
	'In (d), the node checks the ID of each of the 5,000 items, reads each record once however often it is asked for, and pairs each result to its item. The expert enters the IDs in batches and pairs nothing. The last table shows whose code takes the time.';
const PROCESSOR =
	'If a goal against the loop with as much at once is missed, compare the times at 0 ms, where nothing waits for Procountor: most of the difference is there already. It is processor time, and the last table shows whose. The node limits the size and time of responses, keeps long numbers exact, and pairs items. For ledger rows, it also names accounts and dimensions, adds rows for VAT, and compares debit with credit.';
const UNDER_WAY =
	'Eight pages or more are under way at once. For a moment, each is in memory as bytes, as text, and as records. That is a few megabytes, however long the list is.';
const HELD_UP =
	'If a process waits for a processor, requests that left on time arrive late, together with those that left after them. So compare the requests that left.';

function requestsOfDetails(results: Results): Goal[] {
	const cell = cellOf(results, 'b', 'node', 0) ?? cellOf(results, 'b', 'node', 20);
	const least = cases.find(({ key }) => key === 'b')?.least ?? NaN;
	return cell ? [atMost('(b) requests, of the least possible', cell.requests / least, 1.03)] : [];
}

/** How many times as long another way takes as the node. */
function slower(
	results: Results,
	key: string,
	other: WayName,
	latency: number,
	own: WayName = 'node',
): number | undefined {
	const [node, cell] = [cellOf(results, key, own, latency), cellOf(results, key, other, latency)];
	return node && cell ? cell.milliseconds / node.milliseconds : undefined;
}

function againstBare(results: Results): Goal[] {
	return LATENCIES.flatMap((latency) =>
		(['bare', 'bareWide'] as const).flatMap((way) => {
			const ratio = slower(results, 'b', way, latency);
			const name =
				way === 'bare'
					? 'the bare loop without kept connections'
					: 'the bare loop with as much at once (not asked for, but the harder one)';
			return ratio ? [{ ...atMost(`(b) time at ${latency} ms, of ${name}`, 1 / ratio, 1.25), why: PROCESSOR }] : [];
		}),
	);
}

/** The trigger's backlog; its polls read each other's last rows again, which the bare loop does not. */
function backlog(results: Results): Goal[] {
	return LATENCIES.flatMap((latency) => {
		const ratio = slower(results, 'g', 'bare', latency);
		return ratio ? [atMost(`(g) time at ${latency} ms, of the bare loop with as much under way`, 1 / ratio, 1.25)] : [];
	});
}

function againstTaught(results: Results): Goal[] {
	return LATENCIES.flatMap((latency) => {
		const ratio = slower(results, 'b', 'taught', latency);
		return ratio
			? [
					{
						...atLeast(
							`(b) at ${latency} ms, faster than HTTP Request as taught (without a limit, all requests at once)`,
							ratio,
							20,
						),
						why: TAUGHT_AT_ONCE,
					},
				]
			: [];
	});
}

function againstExpert(results: Results): Goal[] {
	return LATENCIES.flatMap((latency) => {
		const ratio = slower(results, 'b', 'expert', latency);
		return ratio ? [atLeast(`(b) at ${latency} ms, faster than HTTP Request by an expert`, ratio, 2)] : [];
	});
}

function limitedAgainstOthers({ limited }: Results): Goal[] {
	const timeOf = (way: WayName) =>
		limited.find((one) => one.key === 'b' && one.way === way && !one.expiring)?.milliseconds;
	const node = timeOf('node');
	const pairs: Array<[WayName, string, number]> = [
		['taught', 'as taught', 20],
		['expert', 'by an expert', 2],
	];
	return pairs.flatMap(([way, name, least]) => {
		const other = timeOf(way);
		return node && other
			? [
					{
						...atLeast(
							`(b) under the limit of ${LIMIT} a second, faster than HTTP Request ${name}`,
							other / node,
							least,
						),
						why: PACE_IS_THE_FLOOR,
					},
				]
			: [];
	});
}

function lookUp(results: Results): Goal[] {
	const cell = cellOf(results, 'd', 'node', 0) ?? cellOf(results, 'd', 'node', 20);
	if (!cell) return [];
	const name = '(d) requests for 5,000 IDs, the token call included; order and pairing checked in every run';
	const ratio = slower(results, 'd', 'expert', 80);
	const expert = '(d) time at 80 ms, of HTTP Request by an expert who joins the IDs by hand';
	return [
		atMost(name, cell.requests + 1, 26, String),
		...(ratio ? [{ ...atMost(expert, 1 / ratio, 3), why: EACH_ITEM }] : []),
	];
}

/** In n8n itself, with its own saving of executions, beside n8n's own node. */
function insideN8n({ inN8n = [] }: Results): Goal[] {
	return inN8n.map(({ database, times }) => ({
		...atMost(
			`In n8n on ${database}: 5,000 look-ups, of Edit Fields with two expressions on the same items`,
			times.Procountor.node / times['Edit Fields'].node,
			0.6,
		),
	}));
}

function ledgerRows(results: Results): Goal[] {
	const ratio = slower(results, 'c', 'bareWide', 80);
	const goal = '(c) time at 80 ms, of the bare loop with as much at once';
	return ratio ? [{ ...atMost(goal, 1 / ratio, 1.25), why: PROCESSOR }] : [];
}

function creates(results: Results): Goal[] {
	const goals: Goal[] = [];
	const inOrder = slower(results, 'e', 'bare', 80, 'node');
	if (inOrder)
		goals.push(
			atMost(
				"(e) in the items' order at 80 ms, of a bare loop that does the three requests in order",
				1 / inOrder,
				0.4,
			),
		);
	const own = cellOf(results, 'e', 'node', 80);
	if (own) goals.push(atMost('(e) requests for 500 invoices with accounts, in order', own.requests, 1020, String));
	const ratio = slower(results, 'e', 'bareWide', 80, 'nodeTogether');
	if (ratio) goals.push(atMost('(e) several at a time at 80 ms, of a bare loop with as many at once', 1 / ratio, 1.25));
	return goals;
}

function violations({ limited }: Results): Goal[] {
	const own = limited.filter(({ way }) => way.startsWith('node'));
	if (own.length === 0) return [];
	const failed = own.reduce((total, one) => total + one.failed + one.violations, 0);
	const expired = own.filter((one) => one.expiring && one.unauthorized > 0).length;
	const most = Math.max(...own.map(({ mostInASecond }) => mostInASecond));
	return [
		{
			goal: `Requests beyond the limit of ${LIMIT} a second and failed runs, in all cases, also while the token expires (it did in ${expired} of ${own.filter((one) => one.expiring).length})`,
			measured: String(failed),
			met: failed === 0,
			by: `at most ${most} arrived within a second`,
		},
	];
}

function pace({ paces }: Results): Goal[] {
	return paces.flatMap(({ setting, reached, mostLeft, mostInASecond }) => [
		atLeast(
			`Pace of ${setting} a second over several executions: reached`,
			reached / setting,
			0.95,
			(value) => `${(value * 100).toFixed(1)} %`,
		),
		atMost(`Pace of ${setting} a second: the most that left n8n within any second`, mostLeft, setting, String),
		{
			...atMost(`Pace of ${setting} a second: the most that arrived within any second`, mostInASecond, setting, String),
			why: HELD_UP,
		},
	]);
}

function memory({ memory: all }: Results): Goal[] {
	return all.flatMap(({ list, items, held, peak, jsonBytes, pagesAbove }) => {
		const count = items.toLocaleString('en');
		if (list === 'ledgerRows')
			return [atMost(`${count} ledger rows: heap at the peak, of their bytes as JSON`, peak / jsonBytes, 2.2)];
		const name = `${count} invoices listed, ${list}`;
		return [
			atMost(`${name}: heap held, of their bytes as JSON`, held / jsonBytes, 2.2),
			{
				...atMost(
					`${name}: pages above that at the peak ("a few" taken as ${FEW_PAGES}, as many as are under way)`,
					pagesAbove,
					FEW_PAGES,
					(value) => value.toFixed(1),
				),
				why: UNDER_WAY,
			},
		];
	});
}

function growth({ growth: found }: Results): Goal[] {
	if (!found) return [];
	const form = (value: number): string => value.toFixed(2);
	const [first, last] = [found.points[0], found.points[found.points.length - 1]];
	const range = `${first.invoices.toLocaleString('en')} to ${last.invoices.toLocaleString('en')}`;
	return [
		atMost(`From ${range} invoices: exponent of the requests (1 is straight)`, found.requests, STRAIGHT, form),
		atMost(`From ${range} invoices: exponent of the time (below 1: a fixed part)`, found.time, STRAIGHT, form),
	];
}

function eventLoop({ holds }: Results): Goal[] {
	return holds.map(({ key, withCalls }) =>
		atMost(
			`(${key}) longest hold of the event loop by a step of ours, with all that it calls`,
			withCalls,
			20,
			milliseconds,
		),
	);
}
