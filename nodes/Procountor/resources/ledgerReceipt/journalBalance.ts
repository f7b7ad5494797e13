import type { IDataObject } from 'n8n-workflow';
import { InputError, ProcountorError } from '../../api';
import {
	add,
	compare,
	decimal,
	divide,
	equal,
	multiply,
	percentOf,
	round,
	subtract,
	sum,
	toText,
	zero,
	type Decimal,
	hundred,
	absolute,
} from '../../validation/money';
import { unwrap } from '../shared/bookkeeping/rows';
import { listAt } from '../../utils/objects';

const CENT: Decimal = { digits: 1n, scale: 2 };

/** The largest difference that Balance Automatically accepts unless another limit is given, and the largest limit. */
export const DEFAULT_BALANCE_LIMIT = 0.05;
export const HIGHEST_BALANCE_LIMIT = 1;

/** One transaction as far as the balance is concerned; `given` is the amount as entered, `amount` the net amount. */
export interface Balanced {
	given: Decimal;
	amount: Decimal;
	vatPercent: Decimal;
}

const vatOf = (net: Decimal, percent: Decimal): Decimal => round(percentOf(net, percent));

/**
 * The net amount for an amount with VAT. The VAT that Procountor calculates from it is right to the cent; about a fifth of all
 * amounts at 25.5 % are not a net amount plus its VAT, and for those one cent is left over.
 */
export function netAmount(gross: Decimal, percent: Decimal): Decimal {
	const nearest = divide(multiply(gross, hundred), add(hundred, percent));
	const vat = divide(multiply(gross, percent), add(hundred, percent));
	const left = (net: Decimal): Decimal => absolute(subtract(gross, add(net, vatOf(net, percent))));
	const exact = [nearest, subtract(nearest, CENT), add(nearest, CENT)].filter((net) => equal(vatOf(net, percent), vat));
	return exact.sort((a, b) => compare(left(a), left(b)))[0] ?? nearest;
}

/** What the user chose about differences. */
export interface BalanceOptions {
	/** The amounts were given with VAT. */
	includesVat: boolean;
	/** Balance Automatically is on. */
	balances: boolean;
	/** The largest difference in the currency of the books that may be balanced. */
	limit: number;
}

/**
 * Checks that debit and credit are equal. Whether net or gross amounts must sum to zero is not known, so that amounts without
 * VAT are accepted if either does.
 * @returns whether Procountor must add a balancing row
 * @throws InputError with the difference, if it is not zero and may not be balanced
 */
export function needsBalancingRow(transactions: readonly Balanced[], options: BalanceOptions): boolean {
	const { includesVat, balances, limit } = options;
	const net = sum(transactions.map(({ amount }) => amount));
	const gross = sum(transactions.map(({ amount, vatPercent }) => add(amount, vatOf(amount, vatPercent))));
	const given = sum(transactions.map((one) => one.given));
	// Rounding of amounts with VAT leaves cents over that no user can correct.
	if (includesVat && equal(given, zero)) return balances || !equal(gross, zero);
	const difference = includesVat ? given : gross;
	if (equal(difference, zero) || (!includesVat && equal(net, zero))) return balances;
	const smallest = includesVat || compare(absolute(gross), absolute(net)) <= 0 ? difference : net;
	if (balances && compare(absolute(smallest), exactly(limit)) <= 0) return true;
	const allowed = balances ? `, and 'Balance Automatically' balances at most ${limit.toFixed(2)}` : '';
	throw new InputError(
		'Transactions',
		`do not balance: debit and credit differ by ${toText(difference, 2)} with VAT${allowed}`,
		balances
			? `Correct the amounts (debit positive, credit negative). 'Balance Limit' can be raised to ${HIGHEST_BALANCE_LIMIT.toFixed(2)}.`
			: "Correct the amounts (debit positive, credit negative), or switch 'Balance Automatically' on for differences of cents.",
	);
}

/** The row that Procountor added to balance a journal; undefined if there is none. */
function balancingRow(record: IDataObject): { account: string; amount: number } | undefined {
	const rows = listAt(record, 'transactions');
	const row = rows.find(({ transactionType }) => transactionType === 'RECONCILIATION_ENTRY');
	return row && { account: String(row.account), amount: Number(row.accountingValue) };
}

/**
 * Reports the balancing row of a new journal in the words of its output.
 * @throws ProcountorError if Procountor balanced more than cents; the journal is then left unfinished
 */
export function reportBalance(record: IDataObject, transactions: readonly Balanced[], limit: number): string[] {
	const row = balancingRow(record);
	if (row === undefined) return [];
	const highest = Math.max(limit, transactions.length / 100);
	const posted = `${row.amount.toFixed(2)} on account ${row.account}`;
	if (Math.abs(row.amount) > highest + 1e-9)
		throw new ProcountorError({
			message: `Procountor balanced journal ${String(record.receiptNumber ?? '')} (ID ${String(record.id)}) with ${posted}, more than the limit of ${highest.toFixed(2)}`,
			advice: 'The journal is saved and unfinished. Correct or invalidate it in Procountor, and check the amounts.',
			completed: [`journal ${String(record.receiptNumber ?? '')} (ID ${String(record.id)}) saved`],
		});
	return [`balanced with ${posted}`];
}

function exactly(value: number): Decimal {
	return unwrap('Balance Limit', decimal(value));
}
