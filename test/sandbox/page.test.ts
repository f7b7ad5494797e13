import type { AxiosInstance } from 'axios';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';

import { postForm } from './client';
import { DEMO, type Sandbox } from '.';
import { paymentMap } from './records/payments/model';
import { useSandbox } from './hooks';

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

let sandbox: Sandbox;
let page: AxiosInstance;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http, steering: page } = given));

const show = async (): Promise<string> => (await page.get('/')).data;
const submit = (path: string, fields: Record<string, string> = {}) =>
	postForm(page, `/page/${path}`, new URLSearchParams({ company: String(DEMO.companyId), ...fields }));

/** Orders a transfer, which then waits for a second factor. */
async function orderTransfer(): Promise<string> {
	const { data } = await http.post('/payments/directbanktransfers', {
		directBankTransfers: [
			{
				amount: 120,
				currencyCode: 'EUR',
				customId: 'R-1',
				recipientBankAccount: 'FI2112345600000785',
				paymentMethod: 'FINNISH_BANK_TRANSFER',
				paymentDate: '2026-10-06',
				recipientNameAndAddress: { name: 'Saaja Oy' },
			},
		],
	});
	return data.transactionIdentifier;
}

describe('Page of the sandbox', () => {
	it('shows the records of the company with HTML escaped', async () => {
		sandbox.backdoor.addInvoice({ counterParty: { counterPartyAddress: { name: '<script>alert(1)</script>' } } });
		const text = await show();
		expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(text).not.toContain('<script>alert');
		for (const title of ['Invoices', 'Ledger receipts', 'Business partners', 'Payments', 'Webhooks', 'Requests'])
			expect(text).toContain(`<h2>${title} <small>`);
		expect(text).toContain('2026-10-01 09:00:0');
	});

	it('shows another company at a separate URL', async () => {
		const { data } = await page.get(`/?company=${DEMO.secondCompanyId}`);
		expect(data).toContain(`<p>${sandbox.world.company(DEMO.secondCompanyId).name}</p>`);
		expect((await page.get('/?company=1')).status).toBe(404);
	});

	it('sends the changing part only after a change', async () => {
		const [, seen] = /seen=(\w+)/.exec(await show()) ?? [];
		const again = () => page.get(`/page/state?company=${DEMO.companyId}&seen=${seen}`);
		expect((await again()).status).toBe(204);
		const { id } = sandbox.backdoor.addInvoice();
		const changed = await again();
		expect(changed.status).toBe(200);
		expect(changed.data).toContain(`<td>${id}</td>`);
	});

	it.each([
		['confirm', 200],
		['reject', 406],
		['expire', 408],
	])('lets a person %s an order that waits for the second factor', async (decision, status) => {
		const transaction = await orderTransfer();
		expect(await show()).toContain(`/confirmations/${transaction}`);
		const answer = await submit(`confirmations/${transaction}`, { decision });
		expect([answer.status, answer.headers.location]).toEqual([303, `/_sandbox/?company=${DEMO.companyId}`]);
		expect(await show()).not.toContain(`/confirmations/${transaction}`);
		expect((await http.get(`/mfatransactionresult/${transaction}`)).status).toBe(status);
	});

	it('sends a payment to the bank and pays it', async () => {
		const payment = [...paymentMap(sandbox.world.company(DEMO.companyId)).values()].find(
			({ status }) => status === 'PAYMENT_QUEUED',
		);
		expect((await submit(`payments/${payment?.id}`, { do: 'send' })).status).toBe(303);
		expect(payment?.status).toBe('PAYMENT_SENT_TO_BANK');
		expect((await submit(`payments/${payment?.id}`, { do: 'pay' })).status).toBe(303);
		expect(payment?.status).toBe('PAID');
		expect((await submit(`payments/${payment?.id}`, { do: 'pay' })).status).toBe(403);
	});

	it('moves the clock to the hour that occurs twice, and then to its second occurrence', async () => {
		const text = () => sandbox.clock.text(sandbox.clock.now());
		await submit('clock', { move: 'day' });
		expect(text()).toMatch(/^2026-10-02T09:00/);
		await submit('clock', { move: 'repeatedHour' });
		const first = sandbox.clock.now();
		expect(text()).toBe('2026-10-25T03:00:00');
		expect((await page.get('/page/clock')).data).toContain('(first occurrence of this hour)');
		await submit('clock', { move: 'repeatedHour' });
		expect([text(), sandbox.clock.now() - first]).toEqual(['2026-10-25T03:00:00', 3_600_000]);
		expect((await page.get('/page/clock')).data).toContain('(second occurrence of this hour)');
		await submit('clock', { move: 'repeatedHour' });
		expect(text()).toBe('2027-10-31T03:00:00');
	});

	it('adds a fault for the chosen requests and clears it', async () => {
		await submit('faults', { do: 'add', kind: 'unavailable', method: 'GET', path: '/products', times: '1' });
		expect(await show()).toContain('503 with Retry-After: 2: GET, /products, 1 times');
		const { status, headers } = await http.get('/products');
		expect([status, headers['retry-after']]).toEqual([503, '2']);
		expect(await show()).toContain('Fault: unavailable');
		expect((await http.get('/products')).status).toBe(200);
		await submit('faults', { do: 'add', kind: 'badGateway', times: '0' });
		await submit('faults', { do: 'clear' });
		expect((await http.get('/products')).status).toBe(200);
	});

	it('shows rejected requests with the reason and without secrets', async () => {
		await http.get('/invoices?size=201');
		const text = await show();
		expect(text).toMatch(/GET \/api\/invoices\?size=201[\s\S]*?<mark>400<\/mark><\/td><td>[^<]*200/);
		const [requests] = /<section id="journal">[\s\S]*<\/section>/.exec(text) ?? [];
		expect(requests).not.toContain(DEMO.client.secret);
	});

	it('shows webhooks and sends deliveries', async () => {
		const received: string[] = [];
		const receiver: Server = createServer((request, response) => {
			received.push(request.url ?? '');
			response.end();
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		try {
			const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
			await http.post('/webhooks', { url, authenticationType: 'NONE', subscriptions: ['PAYMENT_UPDATED'] });
			await page.post(`/companies/${DEMO.companyId}/events`, { eventType: 'PAYMENT_UPDATED', payload: {} });
			expect(await show()).toContain(`<td>${url}</td><td>waiting</td>`);
			await submit('deliveries/1', { do: 'send' });
			expect(await show()).toContain(`<td>${url}</td><td>delivered</td>`);
			expect(received).toEqual(['/hook']);
		} finally {
			await new Promise((resolve) => receiver.close(resolve));
		}
	});

	it('rejects a form sent by another site', async () => {
		const { status } = await page.post('/page/reset', '', {
			headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
		});
		expect(status).toBe(403);
		expect((await http.get('/products')).status).toBe(200);
	});

	it('restores the initial state', async () => {
		const { id } = sandbox.backdoor.addInvoice();
		await submit('reset');
		expect(await show()).not.toContain(`<td>${id}</td>`);
		expect((await http.get('/products')).status).toBe(401);
	});
});

/** Colours of the text and the background behind it, as numbers from 0 (black) to 255. */
const brightness = (one: Page) =>
	one.evaluate(() => {
		const style = getComputedStyle(document.documentElement);
		return [style.color, style.backgroundColor].map((colour) => {
			const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map(Number);
			return (red + green + blue) / 3;
		});
	});

(existsSync(chromiumPath) ? describe : describe.skip)('Page of the sandbox in a browser', () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
	});
	afterAll(() => browser.close());

	it('shows changes and lets a person confirm without a reload', async () => {
		const one = await browser.newPage();
		const problems: string[] = [];
		one.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
		one.on('pageerror', (error) => problems.push(error.message));
		await one.goto(`${sandbox.url}/`);
		await one.getByLabel('Path').fill('/products');
		const transaction = await orderTransfer();
		await one.getByRole('button', { name: 'Confirm', exact: true }).click();
		await one.getByText('Nothing is waiting.').waitFor();
		expect((await http.get(`/mfatransactionresult/${transaction}`)).status).toBe(200);
		expect(await one.getByLabel('Path').inputValue()).toBe('/products');
		await one.getByRole('button', { name: 'Forward 1 day' }).click();
		await one.getByText('2026-10-02 09:0').waitFor();
		await one.getByRole('button', { name: 'Add fault' }).click();
		await one.getByText('Respond 3 seconds late: any method, /products').waitFor();
		expect(problems).toEqual([]);
		await one.close();
	});

	it('is readable in light and dark mode', async () => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const one = await browser.newPage({ colorScheme });
			await one.goto(`${sandbox.url}/`);
			const [text, background] = await brightness(one);
			expect(Math.abs(text - background)).toBeGreaterThan(120);
			expect(background > 128).toBe(colorScheme === 'light');
			await one.close();
		}
	});
});
