/** Credits of parts of a sales invoice, as a shop refunds them: rows, quantities, and amounts at a VAT rate. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { SavedCredential } from '../harness';
import { byId, type Bench } from '../support';
import { asJson, type Books, useBooks } from './state';

let bench: Bench;
let books: Books;
let saved: SavedCredential;
useBooks((given) => ({ bench, books } = given));
beforeEach(() => void (saved = bench.engine.saveCredential('procountorApi', bench.credential())));

const date = '2026-10-01';
/** 285.00 at 25.5 %, 29.80 and 10.20 at 13.5 %: 314.80 + 10.20 net, 403.08 with VAT. */
const rows = [
	{
		product: 'Konsultointi',
		quantity: 3,
		unitPrice: 95,
		vatPercent: 25.5,
		account: '3020',
		dimensions: [
			{ dimensionId: 1, itemId: 11, percent: 60 },
			{ dimensionId: 1, itemId: 12, percent: 40 },
		],
	},
	{ product: 'Kahvi', quantity: 2, unitPrice: 14.9, vatPercent: 13.5, account: '3010' },
	{ product: 'Tee', quantity: 1, unitPrice: 10.2, vatPercent: 13.5, account: '3000' },
];

async function run(operation: string, parameters: INodeParameters, items: IDataObject[] = [{}]) {
	return await bench.engine.runNode({
		type: 'procountor',
		parameters: { resource: 'invoice', operation, ...parameters },
		credentials: { procountorApi: saved },
		items,
	});
}
async function json(operation: string, parameters: INodeParameters): Promise<IDataObject> {
	const { error, items } = await run(operation, parameters);
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return items[0][0].json;
}
const sale = async (more: INodeParameters = {}, ofRows: IDataObject[] = rows): Promise<IDataObject> =>
	await json('create', {
		date,
		partnerId: byId(books.partner('1002')),
		originalInvoiceNumber: 'A-1',
		after: 'send',
		...asJson(ofRows),
		...more,
	});
const form = (id: unknown, parts: IDataObject[], more: INodeParameters = {}): INodeParameters => ({
	invoiceId: byId(id),
	date,
	specifyRows: 'fields',
	parts: { row: parts } as unknown as INodeParameters,
	...more,
});
const credit = async (id: unknown, parts: IDataObject[], more?: INodeParameters): Promise<IDataObject> =>
	await json('credit', form(id, parts, more));
const refused = async (id: unknown, parts: IDataObject[], more?: INodeParameters): Promise<string> => {
	const { size } = books;
	const { error } = await run('credit', form(id, parts, more));
	expect(books.size).toBe(size);
	return `${error?.message} | ${error?.description}`;
};
/** Like a restart of n8n: the process forgets which requests it has sent. */
const forget = (): void => void (saved = bench.engine.saveCredential('procountorApi', bench.credential()));
const posted = (id: unknown): Array<[string, number, number[]]> =>
	books
		.entries(id)
		.map(({ account, accountingValue, dimensionItemValues = [] }) => [
			String(account),
			accountingValue,
			dimensionItemValues.map(({ value }) => value),
		]);

describe('Partial credit', () => {
	it('credits a quantity of a row and a whole row, with their accounts and dimension shares', async () => {
		const { id } = await sale();
		const made = await credit(id, [{ row: '1', quantity: '1' }, { row: 'kahvi' }], { setOff: true });
		expect(made).toMatchObject({ wasCreated: true, creditedInvoiceId: id });
		expect(books.invoice(made.id).invoiceRows).toMatchObject([
			{ product: 'Konsultointi', quantity: -1, unitPrice: 95 },
			{ product: 'Kahvi', quantity: -2, unitPrice: 14.9 },
		]);
		// 95.00 at 25.5 % and 29.80 at 13.5 %.
		expect(books.sums(made.id)).toEqual({ net: -124.8, vat: -28.25, total: -153.05 });
		expect(posted(made.id)).toEqual([
			['3020', 95, [57, 38]],
			['3010', 29.8, []],
		]);
		expect([books.invoice(id).status, books.invoice(made.id).status]).toEqual(['PARTLY_PAID', 'MARKED_PAID']);
	});

	it("reads a shop's refund from a list in the input", async () => {
		const { id } = await sale();
		const refund = {
			lines: [
				{ title: 'Konsultointi', refunded: '47,50' },
				{ title: 'Kahvi', refunded: 14.9 },
			],
		};
		const value = { row: 'title', amount: 'refunded' };
		const listColumns = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
		const parameters = { specifyRows: 'list', list: 'lines', listColumns } as unknown as INodeParameters;
		const { error, items } = await run('credit', form(id, [], parameters), [refund]);
		expect(error).toBeUndefined();
		expect(books.sums(items[0][0].json.id).net).toBe(-62.4);
	});

	it('divides an amount at a VAT rate among its rows in proportion to their totals', async () => {
		const { id } = await sale();
		const made = await credit(id, [
			{ vatPercent: '13.5', amount: '10.01' },
			{ vatPercent: '25.5', amount: '1' },
		]);
		// 29.80 and 10.20 of 40.00: 7.46 and 2.55.
		expect(posted(made.id)).toEqual([
			['3010', 7.46, []],
			['3000', 2.55, []],
			['3020', 1, [0.6, 0.4]],
		]);
		expect(books.sums(made.id).net).toBe(-11.01);
	});

	it('uses amounts with VAT if the prices include it, and applies the invoice discount', async () => {
		const { id } = await sale({ unitPricesIncludeVat: true, additionalFields: { discountPercent: 10 } }, [
			{ product: 'Kahvi', quantity: 2, unitPrice: 62.75, vatPercent: 25.5, account: '3010' },
		]);
		expect(books.sums(id).total).toBe(112.95);
		const made = await credit(id, [{ vatPercent: '25,5 %', amount: '12,55' }]);
		expect(books.sums(made.id)).toEqual({ net: -10, vat: -2.55, total: -12.55 });
		const other = await credit(id, [{ row: 'Kahvi', quantity: '1' }]);
		expect(books.sums(other.id).total).toBe(-56.48);
	});

	it('is found again in a second run, and other parts create another credit', async () => {
		const { id } = await sale();
		const parts = [{ row: 'Kahvi', quantity: '1' }];
		const first = await credit(id, parts);
		forget();
		expect(await credit(id, parts)).toMatchObject({ id: first.id, wasCreated: false });
		const second = await credit(id, [{ row: 'Tee' }]);
		expect(second.id).not.toBe(first.id);
		const numbered = await credit(id, parts, { options: { number: 'H-1' } });
		expect(numbered.id).not.toBe(first.id);
		forget();
		expect(await credit(id, parts, { options: { number: 'H-1' } })).toMatchObject({
			id: numbered.id,
			wasCreated: false,
		});
		expect(await refused(id, [{ row: 'Tee' }], { options: { number: 'H-1' } })).toContain(
			'other parts of this invoice',
		);
	});

	it('never exceeds the total of the invoice', async () => {
		const { id } = await sale();
		await credit(id, [{ row: '1', quantity: '2' }]);
		await credit(id, [{ row: 'Konsultointi', quantity: '1' }]);
		expect(await refused(id, [{ row: '1', quantity: '1' }])).toMatch(/left to credit/);
		expect(await refused(id, [])).toMatch(/left to credit/);
	});

	it('never exceeds the total of a row over several credits, even if the invoice has more left', async () => {
		const { id } = await sale();
		const first = await credit(id, [{ row: 'Kahvi', quantity: '1' }], { options: { number: 'H-1' } });
		const second = await credit(id, [{ row: 'Kahvi', amount: '10' }], { options: { number: 'H-2' } });
		const message = await refused(id, [{ row: 'Kahvi', amount: '5' }], { options: { number: 'H-3' } });
		const number = (made: IDataObject): string => String(books.invoice(made.id).invoiceNumber);
		// 29.80 with 13.5 % are 33.82; 16.91 and 11.35 were credited, and 5.00 are 5.68.
		expect(message).toMatch(
			/^Credit Only takes more of 'Kahvi, VAT 13\.5 %' than the invoice has left: 5\.68 of 5\.56, since /,
		);
		for (const made of [first, second]) expect(message).toContain(number(made));
		await credit(id, [{ row: 'Kahvi', amount: '4.90' }], { options: { number: 'H-4' } });
		expect(await refused(id, [{ vatPercent: '13.5', amount: '10' }])).toContain('Nothing was saved');
		await credit(id, [{ row: 'Tee' }]);
	});

	it('credits a row that does not divide into whole cents piece by piece', async () => {
		const { id } = await sale({ unitPricesIncludeVat: true }, [
			{ product: 'Kahvi', quantity: 3, unitPrice: 3.335, vatPercent: 13.5, account: '3010' },
			{ product: 'Tee', quantity: 1, unitPrice: 10, vatPercent: 13.5, account: '3010' },
		]);
		for (const number of ['H-1', 'H-2', 'H-3'])
			await credit(id, [{ row: 'Kahvi', quantity: '1' }], { options: { number } });
		expect(await refused(id, [{ row: 'Kahvi', amount: '0.10' }])).toContain("takes more of 'Kahvi, VAT 13.5 %'");
	});

	it.each([
		['an empty list in the input', { specifyRows: 'list', list: 'lines' }],
		['an expression that returns an empty list', { specifyRows: 'list', list: '={{ $json.lines }}' }],
		['a JSON expression that returns an empty list', { specifyRows: 'json', partsJson: '={{ $json.lines }}' }],
		['a JSON expression that returns nothing', { specifyRows: 'json', partsJson: '={{ $json.rows }}' }],
	])('is refused instead of crediting the entire invoice for %s', async (_, parameters) => {
		const { id } = await sale();
		const { size } = books;
		const listColumns = { mappingMode: 'defineBelow', value: { row: 'name' }, matchingColumns: [], schema: [] };
		const given = { invoiceId: byId(id), date, listColumns, ...parameters } as unknown as INodeParameters;
		const { error } = await run('credit', given, [{ lines: [] }]);
		expect(`${error?.message} | ${error?.description}`).toBe(
			'Credit Only is empty: the list has no entries | Correct the list, or leave out the item.',
		);
		expect(books.size).toBe(size);
	});

	it.each([false, true])(
		'is created once for the same parts in two items, with a hint (set off: %s)',
		async (setOff) => {
			const { id } = await sale();
			const parts = form(id, [{ row: 'Kahvi', quantity: '1' }], { setOff, options: { number: 'H-1' } });
			const { error, items, hints } = await run('credit', parts, [{}, {}]);
			expect(error?.message).toBeUndefined();
			expect(items[0].map(({ json: one }) => one.wasCreated)).toEqual([true, false]);
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^Item 1 of this run created this credit/),
			]);
			expect(books.numbered('H-1')).toHaveLength(1);
		},
	);

	it('is found after a lost response and not created again by the next run', async () => {
		const { id } = await sale();
		const parts = [{ row: 'Kahvi', quantity: '1' }];
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/invoices' });
		const made = await credit(id, parts, { setOff: true, options: { lookUp: 1 } });
		const { size } = books;
		forget();
		expect(await credit(id, parts, { setOff: true })).toMatchObject({ id: made.id, wasCreated: false });
		expect(books.size).toBe(size);
		expect(books.invoice(made.id).status).toBe('MARKED_PAID');
	});

	it.each([
		['setting the accounts', '/ledgerreceipts/{receiptId}', 0, 'UNFINISHED'],
		['approving', '/invoices/{invoiceId}/approve', 0, 'UNFINISHED'],
		['sending', '/invoices/{invoiceId}/send', 0, 'NOT_SENT'],
		['setting off the invoice', '/invoices/{invoiceId}/paymentevents/markpaid', 0, 'SENT'],
		['setting off the credit', '/invoices/{invoiceId}/paymentevents/markpaid', 1, 'SENT'],
	])('is finished by the next run and not created again if %s failed', async (_, path, after, status) => {
		const { id } = await sale();
		const { size } = books;
		const body = { errors: [{ status: 400, message: 'UNABLE_TO_GET_CONNECTION' }] };
		bench.sandbox.faults.add({ kind: 'status', status: 400, body, method: 'PUT', path, after });
		const parameters = form(id, [{ row: 'Kahvi', quantity: '1' }], { after: 'send', setOff: true });
		const { error } = await run('credit', parameters);
		expect(error?.description).toContain('Done already: invoice');
		const creditId = Number(/\(ID (\d+)\)/.exec(String(error?.description))?.[1]);
		expect([books.size, books.invoice(creditId).status]).toEqual([size + 1, status]);
		forget();
		expect(await json('credit', parameters)).toMatchObject({ id: creditId, wasCreated: false });
		expect(books.size).toBe(size + 1);
		expect(posted(creditId)).toEqual([['3010', 14.9, []]]);
		expect([books.invoice(id).status, books.invoice(creditId).status]).toEqual(['PARTLY_PAID', 'MARKED_PAID']);
		for (const one of [id, creditId])
			expect(await bench.json('paymentEvent', 'getAll', { returnAll: true, invoiceId: byId(one) })).toHaveLength(1);
	});

	it.each([
		['a row that does not exist', [{ row: '4' }], /Row names no row of the invoice: "4"/],
		['parts with neither a row nor a rate', [{ amount: '5' }], /Credit Only 1, Row is empty/],
		['both a quantity and an amount', [{ row: '1', quantity: '1', amount: '5' }], /both given/],
		['a quantity of zero', [{ row: '1', quantity: '0' }], /not above 0/],
		['more than the row has', [{ row: '2', quantity: '3' }], /takes more than row 2/],
		['the same row twice', [{ row: '2' }, { row: 'Kahvi', quantity: '1' }], /takes more than row 2/],
		['a VAT rate that no row has', [{ vatPercent: '10', amount: '5' }], /not a rate of the invoice: 10/],
		['more than the total of the rows at a rate', [{ vatPercent: '13.5', amount: '40.01' }], /40\.01 of 40\.00/],
	])('refuses %s', async (_, parts, message) => {
		const { id } = await sale();
		expect(await refused(id, parts)).toMatch(message);
	});
});
