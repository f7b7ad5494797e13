import type { Probe } from '../probe';
import { fileFacts } from './files';
import { defineInvoices, invoiceFacts } from './invoices';
import { listFacts } from './lists';
import { loginFacts } from './login';
import { defineMoneyRecords, moneyFacts } from './money';
import { pageFacts } from './pages';
import { partnerFacts } from './partners';
import { reportFacts } from './reports';
import { defineRegisterRecords, requestFormFacts } from './requestForms';
import type { Fact } from './types';

const reading = ({ need }: Fact): boolean => need === 'read';
const more = (fact: Fact): boolean => !reading(fact);

/** Every question, those that only read first. */
export const facts: Fact[] = [
	...loginFacts.filter(reading),
	...listFacts,
	...pageFacts,
	...partnerFacts,
	...fileFacts,
	...reportFacts,
	...requestFormFacts.filter(reading),
	...invoiceFacts,
	...requestFormFacts.filter(more),
	...moneyFacts,
	...loginFacts.filter(more),
];

/** Declares how each kind of record is removed, before a run cleans up after an interrupted one. */
export function defineRecords(probe: Probe): void {
	defineInvoices(probe);
	defineMoneyRecords(probe);
	defineRegisterRecords(probe);
}
