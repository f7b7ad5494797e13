import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Books, useBooks } from '../invoice/state';
import { type Bench, type RunMore } from '../support';

let bench: Bench;
let books: Books;
useBooks((given) => ({ bench, books } = given));

const parameters = (additionalFields: INodeParameters): INodeParameters => ({
	name: '={{ $json.name ?? "Päivän myynti" }}',
	receiptDate: '2026-10-01',
	vatType: 'SALES',
	specifyRows: 'json',
	transactionsJson: '={{ $json.rows }}',
	additionalFields,
});
const run = async (rows: IDataObject[], additionalFields: INodeParameters = {}, more: RunMore = {}) =>
	await bench.run('ledgerReceipt', 'create', parameters(additionalFields), { items: [{ rows }], ...more });
const made = async (rows: IDataObject[], additionalFields: INodeParameters = {}) =>
	(await bench.json('ledgerReceipt', 'create', parameters(additionalFields), { items: [{ rows }] }))[0];
const entry = (account: string, accountingValue: number, vatPercent = 0) => ({
	account,
	accountingValue,
	vatPercent,
});

describe('Balance Automatically', () => {
	it.each([
		[[entry('1910', 1000), entry('1900', -900)], '100.00'],
		[[entry('1910', 10), entry('1900', -9.9)], '0.10'],
		[[entry('1910', 90), entry('1900', -100)], '-10.00'],
		[[entry('1910', 125.5), entry('3000', -90, 25.5)], '12.55'],
	])('refuses a difference above 0.05 with the rows %j', async (rows, difference) => {
		const { error } = await run(rows, { createReconciliation: true });
		expect(error?.message).toBe(
			`Transactions do not balance: debit and credit differ by ${difference} with VAT, and 'Balance Automatically' balances at most 0.05`,
		);
		expect(error?.description).toContain("'Balance Limit' can be raised to 1.00");
		expect(bench.sandbox.journal.to('POST /ledgerreceipts')).toEqual([]);
	});

	it('posts a difference of a few cents and reports it', async () => {
		const { id, done } = await made([entry('1910', 10), entry('1900', -9.96)], { createReconciliation: true });
		expect(done).toContain('balanced with -0.04 on account 8450');
		expect(books.receipt(id).transactions.at(-1)).toMatchObject({ account: '8450', accountingValue: -0.04 });
	});

	it('accepts a higher limit, up to 1.00', async () => {
		const rows = [entry('1910', 10), entry('1900', -9.5)];
		expect((await made(rows, { createReconciliation: true, balanceLimit: 0.5 })).done).toContain(
			'balanced with -0.50 on account 8450',
		);
		const { error } = await run(rows, { createReconciliation: true, balanceLimit: 2 });
		expect(error?.message).toContain('Balance Limit');
	});
});

describe('Amounts Include VAT', () => {
	it('adds a row for the rounding difference, and finds the journal again', async () => {
		// No net amount with its VAT of 25.5 % is 0.07: 0.05 has 0.01 of VAT.
		const rows = [entry('3000', -10.01, 25.5), entry('3000', -0.07, 25.5), entry('1900', 10.08)];
		const first = await made(rows, { amountsIncludeVat: true });
		expect(books.receipt(first.id).transactions).toMatchObject([
			{ accountingValue: -7.98 },
			{ accountingValue: -0.05 },
			{ accountingValue: 10.08 },
			{ transactionType: 'RECONCILIATION_ENTRY', account: '8450', accountingValue: -0.01 },
		]);
		expect(await made(rows, { amountsIncludeVat: true })).toMatchObject({ id: first.id, wasCreated: false });
	});

	it('creates 40 daily journals with three VAT rates once each, with exact VAT', async () => {
		const items = Array.from({ length: 40 }, (_, day) => {
			const sales = [25.5, 13.5, 10].map(
				(rate, index) => [rate, ((day * 7919 + index * 104_729) % 90_000) + 7] as const,
			);
			const cash = sales.reduce((total, [, gross]) => total + gross, 0);
			const rows = sales.map(([rate, gross]) => entry('3000', -gross / 100, rate));
			return { name: `Päivä ${day}`, rows: [...rows, entry('1900', cash / 100)] };
		});
		const create = async () =>
			(await bench.json('ledgerReceipt', 'create', parameters({ amountsIncludeVat: true }), { items })).map(
				({ wasCreated }) => wasCreated,
			);
		expect(new Set(await create())).toEqual(new Set([true]));
		expect(new Set(await create())).toEqual(new Set([false]));
		for (const { name, rows } of items) {
			const [{ transactions }] = books.journals(name);
			for (const [index, { accountingValue, vatPercent }] of rows.entries()) {
				const rate = vatPercent / 100;
				const right = Math.round((Math.abs(accountingValue) * 100 * rate) / (1 + rate));
				expect(Math.round(Math.abs(transactions[index].accountingValue) * 100 * rate + 1e-9)).toBe(right);
			}
		}
	});

	it('refuses a journal that does not balance', async () => {
		const { error } = await run([entry('3000', -10, 25.5), entry('1900', 9.99)], { amountsIncludeVat: true });
		expect(error?.message).toBe('Transactions do not balance: debit and credit differ by -0.01 with VAT');
	});
});
