import type { Probe } from '../probe';
import { fileFacts } from './files';
import { defineInvoices, invoiceFacts } from './invoices';
import { listFacts } from './lists';
import { loginFacts } from './login';
import { defineMoneyRecords, moneyFacts } from './money';
import { reportFacts } from './reports';
import type { Fact } from './types';

/** Every question, those that only read first. */
export const facts: Fact[] = [
	...loginFacts.filter(({ need }) => need === 'read'),
	...listFacts,
	...fileFacts,
	...reportFacts,
	...invoiceFacts,
	...moneyFacts,
	...loginFacts.filter(({ need }) => need !== 'read'),
];

/** Declares how each kind of record is removed, before a run cleans up after an interrupted one. */
export function defineRecords(probe: Probe): void {
	defineInvoices(probe);
	defineMoneyRecords(probe);
}
