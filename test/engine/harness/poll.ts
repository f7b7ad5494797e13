/** A polling trigger with activation, schedule and restarts, whose static data is stored exactly by n8n's rules. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { PollContext, PollTriggerExecutor } from 'n8n-core';
import { Container } from '@n8n/di';
import { Workflow, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import type { CredentialStore } from './credentials';
import { logs } from './logs';
import type { LoadedPackages } from './package';
import { record } from './records';
import { additionalDataFor, execute } from './run';

interface Result {
	items: INodeExecutionData[] | null;
	failure?: Error;
}

/**
 * One activated trigger node.
 *
 * n8n stores the static data of a trigger if a poll emitted items, and once after the poll of an activation or of a start of
 * n8n, whatever that poll returned. After a scheduled poll that returned nothing or threw, the changes stay only in memory.
 */
export class Poller {
	private workflow: Workflow;

	/** n8n creates one for each activation and polls with it until the next activation. */
	private context?: PollContext;

	/** The result of a poll, kept separately because overlapping polls share a context. */
	private readonly results = new AsyncLocalStorage<Result>();

	private stored: string;

	private activating = true;

	private activationMode: 'activate' | 'init' = 'activate';

	constructor(
		private readonly packages: LoadedPackages,
		private readonly credentials: CredentialStore,
		private readonly node: INode,
		stored: IDataObject = {},
	) {
		this.stored = JSON.stringify(stored);
		this.workflow = this.open();
	}

	/** The static data of this node in n8n's database; n8n continues from it after a crash. */
	get storedData(): IDataObject {
		return this.nodeData(JSON.parse(this.stored) as IDataObject);
	}

	/** The static data that the next poll sees. */
	get staticData(): IDataObject {
		return this.nodeData(this.workflow.staticData);
	}

	/** Size of the stored static data in bytes. */
	get storedBytes(): number {
		return Buffer.byteLength(this.stored);
	}

	/**
	 * Polls once: as the activation if it is the first poll since creation or a restart, otherwise as a scheduled poll.
	 * @param mode 'manual' runs the trigger as the editor's test button does: on a copy of the static data, without storing it
	 * @returns the emitted items, or null if there is nothing new
	 * @throws the error of the node; changes that it made before stay in memory
	 */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<INodeExecutionData[] | null> {
		return mode === 'manual' ? await this.pollByHand() : await this.pollBySchedule();
	}

	/**
	 * Stops n8n and starts it again, without the changes that were not stored. The next poll is the one that n8n runs at its start.
	 * @param loseUnsaved false simulates a stop that stores everything first, which n8n does not do by itself
	 */
	restart({ loseUnsaved = true } = {}): void {
		if (!loseUnsaved) this.store();
		this.workflow = this.open();
		this.activating = true;
		this.activationMode = 'init';
	}

	private open(): Workflow {
		const staticData = JSON.parse(this.stored) as IDataObject;
		return new Workflow({
			id: 'polling-workflow',
			name: 'Polling workflow',
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes: this.packages,
			staticData,
			settings: { executionOrder: 'v1' },
		});
	}

	private nodeData(all: IDataObject): IDataObject {
		return structuredClone({ ...(all[`node:${this.node.name}`] as IDataObject | undefined) });
	}

	private store() {
		this.stored = JSON.stringify(this.workflow.staticData);
	}

	/** n8n checks whether the data is marked as changed, which only top-level assignments do reliably. */
	private storeIfChanged(workflow: Workflow) {
		const data = workflow.staticData as IDataObject & { __dataChanged?: boolean };
		if (workflow !== this.workflow || data.__dataChanged !== true) return;
		this.store();
		data.__dataChanged = false;
	}

	private async pollBySchedule(): Promise<INodeExecutionData[] | null> {
		const { workflow, activating } = this;
		if (activating || !this.context) this.context = this.register(workflow);
		const run = Container.get(PollTriggerExecutor).create(workflow, this.node, this.context, () => true);
		const result: Result = { items: null };
		await this.results.run(result, async () => {
			await run(activating).catch((error: Error) => {
				result.failure = error;
			});
		});
		const { items, failure } = result;
		if (failure) {
			const { message, stack, cause } = failure;
			record('poll.error', JSON.stringify({ ...failure, message, stack, cause: String(cause) }));
			logs.debug('Poll failed', { error: failure });
			throw failure;
		}
		if (activating) this.storeIfChanged(workflow);
		this.activating = false;
		record('poll', JSON.stringify({ items, staticData: workflow.staticData }));
		return items;
	}

	private register(workflow: Workflow): PollContext {
		const set = (more: Partial<Result>): void => void Object.assign(this.results.getStore() as Result, more);
		return new PollContext(
			workflow,
			workflow.nodes[this.node.name],
			additionalDataFor(this.credentials),
			'trigger',
			this.activationMode,
			(data: INodeExecutionData[][]) => {
				this.storeIfChanged(workflow);
				set({ items: data[0] ?? [] });
			},
			(failure: Error) => set({ failure }),
		);
	}

	private async pollByHand(): Promise<INodeExecutionData[] | null> {
		const workflow = this.open();
		const run = await execute({
			workflow,
			credentials: this.credentials,
			start: workflow.nodes[this.node.name],
			items: [{ json: {} }],
			mode: 'manual',
			resultOf: this.node.name,
		});
		if (run.error) throw Object.assign(new Error(run.error.message), run.error);
		return run.items[0]?.length ? run.items[0] : null;
	}
}
