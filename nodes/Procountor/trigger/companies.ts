import { dropOldest } from '../utils/maps';
import type { Company } from './state';

/** As many accounts as any n8n has triggers for. */
const MOST = 1000;

/** Companies by account, for a test by hand: nobody waits for a request to ask again. */
const known = new Map<string, Company>();

export function keepCompany(account: string, company: Company): void {
	known.set(account, company);
	dropOldest(known, MOST);
}

/** Returns the company of an account if this process has asked for it. */
export function companyOf(account: string): Company | undefined {
	return known.get(account);
}
