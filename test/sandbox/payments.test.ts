import type { AxiosInstance } from 'axios';

import { login } from './client';
import { DEMO, type Sandbox } from '.';
import { useSandbox } from './hooks';

interface Purchase {
	id: number;
	status: string;
	version: string;
}

let sandbox: Sandbox;
let http: AxiosInstance;
let steering: AxiosInstance;

useSandbox((given) => ({ sandbox, http, steering } = given));

async function purchase(status: 'APPROVED' | 'RECEIVED' = 'APPROVED'): Promise<Purchase> {
	const { id } = sandbox.backdoor.addInvoice(
		{ type: 'PURCHASE_INVOICE', language: undefined, counterParty: { counterPartyAddress: { name: 'Toimittaja Oy' } } },
		{ status },
	);
	return read(id);
}

const read = async (id: number) => (await http.get<Purchase>(`/invoices/${id}`)).data;

const payment = ({ id, version }: Purchase, changes: object = {}) => ({
	amount: 8.79,
	recipientBankAccount: 'FI2112345600000785',
	paymentMethod: 'FINNISH_BANK_TRANSFER',
	paymentDate: '2026-10-05',
	recipientNameAndAddress: { name: 'Toimittaja Oy' },
	invoiceId: id,
	invoiceVersion: version,
	...changes,
});

const pay = (...payments: object[]) => http.post<{ transactionIdentifier: string }>('/payments', { payments });
const decide = (identifier: string, decision = 'confirm') => steering.post(`/secondfactors/${identifier}/${decision}`);
const result = (identifier: string) => http.get(`/mfatransactionresult/${identifier}`);

/** An invoice with a queued payment, and the payment's ID. */
async function queued(): Promise<{ invoice: Purchase; paymentId: number }> {
	const invoice = await purchase();
	const { data } = await pay(payment(invoice));
	await decide(data.transactionIdentifier);
	const { data: told } = await result(data.transactionIdentifier);
	return { invoice, paymentId: told.invoicePayments.transactions[0].paymentId };
}

describe('Payments API', () => {
	it('pays an invoice in two bank steps after a confirmation', async () => {
		const invoice = await purchase();
		const asked = await pay(payment(invoice));
		expect(asked.status).toBe(202);
		expect(asked.data).toEqual({ transactionIdentifier: expect.any(String), confirmationApp: 'PROCOUNTOR_KEY' });
		const { transactionIdentifier } = asked.data;
		expect((await result(transactionIdentifier)).status).toBe(202);
		expect((await read(invoice.id)).status).toBe('APPROVED');

		await decide(transactionIdentifier);
		const { status, data } = await result(transactionIdentifier);
		expect(status).toBe(200);
		expect(data).toEqual({
			invoicePayments: { transactions: [{ paymentId: expect.any(Number), invoiceId: invoice.id }] },
		});
		const { paymentId } = data.invoicePayments.transactions[0];
		expect((await read(invoice.id)).status).toBe('PAYMENT_QUEUED');
		expect((await http.get(`/payments/${paymentId}`)).data).toMatchObject({
			id: paymentId,
			invoiceId: invoice.id,
			amount: 8.79,
			status: 'PAYMENT_QUEUED',
			createdBy: 'Aino Koivuranta',
		});

		sandbox.clock.set('2026-10-05T07:00:00');
		http = await login(sandbox);
		expect((await read(invoice.id)).status).toBe('PAYMENT_SENT_TO_BANK');
		sandbox.clock.set('2026-10-05T18:00:00');
		http = await login(sandbox);
		expect(await read(invoice.id)).toMatchObject({ status: 'PAID', paymentDate: '2026-10-05' });
		const events = await http.get(`/invoices/${invoice.id}/paymentevents`);
		expect(events.data.results).toMatchObject([{ id: paymentId, status: 'PAID', paidAmount: 8.79 }]);
	});

	it('sets an invoice to partly paid if the bank pays less than the total', async () => {
		const { invoice, paymentId } = await queued();
		await steering.post(`/companies/${DEMO.companyId}/payments/${paymentId}/send`);
		expect((await read(invoice.id)).status).toBe('PAYMENT_SENT_TO_BANK');
		await steering.post(`/companies/${DEMO.companyId}/payments/${paymentId}/pay`, { amount: 5 });
		expect((await read(invoice.id)).status).toBe('PARTLY_PAID');
	});

	it.each([
		['reject', 406],
		['expire', 408],
	])('pays nothing after the decision %s, and returns %i', async (decision, told) => {
		const invoice = await purchase();
		const { data } = await pay(payment(invoice));
		await decide(data.transactionIdentifier, decision);
		expect((await result(data.transactionIdentifier)).status).toBe(told);
		expect((await read(invoice.id)).status).toBe('APPROVED');
		expect((await decide(data.transactionIdentifier)).status).toBe(409);
	});

	it('lets a confirmation expire after five minutes', async () => {
		const { data } = await pay(payment(await purchase()));
		sandbox.clock.advance(5 * 60_000);
		expect((await result(data.transactionIdentifier)).status).toBe(408);
	});

	it('returns a result only to its owner, and only once unless the switch allows more', async () => {
		const { data } = await pay(payment(await purchase()));
		await decide(data.transactionIdentifier);
		const other = await login(sandbox, 'viewer');
		expect((await other.get(`/mfatransactionresult/${data.transactionIdentifier}`)).status).toBe(403);
		expect((await result(data.transactionIdentifier)).status).toBe(200);
		expect((await result(data.transactionIdentifier)).status).toBe(409);
		sandbox.switches.mfaResultOnlyOnce = false;
		expect((await result(data.transactionIdentifier)).status).toBe(200);
		expect((await result('unknown')).status).toBe(404);
	});

	it('does not execute an order that is no longer possible when it is confirmed', async () => {
		const invoice = await purchase();
		const { data } = await pay(payment(invoice));
		await http.put(`/invoices/${invoice.id}/notes`, { notes: 'Changed meanwhile' });
		await decide(data.transactionIdentifier);
		expect((await result(data.transactionIdentifier)).status).toBe(403);
		expect((await http.get('/payments', { params: { invoiceId: invoice.id } })).data.results).toEqual([]);
	});

	it('rejects all payments of an order if one is wrong', async () => {
		const [good, bad] = [await purchase(), await purchase('RECEIVED')];
		const { status, data } = await pay(payment(good), payment(bad));
		expect(status).toBe(403);
		expect(data).toMatchObject({ errors: [{ status: 403, message: expect.stringMatching(/status/) }] });
		expect((await pay(payment(good), payment({ ...good, id: 999_999 }))).status).toBe(404);
		expect(await read(good.id)).toEqual(good);
	});

	it.each([
		['an amount of zero', { amount: 0 }, 'payments[0].amount'],
		['an old version', { invoiceVersion: '2026-01-01T00:00:00' }, 'payments[0].invoiceVersion'],
		['a payment date of today', { paymentDate: '2026-10-01' }, 'payments[0].paymentDate'],
		[
			'a recipient account that is not an IBAN',
			{ recipientBankAccount: '123456-785' },
			'payments[0].recipientBankAccount',
		],
		['a reference with a wrong check digit', { bankReferenceCode: '123454' }, 'payments[0].bankReferenceCode'],
		[
			'a reference type of another country',
			{ bankReferenceCode: '123453', bankReferenceCodeType: 'OCR' },
			'payments[0].bankReferenceCodeType',
		],
		['a payment method of another country', { paymentMethod: 'SWEDISH_DOMESTIC_PAYMENT' }, 'payments[0].paymentMethod'],
		[
			'a foreign payment without an address',
			{ paymentMethod: 'FINNISH_FOREIGN_PAYMENT' },
			'payments[0].recipientNameAndAddress.street',
		],
		[
			"a payer account that is not the company's",
			{ payerBankAccount: 'FI2112345600000785' },
			'payments[0].payerBankAccount',
		],
	])('rejects %s', async (_, changes, field) => {
		const { status, data } = await pay(payment(await purchase(), changes));
		expect(status).toBe(400);
		expect(data).toMatchObject({ errors: [{ status: 400, field }] });
	});

	it('accepts a payment date of today if the switch is on', async () => {
		sandbox.switches.paymentDateMayBeToday = true;
		expect((await pay(payment(await purchase(), { paymentDate: '2026-10-01' }))).status).toBe(202);
	});

	it('cancels and then deletes a queued payment, and reports it through the deprecated confirm call', async () => {
		const { invoice, paymentId } = await queued();
		expect((await http.delete(`/payments/${paymentId}`)).status).toBe(403);
		const { status, data } = await http.put(`/payments/${paymentId}/cancel`);
		expect(status).toBe(202);
		expect((await http.put(`/payments/${data.transactionIdentifier}/confirm`)).status).toBe(202);
		await decide(data.transactionIdentifier);
		const confirmed = await http.put(`/payments/${data.transactionIdentifier}/confirm`);
		expect(confirmed.data).toEqual({ InfoMessage: { message: expect.any(String) } });
		expect((await read(invoice.id)).status).toBe('APPROVED');
		expect((await http.get(`/payments/${paymentId}`)).data.status).toBe('PAYMENT_TRANSACTION_REMOVED');
		expect((await http.get(`/invoices/${invoice.id}/paymentevents`)).data.results).toEqual([]);

		const removal = await http.delete(`/payments/${paymentId}`);
		expect(removal.status).toBe(202);
		await decide(removal.data.transactionIdentifier);
		expect((await http.get(`/payments/${paymentId}`)).status).toBe(404);
	});

	it('returns a result through the deprecated confirm call of payments, but not of invoices', async () => {
		const invoice = await purchase();
		const { data } = await pay(payment(invoice));
		expect((await http.put(`/invoices/${data.transactionIdentifier}/confirm`)).status).toBe(404);
		await decide(data.transactionIdentifier);
		const { data: told } = await http.put(`/payments/${data.transactionIdentifier}/confirm`);
		expect(told.InvoicePaymentSummaries.transactions).toMatchObject([{ invoiceId: invoice.id }]);
	});

	it('stores an error message for a payment that the bank rejects', async () => {
		const { invoice, paymentId } = await queued();
		await steering.post(`/companies/${DEMO.companyId}/payments/${paymentId}/refuse`, { errorCode: 'AM04' });
		expect((await read(invoice.id)).status).toBe('APPROVED');
		const { data } = await http.get('/payments/errormessages', {
			params: { status: 'UNHANDLED', type: 'PAYMENT_ERROR', createdStartDate: '2026-10-01', orderById: 'DESC' },
		});
		expect(data.results[0]).toMatchObject({
			errorCode: 'AM04',
			referenceId: invoice.id,
			referenceType: 'INVOICE',
			invoiceType: 'PURCHASE_INVOICE',
		});
	});

	it("returns the caller's own IDs of direct bank transfers, and lists them as payments", async () => {
		const transfer = {
			amount: 120,
			currencyCode: 'EUR',
			customId: 'R-1',
			recipientBankAccount: 'FI2112345600000785',
			paymentMethod: 'FINNISH_BANK_TRANSFER',
			paymentDate: '2026-10-06',
			recipientNameAndAddress: { name: 'Saaja Oy' },
		};
		const { data } = await http.post('/payments/directbanktransfers', {
			directBankTransfers: [transfer, { ...transfer, customId: 'R-2' }],
		});
		await decide(data.transactionIdentifier);
		const { data: told } = await result(data.transactionIdentifier);
		expect(told).toEqual({
			directBankTransfers: {
				transactions: [
					{ paymentId: expect.any(Number), customId: 'R-1' },
					{ paymentId: expect.any(Number), customId: 'R-2' },
				],
			},
		});
		const { data: listed } = await http.get('/payments', {
			params: { startDate: '2026-10-06', endDate: '2026-10-06', orderById: 'ASC' },
		});
		expect(listed.results.map(({ id }: { id: number }) => id)).toEqual(
			told.directBankTransfers.transactions.map(({ paymentId }: { paymentId: number }) => paymentId),
		);
	});

	it('lists payments page by page in ascending ID order', async () => {
		const ids = [(await queued()).paymentId, (await queued()).paymentId, (await queued()).paymentId];
		const params = { startDate: '2026-10-05', endDate: '2026-10-05', orderById: 'ASC', size: 2 };
		const first = await http.get('/payments', { params });
		const second = await http.get('/payments', { params: { ...params, previousId: ids[1] } });
		expect([...first.data.results, ...second.data.results].map(({ id }: { id: number }) => id)).toEqual(ids);
	});

	it('deletes only payment events that were marked as paid', async () => {
		const invoice = await purchase();
		const { data: event } = await http.put(`/invoices/${invoice.id}/paymentevents/markpaid`, {
			paymentDate: '2026-10-01',
			amount: 8.79,
			currency: 'EUR',
		});
		expect((await read(invoice.id)).status).toBe('MARKED_PAID');
		const { data: events } = await http.get('/payments/paymentevents', { params: { invoiceId: invoice.id } });
		expect(events.results).toMatchObject([{ id: event.id, status: 'MARKED_PAID', paidAmount: 8.79 }]);
		const { status, data } = await http.delete(`/invoices/${invoice.id}/paymentevents/${event.id}`);
		expect(status).toBe(202);
		await decide(data.transactionIdentifier);
		expect((await http.put(`/invoices/${data.transactionIdentifier}/confirm`)).data).toEqual({
			message: expect.any(String),
		});
		expect((await read(invoice.id)).status).toBe('APPROVED');

		const paid = await queued();
		expect((await http.delete(`/invoices/${paid.invoice.id}/paymentevents/${paid.paymentId}`)).status).toBe(403);
	});

	it('returns 403 without the right to payments', async () => {
		const sales = await login(sandbox, 'sales');
		expect((await sales.post('/payments', { payments: [payment(await purchase())] })).status).toBe(403);
		expect((await sales.get('/payments')).status).toBe(403);
	});
});

describe('Direct salary payments API', () => {
	const list = (changes: object = {}) => ({
		listName: 'Palkat 10/2026',
		paymentMethod: 'FINNISH_SALARY_TRANSFER',
		paymentDate: '2026-10-15',
		customId: 'P-10',
		payments: [
			{
				amount: 2100,
				recipientBankAccount: 'FI2112345600000785',
				recipientName: 'Myllymäki Eero',
				recipientCode: { brnType: 'HETU', code: '131052-308T' },
				currencyCode: 'EUR',
				customId: 'E-1',
			},
			{
				amount: 1900.5,
				recipientBankAccount: 'FI2112345600000785',
				recipientName: 'Hyväri Onni',
				recipientCode: { brnType: 'HETU', code: '131052-308T' },
				currencyCode: 'EUR',
				customId: 'E-2',
			},
		],
		...changes,
	});

	it('creates, finds, returns and cancels a payment list as a whole', async () => {
		const { status, data } = await http.post('/payments/directsalarypayments', list());
		expect(status).toBe(202);
		await decide(data.transactionIdentifier);
		const { data: told } = await result(data.transactionIdentifier);
		const { id, payments } = told.directSalaryPayment;
		expect(payments.map(({ customId }: { customId: string }) => customId)).toEqual(['E-1', 'E-2']);
		const { data: read } = await http.get(`/payments/directsalarypayments/${id}`);
		expect(read).toMatchObject({
			listName: 'Palkat 10/2026',
			customId: 'P-10',
			status: 'PAYMENT_QUEUED',
			totalSum: 4000.5,
			payments,
		});
		const found = await http.get('/payments/directsalarypayments', {
			params: { customId: 'P-10', startDate: '2026-10-01', endDate: '2026-10-01' },
		});
		expect(found.data.results).toHaveLength(1);

		const asked = await http.put(`/payments/directsalarypayments/${id}/cancel`);
		await decide(asked.data.transactionIdentifier);
		expect((await http.put(`/payments/directsalarypayments/${asked.data.transactionIdentifier}/confirm`)).data).toEqual(
			{ InfoMessage: { message: expect.any(String) } },
		);
		expect((await http.get(`/payments/directsalarypayments/${id}`)).data.status).toBe('PAYMENT_TRANSACTION_CANCELLED');
	});

	it('rejects the cancellation of a list if one of its payments was sent to the bank', async () => {
		const { data } = await http.post('/payments/directsalarypayments', list());
		await decide(data.transactionIdentifier);
		const { data: told } = await http.put(`/payments/directsalarypayments/${data.transactionIdentifier}/confirm`);
		expect(told.PaymentGroup).toMatchObject({ totalSum: 4000.5 });
		await steering.post(`/companies/${DEMO.companyId}/payments/${told.PaymentGroup.payments[0].paymentId}/send`);
		expect((await http.put(`/payments/directsalarypayments/${told.PaymentGroup.id}/cancel`)).status).toBe(403);
	});

	it('rejects an account without a salary agreement, a past date and a Swedish company', async () => {
		const accounts = (await http.get('/bankaccounts')).data.results;
		expect(
			(await http.post('/payments/directsalarypayments', list({ payerBankAccount: accounts[1].iban }))).status,
		).toBe(400);
		expect((await http.post('/payments/directsalarypayments', list({ paymentDate: '2026-09-30' }))).status).toBe(400);
		await steering.patch(`/companies/${DEMO.companyId}/settings`, { country: 'SWEDEN' });
		expect((await http.post('/payments/directsalarypayments', list())).status).toBe(403);
	});
});
