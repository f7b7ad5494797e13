import { accountingEntries } from './accountingEntries';
import { businessPartners } from './businessPartners';
import { dimensions } from './dimensions';
import { invoices } from './invoices';
import { products } from './products';
import { salaryData } from './salaryData';
import type { FileKind } from '../types';

/** Every import file that can be written and read. */
export const fileKinds: FileKind[] = [accountingEntries, businessPartners, dimensions, invoices, products, salaryData];

/** Returns a file type by its value. Throws an error for an unknown value, because the editor offers only these. */
export function fileKind(value: unknown): FileKind {
	const kind = fileKinds.find((one) => one.value === value);
	if (kind === undefined) throw new RangeError(`No import file '${String(value)}'`);
	return kind;
}
