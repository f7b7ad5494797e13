import type { AxiosInstance } from 'axios';

import { demoInvoice, login } from './client';
import { DEMO, type Sandbox } from '.';
import type { InvoiceStatus, InvoiceType } from './records/invoices/model';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;
let approver: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));
beforeEach(async () => void (approver = await login(sandbox, 'approver')));

const status = async (id: number): Promise<string> => (await admin.get(`/invoices/${id}`)).data.status;
const BODIES: Record<string, unknown> = { approve: {}, verify: {}, reject: {}, notes: { notes: 'x' } };
const step = async (id: number, name: string, http = admin) =>
	(await http.put(`/invoices/${id}/${name}`, BODIES[name])).status;
const settings = () => sandbox.world.company(DEMO.companyId).settings;

/** An invoice in a status, dated in an open period, without payments. */
function invoice(
	type: InvoiceType,
	inStatus: InvoiceStatus,
	changes: Parameters<Sandbox['backdoor']['addInvoice']>[0] = {},
): number {
	return sandbox.backdoor.addInvoice({ type, ...changes }, { status: inStatus }).id;
}

/** Every status, so that each step can be tried in each. */
const STATUSES: InvoiceStatus[] = [
	'EMPTY',
	'UNFINISHED',
	'NOT_SENT',
	'SENT',
	'RECEIVED',
	'PAID',
	'PAYMENT_DENIED',
	'VERIFIED',
	'APPROVED',
	'INVALIDATED',
	'PAYMENT_QUEUED',
	'PARTLY_PAID',
	'PAYMENT_SENT_TO_BANK',
	'MARKED_PAID',
	'STARTED',
	'INVOICED',
	'OVERRIDDEN',
	'DELETED',
	'UNSAVED',
];

/** The new status for each status that allows a step; in the others the step must be rejected and change nothing. */
async function moves(type: InvoiceType, name: string, changes = {}): Promise<Record<string, string>> {
	const allowed: Record<string, string> = {};
	for (const from of STATUSES) {
		const id = invoice(type, from, changes);
		const answer = await step(id, name);
		const to = await status(id);
		if (answer === 200) allowed[from] = to;
		else expect([from, answer, to]).toEqual([from, 403, from]);
	}
	return allowed;
}

describe('Invoice step', () => {
	it('approve accepts sales invoices only in UNFINISHED', async () => {
		expect(await moves('SALES_INVOICE', 'approve')).toEqual({ UNFINISHED: 'APPROVED' });
		expect(await moves('SALES_INVOICE', 'approve', { invoiceChannel: 'EMAIL' })).toEqual({ UNFINISHED: 'NOT_SENT' });
	});

	it('approve accepts purchase, travel and expense invoices only in VERIFIED', async () => {
		for (const type of ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'] as const)
			expect(await moves(type, 'approve')).toEqual({ VERIFIED: 'APPROVED' });
	});

	it('verify accepts purchase, travel and expense invoices only in RECEIVED', async () => {
		for (const type of ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'] as const) {
			expect(await moves(type, 'verify', { invoiceApprovalInformation: {} })).toEqual({ RECEIVED: 'VERIFIED' });
		}
		expect(await moves('SALES_INVOICE', 'verify')).toEqual({});
	});

	it('send accepts sales invoices only in NOT_SENT and SENT', async () => {
		expect(await moves('SALES_INVOICE', 'send', { invoiceChannel: 'EMAIL' })).toEqual({
			NOT_SENT: 'SENT',
			SENT: 'SENT',
		});
		expect(await moves('PURCHASE_INVOICE', 'send')).toEqual({});
	});

	it('sendToCirculation moves bills from UNFINISHED to RECEIVED, or to VERIFIED if the switch says so', async () => {
		for (const type of ['TRAVEL_INVOICE', 'BILL_OF_CHARGES', 'PURCHASE_INVOICE'] as const)
			expect(await moves(type, 'sendToCirculation')).toEqual({ UNFINISHED: 'RECEIVED' });
		sandbox.switches.circulatedPurchaseStatus = 'VERIFIED';
		expect(await moves('PURCHASE_INVOICE', 'sendToCirculation')).toEqual({ UNFINISHED: 'VERIFIED' });
		expect(await moves('TRAVEL_INVOICE', 'sendToCirculation')).toEqual({ UNFINISHED: 'RECEIVED' });
		expect(await moves('SALES_INVOICE', 'sendToCirculation')).toEqual({});
	});

	it('reject, unfinished and invalidate accept no unsaved or paid invoices', async () => {
		const from = (to: string, ...names: InvoiceStatus[]) => Object.fromEntries(names.map((name) => [name, to]));
		expect(await moves('PURCHASE_INVOICE', 'reject')).toEqual(
			from('PAYMENT_DENIED', 'UNFINISHED', 'NOT_SENT', 'SENT', 'RECEIVED', 'VERIFIED', 'APPROVED', 'STARTED'),
		);
		expect(await moves('SALES_INVOICE', 'invalidate')).toEqual(
			from(
				'INVALIDATED',
				'UNFINISHED',
				'NOT_SENT',
				'SENT',
				'RECEIVED',
				'PAYMENT_DENIED',
				'VERIFIED',
				'APPROVED',
				'STARTED',
			),
		);
		expect(await moves('SALES_INVOICE', 'unfinished')).toEqual(
			from(
				'UNFINISHED',
				'NOT_SENT',
				'SENT',
				'RECEIVED',
				'PAYMENT_DENIED',
				'VERIFIED',
				'APPROVED',
				'INVALIDATED',
				'STARTED',
			),
		);
	});

	it('notes accepts any status', async () => {
		for (const from of STATUSES) {
			const id = invoice('SALES_INVOICE', from);
			expect(await step(id, 'notes')).toBe(200);
			expect((await admin.get(`/invoices/${id}`)).data).toMatchObject({ status: from, notes: 'x' });
		}
	});

	it('rejects an invoice type that it does not support', async () => {
		const order = invoice('SALES_ORDER', 'UNFINISHED');
		for (const name of ['approve', 'verify', 'send', 'sendToCirculation', 'reject'])
			expect([name, await step(order, name)]).toEqual([name, 403]);
		for (const name of ['unfinished', 'invalidate', 'notes'])
			expect([name, await step(order, name)]).toEqual([name, 400]);
		for (const name of ['approve', 'notes', 'unfinished']) expect(await step(999_999, name)).toBe(404);
	});
});

describe('Circulation', () => {
	it('goes from draft to approval through the listed verifiers and approvers', async () => {
		const id = invoice('PURCHASE_INVOICE', 'UNFINISHED');
		expect(await step(id, 'sendToCirculation')).toBe(200);
		expect((await approver.get('/invoices/personalverifications?types=PURCHASE_INVOICE')).data.invoiceIds).toContain(
			id,
		);
		expect(await step(id, 'verify')).toBe(403);
		expect(await step(id, 'verify', approver)).toBe(200);
		expect(await step(id, 'verify', approver)).toBe(403);
		expect(
			(await approver.get('/invoices/personalverifications?types=PURCHASE_INVOICE')).data.invoiceIds,
		).not.toContain(id);
		expect((await admin.get('/invoices/personalapprovals?types=PURCHASE_INVOICE')).data.invoiceIds).toContain(id);
		expect(await step(id, 'approve', approver)).toBe(403);
		expect((await admin.put(`/invoices/${id}/approve`, { comment: 'OK' })).status).toBe(200);
		const { data } = await admin.get(`/invoices/${id}`);
		expect(data).toMatchObject({
			status: 'APPROVED',
			invoiceApprovalInformation: {
				verifiers: [{ userId: 1004, eventPerformed: '2026-10-01' }],
				acceptors: [{ userId: 1001, eventPerformed: '2026-10-01' }],
			},
		});
		const { transactions } = (await admin.get(`/invoices/${id}/transactions`)).data;
		expect(transactions.map(({ action, name, details }: Record<string, string>) => [action, name, details])).toEqual([
			['SEND_TO_CIRCULATION', 'Aino Koivuranta', undefined],
			['VERIFICATION', 'Onni Hyväri', undefined],
			['APPROVAL', 'Aino Koivuranta', 'OK'],
		]);
		await step(id, 'unfinished');
		expect((await admin.get(`/invoices/${id}`)).data.invoiceApprovalInformation).toEqual({
			verifiers: [{ userId: 1004 }],
			acceptors: [{ userId: 1001 }],
		});
	});

	it('waits for every verifier on the list', async () => {
		const id = invoice('PURCHASE_INVOICE', 'RECEIVED', {
			invoiceApprovalInformation: { verifiers: [{ userId: 1004 }, { userId: 1001 }], acceptors: [{ userId: 1001 }] },
		});
		expect([await step(id, 'verify'), await status(id)]).toEqual([200, 'RECEIVED']);
		expect([await step(id, 'verify', approver), await status(id)]).toEqual([200, 'VERIFIED']);
	});

	it('requires the company setting and at least one approver', async () => {
		expect(
			await step(invoice('PURCHASE_INVOICE', 'UNFINISHED', { invoiceApprovalInformation: {} }), 'sendToCirculation'),
		).toBe(403);
		settings().circulationForPurchases = false;
		expect(await step(invoice('PURCHASE_INVOICE', 'UNFINISHED'), 'sendToCirculation')).toBe(403);
		expect(await step(invoice('TRAVEL_INVOICE', 'UNFINISHED'), 'sendToCirculation')).toBe(200);
		settings().circulationForTravelAndExpenses = false;
		expect(await step(invoice('TRAVEL_INVOICE', 'UNFINISHED'), 'sendToCirculation')).toBe(403);
	});

	it('limits comments to 100 characters', async () => {
		const id = invoice('SALES_INVOICE', 'UNFINISHED');
		expect((await admin.put(`/invoices/${id}/approve`, { comment: 'x'.repeat(101) })).status).toBe(400);
	});
});

describe('Closed period', () => {
	it('blocks reject, unfinished and invalidate, but not send', async () => {
		const id = demoInvoice(sandbox, 'SALES_INVOICE', 'SENT').id;
		expect((await admin.get(`/invoices/${id}`)).data.date).toBe('2026-06-11');
		for (const name of ['reject', 'unfinished', 'invalidate']) expect(await step(id, name)).toBe(403);
		expect(await step(id, 'send')).toBe(200);
	});
});

describe('Mark as paid', () => {
	const pay = (id: number, changes: Record<string, unknown> = {}, query = '') =>
		admin.put(`/invoices/${id}/paymentevents/markpaid${query}`, {
			paymentDate: '2026-10-01',
			amount: 8.79,
			currency: 'EUR',
			...changes,
		});

	it('marks an invoice as fully or partly paid and returns a payment event', async () => {
		const id = invoice('SALES_INVOICE', 'SENT');
		const part = await pay(id, { amount: 5, paymentMethodType: 'CASH', description: 'Kassa' });
		expect(part.data).toMatchObject({
			invoiceId: id,
			type: 'CASH',
			status: 'MARKED_PAID',
			amount: 5,
			currency: 'EUR',
			paidAmount: 5,
			description: 'Kassa',
		});
		expect(await status(id)).toBe('PARTLY_PAID');
		await pay(id, { amount: 3.79 });
		expect((await admin.get(`/invoices/${id}`)).data).toMatchObject({
			status: 'MARKED_PAID',
			paymentDate: '2026-10-01',
		});
		const events = (await admin.get(`/invoices/${id}/paymentevents?orderById=ASC`)).data;
		expect(events.results.map(({ amount }: { amount: number }) => amount)).toEqual([5, 3.79]);
		expect((await admin.get(`/invoices/${id}/paymentevents/${part.data.id}`)).data).toEqual(part.data);
		expect(
			(await admin.get(`/invoices/${invoice('SALES_INVOICE', 'SENT')}/paymentevents/${part.data.id}`)).status,
		).toBe(404);
		expect((await pay(id, { amount: 1 })).status).toBe(403);
		for (const name of ['unfinished', 'invalidate', 'reject']) expect(await step(id, name)).toBe(403);
	});

	it('rejects drafts, orders, and invalidated, denied or paid invoices', async () => {
		for (const from of ['UNFINISHED', 'EMPTY', 'INVALIDATED', 'PAYMENT_DENIED', 'PAID'] as const)
			expect((await pay(invoice('SALES_INVOICE', from))).status).toBe(403);
		expect((await pay(invoice('SALES_ORDER', 'STARTED'))).status).toBe(400);
		for (const type of ['PURCHASE_INVOICE', 'TRAVEL_INVOICE', 'BILL_OF_CHARGES'] as const)
			expect((await pay(invoice(type, 'APPROVED'))).status).toBe(200);
	});

	it('rejects a wrong date, currency, amount or description', async () => {
		const id = invoice('SALES_INVOICE', 'SENT');
		const field = async (changes: Record<string, unknown>) => (await pay(id, changes)).data.errors?.[0];
		expect(await field({ paymentDate: '2026-05-01' })).toMatchObject({
			field: 'paymentDate',
			message: 'CLOSED_FISCAL_PERIOD',
		});
		expect(await field({ currency: 'SEK' })).toMatchObject({ field: 'currency' });
		expect(await field({ amount: 0 })).toMatchObject({ field: 'amount' });
		expect(await field({ description: 'x'.repeat(141) })).toMatchObject({ field: 'description' });
		expect((await pay(invoice('PURCHASE_INVOICE', 'APPROVED'), {}, '?addPenalExpense=true')).status).toBe(400);
	});

	it('sets a credit note off against an invoice', async () => {
		const credit = invoice('SALES_INVOICE', 'SENT', {
			invoiceRows: [
				{ product: 'Hyvitys', quantity: -2, unit: 'PIECE', unitPrice: 3.5, discountPercent: 0, vatPercent: 25.5 },
			],
		});
		const charged = invoice('SALES_INVOICE', 'SENT');
		expect((await pay(credit, { amount: -8.79, paymentMethodType: 'SET_OFF' })).data.type).toBe('SETOFF');
		expect((await pay(charged, { paymentMethodType: 'CREDIT_NOTE' })).data.type).toBe('COMPENSATIONINVOICE');
		expect([await status(credit), await status(charged)]).toEqual(['MARKED_PAID', 'MARKED_PAID']);
	});

	it('uses the invoice currency and also returns the amount in euros', async () => {
		const base = sandbox.backdoor.addInvoice().record;
		const id = invoice('SALES_INVOICE', 'SENT', {
			paymentInfo: { ...base.paymentInfo, currency: 'SEK', currencyRate: 10 },
		});
		expect((await pay(id, { currency: 'SEK' })).data).toMatchObject({
			amount: 0.88,
			currency: 'EUR',
			paidAmount: 8.79,
			paidCurrency: 'SEK',
		});
	});
});

describe('Invoice comments', () => {
	it('tag users, who mark them as read', async () => {
		const id = invoice('PURCHASE_INVOICE', 'RECEIVED');
		const { data: made } = await admin.post(`/invoices/${id}/comments`, { comment: 'Katso @onnihyväri' });
		expect(made).toMatchObject({
			author: 'Aino Koivuranta',
			dateTime: '2026-10-01T09:00:02',
			taggedUsersInfo: { numTaggedUsers: 1, readByAllTaggedUsers: false },
		});
		const path = `/invoices/${id}/comments/${made.id}`;
		expect((await admin.put(`${path}/read`)).status).toBe(400);
		expect((await admin.get(`/invoices/${id}/comments?readByAllTaggedUsers=true`)).data.comments).toEqual([]);
		expect((await approver.put(`${path}/read`)).status).toBe(200);
		expect((await admin.get(path)).data.taggedUsers).toEqual([
			{
				userTagId: expect.any(Number),
				displayName: 'onnihyväri',
				fullName: 'Onni Hyväri',
				read: '2026-10-01T09:00:04',
			},
		]);
		expect((await admin.get(`/invoices/${id}/comments?readByAllTaggedUsers=true`)).data.comments).toHaveLength(1);
		expect((await admin.get(`/invoices/${id}/comments/taggableusers`)).data.taggableUsers).toContainEqual({
			displayName: 'onnihyväri',
			fullName: 'Onni Hyväri',
		});
	});

	it('require the company setting and an invoice type with circulation', async () => {
		expect((await admin.get(`/invoices/${invoice('SALES_INVOICE', 'SENT')}/comments`)).status).toBe(404);
		const id = invoice('PURCHASE_INVOICE', 'RECEIVED');
		expect((await admin.get(`/invoices/${id}/comments/1`)).status).toBe(404);
		settings().discussionEnabled = false;
		expect((await admin.get(`/invoices/${id}/comments`)).status).toBe(403);
		expect((await admin.get('/sessioninfo')).data.companySettings.invoiceDiscussionEnabled).toBe(false);
	});
});
