import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Engine, type RunResult, type SavedCredential } from '../engine/harness';
import { startSecondProcess } from '../engine/harness/secondProcess';
import type { Work } from '../engine/harness/process';
import { creatingKinds, type CreatingKind } from '../engine/shared/creatingKinds';
import { DEMO, startSandbox, type Sandbox } from '../sandbox';

export interface PairsOutcome {
	pairs: number;
	/** Numbers that Procountor has twice. */
	doubled: number;
	/** Of these, the ones that no execution reported. */
	withoutWord: string[];
	/** Of these, the ones with more than one record approved. */
	approvedTwice: string[];
	/** Reports of a double where there is none. */
	falseReports: string[];
}

/** How long a response is delayed at most, and how much later than the first the second process starts, in milliseconds. */
const LONGEST_DELAY = 200;
const LATEST_START = 40;

const ROOT = join(__dirname, '../..');
const PROCESS = join(ROOT, 'test/engine/harness/process.ts');

const REPORT = / more than once \(IDs \d+ and \d+\): another execution (created|marked) it at the same moment/;

const credentialOf = ({ url }: Sandbox) => ({
	environment: 'custom',
	baseUrl: url,
	clientId: DEMO.client.id,
	clientSecret: DEMO.client.secret,
	apiKey: DEMO.keys.admin,
	requestsPerSecond: 1000,
});

/** Has two processes create the same record at about the same moment, many times, for each kind of record. */
export async function torturePairs(random: () => number, pairsOfKind: number): Promise<Record<string, PairsOutcome>> {
	const sandbox = await startSandbox();
	const second = await startSecondProcess();
	try {
		const engines = [await Engine.start(), second.engine].map((engine) => ({
			engine,
			saved: engine.saveCredential('procountorApi', credentialOf(sandbox)),
		}));
		const outcomes: Record<string, PairsOutcome> = {};
		for (const [name, kind] of Object.entries(creatingKinds)) {
			const outcome: PairsOutcome = { pairs: 0, doubled: 0, withoutWord: [], approvedTwice: [], falseReports: [] };
			for (let pair = 0; pair < pairsOfKind; pair++)
				await playPair(sandbox, engines, kind, { number: `PAIR-${pair}`, random, outcome });
			outcomes[name] = outcome;
		}
		return outcomes;
	} finally {
		second.close();
		await sandbox.close();
	}
}

async function playPair(
	sandbox: Sandbox,
	engines: Array<{ engine: Engine; saved: SavedCredential }>,
	kind: CreatingKind,
	{ number, random, outcome }: { number: string; random: () => number; outcome: PairsOutcome },
): Promise<void> {
	sandbox.faults.clear();
	sandbox.journal.clear();
	const { method = 'POST' } = kind;
	for (let write = 0; write < 2; write++)
		sandbox.faults.add({ kind: 'latency', ms: random() * LONGEST_DELAY, method, path: kind.path });
	const starts = [0, random() * LATEST_START];
	const items: IDataObject[] = [{ number, ...kind.prepare?.(sandbox) }];
	const results = await Promise.all(
		engines.map(async ({ engine, saved }, index): Promise<RunResult> => {
			await pause(starts[index]);
			return await engine.runNode({
				type: 'procountor',
				parameters: kind.parameters,
				credentials: { procountorApi: saved },
				items,
			});
		}),
	);
	const sent = (method: string, path: string | undefined): number =>
		sandbox.journal.entries.filter(
			(entry) => entry.method === method && entry.contractPath === path && (entry.status ?? 500) < 300,
		).length;
	const messages = results.flatMap(({ error }) => error?.message ?? []);
	const reports = messages.filter((message) => REPORT.test(message));
	const records = sent(method, kind.path);
	outcome.pairs++;
	if (records > 1) outcome.doubled++;
	if (records > 1 && reports.length === 0) outcome.withoutWord.push(number);
	if (records < 2 && messages.length > 0) outcome.falseReports.push(`${number}: ${messages.join('; ')}`);
	if (sent('PUT', kind.approve) > 1) outcome.approvedTwice.push(number);
}

/** In milliseconds: until a write takes effect, and then until its response ends. */
const WRITE_TAKES = 700;
const RESPONSE_TAKES = 1500;

/**
 * Has two processes create the same record of each kind, and kills the first one between its write and the response.
 * @returns by kind, how many records there are, and what the process that lives on said
 */
export async function tortureKills(): Promise<Record<string, { records: number; told: string }>> {
	const sandbox = await startSandbox();
	try {
		const engine = await Engine.start();
		const outcomes: Record<string, { records: number; told: string }> = {};
		for (const [name, kind] of Object.entries(creatingKinds)) outcomes[name] = await playKill(sandbox, engine, kind);
		return outcomes;
	} finally {
		await sandbox.close();
	}
}

async function playKill(
	sandbox: Sandbox,
	engine: Engine,
	kind: CreatingKind,
): Promise<{ records: number; told: string }> {
	const { path, method = 'POST', parameters, prepare } = kind;
	sandbox.faults.clear();
	sandbox.journal.clear();
	const items: IDataObject[] = [{ number: 'KILLED', ...prepare?.(sandbox) }];
	sandbox.faults.add({ kind: 'latency', ms: WRITE_TAKES, method, path, times: 2 });
	sandbox.faults.add({ kind: 'slowBody', ms: RESPONSE_TAKES, method, path, times: 1 });
	const credential = credentialOf(sandbox);
	const work = JSON.stringify({ credential, steps: [{ parameters, items }] } satisfies Work);
	const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, work], { cwd: ROOT, stdio: 'ignore' });
	// The slow response is taken by the first write as soon as it arrives.
	while (sandbox.faults.list.length > 1 && child.exitCode === null) await pause(10);
	const other = engine.runNode({ type: 'procountor', parameters, credentials: { procountorApi: credential }, items });
	await pause(WRITE_TAKES + RESPONSE_TAKES / 3);
	child.kill('SIGKILL');
	const { error } = await other;
	const records = sandbox.journal.entries.filter(
		(entry) => entry.method === method && entry.contractPath === path && (entry.status ?? 500) < 300,
	).length;
	return { records, told: error?.message ?? '' };
}

const pause = async (milliseconds: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether a double was reported, or there is none to report. */
export const isTold = ({ records, told }: { records: number; told: string }): boolean =>
	records === 1 || (records === 2 && REPORT.test(told));
