import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

const account = {
	iban: 'FI21 1234 5600 0007 85',
	currency: 'EUR',
	ledgerAccount: byId(1910),
	status: 'ACTIVE',
	defaultForInvoice: false,
	defaultForPayment: false,
	showAccountOnInvoice: true,
	allowPayments: true,
	allowForeignPayments: false,
};

describe('Bank account', () => {
	it('is created, found, updated without losing other fields, and deactivated', async () => {
		const [added] = await bench.json('bankAccount', 'create', { ...account, additionalFields: { bankName: 'Nordea' } });
		expect(added).toMatchObject({
			iban: 'FI2112345600000785',
			bic: 'NDEAFIHH',
			bankName: 'Nordea',
			ledgerAccount: '1910',
		});
		const bankAccountId = byId(added.id);

		const [changed] = await bench.json('bankAccount', 'update', {
			bankAccountId,
			updateFields: { bankName: 'Nordea Bank', orderNo: 9 },
			simple: false,
		});
		expect(changed).toMatchObject({
			bankName: 'Nordea Bank',
			orderNo: 9,
			showAccountOnInvoice: true,
			allowPayments: true,
			iban: 'FI2112345600000785',
		});

		const [read] = await bench.json('bankAccount', 'get', { bankAccountId, simple: false });
		expect(read).toEqual(changed);
		const all = await bench.json('bankAccount', 'getAll', { returnAll: true });
		expect(all.map(({ iban }) => iban)).toContain('FI2112345600000785');
		expect(Object.keys(all[0]).length).toBeLessThanOrEqual(10);

		await bench.json('bankAccount', 'update', { bankAccountId, updateFields: { status: 'INACTIVE' } });
		expect(await bench.json('bankAccount', 'get', { bankAccountId, simple: false })).toMatchObject([
			{ status: 'INACTIVE', allowPayments: false },
		]);
	});

	it("is listed in the company's own order if that sort order is chosen", async () => {
		const orders = async (sort: string) =>
			(await bench.json('bankAccount', 'getAll', { returnAll: true, simple: false, sort })).map(
				({ orderNo }) => orderNo,
			);
		expect(await orders('orderByOrderNo:DESC')).toEqual([3, 2, 1]);
		expect(await orders('orderByOrderNo:ASC')).toEqual([1, 2, 3]);
	});

	it('is not created with a mistyped IBAN, and reports a concurrent change', async () => {
		const wrong = await bench.run('bankAccount', 'create', { ...account, iban: 'FI2112345600000786' });
		expect(wrong.error?.message).toContain('IBAN');
		expect(bench.sandbox.journal.to('POST /bankaccounts')).toEqual([]);

		bench.sandbox.faults.add({
			kind: 'status',
			method: 'PUT',
			path: '/bankaccounts/{id}',
			status: 400,
			body: { errors: [{ status: 400, field: 'version', message: 'The record has been changed by someone else.' }] },
		});
		const late = await bench.run('bankAccount', 'update', { bankAccountId: byId(11), updateFields: { bankName: 'X' } });
		expect(late.error).toMatchObject({
			message: 'Somebody else changed bank account 11 at the same moment, so nothing was saved',
			description: expect.stringContaining('Run it again'),
		});
	});

	it('is shown with its bank in the picker', async () => {
		const { results } = await bench.engine.listSearch('searchCompanyBankAccount', {
			type: 'procountor',
			parameters: { resource: 'bankAccount', operation: 'get' },
			credentials: { procountorApi: bench.credential() },
		});
		expect(results).toContainEqual({ name: expect.stringContaining('Nordea'), value: 12 });
	});
});
