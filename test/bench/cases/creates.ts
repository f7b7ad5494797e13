import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { shareOf, type Bench, type Done } from '../bench';
import { eachOf, type BareLoop } from '../bareLoop';
import { expectThat, type Case } from './types';

const CREATES = 500;
/** Where one invoice comes after the other, each waiting for three responses, this many are created and the rest is extrapolated. */
const IN_ORDER = 30;
const AT_ONCE = 8;
/** What one invoice takes. */
const REQUESTS = 3;

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
const ROWS: Array<[product: string, unitPrice: number]> = [
	['Kuppi', 3.5],
	['Kannu', 12],
];
const CUSTOMER = 'Kahvila Aamurusko Oy';
const IBAN = 'FI2150000120000101';

/** A sales invoice of two rows that are posted one by one. */
function invoice(): IDataObject {
	const row = ([product, unitPrice]: [string, number]) => ({
		product,
		quantity: 2,
		unit: 'PIECE',
		unitPrice,
		discountPercent: 0,
		vatPercent: 25.5,
	});
	return {
		type: 'SALES_INVOICE',
		date: '2026-10-01',
		counterParty: { counterPartyAddress: { name: CUSTOMER } },
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			currency: 'EUR',
			currencyRate: 1,
			dueDate: '2026-10-15',
			bankAccount: { accountNumber: IBAN },
		},
		extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
		discountPercent: 0,
		vatStatus: 1,
		invoiceChannel: 'NO_SENDING',
		language: 'FINNISH',
		invoiceRows: ROWS.map(row),
	};
}

/** The receipt with an account and a dimension on the entry of each row, in the order of the rows. */
function posted(receipt: Receipt): Receipt {
	let row = 0;
	const transactions = receipt.transactions.map((entry) =>
		entry.transactionType === 'ENTRY'
			? {
					...entry,
					account: ACCOUNTS[row++ % ACCOUNTS.length],
					dimensionItemValues: [{ ...DIMENSION, value: entry.accountingValue }],
				}
			: entry,
	);
	return { ...receipt, transactions };
}

/** What a script does: saves the invoice, reads its receipt, puts the receipt back. */
async function create(loop: BareLoop): Promise<Receipt> {
	const { ledgerReceiptId } = await loop.request<{ ledgerReceiptId: number }>('POST', '/invoices', invoice());
	const receipt = await loop.request<Receipt>('GET', `/ledgerreceipts/${ledgerReceiptId}`);
	return await loop.request<Receipt>('PUT', `/ledgerreceipts/${ledgerReceiptId}`, posted(receipt));
}

const numbers = Array.from({ length: CREATES }, (_, index) => index + 1);
const several = async (loop: BareLoop): Promise<Done> => ({
	items: (await eachOf(numbers, AT_ONCE, async () => await create(loop))).length,
});
const inOrder = async (loop: BareLoop): Promise<Done> =>
	await countedUp(async (part) => await eachOf(part, 1, async () => await create(loop)));

/** Makes a part of the invoices and counts up the rest, as many requests for each as the part took. */
async function countedUp(make: (part: number[]) => Promise<unknown[]>): Promise<Done> {
	const done = await shareOf(numbers, IN_ORDER, make);
	return done.counted ? { ...done, counted: { ...done.counted, requests: IN_ORDER * REQUESTS } } : done;
}

/** How the node's form is filled in; the item brings nothing but its number. */
function parameters(order: 'inTurn' | 'together', more: IDataObject = {}): IDataObject {
	const row = ([product, unitPrice]: [string, number], index: number) => ({
		product,
		quantity: '2',
		unit: 'PIECE',
		unitPrice: String(unitPrice),
		vatPercent: '25.5',
		account: ACCOUNTS[index],
		dimensions: [{ dimensionId: String(DIMENSION.dimensionId), itemId: String(DIMENSION.itemId) }],
	});
	return {
		counterPartyName: CUSTOMER,
		date: '2026-10-01',
		reference: 'none',
		after: 'unfinished',
		specifyRows: 'json',
		invoiceRowsJson: JSON.stringify(ROWS.map(row)),
		sendingFields: { invoiceChannel: 'NO_SENDING', language: 'FINNISH' },
		termFields: { bankAccount: IBAN, dueDate: '2026-10-15' },
		safetyFields: { order },
		additionalFields: more,
		simple: false,
	};
}

/** Creates one invoice for each number by the node; `own` gives them numbers of their own, which makes the create safe to repeat. */
async function byNode(
	bench: Bench,
	part: number[],
	order: 'inTurn' | 'together',
	credential = bench.credential,
	own = false,
): Promise<INodeExecutionData[]> {
	const items = part.map((number) => ({ json: { number: `B-${performance.now().toFixed(3)}-${number}` } }));
	const made = await bench.node(
		'invoice',
		'create',
		{ ...parameters(order), ...(own ? { originalInvoiceNumber: '={{ $json.number }}' } : {}) },
		items,
		credential,
	);
	expectThat(
		made.every(({ json }) => json.wasCreated === true),
		'an invoice was not created',
	);
	return made;
}

export const creates: Case = {
	key: 'e',
	name: 'create 500 sales invoices with accounts and dimensions on rows',
	// The receipts are read 200 to a request.
	least: CREATES * 2 + Math.ceil(CREATES / 200),
	items: CREATES,
	prepare: async (bench) => await bench.reset(),
	ways: {
		node: async (bench) => ({ items: (await byNode(bench, numbers, 'inTurn')).length }),
		nodeTogether: async (bench) => ({ items: (await byNode(bench, numbers, 'together')).length }),
		bare: async ({ bare }) => await inOrder(bare),
		bareKeepAlive: async ({ bareKeepAlive }) => await inOrder(bareKeepAlive),
		bareWide: async ({ bare }) => await several(bare),
	},
	limited: {
		node: async (bench) =>
			await countedUp(async (part) => await byNode(bench, part, 'inTurn', bench.limitedCredential)),
		nodeTogether: async (bench) =>
			await countedUp(async (part) => await byNode(bench, part, 'together', bench.limitedCredential)),
	},
	notes: [
		`The plain bare loops create one invoice after the other. They create ${IN_ORDER} of the ${CREATES}, and the benchmark extrapolates the rest. It does the same for both forms of the node under the limit. Otherwise the node creates all ${CREATES}, and so does the wider bare loop, ${AT_ONCE} at once.`,
		'By default the node saves one invoice after the other, so that the numbers follow the items. It sets the accounts of a hundred invoices while it saves the next hundred. With several at a time, it saves eight side by side.',
		'The invoices have no own number here. With one, the node searches for it first. That makes the create safe to repeat, and takes a fourth request for each invoice.',
	],
};
