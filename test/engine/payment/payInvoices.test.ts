import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bankDayFrom, isBankDay } from '../../../nodes/Procountor/validation/bankDays';
import type { InvoiceFields } from '../../sandbox/records/invoices/model';
import { startBench, type Bench, type RunMore } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
// Not reset: IDs would repeat, and the node remembers what it ordered.
beforeEach(() => bench.sandbox.journal.clear());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const IBAN = 'FI2112345600000785';
type Status = NonNullable<NonNullable<Parameters<Bench['sandbox']['backdoor']['addInvoice']>[1]>['status']>;

/** A bill of 8.79 € (7 € and VAT). */
function bill(more: Partial<InvoiceFields> = {}, status: Status = 'APPROVED', info: IDataObject = {}): number {
	return bench.sandbox.backdoor.addInvoice(
		{
			type: 'PURCHASE_INVOICE',
			language: undefined,
			originalInvoiceNumber: 'L-77',
			counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } },
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				currency: 'EUR',
				currencyRate: 1,
				dueDate: '2099-03-02',
				bankAccount: { accountNumber: IBAN },
				...info,
			} as InvoiceFields['paymentInfo'],
			...more,
		},
		{ status },
	).id;
}

const items = (...ids: unknown[]): RunMore => ({ items: ids.map((id) => ({ json: { id: id as number } })) });
/** The default value of the form. */
const untouched = { invoiceIds: '={{ $json.invoiceId ?? $json.id }}' };
const pay = async (more: RunMore, parameters: INodeParameters = {}) =>
	await bench.json('payment', 'payInvoices', { ...untouched, ...parameters }, more);
const refused = async (more: RunMore, parameters: INodeParameters = {}) =>
	(await bench.run('payment', 'payInvoices', { ...untouched, ...parameters }, more)).error;
const decide = async (id: unknown, decision: string): Promise<unknown> =>
	await bench.steer(`/secondfactors/${String(id)}/${decision}`);
const orders = (): number => bench.sandbox.journal.to('POST /payments').length;
const paid = async (...ids: number[]): Promise<IDataObject[]> =>
	await bench.json('payment', 'getAll', {
		returnAll: true,
		sort: 'orderById:ASC',
		filters: { invoiceId: ids.join() },
	});
const wait = async (id: unknown): Promise<IDataObject> =>
	(await bench.json('payment', 'waitForConfirmation', { transactionIdentifier: String(id), wait: 0 }))[0];

describe('Payment: Pay Invoices', () => {
	it('pays the bills of all items with one order and uses the data of the bills', async () => {
		const bills = [
			bill({}, 'APPROVED', { bankReferenceCode: '123453', bankReferenceCodeType: 'FI' }),
			bill({ originalInvoiceNumber: 'L-78' }, 'APPROVED', { dueDate: '2099-03-07' }),
		];
		const [order, ...others] = await pay(items(...bills));
		expect(others).toEqual([]);
		expect(order).toMatchObject({
			transactionIdentifier: expect.any(String),
			confirmationApp: 'PROCOUNTOR_KEY',
			result: 'WAITING',
			ordered: true,
			totals: { EUR: '17.58' },
			leftOut: [],
		});
		expect(bench.sandbox.journal.to('POST /payments')[0].body).toEqual({
			payments: [
				{
					invoiceId: bills[0],
					invoiceVersion: expect.any(String),
					amount: 8.79,
					paymentDate: '2099-03-02',
					paymentMethod: 'FINNISH_BANK_TRANSFER',
					recipientNameAndAddress: { name: 'Toimittaja Oy' },
					recipientBankAccount: IBAN,
					// The journal hides it.
					bankReferenceCode: '***',
					bankReferenceCodeType: 'FI',
				},
				expect.objectContaining({ invoiceId: bills[1], paymentDate: '2099-03-09', message: 'L-78' }),
			],
		});
		await decide(order.transactionIdentifier, 'confirm');
		expect(await paid(...bills)).toMatchObject([{ invoiceId: bills[0] }, { invoiceId: bills[1] }]);
		expect(await wait(order.transactionIdentifier)).toMatchObject({
			result: 'CONFIRMED',
			payments: [{ invoiceId: bills[0], paymentId: expect.any(Number) }, { invoiceId: bills[1] }],
		});
	});

	it('skips bills that cannot be paid, with the reason', async () => {
		const left: Status[] = ['PAID', 'MARKED_PAID', 'PARTLY_PAID', 'PAYMENT_QUEUED', 'PAYMENT_DENIED', 'RECEIVED'];
		const ids = left.map((status) => bill({}, status));
		const good = bill();
		const [order] = await pay(items(...ids, good));
		expect(order).toMatchObject({ payments: [{ invoiceId: good }], totals: { EUR: '8.79' } });
		expect((order.leftOut as IDataObject[]).map(({ invoiceId, reason }) => [invoiceId, reason])).toEqual([
			[ids[0], 'is paid'],
			[ids[1], 'is marked as paid'],
			[ids[2], 'is partly paid; pay the rest in Procountor'],
			[ids[3], 'has a payment in the queue'],
			[ids[4], 'was rejected'],
			[ids[5], 'is not approved yet'],
		]);
		const [nothing] = await pay(items(...ids));
		expect(nothing).toMatchObject({ transactionIdentifier: null, result: 'NOTHING_TO_PAY', payments: [] });
		expect(nothing.leftOut).toHaveLength(6);
	});

	it('skips credit notes and bills with another payment method, with the reason', async () => {
		const row = { product: 'Hyvitys', unit: 'PIECE', discountPercent: 0, vatPercent: 25.5, unitPrice: 7 } as const;
		const credit = bill({ invoiceRows: [{ ...row, quantity: -1 }] as InvoiceFields['invoiceRows'] });
		const methods = [
			'CASH',
			'CLEARING',
			'CREDIT_CARD_CHARGE',
			'DIRECT_PAYMENT',
			'OTHER',
			'DOMESTIC_PAYMENT_BANKGIRO',
			'DOMESTIC_PAYMENT_PLUSGIRO',
			'DOMESTIC_PAYMENT_CREDITOR',
			'NETS',
		];
		const ids = methods.map((paymentMethod) =>
			bill({}, 'APPROVED', { paymentMethod, bankAccount: { accountNumber: '5050-1055' } }),
		);
		const good = bill();
		const [order] = await pay(items(credit, ...ids, good));
		expect(order).toMatchObject({ payments: [{ invoiceId: good }], totals: { EUR: '8.79' } });
		expect((order.leftOut as IDataObject[]).map(({ reason }) => reason)).toEqual([
			'is a credit note; set it off in Procountor',
			'is paid in cash',
			'is paid by clearing',
			'is paid by card',
			'is paid by direct payment',
			"has the payment method 'Other'",
			'is to be paid by Bankgiro, which Pay Invoices does not support; pay it in Procountor',
			'is to be paid by Plusgiro, which Pay Invoices does not support; pay it in Procountor',
			'is to be paid by creditor number, which Pay Invoices does not support; pay it in Procountor',
			'is to be paid by NETS, which Pay Invoices does not support; pay it in Procountor',
		]);
	});

	it('pays a bill in another currency to a Finnish account as a foreign payment', async () => {
		const address = { name: 'Toimittaja Oy', street: 'Katu 1', zip: '00100', city: 'HELSINKI', country: 'FINLAND' };
		const id = bill({ counterParty: { counterPartyAddress: address } } as Partial<InvoiceFields>, 'APPROVED', {
			currency: 'SEK',
			currencyRate: 11.2,
		});
		const [order] = await pay(items(id));
		expect(order.totals).toEqual({ SEK: '8.79' });
		expect(bench.sandbox.journal.to('POST /payments')[0].body).toMatchObject({
			payments: [{ paymentMethod: 'FINNISH_FOREIGN_PAYMENT', amount: 8.79 }],
		});
		const domestic = bill({ counterParty: { counterPartyAddress: { name: 'Toimittaja Oy', street: 'Katu 1' } } });
		await pay(items(domestic));
		// An address without town and country would be unstructured, so only the name is sent.
		expect(bench.sandbox.journal.to('POST /payments')[1].body).toMatchObject({
			payments: [{ recipientNameAndAddress: { name: 'Toimittaja Oy' } }],
		});
	});

	it('pays a bill that is due on a holiday on the next bank day', async () => {
		const due = ['2098-12-23', '2098-12-24', '2098-12-27', '2099-01-01', '2099-06-19'].map((dueDate) =>
			bill({}, 'APPROVED', { dueDate }),
		);
		const [order] = await pay(items(...due));
		expect((order.payments as IDataObject[]).map(({ paymentDate }) => paymentDate)).toEqual([
			'2098-12-23',
			'2098-12-29',
			'2098-12-29',
			'2099-01-02',
			'2099-06-22',
		]);
	});

	it('returns the waiting order in a second run, and orders again after a rejection or expiry', async () => {
		const id = bill();
		const [first] = await pay(items(id));
		const [second] = await pay(items(id));
		expect(second).toMatchObject({
			transactionIdentifier: first.transactionIdentifier,
			ordered: false,
			result: 'WAITING',
			payments: [{ invoiceId: id }],
		});
		expect(orders()).toBe(1);
		await decide(first.transactionIdentifier, 'reject');
		expect(await wait(first.transactionIdentifier)).toMatchObject({ result: 'REJECTED' });
		const [third] = await pay(items(id));
		expect(third.ordered).toBe(true);
		await decide(third.transactionIdentifier, 'expire');
		const [fourth] = await pay(items(id));
		expect(fourth.ordered).toBe(true);
		await decide(fourth.transactionIdentifier, 'confirm');
		expect(await paid(id)).toHaveLength(1);
		const [fifth] = await pay(items(id));
		expect(fifth).toMatchObject({ result: 'NOTHING_TO_PAY', leftOut: [{ reason: 'has a payment in the queue' }] });
	});

	it('orders only the new bills if another order is waiting', async () => {
		const [old, young] = [bill(), bill()];
		const [first] = await pay(items(old));
		const both = await pay(items(old, young));
		expect(both).toMatchObject([
			{ transactionIdentifier: first.transactionIdentifier, ordered: false, payments: [{ invoiceId: old }] },
			{ ordered: true, payments: [{ invoiceId: young }] },
		]);
	});

	it('makes one payment if two runs start at the same time', async () => {
		const id = bill();
		const [[a], [b]] = await Promise.all([pay(items(id)), pay(items(id))]);
		expect(a.transactionIdentifier).toBe(b.transactionIdentifier);
		await decide(a.transactionIdentifier, 'confirm');
		expect(await paid(id)).toHaveLength(1);
		expect(orders()).toBe(1);
	});

	it('orders again after a confirmed payment was cancelled', async () => {
		const id = bill();
		const [first] = await pay(items(id));
		await decide(first.transactionIdentifier, 'confirm');
		const [{ id: paymentId }] = await paid(id);
		const [cancel] = await bench.json('payment', 'cancel', { paymentId: String(paymentId) });
		await decide(cancel.transactionIdentifier, 'confirm');
		expect((await pay(items(id)))[0]).toMatchObject({ ordered: true, payments: [{ invoiceId: id }] });
	});

	it('sends an order with an unknown outcome only once, even in later runs', async () => {
		const id = bill();
		bench.sandbox.faults.add({ kind: 'cutAfter', method: 'POST', path: '/payments' });
		expect(await refused(items(id))).toMatchObject({ message: expect.stringContaining('unclear') });
		expect(await refused(items(id))).toMatchObject({
			message: expect.stringContaining('unclear whether a payment of invoice'),
			description: expect.stringContaining('Procountor Key'),
		});
		expect(orders()).toBe(1);
	});

	it('refuses the whole order if one bill is wrong, and names its item', async () => {
		const good = bill();
		const noAccount = bill({}, 'APPROVED', { bankAccount: undefined });
		expect(await refused(items(good, noAccount))).toMatchObject({
			message: expect.stringMatching(/^Item 2: invoice \d+ .*has no bank account/),
		});
		const sale = bench.sandbox.backdoor.addInvoice({}, { status: 'SENT' }).id;
		expect((await refused(items(good, sale)))?.message).toMatch(/^Item 2: invoice .*SALES_INVOICE/);
		expect((await refused(items(good, 99_999_999)))?.message).toContain('Item 2: invoice 99999999 was not found');
		expect((await refused(items(good, 'abc')))?.message).toContain('Invoice IDs is not an ID: "abc"');
		expect(orders()).toBe(0);
	});

	it('pays nothing if one item is wrong, even if On Error continues', async () => {
		const run = await bench.run('payment', 'payInvoices', untouched, {
			...items(bill(), 'abc'),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.items[0]).toHaveLength(2);
		expect(run.items[0].map(({ json }) => json.error)).toEqual([
			'Item 2 cannot be paid, so nothing was paid',
			'Invoice IDs is not an ID: "abc"',
		]);
		expect(orders()).toBe(0);
	});

	it('pays a foreign account with a structured address, and reports missing parts', async () => {
		const foreign = (address: IDataObject, bic = 'pofi ch be'): number =>
			bill({ counterParty: { counterPartyAddress: { name: 'Acme Inc', ...address } } }, 'APPROVED', {
				currency: 'USD',
				currencyRate: 1.1,
				bankAccount: { accountNumber: 'CH9300762011623852957', bic },
			});
		const half = foreign({ street: 'Main Street 1', city: 'Zürich' });
		expect((await refused(items(half)))?.message).toMatch(/^Item 1: invoice .*no zip code, no country/);
		const address = { street: 'Main Street 1', zip: '8001', city: 'Zürich', country: 'SWITZERLAND' };
		expect((await refused(items(foreign(address, 'NOPE'))))?.message).toMatch(
			/^Item 1: invoice .*: Recipient BIC is not a BIC: it should be 8 or 11 characters/,
		);
		const whole = foreign(address);
		const [order] = await pay(items(whole), { options: { serviceCharge: 'PAYER_PAY_BOTH_FEES' } });
		expect(order.totals).toEqual({ USD: '8.79' });
		expect(bench.sandbox.journal.to('POST /payments')[0].body).toMatchObject({
			payments: [
				{
					paymentMethod: 'FINNISH_FOREIGN_PAYMENT',
					serviceCharge: 'PAYER_PAY_BOTH_FEES',
					recipientBicCode: '***',
					recipientNameAndAddress: { street: 'Main Street 1', zip: '8001', city: 'Zürich', country: 'SWITZERLAND' },
				},
			],
		});
	});

	it('pays an overdue bill on the next bank day, or on the given day', async () => {
		const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
		const overdue = bill({}, 'APPROVED', { dueDate: '2026-10-20' });
		const [order] = await pay(items(overdue));
		const [{ paymentDate }] = order.payments as IDataObject[];
		expect([
			bankDayFrom(tomorrow),
			bankDayFrom(new Date(Date.now() + 93_600_000).toISOString().slice(0, 10)),
		]).toContain(paymentDate);
		const given = { paymentDay: 'given', date: '2099-06-05' };
		expect((await pay(items(bill()), given))[0].payments).toMatchObject([{ paymentDate: '2099-06-05' }]);
		const christmas = { paymentDay: 'given', date: '2098-12-24' };
		expect((await refused(items(bill()), christmas))?.message).toContain("is no bank day: '2098-12-24'");
		expect((await refused(items(bill()), { paymentDay: 'given' }))?.message).toContain('Given Date is empty');
	});

	it('sends a reference that is neither Finnish nor RF as the message, unless a message is given', async () => {
		const references = ['ABC-9', '123454', 'rf18 5390 0754 7034', undefined];
		const bills = references.map((bankReferenceCode) => bill({}, 'APPROVED', { bankReferenceCode }));
		const [order] = await pay(items(...bills));
		expect(
			(order.payments as IDataObject[]).map(({ bankReferenceCode, message }) => [bankReferenceCode, message]),
		).toEqual([
			[undefined, 'ABC-9'],
			[undefined, '123454'],
			['RF18539007547034', undefined],
			[undefined, 'L-77'],
		]);
		const other = bill({}, 'APPROVED', { bankReferenceCode: 'ABC-9' });
		const [given] = await pay(items(other), { options: { message: 'Kiitos' } });
		expect(given.payments).toMatchObject([{ message: 'Kiitos' }]);
	});

	it('requires an IBAN and a day after today', async () => {
		const old = bill({}, 'APPROVED', { bankAccount: { accountNumber: '123456-785' } });
		expect((await refused(items(old)))?.message).toMatch(
			/^Item 1: invoice .* has a bank account that is not an IBAN: '123456-785'\. Nothing was paid$/,
		);
		const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' });
		const given = { paymentDay: 'given', date: today };
		expect((await refused(items(bill()), given))?.message).toContain(`Given Date is not later than today: '${today}'`);
		expect(orders()).toBe(0);
	});

	it('pays large amounts to the cent', async () => {
		const row = { product: 'Kone', unit: 'PIECE', discountPercent: 0, vatPercent: 0 } as const;
		const ids = [4_999_999.99, 0.1, 0.2].map((unitPrice) =>
			bill({ invoiceRows: [{ ...row, quantity: 1, unitPrice }] as InvoiceFields['invoiceRows'], vatStatus: 12 }),
		);
		const [order] = await pay(items(...ids));
		expect(order.totals).toEqual({ EUR: '5000000.29' });
		expect((order.payments as IDataObject[]).map(({ amount }) => amount)).toEqual([4_999_999.99, 0.1, 0.2]);
	});
});

describe('Bank days', () => {
	it.each([
		['2026-04-03', false],
		['2026-04-06', false],
		['2026-05-14', false],
		['2026-06-19', false],
		['2026-06-22', true],
		['2026-12-24', false],
		['2027-03-26', false],
		['2027-03-29', false],
		['2027-01-06', false],
		['2028-04-14', false],
		['2028-04-17', false],
		['2026-10-01', true],
		['2026-10-03', false],
	])('%s is a bank day: %s', (day, expected) => expect(isBankDay(day)).toBe(expected));
});
