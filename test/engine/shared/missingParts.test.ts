/** Numbers that an expression combines from parts. If a part is missing, they would be the same for every record. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Books, useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const writes = (): string[] => bench.asked().filter((call) => !call.startsWith('GET'));
const rows = JSON.stringify([{ product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent: 25.5 }]);
const withRows: INodeParameters = { specifyRows: 'json', invoiceRowsJson: rows };
const transactions = JSON.stringify([
	{ account: '3000', accountingValue: -10, vatPercent: 0 },
	{ account: '1910', accountingValue: 10, vatPercent: 0 },
]);
async function refusal(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	item: IDataObject,
): Promise<string> {
	const { error } = await bench.run(resource, operation, parameters, { items: [item] });
	return error ? `${error.message} | ${error.description ?? ''}` : '';
}

/** Fields whose text identifies a record: the label, and the parameters with that text. */
const places: Array<
	[label: string, resource: string, operation: string, at: (text: string) => INodeParameters | Promise<INodeParameters>]
> = [
	[
		'Own Invoice Number',
		'invoice',
		'create',
		(originalInvoiceNumber) => ({ counterPartyName: 'Kahvila Oy', originalInvoiceNumber, ...withRows }),
	],
	[
		"Supplier's Invoice Number",
		'invoice',
		'createPurchase',
		(originalInvoiceNumber) => ({
			counterPartyName: 'Tukku Oy',
			originalInvoiceNumber,
			...withRows,
			additionalFields: { bankAccount: 'FI2112345600000785', dueDate: '2026-12-15' },
		}),
	],
	[
		'Own Number',
		'invoice',
		'createExpenseClaim',
		(originalInvoiceNumber) => ({ partnerId: byId(books.partner('9001')), originalInvoiceNumber, ...withRows }),
	],
	[
		'Own Invoice Number',
		'invoice',
		'credit',
		async (number) => {
			const [{ id }] = await bench.json('invoice', 'create', {
				counterPartyName: 'Kahvila Oy',
				after: 'approve',
				...withRows,
			});
			bench.sandbox.journal.clear();
			return { invoiceId: byId(id), after: 'unfinished', options: { number } };
		},
	],
	[
		'Own Reference',
		'ledgerReceipt',
		'create',
		(ownReference) => ({
			name: 'Päivän myynti',
			receiptDate: '2026-10-01',
			vatType: 'SALES',
			specifyRows: 'json',
			transactionsJson: transactions,
			additionalFields: { ownReference },
		}),
	],
	[
		'Number',
		'businessPartner',
		'upsert',
		(matchValue) => ({ matchBy: 'customerNumber', matchValue, type: 'CUSTOMER', name: 'Vieras Veikko' }),
	],
	[
		'Customer Number',
		'invoice',
		'create',
		(customerNumber) => ({
			counterPartyName: 'Vieras Veikko',
			...withRows,
			additionalFields: { customerRegister: 'create', customerNumber },
		}),
	],
	[
		'Customer',
		'invoice',
		'create',
		(value) => ({ partnerId: { __rl: true, mode: 'customerNumber', value }, ...withRows }),
	],
	[
		'Product Code',
		'product',
		'upsert',
		(code) => ({ code, type: 'SALES', name: 'Kahvi', additionalFields: { price: 5, unit: 'PIECE' } }),
	],
	['Person Number', 'person', 'upsert', (personNumber) => ({ personNumber, lastName: 'Virtanen' })],
];

describe('Number of several parts', () => {
	it.each(
		places.flatMap(([label, resource, operation, at]) =>
			(
				[
					['the field is missing', {}],
					['the field is null', { number: null }],
					['the cell is empty', { number: '' }],
				] as Array<[string, IDataObject]>
			).map(([how, item]) => [label, resource, operation, how, item, at] as const),
		),
	)('is refused as %s of %s: %s if %s', async (label, resource, operation, _how, item, at) => {
		const message = await refusal(resource, operation, await at('=WEB-{{ $json.number }}'), item);
		expect(message).toMatch(
			new RegExp(`${label}.* lacks a part: \\{\\{ \\$json\\.number \\}\\} returned nothing \\| Correct the expression`),
		);
		expect(writes()).toEqual([]);
	});

	it.each(places.slice(0, 5))(
		'is reported with its missing part as %s of %s: %s',
		async (label, resource, operation, at) => {
			const text = '=WEB-{{ $json.number }}-R{{ $json.refund.id }}';
			const message = await refusal(resource, operation, await at(text), { number: '1', refund: {} });
			expect(message).toContain(`${label} lacks a part: {{ $json.refund.id }} returned nothing`);
			expect(writes()).toEqual([]);
		},
	);

	it.each(places.slice(0, 5))(
		'is accepted without a suffix as %s of %s: %s',
		async (_label, resource, operation, at) => {
			const text = "=WEB-{{ $json.number }}{{ $json.isCopy ? '-2' : '' }}";
			expect(await refusal(resource, operation, await at(text), { number: 118 })).toBe('');
			expect(writes().length).toBeGreaterThan(0);
		},
	);

	it.each(places.slice(0, 4))('is refused if it is empty as %s of %s: %s', async (label, resource, operation, at) => {
		for (const item of [{}, { number: null }, { number: '' }, { number: ' ' }]) {
			const message = await refusal(resource, operation, await at('={{ $json.number }}'), item as IDataObject);
			expect(message).toBe(
				`${label} is empty: its expression returned nothing | Correct the expression, or clear the field.`,
			);
			expect(writes()).toEqual([]);
		}
	});
});
