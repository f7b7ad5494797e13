/** What the queue test counts, and the table that it prints. */
import type { ExecutionWithData, N8nDriver, StoredWorkflow } from '../e2e/driver';
import type { Returned } from '../e2e/pollHistory';
import { triggerName } from '../e2e/workflows';
import { DEMO, type Sandbox } from '../sandbox';
import { invoices } from '../sandbox/records/invoices/model';

type Figures = Record<string, number>;
type Memory = Array<{ name: string; bytes: number }>;

const idsOf = (sandbox: Sandbox): number[] =>
	sandbox.world
		.company(DEMO.companyId)
		.register(invoices)
		.all()
		.map(({ id }) => id);

export class Counts {
	private readonly rows: string[] = [];
	private readonly figures: Figures[] = [];
	private known = new Set<number>();

	constructor(private readonly print: (line: string) => void) {}

	/** From here on new invoices are owed by the trigger. */
	begin(sandbox: Sandbox): void {
		this.known = new Set(idsOf(sandbox));
	}

	newInvoices(sandbox: Sandbox): number[] {
		return idsOf(sandbox).filter((id) => !this.known.has(id));
	}

	/** Prints a row, and keeps it for the table at the end. */
	add(name: string, figures: Figures): void {
		const cells = Object.entries(figures).map(([what, count]) => `${what} ${count}`);
		this.figures.push(figures);
		this.rows.push(`${name.padEnd(34)}${cells.join(', ')}`);
		this.print(`  ${this.rows.at(-1)}`);
	}

	/** One figure of every row that has it. */
	valuesOf(what: string): number[] {
		return this.figures.flatMap((row) => (what in row ? [row[what]] : []));
	}

	/** Requests since a point of the journal, and the most that arrived within any second. */
	requests(sandbox: Sandbox, since: number): Figures {
		const times = sandbox.journal.entries.filter(({ no }) => no > since).map(({ atMs }) => atMs);
		let most = 0;
		for (let first = 0, last = 0; last < times.length; last++) {
			while (times[first] <= times[last] - 1000) first++;
			most = Math.max(most, last - first + 1);
		}
		return { requests: times.length, 'busiest second': most };
	}

	/** Prints all rows, and the most memory that each process held. */
	table(memory: Record<string, Memory>): void {
		for (const row of this.rows) this.print(row);
		for (const [when, processes] of Object.entries(memory))
			this.print(
				`memory, ${when}: ${processes.map(({ name, bytes }) => `${name} ${Math.round(bytes / 2 ** 20)} MB`).join(', ')}`,
			);
	}
}

export interface Emitted {
	/** The items of each execution that the trigger started, also of one that n8n only made and did not begin. */
	items: number[];
	/** Executions that died with their worker: n8n keeps none of their items. */
	emptied: number;
}

export async function emittedItems(n8n: N8nDriver, { id }: StoredWorkflow): Promise<Emitted> {
	const executions = await Promise.all(
		(await n8n.executionsFrom(id, 0)).map(async (one) => await n8n.readExecution(one.id)),
	);
	const emptied = executions.filter((one) => one.status !== 'success' && itemsOf(one).length === 0);
	return { items: executions.flatMap(itemsOf), emptied: emptied.length };
}

function itemsOf({ result }: ExecutionWithData): number[] {
	const ran = result?.resultData?.runData[triggerName]?.[0].data?.main[0];
	const waiting = result?.executionData?.nodeExecutionStack.find(({ node }) => node.name === triggerName)?.data.main[0];
	return (ran ?? waiting ?? []).map(({ json }) => Number(json.id));
}

const times = (list: number[], wanted: number): number => list.filter((one) => one === wanted).length;
const twice = (list: number[]): number[] => [...new Set(list)].filter((id) => times(list, id) > 1);

interface Verdict {
	figures: Figures;
	/** What no kill and no restart explains. */
	unexplained: { notReturned: number[]; returnedTwice: number[]; notExecuted: number[]; executedTwice: number[] };
}

/** Compares what the trigger owed with what its polls returned, and with what n8n made executions of. */
export function judgePolls(owed: number[], returned: Returned[], { items: executed, emptied }: Emitted): Verdict {
	const sure = returned.filter(({ isOpen }) => !isOpen).flatMap(({ ids }) => ids);
	const open = returned.filter(({ isOpen }) => isOpen).flatMap(({ ids }) => ids);
	const missing = owed.filter((id) => !executed.includes(id));
	const repeated = twice(executed);
	// Whole polls of which nothing came out, as many as executions died with their worker.
	const died = returned
		.map(({ ids, isOpen }) => (isOpen ? [] : ids.filter((id) => owed.includes(id))))
		.filter((ids) => ids.length > 0 && ids.every((id) => missing.includes(id)))
		.slice(0, emptied)
		.flat();
	return {
		figures: {
			owed: owed.length,
			'polls with items': returned.length,
			executed: executed.length,
			'in executions that died with a worker': died.length,
			'returned as n8n died': open.length,
			'lost by n8n as it died': missing.filter((id) => open.includes(id)).length,
			'repeated by n8n as it died': repeated.filter((id) => open.includes(id)).length,
		},
		unexplained: {
			notReturned: owed.filter((id) => !sure.includes(id) && !open.includes(id)),
			// Polls also read records that are not new yet, such as empty ones.
			returnedTwice: twice(sure).filter((id) => owed.includes(id)),
			notExecuted: missing.filter((id) => !open.includes(id) && !died.includes(id)),
			executedTwice: repeated.filter((id) => !open.includes(id)),
		},
	};
}
