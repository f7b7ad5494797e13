/**
 * `npm run picture`: takes the documentation's screenshots from a running editor, each light and dark, into docs/images/.
 * n8n, the sandbox and the browser are started for it and ended afterwards. `npm run picture -- agent workflow` takes those alone.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startChromium } from '../test/browser/chromium';
import { CredentialDialog } from '../test/browser/credentialDialog';
import { Editor } from '../test/browser/editor';
import type { WorkflowDefinition } from '../test/e2e/driver';
import { clientData, owner, registerCallback, startStage, withCredentials, type Stage } from '../test/e2e/stage';
import { DEMO } from '../test/sandbox';

const projectRoot = join(__dirname, '..');
const images = join(projectRoot, 'docs', 'images');
const mostBytes = 150_000;
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Takes what is on the screen in both of n8n's themes; the editor follows the browser's. */
async function take({ page }: Editor, name: string): Promise<void> {
	// A message of an error stays until it is closed.
	const close = page.locator('.el-notification__closeBtn');
	while (await close.count())
		await close
			.first()
			.click({ timeout: 2000 })
			.catch(() => undefined);
	await page.locator('.el-notification').first().waitFor({ state: 'hidden' });
	await page.mouse.move(0, 0);
	for (const theme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
		// The change of colours is animated.
		await page.waitForTimeout(600);
		const path = join(images, `${name}-${theme}.png`);
		await page.screenshot({ path });
		const { size } = statSync(path);
		print(`  ${name}-${theme}.png: ${Math.round(size / 1000)} kB`);
		if (size > mostBytes) throw new Error(`${path} has ${size} bytes, more than ${mostBytes}`);
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

async function startNode(editor: Editor, action: string): Promise<void> {
	await editor.newWorkflow();
	await editor.addManualTrigger();
	await editor.addAction('Procountor', action);
}

async function credential(editor: Editor): Promise<void> {
	await startNode(editor, 'Create sales invoice');
	const dialog = await CredentialDialog.open(editor, /API Key/);
	await dialog.fill({ 'Client ID': 'yourClient', 'Client Secret': 'secret', 'API Key': 'key' });
	await dialog.dialog.getByText('Procountor shows it once').scrollIntoViewIfNeeded();
	await take(editor, 'credential');
	await dialog.fill({ 'Requests a Second': '50' });
	await dialog.dialog.getByText('0 is safe for up to three').scrollIntoViewIfNeeded();
	await take(editor, 'requests-a-second');
}

async function invoice(editor: Editor): Promise<void> {
	await startNode(editor, 'Create sales invoice');
	await editor.pick('Customer', 'Kahvila Aamurusko');
	await editor.fill('Own Invoice Number', 'WEB-10021');
	await take(editor, 'invoice-form');
	const row = await editor.addRow('Rows');
	await editor.fill('Product Name', 'Suunnittelu', row);
	await editor.fill('Quantity', '2', row);
	await editor.fill('Unit Price', '120', row);
	await editor.fill('VAT %', '25,5', row);
	await editor.pick('Dimension', 'Kustannuspaikka', row);
	await editor.pick('Dimension Item', 'Helsinki', row);
	await editor.execute();
	await editor.table();
	await editor.field('Product Name', row).scrollIntoViewIfNeeded();
	await take(editor, 'invoice-rows');
	await editor.fill('Own Invoice Number', 'WEB-10022');
	await editor.fill('VAT %', '24', row);
	await editor.execute();
	await editor.field('Product Name', row).scrollIntoViewIfNeeded();
	await take(editor, 'error');
}

async function trigger(editor: Editor): Promise<void> {
	await editor.newWorkflow();
	await editor.addAction('Procountor', 'On new invoice');
	await editor.show('Types', 'Add Filter');
	await editor.choose('Types', 'Sales Invoice');
	await editor.execute();
	await editor.table();
	await take(editor, 'trigger');
}

async function webhook(editor: Editor): Promise<void> {
	await editor.newWorkflow();
	await editor.addAction('Procountor Webhook', 'On invoice payment created');
	await take(editor, 'webhook-trigger');
}

async function results(editor: Editor): Promise<void> {
	for (const [action, name] of [
		['Get ledger rows', 'ledger-rows'],
		['Check access rights', 'check-access'],
	]) {
		await startNode(editor, action);
		await editor.execute();
		await editor.table();
		await take(editor, name);
	}
}

/** An example's workflow in the editor, with this n8n's credential. */
async function openExample(editor: Editor, { n8n }: Stage, file: string): Promise<void> {
	const saved = Object.fromEntries((await n8n.credentials()).map(({ id, name, type }) => [type, { id, name }]));
	const example = readFileSync(join(projectRoot, 'examples', file), 'utf8');
	const { id } = await n8n.createWorkflow(withCredentials(JSON.parse(example) as WorkflowDefinition, saved));
	await editor.openWorkflow(id);
}

/** Rows that come from a list in the input: which field fills which column. */
async function rowsFromList(editor: Editor, stage: Stage): Promise<void> {
	await openExample(editor, stage, 'order-to-sent-invoice.json');
	await editor.page.keyboard.press('Control+Enter');
	await editor.page.getByTestId('canvas-node-status-success').nth(2).waitFor();
	await editor.openNode('Create, Approve and Send');
	await editor.field('List').scrollIntoViewIfNeeded();
	await editor.field('Dimension Item').scrollIntoViewIfNeeded();
	await take(editor, 'rows-from-list');
	await editor.closePanel();
}

/** One order of payments for all bills, as it waits for a person. */
async function payments(editor: Editor, stage: Stage): Promise<void> {
	await openExample(editor, stage, 'daily-bills.json');
	await editor.openNode('Pay Invoices');
	await editor.execute();
	await editor.table();
	await take(editor, 'payments');
	await editor.closePanel();
}

async function importFile(editor: Editor, stage: Stage): Promise<void> {
	await openExample(editor, stage, 'import-file-invoices.json');
	await editor.openNode('Create Import File');
	await editor.execute();
	await take(editor, 'import-file');
	await editor.closePanel();
}

async function sftp(editor: Editor, stage: Stage): Promise<void> {
	await openExample(editor, stage, 'export-to-sftp.json');
	await editor.page.getByTestId('zoom-to-fit').click();
	await editor.page.getByTestId('zoom-out-button').click();
	await take(editor, 'sftp');
}

async function agent(editor: Editor, stage: Stage): Promise<void> {
	await openExample(editor, stage, 'ai-agent.json');
	await editor.page.getByTestId('zoom-to-fit').click();
	await editor.page.getByTestId('zoom-out-button').click();
	// n8n's own button stands below the tools.
	await editor.page.mouse.move(720, 450);
	await editor.page.mouse.wheel(0, 90);
	await take(editor, 'agent');
}

/** An example after its run, with the log of what came out. */
async function workflow(editor: Editor, stage: Stage): Promise<void> {
	await openExample(editor, stage, 'order-to-sent-invoice.json');
	await editor.page.keyboard.press('Control+Enter');
	await editor.page.getByTestId('canvas-node-status-success').nth(2).waitFor();
	await editor.page.getByText('Logs', { exact: true }).click();
	await editor.page.getByTestId('zoom-to-fit').click();
	await editor.page.getByTestId('zoom-out-button').click();
	await take(editor, 'workflow');
}

const journeys = {
	credential,
	invoice,
	trigger,
	webhook,
	results,
	rowsFromList,
	payments,
	importFile,
	sftp,
	agent,
	workflow,
};

/** The journeys that the command line names, or all. @throws for a name that is none */
function chosenJourneys(names: string[]): Array<(editor: Editor, stage: Stage) => Promise<void>> {
	return (names.length ? names : Object.keys(journeys)).map((name) => {
		if (!Object.hasOwn(journeys, name)) throw new Error(`${name} is none of ${Object.keys(journeys).join(', ')}`);
		return journeys[name as keyof typeof journeys];
	});
}

async function main(): Promise<void> {
	const names = process.argv.slice(2);
	const chosen = chosenJourneys(names);
	const stage = await startStage({
		folder: join(projectRoot, '.scratch', 'picture'),
		sandbox: { clock: { flowing: true } },
		print,
	});
	registerCallback(stage.sandbox, stage.server);
	await stage.n8n.createCredential('procountorApi', 'Procountor account', {
		...clientData(stage.sandbox),
		apiKey: DEMO.keys.admin,
	});
	const browser = await startChromium(print);
	mkdirSync(images, { recursive: true });
	// The charts beside them are the benchmark's.
	if (names.length === 0)
		for (const name of readdirSync(images).filter((file) => file.endsWith('.png'))) rmSync(join(images, name));
	try {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const editor = new Editor(await context.newPage(), stage.server.url);
		await editor.logIn(owner);
		for (const journey of chosen) await journey(editor, stage);
	} finally {
		await browser.close();
		await stage.close();
	}
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
