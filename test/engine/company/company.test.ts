import { DEMO } from '../../sandbox';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

describe('Company', () => {
	it('returns the company, the session and the status of the API', async () => {
		expect((await bench.json('company', 'get'))[0]).toMatchObject({
			id: DEMO.companyId,
			name: 'Koivurannan Kahvitukku Oy',
			companyCurrency: 'EUR',
		});
		expect((await bench.json('company', 'getSession'))[0]).toMatchObject({ companyId: DEMO.companyId, userId: 1001 });
		expect((await bench.json('company', 'getStatus'))[0]).toMatchObject({ status: 'OK' });
	});

	it('updates the address and keeps all other fields', async () => {
		const [before] = await bench.json('company', 'get', { simple: false });
		await bench.json('company', 'update', { updateFields: { street: 'Satamakuja 6', country: 'fi' } });
		const [after] = await bench.json('company', 'get', { simple: false });
		expect(after).toEqual({
			...before,
			companyAddress: { ...(before.companyAddress as object), street: 'Satamakuja 6' },
		});
	});

	it('refuses a business ID with a wrong check digit', async () => {
		const { error } = await bench.run('company', 'update', {
			updateFields: { bodyJson: '{"businessIdentifier":{"brnType":"FI","code":"2345670-6"}}' },
		});
		expect(error?.message).toMatch(/is not a Finnish business ID: its check digit should be 5/);
		expect(bench.asked()).toEqual([]);
	});

	it("returns the company's settings", async () => {
		expect((await bench.json('company', 'getUsageSettings'))[0]).toMatchObject({
			defaultInvoiceChannel: 'ELECTRONIC_INVOICE',
			accountingByRow: { salesInvoicePosting: true },
		});
		expect((await bench.json('company', 'getCollectionSettings'))[0]).toMatchObject({
			defaultSalesInvoicePaymentTerms: 14,
		});
		expect(await bench.json('company', 'getDeliveryTerms')).toEqual([
			{ deliveryTerm: 'EXW' },
			{ deliveryTerm: 'DAP' },
			{ deliveryTerm: 'FCA' },
		]);
		const [circulation] = await bench.json('company', 'getCirculationSettings');
		expect(circulation).toMatchObject({ useForPurchaseInvoices: true, verifiers: [{ userId: 1004 }] });
		expect(Object.keys(circulation).length).toBeLessThanOrEqual(10);
	});

	it.each(['list', 'object'] as const)('returns all records if Procountor sends one %s', async (form) => {
		bench.sandbox.switches.singleReplyForm = form;
		expect(await bench.json('company', 'getEInvoiceAddresses')).toHaveLength(1);
		expect((await bench.json('company', 'getEInvoiceAddresses'))[0]).toMatchObject({ operator: 'Maventa' });
		expect((await bench.json('company', 'getInvoiceTemplates')).map(({ name }) => name)).toEqual([
			'Vakiolasku',
			'English invoice',
		]);
	});

	it('returns all circulation lists or one of them', async () => {
		expect(await bench.json('company', 'getVerifierLists')).toEqual([
			{ id: 61, name: 'Ostolaskut', verifiers: [1004], acceptors: [1001] },
		]);
		expect((await bench.json('company', 'getVerifierList', { verifierListId: '61' }))[0]).toMatchObject({
			verifiers: [{ surname: 'Hyväri' }],
		});
		const { error } = await bench.run('company', 'getVerifierList', { verifierListId: '62' });
		expect(error?.message).toBe('Procountor has no such record: circulation list 62');
	});

	it('shows circulation lists in the picker', async () => {
		const { results } = await bench.engine.listSearch('searchVerifierList', {
			type: 'procountor',
			parameters: { resource: 'company', operation: 'getVerifierList' },
			credentials: { procountorApi: bench.credential() },
		});
		expect(results).toEqual([{ name: 'Ostolaskut', value: 61 }]);
	});
});
