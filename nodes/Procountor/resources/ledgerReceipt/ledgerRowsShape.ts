import type { IDataObject } from 'n8n-workflow';
import { listAt } from '../../utils/objects';
import { toCents, toEuros, percentOfCents } from '../../validation/cents';

/** Names for the rows, and the user's options. */
export interface RowContext {
	/** The names of ledger accounts by number. */
	accounts: ReadonlyMap<string, string>;
	/** Dimensions by ID, each with its column and the names of its items. */
	dimensions: ReadonlyMap<number, { column: string; items: ReadonlyMap<number, string> }>;
	/** The accounts to which Procountor books VAT, if the user entered them. */
	vatAccounts: { SALES?: string; PURCHASE?: string };
	/** The dimension by which rows are split. */
	splitBy?: number;
}

/** The rows of one receipt. */
export interface ReceiptRows {
	rows: IDataObject[];
	/** The difference between debit and credit, in cents. */
	difference: number;
}

interface DimensionValue {
	dimensionId: number;
	itemId: number;
	value: number;
}

/**
 * Returns a receipt as flat rows, one for each transaction. A transaction has a net amount and a VAT rate
 * (docs/procountor.md#ledger-receipts). Its deductible VAT becomes a row on the VAT account; the rest stays on the
 * transaction's account, so that debit and credit of the receipt are equal.
 */
export function flattenReceipt(receipt: IDataObject, context: RowContext): ReceiptRows {
	const common = commonColumns(receipt);
	const rows = listAt(receipt, 'transactions').flatMap((transaction) =>
		flattenTransaction(transaction, receipt, common, context),
	);
	const difference = rows.reduce((sum, { accountingValue }) => sum + toCents(accountingValue), 0);
	return { rows, difference };
}

/** Returns the columns that all rows of a receipt share, in the order of the table. */
function commonColumns(receipt: IDataObject): IDataObject {
	return {
		date: receipt.receiptDate ?? null,
		receiptId: receipt.id ?? null,
		receiptNumber: receipt.receiptNumber ?? null,
		receiptType: receipt.type ?? null,
		receiptName: receipt.name ?? null,
		status: receipt.status ?? null,
		partnerId: receipt.partnerId ?? null,
		partnerName: null,
		invoiceId: receipt.invoiceId ?? null,
		invoiceNumber: receipt.invoiceNumber ?? null,
		version: receipt.version ?? null,
	};
}

function flattenTransaction(
	transaction: IDataObject,
	receipt: IDataObject,
	common: IDataObject,
	context: RowContext,
): IDataObject[] {
	const vatType = (transaction.vatType ?? receipt.vatType) as 'SALES' | 'PURCHASE' | undefined;
	const net = toCents(transaction.accountingValue);
	const vat = percentOfCents(net, Number(transaction.vatPercent ?? 0));
	const deductible = vatType === 'PURCHASE' ? percentOfCents(vat, Number(transaction.vatDeductionPercent ?? 100)) : vat;
	const transactionColumns: IDataObject = {
		transactionId: transaction.id ?? null,
		vatPercent: transaction.vatPercent ?? 0,
		vatStatus: effectiveVatStatus(transaction, receipt),
		vatType: vatType ?? null,
		vatAmount: toEuros(vat),
		description: transaction.description ?? null,
	};
	const values = (transaction.dimensionItemValues ?? []) as unknown as DimensionValue[];
	const rows = splitByDimension(net + vat - deductible, net, values, context).map(([cents, dimensions]) => ({
		...ledgerRow(
			common,
			String(transaction.account ?? ''),
			cents,
			String(transaction.transactionType ?? 'ENTRY'),
			context,
		),
		...transactionColumns,
		...dimensions,
	}));
	if (deductible === 0) return rows;
	const account = (vatType && context.vatAccounts[vatType]) ?? '';
	return [
		...rows,
		{
			...ledgerRow(common, account, deductible, 'VAT', context),
			...transactionColumns,
			vatAmount: toEuros(deductible),
			...emptyDimensionColumns(context),
		},
	];
}

/** An entry without a VAT status has that of the receipt. Rows that Procountor adds, such as VAT, have none. */
function effectiveVatStatus(transaction: IDataObject, receipt: IDataObject): IDataObject[string] {
	const receiptStatus = transaction.transactionType === 'ENTRY' ? receipt.vatStatus : undefined;
	return transaction.vatStatus ?? receiptStatus ?? null;
}

function ledgerRow(
	common: IDataObject,
	account: string,
	cents: number,
	rowType: string,
	context: RowContext,
): IDataObject {
	return {
		...common,
		rowType,
		account: account === '' ? null : account,
		accountName: context.accounts.get(account) ?? null,
		debit: toEuros(Math.max(cents, 0)),
		credit: toEuros(Math.max(-cents, 0)),
		accountingValue: toEuros(cents),
	};
}

function emptyDimensionColumns({ dimensions }: RowContext): IDataObject {
	return Object.fromEntries([...dimensions.values()].map(({ column }) => [column, null]));
}

/**
 * Returns the amounts of a transaction's rows with their dimension columns: one row, or if split by a dimension, one for each
 * item and one for the rest. If a column has several items, it contains their amounts too.
 */
function splitByDimension(
	cents: number,
	net: number,
	values: readonly DimensionValue[],
	context: RowContext,
): Array<[cents: number, columns: IDataObject]> {
	const columns = dimensionColumns(values, context);
	const splitValues = values.filter(({ dimensionId }) => dimensionId === context.splitBy);
	const dimension = context.splitBy === undefined ? undefined : context.dimensions.get(context.splitBy);
	if (splitValues.length === 0 || dimension === undefined) return [[cents, columns]];
	const shares = splitValues.map(({ itemId, value }): [number, IDataObject] => [
		toCents(value),
		{ ...columns, [dimension.column]: dimension.items.get(itemId) ?? String(itemId) },
	]);
	// The values add up to the net amount. VAT that is not deductible and cents from rounding go to the last item.
	const rest = cents - shares.reduce((sum, [share]) => sum + share, 0);
	if (rest !== 0 && net === cents) shares.push([rest, { ...columns, [dimension.column]: null }]);
	else shares[shares.length - 1][0] += rest;
	return shares;
}

function dimensionColumns(values: readonly DimensionValue[], { dimensions }: RowContext): IDataObject {
	const columns: IDataObject = {};
	for (const [id, { column, items }] of dimensions) {
		const itemValues = values.filter(({ dimensionId }) => dimensionId === id);
		const itemName = ({ itemId }: DimensionValue): string => items.get(itemId) ?? String(itemId);
		columns[column] =
			itemValues.length === 0
				? null
				: itemValues.length === 1
					? itemName(itemValues[0])
					: itemValues.map((value) => `${itemName(value)} ${value.value.toFixed(2)}`).join(', ');
	}
	return columns;
}
