import { column } from '../columns';
import { choice, decimal, digits, fixed, identifying, percent, text, vatStatus } from '../forms';
import type { Column, Part } from '../types';
import { unit } from '../words';

/** The only type whose rows tell VAT by themselves. */
export const JOURNAL = ['JOURNAL'];

/**
 * VAT deduction, type, and status. The file has these columns for journals only; any other invoice is domestic or has
 * to go through the API.
 */
export const vatColumns = (first: string, second: string, third: string): Column[] => [
	column(first, 'vatDeductionPercent', 'VAT Deduction %', percent(), { only: JOURNAL }),
	column(second, 'vatType', 'VAT Type', choice({ PURCHASE: 'P', SALES: 'S' }), { only: JOURNAL }),
	column(third, 'vatStatus', 'VAT Status', vatStatus(), { only: JOURNAL, harmless: 1 }),
];

const DIMENSION = 'DIMENSION';

/** A share of the row above (R) or of the whole invoice (L) for an item of a dimension. */
function dimensionPart(of: 'R' | 'L'): Part {
	return {
		at: 'dimensions',
		row: {
			name: of === 'R' ? 'Dimension of a Row' : 'Dimension of the Invoice',
			columns: [
				column('B', '', 'Row Type', fixed(DIMENSION)),
				column('C', '', 'Belongs To', fixed(of)),
				column('D', 'dimension', 'Dimension', text(255), { required: true, also: 'dimensionId' }),
				column('E', 'item', 'Dimension Item', text(255), { required: true, also: 'itemId' }),
				column('F', 'percent', 'Share %', decimal({ least: 0, most: 100, places: 2 }), 'required'),
			],
		},
		marks: ([first, second, third]) => first === '' && second === DIMENSION && third === of,
		...(of === 'L' ? { ofRecord: true } : {}),
	};
}

/** The lines below an invoice: shares of the whole invoice, and its rows, each with its own shares. */
export const invoiceParts: Part[] = [
	dimensionPart('L'),
	{
		at: 'invoiceRows',
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
		marks: ([first, second]) => first === '' && second !== DIMENSION,
		parts: [dimensionPart('R')],
	},
];
