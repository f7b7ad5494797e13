/**
 * The example workflows around an SFTP server and for reminders: each imported into a real n8n as a person would, and run against
 * the sandbox and OpenSSH's server.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { DEMO, startSandbox, type Sandbox } from '../sandbox';
import { addDays } from '../sandbox/money';
import { attachmentsOf } from '../sandbox/records/attachments';
import { invoices, sumsOf, type Invoice } from '../sandbox/records/invoices/model';
import {
	N8nDriver,
	type CredentialReference,
	type ExecutionWithData,
	type StoredWorkflow,
	type WorkflowDefinition,
} from './driver';
import { installN8n, packProject, unpackInto } from './install';
import { N8nServer } from './server';
import { SftpServer } from './sftpServer';
import { clientData } from './stage';

const minute = 60_000;
const projectRoot = join(__dirname, '..', '..');
const scratch = join(projectRoot, '.scratch', 'e2e-sftp');
const fixtures = join(projectRoot, 'test', 'fixtures', 'finvoice');
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

let sandbox: Sandbox;
let sftp: SftpServer;
let server: N8nServer;
let n8n: N8nDriver;
let credentials: Record<string, CredentialReference>;
let approver: CredentialReference;

beforeAll(async () => {
	rmSync(scratch, { recursive: true, force: true });
	const installation = await installN8n(print);
	await unpackInto(join(scratch, 'user'), await packProject(scratch));
	sandbox = await startSandbox({ checkAnswers: true });
	sftp = await SftpServer.start(join(scratch, 'sftp'));
	server = await N8nServer.create({
		installation,
		userFolder: join(scratch, 'user'),
		encryptionKey: 'a key for the SFTP examples',
	});
	await server.start();
	n8n = new N8nDriver(server.url);
	await n8n.setUpOwner({ email: 'owner@example.com', password: 'Koivuranta1' });
	const client = clientData(sandbox);
	approver = await n8n.createCredential('procountorApi', 'Approver', { ...client, apiKey: DEMO.keys.approver });
	credentials = {
		procountorApi: await n8n.createCredential('procountorApi', 'Procountor', { ...client, apiKey: DEMO.keys.admin }),
		sftp: await n8n.createCredential('sftp', 'Folder', sftp.credential),
	};
}, 40 * minute);

afterAll(async () => {
	await server?.stop();
	await sftp?.stop();
	await sandbox?.close();
}, 2 * minute);

/** Imports an example with the test's credentials and folders; `change` makes the edits that its note requires. */
async function imported(file: string, change: (node: INode) => INode = (node) => node): Promise<StoredWorkflow> {
	const { name, nodes, connections, settings } = JSON.parse(
		readFileSync(join(projectRoot, 'examples', file), 'utf8'),
	) as WorkflowDefinition;
	const own = nodes.map((node) => {
		const parameters = node.type === 'n8n-nodes-base.ftp' ? inFolder(node.parameters) : node.parameters;
		const [type] = Object.keys(node.credentials ?? {});
		return change({
			...node,
			parameters,
			...(type === undefined ? {} : { credentials: { [type]: credentials[type] } }),
		});
	});
	return await n8n.createWorkflow({ name, nodes: own, connections, settings });
}

const inFolder = (parameters: INode['parameters']): INode['parameters'] =>
	JSON.parse(
		JSON.stringify(parameters).replace(/(?<=["=])\/(?=finvoice\/|export\/)/g, `${sftp.root}/`),
	) as INode['parameters'];

async function run(workflow: StoredWorkflow): Promise<ExecutionWithData> {
	const execution = await n8n.runWorkflow(workflow, 'When Clicking Execute', 120);
	const { error } = execution.result.resultData;
	if (execution.status !== 'success')
		throw new Error(
			`${workflow.name}: ${execution.status} ${error?.message ?? ''} ${error && 'description' in error ? String(error.description) : ''}`,
		);
	return execution;
}

const jsonOf = (execution: ExecutionWithData, node: string): IDataObject[] =>
	(execution.result.resultData.runData[node]?.at(-1)?.data?.main[0] ?? []).map(({ json }) => json);

const company = () => sandbox.world.company(DEMO.companyId);
const withNumber = (number: string): Invoice[] =>
	company()
		.register(invoices)
		.all()
		.map(({ record }) => record)
		.filter(({ originalInvoiceNumber }) => originalInvoiceNumber === number);
const filesOf = (number: string): string[] =>
	(attachmentsOf(company(), 'INVOICE', withNumber(number)[0].id) as Array<{ name: string }>).map(({ name }) => name);

/** The names in a folder of the server, without the execution's number before them. */
const namesIn = (folder: string): string[] =>
	readdirSync(join(sftp.root, folder))
		.map((name) => name.replace(/^\d+-/, ''))
		.sort();

describe('Finvoice files from an SFTP folder', () => {
	const inbox = (): string => join(sftp.root, 'finvoice', 'in');
	const put = (name: string): void => copyFileSync(join(fixtures, name), join(inbox(), name));

	it(
		'become invoices with the file attached, and move to done or failed with the reason',
		async () => {
			mkdirSync(inbox(), { recursive: true });
			const names = [
				'3.0-domestic.xml',
				'3.0-own-sale.xml',
				'3.0-credit-note.xml',
				'3.0-two-invoices.xml',
				'3.0-attachments.xml',
			];
			const failing = [
				'3.0-reverse-charge.xml',
				'broken-rows-make-another-total.xml',
				'hostile-entity-bomb.xml',
				'other-company.xml',
			];
			[...names, ...failing].forEach(put);
			writeFileSync(join(inbox(), '3.0-domestic.pdf'), '%PDF-1.4 a picture of the invoice');
			writeFileSync(join(inbox(), 'notes.txt'), 'not an invoice');
			const before = company().register(invoices).size;
			const workflow = await imported('finvoice-folder-to-invoices.json');
			await run(workflow);

			expect(namesIn('finvoice/in')).toEqual(['notes.txt']);
			expect(namesIn('finvoice/done')).toEqual([...names, '3.0-domestic.pdf'].sort());
			expect(namesIn('finvoice/failed')).toEqual([...failing, ...failing.map((name) => `${name}.txt`)].sort());
			expect(company().register(invoices).size - before).toBe(6);
			const totals: Record<string, number> = {
				'F-1001': 382.47,
				'M-501': 338.23,
				'F-1002': -106.68,
				'F-1009': 106.68,
				'F-1010': 77.81,
				'F-1008': 106.68,
			};
			for (const [number, total] of Object.entries(totals))
				expect([number, withNumber(number).map((invoice) => [invoice.status, sumsOf(invoice).total])]).toEqual([
					number,
					[['UNFINISHED', total]],
				]);
			expect(withNumber('M-501')[0].type).toBe('SALES_INVOICE');
			expect(filesOf('F-1001')).toEqual(['3.0-domestic.xml', '3.0-domestic.pdf']);
			expect(filesOf('F-1008')).toEqual(['3.0-attachments.xml', 'F-1008.pdf', 'rahtikirja.txt']);
			const reasons = Object.fromEntries(
				readdirSync(join(sftp.root, 'finvoice/failed'))
					.filter((name) => name.endsWith('.txt'))
					.map((name) => [name.replace(/^\d+-/, ''), readFileSync(join(sftp.root, 'finvoice/failed', name), 'utf8')]),
			);
			expect(reasons['3.0-reverse-charge.xml.txt']).toContain(
				'VAT Status is empty, and the supplier is in another country (Sweden)',
			);
			expect(reasons['broken-rows-make-another-total.xml.txt']).toContain('InvoiceTotalVatExcludedAmount is 95.00');
			expect(reasons['hostile-entity-bomb.xml.txt']).toContain('contains a DOCTYPE');
			expect(reasons['other-company.xml.txt']).toContain('not one of 2345670-5');
			print(
				`finvoice folder: ${names.length} files done (6 invoices), ${failing.length} failed: ${JSON.stringify(reasons)}`,
			);

			// The sender sends one of them again.
			put('3.0-domestic.xml');
			await run(workflow);
			expect(company().register(invoices).size - before).toBe(6);
			expect(filesOf('F-1001')).toEqual(['3.0-domestic.xml', '3.0-domestic.pdf']);
			expect(namesIn('finvoice/in')).toEqual(['notes.txt']);
			expect(namesIn('finvoice/done')).toHaveLength(7);
			print('finvoice folder: the same file a second time made no invoice, and moved to done');
		},
		4 * minute,
	);
});

it(
	'A bill from a Finvoice file is posted to the project in the file and approved with another key',
	async () => {
		const inbox = join(sftp.root, 'finvoice', 'in');
		mkdirSync(inbox, { recursive: true });
		const file = readFileSync(join(fixtures, '3.0-domestic.xml'), 'utf8');
		writeFileSync(join(inbox, 'project.xml'), file.replaceAll('F-1001', 'F-2001').replace('PO-77', 'Tilaus P-103'));
		await run(await imported('finvoice-folder-to-invoices.json'));
		const [{ id, ledgerReceiptId }] = withNumber('F-2001');
		// A person sends it to circulation.
		sandbox.backdoor.change('invoices', id, {
			status: 'RECEIVED',
			invoiceApprovalInformation: { verifiers: [{ userId: 1001 }], acceptors: [{ userId: 1004 }] },
		});
		const workflow = await imported('bill-to-project.json', (node) =>
			node.name === 'Approve' ? { ...node, credentials: { procountorApi: approver } } : node,
		);
		const execution = await run(workflow);
		expect(jsonOf(execution, 'Find the Project')).toContainEqual(
			expect.objectContaining({ id, project: 'P-103 Baristakoulutus' }),
		);
		expect(withNumber('F-2001')[0].status).toBe('APPROVED');
		const receipt = company().registerByName('ledgerReceipts')?.get(Number(ledgerReceiptId))?.record;
		const entries = (receipt as { transactions: IDataObject[] }).transactions.filter(
			({ transactionType, accountingValue }) => transactionType === 'ENTRY' && accountingValue !== 0,
		);
		expect(entries.length).toBeGreaterThan(0);
		for (const { dimensionItemValues, accountingValue } of entries)
			expect(dimensionItemValues).toEqual([expect.objectContaining({ itemId: 23, value: accountingValue })]);
		print(
			`file to approval: F-2001 posted to P-103 in ${entries.length} transactions, ${withNumber('F-2001')[0].status}`,
		);
	},
	4 * minute,
);

it(
	'The export example saves changed invoices as CSV, and financed ones as Finvoice',
	async () => {
		sandbox.clock.advance(60 * minute);
		const sold = sandbox.backdoor.addInvoice({ factoringContractId: 91 }, { status: 'SENT' });
		const other = sandbox.backdoor.addInvoice({}, { status: 'SENT' });
		const since = sandbox.clock.text(sold.version);
		const workflow = await imported('export-to-sftp.json', (node) =>
			node.name === 'Changed Invoices'
				? {
						...node,
						parameters: {
							...node.parameters,
							filters: { ...(node.parameters.filters as IDataObject), versionStartDate: since },
						} as INode['parameters'],
					}
				: node,
		);
		const execution = await run(workflow);
		expect(jsonOf(execution, 'Changed Invoices').map(({ id }) => id)).toEqual([other.id, sold.id]);
		const monitoring = join(sftp.root, 'export', 'project-monitoring');
		const [csv] = readdirSync(monitoring);
		const lines = readFileSync(join(monitoring, csv), 'utf8')
			.replace(/^\ufeff/, '')
			.trim()
			.split(/\r?\n/);
		expect(lines[0]).toBe(
			'id,number,ownNumber,type,status,date,dueDate,partner,orderReference,currency,withoutVat,vat,total',
		);
		expect(lines).toHaveLength(3);
		expect(lines[2]).toMatch(
			new RegExp(`^${sold.id},${sold.record.invoiceNumber},,SALES_INVOICE,SENT,.*,EUR,7,1.79,8.79$`),
		);
		expect(readdirSync(join(sftp.root, 'export', 'financing'))).toEqual([`finvoice-${sold.record.invoiceNumber}.xml`]);
		const xml = readFileSync(
			join(sftp.root, 'export', 'financing', `finvoice-${sold.record.invoiceNumber}.xml`),
			'utf8',
		);
		expect(xml).toContain('<SellerPartyIdentifier>2345670-5</SellerPartyIdentifier>');
		expect(xml).toContain('<SellerOrganisationName>Koivurannan Kahvitukku Oy</SellerOrganisationName>');
		expect(xml).toContain('<FactoringAgreementIdentifier>91</FactoringAgreementIdentifier>');
		expect(xml).toContain('<EpiInstructedAmount AmountCurrencyIdentifier="EUR">8,79</EpiInstructedAmount>');
		print(`export: ${lines.length - 1} rows in ${csv}, and finvoice-${sold.record.invoiceNumber}.xml`);
	},
	3 * minute,
);

it(
	'The reminder example creates one message for each customer with invoices overdue by 14 days',
	async () => {
		const daysAgo = (days: number): string => addDays(new Date().toISOString().slice(0, 10), -days);
		const addDue = (days: number, name: string, email?: string, quantity = 1): void => {
			const dueDate = daysAgo(days);
			sandbox.backdoor.addInvoice(
				{
					date: addDays(dueDate, -14),
					counterParty: { counterPartyAddress: { name }, ...(email === undefined ? {} : { email }) },
					invoiceRows: [
						{ product: 'Kuppi', unit: 'PIECE', quantity, unitPrice: 7, discountPercent: 0, vatPercent: 25.5 },
					],
					paymentInfo: {
						paymentMethod: 'BANK_TRANSFER',
						currency: 'EUR',
						currencyRate: 1,
						dueDate,
						bankAccount: { accountNumber: 'FI2112345600000785' },
					},
				},
				{ status: 'SENT' },
			);
		};
		addDue(20, 'Kahvila Kaksi Laskua', 'laskut@example.fi');
		addDue(14, 'Kahvila Kaksi Laskua', 'laskut@example.fi');
		addDue(13, 'Kahvila Vielä Aikaa');
		addDue(20, 'Kahvila Hyvitetty');
		addDue(-10, 'Kahvila Hyvitetty', undefined, -1);
		const execution = await run(await imported('payment-reminders.json'));
		const open = jsonOf(execution, 'Open Invoices');
		const isDue = ({ daysOverdue, open: amount }: IDataObject): boolean =>
			Number(daysOverdue) >= 14 || Number(amount) < 0;
		const owed = (name: unknown): number =>
			open
				.filter((one) => one.partnerName === name && isDue(one))
				.reduce((sum, { open: amount }) => sum + Math.round(Number(amount) * 100), 0);
		const due = open.filter((one) => isDue(one) && owed(one.partnerName) > 0);
		const messages = jsonOf(execution, 'Message');
		expect(messages.find(({ to }) => to === 'laskut@example.fi')?.subject).toBe('Payment reminder, 17.58 EUR');
		expect(open.length).toBeGreaterThan(due.length);
		// A credit that is not due yet is deducted too, so that no customer is reminded of a credited amount.
		expect([owed('Kahvila Hyvitetty'), open.some(({ partnerName }) => partnerName === 'Kahvila Hyvitetty')]).toEqual([
			0,
			true,
		]);
		const customers = [...new Set(due.map(({ partnerName }) => String(partnerName)))];
		expect(messages.map(({ text }) => /^Dear (.*),$/m.exec(String(text))?.[1])).toEqual(customers);
		for (const { invoiceNumber, partnerName, dueDate, open: amount, currency, email } of due) {
			const message = messages.find(({ text }) => String(text).startsWith(`Dear ${String(partnerName)},`));
			expect(message?.text).toContain(
				`Invoice ${String(invoiceNumber)}, due ${String(dueDate)}: ${Number(amount).toFixed(2)} ${String(currency)}`,
			);
			expect(message?.to).toBe(email ?? '');
		}
		print(
			`reminders: ${due.length} of ${open.length} invoices, ${messages.length} messages; the first: ${JSON.stringify(messages[0])}`,
		);
	},
	3 * minute,
);
