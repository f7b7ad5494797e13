import type { AxiosInstance } from 'axios';

import { login } from './client';
import { DEMO, type Sandbox, smallestInvoice, smallestJournal } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let users: Record<'admin' | 'sales' | 'viewer' | 'approver' | 'nobody', AxiosInstance>;

useSandbox((given) => ({ sandbox } = given));
beforeEach(async () => {
	const names = ['admin', 'sales', 'viewer', 'approver', 'nobody'] as const;
	users = Object.fromEntries(
		await Promise.all(names.map(async (name) => [name, await login(sandbox, name)])),
	) as typeof users;
});

const typesOf = async (http: AxiosInstance, path: string) =>
	[...new Set((await http.get(`${path}?size=200`)).data.results.map(({ type }: { type: string }) => type))].sort();
const invoice = () => smallestInvoice(sandbox.world.company(DEMO.companyId), '2026-10-01');

describe('Check of user rights', () => {
	it('returns identity and rights to every user', async () => {
		for (const [name, http] of Object.entries(users)) {
			expect((await http.get('/sessioninfo')).status).toBe(200);
			const { rights, role } = (await http.get('/users/rights')).data;
			expect(rights.sales.customerRegister).toBe(
				{ admin: 'ALL_RIGHTS', sales: 'ALL_RIGHTS', viewer: 'VIEWING_RIGHTS' }[name] ?? 'NO_ACCESS',
			);
			expect(role === 'API_LOGIN_ONLY').toBe(name === 'viewer');
		}
	});

	it('limits lists to the records that the user may see', async () => {
		expect(await typesOf(users.sales, '/invoices')).toEqual(['SALES_INVOICE', 'SALES_ORDER']);
		expect(await typesOf(users.sales, '/ledgerreceipts')).toEqual(['SALES_INVOICE', 'SALES_ORDER']);
		expect(await typesOf(users.sales, '/businesspartners')).toEqual(['CUSTOMER']);
		expect(await typesOf(users.sales, '/products')).toEqual(['SALES']);
		expect(await typesOf(users.approver, '/invoices')).toEqual([
			'BILL_OF_CHARGES',
			'PURCHASE_INVOICE',
			'PURCHASE_ORDER',
			'TRAVEL_INVOICE',
		]);
		expect(await typesOf(users.viewer, '/invoices')).toEqual(await typesOf(users.admin, '/invoices'));
	});

	it('rejects single records that the user may not see, and omits them from batch reads', async () => {
		const purchase = (await users.admin.get('/invoices?types=PURCHASE_INVOICE&size=1')).data.results[0].id;
		const sale = (await users.admin.get('/invoices?types=SALES_INVOICE&size=1')).data.results[0].id;
		expect((await users.sales.get(`/invoices/${purchase}`)).status).toBe(403);
		expect((await users.sales.get(`/invoices/${purchase},${sale}`)).data.map(({ id }: { id: number }) => id)).toEqual([
			sale,
		]);
		expect((await users.sales.get('/businesspartners/511')).status).toBe(403);
		expect((await users.sales.get('/products/310')).status).toBe(403);
		const receipt = (await users.admin.get('/ledgerreceipts?types=SALARY&size=1')).data.results[0].id;
		expect((await users.sales.get(`/ledgerreceipts/${receipt}`)).status).toBe(403);
	});

	it('returns 403 for a missing right if the contract lists 403, and empty data otherwise', async () => {
		for (const path of ['/invoices', '/products', '/dimensions', '/company', '/journals', '/businesspartners/groups']) {
			const { status, data } = await users.nobody.get(path);
			expect([path, status]).toEqual([path, 403]);
			expect(data.errors[0].status).toBe(403);
		}
		expect((await users.nobody.get('/ledgerreceipts')).data).toEqual({
			results: [],
			meta: { pageNumber: 0, pageSize: 50, resultCount: 0, totalCount: 0 },
		});
		expect((await users.nobody.get('/businesspartners')).data.results).toEqual([]);
		expect((await users.nobody.get('/coa')).data).toEqual({ ledgerAccounts: [] });
		expect((await users.nobody.get('/fiscalyears')).data).toEqual({ fiscalYears: [] });
	});

	it('returns an empty list for a missing right if the switch is on', async () => {
		sandbox.switches.missingRightShowsAsEmpty = true;
		expect((await users.nobody.get('/invoices')).data.results).toEqual([]);
		expect((await users.nobody.get('/dimensions')).data).toEqual([]);
		expect((await users.nobody.get('/journals')).data).toEqual([]);
		expect((await users.nobody.get('/company')).status).toBe(403);
		expect((await users.sales.get('/dimensions')).data).toEqual([]);
		expect((await users.nobody.post('/invoices', invoice())).status).toBe(403);
	});

	it('rejects writes without the editing right', async () => {
		expect((await users.viewer.post('/invoices', invoice())).status).toBe(403);
		expect((await users.viewer.post('/ledgerreceipts', smallestJournal('2026-10-01'))).status).toBe(403);
		expect((await users.viewer.put('/dimensions/1', { name: 'x' })).status).toBe(403);
		expect((await users.viewer.delete('/products/301')).status).toBe(403);
		expect((await users.viewer.put('/fiscalyears/4/trackingPeriods/44', { status: 'PENDING' })).status).toBe(403);
		expect((await users.sales.post('/invoices', invoice())).status).toBe(200);
		expect((await users.sales.post('/invoices', { ...invoice(), type: 'PURCHASE_INVOICE' })).status).toBe(403);
		expect((await users.sales.post('/ledgerreceipts', smallestJournal('2026-10-01'))).status).toBe(403);
	});

	it('requires separate rights for invoice steps, and returns 404 without them for reject and notes', async () => {
		const { id } = sandbox.backdoor.addInvoice({}, { status: 'SENT' });
		expect(
			(
				await users.sales.put(`/invoices/${id}/paymentevents/markpaid`, {
					paymentDate: '2026-10-01',
					amount: 1,
					currency: 'EUR',
				})
			).status,
		).toBe(403);
		expect((await users.sales.put(`/invoices/${id}/send`)).status).toBe(200);
		const purchase = sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }).id;
		expect((await users.sales.put(`/invoices/${purchase}/reject`, {})).status).toBe(404);
		expect((await users.viewer.put(`/invoices/${purchase}/notes`, { notes: 'x' })).status).toBe(403);
		expect((await users.sales.put(`/invoices/${purchase}/notes`, { notes: 'x' })).status).toBe(404);
	});

	it('hides the invoices of others if the user is limited to their own', async () => {
		const user = sandbox.world.company(DEMO.companyId).users.get(1002);
		if (!user) throw new Error('no user');
		const all = (await users.sales.get('/invoices?size=200')).data.results;
		user.rights.sales.personalSalesInvoicesOnly = true;
		const own = (await users.sales.get('/invoices?size=200')).data.results;
		expect(own.length).toBeGreaterThan(0);
		expect(own.length).toBeLessThan(all.length);
		expect(own.every(({ creatorId }: { creatorId: number }) => creatorId === 1002)).toBe(true);
	});
});
