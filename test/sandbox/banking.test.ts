import type { AxiosInstance } from 'axios';

import { login, newBankAccount } from './client';
import type { Sandbox } from '.';
import { sum } from './money';
import { without } from './records/fields';
import { useSandbox } from './hooks';

interface BankAccount {
	id: number;
	iban: string;
	orderNo: number;
	version: string;
	defaultForPayment: boolean;
}

interface Event {
	id: number;
	sum: number;
	allocated: boolean;
	invoiceId?: number;
	productId?: number;
	reference?: string;
	event?: Event[];
	allocationMetadataRows: Array<{ sum: number; ledgerAccount?: { ledgerAccountCode: string; name: string } }>;
}

interface Statement {
	id: number;
	startDate: string;
	startBalance: number;
	endBalance: number;
	events: Event[];
}

let sandbox: Sandbox;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http } = given));

describe('Bank accounts API', () => {
	const list = async (params: object = {}) =>
		(await http.get('/bankaccounts', { params })).data.results as BankAccount[];

	it('lists accounts by order number, also after a given account', async () => {
		await http.post('/bankaccounts', newBankAccount({ orderNo: 0 }));
		const ordered = await list();
		expect(ordered.map(({ orderNo }) => orderNo)).toEqual([0, 1, 2, 3]);
		expect(await list({ previousId: ordered[1].id, orderByOrderNo: 'ASC' })).toEqual(ordered.slice(2));
		expect((await http.get('/bankaccounts', { params: { previousId: 999, orderByOrderNo: 'ASC' } })).status).toBe(404);
		const ids = (await list({ orderById: 'ASC' })).map(({ id }) => id);
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
	});

	it('creates an account with the number and BIC of its IBAN, and returns 409 for the same IBAN', async () => {
		const { status, data } = await http.post('/bankaccounts', newBankAccount());
		expect(status).toBe(200);
		expect(data).toMatchObject({
			accountNumber: '12345600000785',
			bic: 'NDEAFIHH',
			orderNo: 4,
			version: expect.any(String),
		});
		expect((await http.post('/bankaccounts', newBankAccount())).status).toBe(409);
		expect((await http.post('/bankaccounts', newBankAccount({ iban: 'FI2112345600000786' }))).status).toBe(400);
		expect((await http.post('/bankaccounts', newBankAccount({ ledgerAccount: '9999' }))).status).toBe(400);
	});

	it('updates an account only with its latest version, and rejects another currency', async () => {
		const { data } = await http.post('/bankaccounts', newBankAccount());
		const body = without(data, 'created');
		expect((await http.put(`/bankaccounts/${data.id}`, newBankAccount())).status).toBe(400);
		expect((await http.put(`/bankaccounts/${data.id}`, { ...body, currency: 'SEK' })).status).toBe(400);
		const { data: changed } = await http.put(`/bankaccounts/${data.id}`, { ...body, bankName: 'Toinen pankki' });
		expect(changed.bankName).toBe('Toinen pankki');
		expect((await http.put(`/bankaccounts/${data.id}`, body)).data.errors[0].field).toBe('version');
		expect((await http.put('/bankaccounts/999', { ...body, id: 999 })).status).toBe(404);
	});

	it('keeps one default account, and clears the default and payment flags of an inactive one', async () => {
		const { data } = await http.post('/bankaccounts', newBankAccount({ defaultForPayment: true }));
		expect((await list()).filter(({ defaultForPayment }) => defaultForPayment).map(({ id }) => id)).toEqual([data.id]);
		const body = without(data, 'created');
		const { data: unused } = await http.put(`/bankaccounts/${data.id}`, { ...body, status: 'INACTIVE' });
		expect(unused).toMatchObject({ status: 'INACTIVE', defaultForPayment: false, allowPayments: false });
	});
});

describe('Bank statements API', () => {
	const list = async (params: object = {}, headers: Record<string, string> = {}) =>
		(await http.get('/bankstatements', { params, headers })).data.results as Statement[];
	const september = async () => (await list())[0];
	const open = async () =>
		(await september()).events.find(({ allocated, sum: amount }) => !allocated && amount > 0) as Event;
	const number = { headers: { 'Content-Type': 'application/json' } };
	const path = ({ id }: Statement, event: Event, what: string) => `/bankstatements/${id}/events/${event.id}/${what}`;

	it('returns balances that match the events and continue from statement to statement', async () => {
		const [second, first] = await list();
		for (const { startBalance, endBalance, events } of [first, second])
			expect(endBalance).toBe(sum([startBalance, ...events.map((event) => event.sum)]));
		expect(second.startBalance).toBe(first.endBalance);
		const whole = second.events.find(({ event }) => event);
		expect(sum((whole?.event ?? []).map((part) => part.sum))).toBe(whole?.sum);
	});

	it('filters by period, contained or overlapping depending on the switch, and by account number', async () => {
		expect(await list({ startDate: '2026-08-15', endDate: '2026-09-15' })).toEqual([]);
		sandbox.switches.statementWindow = 'overlap';
		expect(await list({ startDate: '2026-08-15', endDate: '2026-09-15', orderByStartDate: 'ASC' })).toMatchObject([
			{ startDate: '2026-08-01' },
			{ startDate: '2026-09-01' },
		]);
		const [{ iban }, other] = (await http.get('/bankaccounts')).data.results as BankAccount[];
		expect(await list({}, { accountNumber: iban })).toHaveLength(2);
		expect(await list({}, { accountNumber: other.iban })).toEqual([]);
	});

	it('allocates an event to an invoice by its bare ID and adds a payment event to the invoice', async () => {
		const statement = await september();
		const event = await open();
		const { id } = sandbox.backdoor.addInvoice(
			{
				invoiceRows: [
					{ product: 'Kahvi', quantity: 1, unit: 'PIECE', unitPrice: event.sum, discountPercent: 0, vatPercent: 0 },
				],
				vatStatus: 12,
			},
			{ status: 'SENT' },
		);
		expect((await http.put(path(statement, event, 'invoices'), String(id), number)).status).toBe(200);
		expect(await september()).toMatchObject({
			events: expect.arrayContaining([expect.objectContaining({ id: event.id, allocated: true, invoiceId: id })]),
		});
		expect((await http.get(`/invoices/${id}`)).data.status).toBe('MARKED_PAID');

		expect((await http.delete(path(statement, event, 'invoices'))).status).toBe(204);
		expect((await http.delete(path(statement, event, 'invoices'))).status).toBe(400);
		expect((await http.get(`/invoices/${id}/paymentevents`)).data.results).toMatchObject([
			{ type: 'BANKSTATEMENT', paidAmount: event.sum },
		]);
	});

	it.each([
		['PAID', 2, 'PAID'],
		['unchanged', 2, 'SENT'],
		['MARKED_PAID', 0.5, 'PARTLY_PAID'],
	] as const)(
		'with the switch at %s, sets an invoice that received %d times its total to %s',
		async (becomes, times, status) => {
			sandbox.switches.allocatedInvoiceBecomes = becomes;
			const statement = await september();
			const event = await open();
			const { id } = sandbox.backdoor.addInvoice(
				{
					invoiceRows: [
						{
							product: 'Kahvi',
							quantity: 1,
							unit: 'PIECE',
							unitPrice: Math.round((event.sum / times) * 100) / 100,
							discountPercent: 0,
							vatPercent: 0,
						},
					],
					vatStatus: 12,
				},
				{ status: 'SENT' },
			);
			await http.put(path(statement, event, 'invoices'), String(id), number);
			expect((await http.get(`/invoices/${id}`)).data.status).toBe(status);
		},
	);

	it('rejects an allocation with a wrong statement, an unknown record, a draft or a wrong body', async () => {
		const [second, first] = await list();
		const event = await open();
		const draft = sandbox.backdoor.addInvoice().id;
		const put = (statement: Statement, one: Event, body: string) =>
			http.put(path(statement, one, 'invoices'), body, number);
		expect((await put(first, event, '100001')).status).toBe(400);
		expect((await put({ ...first, id: 1 }, event, '100001')).status).toBe(404);
		expect((await put(second, { ...event, id: 1 }, '100001')).status).toBe(404);
		expect((await put(second, event, '999999')).status).toBe(404);
		expect((await put(second, event, String(draft))).status).toBe(403);
		expect((await put(second, event, '"100001 "')).status).toBe(400);
		expect((await http.put(path(second, event, 'invoices'), { id: 100_001 })).status).toBe(400);
		expect((await http.put(`${path(second, event, 'invoices')}?addPenalExpense=true`, '100001', number)).status).toBe(
			400,
		);
	});

	it('allocates a product to an event and removes it', async () => {
		const statement = await september();
		const event = await open();
		expect((await http.put(path(statement, event, 'products'), '301', number)).status).toBe(200);
		expect((await open()).productId).toBe(301);
		expect((await http.delete(path(statement, event, 'products'))).status).toBe(204);
		expect((await open()).productId).toBeUndefined();
		expect((await http.put(path(statement, event, 'products'), '99999', number)).status).toBe(404);
	});

	it('replaces all metadata rows at once and returns each row with its account name', async () => {
		const statement = await september();
		const event = await open();
		const row = { vatPercentage: 25.5, sum: 100, vatStatus: 1, ledgerAccountCode: '3000', comment: 'Myynti' };
		const put = (...rows: object[]) => http.put(path(statement, event, 'metadata'), { allocationMetadataRows: rows });
		expect((await put(row, { ...row, sum: 50 })).status).toBe(200);
		const stored = (await open()).allocationMetadataRows;
		expect(stored).toMatchObject([
			{ sum: 100, ledgerAccount: { ledgerAccountCode: '3000', name: 'Myynti 25,5 %' } },
			{ sum: 50 },
		]);
		for (const wrong of [
			{ vatPercentage: 24 },
			{ vatStatus: 99 },
			{ vatStatus: 12 },
			{ ledgerAccountCode: '3999' },
			{ id: 1 },
		])
			expect((await put({ ...row, ...wrong })).status).toBe(400);
		expect((await http.delete(path(statement, event, 'metadata'))).status).toBe(204);
		expect((await open()).allocationMetadataRows).toEqual([]);
	});

	it('returns an empty list without any right, and rejects changes without the editing right', async () => {
		const sales = await login(sandbox, 'sales');
		expect((await sales.get('/bankstatements')).data.results).toEqual([]);
		const viewer = await login(sandbox, 'viewer');
		expect((await viewer.put(path(await september(), await open(), 'products'), '301', number)).status).toBe(403);
	});
});

describe('Reference payments API', () => {
	const list = async (params: object = {}, headers: Record<string, string> = {}) =>
		(await http.get('/referencepayments', { params: { orderById: 'ASC', ...params }, headers })).data.results as Array<{
			id: number;
			valueDate: string;
			accountNumber: string;
			allocated: boolean;
			invoiceId?: number;
			allocationMetadataRows: unknown[];
		}>;

	it('filters by value date and account, and returns the invoice of each allocated payment', async () => {
		const all = await list();
		expect(all.length).toBeGreaterThan(3);
		expect(all.every(({ allocated, invoiceId }) => allocated === (invoiceId !== undefined))).toBe(true);
		const [{ valueDate, accountNumber }] = all;
		expect((await list({ startDate: valueDate, endDate: valueDate })).length).toBe(
			all.filter((one) => one.valueDate === valueDate).length,
		);
		expect(await list({ accountNumber })).toEqual(all);
		expect(await list({}, { accountNumber: 'FI2112345600000785' })).toEqual([]);
	});

	it('accepts a VAT status of sales in metadata and rejects an unknown one', async () => {
		const last = (await list()).at(-1);
		const put = (vatStatus: number) =>
			http.put(`/referencepayments/${last?.id}/metadata`, {
				allocationMetadataRows: [{ vatPercentage: 0, sum: 150, vatStatus, ledgerAccountCode: '3360' }],
			});
		expect((await put(99)).status).toBe(400);
		expect((await put(22)).status).toBe(200);
		expect((await list()).at(-1)?.allocationMetadataRows).toHaveLength(1);
		expect((await http.delete(`/referencepayments/${last?.id}/metadata`)).status).toBe(204);
		expect((await list()).at(-1)?.allocationMetadataRows).toEqual([]);
		expect((await http.delete('/referencepayments/1/metadata')).status).toBe(404);
	});
});
