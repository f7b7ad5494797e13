/** Rows from a list in the input: each column names the field that fills it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Bench } from '../support';
import { type Books, useBooks } from './state';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const order = {
	number: 'WEB-1',
	customer: { name: 'Kahvila Oy' },
	order: {
		lines: [
			{ title: 'Kahvit' },
			{ name: 'Kahvi', qty: '3', price: { net: '14,90' }, vat: 25.5, centre: 'Helsinki' },
			{ name: 'Toimitus', qty: 1, price: { net: 4.9 }, vat: '25,5', centre: '' },
		],
	},
};
const mapped = (value: IDataObject): INodeParameters =>
	({
		listColumns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
	}) as unknown as INodeParameters;
const columns = {
	product: 'name',
	quantity: 'qty',
	unitPrice: 'price.net',
	vatPercent: 'vat',
	account: '"3010"',
	header: 'title',
	dimensions_dimensionId: '"Kustannuspaikka"',
	dimensions_itemId: 'centre',
};
const sale = { date: '2026-10-01', counterPartyName: '={{ $json.customer.name }}', specifyRows: 'list' };
const create = async (parameters: INodeParameters, item: IDataObject = order): Promise<string | IDataObject> => {
	const { error, items } = await bench.run('invoice', 'create', { ...sale, ...parameters }, { items: [item] });
	return error ? `${error.message} | ${error.description ?? ''}` : (items[0][0].json as IDataObject);
};

describe('Rows from a list in the input', () => {
	it('have each column filled from the field that it names, or in all rows with a value in quotes', async () => {
		const withoutCentre = { ...columns, dimensions_dimensionId: '', dimensions_itemId: '' };
		const made = (await create({ list: 'order.lines', ...mapped(withoutCentre) })) as IDataObject;
		expect(
			books
				.invoice(made.id)
				.invoiceRows.map(({ product, quantity, unitPrice, vatPercent, comment }) => [
					product,
					quantity,
					unitPrice,
					vatPercent,
					comment,
				]),
		).toEqual([
			['Kahvit', expect.anything(), 0, expect.anything(), undefined],
			['Kahvi', 3, 14.9, 25.5, undefined],
			['Toimitus', 1, 4.9, 25.5, undefined],
		]);
		expect(books.entries(made.id).filter(({ accountingValue }) => accountingValue !== 0)).toMatchObject([
			{ account: '3010', accountingValue: -44.7 },
			{ account: '3010', accountingValue: -4.9 },
		]);
	});

	it('omit a fixed dimension in a row without an item for it', async () => {
		const lines = [
			{ name: 'Kahvi', price: 10, centre: 'Helsinki', project: 'P-103 Baristakoulutus' },
			{ name: 'Kuppi', price: 5, centre: 'Helsinki' },
		];
		const made = (await create(
			{
				list: 'lines',
				...mapped({
					product: 'name',
					unitPrice: 'price',
					vatPercent: '25.5',
					dimensionId: '"Kustannuspaikka"',
					itemId: 'centre',
					dimensions_dimensionId: '"Projekti"',
					dimensions_itemId: 'project',
				}),
			},
			{ ...order, lines },
		)) as IDataObject;
		expect(books.entries(made.id).map(({ dimensionItemValues }) => dimensionItemValues)).toMatchObject([
			[expect.anything(), expect.anything()],
			[expect.anything()],
		]);
	});

	it('use row totals after discounts and keep the calculation in the comment', async () => {
		const lines = [
			{ name: 'Tee', count: 3, price: 13.05, total: 34.15 },
			{ name: 'Kahvi', count: '2', price: '14,90', total: '29,80' },
			{ name: 'Toimitus', total: 4.9 },
		];
		const values = { product: 'name', quantity: 'count', unitPrice: 'price', vatPercent: '25.5', total: 'total' };
		const made = (await create({ list: 'lines', ...mapped(values) }, { ...order, lines })) as IDataObject;
		expect(
			books.invoice(made.id).invoiceRows.map(({ quantity, unitPrice, comment }) => [quantity, unitPrice, comment]),
		).toEqual([
			[1, 34.15, '3 x 13,05 - 5,00'],
			[2, 14.9, undefined],
			[1, 4.9, undefined],
		]);
		expect(
			await create({ list: 'lines', ...mapped({ ...values, discountPercent: '5' }) }, { ...order, lines }),
		).toMatch(/Row 1, Row Total is after discounts \| Remove Discount %, or give Unit Price alone\./);
	});

	it.each([
		['an expression that returns the list', '={{ $json.order.lines }}'],
		['JSON text', '={{ JSON.stringify($json.order.lines) }}'],
	])('are accepted as %s', async (_how, list) => {
		expect(
			await create({
				list,
				...mapped({ product: 'name', unitPrice: 'price.net', vatPercent: 'vat', header: 'title' }),
			}),
		).toMatchObject({
			wasCreated: true,
		});
	});

	it.each([
		[
			'a field that no entry has',
			{ list: 'order.lines', ...mapped({ product: 'nmae' }) },
			/Fields of the List: Product Name is "nmae", which no entry of the list has \| Use a field of the list \(it has: title, name, qty, price, vat, centre\), or enter a value for all rows in quotes: "nmae"\./,
		],
		[
			'a field that is not a list',
			{ list: 'customer', ...mapped(columns) },
			/List is "customer", where the input has no list \| Name the field of the input that holds the list \(it has: number, customer, order\)/,
		],
		['an empty list field', { list: '', ...mapped(columns) }, /List is empty/],
		[
			'entries that are not objects',
			{ list: '={{ ["Kahvi", "Tee"] }}', ...mapped(columns) },
			/List has "Kahvi" as entry 1, which is not an object \| Name the field of the input that holds the list/,
		],
		['no columns', { list: 'order.lines', ...mapped({}) }, /Fields of the List is empty/],
	])('are refused before anything is saved because of %s', async (_what, parameters, message) => {
		const before = books.size;
		expect(await create(parameters)).toMatch(message);
		expect(books.size).toBe(before);
	});

	it('are posted with accounts and dimensions from the list', async () => {
		const lines = [
			{ name: 'Kahvi', net: 10, vat: 25.5, centre: 'Helsinki' },
			{ name: 'Tee', net: 20, vat: 25.5, centre: 'Verkkokauppa' },
		];
		const made = (await create(
			{
				list: '={{ $json.lines }}',
				...mapped({
					product: 'name',
					unitPrice: 'net',
					vatPercent: '25.5',
					account: '3010',
					dimensions_dimensionId: '"Kustannuspaikka"',
					dimensions_itemId: 'centre',
				}),
			},
			{ ...order, lines },
		)) as IDataObject;
		expect(books.entries(made.id).map(({ account, dimensionItemValues }) => [account, dimensionItemValues])).toEqual([
			['3010', [{ dimensionId: 1, itemId: 11, value: -10 }]],
			['3010', [{ dimensionId: 1, itemId: 13, value: -20 }]],
		]);
	});
});
