/**
 * Random days of a web shop, run through the nodes of the examples: totals and VAT by rate match the shop's to the cent, as
 * invoices and as daily journals, and repeated runs change nothing. `SHOP_DAYS` sets the number of days; `npm run shop-days`
 * uses 1,000.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startBench, type Bench } from '../support';
import { sumsOf } from '../../sandbox/records/invoices/model';
import { Books } from './state';

const DAYS = Number(process.env.SHOP_DAYS ?? 20);
const SEED = Number(process.env.SHOP_SEED ?? 20_261_129);
/** Days in one execution; the sandbox starts again after them. */
const BATCH = 15;
const RATES = [25.5, 13.5, 10];
const ACCOUNTS: Record<number, string> = { 25.5: '3000', 13.5: '3010', 10: '3900' };

let bench: Bench;
let books: Books;
beforeAll(async () => {
	bench = await startBench({ journalLimit: 50_000 });
	books = new Books(bench.sandbox);
});
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

interface Line {
	name: string;
	sku: string;
	quantity: number;
	price: number;
	discount: number;
	total: number;
	tax_rate: number;
}
interface Order {
	number: string;
	date_created: string;
	customer_id: number;
	prices_include_tax: boolean;
	billing: IDataObject;
	line_items: Line[];
	shipping: { total: number; tax_rate: number };
	refunds: Array<{ id: number; date_created: string; line_items: Line[] }>;
	isCancelled: boolean;
}

/** The parameters of a node in an example workflow. */
function nodeOf(file: string, name: string): INodeParameters {
	const text = readFileSync(join(__dirname, '..', '..', '..', 'examples', `${file}.json`), 'utf8');
	const { nodes } = JSON.parse(text) as { nodes: Array<{ name: string; parameters: INodeParameters }> };
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`${file} has no node '${name}'`);
	return found.parameters;
}

const cents = (amount: number): number => Math.round(amount * 100);
/** VAT as the shop calculates it: by line, with half cents rounded up. */
const vatOf = (net: number, rate: number): number => Math.floor((net * rate * 10 + 500) / 1000);
/** The VAT in an amount that includes it. */
const vatIn = (gross: number, rate: number): number =>
	Math.sign(gross) * Math.floor((Math.abs(gross) * rate * 20 + 1000 + rate * 10) / (2000 + rate * 20));
const grossOf = (amount: number, rate: number, isGross: boolean): number =>
	isGross ? amount : amount + Math.sign(amount) * vatOf(Math.abs(amount), rate);

/** The totals of lines as the shop calculates them, in cents by VAT rate. */
function totalsOf(lines: Array<Pick<Line, 'total' | 'tax_rate'>>, isGross: boolean): Map<number, number> {
	const totals = new Map<number, number>();
	for (const { total, tax_rate } of lines)
		totals.set(tax_rate, (totals.get(tax_rate) ?? 0) + grossOf(cents(total), tax_rate, isGross));
	return totals;
}

/** The VAT of lines as the shop calculates it, in cents by VAT rate. */
function vatsOf(lines: Array<Pick<Line, 'total' | 'tax_rate'>>, isGross: boolean): Map<number, number> {
	const vats = new Map<number, number>();
	for (const { total, tax_rate } of lines) {
		const vat = isGross ? vatIn(cents(total), tax_rate) : vatOf(cents(total), tax_rate);
		vats.set(tax_rate, (vats.get(tax_rate) ?? 0) + vat);
	}
	return vats;
}

const together = (totals: Iterable<number>): number => [...totals].reduce((sum, one) => sum + one, 0);
const linesOf = ({ line_items, shipping }: Order): Array<Pick<Line, 'total' | 'tax_rate'>> => [...line_items, shipping];
const refundedOf = ({ refunds, isCancelled, ...order }: Order): Array<Pick<Line, 'total' | 'tax_rate'>> =>
	isCancelled ? linesOf({ ...order, refunds, isCancelled }) : refunds.flatMap(({ line_items }) => line_items);

const line = fc
	.record({
		quantity: fc.integer({ min: 1, max: 12 }),
		price: fc.integer({ min: 5, max: 29_999 }),
		share: fc.integer({ min: 0, max: 60 }),
		rate: fc.constantFrom(...RATES),
		isDiscounted: fc.boolean(),
	})
	.map(({ quantity, price, share, rate, isDiscounted }): Line => {
		const full = quantity * price;
		const discount = isDiscounted ? Math.floor((full * share) / 100) : 0;
		return {
			name: `Tuote ${price}`,
			sku: '',
			quantity,
			price: price / 100,
			discount: discount / 100,
			total: (full - discount) / 100,
			tax_rate: rate,
		};
	});
const order = fc.record({
	lines: fc.array(line, { minLength: 1, maxLength: 4 }),
	shipping: fc.constantFrom(0, 490, 590, 890, 1249),
	shippingRate: fc.constantFrom(...RATES),
	isGross: fc.boolean(),
	refund: fc.constantFrom('none', 'none', 'some', 'all'),
});
const day = fc.array(order, { minLength: 1, maxLength: 3 });

const dateOf = (index: number): string => `2026-10-${String(1 + (index % 28)).padStart(2, '0')}`;

function ordersOf(
	days: Array<Array<typeof order extends fc.Arbitrary<infer T> ? T : never>>,
	first: number,
): Order[][] {
	return days.map((orders, dayIndex) =>
		orders.map(({ lines, shipping, shippingRate, isGross, refund }, index): Order => {
			const number = `${first + dayIndex}-${index}`;
			const date_created = `${dateOf(dayIndex)}T12:00:00`;
			const named = lines.map((one, place) => ({ ...one, name: `${place + 1} ${one.name}` }));
			return {
				number,
				date_created,
				customer_id: 0,
				prices_include_tax: isGross,
				billing: { company: '', first_name: 'Veikko', last_name: 'Vieras', country: 'FI' },
				line_items: named,
				shipping: { total: shipping / 100, tax_rate: shippingRate },
				refunds: refund === 'some' ? [{ id: 1, date_created, line_items: [named[0]] }] : [],
				isCancelled: refund === 'all',
			};
		}),
	);
}

/** The day report of the shop: sales less refunds by VAT rate, paid in cash and by card. */
function reportOf(orders: Order[], name: string): IDataObject {
	const sales = new Map<number, number>();
	for (const one of orders) {
		for (const [rate, amount] of totalsOf(linesOf(one), one.prices_include_tax))
			sales.set(rate, (sales.get(rate) ?? 0) + amount);
		for (const [rate, amount] of totalsOf(refundedOf(one), one.prices_include_tax))
			sales.set(rate, (sales.get(rate) ?? 0) - amount);
	}
	const total = together(sales.values());
	const cash = Math.floor(total / 3);
	return {
		store: 'Verkkokauppa',
		day: name,
		salesWithVat: [...sales].map(([vat, amount]) => ({
			name: `Myynti ${vat} %`,
			vat,
			sold: amount / 100,
			account: ACCOUNTS[vat],
			costCentre: 'Verkkokauppa',
		})),
		payments: [
			{ name: 'Käteinen', paid: cash / 100, account: '1900' },
			{ name: 'Kortit', paid: (total - cash) / 100, account: '1930' },
		],
	};
}

const writes = (): string[] =>
	bench.asked().filter((call) => !call.startsWith('GET ') && !call.startsWith('POST /reports'));

const shop = 'web-shop-orders';
const run = async (parameters: INodeParameters, items: IDataObject[]): Promise<IDataObject[]> => {
	const { resource, operation, ...rest } = parameters;
	return items.length ? await bench.json(String(resource), String(operation), rest, { items }) : [];
};

it(
	`${DAYS} random shop days match the shop's totals and VAT to the cent, and repeated runs change nothing`,
	async () => {
		const counts = {
			days: 0,
			orders: 0,
			refunds: 0,
			credits: 0,
			journals: 0,
			lines: 0,
			vats: 0,
			withVat: 0,
			discounts: 0,
		};
		const days = fc.sample(day, { numRuns: DAYS, seed: SEED });
		for (let start = 0; start < DAYS; start += BATCH) {
			bench.sandbox.reset();
			const batch = ordersOf(days.slice(start, start + BATCH), start);
			const orders = batch.flat();
			const cancelled = orders.filter(({ isCancelled }) => isCancelled);
			const refunded = orders.flatMap((one) => one.refunds.map((refunds) => ({ ...one, refunds })));
			const reports = batch
				.map((one, index) => reportOf(one, dateOf(index)))
				// Like the filter of the example: a day whose sales were all refunded creates no journal.
				.filter(({ salesWithVat }) => (salesWithVat as Array<{ sold: number }>).some(({ sold }) => sold !== 0));
			for (const times of [1, 2, 3]) {
				bench.sandbox.journal.clear();
				const items = (list: object[]): IDataObject[] => list.map((one) => ({ ...one }));
				const invoices = await run(nodeOf(shop, 'Invoice to Guest'), items(orders));
				const idOf = new Map(orders.map(({ number }, index) => [number, invoices[index].id]));
				const credits = await run(
					nodeOf(shop, 'Credit the Invoice'),
					items(
						cancelled.map((one) => ({
							...one,
							invoiceId: idOf.get(one.number),
							refunds: { id: 9, date_created: one.date_created },
						})),
					),
				);
				const refunds = await run(
					nodeOf(shop, 'Refund Some Rows'),
					items(refunded.map((one) => ({ ...one, invoiceId: idOf.get(one.number) }))),
				);
				await run(nodeOf('daily-sales-to-journal', 'Journal of the Day'), reports);
				if (times > 1) {
					expect(writes()).toEqual([]);
					continue;
				}
				for (const [index, one] of orders.entries()) expectSums(invoices[index].id, one, linesOf(one), 1);
				for (const [index, one] of cancelled.entries()) expectSums(credits[index].id, one, linesOf(one), -1);
				for (const [index, one] of refunded.entries()) expectSums(refunds[index].id, one, one.refunds.line_items, -1);
				for (const report of reports) expectJournal(report);
			}
			counts.days += batch.length;
			counts.orders += orders.length;
			counts.refunds += refunded.length;
			counts.credits += cancelled.length;
			counts.journals += reports.length;
			const lines = orders.flatMap(({ line_items }) => line_items);
			counts.lines += lines.length;
			counts.discounts += lines.filter(({ discount }) => discount > 0).length;
			counts.vats += orders.reduce((sum, one) => sum + vatsOf(linesOf(one), one.prices_include_tax).size, 0);
			counts.withVat += orders.filter(({ prices_include_tax }) => prices_include_tax).length;
		}
		process.stdout.write(
			`shop days, seed ${SEED}: ${JSON.stringify(counts)}; three runs each, no write in two of them\n`,
		);
	},
	3 * 3_600_000,
);

/** Checks the total of an invoice and its VAT by rate; `sign` is -1 for a credit. */
function expectSums(
	id: unknown,
	{ number, prices_include_tax }: Pick<Order, 'number' | 'prices_include_tax'>,
	lines: Array<Pick<Line, 'total' | 'tax_rate'>>,
	sign: number,
): void {
	const total = sign * together(totalsOf(lines, prices_include_tax).values()) || 0;
	expect([number, cents(books.sums(id).total)]).toEqual([number, total]);
	const invoice = books.invoice(id);
	for (const [rate, vat] of vatsOf(lines, prices_include_tax)) {
		const invoiceRows = invoice.invoiceRows.filter(({ vatPercent }) => vatPercent === rate);
		expect([number, rate, cents(sumsOf({ ...invoice, invoiceRows }).vat)]).toEqual([number, rate, sign * vat || 0]);
	}
}

/** Checks the journal of a day: VAT and sales by rate (sales within a cent of rounding), and the payments. */
function expectJournal(report: IDataObject): void {
	const name = `Päivän myynti ${String(report.store)} ${String(report.day)}`;
	const found = books.journals(name);
	expect([name, found.length]).toEqual([name, 1]);
	const { transactions } = books.receipt(found[0].id);
	const sales = report.salesWithVat as Array<{ vat: number; sold: number; account: string }>;
	let left = 0;
	for (const { vat, sold: amount, account } of sales) {
		const own = transactions.filter((one) => one.account === account && one.vatPercent === vat);
		const net = together(own.map(({ accountingValue }) => -cents(accountingValue)));
		const gross = net + Math.sign(net) * vatOf(Math.abs(net), vat);
		expect([name, vat, gross - net]).toEqual([name, vat, vatIn(cents(amount), vat)]);
		expect([name, vat, Math.abs(gross - cents(amount)) <= 1]).toEqual([name, vat, true]);
		left += cents(amount) - gross;
	}
	const rounding = transactions.filter(({ transactionType }) => transactionType === 'RECONCILIATION_ENTRY');
	expect([name, together(rounding.map(({ accountingValue }) => -cents(accountingValue)))]).toEqual([name, left]);
	for (const { account, paid: amount } of report.payments as Array<{ account: string; paid: number }>) {
		const paid = transactions.filter((one) => one.account === account);
		expect([name, account, together(paid.map(({ accountingValue }) => cents(accountingValue)))]).toEqual([
			name,
			account,
			cents(amount),
		]);
	}
}
