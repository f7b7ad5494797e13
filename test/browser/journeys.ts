/** Jobs that a person builds in the editor from Procountor's nodes and others, from the first click to the record that they leave. */
import { waitFor } from '../e2e/processes';
import type { Stage } from '../e2e/stage';
import { DEMO } from '../sandbox';
import type { ChatServer } from './chatServer';
import { CredentialDialog } from './credentialDialog';
import type { Editor } from './editor';

/** What stands in the sandbox under an ID that the screen shows. */
export const recordOf = ({ sandbox }: Stage, register: string, id: string): unknown =>
	sandbox.world.company(DEMO.companyId).registerByName(register)?.get(Number(id))?.record;

/**
 * A bill that arrives is posted to a chat channel with a link; who follows the link verifies and approves it.
 * @returns the message, and the bill's status before and after the link was followed
 */
export async function billToChatAndApproved(
	editor: Editor,
	stage: Stage,
	chat: ChatServer,
): Promise<{ message: string; statuses: unknown[] }> {
	const own = { verifiers: [{ userId: 1001 }], acceptors: [{ userId: 1001 }] };
	const { id } = stage.sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', language: undefined, invoiceApprovalInformation: own },
		{ status: 'RECEIVED' },
	);
	const statusOf = (): unknown => (recordOf(stage, 'invoices', String(id)) as { status: string }).status;
	await editor.newWorkflow();
	await editor.addAction('Procountor', 'On bill received');
	await editor.execute();
	await editor.closePanel();
	await editor.addNode('Mattermost', 'Post a message');
	const dialog = await CredentialDialog.open(editor);
	await dialog.fill({ 'Access Token': 'token', 'Base URL': chat.url });
	await dialog.save();
	await editor.choose('Channel Name or ID', chat.channel);
	const text = '{{ $json.partnerName }}: {{ $json.total }} {{ $json.currency }}. Approve: {{ $execution.resumeUrl }}';
	await editor.fillExpression('Message', text, 'Ostaja Oy: 8.79 EUR. Approve:');
	await editor.closePanel();
	await editor.addNode('Wait');
	await editor.choose('Resume', 'On Webhook Call');
	await editor.closePanel();
	for (const action of ['Verify invoice', 'Approve invoice']) {
		await editor.addAction('Procountor', action);
		await editor.chooseMode('Invoice', 'id');
		// n8n ties what a Wait node returns to no item before it.
		await editor.fillExpression('Invoice', "{{ $('Procountor Trigger').first().json.id }}", String(id));
		await editor.closePanel();
	}
	await editor.page.getByTestId('execute-workflow-button').click();
	const message = await waitFor('the message in the channel', 120, async () => await Promise.resolve(chat.messages[0]));
	const statuses = [statusOf()];
	const [link] = /https?:\S+/.exec(message) ?? [''];
	// n8n waits for the link a moment after the message has left.
	await waitFor('the link to work', 120, async () => ((await fetch(link)).ok ? true : undefined));
	await waitFor(
		'the bill to be approved',
		120,
		async () => await Promise.resolve(statusOf() === 'APPROVED' ? true : undefined),
	);
	return { message, statuses: [...statuses, statusOf()] };
}

/**
 * A month's ledger becomes rows of a data table of n8n, of which the person has named the columns.
 * @returns what the table holds, and what the panel showed
 */
export async function ledgerToTable(
	editor: Editor,
	{ n8n }: Stage,
): Promise<{ shown: Array<Record<string, string>>; stored: Array<Record<string, unknown>> }> {
	// The last one shows a value of its own, which tells that the form has it: a number shows 0 before its expression is read.
	const columns = { credit: 'credit', debit: 'debit', day: 'date', account: 'account' };
	const table = await n8n.createDataTable('Ledger', {
		day: 'string',
		account: 'string',
		debit: 'number',
		credit: 'number',
	});
	await editor.newWorkflow();
	await editor.addManualTrigger();
	await editor.addAction('Procountor', 'Get ledger rows');
	await editor.fill('First Day', '2026-09-01');
	await editor.fill('Last Day', '2026-09-30');
	await editor.execute();
	const shown = await editor.table();
	await editor.closePanel();
	await editor.addNode('Data table', 'Insert row');
	await editor.pick('Data table', 'Ledger');
	for (const [column, field] of Object.entries(columns))
		await editor.fillExpression(column, `{{ $json.${field} }}`, shown[0][field]);
	await editor.execute();
	await editor.closePanel();
	return { shown, stored: await n8n.dataTableRows(table) };
}
