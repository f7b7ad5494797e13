import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
	INodeParameters,
} from 'n8n-workflow';
import { CoverageRecord } from './reach/record';
import { DEMO, startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { Engine, type CredentialData, type RunResult, type SavedCredential } from './harness';

/** A sandbox and n8n's engine, for one test file; nothing of Procountor or n8n in it is replaced. */
export interface Bench {
	sandbox: Sandbox;
	engine: Engine;
	/** A credential for one of the sandbox's users, as a person would fill it in. */
	credential(more?: CredentialData): CredentialData;
	/** Runs an operation; items are the incoming ones, one empty item when left out. */
	run(resource: string, operation: string, parameters?: INodeParameters, more?: RunMore): Promise<RunResult>;
	/** The json of the items that came out; throws the run's own error when it failed. */
	json(resource: string, operation: string, parameters?: INodeParameters, more?: RunMore): Promise<IDataObject[]>;
	/** Has something happen in the sandbox that people or banks do: `steer('/secondfactors/<id>/confirm')`. */
	steer(path: string, body?: object): Promise<unknown>;
	/** What the sandbox was asked since the last `sandbox.journal.clear()`, `GET /invoices` …, token calls left out. */
	asked(): string[];
	close(): Promise<void>;
}

export interface RunMore {
	items?: Array<INodeExecutionData | IDataObject>;
	credential?: CredentialData | SavedCredential;
	settings?: Partial<INode>;
}

/** The json of the items that came out of a run. @throws the run's own error when it failed */
export function outputOf({ error, items }: RunResult): IDataObject[] {
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return items[0].map(({ json }) => json);
}

/** A record as it is chosen by its id. */
export const byId = (id: unknown): INodeParameterResourceLocator => ({ __rl: true, mode: 'id', value: String(id) });

/** Starts both; requests are not slowed down, since the tests of the pace have their own. */
export async function startBench(options: SandboxOptions = {}): Promise<Bench> {
	const sandbox = await startSandbox({ checkAnswers: true, ...options });
	const engine = await Engine.start();
	const coverage = new CoverageRecord(options.samplesOnly !== true);
	const credential = (more: CredentialData = {}): CredentialData => ({
		environment: 'custom',
		baseUrl: sandbox.url,
		clientId: DEMO.client.id,
		clientSecret: DEMO.client.secret,
		apiKey: DEMO.keys.admin,
		requestsPerSecond: 1000,
		...more,
	});
	const bench: Bench = {
		sandbox,
		engine,
		credential,
		async run(resource, operation, parameters = {}, more = {}) {
			const last = sandbox.journal.entries.at(-1)?.no ?? 0;
			const result = await engine.runNode({
				type: 'procountor',
				parameters: { resource, operation, ...parameters },
				credentials: { procountorApi: more.credential ?? credential() },
				...(more.items ? { items: more.items } : {}),
				...(more.settings ? { settings: more.settings } : {}),
			});
			const items = result.error ? 0 : (result.items[0]?.length ?? 0);
			coverage.add({
				operation: `${resource}: ${operation}`,
				requests: sandbox.journal.entries.filter(({ no }) => no > last),
				items,
			});
			return result;
		},
		async json(resource, operation, parameters, more) {
			return outputOf(await bench.run(resource, operation, parameters, more));
		},
		async steer(path, body = {}) {
			const answer = await fetch(`${sandbox.url}/_sandbox${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
			return await answer.json();
		},
		asked: () =>
			sandbox.journal.entries
				.filter(({ contractPath }) => contractPath !== '/oauth/token')
				.map(({ method, contractPath, path }) => `${method} ${contractPath ?? path}`),
		async close() {
			coverage.write();
			await sandbox.close();
		},
	};
	return bench;
}
