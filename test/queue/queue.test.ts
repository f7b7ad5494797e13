/**
 * n8n in queue mode, a main process and two workers with Redis and PostgreSQL, under Procountor's limit of 60 requests a second: at the
 * defaults of the credentials, while processes are killed and services restarted, and with large files. Prints a table of counts.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialReference, StoredWorkflow } from '../e2e/driver';
import { installN8n, packProject, type Installation, type PackedProject } from '../e2e/install';
import { PollHistory } from '../e2e/pollHistory';
import { waitFor } from '../e2e/processes';
import { connectOAuth2, keyData, tokenCalls } from '../e2e/session';
import { clientData, owner } from '../e2e/stage';
import { stepsWithLog } from '../e2e/steps';
import { triggerWorkflow } from '../e2e/workflows';
import { startSandbox, type Sandbox } from '../sandbox';
import { Cluster } from './cluster';
import { Counts, emittedItems, judgePolls } from './counts';
import { fileFlow, orderFlow } from './flows';
import { Orders } from './orders';
import { installServices, Services } from './services';

const minute = 60_000;
const projectRoot = join(__dirname, '..', '..');
const scratch = join(projectRoot, '.scratch', 'queue');
const { step, print } = stepsWithLog(join(projectRoot, '.scratch', 'queue.log'));
const POLL_SECONDS = 5;
const TRIGGER_BASE = '/supported/api';
const FILE_SIZE = 9_900_000;

let sandbox: Sandbox;
let services: Services;
let cluster: Cluster;
let history: PollHistory;
let installation: Installation;
let packed: PackedProject;
let key: CredentialReference;
let orders: Orders;
let trigger: StoredWorkflow;
let writing: NodeJS.Timeout;
const counts = new Counts(print);

/** The default of the credential: 0 requests a second. */
const byDefault = (data: ReturnType<typeof clientData>) => ({ ...data, requestsPerSecond: 0 });

beforeAll(async () => {
	rmSync(scratch, { recursive: true, force: true });
	await installServices(print);
	installation = await installN8n(print);
	packed = await packProject(scratch);
	sandbox = await startSandbox({
		clock: { flowing: true },
		switches: { requestLimit: 'second60', limitAnswer: 'retryAfter' },
	});
	history = new PollHistory(sandbox);
	services = await Services.start();
	await startCluster('filesystem', true);
	await cluster.n8n.setUpOwner(owner);
	key = await cluster.n8n.createCredential('procountorApi', 'Key', byDefault(keyData(sandbox)));
}, 40 * minute);

async function startCluster(mode: 'filesystem' | 'database', isImpatient: boolean): Promise<void> {
	const options = { installation, packed, services, folder: scratch, workers: 2, isImpatient };
	cluster = await Cluster.start(options, mode);
}

afterAll(async () => {
	clearInterval(writing);
	await cluster?.stop();
	await services?.stop();
	await sandbox?.close();
}, 2 * minute);

/** Loads lists in the editor, as people do on the main process, until the work is over. */
async function searchingWhile<T>(work: Promise<T>): Promise<T> {
	let isOver = false;
	const done = work.finally(() => (isOver = true));
	const login = { authentication: 'apiKey', type: 'procountorApi', credential: key } as const;
	const [, , node] = orderFlow('search', login).nodes;
	let found = 0;
	const search = async (): Promise<void> => {
		while (!isOver) {
			// A busy n8n rejects some searches.
			const entries = await cluster.n8n
				.searchList({ node, path: 'parameters.partnerId', methodName: 'searchCustomer' })
				.catch(() => []);
			if (entries.length) found++;
			await new Promise((resolve) => {
				setTimeout(resolve, 300);
			});
		}
	};
	await Promise.all([search(), search(), search(), done]);
	expect(found).toBeGreaterThan(0);
	return await done;
}

step(
	'A trigger polls every few seconds while invoices are created',
	async () => {
		const data = { ...byDefault(keyData(sandbox)), apiVersion: 'supported' };
		const credential = await cluster.n8n.createCredential('procountorApi', 'Trigger', data);
		const login = { authentication: 'apiKey', type: 'procountorApi', credential } as const;
		trigger = await cluster.n8n.createWorkflow(
			triggerWorkflow('New invoices', login, { event: 'invoiceCreated', includeDetails: true }, POLL_SECONDS),
		);
		await cluster.n8n.activate(trigger);
		await history.nextPolls([TRIGGER_BASE], 2);
		counts.begin(sandbox);
		writing = setInterval(() => void sandbox.backdoor.addInvoice(), 1700);
	},
	3 * minute,
);

step(
	'20 parallel workflows with an API key stay within the default limit, even if tokens are revoked',
	async () => {
		orders = await Orders.activate(sandbox, cluster.n8n, 'key', 'procountorApi', key);
		await keepsTheLimit('API key', orders);
	},
	8 * minute,
);

step(
	'20 parallel workflows with a login stay within the default limit, even if tokens are revoked',
	async () => {
		const login = await connectOAuth2(cluster.n8n, sandbox, byDefault(clientData(sandbox)));
		await keepsTheLimit('login', await Orders.activate(sandbox, cluster.n8n, 'login', 'procountorOAuth2Api', login));
	},
	8 * minute,
);

async function keepsTheLimit(name: string, shop: Orders): Promise<void> {
	const since = history.now;
	const tokens = tokenCalls(sandbox).length;
	const before = sandbox.faults.violations;
	const work = async (): Promise<string[]> => {
		const numbers = await shop.post('limit', 12);
		await waitFor('half of the invoices', 180, async () =>
			shop.copies(numbers).filter(Boolean).length >= numbers.length / 2 ? true : undefined,
		);
		sandbox.state.auth.revokeTokens();
		await shop.settle(240);
		return numbers;
	};
	const numbers = await searchingWhile(work());
	const copies = shop.copies(numbers);
	counts.add(`${name}: 20 workflows, 2 workers`, {
		...counts.requests(sandbox, since),
		'over the limit': sandbox.faults.violations - before,
		tokens: tokenCalls(sandbox).length - tokens,
		lost: copies.filter((count) => count === 0).length,
		repeated: copies.filter((count) => count > 1).length,
	});
	expect(sandbox.faults.violations - before).toBe(0);
	expect(copies).toEqual(numbers.map(() => 1));
	expect([...shop.reasons]).toEqual([]);
}

/** Stages of a round at which a process is killed: the share of invoices that exist then. */
const STAGES = [0, 0.3, 0.95];

/** @param mayDrop n8n answers a webhook before it has saved the execution, so a main process that is killed can drop what it has confirmed */
async function round(name: string, stage: number, strike: () => Promise<void>, mayDrop = false): Promise<void> {
	const since = history.now;
	const before = sandbox.faults.violations;
	const givenUp = orders.givenUp;
	const posting = orders.post(name, 3);
	const numbers = Array.from({ length: 20 }, (_, flow) =>
		Array.from({ length: 3 }, (__, index) => `key-${flow}-${name}-${index}`),
	).flat();
	await waitFor(`${stage * 100} % of the invoices of ${name}`, 120, async () =>
		orders.copies(numbers).filter(Boolean).length >= numbers.length * stage ? true : undefined,
	);
	await strike();
	expect((await posting).sort()).toEqual([...numbers].sort());
	await orders.settle(240, async () => await cluster.revive());
	const dropped = await orders.postMissing();
	if (!mayDrop) expect(dropped).toBe(0);
	await orders.settle(240);
	const copies = orders.copies(numbers);
	counts.add(name, {
		'confirmed and dropped by n8n': dropped,
		...counts.requests(sandbox, since),
		'over the limit': sandbox.faults.violations - before,
		lost: copies.filter((count) => count === 0).length,
		repeated: copies.filter((count) => count > 1).length,
		'given up by n8n': orders.givenUp - givenUp,
	});
	expect(copies).toEqual(numbers.map(() => 1));
	for (const [reason, count] of orders.reasons) print(`  ${count} x ${reason}`);
	orders.reasons.clear();
}

for (const stage of STAGES) {
	const at = `at ${stage * 100} %`;
	step(
		`No invoice is lost or repeated if a worker is killed ${at} of a round`,
		async () => {
			await round(`worker killed ${at}`, stage, async () => await cluster.kill(cluster.workers[0]));
		},
		6 * minute,
	);
	step(
		`No invoice is lost or repeated if the main process is killed ${at} of a round`,
		async () => {
			await round(
				`main killed ${at}`,
				stage,
				async () => {
					await cluster.kill(cluster.main);
					history.kills.push(history.now);
					await cluster.revive();
				},
				true,
			);
		},
		6 * minute,
	);
}

for (const name of ['redis', 'postgres'] as const)
	step(
		`No invoice is lost or repeated if ${name === 'redis' ? 'Redis' : 'PostgreSQL'} is restarted in the middle of a round`,
		async () => {
			await round(`${name} restarted`, 0.3, async () => {
				history.kills.push(history.now);
				await services[name].end(name === 'redis' ? 'SIGTERM' : 'SIGINT');
				await services[name].start();
				history.kills.push(history.now);
			});
		},
		6 * minute,
	);

step(
	'The trigger emitted each invoice once, except those that n8n dropped when it was killed',
	async () => {
		clearInterval(writing);
		const owed = counts.newInvoices(sandbox);
		const newest = Math.max(...owed);
		await waitFor('the newest invoice to be emitted', 120, async () =>
			history.returned(TRIGGER_BASE).some(({ ids }) => ids.includes(newest)) ? true : undefined,
		);
		await history.nextPolls([TRIGGER_BASE], 3);
		await orders.settle(60);
		const verdict = judgePolls(owed, history.returned(TRIGGER_BASE), await emittedItems(cluster.n8n, trigger));
		counts.add('trigger', verdict.figures);
		expect(verdict.unexplained).toEqual({ notReturned: [], returnedTwice: [], notExecuted: [], executedTwice: [] });
		expect(sandbox.state.problems).toEqual([]);
		await cluster.n8n.deactivate(trigger);
	},
	4 * minute,
);

async function filesPass(mode: string): Promise<void> {
	const login = { authentication: 'apiKey', type: 'procountorApi', credential: key } as const;
	const workflow = await cluster.n8n.createWorkflow(fileFlow(`files-${mode}`, login));
	await cluster.n8n.activate(workflow);
	const files = Array.from({ length: 6 }, () => ({
		id: sandbox.backdoor.addInvoice().id,
		bytes: randomBytes(FILE_SIZE),
	}));
	await Promise.all(
		files.map(async ({ id, bytes }) => {
			const body = new FormData();
			body.append('data', new Blob([bytes], { type: 'image/png' }), `${id}.png`);
			const url = `${cluster.main.url}/webhook/files-${mode}?invoice=${id}`;
			// n8n registers the webhook a moment after it has confirmed the activation.
			const post = async (): Promise<true | undefined> => (await fetch(url, { method: 'POST', body })).ok || undefined;
			await waitFor(`n8n to receive file ${id}`, 60, post, 1000);
		}),
	);
	const ended = await waitFor('the executions with files', 240, async () => {
		const all = await cluster.n8n.executions(workflow.id);
		return all.length === files.length && all.every(({ stoppedAt }) => stoppedAt) ? all : undefined;
	});
	let same = 0;
	for (const { id } of ended) {
		const { result, status } = await cluster.n8n.readExecution(id);
		expect(result.resultData.error?.message ?? status).toBe('success');
		const file = result.resultData.runData.Download?.[0].data?.main[0]?.[0].binary?.data;
		const bytes = await cluster.n8n.readFile(file?.id ?? '');
		if (files.some((one) => one.bytes.equals(bytes))) same++;
	}
	counts.add(`files of 9.9 MB, ${mode}`, { files: files.length, 'same bytes': same });
	expect(same).toBe(files.length);
}

const memory: Parameters<Counts['table']>[0] = {};

for (const [mode, place] of [
	['filesystem', 'file system'],
	['database', 'database'],
] as const)
	step(
		`Workers pass on files of 9.9 MB unchanged with binary data in the ${place}`,
		async () => {
			memory[mode === 'filesystem' ? 'kills and restarts' : 'files in the file system'] = cluster.memory();
			await cluster.stop();
			await startCluster(mode, false);
			await cluster.n8n.logIn(owner);
			await filesPass(mode);
		},
		10 * minute,
	);

step('The table of all rounds shows no request over the limit, and no lost or repeated invoice', async () => {
	memory['files in the database'] = cluster.memory();
	counts.table(memory);
	// Two logins, two kinds of process killed at each stage, and two services restarted.
	const zeros = Array.from({ length: 2 + 2 * STAGES.length + 2 }, () => 0);
	for (const what of ['over the limit', 'lost', 'repeated'])
		expect([what, counts.valuesOf(what)]).toEqual([what, zeros]);
});
