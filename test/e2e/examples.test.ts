/**
 * The example workflows for import files, the ledger, accounting firms, project tools, shops and warehouses: each imported into a
 * real n8n as a person would, and run against the sandbox.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'iconv-lite';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { DEMO, type Sandbox } from '../sandbox';
import { login } from '../sandbox/client';
import { sumsOf, type Invoice } from '../sandbox/records/invoices/model';
import { paymentsOf } from '../sandbox/records/invoices/payments';
import { confirmationsOf, decide, type Decision } from '../sandbox/records/secondFactor';
import { sendDeliveries, webhooks } from '../sandbox/records/webhooks';
import {
	type N8nDriver,
	type CredentialReference,
	type ExecutionWithData,
	type StoredWorkflow,
	type WorkflowDefinition,
} from './driver';
import { waitFor } from './processes';
import { badData } from './badData';
import { searchForSecrets } from './runData';
import type { N8nServer } from './server';
import { clientData, startStage, type Stage } from './stage';

const minute = 60_000;
const projectRoot = join(__dirname, '..', '..');
const scratch = join(projectRoot, '.scratch', 'e2e-examples');
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

let stage: Stage;
let sandbox: Sandbox;
let server: N8nServer;
let n8n: N8nDriver;
let credentials: Record<'admin' | 'second' | 'approver', CredentialReference>;
const executions: ExecutionWithData[] = [];

beforeAll(async () => {
	stage = await startStage({ folder: scratch, sandbox: { checkAnswers: true }, print });
	({ sandbox, server, n8n } = stage);
	const client = clientData(sandbox);
	credentials = {
		admin: await n8n.createCredential('procountorApi', 'First company', { ...client, apiKey: DEMO.keys.admin }),
		second: await n8n.createCredential('procountorApi', 'Second company', { ...client, apiKey: DEMO.keys.second }),
		approver: await n8n.createCredential('procountorApi', 'Approver', { ...client, apiKey: DEMO.keys.approver }),
	};
}, 40 * minute);

afterAll(async () => {
	await stage?.close();
}, 2 * minute);

/** Imports an example with a credential of the test; `change` makes the edits that its note requires. */
async function imported(
	file: string,
	credential: CredentialReference = credentials.admin,
	change: (node: INode) => INode = (node) => node,
): Promise<StoredWorkflow> {
	const { name, nodes, connections, settings } = JSON.parse(
		readFileSync(join(projectRoot, 'examples', file), 'utf8'),
	) as WorkflowDefinition;
	const own = nodes.map((node) =>
		change({ ...node, ...(node.credentials ? { credentials: { procountorApi: credential } } : {}) }),
	);
	return await n8n.createWorkflow({ name, nodes: own, connections, settings });
}

const sampleOf = (file: string): IDataObject => {
	const { nodes } = JSON.parse(readFileSync(join(projectRoot, 'examples', file), 'utf8')) as WorkflowDefinition;
	const sample = nodes.find(({ name }) => name.startsWith('Sample'));
	return JSON.parse(String(sample?.parameters.jsonOutput)) as IDataObject;
};
/** An example with other data instead of its sample, and without retries, so that it fails at once. */
const withData = async (file: string, data: IDataObject): Promise<StoredWorkflow> =>
	await imported(file, credentials.admin, (node) => ({
		...node,
		retryOnFail: false,
		...(node.name.startsWith('Sample') ? { parameters: { ...node.parameters, jsonOutput: JSON.stringify(data) } } : {}),
	}));

async function run(workflow: StoredWorkflow): Promise<ExecutionWithData> {
	const execution = await n8n.runWorkflow(workflow, 'When Clicking Execute', 120);
	executions.push(execution);
	const { error } = execution.result.resultData;
	if (execution.status !== 'success')
		throw new Error(
			`${workflow.name}: ${execution.status} ${error?.message ?? ''} ${error && 'description' in error ? String(error.description) : ''}`,
		);
	return execution;
}

/** Runs a workflow that must fail, and returns its error message. */
async function failed(workflow: StoredWorkflow): Promise<string> {
	const execution = await n8n.runWorkflow(workflow, 'When Clicking Execute', 120);
	executions.push(execution);
	expect(execution.status).toBe('error');
	return execution.result.resultData.error?.message ?? '';
}

const outOf = (execution: ExecutionWithData, node: string): INodeExecutionData[] =>
	execution.result.resultData.runData[node]?.at(-1)?.data?.main[0] ?? [];
const jsonOf = (execution: ExecutionWithData, node: string): IDataObject[] =>
	outOf(execution, node).map(({ json }) => json);

/** The rows of the ledger table, read by a separate workflow. */
async function tableRows(): Promise<IDataObject[]> {
	const table = { __rl: true, mode: 'name', value: 'procountor_ledger' };
	const nodes: INode[] = [
		{
			id: 'a',
			name: 'When Clicking Execute',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'b',
			name: 'Rows',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			position: [200, 0],
			parameters: { resource: 'row', operation: 'get', dataTableId: table, returnAll: true },
		},
	];
	const workflow = await n8n.createWorkflow({
		name: 'Read the table',
		nodes,
		connections: { 'When Clicking Execute': { main: [[{ node: 'Rows', type: 'main', index: 0 }]] } },
	});
	const rows = jsonOf(await run(workflow), 'Rows');
	return rows.map((row) =>
		Object.fromEntries(Object.entries(row).filter(([name]) => !['id', 'createdAt', 'updatedAt'].includes(name))),
	);
}

const cents = (value: unknown): number => Math.round(Number(value) * 100);
const sortedRows = (rows: IDataObject[]): string[] =>
	rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

describe('Ledger example', () => {
	it(
		'fills a table that balances and matches the report in a full refresh',
		async () => {
			const refresh = await imported('ledger-full-refresh.json');
			const execution = await run(refresh);
			expect(execution.result.resultData.runData['Get Ledger Rows'][0].hints ?? []).toEqual([]);
			const rows = await tableRows();
			expect(rows.length).toBeGreaterThan(150);
			const sum = (name: string): number => rows.reduce((total, row) => total + cents(row[name]), 0);
			expect(sum('debit')).toBe(sum('credit'));
			const { data } = await (
				await login(sandbox)
			).post<{ reportData: { periods: Array<{ rows: Array<{ name: string; value: number }> }> } }>(
				'/reports/ledgeraccounts',
				{ startDate: '2026-01-01', endDate: '2026-12-31' },
			);
			for (const { name, value } of data.reportData.periods[0].rows) {
				const account = name.split(' ')[0];
				const own = rows
					.filter((row) => row.account === account)
					.reduce((total, row) => total + cents(row.debit) - cents(row.credit), 0);
				expect([account, own]).toEqual([account, cents(value)]);
			}
			print(
				`ledger, full refresh: ${rows.length} rows, debit = credit = ${(sum('debit') / 100).toFixed(2)}, every account as in the report`,
			);
			await run(refresh);
			expect(await tableRows()).toHaveLength(rows.length);
		},
		5 * minute,
	);

	it(
		'reaches the same table with daily changes as with a full refresh',
		async () => {
			const daily = await imported('ledger-daily-incremental.json');
			sandbox.clock.advance(3 * 3_600_000);
			const replaced = sandbox.backdoor.addInvoice({});
			const voided = sandbox.backdoor.addJournal({}, { status: 'APPROVED' });
			await run(daily);
			sandbox.clock.advance(3 * 3_600_000 - 60_000);
			const again = await login(sandbox);
			const { data: invoice } = await again.get<IDataObject>(`/invoices/${replaced.id}`);
			await again.put(`/invoices/${replaced.id}`, {
				...invoice,
				invoiceRows: [{ ...(invoice.invoiceRows as IDataObject[])[0], quantity: 9 }],
			});
			await again.put(`/ledgerreceipts/${voided.id}/invalidate`);
			sandbox.backdoor.addJournal({ name: 'Uusi' }, { status: 'APPROVED' });
			const execution = await run(daily);
			const told = jsonOf(execution, 'Get Changed Rows');
			const changed = await tableRows();
			await run(await imported('ledger-full-refresh.json'));
			expect(sortedRows(changed)).toEqual(sortedRows(await tableRows()));
			expect(told.filter(({ change }) => change !== 'control').length).toBeLessThan(changed.length);
			// A receipt that was deleted leaves no trace to search for; the control total shows it.
			const removed = sandbox.backdoor.addJournal({ name: 'Poistuva' }, { status: 'APPROVED' });
			await run(daily);
			sandbox.backdoor.remove('ledgerReceipts', removed.id);
			expect(await failed(daily)).toMatch(
				/^The table does not add up on account \d+: .* in the report, .* in the table\. Run the full refresh$/,
			);
			await run(await imported('ledger-full-refresh.json'));
			await run(daily);
			print(
				`ledger, daily changes: ${told.length} rows told, the table's ${changed.length} rows are those of a full refresh`,
			);
		},
		5 * minute,
	);
});

it(
	'The ledger examples stop and keep the table if the right to salaries is missing',
	async () => {
		sandbox.backdoor.setRights(1001, { 'salaries.payroll': 'NO_ACCESS' });
		const message =
			'The ledger is not complete. The user cannot see: Receipts of salaries (Management > Users and user rights: Salaries > Payroll)';
		expect(await failed(await imported('ledger-daily-incremental.json'))).toBe(message);
		const rows = sortedRows(await tableRows());
		expect(await failed(await imported('ledger-full-refresh.json'))).toBe(message);
		expect(sortedRows(await tableRows())).toEqual(rows);
		sandbox.backdoor.setRights(1001, { 'salaries.payroll': 'ALL_RIGHTS' });
	},
	5 * minute,
);

it(
	'The accounting firm example runs a workflow for each company and adds the company to each item',
	async () => {
		const first = await imported('accounting-firm-company.json', credentials.admin);
		const second = await imported('accounting-firm-company.json', credentials.second);
		for (const workflow of [first, second]) await n8n.activate(workflow);
		const ids = [first.id, second.id, 'no-such-workflow'];
		const all = await imported('accounting-firm.json', credentials.admin, (node) =>
			node.name === 'Companies'
				? {
						...node,
						parameters: {
							...node.parameters,
							jsonOutput: JSON.stringify({ companies: ids.map((workflowId) => ({ workflowId })) }),
						},
					}
				: node,
		);
		const items = jsonOf(await run(all), 'Ask Each Company');
		const companies = new Map(
			items
				.filter(({ companyId }) => companyId !== undefined)
				.map(({ companyId, companyName }) => [companyId, companyName]),
		);
		expect([...companies]).toEqual([
			[DEMO.companyId, 'Koivurannan Kahvitukku Oy'],
			[DEMO.secondCompanyId, 'Meritien Muotoilu Oy'],
		]);
		const partnersOf = (id: number): IDataObject[] => items.filter(({ companyId }) => companyId === id);
		expect(partnersOf(DEMO.secondCompanyId).length).toBeGreaterThan(0);
		expect(partnersOf(DEMO.secondCompanyId).every(({ partnerName }) => String(partnerName).endsWith(' II'))).toBe(true);
		expect(partnersOf(DEMO.companyId).some(({ partnerName }) => String(partnerName).endsWith(' II'))).toBe(false);
		expect(items.filter(({ error }) => error !== undefined)).toHaveLength(1);
		print(
			`accounting firm: ${[...companies].map(([id, name]) => `${String(name)} (${String(id)}): ${partnersOf(Number(id)).length} partners`).join(', ')}; the third, without a workflow, told as an error`,
		);
	},
	3 * minute,
);

describe('Example that creates records', () => {
	const invoicesOf = () =>
		(sandbox.world.company(DEMO.companyId).registerByName('invoices')?.all() ?? []).map(
			({ record }) => record as IDataObject,
		);
	const withNumber = (number: string): IDataObject[] =>
		invoicesOf().filter(({ originalInvoiceNumber }) => originalInvoiceNumber === number);
	const receiptOf = (id: unknown) =>
		sandbox.world.company(DEMO.companyId).registerByName('ledgerReceipts')?.get(Number(id))?.record as {
			transactions: Array<{
				transactionType: string;
				account: string;
				accountingValue: number;
				vatPercent: number;
				dimensionItemValues: Array<{ dimensionId: number; itemId: number; value: number }>;
			}>;
		};
	const entriesOf = (number: string) =>
		receiptOf(withNumber(number)[0].ledgerReceiptId)
			.transactions.filter(({ transactionType }) => transactionType === 'ENTRY')
			.map(({ account, accountingValue, vatPercent, dimensionItemValues }) => [
				account,
				accountingValue,
				vatPercent,
				dimensionItemValues.map(({ itemId, value }) => `${itemId}: ${value}`).join(),
			]);

	it(
		'creates invoices and expense claims of a project tool, without duplicates',
		async () => {
			const workflow = await imported('project-tool.json');
			const execution = await run(workflow);
			expect(
				jsonOf(execution, 'Create Sales Invoice').map(({ originalInvoiceNumber, status }) => [
					originalInvoiceNumber,
					status,
				]),
			).toEqual([
				['PT-2026-118', 'UNFINISHED'],
				['PT-2026-119', 'UNFINISHED'],
			]);
			expect(entriesOf('PT-2026-118')).toEqual([
				['3000', 0, 25.5, ''],
				['3020', -570, 25.5, '12: -570,23: -570'],
				['3000', -84, 25.5, '13: -84'],
			]);
			expect(entriesOf('PT-2026-119')).toEqual([['3020', -195, 25.5, '11: -195']]);
			const [claim] = withNumber('EXP-2026-31');
			expect(claim).toMatchObject({ type: 'BILL_OF_CHARGES', status: 'UNFINISHED' });
			expect((claim.counterParty as { counterPartyAddress: IDataObject }).counterPartyAddress.name).toMatch(
				/Myllymäki/,
			);
			// 54.60 including 10 % VAT and 28.40 including 13.5 %: 49.64 and 25.02 without VAT.
			expect(entriesOf('EXP-2026-31')).toEqual([
				['7800', 49.64, 10, '23: 49.64'],
				['7600', 25.02, 13.5, '22: 25.02'],
			]);
			const before = invoicesOf().length;
			await run(workflow);
			expect(invoicesOf()).toHaveLength(before);
			print(`project tool: ${before} invoices after the first and after the second run`);
		},
		3 * minute,
	);

	const totalOf = (invoice: IDataObject): number => sumsOf(invoice as unknown as Invoice).total;

	it(
		'creates web shop invoices with the totals of the orders, without duplicates',
		async () => {
			const workflow = await imported('web-shop-orders.json');
			await run(workflow);
			const [first] = withNumber('WEB-10021');
			expect(first).toMatchObject({ type: 'SALES_INVOICE', status: 'APPROVED' });
			expect((first.counterParty as IDataObject).customerNumber).toBe('WEB-318');
			// 4 × 14.90, 12 × 3.50, 8.90 for shipping, all of the web shop's cost centre.
			expect(entriesOf('WEB-10021').map(([, value, vat, dimensions]) => [value, vat, dimensions])).toEqual([
				[-59.6, 13.5, '13: -59.6'],
				[-42, 25.5, '13: -42'],
				[-8.9, 25.5, '13: -8.9'],
			]);
			for (const { number, total } of sampleOf('web-shop-orders.json').orders as IDataObject[])
				expect([number, ...withNumber(`WEB-${String(number)}`).map(totalOf)]).toEqual([number, total]);
			const [consumer, guest] = [withNumber('WEB-10022')[0], withNumber('WEB-10023')[0]];
			expect(consumer.counterParty).toMatchObject({
				customerNumber: 'WEB-319',
				counterPartyAddress: { name: 'Ostaja Tiina' },
			});
			expect((consumer.invoiceRows as IDataObject[]).map(({ vatPercent }) => vatPercent)).toEqual([
				13.5, 25.5, 10, 25.5,
			]);
			expect(guest.partnerId).toBeUndefined();
			expect(guest.counterParty).toMatchObject({ counterPartyAddress: { name: 'Vieras Veikko' } });
			const [credit, refund] = [withNumber('WEB-10023-R77')[0], withNumber('WEB-10024-R78')[0]];
			expect([totalOf(credit), totalOf(refund)]).toEqual([-16.91, -4.4]);
			expect([credit.status, guest.status]).toEqual(['MARKED_PAID', 'MARKED_PAID']);
			const before = invoicesOf().length;
			for (let times = 0; times < 2; times++) await run(workflow);
			expect(invoicesOf()).toHaveLength(before);
			const numbers = ['10021', '10022', '10023', '10023-R77', '10024', '10024-R78'];
			print(
				`web shop: ${numbers.map((number) => `WEB-${number} ${totalOf(withNumber(`WEB-${number}`)[0])}`).join(', ')}; none twice`,
			);
		},
		5 * minute,
	);

	it(
		'skips web shop orders without a number, a name or rows, and invoices the others',
		async () => {
			const { orders } = sampleOf('web-shop-orders.json') as { orders: IDataObject[] };
			const order: IDataObject = { ...orders[3], refunds: [] };
			const bad = [
				{ ...order, number: undefined },
				{ ...order, number: '' },
				{ ...order, number: '20001', line_items: [] },
				{ ...order, number: '20002', billing: { ...(order.billing as IDataObject), last_name: '', company: '' } },
				{ ...order, number: '20003', customer_id: undefined },
			];
			const before = invoicesOf().length;
			const execution = await run(await withData('web-shop-orders.json', { orders: bad }));
			expect(outOf(execution, 'Orders to Check')).toHaveLength(4);
			expect(invoicesOf()).toHaveLength(before + 1);
			expect(totalOf(withNumber('WEB-20003')[0])).toBe(order.total);
			// The same number with other rows is a changed order: the run stops and creates nothing.
			const changed = { ...order, number: '20003', shipping: { total: 9.9, tax_rate: 25.5 } };
			expect(await failed(await withData('web-shop-orders.json', { orders: [changed] }))).toMatch(/WEB-20003/);
			expect(invoicesOf()).toHaveLength(before + 1);
			print('web shop: 4 of 5 orders set aside, 1 invoiced; a changed order stops the run');
		},
		5 * minute,
	);

	it(
		'creates two expense claims, without duplicates, and marks each card receipt as paid on its day',
		async () => {
			const workflow = await imported('expenses-company-card.json');
			for (let times = 0; times < 3; times++) {
				const execution = await run(workflow);
				expect(jsonOf(execution, 'Mark as Paid by Card').map(({ marked }) => marked)).toEqual(
					times === 0 ? [true, true] : [false, false],
				);
			}
			const [[own], [card]] = [withNumber('KULU-2026-09-9002-O'), withNumber('KULU-2026-09-9002-K')];
			expect([own.status, card.status]).toEqual(['RECEIVED', 'MARKED_PAID']);
			expect([totalOf(own), totalOf(card)]).toEqual([12.4, 41.4]);
			expect(
				paymentsOf(sandbox.world.company(DEMO.companyId), Number(card.id)).map(({ record }) => [
					record.paidAmount,
					record.paymentDate,
				]),
			).toEqual([
				[31.5, '2026-09-14'],
				[9.9, '2026-09-22'],
			]);
			const sample = sampleOf('expenses-company-card.json');
			const before = invoicesOf().length;
			await run(await withData('expenses-company-card.json', { ...sample, companyCard: [], ownMoney: [] }));
			const nobody = { ...sample, number: 'KULU-X', personNumber: '' };
			expect(await failed(await withData('expenses-company-card.json', nobody))).toContain('Person');
			expect(invoicesOf()).toHaveLength(before);
			print('expenses: 31.50 paid on 14 September, 9.90 on 22 September; three runs, two claims');
		},
		5 * minute,
	);

	it(
		'creates one journal for a day of sales, and none for an empty or inconsistent day',
		async () => {
			const workflow = await imported('daily-sales-to-journal.json');
			const journals = () =>
				(sandbox.world.company(DEMO.companyId).registerByName('ledgerReceipts')?.all() ?? []).filter(({ record }) =>
					String((record as IDataObject).name).startsWith('Päivän myynti'),
				);
			for (let times = 0; times < 3; times++) await run(workflow);
			expect(journals()).toHaveLength(1);
			const { transactions } = receiptOf(journals()[0].id);
			expect(
				transactions
					.filter(({ transactionType }) => transactionType === 'ENTRY')
					.map(({ account, accountingValue, vatPercent }) => [account, accountingValue, vatPercent]),
			).toEqual([
				['3000', -328.56, 25.5],
				['3010', -1135.15, 13.5],
				['3900', -18.09, 10],
				['1900', 220.65, 0],
				['1930', 1500, 0],
			]);
			const sample = sampleOf('daily-sales-to-journal.json');
			await run(await withData('daily-sales-to-journal.json', { ...sample, salesWithVat: [], payments: [] }));
			const salesOf = (costCentre: string) =>
				(sample.salesWithVat as IDataObject[]).map((sale) => ({ ...sale, costCentre }));
			const wrong: Array<[data: IDataObject, message: RegExp]> = [
				[{ ...sample, salesWithVat: salesOf('Ei olemassa') }, /Ei olemassa/],
				[{ ...sample, day: '' }, /Date/],
				[{ ...sample, day: '2026-10-02', payments: [] }, /./],
			];
			for (const [data, message] of wrong)
				expect(await failed(await withData('daily-sales-to-journal.json', data))).toMatch(message);
			expect(journals()).toHaveLength(1);
			print('daily sales: one journal after three runs; four bad days create none');
		},
		5 * minute,
	);
});

it(
	'The data warehouse example returns registers, documents, receivables and missing rights',
	async () => {
		const execution = await run(await imported('data-warehouse.json'));
		const counts = Object.fromEntries(
			['Partners', 'Products', 'Dimensions', 'Invoices With Rows', 'Receivables and Payables', 'Attachments'].map(
				(name) => [name, outOf(execution, `Warehouse: ${name}`).length],
			),
		);
		for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
		expect(
			jsonOf(execution, 'Warehouse: Invoices With Rows').every(({ invoiceRows }) => Array.isArray(invoiceRows)),
		).toBe(true);
		expect(jsonOf(execution, 'What the Key May Not See').map(({ area, state }) => [area, state])).toEqual([
			['Webhooks', 'cannot tell'],
		]);
		print(`data warehouse: ${JSON.stringify(counts)}`);
	},
	3 * minute,
);

it(
	'The import file example creates the file that its note describes, without a credential',
	async () => {
		const execution = await run(await imported('import-file-invoices.json'));
		const [file] = outOf(execution, 'Create Import File');
		expect(file.binary?.data).toMatchObject({ fileName: 'ostolaskut.csv', mimeType: 'text/csv' });
		expect(file.json).toMatchObject({
			records: 2,
			rows: 6,
			warnings: ['If Procountor reads the file twice, it creates every invoice twice.'],
			leftOut: [],
		});
		const { id, data } = file.binary?.data ?? {};
		const lines = decode(
			id === undefined ? Buffer.from(data ?? '', 'base64') : await n8n.readFile(id),
			'windows-1252',
		).split('\r\n');
		expect(lines[0].startsWith('O;EUR;;FI2112345600000785;2322671-5;tilisiirto;Rahtipalvelu Kivelä Oy;')).toBe(true);
		expect(lines.slice(1, 4)).toEqual([
			';Rahti;;2;kpl;85;;25,5;;;;;;4090;;;',
			';DIMENSION;R;Kustannuspaikka;Helsinki;60,00',
			';DIMENSION;R;Kustannuspaikka;Tampere;40,00',
		]);
		print(`import file: ${JSON.stringify(file.json)}`);
	},
	2 * minute,
);

describe('Bill example', () => {
	const recordOf = (id: number): IDataObject =>
		sandbox.world.company(DEMO.companyId).registerByName('invoices')?.get(id)?.record as IDataObject;
	const arrived = (verifier: number, more: IDataObject = {}): number =>
		sandbox.backdoor.addInvoice({
			type: 'PURCHASE_INVOICE',
			language: undefined,
			counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } },
			extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
			invoiceApprovalInformation: { verifiers: [{ userId: verifier }], acceptors: [{ userId: 1004 }] },
			...more,
		}).id;

	it(
		'reads waiting bills with their files, verifies them and approves them',
		async () => {
			const ids = [arrived(1004), arrived(1004)];
			const execution = await run(await imported('bill-in-approve.json', credentials.approver));
			const read = outOf(execution, 'Bill with Files').filter(({ json }) => ids.includes(Number(json.id)));
			expect(read.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['page_1'], ['page_1']]);
			expect(ids.map((id) => recordOf(id).status)).toEqual(['APPROVED', 'APPROVED']);
			print(`bills in: ${ids.length} bills read with their pages, verified and approved`);
		},
		3 * minute,
	);

	it(
		'posts bills to the project in their reference, notes or rows, and approves them with another key',
		async () => {
			const row = {
				product: 'Koulutus',
				quantity: 1,
				unit: 'PIECE',
				unitPrice: 7,
				discountPercent: 0,
				vatPercent: 25.5,
			};
			const bills: Record<string, number> = {
				reference: arrived(1001, { orderReference: 'Tilaus P-103' }),
				notes: arrived(1001, { notes: 'Projekti: P-103, ks. liite' }),
				row: arrived(1001, { invoiceRows: [row, { ...row, unitPrice: 30, comment: 'Työ P-103' }] }),
				none: arrived(1001, { orderReference: 'P-1034', notes: '' }),
			};
			const workflow = await imported('bill-to-project.json', credentials.admin, (node) =>
				node.name === 'Approve' ? { ...node, credentials: { procountorApi: credentials.approver } } : node,
			);
			const execution = await run(workflow);
			const { none, ...routed } = bills;
			for (const id of Object.values(routed)) {
				expect(recordOf(id).status).toBe('APPROVED');
				const receipt = sandbox.world
					.company(DEMO.companyId)
					.registerByName('ledgerReceipts')
					?.get(Number(recordOf(id).ledgerReceiptId))?.record as { transactions: IDataObject[] };
				for (const one of receipt.transactions.filter(({ transactionType }) => transactionType === 'ENTRY'))
					expect(one.dimensionItemValues).toEqual([
						expect.objectContaining({ itemId: 23, value: one.accountingValue }),
					]);
			}
			expect(recordOf(none).status).toBe('RECEIVED');
			expect(jsonOf(execution, 'Ask a Person').map(({ id }) => id)).toContain(none);
			print(
				`bills to projects: ${Object.keys(routed).join(', ')} set to P-103 and approved; one without a project asked`,
			);
		},
		3 * minute,
	);
});

it(
	'The order example sends one invoice, and the attachment example downloads its new file',
	async () => {
		const order = await imported('order-to-sent-invoice.json');
		const [made] = jsonOf(await run(order), 'Create, Approve and Send');
		expect(made).toMatchObject({ status: 'SENT', wasCreated: true, originalInvoiceNumber: 'TIL-2026-118' });
		expect(jsonOf(await run(order), 'Create, Approve and Send')).toMatchObject([{ id: made.id, wasCreated: false }]);
		sandbox.backdoor.addAttachment({
			name: 'tuntilista ä.pdf',
			referenceId: Number(made.id),
			bytes: Buffer.from('%PDF-1.4 hours'),
		});
		const execution = await run(await imported('attachments-to-folder.json'));
		const files = outOf(execution, 'Save to Your Folder');
		const file = files.find(({ json }) => json.fileName === 'tuntilista ä.pdf')?.binary?.data;
		const bytes = file?.id ? await n8n.readFile(file.id) : Buffer.from(file?.data ?? '', 'base64');
		expect(bytes.toString()).toBe('%PDF-1.4 hours');
		print(`order: ${String(made.originalInvoiceNumber)} sent once; attachments: ${files.length} files`);
	},
	3 * minute,
);

/** A bill of 8.79 € that can be paid. */
const approvedBill = () =>
	sandbox.backdoor.addInvoice(
		{
			type: 'PURCHASE_INVOICE',
			language: undefined,
			counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } },
		},
		{ status: 'APPROVED' },
	);

it(
	'The daily bills example pays all approved bills with one order, and none in the second run',
	async () => {
		const bills = [1, 2].map(approvedBill);
		const workflow = await imported('daily-bills.json');
		const confirmed = decideWhenAsked('confirm');
		const execution = await run(workflow);
		await confirmed;
		const [order] = jsonOf(execution, 'Pay Invoices');
		const ids = (order.payments as IDataObject[]).map(({ invoiceId }) => invoiceId);
		expect(ids).toEqual(expect.arrayContaining(bills.map(({ id }) => id)));
		expect(jsonOf(execution, 'Message')[0].text).toContain('8.79 EUR  Toimittaja Oy');
		expect(jsonOf(execution, 'Confirmed')).toEqual([{ message: `${ids.length} bills are in the payment queue` }]);
		const again = await run(workflow);
		expect(jsonOf(again, 'Pay Invoices').flatMap(({ payments }) => payments)).toEqual([]);
		expect(sandbox.journal.to('POST /payments')).toHaveLength(1);
		print(`daily bills: ${ids.length} bills, ${JSON.stringify(order.totals)}, payments ordered in the second run: 0`);
	},
	3 * minute,
);

it(
	'The daily bills example reports an order that is rejected, expires, or is decided in another run',
	async () => {
		approvedBill();
		const workflow = await imported('daily-bills.json');
		const message = async (...how: Parameters<typeof decideWhenAsked>): Promise<unknown> => {
			const decided = decideWhenAsked(...how);
			const execution = await run(workflow);
			await decided;
			return jsonOf(execution, 'Not Confirmed')[0]?.message;
		};
		expect(await message('reject')).toBe('The payment of the bills is REJECTED. The next run orders it again');
		expect(await message('expire')).toBe('The payment of the bills is EXPIRED. The next run orders it again');
		sandbox.switches.mfaResultOnlyOnce = true;
		expect(await message('confirm', { isReadElsewhere: true })).toMatch(
			/^The payment of the bills was decided, and another/,
		);
		sandbox.switches.mfaResultOnlyOnce = false;
		expect(jsonOf(await run(workflow), 'Pay Invoices').flatMap(({ payments }) => payments)).toEqual([]);
		print('daily bills: told when rejected, expired, or decided in another run; then nothing to pay');
	},
	3 * minute,
);

it(
	'The daily bills result example receives a confirmation once, while no execution waits',
	async () => {
		const company = sandbox.world.company(DEMO.companyId);
		const registrations = () => company.register(webhooks).all();
		approvedBill();
		const result = await imported('daily-bills-result.json');
		await n8n.activate(result);
		await waitFor('the registration', 60, async () => (registrations().length === 1 ? true : undefined));
		const workflow = await imported('daily-bills-order.json');
		const order = await run(workflow);
		const [{ payments, totals, result: state }] = jsonOf(order, 'Pay Invoices');
		expect([(payments as unknown[]).length, state]).toEqual([1, 'WAITING']);
		expect(jsonOf(await run(workflow), 'Pay Invoices')).toMatchObject([{ ordered: false, result: 'WAITING' }]);
		decideOnAll('confirm');
		const sent = await sendDeliveries(company, sandbox.switches, { times: 2 });
		expect(sent.map(({ status }) => status)).toEqual([200]);
		const [{ id }] = await waitFor('the result', 60, async () => {
			const found = await n8n.executions(result.id);
			return found.length > 0 && found.every(({ status }) => status === 'success') ? found : undefined;
		});
		const execution = await n8n.readExecution(id);
		executions.push(execution);
		expect(jsonOf(execution, 'Bills Confirmed')).toMatchObject([{ verified: true, records: [{ amount: 8.79 }] }]);
		expect(jsonOf(execution, 'Message')[0]).toMatchObject({
			subject: '1 bill is in the payment queue',
			text: expect.stringMatching(/^\d{4}-\d{2}-\d{2} {2}8\.79 EUR$/),
		});
		expect(await n8n.executions(result.id)).toHaveLength(1);
		expect(jsonOf(await run(workflow), 'Pay Invoices').flatMap((one) => one.payments)).toEqual([]);
		await n8n.deactivate(result);
		await waitFor('no registration', 60, async () => (registrations().length === 0 ? true : undefined));
		print(
			`daily bills by webhook: 1 order of ${JSON.stringify(totals)}, confirmed, 1 execution of the result, registrations left: 0`,
		);
	},
	3 * minute,
);

/**
 * Decides as the approver does in the Procountor Key app; another run may have read the result before.
 * @returns whether anything was waiting
 */
function decideOnAll(decision: Decision, isReadElsewhere = false): boolean {
	const now = sandbox.clock.now();
	const waiting = [...confirmationsOf(sandbox.world.company(DEMO.companyId)).values()].filter(
		({ state, expires }) => state === 'waiting' && expires > now,
	);
	for (const one of waiting) {
		decide(one, decision, sandbox.clock);
		one.told = isReadElsewhere;
	}
	return waiting.length > 0;
}

/** Decides on waiting confirmations as soon as n8n requests the result. */
async function decideWhenAsked(decision: Decision, { isReadElsewhere = false } = {}): Promise<void> {
	const asked = (): number => sandbox.journal.to('GET /mfatransactionresult/{transactionIdentifier}').length;
	const before = asked();
	for (let tries = 0; tries < 600; tries++) {
		// Pay Invoices also requests the result of an earlier order before it creates a new one.
		if (asked() > before && decideOnAll(decision, isReadElsewhere)) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('Nothing waited for a confirmation');
}

describe('Example with bad data', () => {
	const recordsOf = (name: string): IDataObject[] =>
		(sandbox.world.company(DEMO.companyId).registerByName(name)?.all() ?? []).map(
			({ record }) => record as IDataObject,
		);
	/** The sample with unique numbers, so that no case finds the records of another. */
	const numbered = (file: string, suffix: string): IDataObject =>
		JSON.parse(
			JSON.stringify(sampleOf(file), (key, value: unknown) =>
				key === 'number' ? `${String(value)}-${suffix}` : value,
			),
		) as IDataObject;

	it.each(Object.entries(badData))(
		'%s stops and names the field, and is completed once with corrected data',
		async (file, cases) => {
			for (const [index, { what, change, message, invoices = 0 }] of cases.entries()) {
				const suffix = `B${index}`;
				const data = numbered(file, suffix);
				change(data);
				const before = [recordsOf('invoices').length, recordsOf('ledgerReceipts').length];
				const workflow = await withData(file, data);
				// A run that stopped half-way stops at the same place again; each invoice has a receipt.
				for (let times = 0; times < (invoices ? 2 : 1); times++) {
					expect([what, await failed(workflow)]).toEqual([what, expect.stringMatching(message)]);
					const after = [recordsOf('invoices').length, recordsOf('ledgerReceipts').length];
					expect([what, ...after]).toEqual([what, ...before.map((count) => count + invoices)]);
				}
				if (invoices) await run(await withData(file, numbered(file, suffix)));
			}
			const numbers = recordsOf('invoices').map(({ originalInvoiceNumber }) => String(originalInvoiceNumber));
			const ofCases = numbers.filter((number) => /-B\d/.test(number));
			expect(ofCases).toEqual([...new Set(ofCases)]);
			print(`${file}: ${cases.map(({ what }) => what).join(', ')}: each stopped and named its field; nothing twice`);
		},
		5 * minute,
	);
});

it(
	'No log or execution data of the examples contains a secret',
	async () => {
		await server.stop();
		const { status, output } = searchForSecrets(
			{
				'e2e-examples-n8n.log': readFileSync(server.logFile, 'utf8'),
				'e2e-examples-executions.log': executions.map(({ text }) => text).join('\n'),
			},
			[DEMO.client.secret, DEMO.keys.admin, DEMO.keys.second],
		);
		print(output);
		expect(status).toBe(0);
	},
	2 * minute,
);
