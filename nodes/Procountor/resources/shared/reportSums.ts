import type { IDataObject } from 'n8n-workflow';
import { type Client } from '../../api';
import { toCents, toEuros } from '../../validation/cents';
import { listAt, toList } from '../../utils/objects';

/** The differences between rows and the report of the same period. */
export interface Comparison {
	/** The accounts whose totals differ, in cents. */
	differences: Array<{ account: string; rows: number; report: number }>;
	/** The accounts of VAT rows without an account, found by their totals. */
	vatAccounts?: { SALES?: string; PURCHASE?: string };
}

/**
 * Reads the report's totals in cents by account; undefined if its rows do not begin with account numbers, because their
 * form is uncertain (U).
 */
export async function readReportSums(
	client: Client,
	startDate: string,
	endDate: string,
	receiptStatus: readonly string[],
	receiptType?: readonly string[],
): Promise<Map<string, number> | undefined> {
	const body = { startDate, endDate, receiptStatus, ...(receiptType ? { options: { receiptType } } : {}) };
	const noun = 'the ledger account report';
	const answer = await client.requestJson({ call: 'POST /reports/ledgeraccounts', body, readOnly: true, noun });
	const periods = listAt(answer, 'reportData.periods');
	const sums = new Map<string, number>();
	for (const { name, value } of periods.flatMap(({ rows }) => toList(rows))) {
		const account = accountIn(name);
		if (account === undefined) return undefined;
		sums.set(account, (sums.get(account) ?? 0) + toCents(value));
	}
	return sums;
}

/** Returns the account number at the beginning of a report row: `3000 Myynti`. */
export function accountIn(name: unknown): string | undefined {
	return /^\s*(\d{3,8})\b/.exec(String(name ?? ''))?.[1];
}

/** Returns the totals of rows in cents by account, and separately those of VAT rows without an account. */
export function sumByAccount(rows: Iterable<IDataObject>): {
	accounts: Map<string, number>;
	vat: { SALES: number; PURCHASE: number };
} {
	const accounts = new Map<string, number>();
	const vat = { SALES: 0, PURCHASE: 0 };
	for (const { account, accountingValue, vatType } of rows) {
		const cents = toCents(accountingValue);
		if (account !== null) accounts.set(account as string, (accounts.get(account as string) ?? 0) + cents);
		else vat[vatType === 'SALES' ? 'SALES' : 'PURCHASE'] += cents;
	}
	return { accounts, vat };
}

/**
 * Compares rows with the report. VAT rows without an account are assigned to an account that lacks exactly their total. If
 * there is none, they remain a difference.
 */
export function compareSums(rows: Iterable<IDataObject>, report: ReadonlyMap<string, number>): Comparison {
	const { accounts, vat } = sumByAccount(rows);
	const totals = [...new Set([...accounts.keys(), ...report.keys()])]
		.sort()
		.map((account) => ({ account, rows: accounts.get(account) ?? 0, report: report.get(account) ?? 0 }));
	const differences = totals.filter(({ rows: own, report: reported }) => own !== reported);
	const vatAccounts: Comparison['vatAccounts'] = {};
	for (const side of ['SALES', 'PURCHASE'] as const) {
		const index = vat[side] === 0 ? -1 : differences.findIndex((total) => total.report - total.rows === vat[side]);
		if (index >= 0) vatAccounts[side] = differences.splice(index, 1)[0].account;
	}
	return { differences, ...(Object.keys(vatAccounts).length ? { vatAccounts } : {}) };
}

/** Returns a difference as text: `2871: 12.40 in the rows, 20.00 in the report`. */
export function differenceText({ account, rows, report }: Comparison['differences'][number]): string {
	return `${account}: ${toEuros(rows).toFixed(2)} in the rows, ${toEuros(report).toFixed(2)} in the report`;
}
