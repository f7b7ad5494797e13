import type { IDataObject } from 'n8n-workflow';
import { Engine, type RunResult, type SavedCredential } from '../engine/harness';
import { startSecondProcess } from '../engine/harness/secondProcess';
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

const REPORT = / more than once \(IDs \d+ and \d+\): another execution (created|marked) it at the same moment/;

/** Has two processes create the same record at about the same moment, many times, for each kind of record. */
export async function torturePairs(random: () => number, pairsOfKind: number): Promise<Record<string, PairsOutcome>> {
	const sandbox = await startSandbox();
	const second = await startSecondProcess();
	try {
		const engines = [await Engine.start(), second.engine].map((engine) => ({
			engine,
			saved: engine.saveCredential('procountorApi', {
				environment: 'custom',
				baseUrl: sandbox.url,
				clientId: DEMO.client.id,
				clientSecret: DEMO.client.secret,
				apiKey: DEMO.keys.admin,
				requestsPerSecond: 1000,
			}),
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
			await new Promise((resolve) => setTimeout(resolve, starts[index]));
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
