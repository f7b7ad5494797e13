/**
 * User journeys in n8n's editor: everything is clicked and typed in a browser, and read from the screen. The
 * package is installed from its tarball, and Procountor is the sandbox. The steps build on each other.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { WorkflowDefinition } from '../e2e/driver';
import { owner, registerCallback, startStage, withCredentials, type Stage } from '../e2e/stage';
import { stepsWithLog } from '../e2e/steps';
import { DEMO } from '../sandbox';
import { startChatServer } from './chatServer';
import { startChromium } from './chromium';
import { CredentialDialog } from './credentialDialog';
import { Editor } from './editor';
import { billToChatAndApproved, ledgerToTable, recordOf } from './journeys';

const minute = 60_000;
const projectRoot = join(__dirname, '..', '..');
const scratch = join(projectRoot, '.scratch', 'browser');
const examples = join(projectRoot, 'examples');
const { step, print } = stepsWithLog(join(projectRoot, '.scratch', 'browser.log'), 8 * minute);

let stage: Stage;
let browser: Browser;
let editor: Editor;
let triggerWorkflow: string;

beforeAll(async () => {
	stage = await startStage({ folder: scratch, sandbox: { clock: { flowing: true } }, print });
	registerCallback(stage.sandbox, stage.server);
	browser = await startChromium(print);
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	editor = new Editor(await context.newPage(), stage.server.url);
	await editor.logIn(owner);
}, 40 * minute);

afterAll(async () => {
	await browser?.close();
	await stage?.close();
}, minute);

afterEach(async () => {
	const { currentTestName } = expect.getState();
	await editor?.page.screenshot({ path: join(scratch, `${String(currentTestName).replace(/\W+/g, '-')}.png`) });
});

/** A workflow that receives an order, as from the trigger of a shop or a project tool. */
function orderWorkflow(json: object): WorkflowDefinition {
	const node = (name: string, type: string, place: number, parameters: object): WorkflowDefinition['nodes'][number] =>
		({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [place * 240, 0],
			parameters,
		}) as WorkflowDefinition['nodes'][number];
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 0, {});
	const set = node('Order', 'n8n-nodes-base.set', 1, { mode: 'raw', jsonOutput: JSON.stringify(json), options: {} });
	return {
		name: 'An order',
		nodes: [start, { ...set, typeVersion: 3.4 }],
		connections: { Start: { main: [[{ node: 'Order', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	} as WorkflowDefinition;
}

/** Search terms of people who want to do something in Procountor. */
const SEARCH_WORDS = [
	...['procountor', 'accounting', 'bookkeeping', 'finance', 'invoice', 'create invoice', 'send invoice', 'new invoice'],
	...['e-invoice', 'Finvoice', 'bank statement', 'payroll', 'salary', 'partner', 'customer', 'supplier'],
	...[
		'kirjanpito',
		'taloushallinto',
		'lasku',
		'ostolasku',
		'myyntilasku',
		'laskutus',
		'verkkolasku',
		'palkka',
		'maksu',
	],
	...['osto', 'asiakas', 'toimittaja', 'reskontra', 'tiliote', 'viite', 'tosite'],
	...['muistiotosite', 'hyvityslasku', 'pääkirja'],
];

step('The node search finds Procountor by accounting terms', async () => {
	await editor.newWorkflow();
	await editor.addManualTrigger();
	await editor.openCreator();
	const missing: string[] = [];
	for (const words of SEARCH_WORDS) {
		const names = await editor.searchNodes(words, 'Procountor').catch((): string[] => []);
		print(`  ${words}: place ${names.indexOf('Procountor') + 1} of ${names.length}`);
		if (!names.includes('Procountor')) missing.push(words);
	}
	expect(missing).toEqual([]);
	await editor.searchNodes('procountor', 'Procountor');
	await editor.chooseEntry('Procountor');
	await editor.chooseEntry('Create sales invoice');
	await editor.panel.waitFor();
	await editor.closePanel();
	const added = editor.nodes.last();
	expect(await added.innerText()).toContain('Create Sales Invoice');
	await added.dblclick();
	await editor.panel.waitFor();
});

const address = (): Record<string, string> => ({
	URL: stage.sandbox.url,
	'Client ID': DEMO.client.id,
	'Client Secret': DEMO.client.secret,
});

step('The credential dialog explains a wrong API key and connects with the right one', async () => {
	const dialog = await CredentialDialog.open(editor, /API Key/);
	await dialog.choose('Environment', 'Custom URL');
	await dialog.fill({ ...address(), 'API Key': 'no-such-key-12345' });
	const message = await dialog.save();
	print(`  wrong key: ${JSON.stringify(message)}`);
	expect(message).toMatch(/API key/i);
	expect(message).not.toContain('no-such-key-12345');
	await dialog.fill({ 'API Key': DEMO.keys.admin });
	expect(await dialog.save()).toBeUndefined();
});

step('An OAuth2 credential is connected by clicking through the login page', async () => {
	const dialog = await CredentialDialog.open(editor, /OAuth2/);
	await dialog.choose('Environment', 'Custom URL');
	await dialog.fill(address());
	await dialog.connect('Saara Meritie', 'Koivurannan Kahvitukku Oy');
	const tokens = stage.sandbox.journal.entries.filter(
		({ path, body, status }) =>
			path.endsWith('/oauth/token') &&
			status === 200 &&
			(body as { grant_type?: string }).grant_type === 'authorization_code',
	);
	expect(tokens).toHaveLength(1);
	await editor.closePanel();
});

step('A trigger with a filter fetches a test event and is published', async () => {
	await editor.newWorkflow();
	await editor.addAction('Procountor', 'On new invoice');
	await editor.show('Types', 'Add Filter');
	await editor.choose('Types', 'Sales Invoice');
	await editor.execute();
	const [event] = await editor.table();
	print(`  test event: ${JSON.stringify(event)}`);
	expect(event.type).toBe('SALES_INVOICE');
	await editor.closePanel();
	await editor.publish();
	triggerWorkflow = editor.workflowId;
	const { id } = stage.sandbox.backdoor.addInvoice();
	print(`  published; afterwards sales invoice ${id} was created in Procountor`);
});

step('A sales invoice with two rows, an account and a dimension is created in at most 20 clicks', async () => {
	await editor.newWorkflow();
	await editor.addManualTrigger();
	await editor.addAction('Procountor', 'Create sales invoice');
	editor.clicks = 0;
	await editor.pick('Customer', 'Kahvila Aamurusko');
	await editor.fill('Own Invoice Number', 'BROWSER-1');
	const first = await editor.addRow('Rows');
	await editor.fill('Product Name', 'Suunnittelu', first);
	await editor.fill('Quantity', '2', first);
	await editor.fill('Unit Price', '120', first);
	await editor.fill('VAT %', '25,5', first);
	await editor.pick('Ledger Account', '3000', first);
	await editor.pick('Dimension', 'Kustannuspaikka', first);
	await editor.pick('Dimension Item', 'Helsinki', first);
	const second = await editor.addRow('Rows');
	await editor.fill('Product Name', 'Toimitus', second);
	await editor.fill('Unit Price', '9,90', second);
	await editor.fill('VAT %', '25,5', second);
	await editor.execute();
	// The first version of the form needed about 40.
	print(`  ${editor.clicks} clicks`);
	expect(editor.clicks).toBeLessThanOrEqual(20);
	const items = await editor.table();
	print(`  ${JSON.stringify(items)}`);
	expect(items).toHaveLength(1);
	const [{ id, status, originalInvoiceNumber, ledgerReceiptId }] = items;
	expect({ status, originalInvoiceNumber }).toEqual({ status: 'UNFINISHED', originalInvoiceNumber: 'BROWSER-1' });
	expect(recordOf(stage, 'ledgerReceipts', ledgerReceiptId)).toMatchObject({
		transactions: expect.arrayContaining([
			expect.objectContaining({
				account: '3000',
				dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: -240 }],
			}),
		]),
	});
	expect(recordOf(stage, 'invoices', id)).toMatchObject({
		counterParty: { counterPartyAddress: { name: 'Kahvila Aamurusko Oy' } },
		invoiceRows: [
			{ product: 'Suunnittelu', quantity: 2, unitPrice: 120, vatPercent: 25.5 },
			{ product: 'Toimitus', quantity: 1, unitPrice: 9.9, vatPercent: 25.5 },
		],
	});
});

step('An error in the panel says what is wrong and what to do', async () => {
	await editor.fill('Own Invoice Number', 'BROWSER-2');
	await editor.fill('VAT %', '24');
	await editor.execute();
	const message = await editor.errorMessage.innerText();
	const all = await editor.output.innerText();
	print(`  ${JSON.stringify(message)}`);
	expect(message).toContain('Row 2, VAT %');
	expect(all).toContain('Used VAT percentages');
	await editor.closePanel();
});

const order = {
	number: 'BROWSER-ORDER',
	lines: [
		{ name: 'Suunnittelu', quantity: 2, price: 120, vat: 25.5, account: '3000', costCentre: 'Helsinki' },
		{ name: 'Koulutus', quantity: 1, price: 300, vat: 25.5, account: '3000', costCentre: 'Tampere' },
	],
};

step('An order with lines becomes a sent invoice with cost centres, without code', async () => {
	const { id: workflow } = await stage.n8n.createWorkflow(orderWorkflow(order));
	await editor.openWorkflow(workflow);
	await editor.node('Order').click();
	await editor.addAction('Procountor', 'Create sales invoice');
	await editor.pick('Customer', 'Kahvila Aamurusko');
	await editor.fill('Own Invoice Number', order.number);
	await editor.choose('Specify Rows', 'From a List in the Input');
	await editor.fill('List', 'lines');
	const columns = { 'Product Name': 'name', Quantity: 'quantity', 'Unit Price': 'price', 'VAT %': 'vat' };
	const posting = { 'Ledger Account': 'account', Dimension: '"Kustannuspaikka"', 'Dimension Item': 'costCentre' };
	for (const [column, field] of Object.entries({ ...columns, ...posting })) await editor.fill(column, field);
	await editor.choose('After Creating', 'Approve and Send');
	await editor.execute();
	const [{ id, status }] = await editor.table();
	expect(status).toBe('SENT');
	const invoice = recordOf(stage, 'invoices', id) as { ledgerReceiptId: number };
	expect(recordOf(stage, 'ledgerReceipts', String(invoice.ledgerReceiptId))).toMatchObject({
		transactions: expect.arrayContaining([
			expect.objectContaining({ dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: -240 }] }),
			expect.objectContaining({ dimensionItemValues: [{ dimensionId: 1, itemId: 12, value: -300 }] }),
		]),
	});
	await editor.closePanel();
});

step('A new bill is posted to a chat channel and approved by the link in the message', async () => {
	const chat = await startChatServer();
	try {
		const { message, statuses } = await billToChatAndApproved(editor, stage, chat);
		print(`  ${message.replace(/http\S+/, '…')}; ${statuses.join(' → ')}`);
		expect(message).toMatch(/^Ostaja Oy: 8.79 EUR\. Approve: http/);
		expect(statuses).toEqual(['RECEIVED', 'APPROVED']);
	} finally {
		await chat.close();
	}
});

step('The ledger of a month is stored in a data table with equal debit and credit', async () => {
	const { shown, stored } = await ledgerToTable(editor, stage);
	const total = (column: string): string => stored.reduce((sum, row) => sum + Number(row[column]), 0).toFixed(2);
	print(`  ${shown.length} rows, columns ${Object.keys(shown[0]).join(', ')}`);
	print(`  table: ${stored.length} rows, debit ${total('debit')}, credit ${total('credit')}`);
	expect(stored.length).toBeGreaterThanOrEqual(Math.max(2, shown.length));
	expect(stored[0]).toMatchObject({ account: expect.stringMatching(/^\d+$/), day: expect.stringMatching(/^2026-09-/) });
	expect(total('debit')).toBe(total('credit'));
});

const files = readdirSync(examples).filter((name) => name.endsWith('.json'));

/** Names of our nodes that have a red mark on the canvas. */
async function markedNodes(): Promise<string[]> {
	return await editor.nodes.evaluateAll((nodes) =>
		nodes
			.filter((node) => (node.getAttribute('data-node-type') ?? '').startsWith('n8n-nodes-procountor.'))
			.filter((node) => node.querySelector('[data-test-id="node-issues"]'))
			.map((node) => node.getAttribute('data-node-name') ?? ''),
	);
}

step(
	`Each of the ${files.length} examples imports without a red mark on our nodes once the credential is chosen`,
	async () => {
		const saved = Object.fromEntries((await stage.n8n.credentials()).map(({ id, name, type }) => [type, { id, name }]));
		await editor.newWorkflow();
		await editor.importFile(join(examples, 'order-to-sent-invoice.json'));
		await editor.node('Create, Approve and Send').getByTestId('node-issues').waitFor();
		expect(await markedNodes()).toEqual(['Create, Approve and Send']);
		for (const file of files) {
			const workflow = JSON.parse(readFileSync(join(examples, file), 'utf8')) as WorkflowDefinition;
			const chosen = join(scratch, file);
			writeFileSync(chosen, JSON.stringify(withCredentials(workflow, saved)));
			await editor.newWorkflow();
			await editor.importFile(chosen);
			const nodes = workflow.nodes.filter(({ type }) => !type.endsWith('stickyNote'));
			await editor.nodes.nth(nodes.length - 1).waitFor();
			expect({ file, marked: await markedNodes() }).toEqual({ file, marked: [] });
			expect(await editor.nodes.count()).toBe(nodes.length);
		}
	},
	30 * minute,
);

step('The list of executions shows the one that the trigger started', async () => {
	await editor.openWorkflow(triggerWorkflow);
	const succeeded = (await editor.openExecutions()).filter({ hasText: 'Succeeded' });
	// The trigger polls once a minute.
	await succeeded.nth(1).waitFor({ timeout: 4 * minute });
	print(`  ${JSON.stringify(await succeeded.allInnerTexts())}`);
});
