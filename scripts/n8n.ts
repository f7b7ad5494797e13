/**
 * `npm run n8n`: a full n8n with this package, the sandbox, connected credentials and the example workflows, ready to look at.
 *
 * Everything is fresh at each start. PORT moves n8n from port 5678; `-- --once` ends as soon as all is ready.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowDefinition } from '../test/e2e/driver';
import { logInByPage } from '../test/e2e/login';
import {
	callbackOf,
	clientData,
	owner,
	registerCallback,
	startStage,
	withCredentials,
	type Stage,
} from '../test/e2e/stage';
import { DEMO } from '../test/sandbox';

const projectRoot = join(__dirname, '..');
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

async function fill({ n8n, server, sandbox }: Stage): Promise<void> {
	const client = clientData(sandbox);
	const key = await n8n.createCredential('procountorApi', 'Procountor sandbox (API key)', {
		...client,
		apiKey: DEMO.keys.admin,
	});
	const login = await n8n.createCredential('procountorOAuth2Api', 'Procountor sandbox (login)', client);
	registerCallback(sandbox, server);
	const user = { user: '1001', company: String(DEMO.companyId) };
	await n8n.visit(await logInByPage(await n8n.authorizationUrl(login), user, callbackOf(server)));
	for (const workflow of examples()) {
		const { id, name } = await n8n.createWorkflow(
			withCredentials(workflow, { procountorApi: key, procountorOAuth2Api: login }),
		);
		print(`  ${n8n.url}/workflow/${id}  ${name}`);
	}
}

async function main(): Promise<void> {
	const stage = await startStage({
		folder: join(projectRoot, '.scratch', 'n8n-demo'),
		port: Number(process.env.PORT ?? 5678),
		sandbox: { clock: { flowing: true } },
		print,
	});
	const { server, sandbox, close } = stage;
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void close().then(() => process.exit(0)));
	try {
		print('Example workflows:');
		await fill(stage);
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
