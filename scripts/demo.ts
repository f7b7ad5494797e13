/**
 * The main job, end to end, in a minute: the sandbox company gets invoices and receipts, the Procountor Trigger brings them
 * into a workflow, and the Procountor node creates and reads them. n8n's own engine, real HTTP, the built package.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine, type Poller } from '../test/engine/harness';
import { DEMO, startSandbox, type Sandbox } from '../test/sandbox';

const print = (line = ''): void => void process.stdout.write(`${line}\n`);

function table(records: IDataObject[], columns: Record<string, (record: IDataObject) => unknown>): void {
	const rows = [
		Object.keys(columns),
		...records.map((record) => Object.values(columns).map((read) => String(read(record) ?? ''))),
	];
	const widths = Object.keys(columns).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	for (const row of rows)
		print(
			`   ${row
				.map((cell, column) => cell.padEnd(widths[column]))
				.join('  ')
				.trimEnd()}`,
		);
}

const invoiceColumns = {
	ID: ({ id }: IDataObject) => id,
	Type: ({ type }: IDataObject) => type,
	Status: ({ status }: IDataObject) => status,
	Date: ({ date }: IDataObject) => date,
	Name: ({ partnerName }: IDataObject) => partnerName,
};
const receiptColumns = {
	ID: ({ id }: IDataObject) => id,
	Type: ({ type }: IDataObject) => type,
	Status: ({ status }: IDataObject) => status,
	Date: ({ receiptDate }: IDataObject) => receiptDate,
	Name: ({ name }: IDataObject) => name,
};

class Demo {
	private readonly credential;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly engine: Engine,
	) {
		this.credential = engine.saveCredential('procountorApi', {
			environment: 'custom',
			baseUrl: sandbox.url,
			clientId: DEMO.client.id,
			clientSecret: DEMO.client.secret,
			apiKey: DEMO.keys.admin,
		});
	}

	trigger(event: string): Poller {
		return this.engine.poller({
			type: 'procountorTrigger',
			name: `On ${event}`,
			parameters: { event },
			credentials: { procountorApi: this.credential },
		});
	}

	async node(resource: string, operation: string, parameters: INodeParameters = {}): Promise<IDataObject[]> {
		const run = await this.engine.runNode({
			type: 'procountor',
			parameters: { resource, operation, ...parameters },
			credentials: { procountorApi: this.credential },
		});
		if (run.error) throw new Error(`${resource}: ${operation}: ${run.error.message} ${run.error.description ?? ''}`);
		return run.items[0].map(({ json }) => json);
	}

	async arrived(poller: Poller): Promise<IDataObject[]> {
		const items = await poller.poll();
		return (items ?? []).map(({ json }) => json);
	}

	async run(): Promise<void> {
		const [session] = await this.node('company', 'getSession');
		print(
			`1. The credential works: ${String(session.name)} (company ${String(session.companyId)}), user ${String(session.userName)}`,
		);

		const invoices = this.trigger('invoiceCreated');
		const receipts = this.trigger('ledgerReceiptCreated');
		const quiet = [...(await this.arrived(invoices)), ...(await this.arrived(receipts))];
		print(`2. Both triggers are active. Existing records start nothing: ${quiet.length} items`);

		const today = this.sandbox.clock.text(this.sandbox.clock.now()).slice(0, 10);
		const [sale] = await this.node('invoice', 'create', saleOf(today));
		const [journal] = await this.node('ledgerReceipt', 'create', journalOf(today));
		const bill = this.sandbox.backdoor.addInvoice({
			type: 'PURCHASE_INVOICE',
			counterParty: { counterPartyAddress: { name: 'Sähköyhtiö Oy' } },
		});
		print(
			`3. The node creates sales invoice ${String(sale.id)} and journal ${String(journal.id)}; a bill arrives (${bill.id})`,
		);

		this.sandbox.clock.advance(60_000);
		const newInvoices = await this.arrived(invoices);
		print(`4. Procountor Trigger, New Invoice: ${newInvoices.length} items`);
		table(newInvoices, invoiceColumns);
		const newReceipts = await this.arrived(receipts);
		print(`5. Procountor Trigger, New Ledger Receipt: ${newReceipts.length} items`);
		table(newReceipts, receiptColumns);

		const read = await this.node('invoice', 'getAll', { limit: 5, sort: 'orderById:DESC' });
		print('6. Procountor node, Invoice: Get Many, newest five');
		table(read, invoiceColumns);
		const again = [...(await this.arrived(invoices)), ...(await this.arrived(receipts))];
		print(
			`7. The next polls repeat nothing: ${again.length} items. Requests in total: ${this.sandbox.journal.entries.length}`,
		);
		if (newInvoices.length !== 2 || newReceipts.length < 1 || quiet.length + again.length > 0)
			throw new Error('The trigger did not return exactly the new records');
	}
}

/** A sale of two bags of coffee. */
function saleOf(date: string): INodeParameters {
	return {
		counterPartyName: 'Kahvila Aurinko',
		date,
		dueDate: date,
		specifyRows: 'json',
		invoiceRowsJson: JSON.stringify([
			{ product: 'Kahvi 1 kg', quantity: 2, unit: 'PIECE', unitPrice: 14.5, discountPercent: 0, vatPercent: 13.5 },
		]),
	};
}

/** Cash that went to the bank. */
function journalOf(receiptDate: string): INodeParameters {
	const entry = { transactionType: 'ENTRY', vatPercent: 0, vatStatus: 12 };
	return {
		name: 'Kassan tilitys',
		receiptDate,
		vatType: 'SALES',
		vatStatus: 12,
		specifyRows: 'json',
		transactionsJson: JSON.stringify([
			{ ...entry, account: '1910', accountingValue: 250 },
			{ ...entry, account: '8500', accountingValue: -250 },
		]),
	};
}

async function main(): Promise<void> {
	const began = performance.now();
	const sandbox = await startSandbox();
	try {
		print(`The sandbox runs at ${sandbox.url}`);
		await new Demo(sandbox, await Engine.start()).run();
		print(`Done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
	} finally {
		await sandbox.close();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
