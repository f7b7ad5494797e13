/** What the engine tests asked of the sandbox, kept on disk so that `npm run coverage:api` can hold it against the contract. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../harness/environment';
import type { JournalEntry } from '../../sandbox/http/journal';

/** A call that was made in a run of the node that ended with items. */
export interface Sent {
	/** `GET /invoices/{invoiceId}`, or the bare path where the contract has none. */
	call: string;
	/** Through which operation of the node: `invoice: get`. */
	by: string[];
	/** Its query and header parameters. */
	parameters: string[];
	/** Answered by the sandbox's rules, and not only by the answer's schema. */
	byRules: boolean;
}

/** What one run of the node left: requests, and how many items came of them. */
interface Run {
	operation: string;
	requests: JournalEntry[];
	items: number;
}

const FOLDER = join(projectRoot, '.scratch', 'api-coverage');
const HEADERS: Record<string, string> = {
	name: 'name',
	identifier: 'identifier',
	accountnumber: 'accountNumber',
	username: 'username',
};

/** The runs of one test file. */
export class CoverageRecord {
	private readonly runs: Run[] = [];

	constructor(private readonly byRules: boolean) {}

	add(run: Run): void {
		this.runs.push(run);
	}

	/** Writes what was sent by runs that gave items; statuses are known by now. */
	write(): void {
		const sent = new Map<string, Sent>();
		for (const { operation, requests, items } of this.runs.filter((run) => run.items > 0)) {
			for (const request of requests.filter(isAnswered)) note(sent, request, operation, items > 0 && this.byRules);
		}
		mkdirSync(FOLDER, { recursive: true });
		writeFileSync(join(FOLDER, `${randomUUID()}.json`), JSON.stringify([...sent.values()]));
	}
}

function isAnswered({ valid, status, path }: JournalEntry): boolean {
	return valid && status !== undefined && status < 300 && !path.includes('/oauth/');
}

function note(sent: Map<string, Sent>, request: JournalEntry, operation: string, byRules: boolean): void {
	const call = `${request.method} ${request.contractPath ?? request.path}`;
	const headers = Object.keys(request.headers).flatMap((name) => HEADERS[name] ?? []);
	const one = sent.get(call) ?? { call, by: [], parameters: [], byRules: false };
	sent.set(call, {
		call,
		by: [...new Set([...one.by, operation])],
		parameters: [
			...new Set([...one.parameters, ...Object.keys(request.query), ...headers.map((name) => `header ${name}`)]),
		],
		byRules: one.byRules || byRules,
	});
}

/** All that was recorded since the last `forgetRecorded`, a call once. */
export function readRecorded(): Sent[] {
	const all = readdirSync(FOLDER).flatMap((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Sent[]);
	const joined = new Map<string, Sent>();
	for (const one of all) {
		const before = joined.get(one.call);
		joined.set(one.call, {
			call: one.call,
			by: [...new Set([...(before?.by ?? []), ...one.by])].sort(),
			parameters: [...new Set([...(before?.parameters ?? []), ...one.parameters])],
			byRules: one.byRules || before?.byRules === true,
		});
	}
	return [...joined.values()];
}

export function forgetRecorded(): void {
	rmSync(FOLDER, { recursive: true, force: true });
}
