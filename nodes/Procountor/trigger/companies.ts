import { dropOldest } from '../utils/maps';
import type { Company } from './state';

/** More accounts than any n8n has triggers for. */
const MAX_ACCOUNTS = 1000;

/** Companies by account, so that a test in the editor does not request the company again. */
const companies = new Map<string, Company>();

export function cacheCompany(account: string, company: Company): void {
	companies.set(account, company);
	dropOldest(companies, MAX_ACCOUNTS);
}

/** Returns the company of an account if this process has requested it. */
export function cachedCompany(account: string): Company | undefined {
	return companies.get(account);
}
