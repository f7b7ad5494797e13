import { accountingEntries } from './kinds/accountingEntries';
import { businessPartners } from './kinds/businessPartners';
import { dimensions } from './kinds/dimensions';
import { invoices } from './kinds/invoices';
import { products } from './kinds/products';
import { salaryData } from './kinds/salaryData';
import type { FileKind } from './types';

/** Every import file that can be written and read. */
export const fileKinds: FileKind[] = [accountingEntries, businessPartners, dimensions, invoices, products, salaryData];

/** A kind by its value; throws for one that is none, since the editor offers only these. */
export function fileKind(value: unknown): FileKind {
	const kind = fileKinds.find((one) => one.value === value);
	if (kind === undefined) throw new RangeError(`No import file '${String(value)}'`);
	return kind;
}
