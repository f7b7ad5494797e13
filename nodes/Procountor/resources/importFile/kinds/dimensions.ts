import type { IDataObject } from 'n8n-workflow';
import { column } from '../columns';
import { flag, text } from '../formats';
import type { FileKind } from '../types';
import { toList } from '../../../utils/objects';
import { MENUS } from '../../../utils/menus';

/** Dimensions and their items (docs/procountor.md#import-files). */
export const dimensions: FileKind = {
	value: 'dimensions',
	name: 'Dimensions',
	menu: MENUS.dimensions,
	fileName: 'dimensions.csv',
	row: {
		name: 'Dimension Item',
		columns: [
			column('A', 'dimension', 'Dimension', text(255), 'required'),
			column('B', 'codeName', 'Item', text(255), 'required'),
			column('C', 'passive', 'Passive', flag('P', '')),
			column('D', 'description', 'Information', text(255)),
			column('E', 'externalId', 'External ID', text(255)),
		],
	},
	children: [],
	reimportWarning: 'Reading the file twice does no harm: existing items are updated.',
	unique: {
		identifiers: [{ letter: 'B', scope: (cell) => [cell('A')] }],
		ifRepeated: 'The last one overwrites the others.',
	},
	ignoredFields: ['id'],
	/** Splits a dimension of Dimension: Get into its items. */
	recordsIn(item: IDataObject): IDataObject[] {
		const { items, name, ...rest } = item;
		if (Array.isArray(items)) return toList(items).map((entry) => statusToPassive({ dimension: name, ...entry }));
		return [
			statusToPassive({ ...rest, ...(item.dimension === undefined && name !== undefined ? { dimension: name } : {}) }),
		];
	},
	restore: ({ passive, ...record }) => (passive === true ? { ...record, passive } : record),
};

/** Converts the API's status; `P` means passive. */
function statusToPassive({ status, ...item }: IDataObject): IDataObject {
	return status === undefined || status === null || status === '' ? item : { passive: status === 'P', ...item };
}
