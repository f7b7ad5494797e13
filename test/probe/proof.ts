import axios from 'axios';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NOT_ASKED } from '../../scripts/probe/notAsked';
import { requestsPerMinute } from '../../scripts/probe/pace';
import { WebhookReceiver } from '../../scripts/probe/receiver';
import type { Person } from '../../scripts/probe/person';
import { type Outcome, runProbe, type RunOptions } from '../../scripts/probe/run';
import { DEMO, type Sandbox } from '../sandbox';
import { logInByPage } from '../e2e/login';
import { type SwitchName, type Switches, switchTable } from '../sandbox/switches';

/** A generator of random numbers that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Every switch of the sandbox, in a position that the seed chooses. */
export function randomSwitches(seed: number): Switches {
	const random = randomOf(seed);
	return Object.fromEntries(
		(Object.keys(switchTable) as SwitchName[]).sort().map((name) => {
			const { values } = switchTable[name];
			return [name, values[Math.floor(random() * values.length)]];
		}),
	) as Switches;
}

/** A clock that moves when somebody waits, so that the probe keeps its real pace and a test does not. */
export class JumpingClock {
	private ms = 0;
	now = (): number => this.ms;
	wait = async (ms: number): Promise<void> => void (this.ms += ms);
}

/** Starts the sandbox again with switches that were set before its demo companies were made. */
export function resetWith(sandbox: Sandbox, switches: Partial<Switches>): void {
	Object.assign(sandbox.state.options, { switches });
	sandbox.reset();
}

/** The person at the keyboard: logs in by the sandbox's page, confirms by its steering, and lets notifications go out. */
export function sandboxPerson(sandbox: Sandbox): Person {
	const steering = axios.create({ baseURL: `${sandbox.url}/_sandbox`, proxy: false });
	return {
		logIn: (url) => logInByPage(url, { user: '1001', company: String(DEMO.companyId) }, DEMO.client.redirectUri),
		confirm: async (_what, transactionIdentifier) => {
			await steering.post(`/secondfactors/${transactionIdentifier}/confirm`);
		},
		awaitDelivery: async (delivered) => {
			for (let round = 0; round < 2 && !delivered(); round++)
				await steering.post(`/companies/${DEMO.companyId}/deliveries/send`);
		},
	};
}

export const credentials = {
	clientId: DEMO.client.id,
	clientSecret: DEMO.client.secret,
	redirectUri: DEMO.client.redirectUri,
	apiKey: DEMO.keys.admin,
};

export interface ProbeRun {
	outcome: Outcome;
	/** Text of every file that the run wrote. */
	files: Record<'report.md' | 'answers.json' | 'progress.json', string>;
}

/** Runs the probe against a sandbox, with everything that the sandbox can give it. */
export async function probeSandbox(sandbox: Sandbox, changes: Partial<RunOptions> = {}): Promise<ProbeRun> {
	const folder = changes.folder ?? mkdtempSync(join(tmpdir(), 'probe-'));
	const receiver = await WebhookReceiver.start();
	try {
		const outcome = await runProbe({
			baseUrl: `${sandbox.url}/api`,
			credentials,
			limitedApiKey: DEMO.keys.sales,
			writes: true,
			person: sandboxPerson(sandbox),
			receiver,
			folder,
			requestsPerMinute: 1_000_000,
			pause: async () => undefined,
			...changes,
		});
		const read = (name: string) => readFileSync(join(folder, name), 'utf8');
		return {
			outcome,
			files: {
				'report.md': read('report.md'),
				'answers.json': read('answers.json'),
				'progress.json': read('progress.json'),
			},
		};
	} finally {
		await receiver.close();
		if (changes.folder === undefined) rmSync(folder, { recursive: true, force: true });
	}
}

/** Records of a company by register and ID, as JSON. */
export function registersOf(sandbox: Sandbox): Map<string, string> {
	const company = sandbox.world.company(DEMO.companyId);
	const all = new Map<string, string>();
	for (const register of company.allRegisters())
		for (const { id, record } of register.all()) all.set(`${register.name}/${id}`, JSON.stringify(record));
	return all;
}

export interface Proof {
	/** What is wrong: a value that was not found, a change that the report does not name, an error of the sandbox. */
	problems: string[];
	requests: number;
}

const TEST_ENVIRONMENT = 'pts-api.procountor.com';

/** Which register a record of the report stands in. */
const REGISTER: Record<string, string> = {
	invoice: 'invoices',
	'ledger receipt': 'ledgerReceipts',
	'salary list': 'salaryLists',
	'salary slip': 'salarySlips',
	'payment event': 'paymentEvents',
	'business partner': 'partners',
};

/**
 * Runs the probe with the switches of a seed, and compares what it says with what is so.
 * @param clock the sandbox's `limitClock`: the probe keeps the pace of the test environment by it
 */
export async function proveSeed(sandbox: Sandbox, seed: number, clock: JumpingClock): Promise<Proof> {
	const switches = randomSwitches(seed);
	resetWith(sandbox, switches);
	const before = registersOf(sandbox);
	const { outcome } = await probeSandbox(sandbox, { clock, requestsPerMinute: requestsPerMinute(TEST_ENVIRONMENT) });
	const problems: string[] = [];
	for (const [name, value] of Object.entries(switches)) {
		if (name in NOT_ASKED) continue;
		const finding = outcome.findings[name];
		if (finding === undefined) problems.push(`${name}: not asked`);
		else if ('cannotTell' in finding) problems.push(`${name}: ${finding.cannotTell}`);
		else if (finding.value !== value) problems.push(`${name}: ${String(finding.value)} instead of ${String(value)}`);
	}
	const named = new Set(outcome.left.map(({ kind, id }) => `${REGISTER[kind] ?? kind}/${id}`));
	problems.push(
		...changesOf(before, registersOf(sandbox))
			.filter((key) => !named.has(key))
			.map((key) => `changed: ${key}`),
	);
	problems.push(...sandbox.state.problems);
	if (sandbox.faults.violations) problems.push(`${sandbox.faults.violations} requests beyond the limit`);
	return { problems, requests: outcome.requests };
}

/** Records that came, went or changed. */
export function changesOf(before: Map<string, string>, after: Map<string, string>): string[] {
	const keys = new Set([...before.keys(), ...after.keys()]);
	return [...keys].filter((key) => before.get(key) !== after.get(key));
}
