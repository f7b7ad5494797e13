import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../harness';
import { type Books, fromItem, useBooks } from './state';
import { byId, outputOf, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const row = { product: 'Kuppi', quantity: 2, unitPrice: 3.5, vatPercent: 25.5 };
const items = (...all: IDataObject[]) =>
	all.map((one) => ({ customer: 'Kahvila', number: 'W-1', rows: [row], ...one }));

async function run(all: IDataObject[], more: INodeParameters = {}, operation = 'create'): Promise<RunResult> {
	const parameters = {
		date: '2026-10-01',
		counterPartyName: '={{ $json.customer }}',
		originalInvoiceNumber: '={{ $json.number }}',
		...fromItem,
		...(operation === 'createPurchase'
			? { additionalFields: { bankAccount: 'FI2112345600000785', termDays: 14 } }
			: {}),
		...more,
	};
	return await bench.run('invoice', operation, parameters, { items: all });
}

describe.each(['create', 'createPurchase'])('A repeated invoice number (%s)', (operation) => {
	it.each([
		[
			'another product with the same total',
			[{ ...row, product: 'Lasi' }],
			"it has the row 'Kuppi: 2 x 3.50, VAT 25.5 %'; it lacks the row 'Lasi: 2 x 3.50, VAT 25.5 %'",
		],
		[
			'other quantities with the same total',
			[{ ...row, quantity: 1, unitPrice: 7 }],
			"it lacks the row 'Kuppi: 1 x 7.00",
		],
		['another VAT rate', [{ ...row, vatPercent: 13.5 }], "it lacks the row 'Kuppi: 2 x 3.50, VAT 13.5 %'"],
		['another discount', [{ ...row, discountPercent: 10 }], "it lacks the row 'Kuppi: 2 x 3.50, discount 10.00 %"],
		['an additional row', [row, row], "it lacks the row 'Kuppi: 2 x 3.50, VAT 25.5 %'"],
	])('is refused for %s, and the error names the difference', async (_what, rows, difference) => {
		const [{ id }] = outputOf(await run(items({}), {}, operation));
		const { error } = await run(items({ rows }), {}, operation);
		expect(error?.message).toContain('number W-1 is already in use by');
		expect(error?.message).toContain(`(ID ${String(id)})`);
		expect(error?.message).toContain(difference);
		expect(books.numbered('W-1')).toHaveLength(1);
	});

	it('is found again if the rows have another order or number format', async () => {
		const other = { product: 'Lasi', quantity: 1, unitPrice: 4, vatPercent: 13.5 };
		outputOf(await run(items({ rows: [row, other] }), {}, operation));
		const rows = [other, { product: ' Kuppi ', quantity: '2,0', unitPrice: '3,50', vatPercent: '25,5 %' }];
		expect(outputOf(await run(items({ rows }), {}, operation))[0].wasCreated).toBe(false);
	});
});

describe('A misspelled field in the number expression', () => {
	it('is reported before anything is saved', async () => {
		const { error } = await run(items({}, {}), { originalInvoiceNumber: '=WEB-{{ $json.nmuber }}' });
		expect(error?.message).toContain('Own Invoice Number lacks a part: {{ $json.nmuber }} returned nothing');
		expect(books.numbered('WEB-')).toHaveLength(0);
	});
});

describe('The same number for all orders', () => {
	it('fails at the second order of the run', async () => {
		const orders = items({}, { rows: [{ ...row, product: 'Lasi' }] }, { rows: [{ ...row, quantity: 1 }] });
		const { error } = await run(orders, { originalInvoiceNumber: 'WEB-' });
		expect(error?.message).toContain('number WEB- is already in use by');
		expect(books.numbered('WEB-')).toHaveLength(1);
	});

	it('is reported in a hint if the orders are equal', async () => {
		const result = await run(items({}, {}), { originalInvoiceNumber: 'WEB-' });
		const [first, second] = outputOf(result);
		expect(second).toMatchObject({
			wasCreated: false,
			note: `Item 1 of this run created this sales invoice (ID ${String(first.id)}); no second one was created`,
		});
		expect(result.hints).toHaveLength(1);
	});
});

describe('A repeated sales invoice number', () => {
	it.each(['KAHVILA', ' Kahvila  ', 'Kähvila', 'Kahvila\u00a0'])(
		'finds the invoice of the customer spelled %j',
		async (customer) => {
			outputOf(await run(items({})));
			expect(outputOf(await run(items({ customer })))[0].wasCreated).toBe(false);
			expect(books.numbered('W-1')).toHaveLength(1);
		},
	);

	it.each(['Ravintola', 'Kahvila Oy', 'Kahvi'])('is refused for another customer: %j', async (customer) => {
		outputOf(await run(items({})));
		const { error } = await run(items({ customer }));
		expect(error?.message).toContain(`differs from this item: it is for 'Kahvila', not for '${customer}'`);
		expect(books.numbered('W-1')).toHaveLength(1);
	});

	it('finds the invoice of a register customer by the name', async () => {
		const partnerId = byId(books.partner('1001'));
		const [{ id }] = outputOf(await run(items({}), { counterPartyName: '', partnerId }));
		const again = await run(
			items({ customer: books.invoice(id).counterParty.counterPartyAddress.name.toUpperCase() }),
			{},
		).then(outputOf);
		expect(again[0].wasCreated).toBe(false);
	});

	it('creates a second invoice with Create Anyway', async () => {
		outputOf(await run(items({})));
		expect(outputOf(await run(items({ customer: 'Ravintola' }), { ifExists: 'create' }))[0].wasCreated).toBe(true);
	});
});

describe('A repeated bill number', () => {
	it.each(['SÄHKÖ OY', ' Sähkö  Oy ', 'sähkö\u00a0oy'])(
		'finds the bill of the supplier spelled %j',
		async (customer) => {
			outputOf(await run(items({ customer: 'Sähkö Oy' }), {}, 'createPurchase'));
			expect(outputOf(await run(items({ customer }), {}, 'createPurchase'))[0].wasCreated).toBe(false);
		},
	);

	it('creates another bill for another supplier', async () => {
		const made = outputOf(await run(items({ customer: 'Sähkö Oy' }, { customer: 'Vesi Oy' }), {}, 'createPurchase'));
		expect(made.map(({ wasCreated }) => wasCreated)).toEqual([true, true]);
	});
});

describe('An invoice number in another spelling', () => {
	const cases: Array<[string, string]> = [
		['ZZ-1', 'zz-1'],
		['WEB 10021', 'web10021'],
		['Kulu-2026-Ä', 'KULU-2026-ä'],
		['F 1\u00a02', 'F 12'],
	];

	it.each(cases)(
		'creates another invoice, with a warning if only the case differs: "%s" and "%s"',
		async (first, second) => {
			for (const exact of [true, false]) {
				bench.sandbox.reset();
				bench.sandbox.switches.originalNumberSearchExact = exact;
				const [made] = outputOf(await run(items({ number: first })));
				const result = await run(items({ number: second }));
				const [other] = outputOf(result);
				expect([made.wasCreated, other.wasCreated]).toEqual([true, true]);
				// A search for 'web10021' does not show 'WEB 10021'.
				if (first.toLowerCase() !== second.toLowerCase()) continue;
				const warning = `Invoice ${String(made.invoiceNumber)} (ID ${String(made.id)}) has the number '${first}', and this one '${second}'. If they are the same invoice, invalidate one of them`;
				expect(other.warnings).toEqual([warning]);
				expect(result.hints.map(({ message }) => message)).toEqual([warning]);
				const [again] = outputOf(await run(items({ number: second })));
				expect(again).toMatchObject({ id: other.id, wasCreated: false });
				expect(again.warnings).toBeUndefined();
			}
		},
	);

	it('causes no warning for another supplier', async () => {
		const bill = async (customer: string, number: string) =>
			outputOf(await run(items({ customer, number }), {}, 'createPurchase'))[0];
		await bill('Sähkö Oy', 'A-1');
		expect((await bill('Vesi Oy', 'a-1')).warnings).toBeUndefined();
		expect((await bill('SÄHKÖ OY', 'a-1')).warnings).toEqual([expect.stringContaining("has the number 'A-1'")]);
	});
});
