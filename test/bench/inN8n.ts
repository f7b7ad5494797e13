/**
 * The look-up of 5,000 partners in n8n itself, beside n8n's own Edit Fields node on the same items: each in a workflow of its own,
 * in turns, with n8n's saving of the executions, on SQLite and on PostgreSQL.
 */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { N8nDriver, type StoredWorkflow } from '../e2e/driver';
import { installN8n, type Installation } from '../e2e/install';
import { waitFor } from '../e2e/processes';
import { N8nServer } from '../e2e/server';
import { owner } from '../e2e/stage';
import { installServices, Services } from '../queue/services';
import type { Bench } from './bench';
import { lookUp, lookUpIds } from './cases/lookUp';
import { expectThat } from './cases/types';
import type { Print } from './compare';
import { credentialFor } from './credential';
import { median } from './stats';

const scratch = join(__dirname, '..', '..', '.scratch', 'bench', 'n8n');
const PACKAGE = 'n8n-nodes-procountor';

const databases = ['SQLite', 'PostgreSQL'] as const;
const nodes = ['Edit Fields', 'Procountor'] as const;
type NodeName = (typeof nodes)[number];

/** Milliseconds of one execution. */
interface ExecutionTime {
	/** That n8n notes for the node. */
	node: number;
	/** From the start of the execution until n8n has stored it. */
	saved: number;
	/** That the processor worked for n8n meanwhile. */
	processor: number;
}

/** What 5,000 items take on one database. */
export interface InN8n {
	database: (typeof databases)[number];
	items: number;
	runs: number;
	times: Record<NodeName, ExecutionTime>;
}

/** Measures both nodes on each database, in an n8n of its own. */
export async function inN8n(bench: Bench, times: number, print: Print): Promise<InN8n[]> {
	await installServices(print);
	const installation = await installN8n(print);
	await lookUp.prepare(bench);
	const results: InN8n[] = [];
	for (const database of databases) {
		const services = database === 'PostgreSQL' ? await Services.start() : undefined;
		try {
			const environment = { ...services?.environment, N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };
			const measured = await measure(bench, installation, environment, times);
			results.push({ database, items: lookUpIds().length, runs: times, times: measured });
			const line = nodes.map(
				(name) =>
					`${name} ${Object.entries(measured[name])
						.map(([what, value]) => `${what} ${Math.round(value)}`)
						.join(' ')}`,
			);
			print(`n8n on ${database}: ${line.join('; ')} ms`);
		} finally {
			await services?.stop();
		}
	}
	return results;
}

async function measure(
	bench: Bench,
	installation: Installation,
	environment: NodeJS.ProcessEnv,
	times: number,
): Promise<Record<NodeName, ExecutionTime>> {
	rmSync(scratch, { recursive: true, force: true });
	const modules = join(scratch, '.n8n', 'nodes', 'node_modules');
	mkdirSync(modules, { recursive: true });
	cpSync(bench.folder, join(modules, PACKAGE), { recursive: true });
	const encryptionKey = 'a key for the benchmark';
	const server = await N8nServer.create({ installation, userFolder: scratch, encryptionKey, environment });
	try {
		await server.start();
		const n8n = new N8nDriver(server.url);
		await n8n.setUpOwner(owner);
		const workflows = await bothWorkflows(bench, n8n);
		// The first round is compiled as it goes, and logs in.
		for (const name of nodes) await execute(n8n, server, workflows[name], name);
		const runs: Record<NodeName, ExecutionTime[]> = { 'Edit Fields': [], Procountor: [] };
		for (let time = 0; time < times; time++)
			for (const name of nodes) runs[name].push(await execute(n8n, server, workflows[name], name));
		const middle = (name: NodeName): ExecutionTime => ({
			node: median(runs[name].map(({ node }) => node)),
			saved: median(runs[name].map(({ saved }) => saved)),
			processor: median(runs[name].map(({ processor }) => processor)),
		});
		return { 'Edit Fields': middle('Edit Fields'), Procountor: middle('Procountor') };
	} finally {
		await server.stop();
	}
}

async function bothWorkflows(bench: Bench, n8n: N8nDriver): Promise<Record<NodeName, StoredWorkflow>> {
	const credential = await n8n.createCredential('procountorApi', 'Sandbox', credentialFor(bench.sandbox.url, 1000));
	const editFields: INodeParameters = {
		assignments: {
			assignments: [
				{ id: 'a', name: 'partner', value: '={{ $json.id }}', type: 'number' },
				{ id: 'b', name: 'label', value: '={{ "Partner " + $json.id }}', type: 'string' },
			],
		},
		options: {},
	};
	const get: INodeParameters = {
		resource: 'businessPartner',
		operation: 'get',
		businessPartnerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
	};
	return {
		'Edit Fields': await n8n.createWorkflow(workflow(node('Edit Fields', 'n8n-nodes-base.set', 3.4, editFields))),
		Procountor: await n8n.createWorkflow(
			workflow({
				...node('Procountor', `${PACKAGE}.procountor`, 1, get),
				credentials: { procountorApi: credential },
			}),
		),
	};
}

const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});

/** A workflow that makes 5,000 items of IDs, and gives them to the last node. */
function workflow(last: INode) {
	const chain = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('IDs', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ partners: lookUpIds().map((id) => ({ id })) }),
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'partners', options: {} }),
		last,
	];
	const connections = Object.fromEntries(
		chain
			.slice(1)
			.map(({ name }, index) => [chain[index].name, { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]),
	);
	return { name: last.name, nodes: chain, connections };
}

/** Milliseconds that the processor has worked for a process so far; Linux counts them in hundredths of a second. */
function processorTime({ pid }: N8nServer): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function execute(
	n8n: N8nDriver,
	server: N8nServer,
	stored: StoredWorkflow,
	name: NodeName,
): Promise<ExecutionTime> {
	const began = performance.now();
	const worked = processorTime(server);
	const id = await n8n.startWorkflow(stored, 'Start');
	const isSaved = async (): Promise<true | undefined> => {
		// A busy n8n closes connections that wait for it.
		const executions = await n8n.executions(stored.id).catch(() => []);
		const execution = executions.find((one) => one.id === id);
		return execution && !['new', 'running'].includes(execution.status) ? true : undefined;
	};
	await waitFor(`execution ${id}`, 180, isSaved, 100);
	const saved = performance.now() - began;
	const processor = processorTime(server) - worked;
	const { result, status } = await n8n.readExecution(id);
	const [run] = result.resultData.runData[name] ?? [];
	const count = run?.data?.main[0]?.length;
	expectThat(status === 'success' && count === lookUpIds().length, `${name} in n8n: ${status}, ${count} items`);
	return { node: run.executionTime, saved, processor };
}
