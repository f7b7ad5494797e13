/** The example workflows for invoices, as users import them, run in n8n's engine against the sandbox. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import type { RunResult, SavedCredential } from '../harness';
import type { WorkflowJson } from '../harness';
import { type Books, useBooks } from './state';
import { type Bench } from '../support';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const example = (file: string): WorkflowJson =>
	JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'examples', file), 'utf8')) as WorkflowJson;
const isSample = ({ type }: INode): boolean => type === 'n8n-nodes-base.set';

/**
 * Runs an example without n8n's own nodes: sticky notes are removed, and the node with the sample data passes on its items.
 */
async function run(file: string, credential = saved, resultOf?: string): Promise<RunResult> {
	const { nodes, ...rest } = example(file);
	const sample = nodes.find(isSample);
	const own = nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map((node) => (isSample(node) ? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} } : node));
	const items = sample ? [JSON.parse(String(sample.parameters.jsonOutput)) as IDataObject] : [{}];
	const result = await bench.engine.runWorkflow(
		{ ...rest, nodes: own },
		{ credentials: { procountorApi: credential }, items, resultOf, ...(sample ? { start: sample.name } : {}) },
	);
	if (result.error) throw new Error(`${file}: ${result.error.message} | ${result.error.description ?? ''}`);
	return result;
}

const jsonOf = ({ items }: RunResult): IDataObject[] => items[0].map(({ json }) => json);

it('An order becomes one sent invoice, even if the workflow runs twice', async () => {
	const [made] = jsonOf(await run('order-to-sent-invoice.json'));
	expect(made).toMatchObject({ status: 'SENT', wasCreated: true, originalInvoiceNumber: 'TIL-2026-118' });
	expect(books.invoice(made.id).invoiceRows).toMatchObject([
		{ product: 'Toimitus 30.9.', unitPrice: 0 },
		{ quantity: 12, unit: 'KILOGRAM' },
		{ quantity: 3, unit: 'HOUR' },
	]);
	expect(books.entries(made.id).filter(({ accountingValue }) => accountingValue !== 0)).toMatchObject([
		{ account: '3010', accountingValue: -178.8, dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: -178.8 }] },
		{ account: '3020', accountingValue: -285, dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: -285 }] },
	]);
	expect(jsonOf(await run('order-to-sent-invoice.json'))[0]).toMatchObject({ id: made.id, wasCreated: false });
	expect(books.numbered('TIL-2026-118')).toHaveLength(1);
});

it('Waiting bills are read with their files, verified, and approved', async () => {
	const ids = [1, 2].map(
		(number) =>
			bench.sandbox.backdoor.addInvoice({
				type: 'PURCHASE_INVOICE',
				originalInvoiceNumber: `B-${number}`,
				invoiceApprovalInformation: { verifiers: [{ userId: 1004 }], acceptors: [{ userId: 1004 }] },
			}).id,
	);
	const approver = bench.engine.saveCredential('procountorApi', bench.credential({ apiKey: DEMO.keys.approver }));
	const { runData } = await run('bill-in-approve.json', approver);
	const read = runData['Bill with Files'][0].data?.main[0] ?? [];
	expect(
		read.filter(({ json }) => ids.includes(Number(json.id))).map(({ binary }) => Object.keys(binary ?? {})),
	).toEqual([['page_1'], ['page_1']]);
	expect(ids.map((id) => books.invoice(id).status)).toEqual(['APPROVED', 'APPROVED']);
});

it('Verified bills are approved even if no bill waits for verification', async () => {
	const approver = bench.engine.saveCredential('procountorApi', bench.credential({ apiKey: DEMO.keys.approver }));
	// First approves all bills that already wait in the demo company.
	await run('bill-in-approve.json', approver);
	const { id } = bench.sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', invoiceApprovalInformation: { verifiers: [], acceptors: [{ userId: 1004 }] } },
		{ status: 'VERIFIED' },
	);
	const { runData } = await run('bill-in-approve.json', approver);
	expect(runData['Bill with Files']).toBeUndefined();
	expect(books.invoice(id).status).toBe('APPROVED');
});

it('Attachments are returned as files for a folder', async () => {
	const { id } = bench.sandbox.backdoor.addInvoice();
	for (const name of ['uusi.pdf', 'toinen ä.txt']) bench.sandbox.backdoor.addAttachment({ name, referenceId: id });
	const { items } = await run('attachments-to-folder.json');
	const files = items[0].map(({ json, binary }) => [
		json.fileName,
		Buffer.from(binary?.data.data ?? '', 'base64').length > 0,
	]);
	expect(files.slice(-2)).toEqual([
		['uusi.pdf', true],
		['toinen ä.txt', true],
	]);
});
