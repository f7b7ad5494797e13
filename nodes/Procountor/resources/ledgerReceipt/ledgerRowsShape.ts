import type { IDataObject } from 'n8n-workflow';
import { listAt } from '../../utils/objects';
import { centsOf, inEuros, shareOf } from '../../validation/cents';

/** What rows are made with: names by code and id, and how the person wants them. */
export interface RowNames {
	/** Names of ledger accounts by number. */
	accounts: ReadonlyMap<string, string>;
	/** Dimensions by id, each with its column and its items. */
	dimensions: ReadonlyMap<number, { column: string; items: ReadonlyMap<number, string> }>;
	/** The accounts that Procountor books VAT to, where the person named them. */
	vatAccounts: { SALES?: string; PURCHASE?: string };
	/** The dimension along which rows are parted, if any. */
	splitBy?: number;
}

/** The rows of one receipt, and what its debit and credit differ by, in cents. */
export interface ReceiptRows {
	rows: IDataObject[];
	difference: number;
}

interface DimensionValue {
	dimensionId: number;
	itemId: number;
	value: number;
}

/**
 * A receipt as flat rows, one for each transaction. A transaction carries its net amount and a VAT rate
 * (docs/procountor.md#ledger-receipts): its VAT becomes a row of its own on the VAT account, but for the part that may
 * not be deducted, which stays on the transaction's account. So debit and credit of a receipt are equal.
 */
export function rowsOfReceipt(receipt: IDataObject, names: RowNames): ReceiptRows {
	const common = commonOf(receipt);
	const rows = listAt(receipt, 'transactions').flatMap((transaction) =>
		rowsOfTransaction(transaction, receipt, common, names),
	);
	const difference = rows.reduce((sum, { accountingValue }) => sum + centsOf(accountingValue), 0);
	return { rows, difference };
}

/** What is the same in all rows of a receipt. The order of the names is the order of the columns. */
function commonOf(receipt: IDataObject): IDataObject {
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

function rowsOfTransaction(
	transaction: IDataObject,
	receipt: IDataObject,
	common: IDataObject,
	names: RowNames,
): IDataObject[] {
	const vatType = (transaction.vatType ?? receipt.vatType) as 'SALES' | 'PURCHASE' | undefined;
	const net = centsOf(transaction.accountingValue);
	const vat = shareOf(net, Number(transaction.vatPercent ?? 0));
	const deductible = vatType === 'PURCHASE' ? shareOf(vat, Number(transaction.vatDeductionPercent ?? 100)) : vat;
	const facts: IDataObject = {
		transactionId: transaction.id ?? null,
		vatPercent: transaction.vatPercent ?? 0,
		vatStatus: vatStatusOf(transaction, receipt),
		vatType: vatType ?? null,
		vatAmount: inEuros(vat),
		description: transaction.description ?? null,
	};
	const values = (transaction.dimensionItemValues ?? []) as unknown as DimensionValue[];
	const own = split(net + vat - deductible, net, values, names).map(([cents, dimensions]) => ({
		...row(common, String(transaction.account ?? ''), cents, String(transaction.transactionType ?? 'ENTRY'), names),
		...facts,
		...dimensions,
	}));
	if (deductible === 0) return own;
	const account = (vatType && names.vatAccounts[vatType]) ?? '';
	return [
		...own,
		{
			...row(common, account, deductible, 'VAT', names),
			...facts,
			vatAmount: inEuros(deductible),
			...noDimensions(names),
		},
	];
}

/** An entry without a VAT status of its own has the receipt's; what Procountor adds itself, such as VAT, has none. */
function vatStatusOf(transaction: IDataObject, receipt: IDataObject): IDataObject[string] {
	const ofReceipt = transaction.transactionType === 'ENTRY' ? receipt.vatStatus : undefined;
	return transaction.vatStatus ?? ofReceipt ?? null;
}

function row(common: IDataObject, account: string, cents: number, rowType: string, names: RowNames): IDataObject {
	return {
		...common,
		rowType,
		account: account === '' ? null : account,
		accountName: names.accounts.get(account) ?? null,
		debit: inEuros(Math.max(cents, 0)),
		credit: inEuros(Math.max(-cents, 0)),
		accountingValue: inEuros(cents),
	};
}

function noDimensions({ dimensions }: RowNames): IDataObject {
	return Object.fromEntries([...dimensions.values()].map(({ column }) => [column, null]));
}

/**
 * The amounts of a transaction's rows with their dimension columns: one row, or, parted along a dimension, one for each of its
 * items and one for what no item has. Several items in one column are named with their amounts.
 */
function split(
	cents: number,
	net: number,
	values: readonly DimensionValue[],
	names: RowNames,
): Array<[cents: number, columns: IDataObject]> {
	const columns = columnsOf(values, names);
	const parts = values.filter(({ dimensionId }) => dimensionId === names.splitBy);
	const dimension = names.splitBy === undefined ? undefined : names.dimensions.get(names.splitBy);
	if (parts.length === 0 || dimension === undefined) return [[cents, columns]];
	const shares = parts.map(({ itemId, value }): [number, IDataObject] => [
		centsOf(value),
		{ ...columns, [dimension.column]: dimension.items.get(itemId) ?? String(itemId) },
	]);
	// The values add up to the net amount; VAT that stays on the account, and cents, go to the last item.
	const rest = cents - shares.reduce((sum, [share]) => sum + share, 0);
	if (rest !== 0 && net === cents) shares.push([rest, { ...columns, [dimension.column]: null }]);
	else shares[shares.length - 1][0] += rest;
	return shares;
}

function columnsOf(values: readonly DimensionValue[], { dimensions }: RowNames): IDataObject {
	const columns: IDataObject = {};
	for (const [id, { column, items }] of dimensions) {
		const own = values.filter(({ dimensionId }) => dimensionId === id);
		const nameOf = ({ itemId }: DimensionValue): string => items.get(itemId) ?? String(itemId);
		columns[column] =
			own.length === 0
				? null
				: own.length === 1
					? nameOf(own[0])
					: own.map((value) => `${nameOf(value)} ${value.value.toFixed(2)}`).join(', ');
	}
	return columns;
}
