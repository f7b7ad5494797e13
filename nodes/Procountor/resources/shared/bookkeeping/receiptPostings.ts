import { parseDecimal, toText, type Decimal } from '../../../validation/money';
import {
	type DimensionItemValue,
	type LedgerReceipt,
	ProcountorError,
	schemaNamed,
	type Transaction,
} from '../../../api';
import { toList } from '../../../utils/objects';
import { dimensionValues, dimensionValuesKey, hasSameValues } from './dimensionAmounts';
import { matchRows, type ComparableEntry, type Posting, type WantedRow } from './matchRows';

/**
 * Returns the receipt with the rows' postings; undefined if it already has all of them.
 * @throws {ProcountorError} if the entries cannot be matched to the rows
 */
export function withPostings(receipt: LedgerReceipt, rows: readonly WantedRow[]): LedgerReceipt | undefined {
	const matches = matchRows(rows, comparableEntries(receipt));
	if (!matches.ok) {
		if (hasAllPostings(receipt, rows)) return undefined;
		throw new ProcountorError({
			message: `The receipt ${String(receipt.id)} ${matches.message}, so no account or dimension was set`,
			advice: `${matches.advice ?? 'Set them in Procountor'}, or change the receipt with Ledger Receipt: Update.`,
		});
	}
	const transactions = [...toList(receipt.transactions)];
	let isChanged = false;
	for (const { wanted, found } of matches.value) {
		const before = transactions[found.index];
		const after = withPosting(before, wanted.posting, found.amount, `Row ${wanted.row + 1}, Dimensions`);
		if (after === before) continue;
		transactions[found.index] = after;
		isChanged = true;
	}
	return isChanged ? { ...writableFields(receipt), transactions } : undefined;
}

/**
 * Returns a transaction with an account and dimensions; the same object if it already has them.
 * @param label names the dimensions in messages
 */
export function withPosting(
	transaction: Transaction,
	posting: Posting | undefined,
	amount: Decimal,
	label: string,
): Transaction {
	const values = dimensionValues(posting?.dimensions ?? [], amount);
	if (!values.ok)
		throw new ProcountorError({
			field: label,
			message: values.message,
			advice: values.advice && `${values.advice}.`,
		});
	const account = posting?.account ?? transaction.account;
	const present = toList(transaction.dimensionItemValues);
	const changed = new Set(values.value.map(({ dimensionId }) => dimensionId));
	// Procountor's own defaults stay on the dimensions that the row does not name.
	const isKept = ({ dimensionId }: DimensionItemValue): boolean =>
		!(posting?.replace && changed.size) && !changed.has(dimensionId);
	const dimensionItemValues = [...present.filter(isKept), ...values.value];
	if (account === transaction.account && hasSameValues(present, dimensionItemValues)) return transaction;
	return { ...transaction, account, dimensionItemValues };
}

/** Returns the fields of a receipt that `PUT /ledgerreceipts/{receiptId}` accepts. */
export function writableFields(receipt: LedgerReceipt): LedgerReceipt {
	const properties = schemaNamed('LedgerReceipt').properties ?? {};
	return Object.fromEntries(Object.entries(receipt).filter(([name, value]) => name in properties && value !== null));
}

/** Returns an error whose message names the invoice's rows instead of the receipt's transactions. */
export function withRowNumbers(error: unknown, receipt: LedgerReceipt, rows: readonly WantedRow[]): unknown {
	if (!(error instanceof ProcountorError)) return error;
	const matches = matchRows(rows, comparableEntries(receipt));
	const rowNumbers = new Map(matches.ok ? matches.value.map(({ wanted, found }) => [found.index, wanted.row + 1]) : []);
	const message = error.problem.message.replace(/\bTransaction (\d+)\b/g, (text, number) => {
		const row = rowNumbers.get(Number(number) - 1);
		return row === undefined ? text : `Row ${row}`;
	});
	return new ProcountorError({ ...error.problem, message });
}

/** Returns the receipt's entries in the form in which they are compared with rows. */
function comparableEntries(receipt: LedgerReceipt): Array<ComparableEntry & { index: number }> {
	return toList(receipt.transactions).flatMap(({ transactionType, accountingValue, vatPercent, description }, index) =>
		transactionType === 'ENTRY'
			? [{ index, amount: exact(accountingValue), vatPercent: exact(vatPercent), text: String(description ?? '') }]
			: [],
	);
}

/** Whether the entries taken together have all postings, so that it does not matter which entry belongs to which row. */
function hasAllPostings(receipt: LedgerReceipt, rows: readonly WantedRow[]): boolean {
	const entries = toList(receipt.transactions).filter(({ transactionType }) => transactionType === 'ENTRY');
	const present = entries.map(({ account, accountingValue, vatPercent, dimensionItemValues }) =>
		entryKey(account, exact(accountingValue), exact(vatPercent), toList(dimensionItemValues)),
	);
	const expected = rows.map(({ amount, vatPercent, posting }) => {
		const values = dimensionValues(posting?.dimensions ?? [], amount);
		return entryKey(posting?.account, amount, vatPercent, values.ok ? values.value : []);
	});
	return (
		rows.every(({ posting }) => posting?.account !== undefined) && present.sort().join() === expected.sort().join()
	);
}

function entryKey(account: unknown, amount: Decimal, vatPercent: Decimal, values: DimensionItemValue[]): string {
	return JSON.stringify([String(account), toText(amount, 2), toText(vatPercent), dimensionValuesKey(values)]);
}

function exact(value: unknown): Decimal {
	const number = parseDecimal(value ?? 0);
	if (number.ok) return number.value;
	throw new ProcountorError({ message: `The receipt has an amount that ${number.message}` });
}
