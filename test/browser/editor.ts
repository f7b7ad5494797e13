/** n8n's editor as a person uses it: what is on the screen is found by its words, by n8n's own marks where it has none. */
import type { Locator, Page } from 'playwright-core';
import type { Owner } from '../e2e/driver';

/** The whole text of an element, without the spaces around it and the star of a required field. */
export function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*\\*?\\s*$`);
}

/** Whether something is on the screen within a few seconds. */
const appears = async (what: Locator): Promise<boolean> =>
	await what.waitFor({ timeout: 5000 }).then(
		() => true,
		() => false,
	);

export class Editor {
	/** What a person clicks to fill in forms: once into each field that is typed, and each choice, row and button. */
	clicks = 0;

	constructor(
		readonly page: Page,
		readonly url: string,
	) {
		// A loaded machine takes its time; every wait ends as soon as what it waits for is there.
		page.setDefaultTimeout(90_000);
	}

	async logIn({ email, password }: Owner): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.getByLabel('Email').fill(email);
		await this.page.getByLabel('Password').fill(password);
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL(/\/(home|workflow)/);
	}

	/** Opens an empty canvas. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Opens a saved workflow and waits for its nodes. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.nodes.first().waitFor();
	}

	/** Imports a workflow file into the open canvas, as 'Import from File…' does. */
	async importFile(path: string): Promise<void> {
		await this.page.getByTestId('workflow-import-input').setInputFiles(path);
		await this.nodes.first().waitFor();
	}

	/** The id in the address; n8n saves by itself. */
	get workflowId(): string {
		return /\/workflow\/(\w+)/.exec(this.page.url())?.[1] ?? '';
	}

	get nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name=${JSON.stringify(name)}]`);
	}

	/** Opens the list of nodes. */
	async openCreator(): Promise<void> {
		await this.dismissTips();
		const first = this.page.getByTestId('canvas-add-button');
		const plus = this.page.getByTestId('node-creator-plus-button');
		await first.or(plus).first().waitFor();
		await ((await first.isVisible()) ? first : plus).click();
		await this.searchBar.waitFor();
	}

	private get searchBar(): Locator {
		return this.page
			.getByTestId('node-creator-search-bar')
			.or(this.page.locator('[data-test-id="node-creator"] input'))
			.first();
	}

	/** Closes the tips that n8n lays over the canvas. */
	async dismissTips(): Promise<void> {
		const tip = this.page.getByRole('button', { name: 'Got it' });
		if (await tip.isVisible()) await tip.click();
	}

	/** Types words into the open list of nodes and waits until it shows a node. @returns the names that it shows, from the top */
	async searchNodes(words: string, node: string): Promise<string[]> {
		await this.searchBar.fill('');
		await this.entry(node).waitFor({ state: 'hidden' });
		await this.searchBar.fill(words);
		await this.entry(node).waitFor();
		return (await this.entries.allInnerTexts()).map((name) => name.trim());
	}

	private get entries(): Locator {
		return this.page.getByTestId('node-creator-item-name');
	}

	private entry(name: string): Locator {
		return this.entries.filter({ hasText: exactly(name) }).first();
	}

	/** Chooses an entry of the open list: a node, or an action or trigger of the node that was chosen. */
	async chooseEntry(name: string): Promise<void> {
		await this.entry(name).scrollIntoViewIfNeeded();
		await this.entry(name).click();
	}

	/** Starts the canvas with a manual trigger. */
	async addManualTrigger(): Promise<void> {
		await this.openCreator();
		await this.chooseEntry('Trigger manually');
		await this.nodes.first().waitFor();
	}

	/** Adds a node by one of its actions or triggers; its panel is open afterwards. */
	async addAction(node: string, action: string): Promise<void> {
		await this.addNode(node, action);
		await this.credentialIsChosen();
	}

	/** The same for a node whose credential is still to be made, or that needs none. */
	async addNode(node: string, action?: string): Promise<void> {
		await this.openCreator();
		await this.searchNodes(node, node);
		await this.chooseEntry(node);
		if (action !== undefined) await this.chooseEntry(action);
		await this.panel.waitFor();
	}

	/** n8n chooses the newest credential by itself, a moment after the panel has opened; without one it offers to set one up. */
	private async credentialIsChosen(): Promise<void> {
		await this.panel
			.locator('[data-test-id="node-credentials-select"] input')
			.or(this.setUpCredential)
			.first()
			.waitFor();
		// A function would need the types of a browser's page.
		const chosen = `[...document.querySelectorAll('[data-test-id="node-credentials-select"] input')].every(({ value }) => value)`;
		await this.page.waitForFunction(chosen);
	}

	/** The button in the panel of a node for which there is no credential yet. */
	get setUpCredential(): Locator {
		return this.panel.getByRole('button', { name: /Connect to|Set up credential/i });
	}

	get panel(): Locator {
		return this.page.getByTestId('ndv');
	}

	/** The form of the open node. */
	get form(): Locator {
		return this.page.getByTestId('node-parameters');
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.panel.waitFor();
	}

	async closePanel(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** A field with its label. */
	field(label: string, within = this.form): Locator {
		return within
			.locator('label')
			.filter({ has: this.page.locator('.n8n-text', { hasText: exactly(label) }) })
			.last()
			.locator('xpath=../..');
	}

	async fill(label: string, value: string, within = this.form): Promise<void> {
		this.clicks += 1;
		const input = this.field(label, within).locator('input, textarea').last();
		await input.fill(value);
		await input.blur();
	}

	/** Gives a field an expression. @param result words of what n8n shows as its result once the field has it */
	async fillExpression(label: string, expression: string, result: string): Promise<void> {
		this.clicks += 2;
		const field = this.field(label);
		await field.hover();
		await field.getByText('Expression', { exact: true }).last().click();
		await field.locator('.cm-content').fill(expression);
		await this.page.getByTestId('tab-params').click();
		await field
			.locator('[data-test-id^="parameter-expression-preview-"]')
			.filter({ hasText: result })
			.first()
			.waitFor();
	}

	/** Chooses from a short list; with several choices the list is closed afterwards. */
	async choose(label: string, option: string, within = this.form): Promise<void> {
		this.clicks += 2;
		const select = this.field(label, within).locator('.el-select').last();
		const item = this.page
			.locator('.el-select-dropdown__item')
			.filter({ visible: true, has: this.page.getByText(option, { exact: true }) })
			.first();
		// A list that n8n loads while it is open can close again.
		for (let tries = 0; tries < 20; tries++) {
			await select.click();
			if (await appears(item)) break;
		}
		await item.click();
		// A list of several choices stays open.
		if (await select.locator('.el-select__tags').count()) await this.page.getByTestId('tab-params').click();
	}

	/** Picks a record from a register by words that its entry shows. @returns what the list offered */
	async pick(label: string, words: string, within = this.form): Promise<string[]> {
		this.clicks += 2;
		await this.field(label, within).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item').filter({ visible: true });
		await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(words);
		const entry = entries.filter({ hasText: words }).first();
		await entry.waitFor();
		const offered = await entries.allInnerTexts();
		await entry.click();
		return offered;
	}

	/** Gives a record by its ID. */
	async enterId(label: string, id: string): Promise<void> {
		await this.chooseMode(label, 'id');
		await this.fill(label, id);
	}

	/** Chooses how a record is given. */
	async chooseMode(label: string, mode: string): Promise<void> {
		await this.field(label).getByTestId('rlc-mode-selector').click();
		await this.page.getByTestId(`mode-${mode}`).filter({ visible: true }).click();
		this.clicks += 2;
	}

	/** Brings an optional field into the form, unless it is there. @param add the button's words: Add Field, Add Filter … */
	async show(label: string, add: string, within = this.form): Promise<void> {
		if (await this.field(label, within).isVisible()) return;
		this.clicks += 2;
		await within.getByPlaceholder(add).last().click();
		await this.page
			.getByTestId('collection-parameter-option')
			.filter({ visible: true, hasText: exactly(label) })
			.click();
		await this.field(label, within).waitFor();
	}

	/** Adds a row to a table. @returns the new row */
	async addRow(table: string, within = this.form): Promise<Locator> {
		this.clicks += 1;
		const item = within
			.getByTestId('parameter-item')
			.filter({ has: this.page.locator('.n8n-text', { hasText: exactly(table) }) })
			.first();
		const rows = item.locator('[data-draggable]:not([data-draggable] [data-draggable])');
		const count = await rows.count();
		await item.getByTestId('fixed-collection-add').last().click();
		await rows.nth(count).waitFor();
		return rows.nth(count);
	}

	/** Runs the open node, or has a trigger fetch a test event, and waits for items or an error. */
	async execute(): Promise<void> {
		this.clicks += 1;
		const button = this.page.getByTestId('node-execute-button');
		const started = this.page.waitForResponse(
			(response) => response.request().method() === 'POST' && /\/rest\/workflows\/\w+\/run/.test(response.url()),
		);
		await button.click();
		await started;
		await this.page.locator('[data-test-id="node-execute-button"]:not([aria-busy="true"])').waitFor();
		await this.output.getByTestId('node-run-info').or(this.errorMessage).first().waitFor();
	}

	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** What stands above an error's details in the panel. */
	get errorMessage(): Locator {
		return this.output.getByTestId('node-error-message');
	}

	/** The items in the open table: column names and values as they are shown. */
	async table(): Promise<Array<Record<string, string>>> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.locator('table');
		await table.locator('tbody tr').first().waitFor();
		const names = (await table.locator('thead th').allInnerTexts()).map((name) => name.trim());
		const rows = await table.locator('tbody tr').all();
		return await Promise.all(
			rows.map(async (row) => {
				const cells = await row.locator('td').allInnerTexts();
				return Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? '').trim()]));
			}),
		);
	}

	/** Publishes the open workflow, which activates its trigger. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		await this.page.getByText('Workflow published', { exact: true }).waitFor();
		await this.dismissTips();
	}

	/** Opens the executions of the open workflow. @returns the entries of the list, which n8n keeps up to date */
	async openExecutions(): Promise<Locator> {
		await this.page.getByTestId('radio-button-executions').click();
		return this.page.locator('[data-test-id="current-executions-list"] [data-test-id^="execution-details-"]');
	}
}
