import { badRequest, notFound } from '../../errors';
import { round2, sum } from '../../money';
import type { Entry } from '../../world/register';
import type { Company } from '../../world/world';
import { checkAccount } from '../accounts';
import { checkDimensionValues, type DimensionItemValue } from '../dimensions';
import { without } from '../fields';
import { type Call, type Handlers, ok } from '../handler';
import { nextNumber } from '../invoices/model';
import { checkOpenDay } from '../periods';
import { ROUNDING_ACCOUNT } from '../receipts/generate';
import { type Receipt, receipts, type Transaction, type TransactionType } from '../receipts/model';
import { findIn, payroll, type SalarySlip, salarySlips, type SlipStatus, sumsOfRows } from './model';

interface SlipTransaction {
	id?: number;
	transactionType: TransactionType;
	account: string;
	accountingValue: number;
	description?: string;
	dimensionItemValues?: DimensionItemValue[];
}

interface SlipAccounting {
	name: string;
	receiptDate: string;
	transactions: SlipTransaction[];
	version?: string;
	[field: string]: unknown;
}

/** Accounts of a salary: cost, allowances, tax and contributions withheld, and the debt to the employee. */
const ACCOUNTS = { cost: '5000', allowances: '7820', tax: '2920', deductions: '2923', debt: '2945' };

const numbered = (company: Company, one: SlipTransaction): Transaction => ({
	...one,
	id: nextNumber(company, 'transaction', 700_001),
	vatPercent: 0,
	...(one.transactionType === 'ENTRY' ? { vatStatus: 12 } : {}),
	dimensionItemValues: one.dimensionItemValues ?? [],
});

function transactionsOf({ rows }: SalarySlip): SlipTransaction[] {
	const { salary, taxableCompensation, taxFreeItems, tax, otherDeductions, netPay } = sumsOfRows(rows);
	const entry = (account: string, accountingValue: number, transactionType: TransactionType = 'ENTRY') => ({
		transactionType,
		account,
		accountingValue,
	});
	const all = [
		entry(ACCOUNTS.debt, -netPay, 'REVERSING_ENTRY'),
		entry(ACCOUNTS.cost, sum([salary, taxableCompensation])),
		entry(ACCOUNTS.allowances, taxFreeItems),
		entry(ACCOUNTS.tax, -tax),
		entry(ACCOUNTS.deductions, -otherDeductions),
	];
	return all.filter(({ accountingValue }) => accountingValue !== 0);
}

/** Approves a slip: its ledger receipt is made. @throws Refusal 400 in a closed period */
export function bookSlip(call: Call, entry: Entry<SalarySlip>): void {
	const { company } = call;
	const { record } = entry;
	const receiptDate = record.settings.accountingDate ?? call.clock.today();
	checkOpenDay(company, receiptDate, 'settings.accountingDate');
	const receiptNumber = nextNumber(company, 'receipt', 1);
	const transactions = transactionsOf(record).map((one) => numbered(company, one));
	const receipt = company.register(receipts).add(
		(id): Receipt => ({
			id,
			type: 'SALARY',
			status: 'APPROVED',
			name: record.employeeName,
			receiptDate,
			vatType: 'PURCHASE',
			vatStatus: 12,
			receiptNumber,
			transactions,
		}),
		call.user.id,
	);
	company.register(salarySlips).put(entry, { ...record, status: 'APPROVED', receiptId: receipt.id });
}

/** Takes an approval back, and the receipt with it. */
export function unbookSlip(call: Call, entry: Entry<SalarySlip>): void {
	const { receiptId, ...record } = entry.record;
	if (receiptId !== undefined) call.company.register(receipts).delete(receiptId);
	call.company
		.register(salarySlips)
		.put(entry, { ...(record as SalarySlip), status: call.switches.cancelledApprovalBecomes });
}

/** The receipt of a slip; there is none before the approval. @throws Refusal 404 */
function findReceipt(call: Call): Entry<Receipt> {
	const { receiptId } = findIn(call, salarySlips, 'Salary slip').record;
	const receipt = receiptId === undefined ? undefined : call.company.register(receipts).get(receiptId);
	if (!receipt) throw notFound('Salary slip accounting');
	return receipt;
}

const KEPT = [
	'name',
	'receiptDate',
	'accountantsNotes',
	'transactionDescription',
	'receiptValidity',
	'periodStartDate',
	'periodEndDate',
];

function show(call: Call, { record, version }: Entry<Receipt>): unknown {
	const transactions = record.transactions.map((one) => without(one, 'vatPercent', 'vatStatus', 'vatType'));
	return {
		...Object.fromEntries(Object.entries(record).filter(([name]) => KEPT.includes(name))),
		transactions,
		version: call.clock.text(version),
	};
}

const UNBOOKED: SlipStatus[] = ['CREATED', 'IN_CORRECTION', 'INVALIDATED'];

/** A slip of the demo's past: its month was booked in one receipt. */
function showOld(call: Call, { id, record, version }: Entry<SalarySlip>): unknown {
	const transactions = transactionsOf(record).map((one, index) => ({
		id: id * 10 + index,
		...one,
		dimensionItemValues: [],
	}));
	return {
		name: record.employeeName,
		receiptDate: record.settings.accountingDate,
		transactions,
		version: call.clock.text(version),
	};
}

/** @throws Refusal 400 */
function checked(call: Call, accounting: SlipAccounting): SlipTransaction[] {
	checkOpenDay(call.company, accounting.receiptDate, 'receiptDate');
	const transactions = accounting.transactions.map((one) => ({ ...one, accountingValue: round2(one.accountingValue) }));
	transactions.forEach((one, index) => {
		checkAccount(call.company, one.account, 0, `transactions[${index}]`);
		checkDimensionValues(
			call.company,
			one.dimensionItemValues,
			one.accountingValue,
			`transactions[${index}].dimensionItemValues`,
		);
	});
	const difference = sum(transactions.map(({ accountingValue }) => accountingValue));
	if (difference === 0) return transactions;
	if (call.query.createReconciliation !== true) throw badRequest('Accounting does not reconcile.', 'transactions');
	return [
		...transactions,
		{ transactionType: 'RECONCILIATION_ENTRY', account: ROUNDING_ACCOUNT, accountingValue: -difference },
	];
}

export const slipAccountingHandlers: Handlers = payroll({
	getSalarySlipAccountingBySalarySlipId: (call: Call) => {
		const slip = findIn(call, salarySlips, 'Salary slip');
		if (slip.record.receiptId === undefined && !UNBOOKED.includes(slip.record.status)) return ok(showOld(call, slip));
		return ok(show(call, findReceipt(call)));
	},
	updateSalarySlipAccounting: (call: Call) => {
		const entry = findReceipt(call);
		const accounting = call.body as SlipAccounting;
		if (accounting.version !== undefined && accounting.version !== call.clock.text(entry.version))
			throw badRequest('The record has been changed by someone else.', 'version');
		const before = new Set(entry.record.transactions.map(({ id }) => id));
		const transactions = checked(call, accounting).map((one) => ({
			...numbered(call.company, one),
			...(one.id !== undefined && before.has(one.id) ? { id: one.id } : {}),
		}));
		const given = Object.fromEntries(Object.entries(accounting).filter(([name]) => KEPT.includes(name)));
		const { id, type, status, receiptNumber, vatType, vatStatus } = entry.record;
		call.company
			.register(receipts)
			.put(entry, { ...given, id, type, status, receiptNumber, vatType, vatStatus, transactions } as Receipt);
		return ok(show(call, entry));
	},
});
