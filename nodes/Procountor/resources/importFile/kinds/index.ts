import { accountingEntries } from './accountingEntries';
import { businessPartners } from './businessPartners';
import { dimensions } from './dimensions';
import { invoices } from './invoices';
import { products } from './products';
import { salaryData } from './salaryData';
import type { FileKind } from '../types';

/** All kinds of import files. */
export const fileKinds: FileKind[] = [accountingEntries, businessPartners, dimensions, invoices, products, salaryData];

/** Returns the file kind that the user selected. Throws for other values, which the editor does not offer. */
export function fileKind(value: unknown): FileKind {
	const kind = fileKinds.find((one) => one.value === value);
	if (kind === undefined) throw new RangeError(`No import file '${String(value)}'`);
	return kind;
}
