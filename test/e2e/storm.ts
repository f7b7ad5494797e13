/** Many deliveries at once: how fast n8n answers and executes them, and how much processor time it takes. */
import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import type { Delivery } from '../sandbox/records/webhooks';
import type { N8nDriver, StoredWorkflow } from './driver';
import { waitFor } from './processes';

export interface Storm {
	sent: Delivery[];
	/** First item of each execution, the newest first. */
	items: IDataObject[];
	/** From the first delivery to the last answer, and to the last execution. */
	answeredInMs: number;
	executedInMs: number;
	/** Processor time of n8n, which other work on the machine does not change much. */
	cpuMs: number;
}

const TICKS_PER_SECOND = 100;

/** What a process has taken until now (proc(5): utime and stime, after the name in parentheses). */
function cpuMsOf(pid: number | undefined): number {
	const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
		.split(') ')[1]
		.split(' ');
	return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
}

/** Sends deliveries to an active workflow and waits until all of them are executed. */
export async function runStorm(
	n8n: N8nDriver,
	pid: number | undefined,
	{ id, nodes }: StoredWorkflow,
	send: () => Promise<Delivery[]>,
): Promise<Storm> {
	const before = await n8n.countExecutions(id);
	const last = Math.max(0, ...(await n8n.executions(id)).map((execution) => Number(execution.id)));
	const cpuBefore = cpuMsOf(pid);
	const begin = performance.now();
	const sent = await send();
	const answeredInMs = performance.now() - begin;
	const answered = sent.filter(({ state }) => state === 'delivered').length;
	await waitFor(`${answered} executions of the storm`, 600, async () =>
		(await n8n.countExecutions(id)) >= before + answered ? true : undefined,
	);
	const executedInMs = performance.now() - begin;
	const cpuMs = cpuMsOf(pid) - cpuBefore;
	const items: IDataObject[] = [];
	for (const execution of await n8n.executionsFrom(id, last + 1)) {
		const { result } = await n8n.readExecution(execution.id);
		items.push(result.resultData.runData[nodes[0].name]?.[0].data?.main[0]?.[0].json as IDataObject);
	}
	return { sent, items, answeredInMs, executedInMs, cpuMs };
}

/** One line for the log. */
export function describeStorm(name: string, { sent, items, answeredInMs, executedInMs, cpuMs }: Storm): string {
	const times = sent.map(({ tookMs }) => Number(tookMs)).sort((a, b) => a - b);
	const [median, slowest] = [times[Math.floor(times.length / 2)], times[times.length - 1]];
	const seconds = (ms: number): string => (ms / 1000).toFixed(1);
	const answered = sent.filter(({ state }) => state === 'delivered').length;
	return (
		`${name}: ${answered} of ${sent.length} deliveries answered in ${seconds(answeredInMs)} s ` +
		`(median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms), ` +
		`executed ${items.length} in ${seconds(executedInMs)} s, ` +
		`${(cpuMs / sent.length).toFixed(0)} ms of processor time each`
	);
}
