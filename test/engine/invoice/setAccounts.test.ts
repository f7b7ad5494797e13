import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { InvoiceFields } from '../../sandbox/records/invoices/model';
import { type Books, useBooks } from './state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const row = (product: string, unitPrice: number, vatPercent = 25.5): IDataObject => ({
	product,
	quantity: 1,
	unit: 'PIECE',
	unitPrice,
	discountPercent: 0,
	vatPercent,
});

/** A bill that has arrived, posted by row. */
function bill(
	rows: IDataObject[],
	status: 'RECEIVED' | 'VERIFIED' = 'RECEIVED',
	more: Partial<InvoiceFields> = {},
): number {
	return bench.sandbox.backdoor.addInvoice(
		{
			type: 'PURCHASE_INVOICE',
			language: undefined,
			extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
			invoiceRows: rows as unknown as InvoiceFields['invoiceRows'],
			...more,
		},
		{ status },
	).id;
}

const item = (dimensionId: unknown, itemId: unknown, more: IDataObject = {}): IDataObject => ({
	dimensionId: byId(dimensionId),
	itemId: byId(itemId),
	...more,
});
const posting = (more: IDataObject, ...dimensions: IDataObject[]): IDataObject => ({
	matchBy: 'all',
	...more,
	...(dimensions.length ? { dimensions: { row: dimensions } } : {}),
});
const form = (id: number, postings: IDataObject[], options: INodeParameters = {}): INodeParameters => ({
	invoiceId: byId(id),
	specifyPostings: 'fields',
	postings: { row: postings } as unknown as INodeParameters,
	options,
});
const set = async (id: number, postings: IDataObject[], options?: INodeParameters): Promise<IDataObject> =>
	(await bench.json('invoice', 'setAccounts', form(id, postings, options)))[0];
const refused = async (id: number, postings: IDataObject[]) =>
	(await bench.run('invoice', 'setAccounts', form(id, postings))).error;
/** The posted transactions, each as text: `account dimension:item=value …`. */
const posted = (id: number): string[] =>
	books
		.entries(id)
		.map(({ account, dimensionItemValues }) =>
			[
				account,
				...(dimensionItemValues ?? []).map(
					({ dimensionId, itemId, value }) => `${String(dimensionId)}:${String(itemId)}=${String(value)}`,
				),
			].join(' '),
		);
const puts = (): number => bench.sandbox.journal.to('PUT /ledgerreceipts/{receiptId}').length;

describe('Set Accounts and Dimensions', () => {
	it('posts all rows of a bill, and writes nothing the second time', async () => {
		const id = bill([row('Kahvi', 10), row('Tee', 20)]);
		const all = [posting({ account: byId('4090') }, item(1, 11))];
		expect(await set(id, all)).toMatchObject({
			invoiceId: id,
			changed: true,
			transactions: [{ account: '4090', accountingValue: 10 }, { account: '4090' }],
		});
		expect(posted(id)).toEqual(['4090 1:11=10', '4090 1:11=20']);
		expect((await set(id, all)).changed).toBe(false);
		expect(puts()).toBe(1);
	});

	it('matches rows by number, product, and net amount', async () => {
		const id = bill([row('Kahvi', 10), row('Tee', 20), row('Maito', 30.03)]);
		await set(id, [
			posting({ account: byId('4090') }),
			posting({ matchBy: 'row', matchValue: '1', account: byId('4000') }, item(1, 11)),
			posting(
				{ matchBy: 'product', matchValue: 'tee' },
				item(1, 11, { percent: '50' }),
				item(1, 12, { percent: '50' }),
			),
			posting({ matchBy: 'amount', matchValue: '30,03' }, item(1, 12, { amount: '30.03' })),
		]);
		expect(posted(id)).toEqual(['4000 1:11=10', '4090 1:11=10 1:12=10', '4090 1:12=30.03']);
	});

	it('finds dimensions by name, and keeps or replaces the other dimensions', async () => {
		const id = bill([row('Kahvi', 10)]);
		await set(id, [posting({}, item('Kustannuspaikka', 'Helsinki'))]);
		const [first] = posted(id);
		const [, other] = (await bench.json('dimension', 'getAll', { returnAll: true })) as unknown as Array<{
			id: number;
			items: Array<{ id: number }>;
		}>;
		const second = [posting({}, item(other.id, other.items[0].id))];
		await set(id, second);
		expect(posted(id)).toEqual([`${first} ${other.id}:${other.items[0].id}=10`]);
		await set(id, second, { existing: 'replace' });
		expect(posted(id)[0].split(' ').slice(1)).toEqual([`${other.id}:${other.items[0].id}=10`]);
	});

	it('finds accounts by name, by number, or by both', async () => {
		const accounts = ['rahdit ja huolinta', '4090', 4090, '4090 Rahdit ja huolinta'];
		for (const account of accounts) {
			const id = bill([row('Kahvi', 10)]);
			await set(id, [posting({ account: byId(account) })]);
			expect([account, posted(id)]).toEqual([account, ['4090']]);
		}
		const id = bill([row('Kahvi', 10)]);
		expect((await refused(id, [posting({ account: byId('Rahdit maalle') })]))?.message).toContain(
			"Posting 1, Ledger Account names 'Rahdit maalle', which does not exist",
		);
		expect(posted(id)).not.toEqual(['4090']);
	});

	it('keeps the dimensions if only the account changes', async () => {
		const id = bill([row('Kahvi', 10)]);
		await set(id, [posting({}, item(1, 11))]);
		await set(id, [posting({ account: byId('4090') })], { existing: 'replace' });
		expect(posted(id)).toEqual(['4090 1:11=10']);
	});

	it('reports invalid postings and writes nothing', async () => {
		const id = bill([row('Kahvi', 10), row('Tee', 10)]);
		const message = async (...postings: IDataObject[]): Promise<string | undefined> =>
			(await refused(id, postings))?.message;
		const account = byId('4090');
		expect(await message(posting({ matchBy: 'row', matchValue: '3', account }))).toContain(
			'Posting 1, Match Value names no row of invoice',
		);
		expect(await message(posting({ matchBy: 'row', matchValue: 'x', account }))).toContain("is not a row number: 'x'");
		expect(await message(posting({ matchBy: 'product', matchValue: '', account }))).toContain('Match Value is empty');
		expect(await message(posting({ matchBy: 'amount', matchValue: '10', account }))).toContain('fits 2 transactions');
		expect(await message(posting({}))).toBe('Posting 1 has no account and no dimension');
		expect(await message(posting({}, item('Kustannuspaikka', 'Atlantis')))).toContain("names 'Atlantis'");
		expect(await message(posting({}, item(1, 11, { percent: '50' })))).toContain('not 100');
		const verified = bill([row('Kahvi', 10)], 'VERIFIED');
		expect((await refused(verified, [posting({ account })]))?.message).toContain('has the status VERIFIED');
		expect(puts()).toBe(0);
	});

	it('reads the receipt after a lost response and succeeds', async () => {
		const id = bill([row('Kahvi', 10)]);
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'PUT', path: '/ledgerreceipts/{receiptId}' });
		expect((await set(id, [posting({ account: byId('4090') })])).changed).toBe(true);
		expect(posted(id)).toEqual(['4090']);
	});

	it('reports a closed period', async () => {
		const id = bill([row('Kahvi', 10)], 'RECEIVED', { date: '2024-01-15' });
		const error = await refused(id, [posting({ account: byId('4090') })]);
		expect(`${error?.message} ${error?.description}`).toMatch(/period/i);
	});
});
