/** One n8n release with the packed package, a sandbox, and both credentials: what the cases of the matrix work with. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { N8nDriver, type ExecutionWithData, type WorkflowDefinition } from '../e2e/driver';
import { installRelease, unpackInto, versionsFolder, type PackedProject } from '../e2e/install';
import { waitFor } from '../e2e/processes';
import type { Release } from '../e2e/releases';
import { N8nServer } from '../e2e/server';
import { tell } from '../e2e/session';
import { owner } from '../e2e/stage';
import { startName, type Login } from '../e2e/workflows';

export interface World {
	release: Release;
	sandbox: Sandbox;
	server: N8nServer;
	n8n: N8nDriver;
	/** Set by the cases that save the credentials. */
	logins: Partial<Record<Login['authentication'], Login>>;
	/** Runs a workflow by hand; throws with n8n's message when it fails. */
	run(workflow: WorkflowDefinition): Promise<ExecutionWithData>;
	close(): Promise<void>;
}

/** Installs the release, unpacks the package, and starts n8n with a fresh database. */
export async function openWorld(
	release: Release,
	packed: PackedProject,
	print: (line: string) => void,
): Promise<World> {
	const installation = await installRelease(release, print);
	const userFolder = join(versionsFolder, 'users', release.version);
	rmSync(userFolder, { recursive: true, force: true });
	await unpackInto(userFolder, packed);
	const sandbox = await startSandbox({ clock: { flowing: true } });
	const server = await N8nServer.create({ installation, userFolder, encryptionKey: 'a key for the matrix alone' });
	const n8n = new N8nDriver(server.url);
	const close = async () => {
		await server.stop();
		await sandbox.close();
	};
	try {
		await server.start();
		await n8n.setUpOwner(owner);
	} catch (error) {
		await close();
		throw error;
	}
	const run = async (workflow: WorkflowDefinition) => {
		const execution = await n8n.runWorkflow(await n8n.createWorkflow(workflow), startName, 120);
		if (execution.status !== 'success') throw new Error(tell(execution));
		return execution;
	};
	return { release, sandbox, server, n8n, logins: {}, run, close };
}

/** The saved credential of a case that has run before. */
export function loginOf({ logins }: World, authentication: Login['authentication']): Login {
	const login = logins[authentication];
	if (!login) throw new Error(`The ${authentication} credential was not saved`);
	return login;
}

/** All items that a node returned, over all its runs. */
export const allItemsOf = (result: IRunExecutionData, node: string): IDataObject[] =>
	(result.resultData.runData[node] ?? []).flatMap((run) => (run.data?.main[0] ?? []).map(({ json }) => json));

/** Ends all access tokens as soon as a number of new requests to an operation have been answered, unless the run is over. */
export async function revokeAfter(
	sandbox: Sandbox,
	operation: string,
	count: number,
	over: AbortSignal,
): Promise<void> {
	const answered = () => sandbox.journal.to(operation).filter(({ status = 500 }) => status < 300).length;
	const enough = answered() + count;
	while (answered() < enough) {
		if (over.aborted) return;
		await new Promise((resolve) => {
			setTimeout(resolve, 2);
		});
	}
	sandbox.state.auth.revokeTokens();
}

/** Waits until a trigger's executions have ended, and gives what each was started with. */
export async function emitted(
	{ n8n }: World,
	workflowId: string,
	trigger: string,
	atLeast: number,
): Promise<IDataObject[]> {
	return await waitFor(`${atLeast} items of ${trigger}`, 90, async () => {
		const executions = await n8n.executions(workflowId);
		if (executions.some(({ status }) => ['new', 'running', 'waiting'].includes(status))) return undefined;
		const read = await Promise.all(executions.map(async ({ id }) => await n8n.readExecution(id)));
		const items = read.flatMap(({ result }) => allItemsOf(result, trigger));
		return items.length >= atLeast ? items : undefined;
	});
}
