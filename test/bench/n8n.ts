/**
 * n8n's engine for measuring: the same parts as in the engine tests, but nothing is written down of a run. What n8n's
 * server adds to every node alike (saving the execution in its database) is not measured.
 */
import '../engine/harness/environment';
import { join } from 'node:path';
import { ExecutionLifecycleHooks, PollContext, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type IWorkflowBase,
} from 'n8n-workflow';
import { CredentialStore, type CredentialData, type SavedCredential } from '../engine/harness/credentials';
import { projectRoot } from '../engine/harness/environment';
import { LoadedPackages } from '../engine/harness/package';
import { recordsVariable } from '../engine/harness/records';
import { additionalDataFor, chain } from '../engine/harness/run';

process.env[recordsVariable] = join(projectRoot, '.scratch', 'bench', 'run-data');

/** A node as a measured workflow has it; its place in the row is its place in the list. */
export interface Step {
	type: string;
	version?: number;
	parameters: IDataObject;
	credential?: SavedCredential;
}

/** A trigger that is polled by hand and keeps its memory. */
export interface Polled {
	poll: () => Promise<INodeExecutionData[]>;
}

export class N8n {
	private constructor(
		private readonly packages: LoadedPackages,
		private readonly store: CredentialStore,
	) {}

	/** Loads built packages from their folders, the one under measurement first. */
	static async start(folders: string[]): Promise<N8n> {
		const packages = await LoadedPackages.load(folders);
		return new N8n(packages, new CredentialStore(packages));
	}

	saveCredential(type: string, data: CredentialData): SavedCredential {
		return this.store.save(type, data);
	}

	/** Runs nodes in a row on some items; gives the items of the last one. Throws what failed. */
	async run(steps: Step[], items: INodeExecutionData[] = [{ json: {} }]): Promise<INodeExecutionData[]> {
		const { data } = await this.runWhole(steps, items);
		const { error, runData, lastNodeExecuted } = data.resultData;
		if (error)
			throw new Error(
				`${steps.map(({ type }) => type).join(', ')}: ${error.message} ${'description' in error ? String(error.description) : ''}`,
			);
		return runData[lastNodeExecuted ?? '']?.at(-1)?.data?.main[0] ?? [];
	}

	/** The same, with everything that n8n holds in memory when the run is over. */
	async runWhole(steps: Step[], items: INodeExecutionData[]): Promise<IRun> {
		const nodes = [
			this.nodeOf({ type: 'harness.start', parameters: {} }, 0),
			...steps.map((step, index) => this.nodeOf(step, index + 1)),
		];
		const workflow = this.workflowOf(nodes);
		const additionalData = additionalDataFor(this.store);
		const workflowData = { id: workflow.id, name: workflow.name, nodes, connections: workflow.connectionsBySourceNode };
		additionalData.hooks = new ExecutionLifecycleHooks(
			'trigger',
			additionalData.executionId ?? '',
			workflowData as IWorkflowBase,
		);
		const [start] = nodes;
		const engine = new WorkflowExecute(additionalData, 'trigger', createRunExecutionData());
		const data = { data: { main: [items] }, startTime: 0, executionTime: 0, executionIndex: 0, source: [] };
		return await engine.run({ workflow, startNode: start, triggerToStartFrom: { name: start.name, data } });
	}

	/** A polling trigger as n8n activates it, with a memory of its own. */
	trigger(step: Step): Polled {
		const node = this.nodeOf(step, 0);
		const workflow = this.workflowOf([node]);
		const { poll } = this.packages.getByNameAndVersion(node.type, node.typeVersion);
		return {
			poll: async () => {
				const context = new PollContext(workflow, node, additionalDataFor(this.store), 'trigger', 'update');
				return (await poll?.call(context))?.[0] ?? [];
			},
		};
	}

	private nodeOf({ type, version, parameters, credential }: Step, index: number): INode {
		const fullName = this.packages.fullName(type);
		const { version: versions } = this.packages.getByNameAndVersion(fullName, version).description;
		return {
			id: String(index),
			name: `${index} ${type}`,
			type: fullName,
			typeVersion: version ?? [versions].flat().at(-1) ?? 1,
			position: [0, 0],
			parameters: parameters as INodeParameters,
			...(credential && { credentials: { [credential.type]: { id: credential.id, name: credential.name } } }),
		};
	}

	private workflowOf(nodes: INode[]): Workflow {
		return new Workflow({
			id: 'bench',
			name: 'Bench',
			nodes,
			connections: chain(...nodes.map(({ name }) => name)),
			active: false,
			nodeTypes: this.packages,
			settings: { executionOrder: 'v1' },
		});
	}
}

export type { SavedCredential };
