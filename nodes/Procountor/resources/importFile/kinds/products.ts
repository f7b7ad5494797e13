import { column } from '../columns';
import { choice, currency, decimal, digits, identifying, percent, text, vatStatus } from '../formats';
import type { FileKind } from '../types';
import { unit } from '../formats/words';
import { MENUS } from '../../../utils/menus';

/** Products (docs/procountor.md#import-files). Fields that the API does not have are named after Procountor's user interface. */
export const products: FileKind = {
	value: 'products',
	name: 'Products',
	menu: MENUS.importData,
	fileName: 'products.csv',
	row: {
		name: 'Product',
		columns: [
			column('A', 'type', 'Type', choice({ PURCHASE: 'B', SALES: 'S' }), 'required'),
			column('B', 'name', 'Name', text(100), 'required'),
			column('C', 'code', 'Code', identifying(40)),
			column('D', 'unit', 'Unit', unit()),
			column('E', 'discount', 'Discount %', percent()),
			column('F', 'price', 'Unit Price', decimal({ least: 0 }), 'required'),
			column('G', 'vat', 'VAT %', percent(), 'required'),
			column('H', 'information', 'Information', text()),
			column('I', 'currency', 'Currency', currency()),
			column('J', 'advertisement', 'Advertisement', text()),
			column('K', 'instructions', 'Instructions', text()),
			column('L', 'defaultAccount', 'Ledger Account', digits(4, 4)),
			column('M', 'productGroup', 'Product Group', text(80)),
			column('N', 'vatStatus', 'VAT Status', vatStatus()),
		],
	},
	children: [],
	reimportWarning:
		'If Procountor reads the file twice, it creates products without a code twice, and replaces those with a code.',
	unique: {
		identifiers: [{ letter: 'C', scope: (cell) => [cell('A')] }],
		ifRepeated: 'The last one replaces the others.',
	},
	clearsEmptyFields: true,
	ignoredFields: ['id', ['active', true], 'version', 'productGroupId'],
};
