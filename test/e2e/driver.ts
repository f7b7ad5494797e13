/** Drives n8n through the REST interface that its editor uses. */
import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import type { IConnections, ICredentialDataDecryptedObject, INode, IRunExecutionData } from 'n8n-workflow';
import { waitFor } from './processes';

export interface Owner {
	email: string;
	password: string;
}

export interface CredentialReference {
	id: string;
	name: string;
}

export interface WorkflowDefinition {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: object;
}

export interface StoredWorkflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
}

export interface Execution {
	id: string;
	status: string;
	mode: string;
	workflowId: string;
	startedAt: string;
	stoppedAt: string;
}

export interface ExecutionWithData extends Execution {
	result: IRunExecutionData;
	/** The execution as n8n sent it, to be searched for what must not be in it. */
	text: string;
}

export interface ListSearch {
	/** The node that the user edits. */
	node: INode;
	/** The field, such as `parameters.counterParty`. */
	path: string;
	methodName: string;
	filter?: string;
}

/** An answer of n8n that was not a success. */
export class N8nRefusal extends Error {
	constructor(
		readonly status: number,
		readonly body: string,
		request: string,
	) {
		super(`${request}: ${status} ${body.slice(0, 500)}`);
	}
}

export interface DataTable {
	id: string;
	projectId: string;
}

export class N8nDriver {
	private cookie = '';

	// n8n binds a session to the browser that it began in.
	private readonly browserId = randomUUID();

	constructor(readonly url: string) {}

	/** Makes the first user of a fresh n8n, and logs in. */
	async setUpOwner({ email, password }: Owner): Promise<void> {
		await this.call('POST', '/rest/owner/setup', { email, password, firstName: 'Example', lastName: 'Owner' });
		await this.logIn({ email, password });
	}

	async logIn({ email, password }: Owner): Promise<void> {
		const response = await this.send('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		this.cookie = response.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
	}

	/** Descriptions of all node types that n8n offers. */
	async nodeTypes(): Promise<Array<{ name: string; displayName: string; version: number | number[] }>> {
		const response = await this.send('GET', '/types/nodes.json');
		return (await response.json()) as Array<{ name: string; displayName: string; version: number | number[] }>;
	}

	async createCredential(
		type: string,
		name: string,
		data: ICredentialDataDecryptedObject,
	): Promise<CredentialReference> {
		return await this.call('POST', '/rest/credentials', { type, name, data });
	}

	/** Makes a data table of n8n. @param columns their types by their names */
	async createDataTable(name: string, columns: Record<string, 'string' | 'number'>): Promise<DataTable> {
		const { id: projectId } = await this.call<{ id: string }>('GET', '/rest/projects/personal');
		const { id } = await this.call<{ id: string }>('POST', `/rest/projects/${projectId}/data-tables`, {
			name,
			columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
		});
		return { id, projectId };
	}

	/** The first rows of a data table, at most 250. */
	async dataTableRows({ id, projectId }: DataTable): Promise<Array<Record<string, unknown>>> {
		const path = `/rest/projects/${projectId}/data-tables/${id}/rows?take=250`;
		return (await this.call<{ data: Array<Record<string, unknown>> }>('GET', path)).data;
	}

	/** All saved credentials. */
	async credentials(): Promise<Array<CredentialReference & { type: string }>> {
		return await this.call('GET', '/rest/credentials');
	}

	/** Presses 'Test' for a saved credential with the given form content. */
	async testCredential(
		type: string,
		{ id, name }: CredentialReference,
		data: ICredentialDataDecryptedObject,
	): Promise<{ status: string; message: string }> {
		return await this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	/** What n8n holds of a credential, with secrets replaced by placeholders, as the editor gets it. */
	async readCredential(id: string): Promise<{ data: ICredentialDataDecryptedObject }> {
		return await this.call('GET', `/rest/credentials/${id}?includeData=true`);
	}

	/** The address of the service's login page to which 'Connect my account' leads. */
	async authorizationUrl({ id }: CredentialReference): Promise<string> {
		return await this.call('GET', `/rest/oauth2-credential/auth?id=${encodeURIComponent(id)}`);
	}

	/** Goes to an address of n8n as the user's browser would, for instance to a callback. */
	async visit(address: string): Promise<{ status: number; text: string }> {
		const response = await fetch(address, { headers: this.headers() });
		return { status: response.status, text: await response.text() };
	}

	async createWorkflow(workflow: WorkflowDefinition): Promise<StoredWorkflow> {
		return await this.call('POST', '/rest/workflows', {
			...workflow,
			// n8n 1 requires it; n8n 2 activates by a call of its own.
			active: false,
			settings: { executionOrder: 'v1', ...workflow.settings },
		});
	}

	async readWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.call('GET', `/rest/workflows/${id}`);
	}

	/** Starts a workflow by hand and waits for its end. */
	async runWorkflow(workflow: StoredWorkflow, triggerName: string, limitSeconds = 60): Promise<ExecutionWithData> {
		const executionId = await this.startWorkflow(workflow, triggerName);
		return await waitFor(`execution ${executionId}`, limitSeconds, async () => {
			const execution = await this.readExecution(executionId);
			// n8n 1 stores the status of an execution that failed at once before its data.
			const isStored = (execution.result as IRunExecutionData | undefined)?.resultData !== undefined;
			return !isStored || ['new', 'running', 'waiting'].includes(execution.status) ? undefined : execution;
		});
	}

	/** Starts a workflow by hand; returns the execution's ID. */
	async startWorkflow(workflow: StoredWorkflow, triggerName: string): Promise<string> {
		const path = `/rest/workflows/${workflow.id}/run`;
		// n8n 1 wants the workflow along; n8n 2 ignores it.
		const body = { workflowData: workflow, triggerToStartFrom: { name: triggerName } };
		const { executionId } = await this.call<{ executionId?: string }>('POST', path, body);
		if (!executionId) throw new Error(`n8n started no execution of workflow ${workflow.id}`);
		return executionId;
	}

	/** Waits for a test event as the editor's button does: n8n registers the test URL of the webhook trigger. */
	async listen({ id }: StoredWorkflow, triggerName: string): Promise<void> {
		const body = { triggerToStartFrom: { name: triggerName } };
		const { waitingForWebhook } = await this.call<{ waitingForWebhook?: boolean }>(
			'POST',
			`/rest/workflows/${id}/run`,
			body,
		);
		if (!waitingForWebhook) throw new Error(`n8n does not wait for a test event of workflow ${id}`);
	}

	/** Ends the waiting for a test event. */
	async stopListening({ id }: StoredWorkflow): Promise<void> {
		await this.call('DELETE', `/rest/test-webhook/${id}`);
	}

	/** Current releases answer before the triggers run. */
	async activate(workflow: StoredWorkflow): Promise<void> {
		await this.setActive(workflow, true);
	}

	async deactivate(workflow: StoredWorkflow): Promise<void> {
		await this.setActive(workflow, false);
	}

	private async setActive({ id, versionId }: StoredWorkflow, active: boolean): Promise<void> {
		try {
			const path = `/rest/workflows/${id}/${active ? 'activate' : 'deactivate'}`;
			await this.call('POST', path, active ? { versionId } : {});
		} catch (error) {
			if (!(error instanceof N8nRefusal) || error.status !== 404) throw error;
			// n8n 1 has no call of its own for it.
			await this.call('PATCH', `/rest/workflows/${id}`, { active, versionId });
		}
	}

	/** Searches as the editor does when a user types in a 'From List' field. */
	async searchList(search: ListSearch): Promise<Array<{ name: string; value: string | number }>> {
		const { node, path, methodName, filter } = search;
		const { results } = await this.call<{ results: Array<{ name: string; value: string | number }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
				currentNodeParameters: node.parameters,
				credentials: node.credentials,
				path,
				methodName,
				filter,
			},
		);
		return results;
	}

	/** Executions of a workflow, the oldest first. */
	async executions(workflowId: string): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Execution[] }>('GET', `/rest/executions?filter=${filter}&limit=100`);
		return results.sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** All executions of a workflow from an ID on, the newest first. */
	async executionsFrom(workflowId: string, firstId: number): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const all: Execution[] = [];
		for (let cursor: string | null = ''; cursor !== null;) {
			const page: { results: Execution[]; nextCursor: string | null } = await this.call(
				'GET',
				`/rest/executions?filter=${filter}&limit=100${cursor && `&cursor=${cursor}`}`,
			);
			const wanted = page.results.filter(({ id }) => Number(id) >= firstId);
			all.push(...wanted);
			cursor = wanted.length < page.results.length ? null : page.nextCursor;
		}
		return all;
	}

	/** Whether any execution waits or runs, of any workflow. */
	async isBusy(): Promise<boolean> {
		const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running', 'waiting'] }));
		const { results } = await this.call<{ results: Execution[] }>('GET', `/rest/executions?filter=${filter}&limit=1`);
		return results.length > 0;
	}

	/** How many executions of a workflow succeeded. */
	async countExecutions(workflowId: string): Promise<number> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
		const { count } = await this.call<{ count: number }>('GET', `/rest/executions?filter=${filter}&limit=1`);
		return count;
	}

	async readExecution(id: string): Promise<ExecutionWithData> {
		const execution = await this.call<Execution & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...execution, text: execution.data, result: parse(execution.data) as IRunExecutionData };
	}

	/** A file of an execution, as the editor downloads it; n8n keeps it outside the execution under this id. */
	async readFile(id: string): Promise<Buffer> {
		const response = await this.send('GET', `/rest/binary-data?action=download&id=${encodeURIComponent(id)}`);
		return Buffer.from(await response.arrayBuffer());
	}

	private headers(): Record<string, string> {
		return { cookie: this.cookie, 'browser-id': this.browserId };
	}

	private async call<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await this.send(method, path, body);
		return ((await response.json()) as { data: T }).data;
	}

	private async send(method: string, path: string, body?: object): Promise<Response> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: { ...this.headers(), ...(body && { 'content-type': 'application/json' }) },
			body: body && JSON.stringify(body),
		});
		if (!response.ok) throw new N8nRefusal(response.status, await response.text(), `${method} ${path}`);
		return response;
	}
}
