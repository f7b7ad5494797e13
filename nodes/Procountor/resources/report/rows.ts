import type { IDataObject } from 'n8n-workflow';
import { toCents, toEuros } from '../../validation/cents';
import { accountIn } from '../shared/reportSums';
import { listAt, objectAt, toList } from '../../utils/objects';

/** Returns the dates of a report. */
const reportDates = (report: IDataObject): IDataObject => {
	const { startDate = null, endDate = null } = objectAt(report, 'reportParameters');
	return { startDate, endDate };
};

/** Returns the rows of a report with the dates of their periods. */
function rowsByPeriod(report: IDataObject, toRows: (rows: IDataObject[]) => IDataObject[]): IDataObject[] {
	const periods = listAt(objectAt(report, 'reportData'), 'periods');
	return periods.flatMap((period) =>
		toRows(listAt(period, 'rows')).map((row) => ({
			...row,
			startDate: period.startDate ?? null,
			endDate: period.endDate ?? null,
		})),
	);
}

/**
 * Returns the lines of an income statement, balance sheet, or cash flow statement. A total has a formula with the IDs of the
 * rows that it adds up; its exact form is not published (U). The level of a line is 1 if no total includes it, and
 * otherwise one more than that of its total.
 */
export function statementRows(report: IDataObject): IDataObject[] {
	return rowsByPeriod(report, (rows) => {
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

/** Returns the first total that includes each row. */
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
	const visited = new Set<number>();
	// Formulas can be circular.
	for (let parent = parents.get(rowId); parent !== undefined && !visited.has(parent); parent = parents.get(parent))
		visited.add(parent);
	return visited.size + 1;
}

/** Returns the ledger account report with a row for each account. Rows without an account number are headings or sums. */
export function accountRows(report: IDataObject): IDataObject[] {
	return rowsByPeriod(report, (rows) =>
		rows.map(({ name, value }, index) => {
			const account = accountIn(name);
			const text = String(name ?? '').trim();
			return {
				account: account ?? null,
				accountName: account === undefined ? text : text.slice(account.length).trim(),
				value: value ?? null,
				debit: toEuros(Math.max(toCents(value), 0)),
				credit: toEuros(Math.max(-toCents(value), 0)),
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
			const cents = toCents(accountingValue);
			balance += cents;
			return {
				date: receiptDate ?? null,
				receiptName: receiptName ?? null,
				debit: toEuros(Math.max(cents, 0)),
				credit: toEuros(Math.max(-cents, 0)),
				accountingValue: toEuros(cents),
				balance: toEuros(balance),
				...rest,
				account: id ?? null,
				accountName: name ?? null,
				accountTotal: totalAccountingValue ?? null,
				transactionId: transactionId ?? null,
				...reportDates(report),
			};
		},
	);
}
