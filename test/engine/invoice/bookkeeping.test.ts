/** The bookkeeping of invoices in Get and in the trigger, and posting an arrived bill to its project. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import type { InvoiceFields } from '../../sandbox/records/invoices/model';
import type { Poller } from '../harness';
import { byId, type Bench } from '../support';
import { type Books, useBooks } from './state';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const row = (product: string, unitPrice: number, more: IDataObject = {}): IDataObject => ({
	product,
	quantity: 1,
	unit: 'PIECE',
	unitPrice,
	discountPercent: 0,
	vatPercent: 25.5,
	...more,
});

/** A bill that has arrived, with its rows posted one by one. */
function bill(rows: IDataObject[], more: Partial<InvoiceFields> = {}): number {
	return bench.sandbox.backdoor.addInvoice(
		{
			type: 'PURCHASE_INVOICE',
			language: undefined,
			extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
			invoiceRows: rows as unknown as InvoiceFields['invoiceRows'],
			...more,
		},
		{ status: 'RECEIVED' },
	).id;
}

/** Sets an account and a cost centre on all rows of a bill, or on one. */
const set = async (id: number, costCentre: string, posting: IDataObject = {}): Promise<unknown> =>
	await bench.json('invoice', 'setAccounts', {
		invoiceId: byId(id),
		specifyPostings: 'fields',
		postings: {
			row: [
				{
					matchBy: 'all',
					account: byId('4090'),
					dimensions: { row: [{ dimensionId: byId('Kustannuspaikka'), itemId: byId(costCentre) }] },
					...posting,
				},
			],
		} as unknown as INodeParameters,
	});

const poller = (event: string, parameters: INodeParameters = {}): Poller =>
	bench.engine.poller({
		type: 'procountorTrigger',
		parameters: { event, simple: false, includeBookkeeping: true, ...parameters },
		credentials: { procountorApi: bench.engine.saveCredential('procountorApi', bench.credential()) },
	});
const polled = async (one: Poller): Promise<IDataObject[]> => ((await one.poll()) ?? []).map(({ json }) => json);
const requests = (path: string): number =>
	bench.sandbox.journal.entries.filter((entry) => entry.path.includes(path)).length;

describe('Include Bookkeeping', () => {
	const posted = {
		accounts: ['4090'],
		dimensions: { Kustannuspaikka: ['Helsinki'] },
		transactions: [
			{
				account: '4090',
				accountingValue: 100,
				vatPercent: 25.5,
				dimensions: [{ dimension: 'Kustannuspaikka', item: 'Helsinki', value: 100 }],
			},
		],
	};

	it('returns accounts and dimension items by name, with or without Simplify', async () => {
		const id = bill([row('Sementti', 100)]);
		await set(id, 'Helsinki');
		for (const simple of [true, false]) {
			const [invoice] = await bench.json('invoice', 'get', { invoiceId: String(id), simple, includeBookkeeping: true });
			expect(invoice).toMatchObject({ id, bookkeeping: { ...posted, ledgerReceiptId: expect.any(Number) } });
		}
		const [plain] = await bench.json('invoice', 'get', { invoiceId: String(id) });
		expect(plain).not.toHaveProperty('bookkeeping');
	});

	it('reads the receipts of 30 items in fewer than five requests', async () => {
		const ids = Array.from({ length: 30 }, (_, index) => bill([row('Sora', index + 1)]));
		const items = ids.map((id) => ({ id }));
		const before = [requests('/ledgerreceipts/'), requests('/dimensions')];
		const invoices = await bench.json(
			'invoice',
			'get',
			{ invoiceId: '={{ $json.id }}', includeBookkeeping: true },
			{ items },
		);
		expect(invoices.map(({ bookkeeping }) => (bookkeeping as IDataObject).transactions)).toEqual(
			ids.map((_, index) => [expect.objectContaining({ accountingValue: index + 1, dimensions: [] })]),
		);
		const after = [requests('/ledgerreceipts/'), requests('/dimensions')];
		expect(after.map((count, index) => count - before[index])).toEqual([expect.any(Number), 1]);
		expect(after[0] - before[0]).toBeLessThan(5);
	});

	it.each([
		['billReceived', 'RECEIVED'],
		['billApproved', 'APPROVED'],
	] as const)('adds the bookkeeping to items of the trigger event %s', async (event, status) => {
		const id = bill([row('Sementti', 100)]);
		await set(id, 'Helsinki');
		bench.sandbox.backdoor.change('invoices', id, { status: 'UNFINISHED' });
		for (const simple of [true, false]) {
			const trigger = poller(event, { includeDetails: !simple, simple });
			await polled(trigger);
			bench.sandbox.backdoor.change('invoices', id, { status });
			expect(await polled(trigger)).toMatchObject([{ id, bookkeeping: posted }]);
			bench.sandbox.backdoor.change('invoices', id, { status: 'UNFINISHED' });
		}
	});
});

describe('Project of an arrived bill', () => {
	/** Project numbers that the company uses in its bills. */
	const PROJECTS: Record<string, string> = { '4711': 'Helsinki', '4712': 'Tampere' };
	/** Finds the project as a workflow does: from the dimension, or from the first project number in a text. */
	function projectOf(invoice: IDataObject): string | undefined {
		const { notes, orderReference, invoiceRows, bookkeeping } = invoice;
		const texts = [
			notes,
			orderReference,
			...((invoiceRows ?? []) as IDataObject[]).flatMap((one) => [one.product, one.comment]),
		];
		const numbers = texts.flatMap((text) => String(text ?? '').match(/\d{4}/g) ?? []);
		const { dimensions } = bookkeeping as { dimensions: Record<string, string[]> };
		return dimensions.Kustannuspaikka?.[0] ?? PROJECTS[numbers.find((number) => number in PROJECTS) ?? ''];
	}

	it.each([
		['the reference', { orderReference: 'Tilaus 4711' }, {}, 'Helsinki'],
		['the notes', { notes: 'Projekti 4712' }, {}, 'Tampere'],
		['a row', {}, { comment: 'Työmaa 4711' }, 'Helsinki'],
		['a dimension', {}, {}, 'Tampere'],
	])('is found in %s, set on all rows, and kept through approval', async (where, more, rowMore, project) => {
		const trigger = poller('billReceived');
		await polled(trigger);
		const id = bill([row('Sementti', 60, rowMore), row('Sora', 40)], {
			...more,
			invoiceApprovalInformation: { verifiers: [{ userId: 1001 }], acceptors: [{ userId: 1004 }] },
		} as Partial<InvoiceFields>);
		if (where === 'a dimension') await set(id, 'Tampere', { matchBy: 'row', matchValue: '1' });
		const [arrived] = await polled(trigger);
		expect(arrived).toMatchObject({ id, status: 'RECEIVED' });
		const found = projectOf(arrived);
		expect(found).toBe(project);
		await set(id, String(found));
		await bench.json('invoice', 'verify', { invoiceId: byId(id) });
		const approver = bench.credential({ apiKey: DEMO.keys.approver });
		await bench.json('invoice', 'approve', { invoiceId: byId(id) }, { credential: approver });
		const [approved] = await bench.json('invoice', 'get', { invoiceId: String(id), includeBookkeeping: true });
		expect(approved).toMatchObject({
			status: 'APPROVED',
			bookkeeping: { accounts: ['4090'], dimensions: { Kustannuspaikka: [project] } },
		});
		expect(books.invoice(id).status).toBe('APPROVED');
	});
});
