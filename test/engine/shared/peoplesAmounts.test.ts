/** Real-life amounts: differences of cents, bank accounts of others, and VAT rates of other years. */
import type { INodeParameters } from 'n8n-workflow';
import { type Books, useBooks } from '../invoice/state';
import { byId, type Bench } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const writes = (): string[] => bench.asked().filter((call) => !call.startsWith('GET'));
const row = { product: 'Kahvi', quantity: 1, unitPrice: 10, vatPercent: 25.5 };
const rowsOf = (rows: unknown): INodeParameters => ({ specifyRows: 'json', invoiceRowsJson: JSON.stringify(rows) });
const sale = (more: INodeParameters = {}): INodeParameters => ({
	counterPartyName: 'Kahvila Oy',
	...rowsOf([row]),
	...more,
});
async function refusal(resource: string, operation: string, parameters: INodeParameters): Promise<string> {
	const { error } = await bench.run(resource, operation, parameters);
	return error ? `${error.message} | ${error.description ?? ''}` : '';
}

describe('Balance Automatically', () => {
	const entry = (account: string, accountingValue: unknown, vatPercent: unknown = 0) => ({
		account,
		accountingValue,
		vatPercent,
	});
	const journal = (rows: unknown[], additionalFields: INodeParameters): INodeParameters => ({
		name: 'Päivän myynti',
		receiptDate: '2026-10-01',
		vatType: 'SALES',
		specifyRows: 'json',
		transactionsJson: JSON.stringify(rows),
		additionalFields,
	});
	const made = async (rows: unknown[], additionalFields: INodeParameters) =>
		(await bench.json('ledgerReceipt', 'create', journal(rows, additionalFields)))[0];
	const refused = async (rows: unknown[], additionalFields: INodeParameters) =>
		await refusal('ledgerReceipt', 'create', journal(rows, additionalFields));
	const cash = (debit: number, credit: number) => [entry('1910', debit), entry('1900', -credit)];
	const balance = { createReconciliation: true };

	it.each<[string, number, number, INodeParameters, string]>([
		['a difference of the whole limit on the debit side', 10.05, 10, {}, '-0.05'],
		['a difference of the whole limit on the credit side', 9.95, 10, {}, '0.05'],
		['a difference within a limit with a comma', 10.1, 10, { balanceLimit: '0,10' }, '-0.10'],
		['a difference of the highest limit', 11, 10, { balanceLimit: 1 }, '-1.00'],
	])('posts %s', async (_what, debit, credit, more, posted) => {
		const { id, done } = await made(cash(debit, credit), { ...balance, ...more });
		expect(done).toContain(`balanced with ${posted} on account 8450`);
		expect(books.receipt(id).transactions.at(-1)).toMatchObject({ accountingValue: Number(posted) });
	});

	it.each<[string, number, number, INodeParameters, string]>([
		['a cent more than the limit', 10.06, 10, {}, 'balances at most 0.05'],
		['a cent more on the credit side', 9.94, 10, {}, 'balances at most 0.05'],
		['a cent with a limit of zero', 10.01, 10, { balanceLimit: 0 }, 'balances at most 0.00'],
		['a cent more than the highest limit', 11.01, 10, { balanceLimit: 1 }, 'balances at most 1.00'],
		['a negative limit', 10, 10, { balanceLimit: -0.05 }, 'Balance Limit'],
		['a limit above the highest', 10, 10, { balanceLimit: 1.01 }, 'Balance Limit'],
		['a limit that is not a number', 10, 10, { balanceLimit: 'abc' }, 'Balance Limit'],
	])('refuses %s', async (_what, debit, credit, more, message) => {
		expect(await refused(cash(debit, credit), { ...balance, ...more })).toContain(message);
		expect(writes()).toEqual([]);
	});

	it('posts no difference if debit and credit are equal', async () => {
		const { id, done } = await made(cash(10, 10), balance);
		expect(String(done)).not.toContain('balanced');
		expect(books.receipt(id).transactions).toHaveLength(2);
	});

	it.each<[string, unknown[], number[]]>([
		[
			'a day with returns',
			[entry('3000', -100.07, 25.5), entry('3000', 20.03, 25.5), entry('3010', -13.99, 13.5), entry('1900', 94.03)],
			[20.33, -4.07, 1.66],
		],
		[
			'a day with returns only',
			[entry('3000', 20.03, 25.5), entry('3010', 13.99, 13.5), entry('1900', -34.02)],
			[-4.07, -1.66],
		],
		[
			'amounts as Finnish systems write them',
			[entry('3000', '−100,07', '25,5 %'), entry('1900', '50,00 €'), entry('1910', '50,07')],
			[20.33],
		],
		['a day of one cent', [entry('3000', -0.01, 25.5), entry('1900', 0.01)], [0]],
		[
			'rates of two years in one journal',
			[entry('3000', -50.01, 25.5), entry('3010', -33.33, 13.5), entry('3020', -20.2, 10), entry('1900', 103.54)],
			[10.16, 3.96, 1.84],
		],
	])('calculates the VAT of %s to the cent if amounts include VAT', async (_what, rows, vats) => {
		const { id } = await made(rows, { amountsIncludeVat: true });
		const { transactions } = books.receipt(id);
		expect(
			transactions
				.slice(0, vats.length)
				.map(({ accountingValue, vatPercent }) => Math.round(-accountingValue * vatPercent) / 100 + 0),
		).toEqual(vats);
		const rounding = transactions.find(({ transactionType }) => transactionType === 'RECONCILIATION_ENTRY');
		expect(Math.abs(rounding?.accountingValue ?? 0)).toBeLessThanOrEqual(vats.length / 100);
	});

	it('balances amounts that include VAT up to the limit', async () => {
		const day = (paid: number) => [entry('3000', -10, 25.5), entry('1900', paid)];
		const both = { amountsIncludeVat: true, ...balance };
		expect(String((await made(day(9.97), both)).done)).toContain('balanced with 0.03 on account 8450');
		expect(await refused(day(9.94), both)).toContain('balances at most 0.05');
	});
});

describe('Bank account of a sales document', () => {
	const stranger = 'DE89370400440532013000';
	const own = async (): Promise<string> =>
		String((await bench.json('bankAccount', 'getAll', { sort: 'orderById:ASC', simple: false }))[0].iban);
	const inFours = (iban: string): string => iban.replace(/(.{4})/g, '$1 ').trim();

	it.each<[string, (iban: string) => string]>([
		['in groups of four', inFours],
		['in lower case', (iban) => iban.toLowerCase()],
		['with no-break spaces', (iban) => inFours(iban).replace(/ /g, '\u00a0')],
		['with its name before it', (iban) => `IBAN ${inFours(iban)}`],
		['with its name and a colon', (iban) => `IBAN: ${iban}`],
		['with spaces around it', (iban) => `  ${iban} `],
	])('is accepted %s and saved without spaces', async (_how, write) => {
		const iban = await own();
		const [{ id }] = await bench.json('invoice', 'create', sale({ additionalFields: { bankAccount: write(iban) } }));
		expect(books.invoice(id).paymentInfo.bankAccount).toMatchObject({ accountNumber: iban });
	});

	const asJson = (accountNumber: string): INodeParameters => ({
		additionalFields: { bodyJson: JSON.stringify({ paymentInfo: { bankAccount: { accountNumber } } }) },
	});
	it.each<[string, string, () => INodeParameters | Promise<INodeParameters>]>([
		['create', 'in groups of four', () => sale({ additionalFields: { bankAccount: inFours(stranger) } })],
		['create', 'in lower case', () => sale({ additionalFields: { bankAccount: stranger.toLowerCase() } })],
		['create', 'as JSON', () => sale(asJson(stranger))],
		['createOrder', 'as JSON', () => sale(asJson(stranger))],
		['createOrder', 'on an offer', () => sale({ additionalFields: { bankAccount: stranger, isOffer: true } })],
		[
			'update',
			'as JSON',
			async () => ({
				invoiceId: byId((await bench.json('invoice', 'create', sale()))[0].id),
				updateFields: asJson(inFours(stranger)).additionalFields,
			}),
		],
	])('is refused by %s if it belongs to somebody else: %s', async (operation, _how, parameters) => {
		const given = await parameters();
		bench.sandbox.journal.clear();
		const message = await refusal('invoice', operation, given);
		expect(message).toContain(`Bank Account (IBAN) is '${stranger}', which is not one of the company's own accounts`);
		expect(message).toContain(await own());
		expect(writes()).toEqual([]);
	});

	it('is copied to the credit of an invoice that a factoring company collects', async () => {
		const [{ id }] = await bench.json(
			'invoice',
			'create',
			sale({ after: 'approve', additionalFields: { bankAccount: stranger, accountOwner: 'other' } }),
		);
		const [credit] = await bench.json('invoice', 'credit', { invoiceId: byId(id), after: 'unfinished' });
		expect(books.invoice(credit.id).paymentInfo.bankAccount).toMatchObject({ accountNumber: stranger });
	});

	it('is kept by an update of other fields of a factored invoice', async () => {
		const [{ id }] = await bench.json(
			'invoice',
			'create',
			sale({ additionalFields: { bankAccount: stranger, accountOwner: 'other' } }),
		);
		await bench.json('invoice', 'update', { invoiceId: byId(id), updateFields: { notes: 'Soita ensin' } });
		expect(books.invoice(id).paymentInfo.bankAccount).toMatchObject({ accountNumber: stranger });
	});

	it('is not checked on a purchase order', async () => {
		const [{ id }] = await bench.json(
			'invoice',
			'createOrder',
			sale({
				date: '2026-10-01',
				orderType: 'PURCHASE_ORDER',
				additionalFields: { bankAccount: stranger, dueDate: '2026-10-15' },
			}),
		);
		expect(books.invoice(id).type).toBe('PURCHASE_ORDER');
	});
});

describe('VAT rate', () => {
	const day = '2026-10-01';
	const withRate = (vatPercent: unknown) => rowsOf([{ ...row, vatPercent }]);
	const documents: Array<[string, string, string, (rate: unknown) => INodeParameters | Promise<INodeParameters>]> = [
		['a sales invoice', 'invoice', 'create', (rate) => sale({ date: day, ...withRate(rate) })],
		['an order', 'invoice', 'createOrder', (rate) => sale({ date: day, ...withRate(rate) })],
		[
			'a bill',
			'invoice',
			'createPurchase',
			(rate) =>
				sale({
					date: day,
					...withRate(rate),
					additionalFields: { bankAccount: 'FI2112345600000785', dueDate: '2026-10-15' },
				}),
		],
		[
			'an expense claim',
			'invoice',
			'createExpenseClaim',
			(rate) => ({ partnerId: byId(books.partner('9001')), date: day, ...withRate(rate) }),
		],
		[
			'a travel invoice',
			'invoice',
			'createTravelInvoice',
			(rate) => ({
				partnerId: byId(books.partner('9001')),
				date: day,
				...rowsOf([{ productCode: 'PR-2026', quantity: 1, vatPercent: rate }]),
			}),
		],
		[
			'an update of an invoice',
			'invoice',
			'update',
			async (rate) => ({
				invoiceId: byId((await bench.json('invoice', 'create', sale({ date: day })))[0].id),
				updateFields: {
					invoiceRows: JSON.stringify([{ ...row, unit: 'PIECE', discountPercent: 0, vatPercent: rate }]),
				},
			}),
		],
		[
			'a journal',
			'ledgerReceipt',
			'create',
			(rate) => ({
				name: `ALV ${String(rate)}`,
				receiptDate: day,
				vatType: 'SALES',
				specifyRows: 'json',
				transactionsJson: JSON.stringify([
					{ account: '3000', accountingValue: -100, vatPercent: rate },
					{
						account: '1910',
						accountingValue: 100 + Number(String(rate).replace(',', '.').replace('%', '')),
						vatPercent: 0,
					},
				]),
			}),
		],
	];
	const earlier = documents.flatMap(([name, resource, operation, parameters]) =>
		[24, '14 %', 10, '13,5', 25.5].map((rate) => [name, rate, resource, operation, parameters] as const),
	);

	it.each(earlier)(
		'is sent in %s if Procountor accepts it: %s',
		async (_name, rate, resource, operation, parameters) => {
			bench.sandbox.switches.oldVatRates = 'accepted';
			const given = await parameters(rate);
			bench.sandbox.journal.clear();
			expect(await refusal(resource, operation, given)).toBe('');
			const sent = bench.sandbox.journal.entries
				.filter(
					({ method, contractPath }) => method !== 'GET' && /^\/(invoices|ledgerreceipts)/.test(String(contractPath)),
				)
				.map(({ body }) => JSON.stringify(body))
				.join();
			expect(sent).toContain(`"vatPercent":${String(rate).replace(',', '.').replace(' %', '')}`);
		},
	);

	it.each(documents)(
		'is rejected in %s with a message that shows where to enable it',
		async (_name, resource, operation, parameters) => {
			const given = await parameters(24);
			bench.sandbox.journal.clear();
			expect(await refusal(resource, operation, given)).toContain('Used VAT percentages');
			expect(writes().length).toBeGreaterThan(0);
		},
	);

	it.each([255, 0.24, 2400, '25.55', '-24', 'ALV'])(
		'is refused before sending if it is not plausible: %s',
		async (rate) => {
			bench.sandbox.switches.oldVatRates = 'accepted';
			expect(await refusal('invoice', 'create', sale({ date: day, ...withRate(rate) }))).toContain('Row 1, VAT %');
			expect(writes()).toEqual([]);
		},
	);

	it.each([24, 14, 10, 13.5])('is accepted in an import file of invoices: %s', async (vatPercent) => {
		const { error } = await bench.run(
			'importFile',
			'create',
			{ fileType: 'invoices' },
			{
				items: [
					{
						json: {
							type: 'SALES_INVOICE',
							partnerName: 'Kahvila Oy',
							date: day,
							invoiceRows: [{ ...row, vatPercent }],
						},
					},
				],
			},
		);
		expect(error?.message ?? '').toBe('');
	});

	it.each([24, '14 %', 10, '13,5', 25.5])('is accepted in an import file of products: %s', async (vat) => {
		const [file] = (
			await bench.run(
				'importFile',
				'create',
				{ fileType: 'products' },
				{ items: [{ type: 'SALES', name: 'Kahvi', code: 'K1', price: 10, vat }] },
			)
		).items[0];
		const read = await bench.run('importFile', 'read', { fileType: 'products' }, { items: [file] });
		expect(read.items[0][0].json).toMatchObject({
			code: 'K1',
			vat: Number(String(vat).replace(',', '.').replace(' %', '')),
		});
	});
});
