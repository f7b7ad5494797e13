import type { IDataObject } from 'n8n-workflow';
import { decimal, decimalWithin, subtract, zero, type Decimal } from '../../validation/money';
import { vatPercent } from '../../validation/vat';
import { InputError } from '../../api';
import { unwrap, readRowDimensions, restoreNumber, type GivenDimension } from '../shared/bookkeeping/rows';
import { netAmount, type Balanced } from './journalBalance';

/** One transaction as a person gave it. */
export interface GivenTransaction extends Balanced {
	index: number;
	fields: IDataObject;
	vatStatus?: string;
	dimensions: GivenDimension[];
}

const COPIED = ['transactionType', 'account', 'vatType', 'description', 'startDate', 'endDate'];

/** Returns the place of a transaction's value for messages: `Transaction 3, VAT %`. */
export const inTransaction = (index: number, label: string): string => `Transaction ${index + 1}, ${label}`;

/**
 * Reads one transaction of a journal.
 * @param includesVat the amount is with VAT
 * @throws InputError that names the transaction and the field
 */
export function readTransaction(cells: IDataObject, index: number, includesVat: boolean): GivenTransaction {
	// An empty cell of a sheet is nothing.
	const given = Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== '' && value !== null));
	const label = (name: string): string => inTransaction(index, name);
	const percent = unwrap(
		label('VAT %'),
		decimal(unwrap(label('VAT %'), vatPercent(restoreNumber(given.vatPercent ?? 0)))),
	);
	const amount = amountOf(given, label);
	if (given.account === undefined) throw new InputError(label('Ledger Account'), 'is empty');
	return {
		index,
		fields: {
			transactionType: 'ENTRY',
			...Object.fromEntries(COPIED.filter((name) => given[name] !== undefined).map((name) => [name, given[name]])),
		},
		given: amount,
		amount: includesVat ? netAmount(amount, percent) : amount,
		vatPercent: percent,
		vatStatus: given.vatStatus as string | undefined,
		dimensions: readRowDimensions(given, label),
	};
}

/** Debit positive, credit negative: one signed amount, or each side in a column of its own. */
function amountOf(given: IDataObject, label: (name: string) => string): Decimal {
	const read = (name: string, field: string): Decimal =>
		unwrap(label(name), decimalWithin(restoreNumber(given[field] ?? ''), 2));
	const [debit, credit] = [given.debit, given.credit].map((value) => value !== undefined);
	if (!debit && !credit) return read('Amount', 'accountingValue');
	if (given.accountingValue !== undefined)
		throw new InputError(label('Amount'), 'stands beside Debit or Credit', 'Enter the amount in one way.');
	return subtract(debit ? read('Debit', 'debit') : zero, credit ? read('Credit', 'credit') : zero);
}
