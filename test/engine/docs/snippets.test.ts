/** Runs the JSON examples of the documentation: rows and items must be accepted, and outputs must have the documented fields. */
import type { IDataObject } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import type { InvoiceFields } from '../../sandbox/records/invoices/model';
import { documentationFiles, readPage } from '../../unit/docs/markdown';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const blocks = documentationFiles().flatMap((file) =>
	readPage(file).blocks.map(({ info, text, line }) => ({ at: `${file}:${line}`, info, text })),
);
const marked = (info: string) => blocks.filter((block) => block.info === info);

describe('Documented rows of a sales invoice', () => {
	it.each(marked('rows invoice.create invoiceRows'))('$at create an invoice', async ({ text }) => {
		const rows = JSON.parse(text) as IDataObject[];
		const [created] = await bench.json('invoice', 'create', {
			counterPartyName: 'Kahvila Kulma Oy',
			date: '2026-10-01',
			specifyRows: 'json',
			invoiceRowsJson: text,
			simple: false,
		});
		const saved = created.invoiceRows as IDataObject[];
		expect(saved).toHaveLength(rows.length);
		expect(saved.map(({ quantity }) => Number(quantity))).toEqual(
			rows.map(({ quantity, header }) => (header === undefined ? quantity : 0)),
		);
	});
});

describe('Documented postings of a bill', () => {
	it.each(marked('rows invoice.setAccounts postings'))('$at post the rows of the bill', async ({ text }) => {
		const postings = JSON.parse(text) as IDataObject[];
		const row = { quantity: 1, unit: 'PIECE', discountPercent: 0, vatPercent: 25.5 };
		const invoiceRows = [
			{ ...row, product: 'Sähkö', unitPrice: 100 },
			{ ...row, product: 'Siivous', unitPrice: 40 },
		];
		const bill = bench.sandbox.backdoor.addInvoice(
			{
				type: 'PURCHASE_INVOICE',
				language: undefined,
				extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
				invoiceRows: invoiceRows as unknown as InvoiceFields['invoiceRows'],
			},
			{ status: 'RECEIVED' },
		);
		const [{ ledgerReceiptId }] = await bench.json('invoice', 'get', { invoiceId: String(bill.id), simple: false });
		await bench.json('invoice', 'setAccounts', {
			invoiceId: byId(bill.id),
			specifyPostings: 'json',
			postingsJson: text,
		});
		const [receipt] = await bench.json('ledgerReceipt', 'get', { receiptId: String(ledgerReceiptId), simple: false });
		const accounts = (receipt.transactions as IDataObject[])
			.filter(({ transactionType }) => transactionType === 'ENTRY')
			.map(({ account }) => account);
		expect(accounts.sort()).toEqual(postings.map(({ account }) => account).sort());
	});
});

describe('Documented items for import files', () => {
	it.each(blocks.filter(({ info }) => info.startsWith('item ')))('$at create a file with one record', async ({ info, text }) => {
		const [file] = await bench.json(
			'importFile',
			'create',
			{ fileType: info.split(' ')[1] },
			{ items: [JSON.parse(text) as IDataObject] },
		);
		expect(file).toMatchObject({ records: 1 });
	});
});

describe('Documented output', () => {
	it.each(marked('output company.checkAccess'))('$at has the fields that Check Access returns', async ({ text }) => {
		const shown = JSON.parse(text) as IDataObject;
		const items = await bench.json(
			'company',
			'checkAccess',
			{},
			{ credential: bench.credential({ apiKey: DEMO.keys.sales }) },
		);
		const real = items.find(({ area }) => area === shown.area);
		const { userName, environment, userId, ...same } = shown;
		expect(real).toMatchObject(same);
		expect(Object.keys(real ?? {})).toEqual(Object.keys({ ...shown, userName, environment, userId }));
	});

	it.each(marked('output ledgerReceipt.getLedgerRows'))('$at has the fields of the control item', async ({ text }) => {
		const shown = JSON.parse(text) as IDataObject;
		const items = await bench.json('ledgerReceipt', 'getLedgerRows', {
			startDate: '2026-01-01',
			endDate: '2026-12-31',
			options: { compareWithReport: true, onDoubt: 'hint' },
		});
		const control = items.find(({ change }) => change === 'control');
		expect(Object.keys(control ?? {}).sort()).toEqual(Object.keys(shown).sort());
	});
});
