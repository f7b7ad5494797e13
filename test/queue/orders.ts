/** Orders that a shop posts to workflows, and what came of them in Procountor. */
import type { CredentialReference, Execution, N8nDriver, StoredWorkflow } from '../e2e/driver';
import { waitFor } from '../e2e/processes';
import { DEMO, type Sandbox } from '../sandbox';
import { invoices } from '../sandbox/records/invoices/model';
import { orderFlow } from './flows';

export const FLOWS = 20;

export class Orders {
	/**
	 * Executions that n8n gave up because their process died. Nobody can retry them in n8n, which has saved nothing of them: the shop
	 * posts their orders again.
	 */
	givenUp = 0;
	/** What n8n says of them, and how often. */
	readonly reasons = new Map<string, number>();
	private readonly seen = new Set<string>();
	/** The orders of the last round, by workflow. */
	private readonly batches = new Map<string, string[]>();

	private constructor(
		private readonly sandbox: Sandbox,
		private readonly n8n: N8nDriver,
		private readonly workflows: StoredWorkflow[],
	) {}

	/** Activates the workflows; all use one credential. */
	static async activate(
		sandbox: Sandbox,
		n8n: N8nDriver,
		name: string,
		type: 'procountorApi' | 'procountorOAuth2Api',
		credential: CredentialReference,
	): Promise<Orders> {
		const login = { authentication: type === 'procountorApi' ? 'apiKey' : 'oAuth2', type, credential } as const;
		const workflows: StoredWorkflow[] = [];
		for (let index = 0; index < FLOWS; index++) {
			const workflow = await n8n.createWorkflow(orderFlow(`${name}-${index}`, login));
			await n8n.activate(workflow);
			workflows.push(workflow);
		}
		return new Orders(sandbox, n8n, workflows);
	}

	/** Starts all workflows at once, each with some orders. */
	async post(round: string, count: number): Promise<string[]> {
		for (const { id, name } of this.workflows)
			this.batches.set(
				id,
				Array.from({ length: count }, (_, index) => `${name}-${round}-${index}`),
			);
		await Promise.all(this.workflows.map(async (workflow) => await this.send(workflow)));
		return [...this.batches.values()].flat();
	}

	/** A post that n8n does not confirm is repeated, as shops do. */
	private async send({ id, name }: StoredWorkflow): Promise<void> {
		const orders = this.batches.get(id) ?? [];
		const post = async (): Promise<true | undefined> => {
			const response = await fetch(`${this.n8n.url}/webhook/${name}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ orders }),
			}).catch(() => undefined);
			return response?.ok || undefined;
		};
		await waitFor(`n8n to receive ${orders[0]}`, 120, post, 2000);
	}

	/** How many sales invoices Procountor holds for each of these numbers. */
	copies(numbers: string[]): number[] {
		const found = new Map<string, number>();
		for (const { record } of this.sandbox.world.company(DEMO.companyId).register(invoices).all()) {
			const number = String(record.originalInvoiceNumber ?? '');
			found.set(number, (found.get(number) ?? 0) + 1);
		}
		return numbers.map((number) => found.get(number) ?? 0);
	}

	async executions(): Promise<Execution[]> {
		return (await Promise.all(this.workflows.map(async ({ id }) => await this.n8n.executions(id)))).flat();
	}

	/** Waits until no execution is under way. What n8n gave up is posted again. */
	async settle(limitSeconds: number, keepAlive: () => Promise<unknown> = async () => undefined): Promise<void> {
		await waitFor(
			'all executions to end',
			limitSeconds,
			async () => {
				await keepAlive();
				// A process that starts, or a busy database, refuses for a while.
				return await this.postFailedAgain().catch(() => undefined);
			},
			2000,
		);
	}

	/** Posts orders again of which there is no invoice. @returns how many */
	async postMissing(): Promise<number> {
		const missing = this.workflows.filter(({ id }) => this.copies(this.batches.get(id) ?? []).includes(0));
		await Promise.all(missing.map(async (workflow) => await this.send(workflow)));
		return missing.length * (this.batches.get(missing[0]?.id ?? '')?.length ?? 0);
	}

	/** @returns true when nothing is under way and nothing has failed since the last look */
	private async postFailedAgain(): Promise<true | undefined> {
		if (await this.n8n.isBusy()) return undefined;
		const failed = (await this.executions()).filter((one) => one.status !== 'success' && !this.seen.has(one.id));
		for (const { id } of failed) this.seen.add(id);
		this.givenUp += failed.length;
		for (const { id } of failed) {
			const { result } = await this.n8n.readExecution(id);
			const reason = result.resultData.error?.message ?? 'no message';
			this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
		}
		const again = this.workflows.filter(({ id }) => failed.some(({ workflowId }) => workflowId === id));
		await Promise.all(again.map(async (workflow) => await this.send(workflow)));
		return failed.length === 0 || undefined;
	}
}
