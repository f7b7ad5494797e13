import type { IDataObject } from 'n8n-workflow';
import { DEMO, type Sandbox } from '../../sandbox';
import { startBench, type Bench } from '../support';
import { invoices, sumsOf, type Invoice } from '../../sandbox/records/invoices/model';
import { partners } from '../../sandbox/records/partners';
import { products } from '../../sandbox/records/products';
import { receipts, type Receipt, type Transaction } from '../../sandbox/records/receipts/model';

/** What stands in the sandbox's books, read behind the API's back. */
export class Books {
	constructor(private readonly sandbox: Sandbox) {}

	private get company() {
		return this.sandbox.world.company(DEMO.companyId);
	}

	invoice(id: unknown): Invoice {
		const entry = this.company.register(invoices).get(Number(id));
		if (!entry) throw new Error(`No invoice ${String(id)}`);
		return entry.record;
	}

	/** Invoices with a number of their own, void ones too, by rising id. */
	numbered(number: string): Invoice[] {
		return this.company
			.register(invoices)
			.all()
			.map(({ record }) => record)
			.filter(({ originalInvoiceNumber }) => originalInvoiceNumber === number);
	}

	get size(): number {
		return this.company.register(invoices).size;
	}

	sums(id: unknown): { net: number; vat: number; total: number } {
		return sumsOf(this.invoice(id));
	}

	receipt(id: unknown): Receipt {
		const entry = this.company.register(receipts).get(Number(id));
		if (!entry) throw new Error(`No receipt ${String(id)}`);
		return entry.record;
	}

	journals(name: string): Receipt[] {
		return this.company
			.register(receipts)
			.all()
			.map(({ record }) => record)
			.filter((record) => record.type === 'JOURNAL' && record.name === name);
	}

	/** The entries of an invoice's receipt, in their order. */
	entries(invoiceId: unknown): Transaction[] {
		return this.receipt(this.invoice(invoiceId).ledgerReceiptId).transactions.filter(
			({ transactionType }) => transactionType === 'ENTRY',
		);
	}

	/** The register id of a partner, by its number: customers 1001 …, suppliers 5001 …, persons 9001 … */
	partner(number: string): number {
		const found = this.company
			.register(partners)
			.all()
			.find(({ record }) => record.invoicingInfo?.customerNumber === number);
		if (!found) throw new Error(`No partner ${number}`);
		return found.id;
	}

	product(code: string): number {
		const found = this.company
			.register(products)
			.all()
			.find(({ record }) => record.code === code);
		if (!found) throw new Error(`No product ${code}`);
		return found.id;
	}
}

/**
 * Starts engine and sandbox for the tests of a file, each of them with the books as they were; a test fails if the
 * sandbox met a request that is not in the contract. `give` hands both over once they run.
 */
export function useBooks(give: (given: { bench: Bench; books: Books }) => void): void {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startBench();
		give({ bench, books: new Books(bench.sandbox) });
	});
	beforeEach(() => bench.sandbox.reset());
	afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
	afterAll(async () => await bench.close());
}

/** The rows of an invoice as JSON, as an expression in the node gives them. */
export const asJson = (rows: IDataObject[]) => ({ specifyRows: 'json', invoiceRowsJson: JSON.stringify(rows) });

/** The same from each incoming item's own `rows`. */
export const fromItem = { specifyRows: 'json', invoiceRowsJson: '={{ $json.rows }}' };
