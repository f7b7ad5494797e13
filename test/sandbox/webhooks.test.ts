import type { AxiosInstance } from 'axios';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { login, plain } from './client';
import { DEMO, type Sandbox, startSandbox } from '.';

interface Received {
	headers: IncomingHttpHeaders;
	text: string;
}

let sandbox: Sandbox;
let http: AxiosInstance;
let steering: AxiosInstance;
let receiver: Server;
let received: Received[];
let answer: number;

beforeAll(async () => {
	sandbox = await startSandbox({ checkAnswers: true });
	steering = plain(sandbox, '/_sandbox');
	receiver = createServer((request, response) => {
		let text = '';
		request.on('data', (part: Buffer) => (text += part.toString('utf8')));
		request.on('end', () => {
			received.push({ headers: request.headers, text });
			response.writeHead(answer).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
beforeEach(async () => {
	sandbox.reset();
	http = await login(sandbox);
	received = [];
	answer = 200;
});
afterEach(() => expect(sandbox.state.problems).toEqual([]));
afterAll(async () => {
	await sandbox.close();
	await new Promise((resolve) => receiver.close(resolve));
});

const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const hook = (changes: object = {}) => ({
	url: url(),
	authenticationType: 'NONE',
	subscriptions: ['PAYMENT_UPDATED'],
	...changes,
});
const add = async (changes: object = {}) => (await http.post('/webhooks', hook(changes))).data.uuid as string;
const list = async (params: object = {}) =>
	(await http.get('/webhooks', { params })).data.results as Array<{ uuid: string }>;
const company = (id: number = DEMO.companyId) => `/companies/${id}`;
const fire = (eventType: string, payload: object = {}) => steering.post(`${company()}/events`, { eventType, payload });
const send = () => steering.post(`${company()}/deliveries/send`);

describe('Webhooks API', () => {
	it('creates, updates and deletes registrations, and lists them by URL and event', async () => {
		const first = await add();
		const second = await add({
			url: 'https://example.com/other',
			subscriptions: ['USER_UPDATED', 'PAYMENT_DELETED', 'USER_UPDATED'],
		});
		expect(await list({ orderByCreatedDate: 'ASC' })).toMatchObject([
			{ uuid: first, subscriptions: ['PAYMENT_UPDATED'] },
			{ uuid: second, subscriptions: ['USER_UPDATED', 'PAYMENT_DELETED'] },
		]);
		expect((await list()).map(({ uuid }) => uuid)).toEqual([second, first]);
		expect(await list({ eventType: 'USER_UPDATED,INVOICE_PAYMENT_CREATED' })).toMatchObject([{ uuid: second }]);
		expect(await list({ url: url() })).toMatchObject([{ uuid: first }]);
		expect((await http.put(`/webhooks/${first}`, hook({ subscriptions: ['USER_UPDATED'] }))).status).toBe(200);
		expect(await list({ eventType: 'PAYMENT_UPDATED' })).toEqual([]);
		expect((await http.delete(`/webhooks/${first}`)).status).toBe(204);
		expect((await http.delete(`/webhooks/${first}`)).status).toBe(404);
		expect((await http.put(`/webhooks/${first}`, hook())).status).toBe(404);
	});

	it.each([
		['a registration without events', { subscriptions: [] }],
		['an unknown event', { subscriptions: ['INVOICE_CREATED'] }],
		['an invalid URL', { url: 'nowhere' }],
		['HMAC without a key', { authenticationType: 'HMAC' }],
	])('rejects %s', async (_, changes) => {
		expect((await http.post('/webhooks', hook(changes))).status).toBe(400);
	});

	it('requires the right to set up the company', async () => {
		expect((await (await login(sandbox, 'viewer')).post('/webhooks', hook())).status).toBe(403);
		expect((await (await login(sandbox, 'sales')).get('/webhooks')).status).toBe(403);
	});
});

describe('Notification', () => {
	it('is sent once to the subscribed URL, with the event and its payload', async () => {
		const uuid = await add();
		await add({ subscriptions: ['USER_UPDATED'] });
		await fire('PAYMENT_UPDATED', { paymentId: 7 });
		await send();
		await send();
		expect(received.map(({ text }) => JSON.parse(text))).toEqual([
			{
				eventType: 'PAYMENT_UPDATED',
				webhookUuid: uuid,
				payload: { paymentId: 7 },
				meta: { version: '1', timestamp: Date.UTC(2026, 9, 1, 6, 0, 3) },
			},
		]);
		expect(received[0].headers['content-type']).toBe('application/json');
	});

	it.each([
		['headerHex', 'x-procountor-signature', 'hex', ''],
		['headerBase64', 'x-procountor-signature', 'base64', ''],
		['authorization', 'authorization', 'base64', 'HMAC '],
	] as const)('is signed in the form %s', async (form, header, encoding, before) => {
		sandbox.switches.webhookSignature = form;
		await add({ authenticationType: 'HMAC', authenticationMeta: { secret: 'päivä' } });
		await fire('PAYMENT_UPDATED');
		await send();
		const [{ headers, text }] = received;
		expect(headers[header]).toBe(before + createHmac('sha256', 'päivä').update(text).digest(encoding));
	});

	it('is retried after a failure only if the switch is on', async () => {
		await add();
		answer = 500;
		await fire('PAYMENT_UPDATED');
		expect((await send()).data).toMatchObject([{ state: 'failed', attempts: 1, status: 500 }]);
		answer = 200;
		expect((await send()).data).toEqual([]);
		sandbox.switches.webhookRetries = true;
		expect((await send()).data).toMatchObject([{ state: 'delivered', attempts: 2 }]);
		expect(received).toHaveLength(2);
	});

	it('is never sent to another machine', async () => {
		await add({ url: 'https://example.com/hook' });
		await fire('PAYMENT_UPDATED');
		expect((await send()).status).toBe(400);
		expect((await steering.get(`${company()}/deliveries`)).data).toMatchObject([{ state: 'waiting', attempts: 0 }]);
	});

	it('is sent for payments, users and tracking periods', async () => {
		await add({
			subscriptions: [
				'INVOICE_PAYMENT_CREATED',
				'PAYMENT_UPDATED',
				'PAYMENT_DELETED',
				'USER_UPDATED',
				'TRACKING_PERIOD_STATUS_UPDATED',
				'INVOICE_PAYMENTEVENTS_DELETED',
				'DIRECTBANKDATATRANSFER_PAYMENT_CREATED',
				'DIRECT_SALARY_PAYMENTS_CREATED',
				'DIRECT_SALARY_PAYMENTS_CANCELED',
			],
		});
		const confirmed = async (asked: Promise<{ data: { transactionIdentifier: string } }>) => {
			const { data } = await asked;
			await steering.post(`/secondfactors/${data.transactionIdentifier}/confirm`);
			return (await http.get(`/mfatransactionresult/${data.transactionIdentifier}`)).data;
		};
		const { id } = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }, { status: 'APPROVED' });
		const invoiceVersion = (await http.get(`/invoices/${id}`)).data.version;
		const transfer = {
			amount: 5,
			recipientBankAccount: 'FI2112345600000785',
			paymentMethod: 'FINNISH_BANK_TRANSFER',
			paymentDate: '2026-10-05',
			recipientNameAndAddress: { name: 'Saaja Oy' },
		};
		const { invoicePayments } = await confirmed(
			http.post('/payments', { payments: [{ ...transfer, invoiceId: id, invoiceVersion }] }),
		);
		const { paymentId } = invoicePayments.transactions[0];
		await confirmed(http.put(`/payments/${paymentId}/cancel`));
		await confirmed(http.delete(`/payments/${paymentId}`));
		await confirmed(
			http.post('/payments/directbanktransfers', { directBankTransfers: [{ ...transfer, currencyCode: 'EUR' }] }),
		);
		const { data: event } = await http.put(`/invoices/${id}/paymentevents/markpaid`, {
			paymentDate: '2026-10-01',
			amount: 1,
			currency: 'EUR',
		});
		await confirmed(http.delete(`/invoices/${id}/paymentevents/${event.id}`));
		const salaries = {
			listName: 'Palkat',
			paymentMethod: 'FINNISH_SALARY_TRANSFER',
			paymentDate: '2026-10-15',
			payments: [
				{
					...transfer,
					recipientName: 'Saaja',
					recipientCode: { brnType: 'HETU', code: '131052-308T' },
					currencyCode: 'EUR',
					customId: 'A',
				},
			],
		};
		const strict = {
			...salaries,
			payments: salaries.payments.map(
				({ paymentMethod: _method, paymentDate: _date, recipientNameAndAddress: _name, ...one }) => one,
			),
		};
		const { directSalaryPayment } = await confirmed(http.post('/payments/directsalarypayments', strict));
		await confirmed(http.put(`/payments/directsalarypayments/${directSalaryPayment.id}/cancel`));
		await confirmed(
			http.put('/users', {
				firstName: 'Aino',
				lastName: 'Koivuranta',
				email: 'aino@example.fi',
				mobilePhone: '+358401234567',
			}),
		);
		await http.put('/fiscalyears/4/trackingPeriods/44', {
			id: 44,
			startDate: '2026-10-01',
			endDate: '2026-12-31',
			status: 'PENDING',
		});
		await send();
		expect(received.map(({ text }) => JSON.parse(text).eventType)).toEqual([
			'INVOICE_PAYMENT_CREATED',
			'PAYMENT_UPDATED',
			'PAYMENT_DELETED',
			'DIRECTBANKDATATRANSFER_PAYMENT_CREATED',
			'INVOICE_PAYMENTEVENTS_DELETED',
			'DIRECT_SALARY_PAYMENTS_CREATED',
			'DIRECT_SALARY_PAYMENTS_CANCELED',
			'USER_UPDATED',
			'TRACKING_PERIOD_STATUS_UPDATED',
		]);
	});
});
