import axios, { type AxiosInstance } from 'axios';

import { demoInvoice, login } from './client';
import { DEMO, type Sandbox } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let admin: AxiosInstance;

useSandbox((given) => ({ sandbox, http: admin } = given));

describe('Faults on demand', () => {
	it('affect the given method and path, the given number of times, after the given number of requests', async () => {
		sandbox.faults.add({
			kind: 'unavailable',
			retryAfter: 2,
			method: 'GET',
			path: '/invoices/{invoiceId}',
			times: 2,
			after: 1,
		});
		expect((await admin.get('/invoices')).status).toBe(200);
		const statuses: number[] = [];
		for (let count = 0; count < 4; count++) statuses.push((await admin.get('/invoices/100001')).status);
		expect(statuses).toEqual([200, 503, 503, 200]);
		expect(sandbox.journal.entries.filter(({ fault }) => fault === 'unavailable')).toHaveLength(2);
	});

	it('affect every matching path until they are cleared if times is 0', async () => {
		sandbox.faults.add({ kind: 'status', status: 418, path: '/invoices/*/comments', times: 0 });
		const { id } = demoInvoice(sandbox, 'PURCHASE_INVOICE', 'RECEIVED');
		for (const one of [id, 1]) expect((await admin.get(`/invoices/${one}/comments`)).status).toBe(418);
		expect((await admin.get(`/invoices/${id}`)).status).toBe(200);
		sandbox.faults.clear();
		expect((await admin.get(`/invoices/${id}/comments`)).status).toBe(200);
	});

	it.each([
		[{ kind: 'unauthorized' } as const, 401, undefined],
		[{ kind: 'tooManyRequests' } as const, 429, undefined],
		[{ kind: 'tooManyRequests', retryAfter: 3 } as const, 429, '3'],
		[
			{ kind: 'unavailable', retryAfter: 'Thu, 01 Oct 2026 06:00:05 GMT' } as const,
			503,
			'Thu, 01 Oct 2026 06:00:05 GMT',
		],
	])('%o returns an error in the form of the API', async (fault, status, retryAfter) => {
		sandbox.faults.add(fault);
		const answer = await admin.get('/sessioninfo');
		expect(answer.status).toBe(status);
		expect(answer.data.errors[0].status).toBe(status);
		expect(answer.headers['retry-after']).toBe(retryAfter);
	});

	it.each([
		['badGateway', 502],
		['gatewayTimeout', 504],
		['htmlError', 500],
	] as const)('%s returns an HTML page with status %i', async (kind, status) => {
		sandbox.faults.add({ kind });
		const answer = await admin.get('/sessioninfo');
		expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html']);
		expect(answer.data).toContain('<html>');
	});

	it('cut the connection before or after a write takes effect', async () => {
		const item = { codeName: 'Oulu' };
		const items = async () => (await admin.get('/dimensions/1')).data.items.length;
		const before = await items();
		sandbox.faults.add({ kind: 'cutBefore', method: 'POST' });
		await expect(admin.post('/dimensions/1/items', item)).rejects.toThrow();
		expect(await items()).toBe(before);
		sandbox.faults.add({ kind: 'cutAfter', method: 'POST' });
		await expect(admin.post('/dimensions/1/items', item)).rejects.toThrow();
		expect(await items()).toBe(before + 1);
	});

	it('delay a response, or send its body slowly but completely', async () => {
		sandbox.faults.add({ kind: 'latency', ms: 200 });
		await expect(admin.get('/sessioninfo', { timeout: 50 })).rejects.toThrow('timeout');
		sandbox.faults.add({ kind: 'slowBody', ms: 300 });
		await expect(admin.get('/coa', { signal: AbortSignal.timeout(100) })).rejects.toThrow('canceled');
		sandbox.faults.add({ kind: 'slowBody', ms: 50 });
		const slow = await admin.get('/coa');
		expect(slow.data.ledgerAccounts.length).toBeGreaterThan(50);
	});

	it('redirect to another host', async () => {
		sandbox.faults.add({ kind: 'redirect', location: 'http://127.0.0.1:1/api/sessioninfo' });
		const answer = await admin.get('/sessioninfo');
		expect([answer.status, answer.headers.location]).toEqual([302, 'http://127.0.0.1:1/api/sessioninfo']);
	});

	it('also affect the token call', async () => {
		sandbox.faults.add({ kind: 'htmlError', path: '/oauth/token' });
		await expect(login(sandbox)).resolves.toBeDefined();
		expect(sandbox.journal.to('requestToken').map(({ status }) => status)).toEqual([200, 500]);
	});
});

describe('Rate limit', () => {
	it('rejects and counts the requests over the limit', async () => {
		sandbox.faults.rateLimit = { requests: 5, windowMs: 60_000, retryAfter: 1 };
		const answers = await Promise.all(Array.from({ length: 8 }, () => admin.get('/sessioninfo')));
		expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
		expect(answers.find(({ status }) => status === 429)?.headers['retry-after']).toBe('1');
		expect(sandbox.faults.violations).toBe(3);
	});

	it('is off by default', async () => {
		// More than both limits of the switch allow: 60 a second and 90 a minute.
		const answers = await Promise.all(Array.from({ length: 100 }, () => admin.get('/sessioninfo')));
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		expect(sandbox.faults.violations).toBe(0);
	});

	it('only counts if rejection is off, and forgets requests outside the window', async () => {
		sandbox.faults.rateLimit = { requests: 2, windowMs: 40, refuse: false };
		// A frozen clock keeps the requests within the window, however slow the machine is.
		let now = performance.now();
		const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
		try {
			for (let count = 0; count < 5; count++) expect((await admin.get('/sessioninfo')).status).toBe(200);
			expect(sandbox.faults.violations).toBe(3);
			now += 41;
			await admin.get('/sessioninfo');
			expect(sandbox.faults.violations).toBe(3);
		} finally {
			clock.mockRestore();
		}
	});
});

describe('Late records', () => {
	it('appear in lists and by ID only after the delay, while newer records appear at once', async () => {
		sandbox.faults.late.push({ register: 'invoices', delayMs: 60_000, times: 1 });
		const late = sandbox.backdoor.addInvoice().id;
		const prompt = sandbox.backdoor.addInvoice().id;
		const newest = async () => (await admin.get('/invoices?size=2')).data.results.map(({ id }: { id: number }) => id);
		expect(prompt).toBeGreaterThan(late);
		expect((await newest())[0]).toBe(prompt);
		expect(await newest()).not.toContain(late);
		expect((await admin.get(`/invoices/${late}`)).status).toBe(404);
		sandbox.clock.advance(60_000);
		expect(await newest()).toEqual([prompt, late]);
		expect((await admin.get(`/invoices/${late}`)).status).toBe(200);
	});
});

describe('Admin API', () => {
	const steer = () => axios.create({ baseURL: `${sandbox.url}/_sandbox`, validateStatus: () => true });

	it('sets switches and rejects unknown switches and values', async () => {
		expect((await steer().patch('/switches', { totalCount: 'absent' })).status).toBe(200);
		expect((await admin.get('/invoices?size=1')).data.meta).toEqual({ pageNumber: 0, pageSize: 1, resultCount: 1 });
		expect((await steer().patch('/switches', { noSuchSwitch: true })).status).toBe(400);
		expect((await steer().patch('/switches', { totalCount: 'sometimes' })).status).toBe(400);
		expect((await steer().get('/switches')).data.table.totalCount.no).toBe(10);
	});

	it('sets faults and the clock, revokes tokens and keys, and changes company settings', async () => {
		const http = steer();
		await http.post('/faults', { kind: 'badGateway' });
		expect((await admin.get('/sessioninfo')).status).toBe(502);
		await http.put('/clock', { now: '2026-12-24T18:00:00' });
		await http.put('/clock', { advanceMs: 90_000 });
		expect((await http.get('/clock')).data).toMatchObject({ now: '2026-12-24T18:01:30', flowing: false });
		admin = await login(sandbox);
		await http.post('/tokens/revoke', {});
		expect((await admin.get('/sessioninfo')).status).toBe(401);
		await http.post(`/keys/${DEMO.keys.admin}/revoke`, {});
		admin = await login(sandbox);
		expect((await admin.get('/sessioninfo')).status).toBe(401);
		await http.patch(`/companies/${DEMO.companyId}/settings`, { apiAllowed: false });
		expect((await (await login(sandbox, 'sales')).get('/sessioninfo')).status).toBe(401);
		await http.post('/reset', {});
		expect((await (await login(sandbox)).get('/sessioninfo')).status).toBe(200);
	});

	it('adds, changes and deletes records outside the public API', async () => {
		const http = steer();
		const at = `/companies/${DEMO.companyId}`;
		const made = (
			await http.post(`${at}/invoices`, { fields: { type: 'PURCHASE_INVOICE', originalInvoiceNumber: 'X1' } })
		).data;
		expect((await admin.get(`/invoices/${made.id}`)).data).toMatchObject({
			type: 'PURCHASE_INVOICE',
			status: 'RECEIVED',
			originalInvoiceNumber: 'X1',
		});
		await http.patch(`${at}/records/invoices/${made.id}`, { status: 'VERIFIED' });
		const { data } = await admin.get(`/invoices/${made.id}`);
		expect([data.status, data.version]).toEqual(['VERIFIED', '2026-10-01T09:00:02']);
		await http.delete(`${at}/records/invoices/${made.id}`);
		expect((await admin.get(`/invoices/${made.id}`)).status).toBe(404);
		const journal = (await http.post(`${at}/journals`, { fields: { name: 'Kassa' } })).data;
		expect((await admin.get(`/ledgerreceipts/${journal.id}`)).data).toMatchObject({ name: 'Kassa', type: 'JOURNAL' });
		expect((await http.patch(`${at}/records/nonsense/1`, {})).status).toBe(400);
	});
});
