/**
 * The packed package in a real n8n, against the sandbox: from the installation to a trigger that survives a crash.
 * The steps build on each other; when one fails, the rest fail at once.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CREDENTIAL_BLANKING_VALUE, type INodeParameters } from 'n8n-workflow';
import { DEMO, startSandbox, type Sandbox } from '../sandbox';
import { N8nDriver, type ExecutionWithData, type StoredWorkflow } from './driver';
import { installN8n, n8nVersion, packProject, unpackInto, type Installation } from './install';
import { run, waitFor } from './processes';
import { searchForSecrets } from './runData';
import { N8nServer } from './server';
import { stepsWithLog } from './steps';
import { connectOAuth2, itemsOf, keyData, tell, tokenCalls } from './session';
import { clientData, owner } from './stage';
import { manualWorkflow, nodeName, packageName, triggerName, triggerWorkflow, type Login } from './workflows';

const minute = 60_000;
const scratch = join(__dirname, '..', '..', '.scratch', 'e2e');
const userFolder = join(scratch, 'user');
const encryptionKey = 'a key for this test alone';
const pollSeconds = 3;
const wrongKey = 'wrong-key-0123456789';

let installation: Installation;
let sandbox: Sandbox;
let server: N8nServer;
let n8n: N8nDriver;
let keyLogin: Login;
let oauthLogin: Login;
const executions: ExecutionWithData[] = [];

const { print, step } = stepsWithLog(join(scratch, 'e2e.log'));

async function runByHand(name: string, login: Login, parameters: INodeParameters): Promise<ExecutionWithData> {
	const execution = await n8n.runWorkflow(
		await n8n.createWorkflow(manualWorkflow(name, login, parameters)),
		'When clicking Execute',
	);
	executions.push(execution);
	return execution;
}

beforeAll(() => rmSync(scratch, { recursive: true, force: true }));

afterAll(async () => {
	await server?.stop();
	await sandbox?.close();
});

step(
	`n8n ${n8nVersion} is installed`,
	async () => {
		installation = await installN8n(print);
		const { node, n8n: script, environment } = installation;
		const version = await run(node, [script, '--version'], { cwd: scratch, env: environment, limitMinutes: 2 });
		expect(version.trim()).toBe(n8nVersion);
	},
	35 * minute,
);

step(
	'The package is packed and unpacked into the folder that n8n loads',
	async () => {
		const packed = await packProject(scratch);
		print(
			`${packed.name} ${packed.version}: ${packed.files.length} files, ${(packed.size / 1000).toFixed(1)} KB packed`,
		);
		expect(packed.name).toBe(packageName);
		await unpackInto(userFolder, packed);
	},
	8 * minute,
);

step('n8n starts and offers the nodes', async () => {
	sandbox = await startSandbox({ clock: { flowing: true } });
	server = await N8nServer.create({ installation, userFolder, encryptionKey });
	await server.start();
	n8n = new N8nDriver(server.url);
	await n8n.setUpOwner(owner);
	const types = (await n8n.nodeTypes()).filter(({ name }) => name.startsWith(packageName));
	for (const { name, displayName } of types) print(`node type ${name} ("${displayName}")`);
	expect(types.map(({ name }) => name)).toEqual(
		expect.arrayContaining([
			`${packageName}.procountor`,
			`${packageName}.procountorTool`,
			`${packageName}.procountorTrigger`,
		]),
	);
});

step('n8n serves the output schema of an operation, so that fields can be mapped before a run', async () => {
	const address = `${server.url}/schemas/${packageName}.procountor/1.0.0/invoice/getAll.json`;
	const { status, text } = await n8n.visit(address);
	expect(status).toBe(200);
	const { properties } = JSON.parse(text) as { properties: Record<string, { type: string }> };
	print(`schema of invoice/getAll: ${Object.keys(properties).join(', ')}`);
	expect(properties.partnerName).toEqual({ type: 'string' });
});

step('The test of the API key credential succeeds', async () => {
	const credential = await n8n.createCredential('procountorApi', 'Sandbox key', keyData(sandbox));
	keyLogin = { authentication: 'apiKey', type: 'procountorApi', credential };
	const result = await n8n.testCredential('procountorApi', credential, keyData(sandbox));
	print(`credential test: ${result.status}, "${result.message}"`);
	expect(result.status).toBe('OK');
});

step('The credential test reports a wrong API key without showing it', async () => {
	const result = await n8n.testCredential('procountorApi', keyLogin.credential, keyData(sandbox, wrongKey));
	print(`credential test with a wrong key: ${result.status}, "${result.message}"`);
	expect(result.status).toBe('Error');
	expect(result.message).not.toBe('');
	expect(result.message).not.toContain(wrongKey);
});

step('The OAuth2 credential is connected through the login page', async () => {
	const credential = await connectOAuth2(n8n, sandbox);
	oauthLogin = { authentication: 'oAuth2', type: 'procountorOAuth2Api', credential };
	print(`login by code at the sandbox: ${tokenCalls(sandbox, 'authorization_code').length}`);
	expect(tokenCalls(sandbox, 'authorization_code')).toHaveLength(1);
	// The editor never has the tokens: with a placeholder instead, n8n uses the stored ones.
	const result = await n8n.testCredential('procountorOAuth2Api', credential, {
		...clientData(sandbox),
		oauthTokenData: CREDENTIAL_BLANKING_VALUE,
	});
	print(`credential test: ${result.status}, "${result.message}"`);
	expect(result.status).toBe('OK');
});

step('A manual workflow works with each credential', async () => {
	for (const login of [keyLogin, oauthLogin]) {
		const session = await runByHand(`Session with ${login.type}`, login, {
			resource: 'company',
			operation: 'getSession',
		});
		print(`${login.type}: ${tell(session)}, ${JSON.stringify(itemsOf(session, nodeName))}`);
		expect(session.status).toBe('success');
		const invoices = await runByHand(`Invoices with ${login.type}`, login, {
			resource: 'invoice',
			operation: 'getAll',
			returnAll: true,
		});
		print(`${login.type}: ${tell(invoices)}, ${itemsOf(invoices, nodeName).length} invoices`);
		expect(invoices.status).toBe('success');
		expect(itemsOf(invoices, nodeName).length).toBeGreaterThan(0);
	}
});

step('Both logins are renewed once after their tokens expire', async () => {
	const before = {
		key: tokenCalls(sandbox, 'client_credentials').length,
		refresh: tokenCalls(sandbox, 'refresh_token').length,
	};
	sandbox.state.auth.revokeTokens();
	for (const login of [keyLogin, oauthLogin]) {
		const run = await runByHand(`Renewal with ${login.type}`, login, { resource: 'company', operation: 'getSession' });
		print(`${login.type} after its token ended: ${tell(run)}`);
		expect(run.status).toBe('success');
	}
	const renewed = {
		key: tokenCalls(sandbox, 'client_credentials').length - before.key,
		refresh: tokenCalls(sandbox, 'refresh_token').length - before.refresh,
	};
	print(`renewals at the sandbox: ${renewed.refresh} with the refresh token, ${renewed.key} with the API key`);
	expect(renewed).toEqual({ key: 1, refresh: 1 });
});

const newInvoice = (number: number): INodeParameters => ({
	resource: 'invoice',
	operation: 'create',
	counterPartyName: `Kahvila ${number} Oy`,
	date: '2026-10-01',
	dueDate: '2026-10-15',
	bankAccount: 'FI2112345600000785',
	specifyRows: 'json',
	invoiceRowsJson: JSON.stringify([
		{ product: 'Kahvi', quantity: number, unit: 'KILOGRAM', unitPrice: 12.5, vatPercent: 13.5, discountPercent: 0 },
	]),
	sendingFields: { language: 'FINNISH' },
});

async function createInvoice(number: number): Promise<number> {
	const run = await runByHand(`Create invoice ${number}`, keyLogin, newInvoice(number));
	if (run.status !== 'success') throw new Error(tell(run));
	return Number(itemsOf(run, nodeName)[0].id);
}

/** Waits until the trigger has started `count` executions that have ended, and returns the IDs that each received. */
async function emissions(workflow: StoredWorkflow, count: number): Promise<number[][]> {
	const ended = await waitFor(`${count} executions of the trigger`, 60, async () => {
		const found = (await n8n.executions(workflow.id)).filter(
			({ status }) => !['new', 'running', 'waiting'].includes(status),
		);
		return found.length >= count ? found : undefined;
	});
	const read = await Promise.all(ended.map(async ({ id }) => await n8n.readExecution(id)));
	return read.map((execution) => itemsOf(execution, triggerName).map(({ id }) => Number(id)));
}

const polls = () =>
	sandbox.journal.entries.filter(({ method, contractPath }) => method === 'GET' && contractPath === '/invoices').length;

/** Waits for polls that find nothing, so that a restart can lose what they remember. */
async function pollInVain(): Promise<void> {
	const before = polls();
	await waitFor('a poll', 30, async () => (polls() > before + 1 ? true : undefined));
}

step(
	'The trigger emits each new invoice once, even across a crash of n8n',
	async () => {
		const workflow = await n8n.createWorkflow(
			triggerWorkflow('New invoices', keyLogin, { event: 'invoiceCreated' }, pollSeconds),
		);
		await n8n.activate(workflow);
		await pollInVain();
		expect(await n8n.executions(workflow.id)).toEqual([]);
		const created: number[] = [];

		created.push(await createInvoice(1), await createInvoice(2));
		await emissions(workflow, 1);
		await pollInVain();
		created.push(await createInvoice(3));
		await waitFor('all three', 60, async () => ((await emissions(workflow, 1)).flat().length >= 3 ? true : undefined));
		await pollInVain();

		const beforeCrash = (await n8n.executions(workflow.id)).length;
		await server.kill();
		const arrived = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' });
		print(`n8n was killed after ${beforeCrash} executions of the trigger; meanwhile invoice ${arrived.id} arrived`);
		created.push(arrived.id);
		await server.start();
		await n8n.logIn(owner);
		await emissions(workflow, beforeCrash + 1);
		await pollInVain();
		created.push(await createInvoice(4));
		const emitted = await waitFor('the last invoice', 60, async () => {
			const all = await emissions(workflow, beforeCrash + 1);
			return all.flat().length >= created.length ? all : undefined;
		});
		await pollInVain();
		await n8n.deactivate(workflow);

		for (const { id } of await n8n.executions(workflow.id)) {
			const execution = await n8n.readExecution(id);
			executions.push(execution);
			print(`${tell(execution)}, emitted ${JSON.stringify(itemsOf(execution, triggerName).map((item) => item.id))}`);
			expect(execution.status).toBe('success');
		}
		print(
			`the sandbox was asked for invoices ${polls()} times; ${emitted.length} polls emitted ${emitted.map((ids) => ids.length).join(' + ')} invoices`,
		);
		expect(emitted.flat().sort((a, b) => a - b)).toEqual(created.sort((a, b) => a - b));
		expect(emitted.length).toBeGreaterThanOrEqual(3);
	},
	6 * minute,
);

/** Every secret and token in n8n's own store at the end. */
async function secretsOfN8n(): Promise<string[]> {
	const stored = await server.exportCredentials();
	const secrets = stored.flatMap(({ data }) => {
		const tokens = (data.oauthTokenData ?? {}) as { access_token?: string; refresh_token?: string };
		return [data.clientSecret, data.apiKey, data.accessToken, tokens.access_token, tokens.refresh_token];
	});
	const known = [...new Set(secrets.filter((secret): secret is string => typeof secret === 'string'))];
	expect(known).toEqual(expect.arrayContaining([DEMO.client.secret, DEMO.keys.admin]));
	// Two secrets of the client and key, an access token for each login, and a refresh token.
	expect(known).toHaveLength(5);
	return known;
}

step('No log or execution data of n8n contains a secret', async () => {
	await server.stop();
	const result = searchForSecrets(
		{
			'e2e-n8n.log': readFileSync(server.logFile, 'utf8'),
			'e2e-executions.log': executions.map(({ text }) => text).join('\n'),
			'e2e.log': readFileSync(join(scratch, 'e2e.log'), 'utf8'),
		},
		[wrongKey, ...(await secretsOfN8n())],
	);
	print(result.output);
	expect(executions.length).toBeGreaterThan(5);
	expect(result.status).toBe(0);
});
