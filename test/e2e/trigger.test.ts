/**
 * The trigger in a real n8n that is killed twice and loses the API for a while and its tokens, while records are written. Compares
 * the polls and executions with the sandbox's journal. Runs once with n8n's default engine, and once with the engine
 * that stores a poll's state together with its execution ("durable").
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { DEMO, startSandbox, type Sandbox } from '../sandbox';
import { N8nDriver, type Execution, type ExecutionWithData, type StoredWorkflow } from './driver';
import { installN8n, packProject, unpackInto, type Installation, type PackedProject } from './install';
import { PollHistory } from './pollHistory';
import { waitFor } from './processes';
import { N8nServer } from './server';
import { triggerName, triggerWorkflow } from './workflows';
import { key, Writer } from './writer';

const minute = 60_000;
const scratch = join(__dirname, '..', '..', '.scratch', 'e2e-trigger');
const owner = { email: 'owner@example.com', password: 'Koivuranta1' };
const leastPolls = 30;
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

interface Engine {
	name: string;
	pollSeconds: number;
	environment: NodeJS.ProcessEnv;
}

const today: Engine = { name: 'as n8n comes', pollSeconds: 2, environment: {} };

/**
 * Starts one due poll at a time, as in production, where polls are a minute apart. Otherwise n8n would start all polls
 * that were due while it was down at once, each from the same state.
 */
const durable: Engine = {
	name: 'durable polling',
	pollSeconds: 3,
	environment: {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
		N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
		N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '2',
		N8N_SCHEDULER_CLAIM_BATCH_SIZE: '1',
	},
};

/** An event, and the API version that identifies its workflow in the journal. */
const watched = [
	{ event: 'invoiceCreated', title: 'New Invoice', apiVersion: 'latest', base: '/latest/api' },
	{ event: 'invoiceUpdated', title: 'Invoice Updated', apiVersion: 'supported', base: '/supported/api' },
] as const;
const bases = watched.map(({ base }) => base);

type Watched = (typeof watched)[number] & { workflow: StoredWorkflow };

let installation: Installation;
let packed: PackedProject;

beforeAll(async () => {
	rmSync(scratch, { recursive: true, force: true });
	installation = await installN8n(print);
	packed = await packProject(scratch);
}, 40 * minute);

/** The trigger's items of an execution, even if n8n was killed before it started. */
function itemsOf({ result }: ExecutionWithData): IDataObject[] {
	const ran = result.resultData.runData[triggerName]?.[0].data?.main[0];
	const waiting = result.executionData?.nodeExecutionStack.find(({ node }) => node.name === triggerName)?.data.main[0];
	return (ran ?? waiting ?? []).map(({ json }) => json);
}

const isOver = ({ status }: Execution): boolean => !['new', 'running', 'waiting'].includes(status);

/** One n8n with one sandbox, from the start to the last poll. */
class Trial {
	readonly history: PollHistory;
	readonly writer: Writer;
	readonly workflows: Watched[] = [];
	private rounds = 0;

	private constructor(
		readonly sandbox: Sandbox,
		readonly server: N8nServer,
		readonly n8n: N8nDriver,
	) {
		this.history = new PollHistory(sandbox);
		this.writer = new Writer(sandbox);
	}

	static async begin(engine: Engine): Promise<Trial> {
		const userFolder = join(scratch, engine.name.replaceAll(' ', '-'));
		await unpackInto(userFolder, packed);
		const sandbox = await startSandbox({ clock: { flowing: true } });
		const server = await N8nServer.create({
			installation,
			userFolder,
			encryptionKey: 'a key for the trigger alone',
			environment: engine.environment,
		});
		const trial = new Trial(sandbox, server, new N8nDriver(server.url));
		try {
			await server.start();
			await trial.n8n.setUpOwner(owner);
			trial.writer.prepare(4);
			for (const one of watched)
				trial.workflows.push({ ...one, workflow: await trial.activated(one, engine.pollSeconds) });
			// The durable engine does not store the state of an activation's poll, so wait for a later one.
			await trial.history.nextPolls(bases, 3);
		} catch (error) {
			await trial.end();
			throw error;
		}
		return trial;
	}

	private async activated(
		{ event, title, apiVersion }: (typeof watched)[number],
		pollSeconds: number,
	): Promise<StoredWorkflow> {
		const { id, secret } = DEMO.client;
		const data = {
			environment: 'custom',
			baseUrl: this.sandbox.url,
			apiVersion,
			requestsPerSecond: 50,
			clientId: id,
			clientSecret: secret,
			apiKey: DEMO.keys.admin,
		};
		const credential = await this.n8n.createCredential('procountorApi', title, data);
		const login = { authentication: 'apiKey', type: 'procountorApi', credential } as const;
		const workflow = await this.n8n.createWorkflow(
			triggerWorkflow(title, login, { event, includeDetails: true, simple: false }, pollSeconds),
		);
		await this.n8n.activate(workflow);
		return workflow;
	}

	/** Writes a record of each kind in turn, at varying moments between two polls, and waits for a poll of both workflows. */
	async round(): Promise<void> {
		const number = this.rounds++;
		await new Promise((resolve) => {
			setTimeout(resolve, (number * 370) % 1500);
		});
		if (number % 3 === 0) this.writer.draft();
		if (number % 3 === 2) this.writer.save();
		else this.writer.create();
		this.writer.change();
		await this.look();
	}

	async look(polls = 1): Promise<void> {
		await this.history.nextPolls(bases, polls);
		this.writer.isSeen();
	}

	/** Kills n8n, writes while it is down, and starts it again. */
	async kill(): Promise<void> {
		await this.server.kill();
		this.history.kills.push(this.history.now);
		this.writer.create();
		this.writer.save();
		this.writer.draft();
		this.writer.change(2);
		await this.server.start();
		await this.n8n.logIn(owner);
		await this.look();
	}

	/** Kills n8n as soon as a poll has read what it is about to return. */
	async killBetweenPollAndExecution(): Promise<void> {
		const since = this.history.now;
		this.writer.create();
		const hasRead = (): boolean => this.history.returned(bases[0], since).length > 0;
		for (const end = Date.now() + 2 * minute; !hasRead() && Date.now() < end;) {
			await new Promise((resolve) => {
				setTimeout(resolve, 2);
			});
		}
		expect(hasRead()).toBe(true);
		await this.kill();
	}

	/** Takes the API down until a poll of each workflow has failed, while records are written. */
	async outage(): Promise<void> {
		const { faults } = this.sandbox;
		const since = this.history.now;
		const failed = await Promise.all(this.workflows.map(async (one) => await this.failed(one)));
		faults.add({ kind: 'unavailable', times: 4 }, { kind: 'cutBefore', times: 0 });
		this.writer.create();
		this.writer.save();
		this.writer.change(3);
		await waitFor('a failed poll of each workflow', 180, async () => {
			const now = await Promise.all(this.workflows.map(async (one) => await this.failed(one)));
			return now.every((count, index) => count > failed[index]) ? true : undefined;
		});
		faults.clear();
		for (const base of bases) expect(this.history.failures(base, since).length).toBeGreaterThan(0);
		await this.look();
	}

	/** Revokes the access tokens of both logins; the next polls must get new ones. */
	async revocation(): Promise<void> {
		const before = this.tokens();
		const since = this.history.now;
		this.sandbox.state.auth.revokeTokens();
		await this.round();
		for (const base of bases)
			expect(this.history.failures(base, since).filter(({ status }) => status === 401)).not.toEqual([]);
		expect(this.tokens()).toBeGreaterThanOrEqual(before + bases.length);
	}

	private tokens(): number {
		return this.sandbox.journal.entries.filter(({ path, status }) => path.endsWith('/oauth/token') && status === 200)
			.length;
	}

	private async failed({ workflow }: Watched): Promise<number> {
		return (await this.n8n.executions(workflow.id)).filter(({ status }) => status === 'error').length;
	}

	/** Executions with items, after n8n has finished one for every poll that surely returned something. */
	async executions({ workflow, base }: Watched): Promise<ExecutionWithData[]> {
		const sure = this.history.returned(base).filter(({ isOpen }) => !isOpen).length;
		const found = await waitFor(`${sure} executions of ${workflow.name}`, 60, async () => {
			const all = (await this.n8n.executions(workflow.id)).filter(({ status }) => status !== 'error');
			return all.length >= sure && all.every(isOver) ? all : undefined;
		});
		return await Promise.all(found.map(async ({ id }) => await this.n8n.readExecution(id)));
	}

	async end(): Promise<void> {
		await this.server.stop();
		await this.sandbox.close();
	}
}

const times = <T>(list: T[], wanted: T): number => list.filter((one) => one === wanted).length;
const repeats = <T>(list: T[]): T[] => list.filter((one, index) => list.indexOf(one) !== index);
const without = <T>(list: T[], others: T[]): T[] => list.filter((one) => !others.includes(one));

interface Verdict {
	figures: Record<string, number>;
	/** IDs that polls should have returned and did not, or returned more often than there were new records or versions. */
	polls: { missing: number[]; tooMany: number[] };
	/** Items executed twice, items that were never written, and missing items that were not returned just as n8n was killed. */
	executions: { repeated: string[]; unknown: string[]; missing: string[] };
	/** Items that a poll had returned when n8n was killed, and that n8n did not execute. */
	lostByN8n: string[];
}

async function judge(trial: Trial, one: Watched): Promise<Verdict> {
	const { history, writer } = trial;
	const isNew = one.event === 'invoiceCreated';
	const owed = isNew ? writer.created.map(String) : writer.changed;
	const idOf = (name: string): number => Number(name.split(' ')[0]);
	const owedIds = owed.map(idOf);
	const returned = history.returned(one.base);
	const sure = returned.filter(({ isOpen }) => !isOpen).flatMap(({ ids }) => ids);
	const open = returned.filter(({ isOpen }) => isOpen).flatMap(({ ids }) => ids);
	const made = await trial.executions(one);
	const given = made.flatMap(itemsOf).map(({ id, version }) => (isNew ? String(id) : key(Number(id), String(version))));
	const missing = without(owed, given);
	const lostByN8n = missing.filter((name) => open.includes(idOf(name)));
	return {
		figures: {
			polls: history.polls(one.base).length,
			'failed polls': (await trial.n8n.executions(one.workflow.id)).filter(({ status }) => status === 'error').length,
			'polls with items': returned.length,
			'items returned': sure.length + open.length,
			'… as n8n died': open.length,
			executions: made.length,
			'items executed': given.length,
			owed: owed.length,
			'lost by n8n': lostByN8n.length,
			lost: missing.length - lostByN8n.length,
			repeated: repeats(given).length,
		},
		polls: {
			missing: [...new Set(owedIds)].filter((id) => times(sure, id) + times(open, id) < times(owedIds, id)),
			tooMany: [...new Set(sure)].filter((id) => times(sure, id) > times(owedIds, id)),
		},
		executions: { repeated: repeats(given), unknown: without(given, owed), missing: without(missing, lostByN8n) },
		lostByN8n,
	};
}

async function play(trial: Trial): Promise<Verdict[]> {
	const rounds = async (count: number): Promise<void> => {
		for (let round = 0; round < count; round++) await trial.round();
	};
	await rounds(4);
	// n8n does not store the state of polls without items, so the kill loses it.
	await trial.look(2);
	await trial.kill();
	await rounds(2);
	await trial.revocation();
	await rounds(1);
	await trial.outage();
	await rounds(2);
	await trial.killBetweenPollAndExecution();
	do await rounds(1);
	while (bases.some((base) => trial.history.polls(base).length < leastPolls - 2));
	await trial.look(2);
	return await Promise.all(trial.workflows.map(async (one) => await judge(trial, one)));
}

function tell(engine: Engine, verdicts: Verdict[]): void {
	print(`\n${engine.name}: 2 kills, 1 outage, 1 revocation`);
	for (const name of Object.keys(verdicts[0].figures))
		print(`  ${name.padEnd(18)}${verdicts.map(({ figures }) => String(figures[name]).padStart(6)).join('')}`);
	print(`  (${watched.map(({ title }) => title).join(', ')})`);
}

function expectNothingLostOrRepeated(verdicts: Verdict[]): void {
	for (const { figures, polls, executions } of verdicts) {
		expect(polls).toEqual({ missing: [], tooMany: [] });
		expect(executions).toEqual({ repeated: [], unknown: [], missing: [] });
		expect(figures.polls).toBeGreaterThanOrEqual(leastPolls);
		expect(figures['failed polls']).toBeGreaterThan(0);
		expect(figures.owed).toBeGreaterThan(10);
	}
}

it(
	'By default, polls return each record once across kills, an outage and revoked tokens',
	async () => {
		const trial = await Trial.begin(today);
		try {
			const verdicts = await play(trial);
			tell(today, verdicts);
			expectNothingLostOrRepeated(verdicts);
			expect(trial.sandbox.state.problems).toEqual([]);
		} finally {
			await trial.end();
		}
	},
	15 * minute,
);

it(
	'With durable polling, n8n also executes everything that polls return',
	async () => {
		const trial = await Trial.begin(durable);
		try {
			expect(readFileSync(trial.server.logFile, 'utf8')).toContain('Provisioned scheduler jobs for poll trigger node');
			const verdicts = await play(trial);
			tell(durable, verdicts);
			expectNothingLostOrRepeated(verdicts);
			for (const { lostByN8n } of verdicts) expect(lostByN8n).toEqual([]);
			expect(trial.sandbox.state.problems).toEqual([]);
		} finally {
			await trial.end();
		}
	},
	15 * minute,
);
