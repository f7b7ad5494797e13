import { column, dimensionPairs } from '../columns';
import { decimal, fixed, personalIdentityCode, text } from '../formats';
import type { FileKind, RuleFault } from '../types';
import { MENUS } from '../../../utils/menus';

/**
 * Salary rows from a working-time system (docs/procountor.md#import-files). The format comes from the documentation of such
 * a system, not from Procountor (U).
 */
export const salaryData: FileKind = {
	value: 'salaryData',
	name: 'Salary Data',
	menu: MENUS.salaryLists,
	fileName: 'salary-data.csv',
	row: {
		name: 'Salary Row',
		columns: [
			column('A', '', 'Row Type', fixed('E')),
			column('B', 'ssn', 'Personal Identity Code', personalIdentityCode(), 'required'),
			column('C', 'salaryTypeCode', 'Salary Type Code', text(), 'required'),
			column('D', 'customName', 'Salary Type Name', text()),
			column('E', 'quantity', 'Amount', decimal(), 'required'),
			column('F', 'unitValue', 'Rate', decimal()),
			...dimensionPairs('G', 6, () => text()),
		],
	},
	children: [],
	reimportWarning: 'If Procountor reads the file twice, it creates the salary slips twice.',
	ignoredFields: ['id'],
	recordFaults({ dimensions }): RuleFault[] {
		if (!Array.isArray(dimensions)) return [];
		const pairs = dimensions as Array<{ dimension?: unknown; item?: unknown } | undefined>;
		const incomplete = pairs.findIndex((pair) => !pair?.dimension !== !pair?.item);
		if (incomplete >= 0)
			return [
				{
					path: `dimensions.${Math.min(incomplete, 5)}.item`,
					message: 'and its dimension belong together: one of them is empty',
				},
			];
		return pairs.length > 6
			? [
					{
						path: 'dimensions.5.item',
						message: `is the last that fits, and there are ${pairs.length}`,
						advice: 'Divide the amount between several rows',
					},
				]
			: [];
	},
};
