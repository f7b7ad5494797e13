import type { IDataObject } from 'n8n-workflow';
import { InputError, ProcountorError } from '../../api';
import {
	add,
	compare,
	parseDecimal,
	divide,
	equal,
	multiply,
	percentOf,
	round,
	subtract,
	sum,
	toText,
	ZERO,
	type Decimal,
	HUNDRED,
	absolute,
} from '../../validation/money';
import { unwrap } from '../shared/bookkeeping/rows';
import { listAt } from '../../utils/objects';

const CENT: Decimal = { digits: 1n, scale: 2 };

/** The default and the maximum of the Balance Limit. */
export const DEFAULT_BALANCE_LIMIT = 0.05;
export const HIGHEST_BALANCE_LIMIT = 1;

/** The amounts of a transaction: as the user entered it, and net of VAT. */
export interface BalancedAmount {
	enteredAmount: Decimal;
	amount: Decimal;
	vatPercent: Decimal;
}

const vatOf = (net: Decimal, percent: Decimal): Decimal => round(percentOf(net, percent));

/**
 * Returns the net amount of an amount with VAT, from which Procountor calculates exactly the same VAT. About a fifth of all
 * amounts at 25.5 % are not the sum of a net amount and its VAT; they leave a difference of one cent.
 */
export function netAmount(gross: Decimal, percent: Decimal): Decimal {
	const nearest = divide(multiply(gross, HUNDRED), add(HUNDRED, percent));
	const vat = divide(multiply(gross, percent), add(HUNDRED, percent));
	const remainder = (net: Decimal): Decimal => absolute(subtract(gross, add(net, vatOf(net, percent))));
	const exact = [nearest, subtract(nearest, CENT), add(nearest, CENT)].filter((net) => equal(vatOf(net, percent), vat));
	return exact.sort((a, b) => compare(remainder(a), remainder(b)))[0] ?? nearest;
}

/** The user's options for differences. */
export interface BalanceOptions {
	/** Whether the amounts include VAT. */
	includesVat: boolean;
	/** Whether Balance Automatically is on. */
	mayBalance: boolean;
	/** The largest difference that may be balanced, in the currency of the bookkeeping. */
	limit: number;
}

/**
 * Checks that debit and credit are equal. It is unknown whether net or gross amounts must add up to zero, so amounts without
 * VAT are accepted if either do.
 * @returns whether Procountor must add a balancing row
 * @throws {InputError} if there is a difference that may not be balanced
 */
export function needsBalancingRow(transactions: readonly BalancedAmount[], options: BalanceOptions): boolean {
	const { includesVat, mayBalance: balances, limit } = options;
	const net = sum(transactions.map(({ amount }) => amount));
	const gross = sum(transactions.map(({ amount, vatPercent }) => add(amount, vatOf(amount, vatPercent))));
	const entered = sum(transactions.map(({ enteredAmount }) => enteredAmount));
	// The user cannot correct differences from rounding amounts with VAT.
	if (includesVat && equal(entered, ZERO)) return balances || !equal(gross, ZERO);
	const difference = includesVat ? entered : gross;
	if (equal(difference, ZERO) || (!includesVat && equal(net, ZERO))) return balances;
	const smallest = includesVat || compare(absolute(gross), absolute(net)) <= 0 ? difference : net;
	if (balances && compare(absolute(smallest), toDecimal(limit)) <= 0) return true;
	const allowed = balances ? `, and 'Balance Automatically' balances at most ${limit.toFixed(2)}` : '';
	throw new InputError(
		'Transactions',
		`do not balance: debit and credit differ by ${toText(difference, 2)} with VAT${allowed}`,
		balances
			? `Correct the amounts (debit positive, credit negative). 'Balance Limit' can be raised to ${HIGHEST_BALANCE_LIMIT.toFixed(2)}.`
			: "Correct the amounts (debit positive, credit negative), or switch 'Balance Automatically' on for differences of cents.",
	);
}

/** Returns the row that Procountor added to balance a journal; undefined if there is none. */
function balancingRow(record: IDataObject): { account: string; amount: number } | undefined {
	const rows = listAt(record, 'transactions');
	const row = rows.find(({ transactionType }) => transactionType === 'RECONCILIATION_ENTRY');
	return row && { account: String(row.account), amount: Number(row.accountingValue) };
}

/**
 * Returns a text about the balancing row of a new journal for its output.
 * @throws {ProcountorError} if the row exceeds the limit; the journal stays unfinished
 */
export function reportBalance(record: IDataObject, transactions: readonly BalancedAmount[], limit: number): string[] {
	const row = balancingRow(record);
	if (row === undefined) return [];
	const allowed = Math.max(limit, transactions.length / 100);
	const posted = `${row.amount.toFixed(2)} on account ${row.account}`;
	if (Math.abs(row.amount) > allowed + 1e-9)
		throw new ProcountorError({
			message: `Procountor balanced journal ${String(record.receiptNumber ?? '')} (ID ${String(record.id)}) with ${posted}, more than the limit of ${allowed.toFixed(2)}`,
			advice: 'The journal is saved and unfinished. Correct or invalidate it in Procountor, and check the amounts.',
			completed: [`journal ${String(record.receiptNumber ?? '')} (ID ${String(record.id)}) saved`],
		});
	return [`balanced with ${posted}`];
}

function toDecimal(value: number): Decimal {
	return unwrap('Balance Limit', parseDecimal(value));
}
