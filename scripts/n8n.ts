/**
 * `npm run n8n`: a full n8n with this package, the sandbox, connected credentials and the example workflows, ready to look at.
 *
 * Everything is fresh at each start. PORT moves n8n from port 5678; `-- --once` ends as soon as all is ready.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { N8nDriver, type CredentialReference, type WorkflowDefinition } from '../test/e2e/driver';
import { installN8n, packProject, unpackInto } from '../test/e2e/install';
import { logInByPage } from '../test/e2e/login';
import { N8nServer } from '../test/e2e/server';
import { DEMO, startSandbox, type Sandbox } from '../test/sandbox';

const projectRoot = join(__dirname, '..');
const folder = join(projectRoot, '.scratch', 'n8n-demo');
const owner = { email: 'owner@example.com', password: 'Koivuranta1' };
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Example workflows as n8n exports them. */
function examples(): WorkflowDefinition[] {
	const path = join(projectRoot, 'examples');
	if (!existsSync(path)) return [];
	const files = readdirSync(path)
		.filter((name) => name.endsWith('.json'))
		.sort();
	return files.map((name) => ({
		name,
		...(JSON.parse(readFileSync(join(path, name), 'utf8')) as Omit<WorkflowDefinition, 'name'> & { name?: string }),
	}));
}

/** The workflow with the credentials of this n8n in the place of those it was exported with. */
function withCredentials(workflow: WorkflowDefinition, saved: Record<string, CredentialReference>): WorkflowDefinition {
	const nodes = workflow.nodes.map((node) => ({
		...node,
		...(node.credentials && {
			credentials: Object.fromEntries(
				Object.entries(node.credentials).map(([type, theirs]) => [type, saved[type] ?? theirs]),
			),
		}),
	}));
	const { name, connections, settings } = workflow;
	return { name, nodes, connections, settings };
}

async function fill(n8n: N8nDriver, sandbox: Sandbox, callback: string): Promise<void> {
	await n8n.setUpOwner(owner);
	const client = {
		environment: 'custom',
		baseUrl: sandbox.url,
		apiVersion: 'latest',
		requestsPerSecond: 50,
		clientId: DEMO.client.id,
		clientSecret: DEMO.client.secret,
	};
	const key = await n8n.createCredential('procountorApi', 'Procountor sandbox (API key)', {
		...client,
		apiKey: DEMO.keys.admin,
	});
	const login = await n8n.createCredential('procountorOAuth2Api', 'Procountor sandbox (login)', client);
	const registered = sandbox.world.clients.get(DEMO.client.id);
	if (registered) registered.redirectUri = callback;
	await n8n.visit(
		await logInByPage(await n8n.authorizationUrl(login), { user: '1001', company: String(DEMO.companyId) }, callback),
	);
	for (const workflow of examples()) {
		const { id, name } = await n8n.createWorkflow(
			withCredentials(workflow, { procountorApi: key, procountorOAuth2Api: login }),
		);
		print(`  ${n8n.url}/workflow/${id}  ${name}`);
	}
}

async function main(): Promise<void> {
	const installation = await installN8n(print);
	rmSync(folder, { recursive: true, force: true });
	print('Packing this package …');
	await unpackInto(join(folder, 'user'), await packProject(folder));
	const port = Number(process.env.PORT ?? 5678);
	const server = await N8nServer.create({
		installation,
		userFolder: join(folder, 'user'),
		port,
		encryptionKey: 'for looking around only',
	});
	const sandbox = await startSandbox({ clock: { flowing: true } });
	const close = async () => {
		await server.stop();
		await sandbox.close();
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void close().then(() => process.exit(0)));
	try {
		print('Starting n8n …');
		await server.start();
		print('Example workflows:');
		await fill(new N8nDriver(server.url), sandbox, `${server.url}/rest/oauth2-credential/callback`);
	} catch (error) {
		await close();
		throw error;
	}
	print(`
n8n       ${server.url}
Login     ${owner.email} / ${owner.password}
Sandbox   ${sandbox.url} (page: ${sandbox.url}/_sandbox/)
Both credentials are connected to ${sandbox.world.company(DEMO.companyId).name}.`);
	if (process.argv.includes('--once')) return await close();
	print('Stop with Ctrl+C.');
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
