import { column } from '../columns';
import { choice, decimal, digits, fixed, identifying, percent, text, vatStatus } from '../formats';
import type { Column, ChildRow } from '../types';
import { unit } from '../formats/words';

/** The only record type with VAT columns. */
export const JOURNAL_ONLY = ['JOURNAL'];

/**
 * Columns for VAT deduction, type, and status, which only journals have. Other invoices with a VAT status other than
 * domestic must be created through the API.
 */
export const vatColumns = (deduction: string, type: string, status: string): Column[] => [
	column(deduction, 'vatDeductionPercent', 'VAT Deduction %', percent(), { onlyFor: JOURNAL_ONLY }),
	column(type, 'vatType', 'VAT Type', choice({ PURCHASE: 'P', SALES: 'S' }), { onlyFor: JOURNAL_ONLY }),
	column(status, 'vatStatus', 'VAT Status', vatStatus(), { onlyFor: JOURNAL_ONLY, neutralValue: 1 }),
];

const DIMENSION = 'DIMENSION';

/** The share of a dimension item in the row above (R) or in the entire invoice (L). */
function dimensionRow(level: 'R' | 'L'): ChildRow {
	return {
		path: 'dimensions',
		row: {
			name: level === 'R' ? 'Dimension of a Row' : 'Dimension of the Invoice',
			columns: [
				column('B', '', 'Row Type', fixed(DIMENSION)),
				column('C', '', 'Belongs To', fixed(level)),
				column('D', 'dimension', 'Dimension', text(255), { required: true, alias: 'dimensionId' }),
				column('E', 'item', 'Dimension Item', text(255), { required: true, alias: 'itemId' }),
				column('F', 'percent', 'Share %', decimal({ least: 0, most: 100, places: 2 }), 'required'),
			],
		},
		matches: ([first, second, third]) => first === '' && second === DIMENSION && third === level,
	};
}

/** The rows below an invoice: dimensions of the invoice, and its product rows, each with its own dimensions. */
export const invoiceChildren: ChildRow[] = [
	dimensionRow('L'),
	{
		path: 'invoiceRows',
		row: {
			name: 'Row',
			columns: [
				column('B', 'product', 'Product', text(80)),
				column('C', 'productCode', 'Product Code', identifying(80)),
				column('D', 'quantity', 'Quantity', decimal()),
				column('E', 'unit', 'Unit', unit()),
				column('F', 'unitPrice', 'Unit Price', decimal()),
				column('G', 'discountPercent', 'Discount %', percent()),
				column('H', 'vatPercent', 'VAT %', percent()),
				column('I', 'comment', 'Comment', text(255)),
				column('N', 'account', 'Ledger Account', digits(4, 4)),
				...vatColumns('O', 'P', 'Q'),
			],
		},
		matches: ([first, second]) => first === '' && second !== DIMENSION,
		children: [dimensionRow('R')],
	},
];
