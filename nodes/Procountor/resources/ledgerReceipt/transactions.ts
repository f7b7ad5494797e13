import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, decimalWithin, subtract, ZERO, type Decimal } from '../../validation/money';
import { parseVatPercent } from '../../validation/vat';
import { InputError } from '../../api';
import { unwrap, readRowDimensions, restoreNumber, type GivenDimension } from '../shared/bookkeeping/rows';
import { netAmount, type BalancedAmount } from './journalBalance';

/** One transaction that the user entered. */
export interface JournalTransaction extends BalancedAmount {
	index: number;
	fields: IDataObject;
	vatStatus?: string;
	dimensions: GivenDimension[];
}

const COPIED_FIELDS = ['transactionType', 'account', 'vatType', 'description', 'startDate', 'endDate'];

/** Returns the label of a value in a transaction for messages: `Transaction 3, VAT %`. */
export const transactionLabel = (index: number, label: string): string => `Transaction ${index + 1}, ${label}`;

/**
 * Reads one transaction of a journal.
 * @param includesVat whether the amount includes VAT
 * @throws {InputError} with the transaction and the field
 */
export function readTransaction(cells: IDataObject, index: number, includesVat: boolean): JournalTransaction {
	// Empty cells of a spreadsheet are missing values.
	const row = Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== '' && value !== null));
	const label = (name: string): string => transactionLabel(index, name);
	const percent = unwrap(
		label('VAT %'),
		parseDecimal(unwrap(label('VAT %'), parseVatPercent(restoreNumber(row.vatPercent ?? 0)))),
	);
	const amount = readAmount(row, label);
	if (row.account === undefined) throw new InputError(label('Ledger Account'), 'is empty');
	return {
		index,
		fields: {
			transactionType: 'ENTRY',
			...Object.fromEntries(COPIED_FIELDS.filter((name) => row[name] !== undefined).map((name) => [name, row[name]])),
		},
		enteredAmount: amount,
		amount: includesVat ? netAmount(amount, percent) : amount,
		vatPercent: percent,
		vatStatus: row.vatStatus as string | undefined,
		dimensions: readRowDimensions(row, label),
	};
}

/** Reads a signed amount (debit positive, credit negative), or one from the columns for debit and credit. */
function readAmount(row: IDataObject, label: (name: string) => string): Decimal {
	const read = (name: string, field: string): Decimal =>
		unwrap(label(name), decimalWithin(restoreNumber(row[field] ?? ''), 2));
	const [hasDebit, hasCredit] = [row.debit, row.credit].map((value) => value !== undefined);
	if (!hasDebit && !hasCredit) return read('Amount', 'accountingValue');
	if (row.accountingValue !== undefined)
		throw new InputError(label('Amount'), 'stands beside Debit or Credit', 'Enter the amount in one way.');
	return subtract(hasDebit ? read('Debit', 'debit') : ZERO, hasCredit ? read('Credit', 'credit') : ZERO);
}
