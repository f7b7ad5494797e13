import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { shareOf, type Bench, type Done } from '../bench';
import { eachOf, type BareLoop } from '../bareLoop';
import { expectThat, type Case } from './types';

const CREATES = 500;
/** Where one invoice comes after the other, each taking three answers' time, this many are made and the rest is counted up. */
const IN_ORDER = 100;
const AT_ONCE = 8;

interface Entry {
	transactionType: string;
	accountingValue: number;
}

interface Receipt {
	id: number;
	transactions: Entry[];
}

const ACCOUNTS = ['3000', '3020'];
const DIMENSION = { dimensionId: 1, itemId: 11 };
let made = 0;

/** A sales invoice of two rows that are posted one by one. */
function invoice(): IDataObject {
	const row = (product: string, unitPrice: number) => ({ product, quantity: 2, unit: 'PIECE', unitPrice, discountPercent: 0, vatPercent: 25.5 });
	return {
		type: 'SALES_INVOICE', date: '2026-10-01', originalInvoiceNumber: `BENCH-${++made}`,
		counterParty: { counterPartyAddress: { name: 'Kahvila Aamurusko Oy' } },
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', currency: 'EUR', currencyRate: 1, dueDate: '2026-10-15', bankAccount: { accountNumber: 'FI2112345600000785' } },
		extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
		discountPercent: 0, vatStatus: 1, invoiceChannel: 'NO_SENDING', language: 'FINNISH',
		invoiceRows: [row('Kuppi', 3.5), row('Kannu', 12)],
	};
}

/** The receipt with an account and a dimension on the entry of each row, in the order of the rows. */
function posted(receipt: Receipt): Receipt {
	let row = 0;
	const transactions = receipt.transactions.map((entry) =>
		entry.transactionType === 'ENTRY' ? { ...entry, account: ACCOUNTS[row++ % ACCOUNTS.length], dimensionItemValues: [{ ...DIMENSION, value: entry.accountingValue }] } : entry,
	);
	return { ...receipt, transactions };
}

/** What a script does: saves the invoice, reads its receipt, puts the receipt back. */
async function create(loop: BareLoop): Promise<Receipt> {
	const { ledgerReceiptId } = await loop.request<{ ledgerReceiptId: number }>('POST', '/invoices', invoice());
	const receipt = await loop.request<Receipt>('GET', `/ledgerreceipts/${ledgerReceiptId}`);
	return await loop.request<Receipt>('PUT', `/ledgerreceipts/${ledgerReceiptId}`, posted(receipt));
}

const several = async (loop: BareLoop): Promise<Done> => ({ items: (await eachOf(Array.from({ length: CREATES }), AT_ONCE, async () => await create(loop))).length });
const inOrder = async (loop: BareLoop): Promise<Done> =>
	await countedUp(await shareOf(Array.from({ length: CREATES }), IN_ORDER, async (part) => await eachOf(part, 1, async () => await create(loop))));

/** An invoice is three requests, where the rest is counted up. */
function countedUp(done: Done): Done {
	return done.counted ? { ...done, counted: { ...done.counted, requests: done.counted.requests * 3 } } : done;
}

export const creates: Case = {
	key: 'e',
	name: 'create 500 sales invoices with accounts and dimensions on rows',
	least: CREATES * 3,
	items: CREATES,
	prepare: async (bench) => await bench.reset(),
	ways: {
		bare: async ({ bare }) => await inOrder(bare),
		bareKeepAlive: async ({ bareKeepAlive }) => await inOrder(bareKeepAlive),
		bareWide: async ({ bare }) => await several(bare),
	},
	limited: {},
	notes: [
		`In order (the node by default, both plain bare loops): ${IN_ORDER} of the ${CREATES} invoices are made and the rest is counted up. Several at a time (the node where that is chosen, the wider bare loop): all ${CREATES}, ${AT_ONCE} at once.`,
		'The least is three requests an invoice: save, read the receipt, put it back. Reading the receipts of all invoices 200 at a time after the last one was saved would be 497 requests less, but leaves all 500 unposted when the run breaks off.',
	],
};

export { CREATES, IN_ORDER, countedUp, invoice };
export type { Bench, INodeExecutionData };
export { expectThat };
