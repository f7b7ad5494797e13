import type { AxiosInstance } from 'axios';

import { login } from './client';
import { DEMO, type Sandbox } from '.';
import { useSandbox } from './hooks';

let sandbox: Sandbox;
let http: AxiosInstance;
let steering: AxiosInstance;

useSandbox((given) => ({ sandbox, http, steering } = given));

const settings = (changes: object) => steering.patch(`/companies/${DEMO.companyId}/settings`, changes);

describe('Own user data', () => {
	const me = (changes: object = {}) => ({
		firstName: 'Aino',
		lastName: 'Koivuranta-Salo',
		email: 'aino@example.fi',
		mobilePhone: '+358401234567',
		...changes,
	});
	const confirm = (transactionIdentifier: string) => steering.post(`/secondfactors/${transactionIdentifier}/confirm`);

	it('changes only after a confirmation and clears omitted fields', async () => {
		const asked = await http.put('/users', me({ street: 'Rantatie 5', zip: '00200', city: 'HELSINKI' }));
		expect(asked.status).toBe(202);
		expect((await http.get('/users')).data.lastName).toBe('Koivuranta');
		await confirm(asked.data.transactionIdentifier);
		expect((await http.put(`/users/${asked.data.transactionIdentifier}/confirm`)).data).toEqual({
			message: 'User was updated.',
		});
		expect((await http.get('/users')).data).toMatchObject({
			lastName: 'Koivuranta-Salo',
			street: 'Rantatie 5',
			username: 'aino.koivuranta',
		});
		const again = await http.put('/users', me());
		await confirm(again.data.transactionIdentifier);
		expect((await http.get('/users')).data.street).toBeUndefined();
		expect((await http.get('/users/profiles/1001')).data).toEqual({ firstname: 'Aino', surname: 'Koivuranta-Salo' });
	});

	it.each([
		['another ID', { id: 1002 }, 'id'],
		['another user name', { username: 'somebody' }, 'username'],
		['an invalid email address', { email: 'aino' }, 'email'],
		['an invalid phone number', { mobilePhone: 'call me' }, 'mobilePhone'],
		['a postal code that is too long', { zip: '123456789' }, 'zip'],
	])('rejects %s', async (_, changes, field) => {
		const { status, data } = await http.put('/users', me(changes));
		expect([status, data.errors[0].field]).toEqual([400, field]);
	});

	it('rejects a change by a user with viewing rights only', async () => {
		expect((await (await login(sandbox, 'viewer')).put('/users', me())).status).toBe(403);
	});
});

describe('Factoring contracts API', () => {
	const contract = (changes: object = {}) => ({
		financingCompany: { id: 'NDR', name: 'Nordea Rahoitus' },
		financingCompanyBankAccount: 'FI2112345600000785',
		contractNumber: 'N-1',
		status: 'ACTIVE',
		...changes,
	});

	it('creates contracts of a Finnish company and finds them by financing company', async () => {
		const { status, data } = await http.post('/factoringcontracts', contract());
		expect(status).toBe(200);
		expect((await http.get('/factoringcontracts')).data.results).toHaveLength(2);
		expect((await http.get('/factoringcontracts', { params: { financingCompanyId: 'NDR' } })).data.results).toEqual([
			data,
		]);
		expect((await http.post('/factoringcontracts', contract({ financingCompanyBankAccount: '123' }))).status).toBe(400);
		const twice = { lang: 'FINNISH', notification: 'Siirretty' };
		expect((await http.post('/factoringcontracts', contract({ transferNotification: [twice, twice] }))).status).toBe(
			400,
		);
		expect((await http.get('/se/factoringcontracts')).status).toBe(403);
	});

	it('serves a Swedish company at a separate path, which returns a single contract', async () => {
		await settings({ country: 'SWEDEN' });
		expect((await http.get('/factoringcontracts')).status).toBe(403);
		expect((await http.get('/se/factoringcontracts')).status).toBe(404);
		const { data } = await http.post('/se/factoringcontracts', {
			financingCompanyName: 'Finans AB',
			financingCompanyBankAccount: '123-4567',
			contractNumber: 'S-1',
		});
		expect(data.status).toBe('ACTIVE');
		expect((await http.get('/se/factoringcontracts')).data).toEqual(data);
	});

	it('returns 403 if the company does not use external financing', async () => {
		await settings({ externalFinancing: false });
		expect((await http.get('/factoringcontracts')).status).toBe(403);
		expect((await http.post('/factoringcontracts', contract())).status).toBe(403);
	});
});

describe('Integrations API', () => {
	const second = DEMO.secondCompanyId;

	it('approves a request and returns a working key of a technical user', async () => {
		const { data: request } = await http.get('/integrations/7001');
		expect(request).toMatchObject({
			integrationId: 'kahvi-kassa',
			companiesToIntegrate: [{ companyId: second, extraInfo: { companyName: 'Meritien Muotoilu Oy' } }],
		});
		const { status, data } = await http.put('/integrations/7001', { approve: [second], reject: [] });
		expect(status).toBe(200);
		const [{ companyId, apiKey }] = data.companiesIntegrated;
		expect(companyId).toBe(second);
		const technical = await login(sandbox, apiKey);
		expect((await technical.get('/sessioninfo')).data.companyId).toBe(second);
		expect((await technical.get('/users/rights')).data.role).toBe('API technical user');
		expect((await http.put('/integrations/7001', { approve: [second], reject: [] })).data).toEqual(data);
		expect((await http.get('/integrations/kahvi-kassa/customers')).data).toEqual([
			{ companyId: DEMO.companyId, integrationVersionStatus: 'APPROVED' },
			{ companyId: second, integrationVersionStatus: 'APPROVED' },
		]);
	});

	it('requires exactly one decision for each company', async () => {
		for (const body of [
			{ approve: [], reject: [] },
			{ approve: [1], reject: [] },
			{ approve: [second], reject: [{ companyId: second, reason: 'No' }] },
		])
			expect((await http.put('/integrations/7001', body)).status).toBe(400);
		expect(
			(await http.put('/integrations/7001', { approve: [], reject: [{ companyId: second, reason: 'Not now' }] })).data
				.companiesIntegrated,
		).toEqual([]);
	});

	it('returns 410 for an expired request, 404 for an unknown one, and customers only to the owner', async () => {
		expect((await http.get('/integrations/7002')).status).toBe(410);
		expect((await http.get('/integrations/7003')).status).toBe(404);
		expect((await http.get('/integrations/other/customers')).status).toBe(403);
		expect((await http.get('/integrations/kahvi-kassa/customers')).data).toHaveLength(1);
		sandbox.switches.singleReplyForm = 'object';
		expect((await http.get('/integrations/kahvi-kassa/customers')).data).toEqual({
			companyId: DEMO.companyId,
			integrationVersionStatus: 'APPROVED',
		});
		await settings({ apiIntegrator: false });
		expect((await http.get('/integrations/7001')).status).toBe(403);
	});
});
