/** The rows of the matrix. Each case throws when it fails, and may return a few words about what it saw. */
import { strict as assert } from 'node:assert';
import { CREDENTIAL_BLANKING_VALUE, type IDataObject } from 'n8n-workflow';
import type { ExecutionWithData, StoredWorkflow } from '../e2e/driver';
import { connectOAuth2, itemsOf, keyData, tokenCalls } from '../e2e/session';
import { clientData, owner } from '../e2e/stage';
import { packageName, triggerName, triggerWorkflow, type Login } from '../e2e/workflows';
import { DEMO } from '../sandbox';
import { invoices } from '../sandbox/records/invoices/model';
import { file, flow, items, newInvoice, procountor } from './flows';
import { allItemsOf, emitted, loginOf, revokeAfter, type World } from './world';

export interface Case {
	name: string;
	run(world: World): Promise<string | void>;
}

type Authentication = Login['authentication'];
const title = { apiKey: 'API key', oAuth2: 'OAuth2' } as const;
const wrongKey = 'wrong-key-0123456789';

/** Bytes that a text encoding would change. */
const picture = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7 + (index >> 8)) % 256));

async function nodesLoad({ n8n }: World): Promise<string> {
	const names = (await n8n.nodeTypes()).map(({ name }) => name).filter((name) => name.startsWith(packageName));
	for (const name of ['procountor', 'procountorTrigger'])
		assert(names.includes(`${packageName}.${name}`), `no ${name}`);
	return names.map((name) => name.slice(packageName.length + 1)).join(', ');
}

async function keyIsAccepted(world: World): Promise<string> {
	const { n8n, sandbox, logins } = world;
	const credential = await n8n.createCredential('procountorApi', 'Sandbox key', keyData(sandbox));
	logins.apiKey = { authentication: 'apiKey', type: 'procountorApi', credential };
	const result = await n8n.testCredential('procountorApi', credential, keyData(sandbox));
	assert.equal(result.status, 'OK', result.message);
	return result.message;
}

async function wrongKeyIsReported(world: World): Promise<string> {
	const { n8n, sandbox } = world;
	const { credential } = loginOf(world, 'apiKey');
	const result = await n8n.testCredential('procountorApi', credential, keyData(sandbox, wrongKey));
	assert.equal(result.status, 'Error');
	assert.match(result.message, /key/i);
	assert(!result.message.includes(wrongKey), 'the message shows the key');
	return result.message;
}

async function oAuth2Connects(world: World): Promise<string> {
	const { n8n, sandbox, logins } = world;
	const credential = await connectOAuth2(n8n, sandbox);
	logins.oAuth2 = { authentication: 'oAuth2', type: 'procountorOAuth2Api', credential };
	// The editor never holds the tokens: a placeholder in their place makes n8n take the stored ones.
	const data = { ...clientData(sandbox), oauthTokenData: CREDENTIAL_BLANKING_VALUE };
	const result = await n8n.testCredential('procountorOAuth2Api', credential, data);
	assert.equal(result.status, 'OK', result.message);
	return result.message;
}

const getMany = (authentication: Authentication) => async (world: World) => {
	const parameters = { resource: 'invoice', operation: 'getAll', returnAll: true };
	const run = await world.run(flow('Get many', procountor('Get', loginOf(world, authentication), parameters)));
	const count = itemsOf(run, 'Get').length;
	assert(count > 10, `${count} invoices`);
	return `${count} invoices`;
};

const create = (authentication: Authentication) => async (world: World) => {
	const name = `Kahvila ${authentication} Oy`;
	const run = await world.run(flow('Create', procountor('Create', loginOf(world, authentication), newInvoice(name))));
	const [{ id }] = itemsOf(run, 'Create');
	assert.equal(nameOf(world, Number(id)), name);
	return `ID ${Number(id)}`;
};

/** The buyer of an invoice in the sandbox. */
const nameOf = ({ sandbox }: World, id: number): string | undefined =>
	sandbox.world.company(DEMO.companyId).register(invoices).get(id)?.record.counterParty.counterPartyAddress?.name;

const upload = { resource: 'attachment', operation: 'upload', referenceType: 'INVOICE' };

async function bytesOf({ n8n }: World, execution: ExecutionWithData, node: string): Promise<Buffer> {
	const binary = execution.result.resultData.runData[node]?.[0].data?.main[0]?.[0].binary?.data;
	assert(binary, `${node} returned no file`);
	return binary.id ? await n8n.readFile(binary.id) : Buffer.from(binary.data, 'base64');
}

async function fileRoundTrip(world: World): Promise<string> {
	const login = loginOf(world, 'apiKey');
	const { id } = world.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' });
	const run = await world.run(
		flow(
			'Files',
			...items([{ content: picture.toString('base64') }]),
			file('kuitti.png'),
			procountor('Upload', login, { ...upload, referenceId: String(id) }),
			procountor('Download', login, { resource: 'attachment', operation: 'download', attachmentId: '={{ $json.id }}' }),
		),
	);
	const bytes = await bytesOf(world, run, 'Download');
	assert(bytes.equals(picture), `${bytes.length} bytes came back, others than were sent`);
	return `${bytes.length} bytes`;
}

async function failedItemContinues(world: World): Promise<string> {
	const { id } = world.sandbox.backdoor.addInvoice();
	const run = await world.run(
		flow(
			'Continue',
			...items([{ id }, { id: 99_999_999 }, { id }]),
			procountor(
				'Get',
				loginOf(world, 'apiKey'),
				{ resource: 'invoice', operation: 'get', invoiceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
				{ onError: 'continueRegularOutput' },
			),
		),
	);
	const got = itemsOf(run, 'Get');
	assert.deepEqual(
		got.map((item) => item.id),
		[id, undefined, id],
	);
	assert.match(String(got[1].error), /Procountor/);
	return String(got[1].error);
}

const pick = async (world: World, authentication: Authentication, filter: string): Promise<string[]> => {
	const node = procountor('Create', loginOf(world, authentication), newInvoice('Anybody'));
	const found = await world.n8n.searchList({
		node: { id: '1', position: [0, 0], ...node },
		path: 'parameters.partnerId',
		methodName: 'searchCustomer',
		filter,
	});
	return found.map(({ name }) => name);
};

async function pickerSearches(world: World): Promise<string> {
	const all = await pick(world, 'apiKey', '');
	assert(all.length > 1, `${all.length} customers`);
	const [first] = await pick(world, 'apiKey', all[1].slice(0, 6));
	assert.equal(first.slice(0, 6), all[1].slice(0, 6));
	return `${all.length} customers`;
}

const pickerRenews = (authentication: Authentication) => async (world: World) => {
	const { sandbox } = world;
	const before = tokenCalls(sandbox).length;
	sandbox.state.auth.revokeTokens();
	const found = await pick(world, authentication, '');
	assert(found.length > 1, `${found.length} customers`);
	assert.equal(tokenCalls(sandbox).length - before, 1, 'token calls');
};

/** Reads in parallel, writes and uploads, 12 items each; the tokens end in the middle of each of the three. */
const renewalInRun = (authentication: Authentication) => async (world: World) => {
	const { sandbox } = world;
	const login = loginOf(world, authentication);
	const names = Array.from({ length: 12 }, (_, index) => `Ravintola ${index + 1} ${title[authentication]} Oy`);
	const content = picture.toString('base64');
	// The token may have ended in a case before.
	await pick(world, authentication, '');
	const before = tokenCalls(sandbox).length;
	// Answers that take a while let several requests meet the end of the token together.
	sandbox.faults.add({ kind: 'latency', ms: 150, method: 'GET', path: '/attachments', times: 0 });
	const seen = sandbox.journal.entries.length;
	const running = world.run(
		flow(
			'Renewal',
			...items(names.map((name) => ({ name, content }))),
			procountor('Create', login, newInvoice('={{ $json.name }}')),
			procountor(
				'Read',
				login,
				{
					resource: 'attachment',
					operation: 'getAll',
					returnAll: true,
					filters: { referenceId: '={{ $json.id }}', type: 'SALES_INVOICE' },
				},
				{ alwaysOutputData: true },
			),
			...items(names.map((name) => ({ name, content }))).map((one) => ({ ...one, name: `${one.name} 2` })),
			file('kuitti.png'),
			procountor('Upload', login, { ...upload, referenceId: "={{ $('Create').all()[$itemIndex].json.id }}" }),
		),
	);
	const over = new AbortController();
	void (async () => {
		for (const operation of ['POST /invoices', 'GET /attachments', 'POST /attachments'])
			await revokeAfter(sandbox, operation, 4, over.signal);
	})();
	const execution = await running.finally(() => {
		over.abort();
		sandbox.faults.clear();
	});
	const entries = sandbox.journal.entries.slice(seen);
	const created = allItemsOf(execution.result, 'Create').map(({ id }) => nameOf(world, Number(id)));
	assert.deepEqual(created, names, 'invoices');
	const posted = (path: string) =>
		entries.filter((entry) => entry.method === 'POST' && entry.contractPath === path && (entry.status ?? 500) < 300)
			.length;
	assert.equal(posted('/invoices'), names.length, 'invoices that were saved');
	assert.equal(posted('/attachments'), names.length, 'files that were saved');
	assert.equal(itemsOf(execution, 'Upload').length, names.length);
	const renewals = tokenCalls(sandbox).length - before;
	// Some releases, such as 2.11.2, renew a login by themselves for each request that meets the end of its token: six at once.
	const most = authentication === 'oAuth2' ? 8 : 3;
	assert(renewals >= 3 && renewals <= most, `${renewals} token calls for three renewals`);
	const refused = entries.filter(({ status }) => status === 401).length;
	return `${renewals} renewals, ${refused} requests refused by 401, ${entries.length} in all`;
};

/** A key that was revoked in mid-run: the token cannot be renewed, and the message says so. */
const refusedRenewal = async (world: World) => {
	const { sandbox, n8n } = world;
	const key = sandbox.world.addKey({
		key: 'key-to-revoke',
		clientId: DEMO.client.id,
		companyId: DEMO.companyId,
		userId: 1001,
	});
	const credential = await n8n.createCredential('procountorApi', 'Revoked key', keyData(sandbox, key.key));
	const login: Login = { authentication: 'apiKey', type: 'procountorApi', credential };
	const session = () =>
		world.run(flow('Session', procountor('Get', login, { resource: 'company', operation: 'getSession' })));
	await session();
	key.revoked = true;
	const error = await session().then(
		() => assert.fail('a revoked key still works'),
		(reason: Error) => reason.message,
	);
	assert.match(error, /refused|rejected/i);
	assert.match(error, /key/i);
	return error;
};

/** Two workflows, one with each credential, over a crash of n8n and the end of their tokens. */
async function triggersRun(world: World): Promise<string> {
	const { sandbox, n8n, server } = world;
	const workflows: StoredWorkflow[] = [];
	for (const authentication of ['apiKey', 'oAuth2'] as const) {
		const login = loginOf(world, authentication);
		const workflow = await n8n.createWorkflow(
			triggerWorkflow(`Trigger with ${title[authentication]}`, login, { event: 'invoiceCreated' }, 3),
		);
		await n8n.activate(workflow);
		workflows.push(workflow);
	}
	const polls = () => sandbox.journal.to('GET /invoices').filter(({ status }) => status === 200).length;
	const pollInVain = async () => {
		const enough = polls() + 4;
		for (const end = Date.now() + 60_000; polls() < enough;) {
			assert(Date.now() < end, 'no poll within a minute');
			await new Promise((resolve) => {
				setTimeout(resolve, 100);
			});
		}
	};
	const created: number[] = [];
	const add = () => created.push(sandbox.backdoor.addInvoice().id);
	const check = async () => {
		for (const { id } of workflows) {
			const ids = (await emitted(world, id, triggerName, created.length)).map((item: IDataObject) => Number(item.id));
			assert.deepEqual(
				ids.sort((a, b) => a - b),
				created,
			);
		}
	};
	await pollInVain();
	add();
	add();
	await check();
	await pollInVain();
	await server.kill();
	add();
	await server.start();
	await n8n.logIn(owner);
	await check();
	sandbox.state.auth.revokeTokens();
	add();
	await check();
	await pollInVain();
	await check();
	for (const workflow of workflows) await n8n.deactivate(await n8n.readWorkflow(workflow.id));
	return `${created.length} invoices, each once in both workflows`;
}

export const cases: Case[] = [
	{ name: 'Nodes load', run: nodesLoad },
	{ name: 'API key: credential test', run: keyIsAccepted },
	{ name: 'API key: wrong key reported', run: wrongKeyIsReported },
	{ name: 'OAuth2: connected by login page', run: oAuth2Connects },
	...(['apiKey', 'oAuth2'] as const).flatMap((authentication): Case[] => [
		{ name: `${title[authentication]}: Get Many`, run: getMany(authentication) },
		{ name: `${title[authentication]}: Create Sales Invoice`, run: create(authentication) },
	]),
	{ name: 'Upload and download', run: fileRoundTrip },
	{ name: 'On Error: Continue', run: failedItemContinues },
	{ name: 'Picker search', run: pickerSearches },
	...(['apiKey', 'oAuth2'] as const).flatMap((authentication): Case[] => [
		{ name: `${title[authentication]}: tokens end in mid-run`, run: renewalInRun(authentication) },
		{ name: `${title[authentication]}: tokens end before a picker`, run: pickerRenews(authentication) },
	]),
	{ name: 'API key: revoked key reported', run: refusedRenewal },
	{ name: 'Triggers: crash, tokens end', run: triggersRun },
];
