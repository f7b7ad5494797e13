/** Receivables and payables: paid, open and overdue, to the cent. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { login } from '../../sandbox/client';
import { invoices, sumsOf, type InvoiceFields, type InvoiceStatus } from '../../sandbox/records/invoices/model';
import { paymentsOf } from '../../sandbox/records/invoices/payments';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const open = async (parameters: INodeParameters = {}) =>
	await bench.json('invoice', 'getOpenInvoices', { side: 'receivables', per: 'invoice', ...parameters });
const cents = (value: unknown): number => Math.round(Number(value) * 100);

const company = () => bench.sandbox.world.company(DEMO.companyId);
const row = (quantity: number, unitPrice: number) => ({
	product: 'Kahvi',
	quantity,
	unit: 'PIECE',
	unitPrice,
	discountPercent: 0,
	vatPercent: 25.5,
});

function invoice(fields: Partial<InvoiceFields>, status: InvoiceStatus) {
	return bench.sandbox.backdoor.addInvoice({ invoiceRows: [row(3, 33.33)], ...fields }, { status });
}

it('Every open invoice is returned with the total, paid, and open amounts of the sandbox', async () => {
	const types = { receivables: ['SALES_INVOICE'], payables: ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'] };
	const settled = [
		'PAID',
		'MARKED_PAID',
		'INVALIDATED',
		'DELETED',
		'OVERRIDDEN',
		'EMPTY',
		'UNSAVED',
		'UNFINISHED',
		'PAYMENT_DENIED',
	];
	for (const side of ['receivables', 'payables'] as const) {
		const expected = company()
			.register(invoices)
			.all()
			.filter(({ record }) => types[side].includes(record.type) && !settled.includes(record.status))
			.map(({ record }) => {
				const total = cents(sumsOf(record).total);
				const paid = paymentsOf(company(), record.id)
					.filter(({ record: event }) => ['PAID', 'MARKED_PAID', 'PARTLY_PAID'].includes(event.status))
					.reduce((sum, { record: event }) => sum + cents(event.paidAmount), 0);
				return [record.id, record.status, total, paid, total - paid];
			});
		const rows = await open({ side });
		expect(
			rows
				.map(({ invoiceId, status, total, paid, open: left }) => [
					invoiceId,
					status,
					cents(total),
					cents(paid),
					cents(left),
				])
				.sort(),
		).toEqual(expected.filter(([, , , , left]) => left !== 0).sort());
		expect(expected.length).toBeGreaterThan(3);
	}
});

it('Partial payments reduce the open amount to the cent until the invoice is no longer returned', async () => {
	const made = invoice({}, 'SENT');
	const http = await login(bench.sandbox);
	const pay = async (amount: number) =>
		expect(
			(
				await http.put(`/invoices/${made.id}/paymentevents/markpaid`, {
					paymentDate: '2026-10-01',
					amount,
					currency: 'EUR',
				})
			).status,
		).toBe(200);
	const mine = async () =>
		(await open())
			.filter(({ invoiceId }) => invoiceId === made.id)
			.map(({ total, paid, open: left, status }) => [total, paid, left, status]);
	// 3 × 33.33 = 99.99, and 25.5 % of it, 25.50, make 125.49.
	expect(await mine()).toEqual([[125.49, 0, 125.49, 'SENT']]);
	await pay(0.1);
	await pay(0.2);
	expect(await mine()).toEqual([[125.49, 0.3, 125.19, 'PARTLY_PAID']]);
	await pay(125.18);
	expect(await mine()).toEqual([[125.49, 125.48, 0.01, 'PARTLY_PAID']]);
	await pay(0.01);
	expect(await mine()).toEqual([]);
});

it('Days overdue are counted from the postponed or original due date and grouped into brackets', async () => {
	const due = (dueDate: string, newDueDate?: string) =>
		invoice(
			{
				date: '2026-06-01',
				paymentInfo: {
					paymentMethod: 'BANK_TRANSFER',
					currency: 'EUR',
					currencyRate: 1,
					dueDate,
					...(newDueDate ? { newDueDate } : {}),
				},
			},
			'SENT',
		).id;
	const ids = [
		due('2026-10-01'),
		due('2026-09-30'),
		due('2026-08-31'),
		due('2026-07-31'),
		due('2026-06-30'),
		due('2026-06-30', '2026-10-05'),
	];
	const rows = await open({ options: { day: '2026-10-01' } });
	const of = (id: number): IDataObject => rows.find(({ invoiceId }) => invoiceId === id) ?? {};
	expect(ids.map((id) => [of(id).daysOverdue, of(id).age])).toEqual([
		[0, 'notDue'],
		[1, 'overdue1To30'],
		[31, 'overdue31To60'],
		[62, 'overdue61To90'],
		[93, 'overdueOver90'],
		[0, 'notDue'],
	]);
	const later = await open({ options: { day: '2026-10-02' } });
	expect(later.find(({ invoiceId }) => invoiceId === ids[0])?.daysOverdue).toBe(1);
	const overdue = await open({ options: { onlyOverdue: true, day: '2026-10-01' } });
	const overdueIds = overdue.map(({ invoiceId }) => invoiceId);
	expect(ids.filter((id) => overdueIds.includes(id))).toEqual(ids.slice(1, 5));
	expect(overdue.every(({ daysOverdue }) => Number(daysOverdue) > 0)).toBe(true);
	expect(overdue.map(({ daysOverdue }) => daysOverdue)).toEqual(
		[...overdue.map(({ daysOverdue }) => Number(daysOverdue))].sort((a, b) => b - a),
	);
});

it('Days overdue are counted to today in Finland if no date is given', async () => {
	const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' });
	const [first] = await open();
	const days = Math.round((Date.parse(today) - Date.parse(String(first.dueDate))) / 86_400_000);
	expect(first.daysOverdue).toBe(Math.max(0, days));
});

it('An invoice in a foreign currency is returned with amounts in both currencies', async () => {
	const made = invoice(
		{
			paymentInfo: { paymentMethod: 'BANK_TRANSFER', currency: 'SEK', currencyRate: 11.2, dueDate: '2026-10-15' },
			invoiceRows: [row(1, 1000)],
		},
		'SENT',
	);
	const http = await login(bench.sandbox);
	await http.put(`/invoices/${made.id}/paymentevents/markpaid`, {
		paymentDate: '2026-10-01',
		amount: 255,
		currency: 'SEK',
	});
	expect((await open()).find(({ invoiceId }) => invoiceId === made.id)).toMatchObject({
		currency: 'SEK',
		total: 1255,
		paid: 255,
		open: 1000,
		currencyOfBooks: 'EUR',
		totalInBooks: 112.05,
		paidInBooks: 22.77,
		openInBooks: 89.28,
	});
});

it('A credit invoice is open with a negative amount', async () => {
	const made = invoice({ invoiceRows: [row(-1, 10)] }, 'SENT');
	expect((await open()).find(({ invoiceId }) => invoiceId === made.id)).toMatchObject({ total: -12.55, open: -12.55 });
});

it('A queued payment does not count as paid', async () => {
	const [queued] = (await open({ side: 'payables' })).filter(({ status }) => status === 'PAYMENT_QUEUED');
	expect(queued).toMatchObject({ paid: 0, open: queued.total });
});

it('Totals by partner add up to the invoices, and brackets add up to the open amount', async () => {
	for (const name of ['Ostaja Oy', 'Toinen Oy', 'Ostaja Oy'])
		invoice({ counterParty: { counterPartyAddress: { name } } }, 'SENT');
	const rows = await open({ side: 'both' });
	const partners = await open({ side: 'both', per: 'partner' });
	const total = (list: IDataObject[], column: string): number => list.reduce((sum, one) => sum + cents(one[column]), 0);
	expect(total(partners, 'open')).toBe(total(rows, 'openInBooks'));
	expect(total(partners, 'invoices')).toBe(rows.length * 100);
	for (const partner of partners) {
		const brackets = ['notDue', 'overdue1To30', 'overdue31To60', 'overdue61To90', 'overdueOver90'].map((name) =>
			cents(partner[name]),
		);
		expect(brackets.reduce((sum, bracket) => sum + bracket, 0)).toBe(cents(partner.open));
		expect(cents(partner.overdue)).toBe(cents(partner.open) - brackets[0]);
	}
	expect(partners.find(({ partnerName }) => partnerName === 'Ostaja Oy')).toMatchObject({
		invoices: 2,
		open: 250.98,
		partnerId: null,
	});
	expect(new Set(partners.map(({ side }) => side))).toEqual(new Set(['receivables', 'payables']));
});

it('Payments are read only for statuses that can have some, or for all if the option is on', async () => {
	bench.sandbox.journal.clear();
	await open();
	const few = bench.sandbox.journal.to('GET /invoices/{invoiceId}/paymentevents').length;
	bench.sandbox.journal.clear();
	const rows = await open({ options: { allPayments: true } });
	const many = bench.sandbox.journal.to('GET /invoices/{invoiceId}/paymentevents').length;
	expect(many).toBeGreaterThanOrEqual(rows.length);
	expect(few).toBeLessThan(many);
});

it('Only invoices with the chosen statuses are returned', async () => {
	expect(
		new Set((await open({ side: 'payables', options: { statuses: ['APPROVED'] } })).map(({ status }) => status)),
	).toEqual(new Set(['APPROVED']));
});

it('A missing right is reported in a hint if the list is empty', async () => {
	const run = await bench.run(
		'invoice',
		'getOpenInvoices',
		{ side: 'payables', per: 'invoice' },
		{ credential: bench.credential({ apiKey: DEMO.keys.sales }) },
	);
	expect(run.items[0]).toEqual([]);
	expect(run.hints.map(({ message }) => message.split(' cannot')[0])).toEqual([
		'Purchase invoices and orders',
		'Travel invoices and expense claims',
	]);
});
