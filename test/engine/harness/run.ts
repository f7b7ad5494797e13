/** Runs workflows with n8n's own WorkflowExecute, and records what n8n would have stored of each run. */
import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import { Container } from '@n8n/di';
import { parse, stringify } from 'flatted';
import {
	Workflow,
	createRunExecutionData,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type IRunData,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './credentials';
import { logs, type LogEntry } from './logs';
import { record } from './records';

/** An error as n8n stores it with an execution: its fields, no longer an instance. */
export interface ExecutionFailure extends IDataObject {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	stack?: string;
	context?: IDataObject;
}

export interface RunResult {
	status: string;
	/** Items by output of the requested node, or of the last one that ran. */
	items: INodeExecutionData[][];
	error?: ExecutionFailure;
	runData: IRunData;
	/** The hints that the editor shows at the node. */
	hints: NodeExecutionHint[];
	logs: LogEntry[];
}

let executions = 0;

const unavailable = (what: string) => (): never => {
	throw new Error(`${what} is not available in the engine harness`);
};

/** The data that n8n passes to every execution. The URLs are valid, because n8n-core parses them. */
export function additionalDataFor(
	credentials: CredentialStore,
	currentNodeParameters?: INodeParameters,
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:5678/';
	return {
		credentialsHelper: credentials,
		currentNodeExecutionIndex: 0,
		currentNodeParameters,
		executionId: String(++executions),
		variables: {},
		restApiUrl: `${base}rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}form`,
		formWaitingBaseUrl: `${base}form-waiting`,
		formTestBaseUrl: `${base}form-test`,
		webhookBaseUrl: `${base}webhook`,
		webhookWaitingBaseUrl: `${base}webhook-waiting`,
		webhookTestBaseUrl: `${base}webhook-test`,
		mcpBaseUrl: `${base}mcp`,
		mcpTestBaseUrl: `${base}mcp-test`,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		logAiEvent: () => {},
		executeWorkflow: unavailable('Running another workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable('A task runner'),
	};
}

/** The connections of two or more nodes in a row: `chain('Start', 'Procountor')`. */
export function chain(...names: string[]): IConnections {
	const pairs = names
		.slice(1)
		.map((name, index) => [names[index], { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]);
	return Object.fromEntries(pairs) as IConnections;
}

export interface Execution {
	workflow: Workflow;
	credentials: CredentialStore;
	/** The first node and its items. */
	start: INode;
	items: INodeExecutionData[];
	mode: WorkflowExecuteMode;
	/** The node whose items the result contains; by default the last one that ran. */
	resultOf?: string;
	/** Stops the execution, as a person or a time limit does. */
	cancel?: AbortSignal;
	/** Retries the stored execution if it fails, as n8n's 'Retry execution' does. */
	retryExecution?: boolean;
}

/** Runs a workflow to its end. Failures come as `error` of the result, as n8n stores them. */
export async function execute({
	workflow,
	credentials,
	start,
	items,
	mode,
	resultOf,
	cancel,
	retryExecution,
}: Execution): Promise<RunResult> {
	const firstLog = logs.entries.length;
	const additionalData = additionalDataFor(credentials);
	const workflowData = {
		id: workflow.id,
		name: workflow.name,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	};
	additionalData.hooks = new ExecutionLifecycleHooks(
		mode,
		additionalData.executionId ?? '',
		workflowData as IWorkflowBase,
	);
	const engine = new WorkflowExecute(additionalData, mode, createRunExecutionData());
	const triggerToStartFrom = {
		name: start.name,
		data: { data: { main: [items] }, startTime: 0, executionTime: 0, executionIndex: 0, source: [] },
	};
	let run: IRun;
	try {
		const running = engine.run({ workflow, startNode: start, triggerToStartFrom });
		cancel?.addEventListener('abort', () => running.cancel());
		run = await running;
		if (retryExecution && run.data.resultData.error) run = await retried(run, workflow, credentials);
	} catch (thrown) {
		// n8n fails before the first node, for example if a required parameter is missing.
		const error = { ...(thrown as object), message: (thrown as Error).message, stack: (thrown as Error).stack };
		record('execution', stringify({ error }));
		return { status: 'error', items: [], error, runData: {}, hints: [], logs: logs.since(firstLog) };
	}
	record('execution', stringify(run));
	const { runData, error, lastNodeExecuted } = run.data.resultData;
	const task = runData[resultOf ?? lastNodeExecuted ?? '']?.at(-1);
	return {
		status: run.status,
		items: (task?.data?.main ?? []).map((output) => output ?? []),
		error: error as ExecutionFailure | undefined,
		runData,
		hints: task?.hints ?? [],
		logs: logs.since(firstLog),
	};
}

/** Continues a failed execution, as n8n loads it from its database, in a new execution from the failed node. */
async function retried(failed: IRun, workflow: Workflow, credentials: CredentialStore): Promise<IRun> {
	const data = parse(stringify(failed.data)) as IRunExecutionData;
	const { runData, lastNodeExecuted = '' } = data.resultData;
	delete data.resultData.error;
	if (runData[lastNodeExecuted]?.at(-1)?.error !== undefined) runData[lastNodeExecuted].pop();
	const additionalData = additionalDataFor(credentials);
	const workflowData = { id: workflow.id, name: workflow.name } as IWorkflowBase;
	additionalData.hooks = new ExecutionLifecycleHooks('retry', additionalData.executionId ?? '', workflowData);
	return await new WorkflowExecute(additionalData, 'retry', data).processRunExecutionData(workflow);
}
