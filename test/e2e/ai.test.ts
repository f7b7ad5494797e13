/**
 * The examples for AI: an agent with a scripted chat model, and MCP servers with a real MCP client, each tool called with
 * correct and wrong input. A model reads only what a tool returns, so every error must say what to change.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { IDataObject } from 'n8n-workflow';
import { DEMO, type Sandbox } from '../sandbox';
import { ScriptedModel, type ToolDefinition } from './chatModel';
import type { CredentialReference, N8nDriver, WorkflowDefinition } from './driver';
import { clientData, startStage, type Stage, withCredentials } from './stage';
import { waitFor } from './processes';
import { stepsWithLog } from './steps';

const minute = 60_000;
const projectRoot = join(__dirname, '..', '..');
const scratch = join(projectRoot, '.scratch', 'e2e-ai');
const logFile = join(projectRoot, '.scratch', 'e2e-ai.log');
const { print, step } = stepsWithLog(logFile);

let stage: Stage;
let sandbox: Sandbox;
let n8n: N8nDriver;
let model: ScriptedModel;
let saved: Record<string, CredentialReference>;
const TOKEN = 'a token for the MCP client';

beforeAll(async () => {
	rmSync(logFile, { force: true });
	stage = await startStage({ folder: scratch, sandbox: { checkAnswers: true }, print });
	({ sandbox, n8n } = stage);
	model = await ScriptedModel.start();
	saved = {
		procountorApi: await n8n.createCredential('procountorApi', 'Sandbox', {
			...clientData(sandbox),
			apiKey: DEMO.keys.admin,
		}),
		openAiApi: await n8n.createCredential('openAiApi', 'Scripted model', { apiKey: 'none', url: model.url }),
		httpBearerAuth: await n8n.createCredential('httpBearerAuth', 'MCP client', { token: TOKEN }),
	};
}, 40 * minute);

afterAll(async () => {
	await model?.close();
	await stage?.close();
}, 2 * minute);

/** Imports an example with this n8n's credentials and publishes it. */
async function published(file: string, change: (workflow: WorkflowDefinition) => WorkflowDefinition = (one) => one) {
	const example = JSON.parse(readFileSync(join(projectRoot, 'examples', file), 'utf8')) as WorkflowDefinition;
	await n8n.activate(await n8n.createWorkflow(withCredentials(change(example), saved)));
}

const CHAT = 'When Chat Message Received';

/** Makes the chat public, so that its webhook can be called as from a web page. */
const withPublicChat = (workflow: WorkflowDefinition): WorkflowDefinition => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === CHAT ? { ...node, parameters: { ...node.parameters, public: true } } : node,
	),
});

let chatUrl: string;

/** Sends a chat message, with a file if one is given; returns the agent's last words. */
async function chat(text: string, file?: { name: string; bytes: Buffer; type: string }): Promise<string> {
	const form = new FormData();
	const fields = { action: 'sendMessage', sessionId: 'test', chatInput: text };
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	if (file) form.append('files', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
	const answer = await fetch(chatUrl, {
		method: 'POST',
		...(file ? { body: form } : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }),
	});
	const body = await answer.text();
	if (!answer.ok) throw new Error(`The chat returned ${answer.status}: ${body.slice(0, 500)}`);
	return (JSON.parse(body) as { output: string }).output;
}

/** The model calls one tool; returns what it then reads. */
async function call(tool: string, input: IDataObject): Promise<string> {
	model.say({ tool, input }, { text: 'Done.' });
	expect(await chat('Go on.')).toBe('Done.');
	const [answer, ...more] = model.toolAnswers;
	expect(more).toEqual([]);
	return answer;
}

const customer = { customerId: '', customerName: 'Kahvila Kulma Oy', invoiceDate: '2026-10-01', orderNumber: '' };
const row = (changes: object = {}) =>
	JSON.stringify([{ product: 'Koulutus', quantity: 2, unitPrice: 95, vatPercent: 25.5, ...changes }]);

/** Calls that must work: the tool, its input, and what its response contains. */
const right: Array<[tool: string, input: () => IDataObject, answer: RegExp]> = [
	['Find_Business_Partner', () => ({ name: 'Kulma' }), /"id":5\d\d/],
	['List_Open_Invoices', () => ({ side: 'receivables', onlyOverdue: false }), /"open":/],
	['Read_Invoice', () => ({ invoiceId: '100001' }), /"invoiceRows":\[/],
	['Create_Draft_Invoice', () => ({ ...customer, orderNumber: 'ORD-1', rows: row() }), /"status":"UNFINISHED"/],
	['Get_Ledger_Rows', () => ({ startDate: '2026-09-01', endDate: '2026-09-30' }), /"debit":/],
	['Get_Report', () => ({ reportType: 'INCOME_STATEMENT', startDate: '', endDate: '2026-09-30' }), /"name":/],
	['Read_From_API', () => ({ path: '/products?size=2' }), /"results":\[/],
];

/** Calls that must fail: the tool, its input, and the advice that the model must read. */
const wrong: Array<[tool: string, input: IDataObject, remedy: RegExp]> = [
	['Find_Business_Partner', { name: 'Кофе' }, /Western European characters/],
	['List_Open_Invoices', { side: 'customers', onlyOverdue: false }, /receivables, payables/i],
	['Read_Invoice', { invoiceId: '2026-17' }, /whole numbers, such as 12345/],
	['Read_Invoice', { invoiceId: '999999' }, /Check the ID/],
	['Create_Draft_Invoice', { ...customer, rows: row({ vatPercent: 21 }) }, /25\.5, 13\.5, 10/],
	['Create_Draft_Invoice', { ...customer, rows: '[{"product": "Koulutus",]' }, /Check quotes, commas and brackets/],
	['Create_Draft_Invoice', { ...customer, rows: row({ cost: 1 }) }, /The fields are account, .*unitPrice/],
	['Create_Draft_Invoice', { ...customer, customerId: 'Kulma', rows: row() }, /name/i],
	['Create_Draft_Invoice', { ...customer, customerName: '', rows: row() }, /name/i],
	['Create_Draft_Invoice', { ...customer, invoiceDate: 'tomorrow', rows: row() }, /2026-\d\d-\d\d|YYYY-MM-DD/],
	['Get_Ledger_Rows', { startDate: '2026-09', endDate: '2026-09-30' }, /2026-\d\d-\d\d|YYYY-MM-DD/],
	[
		'Get_Report',
		{ reportType: 'PROFIT', startDate: '', endDate: '2026-09-30' },
		/INCOME_STATEMENT, CASH_FLOW, BALANCE_SHEET/,
	],
	['Read_From_API', { path: '/invoicez' }, /Check the path/],
];

/** Every parameter must tell the model what to write. */
function checkDefinitions(tools: ToolDefinition[]): void {
	for (const { name, description, parameters } of tools) {
		print(`  ${name}: ${description}`);
		expect([name, description.length > 40]).toEqual([name, true]);
		for (const [key, { type, description: text = '' }] of Object.entries(parameters.properties)) {
			expect([name, key, ['string', 'boolean'].includes(type ?? ''), text.length > 15]).toEqual([
				name,
				key,
				true,
				true,
			]);
			print(`    ${key} (${type}): ${text}`);
		}
	}
}

describe('Agent', () => {
	step('responds in its chat and has eight tools', async () => {
		await published('ai-agent.json', withPublicChat);
		const example = JSON.parse(readFileSync(join(projectRoot, 'examples/ai-agent.json'), 'utf8')) as WorkflowDefinition;
		const webhookId = example.nodes.find(({ name }) => name === CHAT)?.webhookId ?? '';
		chatUrl = `${stage.server.url}/webhook/${webhookId}/chat`;
		model.say({ text: 'Hello.' });
		const words = await waitFor('the chat', 60, async () => await chat('Hello').catch(() => undefined));
		expect(words).toBeTruthy();
		expect(model.tools).toHaveLength(8);
		checkDefinitions(model.tools);
	});

	step('calls each tool with correct input', async () => {
		for (const [tool, input, expected] of right) {
			const answer = await call(tool, input());
			print(`  ${tool} ${JSON.stringify(input())}\n    → ${answer.slice(0, 160)}`);
			expect([tool, answer]).toEqual([tool, expect.stringMatching(expected)]);
		}
	});

	step('attaches the file of a chat message to the draft that it has just created', async () => {
		const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0d, 0x0a]);
		let invoiceId = '';
		model.say(
			{ tool: 'Create_Draft_Invoice', input: { ...customer, orderNumber: 'ORD-2', rows: row() } },
			(messages) => {
				invoiceId = String(/"id":(\d+)/.exec(messages.at(-1)?.content ?? '')?.[1]);
				return { tool: 'Attach_File', input: { invoiceId, fileName: 'kuitti.pdf' } };
			},
			{ text: 'Done.' },
		);
		expect(await chat('Draft it and attach this.', { name: 'k.pdf', bytes, type: 'application/pdf' })).toBe('Done.');
		print(`  Attach_File → ${model.toolAnswers[1]}`);
		expect(model.toolAnswers[1]).toContain('"name":"kuitti.pdf"');
		const upload = sandbox.journal.to('POST /attachments').at(-1);
		expect([upload?.status, (upload?.body as { meta: IDataObject }).meta.referenceId]).toEqual([
			200,
			Number(invoiceId),
		]);
	});

	step(
		'reads in each error what to change',
		async () => {
			const before = sandbox.world.company(DEMO.companyId).registerByName('invoices')?.all().length;
			for (const [tool, input, remedy] of wrong) {
				const answer = await call(tool, input);
				print(`  ${tool} ${JSON.stringify(input)}\n    → ${answer}`);
				expect([tool, answer]).toEqual([tool, expect.stringMatching(remedy)]);
			}
			const answer = await call('Attach_File', { invoiceId: '100001', fileName: 'kuitti.pdf' });
			print(`  Attach_File without a file\n    → ${answer}`);
			expect(answer).toMatch(/file/);
			expect(sandbox.world.company(DEMO.companyId).registerByName('invoices')?.all().length).toBe(before);
		},
		4 * minute,
	);
});

/** Connects a client to a published MCP server. */
async function connected(path: string): Promise<Client> {
	return await waitFor(`the MCP server ${path}`, 60, async () => {
		const client = new Client({ name: 'test', version: '1.0.0' });
		const transport = new StreamableHTTPClientTransport(new URL(`${stage.server.url}/mcp/${path}`), {
			requestInit: { headers: { authorization: `Bearer ${TOKEN}` } },
		});
		return await client.connect(transport).then(
			() => client,
			() => undefined,
		);
	});
}

type ToolAnswer = { isError?: boolean; content: Array<{ type: string; text?: string }> };
const textOf = ({ content }: ToolAnswer): string => content.map(({ text = '' }) => text).join('\n');

describe('MCP server', () => {
	let client: Client;

	step('lists its tools to a client', async () => {
		await published('mcp-server.json');
		client = await connected('procountor');
		const { tools } = await client.listTools();
		expect(tools).toHaveLength(7);
		checkDefinitions(
			tools.map(({ name, description = '', inputSchema }) => ({
				name,
				description,
				parameters: inputSchema as unknown as ToolDefinition['parameters'],
			})),
		);
	});

	step('returns the result of each correct tool call', async () => {
		for (const [name, input, expected] of right) {
			const answer = (await client.callTool({ name, arguments: input() })) as ToolAnswer;
			print(`  ${name} → ${textOf(answer).slice(0, 160)}`);
			expect([name, answer.isError ?? false, textOf(answer)]).toEqual([name, false, expect.stringMatching(expected)]);
		}
	});

	step(
		'reports in each error what to change',
		async () => {
			for (const [name, input, remedy] of wrong) {
				const answer = (await client.callTool({ name, arguments: input })) as ToolAnswer;
				print(`  ${name} ${JSON.stringify(input)}\n    → ${textOf(answer)}`);
				expect([name, textOf(answer)]).toEqual([name, expect.stringMatching(remedy)]);
			}
			await client.close();
		},
		4 * minute,
	);
});

describe('Read-only MCP server', () => {
	step('has no tool that writes', async () => {
		await published('mcp-server-read-only.json');
		const client = await connected('procountor-read');
		sandbox.journal.clear();
		const { tools } = await client.listTools();
		expect(tools.map(({ name }) => name).sort()).toEqual(
			right
				.map(([name]) => name)
				.filter((name) => name !== 'Create_Draft_Invoice')
				.sort(),
		);
		for (const [name, input] of right.filter(([name]) => name !== 'Create_Draft_Invoice')) {
			const answer = (await client.callTool({ name, arguments: input() })) as ToolAnswer;
			expect([name, answer.isError ?? false]).toEqual([name, false]);
		}
		const writes = sandbox.journal.entries.filter(
			({ method, path }) => method !== 'GET' && !/oauth|reports/.test(path),
		);
		expect(writes).toEqual([]);
		await client.close();
	});
});
