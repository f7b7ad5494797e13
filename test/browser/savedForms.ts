/** Forms in which everything was added and nothing was touched, as the editor saves them. */
import type { INodeParameters } from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import type { N8nDriver } from '../e2e/driver';
import { waitFor } from '../e2e/processes';
import { packageName } from '../e2e/workflows';
import { savedByEditor } from '../engine/reach/untouched';
import type { Editor } from './editor';

export interface SavedForm {
	resource: string;
	operation: string;
	parameters: INodeParameters;
}

const COLUMNS = 8;

/**
 * Has a person add every optional field and a row in each table, for several operations in one workflow, and save.
 * @param operations pairs of resource and operation; forms without anything to add are stored as they are
 * @returns what n8n stored, in the same order, and how many clicks it took
 */
export async function saveForms(
	editor: Editor,
	n8n: N8nDriver,
	operations: Array<[resource: string, operation: string]>,
): Promise<{ forms: SavedForm[]; clicks: number }> {
	const names = operations.map((pair) => pair.join(' '));
	const hasMore = operations.map(([resource, operation]) => hasGroups(savedByEditor(resource, operation)));
	const { id } = await n8n.createWorkflow({
		name: `Forms of ${operations[0][0]}`,
		nodes: operations.map(([resource, operation], index) => ({
			id: `form-${index}`,
			name: names[index],
			type: `${packageName}.procountor`,
			typeVersion: 1,
			position: [(index % COLUMNS) * 240, Math.floor(index / COLUMNS) * 200],
			parameters: { resource, operation },
		})),
		connections: {},
	});
	await editor.openWorkflow(id);
	await editor.page.getByTestId('zoom-to-fit').click();
	let clicks = 0;
	for (const [index, name] of names.entries()) {
		if (!hasMore[index]) continue;
		await editor.openNode(name);
		clicks += await addEverything(editor);
		await editor.closePanel();
	}
	await editor.page.keyboard.press('Control+s');
	const stored = await settled(n8n, id);
	const forms = operations.map(([resource, operation], index) => ({
		resource,
		operation,
		parameters: stored.get(names[index]) ?? {},
	}));
	return { forms, clicks };
}

/** Whether saved parameters hold a collection or a table. */
function hasGroups(saved: INodeParameters): boolean {
	return Object.values(saved).some((value) => typeof value === 'object' && value !== null && !('mode' in value));
}

/** The parameters in n8n's database, once the editor has written its last change: it saves a moment after each. */
async function settled(n8n: N8nDriver, id: string): Promise<Map<string, INodeParameters>> {
	let last = '';
	const nodes = await waitFor('the editor to save', 60, async () => {
		await new Promise((resolve) => {
			setTimeout(resolve, 3000);
		});
		const { versionId, nodes: stored } = await n8n.readWorkflow(id);
		if (versionId === last) return stored;
		last = versionId;
		return undefined;
	});
	return new Map(nodes.map(({ name, parameters }) => [name, parameters]));
}

/**
 * Adds all that the open form offers to add with the mouse: every optional field and a row in each table.
 * @returns the number of fields and rows added
 */
async function addEverything({ form, page }: Editor): Promise<number> {
	const adders = form.getByTestId('collection-parameter-add');
	const options = page.getByTestId('collection-parameter-option').filter({ visible: true });
	const emptyTables = form
		.locator('[data-test-id^="fixed-collection-"]:not(button)')
		.filter({ hasNot: page.locator('[data-draggable]') });
	const tableAdders = emptyTables.getByTestId('fixed-collection-add');
	// The form comes a moment after its panel, and has something to add.
	await adders.or(tableAdders).first().waitFor();
	// After the last option the button goes away a moment later: then its list has nothing to choose.
	for (let added = 0, misses = 0; ; misses++) {
		if (misses > 5) throw new Error(`The form offers to add a field, but no list opens after ${added} fields`);
		const table = tableAdders.first();
		if (await table.count()) await table.click();
		else if ((await adders.count()) === 0) {
			// Pickers come last, and mark their value as that of a picker.
			await page.waitForTimeout(1000);
			return added;
		} else if (!(await chooseFirst(adders.first(), options.first()))) continue;
		added++;
		misses = -1;
	}
}

async function chooseFirst(list: Locator, option: Locator): Promise<boolean> {
	const isThere = async (step: Promise<void>): Promise<boolean> =>
		await step.then(
			() => true,
			() => false,
		);
	const patience = { timeout: 5000 };
	if (!(await isThere(list.click(patience))) || !(await isThere(option.waitFor(patience)))) return false;
	await option.click();
	await option.waitFor({ state: 'hidden' });
	return true;
}
