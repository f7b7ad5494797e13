import type { IDataObject } from 'n8n-workflow';
import { centsOf, inEuros } from '../../validation/cents';
import { accountIn } from '../shared/reportSums';
import { listAt, objectAt, toList } from '../../utils/objects';

/** What every row of a report tells of the report: its days. */
const timeOf = (report: IDataObject): IDataObject => {
	const { startDate = null, endDate = null } = objectAt(report, 'reportParameters');
	return { startDate, endDate };
};

/** The rows of a report's periods, each with the days of its period. */
function inPeriods(report: IDataObject, rowsOf: (rows: IDataObject[]) => IDataObject[]): IDataObject[] {
	const periods = listAt(objectAt(report, 'reportData'), 'periods');
	return periods.flatMap((period) =>
		rowsOf(listAt(period, 'rows')).map((row) => ({
			...row,
			startDate: period.startDate ?? null,
			endDate: period.endDate ?? null,
		})),
	);
}

/**
 * The lines of an income statement, balance sheet or cash flow statement. Totals name the rows that they add up in a formula,
 * whose form is not published (U): the ids of rows that stand in it are taken. A line's level is 1 for what nothing adds up, and one
 * more than its total's for all others; a formula that names no row leaves its lines at level 1.
 */
export function statementRows(report: IDataObject): IDataObject[] {
	return inPeriods(report, (rows) => {
		const parents = parentsOf(rows);
		return rows.map(({ rowId, type, name, value, formula }, index) => ({
			name: typeof name === 'string' ? name.trim() : null,
			value: value ?? null,
			isTotal: type === 'ROW_FUNCTION',
			level: levelOf(Number(rowId), parents),
			rowNumber: index + 1,
			rowId: rowId ?? null,
			parentRowId: parents.get(Number(rowId)) ?? null,
			formula: formula ?? null,
		}));
	});
}

/** For each row the first total that adds it up. */
function parentsOf(rows: IDataObject[]): Map<number, number> {
	const ids = new Set(rows.map(({ rowId }) => Number(rowId)));
	const parents = new Map<number, number>();
	for (const { rowId, formula } of rows) {
		for (const [digits] of String(formula ?? '').matchAll(/\d+/g)) {
			const child = Number(digits);
			if (ids.has(child) && child !== Number(rowId) && !parents.has(child)) parents.set(child, Number(rowId));
		}
	}
	return parents;
}

function levelOf(rowId: number, parents: ReadonlyMap<number, number>): number {
	const above = new Set<number>();
	// A formula that leads back to its own row ends the way up.
	for (let parent = parents.get(rowId); parent !== undefined && !above.has(parent); parent = parents.get(parent))
		above.add(parent);
	return above.size + 1;
}

/** The ledger account report: one row an account. A row without an account number in its name is a heading or a sum, at level 1. */
export function accountRows(report: IDataObject): IDataObject[] {
	return inPeriods(report, (rows) =>
		rows.map(({ name, value }, index) => {
			const account = accountIn(name);
			const text = String(name ?? '').trim();
			return {
				account: account ?? null,
				accountName: account === undefined ? text : text.slice(account.length).trim(),
				value: value ?? null,
				debit: inEuros(Math.max(centsOf(value), 0)),
				credit: inEuros(Math.max(-centsOf(value), 0)),
				level: account === undefined ? 1 : 2,
				rowNumber: index + 1,
			};
		}),
	);
}

/** Returns the general ledger of an account: one row for each transaction, with the balance so far. */
export function ledgerRows(report: IDataObject): IDataObject[] {
	const { id, name, totalAccountingValue, ledgerReceiptTransactions } = objectAt(report, 'ledgerAccount');
	let balance = 0;
	return toList(ledgerReceiptTransactions).map(
		({ id: transactionId, name: receiptName, receiptDate, accountingValue, ...rest }) => {
			const cents = centsOf(accountingValue);
			balance += cents;
			return {
				date: receiptDate ?? null,
				receiptName: receiptName ?? null,
				debit: inEuros(Math.max(cents, 0)),
				credit: inEuros(Math.max(-cents, 0)),
				accountingValue: inEuros(cents),
				balance: inEuros(balance),
				...rest,
				account: id ?? null,
				accountName: name ?? null,
				accountTotal: totalAccountingValue ?? null,
				transactionId: transactionId ?? null,
				...timeOf(report),
			};
		},
	);
}
