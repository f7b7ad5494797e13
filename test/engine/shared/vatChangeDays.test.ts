/** Days around a change of the VAT rate: both rates may be correct (late bill, credit, correction), and no date may shift. */
import type { INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { fiscalYearsOf } from '../../sandbox/records/periods';
import { type Books, useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

beforeEach(() => {
	bench.sandbox.switches.oldVatRates = 'accepted';
	const years = fiscalYearsOf(bench.sandbox.world.company(DEMO.companyId));
	years.splice(0, years.length, {
		...years[0],
		startDate: '2024-01-01',
		endDate: '2027-12-31',
		isOpen: true,
		trackingPeriods: [],
	});
});

/** 24 to 25.5 % on 1 September 2024, goods from 10 to 14 % on 1 January 2025, 14 to 13.5 % on 1 January 2026. */
const changes: Array<[before: number, from: number, days: [string, string, string]]> = [
	[24, 25.5, ['2024-08-31', '2024-09-01', '2024-09-02']],
	[10, 14, ['2024-12-31', '2025-01-01', '2025-01-02']],
	[14, 13.5, ['2025-12-31', '2026-01-01', '2026-01-02']],
];
const each = changes.flatMap(([before, from, days]) =>
	days.flatMap((day) => [before, from].map((rate): [rate: number, day: string] => [rate, day])),
);

const rowsOf = (vatPercent: number): INodeParameters => ({
	specifyRows: 'json',
	invoiceRowsJson: JSON.stringify([
		{ product: 'Kahvi', quantity: 3, unitPrice: 10, vatPercent },
		{ product: 'Lehti', quantity: 1, unitPrice: 5, vatPercent: 0 },
	]),
});
const sale = async (date: string, vatPercent: number, more: INodeParameters = {}) =>
	(
		await bench.json('invoice', 'create', {
			counterPartyName: 'Kahvila Oy',
			date,
			...rowsOf(vatPercent),
			after: 'approve',
			...more,
		})
	)[0];
const ratesOf = (id: unknown): number[] => books.invoice(id).invoiceRows.map(({ vatPercent }) => vatPercent);
const vatOf = (rate: number, net = 30): number => Math.round(net * rate) / 100;

describe('VAT rate around its change', () => {
	it.each(each)('of %s %% on %s is saved as given in sale, late bill, claim and order', async (rate, date) => {
		const rows = rowsOf(rate);
		const [bill] = await bench.json('invoice', 'createPurchase', {
			counterPartyName: 'Tukku Ab',
			date,
			...rows,
			additionalFields: { bankAccount: 'FI2112345600000785', dueDate: '2026-11-15' },
		});
		const [claim] = await bench.json('invoice', 'createExpenseClaim', {
			partnerId: byId(books.partner('9001')),
			date,
			...rows,
		});
		const [order] = await bench.json('invoice', 'createOrder', { counterPartyName: 'Kahvila Oy', date, ...rows });
		for (const { id } of [await sale(date, rate), bill, claim, order]) {
			expect(books.invoice(id).date).toBe(date);
			expect(ratesOf(id)).toEqual([rate, 0]);
		}
		expect(books.sums(bill.id).vat).toBe(vatOf(rate));
	});

	it.each(each)('of %s %% on %s is kept in credits of the entire invoice and of parts', async (rate, day) => {
		const { id } = await sale(day, rate);
		const late = '2026-10-02';
		for (const date of [day, late]) {
			const [part] = await bench.json('invoice', 'credit', {
				invoiceId: byId(id),
				date,
				specifyRows: 'fields',
				parts: { row: [{ vatPercent: `${rate} %`.replace('.', ','), amount: '10' }] },
				options: { number: `H-${date}` },
			} as unknown as INodeParameters);
			expect(books.invoice(part.id)).toMatchObject({ date, invoiceRows: [{ vatPercent: rate }] });
			expect(books.sums(part.id)).toMatchObject({ net: -10, vat: -vatOf(rate, 10) });
		}
		const { id: other } = await sale(day, rate);
		const [whole] = await bench.json('invoice', 'credit', { invoiceId: byId(other), date: late });
		expect(ratesOf(whole.id)).toEqual([rate, 0]);
		expect(books.sums(whole.id).total).toBe(-books.sums(other).total);
	});

	it.each(each)('of %s %% on %s is posted by a journal, with and without VAT in the amounts', async (rate, date) => {
		const journal = async (net: number, gross: number, amountsIncludeVat: boolean) =>
			(
				await bench.json('ledgerReceipt', 'create', {
					name: `Korjaus ${String(amountsIncludeVat)}`,
					receiptDate: date,
					vatType: 'SALES',
					specifyRows: 'json',
					transactionsJson: JSON.stringify([
						{ account: '3000', accountingValue: -net, vatPercent: String(rate).replace('.', ',') },
						{ account: '1910', accountingValue: gross, vatPercent: 0 },
					]),
					additionalFields: { amountsIncludeVat },
				})
			)[0];
		const gross = 100 + rate;
		for (const { id } of [await journal(100, gross, false), await journal(gross, gross, true)]) {
			const { receiptDate, transactions } = books.receipt(id);
			expect(receiptDate).toBe(date);
			expect(transactions[0]).toMatchObject({ accountingValue: -100, vatPercent: rate });
		}
	});

	it.each(each)('of %s %% on %s is accepted in import files', async (vatPercent, date) => {
		const { error, items } = await bench.run(
			'importFile',
			'create',
			{ fileType: 'invoices' },
			{
				items: [
					{
						json: {
							type: 'SALES_INVOICE',
							partnerName: 'Kahvila Oy',
							date,
							invoiceRows: [{ product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent }],
						},
					},
				],
			},
		);
		expect(error?.message ?? '').toBe('');
		const [year, month, day] = date.split('-');
		const text = Buffer.from(items[0][0].binary?.data.data ?? '', 'base64').toString('latin1');
		expect(text).toContain(`${day}.${month}.${year}`);
		expect(text).toContain(`;${String(vatPercent).replace('.', ',')};`);
	});

	it('is rejected with a message that shows where to enable it', async () => {
		bench.sandbox.switches.oldVatRates = 'refused';
		const { error } = await bench.run('invoice', 'create', {
			counterPartyName: 'Kahvila Oy',
			date: '2025-12-31',
			...rowsOf(14),
		});
		expect(`${error?.message} ${error?.description}`).toContain('Used VAT percentages');
	});
});

describe('Time near midnight of such a day', () => {
	/** Times as systems write them, and the Finnish date. */
	const moments: Array<[string, string]> = [
		['2024-08-31T20:59:59Z', '2024-08-31'],
		['2024-08-31T21:00:00Z', '2024-09-01'],
		['2024-09-01T00:00:00+03:00', '2024-09-01'],
		['2024-08-31T23:59:59.999+03:00', '2024-08-31'],
		['2024-09-01 00:00:00', '2024-09-01'],
		['2024-09-01', '2024-09-01'],
		['31.8.2024 klo 23.59', '2024-08-31'],
		['20240901', '2024-09-01'],
		['2024-12-31T22:00:00Z', '2025-01-01'],
		['2025-12-31T23:30:00+01:00', '2026-01-01'],
		['2025-12-31T22:30:00+01:00', '2025-12-31'],
		['2025-12-31T23:59:59+02:00', '2025-12-31'],
		['2025-12-31T22:00:00Z', '2026-01-01'],
		['2025-12-31T17:00:00-05:00', '2026-01-01'],
		['2026-01-01T07:00:00+09:00', '2026-01-01'],
		['2026-01-01T06:59:59+09:00', '2025-12-31'],
		['31.12.2025 23:59', '2025-12-31'],
	];
	const expressions: Array<[string, string]> = [
		["={{ DateTime.fromISO('2024-08-31T21:30:00Z') }}", '2024-09-01'],
		["={{ DateTime.fromISO('2025-12-31T23:30:00', { zone: 'Europe/Helsinki' }) }}", '2025-12-31'],
		["={{ DateTime.fromISO('2026-01-01T00:30:00', { zone: 'Europe/Stockholm' }) }}", '2026-01-01'],
		["={{ DateTime.fromISO('2025-12-31T23:30:00', { zone: 'Europe/Stockholm' }) }}", '2026-01-01'],
		["={{ new Date('2025-12-31T21:59:59Z') }}", '2025-12-31'],
		["={{ new Date('2025-12-31T22:00:00Z').toISOString() }}", '2026-01-01'],
	];

	it.each([...moments, ...expressions])(
		'%s is saved as %s in sales, credits, bills and journals',
		async (given, day) => {
			const { id } = await sale(given, 14);
			expect(books.invoice(id).date).toBe(day);
			const [credit] = await bench.json('invoice', 'credit', { invoiceId: byId(id), date: given });
			expect(books.invoice(credit.id)).toMatchObject({ date: day, paymentInfo: { dueDate: day } });
			const [bill] = await bench.json('invoice', 'createPurchase', {
				counterPartyName: 'Tukku Ab',
				date: given,
				...rowsOf(24),
				additionalFields: { bankAccount: 'FI2112345600000785', dueDate: given, deliveryStartDate: given },
			});
			expect(books.invoice(bill.id)).toMatchObject({
				date: day,
				deliveryStartDate: day,
				paymentInfo: { dueDate: day },
			});
			const [journal] = await bench.json('ledgerReceipt', 'create', {
				name: 'Myynti',
				receiptDate: given,
				vatType: 'SALES',
				specifyRows: 'json',
				transactionsJson: JSON.stringify([
					{ account: '3000', accountingValue: -10, vatPercent: 0 },
					{ account: '1910', accountingValue: 10, vatPercent: 0 },
				]),
			});
			expect(books.receipt(journal.id).receiptDate).toBe(day);
		},
	);
});
