/** Numbers, codes and names as people write them, entered as table, JSON or list, in invoices, journals, credits and payments. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { dimensionsOf } from '../../sandbox/records/dimensions';
import { type Books, useBooks, asJson } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const NUMBERS: Array<[string, unknown, number]> = [
	['a true minus, as toLocaleString("fi-FI") writes it', '\u221250,00', -50],
	['a true minus and a euro sign', '\u221250,00\u00a0€', -50],
	['a hyphen', '-50,00', -50],
	['no-break spaces for thousands', '1\u00a0234,50', 1234.5],
	['narrow spaces for thousands', '1\u202f234,50', 1234.5],
	['thin spaces and a true minus', '\u22121\u2009234,50', -1234.5],
	['a euro sign at the end', '12,50 €', 12.5],
	['the currency in front', 'EUR 12,50', 12.5],
	['an HTML entity, as shops send it', '1&nbsp;234,50', 1234.5],
	['a binary rounding error', '0.30000000000000004', 0.3],
	['zero decimals', '50.00', 50],
];
const AMBIGUOUS = ['1,234', '1.234,50', '1,234.50', '12-50', '1\u22122', '1e3', '50 %', 'abc'];

const line = { product: 'Kahvi', quantity: 1, vatPercent: '25,5 %' };
const table = (unitPrice: unknown): INodeParameters =>
	({ invoiceRows: { row: [{ ...line, unitPrice }] } }) as unknown as INodeParameters;
const list = (unitPrice: unknown): INodeParameters =>
	({
		specifyRows: 'list',
		list: JSON.stringify([{ ...line, price: unitPrice }]),
		listColumns: {
			mappingMode: 'defineBelow',
			value: { product: 'product', quantity: 'quantity', unitPrice: 'price', vatPercent: 'vatPercent' },
		},
	}) as unknown as INodeParameters;
const ways: Record<string, (unitPrice: unknown) => INodeParameters> = {
	table,
	JSON: (unitPrice) => asJson([{ ...line, unitPrice }] as IDataObject[]),
	list,
};

describe.each(Object.keys(ways))('Price entered as %s', (way) => {
	it.each(NUMBERS)('is accepted with %s', async (_what, given, number) => {
		const [{ id }] = await bench.json('invoice', 'create', { counterPartyName: 'Kahvila Oy', ...ways[way](given) });
		expect(books.invoice(id).invoiceRows).toMatchObject([{ unitPrice: number, vatPercent: 25.5 }]);
	});

	it.each(AMBIGUOUS)('is refused and quoted in the message: %s', async (given) => {
		const { error } = await bench.run('invoice', 'create', { counterPartyName: 'Kahvila Oy', ...ways[way](given) });
		expect(error?.message).toMatch(/^Row 1, Unit Price (can be read in several ways|is not a number): "/);
		expect(error?.message).toContain(given);
		expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
	});
});

describe.each(['table', 'JSON'])('Journal amount entered as %s', (way) => {
	const transactions = (given: unknown, other: number): INodeParameters => {
		const rows = [
			{ account: '1910', accountingValue: given },
			{ account: '1900', accountingValue: other },
		];
		return way === 'JSON'
			? { specifyRows: 'json', transactionsJson: JSON.stringify(rows) }
			: ({ transactions: { row: rows } } as unknown as INodeParameters);
	};

	it.each(NUMBERS)('is accepted with %s', async (_what, given, number) => {
		const [{ id }] = await bench.json('ledgerReceipt', 'create', { name: 'Myynti', ...transactions(given, -number) });
		expect(books.receipt(id).transactions.map((one) => one.accountingValue)).toEqual([number, -number]);
	});
});

describe('Number with a true minus, a comma and spaces', () => {
	const sale = async (): Promise<string> =>
		String(
			(
				await bench.json('invoice', 'create', {
					counterPartyName: 'Kahvila Oy',
					after: 'approve',
					...asJson([{ ...line, unitPrice: 2000 }] as IDataObject[]),
				})
			)[0].id,
		);

	it('is accepted as the amount of a payment', async () => {
		const id = await sale();
		await bench.json('paymentEvent', 'markAsPaid', { invoiceId: byId(id), amount: '1\u202f010,00\u00a0€' });
		expect(books.invoice(id).status).toBe('PARTLY_PAID');
	});

	it.each(['0,00', '\u22120', '1,234', '10,005'])('is refused as the amount of a payment: %s', async (amount) => {
		const { error } = await bench.run('paymentEvent', 'markAsPaid', { invoiceId: byId(await sale()), amount });
		expect(error?.message).toMatch(/^Amount /);
	});

	it('is accepted as amount and VAT rate of a credited part', async () => {
		const parts = [{ vatPercent: '25,5 %', amount: '1\u2009000,00 €' }];
		const [credit] = await bench.json('invoice', 'credit', {
			invoiceId: byId(await sale()),
			specifyRows: 'json',
			partsJson: JSON.stringify(parts),
			after: 'unfinished',
		});
		expect(books.invoice(credit.id).invoiceRows).toMatchObject([{ quantity: -1, unitPrice: 1000 }]);
	});

	it.each<[string, unknown, number]>([
		['no-break spaces for thousands', '1\u00a0200,50', 1200.5],
		['narrow spaces for thousands', '1\u202f200,50', 1200.5],
		['a comma', '0,25', 0.25],
		['zero decimals', '2.00', 2],
	])('is accepted as quantity of a credited part with %s', async (_what, given, quantity) => {
		const [{ id }] = await bench.json('invoice', 'create', {
			counterPartyName: 'Kahvila Oy',
			after: 'approve',
			...asJson([{ ...line, quantity: 2000, unitPrice: 2 }] as IDataObject[]),
		});
		const [credit] = await bench.json('invoice', 'credit', {
			invoiceId: byId(id),
			specifyRows: 'json',
			partsJson: JSON.stringify([{ row: 'Kahvi', quantity: given }]),
			after: 'unfinished',
		});
		expect(books.invoice(credit.id).invoiceRows).toMatchObject([{ quantity: -quantity, unitPrice: 2 }]);
	});

	it.each(['1,234', '1.234,50', '\u22121', '0,00', 'abc'])(
		'is refused as quantity of a credited part: %s',
		async (quantity) => {
			const invoiceId = byId(await sale());
			bench.sandbox.journal.clear();
			const { error } = await bench.run('invoice', 'credit', {
				invoiceId,
				specifyRows: 'json',
				partsJson: JSON.stringify([{ row: 'Kahvi', quantity }]),
			});
			expect(error?.message).toMatch(/^Credit Only 1, Quantity /);
			expect(bench.asked().filter((call) => !call.startsWith('GET'))).toEqual([]);
		},
	);

	it('is accepted as the net amount that matches a row, and as the share of a dimension', async () => {
		const { id } = bench.sandbox.backdoor.addInvoice(
			{
				type: 'PURCHASE_INVOICE',
				language: undefined,
				extraInfo: { accountingByRow: true, unitPricesIncludeVat: false },
				invoiceRows: [
					{ product: 'Hyvitys', quantity: -1, unit: 'PIECE', unitPrice: 50, discountPercent: 0, vatPercent: 25.5 },
					{ product: 'Kahvi', quantity: 1, unit: 'PIECE', unitPrice: 1200, discountPercent: 0, vatPercent: 25.5 },
				],
			},
			{ status: 'RECEIVED' },
		);
		const postings = [
			{ matchBy: 'amount', matchValue: '\u221250,00', account: '4090' },
			{
				matchBy: 'amount',
				matchValue: '1\u202f200,00',
				account: '4000',
				dimensions: [
					{ dimensionId: '1', itemId: '11.0', amount: '1\u00a0000,00 €' },
					{ dimensionId: '1.0', itemId: '12', amount: '200,00' },
				],
			},
		];
		await bench.json('invoice', 'setAccounts', {
			invoiceId: byId(id),
			specifyPostings: 'json',
			postingsJson: JSON.stringify(postings),
		});
		expect(
			books.entries(id).map(({ account, dimensionItemValues = [] }) => [account, dimensionItemValues.length]),
		).toEqual([
			['4090', 0],
			['4000', 2],
		]);
	});
});

describe('Product code of a row', () => {
	const create = async (productCode: unknown, quantity = 1) =>
		await bench.run('invoice', 'create', {
			counterPartyName: 'Kahvila Oy',
			...asJson([{ productCode, quantity }] as IDataObject[]),
		});

	it.each(['KAH-001', 'kah-001', ' KAH-001\u00a0', 'KAH\u2013001'])('finds the product: "%s"', async (code) => {
		const { items, error } = await create(code);
		expect(error).toBeUndefined();
		expect(books.invoice(items[0][0].json.id).invoiceRows).toMatchObject([{ productId: 301 }]);
	});

	it.each(['KAH', 'KAH-0', 'KAH-00', 'KAH-0010', 'AH-001'])(
		'does not match a shorter or longer code: "%s"',
		async (code) => {
			expect((await create(code)).error?.message).toBe(`Row 1, Product Code is not in the product register: ${code}`);
		},
	);

	it('matches the exact spelling first, and is refused if several other spellings match', async () => {
		const add = async (code: string) =>
			Number(
				(
					await bench.json('product', 'create', {
						type: 'SALES',
						name: code,
						price: 1,
						currency: 'EUR',
						discount: 0,
						active: true,
						code,
						vat: 25.5,
					})
				)[0].id,
			);
		const [lower] = [await add('ab1'), await add('AB1')];
		expect(books.invoice((await create('ab1')).items[0][0].json.id).invoiceRows).toMatchObject([{ productId: lower }]);
		expect((await create('Ab1')).error?.message).toBe('Row 1, Product Code belongs to several products: Ab1');
	});
});

describe('Person number of an expense claim', () => {
	const claim = async (personNumber: string) =>
		await bench.run('invoice', 'createExpenseClaim', {
			date: '2026-10-01',
			...asJson([{ ...line, unitPrice: 10 }] as IDataObject[]),
			additionalFields: { personNumber },
		});

	it.each(['9001', ' 9001 ', '9001.0', '9001,0'])('finds the person: "%s"', async (number) => {
		const { items, error } = await claim(number);
		expect(error).toBeUndefined();
		expect(books.invoice(items[0][0].json.id).partnerId).toBe(books.partner('9001'));
	});

	it.each(['900', '90011', '001'])('does not match a shorter or longer number: %s', async (number) => {
		expect((await claim(number)).error?.message).toBe(`Person Number is not in the person register: ${number}`);
	});

	it('is refused if two persons have it', async () => {
		for (const lastName of ['Eka', 'Toka']) {
			const [{ id }] = await bench.json('person', 'create', { firstName: 'A', lastName });
			await bench.json('person', 'update', { personId: byId(id), updateFields: { personNumber: '7007' } });
		}
		expect((await claim('7007')).error?.message).toBe('Person Number belongs to several persons: 7007');
	});
});

describe('Dimension item whose name is the ID of another item', () => {
	it('is refused as ambiguous', async () => {
		const [{ items }] = dimensionsOf(bench.sandbox.world.company(DEMO.companyId));
		const other = items.find(({ id }) => id === 12);
		const before = other?.codeName ?? '';
		if (other) other.codeName = '11';
		const rows = (itemId: unknown) => asJson([{ ...line, unitPrice: 10, dimensionId: '1', itemId }] as IDataObject[]);
		const create = async (itemId: unknown) =>
			await bench.run('invoice', 'create', { counterPartyName: 'Kahvila Oy', ...rows(itemId) });
		for (const given of ['11', 11, ' 11 '])
			expect((await create(given)).error?.message).toBe(
				`Row 1, Dimension 1 names '11', which can mean several in the dimension 'Kustannuspaikka'`,
			);
		expect((await create('12')).error).toBeUndefined();
		expect((await create('Helsinki')).error).toBeUndefined();
		if (other) other.codeName = before;
	});
});
