/**
 * Runs a built package inside n8n's real engine: n8n-core's loader, contexts, request helpers and WorkflowExecute, with the
 * package's own credential classes. Only the parts of n8n's server are written here: the credential store and the rules for
 * storing the static data of a trigger.
 */
import { inGroups } from './groups';
import './environment';
import {
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialStore, type CredentialData, type SavedCredential } from './credentials';
import { testCredential, type CredentialTestResult } from './credentialTest';
import { projectRoot } from './environment';
import { logs } from './logs';
import { LoadedPackages, startNodeTypes, type LoadOptions } from './package';
import { listSearch, loadOptions } from './pickers';
import { Poller } from './poll';
import { execute, type RunResult } from './run';

export type { CredentialData, SavedCredential } from './credentials';
export type { CredentialTestResult } from './credentialTest';
export type { LogEntry } from './logs';
export type { ExecutionFailure, RunResult } from './run';
export type { Poller } from './poll';
export { chain } from './run';

/** By credential type: entered values, which are saved as a new credential, or a saved credential, whose token is used and renewed. */
export type GivenCredentials = Record<string, CredentialData | SavedCredential>;

export interface NodeOptions {
	/** Type of the node; without a package in front, one of the package under test. */
	type: string;
	typeVersion?: number;
	name?: string;
	parameters?: INodeParameters;
	credentials?: GivenCredentials;
	/** Settings beside the parameters: `continueOnFail`, `onError`, `retryOnFail`, `maxTries`, `waitBetweenTries`, `executeOnce`, … */
	settings?: Partial<INode>;
}

export interface RunNodeOptions extends NodeOptions {
	/** Input items; one empty item by default. Plain objects without `json` become the json of an item. */
	items?: Array<INodeExecutionData | IDataObject>;
	mode?: WorkflowExecuteMode;
	/** Stops the execution, as a person or a time limit does. */
	cancel?: AbortSignal;
	/** Retries the execution if it fails, as n8n's 'Retry execution' does. */
	retryExecution?: boolean;
	/** How often the node runs, each time with the items, as in a loop; once by default. */
	rounds?: number;
	/** The static data of an active workflow, which n8n saves after each execution and passes to the next one. */
	workflowData?: { saved?: IDataObject };
	/** Settings of the workflow, such as `binaryMode`. */
	workflowSettings?: IDataObject;
}

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
	staticData?: IDataObject;
}

export interface RunWorkflowOptions {
	/** Used by every node that names the type, whatever id the workflow has. */
	credentials?: GivenCredentials;
	/** The node to begin with; by default the workflow's trigger, else its first node without input. */
	start?: string;
	/** Items that the start node returns; a polling trigger in mode 'manual' polls instead. */
	items?: Array<INodeExecutionData | IDataObject>;
	mode?: WorkflowExecuteMode;
	/** The node whose items are returned; by default the last one that ran. */
	resultOf?: string;
}

export interface PickerOptions extends Omit<NodeOptions, 'settings' | 'name'> {
	/** The path of the field in the node, for example 'parameters.invoiceId'. */
	path?: string;
	filter?: string;
	paginationToken?: string;
}

const toItem = (item: INodeExecutionData | IDataObject): INodeExecutionData =>
	typeof item.json === 'object' && item.json !== null ? (item as INodeExecutionData) : { json: item as IDataObject };

export class Engine {
	readonly logs = logs;

	private readonly store: CredentialStore;

	/** How often n8n has read a credential from its database. */
	get credentialReads(): number {
		return this.store.reads;
	}

	private constructor(readonly packages: LoadedPackages) {
		this.store = new CredentialStore(packages);
	}

	/**
	 * @param directories folders of built packages, the one under test first; by default this project
	 * @throws when a package is not built
	 */
	static async start(directories: string[] = [projectRoot], options: LoadOptions = {}): Promise<Engine> {
		return new Engine(await LoadedPackages.load(directories, options));
	}

	/** Saves a credential that several runs share, with the token that the first run requests. */
	saveCredential(type: string, data: CredentialData): SavedCredential {
		return this.store.save(type, data);
	}

	/** Runs one node after a start node that returns the items. */
	async runNode({
		items = [{}],
		mode = 'manual',
		cancel,
		retryExecution,
		rounds = 1,
		workflowData,
		workflowSettings,
		...options
	}: RunNodeOptions): Promise<RunResult> {
		const start = this.node({ type: startNodeTypes[0], name: 'Start' });
		const node = this.node(options);
		const connection = { node: node.name, type: 'main' as const, index: 0 };
		const connections = { [start.name]: { main: [Array.from({ length: rounds }, () => connection)] } };
		const workflow = this.workflow({
			nodes: [start, node],
			connections,
			settings: workflowSettings,
			staticData: workflowData?.saved,
		});
		const result = await execute({
			workflow,
			credentials: this.store,
			start,
			items: items.map(toItem),
			mode,
			resultOf: node.name,
			cancel,
			retryExecution,
		});
		if (workflowData) workflowData.saved = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return result;
	}

	/** Runs a whole workflow. Node types that are not loaded are refused by name. */
	async runWorkflow(
		json: WorkflowJson,
		{ items = [{}], mode = 'manual', ...options }: RunWorkflowOptions = {},
	): Promise<RunResult> {
		const saved = this.references(options.credentials);
		const nodes = structuredClone(json.nodes).map((node) => ({
			...node,
			credentials:
				node.credentials &&
				Object.fromEntries(Object.entries(node.credentials).map(([type, old]) => [type, saved[type] ?? old])),
		}));
		const workflow = this.workflow({ ...json, nodes });
		const start = options.start ? workflow.nodes[options.start] : (workflow.getStartNode() ?? this.firstNode(workflow));
		return await execute({
			workflow,
			credentials: this.store,
			start,
			items: items.map(toItem),
			mode,
			resultOf: options.resultOf,
		});
	}

	/**
	 * Activates a polling trigger without polling; the first `poll()` is the one of the activation.
	 * @param staticData the stored static data, if the node is not new
	 */
	poller(options: NodeOptions, staticData?: IDataObject): Poller {
		const node = this.node(options);
		return new Poller(this.packages, this.store, node, staticData && { [`node:${node.name}`]: staticData });
	}

	/** @throws the error of the method */
	async listSearch(methodName: string, { path = 'parameters.id', filter, paginationToken, ...options }: PickerOptions) {
		return await listSearch(this.packages, this.store, this.node(options), path, methodName, filter, paginationToken);
	}

	/** @throws the error of the method */
	async loadOptions(methodName: string, { path = 'parameters.id', ...options }: PickerOptions) {
		return await loadOptions(this.packages, this.store, this.node(options), path, methodName);
	}

	/** Presses the credential's 'Test' button. */
	async testCredential(type: string, credential: CredentialData | SavedCredential): Promise<CredentialTestResult> {
		return await testCredential(this.packages, this.store, this.saved(type, credential));
	}

	private saved(type: string, given: CredentialData | SavedCredential): SavedCredential {
		return isSaved(given) ? given : this.store.save(type, given);
	}

	private references(given: GivenCredentials = {}) {
		const entries = Object.entries(given).map(([type, credential]) => [type, this.saved(type, credential)] as const);
		return Object.fromEntries(entries.map(([type, { id, name }]) => [type, { id, name }]));
	}

	private node({ type, typeVersion, name, parameters = {}, credentials, settings }: NodeOptions): INode {
		const fullName = this.packages.fullName(type);
		const { description } = this.packages.getByNameAndVersion(fullName, typeVersion);
		const newest = [description.version].flat().at(-1) ?? 1;
		const label = name ?? String(description.defaults.name ?? description.displayName);
		return {
			id: `id of ${label}`,
			name: label,
			type: fullName,
			typeVersion: typeVersion ?? newest,
			position: [0, 0],
			parameters: structuredClone(inGroups(parameters)),
			...(credentials && { credentials: this.references(credentials) }),
			...settings,
		};
	}

	private workflow({ name, nodes, connections, settings, staticData }: WorkflowJson): Workflow {
		return new Workflow({
			id: 'workflow',
			name: name ?? 'Workflow',
			nodes,
			connections,
			active: false,
			staticData: staticData && structuredClone(staticData),
			nodeTypes: this.packages,
			settings: { executionOrder: 'v1', ...settings },
		});
	}

	private firstNode(workflow: Workflow): INode {
		const first = Object.values(workflow.nodes).find(({ name }) => workflow.getParentNodes(name).length === 0);
		if (!first) throw new Error('The workflow has no node to begin with');
		return first;
	}
}

function isSaved(given: CredentialData | SavedCredential): given is SavedCredential {
	return typeof given.id === 'string' && typeof given.type === 'string' && typeof given.data === 'object';
}
