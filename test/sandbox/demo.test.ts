import { login } from './client';
import { isBusinessId, isIban, isReference } from './finnish';
import { DEMO, type Sandbox, startSandbox } from '.';
import { round2, sum } from './money';
import { accountsOf } from './records/accounts';
import { bankAccounts } from './records/bankaccounts';
import { checkInvoice } from './records/invoices/checks';
import { invoices, sumsOf } from './records/invoices/model';
import { partners } from './records/partners';
import { gross } from './records/receipts/generate';
import { receipts, statusOf } from './records/receipts/model';
import type { Call } from './records/handler';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ checkAnswers: true });
});
afterAll(() => sandbox.close());

const companies = () => [...sandbox.world.companies.values()];
const DRAFTS = ['EMPTY', 'UNSAVED'];

describe('Demo data', () => {
	it('has business IDs, account numbers and references with valid check digits', () => {
		for (const company of companies()) {
			const identifiers = company
				.register(partners)
				.all()
				.flatMap(({ record }) => (record.type === 'PERSON' ? [] : (record.invoicingInfo?.identifier ?? [])));
			expect(identifiers.length).toBeGreaterThan(15);
			expect(identifiers.filter((identifier) => !isBusinessId(identifier))).toEqual([]);
			expect(new Set(identifiers).size).toBe(identifiers.length);
			const ibans = [
				...company
					.register(bankAccounts)
					.all()
					.map(({ record }) => record.iban),
				...company
					.register(partners)
					.all()
					.flatMap(({ record }) => record.paymentInfo.bankAccount ?? []),
				...company
					.register(invoices)
					.all()
					.flatMap(({ record }) => record.paymentInfo.bankAccount?.accountNumber ?? []),
			];
			expect(ibans.length).toBeGreaterThan(20);
			expect(ibans.filter((iban) => !isIban(iban))).toEqual([]);
			const references = company
				.register(invoices)
				.all()
				.flatMap(({ record }) => record.paymentInfo.bankReferenceCode ?? []);
			expect(references.length).toBeGreaterThan(3);
			expect(references.filter((reference) => !isReference(reference))).toEqual([]);
		}
	});

	it('has invoices in every status that pass the checks of the API', () => {
		const company = sandbox.world.company(DEMO.companyId);
		const all = company
			.register(invoices)
			.all()
			.map(({ record }) => record)
			.filter(({ type }) => type !== 'JOURNAL');
		const statuses = [
			'EMPTY',
			'UNFINISHED',
			'NOT_SENT',
			'SENT',
			'RECEIVED',
			'PAID',
			'PAYMENT_DENIED',
			'VERIFIED',
			'APPROVED',
			'INVALIDATED',
			'PAYMENT_QUEUED',
			'PARTLY_PAID',
			'PAYMENT_SENT_TO_BANK',
			'MARKED_PAID',
			'STARTED',
			'INVOICED',
			'OVERRIDDEN',
			'DELETED',
			'UNSAVED',
			'PAYMENT_TRANSACTION_REMOVED',
		];
		expect([...new Set(all.map(({ status }) => status))].sort()).toEqual(statuses.sort());
		const call = { company, switches: sandbox.switches } as Call;
		const today = { date: '2026-10-01' };
		for (const invoice of all.filter(
			({ type, status }) => type !== 'PERIODIC_TAX_RETURN' && !DRAFTS.includes(status),
		)) {
			const dated = { ...invoice, ...today, paymentInfo: { ...invoice.paymentInfo, dueDate: '2026-10-15' } };
			expect(() => checkInvoice(call, dated)).not.toThrow();
		}
	});

	it('has receipts that balance, use existing accounts and match the total of their invoice', () => {
		for (const company of companies()) {
			const codes = new Set(accountsOf(company).map(({ code }) => code));
			expect(codes.size).toBeGreaterThanOrEqual(60);
			const trialBalance: number[] = [];
			for (const { record } of company.register(receipts).all()) {
				expect([record.id, sum(record.transactions.map(gross))]).toEqual([record.id, 0]);
				expect(record.transactions.every(({ account }) => codes.has(account))).toBe(true);
				trialBalance.push(...record.transactions.map(gross));
				const invoice =
					record.invoiceId === undefined ? undefined : company.register(invoices).get(record.invoiceId)?.record;
				if (!invoice || invoice.type === 'JOURNAL') continue;
				expect(invoice.ledgerReceiptId).toBe(record.id);
				expect(statusOf(company, record)).toBe(invoice.status);
				const [own] = record.transactions;
				expect(round2(Math.abs(own.accountingValue))).toBe(round2(Math.abs(sumsOf(invoice).total)));
			}
			expect(trialBalance.length).toBeGreaterThan(60);
			expect(sum(trialBalance)).toBe(0);
		}
	});

	it('has IDs that rise with the creation time, and the same IDs in both companies', () => {
		for (const name of ['invoices', 'ledgerReceipts']) {
			const [first, second] = companies().map((company) => company.registerByName(name)?.all() ?? []);
			expect(second.length).toBeGreaterThan(12);
			for (const entries of [first, second]) {
				const times = entries.map(({ created }) => created);
				expect(times).toEqual([...times].sort((a, b) => a - b));
			}
			expect(second.every(({ id }) => first.some((entry) => entry.id === id))).toBe(true);
		}
	});

	it('is the same after each reset', async () => {
		const read = async () => {
			const http = await login(sandbox);
			return [
				(await http.get('/invoices?size=200')).data,
				(await http.get('/ledgerreceipts?size=200')).data,
				(await http.get('/businesspartners?size=200')).data,
			];
		};
		const before = await read();
		sandbox.backdoor.addInvoice();
		sandbox.reset();
		expect(await read()).toEqual(before);
	});

	it('has a history in chronological order for every processed invoice', async () => {
		const http = await login(sandbox);
		const { results } = (await http.get('/invoices?size=200')).data as {
			results: Array<{ id: number; status: string }>;
		};
		const processed = results.filter(({ status }) => !['EMPTY', 'UNSAVED', 'UNFINISHED'].includes(status));
		const ids = processed.map(({ id }) => `invoiceIds=${id}`).join('&');
		const { data } = await http.get(`/invoices/transactions?${ids}`);
		const known = data.results as Array<{ invoiceId: number; transactions: Array<{ action: string; date: string }> }>;
		const missing = processed.filter(({ id }) => !known.some(({ invoiceId }) => invoiceId === id));
		// Nobody approves a tax return.
		expect(missing).toMatchObject([{ type: 'PERIODIC_TAX_RETURN' }]);
		for (const { transactions } of known) {
			const dates = transactions.map(({ date }) => date);
			expect(dates).toEqual([...dates].sort());
		}
		expect(known.length).toBeGreaterThan(30);
	});
});
