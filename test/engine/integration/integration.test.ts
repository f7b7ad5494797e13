import { DEMO } from '../../sandbox';
import { integrationsOf } from '../../sandbox/records/integrations';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => {
	bench.sandbox.reset();
	const company = bench.sandbox.world.company(DEMO.companyId);
	company.settings.apiIntegrator = true;
	integrationsOf(company).requests.push({
		id: 81,
		integrationId: 'int-1',
		expires: bench.sandbox.clock.now() + 3_600_000,
		initiator: { email: 'saara@example.fi', userFullName: 'Saara Meritie' },
		companyIds: [DEMO.secondCompanyId],
	});
});
afterAll(async () => await bench.close());

describe('Integration', () => {
	it('returns a request, approves its company and lists the company as a customer', async () => {
		expect((await bench.json('integration', 'getRequest', { requestId: '81' }))[0]).toMatchObject({
			integrationId: 'int-1',
			companiesToIntegrate: [{ companyId: DEMO.secondCompanyId }],
		});
		const [answer] = await bench.json('integration', 'answerRequest', {
			requestId: '81',
			approve: String(DEMO.secondCompanyId),
		});
		expect(answer).toMatchObject({
			integrationId: 'int-1',
			companiesIntegrated: [{ companyId: DEMO.secondCompanyId, apiKey: expect.any(String) }],
		});
		expect(await bench.json('integration', 'getCustomers', { integrationId: 'int-1' })).toEqual([
			{ companyId: DEMO.secondCompanyId, integrationVersionStatus: 'APPROVED' },
		]);
	});

	it('rejects a company with a reason', async () => {
		const [answer] = await bench.json('integration', 'answerRequest', {
			requestId: '81',
			reject: { row: [{ companyId: DEMO.secondCompanyId, reason: 'Väärä yritys' }] },
		});
		expect(answer.companiesIntegrated).toEqual([]);
		expect(bench.sandbox.journal.entries.at(-1)?.body).toEqual({
			reject: [{ companyId: DEMO.secondCompanyId, reason: 'Väärä yritys' }],
		});
	});

	it('reports that the companies do not match the request', async () => {
		const { error } = await bench.run('integration', 'answerRequest', { requestId: '81', approve: '1' });
		expect(error?.message).toMatch(/Companies do not match those of the request/);
	});
});
