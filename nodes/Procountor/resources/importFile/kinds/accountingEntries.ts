import type { IDataObject } from 'n8n-workflow';
import { parseDecimal, sum, toText } from '../../../validation/money';
import { column } from '../columns';
import { choice, decimal, digits, percent, text } from '../formats';
import type { FileKind } from '../types';
import { toList } from '../../../utils/objects';
import { MENUS } from '../../../utils/menus';

/** The account to which Procountor books a difference between debit and credit. */
const DIFFERENCE_ACCOUNT = '8450';

const VAT_TYPES = { PURCHASE: 'P', SALES: 'S' };

/** Accounting entries (docs/procountor.md#import-files): the whole file becomes one journal receipt. */
export const accountingEntries: FileKind = {
	value: 'accountingEntries',
	name: 'Accounting Entries',
	menu: MENUS.importData,
	fileName: 'accounting-entries.csv',
	row: {
		name: 'Entry',
		columns: [
			column('A', 'account', 'Ledger Account', digits(4, 4), 'required'),
			column('B', 'description', 'Name', text(70), 'required'),
			column('C', 'accountingValue', 'Sum', decimal(), 'required'),
			column('D', 'dimension', 'Dimension', text(255)),
			column('E', 'item', 'Dimension Item', text(255)),
			column('F', 'vatPercent', 'VAT %', percent()),
			column('G', 'vatType', 'VAT Type', choice(VAT_TYPES)),
		],
	},
	children: [],
	reimportWarning: 'If Procountor reads the file twice, it books all entries twice.',
	ignoredFields: ['id', 'name', 'transactionType', 'allocations', 'receiptId', 'type', 'status', 'version', 'created'],
	/** Splits a receipt of Ledger Receipt: Get into its entries. Entries without a description get the receipt's name. */
	recordsIn({ transactions, ...item }: IDataObject): IDataObject[] {
		const { name, vatType } = item;
		if (!Array.isArray(transactions)) return [{ ...item, description: item.description ?? name }];
		return toList(transactions).map((entry) => ({
			...(name ? { description: name } : {}),
			...(vatType ? { vatType } : {}),
			...entry,
		}));
	},
	recordFaults: ({ dimension, item }) => {
		if (dimension && !item) return [{ path: 'item', message: 'is empty, though the entry has a dimension' }];
		return item && !dimension
			? [{ path: 'dimension', message: 'is empty, though the entry has a dimension item' }]
			: [];
	},
	fileFault(records) {
		const values = records
			.map(({ accountingValue }) => parseDecimal(accountingValue))
			.flatMap((value) => (value.ok ? [value.value] : []));
		const difference = sum(values);
		if (difference.digits === 0n) return undefined;
		return {
			message: `has debit and credit that differ by ${toText(difference, 2)}`,
			advice: `Procountor would book the difference to account ${DIFFERENCE_ACCOUNT}. Correct the entries, or choose to allow the difference.`,
		};
	},
};
